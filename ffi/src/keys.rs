//! Keys of operators and members, and their registrations.

use crate::entry::produce;
use crate::memory::{RelightBuffer, RelightBytes, structure_output};
use crate::random::OsRandom;
use crate::result::{RelightDetails, RelightResult};
use relight::sharing::PartyIndex;
use relight::{
    Blinder, MemberKey,
    identity::IdentityKey,
    registration::{BlinderRegistration, MemberRegistration},
};

/// Makes an identity: the key with which a party signs. `secret` receives its encoding, which the caller owns.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_identity_generate(
    secret: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(secret, details, || Ok(RelightBuffer::from(&**IdentityKey::generate(&mut OsRandom).encode())))
}

/// The public half of an identity: `public_key` receives 33 bytes, which the caller owns. Fails if `secret` is not the
/// encoding of an identity.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_identity_public(
    secret: RelightBytes,
    public_key: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(public_key, details, || Ok((&*IdentityKey::decode(secret.get()?)?.public().to_bytes()).into()))
}

/// Makes a member key: the key with which a party receives its shares. `secret` receives its encoding, which the
/// caller owns.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_member_key_generate(
    secret: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(secret, details, || Ok(RelightBuffer::from(&**MemberKey::generate(&mut OsRandom).encode())))
}

/// The public half of a member key: `public_key` receives 48 bytes, which the caller owns. Fails if `secret` is not
/// the encoding of a member key.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_member_key_public(
    secret: RelightBytes,
    public_key: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(public_key, details, || Ok(MemberKey::decode(secret.get()?)?.public().as_bytes().into()))
}

/// Makes a Blinder, which its operator keeps offline. `secret` receives its encoding, which the caller owns.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_blinder_generate(
    secret: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(secret, details, || Ok(RelightBuffer::from(&**Blinder::generate(&mut OsRandom).encode())))
}

/// The public half of a Blinder: `public_key` receives 48 bytes, which the caller owns. Fails if `secret` is not the
/// encoding of a Blinder.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_blinder_public(
    secret: RelightBytes,
    public_key: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(public_key, details, || Ok(Blinder::decode(secret.get()?)?.public().as_bytes().into()))
}

/// Registers a Blinder for one node of the network `context`: `registration` receives what the operator gives to the
/// node, and the caller owns it. Fails if `secret` is not the encoding of a Blinder, and with
/// `RELIGHT_RESULT_INVALID_LENGTH` if a name is longer than 255 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_blinder_register(
    secret: RelightBytes,
    context: RelightBytes,
    node: RelightBytes,
    registration: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(registration, details, || {
        let blinder = Blinder::decode(secret.get()?)?;
        let made = BlinderRegistration::new(&blinder, context.get()?, node.get()?, &mut OsRandom)?;
        Ok((&*made.encode()).into())
    })
}

/// Checks a registration against the network and the node that it should be for: `public_key` receives the public half
/// of the Blinder (48 bytes), which the caller owns. Fails if `registration` does not decode, with
/// `RELIGHT_RESULT_STATEMENT_MISMATCH` if it is for another network or node, and with
/// `RELIGHT_RESULT_BAD_PROOF_OF_POSSESSION`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_blinder_registration_verify(
    registration: RelightBytes,
    context: RelightBytes,
    node: RelightBytes,
    public_key: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(public_key, details, || {
        let registration = BlinderRegistration::decode(registration.get()?)?;
        Ok(registration.verify(context.get()?, node.get()?)?.as_bytes().into())
    })
}

/// Registers a member of the party `context` under an index: `registration` receives its public keys with proofs, and
/// the caller owns it. `identity` and `member_key` are secrets. Fails if they do not decode, with
/// `RELIGHT_RESULT_INVALID_INDEX` for index zero, and with `RELIGHT_RESULT_INVALID_LENGTH` if `context` is longer than
/// 255 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_member_register(
    context: RelightBytes,
    index: u16,
    identity: RelightBytes,
    member_key: RelightBytes,
    registration: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(registration, details, || {
        let identity = IdentityKey::decode(identity.get()?)?;
        let key = MemberKey::decode(member_key.get()?)?;
        let index = PartyIndex::new(index)?;
        let made = MemberRegistration::new(context.get()?, index, &identity, &key, &mut OsRandom)?;
        Ok((&*made.encode()).into())
    })
}

/// A member, as its registration says. Free it with `relight_member_free`.
#[repr(C)]
pub struct RelightMember {
    /// The member's index.
    pub index: u16,
    /// The public half of its identity, 33 bytes.
    pub identity: RelightBuffer,
    /// The public half of its member key, 48 bytes.
    pub member_key: RelightBuffer,
}

structure_output!(RelightMember { index, identity, member_key });

/// Frees what a member owns, and empties it. NULL and empty members are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_member_free(member: *mut RelightMember) {
    crate::entry::free(member);
}

/// Checks a member's registration under `context`: `member` receives what it says, which the caller owns. Fails if
/// `registration` does not decode, with `RELIGHT_RESULT_STATEMENT_MISMATCH` if it is for another context, with
/// `RELIGHT_RESULT_BAD_SIGNATURE`, and with `RELIGHT_RESULT_BAD_PROOF_OF_POSSESSION`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_member_registration_verify(
    registration: RelightBytes,
    context: RelightBytes,
    member: *mut RelightMember,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(member, details, || {
        let registration = MemberRegistration::decode(registration.get()?)?;
        registration.verify(context.get()?)?;
        Ok(RelightMember {
            index: registration.index().get(),
            identity: (&*registration.identity().to_bytes()).into(),
            member_key: registration.member_key().as_bytes().into(),
        })
    })
}
