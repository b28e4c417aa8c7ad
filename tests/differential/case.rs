//! One question to a validator, and the collection that the generators fill.

use vitrust_factory::{AT, Cert, Crl};

/// What the certificate is to be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A TLS server.
    Server,
    /// A TLS client.
    Client,
    /// Nothing in particular.
    Any,
}

impl Purpose {
    /// The word of the file protocol.
    pub fn name(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Client => "client",
            Self::Any => "any",
        }
    }
}

/// A presented chain, a store and what is asked about them.
#[derive(Clone, Debug)]
pub struct Case {
    /// Axis and claim, such as `validity/expired/anchor`.
    pub name: String,
    /// DER of the presented certificates, the end-entity first.
    pub chain: Vec<Vec<u8>>,
    /// DER of the store's certificates.
    pub anchors: Vec<Vec<u8>>,
    /// DER of revocation lists.
    pub crls: Vec<Vec<u8>>,
    /// The time to judge at, in seconds since 1970.
    pub at: i64,
    /// The host name or address to check, if any.
    pub host: Option<String>,
    /// The purpose to check.
    pub purpose: Purpose,
}

impl Case {
    /// Also asks for a host name or address.
    pub fn host(&mut self, host: &str) -> &mut Self {
        self.host = Some(host.to_owned());
        self
    }

    /// Asks for another purpose than a server.
    pub fn purpose(&mut self, purpose: Purpose) -> &mut Self {
        self.purpose = purpose;
        self
    }

    /// Asks about another time than [`AT`].
    pub fn at(&mut self, at: i64) -> &mut Self {
        self.at = at;
        self
    }

    /// Adds a revocation list.
    pub fn crl(&mut self, crl: &Crl) -> &mut Self {
        self.crls.push(crl.der().to_vec());
        self
    }

    /// The line of the file protocol, without its line end.
    pub fn json(&self) -> String {
        let texts = |ders: &[Vec<u8>]| ders.iter().map(|der| base64(der)).collect::<Vec<_>>();
        let line = serde_json::json!({
            "case": self.name,
            "chain": texts(&self.chain),
            "anchors": texts(&self.anchors),
            "at": self.at,
            "name": self.host,
            "purpose": self.purpose.name(),
            "crls": texts(&self.crls),
        });
        line.to_string()
    }
}

/// The cases in the making.
#[derive(Default)]
pub struct Cases {
    list: Vec<Case>,
}

impl Cases {
    /// Adds the question whether `chain` (end-entity first) is trusted by the store `anchors` as a server at [`AT`].
    ///
    /// # Panics
    /// When the name is there already.
    pub fn add(&mut self, name: impl Into<String>, chain: &[&Cert], anchors: &[&Cert]) -> &mut Case {
        let ders = |certs: &[&Cert]| certs.iter().map(|cert| cert.der().to_vec()).collect::<Vec<_>>();
        self.add_der(name, &ders(chain), &ders(anchors))
    }

    /// The same question about certificates in DER.
    ///
    /// # Panics
    /// When the name is there already.
    pub fn add_der(&mut self, name: impl Into<String>, chain: &[Vec<u8>], anchors: &[Vec<u8>]) -> &mut Case {
        let name = name.into();
        assert!(self.list.iter().all(|case| case.name != name), "{name} is there twice");
        self.list.push(Case {
            name,
            chain: chain.to_vec(),
            anchors: anchors.to_vec(),
            crls: Vec::new(),
            at: AT,
            host: None,
            purpose: Purpose::Server,
        });
        self.list.last_mut().expect("a case was just added")
    }

    /// All cases in the order they were added.
    pub fn into_list(self) -> Vec<Case> {
        self.list
    }
}

fn base64(der: &[u8]) -> String {
    base64_simd::STANDARD.encode_to_string(der)
}
