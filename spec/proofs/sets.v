(* The parameter sets of spec §6.1: the numbers are those of encoding.v, here is
   what they are good for.                                                    *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect.
From Relight Require Import encoding cutandchoose width.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* The s of rom_bits. *)
Definition bits (id : N) : nat :=
  match id with 2 => 131%N | 3 => 129%N | 240 => 6%N | 241 => 3%N | _ => 128%N end%num.

(* Of each set its number, M, T, W and bits, as vectors/trace.py writes the
   reference's. *)
Definition sets : seq N := [seq id <- [seq N.of_nat n | n <- iota 0 256] | parameters id].
Definition numbers_of (id : N) : seq N :=
  let: (M, T) := odflt (0, 0)%N (parameters id) in id :: [seq N.of_nat n | n <- [:: M; T; width id; bits id]].

Lemma sets_all id : parameters id -> id \in [:: 1; 2; 3; 4; 5; 240; 241]%num.
Proof. by case: id => // p; do 8 (case: p => [p|p|] //). Qed.

(* The premise of rom_bits, for every set. *)
Theorem rom_sets id M T : parameters id = Some (M, T) ->
  2 ^ bits id * 'C(M - T + (width id).-1, (width id).-1) <= 'C(M, T).
Proof.
have one n (a b : nat) : a <= b -> a * 'C(n, 0) <= b by rewrite bin0 muln1.
move=> E; have : parameters id by rewrite E.
move/sets_all; rewrite !inE => known; move: E.
case/or4P: known => [/eqP ->|/eqP ->|/eqP ->|/or4P[/eqP ->|/eqP ->|/eqP ->|/eqP ->]].
all: case=> <- <-.
- by rewrite -[bits _]/128 -[(width _).-1]/0; apply: one; case/andP: set1_bits.
- by rewrite -[bits _]/131 -[(width _).-1]/0; apply: one; case/andP: set2_bits.
- by rewrite -[bits _]/129 -[(width _).-1]/0; apply: one; case/andP: set3_bits.
- by rewrite -[bits _]/128 -[(width _).-1]/9 (_ : 192 - 65 + 9 = 136); [case/andP: set4_bits|].
- by rewrite -[bits _]/128 -[(width _).-1]/9 (_ : 178 - 112 + 9 = 75); [case/andP: set5_bits|].
- by [].
- by [].
Qed.

(* The premises of subset.v, with the least power of two for its mask. *)
Lemma spec_masks id M T : parameters id = Some (M, T) ->
  exists k, [&& M <= 2 ^ k, 2 ^ k.-1 < M & k <= 16].
Proof.
move=> E; have : parameters id by rewrite E.
move/sets_all; rewrite !inE => known; move: E.
case/or4P: known => [/eqP ->|/eqP ->|/eqP ->|/or4P[/eqP ->|/eqP ->|/eqP ->|/eqP ->]].
all: case=> <- _.
- by exists 8.
- by exists 8.
- by exists 9.
- by exists 8.
- by exists 8.
- by exists 3.
- by exists 3.
Qed.
