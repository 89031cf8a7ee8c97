//! Shares that are zero. A dealer that speaks last can bring that about for itself and its friends, and for nobody else: the
//! others go on, and know whose shares are zero.

use crate::common::closing::{confirm, finish, receive_all};
use crate::common::recovery::{NOW, Recovery, at, register};
use crate::common::{
    EPOCH, NONCE, PARAMETERS, Party, Sharing, element, generate, header, id, index, indices, patched, plan, resealed,
    rng, scalar, times_linear, vanishing,
};
use rand::rngs::StdRng;
use relight::curve::{CurveId, KeyCurve, Secp256k1, SecretScalar};
use relight::sharing::{Identifier, VssCommitment};
use relight::{
    Backup, Blinder, Error, KeyShare,
    coverage::{Holding, Network, Node, Status},
    dealing::{Ceremony, Helper, Keys, Outcome, Plan, Recipient, Repair, Reshared, Shareless},
    decryption::{DecryptionShare, RecoveryParty},
    recovery::{Roster, RosterMember},
    vectors,
};
use std::sync::LazyLock;

const CURVES: [CurveId; 2] = [CurveId::Secp256k1, CurveId::Bls12381G1];
const THRESHOLD: u16 = 3;

fn copy(secret: &SecretScalar) -> SecretScalar {
    SecretScalar::from_bytes(secret.curve(), secret.expose_bytes()).unwrap()
}

fn random(curve: CurveId, length: u16, rng: &mut StdRng) -> Vec<SecretScalar> {
    (0..length).map(|_| SecretScalar::random(curve, rng)).collect()
}

fn deal(ceremony: &Ceremony, dealer: &Party, polynomials: &[Vec<SecretScalar>]) -> Vec<u8> {
    let polynomials: Vec<&[SecretScalar]> = polynomials.iter().map(Vec::as_slice).collect();
    vectors::deal(ceremony, dealer.index, &dealer.identity, &polynomials, &mut rng(1)).unwrap()
}

/// How much a dealing of the last dealer counts.
fn weight(ceremony: &Ceremony, curve: CurveId) -> Vec<u8> {
    let dealers: Vec<Identifier> = ceremony.plan().dealers.iter().map(|dealer| dealer.identifier).collect();
    let dealers = if matches!(ceremony.plan().keys, Keys::Generate(_)) { &dealers[..1] } else { &dealers };
    vectors::lagrange_at(curve, dealers, None).unwrap().pop().unwrap()
}

/// A polynomial with the same constant term as `trial`, under which those that would end with these shares end with zero.
fn zeroing(trial: &[SecretScalar], ends: &[&KeyShare], weight: &[u8]) -> Vec<SecretScalar> {
    with_curve!(trial[0].curve(), C => zeroing_on::<C>(trial, ends, weight))
}

fn zeroing_on<C: KeyCurve>(trial: &[SecretScalar], ends: &[&KeyShare], weight: &[u8]) -> Vec<SecretScalar> {
    let weight = C::invert(&C::decode_scalar(weight).unwrap());
    let points: Vec<_> = ends.iter().map(|share| element::<C>(&share.identifier())).collect();
    let mut sum: Vec<_> = trial.iter().map(scalar::<C>).collect();
    for (own, share) in ends.iter().enumerate() {
        let missing = -(scalar::<C>(share.secret()) * weight);
        let terms = bump::<C>(own, &points).into_iter().map(|coefficient| coefficient * missing);
        sum.iter_mut().zip(terms).for_each(|(sum, term)| *sum = *sum + term);
    }
    sum.iter().map(|value| SecretScalar::from_bytes(C::ID, &C::scalar_bytes(value)).unwrap()).collect()
}

/// One at a point, zero at the others and at zero.
fn bump<C: KeyCurve>(own: usize, points: &[C::Scalar]) -> Vec<C::Scalar> {
    let (x, others) = (points[own], points.iter().enumerate().filter(|(place, _)| *place != own));
    let start = (vec![C::Scalar::from(0), C::Scalar::from(1)], x);
    let (product, value) =
        others.fold(start, |(product, value), (_, other)| (times_linear::<C>(&product, *other), value * (x - *other)));
    product.into_iter().map(|coefficient| coefficient * C::invert(&value)).collect()
}

