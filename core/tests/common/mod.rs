//! Fixtures: parties with keys, ceremonies, backups, and bytes that are no points.
#![allow(dead_code, unreachable_pub)]

pub mod closing;
#[macro_use]
mod curves;
pub mod recovery;

#[cfg(not(feature = "transparent"))]
use k256::ecdsa::{Signature as Ecdsa, SigningKey, signature::hazmat::PrehashSigner};
use proptest::test_runner::Config as ProptestConfig;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use relight::curve::{CurveId, KeyCurve, SecretScalar};
#[cfg(feature = "transparent")]
use relight::identity::SignatureScheme;
use relight::sharing::{Identifier, PartyIndex, VssCommitment};
use relight::{
    Backup, Blinder, Entry, Header, KeyShare, MemberKey, ParameterSet, Statement, StatementDigest, VerifiedBackup,
    dealing::{Ceremony, Dealer, Keys, Outcome, Plan, Recipient},
    decryption::{DecryptionShare, RecoveryParty, UnlockKey},
    identity::{IdentityKey, Purpose},
};
use shake::{ExtendableOutput, Shake256, Update, XofReader};

/// The set for tests that are not about parameter sets.
pub const PARAMETERS: ParameterSet = ParameterSet::Insecure;

/// The curve of root keys in tests that are not about curves: the one without secrets if the build has it.
#[cfg(feature = "transparent")]
pub const KEY_CURVE: CurveId = CurveId::Transparent;
#[cfg(not(feature = "transparent"))]
pub const KEY_CURVE: CurveId = CurveId::Secp256k1;

/// So many cases of a property with real curves, and twenty times as many in a build without.
pub fn cases(with_real_curves: u32) -> ProptestConfig {
    ProptestConfig::with_cases(if cfg!(feature = "transparent") { 20 * with_real_curves } else { with_real_curves })
}

pub fn rng(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}

pub fn id(number: u64) -> Identifier {
    Identifier::new(number).unwrap()
}

pub fn ids(numbers: impl IntoIterator<Item = u64>) -> Vec<Identifier> {
    numbers.into_iter().map(id).collect()
}

pub fn index(number: u16) -> PartyIndex {
    PartyIndex::new(number).unwrap()
}

pub fn indices(numbers: impl IntoIterator<Item = u16>) -> Vec<PartyIndex> {
    numbers.into_iter().map(index).collect()
}

