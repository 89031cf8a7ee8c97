//! What a member looks at before it answers (spec §11.3).

use super::request::Request;
use super::response::UnsignedResponse;
use super::roster::Roster;
use super::seal::seal;
use crate::backup::recovery_compartment;
use crate::decryption::DecryptionShare;
use crate::error::{Error, Result, StatementField};
use crate::key_share::KeyShare;
use crate::keys::RecoveryPublicKey;
use crate::pairing::G2_LEN;
use crate::statement::Statement;
use alloc::vec::Vec;
use core::fmt::{Display, Formatter};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// A request, together with the statements that it asks to unlock. Only a review can be answered.
///
/// Its `Display` tells a person what is asked, by whom, for which network, node and epoch. Whether to answer is the
/// member's decision: check the attestation, call the operator.
#[derive(Clone, Debug)]
pub struct Review<'a> {
    request: &'a Request,
    statements: Vec<&'a Statement>,
    roster: &'a Roster,
    now: u64,
}

impl<'a> Review<'a> {
    /// Looks up, among the statements of the backups at hand, those that the request asks for. `now` counts seconds
    /// since 1970-01-01 UTC.
    ///
    /// Fails with [`Error::Expired`]; with [`Error::UnknownDigest`] if a statement is not at hand; with
    /// [`Error::StatementMismatch`] if one belongs to another network than the request says or to another recovery
    /// party than `roster`; with [`Error::UnknownLock`] if one is not for a recovery party at all.
    pub fn new(request: &'a Request, statements: &'a [Statement], roster: &'a Roster, now: u64) -> Result<Self> {
        request.check_time(now)?;
        let asked = request.digests().iter().map(|digest| {
            let statement = statements.iter().find(|statement| statement.digest() == *digest);
            //= spec/11-recovery.md#11-3-review
            //# A member MUST know the statement behind every digest that it answers.
            statement.ok_or(Error::UnknownDigest)
        });
        let statements: Vec<&Statement> = asked.collect::<Result<_>>()?;
        for statement in &statements {
            check_asked(statement, request.context(), roster.party().public_key())?;
        }
        Ok(Self { request, statements, roster, now })
    }

    /// The request.
    pub fn request(&self) -> &Request {
        self.request
    }

    /// The statements that it asks to unlock, in its order.
    pub fn statements(&self) -> &[&Statement] {
        &self.statements
    }

    /// Makes the member's answer: its decryption shares, sealed to the requester's HPKE key. It is to be signed.
    ///
    /// Fails with [`Error::StatementMismatch`] if the share belongs to another recovery key, with
    /// [`Error::UnusedIdentifier`] if no member's share lies where it does, with [`Error::InvalidPoint`] if the requester's HPKE key is unusable.
    pub fn answer(&self, share: &KeyShare, rng: &mut impl CryptoRng) -> Result<UnsignedResponse> {
        //= spec/11-recovery.md#11-4-response
        //# A member MUST have reviewed the request before it responds.
        let recovery_key = RecoveryPublicKey::try_from(share.root_public_key().clone())?;
        let member = self.roster.party().holder(&share.identifier());
        let member = member.ok_or(Error::UnusedIdentifier(share.identifier()))?;
        // A vector that never grows leaves no copies behind.
        let mut shares = Zeroizing::new(Vec::with_capacity(self.statements.len().saturating_mul(G2_LEN)));
        for statement in &self.statements {
            check_asked(statement, self.request.context(), &recovery_key)?;
            shares
                .extend_from_slice(&*Zeroizing::new(DecryptionShare::new(member, share, &statement.digest())?.sigma()));
        }
        //= spec/11-recovery.md#11-4-response
        //# A member MUST NOT send decryption shares in the clear.
        seal(self.request, member, &shares, rng)
    }
}

/// The statement must be a backup of this network for this recovery party.
pub(super) fn check_asked(statement: &Statement, context: &[u8], recovery_key: &RecoveryPublicKey) -> Result<()> {
    if statement.header().context != context {
        return Err(Error::StatementMismatch(StatementField::Context));
    }
    let same = recovery_compartment(statement)?.recovery_key == recovery_key;
    if same { Ok(()) } else { Err(Error::StatementMismatch(StatementField::RecoveryKey)) }
}

impl Display for Review<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        let request = self.request;
        // Names come from strangers: what is not plain ASCII is escaped.
        //= spec/11-recovery.md#11-3-review
        //# A name in a request or statement MUST be shown to a person with every byte outside 0x20..0x7e escaped.
        writeln!(f, "Recovery request {}", Hex(&request.digest()))?;
        writeln!(f, "  asked by     {}", request.requester().escape_ascii())?;
        writeln!(f, "  for network  {}", request.context().escape_ascii())?;
        writeln!(f, "  expires      in {} s", request.expiry().saturating_sub(self.now))?;
        writeln!(f, "  attestation  {} bytes", request.attestation().len())?;
        self.statements.iter().try_for_each(|statement| write_statement(f, statement))
    }
}

fn write_statement(f: &mut Formatter<'_>, statement: &Statement) -> core::fmt::Result {
    let header = statement.header();
    writeln!(f, "  to unlock    {}, epoch {}", header.node.escape_ascii(), header.epoch)?;
    for curve in statement.curves() {
        let keys = statement.entries().filter(|entry| entry.curve() == curve).count();
        writeln!(f, "               shares of root keys on {curve}: {keys}")?;
    }
    writeln!(f, "               statement {:?}", statement.digest())
}

struct Hex<'a>(&'a [u8]);

impl Display for Hex<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