/// What the last dealer makes of the dealings of the others: first it tries, in private, where its friends, the last of the
/// parties, would end.
fn last_dealing(
    ceremony: &Ceremony,
    others: &[Vec<u8>],
    parties: &[Party],
    mut polynomials: Vec<Vec<SecretScalar>>,
    friends: usize,
    keys: usize,
) -> Vec<u8> {
    let dealer = parties.last().unwrap();
    let trial = finish(ceremony, &[others, &[deal(ceremony, dealer, &polynomials)]].concat(), parties);
    let (_, trial) = trial.split_at(parties.len() - friends);
    for (key, polynomial) in polynomials.iter_mut().enumerate().take(keys) {
        let ends: Vec<&KeyShare> = trial.iter().map(|outcome| &outcome.shares[key]).collect();
        *polynomial = zeroing(polynomial, &ends, &weight(ceremony, polynomial[0].curve()));
    }
    deal(ceremony, dealer, &polynomials)
}

/// Shares of a key that these have combine to it.
fn assert_whole(outcomes: &[Outcome], parties: &[usize], key: usize) {
    let shares = parties.iter().map(|place| &outcomes[*place].shares[key]);
    let whole = KeyShare::combine(shares).unwrap().public();
    assert_eq!(&whole, outcomes[0].public.keys[key].public_key());
}

fn shareless(key: u16, party: u16) -> Shareless {
    Shareless { key, party: index(party) }
}

//= spec/9-dealing.md#9-5-finish
//= type=test
//# Finish MUST list every shareless recipient, and MUST NOT fail because of one.
#[test]
fn a_last_dealer_that_zeroes_its_share_is_listed_and_the_rest_finish() {
    let rng = &mut rng(2);
    let parties = Party::group(1..=5, rng);
    let keys = Keys::Generate(CURVES.to_vec());
    let ceremony = Ceremony::new(plan(THRESHOLD, keys, &parties, &parties)).unwrap();
    let honest =
        parties[..4].iter().map(|party| ceremony.deal(party.index, &party.identity, &[], rng).unwrap().encode());
    let mut dealings: Vec<Vec<u8>> = honest.collect();
    let own = Vec::from(CURVES.map(|curve| random(curve, THRESHOLD, rng)));
    dealings.push(last_dealing(&ceremony, &dealings, &parties, own, 1, 1));
    let outcomes = finish(&ceremony, &dealings, &parties);
    assert!(outcomes.iter().all(|outcome| outcome.public == outcomes[0].public));
    assert_eq!(outcomes[0].public.shareless, [shareless(0, 5)]);
    for three in [[0, 1, 2], [1, 2, 3], [0, 2, 3]] {
        [0, 1].into_iter().for_each(|key| assert_whole(&outcomes, &three, key));
    }
    // It has its share of the other key.
    let [share] = outcomes[4].shares.as_slice() else { panic!("one share") };
    assert_eq!(share.public_key(), outcomes[0].public.keys[1].public_key());
    assert_eq!(outcomes[0].public.keys[0].shareless(&crate::common::ids(1..=5)), Ok(vec![4]));
}

/// A network of five after a refresh in which the last dealer zeroed the shares of the fourth and of itself. The first key
/// is a root key, the second the recovery key.
struct Refreshed {
    parties: Vec<Party>,
    old: Vec<VssCommitment>,
    outcomes: Vec<Outcome>,
}

static REFRESHED: LazyLock<Refreshed> = LazyLock::new(Refreshed::new);

impl Refreshed {
    fn new() -> Self {
        let rng = &mut rng(3);
        let (parties, old) = (Party::group(1..=5, rng), CURVES.map(|curve| Sharing::new(curve, THRESHOLD, 5, rng)));
        let keys = old.iter().map(|key| Reshared::from(key.public.clone())).collect();
        let plan = Plan { epoch: EPOCH + 1, ..plan(THRESHOLD, keys, &parties, &parties) };
        let ceremony = Ceremony::new(plan).unwrap();
        let shares = |place: usize| old.iter().map(move |key| &key.shares[place]).collect::<Vec<_>>();
        let honest = parties[..4].iter().enumerate();
        let honest = honest.map(|(place, dealer)| {
            ceremony.deal(dealer.index, &dealer.identity, &shares(place), rng).unwrap().encode()
        });
        let mut dealings: Vec<Vec<u8>> = honest.collect();
        let own = shares(4).into_iter().map(|share| {
            [vec![copy(share.secret())], random(share.curve(), THRESHOLD - 1, rng)].into_iter().flatten().collect()
        });
        dealings.push(last_dealing(&ceremony, &dealings, &parties, own.collect(), 2, 2));
        let outcomes = finish(&ceremony, &dealings, &parties);
        Self { old: old.into_iter().map(|key| key.public).collect(), parties, outcomes }
    }

