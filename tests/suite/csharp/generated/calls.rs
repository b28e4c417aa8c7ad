//! `abi.txt` as P/Invoke: every call, the callback, a handle for each type that is freed, and the numbers of errors.

use std::fmt::Write;

use super::head;
use super::names::{camel, pascal};

const STATUS: &str = "VITRUST_STATUS_";

/// One parameter of C: its type without the name, and the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Parameter<'t> {
    kind: &'t str,
    name: &'t str,
}

/// A declaration: what it returns, its name and its parameters.
#[derive(Debug, PartialEq, Eq)]
struct Declaration<'t> {
    returns: &'t str,
    name: &'t str,
    parameters: Vec<Parameter<'t>>,
}

/// All of it as C#. A shape that is not known is an error that names it.
pub(super) fn write(promised: &str, version: u32) -> Result<String, String> {
    let lines = promised.lines().filter(|line| !line.starts_with('#'));
    let lines: Vec<&str> = lines.filter_map(|line| line.split_once(' ')).map(|(_, line)| line).collect();
    let callbacks: Vec<Declaration<'_>> =
        lines.iter().filter_map(|line| line.strip_prefix("typedef ")).map(declaration).collect::<Result<_, _>>()?;
    let is_call = |line: &&&str| line.contains('(') && !line.starts_with("typedef ");
    let calls: Vec<Declaration<'_>> =
        lines.iter().filter(is_call).map(|line| declaration(line)).collect::<Result<_, _>>()?;
    let known: Vec<&str> = callbacks.iter().map(|one| one.name).collect();
    let mut text = head(
        "The C ABI as .NET calls it: functions, the callback, a handle for each native object, and the numbers of errors.",
    );
    text.push_str("using System;\nusing System.Runtime.InteropServices;\n\nnamespace VITrust\n{\n");
    text.push_str("    public static partial class Native\n    {\n");
    let _ = writeln!(text, "        private const uint WrittenFor = {version};");
    for call in &calls {
        let _ = write!(
            text,
            "\n        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]\n"
        );
        let _ = writeln!(text, "        internal static extern {};", signature(call, call.name, &known)?);
    }
    text.push_str("    }\n");
    for callback in &callbacks {
        text.push_str("\n    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]\n");
        let name = pascal(callback.name.trim_start_matches("vitrust_"));
        let _ = writeln!(text, "    internal delegate {};", signature(callback, &name, &known)?);
    }
    for (name, kind) in calls.iter().filter_map(|call| Some((call.name, freed(call.name)?))) {
        let _ = writeln!(text, "\n    internal sealed partial class {} : Handle\n    {{", handle(kind));
        let _ =
            writeln!(text, "        protected override void Free(IntPtr native) {{ Native.{name}(native); }}\n    }}");
    }
    text.push_str("\n    internal static class Status\n    {\n");
    for (name, number) in numbers(&lines)? {
        let _ = writeln!(text, "        internal const int {name} = {number};");
    }
    text.push_str("    }\n}\n");
    Ok(text)
}

/// The numbers of errors, the smallest first.
fn numbers(lines: &[&str]) -> Result<Vec<(String, i32)>, String> {
    let rows = lines.iter().filter_map(|line| line.strip_prefix(STATUS)?.split_once(" = "));
    let read = |(name, number): (&str, &str)| {
        let number = number.parse().map_err(|_| format!("`{STATUS}{name} = {number}` has no number"))?;
        Ok((pascal(&name.to_lowercase()), number))
    };
    let mut all = rows.map(read).collect::<Result<Vec<(String, i32)>, String>>()?;
    all.sort_by_key(|(_, number)| *number);
    Ok(all)
}

/// The type that a function of this name frees.
fn freed(name: &str) -> Option<&str> {
    name.strip_prefix("vitrust_")?.strip_suffix("_free")
}

fn handle(kind: &str) -> String {
    pascal(kind) + "Handle"
}

/// `int f(int a, char *b)`, or `int (*f)(int a)` of a type of functions.
fn declaration(line: &str) -> Result<Declaration<'_>, String> {
    let wrong = || format!("`{line}` is no declaration of a known shape");
    let inner = line.strip_suffix(')').ok_or_else(wrong)?;
    let (front, list) = inner.rsplit_once('(').ok_or_else(wrong)?;
    let front = front.trim_end_matches(')');
    let at = front.rfind([' ', '*']).ok_or_else(wrong)? + 1;
    let returns = front[..at].trim_end_matches("(*").trim();
    let parameters = list.split(", ").filter(|one| *one != "void").map(|one| {
        let at = one.rfind([' ', '*']).ok_or_else(wrong)? + 1;
        Ok(Parameter { kind: one[..at].trim(), name: &one[at..] })
    });
    Ok(Declaration { returns, name: &front[at..], parameters: parameters.collect::<Result<_, String>>()? })
}

