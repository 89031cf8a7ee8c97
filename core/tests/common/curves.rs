//! Evaluates an expression with a name standing for the curve of a `CurveId`.

#[macro_use]
#[path = "../../src/curves.rs"]
mod list;

#[allow(unused_macros)]
macro_rules! with_curve {
    ($id:expr, $name:ident => $body:expr) => {
        curves! { with_curve! @among $id, $name => $body; }
    };
    (
        @among $id:expr, $name:ident => $body:expr;
        $($about:literal, $gate:meta, $curve:ident = $number:literal in $module:ident;)*
    ) => {
        match $id {
            $(#[cfg($gate)]
            relight::curve::CurveId::$curve => {
                type $name = relight::curve::$curve;
                $body
            })*
            other => panic!("no test for {other}"),
        }
    };
}
