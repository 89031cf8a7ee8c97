//! FROST, in each of its ciphersuites, with small identifiers and with those that are derived from names.

use frost_core::{Ciphersuite, Identifier};
use frost_ed448::Ed448Shake256;
use frost_ed25519::Ed25519Sha512;
use frost_p256::P256Sha256;
use frost_ristretto255::Ristretto255Sha512;
use frost_secp256k1::Secp256K1Sha256;
use relight::coverage::Status;
use relight::curve::CurveId;
use relight_networks::frost_nodes::Nodes;
use relight_networks::{Custodian, Operator, Party, Result, frost};
use std::collections::BTreeMap;

const NETWORK: &str = "a network that runs FROST";
const THRESHOLD: u16 = 2;

macro_rules! ciphersuites {
    ($($name:ident: $ciphersuite:ident, $curve:ident;)*) => {
        $(mod $name {
            use super::*;

            #[test]
            fn numbers() -> Result<()> {
                let identifiers = [1, 2, 700].map(|number| Identifier::try_from(number).unwrap());
                live::<$ciphersuite>(CurveId::$curve, &identifiers)
            }

            #[test]
            fn names() -> Result<()> {
                let names = ["oslo", "porto", "quito"];
                live::<$ciphersuite>(CurveId::$curve, &names.map(|name| Identifier::derive(name.as_bytes()).unwrap()))
            }
        })*
    };
}

ciphersuites! {
    secp256k1: Secp256K1Sha256, Secp256k1;
    p256: P256Sha256, P256;
    ed25519: Ed25519Sha512, Ed25519;
    ristretto255: Ristretto255Sha512, Ristretto255;
    ed448: Ed448Shake256, Ed448;
}

/// Generation, backups, a refresh and backups again, disaster, recovery, signatures.
fn live<C: Ciphersuite>(curve: CurveId, identifiers: &[Identifier<C>]) -> Result<()> {
    let party = Party::generate(3)?;
    let nodes = Nodes::generate(identifiers, THRESHOLD)?;
    let operators = operators(curve, identifiers)?;
    let known = operators.iter().map(|operator| operator.register(NETWORK)).collect::<Result<_>>()?;
    let mut custodian = Custodian::new(NETWORK, frost::commitment(curve, &nodes.public)?, known, &party);
    let public_key = *nodes.public.verifying_key();
    assert_eq!(custodian.key().public_key().as_bytes(), public_key.serialize()?);
    assert_eq!(custodian.audit()?.nodes, vec![Status::Missing; 3]);
    back_up(&mut custodian, &nodes)?;
    assert!(custodian.audit()?.survives(1));
    assert_same(&nodes, &recover(&operators, &custodian, &party)?);

    let nodes = refresh(&mut custodian, curve, nodes)?;
    assert_eq!(custodian.audit()?.nodes, vec![Status::Stale { epoch: 1 }; 3]);
    assert!(!custodian.audit()?.recoverable());
    back_up(&mut custodian, &nodes)?;
    assert_eq!(custodian.audit()?.nodes, vec![Status::Covered; 3]);

    drop(nodes);
    let restored = recover(&operators, &custodian, &party)?;
    public_key.verify(b"after", &restored.sign(b"after")?)?;
    assert!(public_key.verify(b"before", &restored.sign(b"after")?).is_err());
    Ok(())
}

fn operators<C: Ciphersuite>(curve: CurveId, identifiers: &[Identifier<C>]) -> Result<Vec<Operator>> {
    let names = ["oslo", "porto", "quito"].into_iter().zip(identifiers);
    names.map(|(name, identifier)| Ok(Operator::new(name, frost::identifier(curve, identifier)?))).collect()
}

fn back_up<C: Ciphersuite>(custodian: &mut Custodian, nodes: &Nodes<C>) -> Result<()> {
    nodes.packages.values().try_for_each(|package| {
        let share = frost::key_share(custodian.epoch(), custodian.key(), package)?;
        custodian.back_up(&share)
    })
}

/// The key is the same, and no share is.
fn refresh<C: Ciphersuite>(custodian: &mut Custodian, curve: CurveId, old: Nodes<C>) -> Result<Nodes<C>> {
    let nodes = old.refresh()?;
    let key = frost::commitment(curve, &nodes.public)?;
    assert_eq!(key.public_key(), custodian.key().public_key());
    assert!(
        old.packages.values().zip(nodes.packages.values()).all(|(old, new)| old.signing_share() != new.signing_share())
    );
    custodian.begin_epoch(key);
    // What was in the node of epoch 1 is none of epoch 2.
    assert!(back_up(custodian, &old).is_err());
    Ok(nodes)
}

fn recover<C: Ciphersuite>(operators: &[Operator], custodian: &Custodian, party: &Party) -> Result<Nodes<C>> {
    let packages = operators.iter().map(|operator| {
        let package = frost::key_package(&operator.recover(custodian, party)?)?;
        Ok((*package.identifier(), package))
    });
    let packages = packages.collect::<Result<BTreeMap<_, _>>>()?;
    Ok(Nodes { packages, public: frost::public_key_package(custodian.key(), &custodian.identifiers())? })
}

/// The packages are the same in every field.
fn assert_same<C: Ciphersuite>(before: &Nodes<C>, after: &Nodes<C>) {
    assert_eq!(before.packages, after.packages);
    assert_eq!(before.public, after.public);
}
