//! Every decoder, by a name and by a number: nothing panics, and what is accepted encodes to the same bytes.

use crate::{CURVES, NAME, WORLD};
use relight::curve::{CurveId, CurvePoint, SecretScalar};
use relight::sharing::{Identifier, VssCommitment};
use relight::{
    Backup, Blinder, BlinderPublicKey, KeyShare, MemberKey, MemberPublicKey, RecoveryPublicKey, Result, SecretKind,
    Statement,
    bundle::Bundle,
    dealing::{Ceremony, Certificate, Confirmation, Dealing, Evidence},
    decryption::DecryptionShare,
    identity::{IdentityKey, IdentityPublicKey},
    recovery::{Accusation, Authorisation, Request, RequestDraft, Response, Roster, Session},
    registration::{BlinderRegistration, MemberRegistration},
};

/// Decodes bytes, and looks at what comes of it.
type Decoder = fn(&[u8]);

macro_rules! round_trip {
    ($object:ty) => {
        |bytes| same(bytes, <$object>::decode(bytes).map(|object| object.encode().to_vec()))
    };
}

/// A secret object is taken for what it is, and for nothing else.
macro_rules! secret {
    ($kind:ident, $decode:expr) => {
        |bytes| {
            let decoded = $decode(bytes).map(|secret| secret.encode().to_vec());
            assert!(decoded.is_err() || SecretKind::of(bytes) == Ok(SecretKind::$kind), "a secret of another kind");
            same(bytes, decoded);
        }
    };
}

macro_rules! public_key {
    ($key:ty) => {
        |bytes| same(bytes, <$key>::from_bytes(bytes).map(|key| key.as_bytes().to_vec()))
    };
}

/// The decoders, each at its number.
pub const DECODERS: &[(&str, Decoder)] = &[
    ("accusation", round_trip!(Accusation)),
    ("authorisation", round_trip!(Authorisation)),
    ("backup", backup),
    ("blinder", secret!(Blinder, Blinder::decode)),
    ("blinder_public", public_key!(BlinderPublicKey)),
    ("blinder_registration", round_trip!(BlinderRegistration)),
    ("bundle", round_trip!(Bundle)),
    ("ceremony", round_trip!(Ceremony)),
    ("certificate", round_trip!(Certificate)),
    ("confirmation", round_trip!(Confirmation)),
    ("dealing", round_trip!(Dealing)),
    ("decryption_share", round_trip!(DecryptionShare)),
    ("evidence", round_trip!(Evidence)),
    ("identifier", |bytes| same(bytes, Identifier::from_bytes(bytes).map(|found| found.as_bytes().to_vec()))),
    ("identity", secret!(IdentityKey, IdentityKey::decode)),
    ("identity_public", |bytes| same(bytes, IdentityPublicKey::from_bytes(bytes).map(|key| key.to_bytes()))),
    ("key_share", secret!(KeyShare, KeyShare::decode)),
    ("member_key", secret!(MemberKey, MemberKey::decode)),
    ("member_public", public_key!(MemberPublicKey)),
    ("member_registration", round_trip!(MemberRegistration)),
    ("point", |bytes| on_curve(bytes, point)),
    ("recovery_public", public_key!(RecoveryPublicKey)),
    ("request", round_trip!(Request)),
    ("request_draft", round_trip!(RequestDraft)),
    ("response", round_trip!(Response)),
    ("roster", |bytes| same(bytes, Roster::decode(NAME, bytes).map(|roster| roster.encode()))),
    ("scalar", |bytes| on_curve(bytes, scalar)),
    ("session", secret!(Session, |bytes| Session::decode(NAME, bytes))),
    ("statement", round_trip!(Statement)),
    ("vss_commitment", round_trip!(VssCommitment)),
];

/// Gives bytes to the decoder that the first of them chooses.
pub fn decode(bytes: &[u8]) {
    if let Some((number, object)) = bytes.split_first() {
        DECODERS[usize::from(*number) % DECODERS.len()].1(object);
    }
}

/// An honest object of each kind, with a name, before which stands the number of its decoder.
pub fn seeds() -> Vec<(String, Vec<u8>)> {
    objects().into_iter().map(|(name, object)| (name.to_owned(), [&[number(name)], &object[..]].concat())).collect()
}

/// The decoder whose name the name begins with; of several the longest.
fn number(name: &str) -> u8 {
    let places = (0..).zip(DECODERS).filter(|(_, (decoder, _))| name.starts_with(decoder));
    places.max_by_key(|(_, (decoder, _))| decoder.len()).map(|(place, _)| place).expect("every seed has its decoder")
}

