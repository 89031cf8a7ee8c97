//! The public bundle of a network: what is accepted, and every way to refuse it.

use crate::common::recovery::{CONTEXT, register, registered};
use crate::common::{EPOCH, KEY_CURVE, Party, flipped, id, patched, rng, spliced};
use crate::site::{CURVES, NAME, NODES, WORLD, blinder, edited, generated, node, refusal, verify};
use proptest::prelude::*;
use relight::curve::CurveId;
use relight::sharing::VssCommitment;
use relight::{
    Digest, Error, Field, RegistrationFault,
    bundle::{Bundle, Certified},
    coverage::{FormerEpoch, Holding, Network},
    dealing::Certificate,
    identity::IdentityKey,
    recovery::{Roster, RosterMember},
};

fn decoded(bytes: &[u8]) -> Error {
    Bundle::decode(bytes).unwrap_err()
}

/// Where a part of an encoding stands in it.
fn place(bytes: &[u8], part: &[u8]) -> usize {
    bytes.windows(part.len()).position(|window| window == part).expect("the part is there")
}

/// The encoding with a part of it replaced by another one of its length.
fn replaced(bytes: &[u8], part: &[u8], by: &[u8]) -> Bundle {
    assert_eq!(part.len(), by.len());
    Bundle::decode(&patched(bytes, place(bytes, part), by)).unwrap()
}

#[test]
fn an_honest_bundle_gives_all_that_is_public() {
    let bundle = WORLD.bundle();
    assert_eq!((bundle.network(), bundle.epoch()), (NAME, EPOCH));
    let digest = bundle.digest();
    let verified = Bundle::decode(&bundle.encode()).unwrap().verify(&digest).unwrap();
    assert_eq!((verified.bundle(), verified.roster()), (&bundle, &WORLD.roster));
    assert_eq!((verified.network(), verified.party()), (&WORLD.network, CONTEXT));
    assert_eq!(verified.recovery_certificate(), Some(&WORLD.recovery));
    assert_eq!(verified.key_certificates(), std::slice::from_ref(&WORLD.roots));
    for node in &WORLD.network.nodes {
        assert_eq!(verified.statement(&node.name).unwrap(), Some(&WORLD.network.statement(node).unwrap()));
    }
    assert_eq!(verified.statements().count(), usize::from(NODES));
    assert_eq!(verified.statement(b"node-9"), Err(Error::Mismatch(Field::Node)));
}

#[test]
fn nobody_need_vouch_for_keys() {
    let bare = Bundle::new(CONTEXT, &WORLD.roster, &WORLD.network).unwrap();
    let verified = verify(bare.clone()).unwrap();
    assert_eq!((verified.recovery_certificate(), verified.key_certificates()), (None, &[][..]));
    assert_eq!(verified.network(), &WORLD.network);
    assert_ne!(bare.digest(), WORLD.bundle().digest());
}

#[test]
fn a_node_whose_shares_are_zero_has_no_statement() {
    let rng = &mut rng(7);
    let zero = crate::common::Sharing::of(crate::common::vanishing(KEY_CURVE, 3, &[id(2)], rng), &[id(1)]);
    let network = edited(&WORLD.network, |network| {
        network.keys = vec![zero.public];
        network.former.clear();
        network.nodes.iter_mut().for_each(|node| node.shares.truncate(1));
    });
    let verified = verify(Bundle::new(CONTEXT, &WORLD.roster, &network).unwrap()).unwrap();
    assert_eq!(verified.statement(b"node-2"), Ok(None));
    assert!(verified.statement(b"node-1").unwrap().is_some());
}

#[test]
fn the_code_is_that_of_the_digest() {
    let bundle = WORLD.bundle();
    let code = bundle.short_code();
    assert_eq!(code.split(' ').map(str::len).collect::<Vec<_>>(), [5; 8]);
    assert_eq!(Bundle::decode(&bundle.encode()).unwrap().short_code(), code);
    let hash: [u8; 32] = crate::common::xof("bundle-code", &[bundle.digest().as_bytes()]);
    let half = |half: &[u8]| format!("{:020}", u128::from_be_bytes(half.try_into().unwrap()) % 10u128.pow(20));
    assert_eq!(code.replace(' ', ""), half(&hash[..16]) + &half(&hash[16..]));
    assert_ne!(WORLD.changed(|network| network.epoch += 1).short_code(), code);
}

