//! Parameter sets (spec §6.1).

use crate::error::{Error, Result};

/// How many instances a proof has, and how many of them stay sealed. All sets give 128 bits of soundness: a proof
/// of something unrecoverable passes with probability 1/C(M, T) for M instances of which T are kept.
///
/// ```
/// use relight::ParameterSet;
///
/// assert_eq!((ParameterSet::Fast.instances(), ParameterSet::Fast.kept()), (132, 64));
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ParameterSet {
    /// 132 instances, 64 kept: the fastest to make and to check.
    #[default]
    Fast,
    /// 174 instances, 40 kept: a third smaller for ten keys and more.
    Compact,
    /// 420 instances, 24 kept: the smallest for a hundred keys.
    Smallest,
    /// 8 instances, 4 kept: no security at all, for tests and fuzzing.
    #[cfg(feature = "test-parameters")]
    Insecure,
}

impl ParameterSet {
    /// Every set of this build.
    //= spec/6-encryption.md#6-1-parameter-sets
    //# An implementation MUST refuse set 0xF0 with UnknownParameterSet unless a build option meant for tests enables
    //# it.
    pub const ALL: &[Self] = &[
        Self::Fast,
        Self::Compact,
        Self::Smallest,
        #[cfg(feature = "test-parameters")]
        Self::Insecure,
    ];

    /// Its number on the wire.
    pub fn number(self) -> u8 {
        match self {
            Self::Fast => 1,
            Self::Compact => 2,
            Self::Smallest => 3,
            #[cfg(feature = "test-parameters")]
            Self::Insecure => 0xf0,
        }
    }

    /// M, the number of instances.
    pub fn instances(self) -> u16 {
        match self {
            Self::Fast => 132,
            Self::Compact => 174,
            Self::Smallest => 420,
            #[cfg(feature = "test-parameters")]
            Self::Insecure => 8,
        }
    }

    /// T, the number of instances that stay sealed.
    pub fn kept(self) -> u16 {
        match self {
            Self::Fast => 64,
            Self::Compact => 40,
            Self::Smallest => 24,
            #[cfg(feature = "test-parameters")]
            Self::Insecure => 4,
        }
    }
}

impl TryFrom<u8> for ParameterSet {
    type Error = Error;

    fn try_from(number: u8) -> Result<Self> {
        let set = Self::ALL.iter().find(|set| set.number() == number);
        //= spec/5-statement.md#5-1-structure
        //# A decoder MUST refuse an unknown parameter set with UnknownParameterSet.
        set.copied().ok_or(Error::UnknownParameterSet(number))
    }
}
