//! Recoveries: a party with its roster, statements with their Blinders, sessions, and answers that no honest member makes.

use super::{KEY_CURVE, Party, SCALAR, Sharing, World, header, index, rng, xof};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeS, Serializable};
use rand::rngs::StdRng;
use relight::curve::{Bls12381G1, CurveId, KeyCurve, SecretScalar};
use relight::sharing::VssCommitment;
use relight::{
    Blinder, Entry, Error, Header, KeyShare, Statement, StatementDigest, Timestamp, VerifiedBackup,
    decryption::DecryptionShare,
    identity::{IdentityKey, Unsigned},
    recovery::{Authorisation, Request, RequestDraft, Response, Review, Roster, RosterMember, Session},
    registration::BlinderRegistration,
};

/// The context of rosters.
pub const CONTEXT: &[u8] = b"party";
pub const NOW: u64 = 1_800_000_000;
pub const EXPIRY: u64 = NOW + 3600;
pub const REQUESTER: &[u8] = b"fresh node";
/// The most seconds between now and an expiry.
pub const WEEK: u64 = 604_800;

/// The time so many seconds after 1970-01-01.
pub fn at(seconds: u64) -> Timestamp {
    Timestamp::from_unix_seconds(seconds).unwrap()
}

/// A recovery party, and the backups of some nodes by their statements.
pub struct Recovery {
    pub party: Vec<Party>,
    pub recovery: Sharing,
    pub roster: Roster,
    pub blinders: Vec<Blinder>,
    pub statements: Vec<Statement>,
}

impl Recovery {
    /// A party of four, of which three are needed, and the backups of two nodes.
    pub fn new(seed: u64) -> Self {
        Self::of(4, 3, 2, seed)
    }

    pub fn of(members: u16, threshold: u16, nodes: u16, seed: u64) -> Self {
        let rng = &mut rng(seed);
        let (party, recovery) =
            (Party::group(1..=members, rng), Sharing::new(CurveId::Bls12381G1, threshold, members, rng));
        let roster = Roster::new(CONTEXT, recovery.public.clone(), registered(&party)).unwrap();
        let blinders: Vec<Blinder> = (0..nodes).map(|_| Blinder::generate(rng)).collect();
        let statements = (1..).zip(&blinders).map(|(node, blinder)| statement(&roster, node, blinder, rng)).collect();
        Self { party, recovery, roster, blinders, statements }
    }

    /// A party of four that recovers the backup of a world, and that backup.
    pub fn around(world: World) -> (Self, VerifiedBackup) {
        let (party, verified) = (Party::group(1..=4, &mut rng(2)), world.verified());
        let roster = Roster::new(CONTEXT, world.recovery.public.clone(), registered(&party)).unwrap();
        let (blinders, statements) = (vec![world.blinder], vec![world.expected]);
        (Self { party, recovery: world.recovery, roster, blinders, statements }, verified)
    }

    pub fn identity(&self, member: u16) -> &IdentityKey {
        &self.party[usize::from(member) - 1].identity
    }

    pub fn share(&self, member: u16) -> &KeyShare {
        &self.recovery.shares[usize::from(member) - 1]
    }

    /// A session that asks for all statements, not yet authorised.
    pub fn drafted(&self, seed: u64) -> Session {
        let (roster, statements) = (self.roster.clone(), self.statements.clone());
        Session::new(roster, statements, REQUESTER, at(NOW), at(EXPIRY), &mut rng(seed)).unwrap()
    }

    /// The authorisation, with its Blinder, of the statement at a place.
    pub fn authorisation(&self, draft: &RequestDraft, place: usize) -> Result<Authorisation, Error> {
        Authorisation::new(draft, &self.statements[place], &self.blinders[place], &mut rng(place as u64))
    }

