//! The mutual-trust matrix: for every ordered pair of parties, does one trust what the other presents.
//!
//! A party is a vCenter, or all vCenters of one SSO domain: VMDIR replicates their TRUSTED_ROOTS, so their union is
//! one store, and every member's machine certificate must be trusted. A cell is decided by a path under a profile,
//! never by counting roots. The names in the certificates are not compared here: whether a certificate fits the name
//! it is reached by is a finding of its own. Beside each cell stands the same answer for the target's hosts, whose
//! certificates matter when virtual machines move between vCenters.

use std::borrow::Cow;
use std::sync::Arc;

use hashbrown::{HashMap, HashSet};
use serde::{Serialize, Serializer};

use super::super::engine::bits::BitSet;
use super::super::engine::contents::ChainId;
use super::super::engine::judge::{Judge, Rules};
use super::missing::Missing;
use super::topology::{HostLinks, PartyLinks, StoreLink, Topology};
use crate::path::Profile;
use crate::path::Trust;
use crate::path::public_root;
use crate::time::Time;

/// Who trusts whom.
///
/// Serialises as `{profile, at, parties, is_mutual, untrusted, unknown, rows, host_rows, missing}`; each row is a text with one
/// character per target: `+` trusted, `-` untrusted, `?` unknown and, for hosts, `.` where the target has none.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// Whose rules decide.
    pub profile: Profile,
    /// The verification time.
    pub at: Time,
    /// The parties; rows and columns in this order.
    pub parties: Vec<Party>,
    /// What the unknown cells wait for, of those that a report is about; the fact that most of them lack first.
    pub missing: Vec<Missing>,
    machines: Cells,
    hosts: Cells,
    has_hosts: BitSet,
}

/// One row and column of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Party {
    /// The name of its first vCenter.
    pub name: Arc<str>,
    /// All its vCenters.
    pub vcenters: Vec<Arc<str>>,
    /// Their SSO domain, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sso_domain: Option<String>,
    /// Whether its TRUSTED_ROOTS is known; if not, the row is unknown.
    pub has_store: bool,
    /// The vCenters whose presented chain is not known; they make the column unknown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without_chain: Vec<Arc<str>>,
    /// The publicly trusted CA that one of them presents a certificate of: a store without that CA is not a refusal, as
    /// nothing in the estate says whether it is trusted anyway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_ca: Option<Arc<str>>,
}

/// The answers about one kind of presented chain, by target: which parties trust it, which cannot be told.
#[derive(Debug, Clone, Default, PartialEq)]
struct Cells {
    trusted: Vec<BitSet>,
    unknown: Vec<BitSet>,
}

impl Cells {
    fn trust(&self, from: usize, to: usize) -> Trust {
        match (self.trusted[to].contains(from), self.unknown[to].contains(from)) {
            (true, _) => Trust::Trusted,
            (false, true) => Trust::Unknown,
            (false, false) => Trust::Untrusted,
        }
    }
}

/// The anchors of one party.
#[derive(Debug, Clone)]
pub(crate) struct StoreSet {
    pub(crate) members: BitSet,
    /// How many further entries are there without their bytes.
    pub(crate) unknown: usize,
    /// The stores of single members of the party, where these differ.
    pub(crate) differing: Vec<BitSet>,
}

impl StoreSet {
    /// The union, then the stores that differ.
    pub(crate) fn sets(&self) -> impl Iterator<Item = &BitSet> {
        std::iter::once(&self.members).chain(&self.differing)
    }

    /// Adds anchors to the store: VMDIR brings them to every member.
    pub(crate) fn extend(&mut self, added: &BitSet) {
        self.members.extend(added);
        self.differing.iter_mut().for_each(|store| store.extend(added));
    }
}

/// The chains one party presents; `None` for one that is not known.
pub(crate) type PartyChains = Vec<Option<ChainId>>;

