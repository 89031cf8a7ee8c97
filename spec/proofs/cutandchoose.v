(* Cut-and-choose (spec §6.1, §6.5): for fixed commitments at most one
   T-subset lets an unrecoverable proof pass, and there are at least 2^128.  *)
From Coq Require Import NArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import model encryption batching stream soundness.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory.

(* One instance, and two answers to it of which one reveals and one keeps it:
   unless the coefficients cancel an error, what is kept opens. *)
Lemma kept_opens (P : primitives) (L : laws P) (cl : claim P) N rho (i : 'I_(M P)) seed h C_i w salt
    (z : scalars cl) c un : kem N i seed != 0%R -> consistent N rho i seed h C_i w salt z ->
  (in_kernel rho (error (mask N i seed) z) -> forall e, error (mask N i seed) z e = 0%R) ->
  unlocks cl (lock_of c) un -> isSome (open_instance N i c un (Kept C_i w salt z)).
Proof.
move=> r0 cons nk ok; case: (instance_sound L r0 cons) => [g|[[e ne] ker]].
  by have [y ->] := g c un ok.
by move: ne; rewrite (nk ker) eqxx.
Qed.

Section CutAndChoose.

Variables (P : primitives) (L : laws P) (cl : claim P).
Local Notation I := 'I_(M P).
Local Notation entry := {c : 'I_(compartments cl) & 'I_(entries c)}.

(* What a cheater has fixed when the challenge is drawn: the id [N] of the proof
   and the rest [first] of the input of the first hash, hence the coefficients
   [rho], and the points [R]. *)
Variables (N : bytes P) (first : I -> seq (bytes P)) (rho : entry -> nat).
Variable R : forall (i : I) (k : curve P), group k.

(* The revealed and the kept values that the cheater knows for them.  (As h_i
   is 20 bytes, other values with the same hash exist; whether one is found is
   a matter of the hash function, so the theorems say "known".) *)
Variable known : I -> revealed cl -> Prop.

(* An answer to the kept set K that Verify accepts for these commitments. *)
Definition answers (K : {set I}) (v : I -> revealed cl) :=
  [/\ forall i, is_kept (v i) = (i \in K), forall i, known i (v i),
      forall i, first_message N i (v i) = first i
    & forall i k, k \in curve_order cl -> R_of N rho i (v i) k = R i k].

(* Some compartment opens in no kept instance, though its right key is used. *)
Definition unrecoverable (K : {set I}) (v : I -> revealed cl) :=
  exists c un, unlocks cl (lock_of c) un /\
    forall i, i \in K -> open_instance N i c un (v i) = None.

(* The two unlikely events: wrong responses in the kernel of rho (counted
   below); a seed with r_i = 0. *)
Definition no_kernel := forall i seed h C_i w salt z,
  known i (Revealed cl seed h) -> known i (Kept C_i w salt z) ->
  first_message N i (Revealed cl seed h) = first i ->
  first_message N i (Kept C_i w salt z) = first i ->
  in_kernel rho (error (mask N i seed) z) -> forall e, error (mask N i seed) z e = 0%R.
Definition no_zero := forall i seed h, known i (Revealed cl seed h) ->
  first_message N i (Revealed cl seed h) = first i -> kem N i seed != 0%R.

(* A proof that verifies answers its own challenge. *)
Lemma verify_answers (pf : proof cl) : verify pf -> N = proof_id cl (nonce pf) ->
  (forall i, known i (instances pf i)) ->
  (forall i, first_message N i (instances pf i) = first i) ->
  rho = batch (first_hash N (instances pf)) ->
  (forall i k, k \in curve_order cl -> R_of N rho i (instances pf i) k = R i k) ->
  answers (subset (challenge pf)) (instances pf) /\
  challenge pf = challenge_hash cl (first_hash N (instances pf)) R.
Proof.
case/andP=> /forallP sh /eqP ch EN kn Ef Er ER; split; first by split=> // i; apply/eqP/sh.
rewrite ch -EN /challenge_hash; congr (xof _ (_ :: flatten _)); apply: eq_map => i.
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
have cons : consistent N rho i seed h C_i w salt z.
  by split=> [|k ko]; [rewrite f1 f2 | rewrite R1 // R2].
by have := kept_opens L (nz k2 f2) cons (nk k2 k1 f2 f1) ok; rewrite none.
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

(* The arithmetic of one try: b of the c subsets win, and if one of m events of
   share 1/d happens, all do. *)
Lemma share_sum (w n b c d m : nat) : 0 < n -> 0 < c -> 0 < d ->
  w * d <= (b * d + m * c) * n ->
  (w%:R / (n * c)%:R <= b%:R / c%:R + m%:R / d%:R :> rat)%R.
Proof.
move=> n0 c0 d0 le; have pos k : 0 < k -> (k%:R != 0 :> rat)%R by rewrite pnatr_eq0 -lt0n.
rewrite addf_div ?pos // -!natrM -natrD.
rewrite ler_pdivr_mulr ?ltr0n ?muln_gt0 ?n0 // mulrAC ler_pdivl_mulr ?ltr0n ?muln_gt0 ?c0 //.
by rewrite -!natrM ler_nat [c * d]mulnC !mulnA leq_mul2r le orbT.
Qed.

(* Pairs of coefficients and subsets, with at most b subsets unless the
   coefficients are in U, and at most c then. *)
Lemma try_count (A B : finType) (F : {set A * B}) (U : {set A}) (b c d m : nat) :
  (forall x, #|[set y | (x, y) \in F]| <= c) ->
  (forall x, x \notin U -> #|[set y | (x, y) \in F]| <= b) ->
  #|U| * d <= m * #|A| -> #|F| * d <= (b * d + m * c) * #|A|.
Proof.
move=> all_y some_y Ud; pose Y x := [set y | (x, y) \in F].
have cardF : #|F| = \sum_x #|Y x|.
  rewrite -sum1_card (partition_big fst predT) //=; apply: eq_bigr => x _.
  rewrite -sum1_card (reindex_onto (pair x) snd) /= => [|[x' y] /andP[_ /eqP <-]] //.
  by apply: eq_bigl => y; rewrite !inE !eqxx !andbT.
have {}cardF : #|F| <= b * #|A| + #|U| * c.
  rewrite cardF (bigID (mem U)) /= addnC leq_add //; last first.
    by rewrite -sum_nat_const; apply: leq_sum => x _; apply: all_y.
  apply: (@leq_trans (\sum_(x | x \notin U) b)); first by apply: leq_sum => x; apply: some_y.
  by rewrite sum_nat_const mulnC leq_mul2l max_card orbT.
apply: leq_trans (leq_mul cardF (leqnn d)) _; rewrite !mulnDl leq_add //.
  by rewrite mulnAC.
by rewrite mulnAC (mulnAC m) leq_mul2r Ud orbT.
Qed.

(* How rarely the coefficients make [no_kernel] fail.  If, before rho is drawn,
   the cheater knows at most one revealed and one kept value per instance (no
   hash collision), with error err_i, then outside a share of M/D of the
   coefficient vectors there is no kernel hit, with D as in soundness.v. *)
Section Unlucky.

Variables (P : primitives) (L : laws P) (cl : claim P) (D : nat).
Hypothesis share : forall k : curve P,
  exists2 p, p \in [char (scalar k)]%R & up (256 ^ wide k) p * D <= 256 ^ wide k.
Local Notation I := 'I_(M P).
Local Notation entry := {c : 'I_(compartments cl) & 'I_(entries c)}.
Variables (N : bytes P) (first : I -> seq (bytes P)) (known : I -> revealed cl -> Prop).
Variable err : I -> forall e : entry, group (curve_of e).
Hypothesis err_known : forall i seed h C_i w salt z,
  known i (Revealed cl seed h) -> known i (Kept C_i w salt z) ->
  forall e, error (mask N i seed) z e = err i e.

Definition wrong_instance i := [exists e, err i e != 0%R].

Definition unlucky : {set coefficients cl} :=
  \bigcup_(j : {i | wrong_instance i}) kernels (err (val j)).

Theorem unlucky_count : #|unlucky| * D <= M P * #|{: coefficients cl}|.
Proof.
apply: leq_trans (errors_count share _) _ => [j|]; first exact/existsP/(valP j).
by rewrite leq_mul2r card_sig -[X in _ <= X]card_ord max_card orbT.
Qed.

Lemma lucky_error rho i (d : forall e : entry, group (curve_of e)) : rho \notin unlucky ->
  (forall e, d e = err i e) -> in_kernel (coeffs rho) d -> forall e, d e = 0%R.
Proof.
move=> lucky E ker e; apply/eqP/negPn/negP => ne.
have wi : wrong_instance i by apply/existsP; exists e; rewrite -E.
case/bigcupP: lucky; exists (Sub i wi) => //; rewrite inE; apply/forallP => e'.
rewrite -[X in _ == X](ker e') /sum_points; apply/eqP; apply: eq_bigr => e'' _.
by rewrite E.
Qed.

Theorem lucky_no_kernel rho : rho \notin unlucky ->
  no_kernel N first (coeffs rho) known.
Proof. by move=> lucky i seed h C_i w salt z k1 k2 _ _; apply: lucky_error lucky (err_known k1 k2). Qed.

(* Headline 5d, one try: the first hash input is fixed, the coefficients are
   drawn, the cheater answers with points R, and the kept set is drawn.  Of all
   pairs of coefficients and T-subsets, at most a share of 1/C(M,T) + M/D lets
   an unrecoverable proof pass, whatever R it answers with. *)
Section OneTry.

Variable T : nat.
Variable R : coefficients cl -> forall (i : I) (k : curve P), group k.
Hypothesis nz : no_zero N first known.
Variable W : {set coefficients cl * {set I}}.
Hypothesis win : forall rho K, (rho, K) \in W -> #|K| = T /\
  exists2 v, answers N first (coeffs rho) (R rho) known K v & unrecoverable N K v.

Theorem one_try :
  #|W| * D <= (D + M P * 'C(M P, T)) * #|{: coefficients cl}|.
Proof.
rewrite -[X in (X + _)%N]mul1n; apply: try_count unlucky_count => rho.
  rewrite -[X in 'C(X, _)]card_ord -card_draws; apply/subset_leq_card/subsetP => K.
  by rewrite !inE => /win [-> _].
move=> /lucky_no_kernel nk.
case: (@winning_share _ L _ N _ _ (R rho) _ nk nz T [set K | (rho, K) \in W]) => // K.
by rewrite inE => /win.
Qed.

(* The same as a probability. *)
Corollary one_try_probability : 0 < D -> T <= M P ->
  (#|W|%:R / (#|{: coefficients cl}| * 'C(M P, T))%:R <=
   'C(M P, T)%:R^-1 + (M P)%:R / D%:R :> rat)%R.
Proof.
move=> D0 TM; rewrite -[X in (_ <= X + _)%R]mul1r.
apply: (share_sum (b := 1)) D0 _; rewrite ?mul1n ?one_try ?bin_gt0 //.
by rewrite card_coefficients prodn_gt0 // => e; rewrite expn_gt0.
Qed.

End OneTry.

End Unlucky.

(* Headlines 5c and 5d for the curves of the registry: D = 2^254. *)
Section Registry.

Variables (P : primitives) (L : laws P) (cl : claim P) (reg : registry P).
Local Notation I := 'I_(M P).
Local Notation entry := {c : 'I_(compartments cl) & 'I_(entries c)}.
Variables (N : bytes P) (first : I -> seq (bytes P)) (known : I -> revealed cl -> Prop).
Variable err : I -> forall e : entry, group (curve_of e).

Theorem unlucky_254 : #|unlucky err| * 2 ^ 254 <= M P * (2 ^ 384) ^ #|{: entry}|.
Proof.
by rewrite -(registry_coefficients reg); apply: unlucky_count (registry_share reg) _.
Qed.

(* The share of one try (spec §13.2 has it for Q of them). *)
Theorem one_try_254 T (R : coefficients cl -> forall (i : I) (k : curve P), group k)
    (W : {set coefficients cl * {set I}}) : T <= M P ->
  (forall i seed h C_i w salt z, known i (Revealed cl seed h) -> known i (Kept C_i w salt z) ->
    forall e, error (mask N i seed) z e = err i e) ->
  no_zero N first known ->
  (forall rho K, (rho, K) \in W -> #|K| = T /\
    exists2 v, answers N first (coeffs rho) (R rho) known K v & unrecoverable N K v) ->
  (#|W|%:R / ((2 ^ 384) ^ #|{: entry}| * 'C(M P, T))%:R <=
   'C(M P, T)%:R^-1 + (M P)%:R / (2 ^ 254)%:R :> rat)%R.
Proof.
move=> TM ek nz win; rewrite -(registry_coefficients reg).
have D0 : 0 < 2 ^ 254 by rewrite expn_gt0.
exact: (@one_try_probability _ L _ _ (registry_share reg) _ _ _ _ ek _ _ nz _ win D0 TM).
Qed.

End Registry.

(* The same for curves with orders of at least 2^251. *)
Section LargeOrders.

Variables (P : primitives) (L : laws P) (cl : claim P) (large : large_orders P).
Local Notation I := 'I_(M P).
Local Notation entry := {c : 'I_(compartments cl) & 'I_(entries c)}.
Variables (N : bytes P) (first : I -> seq (bytes P)) (known : I -> revealed cl -> Prop).
Variable err : I -> forall e : entry, group (curve_of e).

Theorem unlucky_251 : #|unlucky err| * 2 ^ 251 <= M P * #|{: coefficients cl}|.
Proof. exact: unlucky_count (large_share large) _. Qed.

Theorem one_try_251 T (R : coefficients cl -> forall (i : I) (k : curve P), group k)
    (W : {set coefficients cl * {set I}}) : T <= M P ->
  (forall i seed h C_i w salt z, known i (Revealed cl seed h) -> known i (Kept C_i w salt z) ->
    forall e, error (mask N i seed) z e = err i e) ->
  no_zero N first known ->
  (forall rho K, (rho, K) \in W -> #|K| = T /\
    exists2 v, answers N first (coeffs rho) (R rho) known K v & unrecoverable N K v) ->
  (#|W|%:R / (#|{: coefficients cl}| * 'C(M P, T))%:R <=
   'C(M P, T)%:R^-1 + (M P)%:R / (2 ^ 251)%:R :> rat)%R.
Proof.
move=> TM ek nz win; have D0 : 0 < 2 ^ 251 by rewrite expn_gt0.
exact: (@one_try_probability _ L _ _ (large_share large) _ _ _ _ ek _ _ nz _ win D0 TM).
Qed.

End LargeOrders.

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
