//! What a party has wrong by itself, it learns by itself: before it signs, and not as blame by others.

use crate::common::closing::{finish, receive_all};
use crate::common::recovery::{CONTEXT, NOW, Recovery, at, registered};
use crate::common::{EPOCH, KEY_CURVE, Party, Sharing, flipped, id, ids, index, patched, plan, resealed, rng, spliced};
use relight::curve::CurveId;
use relight::sharing::VssCommitment;
use relight::{
    Error, KeyShare, RegistrationFault,
    dealing::{Ceremony, Keys},
    identity::{IdentityKey, Purpose, Unsigned},
    recovery::{Review, Roster, RosterMember, Session},
    registration::MemberRegistration,
};
use std::sync::LazyLock;

static WORLD: LazyLock<Recovery> = LazyLock::new(|| Recovery::new(1));

/// The party after a refresh of the recovery key.
fn refreshed() -> (VssCommitment, Vec<KeyShare>) {
    let (parties, rng) = (&WORLD.party, &mut rng(2));
    let keys = Keys::Reshare(vec![WORLD.recovery.public.clone().into()]);
    let ceremony = Ceremony::new(common_plan(keys)).unwrap();
    let deal = |party: &Party| {
        let share = WORLD.share(party.index.get());
        ceremony.deal(party.index, &party.identity, &[share], rng).unwrap().encode()
    };
    let dealings: Vec<Vec<u8>> = parties.iter().map(deal).collect();
    let mut outcomes = finish(&ceremony, &dealings, parties);
    (outcomes[0].public.keys[0].clone(), outcomes.iter_mut().map(|outcome| outcome.shares.remove(0)).collect())
}

fn common_plan(keys: Keys) -> relight::dealing::Plan {
    relight::dealing::Plan { epoch: EPOCH + 1, ..plan(3, keys, &WORLD.party, &WORLD.party) }
}

//= spec/11-recovery.md#11-4-response
//= type=test
//# A member MUST check its own share and identity against the roster before it answers.
#[test]
fn a_share_from_before_a_refresh_is_found_by_its_member() {
    let (commitment, shares) = refreshed();
    let roster = Roster::new(CONTEXT, commitment.clone(), registered(&WORLD.party)).unwrap();
    let mut session =
        Session::new(roster.clone(), WORLD.statements.clone(), b"node", at(NOW), at(NOW), &mut rng(3)).unwrap();
    session = WORLD.authorise(session);
    let request = session.request().unwrap();
    let review = Review::new(&request, &WORLD.statements, &roster, at(NOW)).unwrap();
    let respond = |share| review.respond(share, &mut rng(4)).map(|unsigned| unsigned.sign(WORLD.identity(2)).unwrap());
    assert_eq!(respond(WORLD.share(2)), Err(Error::OtherSharing(0)));
    assert_eq!(review.respond_to(&[], WORLD.share(2), &mut rng(4)), Err(Error::OtherSharing(0)));
    // The old one is a share of the same key. If it were sent, it would look like a lie.
    assert_eq!(WORLD.share(2).public_key(), shares[1].public_key());
    let blamed = Error::BadDecryptionShares { members: vec![2] };
    let sent = WORLD.sealed(&request, 2, &WORLD.item(0, WORLD.share(2)));
    assert_eq!(session.receive(&sent, at(NOW)), Err(blamed));
    session.receive(&respond(&shares[1]).unwrap().encode(), at(NOW)).unwrap();
    // So in the next ceremony.
    let ceremony = Ceremony::new(common_plan(Keys::Reshare(vec![commitment.into()]))).unwrap();
    let deal = |share| ceremony.deal(index(2), WORLD.identity(2), &[share], &mut rng(5)).map(|_| ());
    assert_eq!([deal(&shares[1]), deal(WORLD.share(2))], [Ok(()), Err(Error::OtherSharing(0))]);
}

