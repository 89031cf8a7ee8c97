(* A simulator of proofs in the random oracle model (spec §13.3): it has the
   secrets of the compartments that the adversary opens and no others, and the
   points C_i of kept instances without their logarithms.                      *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import model encryption rom rommodel romhidden romprover.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.

Section Simulator.

Variables (P : primitives) (U : outputs P) (sh : claim P).
Local Notation I := 'I_(M P).
Local Notation C := 'I_(compartments sh).
Local Notation entry := {c : C & 'I_(entries c)}.
Local Notation S := (digest sh).
Local Notation slot := (slot sh).
Local Notation coins := {ffun slot -> out U}.
Local Notation g1 := (gen (bls P)).

(* Which compartments the adversary opens, the keys that do, and what is in them:
   the values of [known] elsewhere are not used. *)
Variables (opened : pred C) (key : C -> unlock P) (known : scalars sh).

(* Answers, one for each place in the program of Encrypt; and C_i. *)
Variables (F : coins) (points : I -> group (bls P)).

Definition in_all (l : label) : slot := (l, None, None).
Definition in_instance (l : label) (i : I) : slot := (l, Some i, None).
Definition in_compartment (l : label) (i : I) (c : C) : slot := (l, Some i, Some c).

Definition sim_id : bytes P := out32 (F (in_all ProofId)).
Definition sim_nonce : block := out16 (F (in_all Nonce)).
Definition sim_challenge : bytes P := out32 (F (in_all Challenge)).
Definition sim_commit : bytes P := out32 (F (in_all Commit)).
Definition sim_kept : {set I} := out_subset (F (in_all Subset)).
Definition sim_seed i : block := out16 (F (in_instance Seed i)).
Definition sim_salt i : block := out16 (F (in_instance Salt i)).
Definition sim_hash i : hash20 := out20 (F (in_instance Response i)).
Definition sim_r i : scalar (bls P) := out_scalar (bls P) (F (in_instance Kem i)).
Definition sim_sub_seed i c : block := out16 (F (in_compartment SubSeed i c)).

Definition closed i c : bool := (i \in sim_kept) && ~~ opened c.
Definition sim_point i : group (bls P) := if i \in sim_kept then points i else (sim_r i *: g1)%R.
(* A wrapped sub-seed that the adversary cannot open is any block. *)
Definition sim_wrapped i c : block :=
  let y := out16 (F (in_compartment Wrap i c)) in if closed i c then y else xor (sim_sub_seed i c) y.
Definition taken_mask (y : out U) (e : entry) : scalar (curve_of e) := (taken (octets_of y)
  [seq wide (curve_of (existT _ (tag e) j : entry)) | j <- enum 'I_(entries (tag e))] (tagged e))%:R%R.
Definition sim_mask i (e : entry) : scalar (curve_of e) := taken_mask (F (in_compartment Mask i (tag e))) e.
(* A response is a mask, plus the secret where it is known. *)
Definition sim_z i (e : entry) : scalar (curve_of e) :=
  (sim_mask i e + if opened (tag e) then known e else 0)%R.

Definition sim_view : view sh := (sim_challenge, sim_nonce, [ffun i =>
  if i \in sim_kept then inr (enc_point (sim_point i), [ffun c => sim_wrapped i c], sim_salt i, [ffun e => sim_z i e])
  else inl (sim_seed i, sim_hash i)]).

Definition sim_rho (e : entry) : nat :=
  taken (octets_of (F (in_all Batch))) (widths sh) (index e (entry_order sh)).
Definition sim_R i k : group k :=
  if i \in sim_kept then R_responses (cl := sh) sim_rho (sim_z i) k
  else R_masks (cl := sh) sim_rho (sim_mask i) k.
Definition sim_first i : seq (bytes P) :=
  first_message_of (cl := sh) (enc_point (sim_point i)) (sim_wrapped i) (sim_hash i).

(* The shared secrets of a lock: from r_i of a revealed instance, from the key of
   a compartment that the adversary opens. *)
Definition shared_by_r (r : scalar (bls P)) (c : C) : seq (bytes P) := match lock_of c with
  | Recovery Y B => [:: enc_gt (r *: pairing Y (hash_to_g2 S))%R; enc_point (r *: B)%R]
  | Member E => [:: enc_point (r *: E)%R]
  end.
Definition shared_by_key (p : group (bls P)) (c : C) : seq (bytes P) := match key c with
  | ByRecovery sigma b => [:: enc_gt (pairing p sigma); enc_point (b *: p)%R]
  | ByMember e => [:: enc_point (e *: p)%R]
  end.
Definition sim_shared i c : seq (bytes P) :=
  if i \in sim_kept then shared_by_key (points i) c else shared_by_r (sim_r i) c.

(* The places whose answers anybody can ask for who has the proof and the keys. *)
Definition shown (s : slot) : bool := match s with
  | (ProofId, None, None) | (Commit, None, None) | (Batch, None, None) | (Challenge, None, None)
  | (Subset, None, None) => true
  | (Kem, Some i, None) | (SubSeed, Some i, Some _) => i \notin sim_kept
  | (Wrap, Some i, Some c) | (Mask, Some i, Some c) => ~~ closed i c
  | (Response, Some i, None) => i \in sim_kept
  | _ => false
  end.

(* The inputs that these are the answers to. *)
Definition sim_parts (s : slot) : option (seq (bytes P)) := match s with
  | (ProofId, None, None) => Some [:: S; enc_block P sim_nonce]
  | (Commit, None, None) => Some (sim_id :: flatten [seq sim_first i | i <- enum 'I_(M P)])
  | (Batch, None, None) => Some [:: sim_commit]
  | (Challenge, None, None) => Some (sim_commit ::
      flatten [seq [seq enc_point (sim_R i k) | k <- curve_order sh] | i <- enum 'I_(M P)])
  | (Subset, None, None) => Some [:: sim_challenge]
  | (Kem, Some i, None) => Some [:: sim_id; u16 P i; enc_block P (sim_seed i)]
  | (SubSeed, Some i, Some c) => Some [:: sim_id; u16 P i; u16 P c; enc_block P (sim_seed i)]
  | (Wrap, Some i, Some c) => Some ([:: sim_id; u16 P i; u16 P c; enc_point (sim_point i)] ++ sim_shared i c)
  | (Mask, Some i, Some c) => Some [:: sim_id; u16 P i; u16 P c; enc_block P (sim_sub_seed i c)]
  | (Response, Some i, None) =>
      Some (sim_id :: u16 P i :: enc_block P (sim_salt i) :: encode_scalars (sim_z i))
  | _ => None
  end.

(* The answers that no part of this depends on. *)
Definition hidden (s : slot) : bool := match s with
  | (Statement, None, None) | (MasterSeed, None, None) => true
  | (Seed, Some i, None) | (Kem, Some i, None) => i \in sim_kept
  | (Salt, Some i, None) => i \notin sim_kept
  | (SubSeed, Some i, Some c) => closed i c
  | _ => false
  end.

End Simulator.

Section Blind.

Variables (P : primitives) (U : outputs P) (sh : claim P).
Local Notation I := 'I_(M P).
Local Notation C := 'I_(compartments sh).
Local Notation coins := {ffun slot sh -> out U}.
Variables (opened : pred C) (key : C -> unlock P) (known known' : scalars sh).
Variables points points' : I -> group (bls P).
Variables (F G : coins).
Hypothesis same_known : forall e, opened (tag e) -> known' e = known e.
Hypothesis same_points : points' =1 points.
Hypothesis same : forall s, ~~ hidden opened F s -> G s = F s.

Lemma blind_kept : sim_kept G = sim_kept F. Proof. by rewrite /sim_kept same. Qed.
Lemma blind_closed i c : closed opened G i c = closed opened F i c. Proof. by rewrite /closed blind_kept. Qed.
Lemma blind_hidden s : hidden opened G s = hidden opened F s.
Proof. by case: s => [[l [i|]] [c|]]; case: l => //=; rewrite ?blind_kept ?blind_closed. Qed.
Lemma blind_shown s : shown opened G s = shown opened F s.
Proof. by case: s => [[l [i|]] [c|]]; case: l => //=; rewrite ?blind_kept ?blind_closed. Qed.
Lemma shown_hidden s : shown opened F s -> ~~ hidden opened F s.
Proof. by case: s => [[l [i|]] [c|]]; case: l => //=; rewrite /closed => /negPf ->. Qed.

Lemma blind_point i : sim_point G points' i = sim_point F points i.
Proof. by rewrite /sim_point blind_kept; case: ifP => iK //; rewrite /sim_r same //= iK. Qed.
Lemma blind_wrapped i c : sim_wrapped opened G i c = sim_wrapped opened F i c.
Proof.
rewrite /sim_wrapped blind_closed same //; case E: (closed opened F i c) => //.
by rewrite /sim_sub_seed same // [hidden _ _ _]/= E.
Qed.
Lemma blind_mask i e : sim_mask G i e = sim_mask F i e. Proof. by rewrite /sim_mask same. Qed.
Lemma blind_z i e : sim_z opened known' G i e = sim_z opened known F i e.
Proof. by rewrite /sim_z blind_mask; case: ifP => // oe; rewrite same_known. Qed.
Lemma blind_sum (rho : _ -> nat) i k :
  sum_scalars (cl := sh) k rho (sim_mask G i) = sum_scalars k rho (sim_mask F i).
Proof. by apply: eq_bigr => e _; rewrite blind_mask. Qed.
Lemma blind_R i k : sim_R opened known' G i k = sim_R opened known F i k.
Proof.
have E : sim_rho G = sim_rho F by rewrite /sim_rho same.
rewrite /sim_R blind_kept E; case: ifP => _; last by rewrite /R_masks blind_sum.
by congr (_ *: _ - _)%R; apply: eq_bigr => e _; rewrite blind_z.
Qed.
Lemma blind_first i : sim_first opened G points' i = sim_first opened F points i.
Proof.
rewrite /sim_first /first_message_of blind_point /sim_hash same //; congr (_ :: _ ++ _).
by apply: eq_map => c; rewrite blind_wrapped.
Qed.

Lemma blind_view : sim_view opened known' G points' = sim_view opened known F points.
Proof.
rewrite /sim_view /sim_challenge /sim_nonce !same // blind_kept; congr (_, _, _).
apply/ffunP => i; rewrite !ffunE blind_point; case: ifP => iK.
  rewrite /sim_salt same ?[hidden _ _ _]/= ?iK //; congr (inr (_, _, _, _)); apply/ffunP => j; rewrite !ffunE.
    exact: blind_wrapped.
  exact: blind_z.
by rewrite /sim_seed /sim_hash !same // [hidden _ _ _]/= iK.
Qed.

Lemma blind_parts s : shown opened F s ->
  sim_parts opened key known' G points' s = sim_parts opened key known F points s.
Proof.
case: s => [[l [i|]] [c|]]; case: l => //=; rewrite /sim_id /sim_nonce /sim_commit /sim_challenge
  ?(same (s := in_all sh _)) //.
- by move=> iK; rewrite /sim_seed same.
- rewrite blind_point /sim_shared blind_kept; case: ifP => iK; first by rewrite /shared_by_key same_points.
  by rewrite /sim_r same //= iK.
- by move=> n; rewrite /sim_sub_seed same.
- by move=> iK; rewrite /sim_seed same.
- move=> iK; rewrite /sim_salt same ?[hidden _ _ _]/= ?iK //; congr (Some [:: _, _, _ & _]).
  by apply: eq_map => e; rewrite blind_z.
- by move=> _; congr (Some (_ :: flatten _)); apply: eq_map => i; rewrite blind_first.
- by move=> _; congr (Some (_ :: flatten _)); apply: eq_map => i; apply: eq_map => k; rewrite blind_R.
Qed.

(* Headline 16a: neither what the simulator shows nor the inputs of the answers
   that anybody can ask for depend on secrets of compartments that are not opened,
   logarithms of kept C_i, or answers that stay hidden. *)
Theorem simulator_blind :
  sim_view opened known' G points' = sim_view opened known F points /\
  forall s, shown opened F s -> sim_parts opened key known' G points' s = sim_parts opened key known F points s.
Proof. by split; [exact: blind_view | exact: blind_parts]. Qed.

End Blind.
