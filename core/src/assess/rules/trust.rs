//! Findings about trust: edges, matrix and what breaks next. One cause is one finding, however many it concerns.

use super::super::engine::timeline::EventKind;
use super::super::trust::additions::Additions;
use super::super::trust::cause::{Cause, LISTED};
use super::super::trust::matrix::Matrix;
use super::super::trust::sps::SpsClient;
use super::super::trust::topology::Topology;
use super::super::trust::{Edge, EdgeKind};
use super::super::trust::{Event, Forecast, Link};
use super::counsel::OtherKey;
use super::namesakes::Namesakes;
use super::thresholds::Thresholds;
use crate::catalogue::{FindingId, Severity};
use crate::cert::Certificate;
use crate::estate::{Part, Resolved, StoreContent, VCenter};
use crate::finding::words::count;
use crate::finding::{Evidence, Finding, Findings, Subject};
use crate::path::Trust;
use crate::path::{Origin, Reason, Rejection};
use crate::store::Place;
use crate::thumbprint::Fingerprint;
use crate::time::Time;

/// All that was judged about trust.
pub(crate) struct Links {
    pub(crate) edges: Vec<Edge>,
    pub(crate) matrix: Matrix,
    pub(crate) causes: Vec<Cause>,
    pub(crate) additions: Additions,
    pub(crate) forecast: Forecast,
}

impl Links {
    /// Turns what was judged about trust into findings.
    pub(crate) fn judge(
        &self,
        topology: &Topology,
        thresholds: Thresholds,
        resolved: &Resolved<'_>,
        cas: &Namesakes<'_>,
        findings: &mut Findings,
    ) {
        self.edges.iter().for_each(|edge| judge_edge(edge, cas, findings));
        resolved.estate.vcenters.iter().for_each(|vcenter| refresh_hazard(resolved, vcenter, self.matrix.at, findings));
        self.causes.iter().for_each(|cause| judge_cause(&self.matrix, cause, cas, findings));
        judge_matrix(&self.matrix, &self.additions, findings);
        judge_public(&self.matrix, findings);
        judge_hosts(topology, &self.matrix, findings);
        self.forecast.events.iter().for_each(|event| judge_event(event, thresholds, findings));
    }
}

/// The store that decides between vCenters.
const ROOTS: &str = "TRUSTED_ROOTS";

fn judge_edge(edge: &Edge, cas: &Namesakes<'_>, findings: &mut Findings) {
    let subject = edge_subject(edge);
    let evidence = Evidence { rejections: edge.rejections.clone(), ..Evidence::default() };
    if edge.verdict == Trust::Untrusted {
        let message = format!("{}: {}", refusal(edge), edge_cause(edge));
        let finding = Finding::new(refused_id(edge.kind), subject.clone(), message).with(evidence.clone());
        findings.add(Finding { remedy: edge_remedy(edge, cas).or_else(|| finding.remedy.clone()), ..finding });
        let stores = (edge.kind.store(), edge.kind.published());
        regenerated(&edge.rejections, subject.clone(), stores, cas, findings);
    }
    if edge.is_disputed() {
        let message = format!(
            "{}: the side that decides ({}) says {}, the requested profile says {}: {}",
            edge_words(edge.kind),
            edge.consumer,
            edge.verdict.name(),
            edge.profile_verdict.name(),
            edge_cause(edge)
        );
        findings.add(Finding::new(FindingId::EdgeDisputed, subject.clone(), message).with(evidence));
    }
    if let Some(name) = &edge.other_name {
        let message = format!("the certificate {} presents does not carry the name `{name}`", edge.to());
        let mut finding = Finding::new(FindingId::EdgeOtherName, subject, message);
        finding.evidence.certificates = edge.certificate.iter().map(|record| (**record).clone()).collect();
        findings.add(finding);
    }
}

/// What to do about an edge, where that is not what the catalogue says. What a host needs of SPS is no certificate to add to
/// a store of vCenter, so there the catalogue's remedy stands, but for a CA that signed it and is not the one that is there.
fn edge_remedy(edge: &Edge, cas: &Namesakes<'_>) -> Option<String> {
    let is_other_key = edge.rejections.first().is_some_and(|nearest| OtherKey::of(nearest, cas).is_some());
    if edge.kind == EdgeKind::HostToSps && !is_other_key {
        match ended(edge.rejections.first()?, cas) {
            // One that is called a CA and signed itself is the certificate of SPS all the same.
            Some(ended) if ended.is_ca() && !is_presented(edge, ended) => (),
            ended => return ended.map(|_| RENEW_SPS.to_owned()),
        }
    }
    // The change is settled by the whole estate already; where no single one is enough, the nearest miss still has its advice.
    let change = edge.change.as_deref().map(str::to_owned);
    let advice = change.or_else(|| cas.counsel(&edge.rejections, edge.kind.published()));
    advice.map(|advice| sentence(&advice))
}

