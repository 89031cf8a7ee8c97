//! The one list of the curves: the registry of spec §3.4. The tests include this file.

/// Calls `$with` with the given arguments and every curve: its documentation, its feature gate, its name, its number and
/// its module in [`crate::curve`].
macro_rules! curves {
    ($with:ident! $($arguments:tt)*) => {
        $with! {
            $($arguments)*
            "secp256k1: 32-byte big-endian scalars, 33-byte SEC 1 compressed points.",
            all(), Secp256k1 = 1 in secp256k1;
            "BLS12-381 G1: 32-byte big-endian scalars, 48-byte compressed points.",
            all(), Bls12381G1 = 2 in bls12381_g1;
            "P-256: 32-byte big-endian scalars, 33-byte SEC 1 compressed points.",
            feature = "p256", P256 = 3 in p256;
            "P-384: 48-byte big-endian scalars, 49-byte SEC 1 compressed points.",
            feature = "p384", P384 = 4 in p384;
            "The subgroup of prime order of edwards25519: 32-byte little-endian scalars, 32-byte RFC 8032 points.",
            feature = "ed25519", Ed25519 = 5 in curve25519;
            "Ristretto255: 32-byte little-endian scalars, 32-byte RFC 9496 points.",
            feature = "ristretto255", Ristretto255 = 6 in curve25519;
            "The subgroup of prime order of edwards448: 57-byte little-endian scalars, 57-byte RFC 8032 points.",
            feature = "ed448", Ed448 = 7 in ed448;
            "The subgroup of prime order of JubJub: 32-byte little-endian scalars, 32-byte points.",
            feature = "jubjub", JubJub = 8 in jubjub;
            "JubJub with the generator under which Zcash Sapling authorises spends; encodings as for `JubJub`.",
            feature = "jubjub", JubJubSpendAuth = 9 in jubjub;
            "BLS12-381 G2: 32-byte big-endian scalars, 96-byte compressed points.",
            feature = "bls12381-g2", Bls12381G2 = 10 in bls12381_g2;
            "Pallas with the generator (-1, 2): 32-byte little-endian scalars, 32-byte points.",
            feature = "pallas", Pallas = 11 in pallas;
            "Pallas with the generator under which Zcash Orchard authorises spends; encodings as for `Pallas`.",
            feature = "pallas", PallasSpendAuth = 12 in pallas;
            "For tests, without secrets: 32-byte big-endian scalars, 33-byte points that are their own logarithms.",
            feature = "transparent", Transparent = 0xf000 in transparent;
        }
    };
}
