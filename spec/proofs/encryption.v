(* Verifiable encryption (spec §6.3 to §6.6): completeness, and what Open may
   return.  Claims of any shape over any family of curves; the hash
   functions are arbitrary functions (model.v).                              *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import model.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

(* Moving a value to the curve it is on. *)
Section OnCurve.

Variable P : primitives.
Implicit Types k : curve P.

Lemma scalar_onD k k' (s s' : scalar k') :
  scalar_on k (s + s') = scalar_on k s + scalar_on k s'.
Proof.
by rewrite /scalar_on; case: (k' =P k) => [E|_]; [case: k / E | rewrite addr0].
Qed.

Lemma point_on_gen k k' (s : scalar k') :
  point_on k (s *: gen k') = scalar_on k s *: gen k.
Proof.
by rewrite /scalar_on /point_on; case: (k' =P k) => [E|_]; [case: k / E | rewrite scale0r].
Qed.

Lemma scale_gen_inj (L : laws P) k : injective (fun a : scalar k => a *: gen k).
Proof.
move=> a b /eqP; rewrite -subr_eq0 -scalerBl scaler_eq0 (negPf (gen_neq0 L k)) orbF.
by rewrite subr_eq0 => /eqP.
Qed.

Variable cl : claim P.

Lemma sum_points_gen k rho (x : scalars cl) :
  (forall e, public_share e = x e *: gen _) ->
  sum_points k rho (@public_share P cl) = sum_scalars k rho x *: gen k.
Proof.
move=> Ex; rewrite /sum_points /sum_scalars scaler_suml; apply: eq_bigr => e _.
by rewrite Ex scalerA point_on_gen.
Qed.

(* The two ways to compute R_iC agree exactly when they should. *)
Lemma R_agree k rho (m x : scalars cl) :
  (forall e, public_share e = x e *: gen _) ->
  R_responses rho (fun e => m e + x e) k = R_masks rho m k.
Proof.
move=> Ex; rewrite /R_responses (sum_points_gen k rho Ex) /R_masks -scalerBl.
congr (_ *: _); rewrite /sum_scalars -sumrB; apply: eq_bigr => e _.
by rewrite mulrDr scalar_onD addrK.
Qed.

End OnCurve.

Section Encryption.

Variables (P : primitives) (L : laws P) (cl : claim P).
Implicit Types (c : 'I_(compartments cl)) (x : scalars cl).

Lemma secrets_matchP x :
  reflect (forall e, public_share e = x e *: gen _) (secrets_match x).
Proof.
by apply: (iffP forallP) => H e; have := H e; [move/eqP-> | move->; rewrite eqxx].
Qed.

(* Headline 3a, completeness: if the secrets are those of the claim,
   Encrypt gives a proof, whatever its randomness u, and it verifies. *)
Theorem completeness x u : secrets_match x ->
  exists2 pf, encrypt x u = Some pf & verify pf.
Proof.
move=> xX; have Ex := secrets_matchP x xX.
rewrite /encrypt xX; set a := first_hash _ _; set h := challenge_hash _ _ _.
exists (Proof h (nonce_of x u) (fun i => reveal x u (i \in subset h) i)) => //.
pose v i := reveal x u (i \in subset h) i.
rewrite /verify /= -/v -/(id_of x u).
have -> : first_hash (id_of x u) v = a.
  rewrite /a /first_hash; congr (xof _ (_ :: flatten _)).
  by apply: eq_map => i; rewrite /v /reveal; case: (i \in _).
apply/andP; split; first by apply/forallP => i; rewrite /v /reveal; case: (i \in _).
apply/eqP; rewrite /h /challenge_hash; congr (xof _ (_ :: flatten _)).
apply: eq_map => i; apply: eq_map => k; rewrite /v /reveal.
by case: (i \in _); rewrite //= R_agree.
Qed.

(* ... and refuses otherwise (step 2). *)
Theorem mismatch_refused x u : ~~ secrets_match x -> encrypt x u = None.
Proof. by rewrite /encrypt => /negPf ->. Qed.

(* The key to the lock gives the key that the encryptor computed. *)
Lemma wrap_key_agrees N i c r un : unlocks cl (lock_of c) un ->
  wrap_key_dec N i c (enc_point (r *: gen (bls P))) (r *: gen (bls P)) un =
  wrap_key_enc N i c r.
Proof.
rewrite /wrap_key_dec /wrap_key_enc; case: (lock_of c) un => [Y B|E] [sigma b|e] //=.
  case=> [[d [-> ->]] ->]; rewrite !(pairing_l L) (pairing_r L) !scalerA.
  by rewrite [b * r]mulrC.
by move=> ->; rewrite !scalerA mulrC.
Qed.

(* What a kept instance opens to, if it was made from a seed. *)
Lemma open_from_seed N i c un seed w salt (z : scalars cl) :
  unlocks cl (lock_of c) un -> kem N i seed != 0 -> w c = wrapped N i seed c ->
  open_instance N i c un (Kept (enc_point (kem N i seed *: gen _)) w salt z) =
  let y := fun j => z (existT _ c j) - mask N i seed (existT _ c j) in
  if shares_match y then Some y else None.
Proof.
move=> ok r0 wE; rewrite /= (dec_enc_point L) ?scaler_eq0 ?negb_or ?r0 ?(gen_neq0 L) //.
by rewrite wE wrap_key_agrees // /wrapped xorK.
Qed.

(* Headline 3b: every kept instance of an honest proof opens, every
   compartment, to the secrets.  (An instance whose r_i is 0, one in 2^255,
   has the identity for C_i and is skipped.) *)
Theorem open_kept x u i c un : secrets_match x -> unlocks cl (lock_of c) un ->
  kem (id_of x u) i (seed_of x u i) != 0 ->
  exists2 y, open_instance (id_of x u) i c un (reveal x u true i) = Some y
           & forall j, y j = x (existT _ c j).
Proof.
move=> xX ok r0; have Ex := secrets_matchP x xX.
rewrite /reveal open_from_seed //=.
have yx j : responses x u i (existT _ c j) - mask (id_of x u) i (seed_of x u i) (existT _ c j)
  = x (existT _ c j) by rewrite /responses addrC addKr.
case: ifP => [_|/negP[]]; first by eexists.
by apply/forallP => j; rewrite yx Ex.
Qed.

(* Headline 3c: nothing unchecked is returned, from any proof at all, with any
   unlock material, right or wrong. *)
Theorem open_sound (pf : proof cl) c un y : open pf c un = Some y ->
  forall j, y j *: gen _ = public_share (existT _ c j).
Proof.
rewrite /open; elim: (enum _) => //= i s IH.
case E: open_instance => [y'|]; last exact: IH.
case=> <- j; case: (instances pf i) E => // C_i w salt z /=.
by case: dec_point => // p; case: ifP => // /forallP sm [<-]; apply/eqP/sm.
Qed.

Corollary open_secrets x (pf : proof cl) c un y : secrets_match x ->
  open pf c un = Some y -> forall j, y j = x (existT _ c j).
Proof.
move=> /secrets_matchP Ex /open_sound yX j; apply: (scale_gen_inj L).
by rewrite yX Ex.
Qed.

(* One kept instance that opens is enough. *)
Lemma open_some (pf : proof cl) c un i y : i \in subset (challenge pf) ->
  open_instance (proof_id cl (nonce pf)) i c un (instances pf i) = Some y -> exists y', open pf c un = Some y'.
Proof.
rewrite /open -mem_enum; elim: (enum _) => //= i' s IH; rewrite inE.
case E: (open_instance _ i' _ _ _) => [y'|]; first by move=> *; exists y'.
by case/orP=> [/eqP ->|/IH]; first by rewrite E.
Qed.

(* Headline 3d: Encrypt, then Open with the right key, gives the secrets. *)
Theorem open_complete x u pf c un i : secrets_match x -> encrypt x u = Some pf ->
  unlocks cl (lock_of c) un ->
  i \in subset (challenge pf) -> kem (id_of x u) i (seed_of x u i) != 0 ->
  exists2 y, open pf c un = Some y & forall j, y j = x (existT _ c j).
Proof.
move=> xX E ok ik r0; have [y Ey _] := open_kept xX ok r0.
have [y' Ey'] : exists y', open pf c un = Some y'.
  apply: (open_some ik (y := y)); move: ik; move: E; rewrite /encrypt xX.
  by case=> <- /= ->.
by exists y' => //; apply: open_secrets Ey'.
Qed.

End Encryption.
