//! Blinders and shares, before there is a backup.

use super::only_reason;
use crate::scene::{NETWORK, Scene};
use relight::Blinder;
use relight::identity::IdentityKey;
use relight::registration::BlinderRegistration;
use relight_cli::armour::Kind;
use relight_cli::board::Place;
use serde_json::json;

fn registration(scene: &Scene, by: &IdentityKey, node: &str) -> String {
    let (rng, network) = (&mut rand::rng(), NETWORK.as_bytes());
    let blinder = Blinder::generate(rng);
    let unsigned = BlinderRegistration::first(&blinder, network, node.as_bytes(), &by.public(), rng).unwrap();
    let place = Place::Blinders(network.to_vec());
    scene.post(&place, node, Kind::BlinderRegistration, &unsigned.sign(by).unwrap().encode())
}

#[test]
fn a_blinder_is_replaced_and_the_old_one_stays() {
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    let operator = &node.operator;
    let check = ["blinder", "check", "--for", "node-1", "--network", NETWORK];
    assert_eq!(operator.done(&check)["serial"], 1);
    assert!(operator.refused(&["blinder", "new", "--for", "node-1"]).contains("already"));
    operator.done(&["blinder", "new", "--for", "node-1", "--successor"]);
    assert!(operator.refused(&check).contains("another Blinder"));
    let register = ["blinder", "register", "--for", "node-1", "--network", NETWORK];
    assert_eq!(operator.done(&register)["serial"], 2);
    assert_eq!(operator.done(&register)["serial"], 2, "once");
    assert_eq!(operator.done(&check)["serial"], 2);
    let of_backup = ["blinder", "check", "--for", "node-1", "--statement", &node.statement];
    assert_eq!(operator.done(&of_backup)["fits"], true);
    operator.done(&["doctor"]);
    // The old backup is still authorised with the old one.
    scene.asked("fresh", &[&node]);
    assert!(operator.refused(&["blinder", "new", "--for", "node-9", "--successor"]).contains("none"));
    assert!(operator.refused(&["blinder", "check", "--for", "node-9", "--network", NETWORK]).contains("no Blinder"));
}

#[test]
fn a_withheld_registration_does_not_bring_back_the_one_before() {
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    node.operator.done(&["blinder", "new", "--for", "node-1", "--successor"]);
    node.operator.done(&["blinder", "register", "--for", "node-1", "--network", NETWORK]);
    std::fs::remove_file(&node.statement).unwrap();
    assert_eq!(node.person.done(&scene.make(&node))["blinder_serial"], 2);
    std::fs::remove_file(&node.statement).unwrap();
    for path in scene.world.posted(&format!("blinders/{}", relight_cli::board::segment(NETWORK.as_bytes())), "") {
        std::fs::remove_file(path).unwrap();
    }
    assert_eq!(node.person.done(&scene.make(&node))["blinder_serial"], 2);
}

#[test]
fn a_blinder_of_a_stranger_is_ignored_and_named() {
    let scene = Scene::new();
    let node = scene.node("node-1");
    let path = registration(&scene, &IdentityKey::generate(&mut rand::rng()), "node-1");
    let made = node.person.done(&scene.make(&node));
    assert!(only_reason(&made).starts_with(&path) && only_reason(&made).contains("operator"));
}

#[test]
fn without_a_good_registration_there_is_no_backup() {
    let scene = Scene::new();
    let node = scene.node("node-1");
    for path in scene.world.posted(&format!("blinders/{}", relight_cli::board::segment(NETWORK.as_bytes())), "") {
        std::fs::remove_file(path).unwrap();
    }
    assert!(node.person.refused(&scene.make(&node)).contains("no registration"));
    registration(&scene, &IdentityKey::generate(&mut rand::rng()), "node-1");
    let refused = node.person.refused(&scene.make(&node));
    assert!(refused.contains("that holds") && refused.contains("operator"), "{refused}");
}

#[test]
fn an_operator_that_registers_two_is_asked() {
    let scene = Scene::new();
    let node = scene.node("node-1");
    let secret = crate::scene::secret(&scene, "operator of node-1", "identity");
    registration(&scene, &IdentityKey::decode(&secret).unwrap(), "node-1");
    let refused = node.person.refused(&scene.make(&node));
    assert!(refused.contains("the Blinder of node-1"), "{refused}");
}

#[test]
fn foreign_shares_are_those_of_their_sharing() {
    let scene = Scene::new();
    let node = scene.node("node-1");
    let person = scene.world.person("another");
    let (good, other) = (node.keys[0].foreign(1), node.keys[0].foreign(2));
    let import = |shares: &str| {
        let file = scene.write("shares.json", shares.as_bytes());
        person.refused(&["node", "shares", "import", &file])
    };
    let change = |field: &str, value: &serde_json::Value| {
        let mut changed = good.clone();
        changed[field] = value.clone();
        json!([changed]).to_string()
    };
    assert!(import(&change("secret", &other["secret"])).contains("what is published"));
    assert!(import(&change("identifier", &json!(2))).contains("what is published"));
    assert!(import(&change("identifier", &json!("00"))).contains("identifier"));
    assert!(import(&change("curve", &json!("secp256r1"))).contains("curve"));
    assert!(import(&change("threshold", &json!(1))).contains("public_shares"));
    assert!(import(&change("commitments", &json!(["02"]))).contains("either"));
    let told = import(&change("secret", &json!("not a secret to be repeated")));
    assert!(told.contains("secret: not a scalar") && !told.contains("repeated"));
    let told = import("[{\"secret\": \"a secret not to be repeated\", }]");
    assert!(told.contains("no list of shares") && !told.contains("repeated"));
    assert!(import("[]").contains("empty"));
    let commitments: Vec<String> =
        node.keys[0].commitment.commitments().map(|point| crate::scene::hex(point.as_bytes())).collect();
    let mut by_commitments = good.clone();
    let fields = by_commitments.as_object_mut().unwrap();
    fields.retain(|name, _| !["threshold", "public_shares"].contains(&name.as_str()));
    fields.insert("commitments".into(), json!(commitments));
    let file = scene.write("shares.json", json!([by_commitments]).to_string().as_bytes());
    assert_eq!(person.done(&["node", "shares", "import", &file])["shares"], 1);
    // The same again, but not another one in its place.
    person.done(&["node", "shares", "import", &file]);
    let file = scene.write("shares.json", json!([other]).to_string().as_bytes());
    assert!(person.refused(&["node", "shares", "import", &file]).contains("another share"));
}
