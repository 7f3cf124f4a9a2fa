//! The measurements. Each prints its line of the table.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tumen::app::{self, Library, Msg, Size, State};
use tumen::config::{Environment, Look, Wish};
use tumen::keys::{Key, Keymap};
use tumen::{load, ui};

use crate::pty::{Session, program, tumen};

/// Starts of each program; their medians are compared.
const STARTS: usize = 41;
/// How long nothing may happen.
const IDLE: Duration = Duration::from_secs(10);
/// How long fzf must be silent before a row counts as drawn: its preview is another process.
const QUIET: Duration = Duration::from_millis(200);
/// What is typed into a search, word by word.
const QUERIES: [&str; 3] = ["missile", " russia", " aid"];
/// The end of a frame.
pub(crate) const FRAME: &str = "\u{1b}[?2026l";

/// Start → whole first frame, beside `less` on the overview.
pub(crate) fn start() {
    if missing("less") {
        return;
    }
    let overview = Command::new(env!("CARGO_BIN_EXE_tumen")).output().expect("it prints its overview").stdout;
    let folder = Folder::new("start");
    let text = folder.write("overview", &overview);
    let path = text.to_str().expect("a plain path");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        ours.push(until(FRAME, tumen(&[]), "q"));
        // Its prompt comes last, and names the file.
        theirs.push(until("overview\u{1b}[", program("less", &[path]), "q"));
    }
    let paired = ours.iter().zip(&theirs).map(|(ours, theirs)| ours.as_secs_f64() / theirs.as_secs_f64());
    let milliseconds =
        |times: &[Duration]| median(times.iter().map(|time| time.as_secs_f64() * 1e3).collect());
    println!("start → first frame, 80x24, {STARTS} starts each, in turn");
    println!(
        "  tumen {:.2} ms, less {:.2} ms, ratio of medians {:.2}, median of paired ratios {:.2}",
        milliseconds(&ours),
        milliseconds(&theirs),
        milliseconds(&ours) / milliseconds(&theirs),
        median(paired.collect())
    );
}

pub(crate) fn until(text: &str, command: pty_process::blocking::Command, leave: &str) -> Duration {
    let start = Instant::now();
    let mut session = Session::start(command);
    session.expect(text);
    let took = start.elapsed();
    session.press(leave);
    session.end();
    took
}

/// Wake-ups and bytes while nothing happens, and memory at its peak.
pub(crate) fn idle() {
    let mut session = Session::start(tumen(&[]));
    session.expect(FRAME);
    // Threads start and the index is built; nothing says when that is over.
    while session.read_some(Instant::now() + Duration::from_secs(2)) {}
    let (before, bytes) = (switches(session.id()), session.sent.len());
    thread::sleep(IDLE);
    let woken = switches(session.id()) - before;
    while session.read_some(Instant::now()) {}
    println!("idle for {} s: {woken} wake-ups, {} bytes", IDLE.as_secs(), session.sent.len() - bytes);
    println!("memory after the start, at its peak: {} kB", peak(session.id()));
    session.press("q");
    session.end();
}

/// Context switches of all threads of a process, `proc_pid_status(5)`.
fn switches(pid: u32) -> u64 {
    let threads = fs::read_dir(format!("/proc/{pid}/task")).expect("the process is there");
    let status = |thread: fs::DirEntry| fs::read_to_string(thread.path().join("status")).unwrap_or_default();
    threads.flatten().map(status).map(|status| field(&status, "ctxt_switches:")).sum()
}

/// The largest resident memory so far, in kB.
pub(crate) fn peak(pid: u32) -> u64 {
    field(&fs::read_to_string(format!("/proc/{pid}/status")).expect("the process is there"), "VmHWM:")
}

/// The sum of the numbers in lines with `name`.
fn field(status: &str, name: &str) -> u64 {
    let number = |line: &str| line.split_whitespace().nth(1).and_then(|number| number.parse::<u64>().ok());
    status.lines().filter(|line| line.contains(name)).filter_map(number).sum()
}

/// Bytes for one row down, in every topic, beside fzf with the same titles and the same texts in its preview.
pub(crate) fn rows(size: (u16, u16)) {
    if missing("fzf") {
        return;
    }
    let mut session = Session::start_at(size, tumen(&[]));
    let mut seen = session.expect(FRAME);
    settle(&mut session);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for (topic, texts) in topics(size).iter().enumerate() {
        session.press(&(topic + 1).to_string());
        settle(&mut session);
        for _ in 1..texts.len() {
            seen = session.sent.len().max(seen);
            session.press("j");
            session.expect_after(seen, FRAME);
            ours.push((session.sent.len() - seen) as f64);
        }
        theirs.extend(fzf(size, texts, &vec!["\u{1b}[B".to_owned(); texts.len().saturating_sub(1)]));
    }
    let (columns, lines) = size;
    println!("one row down, list and text change, {columns}x{lines}, {} rows", ours.len());
    beside_fzf(&ours, &theirs);
    println!("  memory at its peak: {} kB", peak(session.id()));
    session.press("q");
    session.end();
}