#[test]
fn a_share_file_with_its_last_bit_flipped_is_refused() {
    let file = WORLD.share(2).encode();
    assert!(KeyShare::decode(&file).is_ok());
    // The last bit of the secret, and that of the file.
    for at in [file.len() - 9, file.len() - 1] {
        assert_eq!(KeyShare::decode(&flipped(&file, at, 1)).unwrap_err(), Error::BadChecksum);
    }
    // Without the checksum it would be a share that the member does not have.
    let other = KeyShare::decode(&resealed(&flipped(&file, file.len() - 9, 1))).unwrap();
    let request = WORLD.session(2).request().unwrap();
    let refused = WORLD.review(&request).respond(&other, &mut rng(1));
    assert_eq!(refused, Err(Error::OtherSharing(0)));
}

#[test]
fn a_share_that_no_member_has_is_found_before_answering() {
    let request = WORLD.session(2).request().unwrap();
    let review = WORLD.review(&request);
    // A share of the same sharing, of a member that is not in this roster.
    let fifth = Recovery::of(5, 3, 2, 1);
    let of_five = |number: usize| KeyShare::decode(&fifth.recovery.shares[number - 1].encode()).unwrap();
    let smaller = Roster::new(CONTEXT, fifth.recovery.public.clone(), registered(&fifth.party[..4])).unwrap();
    let mut session =
        Session::new(smaller.clone(), fifth.statements.clone(), b"node", at(NOW), at(NOW), &mut rng(3)).unwrap();
    session = fifth.authorise(session);
    let request_to_four = session.request().unwrap();
    let to_four = Review::new(&request_to_four, &fifth.statements, &smaller, at(NOW)).unwrap();
    let respond = |share: &KeyShare| to_four.respond(share, &mut rng(4)).map(|_| ());
    assert_eq!([respond(&of_five(4)), respond(&of_five(5))], [Ok(()), Err(Error::UnusedIdentifier(id(5)))]);
    // The share of one member under the identifier of another, or of none.
    let named = |number: u8| {
        let file = WORLD.share(2).encode();
        let identifier = 2 + 8 + 2 + 48 + 1;
        KeyShare::decode(&resealed(&patched(&file, identifier, &[number]))).unwrap()
    };
    let respond = |share: &KeyShare| review.respond(share, &mut rng(4)).map(|_| ());
    assert_eq!([respond(&named(2)), respond(&named(3))], [Ok(()), Err(Error::OtherSharing(0))]);
    assert_eq!(respond(&named(9)), Err(Error::UnusedIdentifier(id(9))));
}

#[test]
fn a_member_without_a_share_is_told_so() {
    let rng = &mut rng(6);
    let recovery = Sharing::of(crate::common::vanishing(CurveId::Bls12381G1, 2, &[id(2)], rng), &ids(1..=4));
    let party = Party::group(1..=4, rng);
    let roster = Roster::new(CONTEXT, recovery.public.clone(), registered(&party)).unwrap();
    let blinders = vec![relight::Blinder::generate(rng)];
    let statements = vec![crate::common::recovery::statement(&roster, 1, &blinders[0], rng)];
    let world = Recovery { party, recovery, roster, blinders, statements };
    let request = world.session(3).request().unwrap();
    // The shares are those of 1, 3 and 4; the first under the identifier 2 is the member's as little as any other.
    let renamed = patched(&world.recovery.shares[0].encode(), 2 + 8 + 2 + 48 + 1, &[2]);
    let renamed = KeyShare::decode(&resealed(&renamed)).unwrap();
    assert_eq!(world.review(&request).respond(&renamed, rng), Err(Error::Shareless(2)));
    assert!(world.review(&request).respond(&world.recovery.shares[0], rng).is_ok());
}