/// Whether a certificate is what an edge presents.
fn is_presented(edge: &Edge, certificate: &Certificate) -> bool {
    edge.certificate.as_ref().is_some_and(|presented| presented.sha256 == Some(certificate.sha256()))
}

/// The certificate that has ended, if that is why a path is refused.
fn ended<'r>(nearest: &Rejection, cas: &Namesakes<'r>) -> Option<&'r Certificate> {
    let checked = nearest.candidate.as_ref().or(nearest.certificate.as_ref());
    let checked = checked.filter(|_| matches!(nearest.reason, Reason::Expired { .. }));
    cas.certificate(checked?.sha256)
}

const RENEW_SPS: &str = "Renew the client certificate of SPS first: as it has ended, adding it does not help. Then, below 9.0, append the new sms_self_signed to castore.pem and keep what is already in it; from 9.0 on, run Refresh CA Certificates, which adds the issuer of sps-extension. Then synchronise storage providers.";

/// Advice as a sentence of its own.
fn sentence(advice: &str) -> String {
    let mut letters = advice.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if advice.ends_with('.') { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

fn edge_subject(edge: &Edge) -> Subject {
    let part = match edge.kind {
        EdgeKind::VcenterToHost => Part::Https,
        EdgeKind::VcenterToProvider => Part::Iofilter,
        EdgeKind::HostToVcenter | EdgeKind::HostToSps => Part::Castore,
    };
    Subject::host(&edge.vcenter, &edge.host).part(part)
}

const fn refused_id(kind: EdgeKind) -> FindingId {
    match kind {
        EdgeKind::VcenterToHost => FindingId::VcenterRefusesHost,
        EdgeKind::VcenterToProvider => FindingId::VcenterRefusesProvider,
        EdgeKind::HostToVcenter => FindingId::HostRefusesVcenter,
        EdgeKind::HostToSps => FindingId::HostRefusesSps,
    }
}

const fn edge_words(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::VcenterToHost => "vCenter's trust in the host's port 443",
        EdgeKind::VcenterToProvider => "vCenter's trust in the host's port 9080",
        EdgeKind::HostToVcenter => "the host's trust in vCenter",
        EdgeKind::HostToSps => "the host's trust in SPS",
    }
}

/// What is the case, without the host's name, so that hosts of one cause share it.
fn refusal(edge: &Edge) -> String {
    let vcenter = &edge.vcenter;
    match edge.kind {
        EdgeKind::VcenterToHost => format!("{vcenter} does not trust what the host presents on port 443"),
        EdgeKind::VcenterToProvider => format!("{vcenter} does not trust what the host presents on port 9080"),
        EdgeKind::HostToVcenter => format!("the host does not trust the machine SSL certificate of {vcenter}"),
        EdgeKind::HostToSps => format!("the host does not trust the client certificate of SPS on {vcenter}"),
    }
}

fn edge_cause(edge: &Edge) -> String {
    match edge.rejections.first() {
        Some(nearest) => cause_words(nearest, edge.kind.store()),
        None if edge.pinned => "it is not the pinned certificate".to_owned(),
        None => "there is no path".to_owned(),
    }
}

/// The nearest miss in words that are the same for every chain of one issuer, where the issuer is the cause.
fn cause_words(nearest: &Rejection, store: &str) -> String {
    if let Reason::IssuerNotFound { issuer, key_id } = &nearest.reason {
        let key = key_id.as_ref().map(|key| format!(" with key {key}")).unwrap_or_default();
        return format!("{store} lacks the issuer `{issuer}`{key}");
    }
    if let (Reason::KeyChanged { wanted, .. }, Some(held)) = (&nearest.reason, &nearest.candidate)
        && matches!(held.origin, Origin::Store(_))
    {
        return format!("{store} holds `{}` with a different key from {wanted}, which signed", held.subject);
    }
    nearest.message()
}

/// The root cause of many refusals: a CA made anew under its old name. Two CAs of one name of which none replaced the other are
/// no finding here.
fn regenerated(
    rejections: &[Rejection],
    subject: Subject,
    (store, published): (&str, &str),
    cas: &Namesakes<'_>,
    findings: &mut Findings,
) {
    let named = |rejection| OtherKey::of(rejection, cas).filter(|other| other.in_store).map(|other| (rejection, other));
    let Some((rejection, other)) = rejections.iter().find_map(named) else { return };
    let Some(message) = other.replaced(store) else { return };
    let evidence = Evidence { rejections: vec![rejection.clone()].into(), ..Evidence::default() };
    let finding = Finding::new(FindingId::RegeneratedRoot, subject, message).with(evidence);
    findings.add(Finding { remedy: Some(sentence(&other.advice(published))), ..finding });
}

/// Refresh CA Certificates writes castore.pem anew from TRUSTED_ROOTS. Said of hosts that are due for it: their CAs
/// differ, or an expired one has to be taken away.
fn refresh_hazard(resolved: &Resolved<'_>, vcenter: &VCenter, at: Time, findings: &mut Findings) {
    let sms = vcenter.sms.as_ref().and_then(|sms| sms.sms_self_signed.as_ref());
    let Some(sms) = sms.and_then(|chain| chain.certificates.first()) else { return };
    let Some(roots) = vcenter.trusted_roots.as_ref().filter(|roots| roots.is_known()) else { return };
    let wanted = cas(resolved, roots);
    // One that has ended is renewed anyway, and appended then.
    let is_ended = resolved.certificate(*sms).is_some_and(|sms| sms.has_expired(at));
    if is_ended || roots.certificates.contains(sms) {
        return;
    }
    let has_expired = wanted.iter().any(|ca| resolved.certificate(*ca).is_some_and(|ca| ca.has_expired(at)));
    for host in &vcenter.hosts {
        let offline = match SpsClient::of(vcenter, host) {
            SpsClient::SelfSigned => "the IO filter provider then goes offline",
            SpsClient::Either => {
                "the IO filter provider of a host below 9.0 then goes offline (its version is not known)"
            }
            SpsClient::Extension => continue,
        };
        let castore = host.castore.as_ref().filter(|castore| castore.certificates.contains(sms));
        let Some(castore) = castore.filter(|castore| has_expired || cas(resolved, castore) != wanted) else { continue };
        let message = format!(
            "castore.pem holds sms_self_signed of {} and TRUSTED_ROOTS does not: Refresh CA Certificates, which is due here, may drop it, and {offline}",
            vcenter.name
        );
        let subject = Subject::host(&vcenter.name, &host.name).part(Part::Castore);
        let subject = subject.at(Place { source: castore.source.clone(), ..Place::default() });
        let certificates = resolved.certificate(*sms).map(Into::into).into_iter().collect();
        let evidence = Evidence { certificates, ..Evidence::default() };
        findings.add(Finding::new(FindingId::RefreshDropsSms, subject, message).with(evidence));
    }
}

/// The CAs of a store, sorted.
fn cas(resolved: &Resolved<'_>, store: &StoreContent) -> Vec<Fingerprint> {
    let mut cas = store.distinct();
    cas.retain(|sha256| resolved.certificate(*sha256).is_some_and(Certificate::is_ca));
    cas
}

fn judge_cause(matrix: &Matrix, cause: &Cause, cas: &Namesakes<'_>, findings: &mut Findings) {
    let why = cause
        .rejections
        .first()
        .map_or_else(|| format!("there is no path to `{}`", cause.issuer), |nearest| cause_words(nearest, ROOTS));
    let message = format!(
        "the machine SSL certificate of {} is not trusted by {} of {}: {why}",
        cause.presenter,
        cause.count,
        count(matrix.len(), "party", "parties")
    );
    let subjects: Vec<Subject> =
        cause.cells.iter().map(|cell| Subject::vcenter(&cell.from).part(Part::TrustedRoots)).collect();
    let evidence = Evidence {
        certificates: vec![cause.certificate.clone()],
        count: Some(cause.count),
        rejections: cause.rejections.clone(),
        ..Evidence::default()
    };
    for subject in &subjects {
        regenerated(&cause.rejections, subject.clone(), (ROOTS, ROOTS), cas, findings);
    }
    let finding = Finding::new(FindingId::PartyNotTrusted, Subject::default(), message).about(subjects).with(evidence);
    let remedy = cause.change.clone().or_else(|| cas.counsel(&cause.rejections, ROOTS));
    let remedy = remedy.map(|advice| sentence(&advice));
    findings.add(Finding { remedy: remedy.or_else(|| finding.remedy.clone()), ..finding });
}

fn judge_matrix(matrix: &Matrix, additions: &Additions, findings: &mut Findings) {
    let cells = matrix.len() * matrix.len();
    let refused = matrix.count(Trust::Untrusted);
    if refused > 0 {
        let added: usize = additions.rows.iter().map(|row| row.to.len()).sum();
        let rest = if additions.unfixable.is_empty() { "" } else { ", as far as that can be fixed" };
        let what = match added {
            0 => "no certificate that is known here completes it".to_owned(),
            1 => format!("one addition completes it{rest}"),
            _ => format!("{added} additions complete it{rest}"),
        };
        let are = if refused == 1 { "is" } else { "are" };
        let message =
            format!("{refused} of {} of the trust matrix {are} not trusted; {what}", count(cells, "cell", "cells"));
        let evidence = Evidence { count: Some(refused), ..Evidence::default() };
        let finding = Finding::new(FindingId::MatrixNotMutual, Subject::default(), message).with(evidence);
        let remedy = if added == 0 { Some(NO_ADDITION.to_owned()) } else { finding.remedy.clone() };
        findings.add(Finding { remedy, ..finding });
    }
}

const NO_ADDITION: &str = "Do what the findings about these certificates say; the report lists for each of them why nothing that could be added helps.";

/// Parties whose certificate is of a publicly trusted CA that others do not hold.
fn judge_public(matrix: &Matrix, findings: &mut Findings) {
    for (to, party) in matrix.parties.iter().enumerate() {
        let Some(ca) = &party.public_ca else { continue };
        let open = (0..matrix.len()).filter(|from| matrix.cell(*from, to) == Some(Trust::Unknown)).count();
        if open == 0 {
            continue;
        }
        let message = format!(
            "{} presents a certificate of the publicly trusted CA {ca}, which is not in TRUSTED_ROOTS of {open} of {}: whether they trust it is not verified",
            party.name,
            count(matrix.len(), "party", "parties")
        );
        let evidence = Evidence { count: Some(open), seen: Some(ca.to_string()), ..Evidence::default() };
        let subject = Subject::vcenter(&party.name).part(Part::MachineSsl);
        findings.add(Finding::new(FindingId::PubliclyTrusted, subject, message).with(evidence));
    }
}

/// Virtual machines move only between vCenters that trust each other's hosts too.
fn judge_hosts(topology: &Topology, matrix: &Matrix, findings: &mut Findings) {
    for to in 0..matrix.len() {
        let refuses = |from: &usize| {
            let trusts = matrix.cell(*from, to) == Some(Trust::Trusted);
            *from != to && trusts && matrix.host_cell(*from, to) == Some(Trust::Untrusted)
        };
        let from: Vec<usize> = (0..matrix.len()).filter(refuses).collect();
        if from.is_empty() {
            continue;
        }
        let hosts = topology.refused_hosts(matrix, &from, to);
        let message = format!(
            "the machine SSL certificate of {} is trusted here, but the certificates of {} of its hosts are not",
            matrix.parties[to].name,
            hosts.len()
        );
        let seen = hosts.iter().take(LISTED).map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let evidence = Evidence { count: Some(hosts.len()), seen: Some(seen), ..Evidence::default() };
        let subject = |from: &usize| Subject::vcenter(&matrix.parties[*from].name).part(Part::TrustedRoots);
        let finding = Finding::new(FindingId::PartyHostsNotTrusted, Subject::default(), message);
        findings.add(finding.about(from.iter().map(subject).collect()).with(evidence));
    }
}

/// An end-entity certificate that ends is a finding of its own already; here are the ends that take many links.
fn judge_event(event: &Event, thresholds: Thresholds, findings: &mut Findings) {
    if event.kind == EventKind::EndEntity || event.count == 0 {
        return;
    }
    let limits = thresholds.limits(Part::TrustedRoots);
    let severity = match event.days_left {
        days if days < limits.hard => Severity::High,
        days if days < limits.soft => Severity::Medium,
        _ => Severity::Low,
    };
    let message = format!(
        "{} when {} expires on {}",
        if event.count == 1 { "one link breaks".to_owned() } else { format!("{} links break", event.count) },
        event.cause.subject,
        event.date
    );
    let subject = |link: &Link| match link.edge {
        None => Subject::vcenter(&link.from).part(Part::TrustedRoots),
        Some(kind) if kind.is_from_vcenter() => Subject::host(&link.from, &link.to),
        Some(_) => Subject::host(&link.to, &link.from).part(Part::Castore),
    };
    let subjects: Vec<Subject> = event.links.iter().filter(|link| !link.disputed).map(subject).collect();
    let evidence = Evidence {
        certificates: vec![event.cause.clone()],
        date: Some(event.date),
        days_left: Some(event.days_left),
        count: Some(event.count),
        ..Evidence::default()
    };
    let finding = Finding::new(FindingId::LinksBreak, Subject::default(), message);
    findings.add(finding.about(subjects).severity(severity).with(evidence));
}