    fn keys(&self) -> &[VssCommitment] {
        &self.outcomes[0].public.keys
    }

    fn roster(&self) -> Roster {
        let members = self.parties.iter().map(|party| RosterMember::new(party.register(b"party", &mut rng(4))));
        Roster::new(b"party", self.keys()[1].clone(), members.collect()).unwrap()
    }

    fn network(&self, blinders: &[Blinder]) -> Network {
        let nodes = (1..).zip(blinders).zip(&self.parties).map(|((n, blinder), operator)| {
            let (name, operator) = (format!("node-{n}"), &operator.identity);
            let registration = register(blinder, &header().network, name.as_bytes(), operator);
            Node::new(name.as_bytes(), operator.public(), vec![registration], id(n), 1)
        });
        Network {
            parameters: PARAMETERS,
            name: header().network,
            epoch: EPOCH + 1,
            recovery_key: self.roster().party().public_key().clone(),
            keys: self.keys()[..1].to_vec(),
            nodes: nodes.collect(),
            former: vec![],
        }
    }
}

#[test]
fn a_refresh_goes_on_without_the_friends_of_the_last_dealer() {
    let Refreshed { outcomes, old, .. } = &*REFRESHED;
    let public = &outcomes[0].public;
    assert!(outcomes.iter().all(|outcome| outcome.public == *public));
    assert_eq!(public.shareless, [shareless(0, 4), shareless(0, 5), shareless(1, 4), shareless(1, 5)]);
    assert!(outcomes[3..].iter().all(|outcome| outcome.shares.is_empty()));
    for key in [0, 1] {
        assert_eq!(public.keys[key].public_key(), old[key].public_key());
        assert_whole(outcomes, &[0, 1, 2], key);
    }
    assert_eq!(REFRESHED.roster().party().shareless().collect::<Vec<_>>(), indices([4, 5]));
}

#[test]
fn an_audit_names_the_shareless_and_goes_on() {
    let rng = &mut rng(5);
    let blinders: Vec<Blinder> = (0..5).map(|_| Blinder::generate(rng)).collect();
    let network = REFRESHED.network(&blinders);
    let backups = network.nodes.iter().zip(&REFRESHED.outcomes).take(3).map(|(node, outcome)| {
        Backup::create(&network.statement(node).unwrap(), [&outcome.shares[0]], rng).unwrap().encode()
    });
    let backups: Vec<Vec<u8>> = backups.collect();
    let coverage = network.audit(&backups).unwrap();
    assert!(coverage.recoverable() && !coverage.survives(1));
    assert_eq!(coverage.nodes[..3], [Status::Covered, Status::Covered, Status::Covered]);
    assert_eq!(coverage.nodes[3..], [Status::Shareless, Status::Shareless]);
    let holding = |place: usize| (place, Holding { key: 0, identifier: id(place as u64 + 1) });
    assert_eq!(coverage.shareless, [holding(3), holding(4)]);
    // A backup opens with the members that have shares.
    let party = REFRESHED.roster().party().clone();
    let expected = network.statement(&network.nodes[0]).unwrap();
    let members = REFRESHED.parties.iter().zip(&REFRESHED.outcomes).take(3);
    let shares = members
        .map(|(party, outcome)| DecryptionShare::new(party.index, &outcome.shares[1], &expected.digest()).unwrap());
    let unlock = party.combine(&expected.digest(), &shares.collect::<Vec<_>>()).unwrap();
    let opened = Backup::decode(&backups[0]).unwrap().verify(&expected).unwrap().open(&unlock, &blinders[0]);
    assert!(crate::common::same_shares(&opened.unwrap(), &[&REFRESHED.outcomes[0].shares[0]]));
}

/// A recovery by the refreshed party.
fn recovery() -> Recovery {
    let (roster, blinders) = (REFRESHED.roster(), vec![Blinder::generate(&mut rng(6))]);
    let network = REFRESHED.network(&blinders);
    let statements = vec![network.statement(&network.nodes[0]).unwrap()];
    let shares = REFRESHED.outcomes[..3].iter().map(|outcome| KeyShare::decode(&outcome.shares[1].encode()).unwrap());
    let (public, root) = (REFRESHED.keys()[1].clone(), SecretScalar::random(CurveId::Bls12381G1, &mut rng(6)));
    let recovery = Sharing { public, root, shares: shares.collect() };
    // The same parties as those that were refreshed.
    Recovery { party: Party::group(1..=5, &mut rng(3)), recovery, roster, blinders, statements }
}

