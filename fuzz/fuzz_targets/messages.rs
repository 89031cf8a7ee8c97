//! Changed messages of every kind: what is accepted is what somebody honest made, and nobody honest is convicted.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use relight::{
    Error, Statement,
    bundle::Bundle,
    dealing::{Certificate, Confirmation, Culprit, Evidence},
    decryption::DecryptionShare,
    recovery::{Accusation, Authorisation, Request, RequestDraft, Review, Roster},
    registration::{BlinderRegistration, MemberRegistration},
};
use relight_fuzz::{Mutations, NAME, NODE, WORLD, after};

#[derive(Arbitrary, Debug)]
enum Input {
    Request(Mutations),
    Draft(Mutations),
    Authorisation(Mutations),
    Roster(Mutations),
    MemberRegistration(Mutations),
    BlinderRegistration(Mutations),
    DecryptionShare(Mutations),
    Statement(Mutations),
    Confirmation(Mutations),
    Certificate(Mutations),
    Evidence { kind: u8, change: Mutations },
    Accusation(Mutations),
    FalseAccusation { member: u8, change: Mutations },
    Bundle(Mutations),
}

fuzz_target!(|input: Input| match input {
    Input::Request(change) => request(&change.apply(&WORLD.pair.request)),
    Input::Draft(change) => draft(&change.apply(&WORLD.pair.draft)),
    Input::Authorisation(change) => authorisation(&change.apply(&WORLD.pair.authorisations[0])),
    Input::Roster(change) => roster(&change.apply(&WORLD.roster.encode())),
    Input::MemberRegistration(change) => member_registration(&change),
    Input::BlinderRegistration(change) => blinder_registration(&change),
    Input::DecryptionShare(change) => decryption_share(&change),
    Input::Statement(change) => statement(&change.apply(&WORLD.statement.encode())),
    Input::Confirmation(change) => confirmation(&change.apply(&WORLD.confirmations[1])),
    Input::Certificate(change) => certificate(&change.apply(&WORLD.certificate.encode())),
    Input::Evidence { kind, change } => evidence(&change.apply(&WORLD.evidence[usize::from(kind) % 3])),
    Input::Accusation(change) => accusation(&change.apply(&WORLD.pair.accusation)),
    Input::FalseAccusation { member, change } => false_accusation(member, &change),
    Input::Bundle(change) => bundle(&change.apply(&WORLD.bundle.encode())),
});

/// Only what was authorised is asked, for these keys; what the requester attaches to it is free.
fn request(bytes: &[u8]) {
    let Ok(request) = Request::decode(bytes) else { return };
    assert_eq!(request.encode(), bytes);
    if let Ok(review) = Review::new(&request, &WORLD.pair.statements, &WORLD.roster, after(0)) {
        assert_eq!(request.draft().encode(), WORLD.pair.draft);
        assert!(review.to_string().is_ascii(), "a review is for people to read");
    }
}

/// Another draft has another code.
fn draft(bytes: &[u8]) {
    let Ok(draft) = RequestDraft::decode(bytes) else { return };
    assert_eq!(draft.encode(), bytes);
    let honest = RequestDraft::decode(&WORLD.pair.draft).expect("the draft was encoded");
    assert_eq!(draft.short_code() == honest.short_code(), draft == honest);
    assert!(draft.display(&WORLD.pair.statements).to_string().is_ascii(), "a draft is for people to read");
}

fn authorisation(bytes: &[u8]) {
    let Ok(authorisation) = Authorisation::decode(bytes) else { return };
    let mut session = WORLD.pair.session();
    let honest = WORLD.pair.authorisations.iter().any(|one| one == bytes);
    assert_eq!(session.authorise(&authorisation).is_ok(), honest);
}

/// Members prove that they hold their keys: a roster has the honest registrations or is refused. Where their shares lie
/// is said by whoever writes the roster.
fn roster(bytes: &[u8]) {
    if let Ok(roster) = Roster::decode(NAME, bytes) {
        assert_eq!(roster.encode(), bytes);
        assert_eq!(roster.digest() == WORLD.roster.digest(), roster == WORLD.roster);
        assert!(roster.members().iter().all(|member| is_honest(&member.registration)));
    }
}

/// Only the honest bundle has its digest and its code. What fits together under another digest has honest registrations.
fn bundle(bytes: &[u8]) {
    let Ok(bundle) = Bundle::decode(bytes) else { return };
    assert_eq!(bundle.encode(), bytes);
    let (own, same) = (bundle.digest(), bundle == WORLD.bundle);
    assert_eq!(bundle.short_code() == WORLD.bundle.short_code(), same);
    assert_eq!(bundle.clone().verify(&WORLD.bundle.digest()).is_ok(), same);
    if let Ok(verified) = bundle.verify(&own) {
        assert!(verified.roster().members().iter().all(|member| is_honest(&member.registration)));
        let mut registrations = verified.network().nodes.iter().flat_map(|node| &node.registrations);
        assert!(registrations.all(|registration| WORLD.blinder_registrations.contains(registration)));
        assert!(verified.check_successor(&verified).is_err(), "a bundle does not follow itself");
    }
}

