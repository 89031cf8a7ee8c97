//! What the specification says about backups, decryption shares, registrations and recoveries (chapters 5, 7, 8, 10 to
//! 12). Each refused object is one change away from an accepted one.

use crate::common::recovery::{
    CONTEXT, EXPIRY, NOW, REQUESTER, Recovery, at, hpke_key, hpke_keys_at, register, registered, roster_at,
};
use crate::common::{NODE, Party, Sharing, World, flipped, header, id, index, indices, members, patched, rng, xof};
use relight::curve::{Bls12381G1, CurveId, KeyCurve, SecretScalar};
use relight::pairing::G2Affine;
use relight::{
    Backup, Derivation, Error, Field, RegistrationFault, Statement,
    coverage::{FormerEpoch, Network, Node, Status},
    decryption::{DecryptionShare, RecoveryParty},
    identity::IdentityKey,
    recovery::{RequestDraft, Review, Roster, Session},
    registration::{BlinderRegistration, MemberRegistration},
};

//= spec/5-statement.md#5-4-digest
//= type=test
//# A verifier MUST take the statement it checks against from its own knowledge, never from the object it verifies.
#[test]
fn a_backup_is_checked_against_what_the_caller_expects() {
    let world = World::new(80);
    assert!(world.backup.clone().verify(&world.expected).is_ok());
    // The backup is good for its own statement, which is not the one that is expected.
    let header = relight::Header { epoch: 8, ..header() };
    let expected = Statement::new(header, world.expected.compartments().to_vec()).unwrap();
    assert_eq!(world.backup.clone().verify(&expected).unwrap_err(), Error::Mismatch(Field::Epoch));
}

//= spec/10-backup.md#10-4-open
//= type=test
//# An implementation MUST NOT open a backup that it has not verified.
#[test]
fn a_backup_that_does_not_verify_is_not_opened() {
    let world = World::new(81);
    let bytes = world.backup.encode();
    // The last byte is one of a response. Nothing but a verified backup has a way to be opened.
    let bad = Backup::decode(&flipped(&bytes, bytes.len() - 1, 1)).unwrap();
    assert_eq!(bad.verify(&world.expected).unwrap_err(), Error::ProofRejected);
    let good = Backup::decode(&bytes).unwrap().verify(&world.expected).unwrap();
    assert_eq!(good.open(&world.unlock(), &world.blinder).unwrap().len(), 3);
}

//= spec/10-backup.md#10-3-verify
//= type=test
//# A custodian MUST verify a backup before it counts as one.
//= spec/10-backup.md#10-3-verify
//= type=test
//# A custodian MUST form the expected statement from its own knowledge of the network.
#[test]
fn an_audit_counts_verified_backups_of_the_network_it_knows() {
    let world = World::new(82);
    let (header, operator) = (header(), IdentityKey::generate(&mut rng(82)));
    let registrations = vec![register(&world.blinder, &header.network, b"node-2", &operator)];
    let node = Node::new(b"node-2", operator.public(), registrations, id(NODE), 3);
    let network = Network {
        parameters: header.parameters,
        name: header.network,
        epoch: header.epoch,
        recovery_key: world.party.public_key().clone(),
        keys: world.roots.iter().map(|root| root.public.clone()).collect(),
        nodes: vec![node],
        former: vec![],
    };
    let status = |network: &Network, backup: Vec<u8>| network.audit(&[backup]).unwrap().nodes.remove(0);
    let backup = world.backup.encode();
    assert_eq!(status(&network, backup.clone()), Status::Covered);
    assert_eq!(
        status(&network, flipped(&backup, backup.len() - 1, 1)),
        Status::Bad { backup: 0, error: Error::ProofRejected }
    );
    // In the next epoch it only claims to be of this one, unless the network says what that was.
    let former = vec![FormerEpoch { epoch: 7, keys: network.keys.clone() }];
    let later = Network { epoch: 8, ..network };
    let claimed = Status::Claimed { backup: 0, epoch: 7, field: Field::Epoch };
    assert_eq!(status(&later, backup.clone()), claimed);
    assert_eq!(status(&Network { former, ..later }, backup), Status::Stale { epoch: 7 });
}

//= spec/7-decryption.md#7-1-recovery-key
//= type=test
//# A verifier MUST take the VSS commitment and the members from its own configuration, such as a roster (Section 11.1).
#[test]
fn who_is_a_member_is_the_callers_to_say() {
    let world = World::new(83);
    let (digest, share) = (world.expected.digest(), world.decryption_shares([4]).remove(0));
    assert_eq!(world.party.verify(&digest, &share), Ok(()));
    let without = RecoveryParty::new(world.recovery.public.clone(), &members(1..=3)).unwrap();
    assert_eq!(without.verify(&digest, &share), Err(Error::UnknownMember(4)));
    let other = Sharing::new(CurveId::Bls12381G1, 3, 4, &mut rng(83)).public;
    let other = RecoveryParty::new(other, &members(1..=4)).unwrap();
    assert_eq!(other.verify(&digest, &share), Err(Error::BadDecryptionShares { members: vec![4] }));
}