    /// Authorises all that it asks for of this recovery's statements.
    pub fn authorise(&self, mut session: Session) -> Session {
        for place in 0..self.statements.len() {
            if session.draft().digests().contains(&self.statements[place].digest()) {
                session.authorise(&self.authorisation(session.draft(), place).unwrap()).unwrap();
            }
        }
        session
    }

    pub fn session(&self, seed: u64) -> Session {
        self.authorise(self.drafted(seed))
    }

    pub fn review<'a>(&'a self, request: &'a Request) -> Review<'a> {
        Review::new(request, &self.statements, &self.roster, at(NOW)).unwrap()
    }

    /// The answer of a member to all statements.
    pub fn answer(&self, request: &Request, member: u16) -> Vec<u8> {
        let unsigned = self.review(request).respond(self.share(member), &mut rng(9)).unwrap();
        unsigned.sign(self.identity(member)).unwrap().encode()
    }

    /// The answer of a member to the statements at these places.
    pub fn answer_to(&self, request: &Request, member: u16, places: &[usize]) -> Vec<u8> {
        let digests: Vec<StatementDigest> = places.iter().map(|place| self.statements[*place].digest()).collect();
        let unsigned = self.review(request).respond_to(&digests, self.share(member), &mut rng(9)).unwrap();
        unsigned.sign(self.identity(member)).unwrap().encode()
    }

    /// What a member signs who does not care: any plaintext, sealed as if it were an answer.
    pub fn sealed(&self, request: &Request, member: u16, plaintext: &[u8]) -> Vec<u8> {
        let place = self.roster.members().iter().position(|listed| listed.registration.index() == index(member));
        let (key, digest) = (hpke_key(request.draft(), place.unwrap()), request.digest());
        let (encapsulated, ciphertext) = seal(&key, digest.as_bytes(), member, plaintext);
        let length = (ciphertext.len() as u32).to_be_bytes();
        let body = [&[1], digest.as_ref(), &member.to_be_bytes(), &encapsulated, &length, &ciphertext].concat();
        self.signed(&body, member)
    }

    /// A body of a response, signed by a member.
    pub fn signed(&self, body: &[u8], member: u16) -> Vec<u8> {
        let identity = self.identity(member);
        Unsigned::<Response>::from_body(body, identity.public()).sign(identity).unwrap().encode()
    }

    /// An honest answer of a member that is changed before the member signs it.
    pub fn tampered(&self, request: &Request, member: u16, change: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
        let unsigned = self.review(request).respond(self.share(member), &mut rng(9)).unwrap();
        self.signed(&change(unsigned.body()), member)
    }

    /// The item of an answer: a place, and the decryption share that this share gives there.
    pub fn item(&self, place: u16, share: &KeyShare) -> Vec<u8> {
        let digest = self.statements[usize::from(place)].digest();
        let sigma = DecryptionShare::new(index(1), share, &digest).unwrap().sigma();
        [&place.to_be_bytes()[..], &sigma].concat()
    }

    /// A signed answer with the shares of another member.
    pub fn wrong_answer(&self, request: &Request, member: u16, of: u16) -> Vec<u8> {
        let items = (0..self.statements.len()).map(|place| self.item(place as u16, self.share(of)));
        self.sealed(request, member, &items.collect::<Vec<_>>().concat())
    }
}

/// A party's registrations, for a roster.
pub fn registered(party: &[Party]) -> Vec<RosterMember> {
    let member = |party: &Party| {
        let registration = party.register(CONTEXT, &mut rng(1));
        RosterMember { registration, identifier: party.identifier }
    };
    party.iter().map(member).collect()
}

/// The statement of a backup of one share of a key on secp256k1.
pub fn statement(roster: &Roster, node: u16, blinder: &Blinder, rng: &mut StdRng) -> Statement {
    let root = SecretScalar::random(KEY_CURVE, rng);
    let commitment = VssCommitment::new(vec![root.public()]).unwrap();
    let header = Header { node: format!("node-{node}").into_bytes(), ..header() };
    let entries = vec![Entry::new(&commitment, index(node).into()).unwrap()];
    Statement::backup(header, roster.party().public_key().clone(), blinder.public(), entries).unwrap()
}

