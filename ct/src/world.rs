//! A network with a recovery party and one node's backup, and copies of its secrets that are marked.

use crate::ceremonies::Ceremonies;
use crate::taint::{secret, secret_from, secret_inside};
use rand::SeedableRng;
use rand::rngs::StdRng;
use relight::curve::{CurveId, SecretScalar};
use relight::sharing::{Identifier, PartyIndex, VssCommitment};
use relight::{dealing::*, decryption::*, identity::*, recovery::*, registration::*, *};
use std::cell::OnceCell;

pub const CONTEXT: &[u8] = b"network";
pub const EPOCH: u64 = 7;
const NONCE: [u8; 32] = [9; 32];
/// Where the body of a secret object begins: after version and kind.
pub const BODY: usize = 2;
const SECRET_LEN: usize = 32;
pub const CHECKSUM_LEN: usize = 8;
/// The end of a stored answer.
const SIGMA_LEN: usize = 96;
/// A stored answer: its member, the place of its statement, the decryption share.
const ANSWER_LEN: usize = 2 + 2 + SIGMA_LEN;
const THRESHOLD: u16 = 2;
const PARTIES: u16 = 3;

/// When everything happens.
pub fn now() -> Timestamp {
    Timestamp::from_unix_seconds(1_800_000_000).unwrap()
}

/// A party with all its keys.
pub struct Party {
    pub index: PartyIndex,
    pub identity: IdentityKey,
    pub key: MemberKey,
}

impl Party {
    fn new(index: PartyIndex, rng: &mut StdRng) -> Self {
        Self { index, identity: IdentityKey::generate(rng), key: MemberKey::generate(rng) }
    }

    /// The identity, its secret marked.
    pub fn secret_identity(&self) -> IdentityKey {
        let encoded = self.identity.encode();
        let mut identity = IdentityKey::decode(&encoded).unwrap();
        secret_inside(&mut identity, &encoded[BODY..BODY + SECRET_LEN]);
        identity
    }

    /// The member key, marked.
    pub fn secret_key(&self) -> MemberKey {
        MemberKey::decode(&secret_from(&self.key.encode(), BODY)).unwrap()
    }
}

/// Three parties that are the network and its recovery party as well, with keys on every curve that any two can use.
pub struct World {
    pub parties: Vec<Party>,
    /// The shares of each party: of the recovery key, then of a root key on each curve.
    pub shares: Vec<Vec<KeyShare>>,
    pub sharings: Vec<VssCommitment>,
    pub party: RecoveryParty,
    pub blinder: Blinder,
    pub statement: Statement,
    pub backup: VerifiedBackup,
    /// A backup with two secrets in each response.
    pub packed: VerifiedBackup,
    /// The shares in it.
    pub packed_shares: Vec<KeyShare>,
    ceremonies: OnceCell<Ceremonies>,
}

impl World {
    /// The same secrets for the same seed.
    pub fn from_seed(seed: u64) -> Self {
        let rng = &mut StdRng::seed_from_u64(seed);
        let parties: Vec<Party> = PartyIndex::all(PARTIES).map(|index| Party::new(index, rng)).collect();
        let curves = [CurveId::Bls12381G1].iter().chain(CurveId::ALL);
        let (sharings, columns): (Vec<_>, Vec<_>) = curves.map(|curve| share_out(*curve, rng)).unzip();
        let shares = transposed(columns);
        let members: Vec<_> = parties.iter().map(|party| (party.index, party.index.into())).collect();
        let party = RecoveryParty::new(sharings[0].clone(), &members).unwrap();
        let blinder = Blinder::generate(rng);
        let backup = back_up(ParameterSet::Insecure, &shares[0][1..], &party, &blinder, rng);
        let curves = [CurveId::Secp256k1, CurveId::Bls12381G1].repeat(2);
        let packed_shares: Vec<KeyShare> = curves.iter().map(|curve| share_out(*curve, rng).1.swap_remove(0)).collect();
        let packed = back_up(ParameterSet::InsecurePacked, &packed_shares, &party, &blinder, rng);
        let statement = backup.statement().clone();
        let ceremonies = OnceCell::new();
        Self { parties, shares, sharings, party, blinder, statement, backup, packed, packed_shares, ceremonies }
    }

    /// They take long, so they are made when they are first asked for.
    pub fn ceremonies(&self) -> &Ceremonies {
        self.ceremonies.get_or_init(|| Ceremonies::new(self))
    }

    /// A party's shares of the root keys.
    pub fn root_shares(&self, party: usize) -> Vec<&KeyShare> {
        self.shares[party][1..].iter().collect()
    }

    /// The shares of the node's root keys, marked.
    pub fn secret_shares(&self) -> Vec<KeyShare> {
        self.shares[0][1..].iter().map(marked).collect()
    }

    /// A member's share of the recovery key, marked.
    pub fn secret_recovery_share(&self, member: usize) -> KeyShare {
        marked(&self.shares[member][0])
    }

    /// The Blinder, marked.
    pub fn secret_blinder(&self) -> Blinder {
        Blinder::decode(&secret_from(&self.blinder.encode(), BODY)).unwrap()
    }

    /// Decryption shares made of marked secrets.
    pub fn secret_decryption_shares(&self, statement: &Statement) -> Vec<DecryptionShare> {
        let members = self.parties.iter().zip(0..).take(usize::from(THRESHOLD));
        let shares = members.map(|(party, place)| (party.index, self.secret_recovery_share(place)));
        shares.map(|(index, share)| DecryptionShare::new(index, &share, &statement.digest()).unwrap()).collect()
    }

    /// The unlock key of a backup, made of marked secrets.
    pub fn secret_unlock_key(&self, statement: &Statement) -> UnlockKey {
        self.party.combine(&statement.digest(), &self.secret_decryption_shares(statement)).unwrap()
    }