//= spec/7-decryption.md#7-3-verify
//= type=test
//# The weights of a batch MUST be unpredictable to whoever made the shares.
//= spec/7-decryption.md#7-3-verify
//= type=test
//# A failed batch MUST name exactly the members whose own shares fail.
#[test]
fn errors_that_cancel_do_not_pass_a_batch() {
    let world = World::new(84);
    let digest = world.expected.digest();
    let good = world.decryption_shares(1..=4);
    assert_eq!(world.party.verify_batch(&digest, &good), Ok(()));
    let error = G2Affine::hash(b"error");
    let plus = |share: &DecryptionShare, factor| {
        let one = Bls12381G1::reduce(&[1]);
        let sigma = G2Affine::decode(&share.sigma()).unwrap();
        let sum = G2Affine::sum_of_products_vartime(&[(sigma, one), (error, factor)]);
        DecryptionShare::from_sigma(share.member(), &sum.encode()).unwrap()
    };
    // Two shares are not as they should be. Their sum is, or it is under the weights that follow from the statement alone.
    let seed: [u8; 32] = xof("batch-verify", &[digest.as_bytes()]);
    let weight = |place: u16| Bls12381G1::reduce(&xof::<16>("batch-weight", &[&seed, &place.to_be_bytes()]));
    let one = Bls12381G1::reduce(&[1]);
    for (factor, other) in [(one, one), (weight(3), weight(1))] {
        let mut shares = good.clone();
        (shares[1], shares[3]) = (plus(&good[1], factor), plus(&good[3], -other));
        assert_eq!(world.party.verify_batch(&digest, &shares), Err(Error::BadDecryptionShares { members: vec![2, 4] }));
    }
}

//= spec/7-decryption.md#7-4-combine
//= type=test
//# An unlock key MUST be checked against Y before it is used.
#[test]
fn a_combination_that_does_not_fit_the_key_is_no_unlock_key() {
    let world = World::new(85);
    let digest = world.expected.digest();
    let mut shares = world.decryption_shares(1..=3);
    assert!(world.party.combine(&digest, &shares).is_ok());
    let other = Sharing::new(CurveId::Bls12381G1, 3, 4, &mut rng(85));
    shares[1] = DecryptionShare::new(index(2), &other.shares[1], &digest).unwrap();
    // A share of another sharing, and then one for another statement.
    let bad = Error::BadDecryptionShares { members: vec![2] };
    assert_eq!(world.party.combine(&digest, &shares).unwrap_err(), bad);
    shares[1] =
        DecryptionShare::new(index(2), &world.recovery.shares[1], &relight::StatementDigest::from_bytes([1; 32]))
            .unwrap();
    assert_eq!(world.party.combine(&digest, &shares).unwrap_err(), bad);
}

//= spec/8-keys.md#8-2-blinder-registration
//= type=test
//# A node MUST verify the registration of its Blinder before it makes a backup.
//= spec/8-keys.md#8-4-member-registration
//= type=test
//# A party MUST verify a registration before it uses the keys in it.
#[test]
fn a_registration_is_verified_before_its_keys_are_used() {
    let (world, operator) = (World::new(86), IdentityKey::generate(&mut rng(86)));
    let blinder = register(&world.blinder, CONTEXT, b"node", &operator);
    assert_eq!(blinder.verify(CONTEXT, b"node", &operator.public()), Ok(&world.blinder.public()));
    let bytes = blinder.encode();
    let bad = BlinderRegistration::decode(&flipped(&bytes, bytes.len() - 1, 1)).unwrap();
    assert_eq!(bad.verify(CONTEXT, b"node", &operator.public()), Err(Error::BadSignature));
    // In a roster every registration is.
    let (commitment, party) = (&world.recovery.public, Party::group(1..=4, &mut rng(86)));
    let mut members = registered(&party);
    assert!(Roster::new(CONTEXT, commitment.clone(), members.clone()).is_ok());
    let bytes = members[2].registration.encode();
    // Before the signature of 65 bytes stands the response of the proof.
    members[2].registration = MemberRegistration::decode(&flipped(&bytes, bytes.len() - 66, 1)).unwrap();
    let fault = RegistrationFault::Signature;
    let refused = Roster::new(CONTEXT, commitment.clone(), members);
    assert_eq!(refused, Err(Error::InvalidRegistration { member: 3, fault }));
}

