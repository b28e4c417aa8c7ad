//! Meshes of cross-signed CAs: few certificates, and more paths than can be walked.

use vitrust_factory::{Cert, CertBuilder, GeneralName, Key};

use super::{Chain, Expected, Input, Row, der};

pub(super) const CASES: &[Row] = &[
    ("mesh 6x6, rooted", Expected::Trusted, |_| Mesh::new(6, 6).input()),
    ("mesh 6x6, no root", Expected::Refused("issuer-not-found"), |_| {
        Mesh { root: Root::Absent, ..Mesh::new(6, 6) }.input()
    }),
    ("mesh 6x6, root of another key", Expected::Refused("key-changed"), |_| {
        Mesh { root: Root::OtherKey, ..Mesh::new(6, 6) }.input()
    }),
    ("mesh 6x6, no key ids, rooted", Expected::Trusted, |_| Mesh { key_ids: false, ..Mesh::new(6, 6) }.input()),
    ("mesh 6x6, no key ids, no root", Expected::Refused("issuer-not-found"), |_| {
        Mesh { key_ids: false, root: Root::Absent, ..Mesh::new(6, 6) }.input()
    }),
    ("mesh 6x6, no key ids, one name a layer, rooted", Expected::Trusted, |_| {
        Mesh { key_ids: false, one_name: true, ..Mesh::new(6, 6) }.input()
    }),
    ("mesh 6x6, no key ids, one name a layer, root of another key", Expected::Refused("signature"), |_| {
        Mesh { key_ids: false, one_name: true, root: Root::OtherKey, ..Mesh::new(6, 6) }.input()
    }),
    ("mesh 8x4, rooted", Expected::Trusted, |_| Mesh::new(8, 4).input()),
    ("mesh 8x4, no root", Expected::Refused("issuer-not-found"), |_| {
        Mesh { root: Root::Absent, ..Mesh::new(8, 4) }.input()
    }),
    ("mesh 8x4, no key ids, rooted", Expected::Trusted, |_| Mesh { key_ids: false, ..Mesh::new(8, 4) }.input()),
    ("mesh 8x4, no key ids, no root", Expected::Refused("issuer-not-found"), |_| {
        Mesh { key_ids: false, root: Root::Absent, ..Mesh::new(8, 4) }.input()
    }),
    ("mesh 6x6, every path breaks one of 10,000 name constraints", Expected::Refused("name-constraint"), |_| {
        Mesh { top: Top::Constraints, ..Mesh::new(6, 6) }.input()
    }),
    ("mesh 6x6, every path breaks a policy rule", Expected::Refused("policy"), |_| {
        Mesh { top: Top::Policies, ..Mesh::new(6, 6) }.input()
    }),
    ("12 CAs that all sign each other, rooted", Expected::Trusted, |_| circle(12, true)),
    ("12 CAs that all sign each other, no root", Expected::Refused("issuer-not-found"), |_| circle(12, false)),
];

/// Layers of CAs, each signed by every CA of the layer above; the top layer by the root.
struct Mesh {
    layers: u64,
    width: u64,
    key_ids: bool,
    one_name: bool,
    root: Root,
    top: Top,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Root {
    /// The root of the last CA of the top layer; the other CAs there have a root nobody knows.
    OfTheLast,
    Absent,
    OtherKey,
}

/// What the certificates of the top layer add.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Top {
    Nothing,
    /// Ten thousand excluded subtrees, the last of which holds the server.
    Constraints,
    /// Fifty policies none of which the server has, and an explicit one is required.
    Policies,
}

impl Mesh {
    const fn new(layers: u64, width: u64) -> Self {
        Self { layers, width, key_ids: true, one_name: false, root: Root::OfTheLast, top: Top::Nothing }
    }

    fn ids(&self, builder: CertBuilder) -> CertBuilder {
        if self.key_ids { builder } else { builder.no_key_ids() }
    }

    fn authority(&self, layer: u64, place: u64) -> CertBuilder {
        let name = if self.one_name { format!("CN=Layer {layer}") } else { format!("CN=Mesh {layer} {place}") };
        let builder = Cert::ca(name.as_str()).key(Key::p256(40_000 + layer * self.width + place));
        match self.top {
            Top::Policies => self.ids(builder).policies(&["2.5.29.32.0"]),
            Top::Nothing | Top::Constraints => self.ids(builder),
        }
    }

    fn top(&self, place: u64) -> CertBuilder {
        let builder = self.authority(self.layers - 1, place);
        let policies: Vec<String> = (0..50).map(|n| format!("1.2.3.{n}")).collect();
        let policies: Vec<&str> = policies.iter().map(String::as_str).collect();
        match self.top {
            Top::Nothing => builder,
            Top::Constraints => {
                (0..10_000).fold(builder, |builder, n| builder.exclude(GeneralName::dns(&format!("lab{n}.example"))))
            }
            Top::Policies => builder.policies(&policies).policy_constraints(Some(0), None),
        }
    }

    fn root(&self, known: bool, key: u64) -> Cert {
        let name = if known { "CN=Mesh Root" } else { "CN=Unknown Root" };
        self.ids(Cert::ca(name).key(Key::p256(key))).self_signed()
    }

    fn input(&self) -> Input {
        let unbroken = self.top == Top::Nothing;
        let roots = [self.root(true, 50_000), self.root(false, 50_001)];
        let mut certificates = Vec::new();
        // INVARIANT: one certificate for each place of the layer above, to sign with; all of a place have one key.
        let mut above: Vec<Cert> = Vec::new();
        for place in 0..self.width {
            let known = place == self.width - 1 || !unbroken;
            let certificate = self.top(place).issued_by(&roots[usize::from(!known)]);
            certificates.push(certificate.clone());
            above.push(certificate);
        }
        for layer in (0..self.layers - 1).rev() {
            let mut here = Vec::new();
            for place in 0..self.width {
                let signed = above.iter().map(|issuer| self.authority(layer, place).issued_by(issuer));
                let signed: Vec<Cert> = signed.collect();
                here.push(signed[0].clone());
                certificates.extend(signed);
            }
            above = here;
        }
        let name = "server.lab9999.example";
        let server = self.ids(Cert::end_entity("CN=server").dns(name).key(Key::p256(1))).issued_by(&above[0]);
        let mut presented = der([&server]);
        presented.extend(der(&certificates));
        let anchors = match self.root {
            Root::OfTheLast => der(&roots[..1]),
            Root::Absent => der([&Cert::ca("CN=Other").key(Key::p256(50_002)).self_signed()]),
            Root::OtherKey => der([&self.root(true, 50_003)]),
        };
        Chain { presented, anchors, ..Chain::default() }.input()
    }
}

/// CAs each of which is signed by all others, so that every way up can turn in circles; one is signed by the root.
fn circle(count: u64, rooted: bool) -> Input {
    let authority = |n: u64| Cert::ca(format!("CN=Circle {n}").as_str()).key(Key::p256(60_000 + n));
    let root = Cert::ca("CN=Circle Root").key(Key::p256(50_000)).self_signed();
    let own: Vec<Cert> = (0..count).map(|n| authority(n).self_signed()).collect();
    let mut presented = der([&Cert::end_entity("CN=server").key(Key::p256(1)).issued_by(&own[0])]);
    for n in 0..count {
        for (other, issuer) in (0..count).zip(&own) {
            if other != n {
                presented.push(authority(n).issued_by(issuer).der().to_vec());
            }
        }
    }
    presented.push(authority(count - 1).issued_by(&root).der().to_vec());
    let anchors = if rooted { der([&root]) } else { Vec::new() };
    Chain { presented, anchors, ..Chain::default() }.input()
}
