//! A small network and its recovery party, as honest as can be.

use rand::SeedableRng;
use rand::rngs::StdRng;
use relight::curve::CurveId;
use relight::sharing::{Identifier, PartyIndex, VssCommitment};
use relight::{
    Backup, Blinder, Entry, Header, KeyShare, MemberKey, ParameterSet, Result, Statement, StatementDigest, Timestamp,
    bundle::{Bundle, Certified},
    coverage::{Holding, Network, Node},
    dealing::{
        Ceremony, Certificate, ClosedDealings, Confirmations, Dealer, Dealing, Dealings, Evidence, Helper, Keys,
        Outcome, Plan, Recipient, Repair, Reshared,
    },
    decryption::DecryptionShare,
    identity::{IdentityKey, Signed, Unsigned},
    recovery::{Authorisation, Request, Response, Review, Roster, RosterMember, Session},
    registration::{BlinderRegistration, MemberRegistration},
};
use std::sync::LazyLock;

/// When everything happens.
pub const NOW: u64 = 1_800_000_000;
/// The name of the network, and of all else that has one.
pub const NAME: &[u8] = b"network";
/// The node whose backup it is.
pub const NODE: &[u8] = b"node-1";
const OTHER_NODE: &[u8] = b"node-2";
/// How long requests are open, in seconds.
pub const OPEN_FOR: u64 = 60;
const SIGNATURE_LEN: usize = 65;
const NONCE: [u8; 32] = [3; 32];
/// The curve of root keys that is not the one of the recovery key.
#[cfg(feature = "transparent")]
const KEY_CURVE: CurveId = CurveId::Transparent;
#[cfg(not(feature = "transparent"))]
const KEY_CURVE: CurveId = CurveId::Secp256k1;
/// The curves of whose arithmetic as much is done as inputs ask for: the fast ones, if there are any.
#[cfg(feature = "transparent")]
pub const CURVES: &[CurveId] = &[KEY_CURVE, CurveId::Bls12381G1];
#[cfg(not(feature = "transparent"))]
pub const CURVES: &[CurveId] = CurveId::ALL;
/// A pack of two keys, and one of one.
const ROOT_CURVES: [CurveId; 3] = [KEY_CURVE, CurveId::Bls12381G1, KEY_CURVE];
const PARTIES: u16 = 3;
const THRESHOLD: u16 = 2;
/// Where the shares of the parties lie: from the smallest number to one of 512 bits.
const IDENTIFIERS: [&[u8]; PARTIES as usize] = [&[1], &[0xa7; 32], &[0xff; 64]];

/// So many seconds after [`NOW`].
pub fn after(seconds: u64) -> Timestamp {
    Timestamp::from_unix_seconds(NOW + seconds).expect("a time")
}

/// Made once for all runs.
pub static WORLD: LazyLock<World> = LazyLock::new(|| World::new().expect("honest parties succeed"));

/// What honest parties have and send.
pub struct World {
    /// The ceremony of the root keys.
    pub ceremony: Ceremony,
    /// The dealings of all its dealers.
    pub dealings: Vec<Vec<u8>>,
    /// What all its recipients confirm.
    pub confirmations: Vec<Vec<u8>>,
    /// The certificate of them all.
    pub certificate: Certificate,
    /// Evidence of every kind. Nobody in it is honest.
    pub evidence: Vec<Vec<u8>>,
    /// The member keys of its recipients.
    pub keys: Vec<MemberKey>,
    /// The ceremonies of other kinds: the root keys re-shared, a share of them repaired, and that handed over.
    pub other_ceremonies: Vec<Ceremony>,
    /// The identities of all parties; the first one also operates the node.
    pub identities: Vec<IdentityKey>,
    /// The recovery party.
    pub roster: Roster,
    /// The members' shares of the recovery key.
    pub recovery_shares: Vec<KeyShare>,
    /// The Blinder of the first node.
    pub blinder: Blinder,
    /// Its registration, and that of the next Blinder.
    pub blinder_registrations: Vec<BlinderRegistration>,
    /// What is public of the network.
    pub bundle: Bundle,
    /// The first member's registration with another key.
    pub next_member_registration: MemberRegistration,
    /// The first node's shares of the root keys.
    pub shares: Vec<KeyShare>,
    /// What its backup must state.
    pub statement: Statement,
    /// Its backup.
    pub backup: Vec<u8>,
    /// A session of a fresh node, authorised and nothing received yet.
    pub session: Vec<u8>,
    /// What it asks.
    pub request: Vec<u8>,
    /// What the members answer.
    pub responses: Vec<Vec<u8>>,
    /// A request for two backups.
    pub pair: Pair,
}

