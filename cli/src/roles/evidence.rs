//! Evidence against parties of a ceremony.

use super::seat::Seat;
use crate::armour::Kind;
use crate::board::{Board, Ignored, Objects, Place};
use crate::failure::{Result, While};
use relight::dealing::{Ceremony, Culprit, Evidence};

/// Posts all evidence that the seat has, and says where.
///
/// # Errors
///
/// If evidence proves nothing, which a defect of this program would cause, or the board refuses.
pub fn post(board: &dyn Board, seat: &Seat<'_>) -> Result<Vec<String>> {
    let evidence = seat.culprits.iter().filter_map(|accused| accused.evidence.as_ref());
    evidence
        .map(|evidence| {
            let culprit = evidence.verify(seat.ceremony()).at("the evidence")?;
            let (Culprit::Dealer { index, .. } | Culprit::Recipient { index }) = culprit;
            board.post(&Place::Evidence, index.to_string(), Kind::Evidence, &evidence.encode())
        })
        .collect()
}

/// Who is convicted by evidence on the board, in words. What is about another ceremony is none here.
///
/// # Errors
///
/// If the board cannot be reached.
pub fn convictions(board: &dyn Board, ceremony: &Ceremony) -> Result<(Vec<String>, Ignored)> {
    let Objects { good, ignored } = board.objects(&Place::Evidence, Kind::Evidence, Evidence::decode)?;
    let convictions = good.into_iter().filter_map(|object| object.value.verify(ceremony).ok()).map(in_words);
    Ok((convictions.collect(), ignored))
}

fn in_words(culprit: Culprit) -> String {
    match culprit {
        Culprit::Dealer { index, fault } => format!("dealer {index}: {fault}"),
        Culprit::Recipient { index } => format!("recipient {index}: two different confirmations"),
    }
}