//= spec/11-recovery.md#11-1-roster
//= type=test
//# The identifier that a roster gives for a member MUST be that of its share of the recovery key.
#[test]
fn a_member_answers_with_the_share_of_its_index() {
    let recovery = Recovery::of(4, 3, 1, 87);
    let mut session = recovery.session(87);
    let request = session.request().unwrap();
    assert!(session.receive(&recovery.answer(&request, 1), at(NOW)).is_ok());
    // Member 2 signs for member 3, whose share it has.
    let unsigned = recovery.review(&request).respond(recovery.share(3), &mut rng(3)).unwrap();
    let stolen = recovery.signed(unsigned.body(), 2);
    assert_eq!(session.receive(&stolen, at(NOW)), Err(Error::BadSignature));
    // A roster in which the indices are others.
    let party = Party::group([1, 2, 5, 6], &mut rng(87));
    let roster = Roster::new(CONTEXT, recovery.recovery.public.clone(), registered(&party)).unwrap();
    assert_eq!(roster.party().members().collect::<Vec<_>>(), indices([1, 2, 5, 6]));
    let digest = recovery.statements[0].digest();
    let share = DecryptionShare::new(index(3), recovery.share(3), &digest).unwrap();
    assert_eq!(recovery.roster.party().verify(&digest, &share), Ok(()));
    assert_eq!(roster.party().verify(&digest, &share), Err(Error::UnknownMember(3)));
    let renamed = DecryptionShare::from_sigma(index(5), &share.sigma()).unwrap();
    let bad = Error::BadDecryptionShares { members: vec![5] };
    assert_eq!(roster.party().verify(&digest, &renamed), Err(bad));
}

//= spec/11-recovery.md#11-2-request
//= type=test
//# A fresh node MUST use a new seed and a new nonce for every request.
#[test]
fn every_request_has_its_own_keys_and_nonce() {
    let recovery = Recovery::new(88);
    let rng = &mut rng(88);
    let [one, other] = [0, 1].map(|_| {
        let (roster, statements) = (recovery.roster.clone(), recovery.statements.clone());
        Session::new(roster, statements, REQUESTER, at(NOW), at(EXPIRY), rng).unwrap()
    });
    // The seed stands after version and kind.
    assert_ne!(one.encode()[2..34], other.encode()[2..34]);
    for place in 0..4 {
        assert_ne!(hpke_key(one.draft(), place), hpke_key(other.draft(), place));
    }
    let (nonce, keys) = (roster_at(one.draft()) + 32, hpke_keys_at(one.draft()));
    let [one, other] = [one.draft().encode(), other.draft().encode()];
    assert_ne!(one[nonce..nonce + 32], other[nonce..nonce + 32]);
    assert_eq!((&one[..nonce], &one[nonce + 32..keys]), (&other[..nonce], &other[nonce + 32..keys]));
}

//= spec/11-recovery.md#11-2-request
//= type=test
//# An attestation SHOULD vouch for the attested digest, which covers the HPKE keys.
#[test]
fn the_attested_digest_covers_all_but_the_attestation() {
    let recovery = Recovery::new(89);
    let (plain, other) = (recovery.session(89), recovery.session(90));
    let (plain, other) = (plain.request().unwrap(), other.request().unwrap());
    let mut attested = recovery.session(89);
    attested.attest(b"quote").unwrap();
    let attested = attested.request().unwrap();
    assert_eq!(attested.draft().attested_digest(), plain.draft().attested_digest());
    assert_ne!(attested.digest(), plain.digest());
    let keys = hpke_keys_at(plain.draft());
    let swapped = patched(&plain.draft().encode(), keys, &hpke_key(other.draft(), 0));
    let swapped = RequestDraft::decode(&swapped).unwrap();
    assert_ne!(swapped.attested_digest(), plain.draft().attested_digest());
}

//= spec/11-recovery.md#11-3-review
//= type=test
//# A member MUST know the statement behind every digest that it answers.
//= spec/11-recovery.md#11-4-response
//= type=test
//# A member MUST have reviewed the request before it responds.
#[test]
fn a_review_comes_first_and_knows_every_statement() {
    let recovery = Recovery::new(91);
    let request = recovery.session(91).request().unwrap();
    let review = |known: &[Statement], now| Review::new(&request, known, &recovery.roster, at(now)).map(drop);
    assert_eq!(review(&recovery.statements, EXPIRY), Ok(()));
    assert_eq!(review(&[World::new(92).expected], EXPIRY), Err(Error::UnknownStatement));
    assert_eq!(review(&[], EXPIRY), Err(Error::UnknownStatement));
    // Whichever is missing.
    for known in &recovery.statements {
        assert_eq!(review(std::slice::from_ref(known), EXPIRY), Err(Error::UnknownStatement));
    }
    // Of two faults the first is named.
    assert_eq!(review(&[], EXPIRY + 1), Err(Error::Expired));
}

