//! Ceremonies: generation, re-sharing and repair, and what closes them.

#[macro_use]
#[path = "../common/mod.rs"]
mod common;
#[path = "../memory/watch.rs"]
mod watch;

mod closing;
mod closing_model;
mod dealing;
mod evidence;
mod home;
mod identifiers;
mod repair;
mod resharing;
mod shareless;
mod sharing;
mod sizes;
