//! The operations that are checked. Each takes secrets that are marked; what it gives back nobody looks at.

use crate::ceremonies::Held;
use crate::taint::{SecretRng, secret_from};
use crate::world::{BODY, CONTEXT, World, marked, marked_scalar, marked_session, now};
use crate::{mismatch, sealing};
use rand::SeedableRng;
use rand::rngs::StdRng;
use relight::curve::{CurveId, SecretScalar};
use relight::sharing::combine_secrets;
use relight::{dealing::*, decryption::*, identity::*, recovery::*, registration::*, *};
use std::hint::black_box;
use subtle::ConstantTimeEq;

/// The name of an operation, and what it does.
pub type Operation = (&'static str, fn(&World));

/// Every operation, with its name.
pub const ALL: &[Operation] = &[
    ("backup-create", backup_create),
    ("backup-open", backup_open),
    ("packed-create", packed_create),
    ("packed-open", packed_open),
    ("decryption-share", decryption_share),
    ("combine", combine),
    ("compare", compare),
    ("deal", deal),
    ("deal-unsigned", deal_unsigned),
    ("confirm", confirm),
    ("confirm-like", confirm_like),
    ("finish", finish),
    ("reshare-deal", reshare_deal),
    ("reshare-finish", reshare_finish),
    ("repair-deal", repair_deal),
    ("repair-confirm", repair_confirm),
    ("repair-part", repair_part),
    ("hand-over-deal", hand_over_deal),
    ("hand-over-confirm", hand_over_confirm),
    ("repair-finish", repair_finish),
    ("blinder", blinder),
    ("blinder-registration", blinder_registration),
    ("member-registration", member_registration),
    ("secret-objects", secret_objects),
    ("secrets", secrets),
    ("key-shares", key_shares),
    ("derive", derive),
    ("identity", identity),
    ("session-open", session_open),
    ("authorise", authorise),
    ("respond", respond),
    ("session-receive", session_receive),
    ("session-store", session_store),
    ("accuse", accuse),
    ("other-keys", mismatch::other_keys),
    ("other-secrets", mismatch::other_secrets),
    ("other-shares", mismatch::other_shares),
    ("open-nothing", mismatch::open_nothing),
    ("repair-nothing", mismatch::repair_nothing),
    ("blame", mismatch::blame),
    ("damaged-secrets", mismatch::damaged_secrets),
    ("seal", sealing::seal),
    ("open-sealed", sealing::open),
    ("open-sealed-to-others", sealing::open_others),
];

/// Operations that leak on purpose.
#[cfg(feature = "leak")]
pub use crate::leak::ALL as LEAKS;
/// Operations that leak on purpose: none in this build.
#[cfg(not(feature = "leak"))]
pub const LEAKS: &[Operation] = &[];

fn backup_create(world: &World) {
    let shares = world.secret_shares();
    black_box(Backup::create(&world.statement, &shares, &mut SecretRng::new(1)).unwrap());
}

fn backup_open(world: &World) {
    black_box(world.backup.open(&world.secret_unlock_key(&world.statement), &world.secret_blinder()).unwrap());
}

fn packed_create(world: &World) {
    let shares: Vec<KeyShare> = world.packed_shares.iter().map(marked).collect();
    black_box(Backup::create(world.packed.statement(), &shares, &mut SecretRng::new(15)).unwrap());
}

fn packed_open(world: &World) {
    let unlock = world.secret_unlock_key(world.packed.statement());
    black_box(world.packed.open(&unlock, &world.secret_blinder()).unwrap());
}

fn decryption_share(world: &World) {
    let share =
        DecryptionShare::new(world.parties[1].index, &world.secret_recovery_share(1), &world.statement.digest())
            .unwrap();
    black_box(share.encode());
}

fn combine(world: &World) {
    let shares = world.secret_decryption_shares(&world.statement);
    world.party.verify_batch(&world.statement.digest(), &shares).unwrap();
    black_box(world.party.combine(&world.statement.digest(), &shares).unwrap());
}

fn deal(world: &World) {
    let dealer = &world.parties[0];
    let ceremony = world.ceremonies().generation.ceremony;
    let dealing = ceremony.deal(dealer.index, &dealer.secret_identity(), &[], &mut SecretRng::new(2));
    black_box(dealing.unwrap());
}

/// For a dealer with a wallet.
fn deal_unsigned(world: &World) {
    let (dealer, ceremony) = (&world.parties[0], world.ceremonies().generation.ceremony);
    black_box(ceremony.deal_unsigned(dealer.index, &dealer.secret_key(), &[], &mut SecretRng::new(17)).unwrap());
}

/// Everything that is compared: with itself, and with another.
fn compare(world: &World) {
    let [own, copy] = [0; 2].map(|_| world.secret_decryption_shares(&world.statement));
    black_box((own[0] == copy[0], own[0] == own[1]));
    let [blinder, copy, other] = [5, 5, 6].map(|seed| Blinder::generate(&mut SecretRng::new(seed)));
    black_box((blinder.ct_eq(&copy), blinder.ct_eq(&other)));
    let [key, other] = [0, 1].map(|party: usize| world.parties[party].secret_key());
    black_box((key.ct_eq(&key), key.ct_eq(&other)));
}

fn confirm(world: &World) {
    confirm_as_recipient(world, &world.ceremonies().generation, 1);
}

/// After a restart.
fn confirm_like(world: &World) {
    let (recipient, dealings) = (&world.parties[1], &world.ceremonies().generation.dealings);
    let first = dealings.clone().confirm(recipient.index, &recipient.key).unwrap().sign(&recipient.identity).unwrap();
    let again = dealings.clone().confirm_like(&first, recipient.index, &recipient.secret_key()).unwrap();
    black_box(again.sign(&recipient.secret_identity()).unwrap());
}

fn finish(world: &World) {
    finish_as_recipient(world, &world.ceremonies().generation, 1);
}

fn reshare_deal(world: &World) {
    let (dealer, shares) = (&world.parties[0], world.secret_shares());
    let shares: Vec<&KeyShare> = shares.iter().collect();
    let identity = dealer.secret_identity();
    black_box(world.resharing().deal(dealer.index, &identity, &shares, &mut SecretRng::new(3)).unwrap());
}

fn reshare_finish(world: &World) {
    let resharing = Held::new(&world.parties, world.resharing(), |place| world.root_shares(place));
    finish_as_recipient(world, &resharing, 1);
}

fn repair_deal(world: &World) {
    let (helper, shares) = (&world.parties[0], world.secret_shares());
    let first = world.ceremonies().repair.ceremony;
    let shares: Vec<&KeyShare> = shares.iter().collect();
    black_box(first.deal(helper.index, &helper.secret_identity(), &shares, &mut SecretRng::new(16)).unwrap());
}

fn repair_confirm(world: &World) {
    confirm_as_recipient(world, &world.ceremonies().repair, 1);
}

fn repair_part(world: &World) {
    finish_as_recipient(world, &world.ceremonies().repair, 1);
}

fn hand_over_deal(world: &World) {
    let (helper, second) = (&world.parties[0], world.ceremonies().hand_over.ceremony);
    let shares: Vec<KeyShare> = world.ceremonies().parts[0].shares.iter().map(marked).collect();
    let shares: Vec<&KeyShare> = shares.iter().collect();
    black_box(second.deal(helper.index, &helper.secret_identity(), &shares, &mut SecretRng::new(22)).unwrap());
}

fn hand_over_confirm(world: &World) {
    confirm_as_recipient(world, &world.ceremonies().hand_over, 2);
}

fn repair_finish(world: &World) {
    black_box(world.repair().finish(&repaired(world)).unwrap());
}

/// What the receiver has after both ceremonies, made of its marked key.
pub fn repaired(world: &World) -> Outcome {
    finish_as_recipient(world, &world.ceremonies().hand_over, 2)
}

fn confirm_as_recipient(world: &World, held: &Held, recipient: usize) {
    let recipient = &world.parties[recipient];
    let unsigned = held.dealings.clone().confirm(recipient.index, &recipient.secret_key()).unwrap();
    black_box(unsigned.sign(&recipient.secret_identity()).unwrap());
}

fn finish_as_recipient(world: &World, held: &Held, recipient: usize) -> Outcome {
    let recipient = &world.parties[recipient];
    black_box(held.closed.finish(recipient.index, &recipient.secret_key()).unwrap())
}

fn blinder(world: &World) {
    let blinder = Blinder::generate(&mut SecretRng::new(5));
    black_box((blinder.public(), blinder.encode()));
    world.backup.check_blinder(&world.secret_blinder()).unwrap();
}

/// The first one, and that of another Blinder after it.
fn blinder_registration(world: &World) {
    let (blinder, operator, rng) = (world.secret_blinder(), world.parties[0].secret_identity(), &mut SecretRng::new(6));
    let identity = world.parties[0].identity.public();
    let unsigned = BlinderRegistration::first(&blinder, CONTEXT, b"node", &identity, rng).unwrap();
    black_box(unsigned.sign(&operator).unwrap().successor(&Blinder::generate(rng), rng).unwrap());
}

fn member_registration(world: &World) {
    let (member, rng) = (&world.parties[0], &mut SecretRng::new(7));
    let (identity, key) = (member.secret_identity(), member.secret_key());
    let unsigned = MemberRegistration::first(CONTEXT, member.index, &member.identity.public(), &key, rng).unwrap();
    black_box(unsigned.sign(&identity).unwrap().successor(&MemberKey::generate(rng), rng).unwrap());
}

/// Each kind, with its body and its checksum marked, except what is public in it.
fn secret_objects(world: &World) {
    let party = &world.parties[0];
    black_box(IdentityKey::decode(&secret_from(&party.identity.encode(), BODY)).unwrap().encode());
    black_box(party.secret_key().encode());
    black_box(world.secret_blinder().encode());
    black_box(world.secret_recovery_share(0).encode());
    black_box(marked_session(&new_session(world, &mut StdRng::seed_from_u64(18))).encode());
}

fn secrets(_: &World) {
    for curve in CurveId::ALL {
        let secret = SecretScalar::random(*curve, &mut SecretRng::new(8));
        black_box((secret.public(), secret.ct_eq(&secret)));
    }
}

fn key_shares(world: &World) {
    for root in 1..=CurveId::ALL.len() {
        let shares = [0, 1].map(|holder| marked(&world.shares[holder][root]));
        let terms = shares.each_ref().map(|share| (share.identifier(), share.secret()));
        black_box((combine_secrets(&terms).unwrap(), shares[0].encode()));
        black_box(KeyShare::combine(&shares).unwrap());
    }
}

fn derive(_: &World) {
    for curve in CurveId::ALL {
        let roots = [9, 10].map(|seed| marked_scalar(&SecretScalar::random(*curve, &mut StdRng::seed_from_u64(seed))));
        let derivation = Derivation::new(*curve, b"user").unwrap();
        black_box(derivation.secret(&roots).unwrap());
    }
}

fn identity(world: &World) {
    let identity = world.parties[0].secret_identity();
    black_box(identity.encode());
    for scheme in [SignatureScheme::Sha256, SignatureScheme::PersonalMessage] {
        black_box(identity.sign(scheme, Purpose::Response, b"message").unwrap());
    }
}

pub fn new_session(world: &World, rng: &mut impl rand::CryptoRng) -> Session {
    Session::new(world.roster(), vec![world.statement.clone()], b"node", now(), now().checked_add(60).unwrap(), rng)
        .unwrap()
}

/// A session that is authorised, with no secret marked.
pub fn authorised_session(world: &World, rng: &mut StdRng) -> Session {
    let mut session = new_session(world, rng);
    let authorisation = Authorisation::new(session.draft(), &world.statement, &world.blinder, rng).unwrap();
    session.authorise(&authorisation).unwrap();
    session
}

fn session_open(world: &World) {
    let session = new_session(world, &mut SecretRng::new(11));
    // A restart compares the keys with the draft.
    black_box(Session::decode(CONTEXT, &session.encode()).unwrap());
}

fn authorise(world: &World) {
    let session = new_session(world, &mut StdRng::seed_from_u64(19));
    let (blinder, rng) = (world.secret_blinder(), &mut SecretRng::new(20));
    black_box(Authorisation::new(session.draft(), &world.statement, &blinder, rng).unwrap().encode());
}

fn respond(world: &World) {
    let request = authorised_session(world, &mut StdRng::seed_from_u64(12)).request().unwrap();
    let (roster, statements) = (world.roster(), [world.statement.clone()]);
    let review = Review::new(&request, &statements, &roster, now()).unwrap();
    let unsigned = review.respond(&world.secret_recovery_share(0), &mut SecretRng::new(13)).unwrap();
    black_box(unsigned.sign(&world.parties[0].secret_identity()).unwrap());
}

/// What every member answers, with no secret marked.
fn responses(world: &World, session: &Session, rng: &mut StdRng) -> Vec<Unsigned<Response>> {
    let (request, roster, statements) = (session.request().unwrap(), world.roster(), [world.statement.clone()]);
    let review = Review::new(&request, &statements, &roster, now()).unwrap();
    world.shares.iter().map(|share| review.respond(&share[0], rng).unwrap()).collect()
}

fn session_receive(world: &World) {
    let rng = &mut StdRng::seed_from_u64(14);
    let session = authorised_session(world, rng);
    let answers = responses(world, &session, rng);
    let mut session = marked_session(&session);
    receive(world, &mut session, answers);
    black_box(session.unlock_keys().unwrap());
    black_box(Session::decode(CONTEXT, &session.encode()).unwrap());
}

fn receive(world: &World, session: &mut Session, answers: Vec<Unsigned<Response>>) {
    for (unsigned, party) in answers.into_iter().zip(&world.parties) {
        session.receive(&unsigned.sign(&party.identity).unwrap().encode(), now()).unwrap();
    }
}

/// One that all members have answered, decoded and encoded.
fn session_store(world: &World) {
    black_box(answered_session(world).encode());
}

/// A stored session with all answers, marked.
pub fn answered_session(world: &World) -> Session {
    let rng = &mut StdRng::seed_from_u64(23);
    let mut session = authorised_session(world, rng);
    let answers = responses(world, &session, rng);
    receive(world, &mut session, answers);
    marked_session(&session)
}

/// A member has sealed rubbish: its key is published, and no other.
fn accuse(world: &World) {
    let rng = &mut StdRng::seed_from_u64(21);
    let session = authorised_session(world, rng);
    let mut body = responses(world, &session, rng)[0].body().to_vec();
    *body.last_mut().unwrap() ^= 1;
    let identity = &world.parties[0].identity;
    let response = Unsigned::<Response>::from_body(&body, identity.public()).sign(identity).unwrap();
    black_box(marked_session(&session).accuse(&response.encode()).unwrap());
}
