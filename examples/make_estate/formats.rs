//! Certificates in the forms of the tools admins export with.

use std::io::{Cursor, Write};

use serde_json::{Value, json};
use vitrust::Certificate;
use vitrust_factory::{Cert, Crl};

fn read(certificate: &Cert) -> Certificate {
    Certificate::from_der(certificate.der()).expect("the factory makes readable certificates")
}

/// `openssl s_client -showcerts -connect NAME:PORT </dev/null`
pub(crate) fn s_client(server: &str, chain: &[&Cert]) -> String {
    let mut out = "CONNECTED(00000003)\n---\nCertificate chain\n".to_owned();
    for (depth, certificate) in chain.iter().enumerate() {
        let parsed = read(certificate);
        out += &format!(" {depth} s:{}\n   i:{}\n{}", parsed.subject(), parsed.issuer(), certificate.pem());
    }
    out + &format!(
        "---\nServer certificate\nsubject={}\n---\nSSL handshake with {server} done\n",
        read(chain[0]).subject()
    )
}

/// `vecs-cli entry list --store NAME` without `--text`.
pub(crate) fn vecs(entries: &[(String, &str, String)]) -> String {
    let mut out = format!("Number of entries in store :\t{}\n", entries.len());
    for (alias, kind, pem) in entries {
        out += &format!("Alias :\t{alias}\nEntry type :\t{kind}\nCertificate :\t{pem}\n\n");
    }
    out
}

/// TRUSTED_ROOTS as `vecs-cli` lists it: the alias is the SHA-1 of the certificate.
pub(crate) fn vecs_roots(roots: &[&Cert]) -> String {
    let entry = |root: &&Cert| (read(root).sha1().to_string(), "Trusted Cert", root.pem());
    vecs(&roots.iter().map(entry).collect::<Vec<_>>())
}

/// castore.pem: CA certificates back to back.
pub(crate) fn castore(certificates: &[&Cert]) -> String {
    certificates.iter().map(|certificate| certificate.pem()).collect()
}

/// The `GET trusted-root-chains/{id}` answers of one vCenter, gathered in a list.
pub(crate) fn trusted_root_chains(roots: &[&Cert]) -> String {
    let chain = |root: &&Cert| {
        let id = read(root).subject_key_id().map(ToString::to_string).unwrap_or_default().to_uppercase();
        json!({ "chain": id, "cert_chain": { "cert_chain": [root.pem()] } })
    };
    pretty(&Value::Array(roots.iter().map(chain).collect()))
}

/// `Get-VITrustedCertificate -VCenterOnly | ConvertTo-Json`
pub(crate) fn powercli(server: &str, roots: &[&Cert]) -> String {
    let object = |root: &&Cert| {
        let parsed = read(root);
        json!({
            "Uid": format!("/VIServer=administrator@{server}:443/ViTrustedCertificate={}/", parsed.sha1()),
            "TrustedByEntity": server,
            "EntityType": "VCenter",
            "Subject": parsed.subject().to_string(),
            "Issuer": parsed.issuer().to_string(),
            "NotValidBefore": parsed.not_before().to_string(),
            "NotValidAfter": parsed.not_after().to_string(),
            "CertificatePEM": root.pem(),
        })
    };
    pretty(&Value::Array(roots.iter().map(object).collect()))
}

/// `https://VCENTER/certs/download.zip`: the same files for three systems, named by a hash of the subject.
pub(crate) fn download_zip(roots: &[(&Cert, &str)], crls: &[(&Crl, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let mut add = |name: String, text: &str| {
        zip.start_file(name, options).and_then(|()| Ok(zip.write_all(text.as_bytes())?)).expect("memory takes it");
    };
    for system in ["lin", "mac", "win"] {
        let (certificate_end, crl_end) = if system == "win" { (".crt", ".crl") } else { ("", "") };
        for (root, hash) in roots {
            add(format!("certs/{system}/{hash}.0{certificate_end}"), &root.pem());
        }
        for (crl, hash) in crls {
            add(format!("certs/{system}/{hash}.r0{crl_end}"), &crl.pem());
        }
    }
    zip.finish().expect("memory takes it").into_inner()
}

/// Indented JSON with a final newline.
pub(crate) fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
