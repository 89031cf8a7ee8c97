(* Cut-and-choose (spec §6.1, §6.5): for fixed commitments at most one
   T-subset lets an unrecoverable proof pass, and there are at least 2^128.  *)
From Coq Require Import NArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import model encryption soundness.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory.

Section CutAndChoose.

Variables (P : primitives) (L : laws P) (st : statement P).
Local Notation I := 'I_(M P).
Local Notation entry := {c : 'I_(compartments st) & 'I_(entries c)}.

(* What a cheater has fixed when the challenge is drawn: the input [first] of
   the first hash, hence the coefficients [rho], and the points [R]. *)
Variables (first : I -> seq (bytes P)) (rho : entry -> nat).
Variable R : forall (i : I) (k : curve P), group k.

(* The openings and the kept values that the cheater knows for them.  (As h_i
   is 16 bytes, other values with the same hash exist; whether one is found is
   a matter of the hash function, so the theorems say "known".) *)
Variable known : I -> revealed st -> Prop.

(* An answer to the kept set K that Verify accepts for these commitments. *)
Definition answers (K : {set I}) (v : I -> revealed st) :=
  [/\ forall i, is_kept (v i) = (i \in K), forall i, known i (v i),
      forall i, first_message i (v i) = first i
    & forall i k, k \in curve_order st -> R_of rho i (v i) k = R i k].

(* Some compartment opens in no kept instance, though its right key is used. *)
Definition unrecoverable (K : {set I}) (v : I -> revealed st) :=
  exists c un, unlocks st (lock_of c) un /\
    forall i, i \in K -> open_instance i c un (v i) = None.

(* The two unlikely events that are counted elsewhere (soundness.v): wrong
   responses in the kernel of rho; a seed with r_i = 0. *)
Definition no_kernel := forall i seed h C_i w salt z,
  known i (Opened st seed h) -> known i (Kept C_i w salt z) ->
  first_message i (Opened st seed h) = first i ->
  first_message i (Kept C_i w salt z) = first i ->
  in_kernel rho (error (mask i seed) z) -> forall e, error (mask i seed) z e = 0%R.
Definition no_zero := forall i seed h, known i (Opened st seed h) ->
  first_message i (Opened st seed h) = first i -> kem st i seed != 0%R.

(* A proof that verifies answers its own challenge. *)
Lemma verify_answers (pf : proof st) : verify pf ->
  (forall i, known i (instances pf i)) ->
  (forall i, first_message i (instances pf i) = first i) ->
  rho = batch (first_hash (instances pf)) ->
  (forall i k, k \in curve_order st -> R_of rho i (instances pf i) k = R i k) ->
  answers (subset (challenge pf)) (instances pf) /\
  challenge pf = challenge_hash st (first_hash (instances pf)) R.
Proof.
case/andP=> /forallP sh /eqP ch kn Ef Er ER; split; first by split=> // i; apply/eqP/sh.
rewrite ch /challenge_hash; congr (xof _ (_ :: flatten _)); apply: eq_map => i.
by apply/eq_in_map => k ko; rewrite -Er ER.
Qed.

Hypotheses (nk : no_kernel) (nz : no_zero).

