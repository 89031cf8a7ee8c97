//! Public objects in the formats of serde: one for people, JSON, and one of bytes, BARE.

use crate::common::closing::{certify, confirm, receive_all};
use crate::common::recovery::{CONTEXT, NOW, Recovery, at, register};
use crate::common::{Party, World, id, plan, rng};
use crate::site;
use relight::curve::CurveId;
use relight::dealing::{Ceremony, Certificate, Confirmation, Dealing, Evidence, Keys};
use relight::identity::{IdentityPublicKey, Unsigned};
use relight::recovery::{Accusation, Authorisation, Request, RequestDraft, Response};
use relight::registration::{BlinderRegistration, MemberRegistration};
use relight::sharing::{Identifier, VssCommitment};
use relight::{
    Backup, BlinderPublicKey, Digest, MemberKey, MemberPublicKey, RecoveryPublicKey, Statement, StatementDigest,
    bundle::Bundle,
};
use serde::{Serialize, de::DeserializeOwned};

/// An object is written as its encoding and read as it was, and nothing but that is read.
fn check<T: Serialize + DeserializeOwned>(object: &T, encoding: &[u8]) {
    let text = hex::encode(encoding);
    assert_eq!(serde_json::to_string(object).unwrap(), format!("\"{text}\""));
    let bytes = serde_bare::to_vec(object).unwrap();
    assert!(bytes.ends_with(encoding) && bytes.len() <= encoding.len() + 5);
    let again: T = serde_json::from_str(&format!("\"{text}\"")).unwrap();
    assert_eq!(serde_bare::to_vec(&again).unwrap(), bytes);
    let again: T = serde_bare::from_slice(&bytes).unwrap();
    assert_eq!(serde_bare::to_vec(&again).unwrap(), bytes);
    let wrong = ["", "0", "zz", &format!("0x{text}"), &format!("{text} "), &format!("{text}0"), &format!("{text}AA")];
    for wrong in wrong {
        assert!(serde_json::from_value::<T>(wrong.into()).is_err(), "{wrong}");
    }
    let upper = text.to_uppercase();
    assert!(upper == text || serde_json::from_value::<T>(upper.into()).is_err());
    assert!(serde_json::from_value::<T>(encoding.into()).is_err());
}

/// Like [`check`], for objects that none of their encodings begins or ends.
fn check_whole<T: Serialize + DeserializeOwned>(object: &T, encoding: &[u8]) {
    check(object, encoding);
    assert!(serde_bare::from_slice::<T>(&serde_bare::to_vec("text").unwrap()).is_err());
    let text = hex::encode(encoding);
    for wrong in [&text[2..], &text[..text.len() - 2], &format!("{text}00")] {
        assert!(serde_json::from_value::<T>(wrong.into()).is_err());
    }
}

#[test]
fn keys_identifiers_and_digests() {
    let party = Party::new(1, &mut rng(1));
    let (identity, member) = (party.identity.public(), party.key.public());
    check_whole::<IdentityPublicKey>(&identity, &identity.to_bytes());
    check_whole::<MemberPublicKey>(&member, member.as_bytes());
    check_whole(&BlinderPublicKey::from_bytes(member.as_bytes()).unwrap(), member.as_bytes());
    check_whole(&RecoveryPublicKey::from_bytes(member.as_bytes()).unwrap(), member.as_bytes());
    check::<Identifier>(&id(300), &[1, 44]);
    check_whole(&Digest::from_bytes([7; 32]), &[7; 32]);
    check_whole(&StatementDigest::from_bytes([7; 32]), &[7; 32]);
}

#[test]
fn objects_of_a_recovery() {
    let world = World::new(50);
    check_whole::<Statement>(&world.expected, &world.expected.encode());
    check_whole::<Backup>(&world.backup, &world.backup.encode());
    check_whole::<VssCommitment>(&world.recovery.public, &world.recovery.public.encode());
    let (recovery, _) = Recovery::around(world);
    let mut session = recovery.session(51);
    check_whole::<RequestDraft>(session.draft(), &session.draft().encode());
    let authorisation = recovery.authorisation(session.draft(), 0).unwrap();
    check_whole::<Authorisation>(&authorisation, &authorisation.encode());
    let request = session.request().unwrap();
    check_whole::<Request>(&request, &request.encode());
    let response = recovery.answer(&request, 1);
    check::<Response>(&Response::decode(&response).unwrap(), &response);
    session.receive(&response, at(NOW)).unwrap();
    let accusation = session.accuse(&recovery.wrong_answer(&request, 2, 1)).unwrap();
    check_whole::<Accusation>(&accusation, &accusation.encode());
}

#[test]
fn objects_of_a_ceremony() {
    let rng = &mut rng(52);
    let party = Party::group(1..=4, rng);
    let ceremony = Ceremony::new(plan(2, Keys::Generate(vec![CurveId::Secp256k1]), &party, &party)).unwrap();
    check_whole::<Ceremony>(&ceremony, &ceremony.encode());
    let deal = |dealer: &Party| ceremony.deal(dealer.index, &dealer.identity, &[], rng).unwrap().encode();
    let dealings: Vec<_> = party.iter().map(deal).collect();
    check::<Dealing>(&Dealing::decode(&dealings[0]).unwrap(), &dealings[0]);
    let received = receive_all(&ceremony, &dealings);
    let confirmation = confirm(&received, &party[0]).unwrap();
    check_whole::<Confirmation>(&confirmation, &confirmation.encode());
    let certified = certify(&ceremony, &received, &party).unwrap();
    let certificate = certified.certificate();
    check_whole::<Certificate>(certificate, &certificate.encode());
    let evidence = Evidence::two_dealings(&dealings[0], &dealings[1]);
    check::<Evidence>(&evidence, &evidence.encode());
}

#[test]
fn registrations_rosters_and_bundles() {
    let rng = &mut rng(53);
    let (party, bundle) = (Party::new(1, rng), site::WORLD.bundle());
    check_whole::<Bundle>(&bundle, &bundle.encode());
    let member = party.register(CONTEXT, rng);
    check_whole::<MemberRegistration>(&member, &member.encode());
    let blinder = register(&site::blinder(1, 0), CONTEXT, b"node", &party.identity);
    check_whole::<BlinderRegistration>(&blinder, &blinder.encode());
    let roster = serde_json::to_string(&site::WORLD.roster).unwrap();
    assert_eq!(roster, format!("\"{}\"", hex::encode(site::WORLD.roster.encode())));
}

#[test]
fn what_is_unsigned_goes_with_its_signer() {
    let rng = &mut rng(54);
    let (party, key) = (Party::new(1, rng), MemberKey::generate(rng));
    let unsigned = MemberRegistration::first(CONTEXT, party.index, &party.identity.public(), &key, rng).unwrap();
    let (body, signer) = (hex::encode(unsigned.body()), hex::encode(party.identity.public().to_bytes()));
    let text = serde_json::to_string(&unsigned).unwrap();
    assert_eq!(text, format!("{{\"body\":\"{body}\",\"signer\":\"{signer}\"}}"));
    let again: Unsigned<MemberRegistration> = serde_json::from_str(&text).unwrap();
    assert_eq!(again, unsigned);
    let bytes = serde_bare::to_vec(&unsigned).unwrap();
    assert_eq!(serde_bare::from_slice::<Unsigned<MemberRegistration>>(&bytes).unwrap(), unsigned);
    let more = text.replace('}', ",\"more\":1}");
    assert!(serde_json::from_str::<Unsigned<MemberRegistration>>(&more).is_err());
}
