//! One chain case: what is presented, what is trusted, what is asked and what must come out.

use vitrust::cert::Oid;
use vitrust::path::{PolicyInputs, Revocation};
use vitrust::{Certificate, Options, Profile, Purpose, Time, TrustStore, Verdict, Verifier};
use vitrust_factory::{AT_TEXT, Cert, CertBuilder, Crl, Key};

/// The name of the server in most cases.
pub(crate) const SERVER: &str = "vc01.lab.example";

/// What a case must come to: the code of the first rejection, or nothing when the chain is trusted.
pub(crate) type Expect = Option<&'static str>;

/// Trusted, in tables of expectations.
pub(crate) const OK: Expect = None;

/// One question with the answer it must get.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) chain: Vec<Cert>,
    pub(crate) anchors: Vec<Cert>,
    crls: Vec<Crl>,
    at: String,
    profile: Profile,
    purpose: Purpose,
    server: Option<String>,
    revocation: Revocation,
    policies: PolicyInputs,
    max_depth: Option<u32>,
    expect: Expect,
}

/// A case that must be trusted by `strict` at the factory's time, for servers, without a name.
pub(crate) fn case(name: &str, chain: &[&Cert], anchors: &[&Cert]) -> Case {
    Case {
        name: name.to_owned(),
        chain: chain.iter().copied().cloned().collect(),
        anchors: anchors.iter().copied().cloned().collect(),
        crls: Vec::new(),
        at: AT_TEXT.to_owned(),
        profile: Profile::Strict,
        purpose: Purpose::Server,
        server: None,
        revocation: Revocation::IfPresent,
        policies: PolicyInputs::default(),
        max_depth: None,
        expect: OK,
    }
}

impl Case {
    pub(crate) fn refused(self, code: &'static str) -> Self {
        self.expect(Some(code))
    }

    pub(crate) fn expect(mut self, expect: Expect) -> Self {
        self.expect = expect;
        self
    }

    pub(crate) fn at(mut self, time: &str) -> Self {
        self.at = time.to_owned();
        self
    }

    pub(crate) fn profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    pub(crate) fn purpose(mut self, purpose: Purpose) -> Self {
        self.purpose = purpose;
        self
    }

    pub(crate) fn server(mut self, name: &str) -> Self {
        self.server = Some(name.to_owned());
        self
    }

    pub(crate) fn crls(mut self, crls: &[&Crl]) -> Self {
        self.crls = crls.iter().copied().cloned().collect();
        self
    }

    pub(crate) fn revocation_required(mut self) -> Self {
        self.revocation = Revocation::Required;
        self
    }

    /// The acceptable policies, and that one is required.
    pub(crate) fn initial_policies(mut self, policies: &[&str]) -> Self {
        self.policies.initial_policies = policies.iter().map(|policy| Oid::from(*policy)).collect();
        self.explicit_policy()
    }

    pub(crate) fn explicit_policy(mut self) -> Self {
        self.policies.explicit_policy = true;
        self
    }

    pub(crate) fn inhibit_policy_mapping(mut self) -> Self {
        self.policies.inhibit_policy_mapping = true;
        self
    }

    pub(crate) fn inhibit_any_policy(mut self) -> Self {
        self.policies.inhibit_any_policy = true;
        self
    }

    pub(crate) fn max_depth(mut self, limit: u32) -> Self {
        self.max_depth = Some(limit);
        self
    }

    /// The same case under every profile: strict, openssl, java, go, webpki.
    pub(crate) fn by_profile(self, expect: [Expect; 5]) -> Vec<Self> {
        let one = |(profile, expect): (Profile, Expect)| {
            let mut case = self.clone().profile(profile).expect(expect);
            case.name = format!("{} [{profile}]", self.name);
            case
        };
        Profile::ALL.into_iter().zip(expect).map(one).collect()
    }

