//! The library as .NET sees it: the assembly of the PowerShell module compiled as C# 5 with warnings as errors, and the
//! programs of `tests/csharp` and `examples/csharp` run under Mono and under CoreCLR.

mod generated;
mod inputs;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use vitrust_simulator::{Simulation, Spec, now};

use crate::architecture::root;

/// The assemblies that Windows PowerShell hands to its compiler; no other is used.
const REFERENCES: &str = "-r:System.Runtime.Serialization,System.Xml,System.Core";

/// What runs a compiled program.
#[derive(Debug, Clone)]
struct Runtime {
    name: &'static str,
    command: PathBuf,
}

/// Says that a check is left out.
#[expect(clippy::print_stderr, reason = "a skipped check must be seen")]
fn skipped(reason: &str) {
    eprintln!("skipped: {reason}");
}

/// The folder of everything the tests compile.
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("csharp");
    fs::create_dir_all(&folder).expect("a folder for the programs");
    folder
}

fn runs(command: &Path, argument: &str) -> bool {
    Command::new(command).arg(argument).output().is_ok_and(|output| output.status.success())
}

/// Mono, and CoreCLR as the Python package `dotnetcore2` or the PATH has it.
fn runtimes() -> Vec<Runtime> {
    let mono = Runtime { name: "mono", command: "mono".into() };
    let mut found = Vec::new();
    if runs(&mono.command, "--version") {
        found.push(mono);
    } else {
        skipped("there is no `mono`, so nothing of .NET Framework runs");
    }
    let dotnet =
        packaged().into_iter().chain([PathBuf::from("dotnet")]).find(|command| runs(command, "--list-runtimes"));
    match dotnet {
        Some(command) => found.push(Runtime { name: "coreclr", command }),
        None => skipped("there is no `dotnet` (the package dotnetcore2 in .venv), so nothing of .NET Core runs"),
    }
    found
}

/// The `dotnet` in the project's Python environment, or the one in `VITRUST_DOTNET`.
fn packaged() -> Vec<PathBuf> {
    let libraries = fs::read_dir(root().join(".venv/lib")).into_iter().flatten().flatten();
    let packages = libraries.map(|entry| entry.path().join("site-packages/dotnetcore2/bin/dotnet"));
    env::var_os("VITRUST_DOTNET").map(PathBuf::from).into_iter().chain(packages).filter(|path| path.is_file()).collect()
}