/// A session that asks for two backups, step by step.
pub struct Pair {
    /// What the backups state.
    pub statements: Vec<Statement>,
    /// What is to be authorised.
    pub draft: Vec<u8>,
    /// An authorisation for each backup.
    pub authorisations: Vec<Vec<u8>>,
    /// What is asked.
    pub request: Vec<u8>,
    /// What each member answers: for the first backup, for the second, for both.
    pub responses: Vec<[Vec<u8>; 3]>,
    /// An answer of the first member that nobody can open.
    pub unreadable: Vec<u8>,
    /// What shows that.
    pub accusation: Vec<u8>,
}

impl World {
    fn new() -> Result<Self> {
        let rng = &mut StdRng::seed_from_u64(1);
        let parties = Party::all(rng)?;
        let played = Played::generate(&parties, &ROOT_CURVES, rng)?;
        let recovery = Played::generate(&parties, &[CurveId::Bls12381G1], rng)?.outcomes;
        let members = parties.iter().map(|party| party.register(rng)).collect::<Result<_>>()?;
        let roster = Roster::new(NAME, recovery[0].public.keys[0].clone(), members)?;
        let other_ceremonies = other_ceremonies(&parties, &played.outcomes[0].public.keys)?;
        let recovery_shares: Vec<KeyShare> = recovery.into_iter().flat_map(|outcome| outcome.shares).collect();
        let blinder = Blinder::generate(rng);
        let operator = &parties[0].identity;
        let first = BlinderRegistration::first(&blinder, NAME, NODE, &operator.public(), rng)?.sign(operator)?;
        let second = first.successor(&Blinder::generate(rng), rng)?.sign(operator)?;
        let next_member = roster.members()[0].registration.successor(&MemberKey::generate(rng), rng)?.sign(operator)?;
        let statement = statement(NODE, &played.outcomes[0], &roster, &blinder)?;
        let evidence = evidence(&parties, &played, rng)?;
        let bundle = bundle(&parties[0], &roster, &played, &[first.clone(), second.clone()])?;
        let pair = Pair::new(&parties, &played.outcomes[0], &roster, &recovery_shares, rng)?;
        let shares = played.outcomes.into_iter().next().map_or(Vec::new(), |outcome| outcome.shares);
        let backup = Backup::create(&statement, &shares, rng)?.encode();
        let statements = vec![statement.clone()];
        let mut session = Session::new(roster.clone(), statements.clone(), b"fresh", after(0), after(OPEN_FOR), rng)?;
        session.authorise(&Authorisation::new(session.draft(), &statement, &blinder, rng)?)?;
        let request = session.request()?;
        let answers = parties.iter().zip(&recovery_shares);
        let answers =
            answers.map(|(party, share)| party.answer(&request, &statements, &statements, &roster, share, rng));
        let responses = answers.collect::<Result<_>>()?;
        let (identities, keys) = parties.into_iter().map(|party| (party.identity, party.key)).unzip();
        Ok(Self {
            ceremony: played.ceremony,
            dealings: played.dealings,
            confirmations: played.confirmations,
            certificate: played.certificate,
            evidence,
            keys,
            other_ceremonies,
            identities,
            roster,
            recovery_shares,
            blinder,
            blinder_registrations: vec![first, second],
            bundle,
            next_member_registration: next_member,
            shares,
            statement,
            backup,
            session: session.encode().to_vec(),
            request: request.encode(),
            responses,
            pair,
        })
    }

