//! Tests that need to see inside: a dealing that verifies and does not open.

use super::{Ceremony, Dealer, Dealings, Keys, Plan, Recipient, Verdict, VerifiedDealing};
use crate::curve::{CurveId, SecretValue};
use crate::encryption::tests::unopenable;
use crate::encryption::{OpeningKey, ParameterSet, open, verify};
use crate::error::Error;
use crate::identity::IdentityKey;
use crate::keys::MemberKey;
use crate::sharing::PartyIndex;
use alloc::vec::Vec;
use rand::SeedableRng;
use rand::rngs::StdRng;

struct Fixture {
    ceremony: Ceremony,
    dealer: IdentityKey,
    /// Those of the recipients.
    keys: Vec<MemberKey>,
    rng: StdRng,
}

fn index(number: u16) -> PartyIndex {
    PartyIndex::new(number).unwrap()
}

impl Fixture {
    /// One dealer, and two recipients that recover alone.
    fn new() -> Self {
        let mut rng = StdRng::seed_from_u64(60);
        let dealer = IdentityKey::generate(&mut rng);
        let keys: Vec<MemberKey> = (0..2).map(|_| MemberKey::generate(&mut rng)).collect();
        let recipients = (1..)
            .zip(&keys)
            .map(|(number, key)| Recipient::new(index(number), IdentityKey::generate(&mut rng).public(), key.public()));
        let plan = Plan {
            parameters: ParameterSet::Insecure,
            name: b"ceremony".to_vec(),
            nonce: [7; 32],
            epoch: 1,
            threshold: 1,
            keys: Keys::Generate([CurveId::Secp256k1].to_vec()),
            recipients: recipients.collect(),
            dealers: [Dealer::new(index(1), dealer.public())].to_vec(),
        };
        Self { ceremony: Ceremony::new(plan).unwrap(), dealer, keys, rng }
    }

    fn deal(&mut self) -> Verdict {
        let dealing = self.ceremony.deal(index(1), &self.dealer, &[], &mut self.rng).unwrap();
        self.ceremony.verify_dealing(&dealing.encode())
    }

    /// What the recipients open of a dealing, one after the other.
    fn opened(&self, dealing: &VerifiedDealing) -> Vec<SecretValue> {
        let claim = self.ceremony.claim(dealing.dealer, dealing.keys.iter());
        let recipients = (0..).zip(&self.keys);
        let opened = recipients.flat_map(|(place, key)| {
            let key = OpeningKey::Member { key: &key.scalar().unwrap() };
            open(&claim, &dealing.proof, place, &key).unwrap()
        });
        opened.collect()
    }
}

//= spec/9-dealing.md#9-4-close
//= type=test
//# A recipient MUST open and check its shares before it confirms.
#[test]
fn who_cannot_open_a_dealing_does_not_confirm_it() {
    let mut fixture = Fixture::new();
    let mut verdict = fixture.deal();
    let dealing = verdict.result.as_mut().unwrap();
    let secrets = fixture.opened(dealing);
    let claim = fixture.ceremony.claim(dealing.dealer, dealing.keys.iter());
    dealing.proof = unopenable(&claim, &secrets.iter().collect::<Vec<_>>(), 0);
    assert_eq!(verify(&claim, &dealing.proof), Ok(()));
    let mut dealings = Dealings::new(&fixture.ceremony);
    dealings.record(verdict).unwrap();
    assert_eq!(dealings.confirm(index(1), &fixture.keys[0]), Err(Error::NotOpenable));
    // The other one, to whom it opens, cannot know.
    assert!(dealings.confirm(index(2), &fixture.keys[1]).is_ok());
}
