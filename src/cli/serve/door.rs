//! How students come in: the line that they type, with an address of this machine that they can reach.
//!
//! Must never send anything to find out.

use std::net::{IpAddr, SocketAddr, ToSocketAddrs, UdpSocket};

use nix::ifaddrs::getifaddrs;
use nix::net::if_::InterfaceFlags;

use crate::app::Door;
use crate::serve::Server;

/// Reads where to listen: an address or a name, and a port.
pub(super) fn listen(text: &str) -> Result<SocketAddr, String> {
    if let Ok(address) = text.parse() {
        return Ok(address);
    }
    if text.parse::<IpAddr>().is_ok() || !text.contains(':') {
        let host = if text.contains(':') { format!("[{text}]") } else { text.to_owned() };
        return Err(format!("the port is missing; write `{host}:2222`"));
    }
    let port = text.rsplit(':').next().unwrap_or_default();
    if port.parse::<u16>().is_err() {
        return Err(format!("`{port}` is no port; it is a number up to 65535, as in `0.0.0.0:2222`"));
    }
    let addresses = text.to_socket_addrs().map_err(|error| format!("there is no such address: {error}"))?;
    let mut addresses: Vec<SocketAddr> = addresses.collect();
    addresses.sort_by_key(SocketAddr::is_ipv6);
    addresses.first().copied().ok_or_else(|| "there is no such address".to_owned())
}

/// How students come in.
pub(super) fn door(server: &Server) -> Door {
    let address = server.address();
    let host = hosts(address).into_iter().next().unwrap_or_else(|| address.ip());
    Door { line: line(host, address.port()), fingerprint: server.fingerprint() }
}

/// What students type.
pub(super) fn line(host: IpAddr, port: u16) -> String {
    format!("ssh -p {port} {host}")
}

/// What students may call this machine, best first: where it listens everywhere, the address by which it goes out, and
/// then those of its interfaces.
pub(super) fn hosts(address: SocketAddr) -> Vec<IpAddr> {
    if !address.ip().is_unspecified() {
        return vec![address.ip()];
    }
    // Nothing is sent: only the way is looked up, to an address that is kept for documentation (RFC 5737, RFC 3849).
    let out = |from: &str, to: &str| {
        let socket = UdpSocket::bind(from).ok()?;
        socket.connect(to).ok()?;
        socket.local_addr().ok().map(|own| own.ip())
    };
    let ways = [out("0.0.0.0:0", "192.0.2.1:9"), out("[::]:0", "[2001:db8::1]:9")];
    let (four, six): (Vec<IpAddr>, Vec<IpAddr>) = interfaces().into_iter().partition(IpAddr::is_ipv4);
    let all = ways.into_iter().flatten().chain(four).chain(six);
    let mut found = Vec::new();
    for host in all.filter(|host| is_reached(*host) && (host.is_ipv4() || address.is_ipv6())) {
        if !found.contains(&host) {
            found.push(host);
        }
    }
    if found.is_empty() {
        // It is in no network: only who sits at it can come in.
        found.push(if address.is_ipv4() {
            [127, 0, 0, 1].into()
        } else {
            std::net::Ipv6Addr::LOCALHOST.into()
        });
    }
    found
}

/// The addresses of the interfaces that are up.
fn interfaces() -> Vec<IpAddr> {
    let all = getifaddrs().into_iter().flatten();
    let up = all
        .filter(|interface| interface.flags.contains(InterfaceFlags::IFF_UP | InterfaceFlags::IFF_RUNNING));
    let address = |interface: nix::ifaddrs::InterfaceAddress| {
        let address = interface.address?;
        let four = address.as_sockaddr_in().map(|four| IpAddr::V4(four.ip()));
        four.or_else(|| address.as_sockaddr_in6().map(|six| IpAddr::V6(six.ip())))
    };
    up.filter_map(address).collect()
}

/// Whether others can reach an address as it is written: not this machine's own, nor one that needs the name of an
/// interface behind it.
fn is_reached(host: IpAddr) -> bool {
    let is_local = match host {
        IpAddr::V4(four) => four.is_link_local(),
        IpAddr::V6(six) => six.is_unicast_link_local(),
    };
    !host.is_unspecified() && !host.is_loopback() && !host.is_multicast() && !is_local
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_to_listen() {
        for (text, read) in [
            ("127.0.0.1:2222", Ok("127.0.0.1:2222")),
            ("[::]:22", Ok("[::]:22")),
            ("localhost:2222", Ok("127.0.0.1:2222")),
            ("0.0.0.0", Err("write `0.0.0.0:2222`")),
            ("::1", Err("write `[::1]:2222`")),
            ("localhost", Err("write `localhost:2222`")),
            ("localhost:ssh", Err("`ssh` is no port")),
            ("0.0.0.0:70000", Err("`70000` is no port")),
        ] {
            match (listen(text), read) {
                (Ok(address), Ok(expected)) => assert_eq!(address.to_string(), expected),
                (Err(message), Err(part)) => assert!(message.contains(part), "{text}: {message}"),
                (other, _) => panic!("{text}: {other:?}"),
            }
        }
    }

    #[test]
    fn the_line_names_an_address_that_can_be_typed() {
        for everywhere in ["0.0.0.0:2222", "[::]:2222"] {
            let hosts = hosts(everywhere.parse().expect("an address"));
            assert!(!hosts.is_empty());
            for host in hosts {
                assert!(is_reached(host) || host.is_loopback(), "{host}");
                assert!(std::net::TcpListener::bind((host, 0)).is_ok(), "{host} is this machine's own");
            }
        }
        let own = "10.1.2.3:2222".parse().expect("an address");
        assert_eq!(hosts(own), [IpAddr::from([10, 1, 2, 3])]);
    }
}
