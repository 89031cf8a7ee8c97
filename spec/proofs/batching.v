(* Batching coefficients (spec §6.3 step 9): how many vectors of integers, each
   below its own bound B_i, send a non-zero error vector to zero once they are
   reduced modulo the group order p.                                          *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import sharing orders.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

(* B/p, rounded up. *)
Definition up (B p : nat) : nat := (B.-1 %/ p).+1.

Lemma card_bounded (I : finType) (B : I -> nat) :
  #|{: {dffun forall i, 'I_(B i)}}| = (\prod_i B i)%N.
Proof.
by rewrite card_dep_ffun foldrE big_image /=; apply: eq_bigr => i _; rewrite card_ord.
Qed.

Section Kernel.

Variables (F : fieldType) (V : lmodType F) (p : nat).
Hypothesis char_F : p \in [char F].
Variables (I : finType) (B : I -> nat) (v : I -> V).

Definition kernel :=
  [set rho : {dffun forall i, 'I_(B i)} | \sum_i (rho i)%:R *: v i == 0].

(* One coordinate is determined modulo p by the others. *)
Lemma kernel_determined i (rho rho' : {dffun forall i, 'I_(B i)}) : v i != 0 ->
  rho \in kernel -> rho' \in kernel ->
  (forall j, j != i -> rho j = rho' j) -> rho i = rho' i %[mod p].
Proof.
move=> vi; rewrite !inE => /eqP k /eqP k' E.
have rest : \sum_(l | l != i) (rho l)%:R *: v l = \sum_(l | l != i) (rho' l)%:R *: v l.
  by apply: eq_bigr => l li; rewrite E.
have := etrans k (esym k'); rewrite (bigD1 i) // [RHS](bigD1 i) //= rest => /addIr/eqP.
rewrite -subr_eq0 -scalerBl scaler_eq0 (negPf vi) orbF subr_eq0.
rewrite -(GRing.natr_mod_char char_F) -[X in _ == X](GRing.natr_mod_char char_F) => /eqP.
by apply: (natr_inj_below char_F); rewrite inE ltn_pmod // prime_gt0 // (charf_prime char_F).
Qed.

(* So it takes at most B_i/p values, rounded up. *)
Theorem kernel_count i : v i != 0 ->
  (#|kernel| <= up (B i) p * \prod_(j | j != i) B j)%N.
Proof.
move=> vi; pose J := {j : I | j != i}.
pose f (rho : {dffun forall i, 'I_(B i)}) : 'I_(up (B i) p) * {dffun forall j : J, 'I_(B (val j))} :=
  (inord (rho i %/ p), [ffun j : J => rho (val j)]).
have quo (rho : {dffun forall i, 'I_(B i)}) : (rho i %/ p < up (B i) p)%N.
  by rewrite ltnS leq_div2r // -ltnS prednK // (leq_ltn_trans _ (ltn_ord (rho i))).
have f_inj : {in kernel &, injective f}.
  move=> rho rho' k k' [/(congr1 val) /= Eq /ffunP Er].
  have {}Er j : j != i -> rho j = rho' j.
    by move=> ji; have := Er (Sub j ji); rewrite !ffunE.
  apply/ffunP => j; have [->|] := eqVneq j i; last exact: Er.
  apply: val_inj; rewrite /= (divn_eq (rho i) p) (divn_eq (rho' i) p).
  by rewrite (kernel_determined vi k k') //; move: Eq; rewrite !inordK // => ->.
rewrite -(card_in_imset f_inj) (leq_trans (max_card _)) //.
rewrite card_prod card_ord card_bounded leq_mul2l; apply/orP; right.
rewrite [X in (_ <= X)%N](reindex_omap (val : J -> I) insub) => [|j ji]; last by rewrite insubT.
by apply/eq_leq/eq_bigl => j; rewrite (valP j) valK eqxx.
Qed.

(* The same as a share of all vectors: at most one in D. *)
Corollary kernel_share D i : v i != 0 -> (up (B i) p * D <= B i)%N ->
  (#|kernel| * D <= \prod_i B i)%N.
Proof.
move=> vi le; apply: leq_trans (leq_mul (kernel_count vi) (leqnn D)) _.
by rewrite mulnAC [X in (_ <= X)%N](bigD1 i) //= leq_mul2r le orbT.
Qed.

End Kernel.

(* Headline 4b for the curves of the registry.  There L_C = 48 (spec §3.3), so
   that coefficients are below 2^384, and the order is above 2^254: at most one
   vector in 2^254 sends a given error to zero. *)
Lemma wide_48 : (256 ^ 48 = 2 ^ 384)%N.
Proof. exact: esym (expnM 2 8 48). Qed.

Lemma share_above a b p : (2 ^ b <= p -> up (2 ^ (a + b)) p * 2 ^ b <= 2 ^ (a + b))%N.
Proof.
move=> le; have p0 : (0 < p)%N by apply: leq_trans le; rewrite expn_gt0.
rewrite [X in (_ <= X)%N]expnD leq_mul2r /up; apply/orP; right.
rewrite ltn_divLR //; apply: (@leq_trans (2 ^ (a + b))).
  by rewrite prednK ?expn_gt0.
by rewrite expnD leq_mul2l le orbT.
Qed.

Definition share_254 p := @share_above 130 254 p.

Lemma batching_secp256k1 :
  [/\ prime secp256k1_order, secp256k1_order \in [char 'F_secp256k1_order]
    & up (2 ^ 384) secp256k1_order * 2 ^ 254 <= 2 ^ 384]%N.
Proof.
split; [exact: secp256k1_order_prime | | exact/share_254/ltnW/secp256k1_order_large].
exact/char_Fp/secp256k1_order_prime.
Qed.

Lemma batching_bls12381 :
  [/\ prime bls12381_order, bls12381_order \in [char 'F_bls12381_order]
    & up (2 ^ 384) bls12381_order * 2 ^ 254 <= 2 ^ 384]%N.
Proof.
split; [exact: bls12381_order_prime | | exact/share_254/ltnW/bls12381_order_large].
exact/char_Fp/bls12381_order_prime.
Qed.

Section Registry.

Variables (F : fieldType) (V : lmodType F) (I : finType) (v : I -> V) (i : I).
Hypothesis vi : v i != 0.

(* One bound for all coordinates. *)
Lemma kernel_same p B D : p \in [char F] -> (up B p * D <= B)%N ->
  (#|kernel (fun=> B) v| * D <= B ^ #|I|)%N.
Proof.
move=> ch share; rewrite -prod_nat_const.
exact: (@kernel_share _ _ p ch I (fun=> B) v D i).
Qed.

Theorem kernel_secp256k1 : secp256k1_order \in [char F] ->
  (#|kernel (fun=> 2 ^ 384)%N v| * 2 ^ 254 <= (2 ^ 384) ^ #|I|)%N.
Proof. by move=> ch; apply: kernel_same ch _; case: batching_secp256k1. Qed.

Theorem kernel_bls12381 : bls12381_order \in [char F] ->
  (#|kernel (fun=> 2 ^ 384)%N v| * 2 ^ 254 <= (2 ^ 384) ^ #|I|)%N.
Proof. by move=> ch; apply: kernel_same ch _; case: batching_bls12381. Qed.

End Registry.
