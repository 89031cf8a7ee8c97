//! A small network and its recovery party, as honest as can be.

use rand::SeedableRng;
use rand::rngs::StdRng;
use relight::curve::CurveId;
use relight::sharing::{Identifier, PartyIndex, PublicPolynomial};
use relight::{
    Backup, Blinder, Ceremony, Dealer, Dealings, DecryptionShare, Entry, Header, Helper, IdentityKey, KeyShare,
    KeySlot, MemberKey, MemberRegistration, Outcome, ParameterSet, Plan, Recipient, Repair, Request, Result, Review,
    Roster, RosterMember, Session, SignatureScheme, Statement, StatementDigest,
};
use std::sync::LazyLock;

/// When everything happens.
pub const NOW: u64 = 1_800_000_000;
/// The name of the network.
pub const CONTEXT: &[u8] = b"network";
const NODE: &[u8] = b"node-1";
/// A pack of two keys, and one of one.
const ROOT_CURVES: [CurveId; 3] = [CurveId::Secp256k1, CurveId::Bls12381G1, CurveId::Secp256k1];
const PARTIES: u16 = 3;
const THRESHOLD: u16 = 2;
/// Where the shares of the parties lie: from the smallest number to one of 512 bits.
const IDENTIFIERS: [&[u8]; PARTIES as usize] = [&[1], &[0xa7; 32], &[0xff; 64]];

/// Made once for all runs.
pub static WORLD: LazyLock<World> = LazyLock::new(|| World::new().expect("honest parties succeed"));

/// What honest parties have and send.
pub struct World {
    /// The ceremony of the root keys.
    pub ceremony: Ceremony,
    /// The dealings of all its dealers.
    pub dealings: Vec<Vec<u8>>,
    /// The member keys of its recipients.
    pub keys: Vec<MemberKey>,
    /// The ceremonies of other kinds: the root keys re-shared, a share of them repaired, and that handed over.
    pub other_ceremonies: Vec<Ceremony>,
    /// The identities of all parties.
    pub identities: Vec<IdentityKey>,
    /// The recovery party.
    pub roster: Roster,
    /// The members' shares of the recovery key.
    pub recovery_shares: Vec<KeyShare>,
    /// The Blinder of the first node.
    pub blinder: Blinder,
    /// The first node's shares of the root keys.
    pub shares: Vec<KeyShare>,
    /// What its backup must state.
    pub statement: Statement,
    /// Its backup.
    pub backup: Vec<u8>,
    /// A session of a fresh node, nothing received yet.
    pub session: Vec<u8>,
    /// What it asks.
    pub request: Vec<u8>,
    /// What the members answer.
    pub responses: Vec<Vec<u8>>,
}

impl World {
    fn new() -> Result<Self> {
        let rng = &mut StdRng::seed_from_u64(1);
        let parties = Party::all(rng)?;
        let (ceremony, dealings, outcomes) = generate(&parties, &ROOT_CURVES, rng)?;
        let (_, _, recovery) = generate(&parties, &[CurveId::Bls12381G1], rng)?;
        let members = parties.iter().map(|party| party.register(rng)).collect::<Result<_>>()?;
        let roster = Roster::new(CONTEXT, recovery[0].public.keys[0].clone(), members)?;
        let other_ceremonies = other_ceremonies(&parties, &outcomes[0].public.keys)?;
        let recovery_shares: Vec<KeyShare> = recovery.into_iter().flat_map(|outcome| outcome.shares).collect();
        let blinder = Blinder::generate(rng);
        let statement = statement(&outcomes[0], &roster, &blinder)?;
        let shares = outcomes.into_iter().next().map_or(Vec::new(), |outcome| outcome.shares);
        let backup = Backup::create(&statement, &shares.iter().collect::<Vec<_>>(), rng)?.encode();
        let session = Session::new(roster.clone(), vec![statement.clone()], b"fresh", NOW + 60, rng)?;
        let answers = parties.iter().zip(&recovery_shares);
        let answers = answers.map(|(party, share)| party.answer(session.request(), &statement, &roster, share, rng));
        let responses = answers.collect::<Result<_>>()?;
        let (identities, keys) = parties.into_iter().map(|party| (party.identity, party.key)).unzip();
        Ok(Self {
            responses,
            request: session.request().encode(),
            session: session.encode().to_vec(),
            keys,
            identities,
            ceremony,
            dealings,
            other_ceremonies,
            roster,
            recovery_shares,
            blinder,
            shares,
            statement,
            backup,
        })
    }

    /// What the members answer, unsealed.
    pub fn decryption_shares(&self, digest: &StatementDigest) -> Vec<DecryptionShare> {
        let members = PartyIndex::all(PARTIES).zip(&self.recovery_shares);
        let shares = members.map(|(member, share)| DecryptionShare::new(member, share, digest));
        shares.collect::<Result<_>>().expect("the shares are on the right curve")
    }