#[test]
fn a_shareless_member_has_no_decryption_share() {
    let recovery = recovery();
    let (party, digest) = (recovery.roster.party(), recovery.statements[0].digest());
    let sigma = |member, place: usize| {
        DecryptionShare::new(index(member), &REFRESHED.outcomes[place].shares[1], &digest).unwrap()
    };
    let good = [sigma(1, 0), sigma(2, 1), sigma(3, 2)];
    assert_eq!(party.verify_batch(&digest, &good), Ok(()));
    let with = [&good[..], &[sigma(4, 0)]].concat();
    assert_eq!(party.verify(&digest, &sigma(4, 0)), Err(Error::Shareless(4)));
    assert_eq!(party.verify_batch(&digest, &with), Err(Error::Shareless(4)));
    assert_eq!(party.combine(&digest, &with).unwrap_err(), Error::Shareless(4));
    // It does not answer a request, and whatever it seals and signs all the same, it has no share.
    let mut session = recovery.session(6);
    let request = session.request().unwrap();
    let share = REFRESHED.outcomes[0].shares[1].encode();
    let renumbered = KeyShare::decode(&resealed(&patched(&share, 2 + 8 + 2 + 48 + 1, &[4]))).unwrap();
    let answer = recovery.review(&request).respond(&renumbered, &mut rng(7));
    assert_eq!(answer, Err(Error::Shareless(4)));
    let answer = recovery.sealed(&request, 4, &recovery.item(0, recovery.share(1)));
    assert_eq!(session.receive(&answer, at(NOW)).unwrap_err(), Error::Shareless(4));
    assert_eq!(session.progress().needed, 3);
}

#[test]
fn a_party_needs_as_many_shares_as_its_threshold() {
    let commitment = |roots: u64| {
        let roots: Vec<Identifier> = crate::common::ids(1..=roots);
        Sharing::of(vanishing(CurveId::Bls12381G1, 3, &roots, &mut rng(8)), &crate::common::ids(1..=4)).public
    };
    let party = |roots| RecoveryParty::new(commitment(roots), &crate::common::members(1..=4));
    assert_eq!(party(1).unwrap().shareless().collect::<Vec<_>>(), indices([1]));
    assert_eq!(party(2).unwrap_err(), Error::InvalidThreshold(3));
}

#[test]
fn those_with_shares_re_share_without_the_others() {
    let (Refreshed { parties, outcomes, .. }, rng) = (&*REFRESHED, &mut rng(9));
    let recipients = Party::group(1..=5, rng);
    let keys = REFRESHED.keys().iter().cloned().map(Reshared::from).collect();
    let ceremony = Ceremony::new(plan(THRESHOLD, keys, parties, &recipients)).unwrap();
    let mut deal = |place: usize, from: usize| {
        let shares: Vec<&KeyShare> = outcomes[from].shares.iter().collect();
        ceremony.deal(parties[place].index, &parties[place].identity, &shares, rng).map(|dealing| dealing.encode())
    };
    assert_eq!(deal(3, 0), Err(Error::Shareless(4)));
    let dealings: Vec<Vec<u8>> = (0..3).map(|place| deal(place, place).unwrap()).collect();
    let renewed = finish(&ceremony, &dealings, &recipients);
    assert_eq!(renewed[0].public.shareless, []);
    [0, 1].into_iter().for_each(|key| assert_whole(&renewed, &[2, 3, 4], key));
}