impl Matrix {
    /// How many parties there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parties.len()
    }

    /// Whether there is no party.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parties.is_empty()
    }

    /// The number of the party this vCenter belongs to.
    #[must_use]
    pub fn party(&self, vcenter: &str) -> Option<usize> {
        self.parties.iter().position(|party| party.vcenters.iter().any(|name| &**name == vcenter))
    }

    /// Whether party `from` trusts the machine certificates of party `to`; `None` when there is no such party.
    #[must_use]
    pub fn cell(&self, from: usize, to: usize) -> Option<Trust> {
        (from < self.len() && to < self.len()).then(|| self.machines.trust(from, to))
    }

    /// Whether party `from` trusts the certificates of the hosts of party `to`; `None` when there is no such party or
    /// the target has no hosts.
    #[must_use]
    pub fn host_cell(&self, from: usize, to: usize) -> Option<Trust> {
        (from < self.len() && self.has_hosts.contains(to)).then(|| self.hosts.trust(from, to))
    }

    /// Whether the vCenter `from` trusts what the vCenter `to` presents; `None` when the estate has no such vCenter.
    #[must_use]
    pub fn trusts(&self, from: &str, to: &str) -> Option<Trust> {
        self.cell(self.party(from)?, self.party(to)?)
    }

    /// Whether there are parties and each trusts every party, itself included. What is unknown is not trusted.
    #[must_use]
    pub fn is_mutual(&self) -> bool {
        !self.is_empty() && self.machines.trusted.iter().all(|from| from.len() == self.len())
    }

    /// The cells with this answer, row by row.
    pub fn cells(&self, wanted: Trust) -> impl Iterator<Item = (usize, usize)> + '_ {
        let pairs = (0..self.len()).flat_map(|from| (0..self.len()).map(move |to| (from, to)));
        pairs.filter(move |(from, to)| self.machines.trust(*from, *to) == wanted)
    }

    /// How many cells have this answer.
    #[must_use]
    pub fn count(&self, wanted: Trust) -> usize {
        let total = |sets: &[BitSet]| sets.iter().map(BitSet::len).sum::<usize>();
        let (trusted, unknown) = (total(&self.machines.trusted), total(&self.machines.unknown));
        match wanted {
            Trust::Trusted => trusted,
            Trust::Unknown => unknown,
            Trust::Untrusted => self.len() * self.len() - trusted - unknown,
        }
    }

    fn row(&self, from: usize) -> String {
        (0..self.len()).map(|to| self.machines.trust(from, to).symbol()).collect()
    }

    fn host_row(&self, from: usize) -> String {
        (0..self.len()).map(|to| self.host_cell(from, to).map_or('.', Trust::symbol)).collect()
    }
}

/// A [`Matrix`] as it is in JSON.
#[derive(Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "Matrix")]
struct MatrixForm {
    profile: Profile,
    at: Time,
    /// Rows and columns, in this order.
    parties: Vec<Party>,
    /// Whether there are parties and each trusts every party, itself included.
    is_mutual: bool,
    /// How many cells are untrusted.
    untrusted: usize,
    /// How many cells are unknown.
    unknown: usize,
    /// One text per party, one character per target: `+` trusted, `-` untrusted, `?` unknown.
    rows: Vec<String>,
    /// The same for the targets' hosts; `.` if a target has none.
    host_rows: Vec<String>,
    /// What the unknown cells wait for, of those that the report is about; the fact that most of them lack first. Absent if no
    /// cell is unknown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<Missing>,
}

impl Serialize for Matrix {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let form = MatrixForm {
            profile: self.profile,
            at: self.at,
            parties: self.parties.clone(),
            is_mutual: self.is_mutual(),
            untrusted: self.count(Trust::Untrusted),
            unknown: self.count(Trust::Unknown),
            rows: (0..self.len()).map(|from| self.row(from)).collect(),
            host_rows: (0..self.len()).map(|from| self.host_row(from)).collect(),
            missing: self.missing.clone(),
        };
        form.serialize(serializer)
    }
}

impl schemars::JsonSchema for Matrix {
    fn schema_name() -> Cow<'static, str> {
        MatrixForm::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        MatrixForm::json_schema(generator)
    }
}

impl Topology {
    /// The matrix at `at` by the rules of `profile`. Costs one search per distinct chain and one comparison of sets
    /// per cell; for profile `openssl` one search per distinct chain and relevant part of a store.
    #[must_use]
    pub fn matrix(&self, profile: Profile, at: Time) -> Matrix {
        let stores = self.party_stores();
        let matrix = self.matrix_of(&stores, profile, at);
        Matrix { missing: self.missing(&matrix, |_, _| true), ..matrix }
    }

