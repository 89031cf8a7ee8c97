//! Registrations that replace others.

use crate::common::recovery::register;
use crate::common::{Party, index, patched, rng};
use relight::{
    Blinder, Error, Field, MemberKey,
    identity::{IdentityKey, Purpose, Unsigned},
    registration::{BlinderRegistration, MemberRegistration},
};

fn operator() -> IdentityKey {
    IdentityKey::generate(&mut rng(1))
}

/// The registrations of a node, each the successor of the one before.
fn blinders() -> [BlinderRegistration; 3] {
    let first = register(&Blinder::generate(&mut rng(2)), b"network", b"node", &operator());
    let next = |known: &BlinderRegistration, seed| {
        known.successor(&Blinder::generate(&mut rng(seed)), &mut rng(9)).unwrap().sign(&operator()).unwrap()
    };
    let second = next(&first, 3);
    let third = next(&second, 4);
    [first, second, third]
}

fn party() -> Party {
    Party::new(4, &mut rng(5))
}

/// Those of a member.
fn members() -> [MemberRegistration; 3] {
    let first = party().register(b"party", &mut rng(6));
    let next = |known: &MemberRegistration, seed| {
        known.successor(&MemberKey::generate(&mut rng(seed)), &mut rng(9)).unwrap().sign(&party().identity).unwrap()
    };
    let second = next(&first, 7);
    let third = next(&second, 8);
    [first, second, third]
}

#[test]
fn successors_are_accepted_one_after_the_other() {
    let ([b1, b2, b3], [m1, m2, m3]) = (blinders(), members());
    assert_eq!([b1.serial(), b2.serial(), b3.serial()], [1, 2, 3]);
    assert_eq!([m1.serial(), m2.serial(), m3.serial()], [1, 2, 3]);
    assert_eq!([b1.check_successor(&b2), b2.check_successor(&b3)], [Ok(()), Ok(())]);
    assert_eq!([m1.check_successor(&m2), m2.check_successor(&m3)], [Ok(()), Ok(())]);
    // The keys change, the place and the identity do not.
    assert_ne!(b1.claimed_blinder(), b2.claimed_blinder());
    assert_ne!(m1.member_key(), m2.member_key());
    assert_eq!((b3.node(), b3.operator()), (b1.node(), b1.operator()));
    assert_eq!((m3.index(), m3.identity()), (m1.index(), m1.identity()));
    // The digest does not cover the signature: the same one may be signed again.
    let again = Unsigned::<BlinderRegistration>::from_body(&b2.encode()[..b2.encode().len() - 65], operator().public());
    let wallet = operator()
        .sign(relight::identity::SignatureScheme::PersonalMessage, Purpose::BlinderRegistration, again.body())
        .unwrap();
    let again = again.complete(&wallet.to_bytes()[1..]).unwrap();
    assert!(again != b2 && again.digest() == b2.digest());
    assert_eq!([b2.check_successor(&again), again.check_successor(&b3)], [Ok(()), Ok(())]);
}

//= spec/8-keys.md#8-6-succession
//= type=test
//# A verifier MUST refuse a registration whose serial is not above the known one's, with RetiredRegistration.
#[test]
fn a_retired_registration_is_refused() {
    let ([b1, b2, b3], [m1, m2, m3]) = (blinders(), members());
    // The known one is not retired: it changes nothing.
    assert_eq!([b2.check_successor(&b2), m2.check_successor(&m2).and(m3.check_successor(&m3))], [Ok(()), Ok(())]);
    assert_eq!(b2.check_successor(&b1), Err(Error::RetiredRegistration(1)));
    assert_eq!(
        [b3.check_successor(&b1), b3.check_successor(&b2)].map(Result::unwrap_err),
        [1, 2].map(Error::RetiredRegistration)
    );
    assert_eq!(
        [m3.check_successor(&m1), m3.check_successor(&m2)].map(Result::unwrap_err),
        [1, 2].map(Error::RetiredRegistration)
    );
    // Two of one serial: whoever knows the one refuses the other.
    let other = b1.successor(&Blinder::generate(&mut rng(33)), &mut rng(9)).unwrap().sign(&operator()).unwrap();
    assert_eq!(b1.check_successor(&other), Ok(()));
    assert_eq!(
        [b2.check_successor(&other), other.check_successor(&b2)],
        [2, 2].map(|n| Err(Error::RetiredRegistration(n)))
    );
}