    /// All dealings of the ceremony, received.
    pub fn received(&self) -> Dealings<'_> {
        received(&self.ceremony, &self.dealings).expect("the dealings are good")
    }

    /// The ceremony, closed.
    pub fn closed(&self) -> ClosedDealings<'_> {
        let verified = self.certificate.clone().verify(&self.ceremony).expect("the certificate is good");
        self.received().close(verified).expect("the certificate is of this ceremony")
    }

    /// What the members answer, unsealed.
    pub fn decryption_shares(&self, digest: &StatementDigest) -> Vec<DecryptionShare> {
        let members = PartyIndex::all(PARTIES).zip(&self.recovery_shares);
        let shares = members.map(|(member, share)| DecryptionShare::new(member, share, digest));
        shares.collect::<Result<_>>().expect("the shares are on the right curve")
    }

    /// The fresh node's session, nothing received yet.
    pub fn fresh_session(&self) -> Session {
        Session::decode(NAME, &self.session).expect("the session was encoded")
    }

    /// The session as it comes back after a restart.
    pub fn restarted(session: &Session) -> Session {
        Session::decode(NAME, &session.encode()).expect("the session was encoded")
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
        let unsigned = MemberRegistration::first(NAME, self.index, &self.identity.public(), &self.key, rng)?;
        Ok(RosterMember { registration: unsigned.sign(&self.identity)?, identifier: self.identifier })
    }

    fn as_dealer(&self) -> Dealer {
        Dealer { index: self.index, identity: self.identity.public(), identifier: self.identifier }
    }

    fn as_recipient(&self) -> Recipient {
        let (identity, member_key) = (self.identity.public(), self.key.public());
        Recipient { index: self.index, identity, member_key, identifier: self.identifier }
    }

    fn as_helper(&self) -> Helper {
        let (identity, member_key) = (self.identity.public(), self.key.public());
        Helper { index: self.index, identity, member_key, identifier: self.identifier }
    }

    /// Answers for some of the statements.
    fn answer(
        &self,
        request: &Request,
        known: &[Statement],
        answered: &[Statement],
        roster: &Roster,
        share: &KeyShare,
        rng: &mut StdRng,
    ) -> Result<Vec<u8>> {
        let digests: Vec<StatementDigest> = answered.iter().map(Statement::digest).collect();
        let unsigned = Review::new(request, known, roster, after(0))?.respond_to(&digests, share, rng)?;
        Ok(unsigned.sign(&self.identity)?.encode())
    }
}

impl Pair {
    fn new(
        parties: &[Party],
        outcome: &Outcome,
        roster: &Roster,
        shares: &[KeyShare],
        rng: &mut StdRng,
    ) -> Result<Self> {
        let blinders = [Blinder::generate(rng), Blinder::generate(rng)];
        let statements = [NODE, OTHER_NODE].into_iter().zip(&blinders);
        let statements = statements.map(|(node, blinder)| statement(node, outcome, roster, blinder));
        let statements: Vec<Statement> = statements.collect::<Result<_>>()?;
        let mut session = Self::ask(roster, &statements)?;
        let draft = session.draft().clone();
        let authorisations = statements.iter().zip(&blinders);
        let authorisations = authorisations.map(|(statement, one)| Authorisation::new(&draft, statement, one, rng));
        let authorisations: Vec<Authorisation> = authorisations.collect::<Result<_>>()?;
        authorisations.iter().try_for_each(|authorisation| session.authorise(authorisation))?;
        let request = session.request()?;
        let responses = parties.iter().zip(shares).map(|(party, share)| {
            let mut answer = |part: &[Statement]| party.answer(&request, &statements, part, roster, share, rng);
            Ok([answer(&statements[..1])?, answer(&statements[1..])?, answer(&statements)?])
        });
        let responses: Vec<[Vec<u8>; 3]> = responses.collect::<Result<_>>()?;
        let unreadable = sign_changed::<Response>(&responses[0][0], &parties[0].identity)?.encode();
        Ok(Self {
            accusation: session.accuse(&unreadable)?.encode(),
            draft: draft.encode(),
            authorisations: authorisations.iter().map(Authorisation::encode).collect(),
            request: request.encode(),
            statements,
            responses,
            unreadable,
        })
    }

