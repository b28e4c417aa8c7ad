//! The C ABI as C and C++ programs see it: those of `tests/c`, compiled, linked both ways, and run, also under Valgrind.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::json;
use vitrust_factory::{Cert, Crl, Key, Reason, vsphere};
use vitrust_simulator::{PASSWORD, Simulation, Spec, USER, now};

use crate::architecture::root;

/// One program of `tests/c`, how it is compiled and how it is linked.
#[derive(Debug, Clone, Copy)]
struct Build {
    name: &'static str,
    compiler: &'static str,
    flags: &'static [&'static str],
    library: &'static [&'static str],
}

pub(crate) const STRICT: [&str; 5] = ["-Wall", "-Wextra", "-Werror", "-pedantic", "-g"];
const C99: (&str, &[&str]) = ("cc", &["-std=c99"]);
const CPP: (&str, &[&str]) = ("c++", &["-x", "c++", "-std=c++11"]);
const SHARED: &[&str] = &["-x", "none", "-lvitrust_c"];
/// What the standard library of Rust needs from the system.
const STATIC: &[&str] = &["-x", "none", "-l:libvitrust_c.a", "-lpthread", "-ldl", "-lm", "-lgcc_s"];

/// The program of `examples/c`.
const EXAMPLE: &str = "audit_estate";

/// The C example as a program; `None` where there is no compiler.
pub(crate) fn example() -> Option<PathBuf> {
    Build::new(EXAMPLE, C99).compile()
}

impl Build {
    const fn new(name: &'static str, (compiler, flags): (&'static str, &'static [&'static str])) -> Self {
        Self { name, compiler, flags, library: SHARED }
    }

    const fn linked_statically(self) -> Self {
        Self { library: STATIC, ..self }
    }

    /// The one program that is no test.
    fn source(self) -> PathBuf {
        let folder = if self.name == EXAMPLE { "examples/c" } else { "tests/c" };
        root().join(folder).join(self.name).with_extension("c")
    }

    /// Compiles the program; `None` and a notice where there is no compiler.
    fn compile(self) -> Option<PathBuf> {
        if !available(self.compiler) {
            return None;
        }
        let kind = if self.library == SHARED { "shared" } else { "static" };
        let program = folder().join(format!("{}-{}-{kind}", self.name, self.compiler.replace('+', "x")));
        let output = Command::new(self.compiler)
            .args(self.flags)
            .args(STRICT)
            .arg("-I")
            .arg(root().join("bindings-c/include"))
            .arg(self.source())
            .arg("-o")
            .arg(&program)
            .arg("-L")
            .arg(libraries())
            .args(self.library)
            .output()
            .expect("the compiler starts");
        assert!(output.status.success(), "{self:?}\n{}", String::from_utf8_lossy(&output.stderr));
        Some(program)
    }
}

/// Whether the command is there; says so when it is not.
#[expect(clippy::print_stderr, reason = "a skipped check must be seen")]
pub(crate) fn available(command: &str) -> bool {
    let found = Command::new(command).arg("--version").output().is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("skipped: there is no `{command}`");
    }
    found
}

/// Where cargo put the libraries: beside this test's own binary.
pub(crate) fn libraries() -> PathBuf {
    let binary = env::current_exe().expect("the test has a binary");
    let folder = binary.parent().expect("the binary is in a folder");
    // Programs look for the soname; cargo knows the plain name only.
    let name = folder.join(format!("libvitrust_c.so.{}", vitrust_c::VITRUST_ABI_VERSION));
    #[cfg(unix)]
    if let Err(error) = std::os::unix::fs::symlink("libvitrust_c.so", &name) {
        assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists, "{}: {error}", name.display());
    }
    #[cfg(not(unix))]
    let _ = name;
    folder.to_owned()
}

/// A folder for programs or certificates of its own for each caller, since tests run side by side.
fn folder() -> PathBuf {
    static CALLS: AtomicU32 = AtomicU32::new(0);
    let own = CALLS.fetch_add(1, Ordering::Relaxed).to_string();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("capi").join(own);
    fs::create_dir_all(&folder).expect("a folder for the programs");
    folder
}

