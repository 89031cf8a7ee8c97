//! What identities sign, with their keys or in wallets.

use crate::details::{Argument, Failure, RelightDetails};
use crate::entry::{free, produce};
use crate::memory::{Output, RelightBuffer, RelightBytes, borrow, structure_output};
use crate::result::RelightResult;
use relight::{
    Error,
    dealing::{Confirmation, Dealing},
    identity::{Address, IdentityKey, IdentityPublicKey, Purpose, Signed, Unsigned},
    recovery::Response,
    registration::{BlinderRegistration, MemberRegistration},
};

/// Purpose of a signature: the introduction of an identity that lives in a wallet.
pub const RELIGHT_PURPOSE_IDENTITY: u8 = 1;
/// Purpose of a signature: a dealing.
pub const RELIGHT_PURPOSE_DEALING: u8 = 2;
/// Purpose of a signature: a confirmation.
pub const RELIGHT_PURPOSE_CONFIRMATION: u8 = 3;
/// Purpose of a signature: the registration of a Blinder, by its operator.
pub const RELIGHT_PURPOSE_BLINDER_REGISTRATION: u8 = 4;
/// Purpose of a signature: the registration of a member.
pub const RELIGHT_PURPOSE_MEMBER_REGISTRATION: u8 = 5;
/// Purpose of a signature: a response.
pub const RELIGHT_PURPOSE_RESPONSE: u8 = 6;

fn purpose_of(number: u8) -> Result<Purpose, Failure> {
    match number {
        RELIGHT_PURPOSE_IDENTITY => Ok(Purpose::Identity),
        RELIGHT_PURPOSE_DEALING => Ok(Purpose::Dealing),
        RELIGHT_PURPOSE_CONFIRMATION => Ok(Purpose::Confirmation),
        RELIGHT_PURPOSE_BLINDER_REGISTRATION => Ok(Purpose::BlinderRegistration),
        RELIGHT_PURPOSE_MEMBER_REGISTRATION => Ok(Purpose::MemberRegistration),
        RELIGHT_PURPOSE_RESPONSE => Ok(Purpose::Response),
        other => Err(Error::UnknownKind(other)).argument("purpose"),
    }
}

fn number_of(purpose: Purpose) -> u8 {
    match purpose {
        Purpose::Identity => RELIGHT_PURPOSE_IDENTITY,
        Purpose::Dealing => RELIGHT_PURPOSE_DEALING,
        Purpose::Confirmation => RELIGHT_PURPOSE_CONFIRMATION,
        Purpose::BlinderRegistration => RELIGHT_PURPOSE_BLINDER_REGISTRATION,
        Purpose::MemberRegistration => RELIGHT_PURPOSE_MEMBER_REGISTRATION,
        Purpose::Response => RELIGHT_PURPOSE_RESPONSE,
    }
}

/// An object that lacks its signature. Where the signer's key is here, `relight_sign` makes the object of it; where
/// it lives in a wallet, the wallet signs what `relight_wallet_text` gives as a personal message (EIP-191), and
/// `relight_complete_signature` makes the object of that. Free it with `relight_unsigned_free`.
#[repr(C)]
pub struct RelightUnsigned {
    /// What it is, and what the signature is for: a `RELIGHT_PURPOSE_` number.
    pub purpose: u8,
    /// The public half of the identity that is to sign it, 33 bytes.
    pub signer: RelightBuffer,
    /// The encoding of the object up to its signature.
    pub body: RelightBuffer,
}

structure_output!(RelightUnsigned { purpose, signer, body });

impl<T: Signed> From<Unsigned<T>> for RelightUnsigned {
    fn from(object: Unsigned<T>) -> Self {
        let signer = (&*object.signer().to_bytes()).into();
        Self { purpose: number_of(T::PURPOSE), signer, body: object.body().into() }
    }
}

/// Frees what an unsigned object owns, and empties it. NULL and empty ones are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_unsigned_free(object: *mut RelightUnsigned) {
    free(object);
}

/// What makes a signed object of an unsigned one.
trait Signer {
    fn sign<T: Signed>(&self, unsigned: Unsigned<T>) -> Result<T, Failure>;
}

/// Whatever does not say itself what is wrong is about the body.
fn about_body(error: Error) -> Failure {
    match error {
        Error::WrongIdentity | Error::WalletSignature(_) => error.into(),
        error => Failure::from(error).about("body"),
    }
}

impl Signer for IdentityKey {
    fn sign<T: Signed>(&self, unsigned: Unsigned<T>) -> Result<T, Failure> {
        unsigned.sign(self).map_err(about_body)
    }
}

/// What a wallet returned.
struct Wallet<'a>(&'a [u8]);

impl Signer for Wallet<'_> {
    fn sign<T: Signed>(&self, unsigned: Unsigned<T>) -> Result<T, Failure> {
        unsigned.complete(self.0).map_err(about_body)
    }
}

