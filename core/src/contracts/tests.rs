//! The contracts as property tests: what a function returns is what its definition says, errors alike.

mod codec;
mod sharing;

use super::*;
use crate::encryption::{ParameterSet, kept_instances as marks};
use crate::hash::frame as framed;
use crate::sharing::Threshold;
use alloc::vec::Vec;
use proptest::collection::vec as vector;
use proptest::prelude::*;

proptest! {
    #[test]
    fn frames(label in "[a-z]{0,12}", parts in vector(vector(any::<u8>(), 0..300), 0..5)) {
        let slices: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        prop_assert_eq!(framed(&label, &slices), frame(&label, &slices));
    }

    #[test]
    fn subsets(challenge: [u8; 32]) {
        for set in ParameterSet::ALL {
            prop_assert_eq!(marks(*set, &challenge), kept_instances(set.instances(), set.kept(), &challenge));
        }
    }

    #[test]
    fn indices_and_thresholds(number in near_ends(), parties in near_ends()) {
        prop_assert_eq!(PartyIndex::new(number), index(number, 65535));
        prop_assert_eq!(PartyIndex::within(number, parties), index(number, parties));
        prop_assert_eq!(PartyIndex(number).get(), number);
        prop_assert_eq!(Threshold::new(number, parties).map(Threshold::get), threshold(number, parties));
    }
}

fn near_ends() -> impl Strategy<Value = u16> {
    prop_oneof![0u16..4, 65530..=u16::MAX, any::<u16>()]
}

#[test]
fn supermajorities() {
    for parties in 0..=u16::MAX {
        let shares = supermajority(parties);
        assert_eq!(Threshold::supermajority(parties).map(Threshold::get), threshold(shares, parties));
        assert_eq!(Threshold::at_least_one(parties).get(), if parties == 0 { 1 } else { parties });
        // The formula is the least number above two thirds.
        let (shares, parties) = (u32::from(shares), u32::from(parties));
        assert!(3 * shares > 2 * parties && 3 * (shares - 1) <= 2 * parties);
    }
}
