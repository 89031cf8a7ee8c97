//! Names of curves and parameter sets, as people write them.

use relight::ParameterSet;
use relight::curve::CurveId;

/// A curve and the number of keys on it, such as `p256` or `secp256k1:5`.
pub(crate) fn keys_on_curve(text: &str) -> Result<(CurveId, u16), String> {
    let (name, count) = text.split_once(':').unwrap_or((text, "1"));
    let curve = named(name, CurveId::ALL, |curve| curve.to_string().to_lowercase().replace(' ', "-"))?;
    let count = count.parse().ok().filter(|count| *count > 0);
    Ok((curve, count.ok_or("a whole number of keys is needed")?))
}

/// The curve of each key.
pub(crate) fn curve_of_each(keys: &[(CurveId, u16)]) -> Vec<CurveId> {
    keys.iter().flat_map(|(curve, count)| vec![*curve; usize::from(*count)]).collect()
}

pub(crate) fn parameter_set(text: &str) -> Result<ParameterSet, String> {
    named(text, ParameterSet::ALL, name)
}

/// A parameter set as people write it.
pub(crate) fn name(parameters: &ParameterSet) -> String {
    format!("{parameters:?}").to_lowercase()
}

/// The one of that name; case and punctuation do not matter.
fn named<T: Copy>(text: &str, all: &[T], name: impl Fn(&T) -> String) -> Result<T, String> {
    let found = all.iter().find(|one| plain(&name(one)) == plain(text));
    let known = || all.iter().map(&name).collect::<Vec<_>>().join(", ");
    found.copied().ok_or_else(|| format!("{text:?} is none of {}", known()))
}

fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::{curve_of_each, keys_on_curve, name, parameter_set};
    use relight::ParameterSet;
    use relight::curve::CurveId;

    #[test]
    fn a_curve_is_known_however_it_is_written() {
        for text in ["BLS12-381 G1", "bls12-381-g1", "bls12381g1", "Bls12_381.G1"] {
            assert_eq!(keys_on_curve(text), Ok((CurveId::Bls12381G1, 1)), "{text}");
        }
        let keys = ["p256:2", "ed25519"].map(|text| keys_on_curve(text).unwrap());
        assert_eq!(curve_of_each(&keys), [CurveId::P256, CurveId::P256, CurveId::Ed25519]);
    }

    #[test]
    fn neither_another_curve_nor_no_key_is_taken() {
        for (text, why) in [
            ("", "\"\" is none of secp256k1, "),
            ("secp256k2", "\"secp256k2\" is none of secp256k1, "),
            ("p256:", "a whole number of keys is needed"),
            ("p256:0", "a whole number of keys is needed"),
            ("p256:1:1", "a whole number of keys is needed"),
            ("p256:65536", "a whole number of keys is needed"),
        ] {
            let refused = keys_on_curve(text).unwrap_err();
            assert!(refused.starts_with(why), "{text}: {refused}");
        }
    }

    #[test]
    fn a_parameter_set_is_known_by_its_name_alone() {
        for set in ParameterSet::ALL {
            assert_eq!(parameter_set(&name(set)), Ok(*set));
            assert!(parameter_set(&set.number().to_string()).is_err());
        }
        assert_eq!(parameter_set("Fast"), Ok(ParameterSet::Fast));
    }
}
