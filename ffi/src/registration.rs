//! Registrations of Blinders and members.

use crate::details::{Argument, RelightDetails};
use crate::entry::{check, free, produce};
use crate::memory::{RelightBuffer, RelightBytes, structure_output};
use crate::random::OsRandom;
use crate::result::RelightResult;
use crate::signing::RelightUnsigned;
use crate::statement::RelightDigest;
use relight::sharing::PartyIndex;
use relight::{
    Blinder, MemberKey,
    identity::IdentityPublicKey,
    registration::{BlinderRegistration, MemberRegistration},
};

/// Registers a Blinder for one node of the network `network`, for the first time: `registration` receives the unsigned
/// form, which the caller owns. Signed, it is what the operator gives to the node. `blinder` is the secret,
/// `operator_identity` the public half of the operator's identity. Fails if they do not decode, and with
/// `RELIGHT_RESULT_INVALID_LENGTH` if a name is longer than 255 bytes.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_blinder_register(
    blinder: RelightBytes,
    network: RelightBytes,
    node: RelightBytes,
    operator_identity: RelightBytes,
    registration: *mut RelightUnsigned,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(registration, details, || {
        let blinder = blinder.read("blinder", Blinder::decode)?;
        let operator = operator_identity.read("operator_identity", IdentityPublicKey::from_bytes)?;
        Ok(BlinderRegistration::first(&blinder, network.get("network")?, node.get("node")?, &operator, &mut OsRandom)?
            .into())
    })
}

/// Replaces the Blinder of a registration by another one: `successor` receives the unsigned form of the next
/// registration, for the same operator to sign, and the caller owns it. `blinder` is the new secret. Fails if an input
/// does not decode, and with `RELIGHT_RESULT_INVALID_SERIAL` after the greatest serial.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_blinder_registration_successor(
    registration: RelightBytes,
    blinder: RelightBytes,
    successor: *mut RelightUnsigned,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(successor, details, || {
        let blinder = blinder.read("blinder", Blinder::decode)?;
        Ok(registration.read("registration", BlinderRegistration::decode)?.successor(&blinder, &mut OsRandom)?.into())
    })
}

/// Checks a registration against the network, the node and the operator that it should be of: `public_key` receives the
/// public half of the Blinder (48 bytes), which the caller owns. `operator_identity` is the public half of the
/// operator's identity, from the caller's own configuration. Fails if an input does not decode, with
/// `RELIGHT_RESULT_MISMATCH`, whose details say in what, `RELIGHT_RESULT_BAD_SIGNATURE`, or
/// `RELIGHT_RESULT_BAD_SCHNORR_PROOF`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_blinder_registration_verify(
    registration: RelightBytes,
    network: RelightBytes,
    node: RelightBytes,
    operator_identity: RelightBytes,
    public_key: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(public_key, details, || {
        let registration = registration.read("registration", BlinderRegistration::decode)?;
        let operator = operator_identity.read("operator_identity", IdentityPublicKey::from_bytes)?;
        Ok(registration.verify(network.get("network")?, node.get("node")?, &operator)?.as_bytes().into())
    })
}

/// May `next` take the place of `known`, a registration that was verified? The same one again may. Fails if one does
/// not decode, like `relight_blinder_registration_verify` if `next` is not of the same network, node and operator, with
/// `RELIGHT_RESULT_RETIRED_REGISTRATION` if it is not newer, and with `RELIGHT_RESULT_BROKEN_SUCCESSION` if it does not
/// follow `known` directly.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_blinder_registration_check_successor(
    known: RelightBytes,
    next: RelightBytes,
    details: *mut RelightDetails,
) -> RelightResult {
    check(details, || {
        let known = known.read("known", BlinderRegistration::decode)?;
        Ok(known.check_successor(&next.read("next", BlinderRegistration::decode)?)?)
    })
}

/// What the registration of a Blinder says. Free it with `relight_blinder_registration_free`.
#[repr(C)]
pub struct RelightBlinderRegistration {
    /// The digest by which the next registration names this one.
    pub digest: RelightDigest,
    /// Its number among those of its node: 1 for the first.
    pub serial: u64,
    /// The node.
    pub node: RelightBuffer,
    /// The public half of the operator's identity, 33 bytes.
    pub operator_identity: RelightBuffer,
    /// The public half of the Blinder, 48 bytes.
    pub blinder: RelightBuffer,
}

structure_output!(RelightBlinderRegistration { digest, serial, node, operator_identity, blinder });

/// Frees what an inspected registration owns, and empties it. NULL and empty ones are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_blinder_registration_free(fields: *mut RelightBlinderRegistration) {
    free(fields);
}

