(* Packing (spec §6.1 to §6.6): one response carries up to W secrets of one
   compartment and curve, a *pack*.  Instance i encrypts of each pack the value
   at alpha_i = i + 1 of the polynomial whose coefficients are the secrets.  So
   an instance of a packed proof is an instance of a derived claim, whose
   entries are the packs; W good ones give the secrets back.                  *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import sharing model encryption.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

(* ---- Vandermonde: coefficients from values ---- *)
Section Unpack.

Variables (F : fieldType) (I : finType) (alpha : I -> F).
Implicit Types (D : {set I}) (p : {poly F}) (y : I -> F).

(* What the value of i counts for in coefficient k: Lagrange's basis. *)
Definition weight D k i : F := (basis alpha D i)`_k.
Definition unpack D y k : F := \sum_(i in D) weight D k i * y i.

Lemma unpack_interpolate D y k : unpack D y k = (interpolate alpha D y)`_k.
Proof. by rewrite coef_sum; apply: eq_bigr => i _; rewrite coefZ mulrC. Qed.

Lemma unpack_poly D p k : {in D &, injective alpha} -> (size p <= #|D|)%N ->
  unpack D (fun i => p.[alpha i]) k = p`_k.
Proof. by move=> aI sz; rewrite unpack_interpolate interpolateK. Qed.

(* The weights invert the Vandermonde matrix of the alpha_i. *)
Lemma weight_vandermonde D j k : {in D &, injective alpha} -> (j < #|D|)%N ->
  \sum_(i in D) weight D k i * alpha i ^+ j = (j == k)%:R.
Proof.
move=> aI jD; rewrite eq_sym -(coefXn F) -(unpack_poly _ aI) ?size_polyXn //.
by apply: eq_bigr => i _; rewrite hornerXn.
Qed.

(* A pack: entries J with places below #|D|, no two the same. *)
Variables (J : finType) (Q : pred J) (place : J -> nat).
Hypothesis place_inj : {in Q &, injective place}.

Lemma unpack_module (V : lmodType F) D (X : J -> V) e :
  {in D &, injective alpha} -> {in Q, forall j, place j < #|D|}%N -> Q e ->
  \sum_(i in D) weight D (place e) i *: (\sum_(j | Q j) alpha i ^+ place j *: X j) = X e.
Proof.
move=> aI lt Qe; under eq_bigr do rewrite scaler_sumr.
rewrite exchange_big /= (bigD1 e) //= [X in _ + X]big1 => [|j /andP[Qj je]].
  rewrite addr0; under eq_bigr do rewrite scalerA.
  by rewrite -scaler_suml weight_vandermonde ?lt // eqxx scale1r.
under eq_bigr do rewrite scalerA.
rewrite -scaler_suml weight_vandermonde ?lt // (_ : (_ == _) = false) ?scale0r //.
by apply: contraNF je => /eqP /(place_inj Qj Qe) ->.
Qed.

(* Headline 12a: the values of as many instances as the pack has entries, at
   distinct points, give back each secret ... *)
Theorem unpack_secrets D (x : J -> F) e :
  {in D &, injective alpha} -> {in Q, forall j, place j < #|D|}%N -> Q e ->
  unpack D (fun i => \sum_(j | Q j) alpha i ^+ place j * x j) (place e) = x e.
Proof. by move=> aI lt Qe; apply: (unpack_module (V := [lmodType F of F^o]) x aI lt Qe). Qed.

(* ... and if the values match the packed shares, then whatever they are, what
   is unpacked from them matches the public shares. *)
Theorem unpack_matches (V : lmodType F) (g : V) D (X : J -> V) y e :
  {in D &, injective alpha} -> {in Q, forall j, place j < #|D|}%N -> Q e ->
  {in D, forall i, y i *: g = \sum_(j | Q j) alpha i ^+ place j *: X j} ->
  unpack D y (place e) *: g = X e.
Proof.
move=> aI lt Qe yX; rewrite -[RHS](unpack_module X aI lt Qe) scaler_suml.
by apply: eq_bigr => i iD; rewrite -scalerA yX.
Qed.

End Unpack.

(* The polynomial of the secrets is the only one of its length with these
   values. *)
Theorem unpack_unique (F : fieldType) (I : finType) (alpha : I -> F) (D : {set I})
    (p : {poly F}) y : {in D &, injective alpha} -> (size p <= #|D|)%N ->
  {in D, forall i, p.[alpha i] = y i} -> forall k, p`_k = unpack alpha D y k.
Proof.
move=> aI sz py k; rewrite -(unpack_poly k aI sz); apply: eq_bigr => i iD.
by rewrite py.
Qed.

(* Why a packed secret of zero must count when it matches (spec §6.6): whoever
   chooses the secrets of a pack can make it zero in any instances, fewer than
   the pack has entries. *)
Theorem zero_possible (F : fieldType) (I : finType) (alpha : I -> F) (D : {set I}) :
  {in D, forall i, alpha i != 0} ->
  exists p : {poly F}, [/\ size p = #|D|.+1, p`_0 != 0 & {in D, forall i, p.[alpha i] = 0}].
Proof.
move=> nz; exists (\prod_(i in D) ('X - (alpha i)%:P)); split.
- by rewrite -big_enum size_prod_XsubC -cardE.
- rewrite -horner_coef0 horner_prod; apply/prodf_neq0 => i iD.
  by rewrite !hornerE oppr_eq0 nz.
- by move=> i iD; rewrite horner_prod (bigD1 i) //= !hornerE subrr mul0r.
Qed.

(* alpha_i = i + 1 *)
Section Points.

Variables (F : fieldType) (p M : nat).
Hypotheses (char_F : p \in [char F]) (Mp : (M < p)%N).

Definition alpha (i : 'I_M) : F := i.+1%:R.

Lemma alpha_inj : injective alpha.
Proof.
move=> i j /(natr_inj_below char_F) E; apply/val_inj/succn_inj/E.
  by rewrite inE (leq_ltn_trans (ltn_ord i)).
by rewrite inE (leq_ltn_trans (ltn_ord j)).
Qed.

Lemma alpha_neq0 i : alpha i != 0.
Proof. by apply: (identifier_neq0 char_F); rewrite /= (leq_ltn_trans (ltn_ord i)). Qed.

End Points.

(* ---- how the entries of a claim are packed ---- *)
Section Layout.

Variables (P : primitives) (cl : claim P).
Local Notation I := 'I_(M P).
Local Notation C := 'I_(compartments cl).
Local Notation entry := {c : C & 'I_(entries c)}.

(* How many packs a compartment has, the curve of each, and for every entry its
   pack and its place there. *)
Record layout := Layout {
  packs : C -> nat;
  pack_curve : {c : C & 'I_(packs c)} -> curve P;
  pack_of : forall e : entry, 'I_(packs (tag e));
  place : entry -> nat
}.

Variable lay : layout.
Local Notation pack := {c : C & 'I_(packs lay c)}.

Definition home (e : entry) : pack := existT _ (tag e) (pack_of lay e).
Definition members (q : pack) : pred entry := [pred e | home e == q].

(* The entries of a pack are on its curve, at most W, at places 0, 1, 2, .. *)
Record packing (W : nat) : Prop := Packing {
  same_curve : forall e, curve_of e = pack_curve (home e);
  place_inj : forall e e', home e = home e' -> place lay e = place lay e' -> e = e';
  place_lt : forall e, (place lay e < W)%N;
  place_dense : forall e, (place lay e < #|members (home e)|)%N;
  pack_some : forall q, exists e, home e = q
}.

Section Derived.
Variable i : I.

Definition packed_share (q : pack) : group (pack_curve q) :=
  \sum_(e | members q e) alpha _ i ^+ place lay e *: point_on (pack_curve q) (public_share e).

(* The claim that instance i is an instance of: a pack is an entry. *)
Definition packed_claim : claim P :=
  @Claim P (digest cl) (compartments cl) (packs lay) (@lock_of P cl)
             (@pack_curve lay) packed_share.

Definition packed_secret (x : scalars cl) (q : pack) : scalar (pack_curve q) :=
  \sum_(e | members q e) alpha _ i ^+ place lay e * scalar_on (pack_curve q) (x e).
End Derived.

Notation shown i := (revealed (packed_claim i)).

(* The derived claims without their public shares: coins, coefficients and
   errors are the same things for each of them. *)
Definition shape : claim P :=
  @Claim P (digest cl) (compartments cl) (packs lay) (@lock_of P cl)
             (@pack_curve lay) (fun=> 0).

(* ---- proofs, Verify, Encrypt: model.v with a derived claim for each
   instance; a mask, a response and a coefficient for each pack ---- *)
Record packed_proof := PackedProof {
  packed_challenge : bytes P;
  packed_nonce : block;
  packed_instances : forall i, shown i
}.

Definition packed_first_hash (N : bytes P) (v : forall i, shown i) : bytes P :=
  commit_hash N (fun i => first_message N i (v i)).

Definition packed_challenge_hash (a : bytes P) (R : forall (i : I) (k : curve P), group k) :=
  challenge_of a (fun i => [seq enc_point (R i k) | k <- curve_order (packed_claim i)]).

Definition packed_verify (pf : packed_proof) : bool :=
  let N := proof_id cl (packed_nonce pf) in
  let a := packed_first_hash N (packed_instances pf) in
  [forall i, is_kept (packed_instances pf i) == (i \in subset (packed_challenge pf))] &&
  (packed_challenge pf == packed_challenge_hash a
     (fun i => R_of (cl := packed_claim i) N (batch (cl := packed_claim i) a) i (packed_instances pf i))).

Section Encrypt.
Variables (x : scalars cl) (u : bytes P).

Definition packed_mask i (q : pack) : scalar (pack_curve q) :=
  mask (cl := packed_claim i) (id_of x u) i (seed_of x u i) q.
Definition packed_responses i (q : pack) : scalar (pack_curve q) :=
  packed_mask i q + packed_secret i x q.

Definition packed_reveal (kept : bool) i : shown i :=
  let z : scalars (packed_claim i) := packed_responses i in
  if kept then Kept (enc_point (kem (id_of x u) i (seed_of x u i) *: gen (bls P)))
                    (wrapped (cl := packed_claim i) (id_of x u) i (seed_of x u i)) (salt_of x u i) z
  else Revealed _ (seed_of x u i) (response_hash (id_of x u) i (salt_of x u i) z).

Definition packed_encrypt : option packed_proof :=
  if secrets_match x then
    let a := packed_first_hash (id_of x u) (packed_reveal false) in
    let h := packed_challenge_hash a
      (fun i => R_masks (batch (cl := packed_claim i) a) (packed_mask i)) in
    Some (PackedProof h (nonce_of x u) (fun i => packed_reveal (i \in subset h) i))
  else None.
End Encrypt.

(* ---- Open ---- *)
Section Open.
Variables (pf : packed_proof) (c : C) (un : unlock P).

Definition opened i : option (secrets_of (cl := packed_claim i) c) :=
  open_instance (cl := packed_claim i) (proof_id cl (packed_nonce pf)) i c un (packed_instances pf i).

Definition collected : seq I := [seq i <- enum (subset (packed_challenge pf)) | isSome (opened i)].

(* An instance opens even if a packed secret is zero, as its share is then the
   identity.  That the secrets match the public shares is not checked again: they
   do (packed_open_sound).  As many instances as the largest pack of the compartment has entries. *)
Definition needed : nat := \max_(q < packs lay c) #|members (existT _ c q)|.

Definition value (q : 'I_(packs lay c)) i : scalar (pack_curve (existT _ c q)) :=
  if opened i is Some y then y q else 0.

Definition chosen (q : pack) : {set I} := [set i in take #|members q| collected].

Definition unpacked : secrets_of c := fun j =>
  let e := existT _ c j : entry in
  scalar_on (curve_of e)
    (unpack (alpha (scalar (pack_curve (home e))) (M := M P)) (chosen (home e)) (value (pack_of lay e)) (place lay e)).

Definition packed_open : option (secrets_of c) :=
  if (needed <= size collected)%N then Some unpacked else None.
End Open.

End Layout.

Section OnCurve.

Variable P : primitives.
Implicit Types k : curve P.

Lemma scalar_on_same k k' (a : scalar k) : k = k' -> scalar_on k (scalar_on k' a) = a.
Proof.
move=> E; case: k' / E; rewrite /scalar_on; case: (k =P k) => // E.
by rewrite !(eq_irrelevance E (erefl k)).
Qed.

Lemma point_on_back k k' (p : group k) : k = k' -> point_on k (point_on k' p) = p.
Proof.
move=> E; case: k' / E; rewrite /point_on; case: (k =P k) => // E.
by rewrite !(eq_irrelevance E (erefl k)).
Qed.

End OnCurve.

Section Theorems.

Variables (P : primitives) (L : laws P) (cl : claim P) (lay : layout cl).
Variables (W : nat) (packed : packing lay W).
(* True of the registry, whose orders are above 2^254, as M is a u16. *)
Hypothesis large : forall k : curve P, exists2 p, p \in [char (scalar k)] & (M P < p)%N.
Local Notation I := 'I_(M P).
Local Notation C := 'I_(compartments cl).
Local Notation entry := {c : C & 'I_(entries c)}.
Local Notation pack := {c : C & 'I_(packs lay c)}.
Implicit Types (x : scalars cl) (i : I) (c : C).

Lemma points_inj (k : curve P) : injective (alpha (scalar k) (M := M P)).
Proof. by have [p ch lt] := large k; apply: alpha_inj ch lt. Qed.

Lemma members_le (q : pack) : (#|members q| <= W)%N.
Proof.
pose f e : 'I_W := Ordinal (place_lt packed e).
rewrite -(card_ord W) -(@card_in_imset _ _ f) ?max_card // => e e' /eqP q1 /eqP q2 [].
by move=> E; apply: (place_inj packed) E; rewrite q1 q2.
Qed.

Lemma place_inj_in (q : pack) : {in members q &, injective (place lay)}.
Proof. by move=> e e' /eqP q1 /eqP q2 E; apply: (place_inj packed) E; rewrite q1 q2. Qed.

Lemma place_members (q : pack) : {in members q, forall e, place lay e < #|members q|}%N.
Proof. by move=> e /eqP <-; apply: (place_dense packed). Qed.

(* Headline 12b: the packed secrets are the secrets of the derived claim. *)
Theorem packed_match x i : secrets_match x ->
  secrets_match (packed_secret i x : scalars (packed_claim lay i)).
Proof.
move=> /secrets_matchP Ex; apply/forallP => q; rewrite /= /packed_share /packed_secret.
rewrite scaler_suml; apply/eqP; apply: eq_bigr => e _.
by rewrite Ex point_on_gen scalerA.
Qed.

(* The packs are on the curves of the entries. *)
Lemma packed_curves i : curve_order (packed_claim lay i) = curve_order cl.
Proof.
apply: eq_filter => k; apply/existsP/existsP => [[q /eqP <-]|[e /eqP <-]].
  by have [e <-] := pack_some packed q; exists e; rewrite (same_curve packed).
by exists (home lay e); rewrite (same_curve packed).
Qed.

(* The two ways to compute R_iC agree for packed responses, as masks and packed
   secrets are those of the derived claim. *)
Theorem packed_R i k rho m x : secrets_match x ->
  R_responses (cl := packed_claim lay i) rho (fun q => m q + packed_secret i x q) k =
  R_masks (cl := packed_claim lay i) rho m k.
Proof. by move=> /(packed_match i)/secrets_matchP; apply: R_agree. Qed.

(* Headline 12c, completeness. *)
Theorem packed_completeness x u : secrets_match x ->
  exists2 pf, packed_encrypt lay x u = Some pf & packed_verify pf.
Proof.
move=> xX; rewrite /packed_encrypt xX; set a := packed_first_hash _ _.
set h := packed_challenge_hash _ _ _.
eexists; first by []; rewrite /packed_verify /=.
rewrite -/(id_of x u).
have -> : packed_first_hash (id_of x u) (fun i => packed_reveal lay x u (i \in subset h) i) = a.
  congr (xof _ (_ :: flatten _)); apply: eq_map => i.
  by rewrite /packed_reveal; case: (i \in _).
apply/andP; split; first by apply/forallP => i; rewrite /packed_reveal; case: (i \in _).
apply/eqP; congr (xof _ (_ :: flatten _)); apply: eq_map => i; apply: eq_map => k.
by rewrite /packed_reveal; case: (i \in _); rewrite //= packed_R.
Qed.

(* Every kept instance of an honest proof opens to the packed secrets. *)
Theorem packed_kept x u i c un : secrets_match x -> unlocks cl (lock_of c) un ->
  kem (id_of x u) i (seed_of x u i) != 0 ->
  exists2 y, open_instance (cl := packed_claim lay i) (id_of x u) i c un (packed_reveal lay x u true i) = Some y
           & forall q, y q = packed_secret i x (existT _ c q).
Proof.
move=> xX ok r0; have Ey := secrets_matchP _ (packed_match i xX).
rewrite /packed_reveal (open_from_seed L (cl := packed_claim lay i)) //=.
have yx (q : 'I_(packs lay c)) : packed_responses x u i (existT _ c q) -
    mask (cl := packed_claim lay i) (id_of x u) i (seed_of x u i) (existT _ c q) = packed_secret i x (existT _ c q).
  by rewrite /packed_responses addrC addKr.
case: ifP => [_|/negP[]]; first by eexists.
by apply/forallP => q; rewrite yx; apply/eqP/esym/(Ey (existT _ c q)).
Qed.

Lemma card_chosen pf c un (q : 'I_(packs lay c)) : (needed lay c <= size (collected pf c un))%N ->
  #|chosen pf c un (existT _ c q)| = #|members (existT _ c q)|.
Proof.
move=> le; rewrite /chosen; set s := take _ _.
have /card_uniqP Es : uniq s by rewrite take_uniq // filter_uniq ?enum_uniq.
rewrite (_ : #|_| = #|s|); last by apply: eq_card => i; rewrite inE.
by rewrite Es size_takel // (leq_trans _ le) // (leq_bigmax q).
Qed.

Lemma value_matches pf c un (q : 'I_(packs lay c)) i :
  i \in chosen pf c un (existT _ c q) ->
  value pf un q i *: gen _ = packed_share i (existT _ c q).
Proof.
rewrite inE => /mem_take; rewrite mem_filter /value => /andP[+ _].
case E: (opened pf c un i) => [y|//] _; move: E; rewrite /opened /open_instance.
case: (packed_instances pf i) => // C_i w salt z; case: dec_point => // p.
by case: ifP => // /forallP sm [<-]; apply/eqP/(sm q).
Qed.

(* Headline 12d: nothing that does not match its public share is returned, from
   any proof at all, with any unlock material. *)
Theorem packed_open_sound (pf : packed_proof lay) c un y : packed_open pf c un = Some y ->
  forall j, y j *: gen _ = public_share (existT _ c j : entry).
Proof.
rewrite /packed_open; case: ifP => // le [<-] j; rewrite /unpacked -point_on_gen.
set e := existT _ c j : entry; have Ecurve := same_curve packed e.
have D := card_chosen (pack_of lay e) le.
pose X (e' : entry) := point_on (pack_curve (home lay e)) (public_share e').
rewrite (unpack_matches (X := X) (@place_inj_in (home lay e))) ?/X ?point_on_back //.
- by move=> i i' _ _; apply: points_inj.
- by move=> e' e'q; rewrite D place_members.
- exact: eqxx.
- by move=> i /value_matches.
Qed.

Corollary packed_open_secrets x (pf : packed_proof lay) c un y : secrets_match x ->
  packed_open pf c un = Some y -> forall j, y j = x (existT _ c j : entry).
Proof.
move=> /secrets_matchP Ex /packed_open_sound yX j; apply: (scale_gen_inj L).
by rewrite yX Ex.
Qed.

Lemma size_collected pf c un :
  size (collected (lay := lay) pf c un) = #|[set i in subset (packed_challenge pf) | isSome (opened pf c un i)]|.
Proof.
have /card_uniqP <- : uniq (collected (lay := lay) pf c un) by rewrite filter_uniq ?enum_uniq.
by apply: eq_card => i; rewrite !inE mem_filter mem_enum andbC.
Qed.

(* Headline 12e: W kept instances that open are enough, for every compartment. *)
Theorem packed_open_enough (pf : packed_proof lay) c un :
  (W <= #|[set i in subset (packed_challenge pf) | isSome (opened pf c un i)]|)%N ->
  exists y, packed_open pf c un = Some y.
Proof.
rewrite -size_collected => le; rewrite /packed_open (leq_trans _ le); first by eexists.
by apply/bigmax_leqP => q _; apply: members_le.
Qed.

(* Encrypt, then Open with the right key, gives the secrets. *)
Theorem packed_open_complete x u pf c un : secrets_match x -> packed_encrypt lay x u = Some pf ->
  unlocks cl (lock_of c) un ->
  (W <= #|[set i in subset (packed_challenge pf) | kem (id_of x u) i (seed_of x u i) != 0%R]|)%N ->
  exists2 y, packed_open pf c un = Some y & forall j, y j = x (existT _ c j : entry).
Proof.
move=> xX E ok le; have [|y Ey] := @packed_open_enough pf c un.
  apply: leq_trans le _; apply/subset_leq_card/subsetP => i; rewrite !inE => /andP[iK r0].
  rewrite iK /opened; move: E iK; rewrite /packed_encrypt xX => -[<-] /= ->.
  by have [y -> _] := packed_kept xX ok r0.
by exists y => //; apply: packed_open_secrets Ey.
Qed.

End Theorems.
