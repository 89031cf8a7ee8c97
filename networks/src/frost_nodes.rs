//! A network that runs FROST: its nodes, in one process, play the protocols of `frost-core`.

use crate::Result;
use frost_core::keys::dkg::{self, round1, round2};
use frost_core::keys::{KeyPackage, PublicKeyPackage, refresh};
use frost_core::{Ciphersuite, Error, Identifier, Signature, SigningPackage};
use rand_core_06::OsRng;
use std::collections::BTreeMap;

/// What the nodes keep, each its key package, and all of them the public one.
pub struct Nodes<C: Ciphersuite> {
    /// By the identifiers of the nodes.
    pub packages: BTreeMap<Identifier<C>, KeyPackage<C>>,
    /// The same for all.
    pub public: PublicKeyPackage<C>,
}

impl<C: Ciphersuite> Nodes<C> {
    /// Makes a key, of which no node ever has the whole.
    pub fn generate(identifiers: &[Identifier<C>], threshold: u16) -> Result<Self> {
        let most = u16::try_from(identifiers.len())?;
        let start = |identifier: Identifier<C>| dkg::part1(identifier, most, threshold, OsRng);
        let rounds = Rounds::play(identifiers, start, dkg::part2)?;
        let finish = |own: &Identifier<C>| {
            let (package, public) = dkg::part3(&rounds.secrets[own], &rounds.first(own), &rounds.second(own))?;
            Ok((*own, package, public))
        };
        Self::collect(identifiers.iter().map(finish))
    }

    /// Renews all shares, by the distributed protocol. The key stays.
    pub fn refresh(&self) -> Result<Self> {
        let identifiers: Vec<Identifier<C>> = self.packages.keys().copied().collect();
        let (most, threshold) = (self.public.max_signers(), self.public.min_signers().ok_or("no threshold")?);
        let start = |identifier: Identifier<C>| refresh::refresh_dkg_part1(identifier, most, threshold, OsRng);
        let rounds = Rounds::play(&identifiers, start, refresh::refresh_dkg_part2)?;
        let finish = |own: &Identifier<C>| {
            let (secret, first, second) = (&rounds.secrets[own], rounds.first(own), rounds.second(own));
            let (public, old) = (self.public.clone(), self.packages[own].clone());
            let (package, public) = refresh::refresh_dkg_shares(secret, &first, &second, public, old)?;
            Ok((*own, package, public))
        };
        Self::collect(identifiers.iter().map(finish))
    }

    /// All of them have the same public package.
    fn collect(
        ends: impl Iterator<Item = Result<(Identifier<C>, KeyPackage<C>, PublicKeyPackage<C>)>>,
    ) -> Result<Self> {
        let (mut packages, mut public) = (BTreeMap::new(), None);
        for end in ends {
            let (own, package, seen) = end?;
            packages.insert(own, package);
            assert_eq!(*public.get_or_insert(seen.clone()), seen, "the nodes disagree");
        }
        Ok(Self { packages, public: public.ok_or("no nodes")? })
    }

    /// As many nodes as are needed sign a message.
    pub fn sign(&self, message: &[u8]) -> Result<Signature<C>> {
        let needed = self.public.min_signers().ok_or("no threshold")?;
        let signers: Vec<&KeyPackage<C>> = self.packages.values().rev().take(needed.into()).collect();
        let commit = |signer: &&KeyPackage<C>| frost_core::round1::commit(signer.signing_share(), &mut OsRng);
        let (nonces, commitments): (Vec<_>, Vec<_>) = signers.iter().map(commit).unzip();
        let named = signers.iter().map(|signer| *signer.identifier());
        let signing = SigningPackage::new(named.zip(commitments).collect(), message);
        let shares = signers
            .iter()
            .zip(&nonces)
            .map(|(signer, nonces)| Ok((*signer.identifier(), frost_core::round2::sign(&signing, nonces, signer)?)));
        Ok(frost_core::aggregate(&signing, &shares.collect::<Result<_>>()?, &self.public)?)
    }
}

/// The two rounds of messages that a key generation and a refresh have in common.
struct Rounds<C: Ciphersuite> {
    /// What each broadcasts.
    first: BTreeMap<Identifier<C>, round1::Package<C>>,
    /// What each sends to each other, by the sender.
    second: BTreeMap<Identifier<C>, BTreeMap<Identifier<C>, round2::Package<C>>>,
    /// What each keeps for the end.
    secrets: BTreeMap<Identifier<C>, round2::SecretPackage<C>>,
}

type Second<C> = (round2::SecretPackage<C>, BTreeMap<Identifier<C>, round2::Package<C>>);

impl<C: Ciphersuite> Rounds<C> {
    fn play(
        identifiers: &[Identifier<C>],
        one: impl Fn(Identifier<C>) -> core::result::Result<(round1::SecretPackage<C>, round1::Package<C>), Error<C>>,
        two: impl Fn(
            round1::SecretPackage<C>,
            &BTreeMap<Identifier<C>, round1::Package<C>>,
        ) -> core::result::Result<Second<C>, Error<C>>,
    ) -> Result<Self> {
        let mut rounds = Self { first: BTreeMap::new(), second: BTreeMap::new(), secrets: BTreeMap::new() };
        let mut kept = Vec::new();
        for own in identifiers {
            let (secret, package) = one(*own)?;
            kept.push(secret);
            rounds.first.insert(*own, package);
        }
        for (own, secret) in identifiers.iter().zip(kept) {
            let (secret, packages) = two(secret, &rounds.first(own))?;
            rounds.secrets.insert(*own, secret);
            rounds.second.insert(*own, packages);
        }
        Ok(rounds)
    }

    /// What the others broadcast.
    fn first(&self, own: &Identifier<C>) -> BTreeMap<Identifier<C>, round1::Package<C>> {
        let others = self.first.iter().filter(|(sender, _)| *sender != own);
        others.map(|(sender, package)| (*sender, package.clone())).collect()
    }

    /// What the others send to this one.
    fn second(&self, own: &Identifier<C>) -> BTreeMap<Identifier<C>, round2::Package<C>> {
        self.second.iter().filter_map(|(sender, sent)| Some((*sender, sent.get(own)?.clone()))).collect()
    }
}
