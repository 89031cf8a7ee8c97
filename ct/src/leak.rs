//! Code that leaks its secrets, to see that it is found: in three ways, and at the ends of what the operations do.

use crate::operations::{Operation, answered_session, new_session, repaired};
use crate::sealing::{Marking, holders, opened};
use crate::taint::{SecretRng, secret_value};
use crate::world::{BODY, CHECKSUM_LEN, EPOCH, World, marked, marked_scalar};
use rand::SeedableRng;
use rand::rngs::StdRng;
use relight::pairing::{PublicScalar, Scalar, generator_table};
use relight::recovery::Authorisation;
use relight::{Error, KeyShare};
use std::hint::black_box;

/// All of it, with names.
pub const ALL: &[Operation] = &[
    ("leak-branch", branch),
    ("leak-index", index),
    ("leak-vartime", vartime),
    ("leak-compare", compare),
    ("leak-session", session),
    ("leak-mismatch", mismatch),
    ("leak-confirmation", confirmation),
    ("leak-part", part),
    ("leak-repaired-share", repaired_share),
    ("leak-authorisation", authorisation),
    ("leak-age-key", age_key),
    ("leak-sealed", sealed),
    ("leak-opened-secret", opened_secret),
];

/// Takes a branch on a bit of a secret.
fn branch(world: &World) {
    let blinder = world.secret_blinder().encode();
    if blinder[BODY] & 1 == 1 {
        black_box(blinder);
    }
}

/// Looks a byte of a secret up in a table.
fn index(world: &World) {
    let table: [u8; 256] = core::array::from_fn(|n| (n as u8).rotate_left(3));
    let blinder = world.secret_blinder().encode();
    black_box(black_box(table)[usize::from(blinder[BODY])]);
}

/// Multiplies by a secret as if it were public.
fn vartime(world: &World) {
    let blinder = world.secret_blinder().encode();
    black_box(generator_table::<PublicScalar>().mul::<PublicScalar>(&Scalar::reduce(&blinder[BODY..BODY + 32])));
}

/// Takes a branch on a bit of a byte.
fn branch_on(byte: u8) {
    if byte & 1 == 1 {
        black_box(byte);
    }
}

/// Compares two decryption shares up to where they differ.
fn compare(world: &World) {
    let shares = world.secret_decryption_shares(&world.statement);
    black_box(shares[0].sigma() == shares[1].sigma());
}

/// Takes a branch on an answer in a stored session.
fn session(world: &World) {
    let session = answered_session(world).encode();
    branch_on(session[session.len() - CHECKSUM_LEN - 1]);
}

/// Takes a branch on a secret only where it does not match.
fn mismatch(world: &World) {
    let secret = marked_scalar(world.shares[1][1].secret());
    let byte = secret.expose_bytes()[0];
    let taken = KeyShare::new(EPOCH, &world.sharings[1], world.shares[0][1].identifier(), secret);
    if matches!(taken, Err(Error::SecretMismatch { .. })) {
        branch_on(byte);
    }
}

/// Takes a branch on what a confirmation is made of.
fn confirmation(world: &World) {
    let (recipient, dealings) = (&world.parties[1], &world.ceremonies().generation.dealings);
    let unsigned = dealings.clone().confirm(recipient.index, &recipient.key).unwrap();
    branch_on(*unsigned.sign(&recipient.secret_identity()).unwrap().encode().last().unwrap());
}

/// Takes a branch on a helper's part of a repaired share.
fn part(world: &World) {
    branch_on(marked(&world.ceremonies().parts[0].shares[0]).secret().expose_bytes()[0]);
}

/// Takes a branch on the share that a receiver is handed.
fn repaired_share(world: &World) {
    branch_on(world.repair().finish(&repaired(world)).unwrap()[0].secret().expose_bytes()[0]);
}

/// Takes a branch on what an authorisation is made of.
fn authorisation(world: &World) {
    let session = new_session(world, &mut StdRng::seed_from_u64(19));
    let (blinder, rng) = (world.secret_blinder(), &mut SecretRng::new(20));
    let authorisation = Authorisation::new(session.draft(), &world.statement, &blinder, rng).unwrap();
    branch_on(*authorisation.encode().last().unwrap());
}

/// Writes an age key as text, whose letters are looked up.
fn age_key(_: &World) {
    let [holder, _] = holders();
    secret_value(&holder);
    black_box(holder.to_string());
}

/// Takes a branch on what the key of a file has encrypted.
fn sealed(world: &World) {
    let [holder, _] = holders().map(|holder| Marking(holder.to_public()));
    let sealed = relight_sealed::seal(&world.blinder.encode(), [&holder as _]).unwrap();
    branch_on(*sealed.last().unwrap());
}

/// Takes a branch on a secret that was sealed.
fn opened_secret(world: &World) {
    branch_on(opened(world)[BODY]);
}
