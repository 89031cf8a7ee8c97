//! Parameter sets (spec §6.1).

use crate::error::{Error, Result};

/// How many instances a proof has, how many of them stay sealed, and how many secrets one response carries. All sets
/// give 128 bits of soundness: of M instances of which T are kept, a proof that does not leave the W good ones that
/// recover everything passes with probability at most C(M - T + W - 1, W - 1)/C(M, T).
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
    /// 174 instances, 40 kept: the smallest for one or two keys.
    Compact,
    /// 420 instances, 24 kept: the smallest where nothing can be packed, as in a dealing of one key to many recipients.
    Broadcast,
    /// 192 instances, 65 kept, ten secrets in a response: the smallest for a backup of three or more keys on one curve.
    Packed,
    /// 178 instances, 112 kept, ten secrets in a response: the fastest to check for many keys at once, as in a dealing of
    /// many keys to many recipients.
    Bulk,
    /// 8 instances, 4 kept: no security at all, for tests and fuzzing.
    #[cfg(feature = "test-parameters")]
    Insecure,
    /// The same with two secrets in a response.
    #[cfg(feature = "test-parameters")]
    InsecurePacked,
}

impl ParameterSet {
    /// Every set of this build.
    //= spec/6-encryption.md#6-1-parameter-sets
    //# An implementation MUST refuse sets 0xF0 and 0xF1 with UnknownParameterSet unless a build option meant for tests
    //# enables them.
    pub const ALL: &[Self] = &[
        Self::Fast,
        Self::Compact,
        Self::Broadcast,
        Self::Packed,
        Self::Bulk,
        #[cfg(feature = "test-parameters")]
        Self::Insecure,
        #[cfg(feature = "test-parameters")]
        Self::InsecurePacked,
    ];

    /// Its number on the wire.
    pub fn number(self) -> u8 {
        self.row().0
    }

    /// M, the number of instances.
    pub fn instances(self) -> u16 {
        self.row().1
    }

    /// T, the number of instances that stay sealed.
    pub fn kept(self) -> u16 {
        self.row().2
    }

    /// M - T, the number of instances that are revealed.
    pub(crate) fn revealed(self) -> usize {
        usize::from(self.instances() - self.kept())
    }

    /// W, the most secrets that one response carries, and so the number of kept instances that it takes to open.
    pub fn width(self) -> u16 {
        self.row().3
    }

    /// Number, M, T and W.
    fn row(self) -> (u8, u16, u16, u16) {
        match self {
            Self::Fast => (1, 132, 64, 1),
            Self::Compact => (2, 174, 40, 1),
            Self::Broadcast => (3, 420, 24, 1),
            Self::Packed => (4, 192, 65, 10),
            Self::Bulk => (5, 178, 112, 10),
            #[cfg(feature = "test-parameters")]
            Self::Insecure => (0xf0, 8, 4, 1),
            #[cfg(feature = "test-parameters")]
            Self::InsecurePacked => (0xf1, 8, 4, 2),
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