/// Calls `run` with the name of each program of `tests/c` and what it is started with, for systems other than this one.
pub(crate) fn for_each_program(run: &mut dyn FnMut(&'static str, &[PathBuf])) {
    run("boundary", &[]);
    run("estate", &[root().join("examples/estate")]);
    let live = Live::start();
    run("live", &live.arguments());
    live.check("live");
    run("verify", &[certificates()]);
}

/// Runs `program` with `arguments` and fails with what it printed.
fn run(command: &mut Command) {
    let output = command.env("LD_LIBRARY_PATH", libraries()).output().expect("the program starts");
    assert!(
        output.status.success(),
        "{command:?} {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

fn run_all(build: Build, arguments: &[&Path]) {
    if let Some(program) = build.compile() {
        run(Command::new(program).args(arguments));
    }
}

fn run_under_valgrind(build: Build, arguments: &[&Path]) {
    let Some(program) = build.compile() else { return };
    if available("valgrind") {
        let checks = ["--quiet", "--error-exitcode=99", "--leak-check=full", "--show-leak-kinds=definite,indirect"];
        // The assembly of ring makes values that Valgrind takes for undefined, and they are in all that TLS sends.
        let definedness = format!("--undef-value-errors={}", if build.name == "live" { "no" } else { "yes" });
        run(Command::new("valgrind")
            .args(checks)
            .arg(definedness)
            .arg("--errors-for-leak-kinds=definite,indirect")
            .arg(program)
            .args(arguments));
    }
}

/// A vCenter's chain, its root, another root of the same name, and a CRL that lists the end-entity certificate.
fn certificates() -> PathBuf {
    let folder = folder().join("certificates");
    fs::create_dir_all(&folder).expect("a folder for the certificates");
    let root = Cert::ca("CN=CA, DC=vsphere, DC=local, O=vc01").key(Key::p256(1)).self_signed();
    let regenerated = Cert::ca("CN=CA, DC=vsphere, DC=local, O=vc01").key(Key::p256(2)).self_signed();
    let server = vsphere::machine_ssl_builder("vc01.lab.example", 0).key(Key::p256(3)).issued_by(&root);
    let crl = Crl::of(&root).revoke_for(&server, "2026-04-01", Reason::KeyCompromise).sign();
    let text = |certificates: &[&Cert]| certificates.iter().map(|certificate| certificate.pem()).collect::<String>();
    let half = root.pem().lines().take(5).collect::<Vec<_>>().join("\n");
    let part = |store: &str, alias: &str, kind: &str, cert: &Cert| {
        format!("[*] Store : {store}\nAlias :\t{alias}\nEntry type :\t{kind}\nCertificate :\t{}\n", cert.pem())
    };
    let listing = part("MACHINE_SSL_CERT", "__MACHINE_CERT", "Private Key", &server)
        + &part("TRUSTED_ROOTS", "a", "Trusted Cert", &regenerated);
    let files = [
        ("root.pem", text(&[&root])),
        ("regenerated.pem", text(&[&regenerated])),
        ("both.pem", text(&[&regenerated, &root, &root])),
        ("chain.pem", text(&[&server, &root])),
        ("crl.json", serde_json::to_string(&[crl.pem()]).expect("JSON")),
        ("damaged.pem", format!("{}{half}\n", text(&[&root]))),
        ("garbage.pem", format!("{half}\n")),
        ("loop.txt", listing),
    ];
    for (name, content) in files {
        fs::write(folder.join(name), content).expect("a writable file");
    }
    fs::write(folder.join("server.der"), server.der()).expect("a writable file");
    folder
}

#[test]
fn every_program_of_tests_c_is_run() {
    let files = fs::read_dir(root().join("tests/c")).expect("the programs");
    let files =
        files.map(|file| file.expect("a readable entry").path()).filter(|path| path.extension() == Some("c".as_ref()));
    let mut names: Vec<String> =
        files.map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned()).collect();
    names.sort();
    let mut run = Vec::new();
    for_each_program(&mut |name, _| run.push(name));
    assert_eq!(names, run);
}

#[test]
fn verify_from_c_under_valgrind() {
    run_under_valgrind(Build::new("verify", C99), &[&certificates()]);
}

#[test]
fn boundary_from_c_under_valgrind() {
    run_under_valgrind(Build::new("boundary", C99), &[]);
}

#[test]
fn verify_from_c_and_cpp_with_either_library() {
    let certificates = certificates();
    run_all(Build::new("verify", C99), &[&certificates]);
    run_all(Build::new("verify", CPP), &[&certificates]);
    run_all(Build::new("verify", C99).linked_statically(), &[&certificates]);
}

#[test]
fn boundary_from_c_and_cpp_with_either_library() {
    run_all(Build::new("boundary", C99), &[]);
    run_all(Build::new("boundary", CPP), &[]);
    run_all(Build::new("boundary", C99).linked_statically(), &[]);
}

#[test]
fn estate_from_c_under_valgrind() {
    run_under_valgrind(Build::new("estate", C99), &[&root().join("examples/estate")]);
}

#[test]
fn estate_from_c_and_cpp() {
    run_all(Build::new("estate", C99), &[&root().join("examples/estate")]);
    run_all(Build::new("estate", CPP), &[&root().join("examples/estate")]);
}

/// A simulated estate and the files that lead to it, and a server that takes connections and never answers.
struct Live {
    simulation: Simulation,
    folder: PathBuf,
    silent: TcpListener,
}

impl Live {
    fn start() -> Self {
        let spec = Spec { vcenters: 2, hosts_per_vcenter: 2, ..Spec::at(now()) };
        let simulation = Simulation::start(&spec).expect("the estate starts");
        let folder = folder().join("live");
        simulation.write_fleet(&folder).expect("a writable folder");
        let vcenter = &simulation.vcenters[0];
        let settings = json!({ "url": vcenter.url, "ca_file": folder.join("ca.pem"), "name": vcenter.name });
        let connect: BTreeMap<String, String> = simulation.connect().into_iter().collect();
        let root = Cert::ca("CN=CA, DC=vsphere, DC=local, O=vc09").key(Key::p256(9)).self_signed();
        let files = [
            ("settings.json", settings.to_string()),
            ("options.json", json!({ "connect": connect }).to_string()),
            ("new-root.json", json!({ "chain": root.pem() }).to_string()),
            ("password", PASSWORD.to_owned()),
        ];
        for (name, content) in files {
            fs::write(folder.join(name), content).expect("a writable file");
        }
        Self { simulation, folder, silent: TcpListener::bind("127.0.0.1:0").expect("a free port") }
    }

    /// Runs what `how` runs, and looks whether the servers were left as they should be.
    fn tell(&self, how: fn(Build, &[&Path]), build: Build) {
        let arguments = self.arguments();
        how(build, &arguments.iter().map(PathBuf::as_path).collect::<Vec<_>>());
        self.check(&format!("{build:?}"));
    }

    fn arguments(&self) -> [PathBuf; 3] {
        let silent = self.silent.local_addr().expect("it is bound").to_string();
        [self.folder.clone(), USER.into(), silent.into()]
    }

    fn check(&self, who: &str) {
        for vcenter in 0..self.simulation.vcenters.len() {
            assert_eq!(self.simulation.sessions(vcenter), 0, "{who} left a session at vCenter {vcenter}");
        }
    }
}

#[test]
fn live_from_c_under_valgrind() {
    Live::start().tell(run_under_valgrind, Build::new("live", C99));
}

#[test]
fn live_from_c_and_cpp_with_either_library() {
    let live = Live::start();
    live.tell(run_all, Build::new("live", C99));
    live.tell(run_all, Build::new("live", CPP));
    live.tell(run_all, Build::new("live", C99).linked_statically());
}

#[test]
fn examples_of_the_guide_compile() {
    if !available("cc") {
        return;
    }
    let guide = fs::read_to_string(root().join("docs/abi.md")).expect("docs/abi.md");
    let blocks = guide.split("```c\n").skip(1).map(|rest| rest.split("```").next().unwrap_or(rest));
    let folder = folder();
    let mut count = 0;
    for (index, block) in blocks.enumerate() {
        let source = folder.join(format!("guide{index}.c"));
        fs::write(&source, block).expect("a writable file");
        run(Command::new("cc")
            .args(STRICT)
            .args(["-std=c99", "-c", "-I"])
            .arg(root().join("bindings-c/include"))
            .arg(&source)
            .arg("-o")
            .arg(source.with_extension("o")));
        count += 1;
    }
    assert_eq!(count, 3, "examples in docs/abi.md");
}

/// Neither does the shared library hide a promised function nor does it show one of its own.
#[cfg(target_os = "linux")]
#[test]
fn exports_are_the_promised_functions() {
    if !available("nm") {
        return;
    }
    let library = libraries().join("libvitrust_c.so");
    let output = Command::new("nm").args(["-D", "--defined-only"]).arg(&library).output().expect("nm starts");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut exports: Vec<&str> = text.lines().filter_map(|line| line.rsplit(' ').next()).collect();
    exports.sort_unstable();
    assert_eq!(exports, promised_functions(&fs::read_to_string(root().join("bindings-c/abi.txt")).expect("abi.txt")));
}

/// The names of the functions in the text of abi.txt, sorted.
pub(crate) fn promised_functions(promised: &str) -> Vec<&str> {
    let lines = promised.lines().filter(|line| !line.starts_with('#') && !line.contains("typedef"));
    let heads = lines.filter_map(|line| line.split_once('(')).filter_map(|(head, _)| head.rsplit([' ', '*']).next());
    let mut names: Vec<&str> = heads.filter(|name| name.starts_with("vitrust_")).collect();
    names.sort_unstable();
    names
}
