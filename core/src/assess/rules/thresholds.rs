//! How many days before its end a certificate deserves attention.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::estate::Part;

/// Two limits in days before the end of validity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Limits {
    /// From here on it needs a plan.
    pub soft: i64,
    /// From here on it needs action.
    pub hard: i64,
}

/// A named set of thresholds; `vsphere` uses the limits vSphere itself applies to each part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Thresholds {
    /// Hosts 240/30 (vpxd.certmgmt), storage providers and SMS 183/30 (KB 323232), everything else 60/30.
    #[default]
    Vsphere,
    /// 240/30 everywhere: the defaults of `vpxd.certmgmt.certs.softThreshold` and `hardThreshold`.
    VcenterHost,
    /// 183/30 everywhere: six months and one month, the VASA alarms (KB 323232).
    Vasa,
    /// 30/15: the SoS health check of VMware Cloud Foundation.
    Sos,
    /// 30/30: vCert.
    Vcert,
    /// 60/30: VMware's diagnostic tool VDT.
    Vdt,
    /// Nagios-style: warning and critical days.
    Days(Limits),
}

/// The text names no thresholds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is not a threshold profile: write vsphere, vcenter-host, vasa, sos, vcert, vdt or days such as 60/30"
)]
pub struct ThresholdsError {
    /// What was given.
    pub text: String,
}

impl Thresholds {
    /// Every named set.
    pub const NAMED: [Self; 6] = [Self::Vsphere, Self::VcenterHost, Self::Vasa, Self::Sos, Self::Vcert, Self::Vdt];

    /// The limits for a certificate in this part.
    #[must_use]
    pub const fn limits(self, part: Part) -> Limits {
        match self {
            Self::Vsphere => vsphere(part),
            Self::VcenterHost => VCENTER_HOST,
            Self::Vasa => VASA,
            Self::Sos => Limits { soft: 30, hard: 15 },
            Self::Vcert => Limits { soft: 30, hard: 30 },
            Self::Vdt => VDT,
            Self::Days(limits) => limits,
        }
    }
}

const VCENTER_HOST: Limits = Limits { soft: 240, hard: 30 };
const VASA: Limits = Limits { soft: 183, hard: 30 };
const VDT: Limits = Limits { soft: 60, hard: 30 };

const fn vsphere(part: Part) -> Limits {
    match part {
        Part::Https => VCENTER_HOST,
        Part::Iofilter | Part::Provider | Part::SmsSelfSigned | Part::SpsExtension | Part::SmsOther => VASA,
        Part::MachineSsl
        | Part::TrustedRoots
        | Part::VmcaRoot
        | Part::Castore
        | Part::SolutionUser
        | Part::DataEncipherment
        | Part::BackupStore
        | Part::Sts
        | Part::Vmdir
        | Part::OtherStore => VDT,
    }
}

impl fmt::Display for Thresholds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vsphere => f.write_str("vsphere"),
            Self::VcenterHost => f.write_str("vcenter-host"),
            Self::Vasa => f.write_str("vasa"),
            Self::Sos => f.write_str("sos"),
            Self::Vcert => f.write_str("vcert"),
            Self::Vdt => f.write_str("vdt"),
            Self::Days(limits) => write!(f, "{}/{}", limits.soft, limits.hard),
        }
    }
}

impl FromStr for Thresholds {
    type Err = ThresholdsError;

    fn from_str(text: &str) -> Result<Self, ThresholdsError> {
        if let Some(named) = Self::NAMED.into_iter().find(|named| named.to_string() == text) {
            return Ok(named);
        }
        let days = |text: &str| text.trim().parse::<u32>().ok().map(i64::from);
        text.split_once('/')
            .and_then(|(soft, hard)| Some(Limits { soft: days(soft)?, hard: days(hard)? }))
            .filter(|limits| limits.soft >= limits.hard)
            .map(Self::Days)
            .ok_or_else(|| ThresholdsError { text: text.chars().take(100).collect() })
    }
}

impl Serialize for Thresholds {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Thresholds {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for Thresholds {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Thresholds".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "a named set, or the soft and hard limits in days",
            "pattern": "^(vsphere|vcenter-host|vasa|sos|vcert|vdt|[0-9]+/[0-9]+)$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_days_read_and_write() {
        for named in Thresholds::NAMED {
            assert_eq!(named.to_string().parse(), Ok(named));
        }
        let days = Thresholds::Days(Limits { soft: 60, hard: 7 });
        assert_eq!(days.to_string().parse(), Ok(days));
        for bad in ["", "60", "7/60", "a/b", "-1/-2"] {
            assert!(bad.parse::<Thresholds>().is_err(), "{bad}");
        }
    }
}