    /// A ceremony of all parties that makes keys on every curve.
    pub fn generation(&self) -> Ceremony {
        ceremony(&self.parties, CurveId::ALL.iter().copied().collect())
    }

    /// A ceremony of all parties that shares the root keys anew.
    pub fn resharing(&self) -> Ceremony {
        ceremony(&self.parties, self.sharings[1..].iter().cloned().map(Reshared::from).collect())
    }

    /// The first two parties make the third one's shares of the root keys again.
    pub fn repair(&self) -> Repair {
        repair(&self.parties, &self.sharings[1..])
    }

    pub fn roster(&self) -> Roster {
        let rng = &mut StdRng::seed_from_u64(2);
        let members = self.parties.iter().map(|party| {
            let unsigned = MemberRegistration::first(CONTEXT, party.index, &party.identity.public(), &party.key, rng);
            RosterMember::new(unsigned.unwrap().sign(&party.identity).unwrap())
        });
        Roster::new(CONTEXT, self.sharings[0].clone(), members.collect()).unwrap()
    }
}

/// A copy of a share with its secret and its checksum marked.
pub fn marked(share: &KeyShare) -> KeyShare {
    let encoded = share.encode();
    KeyShare::decode(&secret_from(&encoded, encoded.len() - CHECKSUM_LEN - SECRET_LEN)).unwrap()
}

/// A copy of a session with its seed, the answers in it and its checksum marked.
pub fn marked_session(session: &Session) -> Session {
    let mut encoded = session.encode();
    let (rest, checksum) = encoded.split_last_chunk_mut::<CHECKSUM_LEN>().unwrap();
    let answers = rest.len() - vectors::accepted(session).len() * ANSWER_LEN;
    let (rest, answers) = rest.split_at_mut(answers);
    secret(checksum);
    answers.chunks_exact_mut(ANSWER_LEN).for_each(|answer| secret(&mut answer[ANSWER_LEN - SIGMA_LEN..]));
    secret(&mut rest[BODY..BODY + SECRET_LEN]);
    Session::decode(CONTEXT, &encoded).unwrap()
}

/// A copy of a secret, marked.
pub fn marked_scalar(secret: &SecretScalar) -> SecretScalar {
    SecretScalar::from_bytes(secret.curve(), &secret_from(secret.expose_bytes(), 0)).unwrap()
}

fn back_up(
    parameters: ParameterSet,
    shares: &[KeyShare],
    party: &RecoveryParty,
    blinder: &Blinder,
    rng: &mut StdRng,
) -> VerifiedBackup {
    let header = Header { parameters, network: CONTEXT.to_vec(), epoch: EPOCH, node: b"n".to_vec() };
    let entries = shares.iter().map(|share| share.entry().clone()).collect();
    let statement = Statement::backup(header, party.public_key().clone(), blinder.public(), entries).unwrap();
    Backup::create(&statement, shares, rng).unwrap().verify(&statement).unwrap()
}

fn ceremony(parties: &[Party], keys: Keys) -> Ceremony {
    let dealers = parties.iter().map(|party| Dealer::new(party.index, party.identity.public()));
    let recipients =
        parties.iter().map(|party| Recipient::new(party.index, party.identity.public(), party.key.public()));
    Ceremony::new(Plan {
        parameters: ParameterSet::Insecure,
        name: CONTEXT.to_vec(),
        nonce: NONCE,
        epoch: EPOCH,
        threshold: THRESHOLD,
        keys,
        dealers: dealers.collect(),
        recipients: recipients.collect(),
    })
    .unwrap()
}

/// All parties but the last make its shares of some keys again.
fn repair(parties: &[Party], keys: &[VssCommitment]) -> Repair {
    let [helpers @ .., receiver] = parties else { unreachable!("there are three parties") };
    let helpers = helpers.iter().map(|party| Helper {
        index: party.index,
        identity: party.identity.public(),
        member_key: party.key.public(),
        identifier: party.index.into(),
    });
    Repair {
        parameters: ParameterSet::Insecure,
        name: CONTEXT.to_vec(),
        nonce: NONCE,
        epoch: EPOCH,
        keys: keys.to_vec(),
        helpers: helpers.collect(),
        receiver: Recipient::new(receiver.index, receiver.identity.public(), receiver.key.public()),
    }
}

/// A random key, shared among all parties.
fn share_out(curve: CurveId, rng: &mut StdRng) -> (VssCommitment, Vec<KeyShare>) {
    share_key(&SecretScalar::random(curve, rng), rng)
}

/// A key, shared among all parties.
pub fn share_key(key: &SecretScalar, rng: &mut StdRng) -> (VssCommitment, Vec<KeyShare>) {
    let constant = SecretScalar::from_bytes(key.curve(), key.expose_bytes()).unwrap();
    let others = (1..THRESHOLD).map(|_| SecretScalar::random(key.curve(), rng));
    let coefficients: Vec<_> = [constant].into_iter().chain(others).collect();
    let indices: Vec<Identifier> = PartyIndex::all(PARTIES).map(Identifier::from).collect();
    let (public, values) = vectors::commit(&coefficients, &indices).unwrap();
    let shares = indices.into_iter().zip(values).map(|(at, value)| KeyShare::new(EPOCH, &public, at, value).unwrap());
    let shares = shares.collect();
    (public, shares)
}

/// From the shares of each key to the shares of each party.
fn transposed(columns: Vec<Vec<KeyShare>>) -> Vec<Vec<KeyShare>> {
    let mut columns: Vec<_> = columns.into_iter().map(Vec::into_iter).collect();
    (0..PARTIES).map(|_| columns.iter_mut().filter_map(Iterator::next).collect()).collect()
}
