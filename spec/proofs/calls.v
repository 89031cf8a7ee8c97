(* The lists of calls of computable.v and computableopen.v are complete: what
   Derive, Verify, Encrypt and Open answer depends on the hash functions only at
   the calls that are listed.  Two families of hash functions that agree there give
   the same answer, and the same list.                                         *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import sharing model encryption packing computable hashing.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Lemma in_calls (T U : eqType) (s : seq T) (f : T -> seq U) t x :
  t \in s -> x \in f t -> x \in flatten [seq f t | t <- s].
Proof. by move=> ts xf; apply/flatten_mapP; exists t. Qed.

Lemma eq_total (V : zmodType) (T : Type) (s : seq T) (f g : T -> V) : f =1 g -> total s f = total s g.
Proof. by move=> E; rewrite !totalE; apply: eq_bigr. Qed.

Lemma eq_taken (D D' : nat -> octet) ls j : D =1 D' -> taken_N D ls j = taken_N D' ls j.
Proof. by move=> E; rewrite /taken_N; congr os2ip_N; apply: eq_map => m; rewrite E. Qed.

(* ---- one claim, or the derived one of an instance ---- *)
Section One.

Variables (P : primitives) (H H' : hashes P) (base : claim P).
Local Notation Q := (hashing H).
Local Notation Q' := (hashing H').
Local Notation cl := (claim_over H base).
Local Notation cl' := (claim_over H' base).

Lemma same_shared c (r : scalar (bls P)) : shared_enc (cl := cl') c r = shared_enc (cl := cl) c r.
Proof. by rewrite /shared_enc /=; case: (@lock_of P base c). Qed.

(* ---- Derive ---- *)
Section Derive.
Variables (N : bytes P) (i : 'I_(M P)) (seed : block).
Hypothesis agrees : agree_on H H' (derive_calls cl N i seed).

Lemma in_derive c x : x \in [:: sub_seed_call (cl := cl) N i c seed;
    wrap_call (cl := cl) N i c (encapsulation (P := Q) N i seed) (shared_enc c (kem (P := Q) N i seed));
    mask_call (cl := cl) N i c (sub_seed (cl := cl) N i c seed)] -> x \in derive_calls cl N i seed.
Proof. by move=> xs; rewrite in_cons (in_calls (mem_ords c)) ?orbT. Qed.

Lemma same_kem : kem (P := Q') N i seed = kem (P := Q) N i seed.
Proof. exact: (agrees (mem_head _ _)). Qed.
Lemma same_encapsulation : encapsulation (P := Q') N i seed = encapsulation (P := Q) N i seed.
Proof. by rewrite /encapsulation same_kem. Qed.
Lemma same_sub_seed c : sub_seed (cl := cl') N i c seed = sub_seed (cl := cl) N i c seed.
Proof. exact: (agrees (in_derive (mem_head _ _))). Qed.
Lemma same_wrapped c : wrapped_now (cl := cl') N i seed c = wrapped_now (cl := cl) N i seed c.
Proof.
rewrite /wrapped_now same_sub_seed same_encapsulation same_kem same_shared; congr xor_now.
apply: (agrees (x := wrap_call (cl := cl) N i c _ _)); apply: (in_derive (c := c)).
by rewrite !inE eqxx orbT.
Qed.
Lemma same_masks (natural : forall k : curve P, BinNums.N -> scalar k) e :
  masks_now (cl := cl') natural N i seed e = masks_now (cl := cl) natural N i seed e.
Proof.
rewrite /masks_now /mask_now same_sub_seed; congr natural; apply: eq_taken.
apply: (agrees (x := mask_call (cl := cl) N i (tag e) _)); apply: (in_derive (c := tag e)).
by rewrite !inE eqxx !orbT.
Qed.
Lemma same_derive_calls : derive_calls cl' N i seed = derive_calls cl N i seed.
Proof.
rewrite /derive_calls; congr (_ :: flatten _); apply: eq_map => c.
by rewrite same_encapsulation same_kem same_shared same_sub_seed.
Qed.
End Derive.

(* What Derive makes of a seed, in the words of model.v. *)
Theorem derive_calls_complete N i seed : agree_on H H' (derive_calls cl N i seed) ->
  [/\ kem (P := Q') N i seed = kem (P := Q) N i seed,
      wrapped (cl := cl') N i seed =1 wrapped (cl := cl) N i seed,
      forall e, mask (cl := cl') N i seed e = mask (cl := cl) N i seed e
    & derive_calls cl' N i seed = derive_calls cl N i seed].
Proof.
move=> A; split; [exact: same_kem A | move=> c | move=> e | exact: same_derive_calls A].
  by rewrite -!wrapped_nowE (same_wrapped A).
have E (R : primitives) (c : claim R) := @masks_nowE R c (fun k m => (N.to_nat m)%:R) (fun _ _ => erefl).
by rewrite -(E Q cl) -(E Q' cl') (same_masks A).
Qed.

(* ---- what Verify makes of an instance ---- *)
Variables (natural : forall k : curve P, N -> scalar k) (same : comparable (curve P)).

Section Instance.
Variables (N : bytes P) (i : 'I_(M P)) (v0 : revealed base).
Local Notation v := (instance_over H v0).
Local Notation v' := (instance_over H' v0).
Hypothesis agrees : agree_on H H' (instance_calls (P := Q) N i v).

Lemma same_message : message_now (P := Q') N i v' = message_now (P := Q) N i v.
Proof.
case: v0 agrees => [seed h|C_i w salt z] A; last by congr message_of; apply: (A _ (mem_head _ _)).
rewrite -[LHS]/(message_of (cl := cl') (encapsulation (P := Q') N i seed) _ h) (same_encapsulation A).
by congr (_ :: _ ++ _); apply: eq_map => c; apply: (congr1 _ (same_wrapped A c)).
Qed.

Lemma same_instance_calls : instance_calls (P := Q') N i v' = instance_calls (P := Q) N i v.
Proof. by case: v0 agrees => // seed h A; apply: same_derive_calls A. Qed.

Variable a : bytes P.
Hypothesis at_batch : agree H H' (batch_call (P := Q) a).
Lemma same_scalars (k : curve P) (y y' : scalars cl) : (forall e, y' e = y e) ->
  sum_scalars_now (cl := cl') natural same a k y' = sum_scalars_now (cl := cl) natural same a k y.
Proof.
by move=> Ey; apply: eq_total => -[j e]; rewrite Ey; congr (scalar_now _ _ (natural _ _ * _)); apply: eq_taken at_batch.
Qed.
Lemma same_shares (k : curve P) (y : forall e : {c : 'I_(compartments cl) & 'I_(entries c)}, group (curve_of e)) :
  sum_shares_now (P := Q') (cl := cl') natural y same a k = sum_shares_now (P := Q) (cl := cl) natural y same a k.
Proof.
by apply: eq_total => -[j e]; congr (point_now _ _ (natural _ _ *: _)); apply: eq_taken at_batch.
Qed.

Lemma same_R (k : curve P) (y : forall e : {c : 'I_(compartments cl) & 'I_(entries c)}, group (curve_of e)) :
  R_now (P := Q') (cl := cl') natural y same N a i v' k = R_now (P := Q) (cl := cl) natural y same N a i v k.
Proof.
case: v0 agrees => [seed h|C_i w salt z] A /=; first by rewrite (same_scalars _ (same_masks A natural)).
by rewrite same_shares (@same_scalars k z z).
Qed.
End Instance.

End One.

(* ---- packs ---- *)

(* The calls of an Encrypt that does not refuse. *)
Section Made.
Variables (P : primitives) (cl : claim P) (lay : layout cl).
Variables (natural : forall k : curve P, N -> scalar k) (same : comparable (curve P)) (curves : seq (curve P)).
Variables (kept : bytes P -> pred 'I_(M P)) (x : scalars cl) (u : bytes P).
Let N := proof_id cl (nonce_now x u).
Local Notation last_call := (encrypt_challenge_call lay natural same curves x u).

Definition made_calls : seq (label * seq (bytes P)) :=
  [:: master_call x u; nonce_call x u] ++ [seq seed_call x u i | i <- ords (M P)] ++
  [seq salt_call x u i | i <- ords (M P)] ++ id_call cl (nonce_now x u) ::
  flatten [seq derive_calls (packed_claim lay i) N i (seed_now x u i) | i <- ords (M P)] ++
  [seq response_call N i (salt_now x u i) (responses_now (lay := lay) natural same x u (i := i)) | i <- ords (M P)] ++
  [:: commit_call N (reveal_now lay natural same x u false); batch_call (encrypt_first lay natural same x u);
      last_call; (Subset, [:: ask (@xof P) last_call])].

Lemma encrypt_callsE : all (fun e => x e *: gen _ == public_share e) (places cl) ->
  encrypt_calls lay natural same curves kept x u = made_calls.
Proof. by rewrite /encrypt_calls /encrypt_calls_with /encrypt_with => ->. Qed.
End Made.

Section Packs.

Variables (P : primitives) (H H' : hashes P) (base : claim P) (plan : layout base).
Local Notation Q := (hashing H).
Local Notation Q' := (hashing H').
Local Notation I := 'I_(M P).
Local Notation cl := (claim_over H base).
Local Notation cl' := (claim_over H' base).
Local Notation lay := (layout_over H plan).
Local Notation lay' := (layout_over H' plan).
Local Notation derived := (packed_claim lay).
Local Notation derived' := (packed_claim lay').

Variables (natural : forall k : curve P, N -> scalar k).
Variables (same : comparable (curve P)) (curves : seq (curve P)).
Variables kept kept' : bytes P -> pred I.
Hypothesis keptE : forall h i, (i \in out_subset H h) = kept h i.
Hypothesis keptE' : forall h i, (i \in out_subset H' h) = kept' h i.

Lemma same_kept h : agree H H' (Subset, [:: h]) -> kept' h =1 kept h.
Proof. by move=> E i; rewrite -keptE -keptE' E. Qed.

(* ---- Verify ---- *)
Section Verify.
Variable sealed : packed_proof plan.
Local Notation pf := (proof_over H sealed).
Local Notation pf' := (proof_over H' sealed).
Local Notation calls := (verify_calls (P := Q) natural same curves pf).
Hypothesis agrees : agree_on H H' calls.

Local Notation N := (proof_id cl (packed_nonce pf)).
Lemma same_id : proof_id cl' (packed_nonce pf') = N.
Proof.
by apply: (agrees (x := id_call cl (packed_nonce pf))); rewrite !inE eqxx orbT.
Qed.

Lemma agrees_on i : agree_on H H' (instance_calls (P := Q) N i (packed_instances pf i)).
Proof.
move=> x xi; apply: agrees; rewrite /verify_calls /verify_calls_with !mem_cat; apply/or4P.
case E: (is_kept (packed_instances pf i)); [apply: Or43 | apply: Or42].
  by apply: (in_calls _ xi); rewrite mem_filter E mem_ords.
by apply: (in_calls _ xi); rewrite mem_filter E mem_ords.
Qed.

Lemma same_commit_call : commit_call (lay := lay') N (packed_instances pf') = commit_call N (packed_instances pf).
Proof.
congr (_, _ :: flatten _); apply: eq_map => i.
exact: (same_message (agrees_on (i := i))).
Qed.

Lemma same_first : first_now pf' = first_now pf.
Proof.
rewrite /first_now same_id same_commit_call.
apply: (agrees (x := commit_call N (packed_instances pf))).
by rewrite /verify_calls /verify_calls_with !mem_cat !inE eqxx !orbT.
Qed.

Lemma same_challenge_call :
  challenge_call (P := Q') natural same curves pf' = challenge_call (P := Q) natural same curves pf.
Proof.
rewrite /challenge_call same_first same_id; congr (_, _ :: flatten _); apply: eq_map => i.
apply: eq_map => k; congr enc_point.
apply: (same_R natural same (agrees_on (i := i))).
apply: (agrees (x := batch_call (P := Q) (first_now pf))).
by rewrite /verify_calls /verify_calls_with !mem_cat !inE eqxx !orbT.
Qed.

Theorem verify_calls_complete :
  verify_now (P := Q') natural same curves kept' pf' = verify_now (P := Q) natural same curves kept pf /\
  verify_calls (P := Q') natural same curves pf' = calls.
Proof.
have kept_same i : is_kept (packed_instances pf' i) = is_kept (packed_instances pf i).
  by rewrite /=; case: (packed_instances sealed i).
split.
  rewrite /verify_now /verify_with same_challenge_call; congr andb; last congr (_ == _).
    by apply: eq_all => i; rewrite (same_kept (agrees (mem_head _ _))) kept_same.
  apply: (agrees (x := challenge_call (P := Q) natural same curves pf)).
  by rewrite /verify_calls /verify_calls_with !mem_cat !inE eqxx !orbT.
have Ec i : instance_calls (P := Q') N i (packed_instances pf' i) = instance_calls (P := Q) N i (packed_instances pf i).
  exact: (same_instance_calls (agrees_on (i := i))).
rewrite /verify_calls /verify_calls_with same_challenge_call same_first same_id.
congr (_ ++ flatten _ ++ flatten _ ++ _).
- by rewrite (eq_filter (fun i => congr1 negb (kept_same i))); apply: eq_map.
- by rewrite (eq_filter kept_same); apply: eq_map.
by rewrite same_commit_call.
Qed.
End Verify.

(* ---- Encrypt ---- *)
Section Encrypt.
Variables (x : scalars base) (u : bytes P).
Local Notation calls := (encrypt_calls lay natural same curves kept x u).
Local Notation nonce := (nonce_now (cl := cl) x u).
Local Notation nonce' := (nonce_now (cl := cl') x u).
Local Notation seed := (seed_now (cl := cl) x u).
Local Notation seed' := (seed_now (cl := cl') x u).
Local Notation salt := (salt_now (cl := cl) x u).
Local Notation salt' := (salt_now (cl := cl') x u).
Local Notation N := (proof_id cl nonce).
Local Notation z i := (responses_now (lay := lay) natural same x u (i := i)).
Local Notation z' i := (responses_now (lay := lay') natural same x u (i := i)).
Local Notation shown := (reveal_now lay natural same x u).
Local Notation shown' := (reveal_now lay' natural same x u).
Local Notation first := (encrypt_first lay natural same x u).
Local Notation last_call := (encrypt_challenge_call lay natural same curves x u).

Section Made.
Hypotheses (secrets_ok : all (fun e => x e *: gen _ == public_share e) (places cl)) (agrees : agree_on H H' calls).

Lemma listed call : call \in made_calls lay natural same curves x u -> agree H H' call.
Proof. by move=> c; apply: agrees; rewrite encrypt_callsE. Qed.

Lemma same_master : master_now (cl := cl') x u = master_now (cl := cl) x u.
Proof. by apply: (listed (call := master_call (cl := cl) x u)); rewrite !(mem_cat, inE) eqxx ?orbT. Qed.
Lemma same_nonce : nonce' = nonce.
Proof.
rewrite /nonce_now /nonce_call same_master.
by apply: (listed (call := nonce_call (cl := cl) x u)); rewrite !inE eqxx orbT.
Qed.
Lemma same_seed i : seed' i = seed i.
Proof.
rewrite /seed_now /seed_call same_master.
by apply: (listed (call := seed_call (cl := cl) x u i)); rewrite !mem_cat (map_f (seed_call _ _)) ?mem_ords ?orbT.
Qed.
Lemma same_salt i : salt' i = salt i.
Proof.
rewrite /salt_now /salt_call same_master.
by apply: (listed (call := salt_call (cl := cl) x u i)); rewrite !mem_cat (map_f (salt_call _ _)) ?mem_ords ?orbT.
Qed.
Lemma same_own_id : proof_id cl' nonce' = N.
Proof.
rewrite /proof_id same_nonce.
by apply: (listed (call := id_call cl nonce)); rewrite !(mem_cat, inE) eqxx !orbT.
Qed.
Lemma agrees_derive i : agree_on H H' (derive_calls (derived i) N i (seed i)).
Proof.
move=> call ic; apply: listed; rewrite !(mem_cat, inE); do 3 (apply/orP; right).
by apply/orP; right; rewrite (in_calls (f := fun i => derive_calls (derived i) N i (seed i)) (mem_ords i) ic).
Qed.

Lemma same_own_masks i q : masks_now (cl := derived' i) natural N i (seed i) q =
  masks_now (cl := derived i) natural N i (seed i) q.
Proof. exact: (same_masks (base := packed_claim plan i) (@agrees_derive i)). Qed.
Lemma same_responses i q : z' i q = z i q.
Proof. by rewrite /responses_now same_own_id same_seed same_own_masks. Qed.

Lemma same_own_call i : response_call (P := Q') (cl := derived' i) N i (salt i) (z' i) =
  response_call (cl := derived i) N i (salt i) (z i).
Proof.
apply: (congr1 (fun zs => (Response, [:: N, u16 P i, enc_block P (salt i) & zs]))).
by apply: eq_map => q; rewrite same_responses.
Qed.

(* What is revealed of an instance, if it is not kept. *)
Definition revealed_instance i : revealed (packed_claim plan i) :=
  Revealed _ (seed i) (ask (@xof20 Q) (response_call (P := Q) N i (salt i) (z i))).
Lemma same_revealed i : shown' false i = instance_over H' (revealed_instance i).
Proof.
rewrite /reveal_now same_own_id same_seed same_salt; congr Revealed; rewrite same_own_call.
apply: (listed (call := response_call N i (salt i) (z i))).
by rewrite !(mem_cat, inE) (map_f (fun i => response_call N i (salt i) (z i))) ?mem_ords ?orbT.
Qed.

Lemma same_own_commit : commit_call (lay := lay') N (shown' false) = commit_call N (shown false).
Proof.
apply: (congr1 (fun ps => (Commit, N :: flatten ps))); apply: eq_map => i; rewrite same_revealed.
exact: (same_message (v0 := revealed_instance i) (@agrees_derive i)).
Qed.

Lemma same_own_first : encrypt_first lay' natural same x u = first.
Proof.
rewrite /encrypt_first same_own_id same_own_commit; apply: (listed (call := commit_call N (shown false))).
by rewrite !(mem_cat, inE) eqxx !orbT.
Qed.

Lemma same_last_call : encrypt_challenge_call lay' natural same curves x u = last_call.
Proof.
rewrite /encrypt_challenge_call same_own_first same_own_id.
have B : agree H H' (batch_call (P := Q) first).
  by apply: (listed (call := batch_call (P := Q) first)); rewrite !(mem_cat, inE) eqxx !orbT.
apply: (congr1 (fun ps => (Challenge, first :: flatten ps))); apply: eq_map => i; rewrite same_seed.
apply: eq_map => k; apply: (congr1 (fun y => enc_point (y *: gen k))).
exact (same_scalars (base := packed_claim plan i) natural same B k (@same_own_masks i)).
Qed.

Lemma same_challenge : ask (@xof Q') last_call = ask (@xof Q) last_call.
Proof. by apply: (listed (call := last_call)); rewrite !(mem_cat, inE) eqxx !orbT. Qed.
Lemma same_own_kept : kept' (ask (@xof Q) last_call) =1 kept (ask (@xof Q) last_call).
Proof.
apply: same_kept; apply: (listed (call := (Subset, [:: ask (@xof Q) last_call]))).
by rewrite !(mem_cat, inE) eqxx !orbT.
Qed.

Lemma same_own_calls : encrypt_calls lay' natural same curves kept' x u = calls.
Proof.
rewrite (encrypt_callsE lay _ _ _ _ _ secrets_ok) (encrypt_callsE lay' natural same curves kept' u secrets_ok).
have seeds : [seq seed_call (cl := cl') x u i | i <- ords (M P)] = [seq seed_call (cl := cl) x u i | i <- ords (M P)].
  by apply: eq_map => i; rewrite /seed_call same_master.
have salts : [seq salt_call (cl := cl') x u i | i <- ords (M P)] = [seq salt_call (cl := cl) x u i | i <- ords (M P)].
  by apply: eq_map => i; rewrite /salt_call same_master.
have derives : [seq derive_calls (derived' i) N i (seed' i) | i <- ords (M P)] =
    [seq derive_calls (derived i) N i (seed i) | i <- ords (M P)].
  by apply: eq_map => i; rewrite same_seed; apply: (same_derive_calls (base := packed_claim plan i) (@agrees_derive i)).
have responses : [seq response_call (P := Q') (cl := derived' i) N i (salt' i) (z' i) | i <- ords (M P)] =
    [seq response_call N i (salt i) (z i) | i <- ords (M P)].
  by apply: eq_map => i; rewrite same_salt same_own_call.
rewrite /made_calls same_own_id same_own_commit same_own_first same_last_call same_challenge.
by rewrite /nonce_call same_master same_nonce seeds salts derives responses.
Qed.

Lemma same_written i keep : written (shown' keep i) = written (shown keep i).
Proof.
case: keep; last by rewrite same_revealed.
rewrite /reveal_now same_own_id same_seed same_salt (same_encapsulation (@agrees_derive i)) /=.
congr (_ :: _ ++ _ :: _); last by apply: eq_map => q; rewrite same_responses.
by apply: eq_map => c; rewrite (same_wrapped (base := packed_claim plan i) (@agrees_derive i)).
Qed.
End Made.

Theorem encrypt_calls_complete : agree_on H H' calls ->
  omap (written_proof (P := Q') kept') (encrypt_now lay' natural same curves kept' x u) =
    omap (written_proof (P := Q) kept) (encrypt_now lay natural same curves kept x u) /\
  encrypt_calls lay' natural same curves kept' x u = calls.
Proof.
case ok: (all (fun e => x e *: gen _ == public_share e) (places cl)); last first.
  by rewrite /encrypt_calls /encrypt_calls_with /encrypt_now /encrypt_with ok.
move=> A; split; last exact: same_own_calls ok A.
set h := ask (@xof Q) last_call; have Ek : kept' h =1 kept h := same_own_kept ok A.
have Ew i : written (shown' (kept' h i) i) = written (shown (kept h i) i) by rewrite Ek; apply: same_written.
rewrite /encrypt_now /encrypt_with ok (same_last_call ok A) (same_challenge ok A) (same_nonce ok A) -/h.
congr (Some [:: _, _ & flatten _ ++ flatten _]).
  by rewrite -(eq_filter (fun i => congr1 negb (Ek i))); apply: (eq_map Ew).
by rewrite -(eq_filter Ek); apply: (eq_map Ew).
Qed.
End Encrypt.
End Packs.
