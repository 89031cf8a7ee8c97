//! Changed requests, rosters, registrations and decryption shares: what is accepted is what somebody honest made.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use relight::{DecryptionShare, MemberRegistration, Request, Review, Roster, Statement};
use relight_fuzz::{Mutations, NOW, WORLD};

#[derive(Arbitrary, Debug)]
enum Input {
    Request(Mutations),
    Roster(Mutations),
    Registration(Mutations),
    DecryptionShare(Mutations),
    Statement(Mutations),
}

fuzz_target!(|input: Input| match input {
    Input::Request(change) => request(&change.apply(&WORLD.request)),
    Input::Roster(change) => roster(&change.apply(&WORLD.roster.encode())),
    Input::Registration(change) => registration(&change.apply(&WORLD.roster.members()[0].registration.encode())),
    Input::DecryptionShare(change) => decryption_share(&change),
    Input::Statement(change) => statement(&change.apply(&WORLD.statement.encode())),
});

/// Anybody may ask, but a review shows only backups of this network for this party.
fn request(bytes: &[u8]) {
    let Ok(request) = Request::decode(bytes) else { return };
    assert_eq!(request.encode(), bytes);
    let statements = [WORLD.statement.clone()];
    if let Ok(review) = Review::new(&request, &statements, &WORLD.roster, NOW) {
        assert_eq!(request.digests(), [WORLD.statement.digest()]);
        assert_eq!(request.context(), WORLD.statement.header().context);
        assert!(request.expiry() >= NOW);
        assert!(review.to_string().is_ascii(), "a review is for people to read");
    }
}

/// Members prove that they hold their keys: a roster has the honest registrations or is refused. Where their shares lie
/// is said by whoever writes the roster.
fn roster(bytes: &[u8]) {
    if let Ok(roster) = Roster::decode(b"network", bytes) {
        assert_eq!(roster.encode(), bytes);
        assert!(roster.members().iter().all(|member| is_honest(&member.registration)));
    }
}

fn registration(bytes: &[u8]) {
    if let Ok(registration) = MemberRegistration::decode(bytes)
        && registration.verify(b"network").is_ok()
    {
        assert!(is_honest(&registration), "a changed registration verifies");
    }
}

fn is_honest(registration: &MemberRegistration) -> bool {
    WORLD.roster.members().iter().any(|member| member.registration == *registration)
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