//= spec/10-backup.md#10-7-bundle
//= type=test
//# A verifier MUST take the digest of the bundle from a party that it trusts, and MUST refuse a bundle of another
//# digest, with BundleMismatch, before it looks at anything else.
#[test]
fn another_digest_is_refused_before_anything_is_looked_at() {
    let digest = WORLD.bundle().digest();
    let other = WORLD.changed(|network| network.nodes[0].operator = network.nodes[1].operator.clone());
    assert_eq!(other.clone().verify(&digest), Err(Error::BundleMismatch));
    assert_eq!(refusal(other), Error::Mismatch(Field::Operator));
    assert_eq!(WORLD.bundle().verify(&Digest::from_bytes([0; 32])), Err(Error::BundleMismatch));
}

#[test]
fn a_roster_that_does_not_hold_is_refused() {
    let (bytes, member) = (WORLD.bundle().encode(), WORLD.roster.members()[1].registration.encode());
    let invalid = |member, fault| Error::InvalidRegistration { member, fault };
    let flip = |offset| refusal(replaced(&bytes, &member, &flipped(&member, offset, 1)));
    assert_eq!(flip(member.len() - 1), invalid(2, RegistrationFault::Signature));
    assert_eq!(flip(member.len() - 66), invalid(2, RegistrationFault::Signature));
    let party = [&[CONTEXT.len() as u8], CONTEXT].concat();
    let other = patched(&bytes, place(&bytes, &party), b"\x05pArty");
    assert_eq!(refusal(Bundle::decode(&other).unwrap()), invalid(1, RegistrationFault::Party));
    let roster = WORLD.roster.encode();
    assert_eq!(refusal(replaced(&bytes, &roster, &flipped(&roster, 0, 2))), Error::UnsupportedVersion(3));
}

/// What an audit would call inconsistent.
#[test]
fn an_inconsistent_network_is_refused() {
    let refuse = |error: Error, change: &dyn Fn(&mut Network)| {
        let network = edited(&WORLD.network, change);
        assert_eq!(network.audit::<Vec<u8>>(&[]).unwrap_err(), error);
        assert_eq!(refusal(WORLD.with(&network)), error);
    };
    refuse(Error::DuplicateIndex(3), &|network| network.nodes[2].name = b"node-1".to_vec());
    refuse(Error::InvalidIndex(2), &|network| network.nodes[2].shares[0].key = 2);
    let lost = Holding { key: 1, identifier: id(2) };
    refuse(Error::DuplicateIdentifier(id(2)), &|network| network.nodes[2].shares[1] = lost);
    refuse(Error::InvalidLength, &|network| network.former[0].keys.truncate(1));
    let (expected, found) = (KEY_CURVE, CurveId::Bls12381G1);
    refuse(Error::WrongCurve { expected, found }, &|network| network.former[1].keys.reverse());
}

//= spec/10-backup.md#10-7-bundle
//= type=test
//# A verifier MUST refuse a bundle in which the registrations of a node do not hold.
#[test]
fn a_node_that_is_not_registered_is_refused() {
    let own = &WORLD.nodes[1].identity;
    let with = |registrations: Vec<_>| refusal(WORLD.changed(|network| network.nodes[1].registrations = registrations));
    let stranger = IdentityKey::generate(&mut rng(8));
    let of = |network, node, operator| vec![register(&blinder(2, 0), network, node, operator)];
    assert_eq!(with(of(NAME, b"node-2", &stranger)), Error::Mismatch(Field::Operator));
    assert_eq!(with(of(NAME, b"node-1", own)), Error::Mismatch(Field::Node));
    assert_eq!(with(of(b"netwerk", b"node-2", own)), Error::Mismatch(Field::Network));
    let chain = node(2, own, 2).registrations;
    assert_eq!(with(vec![chain[0].clone(), chain[2].clone()]), Error::BrokenSuccession(3));
    assert_eq!(with(vec![chain[0].clone(), chain[1].clone(), chain[0].clone()]), Error::RetiredRegistration(1));
    let (bytes, good) = (WORLD.bundle().encode(), WORLD.network.nodes[1].registrations[0].encode());
    assert_eq!(refusal(replaced(&bytes, &good, &flipped(&good, good.len() - 1, 1))), Error::BadSignature);
}

