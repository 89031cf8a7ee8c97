//! Choice of the instances that stay sealed (spec §6.4).

use super::ParameterSet;
#[cfg(hax)]
use crate::contracts;
use crate::hash::Xof;
use alloc::vec;
use alloc::vec::Vec;

/// For each instance whether it is kept: a uniform T-subset of the M instances, from the challenge.
///
/// Draws of 16 bits are masked to the bits of M; those that are too great or were chosen before are skipped, so
/// no index is favoured.
#[hax_lib::ensures(|result| result == contracts::kept_instances(parameters.instances(), parameters.kept(), challenge))]
#[allow(clippy::indexing_slicing, reason = "checked just before; hax cannot translate a reference from get_mut")]
pub(crate) fn kept_instances(parameters: ParameterSet, challenge: &[u8; 32]) -> Vec<bool> {
    let instances = parameters.instances();
    let mask = instances.next_power_of_two() - 1;
    let mut draws = Xof::new("subset").part(challenge).stream();
    let mut kept = vec![false; usize::from(instances)];
    let mut missing = parameters.kept();
    while missing > 0 {
        hax_lib::loop_invariant!(kept.len() == usize::from(instances) && missing <= parameters.kept());
        let choice = usize::from(draws.next_u16() & mask);
        if choice < kept.len() && !kept[choice] {
            kept[choice] = true;
            missing -= 1;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subset_has_exactly_the_kept_number_of_instances() {
        for parameters in ParameterSet::ALL {
            for n in 0..50 {
                let kept = kept_instances(*parameters, &[n; 32]);
                assert_eq!(kept.len(), usize::from(parameters.instances()));
                assert_eq!(kept.iter().filter(|kept| **kept).count(), usize::from(parameters.kept()));
            }
        }
    }

    #[test]
    fn every_instance_is_kept_about_equally_often() {
        let mut counts = [0u32; 132];
        for n in 0..4000u32 {
            let challenge = core::array::from_fn(|i| n.to_be_bytes()[i % 4]);
            let kept = kept_instances(ParameterSet::Fast, &challenge);
            counts.iter_mut().zip(kept).for_each(|(count, kept)| *count += u32::from(kept));
        }
        // Mean 1939, standard deviation 31.6: six of them on either side.
        assert!(counts.iter().all(|count| (1750..2130).contains(count)), "{counts:?}");
    }
}