    /// The stores of the parties, in their order.
    pub(crate) fn party_stores(&self) -> Vec<Option<StoreSet>> {
        let members = |link: &StoreLink| self.judge.contents.members(link.id).clone();
        let set = |party: &PartyLinks| {
            let differing = party.differing.iter().map(members).collect();
            party.store.map(|link| StoreSet { members: members(&link), unknown: link.unknown(), differing })
        };
        self.parties.iter().map(set).collect()
    }

    /// The matrix as it would be with these stores.
    pub(crate) fn matrix_of(&self, stores: &[Option<StoreSet>], profile: Profile, at: Time) -> Matrix {
        let machines: Vec<PartyChains> = (0..self.parties.len()).map(|party| self.machine_chains(party)).collect();
        let hosts: Vec<PartyChains> = (0..self.parties.len()).map(|party| self.host_chains(party)).collect();
        let rules = Rules::server(profile);
        let public = self.public_roots(&machines, at);
        Matrix {
            profile,
            at,
            parties: (0..self.parties.len()).map(|party| self.party(party, &machines[party], &public)).collect(),
            missing: Vec::new(),
            machines: cells(&self.judge, stores, &machines, &public, (rules, at)),
            hosts: cells(&self.judge, stores, &hosts, &HashMap::new(), (rules, at)),
            has_hosts: (0..hosts.len()).filter(|party| !hosts[*party].is_empty()).collect(),
        }
    }

    /// What the vCenters of a party present on port 443.
    pub(crate) fn machine_chains(&self, party: usize) -> PartyChains {
        self.parties[party].members.iter().map(|member| self.vcenters[*member].machine).collect()
    }

    /// What the hosts of a party present on port 443.
    pub(crate) fn host_chains(&self, party: usize) -> PartyChains {
        let members = self.parties[party].members.iter();
        members.flat_map(|member| self.vcenters[*member].hosts.iter().map(|host| host.https)).collect()
    }

    /// The hosts of party `to` whose certificates one of the parties `from` refuses.
    pub(crate) fn refused_hosts(&self, matrix: &Matrix, from: &[usize], to: usize) -> Vec<Arc<str>> {
        let contents = &self.judge.contents;
        let stores: Vec<&BitSet> =
            from.iter().filter_map(|from| self.parties[*from].store).map(|store| contents.members(store.id)).collect();
        let members = self.parties[to].members.iter();
        let hosts: Vec<&HostLinks> =
            members.flat_map(|member| &self.vcenters[*member].hosts).filter(|host| host.https.is_some()).collect();
        let chains: Vec<ChainId> = hosts.iter().filter_map(|host| host.https).collect();
        let table = self.judge.table(&chains, &stores, Rules::server(matrix.profile), matrix.at);
        let refused = hosts.iter().zip(&table).filter(|(_, trusting)| trusting.len() < stores.len());
        refused.map(|(host, _)| Arc::clone(&host.name)).collect()
    }

    /// The publicly trusted CAs that chains end in.
    pub(crate) fn public_roots(&self, presented: &[PartyChains], at: Time) -> HashMap<ChainId, Arc<str>> {
        let (chains, _) = numbered(presented.iter().flatten().flatten().copied());
        let root = |chain: ChainId| Some((chain, public_root(self.judge.contents.certificates(chain), at)?));
        chains.into_iter().filter_map(root).collect()
    }

    fn party(&self, number: usize, presented: &PartyChains, public: &HashMap<ChainId, Arc<str>>) -> Party {
        let links = &self.parties[number];
        let vcenters: Vec<Arc<str>> =
            links.members.iter().map(|member| Arc::clone(&self.vcenters[*member].name)).collect();
        let without = links.members.iter().filter(|member| self.vcenters[**member].machine.is_none());
        Party {
            name: vcenters.first().cloned().unwrap_or_default(),
            without_chain: without.map(|member| Arc::clone(&self.vcenters[*member].name)).collect(),
            vcenters,
            sso_domain: links.sso_domain.clone(),
            has_store: links.store.is_some(),
            public_ca: presented.iter().flatten().find_map(|chain| public.get(chain).cloned()),
        }
    }
}

