(* Threshold decryption (spec §7): one combined value, and only the right one.

   The pairing e : G1 x G2 -> GT is any map, linear on each side, that is not
   trivial on the generators; GT is written additively.                       *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import sharing orders batching.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Lemma two_power_below a b p : (a <= b -> 2 ^ b < p -> 2 ^ a <= p)%N.
Proof. by move=> ab /ltnW; apply: leq_trans; rewrite leq_exp2l. Qed.

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

(* ---- many shares at once (spec §7.3) ---- *)
Section Batch.

(* Share k of the list is that of [member k], whose verification key is [Y k]. *)
Variables (n : nat) (member : 'I_n -> nat) (Y : 'I_n -> G1) (sigma : 'I_n -> G2) (Q : G2).
Definition passes k := share_ok (Y k) Q (sigma k).

(* Weights below B, one for each place in the list. *)
Variable B : nat.
Definition weights := {ffun 'I_n -> 'I_B}.
Implicit Types rho : weights.

Definition batch_ok rho := e g1 (\sum_k (rho k)%:R *: sigma k) == e (\sum_k (rho k)%:R *: Y k) Q.

(* The ascending members to name, if the batch fails. *)
Definition verify_shares rho : option (seq nat) :=
  if batch_ok rho then None else Some (sort leq (undup [seq member k | k <- enum 'I_n & ~~ passes k])).

(* How far a share is from passing. *)
Definition share_error k : GT := e g1 (sigma k) - e (Y k) Q.

Lemma share_error_eq0 k : (share_error k == 0) = passes k.
Proof. exact: subr_eq0. Qed.

Lemma batch_error rho : batch_ok rho = (\sum_k (rho k)%:R *: share_error k == 0).
Proof.
have addl P P' : e (P + P') Q = e P Q + e P' Q by rewrite -[P in LHS]scale1r e_linear_l scale1r.
have addr P P' : e g1 (P + P') = e g1 P + e g1 P' by rewrite -[P in LHS]scale1r e_linear_r scale1r.
rewrite /batch_ok -[LHS]subr_eq0 (big_morph (e^~ Q) addl (e0l Q)) (big_morph (e g1) addr (e0r g1)) -sumrB.
congr (_ == _); apply: eq_bigr => k _.
by rewrite e_scale_l e_scale_r scalerBr.
Qed.

(* Headline 2d: a batch of shares that all pass passes, with any weights. *)
Theorem batch_passes rho : (forall k, passes k) -> verify_shares rho = None.
Proof.
move=> ok; rewrite /verify_shares batch_error big1 ?eqxx // => k _.
by have := ok k; rewrite -share_error_eq0 => /eqP ->; rewrite scaler0.
Qed.

(* With a share that fails, the weights that let it pass are those of a kernel. *)
Lemma batch_share p S k : p \in [char F] -> (up B p * S <= B)%N -> ~~ passes k ->
  (#|[set rho | verify_shares rho == None]| * S <= #|{: weights}|)%N.
Proof.
move=> char_F share; rewrite -share_error_eq0 => bad.
rewrite card_ffun [#|'I_B|]card_ord; have := kernel_same bad char_F share.
apply: leq_trans; rewrite leq_mul2r; apply/orP; right; apply/subset_leq_card/subsetP => rho.
by rewrite !inE -batch_error /verify_shares; case: ifP.
Qed.

(* Headline 2f: one that fails names, in ascending order and each once, exactly the
   members of whom some share fails; and there is one. *)
Theorem batch_blame rho named : verify_shares rho = Some named ->
  [/\ sorted ltn named, named != [::]
    & forall j, (j \in named) = [exists k, (member k == j) && ~~ passes k]].
Proof.
rewrite /verify_shares; case: ifP => // bad [<-].
set s := sort _ _; have mem j : (j \in s) = [exists k, (member k == j) && ~~ passes k].
  rewrite mem_sort mem_undup; apply/mapP/existsP => [[k]|[k /andP[/eqP <- nok]]].
    by rewrite mem_filter => /andP[nok _] ->; exists k; rewrite eqxx.
  by exists k; rewrite // mem_filter nok mem_enum.
split=> //; first by rewrite ltn_sorted_uniq_leq sort_uniq undup_uniq sort_sorted //; apply: leq_total.
suff /existsP[k nok] : [exists k, ~~ passes k].
  by apply/eqP => s0; have := mem (member k); rewrite s0 => /esym/existsP[]; exists k; rewrite eqxx.
rewrite -negb_forall; apply: contraFN bad => /forallP ok.
by have := batch_passes rho ok; rewrite /verify_shares; case: ifP.
Qed.

End Batch.

(* Headline 2e: with weights of 16 octets a batch with a share that fails passes for at
   most one vector of weights in 2^128. *)
Theorem batch_sound n (member : 'I_n -> nat) Y sigma Q k : bls12381_order \in [char F] ->
  ~~ passes Y sigma Q k ->
  (#|[set rho : weights n (2 ^ 128) | verify_shares member Y sigma Q rho == None]| * 2 ^ 128
    <= #|{: weights n (2 ^ 128)}|)%N.
Proof.
move=> char_F; apply: (batch_share _ char_F (@share_above 0 128 _ _)).
exact: (two_power_below (a := 128) (b := 254) isT bls12381_order_large).
Qed.

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
