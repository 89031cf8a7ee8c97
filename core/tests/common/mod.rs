//! Fixtures: parties with keys, ceremonies, backups, and bytes that are no points.
#![allow(dead_code, unreachable_pub)]

#[macro_use]
mod curves;

use k256::ecdsa::signature::hazmat::PrehashSigner;
use k256::ecdsa::{Signature as Ecdsa, SigningKey};
use rand::SeedableRng;
use rand::rngs::StdRng;
use relight::curve::{CurveId, KeyCurve, SecretScalar};
use relight::sharing::{Identifier, PublicPolynomial};
use relight::{
    Backup, Blinder, Ceremony, Dealer, Dealings, DecryptionShare, Entry, Header, IdentityKey, KeyShare, KeySlot,
    MemberKey, Outcome, ParameterSet, Plan, Purpose, Recipient, RecoveryParty, Statement, StatementDigest, UnlockKey,
    VerifiedBackup,
};
use shake::{ExtendableOutput, Shake256, Update, XofReader};

/// The set for tests that are not about parameter sets: the insecure one if the build has it.
#[cfg(feature = "test-parameters")]
pub const PARAMETERS: ParameterSet = ParameterSet::Insecure;
#[cfg(not(feature = "test-parameters"))]
pub const PARAMETERS: ParameterSet = ParameterSet::Fast;

pub fn rng(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}

pub fn id(number: u16) -> Identifier {
    Identifier::new(number).unwrap()
}

pub fn ids(numbers: impl IntoIterator<Item = u16>) -> Vec<Identifier> {
    numbers.into_iter().map(id).collect()
}

/// A compressed point of G1 with this small x-coordinate. Of the small ones 0, 4 and 5 are on the curve and outside
/// the subgroup; 1, 2 and 3 are on no point.
pub fn g1_by_x(x: u8) -> [u8; 48] {
    by_x(x)
}

/// The same for G2: 2, 4 and 5 are on the curve and outside the subgroup, 0, 1 and 3 on no point.
pub fn g2_by_x(x: u8) -> [u8; 96] {
    by_x(x)
}

fn by_x<const N: usize>(x: u8) -> [u8; N] {
    let mut bytes = [0; N];
    (bytes[0], bytes[N - 1]) = (0x80, x);
    bytes
}

/// The encoding of the identity of G1 or G2.
pub fn infinity<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    bytes[0] = 0xc0;
    bytes
}

/// The order of the scalar field of BLS12-381: the least integer that is no scalar.
pub const BLS_ORDER: [u8; 32] = [
    0x73, 0xed, 0xa7, 0x53, 0x29, 0x9d, 0x7d, 0x48, 0x33, 0x39, 0xd8, 0x08, 0x09, 0xa1, 0xd8, 0x05, 0x53, 0xbd, 0xa4,
    0x02, 0xff, 0xfe, 0x5b, 0xfe, 0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x01,
];

/// The order of secp256k1.
pub const SECP256K1_ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xba, 0xae, 0xdc,
    0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41,
];

/// The order of the group of a curve.
pub fn order(curve: CurveId) -> [u8; 32] {
    if curve == CurveId::Secp256k1 { SECP256K1_ORDER } else { BLS_ORDER }
}

/// `bytes` with `patch` written over it at `offset`.
pub fn patched(bytes: &[u8], offset: usize, patch: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[offset..offset + patch.len()].copy_from_slice(patch);
    bytes
}

/// `bytes` with the bits of `mask` flipped at `offset`.
pub fn flipped(bytes: &[u8], offset: usize, mask: u8) -> Vec<u8> {
    patched(bytes, offset, &[bytes[offset] ^ mask])
}

/// `bytes` with those at `place` replaced by others, of any length.
pub fn spliced(bytes: &[u8], place: core::ops::Range<usize>, with: &[u8]) -> Vec<u8> {
    [&bytes[..place.start], with, &bytes[place.end..]].concat()
}

