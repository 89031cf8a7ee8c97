(* Soundness of one instance (spec §6.5): if the same commitments can be both
   revealed and kept, the instance is good, unless the batching coefficients
   hit a kernel.                                                              *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import model encryption batching stream.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Section OnCurve.

Variable P : primitives.
Implicit Types k : curve P.

Lemma point_onB k k' (p q : group k') :
  point_on k (p - q) = point_on k p - point_on k q.
Proof.
by rewrite /point_on; case: (k' =P k) => [E|_]; [case: k / E | rewrite subr0].
Qed.

Lemma point_on_natr k k' n (p : group k') :
  point_on k (n%:R *: p) = n%:R *: point_on k p.
Proof.
by rewrite /point_on; case: (k' =P k) => [E|_]; [case: k / E | rewrite scaler0].
Qed.

Lemma point_on_same k (p : group k) : point_on k p = p.
Proof.
by rewrite /point_on; case: (k =P k) => // E; rewrite (eq_irrelevance E (erefl k)).
Qed.

Lemma scalar_onB k k' (s s' : scalar k') :
  scalar_on k (s - s') = scalar_on k s - scalar_on k s'.
Proof.
by rewrite /scalar_on; case: (k' =P k) => [E|_]; [case: k / E | rewrite subr0].
Qed.

Lemma scalar_on_int k k' (n : int) :
  scalar_on k (n%:~R : scalar k') = if k' == k then n%:~R else 0.
Proof. by rewrite /scalar_on; case: (k' =P k) => [E|_] //; case: k / E. Qed.

End OnCurve.

Section Soundness.

(* N is the id of the proof, fixed before anything else of it. *)
Variables (P : primitives) (L : laws P) (cl : claim P) (N : bytes P).
Implicit Types (c : 'I_(compartments cl)) (i : 'I_(M P)).
Local Notation entry := {c : 'I_(compartments cl) & 'I_(entries c)}.
Implicit Types (x z m : scalars cl) (rho : entry -> nat).

(* How far the responses z are from the claim, given the masks of the
   seed: zero everywhere iff the instance is good. *)
Definition error m z (e : entry) : group (curve_of e) :=
  (z e - m e) *: gen _ - public_share e.

Definition in_kernel rho (err : forall e : entry, group (curve_of e)) :=
  forall e : entry, sum_points (curve_of e) rho err = 0.

(* The same C_i, w_i, h_i, and the same R_iC, come out of revealing the
   instance and of keeping it. *)
Definition consistent rho i seed h C_i w salt z :=
  first_message N i (Revealed cl seed h) = first_message N i (Kept C_i w salt z) /\
  forall k, k \in curve_order cl ->
    R_of N rho i (Revealed cl seed h) k = R_of N rho i (Kept C_i w salt z) k.

(* Good: every compartment opens for whoever holds its key. *)
Definition good i v := forall c un, unlocks cl (lock_of c) un ->
  exists y, open_instance N i c un v = Some y.

Lemma curve_in_order (e : entry) : curve_of e \in curve_order cl.
Proof. by rewrite mem_filter mem_enum andbT; apply/existsP; exists e. Qed.

Lemma R_error k rho m z :
  R_responses rho z k - R_masks rho m k = sum_points k rho (error m z).
Proof.
rewrite /R_responses /R_masks addrAC -scalerBl /sum_scalars -sumrB scaler_suml.
rewrite /sum_points -sumrB; apply: eq_bigr => e _.
rewrite /error scalerBr point_onB scalerA point_on_gen; congr (_ *: _ - _).
by rewrite mulrBr scalar_onB.
Qed.

(* Headline 4a. *)
Theorem instance_sound rho i seed h C_i w salt z :
  kem N i seed != 0 -> consistent rho i seed h C_i w salt z ->
  good i (Kept C_i w salt z) \/
  (exists e, error (mask N i seed) z e != 0) /\ in_kernel rho (error (mask N i seed) z).
Proof.
move=> r0 [[EC Ew] ER].
have {}Ew c : w c = wrapped N i seed c.
  move/eqP: Ew; rewrite eqseq_cat ?size_map // => /andP[/eqP/eq_in_map Ew _].
  by apply/esym/(enc_block_inj L)/Ew; rewrite mem_enum.
have [/existsP [e err]|/existsPn err] :=
  boolP [exists e, error (mask N i seed) z e != 0]; [right|left].
  split=> [|e']; first by exists e.
  by rewrite -R_error; have /= -> := ER _ (curve_in_order e'); rewrite subrr.
move=> c un ok; rewrite -EC open_from_seed //=.
have -> : shares_match (fun j => z (existT _ c j) - mask N i seed (existT _ c j)).
  apply/forallP => j; have := err (existT _ c j).
  by rewrite negbK subr_eq0.
by eexists.
Qed.

(* On one curve, where there is an error. *)
Lemma curve_count k p D (err : forall e : entry, group (curve_of e)) e :
  p \in [char (scalar k)] -> (up (256 ^ wide k) p * D <= 256 ^ wide k)%N ->
  curve_of e = k -> err e != 0 ->
  (#|[set rho : coefficients cl | sum_points k (coeffs rho) err == 0%R]| * D <= #|{: coefficients cl}|)%N.
Proof.
move=> + + Ek; case: k / Ek => chp Dp ne; pose v e' := point_on (curve_of e) (err e').
have ve : v e != 0 by rewrite /v point_on_same.
rewrite card_coefficients; apply: leq_trans (kernel_share chp ve Dp).
rewrite leq_mul2r; apply/orP; right; apply/subset_leq_card/subsetP => rho.
rewrite !inE => /eqP E; apply/eqP; rewrite -[RHS]E.
by apply: eq_bigr => e' _; rewrite point_on_natr.
Qed.

(* Headline 4b: responses that are wrong and were fixed before the batching
   coefficients pass for at most one in D of all coefficient vectors, whatever
   the number of entries and the curves they are on.  D is what B/p rounded up
   allows, B = 256^L_C and p the order; wrong_responses_254 below has D = 2^254
   for the curves of the registry. *)
Section Counting.

Variable D : nat.
Hypothesis share : forall k : curve P,
  exists2 p, p \in [char (scalar k)] & (up (256 ^ wide k) p * D <= 256 ^ wide k)%N.

Definition passing (i : 'I_(M P)) seed h C_i w salt z :=
  [set rho : coefficients cl | [forall k in curve_order cl,
     R_of N (coeffs rho) i (Revealed cl seed h) k ==
     R_of N (coeffs rho) i (Kept C_i w salt z) k]].

Definition kernels (err : forall e : entry, group (curve_of e)) :=
  [set rho : coefficients cl |
    [forall e : entry, sum_points (curve_of e) (coeffs rho) err == 0]].

Theorem error_count (err : forall e : entry, group (curve_of e)) e : err e != 0 ->
  (#|kernels err| * D <= #|{: coefficients cl}|)%N.
Proof.
move=> ne; have [p chp Dp] := share (curve_of e).
apply: leq_trans (curve_count chp Dp erefl ne); rewrite leq_mul2r; apply/orP; right.
by apply/subset_leq_card/subsetP => rho; rewrite !inE => /forallP.
Qed.

Theorem wrong_responses_count i seed h C_i w salt z :
  kem N i seed != 0 ->
  first_message N i (Revealed cl seed h) = first_message N i (Kept C_i w salt z) ->
  ~ good i (Kept C_i w salt z) ->
  (#|passing i seed h C_i w salt z| * D <= #|{: coefficients cl}|)%N.
Proof.
move=> r0 EF bad.
have [/existsP [e ne]|/existsPn err] :=
  boolP [exists e, error (mask N i seed) z e != 0].
  apply: leq_trans (error_count ne); rewrite leq_mul2r; apply/orP; right.
  apply/subset_leq_card/subsetP => rho.
  rewrite !inE => /forall_inP ER; apply/forallP => e'.
  by rewrite -R_error subr_eq0 eq_sym; have := ER _ (curve_in_order e').
case: bad; case: (@instance_sound (fun=> 0%N) i seed h C_i w salt z r0) => //.
  split=> // k _; apply/esym/eqP; rewrite -subr_eq0 R_error.
  by rewrite /sum_points big1 // => e _; rewrite point_on_natr scale0r.
by case=> -[e]; rewrite (negPf (err e)).
Qed.

(* Any number of instances: the union. *)
Theorem errors_count (J : finType) (err : J -> forall e : entry, group (curve_of e)) :
  (forall j, exists e, err j e != 0) ->
  (#|\bigcup_j kernels (err j)| * D <= #|J| * #|{: coefficients cl}|)%N.
Proof.
move=> ne; apply: leq_trans (_ : _ <= \sum_j #|kernels (err j)| * D)%N _.
  rewrite -big_distrl leq_mul2r /=; apply/orP; right.
  apply: (@big_ind2 _ _ (fun (A : {set _}) n => #|A| <= n)%N) => // [|A m B n Am Bn].
    by rewrite cards0.
  by rewrite (leq_trans (leq_card_setU _ _)) // leq_add.
rewrite -sum_nat_const.
by apply: leq_sum => j _; have [e ne_e] := ne j; apply: error_count ne_e.
Qed.

End Counting.

(* Headline 4b for the curves of the registry: one vector in 2^254, so far less
   than one in 2^128. *)
Theorem wrong_responses_254 i seed h C_i w salt z : registry P ->
  kem N i seed != 0 ->
  first_message N i (Revealed cl seed h) = first_message N i (Kept C_i w salt z) ->
  ~ good i (Kept C_i w salt z) ->
  (#|passing i seed h C_i w salt z| * 2 ^ 254 <= (2 ^ 384) ^ #|{: entry}|)%N.
Proof.
move=> reg r0 EF bad; rewrite -(registry_coefficients reg).
exact: wrong_responses_count (registry_share reg) _ _ _ _ _ _ _ r0 EF bad.
Qed.

(* For curves with orders of at least 2^251. *)
Theorem wrong_responses_251 i seed h C_i w salt z : large_orders P ->
  kem N i seed != 0 ->
  first_message N i (Revealed cl seed h) = first_message N i (Kept C_i w salt z) ->
  ~ good i (Kept C_i w salt z) ->
  (#|passing i seed h C_i w salt z| * 2 ^ 251 <= #|{: coefficients cl}|)%N.
Proof.
move=> large r0 EF bad; exact: wrong_responses_count (large_share large) _ _ _ _ _ _ _ r0 EF bad.
Qed.

(* Two coefficients always have a common non-trivial relation, and it is one
   that integers can express on any curve. *)
Lemma relation (F : fieldType) (a b : nat) : exists d d' : int,
  (a%:R * d%:~R + b%:R * d'%:~R = 0 :> F) /\ ((d%:~R != 0 :> F) \/ (d'%:~R != 0 :> F)).
Proof.
have [b0|b0] := eqVneq (b%:R : F) 0; last first.
  exists b%:Z, (- a%:Z); rewrite rmorphN /= !pmulrn mulrN mulrC subrr.
  by split=> //; left; rewrite -pmulrn.
by exists 0, 1; rewrite b0 mulr0 mul0r addr0; split=> //; right; apply: oner_neq0.
Qed.

(* Headline 4c, why the order matters.  If the responses were not bound before
   the batching coefficients are known, then for every claim with two
   entries on one curve, every seed and all coefficients, there are responses
   that agree with the revealed seed on every curve and do not open. *)
Section Order.

Variables (rho : entry -> nat) (i : 'I_(M P)) (seed salt : block) (h : hash20) (x : scalars cl).
Variables (c : 'I_(compartments cl)) (j j' : 'I_(entries c)) (un : unlock P).
Local Notation e0 := (existT _ c j : entry).
Local Notation e1 := (existT _ c j' : entry).
Hypotheses (xX : secrets_match x) (jj' : j != j') (same : curve_of e0 = curve_of e1).

Let off (d d' : int) (e : entry) : int :=
  if e == e0 then d else if e == e1 then d' else 0.
Let wrong d d' : scalars cl := fun e => mask N i seed e + x e + (off d d' e)%:~R.

Lemma e10 : (e1 == e0) = false.
Proof. by rewrite -tag_eqE /tag_eq /= eqxx tagged_asE eq_sym (negPf jj'). Qed.

Lemma wrong_error d d' e : error (mask N i seed) (wrong d d') e = (off d d' e)%:~R *: gen _.
Proof.
have E (R : zmodType) (a b o : R) : a + b + o - a - b = o.
  by rewrite -addrA -opprD [a + b + o]addrC addrK.
by rewrite /error (secrets_matchP x xX) -scalerBl /wrong E.
Qed.

Lemma wrong_kernel k d d' :
  (rho e0)%:R * d%:~R + (rho e1)%:R * d'%:~R = 0 :> scalar (curve_of e0) ->
  sum_points k rho (error (mask N i seed) (wrong d d')) = 0.
Proof.
move=> rel; rewrite /sum_points.
have term e : point_on k ((rho e)%:R *: error (mask N i seed) (wrong d d') e) =
  (if curve_of e == k then (rho e)%:R * (off d d' e)%:~R else 0) *: gen k.
  rewrite wrong_error scalerA point_on_gen pmulrn -intrM scalar_on_int.
  by rewrite intrM.
under eq_bigr do rewrite term.
clear term.
rewrite -scaler_suml (bigD1 e0) //= (bigD1 e1) ?e10 //= big1 => [|e /andP[n0 n1]].
  rewrite /off eqxx e10 eqxx addr0 -same; case: (curve_of e0 =P k) => [E|_].
    by case: k / E; rewrite rel scale0r.
  by rewrite addr0 scale0r.
by rewrite /off (negPf n0) (negPf n1) mulr0 if_same.
Qed.

Theorem late_responses_cheat : kem N i seed != 0 -> unlocks cl (lock_of c) un ->
  exists z, let v := Kept (enc_point (kem N i seed *: gen _)) (wrapped N i seed) salt z in
    (forall k, R_of N rho i (Revealed cl seed h) k = R_of N rho i v k) /\
    open_instance N i c un v = None.
Proof.
move=> r0 ok; have [d [d' [rel nz]]] := relation (scalar (curve_of e0)) (rho e0) (rho e1).
exists (wrong d d'); split=> [k|].
  by apply/esym/eqP; rewrite -subr_eq0 /= R_error wrong_kernel.
rewrite open_from_seed //=; case: ifP => // /forallP sm; case: nz => /negP[].
  move: (sm j); rewrite -subr_eq0 -/(error (mask N i seed) (wrong d d') e0) wrong_error.
  by rewrite scaler_eq0 (negPf (gen_neq0 L _)) orbF /off eqxx.
move: (sm j'); rewrite -subr_eq0 -/(error (mask N i seed) (wrong d d') e1) wrong_error.
by rewrite scaler_eq0 (negPf (gen_neq0 L _)) orbF /off e10 eqxx -same.
Qed.

End Order.

End Soundness.