/// Puts the library that cargo built beside this test's own binary into a folder, by the name that .NET looks for.
fn put_library(folder: &Path) {
    let binary = env::current_exe().expect("the test has a binary");
    let name = |stem: &str| format!("{}{stem}{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX);
    let library = binary.parent().expect("the binary is in a folder").join(name("vitrust_c"));
    fs::copy(&library, folder.join(name("vitrust"))).unwrap_or_else(|error| panic!("{}: {error}", library.display()));
}

/// The assembly as the module has it, beside the library in a folder of this name; `None` and a notice where there is no
/// compiler.
fn assembly(name: &str) -> Option<PathBuf> {
    if !runs(Path::new("mcs"), "--version") {
        skipped("there is no `mcs`, so no C# is compiled");
        return None;
    }
    let folder = folder().join(name);
    fs::create_dir_all(&folder).expect("a folder for the assembly");
    put_library(&folder);
    let assembly = folder.join("VITrust.Interop.dll");
    let output =
        Command::new(root().join("tests/tools/interop.sh")).arg(&assembly).output().expect("the script starts");
    assert!(output.status.success(), "{}{}", said(&output), String::from_utf8_lossy(&output.stderr));
    Some(assembly)
}

/// Compiles a program of these sources in a folder of its own.
fn compile(program: &Path, sources: &[&Path], references: &str) {
    let output = Command::new("mcs")
        .args(["-langversion:5", "-warnaserror", "-warn:4", "-debug-", references])
        .arg(format!("-out:{}", program.display()))
        .args(sources)
        .output()
        .expect("the compiler starts");
    assert!(output.status.success(), "{}{}", said(&output), String::from_utf8_lossy(&output.stderr));
    for runtime in ["dll", "runtimeconfig.json"] {
        // CoreCLR wants another ending and the name of its framework. Which of its versions is there does not matter,
        // and neither is any library of languages.
        let config = r#"{"runtimeOptions": {"framework": {"name": "Microsoft.NETCore.App", "version": "3.1.0"},
            "rollForward": "LatestMajor", "configProperties": {"System.Globalization.Invariant": true}}}"#;
        let bytes = if runtime == "dll" { fs::read(program).expect("the program") } else { config.into() };
        fs::write(program.with_extension(runtime), bytes).expect("a writable file");
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Runs a program and returns what it printed; fails with it when it ends in another way.
fn run(runtime: &Runtime, program: &Path, arguments: &[&Path], code: i32) -> String {
    let program = if runtime.name == "mono" { program.to_owned() } else { program.with_extension("dll") };
    let output = Command::new(&runtime.command)
        .arg(program)
        .args(arguments)
        .env_remove("GOVC_URL")
        .env_remove("VMWARE_HOST")
        .output()
        .expect("the runtime starts");
    let text = said(&output);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{} {}\n{text}{complaint}", runtime.name, output.status);
    text
}

/// The test program, compiled together with the sources of the assembly, whose inner parts it tries too.
fn tests() -> Option<PathBuf> {
    let program = assembly("tests")?.with_file_name("tests.exe");
    let interop = root().join("bindings-c/powershell/Interop");
    let sources = [interop.join("Generated/*.cs"), interop.join("*.cs"), root().join("tests/csharp/*.cs")];
    compile(&program, &sources.each_ref().map(PathBuf::as_path), REFERENCES);
    Some(program)
}

#[test]
fn the_same_sources_give_the_same_assembly() {
    let Some(first) = assembly("one") else { return };
    let second = assembly("other").expect("there is a compiler");
    assert!(fs::read(first).expect("an assembly") == fs::read(second).expect("an assembly"), "its bytes differ");
}

/// Wherever the assembly lies, and whatever library lies where the program runs.
#[test]
fn the_assembly_finds_the_library_in_its_own_folder() {
    let Some(good) = assembly("a folder [with] é/native") else { return };
    let [loading, alone, elsewhere] = ["loading", "alone", "elsewhere"].map(|name| folder().join(name));
    for folder in [&loading, &alone, &elsewhere] {
        fs::create_dir_all(folder).expect("a folder");
    }
    put_library(&elsewhere);
    let lonely = alone.join("VITrust.Interop.dll");
    fs::copy(&good, &lonely).expect("an assembly");
    let program = loading.join("Load.exe");
    compile(&program, &[&root().join("tests/csharp/loading/Load.cs")], REFERENCES);
    for runtime in runtimes() {
        let text = run(&runtime, &program, &[&good, &elsewhere], 0);
        let name = format!("{}vitrust{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX);
        let path = good.with_file_name(name);
        assert_eq!(text, format!("{}\n{}\n", path.display(), env!("CARGO_PKG_VERSION")), "{}", runtime.name);
        let text = run(&runtime, &program, &[&lonely, &elsewhere], 1);
        assert!(text.contains("DllNotFoundException"), "{}: {text}", runtime.name);
    }
}

#[test]
fn every_call_of_the_cmdlets_under_mono_and_coreclr() {
    let Some(program) = tests() else { return };
    for runtime in runtimes() {
        let inputs = folder().join(runtime.name);
        inputs::write(&inputs);
        // An estate of its own for each, since sessions are counted.
        let spec = Spec { vcenters: 2, hosts_per_vcenter: 2, ..Spec::at(now()) };
        let simulation = Simulation::start(&spec).expect("the estate starts");
        simulation.write_fleet(&inputs.join("fleet")).expect("a writable folder");
        let text = run(&runtime, &program, &["test".as_ref(), &root(), &inputs], 0);
        let last = text.lines().last().unwrap_or_default();
        assert!(last.ends_with(" passed, 0 failed"), "{}\n{text}", runtime.name);
        let open: usize = (0..2).map(|vcenter| simulation.sessions(vcenter)).sum();
        assert_eq!(open, 0, "{} left sessions open\n{text}", runtime.name);
    }
}

#[test]
fn example_audits_the_estate_beside_it() {
    let Some(assembly) = assembly("example") else { return };
    let program = assembly.with_file_name("AuditEstate.exe");
    // As the head of the example says.
    compile(&program, &[&root().join("examples/csharp/AuditEstate.cs")], &format!("-r:{}", assembly.display()));
    for runtime in runtimes() {
        let at = Path::new("2026-06-01");
        let text = run(&runtime, &program, &[&root().join("examples/estate"), at], 1);
        assert!(text.contains("VT202") && text.contains("TRUST BETWEEN VCENTERS"), "{text}");
    }
}