#[test]
fn another_members_identity_is_found_before_answering() {
    let request = WORLD.session(2).request().unwrap();
    let respond = |identity: &IdentityKey| {
        let unsigned = WORLD.review(&request).respond(WORLD.share(2), &mut rng(4)).unwrap();
        assert_eq!(unsigned.signer(), WORLD.roster.identity(index(2)).unwrap());
        unsigned.sign(identity).map(|_| ())
    };
    assert_eq!([respond(WORLD.identity(2)), respond(WORLD.identity(3))], [Ok(()), Err(Error::WrongIdentity)]);
    let ceremony = Ceremony::new(common_plan(Keys::Generate(vec![KEY_CURVE]))).unwrap();
    let deal = |identity| ceremony.deal(index(2), identity, &[], &mut rng(5));
    assert_eq!(deal(WORLD.identity(3)).map(|_| ()), Err(Error::WrongIdentity));
    let dealings: Vec<Vec<u8>> = WORLD
        .party
        .iter()
        .map(|party| ceremony.deal(party.index, &party.identity, &[], &mut rng(5)).unwrap().encode())
        .collect();
    let confirm = |identity| {
        let mut received = receive_all(&ceremony, &dealings);
        received.confirm(index(2), &WORLD.party[1].key).unwrap().sign(identity).map(|_| ())
    };
    assert_eq!([confirm(WORLD.identity(2)), confirm(WORLD.identity(3))], [Ok(()), Err(Error::WrongIdentity)]);
    // With the signature of another written under it, everybody else would refuse it as badly signed.
    let unsigned = WORLD.review(&request).respond(WORLD.share(2), &mut rng(4)).unwrap();
    let misread = Unsigned::<relight::recovery::Response>::from_body(unsigned.body(), WORLD.identity(3).public());
    let sent = misread.sign(WORLD.identity(3)).unwrap().encode();
    assert_eq!(WORLD.session(2).receive(&sent, at(NOW)), Err(Error::BadSignature));
}

#[test]
fn a_recipient_with_another_member_key_does_not_confirm() {
    let ceremony = Ceremony::new(common_plan(Keys::Generate(vec![KEY_CURVE]))).unwrap();
    let deal = |party: &Party| ceremony.deal(party.index, &party.identity, &[], &mut rng(5)).unwrap().encode();
    let dealings: Vec<Vec<u8>> = WORLD.party.iter().map(deal).collect();
    let confirm = |number: u16, key: usize| {
        receive_all(&ceremony, &dealings).confirm(index(number), &WORLD.party[key].key).map(|_| ())
    };
    assert_eq!([confirm(2, 1), confirm(2, 2)], [Ok(()), Err(Error::WrongMemberKey)]);
    assert_eq!(confirm(9, 1), Err(Error::UnknownRecipient(9)));
}

#[test]
fn an_old_roster_is_told_apart_and_blames_nobody() {
    let (commitment, shares) = refreshed();
    let new = Roster::new(CONTEXT, commitment, registered(&WORLD.party)).unwrap();
    // A fresh node that has the roster from before the refresh.
    let session = WORLD.session(2);
    let request = session.request().unwrap();
    let at_member = |roster| Review::new(&request, &WORLD.statements, roster, at(NOW)).map(|_| ());
    assert_eq!([at_member(&WORLD.roster), at_member(&new)], [Ok(()), Err(Error::RosterMismatch)]);
    // If the member answered, it would be the one to blame: its share is good, and the node's roster is old.
    let sent = WORLD.sealed(&request, 2, &WORLD.item(0, &shares[1]));
    let blamed = Error::BadDecryptionShares { members: vec![2] };
    assert_eq!(WORLD.session(2).receive(&sent, at(NOW)), Err(blamed));
    // At the node: the roster in a stored session is the one that its draft names.
    let (old_bytes, new_bytes) = (WORLD.roster.encode(), new.encode());
    let stored = session.encode();
    let at = stored.windows(old_bytes.len()).position(|bytes| bytes == old_bytes).unwrap();
    let with = |roster: &[u8]| {
        let part = [&(roster.len() as u32).to_be_bytes(), roster].concat();
        Session::decode(CONTEXT, &resealed(&spliced(&stored, at - 4..at + old_bytes.len(), &part))).map(|_| ())
    };
    assert_eq!([with(&old_bytes), with(&new_bytes)], [Ok(()), Err(Error::RosterMismatch)]);
    // And no accusation holds where another roster is known.
    let accusation = WORLD.session(2).accuse(&sent).unwrap();
    assert_eq!(accusation.verify(&new, &WORLD.statements), Err(Error::RosterMismatch));
}