#[test]
fn a_successor_of_another_identity_is_refused() {
    let ([b1, b2, _], [m1, m2, _]) = (blinders(), members());
    let (stranger, party) = (IdentityKey::generate(&mut rng(30)), party());
    let mismatch = |field| Err(Error::Mismatch(field));
    // The identity stands after version, context and node, or version, context and index.
    let body = |bytes: &[u8], at, identity: &IdentityKey| {
        patched(&bytes[..bytes.len() - 65], at, &identity.public().to_bytes())
    };
    let strange = crate::common::signed(&body(&b2.encode(), 14, &stranger), Purpose::BlinderRegistration, &stranger);
    let strange = BlinderRegistration::decode(&strange).unwrap();
    assert_eq!(b1.check_successor(&strange), mismatch(Field::Operator));
    let same = crate::common::signed(&body(&b2.encode(), 14, &operator()), Purpose::BlinderRegistration, &operator());
    assert_eq!(b1.check_successor(&BlinderRegistration::decode(&same).unwrap()), Ok(()));
    let forged = crate::common::signed(&body(&b2.encode(), 14, &operator()), Purpose::BlinderRegistration, &stranger);
    assert_eq!(b1.check_successor(&BlinderRegistration::decode(&forged).unwrap()), Err(Error::BadSignature));
    // A member's registration holds by itself, so that here the stranger registers the next one in earnest.
    let first = Party { identity: IdentityKey::generate(&mut rng(30)), ..Party::new(4, &mut rng(5)) };
    let first = first.register(b"party", &mut rng(6));
    let next = first.successor(&MemberKey::generate(&mut rng(7)), &mut rng(9)).unwrap().sign(&stranger).unwrap();
    assert_eq!([first.check_successor(&next), m1.check_successor(&m2)], [Ok(()), Ok(())]);
    assert_eq!(m1.check_successor(&next), mismatch(Field::Identity));
    let forged = crate::common::signed(&body(&m2.encode(), 9, &party.identity), Purpose::MemberRegistration, &stranger);
    assert_eq!(m1.check_successor(&MemberRegistration::decode(&forged).unwrap()), Err(Error::BadSignature));
}

//= spec/8-keys.md#8-6-succession
//= type=test
//# A verifier MUST refuse a registration that does not follow the known one directly, with BrokenSuccession.
#[test]
fn a_successor_that_skips_one_is_refused() {
    let ([b1, b2, b3], [m1, m2, m3]) = (blinders(), members());
    assert_eq!([b1.check_successor(&b3), m1.check_successor(&m3)], [3, 3].map(|n| Err(Error::BrokenSuccession(n))));
    assert_eq!([b2.check_successor(&b3), m2.check_successor(&m3)], [Ok(()), Ok(())]);
    // The right serial after another first one: for another chain.
    let other = register(&Blinder::generate(&mut rng(22)), b"network", b"node", &operator());
    let after = other.successor(&Blinder::generate(&mut rng(3)), &mut rng(9)).unwrap().sign(&operator()).unwrap();
    assert_eq!([other.check_successor(&after), b1.check_successor(&after)], [Ok(()), Err(Error::BrokenSuccession(2))]);
    let other = Party { key: MemberKey::generate(&mut rng(31)), ..party() }.register(b"party", &mut rng(6));
    let after = other.successor(&MemberKey::generate(&mut rng(7)), &mut rng(9)).unwrap().sign(&party().identity);
    assert_eq!(m1.check_successor(&after.unwrap()), Err(Error::BrokenSuccession(2)));
}

#[test]
fn a_successor_for_another_place_is_refused() {
    let ([b1, ..], [m1, ..]) = (blinders(), members());
    let mismatch = |field| Err(Error::Mismatch(field));
    let next = |context, node| {
        let first = register(&Blinder::generate(&mut rng(2)), context, node, &operator());
        first.successor(&Blinder::generate(&mut rng(3)), &mut rng(9)).unwrap().sign(&operator()).unwrap()
    };
    assert_eq!(b1.check_successor(&next(b"network", b"node")), Ok(()));
    assert_eq!(b1.check_successor(&next(b"network", b"nodf")), mismatch(Field::Node));
    assert_eq!(b1.check_successor(&next(b"netwerk", b"node")), mismatch(Field::Network));
    let next = |context, number| {
        let party = Party { index: index(number), ..party() };
        let first = party.register(context, &mut rng(6));
        first.successor(&MemberKey::generate(&mut rng(7)), &mut rng(9)).unwrap().sign(&party.identity).unwrap()
    };
    assert_eq!(m1.check_successor(&next(b"party", 4)), Ok(()));
    assert_eq!(m1.check_successor(&next(b"party", 5)), mismatch(Field::Index));
    assert_eq!(m1.check_successor(&next(b"partY", 4)), mismatch(Field::Party));
}

#[test]
fn there_is_a_last_serial() {
    let [_, second, _] = blinders();
    let body = &second.encode()[..second.encode().len() - 65];
    // The serial stands after version, names and operator. The proof does not matter to who makes the next one.
    let last =
        crate::common::signed(&patched(body, 47, &u64::MAX.to_be_bytes()), Purpose::BlinderRegistration, &operator());
    let last = BlinderRegistration::decode(&last).unwrap();
    assert_eq!(last.serial(), u64::MAX);
    let next = last.successor(&Blinder::generate(&mut rng(3)), &mut rng(9));
    assert_eq!(next.map(|_| ()), Err(Error::InvalidSerial(u64::MAX)));
    assert_eq!(last.check_successor(&second), Err(Error::RetiredRegistration(2)));
}
