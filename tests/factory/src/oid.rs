//! The object identifiers tests name most, in dotted form.

/// Extension: authority key identifier.
pub const AUTHORITY_KEY_ID: &str = "2.5.29.35";
/// Extension: subject key identifier.
pub const SUBJECT_KEY_ID: &str = "2.5.29.14";
/// Extension: key usage.
pub const KEY_USAGE: &str = "2.5.29.15";
/// Extension: subject alternative name.
pub const SUBJECT_ALT_NAME: &str = "2.5.29.17";
/// Extension: issuer alternative name.
pub const ISSUER_ALT_NAME: &str = "2.5.29.18";
/// Extension: basic constraints.
pub const BASIC_CONSTRAINTS: &str = "2.5.29.19";
/// CRL extension: CRL number.
pub const CRL_NUMBER: &str = "2.5.29.20";
/// CRL entry extension: reason code.
pub const REASON_CODE: &str = "2.5.29.21";
/// CRL entry extension: invalidity date.
pub const INVALIDITY_DATE: &str = "2.5.29.24";
/// CRL extension: delta CRL indicator.
pub const DELTA_CRL_INDICATOR: &str = "2.5.29.27";
/// CRL extension: issuing distribution point.
pub const ISSUING_DISTRIBUTION_POINT: &str = "2.5.29.28";
/// CRL entry extension: certificate issuer.
pub const CERTIFICATE_ISSUER: &str = "2.5.29.29";
/// Extension: name constraints.
pub const NAME_CONSTRAINTS: &str = "2.5.29.30";
/// Extension: CRL distribution points.
pub const CRL_DISTRIBUTION_POINTS: &str = "2.5.29.31";
/// Extension: certificate policies.
pub const CERTIFICATE_POLICIES: &str = "2.5.29.32";
/// Policy: any policy.
pub const ANY_POLICY: &str = "2.5.29.32.0";
/// Extension: policy mappings.
pub const POLICY_MAPPINGS: &str = "2.5.29.33";
/// Extension: policy constraints.
pub const POLICY_CONSTRAINTS: &str = "2.5.29.36";
/// Extension: extended key usage.
pub const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
/// Extension: freshest CRL.
pub const FRESHEST_CRL: &str = "2.5.29.46";
/// Extension: inhibit any policy.
pub const INHIBIT_ANY_POLICY: &str = "2.5.29.54";
/// Extension: authority information access.
pub const AUTHORITY_INFO_ACCESS: &str = "1.3.6.1.5.5.7.1.1";
/// Access method: where the issuer's certificate is.
pub const CA_ISSUERS: &str = "1.3.6.1.5.5.7.48.2";
/// Extended key usage: any.
pub const ANY_EXTENDED_KEY_USAGE: &str = "2.5.29.37.0";
/// Extended key usage: TLS server.
pub const SERVER_AUTH: &str = "1.3.6.1.5.5.7.3.1";
/// Extended key usage: TLS client.
pub const CLIENT_AUTH: &str = "1.3.6.1.5.5.7.3.2";
/// Extended key usage: code signing.
pub const CODE_SIGNING: &str = "1.3.6.1.5.5.7.3.3";
/// Extended key usage: OCSP signing.
pub const OCSP_SIGNING: &str = "1.3.6.1.5.5.7.3.9";
/// Other name: Microsoft user principal name.
pub const USER_PRINCIPAL_NAME: &str = "1.3.6.1.4.1.311.20.2.3";
/// An extension nobody knows (below a private enterprise arc reserved for examples, RFC 5612).
pub const UNKNOWN: &str = "1.3.6.1.4.1.32473.1";
/// A policy for tests.
pub const POLICY_1: &str = "1.3.6.1.4.1.32473.10.1";
/// Another policy for tests.
pub const POLICY_2: &str = "1.3.6.1.4.1.32473.10.2";
