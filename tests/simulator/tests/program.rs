//! The program: its options, what it prints and writes, and that it ends with its standard input.

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::openssl::exchange;

fn program(options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vitrust-simulator"));
    command.args(options).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[test]
fn latency_is_felt_and_the_end_of_input_ends_it() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("program");
    let out = folder.to_str().expect("a path");
    let mut process = program(&["--latency", "300ms", "--hosts", "1", "--out", out]).spawn().expect("it starts");
    let mut lines = BufReader::new(process.stdout.take().expect("a pipe")).lines();
    let first = lines.next().expect("a line").expect("text");
    let address = first.split(' ').find_map(|word| word.strip_prefix("https://")).expect("an address");
    let began = Instant::now();
    let request = "GET /sdk/vimServiceVersions.xml HTTP/1.1\r\nHost: vc01.lab.example\r\nConnection: close\r\n\r\n";
    let (answer, _) = exchange(address.parse().expect("an address"), "vc01.lab.example", &[], request);
    assert!(answer.starts_with("HTTP/1.1 200") && began.elapsed() >= Duration::from_millis(300), "{answer}");
    let rest: Vec<String> = lines.map_while(Result::ok).take(4).collect();
    assert!(rest.iter().any(|line| line.starts_with("fleet ")), "{rest:?}");
    assert!(!rest.iter().any(|line| line.contains(vitrust_simulator::PASSWORD)), "it stands in its own file");
    drop(process.stdin.take());
    assert!(process.wait().expect("an end").success());
}

#[test]
fn what_it_does_not_understand_it_says() {
    for (options, words) in [
        (["--latency", "soon"], "`soon` is no time"),
        (["--story", "happy"], "`happy` is no story"),
        (["--version", "5.5"], "`5.5` is no version"),
        (["--hosts", "many"], "`many` is no number"),
        (["--ipv6", "maybe"], "neither yes nor no"),
        (["--array", "maybe"], "neither answers nor silent"),
        (["--nothing", "1"], "there is no option"),
    ] {
        let mut process = program(&options).spawn().expect("it starts");
        let mut messages = String::new();
        process.stderr.take().expect("a pipe").read_to_string(&mut messages).expect("text");
        assert_eq!(process.wait().expect("an end").code(), Some(2), "{options:?}");
        assert!(messages.contains(words), "{options:?}: {messages}");
    }
}
