//! A network that signs with FROST loses every node, and signs again.
//!
//! `cargo run --example frost`. Its keys are made, renewed and used by `frost-secp256k1` alone; Relight stands beside it.

use frost_secp256k1::{Identifier, Secp256K1Sha256};
use relight::curve::CurveId;
use relight_networks::frost_nodes::Nodes;
use relight_networks::{Custodian, Operator, Party, Result, frost};
use std::collections::BTreeMap;

const CURVE: CurveId = CurveId::Secp256k1;
const NETWORK: &str = "example network";
const NAMES: [&str; 4] = ["oslo", "porto", "quito", "riga"];

fn main() -> Result<()> {
    println!("Five members generate a recovery key; it takes four of them to use it.");
    let party = Party::generate(5)?;

    println!(
        "Four nodes generate a key by FROST; three of them can sign. Their identifiers are hashes of their names."
    );
    let identifiers = NAMES.map(|name| Identifier::derive(name.as_bytes()).expect("no name hashes to zero"));
    let nodes = Nodes::generate(&identifiers, 3)?;
    nodes.public.verifying_key().verify(b"before", &nodes.sign(b"before")?)?;

    println!(
        "Each operator makes a Blinder, and keeps it offline. The custodian of the backups learns what is public."
    );
    let operators = operators(&identifiers)?;
    let known = operators.iter().map(|operator| operator.register(NETWORK)).collect::<Result<_>>()?;
    let key = frost::commitment(CURVE, &nodes.public)?;
    println!("  public key: {:?}", key.public_key());
    let mut custodian = Custodian::new(NETWORK, key, known, &party);

    println!("Every node backs up its share.");
    back_up(&mut custodian, &nodes)?;
    println!("  audit: {:?}", custodian.audit()?.nodes);

    println!("The nodes refresh their shares by FROST: a new epoch begins.");
    let nodes = nodes.refresh()?;
    custodian.begin_epoch(frost::commitment(CURVE, &nodes.public)?);
    println!("  audit: {:?}", custodian.audit()?.nodes);
    back_up(&mut custodian, &nodes)?;
    println!("  audit: {:?}", custodian.audit()?.nodes);

    println!("Disaster: all nodes are gone, and every share with them.");
    let public_key = *nodes.public.verifying_key();
    drop(nodes);

    println!("Fresh machines ask. Each operator authorises with its Blinder, members answer, the backups open.");
    let nodes = recover(&operators, &custodian, &party)?;

    println!("They sign by FROST again, under the same key.");
    let signature = nodes.sign(b"after")?;
    public_key.verify(b"after", &signature)?;
    println!("  {signature:?}");
    Ok(())
}

fn operators(identifiers: &[Identifier]) -> Result<Vec<Operator>> {
    let nodes = NAMES.iter().zip(identifiers);
    nodes.map(|(name, identifier)| Ok(Operator::new(name, frost::identifier(CURVE, identifier)?))).collect()
}

fn back_up(custodian: &mut Custodian, nodes: &Nodes<Secp256K1Sha256>) -> Result<()> {
    for package in nodes.packages.values() {
        let share = frost::key_share(custodian.epoch(), custodian.key(), package)?;
        custodian.back_up(&share)?;
    }
    Ok(())
}

fn recover(operators: &[Operator], custodian: &Custodian, party: &Party) -> Result<Nodes<Secp256K1Sha256>> {
    let mut packages = BTreeMap::new();
    for operator in operators {
        let package = frost::key_package(&operator.recover(custodian, party)?)?;
        packages.insert(*package.identifier(), package);
    }
    Ok(Nodes { packages, public: frost::public_key_package(custodian.key(), &custodian.identifiers())? })
}