    /// The same session each time, before it is authorised.
    pub fn session(&self) -> Session {
        Self::ask(&WORLD.roster, &self.statements).expect("it was made before")
    }

    /// Its seed and its nonce are always the same: the session is made anew, as nobody can clone it, and that takes a part
    /// of the time of decoding.
    fn ask(roster: &Roster, statements: &[Statement]) -> Result<Session> {
        let rng = &mut StdRng::seed_from_u64(2);
        Session::new(roster.clone(), statements.to_vec(), b"pair", after(0), after(OPEN_FOR), rng)
    }
}

/// A ceremony from the plan to the shares.
struct Played {
    ceremony: Ceremony,
    dealings: Vec<Vec<u8>>,
    confirmations: Vec<Vec<u8>>,
    certificate: Certificate,
    outcomes: Vec<Outcome>,
}

impl Played {
    fn generate(parties: &[Party], curves: &[CurveId], rng: &mut StdRng) -> Result<Self> {
        let ceremony = Ceremony::new(plan(parties, curves.iter().copied().collect()))?;
        let deal = |party: &Party| Ok(ceremony.deal(party.index, &party.identity, &[], rng)?.encode());
        let dealings: Vec<Vec<u8>> = parties.iter().map(deal).collect::<Result<_>>()?;
        let received = received(&ceremony, &dealings)?;
        let confirm =
            |party: &Party| Ok(received.clone().confirm(party.index, &party.key)?.sign(&party.identity)?.encode());
        let confirmations: Vec<Vec<u8>> = parties.iter().map(confirm).collect::<Result<_>>()?;
        let mut collected = Confirmations::new(&ceremony);
        confirmations.iter().try_for_each(|confirmation| collected.receive(confirmation))?;
        let certificate = collected.certificate()?;
        let closed = received.close(certificate.clone().verify(&ceremony)?)?;
        let outcomes = parties.iter().map(|party| closed.finish(party.index, &party.key)).collect::<Result<_>>()?;
        Ok(Self { dealings, confirmations, certificate, outcomes, ceremony })
    }
}

fn received<'a>(ceremony: &'a Ceremony, dealings: &[Vec<u8>]) -> Result<Dealings<'a>> {
    let mut received = Dealings::new(ceremony);
    dealings.iter().try_for_each(|dealing| received.receive(dealing))?;
    Ok(received)
}

/// The network of one node, which holds all shares, and has replaced its Blinder.
fn bundle(operator: &Party, roster: &Roster, played: &Played, registrations: &[BlinderRegistration]) -> Result<Bundle> {
    let keys = played.outcomes[0].public.keys.clone();
    let identifiers = IDENTIFIERS.iter().map(|identifier| Identifier::from_bytes(identifier));
    let identifiers: Vec<Identifier> = identifiers.collect::<Result<_>>()?;
    let held = |key| identifiers.iter().map(move |identifier| Holding { key, identifier: *identifier });
    let node = Node {
        name: NODE.to_vec(),
        operator: operator.identity.public(),
        registrations: registrations.to_vec(),
        shares: (0..keys.len() as u16).flat_map(held).collect(),
    };
    let network = Network {
        parameters: ParameterSet::InsecurePacked,
        name: NAME.to_vec(),
        epoch: played.ceremony.plan().epoch,
        recovery_key: roster.party().public_key().clone(),
        keys,
        nodes: vec![node],
        former: vec![],
    };
    let certified = Certified { ceremony: played.ceremony.clone(), certificate: played.certificate.clone() };
    let bundle = Bundle::new(NAME, roster, &network)?.with_key_certificates(vec![certified]);
    let digest = bundle.digest();
    bundle.verify(&digest).map(|verified| verified.bundle().clone())
}

