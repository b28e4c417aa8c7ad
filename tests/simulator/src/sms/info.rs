//! What SMS tells of itself and of a provider.

use vitrust::{Certificate, Time};

use crate::soap::Fault;
use crate::state::{Provider, Refusal, Status};
use crate::version::Version;
use crate::xml::tag;

/// `SmsAboutInfo`.
pub(super) fn about(version: Version) -> String {
    let fields = [
        ("name", "SMS"),
        ("fullName", "VMware vCenter Storage Monitoring Service"),
        ("vendor", "VMware, Inc."),
        ("apiVersion", version.api()),
        ("instanceUuid", "00000000-0000-0000-0000-000000000000"),
    ];
    let fields: String = fields.iter().map(|(name, text)| tag(name, text)).collect();
    format!("<returnval xsi:type=\"sms:SmsAboutInfo\">{fields}</returnval>")
}

/// `VasaProviderInfo` of an IOFilter provider or of an array's, in the order of its type; `statusFault` is for who knows it.
pub(super) fn provider(provider: &Provider, version: Version, now: Time, tells_why: bool) -> String {
    let certificate = provider.certificate.as_ref();
    let vasa = if version >= Version::V9_0 { "5.0" } else { "1.5" };
    let (description, vasa, namespace, kind, category) = match provider.is_array {
        true => ("VVol array", "3.0", "com.example.array", "PERSISTENCE", "external"),
        false => ("IOFILTER", vasa, "com.vmware.iofilter", "DATASERVICE", "internal"),
    };
    let fields = [
        tag("uid", &provider.uid),
        tag("name", &provider.name),
        tag("description", description),
        tag("version", "1.0"),
        tag("url", &provider.url),
        certificate.map(|certificate| tag("certificate", &certificate.to_pem())).unwrap_or_default(),
        tag("status", status(&provider.status)),
        fault(&provider.status).filter(|_| tells_why).map(|fault| fault.localized("statusFault")).unwrap_or_default(),
        tag("vasaVersion", vasa),
        tag("namespace", &format!("{namespace}.{}", provider.uid)),
        tag("lastSyncTime", &now.to_string()),
        tag("supportedProfile", "capability"),
        tag("supportedProviderProfile", "ProfileBasedManagement"),
        tag("providerId", &provider.uid),
        certificate
            .map(|certificate| tag("certificateExpiryDate", &certificate.not_after().to_string()))
            .unwrap_or_default(),
        certificate
            .map(|certificate| tag("certificateStatus", certificate_status(certificate, now)))
            .unwrap_or_default(),
        tag("needsExplicitActivation", "false"),
        tag("retainVasaProviderCertificate", "false"),
        tag("arrayIndependentProvider", &(!provider.is_array).to_string()),
        tag("type", kind),
        tag("category", category),
    ];
    format!("<returnval xsi:type=\"sms:VasaProviderInfo\">{}</returnval>", fields.concat())
}

fn status(status: &Status) -> &'static str {
    match status {
        Status::Unknown => "unknown",
        Status::Online => "online",
        Status::Offline(_) => "offline",
        Status::Disconnected => "disconnected",
    }
}

/// The reason behind `offline`. A host that refuses the service's own certificate is told of by the same type as a
/// host that is not trusted, but without a certificate.
pub(super) fn fault(status: &Status) -> Option<Fault> {
    match status {
        Status::Unknown | Status::Online | Status::Disconnected => None,
        Status::Offline(Refusal::Untrusted(certificate)) => Some(not_trusted(certificate.as_ref())),
        Status::Offline(Refusal::ClientRefused(_)) => Some(not_trusted(None)),
        Status::Offline(Refusal::Unreachable(reason)) => Some(Fault::sms("ProviderUnavailable", reason)),
    }
}

/// `CertificateNotTrusted`.
pub(super) fn not_trusted(certificate: Option<&Certificate>) -> Fault {
    let field = certificate.map(|certificate| tag("certificate", &certificate.to_pem())).unwrap_or_default();
    Fault::sms("CertificateNotTrusted", "The certificate of the storage provider is not trusted.").with(field)
}

pub(super) fn certificate_status(certificate: &Certificate, now: Time) -> &'static str {
    match now.days_until(certificate.not_after()) {
        ..0 => "expired",
        0..30 => "expiryHardLimitReached",
        30..60 => "expirySoftLimitReached",
        60.. => "valid",
    }
}
