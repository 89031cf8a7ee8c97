(* Quorum arithmetic (spec §4.1): supermajority(n) = floor(2n/3) + 1. *)
From mathcomp Require Import all_ssreflect zify.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Definition supermajority (n : nat) : nat := (2 * n) %/ 3 + 1.

(* Headline 10a: it is above two thirds, and nothing smaller is. *)
Theorem supermajority_least n m : (2 * n < 3 * m) = (supermajority n <= m).
Proof. by rewrite /supermajority; lia. Qed.

Corollary supermajority_above n : 2 * n < 3 * supermajority n.
Proof. by rewrite supermajority_least. Qed.

(* A party of at least one member can always assemble its own quorum, and the
   quorum is a legal threshold: 1 <= t <= n. *)
Lemma supermajority_range n : 0 < n -> 0 < supermajority n <= n.
Proof. by rewrite /supermajority; lia. Qed.

(* Headline 10b: any two quorums share more than a third of the members. *)
Theorem supermajority_overlap n (A B : {set 'I_n}) :
  supermajority n <= #|A| -> supermajority n <= #|B| -> n < 3 * #|A :&: B|.
Proof.
move=> hA hB; have U : #|A :|: B| <= n by rewrite -[X in _ <= X]card_ord max_card.
have := cardsUI A B; have := supermajority_above n; lia.
Qed.

(* A quorum still forms when fewer than a third of the members are away. *)
Lemma supermajority_available n away :
  3 * away < n -> supermajority n <= n - away.
Proof. by rewrite /supermajority; lia. Qed.