/// Every kind of evidence, against the first party.
fn evidence(parties: &[Party], played: &Played, rng: &mut StdRng) -> Result<Vec<Vec<u8>>> {
    let party = &parties[0];
    let (dealing, confirmation) = (&played.dealings[0], &played.confirmations[0]);
    let bad = sign_changed::<Dealing>(dealing, &party.identity)?.encode();
    let other = played.ceremony.deal(party.index, &party.identity, &[], rng)?.encode();
    let mut fewer = received(&played.ceremony, &played.dealings[..usize::from(THRESHOLD)])?;
    let double = fewer.confirm(party.index, &party.key)?.sign(&party.identity)?.encode();
    let all = [
        Evidence::bad_dealing(&bad),
        Evidence::two_dealings(dealing, &other),
        Evidence::two_confirmations(confirmation, &double),
    ];
    all.iter().try_for_each(|evidence| evidence.verify(&played.ceremony).map(drop))?;
    Ok(all.iter().map(Evidence::encode).collect())
}

/// The object with its last bit before the signature flipped, and signed again.
fn sign_changed<T: Signed>(bytes: &[u8], identity: &IdentityKey) -> Result<T> {
    let mut body = bytes[..bytes.len() - SIGNATURE_LEN].to_vec();
    body.iter_mut().rev().take(1).for_each(|last| *last ^= 1);
    Unsigned::<T>::from_body(&body, identity.public()).sign(identity)
}

fn plan(parties: &[Party], keys: Keys) -> Plan {
    Plan {
        parameters: ParameterSet::InsecurePacked,
        name: NAME.to_vec(),
        nonce: NONCE,
        epoch: 1,
        threshold: THRESHOLD,
        keys,
        dealers: parties.iter().map(Party::as_dealer).collect(),
        recipients: parties.iter().map(Party::as_recipient).collect(),
    }
}

fn other_ceremonies(parties: &[Party], keys: &[VssCommitment]) -> Result<Vec<Ceremony>> {
    let resharing = Ceremony::new(plan(parties, keys.iter().cloned().map(Reshared::from).collect()))?;
    let [helpers @ .., receiver] = parties else { unreachable!("there are three parties") };
    let repair = Repair {
        parameters: ParameterSet::InsecurePacked,
        name: NAME.to_vec(),
        nonce: NONCE,
        epoch: 1,
        keys: keys.to_vec(),
        helpers: helpers.iter().map(Party::as_helper).collect(),
        receiver: receiver.as_recipient(),
    };
    // Sharings of the same keys stand for the outcome of the first ceremony.
    let handing_over = Keys::HandOver(keys.to_vec());
    let (threshold, recipients) = (1, vec![receiver.as_recipient()]);
    let hand_over = Ceremony::new(Plan { threshold, recipients, ..plan(parties, handing_over) })?;
    Ok(vec![resharing, repair.prepare()?, hand_over])
}

fn statement(node: &[u8], outcome: &Outcome, roster: &Roster, blinder: &Blinder) -> Result<Statement> {
    let (network, node) = (NAME.to_vec(), node.to_vec());
    let header = Header { parameters: ParameterSet::InsecurePacked, network, epoch: 1, node };
    let entries = outcome.public.keys.iter().map(|key| Entry::new(key, Identifier::from_bytes(IDENTIFIERS[0])?));
    let recovery_key = roster.party().public_key().clone();
    Statement::backup(header, recovery_key, blinder.public(), entries.collect::<Result<_>>()?)
}
