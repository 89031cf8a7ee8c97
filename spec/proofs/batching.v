(* Batching coefficients (spec §6.3 step 5): how many vectors of coefficients
   in [0, B)^n, B = 2^128, send a non-zero error vector to zero.              *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import sharing orders.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Section Kernel.

Variables (F : fieldType) (V : lmodType F) (p B : nat).
Hypothesis char_F : p \in [char F].
Hypothesis Bp : (B <= p)%N.
Variables (I : finType) (v : I -> V).

Definition kernel := [set rho : {ffun I -> 'I_B} | \sum_i (rho i)%:R *: v i == 0].

Lemma kernel_determined i rho rho' : v i != 0 ->
  rho \in kernel -> rho' \in kernel ->
  (forall j, j != i -> rho j = rho' j) -> rho = rho'.
Proof.
move=> vi; rewrite !inE => /eqP k /eqP k' E; apply/ffunP => j.
have [->|] := eqVneq j i; last exact: E.
have rest : \sum_(l | l != i) (rho l)%:R *: v l = \sum_(l | l != i) (rho' l)%:R *: v l.
  by apply: eq_bigr => l li; rewrite E.
have := etrans k (esym k'); rewrite (bigD1 i) // [RHS](bigD1 i) //= rest => /addIr/eqP.
rewrite -subr_eq0 -scalerBl scaler_eq0 (negPf vi) orbF subr_eq0.
move/eqP/(natr_inj_below char_F) => H; apply: val_inj; apply: H.
  by rewrite inE (leq_trans (ltn_ord _)).
by rewrite inE (leq_trans (ltn_ord _)).
Qed.

(* One coordinate is determined by the others: B^(n-1) of B^n vectors. *)
Theorem kernel_count i : v i != 0 -> (#|kernel| <= B ^ #|I|.-1)%N.
Proof.
move=> vi; pose J := {j : I | j != i}.
pose f (rho : {ffun I -> 'I_B}) : {ffun J -> 'I_B} := [ffun j => rho (val j)].
have f_inj : {in kernel &, injective f}.
  move=> rho rho' k k' /ffunP E; apply: (kernel_determined vi k k') => j ji.
  by have := E (Sub j ji); rewrite !ffunE.
rewrite -(card_in_imset f_inj) (leq_trans (max_card _)) //.
by rewrite card_ffun card_ord card_sig (cardC1 i).
Qed.

End Kernel.

(* Both curves of the registry have room for 128-bit coefficients. *)
Lemma batching_secp256k1 :
  [/\ prime secp256k1_order, secp256k1_order \in [char 'F_secp256k1_order]
    & 2 ^ 128 <= secp256k1_order]%N.
Proof.
split; [exact: secp256k1_order_prime | | exact: ltnW secp256k1_order_large].
exact/char_Fp/secp256k1_order_prime.
Qed.

Lemma batching_bls12381 :
  [/\ prime bls12381_order, bls12381_order \in [char 'F_bls12381_order]
    & 2 ^ 128 <= bls12381_order]%N.
Proof.
split; [exact: bls12381_order_prime | | exact: ltnW bls12381_order_large].
exact/char_Fp/bls12381_order_prime.
Qed.