fn signature(declaration: &Declaration<'_>, name: &str, callbacks: &[&str]) -> Result<String, String> {
    let wrong = |what: &str| {
        format!("{}: `{what}` is of no known shape: tests/suite/csharp/generated/calls.rs", declaration.name)
    };
    let returns = match declaration.returns {
        "void" => "void",
        "vitrust_status" | "int32_t" => "int",
        "uint32_t" => "uint",
        "size_t" => "UIntPtr",
        "const char *" => "IntPtr",
        other => return Err(wrong(other)),
    };
    let all = &declaration.parameters;
    let parameters = all.iter().enumerate().map(|(index, one)| {
        let has_length =
            all.get(index + 1).is_some_and(|next| next.kind == "size_t" && next.name == format!("{}_len", one.name));
        parameter(*one, has_length, freed(declaration.name), callbacks)
            .ok_or_else(|| wrong(&format!("{} {}", one.kind, one.name)))
    });
    Ok(format!("{returns} {name}({})", parameters.collect::<Result<Vec<_>, _>>()?.join(", ")))
}

/// One parameter as C# has it; nothing where its shape is not known.
fn parameter(one: Parameter<'_>, has_length: bool, freed: Option<&str>, callbacks: &[&str]) -> Option<String> {
    let out = one.name.strip_suffix("_out");
    let name = camel(out.unwrap_or(one.name));
    let kind = match (one.kind, out) {
        ("const uint8_t *" | "const char *", None) if has_length => "byte[]".to_owned(),
        // What a callback is told: a text that ends in a NUL, and what the caller gave.
        ("const char *", None) if one.name == "what" => "IntPtr".to_owned(),
        ("void *", None) => "IntPtr".to_owned(),
        ("size_t", None) => "UIntPtr".to_owned(),
        ("int32_t", None) => "int".to_owned(),
        ("uint32_t", None) => "uint".to_owned(),
        ("int64_t", None) => "long".to_owned(),
        ("uint64_t", None) => "ulong".to_owned(),
        ("size_t *", Some(_)) => "out UIntPtr".to_owned(),
        ("int32_t *", Some(_)) => "out int".to_owned(),
        ("const char **", Some(_)) => "out IntPtr".to_owned(),
        (kind, None) if callbacks.contains(&kind) => pascal(kind.trim_start_matches("vitrust_")),
        (kind, Some(_)) => format!("out {}", handle(kind.strip_prefix("vitrust_")?.strip_suffix(" **")?)),
        (kind, None) => {
            let kind = kind.trim_start_matches("const ").strip_prefix("vitrust_")?.strip_suffix(" *")?;
            // Only the one that frees a native object sees its address.
            if freed == Some(kind) { "IntPtr".to_owned() } else { handle(kind) }
        }
    };
    Some(format!("{kind} {name}"))
}

#[test]
fn a_new_call_needs_nothing_by_hand() {
    let abi = "# head\n0.1.0 VITRUST_STATUS_NO_BLOCK = 101\n\
        0.1.0 typedef int32_t (*vitrust_tick)(uint64_t done, const char *what, void *user)\n\
        0.2.0 vitrust_status vitrust_plan_make(const vitrust_estate *estate, const char *options, size_t options_len, \
        vitrust_tick tick, void *user, vitrust_plan **plan_out, size_t *count_out)\n0.2.0 void vitrust_plan_free(vitrust_plan *plan)\n";
    let text = write(abi, 7).expect("known shapes");
    for line in [
        "internal static extern int vitrust_plan_make(EstateHandle estate, byte[] options, UIntPtr optionsLen, \
         Tick tick, IntPtr user, out PlanHandle plan, out UIntPtr count);",
        "internal static extern void vitrust_plan_free(IntPtr plan);",
        "internal delegate int Tick(ulong done, IntPtr what, IntPtr user);",
        "internal sealed partial class PlanHandle : Handle",
        "internal const int NoBlock = 101;",
        "private const uint WrittenFor = 7;",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn an_unknown_shape_is_refused_by_name() {
    let refused = |line: &str| write(&format!("0.1.0 {line}\n"), 1).expect_err("an unknown shape");
    assert!(
        refused("vitrust_status vitrust_f(float factor)").starts_with("vitrust_f: `float factor` is of no known shape")
    );
    assert!(refused("float vitrust_f(void)").starts_with("vitrust_f: `float` is of no known shape"));
    // A text without a length would be read up to a NUL that may not be there.
    assert!(refused("vitrust_status vitrust_f(const char *name)").contains("`const char * name`"));
}
