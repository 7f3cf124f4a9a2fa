//! What is refused: at once, with a word, and without an end to anything else.

use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};

use super::class::{Class, there_is_ssh};

const TO: &str = "anna@127.0.0.1";

#[test]
fn no_files_go_in_or_out() {
    if !there_is_ssh() {
        return;
    }
    let class = Class::open(&[]);
    for (client, arguments) in [
        ("sftp", &[TO][..]),
        ("scp", &["/etc/hostname", "anna@127.0.0.1:x"]),
        ("scp", &["-O", "/etc/hostname", "anna@127.0.0.1:x"]),
        ("scp", &["-O", "anna@127.0.0.1:/etc/hostname", "."]),
        ("ssh", &["-s", TO, "sftp"]),
        ("ssh", &["-s", TO, "netconf"]),
    ] {
        let output = class.run(client, arguments);
        assert!(!output.status.success(), "{client} {arguments:?}: {output:?}");
    }
}

#[test]
fn nothing_is_forwarded() {
    if !there_is_ssh() {
        return;
    }
    let class = Class::open(&[]);
    // A way to the network through the server would reach this.
    let target = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let port = target.local_addr().expect("it has an address").port();
    target.set_nonblocking(true).expect("it can be asked");
    let through = class.run("ssh", &["-W", &format!("127.0.0.1:{port}"), TO]);
    assert!(!through.status.success(), "{through:?}");
    let back = class.run("ssh", &["-o", "ExitOnForwardFailure=yes", "-N", "-R", "0:127.0.0.1:1", TO]);
    assert!(!back.status.success(), "{back:?}");
    let socket = format!("{}:{}", class.folder.join("a").display(), class.folder.join("b").display());
    let back = class.run("ssh", &["-o", "ExitOnForwardFailure=yes", "-N", "-R", &socket, TO]);
    assert!(!back.status.success(), "{back:?}");
    // The client listens by itself; what comes in there must end at the server.
    for forward in [["-L", "0"], ["-D", "0"]] {
        let local =
            TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address").port();
        let to = match forward[0] {
            "-L" => format!("{local}:127.0.0.1:{port}"),
            _ => local.to_string(),
        };
        let mut anna = class.student_with("anna", (80, 24), "xterm", &[forward[0], &to]);
        anna.sees("Overview");
        let mut stream = TcpStream::connect(("127.0.0.1", local)).expect("the client listens");
        stream.set_read_timeout(Some(std::time::Duration::from_secs(20))).expect("it can time out");
        let mut answer = Vec::new();
        if forward[0] == "-D" {
            // SOCKS 5, no authentication, CONNECT 127.0.0.1:port.
            let mut hello = vec![5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1];
            hello.extend(port.to_be_bytes());
            std::io::Write::write_all(&mut stream, &hello).expect("the client reads");
        }
        // What the client says itself ends with the connection, or its refusal; nothing came through.
        let _ = std::io::Read::read_to_end(&mut stream, &mut answer);
        assert!(answer.len() <= 12, "{forward:?}: {answer:?}");
        assert!(target.accept().is_err(), "{forward:?} reached the network of the server");
        anna.press("Q");
        assert!(anna.end().success(), "the session lives on");
    }
    let agent = class.run("ssh", &["-A", TO, "help"]);
    assert!(agent.status.success(), "without an agent, but not without an answer: {agent:?}");
    let x11 = class.run("ssh", &["-X", TO, "help"]);
    assert!(x11.status.success(), "without X11, but not without an answer: {x11:?}");
}

#[test]
fn a_connection_has_one_session() {
    if !there_is_ssh() {
        return;
    }
    let class = Class::open(&[]);
    let socket = class.folder.join("control").to_string_lossy().into_owned();
    let mut anna = class.student_with("anna", (80, 24), "xterm", &["-M", "-S", &socket]);
    anna.sees("Overview");
    let second = Command::new("ssh")
        .args([
            "-F",
            "/dev/null",
            "-S",
            &socket,
            "-o",
            "ControlMaster=no",
            "-o",
            "ProxyCommand=false",
            TO,
            "help",
        ])
        .stdin(Stdio::null())
        .output()
        .expect("the client runs");
    assert!(!second.status.success(), "{second:?}");
    anna.press("2");
    anna.sees("peninsula");
    anna.press("Q");
    // A control master may wait for its connection to end; it does.
    anna.end();
}

#[test]
fn more_connections_than_may_be_are_turned_away() {
    if !there_is_ssh() {
        return;
    }
    let class = Class::open(&["--max-sessions", "2"]);
    let mut students = ["anna", "boris"].map(|name| class.student(name));
    for student in &mut students {
        student.sees("Overview");
    }
    assert_eq!(class.run("ssh", &[TO, "help"]).status.code(), Some(255));
    class.log_has("reason=full", 1);
    let [mut anna, _boris] = students;
    anna.press("Q");
    assert!(anna.end().success());
    class.log_has("how=quit", 1);
    // Its place is free once its connection is closed.
    let mut last = class.run("ssh", &[TO, "help"]);
    for _ in 0..50 {
        if last.status.success() {
            return;
        }
        last = class.run("ssh", &[TO, "help"]);
    }
    panic!("the place was not given back: {last:?}");
}