#[test]
fn a_circular_statement_is_refused() {
    let network = edited(&WORLD.network, |network| {
        network.keys[1] = WORLD.roster.party().commitment().clone();
        network.former.clear();
    });
    assert_eq!(refusal(Bundle::new(CONTEXT, &WORLD.roster, &network).unwrap()), Error::CircularStatement);
}

//= spec/10-backup.md#10-7-bundle
//= type=test
//# A verifier MUST refuse a bundle whose certificates vouch for other keys than it lists, with BadCertificate.
#[test]
fn certificates_vouch_for_exactly_the_keys_that_are_listed() {
    let with = |certified: Vec<Certified>| refusal(WORLD.bundle().with_key_certificates(certified));
    let (other, keys) = generated(&WORLD.nodes, 2, &CURVES, EPOCH);
    assert_eq!(with(vec![other.clone()]), Error::BadCertificate);
    assert_eq!(refusal(WORLD.changed(|network| network.keys = keys)), Error::BadCertificate);
    let (fewer, _) = generated(&WORLD.nodes, 3, &CURVES[..1], EPOCH);
    assert_eq!(with(vec![fewer]), Error::BadCertificate);
    let (more, _) = generated(&WORLD.nodes, 3, &[CURVES[0], CURVES[1], CURVES[0]], EPOCH);
    assert_eq!(with(vec![more]), Error::InvalidLength);
    assert_eq!(with(vec![WORLD.roots.clone(), WORLD.roots.clone()]), Error::InvalidLength);
    let mixed = Certified { certificate: other.certificate, ..WORLD.roots.clone() };
    assert_eq!(with(vec![mixed]), Error::CeremonyMismatch);
    let foreign = Bundle::with_recovery_certificate(WORLD.bundle(), generated(&WORLD.members, 2, &CURVES[1..], 2).0);
    assert_eq!(refusal(foreign), Error::BadCertificate);
}

#[test]
fn keys_of_several_ceremonies_are_vouched_for_in_their_order() {
    let (first, mut keys) = generated(&WORLD.nodes, 3, &CURVES[..1], EPOCH);
    let (second, others) = generated(&WORLD.nodes, 3, &CURVES[1..], EPOCH);
    keys.extend(others);
    let bundle = WORLD.changed(|network| network.keys = keys);
    let with = |certified: &[&Certified]| {
        verify(bundle.clone().with_key_certificates(certified.iter().copied().cloned().collect()))
    };
    assert_eq!(with(&[&first, &second]).unwrap().key_certificates().len(), 2);
    assert_eq!(with(&[&second, &first]), Err(Error::BadCertificate));
    assert_eq!(with(&[&first]), Err(Error::InvalidLength), "all keys or none");
}

#[test]
fn a_certificate_that_does_not_verify_is_refused() {
    let bytes = WORLD.recovery.certificate.encode();
    let certificate = Certificate::decode(&flipped(&bytes, bytes.len() - 1, 1)).unwrap();
    let damaged = Certified { certificate, ..WORLD.recovery.clone() };
    assert_eq!(refusal(WORLD.bundle().with_recovery_certificate(damaged)), Error::BadSignature);
    let bytes = WORLD.roots.certificate.encode();
    let confirmations = bytes.len() - 4 - 67 * usize::from(NODES);
    let fewer = [&bytes[..confirmations], &(2 * 67u32).to_be_bytes(), &bytes[confirmations + 4..][..2 * 67]].concat();
    let few = Certified { certificate: Certificate::decode(&fewer).unwrap(), ..WORLD.roots.clone() };
    let refused = refusal(WORLD.bundle().with_key_certificates(vec![few]));
    assert_eq!(refused, Error::NotClosed { have: 2, need: 3 });
}

/// A roster of the certified recovery key in which one member is another one.
fn other_roster(change: impl FnOnce(&mut Vec<RosterMember>)) -> Bundle {
    let mut members = registered(&WORLD.members);
    change(&mut members);
    let roster = Roster::new(CONTEXT, WORLD.roster.party().commitment().clone(), members).unwrap();
    let bundle = Bundle::new(CONTEXT, &roster, &WORLD.network).unwrap();
    assert!(verify(bundle.clone()).is_ok());
    bundle.with_recovery_certificate(WORLD.recovery.clone())
}