//= spec/11-recovery.md#11-4-response
//= type=test
//# A member MUST NOT send decryption shares in the clear.
#[test]
fn a_response_does_not_show_the_shares() {
    let recovery = Recovery::of(4, 3, 1, 93);
    let mut session = recovery.session(93);
    let response = recovery.answer(&session.request().unwrap(), 1);
    let item = recovery.item(0, recovery.share(1));
    assert!(!response.windows(16).any(|bytes| bytes == &item[2..18]));
    assert_eq!(session.receive(&response, at(NOW)).unwrap().answered, indices([1]));
    // Nor does another session open it.
    let mut other = recovery.session(94);
    let moved = patched(&response, 1, other.request().unwrap().digest().as_bytes());
    let signed = recovery.signed(&moved[..moved.len() - 65], 1);
    assert_eq!(other.receive(&signed, at(NOW)), Err(Error::BadResponse { member: 1 }));
}

//= spec/2-conventions.md#2-2-errors
//= type=test
//# An implementation MUST fail with the error that the algorithm names for the first step that fails.
//= spec/11-recovery.md#11-5-session
//= type=test
//# A fresh node MUST accept responses only for a request that it made and that is still open.
#[test]
fn a_session_takes_answers_to_its_own_open_request() {
    let recovery = Recovery::new(95);
    let (mut session, other) = (recovery.session(95), recovery.session(96));
    let response = recovery.answer(&session.request().unwrap(), 1);
    assert_eq!(session.receive(&response, at(EXPIRY + 1)), Err(Error::Expired));
    let elsewhere = recovery.answer(&other.request().unwrap(), 1);
    assert_eq!(session.receive(&elsewhere, at(EXPIRY)), Err(Error::WrongRequest));
    // Of three faults the first is named: another request, too late, badly signed.
    let last = elsewhere.len() - 1;
    assert_eq!(session.receive(&flipped(&elsewhere, last, 1), at(EXPIRY + 1)), Err(Error::WrongRequest));
    assert_eq!(session.progress().answered, []);
    assert!(session.receive(&response, at(EXPIRY)).is_ok());
}

//= spec/11-recovery.md#11-5-session
//= type=test
//# A fresh node MUST store its session as a secret if the session is to survive a restart.
#[test]
fn a_stored_session_is_a_secret() {
    let session = Recovery::new(97).session(97);
    // The type says that the bytes are wiped.
    let stored: zeroize::Zeroizing<Vec<u8>> = session.encode();
    let seed = &stored[2..34];
    let shown = format!("{session:?}");
    assert!(shown.contains("keys redacted"));
    assert!(!shown.contains(&hex::encode(seed)) && !shown.contains(&format!("{seed:?}")));
}

//= spec/12-derivation.md#12-derivation
//= type=test
//# An implementation MUST apply the roots in the order that the network fixed, the first with weight one.
#[test]
fn the_first_root_counts_once() {
    let rng = &mut rng(98);
    for curve in [CurveId::Secp256k1, CurveId::Bls12381G1] {
        let derivation = Derivation::new(curve, b"user").unwrap();
        let [one, other] = [0, 1].map(|_| SecretScalar::random(curve, rng));
        let derived = derivation.secret([&one, &other]).unwrap().public();
        assert_eq!(derivation.public(&[one.public(), other.public()]).unwrap(), derived);
        assert_ne!(derivation.secret([&other, &one]).unwrap().public(), derived);
        assert_ne!(derivation.public(&[other.public(), one.public()]).unwrap(), derived);
        with_curve!(curve, C => adding_to_the_first_adds_as_much::<C>(&derivation, [&one, &other]));
    }
}

fn adding_to_the_first_adds_as_much<C: KeyCurve>(derivation: &Derivation, [one, other]: [&SecretScalar; 2]) {
    let scalar = |secret: &SecretScalar| C::decode_scalar(secret.expose_bytes()).unwrap();
    let more = SecretScalar::from_bytes(C::ID, &C::scalar_bytes(&(scalar(one) + C::Scalar::from(7)))).unwrap();
    let [before, after] = [one, &more].map(|first| scalar(&derivation.secret([first, other]).unwrap()));
    assert_eq!(*C::scalar_bytes(&(after - before)), *C::scalar_bytes(&C::Scalar::from(7)));
}