/// A party of a ceremony: its place and all its keys.
pub struct Party {
    pub index: Identifier,
    pub identity: IdentityKey,
    pub key: MemberKey,
}

impl Party {
    pub fn new(index: u16, rng: &mut StdRng) -> Self {
        Self { index: id(index), identity: IdentityKey::generate(rng), key: MemberKey::generate(rng) }
    }

    pub fn group(indices: impl IntoIterator<Item = u16>, rng: &mut StdRng) -> Vec<Self> {
        indices.into_iter().map(|index| Self::new(index, rng)).collect()
    }

    pub fn dealer(&self) -> Dealer {
        Dealer { index: self.index, identity: self.identity.public() }
    }

    pub fn recipient(&self) -> Recipient {
        Recipient { index: self.index, member_key: self.key.public() }
    }
}

pub fn plan(threshold: u16, keys: Vec<KeySlot>, dealers: &[Party], recipients: &[Party]) -> Plan {
    Plan {
        parameters: PARAMETERS,
        context: b"ceremony".to_vec(),
        epoch: 1,
        threshold,
        keys,
        dealers: dealers.iter().map(Party::dealer).collect(),
        recipients: recipients.iter().map(Party::recipient).collect(),
    }
}

/// Everybody deals new keys and everybody receives: the outcome of each party.
pub fn generate(parties: &[Party], threshold: u16, curves: &[CurveId], rng: &mut StdRng) -> Vec<Outcome> {
    let keys = curves.iter().copied().map(KeySlot::Generate).collect();
    let ceremony = Ceremony::new(plan(threshold, keys, parties, parties)).unwrap();
    let mut dealings = Dealings::new(&ceremony);
    for party in parties {
        dealings.receive(&ceremony.deal(party.index, &party.identity, &[], rng).unwrap()).unwrap();
    }
    parties.iter().map(|party| dealings.finish(party.index, &party.key).unwrap()).collect()
}

/// A trusted dealer's sharing, for tests of what comes after it.
pub struct Sharing {
    pub public: PublicPolynomial,
    pub root: SecretScalar,
    pub shares: Vec<KeyShare>,
}

impl Sharing {
    /// Shares a random key among the parties 1..=`parties`.
    pub fn new(curve: CurveId, threshold: u16, parties: u16, rng: &mut StdRng) -> Self {
        let coefficients: Vec<_> = (0..threshold).map(|_| SecretScalar::random(curve, rng)).collect();
        let public = PublicPolynomial::new(coefficients.iter().map(SecretScalar::public).collect()).unwrap();
        let shares = Identifier::all(parties).map(|at| {
            let secret = evaluate(&coefficients, at);
            KeyShare::new(EPOCH, &public, at, secret).unwrap()
        });
        Self { shares: shares.collect(), public, root: coefficients.into_iter().next().unwrap() }
    }

    pub fn entry(&self, identifier: u16) -> Entry {
        Entry::new(&self.public, id(identifier)).unwrap()
    }
}

fn evaluate(coefficients: &[SecretScalar], at: Identifier) -> SecretScalar {
    with_curve!(coefficients[0].curve(), C => evaluate_on::<C>(coefficients, at))
}

fn evaluate_on<C: KeyCurve>(coefficients: &[SecretScalar], at: Identifier) -> SecretScalar {
    let x = C::Scalar::from(u64::from(at.get()));
    let value = coefficients.iter().rev().fold(C::Scalar::from(0), |value, coefficient| {
        value * x + C::decode_scalar(coefficient.expose_bytes()).unwrap()
    });
    SecretScalar::from_bytes(C::ID, &C::scalar_bytes(&value)).unwrap()
}

pub const EPOCH: u64 = 7;

pub fn header() -> Header {
    Header { parameters: PARAMETERS, context: b"network".to_vec(), epoch: EPOCH, node: b"node-2".to_vec() }
}

