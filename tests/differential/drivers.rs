//! Runs the real validators over a file of cases and reads their answers.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use super::case::Case;
use super::webpki::webpki_accepts;

/// A validator that can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Driver {
    /// `openssl verify`.
    Openssl,
    /// Java's CertPathBuilder.
    Java,
    /// The trust manager of Java's TLS, asked within a handshake.
    JavaTls,
    /// Go's crypto/x509.
    Go,
    /// rustls-webpki, in this process.
    Webpki,
    /// Python `cryptography`.
    Pyca,
}

/// What a validator said about one case.
#[derive(Clone, Debug, Deserialize)]
pub struct Answer {
    /// The case's name.
    pub case: String,
    /// Whether it was accepted.
    pub accepted: bool,
    /// Why not, in the validator's words.
    pub message: String,
}

impl Driver {
    /// Every driver.
    pub const ALL: [Self; 6] = [Self::Openssl, Self::Java, Self::JavaTls, Self::Go, Self::Webpki, Self::Pyca];

    /// A short name for tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Openssl => "openssl",
            Self::Java => "java",
            Self::JavaTls => "java-tls",
            Self::Go => "go",
            Self::Webpki => "webpki",
            Self::Pyca => "pyca",
        }
    }

    /// The answers to all cases by name, or why the validator cannot be asked on this machine.
    ///
    /// `folder` takes the files; it must exist. Everything but webpki is one process for all cases.
    pub fn ask(self, cases: &[Case], folder: &Path) -> Result<BTreeMap<String, Answer>, String> {
        let answers = match self {
            Self::Webpki => cases.iter().map(ask_webpki).collect(),
            Self::Openssl | Self::Java | Self::JavaTls | Self::Go | Self::Pyca => self.ask_process(cases, folder)?,
        };
        Ok(answers.into_iter().map(|answer| (answer.case.clone(), answer)).collect())
    }

    /// As [`Self::ask`], but OpenSSL answers from one process that calls the library, some twenty times as fast.
    pub fn ask_library(self, cases: &[Case], folder: &Path) -> Result<BTreeMap<String, Answer>, String> {
        if self != Self::Openssl {
            return self.ask(cases, folder);
        }
        let file = self.questions(cases, folder)?;
        let mut command = Command::new(python());
        command.arg(here().join("openssl/library.py")).arg(file);
        Ok(self.answers(command, cases)?.into_iter().map(|answer| (answer.case.clone(), answer)).collect())
    }

    /// The validator's own words about its version, on one line; empty when it is not here.
    pub fn version(self) -> String {
        let python = python();
        let (program, arguments): (&str, &[&str]) = match self {
            Self::Openssl => ("openssl", &["version"]),
            Self::Java | Self::JavaTls => ("java", &["--version"]),
            Self::Go => ("go", &["env", "GOVERSION"]),
            Self::Webpki => return "rustls-webpki 0.103.16".to_owned(),
            Self::Pyca => (&python, &["-c", "import cryptography; print('cryptography', cryptography.__version__)"]),
        };
        let output = Command::new(program).args(arguments).output();
        let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
        text.lines().next().unwrap_or_default().to_owned()
    }

    fn ask_process(self, cases: &[Case], folder: &Path) -> Result<Vec<Answer>, String> {
        let file = self.questions(cases, folder)?;
        self.answers(self.command(&file, folder)?, cases)
    }

    /// The file of the cases.
    fn questions(self, cases: &[Case], folder: &Path) -> Result<PathBuf, String> {
        let file = folder.join(format!("{}.jsonl", self.name()));
        let lines: String = cases.iter().map(|case| case.json() + "\n").collect();
        fs::write(&file, lines).map_err(|error| format!("{}: {error}", file.display()))?;
        Ok(file)
    }

    /// What the command prints about the cases.
    fn answers(self, mut command: Command, cases: &[Case]) -> Result<Vec<Answer>, String> {
        let output = command.output().map_err(|error| format!("{:?}: {error}", command.get_program()))?;
        if !output.status.success() {
            let text = String::from_utf8_lossy(&output.stderr);
            let last: Vec<&str> = text.lines().rev().take(3).collect();
            return Err(format!("{:?} failed: {}", command.get_program(), last.join(" | ")));
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let answers: Result<Vec<Answer>, _> = text.lines().map(serde_json::from_str).collect();
        let answers = answers.map_err(|error| format!("{}: {error}", self.name()))?;
        if answers.len() == cases.len() {
            return Ok(answers);
        }
        Err(format!("{} answered {} of {} cases", self.name(), answers.len(), cases.len()))
    }

    fn command(self, file: &Path, folder: &Path) -> Result<Command, String> {
        let here = here();
        let with = |program: &str, arguments: &[OsString]| {
            let mut command = Command::new(program);
            command.args(arguments).arg(file);
            command
        };
        let python = python();
        // Java keeps anchors in a set ordered by identity hashes: with one hash for all it is the store's order.
        let options = [
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:hashCode=2",
            "--add-exports",
            "java.base/sun.security.util=ALL-UNNAMED",
            "--add-exports",
            "java.base/sun.security.x509=ALL-UNNAMED",
            "--add-exports",
            "java.base/sun.security.tools.keytool=ALL-UNNAMED",
        ];
        let options: Vec<OsString> = options.iter().map(OsString::from).collect();
        let java = here.join("java/Validate.java").into_os_string();
        match self {
            Self::Openssl => Ok(with(&python, &[here.join("openssl/verify.py").into()])),
            Self::Pyca => Ok(with(&python, &[here.join("pyca/verify.py").into()])),
            Self::Java => Ok(with("java", &[options, vec![java]].concat())),
            Self::JavaTls => Ok(with("java", &[options, vec![java, "--trust-manager".into()]].concat())),
            Self::Go => {
                let program = build_go(&here.join("go"), folder)?;
                let mut command = Command::new(program);
                command.arg(file);
                Ok(command)
            }
            Self::Webpki => Err("webpki is asked in this process".to_owned()),
        }
    }
}

/// The answers of every validator that is here, in the order of [`Driver::ALL`]; prints a line for each that is not.
pub fn ask_all(cases: &[Case], folder: &Path) -> Vec<(Driver, BTreeMap<String, Answer>)> {
    let mut all = Vec::new();
    for driver in Driver::ALL {
        match driver.ask(cases, folder) {
            Ok(answers) => all.push((driver, answers)),
            Err(reason) => eprintln!("SKIPPED: {}: {reason}", driver.name()),
        }
    }
    all
}

/// The folder of the drivers.
fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("differential")
}

/// The interpreter asked for, else that of the tree's own environment, else the machine's.
fn python() -> String {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../.venv/bin/python");
    let found = || if own.exists() { own.display().to_string() } else { "python3".to_owned() };
    std::env::var("VITRUST_DIFFERENTIAL_PYTHON").unwrap_or_else(|_| found())
}

fn ask_webpki(case: &Case) -> Answer {
    let (accepted, message) = webpki_accepts(case);
    Answer { case: case.name.clone(), accepted, message }
}

fn build_go(module: &Path, folder: &Path) -> Result<PathBuf, String> {
    let program = folder.join("differential-go");
    let mut command = Command::new("go");
    command.arg("build").arg("-o").arg(&program).arg(".").current_dir(module).env("GOTOOLCHAIN", "local");
    let output = command.output().map_err(|error| format!("go: {error}"))?;
    if output.status.success() { Ok(program) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}
