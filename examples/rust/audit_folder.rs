//! What is wrong in a folder of exports, and what breaks next?
//!
//! `cargo run -p vitrust-examples --example audit_folder -- examples/estate 2026-06-01`
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::path::Path;

use vitrust::assess::{AssessOptions, assess};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, at] = arguments.as_slice() else {
        return Err("usage: audit_folder FOLDER AT".into());
    };
    let estate = vitrust::files::load(Path::new(folder))?;
    let report = assess(&estate, &AssessOptions::at(at.parse()?));
    for finding in &report.findings {
        println!("{} {}", finding.id, finding.message);
    }
    Ok(())
}
