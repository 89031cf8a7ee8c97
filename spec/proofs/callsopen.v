(* The lists of calls of Open are complete: calls.v has Derive, Verify and Encrypt. *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import sharing model encryption packing computable computableopen hashing calls.

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

Variables (P : primitives) (H H' : hashes P) (base : claim P).
Local Notation Q := (hashing H).
Local Notation Q' := (hashing H').
Local Notation cl := (claim_over H base).
Local Notation cl' := (claim_over H' base).
Variables (natural : forall k : curve P, N -> scalar k).
Variable share : forall e : {c : 'I_(compartments base) & 'I_(entries c)}, group (curve_of e).
Variables (N : bytes P) (i : 'I_(M P)) (c : 'I_(compartments base)) (key : unlock P) (v0 : revealed base).
Local Notation un := (unlock_over H key).
Local Notation un' := (unlock_over H' key).
Local Notation v := (instance_over H v0).
Local Notation v' := (instance_over H' v0).
Hypothesis agrees : agree_on H H' (open_calls (P := Q) (cl := cl) N i c un v).

Lemma same_shared_dec p : shared_dec (P := Q') p un' = shared_dec (P := Q) p un.
Proof. by case: key. Qed.

Lemma same_open_instance :
  alike (open_instance_now (P := Q') (cl := cl') natural share N i c un' v')
        (open_instance_now (P := Q) (cl := cl) natural share N i c un v) /\
  open_calls (P := Q') (cl := cl') N i c un' v' = open_calls (P := Q) (cl := cl) N i c un v.
Proof.
case: v0 agrees => // C_i w salt z; rewrite /open_instance_now /open_calls /=; case: (dec_point C_i) => [p|] // A.
have Es : sub_seed_in (P := Q') (cl := cl') N i c un' C_i p w = sub_seed_in (P := Q) (cl := cl) N i c un C_i p w.
  by rewrite /sub_seed_in same_shared_dec; congr xor_now; apply: (A _ (mem_head _ _)).
rewrite Es same_shared_dec; split=> //; set s := sub_seed_in _ _ _ _ _ _ _.
have Em j : mask_now (P := Q') (cl := cl') natural N i (existT _ c j) s =
    mask_now (cl := cl) natural N i (existT _ c j) s.
  rewrite /mask_now; congr natural; apply: eq_taken.
  by apply: (A (mask_call (cl := cl) N i c s)); rewrite !inE eqxx orbT.
rewrite (eq_all (a2 := fun j => (z (existT _ c j) - mask_now (cl := cl) natural N i (existT _ c j) s) *: gen _ ==
  share (existT _ c j))) => [|j]; last by rewrite /= Em.
by case: ifP => // _ j; rewrite Em.
Qed.

End Opened.

(* ---- packs ---- *)
Section Open.

Variables (P : primitives) (H H' : hashes P) (base : claim P) (plan : layout base).
Local Notation Q := (hashing H).
Local Notation Q' := (hashing H').
Local Notation cl := (claim_over H base).
Local Notation lay := (layout_over H plan).
Local Notation lay' := (layout_over H' plan).
Variables (natural : forall k : curve P, N -> scalar k) (same : comparable (curve P)).
Variables kept kept' : bytes P -> pred 'I_(M P).
Hypothesis keptE : forall h i, (i \in out_subset H h) = kept h i.
Hypothesis keptE' : forall h i, (i \in out_subset H' h) = kept' h i.
Variables (sealed : packed_proof plan) (c : 'I_(compartments base)) (key : unlock P).
Local Notation pf := (proof_over H sealed).
Local Notation pf' := (proof_over H' sealed).
Local Notation un := (unlock_over H key).
Local Notation un' := (unlock_over H' key).
Local Notation calls := (open_proof_calls (P := Q) natural same kept pf c un).
Hypothesis agrees : agree_on H H' calls.
Local Notation N := (proof_id cl (packed_nonce pf)).
Local Notation tries := (tried (P := Q) natural same kept pf c un).

Lemma same_open_id : proof_id (claim_over H' base) (packed_nonce pf') = N.
Proof.
by apply: (agrees (x := id_call cl (packed_nonce pf))); rewrite !inE eqxx orbT.
Qed.

Lemma same_tried_instance i : i \in tries ->
  alike (opened_now (P := Q') natural same pf' c un' i) (opened_now (P := Q) natural same pf c un i) /\
  open_calls (cl := packed_claim lay' i) N i c un' (packed_instances pf' i) =
  open_calls (cl := packed_claim lay i) N i c un (packed_instances pf i).
Proof.
move=> it; rewrite /opened_now same_open_id.
have A : agree_on H H' (open_calls (cl := packed_claim lay i) N i c un (packed_instances pf i)).
  by move=> call ic; apply: agrees; rewrite /open_proof_calls mem_cat (in_calls it ic) orbT.
exact (@same_open_instance _ _ _ (packed_claim plan i) natural (@packed_share_now _ _ lay same i) _ _ _ _ _ A).
Qed.
Lemma same_opens : {in tries, opens (P := Q') natural same pf' c un' =1 opens (P := Q) natural same pf c un}.
Proof.
move=> i it; rewrite /opens; move: (proj1 (same_tried_instance it)).
by case: (opened_now _ _ pf' _ _ _) => [?|]; case: (opened_now _ _ pf _ _ _).
Qed.
Lemma same_tried : tried (P := Q') natural same kept' pf' c un' = tries.
Proof.
rewrite /tried (eq_filter (same_kept keptE keptE' (agrees (mem_head _ _)))).
exact: until_in same_opens.
Qed.

Local Notation found := (filter (opens (P := Q) natural same pf c un) tries).
Lemma same_value_now b : {in found, value_now (P := Q') natural same pf' un' (c := c) b =1
  value_now (P := Q) natural same pf un (c := c) b}.
Proof.
move=> i; rewrite mem_filter => /andP[_ it]; rewrite /value_now; move: (proj1 (same_tried_instance it)).
by case: (opened_now _ _ pf' _ _ _) => [y'|]; case: (opened_now _ _ pf _ _ _) => // y; apply.
Qed.

Lemma same_unpacked j : unpacked_now (P := Q') natural same pf' un' (c := c) found j =
  unpacked_now (P := Q) natural same pf un (c := c) found j.
Proof.
by congr scalar_now; apply: eq_total_in => i /mem_take it; congr (_ * _); apply: same_value_now.
Qed.

Theorem open_calls_complete :
  alike (open_now (P := Q') natural same kept' pf' c un') (open_now (P := Q) natural same kept pf c un) /\
  open_proof_calls (P := Q') natural same kept' pf' c un' = calls.
Proof.
have Ef : filter (opens (P := Q') natural same pf' c un') tries = found by apply: eq_in_filter same_opens.
split.
  by rewrite /open_now same_tried Ef; case: ifP => // _ j; apply: same_unpacked.
rewrite /open_proof_calls same_tried same_open_id; congr (_ ++ flatten _).
by apply/eq_in_map => i it; have [_] := same_tried_instance it.
Qed.

End Open.
