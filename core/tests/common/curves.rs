/// Evaluates an expression with `$curve` standing for the curve of a `CurveId`.
#[allow(unused_macros)]
macro_rules! with_curve {
    ($id:expr, $curve:ident => $body:expr) => {
        with_curve!(@among Secp256k1 Bls12381G1 P256 P384 Ed25519 Ristretto255 Ed448 JubJub JubJubSpendAuth
            Bls12381G2;
            $id, $curve => $body)
    };
    (@among $($name:ident)*; $id:expr, $curve:ident => $body:expr) => {
        match $id {
            $(relight::curve::CurveId::$name => {
                type $curve = relight::curve::$name;
                $body
            })*
            other => panic!("no test for {other}"),
        }
    };
}
