//! A network is lost and restored, by people who call the program, each in a process of their own.

mod answers;
mod asking;
mod blinders;
mod hostile;
mod mail;
mod rescue;
mod wallets;

use crate::common::text;
use crate::scene::Scene;
use serde_json::{Value, json};

fn numbers(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect()
}

/// Why something was ignored, where only one thing was.
fn only_reason(facts: &Value) -> &str {
    let ignored = facts["ignored"].as_array().unwrap();
    assert_eq!(ignored.len(), 1, "{facts}");
    ignored[0]["why"].as_str().unwrap()
}

#[test]
fn a_node_is_restored() {
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    let good = scene.member(1).done(&["backup", "verify", "--statement", &node.statement]);
    assert_eq!(good["good"], 1);

    let fresh = scene.drafted("fresh node", &[&node], "1h");
    assert_eq!(fresh.person.done(&["request", "status"])["authorised"], false);
    assert!(fresh.person.refused(&["request", "send"]).contains("has not authorised"));
    fresh.authorised_by(&scene, &node);
    fresh.person.done(&["request", "send"]);

    let review = scene.member(1).done(&scene.knowing(&["request", "review"], &[&node]));
    assert_eq!((text(&review, "short_code"), text(&review, "requester")), (fresh.code.as_str(), "fresh node"));
    assert_eq!(review["statements"][0]["node"], "node-1");

    scene.answer(1, &fresh, &[&node]);
    let first = fresh.person.done(&["request", "take"]);
    assert_eq!((numbers(&first["answered"]), numbers(&first["missing"])), (vec![1], vec![2, 3]));
    assert_eq!(first["statements"][0]["needed"], 1);
    let open = fresh.open_with(&scene, &node);
    assert!(fresh.person.refused(&open).contains("1 more answers are needed"));

    scene.answer(3, &fresh, &[&node]);
    let status = fresh.person.done(&["request", "status"]);
    assert_eq!((numbers(&status["answered"]), &status["needed"]), (vec![1, 3], &json!(0)));
    assert_eq!(status["expired"], false);
    let opened = fresh.person.done(&open);
    assert_eq!(opened["ended"], true);

    let held = fresh.person.done(&["node", "shares", "list"]);
    for (share, key) in held["shares"].as_array().unwrap().iter().zip(&node.keys) {
        assert_eq!(share["public_key"], crate::scene::hex(key.commitment.public_key().as_bytes()));
        assert_eq!((&share["epoch"], &share["set"]), (&json!(7), &opened["sets"][0]));
    }
    assert_eq!(held["shares"].as_array().unwrap().len(), 2);
    assert!(fresh.person.refused(&["request", "status"]).contains("none of this name"));
}