#[test]
fn a_shareless_party_enters_again_at_another_identifier() {
    let (Refreshed { parties, outcomes, .. }, rng) = (&*REFRESHED, &mut rng(10));
    let helper = |party: &Party| Helper {
        index: party.index,
        identity: party.identity.public(),
        member_key: party.key.public(),
        identifier: party.identifier,
    };
    let receiver = |identifier| Recipient { identifier, ..parties[3].recipient() };
    let mut repair = Repair {
        parameters: PARAMETERS,
        name: b"enrolment".to_vec(),
        nonce: NONCE,
        epoch: EPOCH + 1,
        keys: REFRESHED.keys().to_vec(),
        helpers: parties[..3].iter().map(helper).collect(),
        receiver: receiver(id(4)),
    };
    // At its own it would have zero again.
    assert_eq!(repair.prepare(), Err(Error::InvalidPoint));
    repair.receiver = receiver(id(44));
    let helpers = &parties[..3];
    let mut deal = |ceremony: &Ceremony, outcomes: &[Outcome]| {
        let dealings = helpers.iter().zip(outcomes).map(|(helper, outcome)| {
            let shares: Vec<_> = outcome.shares.iter().collect();
            ceremony.deal(helper.index, &helper.identity, &shares, rng).unwrap().encode()
        });
        dealings.collect::<Vec<_>>()
    };
    let first = repair.prepare().unwrap();
    let between = finish(&first, &deal(&first, &outcomes[..3]), helpers);
    let second = repair.hand_over(&between[0].public).unwrap();
    let handed = finish(&second, &deal(&second, &between), [&parties[3]]);
    let own = repair.finish(&handed[0]).unwrap();
    for (key, share) in own.iter().enumerate() {
        let enough = [share, &outcomes[0].shares[key], &outcomes[2].shares[key]];
        assert_eq!(KeyShare::combine(enough).unwrap().public(), *share.public_key());
        assert_eq!((share.epoch(), share.identifier()), (EPOCH + 1, id(44)));
    }
}

/// That one dealing gives a recipient zero is no fault: the sum counts.
#[test]
fn a_dealt_share_of_zero_is_a_share_like_any_other() {
    let rng = &mut rng(11);
    let parties = Party::group(1..=3, rng);
    for curve in CurveId::ALL {
        let ceremony = Ceremony::new(plan(2, Keys::Generate(vec![*curve]), &parties, &parties)).unwrap();
        let zero = deal(&ceremony, &parties[0], &[vanishing(*curve, 2, &[id(2)], rng)]);
        let other = ceremony.deal(parties[1].index, &parties[1].identity, &[], rng).unwrap().encode();
        let outcomes = finish(&ceremony, &[zero, other], &parties);
        assert_eq!(outcomes[0].public.shareless, [], "{curve}");
        [[0, 1], [1, 2]].iter().for_each(|two| assert_whole(&outcomes, two, 0));
    }
    assert_eq!(generate(&parties, 2, &CURVES, rng)[0].public.shareless, []);
}

/// Keys are told apart by their numbers.
#[test]
fn two_keys_may_have_the_same_constant_term() {
    let rng = &mut rng(12);
    let parties = Party::group(1..=2, rng);
    let curve = CurveId::Secp256k1;
    let ceremony = Ceremony::new(plan(2, Keys::Generate(vec![curve; 2]), &parties, &parties)).unwrap();
    let dealings = parties.iter().map(|party| {
        let one = random(curve, 2, rng);
        let other = vec![copy(&one[0]), SecretScalar::random(curve, rng)];
        deal(&ceremony, party, &[one, other])
    });
    let outcomes = finish(&ceremony, &dealings.collect::<Vec<_>>(), &parties);
    let [one, other] = outcomes[0].public.keys.as_slice() else { panic!("two keys") };
    assert_eq!(one.public_key(), other.public_key());
    assert_ne!(one, other);
    [0, 1].into_iter().for_each(|key| assert_whole(&outcomes, &[0, 1], key));
}

/// No dealer can bring it about without the others' coefficients. If it happens, nobody finishes.
#[test]
fn coefficients_that_cancel_make_no_sharing() {
    let rng = &mut rng(13);
    let parties = Party::group(1..=2, rng);
    let ceremony = Ceremony::new(plan(2, Keys::Generate(vec![CurveId::Secp256k1]), &parties, &parties)).unwrap();
    let one = random(CurveId::Secp256k1, 2, rng);
    let negated = Secp256k1::scalar_bytes(&-scalar::<Secp256k1>(&one[1]));
    let slope = SecretScalar::from_bytes(CurveId::Secp256k1, &negated).unwrap();
    let other = vec![SecretScalar::random(CurveId::Secp256k1, rng), slope];
    let dealings = [deal(&ceremony, &parties[0], &[one]), deal(&ceremony, &parties[1], &[other])];
    let received = receive_all(&ceremony, &dealings);
    assert!(parties.iter().all(|party| confirm(&received, party) == Err(Error::InvalidPoint)));
}