/// The first registration of a Blinder.
pub fn register(blinder: &Blinder, context: &[u8], node: &[u8], operator: &IdentityKey) -> BlinderRegistration {
    let unsigned = BlinderRegistration::first(blinder, context, node, &operator.public(), &mut rng(3));
    unsigned.unwrap().sign(operator).unwrap()
}

/// The bytes of a request, with these proofs.
pub fn request_of(draft: &[u8], proofs: &[&[u8]]) -> Request {
    Request::decode(&[draft, &proofs.concat(), &[0; 4]].concat()).unwrap()
}

/// The proof in an authorisation.
pub fn proof(authorisation: &Authorisation) -> Vec<u8> {
    authorisation.encode()[1 + 32 + 32..].to_vec()
}

/// The proof that a Blinder authorises a draft to ask for a statement, whoever's the Blinder and the statement are
/// (spec §4.5, §11.2).
pub fn prove(draft: &RequestDraft, statement: &Statement, blinder: &Blinder) -> Vec<u8> {
    let (secret, nonce) = (&blinder.encode()[SCALAR], Bls12381G1::random_scalar(&mut rng(6)));
    let commitment = Bls12381G1::encode_point(&Bls12381G1::generator_mul(&nonce));
    let binding = [draft.attested_digest().to_bytes(), statement.digest().to_bytes()].concat();
    let public = blinder.public();
    let parts = [&[0, 2][..], b"authorisation", &binding, public.as_bytes(), &commitment];
    let challenge = Bls12381G1::reduce(&xof::<48>("schnorr-challenge", &parts));
    let response = nonce + challenge * Bls12381G1::decode_scalar(secret).unwrap();
    [commitment, Bls12381G1::scalar_bytes(&response).to_vec()].concat()
}

/// Where the roster digest stands in an encoded draft; the nonce, the expiry and the digests follow.
pub fn roster_at(draft: &RequestDraft) -> usize {
    1 + 1 + draft.network().len() + 1 + draft.requester().len()
}

/// Where the HPKE keys stand in an encoded draft, after their length.
pub fn hpke_keys_at(draft: &RequestDraft) -> usize {
    roster_at(draft) + 32 + 32 + 8 + 4 + 32 * draft.digests().len() + 4
}

pub fn hpke_key(draft: &RequestDraft, place: usize) -> [u8; 32] {
    let start = hpke_keys_at(draft) + 32 * place;
    draft.encode()[start..start + 32].try_into().unwrap()
}

/// The encapsulated key, and the ciphertext (spec §11.4).
pub fn seal(key: &[u8; 32], request: &[u8; 32], member: u16, plaintext: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let key = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(key).unwrap();
    let [info, aad] = bindings(request, member);
    let (encapsulated, ciphertext) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &key,
        &info,
        plaintext,
        &aad,
        &mut rng(5),
    )
    .unwrap();
    (encapsulated.to_bytes().to_vec(), ciphertext)
}

/// What is in a response, with the secret half of its key; none if it is for another key.
pub fn unseal(secret: &[u8], response: &[u8]) -> Option<Vec<u8>> {
    let request = response[1..33].try_into().unwrap();
    let member = u16::from_be_bytes([response[33], response[34]]);
    let [info, aad] = bindings(&request, member);
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &hpke::OpModeR::Base,
        &<X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(secret).unwrap(),
        &<X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(&response[35..67]).unwrap(),
        &info,
        &response[71..response.len() - 65],
        &aad,
    )
    .ok()
}

fn bindings(request: &[u8; 32], member: u16) -> [Vec<u8>; 2] {
    ["response-info", "response-aad"].map(|label| super::frame(label, &[request, &member.to_be_bytes()]))
}
