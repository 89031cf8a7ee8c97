(* Threshold decryption (spec §7): one combined value, and only the right one.

   The pairing e : G1 x G2 -> GT is any map, linear on each side, that is not
   trivial on the generators; GT is written additively.                       *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import sharing.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Section Pairing.

Variables (F : fieldType) (G1 G2 GT : lmodType F) (g1 : G1) (g2 : G2).
Variable e : G1 -> G2 -> GT.
Hypothesis e_linear_l : forall Q a P P', e (a *: P + P') Q = a *: e P Q + e P' Q.
Hypothesis e_linear_r : forall P a Q Q', e P (a *: Q + Q') = a *: e P Q + e P Q'.
Hypothesis e_nontrivial : e g1 g2 != 0.
Hypothesis g2_gen : forall Q : G2, exists a, Q = a *: g2.

Lemma e0l Q : e 0 Q = 0.
Proof.
by have := e_linear_l Q (-1) 0 0; rewrite !scaleN1r oppr0 addr0 addNr.
Qed.

Lemma e0r P : e P 0 = 0.
Proof.
by have := e_linear_r P (-1) 0 0; rewrite !scaleN1r oppr0 addr0 addNr.
Qed.

Lemma e_scale_l a P Q : e (a *: P) Q = a *: e P Q.
Proof. by rewrite -[a *: P]addr0 e_linear_l e0l addr0. Qed.

Lemma e_scale_r a P Q : e P (a *: Q) = a *: e P Q.
Proof. by rewrite -[a *: Q]addr0 e_linear_r e0r addr0. Qed.

Lemma e_inj_r : injective (e g1).
Proof.
move=> Q Q'; have [a ->] := g2_gen Q; have [b ->] := g2_gen Q'.
rewrite !e_scale_r => /eqP; rewrite -subr_eq0 -scalerBl scaler_eq0.
by rewrite (negPf e_nontrivial) orbF subr_eq0 => /eqP ->.
Qed.

(* spec §7.3: a share sigma of the member with verification key Y passes iff
   e(g1, sigma) = e(Y, Q). *)
Definition share_ok (Y : G1) (Q sigma : G2) := e g1 sigma == e Y Q.

(* Headline 2b: the check has exactly one solution, d·Q. *)
Theorem share_unique d Q sigma : share_ok (d *: g1) Q sigma = (sigma == d *: Q).
Proof. by rewrite /share_ok e_scale_l -e_scale_r (inj_eq e_inj_r). Qed.

Corollary share_ok_unique d Q sigma sigma' :
  share_ok (d *: g1) Q sigma -> share_ok (d *: g1) Q sigma' -> sigma = sigma'.
Proof. by rewrite !share_unique => /eqP -> /eqP ->. Qed.

Section Party.

Variables (I : finType) (x : I -> F) (d : {poly F}).
Variable D : {set I}.
Hypothesis x_inj : {in D &, injective x}.
Hypothesis enough : (size d <= #|D|)%N.

Definition recovery_key : G1 := d.[0] *: g1.
Definition verification_key i : G1 := d.[x i] *: g1.
Definition combine (sigma : I -> G2) : G2 := \sum_(i in D) lagrange x D i *: sigma i.

(* Headline 2a: shares that pass combine to d·Q, and pairing it with a
   ciphertext C = r·g1 gives r·e(Y, Q), which is what the encryptor hashed. *)
Theorem combine_correct Q sigma r :
  {in D, forall i, share_ok (verification_key i) Q (sigma i)} ->
  combine sigma = d.[0] *: Q /\ e (r *: g1) (combine sigma) = r *: e recovery_key Q.
Proof.
move=> ok; have E : combine sigma = d.[0] *: Q.
  rewrite -(lagrange_at_zero_exp Q x_inj enough); apply: eq_bigr => i iD.
  by have := ok i iD; rewrite share_unique => /eqP ->.
by rewrite E e_scale_l e_scale_r -e_scale_l.
Qed.

(* Headline 2c: whatever the shares were, the one check against Y accepts the
   combination iff it is the right key.  No check of single shares is needed. *)
Theorem combine_then_check Q sigma :
  share_ok recovery_key Q (combine sigma) = (combine sigma == d.[0] *: Q).
Proof. exact: share_unique. Qed.

(* ... and if it fails, some share fails its own check: there is someone to
   name (spec §7.4). *)
Corollary combine_blame Q sigma : ~~ share_ok recovery_key Q (combine sigma) ->
  exists2 i, i \in D & ~~ share_ok (verification_key i) Q (sigma i).
Proof.
move=> bad; apply/exists_inP; rewrite -negb_forall_in.
apply: contra bad => /forall_inP ok.
by rewrite combine_then_check (proj1 (combine_correct 0 ok)).
Qed.

End Party.
End Pairing.