fn objects() -> Vec<(&'static str, Vec<u8>)> {
    let (secret, pair, party) = (&WORLD.shares[0], &WORLD.pair, WORLD.roster.party());
    let curve = secret.entry().public_share.curve();
    let place = CURVES.iter().position(|one| *one == curve).expect("a curve of the world") as u8;
    vec![
        ("accusation", pair.accusation.clone()),
        ("authorisation", pair.authorisations[0].clone()),
        ("backup", WORLD.backup.clone()),
        ("blinder", WORLD.blinder.encode().to_vec()),
        ("blinder_public", WORLD.blinder.public().as_bytes().to_vec()),
        ("blinder_registration", WORLD.blinder_registrations[0].encode()),
        ("blinder_registration_next", WORLD.blinder_registrations[1].encode()),
        ("bundle", WORLD.bundle.encode()),
        ("ceremony", WORLD.ceremony.encode()),
        ("ceremony_hand_over", WORLD.other_ceremonies[2].encode()),
        ("ceremony_repair", WORLD.other_ceremonies[1].encode()),
        ("ceremony_reshare", WORLD.other_ceremonies[0].encode()),
        ("certificate", WORLD.certificate.encode()),
        ("confirmation", WORLD.confirmations[0].clone()),
        ("dealing", WORLD.dealings[0].clone()),
        ("decryption_share", WORLD.decryption_shares(&WORLD.statement.digest())[0].encode()),
        ("evidence_bad_dealing", WORLD.evidence[0].clone()),
        ("evidence_two_confirmations", WORLD.evidence[2].clone()),
        ("evidence_two_dealings", WORLD.evidence[1].clone()),
        ("identifier", WORLD.roster.members()[1].identifier.as_bytes().to_vec()),
        ("identity", WORLD.identities[0].encode().to_vec()),
        ("identity_public", WORLD.identities[0].public().to_bytes()),
        ("key_share", secret.encode().to_vec()),
        ("member_key", WORLD.keys[0].encode().to_vec()),
        ("member_public", WORLD.keys[0].public().as_bytes().to_vec()),
        ("member_registration", WORLD.roster.members()[0].registration.encode()),
        ("point", [&[place], secret.entry().public_share.as_bytes()].concat()),
        ("recovery_public", party.public_key().as_bytes().to_vec()),
        ("request", pair.request.clone()),
        ("request_draft", pair.draft.clone()),
        ("response", WORLD.responses[0].clone()),
        ("roster", WORLD.roster.encode()),
        ("scalar", [&[place], secret.secret().expose_bytes()].concat()),
        ("session", WORLD.session.clone()),
        ("statement", WORLD.statement.encode()),
        ("vss_commitment", party.commitment().encode()),
    ]
}

fn same(bytes: &[u8], encoded: Result<Vec<u8>>) {
    assert!(encoded.is_err() || encoded.as_deref() == Ok(bytes), "not canonical");
}

/// The first byte chooses the curve.
fn on_curve(bytes: &[u8], decode: impl Fn(CurveId, &[u8])) {
    if let Some((curve, bytes)) = bytes.split_first() {
        decode(CURVES[usize::from(*curve) % CURVES.len()], bytes);
    }
}

/// A point is kept as its bytes: they are canonical if a sharing that never varies has the same share.
pub fn point(curve: CurveId, bytes: &[u8]) {
    let Ok(point) = CurvePoint::from_bytes(curve, bytes) else { return };
    let (constant, somewhere) = (VssCommitment::new(vec![point.clone()]), Identifier::new(1));
    let shares = constant.and_then(|constant| constant.public_shares(&[somewhere?]));
    assert_eq!(shares, Ok(vec![point]), "not canonical");
}

/// A scalar has a public point, unless it is zero.
pub fn scalar(curve: CurveId, bytes: &[u8]) {
    let Ok(scalar) = SecretScalar::from_bytes(curve, bytes) else { return };
    let is_zero = bytes.iter().all(|byte| *byte == 0);
    assert_eq!(CurvePoint::from_bytes(curve, scalar.public().as_bytes()).is_ok(), !is_zero);
}

/// The structure of a backup is read first, and its points only by who asks for its statement: no other order of the two
/// may let more through.
fn backup(bytes: &[u8]) {
    let Ok(backup) = Backup::decode(bytes) else { return };
    assert_eq!(backup.encode(), bytes, "not canonical");
    if let Ok(statement) = backup.claimed_statement() {
        assert!(bytes.starts_with(&statement.encode()), "another statement");
        assert!(backup.verify(&statement).is_err() || statement.compartments().len() == 1);
    }
}
