//! Why cells of the matrix are not trusted: one explanation for all cells of one chain and one relevant store content.

use std::sync::Arc;

use hashbrown::HashMap;
use rayon::prelude::*;
use serde::Serialize;

use super::super::engine::bits::BitSet;
use super::super::engine::contents::ChainId;
use super::super::engine::judge::{Rules, restricted};
use super::matrix::Matrix;
use super::topology::Topology;
use crate::finding::CertificateRecord;
use crate::finding::words::{readable, shortened};
use crate::finding::{CertificateId, Rejections, record};
use crate::path::Trust;
use crate::path::{Reason, Rejection};
use crate::text::brief;

/// How many causes are explained with their rejections; the rest name the missing issuer alone. Causes that concern
/// more cells come first.
pub(crate) const EXPLAINED: usize = 1000;

/// How many cells of one cause are listed by name.
pub(crate) const LISTED: usize = 20;

/// How many rejections of one cause are kept, nearest miss first.
pub(crate) const REJECTIONS: usize = 5;

/// One reason why cells of the matrix are not trusted.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Cause {
    /// The vCenter that presents it.
    pub presenter: Arc<str>,
    /// The end-entity certificate that is presented.
    #[serde(rename = "certificate_id", serialize_with = "record::id")]
    #[schemars(with = "CertificateId")]
    pub certificate: CertificateRecord,
    /// The issuer of the last certificate presented: what a store would have to hold.
    pub issuer: String,
    /// What was found wrong, nearest miss first, at most 5.
    #[serde(rename = "rejection_ids")]
    pub rejections: Rejections,
    /// The one change that would make the cells trusted, if one is enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<String>,
    /// The nearest miss with subjects shortened to their distinctive part; empty if it was not looked for.
    pub summary: String,
    /// What to do, in the same short form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
    /// How many cells this concerns.
    pub count: usize,
    /// The first of them, at most 20.
    pub cells: Vec<CellName>,
}

/// A cell by the names of its parties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct CellName {
    /// Who should trust.
    pub from: Arc<str>,
    /// Who presents.
    pub to: Arc<str>,
}

impl Cause {
    /// Advises this instead of what one store and one chain tell.
    pub(crate) fn advise(&mut self, change: String) {
        self.advice = Some(readable(&change, []));
        self.change = self.change.is_some().then_some(change);
    }

    /// Whether a root was regenerated under its old name: a certificate of the issuer's name is there, with another
    /// key.
    #[must_use]
    pub fn is_regenerated_root(&self) -> bool {
        self.rejections.iter().any(|rejection| matches!(rejection.reason, Reason::KeyChanged { .. }))
    }
}

/// One question to be explained.
struct CellQuestion {
    chain: ChainId,
    held: BitSet,
    to: usize,
    from: Vec<usize>,
}

impl Topology {
    /// The causes of the matrix's untrusted cells, those with most cells first.
    #[must_use]
    pub fn causes(&self, matrix: &Matrix) -> Vec<Cause> {
        self.causes_of(matrix, |_, _| true)
    }

    /// The same of the cells that `is_shown` takes alone.
    pub(crate) fn causes_of(&self, matrix: &Matrix, is_shown: impl Fn(usize, usize) -> bool) -> Vec<Cause> {
        let rules = Rules::server(matrix.profile);
        let mut questions = self.questions(matrix, is_shown);
        // The order of the parties decides among equals, so that the result is the same on every run.
        questions.sort_by_key(|question| (std::cmp::Reverse(question.from.len()), question.to));
        let explain =
            |(number, question): (usize, &CellQuestion)| self.cause(matrix, rules, question, number < EXPLAINED);
        questions.par_iter().enumerate().filter_map(explain).collect()
    }

    fn questions(&self, matrix: &Matrix, is_shown: impl Fn(usize, usize) -> bool) -> Vec<CellQuestion> {
        let stores = self.party_stores();
        let mut questions = Vec::new();
        for to in 0..matrix.len() {
            let refuses = |from: &usize| matrix.cell(*from, to) == Some(Trust::Untrusted) && is_shown(*from, to);
            let refusing: Vec<usize> = (0..matrix.len()).filter(refuses).collect();
            if refusing.is_empty() {
                continue;
            }
            for chain in self.machine_chains(to).into_iter().flatten() {
                let relevant = self.judge.contents.relevant(chain, matrix.profile);
                let mut groups: HashMap<BitSet, usize> = HashMap::new();
                for from in &refusing {
                    let held = stores[*from].as_ref().map(|store| restricted(&store.members, &relevant));
                    let held = held.unwrap_or_default();
                    let next = questions.len();
                    let group = *groups.entry_ref(&held).or_insert_with(|| next);
                    if group == next {
                        questions.push(CellQuestion { chain, held, to, from: Vec::new() });
                    }
                    questions[group].from.push(*from);
                }
            }
        }
        questions
    }

    /// `None` when the chain is trusted after all: the cell is refused for another chain of the same party.
    fn cause(&self, matrix: &Matrix, rules: Rules, question: &CellQuestion, explained: bool) -> Option<Cause> {
        let name = |party: usize| Arc::clone(&matrix.parties[party].name);
        let chain = self.judge.contents.certificates(question.chain);
        let (rejections, change): (Rejections, _) = if explained {
            let label: Arc<str> = "TRUSTED_ROOTS".into();
            let verdict = self.judge.explain(question.chain, &question.held, &label, rules, matrix.at).ok()?;
            if verdict.trusted() {
                return None;
            }
            (verdict.rejections.into_iter().take(REJECTIONS).map(shortened).collect(), verdict.change)
        } else {
            if self.judge.trusts_set(question.chain, &question.held, rules, matrix.at) {
                return None;
            }
            (Rejections::default(), None)
        };
        let cells = question.from.iter().take(LISTED);
        let mut members = self.parties[question.to].members.iter().map(|member| &self.vcenters[*member]);
        let presenter = members.find(|vcenter| vcenter.machine == Some(question.chain))?;
        let nearest = rejections.first();
        Some(Cause {
            presenter: Arc::clone(&presenter.name),
            certificate: chain.first()?.into(),
            issuer: brief(chain.last()?.issuer()),
            summary: nearest.map_or_else(String::new, |nearest| readable(&nearest.message(), [])),
            advice: change.clone().or_else(|| nearest.map(Rejection::hint)).map(|advice| readable(&advice, [])),
            rejections,
            change,
            count: question.from.len(),
            cells: cells.map(|from| CellName { from: name(*from), to: name(question.to) }).collect(),
        })
    }
}
