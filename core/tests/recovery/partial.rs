//! Answers to some of the statements of a request.

use crate::common::recovery::{CONTEXT, NOW, Recovery, at};
use crate::common::{index, indices, infinity, rng};
use relight::{
    Error, StatementDigest,
    recovery::{Progress, Session},
};
use std::sync::LazyLock;

static WORLD: LazyLock<Recovery> = LazyLock::new(|| Recovery::of(4, 3, 3, 1));

#[test]
fn partial_answers_add_up() {
    let mut session = WORLD.session(2);
    let request = session.request().unwrap();
    // Who answers for what, and how many more answers each statement then takes.
    let steps: [(u16, &[usize], [u16; 3]); 7] = [
        (1, &[1], [3, 2, 3]),
        (2, &[1, 0], [2, 1, 3]),
        (3, &[1], [2, 0, 3]),
        (1, &[0, 1, 2], [1, 0, 2]),
        (1, &[1], [1, 0, 2]),
        (4, &[2, 0], [0, 0, 1]),
        (3, &[2], [0, 0, 0]),
    ];
    for (member, places, statements) in steps {
        let progress = session.receive(&WORLD.answer_to(&request, member, places), at(NOW)).unwrap();
        let needed = *statements.iter().max().unwrap();
        assert_eq!((progress.needed, &progress.statements[..]), (needed, &statements[..]));
        for (statement, lacking) in WORLD.statements.iter().zip(statements) {
            assert_eq!(session.unlock_key(&statement.digest()).is_ok(), lacking == 0);
        }
        assert_eq!(session.unlock_keys().is_ok(), needed == 0);
        session = Session::decode(CONTEXT, &session.encode()).unwrap();
    }
    let Progress { answered, missing, .. } = session.progress();
    assert_eq!((answered, missing), (indices([1]), indices([2, 3, 4])));
    assert_eq!(session.unlock_key(&StatementDigest::from_bytes([0; 32])).unwrap_err(), Error::UnknownStatement);
}

#[test]
fn a_member_answers_what_was_asked_and_each_once() {
    let request = WORLD.session(2).request().unwrap();
    let review = WORLD.review(&request);
    let [one, two, three] = [0, 1, 2].map(|place| WORLD.statements[place].digest());
    let respond = |digests: &[StatementDigest]| {
        review.respond_to(digests, WORLD.share(1), &mut rng(9)).map(|unsigned| unsigned.body().len())
    };
    // The body of a response, and 98 bytes for each statement.
    assert_eq!(
        [respond(&[two]), respond(&[three, one]), respond(&[one, two, three])],
        [87, 87 + 98, 87 + 196].map(|length| Ok(length + 98))
    );
    assert_eq!(respond(&[]), Err(Error::InvalidLength));
    assert_eq!(respond(&[one, two, one]), Err(Error::DuplicateStatement));
    assert_eq!(respond(&[one, StatementDigest::from_bytes([7; 32])]), Err(Error::UnknownStatement));
    // The order in which they are given makes no difference.
    assert_eq!(WORLD.answer_to(&request, 1, &[2, 0]), WORLD.answer_to(&request, 1, &[0, 2]));
    assert_eq!(WORLD.answer_to(&request, 1, &[2, 1, 0]), WORLD.answer(&request, 1));
}

//= spec/11-recovery.md#11-5-session
//= type=test
//# A response in which one share is wrong MUST NOT change the session.
#[test]
fn nothing_of_an_answer_with_one_wrong_share_is_kept() {
    let mut session = WORLD.session(2);
    let request = session.request().unwrap();
    let (own, other) = (WORLD.share(1), WORLD.share(2));
    let good = [0, 1, 2].map(|place| WORLD.item(place, own));
    for wrong in 0..3 {
        let mut items = good.clone();
        items[usize::from(wrong)] = WORLD.item(wrong, other);
        let before = session.encode();
        let bad = Error::BadDecryptionShares { members: vec![1] };
        assert_eq!(session.receive(&WORLD.sealed(&request, 1, &items.concat()), at(NOW)), Err(bad));
        assert_eq!(session.encode(), before);
    }
    // A wrong share where a good one was accepted is not looked at, and takes nothing away.
    session.receive(&WORLD.answer_to(&request, 1, &[1]), at(NOW)).unwrap();
    let again = [&good[0], &WORLD.item(1, other), &good[2]].map(|item| item.clone()).concat();
    session.receive(&WORLD.sealed(&request, 1, &again), at(NOW)).unwrap();
    let mut same = WORLD.session(2);
    same.receive(&WORLD.answer(&request, 1), at(NOW)).unwrap();
    assert_eq!(session.encode(), same.encode());
}

#[test]
fn an_answer_that_names_a_place_twice_is_bad() {
    let mut session = WORLD.session(2);
    let request = session.request().unwrap();
    let own = WORLD.share(1);
    let [first, second, third] = [0, 1, 2].map(|place| WORLD.item(place, own));
    let unasked = [&[0, 3], &first[2..]].concat();
    let no_point = [&[0, 1], &infinity::<96>()[..]].concat();
    let bad = [
        [&second[..], &second].concat(),
        [&second[..], &first].concat(),
        [&first[..], &third, &second].concat(),
        [&third[..], &unasked].concat(),
        [&first[..], &no_point].concat(),
        [&first[..], &[0]].concat(),
        first[..97].to_vec(),
        vec![],
    ];
    for plaintext in bad {
        let answer = WORLD.sealed(&request, 1, &plaintext);
        assert_eq!(session.receive(&answer, at(NOW)), Err(Error::BadResponse { member: 1 }), "{plaintext:02x?}");
        assert_eq!(session.progress().statements, [3, 3, 3]);
    }
    session.receive(&WORLD.sealed(&request, 1, &[first, second, third].concat()), at(NOW)).unwrap();
    assert_eq!(session.progress().answered, [index(1)]);
}
