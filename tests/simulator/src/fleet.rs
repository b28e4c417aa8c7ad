//! The files a client needs: the inventory, the roots, the password, the SMS certificates.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::simulation::Vcenter;

const HEAD: &str = "# A simulated estate. It listens as long as the simulator runs.\n";

/// Writes everything into `folder`; `sms` has the listing of the store SMS of each vCenter. The path of `fleet.toml`.
pub(crate) fn write(
    folder: &Path,
    vcenters: &[Vcenter],
    sms: &[String],
    connect: &[(String, String)],
) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let roots: String = vcenters.iter().map(|vcenter| vcenter.ca_pem.as_str()).collect();
    fs::write(folder.join("ca.pem"), roots)?;
    secret(&folder.join("password.txt"), crate::PASSWORD)?;
    for (vcenter, sms) in vcenters.iter().zip(sms) {
        fs::create_dir_all(folder.join(short(vcenter)))?;
        fs::write(folder.join(short(vcenter)).join("sms.txt"), sms)?;
    }
    let path = folder.join("fleet.toml");
    fs::write(&path, inventory(vcenters, connect))?;
    Ok(path)
}

/// `vc01` of `vc01.lab.example`.
fn short(vcenter: &Vcenter) -> &str {
    vcenter.name.split('.').next().unwrap_or(&vcenter.name)
}

fn inventory(vcenters: &[Vcenter], connect: &[(String, String)]) -> String {
    let mut out = HEAD.to_owned();
    let defaults = [("user", crate::USER), ("password_file", "password.txt"), ("ca_file", "ca.pem")];
    out.push_str("[defaults]\n");
    // Writing to a string does not fail, here and below. No value has a character that TOML escapes.
    for (key, value) in defaults {
        let _ = writeln!(out, "{key} = \"{value}\"");
    }
    for vcenter in vcenters {
        let (name, url, short) = (&vcenter.name, &vcenter.url, short(vcenter));
        let _ = writeln!(
            out,
            "\n[[vcenter]]\nname = \"{name}\"\nurl = \"{url}\"\nsso_domain = \"vsphere.local\"\n\
             sms_file = \"{short}/sms.txt\""
        );
    }
    out.push_str("\n[connect]\n");
    for (from, to) in connect {
        let _ = writeln!(out, "\"{from}\" = \"{to}\"");
    }
    out
}

/// Writes a file that only its owner reads, where the system has such.
fn secret(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    io::Write::write_all(&mut options.open(path)?, text.as_bytes())
}