/// Members whose shares lie at their indices.
pub fn members(numbers: impl IntoIterator<Item = u16>) -> Vec<(PartyIndex, Identifier)> {
    numbers.into_iter().map(|number| (index(number), index(number).into())).collect()
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
    if curve == CurveId::Bls12381G1 { BLS_ORDER } else { SECP256K1_ORDER }
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

/// A party of a ceremony: its number, where its shares lie, and all its keys.
pub struct Party {
    pub index: PartyIndex,
    pub identifier: Identifier,
    pub identity: IdentityKey,
    pub key: MemberKey,
}

impl Party {
    /// Its shares lie at its index.
    pub fn new(number: u16, rng: &mut StdRng) -> Self {
        Self::at(number, index(number).into(), rng)
    }

    pub fn at(number: u16, identifier: Identifier, rng: &mut StdRng) -> Self {
        Self { index: index(number), identifier, identity: IdentityKey::generate(rng), key: MemberKey::generate(rng) }
    }

    pub fn group(indices: impl IntoIterator<Item = u16>, rng: &mut StdRng) -> Vec<Self> {
        indices.into_iter().map(|index| Self::new(index, rng)).collect()
    }

    /// Numbered from one.
    pub fn group_at(identifiers: &[Identifier], rng: &mut StdRng) -> Vec<Self> {
        (1..).zip(identifiers).map(|(index, identifier)| Self::at(index, *identifier, rng)).collect()
    }

    pub fn dealer(&self) -> Dealer {
        Dealer { index: self.index, identity: self.identity.public(), identifier: self.identifier }
    }

    pub fn recipient(&self) -> Recipient {
        let (identity, member_key) = (self.identity.public(), self.key.public());
        Recipient { index: self.index, identity, member_key, identifier: self.identifier }
    }
}

/// Of the plans of tests.
pub const NONCE: [u8; 32] = [0x2a; 32];

pub fn plan(threshold: u16, keys: Keys, dealers: &[Party], recipients: &[Party]) -> Plan {
    Plan {
        parameters: PARAMETERS,
        name: b"ceremony".to_vec(),
        nonce: NONCE,
        epoch: 1,
        threshold,
        keys,
        dealers: dealers.iter().map(Party::dealer).collect(),
        recipients: recipients.iter().map(Party::recipient).collect(),
    }
}

/// Everybody deals new keys and everybody receives: the outcome of each party.
pub fn generate(parties: &[Party], threshold: u16, curves: &[CurveId], rng: &mut StdRng) -> Vec<Outcome> {
    let keys = curves.iter().copied().collect();
    let ceremony = Ceremony::new(plan(threshold, keys, parties, parties)).unwrap();
    let deal = |party: &Party| ceremony.deal(party.index, &party.identity, &[], rng).unwrap().encode();
    closing::finish(&ceremony, &parties.iter().map(deal).collect::<Vec<_>>(), parties)
}

/// A trusted dealer's sharing, for tests of what comes after it.
pub struct Sharing {
    pub public: VssCommitment,
    pub root: SecretScalar,
    pub shares: Vec<KeyShare>,
}

impl Sharing {
    /// Shares a random key among the parties 1..=`parties`.
    pub fn new(curve: CurveId, threshold: u16, parties: u16, rng: &mut StdRng) -> Self {
        Self::at(curve, threshold, &ids(1..=u64::from(parties)), rng)
    }

    /// Shares a random key among these identifiers.
    pub fn at(curve: CurveId, threshold: u16, identifiers: &[Identifier], rng: &mut StdRng) -> Self {
        Self::of((0..threshold).map(|_| SecretScalar::random(curve, rng)).collect(), identifiers)
    }

    /// The sharing by this polynomial. There is no share of zero.
    pub fn of(coefficients: Vec<SecretScalar>, identifiers: &[Identifier]) -> Self {
        let public = VssCommitment::new(coefficients.iter().map(SecretScalar::public).collect()).unwrap();
        let shares = identifiers.iter().filter_map(|at| {
            let secret = evaluate(&coefficients, at)?;
            Some(KeyShare::new(EPOCH, &public, *at, secret).unwrap())
        });
        Self { shares: shares.collect(), public, root: coefficients.into_iter().next().unwrap() }
    }

    pub fn entry(&self, identifier: u64) -> Entry {
        Entry::new(&self.public, id(identifier)).unwrap()
    }
}

/// The value of a polynomial, unless it is zero.
pub fn evaluate(coefficients: &[SecretScalar], at: &Identifier) -> Option<SecretScalar> {
    with_curve!(coefficients[0].curve(), C => evaluate_on::<C>(coefficients, at))
}

fn evaluate_on<C: KeyCurve>(coefficients: &[SecretScalar], at: &Identifier) -> Option<SecretScalar> {
    let x = element::<C>(at);
    let coefficients = coefficients.iter().rev().map(scalar::<C>);
    let value = coefficients.fold(C::Scalar::from(0), |value, coefficient| value * x + coefficient);
    SecretScalar::from_bytes(C::ID, &C::scalar_bytes(&value)).ok()
}

pub fn scalar<C: KeyCurve>(secret: &SecretScalar) -> C::Scalar {
    C::decode_scalar(secret.expose_bytes()).unwrap()
}

/// A random polynomial that is zero at these identifiers.
pub fn vanishing(curve: CurveId, threshold: u16, roots: &[Identifier], rng: &mut StdRng) -> Vec<SecretScalar> {
    let free = usize::from(threshold) - roots.len();
    with_curve!(curve, C => {
        let mut product: Vec<_> = (0..free).map(|_| C::random_scalar(rng)).collect();
        roots.iter().for_each(|root| product = times_linear::<C>(&product, element::<C>(root)));
        product.iter().map(|c| SecretScalar::from_bytes(C::ID, &C::scalar_bytes(c)).unwrap()).collect()
    })
}

/// polynomial·(x - root).
pub fn times_linear<C: KeyCurve>(polynomial: &[C::Scalar], root: C::Scalar) -> Vec<C::Scalar> {
    let zero = C::Scalar::from(0);
    let shifted = [&[zero], polynomial].concat();
    let scaled = polynomial.iter().map(|coefficient| *coefficient * root).chain([zero]);
    shifted.into_iter().zip(scaled).map(|(higher, lower)| higher - lower).collect()
}

/// An identifier modulo the order, byte by byte.
pub fn element<C: KeyCurve>(identifier: &Identifier) -> C::Scalar {
    let bytes = identifier.as_bytes().iter();
    bytes.fold(C::Scalar::from(0), |high, low| high * C::Scalar::from(256) + C::Scalar::from(u64::from(*low)))
}

pub const EPOCH: u64 = 7;

pub fn header() -> Header {
    Header { parameters: PARAMETERS, network: b"network".to_vec(), epoch: EPOCH, node: b"node-2".to_vec() }
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
pub const NODE: u64 = 2;

impl World {
    /// A recovery party of four, of which three are needed.
    pub fn new(seed: u64) -> Self {
        let mut rng = rng(seed);
        let curves = [KEY_CURVE, CurveId::Bls12381G1, KEY_CURVE];
        let roots: Vec<_> = curves.iter().map(|curve| Sharing::new(*curve, 3, 4, &mut rng)).collect();
        let recovery = Sharing::new(CurveId::Bls12381G1, 3, 4, &mut rng);
        let party = RecoveryParty::new(recovery.public.clone(), &members(1..=4)).unwrap();
        let blinder = Blinder::generate(&mut rng);
        let entries = roots.iter().map(|root| root.entry(NODE)).collect();
        let expected = Statement::backup(header(), party.public_key().clone(), blinder.public(), entries).unwrap();
        let backup = Backup::create(&expected, Self::own(&roots), &mut rng).unwrap();
        Self { party, recovery, blinder, roots, expected, backup }
    }

    fn own(roots: &[Sharing]) -> Vec<&KeyShare> {
        roots.iter().map(|root| &root.shares[NODE as usize - 1]).collect()
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
        let shares = members.into_iter().map(|member| (index(member), &self.recovery.shares[usize::from(member) - 1]));
        shares.map(|(member, share)| DecryptionShare::new(member, share, digest).unwrap()).collect()
    }

    pub fn unlock(&self) -> UnlockKey {
        self.party.combine(&self.expected.digest(), &self.decryption_shares(1..=3)).unwrap()
    }

    pub fn verified(&self) -> VerifiedBackup {
        self.backup.clone().verify(&self.expected).unwrap()
    }
}

/// What an encryptor knows of its proof, from the randomness and the secrets (spec §6.3).
pub struct Prover {
    digest: [u8; 32],
    pub master: [u8; 32],
    pub nonce: [u8; 16],
    /// The proof id N.
    pub id: [u8; 32],
}

impl Prover {
    /// Of the world's backup, made with the generator of this seed.
    pub fn new(world: &World, seed: u64) -> Self {
        let digest = world.expected.digest().to_bytes();
        let mut fresh = [0; 32];
        rng(seed).fill_bytes(&mut fresh);
        let shares = world.shares();
        let secrets = shares.iter().map(|share| share.secret().expose_bytes());
        let master = xof("master-seed", &[&digest[..], &fresh].into_iter().chain(secrets).collect::<Vec<_>>());
        let nonce: [u8; 16] = xof("nonce", &[&digest, &master]);
        Self { digest, master, nonce, id: xof("proof", &[&digest, &nonce]) }
    }

    /// The instances that a proof opens, and those that it keeps, each with its seed.
    pub fn instances(&self, proof: &[u8]) -> [Vec<(u16, [u8; 16])>; 2] {
        let seed = |index: u16| xof("seed", &[&self.digest, &index.to_be_bytes(), &self.master]);
        let shown = |seed: &[u8; 16]| proof.windows(16).any(|bytes| bytes == seed);
        let seeds = (0..PARAMETERS.instances()).map(|index| (index, seed(index)));
        let (opened, kept) = seeds.partition(|(_, seed)| shown(seed));
        [opened, kept]
    }

    /// The sub-seed of the only compartment.
    pub fn sub_seed(&self, index: u16, seed: &[u8; 16]) -> [u8; 16] {
        xof("sub-seed", &[&self.id, &index.to_be_bytes(), &[0, 0], seed])
    }
}

/// Are these the same shares, secrets and all?
pub fn same_shares(left: &[KeyShare], right: &[&KeyShare]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.encode() == right.encode())
}

/// Where the scalar stands in an identity key, a member key or a Blinder.
pub const SCALAR: core::ops::Range<usize> = 2..34;

/// `unsigned` with a signature after it, whatever it is.
pub fn signed(unsigned: &[u8], purpose: Purpose, identity: &IdentityKey) -> Vec<u8> {
    [unsigned, &signature(unsigned, purpose, identity)].concat()
}

/// Made with the ECDSA library over the digest that the specification gives.
#[cfg(not(feature = "transparent"))]
fn signature(unsigned: &[u8], purpose: Purpose, identity: &IdentityKey) -> Vec<u8> {
    let text = purpose.wallet_text(unsigned);
    let (_, digest) = text.split_once("digest: 0x").unwrap();
    let digest: Vec<u8> = (0..32).map(|i| u8::from_str_radix(&digest[2 * i..2 * i + 2], 16).unwrap()).collect();
    let key = SigningKey::from_slice(&identity.encode()[SCALAR]).unwrap();
    let signature: Ecdsa = key.sign_prehash(&digest).unwrap();
    [&[1][..], &signature.normalize_s().to_bytes()].concat()
}

#[cfg(feature = "transparent")]
fn signature(unsigned: &[u8], purpose: Purpose, identity: &IdentityKey) -> Vec<u8> {
    identity.sign(SignatureScheme::Sha256, purpose, unsigned).unwrap().to_bytes().to_vec()
}

/// A changed secret object with the checksum that it then has (spec §8.5).
pub fn resealed(object: &[u8]) -> Vec<u8> {
    let content = &object[..object.len() - 8];
    [content, &xof::<8>("checksum", &[content])].concat()
}

/// The hash of the specification (§3.2), made again to know what must come out.
pub fn xof<const N: usize>(label: &str, parts: &[&[u8]]) -> [u8; N] {
    let mut hash = Shake256::default();
    hash.update(&frame(label, parts));
    let mut output = [0; N];
    hash.finalize_xof().read(&mut output);
    output
}

/// The framing of the specification (§3.2).
pub fn frame(label: &str, parts: &[&[u8]]) -> Vec<u8> {
    let parts = [b"relight-v1", label.as_bytes()].into_iter().chain(parts.iter().copied());
    parts.flat_map(|part| [&(part.len() as u64).to_be_bytes()[..], part].concat()).collect()
}
