//! What numbers of this interface are called: static strings for logs and for people.

use crate::coverage::RelightStatus;
use crate::details::{RelightFault, RelightField, RelightRegistrationFault, RelightWalletFault};
use crate::keys::{RELIGHT_KIND_SEALING_KEY, kind_number};
use core::ffi::{CStr, c_char};
use relight::curve::CurveId;
use relight::{ParameterSet, SecretKind};
use std::collections::BTreeMap;
use std::ffi::CString;
use std::sync::LazyLock;

/// The name of each variant: `RecoveryKey` is "recovery key".
macro_rules! names {
    ($type:ident: $($variant:ident),+) => {
        named([$(($type::$variant as i32, words(stringify!($variant)))),+])
    };
}

type Names = LazyLock<BTreeMap<i32, CString>>;

static FIELDS: Names = LazyLock::new(|| {
    names!(RelightField: None, ParameterSet, Network, Epoch, Node, Compartments, Lock, RecoveryKey, Blinder, MemberKey,
        EntryCount, Curve, PublicKey, Identifier, Threshold, PublicShare, Operator, Index, Identity, Party, Unknown)
});
static FAULTS: Names = LazyLock::new(|| {
    names!(RelightFault: None, Length, Encoding, Signature, Equivocation, OtherKey, SchnorrProof, Encryption, Expelled,
        Unknown)
});
static WALLET_FAULTS: Names =
    LazyLock::new(|| names!(RelightWalletFault: None, Length, RecoveryId, Signer, Invalid, Unknown));
static REGISTRATION_FAULTS: Names =
    LazyLock::new(|| names!(RelightRegistrationFault: None, Party, Signature, SchnorrProof, Unknown));
static STATUSES: Names =
    LazyLock::new(|| names!(RelightStatus: Missing, Claimed, Bad, Stale, Covered, Shareless, Unregistered));
static CURVES: Names =
    LazyLock::new(|| named(CurveId::ALL.iter().map(|curve| (curve.number().into(), curve.to_string()))));
static PARAMETERS: Names =
    LazyLock::new(|| named(ParameterSet::ALL.iter().map(|set| (set.number().into(), words(&format!("{set:?}"))))));
static KINDS: Names = LazyLock::new(|| {
    use SecretKind as K;
    let kinds = [K::IdentityKey, K::MemberKey, K::Blinder, K::KeyShare, K::Session];
    let sealing_key = (RELIGHT_KIND_SEALING_KEY.into(), "sealing key".to_owned());
    named(kinds.map(|kind| (kind_number(kind).into(), kind.to_string())).into_iter().chain([sealing_key]))
});

fn named(names: impl IntoIterator<Item = (i32, String)>) -> BTreeMap<i32, CString> {
    names.into_iter().map(|(number, name)| (number, CString::new(name).unwrap_or_default())).collect()
}

/// The words of a name in camel case.
fn words(name: &str) -> String {
    let begins = |(place, letter): (usize, char)| place > 0 && letter.is_uppercase();
    let spaced = name
        .char_indices()
        .flat_map(|(place, letter)| begins((place, letter)).then_some(' ').into_iter().chain(letter.to_lowercase()));
    spaced.collect()
}

fn name(names: &'static Names, number: i32) -> *const c_char {
    let found: &'static CStr = names.get(&number).map_or(c"unknown", CString::as_c_str);
    found.as_ptr()
}

/// The name of a `relight_field`, such as "recovery key": a static string. "unknown" for other numbers. Never fails.
#[unsafe(no_mangle)]
pub extern "C" fn relight_field_name(field: i32) -> *const c_char {
    name(&FIELDS, field)
}

/// The name of a `relight_fault`, such as "equivocation": a static string. "unknown" for other numbers. Never fails.
#[unsafe(no_mangle)]
pub extern "C" fn relight_fault_name(fault: i32) -> *const c_char {
    name(&FAULTS, fault)
}

/// The name of a `relight_wallet_fault`, such as "recovery id": a static string. "unknown" for other numbers. Never
/// fails.
#[unsafe(no_mangle)]
pub extern "C" fn relight_wallet_fault_name(fault: i32) -> *const c_char {
    name(&WALLET_FAULTS, fault)
}

/// The name of a `relight_registration_fault`, such as "schnorr proof": a static string. "unknown" for other numbers.
/// Never fails.
#[unsafe(no_mangle)]
pub extern "C" fn relight_registration_fault_name(fault: i32) -> *const c_char {
    name(&REGISTRATION_FAULTS, fault)
}

/// The name of a `relight_status`, such as "covered": a static string. "unknown" for other numbers. Never fails.
#[unsafe(no_mangle)]
pub extern "C" fn relight_status_name(status: i32) -> *const c_char {
    name(&STATUSES, status)
}

/// The name of the curve of a `RELIGHT_CURVE_` number, such as "secp256k1": a static string. "unknown" for other
/// numbers. Never fails.
#[unsafe(no_mangle)]
pub extern "C" fn relight_curve_name(curve: u16) -> *const c_char {
    name(&CURVES, curve.into())
}

/// The name of the parameter set of a `RELIGHT_PARAMETERS_` number, such as "fast": a static string. "unknown" for
/// other numbers. Never fails.
#[unsafe(no_mangle)]
pub extern "C" fn relight_parameters_name(parameters: u8) -> *const c_char {
    name(&PARAMETERS, parameters.into())
}

/// The name of the kind of secret of a `RELIGHT_KIND_` number, such as "key share": a static string. "unknown" for
/// other numbers. Never fails.
#[unsafe(no_mangle)]
pub extern "C" fn relight_kind_name(kind: u8) -> *const c_char {
    name(&KINDS, kind.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(names: &Names) -> Vec<&str> {
        names.values().map(|name| name.to_str().unwrap_or_default()).collect()
    }

    #[test]
    fn names_are_words() {
        assert_eq!(texts(&STATUSES), ["missing", "claimed", "bad", "stale", "covered", "shareless", "unregistered"]);
        assert_eq!(texts(&FIELDS).get(7), Some(&"recovery key"));
        assert_eq!(texts(&CURVES).first(), Some(&"secp256k1"));
        assert_eq!(texts(&PARAMETERS).first(), Some(&"fast"));
        assert_eq!(texts(&KINDS), ["identity key", "member key", "Blinder", "key share", "session", "sealing key"]);
    }

    /// The enums of this interface end with what has no number.
    #[test]
    fn every_number_has_a_name() {
        assert_eq!(FIELDS.len(), RelightField::Unknown as usize + 1);
        assert_eq!(FAULTS.len(), RelightFault::Unknown as usize + 1);
        assert_eq!(WALLET_FAULTS.len(), RelightWalletFault::Unknown as usize + 1);
        assert_eq!(REGISTRATION_FAULTS.len(), RelightRegistrationFault::Unknown as usize + 1);
        assert_eq!(STATUSES.len(), RelightStatus::Unregistered as usize + 1);
        assert_eq!(CURVES.len(), CurveId::ALL.len());
    }
}
