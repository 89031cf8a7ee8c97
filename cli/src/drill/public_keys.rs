//! Root public keys and user keys, or shares of them, as a text that people can read and compare.

use crate::failure::{Failure, Result, While};
use crate::files;
use relight::curve::{CurveId, CurvePoint};
use relight::sharing::{Identifier, combine_points};
use relight::{Derivation, KeyShare};
use std::path::Path;

/// Named points; one line each in a file: name, curve, encoding in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicKeys(pub(crate) Vec<(String, CurvePoint)>);

impl PublicKeys {
    /// The root public keys, and the keys of users `1..=users` derived from them.
    pub(crate) fn from_roots(roots: &[CurvePoint], users: u16) -> Result<Self> {
        let derive = |curve, derivation: Derivation| {
            let own: Vec<CurvePoint> = roots.iter().filter(|root| root.curve() == curve).cloned().collect();
            derivation.public(&own)
        };
        Self::with_users(roots.to_vec(), users, derive)
    }

    /// A node's public shares of the same keys, which it computes from its secret shares.
    pub(crate) fn from_shares(shares: &[KeyShare], users: u16) -> Result<Self> {
        let derive = |curve, derivation: Derivation| {
            let own = shares.iter().filter(|share| share.curve() == curve);
            Ok(derivation.secret(own.map(KeyShare::secret))?.public())
        };
        Self::with_users(shares.iter().map(|share| share.public_share().clone()).collect(), users, derive)
    }

    /// The keys that these shares determine.
    pub(crate) fn combine(shares: &[(Identifier, Self)]) -> Result<Self> {
        let (_, first) = shares.first().ok_or_else(|| Failure::because("there are no shares".to_owned()))?;
        let names = first.0.iter().enumerate().map(|(place, (name, _))| {
            let column = shares.iter().filter_map(|(index, own)| Some((*index, &own.0.get(place)?.1)));
            Ok((name.clone(), combine_points(&column.collect::<Vec<_>>()).at(name)?))
        });
        names.collect::<Result<_>>().map(Self)
    }

    /// The names of the keys that differ, or that only one side has.
    pub(crate) fn differences<'a>(&'a self, other: &'a Self) -> Vec<&'a str> {
        let missing = |own: &Self, key: &(String, CurvePoint)| !own.0.contains(key);
        let ours = self.0.iter().filter(|key| missing(other, key));
        let theirs = other.0.iter().filter(|key| missing(self, key));
        ours.chain(theirs).map(|(name, _)| name.as_str()).collect()
    }

    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        let line = |(name, point): &(String, CurvePoint)| {
            format!("{name} {} {}\n", curve_name(point.curve()), hex::encode(point.as_bytes()))
        };
        files::replace(path, self.0.iter().map(line).collect::<String>().as_bytes())
    }

    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = String::from_utf8_lossy(&files::read(path)?).into_owned();
        text.lines().map(|line| parse_line(line).at(path.display())).collect::<Result<_>>().map(Self)
    }

    fn with_users(
        roots: Vec<CurvePoint>,
        users: u16,
        derive: impl Fn(CurveId, Derivation) -> relight::Result<CurvePoint>,
    ) -> Result<Self> {
        // With one root key alone, every derived key would be that key.
        let several = |curve: &&CurveId| roots.iter().filter(|root| root.curve() == **curve).count() > 1;
        let curves: Vec<CurveId> = CurveId::ALL.iter().filter(several).copied().collect();
        let mut keys: Vec<_> =
            (1..).zip(roots).map(|(place, root): (usize, _)| (format!("root-{place:02}"), root)).collect();
        for curve in curves {
            for user in (1..=users).map(|user| format!("user-{user}-{}", curve_name(curve))) {
                let derived = derive(curve, Derivation::new(curve, user.as_bytes())?)?;
                keys.push((user, derived));
            }
        }
        Ok(Self(keys))
    }
}

fn parse_line(line: &str) -> relight::Result<(String, CurvePoint)> {
    let mut words = line.split(' ');
    let mut word = || words.next().ok_or(relight::Error::Truncated);
    let (name, curve, hex) = (word()?, word()?, word()?);
    let known = CurveId::ALL.iter().find(|known| curve_name(**known) == curve);
    let curve = *known.ok_or(relight::Error::UnknownCurve(0))?;
    let bytes = hex::decode(hex).map_err(|_| relight::Error::InvalidPoint)?;
    Ok((name.to_owned(), CurvePoint::from_bytes(curve, &bytes)?))
}

/// The name of a curve as one word.
fn curve_name(curve: CurveId) -> String {
    curve.to_string().replace(' ', "-")
}