    /// The fresh node's session, nothing received yet.
    pub fn fresh_session(&self) -> Session {
        Session::decode(CONTEXT, &self.session).expect("the session was encoded")
    }

    /// The session as it comes back after a restart.
    pub fn restarted(session: &Session) -> Session {
        Session::decode(CONTEXT, &session.encode()).expect("the session was encoded")
    }
}

struct Party {
    index: PartyIndex,
    identifier: Identifier,
    identity: IdentityKey,
    key: MemberKey,
}

impl Party {
    fn all(rng: &mut StdRng) -> Result<Vec<Self>> {
        let party = |(index, identifier)| {
            let (identity, key) = (IdentityKey::generate(rng), MemberKey::generate(rng));
            Ok(Self { index, identifier: Identifier::from_bytes(identifier)?, identity, key })
        };
        PartyIndex::all(PARTIES).zip(IDENTIFIERS).map(party).collect()
    }

    fn register(&self, rng: &mut StdRng) -> Result<RosterMember> {
        let registration = MemberRegistration::new(CONTEXT, self.index, &self.identity, &self.key, rng)?;
        Ok(RosterMember { registration, identifier: self.identifier })
    }

    fn as_dealer(&self) -> Dealer {
        Dealer { index: self.index, identity: self.identity.public(), identifier: self.identifier }
    }

    fn as_recipient(&self) -> Recipient {
        Recipient { index: self.index, member_key: self.key.public(), identifier: self.identifier }
    }

    fn as_helper(&self) -> Helper {
        let (identity, member_key) = (self.identity.public(), self.key.public());
        Helper { index: self.index, identity, member_key, identifier: self.identifier }
    }

    fn answer(
        &self,
        request: &Request,
        statement: &Statement,
        roster: &Roster,
        share: &KeyShare,
        rng: &mut StdRng,
    ) -> Result<Vec<u8>> {
        let statements = [statement.clone()];
        let unsigned = Review::new(request, &statements, roster, NOW)?.answer(share, rng)?;
        Ok(unsigned.sign(&self.identity, SignatureScheme::Sha256)?.encode())
    }
}

fn plan(parties: &[Party], keys: Vec<KeySlot>) -> Plan {
    Plan {
        parameters: ParameterSet::InsecurePacked,
        context: CONTEXT.to_vec(),
        epoch: 1,
        threshold: THRESHOLD,
        keys,
        dealers: parties.iter().map(Party::as_dealer).collect(),
        recipients: parties.iter().map(Party::as_recipient).collect(),
    }
}

fn generate(parties: &[Party], curves: &[CurveId], rng: &mut StdRng) -> Result<(Ceremony, Vec<Vec<u8>>, Vec<Outcome>)> {
    let ceremony = Ceremony::new(plan(parties, curves.iter().copied().map(KeySlot::Generate).collect()))?;
    let deal = |party: &Party| ceremony.deal(party.index, &party.identity, &[], rng);
    let dealings: Vec<Vec<u8>> = parties.iter().map(deal).collect::<Result<_>>()?;
    let mut received = Dealings::new(&ceremony);
    dealings.iter().try_for_each(|dealing| received.receive(dealing))?;
    let outcomes = parties.iter().map(|party| received.finish(party.index, &party.key)).collect::<Result<_>>()?;
    Ok((ceremony, dealings, outcomes))
}

fn other_ceremonies(parties: &[Party], keys: &[PublicPolynomial]) -> Result<Vec<Ceremony>> {
    let resharing = Ceremony::new(plan(parties, keys.iter().cloned().map(KeySlot::reshare).collect()))?;
    let [helpers @ .., receiver] = parties else { unreachable!("there are three parties") };
    let repair = Repair {
        parameters: ParameterSet::InsecurePacked,
        context: CONTEXT.to_vec(),
        epoch: 1,
        keys: keys.to_vec(),
        helpers: helpers.iter().map(Party::as_helper).collect(),
        receiver: receiver.as_recipient(),
    };
    // Sharings of the same keys stand for the outcome of the first ceremony.
    let handing_over = keys.iter().cloned().map(KeySlot::HandOver).collect();
    let (threshold, recipients) = (1, vec![receiver.as_recipient()]);
    let hand_over = Ceremony::new(Plan { threshold, recipients, ..plan(parties, handing_over) })?;
    Ok(vec![resharing, repair.prepare()?, hand_over])
}

fn statement(outcome: &Outcome, roster: &Roster, blinder: &Blinder) -> Result<Statement> {
    let (context, node) = (CONTEXT.to_vec(), NODE.to_vec());
    let header = Header { parameters: ParameterSet::InsecurePacked, context, epoch: 1, node };
    let entries = outcome.public.keys.iter().map(|key| Entry::new(key, Identifier::from_bytes(IDENTIFIERS[0])?));
    let recovery_key = roster.party().public_key().clone();
    Statement::backup(header, recovery_key, blinder.public(), entries.collect::<Result<_>>()?)
}
