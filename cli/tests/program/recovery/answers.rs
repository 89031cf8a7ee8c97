//! Answers that do not count, and members that learn at home why theirs would not.

use super::{numbers, only_reason};
use crate::common::text;
use crate::scene::{MEMBERS, Member, Scene, Sharing, roster};
use relight::curve::Bls12381G1;
use relight::identity::{IdentityKey, Unsigned};
use relight::recovery::Response;
use relight_cli::armour::{Kind, armour};
use relight_cli::store::Store;
use std::fs;

#[test]
fn nobody_answers_without_a_person() {
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    let fresh = scene.asked("fresh", &[&node]);
    let answer = scene.knowing(&["request", "answer"], &[&node]);
    assert!(scene.member(1).refused(&answer).contains("nobody to ask"));
    assert_eq!(fresh.person.done(&["request", "take"])["answered"], serde_json::json!([]));
}

#[test]
fn an_answer_of_a_stranger_does_not_count() {
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    let fresh = scene.asked("fresh", &[&node]);
    let stranger = IdentityKey::generate(&mut rand::rng());
    let body = scene.response(3, &fresh, &node).body().to_vec();
    let forged = Unsigned::<Response>::from_body(&body, stranger.public()).sign(&stranger).unwrap();
    let path = scene.post_response(3, &fresh, &forged.encode());
    let taken = fresh.person.done(&["request", "take"]);
    assert!(only_reason(&taken).starts_with(&path) && only_reason(&taken).contains("signature"));
    assert_eq!((numbers(&taken["missing"]), numbers(&taken["accusable"])), (vec![1, 2, 3], vec![]));
}

#[test]
fn an_answer_to_another_request_does_not_count() {
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    let [one, other] = ["one", "other"].map(|name| scene.asked(name, &[&node]));
    scene.answer(2, &other, &[&node]);
    let answer = crate::scene::only(&scene.place(&other), ".response");
    scene.post_response(2, &one, &fs::read(answer).unwrap());
    let taken = one.person.done(&["request", "take"]);
    assert!(only_reason(&taken).contains("another request"));
    assert_eq!(numbers(&taken["answered"]), [0; 0]);
    assert_eq!(numbers(&other.person.done(&["request", "take"])["answered"]), [2]);
}

#[test]
fn a_member_that_answers_badly_is_shown_to_everybody() {
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    let fresh = scene.asked("fresh", &[&node]);
    let mut body = scene.response(2, &fresh, &node).body().to_vec();
    *body.last_mut().unwrap() ^= 1;
    let member = &scene.members[1].identity;
    let bad = Unsigned::<Response>::from_body(&body, member.public()).sign(member).unwrap();
    let path = scene.post_response(2, &fresh, &bad.encode());
    scene.answer(1, &fresh, &[&node]);
    scene.answer(3, &fresh, &[&node]);
    let taken = fresh.person.done(&["request", "take", "--watch"]);
    assert_eq!((numbers(&taken["answered"]), &taken["accusable"][0]), (vec![1, 3], &serde_json::json!(path)));

    assert!(fresh.person.refused(&["request", "accuse", &path]).contains("nobody to ask"));
    let shown = fresh.person.agreed(&["request", "accuse", &path]);
    assert_eq!(shown["member"], 2);
    let evidence = text(&shown, "posted");
    let judged = scene.member(3).done(&scene.knowing(&["request", "judge", evidence], &[&node]));
    assert_eq!(judged["member"], 2);

    let good = scene.world.posted(&format!("requests/{}", fresh.id), ".response");
    let good = good.iter().find(|path| path.file_name().unwrap().to_string_lossy().starts_with("3.")).unwrap();
    let refused = fresh.person.refused(&["request", "accuse", &good.display().to_string(), "--yes"]);
    assert!(refused.contains("the accusation"), "{refused}");
}

#[test]
fn a_member_with_an_old_share_learns_it_at_home() {
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    let fresh = scene.asked("fresh", &[&node]);
    let old = Sharing::of::<Bls12381G1>(0, &scene.key);
    let answer = scene.knowing(&["request", "answer", "--yes"], &[&node]);
    let (one, two) = (scene.member(1), scene.member(2));
    let store = Store::open(&one.home).unwrap();
    store.remove_secret("shares/epoch-1/00").unwrap();
    store.seal("shares/epoch-0/00", &old.shares[0].encode()).unwrap();
    drop(store);
    let refused = one.refused(&answer);
    assert!(refused.contains("your share of the recovery key") && refused.contains("before or after a refresh"));
    // Beside the new one it does no harm.
    Store::open(&two.home).unwrap().seal("shares/epoch-0/00", &old.shares[1].encode()).unwrap();
    two.done(&answer);
    assert_eq!(numbers(&fresh.person.done(&["request", "take"])["answered"]), [2]);
}

#[test]
fn a_member_without_a_share_or_with_another_identity_learns_it_at_home() {
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    let fresh = scene.asked("fresh", &[&node]);
    let answer = scene.knowing(&["request", "answer", "--yes"], &[&node]);
    let custodian = scene.world.person("custodian");
    custodian.done(&["identity", "new"]);
    assert!(custodian.refused(&answer).contains("no share of this recovery key"));
    let other = IdentityKey::generate(&mut rand::rng()).public().to_bytes();
    fs::write(scene.member(1).home.join("identity.public"), other).unwrap();
    assert!(scene.member(1).refused(&answer).contains("identity"));
    assert!(scene.world.posted(&format!("requests/{}", fresh.id), ".response").is_empty());
}

#[test]
fn a_roster_of_another_party_answers_nothing() {
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    scene.asked("fresh", &[&node]);
    let strangers: Vec<Member> = (1..=MEMBERS)
        .map(|index| Member {
            person: scene.world.stranger(&format!("stranger {index}")),
            identity: IdentityKey::generate(&mut rand::rng()),
        })
        .collect();
    let other = roster(&strangers, &scene.sharing.commitment);
    scene.write("roster", armour(Kind::Roster, &other.encode()).unwrap().as_bytes());
    let refused = scene.member(1).refused(&scene.knowing(&["request", "answer", "--yes"], &[&node]));
    assert!(refused.contains("another roster"), "{refused}");
}

#[test]
fn a_part_of_a_request_can_be_answered() {
    let scene = Scene::new();
    let [one, two] = ["node-1", "node-2"].map(|name| scene.backed_up(name));
    let fresh = scene.asked("fresh", &[&one, &two]);
    let only = scene.knowing(&["request", "answer", "--yes", "--only", "node-2"], &[&one, &two]);
    [1, 2].iter().for_each(|member| drop(scene.member(*member).done(&only)));
    let taken = fresh.person.done(&["request", "take"]);
    let needed: Vec<u64> =
        taken["statements"].as_array().unwrap().iter().map(|one| one["needed"].as_u64().unwrap()).collect();
    assert_eq!((needed, numbers(&taken["answered"])), (vec![2, 0], vec![]));
    let open = [&fresh.open_with(&scene, &two)[..], &["--only", "node-2"]].concat();
    assert_eq!(fresh.person.done(&open)["ended"], false);
    assert!(fresh.person.refused(&fresh.open_with(&scene, &one)).contains("2 more answers are needed"));
    scene.answer(3, &fresh, &[&one, &two]);
    scene.answer(1, &fresh, &[&one, &two]);
    assert_eq!(numbers(&fresh.person.done(&["request", "take"])["answered"]), [1, 3]);
}
