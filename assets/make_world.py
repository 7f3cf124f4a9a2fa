#!/usr/bin/env python3
"""Makes `world.bin`, the coastlines and land borders of the map, from Natural Earth.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python3 assets/make_world.py package assets/world.bin

Reads `countries-110m.json`, `countries-50m.json` and `countries-10m.json` (TopoJSON, topojson-specification 1.0) and
writes three levels of detail. Lines are thinned with the method of Douglas and Peucker (1973), in the map's own
projection, so that nothing goes that a dot would show. What the file holds and how is told in `world.md`; it is read by
`src/geom/world.rs`. The same input gives the same bytes. Needs nothing but Python 3.
"""
import json
import math
import sys
from collections import Counter

COAST, BORDER, SEAM = 0, 1, 2
ANTARCTICA = "010"

# Where places of the shipped file lie closest together: west, south, east, north.
CLOSE_UPS = [(119, 31, 143, 49), (22, 44, 41, 57)]

# A level: source, steps of a degree in which it is written, thinning tolerance, the smallest island kept, both in
# degrees of longitude; and the tolerance in the close-ups.
LEVELS = [
    ("110m", 20, 0.3, 3.5, 0.3),
    ("50m", 50, 0.08, 0.4, 0.08),
    ("10m", 100, 0.09, 0.5, 0.014),
]


def mercator(point):
    """Longitude and latitude → the plane of the map, in degrees of longitude."""
    lon, lat = point
    lat = math.radians(max(-84.0, min(84.0, lat)))
    return lon, math.degrees(math.log(math.tan(math.pi / 4 + lat / 2)))


def arcs_of(topology):
    """The arcs as lists of degrees (topojson-specification, 2.1.4: delta-encoded, then scaled and moved)."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * kx + dx, y * ky + dy))
        yield points


def users_of(topology):
    """How many rings each arc belongs to: one makes it a coast, two a border. Antarctica is left out."""
    users = Counter()
    for country in topology["objects"]["countries"]["geometries"]:
        if country.get("id") == ANTARCTICA or country["type"] is None:
            continue
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        users.update(arc if arc >= 0 else ~arc for polygon in polygons for ring in polygon for arc in ring)
    return users


def unwound(points):
    """An arc without leaps from one edge of the sheet to the other: it goes on beyond the 180th meridian."""
    turns, out = 0, points[:1]
    for (before, _), (x, y) in zip(points, points[1:]):
        turns += (before - x > 180) - (x - before > 180)
        out.append((x + 360 * turns, y))
    xs = [x for x, _ in out]
    back = 360 * round((min(xs) + max(xs)) / 720)
    return [(x - back, y) for x, y in out]


def is_seam(a, b):
    """Whether a stretch only closes a ring where the sheet was cut, at the 180th meridian."""
    return all(abs(abs(x) - 180) < 0.001 for x, _ in (a, b))


def split_at_seam(points, kind):
    """An arc in stretches of one kind; neighbours share a point."""
    start = 0
    for at in range(1, len(points)):
        this = SEAM if is_seam(points[at - 1], points[at]) else kind
        following = at + 1 < len(points) and (SEAM if is_seam(points[at], points[at + 1]) else kind)
        if at + 1 == len(points) or following != this:
            yield points[start:at + 1], this
            start = at


def thinned(points, tolerance):
    """Douglas–Peucker; `tolerance` says for each point how far the line may pass by it."""
    plane = [mercator(point) for point in points]
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        (ax, ay), (bx, by) = plane[first], plane[last]
        length = math.hypot(bx - ax, by - ay)
        worst, where = 1.0, None
        for at in range(first + 1, last):
            x, y = plane[at]
            if length == 0:
                away = math.hypot(x - ax, y - ay)
            else:
                along = max(0, min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length**2))
                away = math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay))
            away /= tolerance(points[at])
            if away > worst:
                worst, where = away, at
        if where is not None:
            keep.add(where)
            spans += [(first, where), (where, last)]
    return [points[at] for at in sorted(keep)]


def is_small(points, smallest):
    plane = [mercator(point) for point in points]
    across = [max(p[axis] for p in plane) - min(p[axis] for p in plane) for axis in (0, 1)]
    return points[0] == points[-1] and max(across) < smallest


def in_close_up(point):
    return any(w <= point[0] <= e and s <= point[1] <= n for w, s, e, n in CLOSE_UPS)


def varint(number):
    """Unsigned LEB128 of a zigzag-encoded number, as in Protocol Buffers' `sint32`."""
    number = (number << 1) ^ (number >> 31) if number < 0 else number << 1
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def level(folder, source, steps, tolerance, smallest, close):
    topology = json.load(open(f"{folder}/countries-{source}.json"))
    users = users_of(topology)
    tolerance_at = lambda point: close if in_close_up(point) else tolerance
    lines = []
    for at, arc in enumerate(arcs_of(topology)):
        if users[at] == 0 or len(arc) < 2:
            continue
        arc = unwound(arc)
        island = close * 2 if any(in_close_up(point) for point in arc) else smallest
        if is_small(arc, island):
            continue
        for points, kind in split_at_seam(arc, COAST if users[at] == 1 else BORDER):
            kept = [(round(x * steps), round(y * steps)) for x, y in thinned(points, tolerance_at)]
            kept = [p for i, p in enumerate(kept) if i == 0 or p != kept[i - 1]]
            if len(kept) > 1:
                lines.append((kind, kept))
    out = bytearray(varint(steps) + varint(len(lines)))
    for kind, points in sorted(lines):
        out += varint(kind) + varint(len(points))
        x = y = 0
        for px, py in points:
            out += varint(px - x) + varint(py - y)
            x, y = px, py
    count = sum(len(points) for _, points in lines)
    print(f"{source}: {len(lines)} lines, {count} points, {len(out)} bytes", file=sys.stderr)
    return bytes(out)


def main():
    folder, target = sys.argv[1:]
    with open(target, "wb") as file:
        file.write(b"world1" + varint(len(LEVELS)))
        for row in LEVELS:
            file.write(level(folder, *row))


if __name__ == "__main__":
    main()