fn member_registration(change: &Mutations) {
    let (known, next) = (&WORLD.roster.members()[0].registration, &WORLD.next_member_registration);
    for honest in [known, next] {
        let Ok(registration) = MemberRegistration::decode(&change.apply(&honest.encode())) else { continue };
        if registration.verify(NAME).is_ok() {
            assert!(is_honest(&registration) || registration == *next, "a changed registration verifies");
        }
        let follows = known.check_successor(&registration).is_ok();
        assert_eq!(follows, registration.digest() == known.digest() || registration == *next);
    }
}

fn is_honest(registration: &MemberRegistration) -> bool {
    WORLD.roster.members().iter().any(|member| member.registration == *registration)
}

fn blinder_registration(change: &Mutations) {
    let (known, operator) = (&WORLD.blinder_registrations, WORLD.identities[0].public());
    for honest in known {
        let Ok(registration) = BlinderRegistration::decode(&change.apply(&honest.encode())) else { continue };
        if registration.verify(NAME, NODE, &operator).is_ok() {
            assert!(known.contains(&registration), "a changed registration verifies");
        }
        let follows = known[0].check_successor(&registration).is_ok();
        assert_eq!(follows, registration.digest() == known[0].digest() || registration == known[1]);
    }
}

fn decryption_share(change: &Mutations) {
    let digest = WORLD.statement.digest();
    let honest: Vec<DecryptionShare> = WORLD.decryption_shares(&digest);
    let Ok(share) = DecryptionShare::decode(&change.apply(&honest[0].encode())) else { return };
    let valid = WORLD.roster.party().verify(&digest, &share).is_ok();
    assert_eq!(valid, honest.contains(&share));
    let batch = WORLD.roster.party().verify_batch(&digest, &[share, honest[1].clone()]);
    assert!(!valid || batch.is_ok());
}

fn statement(bytes: &[u8]) {
    let Ok(statement) = Statement::decode(bytes) else { return };
    let same = bytes == WORLD.statement.encode();
    assert_eq!(statement.encode(), bytes);
    assert_eq!(statement == WORLD.statement, same);
    assert_eq!(statement.digest() == WORLD.statement.digest(), same);
}

fn confirmation(bytes: &[u8]) {
    let Ok(confirmation) = Confirmation::decode(bytes) else { return };
    let honest = WORLD.confirmations.iter().any(|one| one == bytes);
    assert_eq!(confirmation.verify(&WORLD.ceremony).is_ok(), honest);
    let evidence = Evidence::two_confirmations(&WORLD.confirmations[1], bytes);
    assert_eq!(evidence.verify(&WORLD.ceremony), Err(Error::NoEvidence), "an honest recipient is convicted");
}

/// It takes all three recipients to close the ceremony.
fn certificate(bytes: &[u8]) {
    let Ok(certificate) = Certificate::decode(bytes) else { return };
    let honest = certificate == WORLD.certificate;
    assert_eq!(certificate.verify(&WORLD.ceremony).is_ok(), honest);
}

/// The first party did what the evidence says.
fn evidence(bytes: &[u8]) {
    let Ok(evidence) = Evidence::decode(bytes) else { return };
    if let Ok(Culprit::Dealer { index, .. } | Culprit::Recipient { index }) = evidence.verify(&WORLD.ceremony) {
        assert_eq!(index.get(), 1);
    }
}

/// The first member did what the accusation says.
fn accusation(bytes: &[u8]) {
    let Ok(accusation) = Accusation::decode(bytes) else { return };
    if let Ok(member) = accusation.verify(&WORLD.roster, &WORLD.pair.statements) {
        assert_eq!(member.get(), 1);
    }
}

/// Of an honest answer nothing can be shown, nor of what somebody else makes of it.
fn false_accusation(member: u8, change: &Mutations) {
    let honest = &WORLD.pair.responses[usize::from(member) % WORLD.pair.responses.len()][2];
    let (response, key) = (change.apply(honest), WORLD.pair.accusation.last_chunk::<32>().expect("it ends with a key"));
    let long = |bytes: &[u8]| [&(bytes.len() as u32).to_be_bytes(), bytes].concat();
    let bytes = [&[1][..], &long(&WORLD.pair.request), &long(&response), key].concat();
    let Ok(accusation) = Accusation::decode(&bytes) else { return };
    assert!(accusation.verify(&WORLD.roster, &WORLD.pair.statements).is_err(), "an honest member is accused");
}