/// A roster in which the registrations at some places are others.
fn roster_with(change: impl Fn(&mut Vec<RosterMember>)) -> Result<(), Error> {
    let mut members = registered(&WORLD.party);
    change(&mut members);
    Roster::new(CONTEXT, WORLD.recovery.public.clone(), members).map(|_| ())
}

//= spec/11-recovery.md#11-1-roster
//= type=test
//# A roster in which two members have one identity or one member key MUST be refused, with DuplicateKey, which names
//# both.
#[test]
fn a_roster_with_a_bad_registration_accuses_no_member() {
    assert_eq!(roster_with(|_| ()), Ok(()));
    let third = WORLD.party[2].register(CONTEXT, &mut rng(1)).encode();
    let replaced = |bytes: &[u8]| {
        let registration = MemberRegistration::decode(bytes).unwrap();
        roster_with(|members| members[2].registration = registration.clone())
    };
    let bad = |fault| Err(Error::InvalidRegistration { member: 3, fault });
    // Whoever puts a roster together can write anything into it in the name of anybody.
    let elsewhere = WORLD.party[2].register(b"elsewhere", &mut rng(1)).encode();
    assert_eq!(replaced(&elsewhere), bad(RegistrationFault::Party));
    let unsigned = flipped(&third, third.len() - 1, 1);
    assert_eq!(replaced(&unsigned), bad(RegistrationFault::Signature));
    let unproved = &flipped(&third, third.len() - 66, 1)[..third.len() - 65];
    let unproved = crate::common::signed(unproved, Purpose::MemberRegistration, WORLD.identity(3));
    assert_eq!(replaced(&unproved), bad(RegistrationFault::SchnorrProof));
    let text = Error::InvalidRegistration { member: 3, fault: RegistrationFault::Signature }.to_string();
    assert!(text.contains("member 3, not signed by its identity"), "{text}");
    // Two members with one key are named both; the identity comes first.
    let again = |index_of: u16, identity: usize, key: usize| {
        let (key, rng) = (&WORLD.party[key].key, &mut rng(1));
        let identity = &WORLD.party[identity].identity;
        let unsigned = MemberRegistration::first(CONTEXT, index(index_of), &identity.public(), key, rng);
        let registration = unsigned.unwrap().sign(identity).unwrap();
        roster_with(|members| members[usize::from(index_of) - 1].registration = registration.clone())
    };
    assert_eq!(again(3, 2, 2), Ok(()));
    assert_eq!(again(3, 0, 2), Err(Error::DuplicateKey(1, 3)));
    assert_eq!(again(3, 2, 3), Err(Error::DuplicateKey(3, 4)));
    assert_eq!(again(3, 1, 0), Err(Error::DuplicateKey(2, 3)));
    // So are those whose indices are equal, or do not ascend.
    assert_eq!(roster_with(|members| members.swap(1, 2)), Err(Error::InvalidIndex(2)));
    assert_eq!(roster_with(|members| members[2] = members[1].clone()), Err(Error::DuplicateIndex(2)));
}

#[test]
fn a_stored_session_with_any_bit_flipped_is_refused() {
    let mut session = WORLD.session(2);
    session.attest(b"quote").unwrap();
    let request = session.request().unwrap();
    session.receive(&WORLD.answer(&request, 2), at(NOW)).unwrap();
    session.receive(&WORLD.answer_to(&request, 3, &[1]), at(NOW)).unwrap();
    let stored = session.encode();
    assert!(Session::decode(CONTEXT, &stored).is_ok());
    for at in 0..stored.len() {
        for bit in 0..8 {
            assert!(Session::decode(CONTEXT, &flipped(&stored, at, 1 << bit)).is_err(), "byte {at}, bit {bit}");
        }
    }
}