fn signed(purpose: u8, body: &[u8], identity: IdentityPublicKey, signer: &impl Signer) -> Result<Vec<u8>, Failure> {
    Ok(match purpose_of(purpose)? {
        Purpose::Identity => return Err(Error::UnknownKind(purpose)).argument("purpose"),
        Purpose::Dealing => signer.sign(Unsigned::<Dealing>::from_body(body, identity))?.encode(),
        Purpose::Confirmation => signer.sign(Unsigned::<Confirmation>::from_body(body, identity))?.encode(),
        Purpose::BlinderRegistration => {
            signer.sign(Unsigned::<BlinderRegistration>::from_body(body, identity))?.encode()
        }
        Purpose::MemberRegistration => signer.sign(Unsigned::<MemberRegistration>::from_body(body, identity))?.encode(),
        Purpose::Response => signer.sign(Unsigned::<Response>::from_body(body, identity))?.encode(),
    })
}

/// Signs an unsigned object: `object` receives the whole one, and the caller owns it. `purpose`, `body` and `signer`
/// are what a `relight_unsigned` has; `identity` is the secret of the signer. Fails if an input does not decode, with
/// `RELIGHT_RESULT_WRONG_IDENTITY` if `identity` is not that of `signer`, and with `RELIGHT_RESULT_UNKNOWN_KIND` for a
/// purpose that is none of an object.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_sign(
    purpose: u8,
    body: RelightBytes,
    signer: RelightBytes,
    identity: RelightBytes,
    object: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(object, details, || {
        let key = identity.read("identity", IdentityKey::decode)?;
        let signer = signer.read("signer", IdentityPublicKey::from_bytes)?;
        Ok((&*signed(purpose, body.get("body")?, signer, &key)?).into())
    })
}

/// What a wallet signs as a personal message: `text` receives printable ASCII and newlines without a terminating zero,
/// and the caller owns it. `purpose` and `body` are what a `relight_unsigned` has. To introduce an identity, see
/// `relight_introduce`, the purpose is `RELIGHT_PURPOSE_IDENTITY` and `body` the name of the party or network. Fails
/// with `RELIGHT_RESULT_UNKNOWN_KIND` for another purpose.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_wallet_text(
    purpose: u8,
    body: RelightBytes,
    text: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(text, details, || Ok(purpose_of(purpose)?.wallet_text(body.get("body")?).as_bytes().into()))
}

/// Completes an unsigned object with what a wallet returned for `relight_wallet_text`: `object` receives the whole one,
/// and the caller owns it. `wallet` is 65 bytes `r || s || v` with v one of 0, 1, 27 and 28, or 64 bytes `r || s`, or
/// the 64 bytes of EIP-2098; a high `s` is made the low one. Fails if `body` or `signer` does not decode, with
/// `RELIGHT_RESULT_UNKNOWN_KIND` for a purpose that is none of an object, and with `RELIGHT_RESULT_WALLET_SIGNATURE`,
/// whose details say what is wrong: the length, v, the address that signed instead, or that it is no signature of the
/// text.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_complete_signature(
    purpose: u8,
    body: RelightBytes,
    signer: RelightBytes,
    wallet: RelightBytes,
    object: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(object, details, || {
        let signer = signer.read("signer", IdentityPublicKey::from_bytes)?;
        Ok((&*signed(purpose, body.get("body")?, signer, &Wallet(wallet.get("wallet")?))?).into())
    })
}

/// The identity of a wallet: `public_key` receives its 33 bytes, which the caller owns. Wallets show addresses; the
/// public key is recovered from what the wallet returned for the text of `RELIGHT_PURPOSE_IDENTITY` and `party`, the
/// name of the party or network. `address` is the wallet's address, 20 bytes, or empty. `wallet` is as for
/// `relight_complete_signature`; 64 bytes `r || s` need the address. Fails with `RELIGHT_RESULT_INVALID_LENGTH` for an
/// address of another length, and with `RELIGHT_RESULT_WALLET_SIGNATURE`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_introduce(
    party: RelightBytes,
    address: RelightBytes,
    wallet: RelightBytes,
    public_key: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(public_key, details, || {
        let address = address.read("address", |bytes| match bytes {
            [] => Ok(None),
            bytes => Ok(Some(Address(bytes.try_into().map_err(|_| Error::InvalidLength)?))),
        })?;
        let identity = IdentityPublicKey::introduce(party.get("party")?, address, wallet.get("wallet")?)?;
        Ok((&*identity.to_bytes()).into())
    })
}

/// The Ethereum address of an identity: how a wallet shows it.
#[repr(C)]
pub struct RelightAddress {
    /// The address.
    pub bytes: [u8; 20],
}

impl Output for RelightAddress {
    const EMPTY: Self = Self { bytes: [0; 20] };
}

impl From<Address> for RelightAddress {
    fn from(address: Address) -> Self {
        Self { bytes: address.0 }
    }
}

/// The address under which a wallet shows an identity: `address` receives it. `public_key` is the public half of the
/// identity, 33 bytes. Fails with `RELIGHT_RESULT_INVALID_POINT`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_identity_address(
    public_key: RelightBytes,
    address: *mut RelightAddress,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(address, details, || Ok(public_key.read("public_key", IdentityPublicKey::from_bytes)?.address().into()))
}

/// An address as wallets show it: `text` receives 0x and 40 hexadecimal digits with the checksum of EIP-55, without a
/// terminating zero, and the caller owns it.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_address_text(
    address: *const RelightAddress,
    text: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(text, details, || Ok(Address(borrow("address", address)?.bytes).to_string().as_bytes().into()))
}
