//! The properties of a host.

use super::content;
use super::value::{Field, Property, Value};
use crate::soap::Fault;
use crate::state::{Host, HostState, Privilege, Session};
use crate::version::Version;

/// Cores of every host.
pub(super) const CORES: i32 = 16;
/// Their clock.
pub(super) const MEGAHERTZ: i32 = 2400;
/// Bytes of memory of every host.
pub(super) const MEMORY: i64 = 128 << 30;

/// A property by its first name.
pub(super) fn property(version: Version, session: &Session, host: &Host, first: &str) -> Property {
    match first {
        "runtime" => Property::Set(runtime(host)),
        "config" => Property::Set(config(version, host)),
        "summary" => Property::Set(summary(version, host)),
        "configManager" => Property::Set(managers(session, host)),
        "hardware" | "capability" | "vm" | "network" | "systemResources" => Property::Unset,
        _ => Property::Invalid,
    }
}

/// `HostRuntimeInfo`.
fn runtime(host: &Host) -> Value {
    let (state, power) = match host.state {
        HostState::Connected | HostState::Maintenance => ("connected", "poweredOn"),
        HostState::Disconnected => ("disconnected", "unknown"),
        HostState::NotResponding => ("notResponding", "unknown"),
    };
    Value::Object(
        "HostRuntimeInfo",
        vec![
            ("connectionState", Value::Text("HostSystemConnectionState", state.to_owned()).into()),
            ("powerState", Value::Text("HostSystemPowerState", power.to_owned()).into()),
            ("standbyMode", Field::Unset),
            ("inMaintenanceMode", Value::boolean(host.state == HostState::Maintenance).into()),
            ("bootTime", Field::Unset),
        ],
    )
}

/// `HostConfigInfo`. Of a host that is away only the old part is known.
fn config(version: Version, host: &Host) -> Value {
    let certificate = match host.is_connected() {
        true => Field::Set(Value::Bytes(host.identity.certificate.to_pem())),
        false => Field::Unset,
    };
    Value::Object(
        "HostConfigInfo",
        vec![
            ("host", Value::moref("HostSystem", &host.id).into()),
            ("product", product(version)),
            ("certificate", certificate),
        ],
    )
}

fn product(version: Version) -> Field {
    let fields = content::host_about(version).into_iter();
    Field::Set(Value::Object("AboutInfo", fields.map(|(name, text)| (name, Value::string(&text).into())).collect()))
}

/// `HostListSummary`.
fn summary(version: Version, host: &Host) -> Value {
    Value::Object(
        "HostListSummary",
        vec![
            ("host", Value::moref("HostSystem", &host.id).into()),
            ("hardware", hardware()),
            ("runtime", runtime(host).into()),
            ("config", summary_config(version, host)),
            (
                "quickStats",
                Value::Object("HostListSummaryQuickStats", vec![("overallCpuUsage", Value::int(120).into())]).into(),
            ),
            ("overallStatus", Value::Text("ManagedEntityStatus", "green".to_owned()).into()),
            ("rebootRequired", Value::boolean(false).into()),
        ],
    )
}

/// `HostHardwareSummary`.
fn hardware() -> Field {
    let fields = vec![
        ("vendor", Value::string("VMware, Inc.").into()),
        ("model", Value::string("VMware Virtual Platform").into()),
        ("uuid", Value::string("00000000-0000-0000-0000-000000000000").into()),
        ("memorySize", Value::Text("xsd:long", MEMORY.to_string()).into()),
        ("cpuModel", Value::string("Simulated CPU").into()),
        ("cpuMhz", Value::int(MEGAHERTZ).into()),
        ("numCpuPkgs", Value::Text("xsd:short", "1".to_owned()).into()),
        ("numCpuCores", Value::Text("xsd:short", CORES.to_string()).into()),
        ("numCpuThreads", Value::Text("xsd:short", CORES.to_string()).into()),
        ("numNics", Value::int(1).into()),
        ("numHBAs", Value::int(1).into()),
    ];
    Value::Object("HostHardwareSummary", fields).into()
}

/// `HostConfigSummary`. vCenter expects the thumbprint; the certificate is told from 9.0 on.
fn summary_config(version: Version, host: &Host) -> Field {
    let mut fields = vec![
        ("name", Value::string(&host.name).into()),
        ("port", Value::int(443).into()),
        ("sslThumbprint", Value::string(&host.pinned).into()),
        ("product", product(version)),
        ("vmotionEnabled", Value::boolean(false).into()),
        ("faultToleranceEnabled", Value::boolean(false).into()),
    ];
    if version >= Version::V9_0 {
        fields.insert(3, ("sslCertificate", Value::string(&host.identity.certificate.to_pem()).into()));
    }
    Value::Object("HostConfigSummary", fields).into()
}

/// `HostConfigManager`.
fn managers(session: &Session, host: &Host) -> Value {
    let certificates = match session.may(Privilege::HostCertificates) {
        true => Field::Set(Value::moref("HostCertificateManager", &host.manager)),
        false => Field::Denied(Fault::no_permission(("HostSystem", &host.id), Privilege::HostCertificates.name())),
    };
    Value::Object("HostConfigManager", vec![("certificateManager", certificates)])
}
