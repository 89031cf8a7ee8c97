(* The lists of calls of Open are complete: calls.v has Derive, Verify and Encrypt. *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import sharing model encryption packing computable computableopen calls.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Lemma until_in (T : eqType) (p q : pred T) m (s : seq T) :
  {in until p m s, q =1 p} -> until q m s = until p m s.
Proof.
elim: s m => [|t s IH] [|m] //= E; rewrite (E t (mem_head _ _)); congr (_ :: _); apply: IH => y ys.
by apply: E; rewrite inE ys orbT.
Qed.

Lemma eq_total_in (V : zmodType) (T : eqType) (s : seq T) (f g : T -> V) :
  {in s, f =1 g} -> total s f = total s g.
Proof. by move=> E; rewrite !totalE; apply: eq_big_seq. Qed.

(* ---- an instance ---- *)
Section Opened.

Variables (P : primitives) (H H' : hashes P).
Local Notation Q := (hashing H).
Local Notation Q' := (hashing H').
Variables (natural : forall k : curve P, N -> scalar k).

(* The same unlock material. *)
Definition same_unlock (un : unlock Q) (un' : unlock Q') : Prop :=
  match un, un' with
  | ByRecovery sigma b, ByRecovery sigma' b' => sigma' = sigma /\ b' = b
  | ByMember e, ByMember e' => e' = e
  | _, _ => False
  end.

Variables (n : nat) (size_of : 'I_n -> nat).
Local Notation entry := {c : 'I_n & 'I_(size_of c)}.
Variables (curve_at : entry -> curve P) (S S' : bytes P).
Variables (l : 'I_n -> lock Q) (l' : 'I_n -> lock Q') (X X' : forall e, group (curve_at e)).
Local Notation cl := (claim_with S l X).
Local Notation cl' := (claim_with' S' l' X').
Variables (N : bytes P) (i : 'I_(M P)) (c : 'I_n) (un : unlock Q) (un' : unlock Q').
Hypothesis same_un : same_unlock un un'.
Variables (v : revealed cl) (v' : revealed cl').
Hypotheses (sv : same_instance v v') (agrees : agree_on H H' (open_calls (P := Q) (cl := cl) N i c un v)).

Lemma same_shared_dec p : shared_dec (P := Q') p un' = shared_dec (P := Q) p un.
Proof. by case: un un' same_un => [sigma b|e] [sigma' b'|e'] //=; [case=> -> -> | move=> ->]. Qed.

Lemma same_open_instance (y y' : forall e, group (curve_at e)) : (forall e, y' e = y e) ->
  alike (open_instance_now (P := Q') (cl := cl') natural y' N i c un' v')
        (open_instance_now (P := Q) (cl := cl) natural y N i c un v) /\
  open_calls (P := Q') (cl := cl') N i c un' v' = open_calls (P := Q) (cl := cl) N i c un v.
Proof.
move=> Ey; case: v v' sv agrees => [seed h|C_i w salt z] [seed' h'|C_i' w' salt' z'] //.
case=> -> Ew _ Ez; rewrite /open_instance_now /open_calls /=; case: (dec_point C_i) => [p|] // A.
have Es : sub_seed_in (P := Q') (cl := cl') N i c un' C_i p w' =
    sub_seed_in (P := Q) (cl := cl) N i c un C_i p w.
  rewrite /sub_seed_in Ew same_shared_dec; congr xor_now.
  exact: (A _ (mem_head _ _)).
rewrite Es same_shared_dec; split=> //; set s := sub_seed_in _ _ _ _ _ _ _.
have Em j : mask_now (P := Q') (cl := cl') natural N i (existT _ c j : entry) s =
    mask_now (P := Q) (cl := cl) natural N i (existT _ c j : entry) s.
  rewrite /mask_now; congr natural; apply: eq_taken.
  by apply: (A (mask_call (cl := cl) N i c s)); rewrite !inE eqxx orbT.
rewrite (eq_all (a2 := fun j => (z (existT _ c j) - mask_now (P := Q) (cl := cl) natural N i
  (existT _ c j : entry) s) *: gen _ == y (existT _ c j : entry))) => [|j]; last by rewrite /= Em Ez Ey.
by case: ifP => // _ j; rewrite Em Ez.
Qed.

End Opened.

(* ---- packs ---- *)
Section Open.

Variables (P : primitives) (H H' : hashes P).
Local Notation Q := (hashing H).
Local Notation Q' := (hashing H').
Local Notation I := 'I_(M P).
Variables (n : nat) (size_of : 'I_n -> nat).
Local Notation entry := {c : 'I_n & 'I_(size_of c)}.
Variables (curve_at : entry -> curve P) (S S' : bytes P).
Variables (l : 'I_n -> lock Q) (l' : 'I_n -> lock Q') (X X' : forall e, group (curve_at e)).
Hypotheses (same_S : S' = S) (same_X : forall e, X' e = X e).
Local Notation cl := (claim_with S l X).
Local Notation cl' := (claim_with' S' l' X').
Variables (packs_in : 'I_n -> nat).
Local Notation pack := {c : 'I_n & 'I_(packs_in c)}.
Variables (curve_in : pack -> curve P) (home_of home_of' : forall e : entry, 'I_(packs_in (tag e))).
Variables (place_of place_of' : entry -> nat).
Hypotheses (same_home : forall e, home_of' e = home_of e) (same_place_of : forall e, place_of' e = place_of e).
Local Notation lay := (layout_with S l X curve_in home_of place_of : layout cl).
Local Notation lay' := (layout_with' S' l' X' curve_in home_of' place_of' : layout cl').
Variables (natural : forall k : curve P, N -> scalar k) (same : comparable (curve P)).
Variables kept kept' : bytes P -> pred I.
Hypothesis keptE : forall h i, (i \in out_subset H h) = kept h i.
Hypothesis keptE' : forall h i, (i \in out_subset H' h) = kept' h i.
Variables (pf : packed_proof lay) (pf' : packed_proof lay') (c : 'I_n) (un : unlock Q) (un' : unlock Q').
Hypotheses (same_pf : same_proof pf pf') (same_un : same_unlock un un').
Local Notation calls := (open_proof_calls (P := Q) natural same kept pf c un).
Hypothesis agrees : agree_on H H' calls.
Local Notation N := (proof_id cl (packed_nonce pf)).
Local Notation tries := (tried (P := Q) natural same kept pf c un).

Lemma same_pack q : members_now (lay := lay') q = members_now (lay := lay) q.
Proof. by apply: eq_filter => e; rewrite /same_place /= same_home. Qed.
Lemma same_pack_share i q : packed_share_now (lay := lay') same i q = packed_share_now (lay := lay) same i q.
Proof. by rewrite /packed_share_now same_pack; apply: eq_total => e; rewrite /= same_place_of same_X. Qed.

Lemma same_open_id : proof_id cl' (packed_nonce pf') = N.
Proof.
have [_ -> _] := same_pf; rewrite /proof_id /= same_S.
by apply: (agrees (x := id_call cl (packed_nonce pf))); rewrite !inE eqxx orbT.
Qed.
Lemma same_open_kept : kept' (packed_challenge pf') =1 kept (packed_challenge pf).
Proof. by move=> i; have [-> _ _] := same_pf; rewrite -keptE -keptE' (agrees (mem_head _ _)). Qed.

Lemma same_tried_instance i : i \in tries ->
  alike (opened_now (P := Q') natural same pf' c un' i) (opened_now (P := Q) natural same pf c un i) /\
  open_calls (cl := packed_claim lay' i) N i c un' (packed_instances pf' i) =
  open_calls (cl := packed_claim lay i) N i c un (packed_instances pf i).
Proof.
move=> it; rewrite /opened_now same_open_id; have [_ _ sv] := same_pf.
apply: (same_open_instance natural same_un (sv i)) => [call ic|q]; last exact: same_pack_share.
apply: agrees; rewrite /open_proof_calls mem_cat; apply/orP; right; exact: (in_calls it ic).
Qed.
Lemma same_opens : {in tries, opens (P := Q') natural same pf' c un' =1 opens (P := Q) natural same pf c un}.
Proof.
move=> i it; rewrite /opens; move: (proj1 (same_tried_instance it)).
by case: (opened_now _ _ pf' _ _ _) => [?|]; case: (opened_now _ _ pf _ _ _).
Qed.
Lemma same_needed : needed_now lay' c = needed_now lay c.
Proof. by rewrite /needed_now; congr foldr; apply: eq_map => b; rewrite same_pack. Qed.
Lemma same_tried : tried (P := Q') natural same kept' pf' c un' = tries.
Proof. by rewrite /tried (eq_filter same_open_kept) same_needed; apply: until_in; apply: same_opens. Qed.

Local Notation found := (filter (opens (P := Q) natural same pf c un) tries).
Lemma same_value_now b : {in found, value_now (P := Q') natural same pf' un' b =1
  value_now (P := Q) natural same pf un (c := c) b}.
Proof.
move=> i; rewrite mem_filter => /andP[_ it]; rewrite /value_now; move: (proj1 (same_tried_instance it)).
by case: (opened_now _ _ pf' _ _ _) => [y'|]; case: (opened_now _ _ pf _ _ _) => // y; apply.
Qed.

Lemma same_unpacked j : unpacked_now (P := Q') natural same pf' un' found j =
  unpacked_now (P := Q) natural same pf un (c := c) found j.
Proof.
pose e : entry := existT _ c j.
pose F (h : 'I_(packs_in c)) := scalar_now same (curve_at e) (unpack_now
  (alpha (scalar (curve_in (existT _ c h))) (M := M P))
  (take (size (members_now (lay := lay') (existT _ c h))) found)
  (value_now (P := Q') natural same pf' un' h) (place_of' e)).
rewrite -[LHS]/(F (home_of' e)) same_home /F same_pack same_place_of.
congr scalar_now; apply: eq_total_in => i /mem_take it; congr (_ * _); exact: same_value_now.
Qed.

Theorem open_calls_complete :
  alike (open_now (P := Q') natural same kept' pf' c un') (open_now (P := Q) natural same kept pf c un) /\
  open_proof_calls (P := Q') natural same kept' pf' c un' = calls.
Proof.
have Ef : filter (opens (P := Q') natural same pf' c un') tries = found by apply: eq_in_filter same_opens.
split.
  rewrite /open_now same_tried Ef same_needed; case: ifP => // _ j; exact: same_unpacked.
have [Eh En _] := same_pf; rewrite /open_proof_calls same_tried same_open_id Eh En; congr (_ ++ flatten _).
  by rewrite /id_call /= same_S.
by apply/eq_in_map => i it; have [_] := same_tried_instance it.
Qed.

End Open.
