(* The sizes of spec §6.1, and which parameter set is the smallest, for scalars of
   32 bytes.                                                                  *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect zify.
From Relight Require Import encoding.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* The length of a proof of a set, for c compartments and p packs altogether. *)
Definition set_size (id : N) (c p : nat) : nat :=
  if parameters id is Some (M, T) then proof_bytes M T c (32 * p) else 0.

(* The same in binary, for computation. *)
Definition in_binary (M T : N) (c p : nat) : N :=
  (48 + ((M - T) * 36 + T * (64 + 16 * N.of_nat c + 32 * N.of_nat p)))%num.

Lemma set_size_N id c p M T : parameters id = Some (M, T) ->
  N.of_nat (set_size id c p) = in_binary (N.of_nat M) (N.of_nat T) c p.
Proof. rewrite /set_size /in_binary => ->; rewrite /proof_bytes /kept_size; lia. Qed.

Lemma size1_N c p : N.of_nat (set_size 1 c p) = in_binary 132 64 c p.
Proof. exact: (set_size_N c p (erefl : parameters 1 = Some (132, 64))). Qed.
Lemma size2_N c p : N.of_nat (set_size 2 c p) = in_binary 174 40 c p.
Proof. exact: (set_size_N c p (erefl : parameters 2 = Some (174, 40))). Qed.
Lemma size3_N c p : N.of_nat (set_size 3 c p) = in_binary 420 24 c p.
Proof. exact: (set_size_N c p (erefl : parameters 3 = Some (420, 24))). Qed.
Lemma size4_N c p : N.of_nat (set_size 4 c p) = in_binary 192 65 c p.
Proof. exact: (set_size_N c p (erefl : parameters 4 = Some (192, 65))). Qed.
Lemma size5_N c p : N.of_nat (set_size 5 c p) = in_binary 178 112 c p.
Proof. exact: (set_size_N c p (erefl : parameters 5 = Some (178, 112))). Qed.
Lemma size240_N c p : N.of_nat (set_size 240 c p) = in_binary 8 4 c p.
Proof. exact: (set_size_N c p (erefl : parameters 240 = Some (8, 4))). Qed.
Lemma size241_N c p : N.of_nat (set_size 241 c p) = in_binary 8 4 c p.
Proof. exact: (set_size_N c p (erefl : parameters 241 = Some (8, 4))). Qed.

(* By Coq's own rewrite: that of ssreflect computes the size of one set to compare
   it with another's. *)
Ltac numbers := repeat first
  [rewrite -> size1_N | rewrite -> size2_N | rewrite -> size3_N | rewrite -> size4_N | rewrite -> size5_N
  | rewrite -> size240_N | rewrite -> size241_N]; rewrite /in_binary.

(* Headline 8d: the table. *)
Theorem spec_sizes (p : nat) : let bytes id := N.of_nat (set_size id 1 p) in let p := N.of_nat p in
  [/\ bytes 1 = 7616 + 2048 * p, bytes 2 = 8072 + 1280 * p, bytes 3 = 16224 + 768 * p,
      bytes 4 = 9820 + 2080 * p & [/\ bytes 5 = 11384 + 3584 * p, bytes 240 = 512 + 128 * p
      & bytes 241 = 512 + 128 * p]]%num.
Proof. by move=> bytes q; rewrite /bytes /q; numbers; split; [| | | |split]; lia. Qed.

(* The packs of n keys on one curve (pack_count). *)
Definition packs_of (id : N) (n : nat) : nat := (n + (width id).-1) %/ width id.

(* No set is smaller than this one, for c compartments and p packs. *)
Definition smallest (id : N) (c : nat) (p : N -> nat) : Prop :=
  forall other, other \in [:: 1; 2; 3; 4; 5]%num ->
  (N.of_nat (set_size id c (p id)) <= N.of_nat (set_size other c (p other)))%num.

Lemma five (Q : N -> Prop) : Q 1%num -> Q 2%num -> Q 3%num -> Q 4%num -> Q 5%num ->
  forall other, other \in [:: 1; 2; 3; 4; 5]%num -> Q other.
Proof. by move=> ? ? ? ? ? o; rewrite !inE => /or4P[/eqP ->|/eqP ->|/eqP ->|/orP[] /eqP ->]. Qed.

(* One compartment with keys on one curve: set 2 up to two keys, from three on
   set 4. *)
Theorem smallest_backup (n : nat) : 0 < n ->
  smallest (if (n < 3)%N then 2 else 4)%num 1 (packs_of^~ n).
Proof.
have one k : (k + 0) %/ 1 = k by rewrite addn0 divn1.
have ten : packs_of 4 n = (n + 9) %/ 10 by [].
have same : packs_of 5 n = (n + 9) %/ 10 by [].
move=> n0; case: ltnP => n3; apply: five; rewrite ?ten ?same /packs_of ?one; numbers; try lia.
Qed.

(* A dealing of one key: set 3 from eleven recipients on. *)
Theorem smallest_dealing (c : nat) : 10 < c -> smallest 3 c (fun=> c).
Proof. by move=> c10; apply: five; numbers; lia. Qed.