/// Per topic and row: the title in the list, and the text beside it as it is shown at this size.
fn topics((columns, rows): (u16, u16)) -> Vec<Vec<(String, String)>> {
    let bytes = include_bytes!("../../assets/dprk-russia.ron");
    let loaded = load::from_bytes("shipped", bytes).expect("the shipped file can be read");
    let library = Library {
        knowledge: Arc::new(loaded.knowledge),
        problems: loaded.problems.into(),
        index: None,
        keymap: Arc::new(Keymap::from_table().expect("the table has no conflicts")),
    };
    let look =
        Look::of(&Environment { term: "xterm-256color".into(), ..Environment::default() }, Wish::default());
    let mut state = State::new(Size { columns, rows }, look, &library);
    let mut found = Vec::new();
    for topic in library.knowledge.topic_ixs() {
        let digit = char::from_digit(topic.0 + 1, 10).expect("at most nine topics");
        app::update(&mut state, &Msg::Key(Key::char(digit)), &library);
        let mut texts = Vec::new();
        for entry in library.knowledge.entries_of(topic) {
            let mut screen = Buffer::empty(Rect::new(0, 0, columns, rows));
            ui::draw(&state, &library, &mut screen);
            texts.push((
                library.knowledge.entry(entry).title.to_string(),
                text(&screen, state.panes().text()),
            ));
            app::update(&mut state, &Msg::Key(Key::char('j')), &library);
        }
        found.push(texts);
    }
    found
}

/// What a part of the screen says.
fn text(screen: &Buffer, area: Rect) -> String {
    let line = |area: Rect| area.positions().map(|place| screen[place].symbol()).collect::<String>();
    area.rows().map(|row| line(row).trim_end().to_owned() + "\n").collect()
}

/// Bytes for each letter of a search, beside fzf with the titles of all topics and their texts in its preview.
pub(crate) fn letters(size: (u16, u16)) {
    if missing("fzf") {
        return;
    }
    let keys: Vec<String> = QUERIES.iter().flat_map(|query| query.chars()).map(String::from).collect();
    let mut session = Session::start_at(size, tumen(&[]));
    session.expect(FRAME);
    session.press("/");
    let ours = bytes(&mut session, &keys);
    // Ctrl-C: from a search, too.
    session.press("\u{3}");
    session.end();
    let all: Vec<(String, String)> = topics(size).into_iter().flatten().collect();
    let theirs = fzf(size, &all, &keys);
    let (columns, lines) = size;
    println!("one letter of a search, hits and text change, {columns}x{lines}, {} letters", keys.len());
    beside_fzf(&ours, &theirs);
}

/// The line about bytes of ours and of fzf.
fn beside_fzf(ours: &[f64], theirs: &[f64]) {
    let [middle, other] = [ours, theirs].map(|bytes| median(bytes.to_vec()));
    let [most, others_most] = [ours, theirs].map(|bytes| bytes.iter().copied().fold(0.0, f64::max));
    println!(
        "  tumen {middle} bytes, fzf with preview {other} bytes, ratio of medians {:.2}; most {most} and {others_most}",
        middle / other
    );
}

/// Bytes that a program sends for each key.
fn bytes(session: &mut Session, keys: &[String]) -> Vec<f64> {
    settle(session);
    let of_key = |key: &String| {
        let before = session.sent.len();
        session.press(key);
        settle(session);
        (session.sent.len() - before) as f64
    };
    keys.iter().map(of_key).collect()
}

/// Bytes for each of some keys in fzf.
fn fzf(size: (u16, u16), texts: &[(String, String)], keys: &[String]) -> Vec<f64> {
    let folder = Folder::new("fzf");
    let mut titles = String::new();
    for (row, (title, text)) in texts.iter().enumerate() {
        titles.push_str(title);
        titles.push('\n');
        folder.write(&row.to_string(), text.as_bytes());
    }
    let list = folder.write("titles", titles.as_bytes());
    let preview = format!("cat {}/{{n}}", folder.0.display());
    let script = format!("exec fzf --no-sort --layout=reverse --preview '{preview}' < '{}'", list.display());
    let mut session = Session::start_at(size, program("sh", &["-c", &script]));
    let first = texts.first().and_then(|(title, _)| title.split_whitespace().next()).unwrap_or_default();
    session.expect(first);
    let bytes = bytes(&mut session, keys);
    session.press("\u{1b}");
    session.end();
    bytes
}

/// Reads until nothing more comes.
fn settle(session: &mut Session) {
    while session.read_some(Instant::now() + QUIET) {}
}

/// Says aloud that a program is not there.
fn missing(name: &str) -> bool {
    let found = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if found.is_err() {
        println!("SKIPPED: {name} is not installed, and there is nothing to compare with");
    }
    found.is_err()
}

pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

/// A folder that goes when it is no longer needed.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tumen-bench-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).expect("there is room for temporary files");
        Self(path)
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = Path::new(&self.0).join(name);
        fs::write(&path, bytes).expect("there is room for temporary files");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