//= spec/10-backup.md#10-7-bundle
//= type=test
//# A verifier MUST refuse a bundle in which a recipient confirmed the recovery key and no member has its identifier,
//# with UnusedIdentifier, or one of another identity has, with Mismatch(Identity).
#[test]
fn who_confirmed_the_recovery_key_is_a_member() {
    let left = other_roster(|members| drop(members.remove(2)));
    assert_eq!(refusal(left), Error::UnusedIdentifier(id(3)));
    let moved = other_roster(|members| members[1].identifier = id(9));
    assert_eq!(refusal(moved), Error::UnusedIdentifier(id(2)));
    let other = other_roster(|members| members[0] = registered(&Party::group([1], &mut rng(9))).remove(0));
    assert_eq!(refusal(other), Error::Mismatch(Field::Identity));
    let joined = other_roster(|members| members.extend(registered(&Party::group([4], &mut rng(9)))));
    assert!(verify(joined).is_ok(), "a member that was enrolled later");
}

//= spec/10-backup.md#10-7-bundle
//= type=test
//# A verifier MUST refuse a bundle in which a recipient confirmed root keys and no node holds a share at its
//# identifier, with UnusedIdentifier.
#[test]
fn what_was_dealt_is_held() {
    let away = |network: &mut Network| network.nodes[3].shares.iter_mut().for_each(|held| held.identifier = id(9));
    assert_eq!(refusal(WORLD.changed(away)), Error::UnusedIdentifier(id(4)));
}

#[test]
fn root_keys_are_of_the_epoch() {
    assert_eq!(refusal(WORLD.changed(|network| network.epoch += 1)), Error::Mismatch(Field::Epoch));
}

#[test]
fn what_cannot_be_encoded_is_not_put_together() {
    let refused = |change: &dyn Fn(&mut Network)| {
        Bundle::new(CONTEXT, &WORLD.roster, &edited(&WORLD.network, change)).unwrap_err()
    };
    let other = registered(&WORLD.members);
    let stranger = generated(&WORLD.members, 2, &CURVES[1..], 3).1.remove(0);
    let roster = Roster::new(CONTEXT, stranger, other).unwrap();
    assert_eq!(Bundle::new(CONTEXT, &roster, &WORLD.network), Err(Error::Mismatch(Field::RecoveryKey)));
    assert_eq!(Bundle::new(&[0; 256], &WORLD.roster, &WORLD.network), Err(Error::InvalidLength));
    assert_eq!(refused(&|network| network.name = vec![0; 256]), Error::InvalidLength);
    assert_eq!(refused(&|network| network.nodes[1].name = vec![0; 256]), Error::InvalidLength);
    assert_eq!(refused(&|network| network.nodes.clear()), Error::InvalidLength);
    assert_eq!(refused(&|network| network.keys.clear()), Error::InvalidLength);
    assert_eq!(refused(&|network| network.nodes[1].registrations.clear()), Error::InvalidLength);
    assert_eq!(refused(&|network| network.nodes[1].shares.clear()), Error::InvalidLength);
    assert_eq!(refused(&|network| network.former[0].keys.clear()), Error::InvalidLength);
    assert_eq!(refused(&|network| network.former.reverse()), Error::Mismatch(Field::Epoch));
}

//= spec/10-backup.md#10-7-bundle
//= type=test
//# A decoder MUST refuse former epochs that do not ascend, or of which the last is not before the bundle's, with
//# Mismatch(Epoch).
#[test]
fn former_epochs_ascend_to_the_bundles() {
    let bytes = WORLD.bundle().encode();
    let former: Vec<usize> = WORLD.network.former.iter().map(|former| epoch_at(&bytes, former)).collect();
    let number = |place: usize, epoch: u64| decoded(&patched(&bytes, place, &epoch.to_be_bytes()));
    assert_eq!(number(former[0], EPOCH - 1), Error::Mismatch(Field::Epoch));
    assert_eq!(number(former[1], EPOCH - 2), Error::Mismatch(Field::Epoch));
    assert_eq!(number(former[1], EPOCH), Error::Mismatch(Field::Epoch));
    assert_eq!(number(2 + 1 + NAME.len(), EPOCH - 1), Error::Mismatch(Field::Epoch));
}