/// Fills the cells: every chain a target presents, against every distinct store.
fn cells(
    judge: &Judge,
    stores: &[Option<StoreSet>],
    targets: &[PartyChains],
    public: &HashMap<ChainId, Arc<str>>,
    (rules, at): (Rules, Time),
) -> Cells {
    let (distinct, position_of) = numbered(stores.iter().flatten().flat_map(StoreSet::sets));
    let (chains, row_of) = numbered(targets.iter().flatten().flatten().copied());
    let table = judge.table(&chains, &distinct, rules, at);
    let positions: Vec<Vec<usize>> = stores
        .iter()
        .map(|store| store.iter().flat_map(StoreSet::sets).map(|set| position_of[set]).collect())
        .collect();
    let mut cells = Cells::default();
    for presented in targets {
        // Chains of one answer share its row, so that thousands of hosts are a few rows.
        let mut seen = HashSet::new();
        let rows =
            presented.iter().map(|chain| chain.map(|chain| (&table[row_of[&chain]], public.contains_key(&chain))));
        let distinct =
            |row: &Option<(&Arc<BitSet>, bool)>| seen.insert(row.map(|(row, public)| (Arc::as_ptr(row), public)));
        let rows: Vec<Option<(&Arc<BitSet>, bool)>> = rows.filter(distinct).collect();
        let (mut trusted, mut unknown) = (BitSet::default(), BitSet::default());
        for (party, store) in stores.iter().enumerate() {
            // That a store does not hold a publicly trusted CA is no refusal.
            let answer = |(row, public): (&Arc<BitSet>, bool), position| match row.contains(position) {
                false if public => None,
                answer => Some(answer),
            };
            let holds = |position: usize| rows.iter().map(move |row| row.and_then(|row| answer(row, position)));
            let verdict = |position: usize| cell(store.as_ref().map(|store| store.unknown), holds(position));
            match of_party(positions[party].iter().map(|position| verdict(*position))) {
                Trust::Trusted => drop(trusted.insert(party)),
                Trust::Unknown => drop(unknown.insert(party)),
                Trust::Untrusted => (),
            }
        }
        cells.trusted.push(trusted);
        cells.unknown.push(unknown);
    }
    cells
}

/// The verdict of a party from those of its stores: the union of its members' first, then those that differ. What the
/// union refuses is refused; what it trusts is known only if each of the others does too.
pub(crate) fn of_party(mut verdicts: impl Iterator<Item = Trust>) -> Trust {
    match verdicts.next().unwrap_or(Trust::Unknown) {
        Trust::Trusted if !verdicts.all(|verdict| verdict == Trust::Trusted) => Trust::Unknown,
        verdict @ (Trust::Trusted | Trust::Untrusted | Trust::Unknown) => verdict,
    }
}

/// Whether a store accepts all that a party presents. `unknown` says how many entries of it are there without their bytes,
/// `None` that the store is not known; `answers` says for each chain whether a path was found, `None` that the
/// chain is not known. The one place that decides about a cell, now and at any later time.
pub(crate) fn cell(unknown: Option<usize>, answers: impl IntoIterator<Item = Option<bool>>) -> Trust {
    let Some(unknown) = unknown else { return Trust::Unknown };
    let mut known = None;
    for answer in answers {
        match answer {
            // One known chain that is refused decides, whatever the missing ones are. What is unknown may hold what is missing.
            Some(false) => return if unknown == 0 { Trust::Untrusted } else { Trust::Unknown },
            Some(true) => known = known.or(Some(true)),
            None => known = Some(false),
        }
    }
    // Trust needs all of them.
    if known == Some(true) { Trust::Trusted } else { Trust::Unknown }
}

/// Each distinct value once, in order of appearance, and the position of each.
pub(crate) fn numbered<T: Copy + Eq + std::hash::Hash>(values: impl Iterator<Item = T>) -> (Vec<T>, HashMap<T, usize>) {
    let mut distinct = Vec::new();
    let mut positions = HashMap::new();
    for value in values {
        positions.entry(value).or_insert_with(|| {
            distinct.push(value);
            distinct.len() - 1
        });
    }
    (distinct, positions)
}