/// What the registration of a Blinder says: `fields` receives it, and the caller owns it. Nothing is verified. Fails if
/// `registration` does not decode, with `RELIGHT_RESULT_INVALID_SERIAL` if its serial does not go with the rest.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_blinder_registration_inspect(
    registration: RelightBytes,
    fields: *mut RelightBlinderRegistration,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(fields, details, || {
        let registration = registration.read("registration", BlinderRegistration::decode)?;
        Ok(RelightBlinderRegistration {
            digest: registration.digest().into(),
            serial: registration.serial(),
            node: registration.node().into(),
            operator_identity: (&*registration.operator().to_bytes()).into(),
            blinder: registration.claimed_blinder().as_bytes().into(),
        })
    })
}

/// Registers a member of the party `party` under an index, for the first time: `registration` receives the unsigned
/// form, which the caller owns. `identity` is the public half of the member's identity, which signs it; `member_key` is
/// a secret. Fails if they do not decode, with `RELIGHT_RESULT_INVALID_INDEX` for index zero, and with
/// `RELIGHT_RESULT_INVALID_LENGTH` if `party` is longer than 255 bytes.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_member_register(
    party: RelightBytes,
    index: u16,
    identity: RelightBytes,
    member_key: RelightBytes,
    registration: *mut RelightUnsigned,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(registration, details, || {
        let identity = identity.read("identity", IdentityPublicKey::from_bytes)?;
        let key = member_key.read("member_key", MemberKey::decode)?;
        let index = PartyIndex::new(index).argument("index")?;
        Ok(MemberRegistration::first(party.get("party")?, index, &identity, &key, &mut OsRandom)?.into())
    })
}

/// Replaces the member key of a registration by another one: `successor` receives the unsigned form of the next
/// registration, for the same identity to sign, and the caller owns it. `member_key` is the new secret. Fails if an
/// input does not decode, and with `RELIGHT_RESULT_INVALID_SERIAL` after the greatest serial.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_member_registration_successor(
    registration: RelightBytes,
    member_key: RelightBytes,
    successor: *mut RelightUnsigned,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(successor, details, || {
        let key = member_key.read("member_key", MemberKey::decode)?;
        Ok(registration.read("registration", MemberRegistration::decode)?.successor(&key, &mut OsRandom)?.into())
    })
}

/// A member, as its registration says. Free it with `relight_member_free`.
#[repr(C)]
pub struct RelightMember {
    /// The member's index.
    pub index: u16,
    /// The number of the registration among those of the member: 1 for the first.
    pub serial: u64,
    /// The digest by which the next registration names this one.
    pub digest: RelightDigest,
    /// The public half of its identity, 33 bytes.
    pub identity: RelightBuffer,
    /// The public half of its member key, 48 bytes.
    pub member_key: RelightBuffer,
}

structure_output!(RelightMember { index, serial, digest, identity, member_key });

/// Frees what a member owns, and empties it. NULL and empty members are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_member_free(member: *mut RelightMember) {
    free(member);
}

/// Checks a member's registration under `party`: `member` receives what it says, which the caller owns. Fails if
/// `registration` does not decode, with `RELIGHT_RESULT_MISMATCH` if it is for another party, with
/// `RELIGHT_RESULT_BAD_SIGNATURE`, and with `RELIGHT_RESULT_BAD_SCHNORR_PROOF`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_member_registration_verify(
    registration: RelightBytes,
    party: RelightBytes,
    member: *mut RelightMember,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(member, details, || {
        let registration = registration.read("registration", MemberRegistration::decode)?;
        registration.verify(party.get("party")?)?;
        Ok(RelightMember {
            index: registration.index().get(),
            serial: registration.serial(),
            digest: registration.digest().into(),
            identity: (&*registration.identity().to_bytes()).into(),
            member_key: registration.member_key().as_bytes().into(),
        })
    })
}

/// May `next` take the place of `known`, a member's registration that was verified? The same one again may. Fails if
/// one does not decode, like `relight_member_registration_verify` if `next` is not for the same party, with
/// `RELIGHT_RESULT_MISMATCH` also if its index or identity is another, with
/// `RELIGHT_RESULT_RETIRED_REGISTRATION` if it is not newer, and with `RELIGHT_RESULT_BROKEN_SUCCESSION` if it does not
/// follow `known` directly.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_member_registration_check_successor(
    known: RelightBytes,
    next: RelightBytes,
    details: *mut RelightDetails,
) -> RelightResult {
    check(details, || {
        let known = known.read("known", MemberRegistration::decode)?;
        Ok(known.check_successor(&next.read("next", MemberRegistration::decode)?)?)
    })
}