    pub(crate) fn verdict(&self) -> Verdict {
        let read =
            |cert: &Cert| Certificate::from_der(cert.der()).unwrap_or_else(|error| panic!("{}: {error}", self.name));
        let store = TrustStore::from_certificates(self.anchors.iter().map(read));
        let chain: Vec<Certificate> = self.chain.iter().map(read).collect();
        let crls: Vec<vitrust::Crl> = self
            .crls
            .iter()
            .map(|crl| vitrust::Crl::from_der(crl.der()).unwrap_or_else(|error| panic!("{}: {error}", self.name)))
            .collect();
        let options = Options {
            profile: self.profile,
            purpose: self.purpose,
            name: self.server.as_ref().map(|name| name.parse().expect("a server name")),
            crls: &crls,
            revocation: self.revocation,
            policies: self.policies.clone(),
            max_depth: self.max_depth,
            ..Options::at(self.at.parse::<Time>().expect("a time"))
        };
        let verifier = Verifier::new(&store);
        let verdict = verifier.explain(&chain, &options).expect("a chain of a few certificates");
        let short = Verifier::new(&store).trusts(&chain, &options).expect("a chain of a few certificates");
        assert_eq!(short, verdict.trusted(), "{}: with and without reasons", self.name);
        let anchors = Verifier::new(&store).accepting_anchors(&chain, &options).expect("a chain");
        assert_eq!(!anchors.anchors.is_empty(), verdict.trusted(), "{}: by anchors", self.name);
        verdict
    }

    /// What is wrong with the answer, if anything.
    fn complaint(&self) -> Option<String> {
        let verdict = self.verdict();
        let first = verdict.rejections.first().map(|rejection| rejection.reason.code());
        let wrong = first != self.expect || verdict.trusted() != self.expect.is_none();
        let all: Vec<String> =
            verdict.rejections.iter().map(|r| format!("    {}: {}", r.reason.code(), r.message())).collect();
        wrong.then(|| format!("{}: wanted {:?}, got {first:?}\n{}", self.name, self.expect, all.join("\n")))
    }
}

/// Asks every case and fails with all wrong answers at once.
pub(crate) fn run(cases: &[Case]) {
    let complaints: Vec<String> = cases.iter().filter_map(Case::complaint).collect();
    assert!(complaints.is_empty(), "{} of {} wrong\n{}", complaints.len(), cases.len(), complaints.join("\n"));
}

/// A place in the usual chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Leaf,
    Lower,
    Upper,
    Root,
}

impl Place {
    pub(crate) const ALL: [Self; 4] = [Self::Leaf, Self::Lower, Self::Upper, Self::Root];
    pub(crate) const ISSUERS: [Self; 3] = [Self::Lower, Self::Upper, Self::Root];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Leaf => "leaf",
            Self::Lower => "lower",
            Self::Upper => "upper",
            Self::Root => "root",
        }
    }
}

/// The usual chain, unsigned: an end-entity certificate, two intermediates and a root.
#[derive(Clone)]
pub(crate) struct Pki {
    parts: [CertBuilder; 4],
}

/// The usual chain, signed.
#[derive(Clone)]
pub(crate) struct Signed {
    pub(crate) leaf: Cert,
    pub(crate) lower: Cert,
    pub(crate) upper: Cert,
    pub(crate) root: Cert,
}

impl Pki {
    pub(crate) fn new() -> Self {
        let leaf = Cert::end_entity("CN=vc01.lab.example").dns(SERVER).key(Key::p256(1));
        let ca = |name: &str, key| Cert::ca(format!("O=Lab, CN={name}")).key(Key::p256(key));
        Self { parts: [leaf, ca("Lower", 2), ca("Upper", 3), ca("Root", 4)] }
    }

    /// The chain with one certificate changed.
    pub(crate) fn with(mut self, place: Place, change: impl FnOnce(CertBuilder) -> CertBuilder) -> Self {
        let index = Place::ALL.iter().position(|other| *other == place).expect("a place");
        self.parts[index] = change(self.parts[index].clone());
        self
    }

    pub(crate) fn sign(self) -> Signed {
        let [leaf, lower, upper, root] = self.parts;
        let root = root.self_signed();
        let upper = upper.issued_by(&root);
        let lower = lower.issued_by(&upper);
        Signed { leaf: leaf.issued_by(&lower), lower, upper, root }
    }

    pub(crate) fn case(self, name: &str) -> Case {
        self.sign().case(name)
    }
}

impl Signed {
    pub(crate) fn case(&self, name: &str) -> Case {
        case(name, &[&self.leaf, &self.lower, &self.upper], &[&self.root])
    }
}

/// The usual chain with `change` made at `place`, named after both.
pub(crate) fn placed(name: &str, place: Place, change: impl FnOnce(CertBuilder) -> CertBuilder) -> Case {
    Pki::new().with(place, change).case(&format!("{name} at the {}", place.name()))
}
