//! Changes of an encoding that keep most of its structure.

use arbitrary::Arbitrary;

/// One change. Places count modulo the length, so that every change does something.
#[derive(Arbitrary, Clone, Debug)]
enum Mutation {
    /// Flips bits of one byte.
    Flip { at: u16, mask: u8 },
    /// Writes bytes over others.
    Overwrite { at: u16, bytes: Vec<u8> },
    /// Adds bytes.
    Insert { at: u16, bytes: Vec<u8> },
    /// Takes bytes away.
    Remove { at: u16, length: u8 },
    /// Copies a stretch over another one, as an attacker does who reuses parts.
    Copy { from: u16, to: u16, length: u8 },
    /// Cuts the end off.
    Truncate { at: u16 },
}

/// Some changes, one after the other.
#[derive(Arbitrary, Clone, Debug)]
pub struct Mutations(Vec<Mutation>);

impl Mutations {
    /// The changed bytes.
    pub fn apply(&self, bytes: &[u8]) -> Vec<u8> {
        let mut changed = bytes.to_vec();
        self.0.iter().for_each(|mutation| mutation.apply(&mut changed));
        changed
    }
}

impl Mutation {
    fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Flip { at, mask } => {
                let at = place(*at, bytes);
                bytes[at..].iter_mut().take(1).for_each(|byte| *byte ^= mask);
            }
            Self::Overwrite { at, bytes: new } => overwrite(bytes, *at, new),
            Self::Insert { at, bytes: new } => {
                let at = place(*at, bytes);
                bytes.splice(at..at, new.iter().copied());
            }
            Self::Remove { at, length } => {
                let at = place(*at, bytes);
                let end = bytes.len().min(at + usize::from(*length));
                bytes.drain(at..end);
            }
            Self::Copy { from, to, length } => {
                let from = place(*from, bytes);
                let stretch: Vec<u8> = bytes[from..].iter().take(usize::from(*length)).copied().collect();
                overwrite(bytes, *to, &stretch);
            }
            Self::Truncate { at } => bytes.truncate(place(*at, bytes)),
        }
    }
}

fn place(at: u16, bytes: &[u8]) -> usize {
    usize::from(at).checked_rem(bytes.len()).unwrap_or(0)
}

fn overwrite(bytes: &mut [u8], at: u16, new: &[u8]) {
    let at = place(at, bytes);
    bytes[at..].iter_mut().zip(new).for_each(|(byte, new)| *byte = *new);
}
