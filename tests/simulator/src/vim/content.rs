//! What a client reads first: versions and the service content.

use hyper::StatusCode;

use crate::route::{Context, Reply};
use crate::state::{Vcenter, uuid};
use crate::version::Version;
use crate::xml::{reference, tag};

/// `vimServiceVersions.xml`. The first version is an internal name, as servers of 8.0 give one.
pub(crate) fn versions(version: Version) -> Reply {
    let prior: String = version.served().iter().map(|version| tag("version", version)).collect();
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<namespaces version=\"1.0\"><namespace><name>urn:vim25</name>\
         <version>uA046D008</version><priorVersions>{prior}</priorVersions></namespace></namespaces>\n"
    );
    Reply::xml(StatusCode::OK, text)
}

/// `ServiceContent`, in the order of its type.
pub(super) fn service_content(context: &Context<'_>) -> String {
    format!("<returnval>{}</returnval>", fields(context.vcenter()))
}

/// The fields of `ServiceContent`.
pub(super) fn fields(vcenter: &Vcenter) -> String {
    [
        reference("rootFolder", "Folder", "group-d1"),
        reference("propertyCollector", "PropertyCollector", "propertyCollector"),
        reference("viewManager", "ViewManager", "ViewManager"),
        format!("<about>{}</about>", about(vcenter)),
        reference("setting", "OptionManager", "VpxSettings"),
        reference("sessionManager", "SessionManager", "SessionManager"),
        reference("authorizationManager", "AuthorizationManager", "AuthorizationManager"),
        reference("alarmManager", "AlarmManager", "AlarmManager"),
        reference("eventManager", "EventManager", "EventManager"),
        reference("taskManager", "TaskManager", "TaskManager"),
        reference("searchIndex", "SearchIndex", "SearchIndex"),
        reference("ioFilterManager", "IoFilterManager", "IoFilterManager"),
        reference("certificateManager", "CertificateManager", "certificateManager"),
    ]
    .concat()
}

fn about(vcenter: &Vcenter) -> String {
    let version = vcenter.version;
    let digest = vitrust_factory::Hash::Sha1.digest(vcenter.name.as_bytes());
    let id = uuid(&vitrust::thumbprint::hex(&digest));
    let full = format!("VMware vCenter Server {} build-{}", version.product(), version.build());
    let fields = [
        ("name", "VMware vCenter Server"),
        ("fullName", &full),
        ("vendor", "VMware, Inc."),
        ("version", version.product()),
        ("build", version.build()),
        ("localeVersion", "INTL"),
        ("localeBuild", "000"),
        ("osType", "linux-x64"),
        ("productLineId", "vpx"),
        ("apiType", "VirtualCenter"),
        ("apiVersion", version.api()),
        ("instanceUuid", &id),
        ("licenseProductName", "VMware VirtualCenter Server"),
    ];
    fields.iter().map(|(name, text)| tag(name, text)).collect()
}

/// The `AboutInfo` of a host.
pub(super) fn host_about(version: Version) -> Vec<(&'static str, String)> {
    let full = format!("VMware ESXi {} build-{}", version.product(), version.build());
    let fields = [
        ("name", "VMware ESXi"),
        ("fullName", &full),
        ("vendor", "VMware, Inc."),
        ("version", version.product()),
        ("build", version.build()),
        ("localeVersion", "INTL"),
        ("localeBuild", "000"),
        ("osType", "vmnix-x86"),
        ("productLineId", "embeddedEsx"),
        ("apiType", "HostAgent"),
        ("apiVersion", version.api()),
        ("licenseProductName", "VMware ESX Server"),
    ];
    fields.into_iter().map(|(name, text)| (name, text.to_owned())).collect()
}