Lemma bad_subset (K K' : {set I}) v v' : answers K v -> answers K' v' ->
  unrecoverable K v -> K \subset K'.
Proof.
case=> shK knK firstK RK [shK' knK' firstK' RK'] [c [un [ok fails]]].
apply/subsetP => i iK; apply/negPn/negP => niK'.
move: (shK i) (knK i) (firstK i) (RK i) (fails i iK); rewrite iK.
case: (v i) => // C_i w salt z _ k1 f1 R1 none.
move: (shK' i) (knK' i) (firstK' i) (RK' i); rewrite (negPf niK').
case: (v' i) => // seed h _ k2 f2 R2.
have cons : consistent rho i seed h C_i w salt z.
  by split=> [|k ko]; [rewrite f1 f2 | rewrite R1 // R2].
case: (instance_sound L (nz k2 f2) cons) => [g|[[e ne] ker]].
  by have [y] := g c un ok; rewrite none.
by move: ne; rewrite (nk k2 k1 f2 f1 ker) eqxx.
Qed.

(* Headline 5a. *)
Theorem one_subset (K K' : {set I}) v v' :
  answers K v -> unrecoverable K v -> answers K' v' -> unrecoverable K' v' -> K = K'.
Proof.
move=> a u a' u'; apply/eqP; rewrite eqEsubset.
by rewrite (bad_subset a a' u) (bad_subset a' a u').
Qed.

(* Headline 5b: among the T-subsets that the challenge is uniform on
   (subset.v), those that let a cheater pass are at most one in C(M,T). *)
Theorem winning_share T (W : {set {set I}}) :
  (forall K, K \in W -> #|K| = T /\ exists2 v, answers K v & unrecoverable K v) ->
  #|W| <= 1 /\ #|[set K : {set I} | #|K| == T]| = 'C(M P, T).
Proof.
move=> win; split; last by rewrite card_draws card_ord.
apply/card_le1P => K KW K'; rewrite inE; apply/idP/eqP => [K'W|-> //].
have [_ [v a u]] := win K KW; have [_ [v' a' u']] := win K' K'W.
exact: one_subset a' u' a u.
Qed.

Corollary winning_probability T (W : {set {set I}}) : T <= M P ->
  (forall K, K \in W -> #|K| = T /\ exists2 v, answers K v & unrecoverable K v) ->
  (#|W|%:R / #|[set K : {set I} | #|K| == T]|%:R <= 'C(M P, T)%:R^-1 :> rat)%R.
Proof.
move=> TM /winning_share [W1 ->]; rewrite -[X in (_ <= X)%R]mul1r.
by rewrite ler_wpmul2r ?invr_ge0 ?ler0n // (ler_nat _ _ 1).
Qed.

End CutAndChoose.

(* How rarely the coefficients make [no_kernel] fail.  If, before rho is drawn,
   the cheater knows at most one opening and one kept value per instance (no
   hash collision), with error err_i, then outside M * B^(n-1) of the B^n
   coefficient vectors there is no kernel hit. *)
Section Unlucky.

Variables (P : primitives) (st : statement P) (B : nat).
Hypothesis large : forall k : curve P, exists2 p, p \in [char (scalar k)]%R & B <= p.
Local Notation I := 'I_(M P).
Local Notation entry := {c : 'I_(compartments st) & 'I_(entries c)}.
Variables (first : I -> seq (bytes P)) (known : I -> revealed st -> Prop).
Variable err : I -> forall e : entry, group (curve_of e).
Hypothesis err_known : forall i seed h C_i w salt z,
  known i (Opened st seed h) -> known i (Kept C_i w salt z) ->
  forall e, error (mask i seed) z e = err i e.

Definition wrong_instance i := [exists e, err i e != 0%R].

Definition unlucky : {set {ffun entry -> 'I_B}} :=
  \bigcup_(j : {i | wrong_instance i}) kernels B (err (val j)).

Theorem unlucky_count : #|unlucky| <= M P * B ^ #|{: entry}|.-1.
Proof.
apply: leq_trans (errors_count large _) _ => [j|]; first exact/existsP/(valP j).
by rewrite leq_mul2r card_sig -[X in _ <= X]card_ord max_card orbT.
Qed.

Theorem lucky_no_kernel rho : rho \notin unlucky ->
  no_kernel first (coeffs rho) known.
Proof.
move=> lucky i seed h C_i w salt z k1 k2 _ _ ker e; apply/eqP/negPn/negP => ne.
have E := err_known k1 k2.
have wi : wrong_instance i by apply/existsP; exists e; rewrite -E.
case/bigcupP: lucky; exists (Sub i wi) => //; rewrite inE; apply/forallP => e'.
rewrite -[X in _ == X](ker e') /sum_points; apply/eqP; apply: eq_bigr => e'' _.
by rewrite E.
Qed.

End Unlucky.

(* Binomials by Pascal's triangle on binary numbers. *)
Section Binomial.

Fixpoint next_row (p : N) (r : seq N) : seq N :=
  if r is x :: r' then (p + x)%num :: next_row x r' else [:: p].

Definition row n : seq N := iter n (next_row 0%num) [:: 1%num].

Lemma next_row_nth p r k : nth 0%num (next_row p r) k =
  ((if k is k'.+1 then nth 0 r k' else p) + nth 0 r k)%num.
Proof.
elim: r p k => [|x r IH] p [|k] //=.
- by rewrite N.add_0_r.
- by rewrite nth_nil; case: k.
- by rewrite IH; case: k.
Qed.

Lemma row_bin n k : nth 0%num (row n) k = N.of_nat 'C(n, k).
Proof.
elim: n k => [|n IH] [|k] //=; first by case: k.
  by rewrite next_row_nth IH !bin0.
by rewrite next_row_nth !IH -Nat2N.inj_add binS addnC.
Qed.

Lemma exp_N k : 2 ^ k = N.to_nat (2 ^ N.of_nat k).
Proof.
elim: k => [|k IH] //; rewrite expnS IH Nat2N.inj_succ N.pow_succ_r'.
by rewrite N2Nat.inj_mul.
Qed.

Lemma bin_ge n k b :
  (2 ^ N.of_nat b <=? nth 0%num (row n) k)%num -> 2 ^ b <= 'C(n, k).
Proof.
rewrite row_bin exp_N => /N.leb_le le; apply/leP.
by rewrite -[X in (_ <= X)%coq_nat]Nat2N.id; lia.
Qed.

Lemma bin_lt n k b :
  (nth 0%num (row n) k <? 2 ^ N.of_nat b)%num -> 'C(n, k) < 2 ^ b.
Proof.
rewrite row_bin exp_N => /N.ltb_lt lt; apply/ltP.
by rewrite -[X in (X < _)%coq_nat]Nat2N.id; lia.
Qed.

(* Headline 5c: the parameter sets of spec §6.1, with matching upper bounds. *)
Theorem set1_bits : 2 ^ 128 <= 'C(132, 64) < 2 ^ 129.
Proof. by apply/andP; split; [apply: bin_ge | apply: bin_lt]; vm_compute. Qed.

Theorem set2_bits : 2 ^ 131 <= 'C(174, 40) < 2 ^ 132.
Proof. by apply/andP; split; [apply: bin_ge | apply: bin_lt]; vm_compute. Qed.

Theorem set3_bits : 2 ^ 129 <= 'C(420, 24) < 2 ^ 130.
Proof. by apply/andP; split; [apply: bin_ge | apply: bin_lt]; vm_compute. Qed.

Corollary sets_at_least_128 :
  [/\ 2 ^ 128 <= 'C(132, 64), 2 ^ 128 <= 'C(174, 40) & 2 ^ 128 <= 'C(420, 24)].
Proof.
split; [by case/andP: set1_bits | |].
- by case/andP: set2_bits => le _; apply: leq_trans le; rewrite leq_exp2l.
- by case/andP: set3_bits => le _; apply: leq_trans le; rewrite leq_exp2l.
Qed.

End Binomial.
