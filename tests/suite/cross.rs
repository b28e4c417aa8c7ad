//! The C ABI on other systems: the programs of `tests/c` for Windows under Wine and for 64-bit ARM under QEMU.
//!
//! `make cross` builds the libraries beforehand; without it the first test here does, which takes minutes.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::architecture::root;
use crate::capi;

/// A system that is not this one: how it is called, what compiles for it and what runs its programs.
struct System {
    name: &'static str,
    folder: &'static str,
    library: &'static str,
    compiler: &'static str,
    runner: &'static str,
    ending: &'static str,
}

const WINDOWS: System = System {
    name: "windows",
    folder: "win-x64",
    library: "vitrust.dll",
    compiler: "x86_64-w64-mingw32-gcc",
    runner: "wine",
    ending: ".exe",
};

const ARM64: System = System {
    name: "arm64",
    folder: "linux-arm64",
    library: "libvitrust.so",
    compiler: "aarch64-linux-gnu-gcc",
    runner: "qemu-aarch64",
    ending: "",
};

/// What `tests/tools/cross.sh` ends with where it lacks something.
const LACKING: i32 = 77;

fn temporary() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
}

impl System {
    fn folder(&self) -> PathBuf {
        temporary().join("cross").join(self.folder)
    }

    /// Builds the library; `false` and a notice where this machine cannot build or run for the system.
    fn ready(&self) -> bool {
        if !capi::available(self.runner) {
            return false;
        }
        let output = Command::new(root().join("tests/tools/cross.sh"))
            .args([self.name, "cross"])
            .arg(self.folder())
            .args((self.name == WINDOWS.name).then_some("unit"))
            .env("CARGO_TARGET_DIR", temporary().parent().expect("the target folder"))
            .output()
            .expect("the script starts");
        let said = String::from_utf8_lossy(&output.stderr);
        if output.status.code() == Some(LACKING) {
            eprintln!("skipped: {}", said.trim());
            return false;
        }
        assert!(output.status.success(), "{said}");
        assert!(self.folder().join(self.library).is_file(), "{said}");
        true
    }

    /// Compiles a C program, and links it with the library there when it uses it.
    fn compile(&self, source: &Path, arguments: &[&str]) -> PathBuf {
        let name = source.file_stem().expect("a name").to_string_lossy();
        let program = self.folder().join(format!("{name}{}", self.ending));
        let output = Command::new(self.compiler)
            .args(["-std=c99", "-D__USE_MINGW_ANSI_STDIO=1"])
            .args(capi::STRICT)
            .arg("-I")
            .arg(root().join("bindings-c/include"))
            .arg(source)
            .arg("-o")
            .arg(&program)
            .arg("-L")
            .arg(self.folder())
            .args(arguments)
            .output()
            .expect("the compiler starts");
        assert!(output.status.success(), "{}\n{}", source.display(), String::from_utf8_lossy(&output.stderr));
        program
    }

    /// The program's command line on this machine.
    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new("timeout");
        command.args(["300", self.runner]);
        if self.name == ARM64.name {
            let libraries = format!("LD_LIBRARY_PATH={}", self.folder().display());
            command.args(["-L", "/usr/aarch64-linux-gnu", "-E", &libraries]).env("EMULATED", "1");
        }
        command.arg(program).current_dir(self.folder()).stdin(Stdio::null());
        command.env_remove("LD_LIBRARY_PATH").env_remove("DISPLAY");
        command
            .env("WINEPREFIX", temporary().join("wine"))
            .env("WINEDEBUG", "-all")
            // Nobody is there whom Wine could ask for a browser or for .NET.
            .env("WINEDLLOVERRIDES", "mscoree,mshtml,winemenubuilder.exe=")
            .env("WINEARCH", "win64");
        command
    }

    /// Runs the program, which must end with `code`, and returns what it printed.
    fn run(&self, program: &Path, arguments: &[PathBuf], code: i32) -> String {
        let arguments = arguments.iter().map(|argument| self.argument(argument));
        let output = self.command(program).args(arguments).output().expect("the program starts");
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "{} on {}\n{said}", program.display(), self.name);
        said
    }

    fn run_programs(&self) {
        capi::for_each_program(&mut |name, arguments| {
            let source = root().join("tests/c").join(name).with_extension("c");
            self.run(&self.compile(&source, &["-lvitrust"]), arguments, 0);
        });
        let example = self.compile(&root().join("examples/c/audit_estate.c"), &["-lvitrust"]);
        let said = self.run(&example, &[root().join("examples/estate"), "2026-06-01".into()], 1);
        assert!(said.contains("\"id\":\"VT202\""), "{said}");
        let said = self.run(&example, &[root().join("examples/none"), "2026-06-01".into()], 3);
        assert!(said.contains("none"), "{said}");
    }

    /// An argument as a program of the system is given it: Wine calls the root of this machine `Z:`.
    fn argument(&self, given: &Path) -> PathBuf {
        if self.name != WINDOWS.name || !given.is_absolute() {
            return given.to_owned();
        }
        format!("Z:{}", given.display()).replace('/', "\\").into()
    }
}

/// Wine 8 lacks one library of Windows that the standard library of Rust asks for random numbers.
fn complete_wine() {
    let started = WINDOWS.command(Path::new("wineboot")).arg("--init").output().expect("Wine starts");
    assert!(started.status.success(), "{}", String::from_utf8_lossy(&started.stderr));
    let there = temporary().join("wine/drive_c/windows/system32/bcryptprimitives.dll");
    if !there.exists() {
        let source = root().join("tests/c/wine/bcryptprimitives.c");
        let library = WINDOWS.compile(&source, &["-shared", "-ladvapi32"]);
        fs::rename(&library, library.with_extension("dll")).expect("a library beside the programs");
    }
}

#[test]
fn programs_in_c_and_the_unit_tests_run_on_windows() {
    if !WINDOWS.ready() {
        return;
    }
    complete_wine();
    WINDOWS.run_programs();
    let said = WINDOWS.run(&WINDOWS.folder().join("unit.exe"), &[], 0);
    assert!(said.contains("a_panic_becomes_a_status_and_an_error_object ... ok"), "{said}");
    exports_are_the_promised_functions();
}

/// Neither does the library for Windows hide a function nor does it show one of its own.
fn exports_are_the_promised_functions() {
    let exports = fs::read_to_string(WINDOWS.folder().join("vitrust.def")).expect("the list of exports");
    let exports: Vec<&str> = exports.lines().skip(2).map(str::trim).collect();
    let promised = fs::read_to_string(root().join("bindings-c/abi.txt")).expect("abi.txt");
    assert_eq!(exports, capi::promised_functions(&promised));
}

#[test]
fn programs_in_c_run_on_arm64() {
    if ARM64.ready() {
        ARM64.run_programs();
    }
}
