//! `make install`: what it puts where, and the C example built from that alone, as its readers would.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::architecture::root;
use crate::capi;

const PREFIX: &str = "/usr/vitrust";

/// `make WHAT` with the library of this test run, into `destination`.
fn make(what: &str, destination: &Path) {
    let output = Command::new("make")
        .args(["--no-print-directory", what, "CARGO=true"])
        .arg(format!("BUILT={}", capi::libraries().display()))
        .arg(format!("DESTDIR={}", destination.display()))
        .arg(format!("PREFIX={PREFIX}"))
        .current_dir(root())
        .output()
        .expect("make starts");
    succeeded(&output);
}

fn succeeded(output: &Output) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}\n{}{said}", output.status, String::from_utf8_lossy(&output.stdout));
}

/// The files and links below `folder`, as paths from it.
fn tree(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(place) = folders.pop() {
        for entry in fs::read_dir(&place).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(folder).expect("below it").to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

/// What pkg-config says of the installed library, with `change` made to it.
fn flags(destination: &Path, arguments: &[&str], change: (&str, &str)) -> Vec<String> {
    let output = Command::new("pkg-config")
        .args(arguments)
        .arg("vitrust")
        .env("PKG_CONFIG_SYSROOT_DIR", destination)
        .env("PKG_CONFIG_LIBDIR", format!("{}{PREFIX}/lib/pkgconfig", destination.display()))
        .output()
        .expect("pkg-config starts");
    succeeded(&output);
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    said.split_whitespace().map(|flag| flag.replace(change.0, change.1)).collect()
}

/// The C example, compiled with these flags into `program`.
fn example(program: &Path, flags: &[String]) {
    let output = Command::new("cc")
        .arg("-std=c99")
        .args(capi::STRICT)
        .arg(root().join("examples/c/audit_estate.c"))
        .arg("-o")
        .arg(program)
        .args(flags)
        .output()
        .expect("the compiler starts");
    succeeded(&output);
}

/// The example says what is wrong in the example estate; `libraries` is where the loader looks.
fn finds(program: &Path, libraries: Option<&Path>) {
    let mut command = Command::new(program);
    command.args(["examples/estate", "2026-06-01"]).current_dir(root()).env_remove("LD_LIBRARY_PATH");
    command.envs(libraries.map(|folder| ("LD_LIBRARY_PATH", folder)));
    let output = command.output().expect("the example starts");
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("\"id\":\"VT202\""), "{said}");
}

#[test]
fn an_installed_library_is_enough_for_a_c_program() {
    if !["make", "cc", "pkg-config"].iter().all(|command| capi::available(command)) {
        return;
    }
    let destination = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("install");
    let _ = fs::remove_dir_all(&destination);
    make("install", &destination);
    let below = destination.join(PREFIX.trim_start_matches('/'));
    let files = ["include/vitrust.h", "lib/libvitrust_c.a", "lib/libvitrust_c.so", "lib/libvitrust_c.so.1"];
    assert_eq!(tree(&below), [files.as_slice(), &["lib/pkgconfig/vitrust.pc"]].concat());

    let program = destination.join("shared");
    example(&program, &flags(&destination, &["--cflags", "--libs"], ("", "")));
    finds(&program, Some(&below.join("lib")));

    let program = destination.join("static");
    let archive = ("-lvitrust_c", "-l:libvitrust_c.a");
    example(&program, &flags(&destination, &["--static", "--cflags", "--libs"], archive));
    finds(&program, None);

    make("uninstall", &destination);
    assert_eq!(tree(&below), [""; 0]);
}