/// A backup of node 2's shares of three root keys, and all that opens it.
pub struct World {
    pub party: RecoveryParty,
    pub recovery: Sharing,
    pub blinder: Blinder,
    pub roots: Vec<Sharing>,
    pub expected: Statement,
    pub backup: Backup,
}

/// The node's place in the sharings of the root keys.
pub const NODE: u16 = 2;

impl World {
    /// A recovery party of four, of which three are needed.
    pub fn new(seed: u64) -> Self {
        let mut rng = rng(seed);
        let curves = [CurveId::Secp256k1, CurveId::Bls12381G1, CurveId::Secp256k1];
        let roots: Vec<_> = curves.iter().map(|curve| Sharing::new(*curve, 3, 4, &mut rng)).collect();
        let recovery = Sharing::new(CurveId::Bls12381G1, 3, 4, &mut rng);
        let party = RecoveryParty::new(recovery.public.clone(), &ids(1..=4)).unwrap();
        let blinder = Blinder::generate(&mut rng);
        let entries = roots.iter().map(|root| root.entry(NODE)).collect();
        let expected = Statement::backup(header(), party.public_key().clone(), blinder.public(), entries).unwrap();
        let backup = Backup::create(&expected, &Self::own(&roots), &mut rng).unwrap();
        Self { party, recovery, blinder, roots, expected, backup }
    }

    fn own(roots: &[Sharing]) -> Vec<&KeyShare> {
        roots.iter().map(|root| &root.shares[usize::from(NODE) - 1]).collect()
    }

    /// The node's shares.
    pub fn shares(&self) -> Vec<&KeyShare> {
        Self::own(&self.roots)
    }

    /// The decryption shares of these members for the backup.
    pub fn decryption_shares(&self, members: impl IntoIterator<Item = u16>) -> Vec<DecryptionShare> {
        self.decryption_shares_for(&self.expected.digest(), members)
    }

    pub fn decryption_shares_for(
        &self,
        digest: &StatementDigest,
        members: impl IntoIterator<Item = u16>,
    ) -> Vec<DecryptionShare> {
        let shares = members.into_iter().map(|member| &self.recovery.shares[usize::from(member) - 1]);
        shares.map(|share| DecryptionShare::new(share, digest).unwrap()).collect()
    }

    pub fn unlock(&self) -> UnlockKey {
        self.party.combine(&self.expected.digest(), &self.decryption_shares(1..=3)).unwrap()
    }

    pub fn verified(&self) -> VerifiedBackup {
        self.backup.clone().verify(&self.expected).unwrap()
    }
}

/// Are these the same shares, secrets and all?
pub fn same_shares(left: &[KeyShare], right: &[&KeyShare]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.encode() == right.encode())
}

/// `unsigned` with a signature after it. Made with the ECDSA library over the digest that the specification gives,
/// so that tests can sign what no honest party would.
pub fn signed(unsigned: &[u8], purpose: Purpose, identity: &IdentityKey) -> Vec<u8> {
    let text = purpose.wallet_text(unsigned);
    let (_, digest) = text.split_once("digest: 0x").unwrap();
    let digest: Vec<u8> = (0..32).map(|i| u8::from_str_radix(&digest[2 * i..2 * i + 2], 16).unwrap()).collect();
    let key = SigningKey::from_slice(&identity.encode()[1..]).unwrap();
    let signature: Ecdsa = key.sign_prehash(&digest).unwrap();
    [unsigned, &[1], &signature.normalize_s().to_bytes()].concat()
}

/// The hash of the specification (§3.2), made again to know what must come out.
pub fn xof<const N: usize>(label: &str, parts: &[&[u8]]) -> [u8; N] {
    let mut hash = Shake256::default();
    for part in [b"relight-v1", label.as_bytes()].iter().chain(parts) {
        hash.update(&(part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let mut output = [0; N];
    hash.finalize_xof().read(&mut output);
    output
}
