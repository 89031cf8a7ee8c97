//! Code that leaks its secrets in three ways, to see that each is found.

use crate::world::{BODY, World};
use relight::pairing::{PublicScalar, Scalar, generator_table};
use std::hint::black_box;

/// Takes a branch on a bit of a secret.
pub fn branch(world: &World) {
    let blinder = world.secret_blinder().encode();
    if blinder[BODY] & 1 == 1 {
        black_box(blinder);
    }
}

/// Looks a byte of a secret up in a table.
pub fn index(world: &World) {
    let table: [u8; 256] = core::array::from_fn(|n| (n as u8).rotate_left(3));
    let blinder = world.secret_blinder().encode();
    black_box(black_box(table)[usize::from(blinder[BODY])]);
}

/// Multiplies by a secret as if it were public.
pub fn vartime(world: &World) {
    let blinder = world.secret_blinder().encode();
    black_box(generator_table().mul::<PublicScalar>(&Scalar::reduce(&blinder[BODY..BODY + 32])));
}
