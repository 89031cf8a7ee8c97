(* A dealing as a claim (spec §9.2): digest of ceremony, dealer and commitments,
   a compartment per recipient, an entry per key, and public shares that are
   values of the commitments.                                                 *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import sharing model encryption batching stream soundness packing.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

(* One key on its own: the sum over the recipients of a dealing is a sum over its
   commitments (spec §9.3). *)
Theorem feldman_sum (F : fieldType) (G : lmodType F) (t : nat) (A : 'I_t -> G)
    (R : finType) (rho x : R -> F) :
  \sum_c rho c *: feldman A (x c) = \sum_(n < t) (\sum_c rho c * x c ^+ n) *: A n.
Proof.
rewrite /feldman; under eq_bigr do rewrite scaler_sumr.
rewrite exchange_big; apply: eq_bigr => n _; rewrite scaler_suml.
by apply: eq_bigr => c _; rewrite scalerA.
Qed.

Section OnCurve.

Variables (P : primitives) (k : curve P).

Lemma point_on_sum k' (J : Type) (r : seq J) (Q : pred J) (f : J -> group k') :
  point_on k (\sum_(j <- r | Q j) f j) = \sum_(j <- r | Q j) point_on k (f j).
Proof.
rewrite /point_on; case: (k' =P k) => [E|_]; last by rewrite big1.
by case: k / E.
Qed.

Lemma point_on_trans k' k'' (p : group k'') : k'' = k' -> point_on k (point_on k' p) = point_on k p.
Proof. by move=> E; case: k' / E; rewrite point_on_same. Qed.

End OnCurve.

(* The sum of step 7 of Verify over packs is one over entries, with coefficients
   that have the power of alpha_i = i + 1 as well. *)
Theorem packed_sum (P : primitives) (cl : claim P) (lay : layout cl) W i k rho : packing lay W ->
  sum_points (cl := packed_claim lay i) k rho (@public_share P (packed_claim lay i)) =
  sum_points (cl := cl) k (fun e => rho (home lay e) * i.+1 ^ place lay e)%N (@public_share P cl).
Proof.
move=> packed; rewrite /sum_points [RHS](partition_big (home lay) predT) //=.
apply: eq_bigr => q _; rewrite /packed_share scaler_sumr point_on_sum.
apply: eq_bigr => e /eqP <-.
rewrite /alpha -natrX !point_on_natr point_on_trans; last exact: same_curve packed e.
by rewrite scalerA -natrM.
Qed.

Section Dealing.

Variables (P : primitives) (D : bytes P) (dealer K t R : nat).
Variable key_curve : 'I_K -> curve P.
Variable A : forall k : 'I_K, 'I_t -> group (key_curve k).   (* coefficient commitments *)
Variables (member_key : 'I_R -> group (bls P)) (identifier : 'I_R -> nat).

Definition commitments k : bytes P := join [seq enc_point (A k n) | n <- enum 'I_t].

Definition dealing_claim : claim P := @Claim P
  (xof DealingStatement [:: D, u16 P dealer & [seq commitments k | k <- enum 'I_K]])
  R (fun=> K) (fun c => Member (member_key c)) (fun e => key_curve (tagged e))
  (fun e => feldman (A (tagged e)) (identifier (tag e))%:R).

Local Notation entry := {c : 'I_R & 'I_K}.
Implicit Types (c : 'I_R) (k : 'I_K).

(* So a verifier needs no public share. *)
Theorem dealing_sum C (rho : entry -> nat) :
  sum_points (cl := dealing_claim) C rho (@public_share P dealing_claim) =
  \sum_(k < K) point_on C (\sum_(n < t) (\sum_(c < R) (rho (existT _ c k))%:R * (identifier c)%:R ^+ n) *: A k n).
Proof.
transitivity (\sum_(c < R) \sum_(k < K) point_on C ((rho (existT _ c k))%:R *: feldman (A k) (identifier c)%:R)).
  by rewrite sig_big_dep /=; apply: eq_bigr => -[c k] _.
rewrite exchange_big; apply: eq_bigr => k _.
by rewrite -(@point_on_sum _ _ _ _ _ predT) feldman_sum.
Qed.

(* The values of the dealer's polynomials are the secrets of the claim, whether
   they are zero or not: Encrypt accepts them. *)
Theorem dealing_matches (a : forall k, {ffun 'I_t -> scalar (key_curve k)}) :
  (forall k n, A k n = a k n *: gen (key_curve k)) ->
  secrets_match (cl := dealing_claim) (fun e => (poly_of (a (tagged e))).[(identifier (tag e))%:R]).
Proof.
move=> EA; apply/forallP => -[c k] /=; rewrite -feldman_poly.
by apply/eqP; apply: eq_bigr => n _; rewrite EA.
Qed.

(* Whatever the proof, what a recipient opens passes Feldman's check against the
   commitments: the premise of the theorems on dealings. *)
Theorem dealing_opened (lay : layout dealing_claim) W (pf : packed_proof lay) c un y :
  packing lay W -> (forall k : curve P, exists2 p, p \in [char (scalar k)] & (M P < p)%N) ->
  packed_open pf c un = Some y ->
  forall k, y k *: gen (key_curve k) = feldman (A k) (identifier c)%:R.
Proof. by move=> packed large /(packed_open_sound packed large) E k; apply: E. Qed.

End Dealing.
