(* Encrypt (spec §6.3) in the random oracle model, seen as a list of answers: what
   it asks is determined by the answers before, and each place of its program asks
   an input of its own.                                                        *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import model encryption rom rommodel romhidden.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.

Definition labels : seq label := [:: Statement; MasterSeed; Nonce; ProofId; Seed; Salt; Kem; SubSeed; Wrap;
  Mask; Response; Commit; Batch; Challenge; Subset; DealingStatement].
Definition label_code (l : label) : 'I_16 := inord (index l labels).
Lemma label_codeK : cancel label_code (fun n : 'I_16 => nth Statement labels n).
Proof. by case; rewrite /label_code inordK. Qed.
Definition label_choiceMixin := CanChoiceMixin label_codeK.
Canonical label_choiceType := Eval hnf in ChoiceType label label_choiceMixin.
Definition label_countMixin := CanCountMixin label_codeK.
Canonical label_countType := Eval hnf in CountType label label_countMixin.
Definition label_finMixin := CanFinMixin label_codeK.
Canonical label_finType := Eval hnf in FinType label label_finMixin.

Section Prover.

Variables (P : primitives) (U : outputs P) (sh : claim P) (x : scalars sh).
Local Notation I := 'I_(M P).
Local Notation C := 'I_(compartments sh).
Local Notation entry := {c : C & 'I_(entries c)}.
Local Notation S := (digest sh).
Local Notation hashes := (label -> seq (bytes P) -> out U).

(* Hash functions that are any function, and the claim under them. *)
Definition answering (f : hashes) : primitives :=
  @Primitives (curve P) (@wide P) (@scalar P) (@group P) (@gen P) (bls P) (G2 P) (GT P) (@pairing P)
    (bytes P) (@join P) (@u16 P) (@enc_scalar P) (@enc_point P) (@dec_point P) (@enc_gt P)
    (@enc_block P) (@enc_hash20 P)
    (fun l ps => out32 (f l ps)) (fun l ps => out16 (f l ps)) (fun l ps => out20 (f l ps))
    (fun l ps => octets_of (f l ps)) (fun k l ps => out_scalar k (f l ps))
    (@hash_to_g2 P) (M P) (fun h => out_subset (f Subset [:: h])).

Definition claim_in (f : hashes) : claim (answering f) :=
  @Claim (answering f) S (compartments sh) (@entries P sh)
    (fun c => match lock_of c with
              | Recovery Y B => @Recovery (answering f) Y B
              | Member E => @Member (answering f) E
              end)
    (@curve_of P sh) (@public_share P sh).

(* What a proof is to the adversary: h, the nonce, and for each instance seed and
   h_i, or C_i, w_ic, salt and z_i. *)
Definition responses_of := {dffun forall e : entry, scalar (curve_of e)}.
Definition part := ((block * hash20) + (bytes P * {ffun C -> block} * block * responses_of))%type.
Definition view := (bytes P * block * {ffun I -> part})%type.
Definition part_of f (v : revealed (claim_in f)) : part :=
  match v with
  | Revealed seed h => inl (seed, h)
  | Kept C_i w salt z => inr (C_i, [ffun c => w c], salt, [ffun e => z e])
  end.
Definition view_of f (pf : proof (claim_in f)) : view :=
  (challenge pf, nonce pf, [ffun i => part_of (instances pf i)]).
Definition encrypts (f : hashes) (u : bytes P) : option view :=
  if encrypt (cl := claim_in f) x u is Some pf then Some (view_of pf) else None.

(* ---- what Encrypt computes, with hashes f and randomness u ---- *)
Section Data.
Variables (f : hashes) (u : bytes P).
Let cl := claim_in f.
Definition master_at : bytes P := master (cl := cl) x u.
Definition nonce_at : block := nonce_of (cl := cl) x u.
Definition id_at : bytes P := id_of (cl := cl) x u.
Definition seed_at (i : I) : block := seed_of (cl := cl) x u i.
Definition salt_at (i : I) : block := salt_of (cl := cl) x u i.
Definition r_at (i : I) : scalar (bls P) := kem (P := answering f) id_at i (seed_at i).
Definition sub_seed_at (i : I) (c : C) : block := sub_seed (cl := cl) id_at i c (seed_at i).
Definition wrap_at (i : I) (c : C) : block := wrap_key_enc (cl := cl) id_at i c (r_at i).
Definition mask_at (i : I) (e : entry) : scalar (curve_of e) := mask (cl := cl) id_at i (seed_at i) e.
Definition z_at (i : I) (e : entry) : scalar (curve_of e) := (mask_at i e + x e)%R.
Definition hash_at (i : I) : hash20 := response_hash (cl := cl) id_at i (salt_at i) (z_at i).
Definition first_at (i : I) : seq (bytes P) := first_message_of (cl := cl)
  (enc_point (r_at i *: gen (bls P))%R) (fun c => xor (sub_seed_at i c) (wrap_at i c)) (hash_at i).
Definition commit_parts : seq (bytes P) := id_at :: flatten [seq first_at i | i <- enum 'I_(M P)].
Definition commit_at : bytes P := out32 (f Commit commit_parts).
Definition points_at (i : I) : seq (bytes P) := [seq enc_point
  (R_masks (cl := cl) (batch (cl := cl) commit_at) (mask_at i) k) | k <- curve_order cl].
Definition challenge_parts : seq (bytes P) := commit_at :: flatten [seq points_at i | i <- enum 'I_(M P)].
Definition challenge_at : bytes P := out32 (f Challenge challenge_parts).
Definition kept_at : {set I} := out_subset (f Subset [:: challenge_at]).

Definition shared_at (i : I) (c : C) : seq (bytes P) := match lock_of c with
  | Recovery Y B => [:: enc_gt (r_at i *: pairing Y (hash_to_g2 S))%R; enc_point (r_at i *: B)%R]
  | Member E => [:: enc_point (r_at i *: E)%R]
  end.

(* A place in the program: a label, with an instance and a compartment if it has
   them.  Statement stands for the randomness u, which is no hash. *)
Definition slot := (label * option I * option C)%type.
Definition parts (s : slot) : option (seq (bytes P)) := match s with
  | (MasterSeed, None, None) => Some (S :: u :: encode_scalars x)
  | (Nonce, None, None) => Some [:: S; master_at]
  | (ProofId, None, None) => Some [:: S; enc_block P nonce_at]
  | (Commit, None, None) => Some commit_parts
  | (Batch, None, None) => Some [:: commit_at]
  | (Challenge, None, None) => Some challenge_parts
  | (Subset, None, None) => Some [:: challenge_at]
  | (Seed, Some i, None) | (Salt, Some i, None) => Some [:: S; u16 P i; master_at]
  | (Kem, Some i, None) => Some [:: id_at; u16 P i; enc_block P (seed_at i)]
  | (Response, Some i, None) =>
      Some (id_at :: u16 P i :: enc_block P (salt_at i) :: encode_scalars (z_at i))
  | (SubSeed, Some i, Some c) => Some [:: id_at; u16 P i; u16 P c; enc_block P (seed_at i)]
  | (Wrap, Some i, Some c) => Some ([:: id_at; u16 P i; u16 P c; enc_point (r_at i *: gen (bls P))%R] ++ shared_at i c)
  | (Mask, Some i, Some c) => Some [:: id_at; u16 P i; u16 P c; enc_block P (sub_seed_at i c)]
  | _ => None
  end.

(* What is taken from the answer at each place. *)
Definition ask s : option (out U) := if parts s is Some ps then Some (f s.1.1 ps) else None.

Lemma wrap_shared i c :
  wrap_at i c = out16 (f Wrap ([:: id_at; u16 P i; u16 P c; enc_point (r_at i *: gen (bls P))%R] ++ shared_at i c)).
Proof. by rewrite /wrap_at /wrap_key_enc /shared_at /=; case: (lock_of c). Qed.

Lemma encrypts_data : secrets_match x -> encrypts f u = Some (challenge_at, nonce_at, [ffun i =>
  if i \in kept_at then inr (enc_point (r_at i *: gen (bls P))%R,
                             [ffun c => xor (sub_seed_at i c) (wrap_at i c)], salt_at i, [ffun e => z_at i e])
  else inl (seed_at i, hash_at i)]).
Proof.
move=> xX; rewrite /encrypts /encrypt (_ : secrets_match (cl := cl) x = true) //.
congr (Some (_, _, _)); apply/ffunP => i; rewrite !ffunE /=.
rewrite /reveal (_ : (i \in _) = (i \in kept_at)) //; by case: (i \in kept_at).
Qed.

End Data.

(* ---- the same answers, the same run ---- *)
Section Same.
Variables (f f' : hashes) (u : bytes P).
Hypothesis agree : forall s ps, parts f u s = Some ps -> f' s.1.1 ps = f s.1.1 ps.

Lemma same_master : master_at f' u = master_at f u.
Proof. exact: (congr1 (@out32 P U) (agree (s := (MasterSeed, None, None)) erefl)). Qed.
Lemma same_nonce : nonce_at f' u = nonce_at f u.
Proof.
rewrite /nonce_at /nonce_of -/(master_at f' u) same_master.
exact: (congr1 (@out16 P U) (agree (s := (Nonce, None, None)) erefl)).
Qed.
Lemma same_id : id_at f' u = id_at f u.
Proof.
rewrite /id_at /id_of -/(nonce_at f' u) same_nonce.
exact: (congr1 (@out32 P U) (agree (s := (ProofId, None, None)) erefl)).
Qed.
Lemma same_seed i : seed_at f' u i = seed_at f u i.
Proof.
rewrite /seed_at /seed_of -/(master_at f' u) same_master.
exact: (congr1 (@out16 P U) (agree (s := (Seed, Some i, None)) erefl)).
Qed.
Lemma same_salt i : salt_at f' u i = salt_at f u i.
Proof.
rewrite /salt_at /salt_of -/(master_at f' u) same_master.
exact: (congr1 (@out16 P U) (agree (s := (Salt, Some i, None)) erefl)).
Qed.
Lemma same_r i : r_at f' u i = r_at f u i.
Proof.
rewrite /r_at same_id same_seed.
exact: (congr1 (@out_scalar P U (bls P)) (agree (s := (Kem, Some i, None)) erefl)).
Qed.
Lemma same_sub_seed i c : sub_seed_at f' u i c = sub_seed_at f u i c.
Proof.
rewrite /sub_seed_at same_id same_seed.
exact: (congr1 (@out16 P U) (agree (s := (SubSeed, Some i, Some c)) erefl)).
Qed.
Lemma same_shared i c : shared_at f' u i c = shared_at f u i c.
Proof. by rewrite /shared_at same_r. Qed.
Lemma same_wrap i c : wrap_at f' u i c = wrap_at f u i c.
Proof.
rewrite !wrap_shared same_id same_r same_shared.
exact: (congr1 (@out16 P U) (agree (s := (Wrap, Some i, Some c)) erefl)).
Qed.
Lemma mask_sub g i e : mask_at g u i e = (taken (octets_of (g Mask
  [:: id_at g u; u16 P i; u16 P (tag e); enc_block P (sub_seed_at g u i (tag e))]))
  [seq wide (curve_of (existT _ (tag e) j : entry)) | j <- enum 'I_(entries (tag e))] (tagged e))%:R%R.
Proof. by []. Qed.
Lemma same_mask i e : mask_at f' u i e = mask_at f u i e.
Proof. by rewrite !mask_sub same_id same_sub_seed (agree (s := (Mask, Some i, Some (tag e)))). Qed.
Lemma same_z i e : z_at f' u i e = z_at f u i e.
Proof. by rewrite /z_at same_mask. Qed.
Lemma same_scalars i : encode_scalars (z_at f' u i) = encode_scalars (z_at f u i).
Proof. by apply: eq_map => e; rewrite same_z. Qed.
Lemma same_hash i : hash_at f' u i = hash_at f u i.
Proof.
rewrite /hash_at /response_hash same_id same_salt -[encode_scalars _]/(encode_scalars (z_at f' u i)) same_scalars.
exact: (congr1 (@out20 P U) (agree (s := (Response, Some i, None)) erefl)).
Qed.
Lemma same_first i : first_at f' u i = first_at f u i.
Proof.
rewrite /first_at /first_message_of same_r same_hash; congr (_ :: _ ++ _).
by apply: eq_map => c; rewrite same_sub_seed same_wrap.
Qed.
Lemma same_commit_parts : commit_parts f' u = commit_parts f u.
Proof. by rewrite /commit_parts same_id; congr (_ :: flatten _); apply: eq_map => i; rewrite same_first. Qed.
Lemma same_commit : commit_at f' u = commit_at f u.
Proof. by rewrite /commit_at same_commit_parts (agree (s := (Commit, None, None))). Qed.
Lemma same_points i : points_at f' u i = points_at f u i.
Proof.
rewrite /points_at same_commit; apply: eq_map => k; congr (enc_point (_ *: _)%R).
apply: eq_bigr => e _; rewrite same_mask; congr (scalar_on _ (_ * _)%R).
by rewrite /batch /= (agree (s := (Batch, None, None))).
Qed.
Lemma same_challenge_parts : challenge_parts f' u = challenge_parts f u.
Proof.
by rewrite /challenge_parts same_commit; congr (_ :: flatten _); apply: eq_map => i; rewrite same_points.
Qed.
Lemma same_challenge : challenge_at f' u = challenge_at f u.
Proof. by rewrite /challenge_at same_challenge_parts (agree (s := (Challenge, None, None))). Qed.
Lemma same_kept : kept_at f' u = kept_at f u.
Proof. by rewrite /kept_at same_challenge (agree (s := (Subset, None, None))). Qed.

Lemma same_parts s : parts f' u s = parts f u s.
Proof.
case: s => [[l i] c]; case: l; case: i => [i|]; case: c => [c|] //=;
  rewrite ?same_master ?same_nonce ?same_commit_parts ?same_commit ?same_challenge_parts ?same_challenge
    ?same_id ?same_seed ?same_salt ?same_r ?same_shared ?same_sub_seed ?same_scalars //.
Qed.

Lemma same_encrypts : secrets_match x -> encrypts f' u = encrypts f u.
Proof.
move=> xX; rewrite !encrypts_data // same_challenge same_nonce same_kept; congr (Some (_, _, _)).
apply/ffunP => i; rewrite !ffunE same_r same_salt same_seed same_hash; case: ifP => // _.
by congr (inr (_, _, _, _)); apply/ffunP => j; rewrite !ffunE ?same_sub_seed ?same_wrap ?same_z.
Qed.

End Same.

End Prover.