fn epoch_at(bytes: &[u8], former: &FormerEpoch) -> usize {
    place(bytes, &former.keys[0].encode()) - 4 - 8
}

#[test]
fn decoding_is_strict() {
    let bytes = WORLD.bundle().encode();
    assert_eq!(Bundle::decode(&bytes).unwrap().encode(), bytes);
    for length in (0..bytes.len()).step_by(37).chain([bytes.len() - 1]) {
        assert_eq!(decoded(&bytes[..length]), Error::Truncated, "{length} bytes");
    }
    assert_eq!(decoded(&[&bytes[..], &[0]].concat()), Error::TrailingBytes);
    assert_eq!(decoded(&patched(&bytes, 0, &[2])), Error::UnsupportedVersion(2));
    assert_eq!(decoded(&patched(&bytes, 1, &[9])), Error::UnknownParameterSet(9));
    let key = place(&bytes, &WORLD.network.keys[0].encode());
    assert_eq!(decoded(&patched(&bytes, key, &[0xff, 0xff])), Error::UnknownCurve(0xffff));
    assert_eq!(decoded(&patched(&bytes, key + 6, &[9])), Error::InvalidPoint);
    let operator = place(&bytes, b"\x06node-1!".strip_suffix(b"!").unwrap());
    assert_eq!(decoded(&patched(&bytes, operator + 7, &[0])), Error::InvalidPoint);
    let ceremony = place(&bytes, &WORLD.recovery.ceremony.encode());
    assert_eq!(decoded(&patched(&bytes, ceremony, &[7])), Error::UnsupportedVersion(7));
    let certificate = place(&bytes, &WORLD.recovery.certificate.encode());
    assert_eq!(decoded(&patched(&bytes, certificate, &[8])), Error::UnsupportedVersion(8));
}

#[test]
fn what_must_not_be_empty_is_refused() {
    let bytes = WORLD.bundle().encode();
    let emptied = |part: &[u8]| {
        let start = place(&bytes, part);
        assert_eq!(bytes[start - 4..start], (part.len() as u32).to_be_bytes());
        decoded(&spliced(&bytes, start - 4..start + part.len(), &[0; 4]))
    };
    assert_eq!(emptied(&WORLD.roster.encode()), Error::InvalidLength);
    let keys: Vec<_> = WORLD.network.keys.iter().flat_map(VssCommitment::encode).collect();
    assert_eq!(emptied(&keys), Error::InvalidLength);
    let registrations = WORLD.network.nodes[0].registrations[0].encode();
    assert_eq!(emptied(&registrations), Error::InvalidLength);
    // The one share of each key, at the node's identifier.
    let start = place(&bytes, &registrations) + registrations.len();
    assert_eq!(bytes[start..start + 12], [0, 0, 0, 8, 0, 0, 1, 1, 0, 1, 1, 1]);
    assert_eq!(decoded(&spliced(&bytes, start..start + 12, &[0; 4])), Error::InvalidLength);
    let nodes = place(&bytes, b"\x06node-1");
    let end = epoch_at(&bytes, &WORLD.network.former[0]) - 4;
    assert_eq!(decoded(&spliced(&bytes, nodes - 4..end, &[0; 4])), Error::InvalidLength);
    let identifier = start + 6;
    assert_eq!(decoded(&patched(&bytes, identifier + 1, &[0])), Error::InvalidIdentifier);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whoever changes a byte changes the digest; whoever tells the digest of what they changed is still held to the rest.
    #[test]
    fn no_change_goes_unseen(place in any::<prop::sample::Index>(), mask in 1u8..) {
        let (bytes, digest) = (WORLD.bundle().encode(), WORLD.bundle().digest());
        let changed = flipped(&bytes, place.index(bytes.len()), mask);
        if let Ok(bundle) = Bundle::decode(&changed) {
            prop_assert_eq!(bundle.encode(), changed);
            prop_assert_eq!(bundle.clone().verify(&digest), Err(Error::BundleMismatch));
            if let Ok(verified) = verify(bundle) {
                prop_assert_ne!(verified.bundle().digest(), digest);
            }
        }
    }
}
