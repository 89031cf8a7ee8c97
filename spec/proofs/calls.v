(* The lists of calls of computable.v and computableopen.v are complete: what
   Derive, Verify, Encrypt and Open answer depends on the hash functions only at
   the calls that are listed.  Hash functions that agree there give the same answer,
   and the same list.

   Two families of hash functions make two primitives, so two claims, layouts and
   proofs, which are the same in all that does not speak of hashes.             *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import sharing model encryption packing computable.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

(* ---- the hash functions of primitives, and those primitives with others ---- *)
Record hashes (P : primitives) := Hashes {
  out32 : label -> seq (bytes P) -> bytes P;
  out16 : label -> seq (bytes P) -> block;
  out20 : label -> seq (bytes P) -> hash20;
  octets_of : label -> seq (bytes P) -> nat -> octet;
  out_scalar : forall k : curve P, label -> seq (bytes P) -> scalar k;
  out_subset : bytes P -> {set 'I_(M P)}
}.

Definition hashing (P : primitives) (H : hashes P) : primitives :=
  @Primitives (curve P) (@wide P) (@scalar P) (@group P) (@gen P) (bls P) (G2 P) (GT P) (@pairing P)
    (bytes P) (@join P) (@u16 P) (@enc_scalar P) (@enc_point P) (@dec_point P) (@enc_gt P)
    (@enc_block P) (@enc_hash20 P) (out32 H) (out16 H) (out20 H) (octets_of H) (out_scalar H)
    (@hash_to_g2 P) (M P) (out_subset H).

(* Agreement at one call: of the function that its label is for. *)
Definition agree (P : primitives) (H H' : hashes P) (x : label * seq (bytes P)) : Prop :=
  let: (l, ps) := x in
  match l with
  | Kem => out_scalar H' (bls P) l ps = out_scalar H (bls P) l ps
  | Nonce | Seed | Salt | SubSeed | Wrap => out16 H' l ps = out16 H l ps
  | Response => out20 H' l ps = out20 H l ps
  | Mask | Batch => octets_of H' l ps =1 octets_of H l ps
  | Subset => if ps is [:: h] then out_subset H' h = out_subset H h else True
  | Statement | MasterSeed | ProofId | Commit | Challenge | DealingStatement => out32 H' l ps = out32 H l ps
  end.
Definition agree_on (P : primitives) (H H' : hashes P) (s : seq (label * seq (bytes P))) : Prop :=
  forall x, x \in s -> agree H H' x.

Lemma in_calls (T U : eqType) (s : seq T) (f : T -> seq U) t x :
  t \in s -> x \in f t -> x \in flatten [seq f t | t <- s].
Proof. by move=> ts xf; apply/flatten_mapP; exists t. Qed.

Lemma eq_total (V : zmodType) (T : Type) (s : seq T) (f g : T -> V) : f =1 g -> total s f = total s g.
Proof. by move=> E; rewrite !totalE; apply: eq_bigr. Qed.

Lemma eq_taken (D D' : nat -> octet) ls j : D =1 D' -> taken_N D ls j = taken_N D' ls j.
Proof. by move=> E; rewrite /taken_N; congr os2ip_N; apply: eq_map => m; rewrite E. Qed.

(* ---- one claim, or the derived one of an instance ---- *)
Section One.

Variables (P : primitives) (H H' : hashes P).
Local Notation Q := (hashing H).
Local Notation Q' := (hashing H').

(* The same lock. *)
Definition same_lock (l : lock Q) (l' : lock Q') : Prop :=
  match l, l' with
  | Recovery Y B, Recovery Y' B' => Y' = Y /\ B' = B
  | Member E, Member E' => E' = E
  | _, _ => False
  end.

Variables (n : nat) (size_of : 'I_n -> nat).
Local Notation entry := {c : 'I_n & 'I_(size_of c)}.
Variables (curve_at : entry -> curve P) (S S' : bytes P).
Variables (l : 'I_n -> lock Q) (l' : 'I_n -> lock Q') (X X' : forall e, group (curve_at e)).
Hypotheses (same_S : S' = S) (same_locks : forall c, same_lock (l c) (l' c)).
Definition claim_with : claim Q := @Claim Q S n size_of l curve_at X.
Definition claim_with' : claim Q' := @Claim Q' S' n size_of l' curve_at X'.
Local Notation cl := claim_with.
Local Notation cl' := claim_with'.

(* The same instance of a proof. *)
Definition same_instance (v : revealed cl) (v' : revealed cl') : Prop :=
  match v, v' with
  | Revealed seed h, Revealed seed' h' => seed' = seed /\ h' = h
  | Kept C_i w salt z, Kept C_i' w' salt' z' => [/\ C_i' = C_i, w' =1 w, salt' = salt & forall e, z' e = z e]
  | _, _ => False
  end.

Lemma same_shared c (r : scalar (bls P)) : shared_enc (cl := cl') c r = shared_enc (cl := cl) c r.
Proof.
rewrite /shared_enc /= same_S; move: (same_locks c).
by case: (l c) (l' c) => [Y B|E] [Y' B'|E'] //=; [case=> -> -> | move=> ->].
Qed.

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
Lemma same_message_of C_i w h C_i' w' h' : C_i' = C_i -> w' =1 w -> h' = h ->
  message_of (cl := cl') C_i' w' h' = message_of (cl := cl) C_i w h.
Proof. by move=> -> Ew ->; congr (_ :: _ ++ _); apply: eq_map => c; rewrite Ew. Qed.

Section Instance.
Variables (N : bytes P) (i : 'I_(M P)) (v : revealed cl) (v' : revealed cl').
Hypotheses (sv : same_instance v v') (agrees : agree_on H H' (instance_calls (P := Q) N i v)).

Lemma same_response salt z z' : (forall e, z' e = z e) ->
  response_call (cl := cl') N i salt z' = response_call (cl := cl) N i salt z.
Proof. by move=> Ez; congr (_, [:: _, _, _ & _]); apply: eq_map => e; rewrite Ez. Qed.

Lemma same_message : message_now (P := Q') N i v' = message_now (P := Q) N i v.
Proof.
case: v v' sv agrees => [seed h|C_i w salt z] [seed' h'|C_i' w' salt' z'] //.
  by case=> -> -> A; apply: same_message_of (same_encapsulation A) (same_wrapped A) _.
case=> -> Ew -> Ez A; apply: same_message_of => //.
by rewrite (same_response _ Ez); apply: A _ (mem_head _ _).
Qed.

Lemma same_instance_calls : instance_calls (P := Q') N i v' = instance_calls (P := Q) N i v.
Proof.
case: v v' sv agrees => [seed h|C_i w salt z] [seed' h'|C_i' w' salt' z'] //=.
  by case=> -> _ A; rewrite (same_derive_calls A).
by case=> _ _ -> Ez _; rewrite (same_response _ Ez).
Qed.

Lemma same_kept : is_kept v' = is_kept v.
Proof. by case: v v' sv => [? ?|? ? ? ?] [? ?|? ? ? ?]. Qed.

Variable a : bytes P.
Hypothesis at_batch : agree H H' (batch_call (P := Q) a).
Lemma same_batch (k : curve P) j : batch_in cl' natural a k j = batch_in cl natural a k j.
Proof. by congr natural; apply: eq_taken at_batch. Qed.
Lemma same_scalars (k : curve P) (y y' : forall e, scalar (curve_at e)) : (forall e, y' e = y e) ->
  sum_scalars_now (cl := cl') natural same a k y' = sum_scalars_now (cl := cl) natural same a k y.
Proof. by move=> Ey; apply: eq_total => -[j e]; rewrite same_batch Ey. Qed.
Lemma same_shares (k : curve P) (y y' : forall e, group (curve_at e)) : (forall e, y' e = y e) ->
  sum_shares_now (P := Q') (cl := cl') natural y' same a k = sum_shares_now (P := Q) (cl := cl) natural y same a k.
Proof. by move=> Ey; apply: eq_total => -[j e]; rewrite same_batch Ey. Qed.

Lemma same_R (k : curve P) (y y' : forall e, group (curve_at e)) : (forall e, y' e = y e) ->
  R_now (P := Q') (cl := cl') natural y' same N a i v' k = R_now (P := Q) (cl := cl) natural y same N a i v k.
Proof.
move=> Ey; case: v v' sv agrees => [seed h|C_i w salt z] [seed' h'|C_i' w' salt' z'] //=.
  by case=> -> _ A; rewrite (same_scalars _ (same_masks A natural)).
by case=> _ _ _ Ez _; rewrite (same_scalars _ Ez) (same_shares _ Ey).
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
Proof. by rewrite /encrypt_calls /encrypt_now => ->. Qed.
End Made.

Section Packs.

Variables (P : primitives) (H H' : hashes P).
Local Notation Q := (hashing H).
Local Notation Q' := (hashing H').
Local Notation I := 'I_(M P).

(* Two claims of one shape, with the same digest, locks and public shares, and the
   same packs. *)
Variables (n : nat) (size_of : 'I_n -> nat).
Local Notation entry := {c : 'I_n & 'I_(size_of c)}.
Variables (curve_at : entry -> curve P) (S S' : bytes P).
Variables (l : 'I_n -> lock Q) (l' : 'I_n -> lock Q') (X X' : forall e, group (curve_at e)).
Hypotheses (same_S : S' = S) (same_locks : forall c, same_lock (l c) (l' c)) (same_X : forall e, X' e = X e).
Local Notation cl := (claim_with S l X).
Local Notation cl' := (claim_with' S' l' X').

Variables (packs_in : 'I_n -> nat).
Local Notation pack := {c : 'I_n & 'I_(packs_in c)}.
Variables (curve_in : pack -> curve P) (home_of home_of' : forall e : entry, 'I_(packs_in (tag e))).
Variables (place_of place_of' : entry -> nat).
Hypotheses (same_home : forall e, home_of' e = home_of e) (same_place_of : forall e, place_of' e = place_of e).
Definition layout_with : layout cl := @Layout Q cl packs_in curve_in home_of place_of.
Definition layout_with' : layout cl' := @Layout Q' cl' packs_in curve_in home_of' place_of'.
Local Notation lay := layout_with.
Local Notation lay' := layout_with'.
Local Notation derived := (packed_claim lay).
Local Notation derived' := (packed_claim lay').

Variables (natural : forall k : curve P, N -> scalar k).
Variables (same : comparable (curve P)) (curves : seq (curve P)).

Definition same_shown (i : I) (v : revealed (derived i)) (v' : revealed (derived' i)) : Prop :=
  same_instance (v : revealed (claim_with S l (packed_share (lay := lay) i)))
                (v' : revealed (claim_with' S' l' (packed_share (lay := lay') i))).

(* The same proof. *)
Definition same_proof (pf : packed_proof lay) (pf' : packed_proof lay') : Prop :=
  [/\ packed_challenge pf' = packed_challenge pf, packed_nonce pf' = packed_nonce pf
    & forall i, same_shown (packed_instances pf i) (packed_instances pf' i)].

Lemma same_members q : members_now (lay := lay') q = members_now (lay := lay) q.
Proof. by apply: eq_filter => e; rewrite /same_place /= same_home. Qed.

Lemma same_packed_share i q :
  packed_share_now (lay := lay') same i q = packed_share_now (lay := lay) same i q.
Proof. by rewrite /packed_share_now same_members; apply: eq_total => e; rewrite /= same_place_of same_X. Qed.

(* ---- Verify ---- *)
Section Verify.
Variables (pf : packed_proof lay) (pf' : packed_proof lay').
Hypothesis same_pf : same_proof pf pf'.
Variables kept kept' : bytes P -> pred I.
Hypothesis keptE : forall h i, (i \in out_subset H h) = kept h i.
Hypothesis keptE' : forall h i, (i \in out_subset H' h) = kept' h i.
Local Notation calls := (verify_calls (P := Q) natural same curves pf).
Hypothesis agrees : agree_on H H' calls.

Lemma same_kept_set : kept' (packed_challenge pf) =1 kept (packed_challenge pf).
Proof. by move=> i; rewrite -keptE -keptE' (agrees (mem_head _ _)). Qed.
Local Notation N := (proof_id cl (packed_nonce pf)).
Lemma same_id : proof_id cl' (packed_nonce pf') = N.
Proof.
have [_ -> _] := same_pf; rewrite /proof_id /= same_S.
by apply: (agrees (x := id_call cl (packed_nonce pf))); rewrite !inE eqxx orbT.
Qed.

Lemma agrees_on i : agree_on H H' (instance_calls (P := Q) N i (packed_instances pf i)).
Proof.
move=> x xi; apply: agrees; rewrite /verify_calls !mem_cat; apply/or4P.
case E: (is_kept (packed_instances pf i)); [apply: Or43 | apply: Or42].
  by apply: (in_calls _ xi); rewrite mem_filter E mem_ords.
by apply: (in_calls _ xi); rewrite mem_filter E mem_ords.
Qed.

Lemma same_commit_call :
  commit_call (lay := lay') N (packed_instances pf') = commit_call (lay := lay) N (packed_instances pf).
Proof.
congr (_, _ :: flatten _); apply: eq_map => i; have [_ _ sv] := same_pf.
exact: (same_message same_S same_locks (sv i) (agrees_on (i := i))).
Qed.

Lemma same_first : first_now pf' = first_now pf.
Proof.
rewrite /first_now same_id same_commit_call.
by apply: (agrees (x := commit_call N (packed_instances pf))); rewrite /verify_calls !mem_cat !inE eqxx !orbT.
Qed.

Lemma same_challenge_call : 
    challenge_call (P := Q') natural same curves pf' = challenge_call (P := Q) natural same curves pf.
Proof.
rewrite /challenge_call same_first same_id; congr (_, _ :: flatten _); apply: eq_map => i.
apply: eq_map => k; congr enc_point; have [_ _ sv] := same_pf.
apply: (same_R natural same (sv i) (agrees_on (i := i))) => [|q]; last exact: same_packed_share.
by apply: (agrees (x := batch_call (first_now pf))); rewrite /verify_calls !mem_cat !inE eqxx !orbT.
Qed.

Theorem verify_calls_complete :
  verify_now (P := Q') natural same curves kept' pf' = verify_now (P := Q) natural same curves kept pf /\
  verify_calls (P := Q') natural same curves pf' = calls.
Proof.
have [Eh En sv] := same_pf; have kept_same i := same_kept (sv i); split.
  rewrite /verify_now same_challenge_call Eh; congr andb; last congr (_ == _).
    by apply: eq_all => i; rewrite same_kept_set (kept_same i).
  by apply: (agrees (x := challenge_call (P := Q) natural same curves pf)); rewrite /verify_calls !mem_cat !inE eqxx !orbT.
have Ei i := same_instance_calls same_S same_locks (sv i) (agrees_on (i := i)).
rewrite /verify_calls same_challenge_call same_first same_id Eh En; congr (_ ++ flatten _ ++ flatten _ ++ _).
- by rewrite /id_call /= same_S.
- by rewrite (eq_filter (fun i => congr1 negb (kept_same i))); apply: eq_map => i; apply: Ei.
- by rewrite (eq_filter kept_same); apply: eq_map => i; apply: Ei.
by rewrite same_commit_call.
Qed.
End Verify.

(* ---- Encrypt ---- *)
Section Encrypt.
Variables (x x' : forall e, scalar (curve_at e)) (u : bytes P).
Hypothesis same_x : forall e, x' e = x e.
Variables kept kept' : bytes P -> pred I.
Hypothesis keptE : forall h i, (i \in out_subset H h) = kept h i.
Hypothesis keptE' : forall h i, (i \in out_subset H' h) = kept' h i.
Local Notation calls := (encrypt_calls lay natural same curves kept x u).
Local Notation seed := (seed_now (cl := cl) x u).
Local Notation salt := (salt_now (cl := cl) x u).
Local Notation N := (proof_id cl (nonce_now (cl := cl) x u)).
Local Notation z i := (responses_now (lay := lay) natural same (x : scalars cl) u (i := i)).
Local Notation shown := (reveal_now lay natural same x u).
Local Notation first := (encrypt_first lay natural same x u).
Local Notation last_call := (encrypt_challenge_call lay natural same curves x u).

Section Made.
Hypotheses (secrets_ok : all (fun e => x e *: gen _ == X e) (places cl)) (agrees : agree_on H H' calls).

Lemma listed call : call \in made_calls lay natural same curves x u -> agree H H' call.
Proof. by move=> c; apply: agrees; rewrite encrypt_callsE. Qed.

Lemma same_master_call : master_call (cl := cl') x' u = master_call (cl := cl) x u.
Proof. by rewrite /master_call /= same_S; congr (_, [:: _, _ & _]); apply: eq_map => e; rewrite same_x. Qed.
Lemma same_master : master_now (cl := cl') x' u = master_now (cl := cl) x u.
Proof.
rewrite /master_now same_master_call.
by apply: (listed (call := master_call (cl := cl) x u)); rewrite !(mem_cat, inE) eqxx ?orbT.
Qed.
Lemma same_nonce : nonce_now (cl := cl') x' u = nonce_now (cl := cl) x u.
Proof.
rewrite /nonce_now /nonce_call same_master /= same_S.
by apply: (listed (call := nonce_call (cl := cl) x u)); rewrite !inE eqxx orbT.
Qed.
Lemma same_seed i : seed_now (cl := cl') x' u i = seed i.
Proof.
rewrite /seed_now /seed_call same_master /= same_S.
by apply: (listed (call := seed_call (cl := cl) x u i)); rewrite !mem_cat (map_f (seed_call _ _)) ?mem_ords ?orbT.
Qed.
Lemma same_salt i : salt_now (cl := cl') x' u i = salt i.
Proof.
rewrite /salt_now /salt_call same_master /= same_S.
by apply: (listed (call := salt_call (cl := cl) x u i)); rewrite !mem_cat (map_f (salt_call _ _)) ?mem_ords ?orbT.
Qed.
Lemma same_own_id : proof_id cl' (nonce_now (cl := cl') x' u) = N.
Proof.
rewrite /proof_id same_nonce /= same_S.
by apply: (listed (call := id_call cl (nonce_now (cl := cl) x u))); rewrite !(mem_cat, inE) eqxx !orbT.
Qed.
Lemma agrees_derive i : agree_on H H' (derive_calls (derived i) N i (seed i)).
Proof.
move=> call ic; apply: listed; rewrite !(mem_cat, inE); do 3 (apply/orP; right).
by apply/orP; right; rewrite (in_calls (f := fun i => derive_calls (derived i) N i (seed i)) (mem_ords i) ic).
Qed.

Lemma same_value i q : packed_value (lay := lay') same i x' q = packed_value (lay := lay) same i x q.
Proof. by rewrite /packed_value same_members; apply: eq_total => e; rewrite /= same_place_of same_x. Qed.

Lemma same_own_masks i q : masks_now (cl := derived' i) natural N i (seed i) q =
  masks_now (cl := derived i) natural N i (seed i) q.
Proof. exact: (same_masks (@agrees_derive i)). Qed.

Lemma same_responses i q : responses_now (lay := lay') natural same (x' : scalars cl') u (i := i) q = z i q.
Proof.
by rewrite /responses_now same_own_id same_seed same_value; congr (_ + _); apply: same_own_masks.
Qed.

Lemma same_own_call i :
  response_call (P := Q') (cl := derived' i) N i (salt i)
    (responses_now (lay := lay') natural same (x' : scalars cl') u (i := i)) =
  response_call (P := Q) (cl := derived i) N i (salt i) (z i).
Proof. by congr (_, [:: _, _, _ & _]); apply: eq_map => q; rewrite same_responses. Qed.

Lemma same_reveal keep i : same_shown (shown keep i) (reveal_now lay' natural same x' u keep i).
Proof.
rewrite /reveal_now same_own_id same_seed same_salt; case: keep; split=> //.
- exact: (same_encapsulation (@agrees_derive i)).
- exact: (same_wrapped same_S same_locks (@agrees_derive i)).
- exact: same_responses.
rewrite same_own_call; apply: (listed (call := response_call (P := Q) N i (salt i) (z i))).
by rewrite !(mem_cat, inE) (map_f (fun i => response_call (P := Q) N i (salt i) (z i))) ?mem_ords ?orbT.
Qed.

Lemma same_own_commit : commit_call (lay := lay') N (reveal_now lay' natural same x' u false) =
  commit_call (lay := lay) N (shown false).
Proof.
congr (_, _ :: flatten _); apply: eq_map => i.
exact: (same_message same_S same_locks (same_reveal false i) (@agrees_derive i)).
Qed.

Lemma same_own_first : encrypt_first lay' natural same x' u = first.
Proof.
rewrite /encrypt_first same_own_id same_own_commit; apply: (listed (call := commit_call N (shown false))).
by rewrite !(mem_cat, inE) eqxx !orbT.
Qed.

Lemma same_last_call : encrypt_challenge_call lay' natural same curves x' u = last_call.
Proof.
rewrite /encrypt_challenge_call same_own_first same_own_id; congr (_, _ :: flatten _); apply: eq_map => i.
rewrite same_seed; apply: eq_map => k; congr enc_point; congr (_ *: _).
have B : agree H H' (batch_call (P := Q) first).
  by apply: (listed (call := batch_call (P := Q) first)); rewrite !(mem_cat, inE) eqxx !orbT.
exact: (same_scalars S S' l l' _ _ natural same B k (@same_own_masks i)).
Qed.

Lemma same_own_derive i : derive_calls (derived' i) N i (seed i) = derive_calls (derived i) N i (seed i).
Proof. exact (@same_derive_calls P H H' n packs_in curve_in S S' l l' (packed_share (lay := lay) i)
  (packed_share (lay := lay') i) same_S same_locks N i (seed i) (@agrees_derive i)). Qed.

Lemma same_own_calls : encrypt_calls lay' natural same curves kept' x' u = calls.
Proof.
have ok' : all (fun e => x' e *: gen _ == X' e) (places cl').
  by rewrite (eq_all (a2 := fun e => x e *: gen _ == X e)) // => e; rewrite same_x same_X.
rewrite !encrypt_callsE // /made_calls same_master_call same_own_id same_last_call.
rewrite same_own_first same_own_commit same_nonce; congr [:: _, _ & _]; first by rewrite /nonce_call same_master /= same_S.
congr (_ ++ _ ++ _ :: flatten _ ++ _ ++ _).
- by apply: eq_map => i; rewrite /seed_call same_master /= same_S.
- by apply: eq_map => i; rewrite /salt_call same_master /= same_S.
- by rewrite /id_call /= same_S.
- by apply: eq_map => i; rewrite same_seed same_own_derive.
- by apply: eq_map => i; rewrite same_salt same_own_call.
congr [:: _; _; _; (_, [:: _])].
by apply: (listed (call := last_call)); rewrite !(mem_cat, inE) eqxx !orbT.
Qed.
Lemma same_challenge : ask (@xof Q') last_call = ask (@xof Q) last_call.
Proof. by apply: (listed (call := last_call)); rewrite !(mem_cat, inE) eqxx !orbT. Qed.
Lemma same_own_kept : kept' (ask (@xof Q) last_call) =1 kept (ask (@xof Q) last_call).
Proof.
move=> i; rewrite -keptE -keptE' (listed (call := (Subset, [:: ask (@xof Q) last_call]))) //.
by rewrite !(mem_cat, inE) eqxx !orbT.
Qed.

Lemma same_written i keep : written (cl := derived' i) (reveal_now lay' natural same x' u keep i) =
  written (cl := derived i) (shown keep i).
Proof.
have := same_reveal keep i; rewrite /reveal_now; case: keep => /= -[].
  move=> -> Ew -> Ez; congr (_ :: _ ++ _ :: _); first by apply: eq_map => c; rewrite /= Ew.
  by apply: eq_map => q; rewrite /= Ez.
by move=> -> ->.
Qed.
End Made.

Theorem encrypt_calls_complete : agree_on H H' calls ->
  omap (written_proof (P := Q') kept') (encrypt_now lay' natural same curves kept' x' u) =
    omap (written_proof (P := Q) kept) (encrypt_now lay natural same curves kept x u) /\
  encrypt_calls lay' natural same curves kept' x' u = calls.
Proof.
have E : all (fun e => x' e *: gen _ == X' e) (places cl') = all (fun e => x e *: gen _ == X e) (places cl).
  by apply: eq_all => e; rewrite same_x same_X.
case ok: (all (fun e => x e *: gen _ == X e) (places cl)); last first.
  by rewrite /encrypt_calls /encrypt_now E ok.
move=> A; split; last exact: same_own_calls ok A.
set h := ask (@xof Q) last_call; have Ek : kept' h =1 kept h := same_own_kept ok A.
have Ew i : written (cl := derived' i) (reveal_now lay' natural same x' u (kept' h i) i) =
  written (cl := derived i) (shown (kept h i) i) by rewrite Ek; apply: same_written.
rewrite /encrypt_now E ok (same_last_call ok A) (same_challenge ok A) (same_nonce ok A) -/h.
congr (Some [:: _, _ & flatten _ ++ flatten _]).
  by rewrite (eq_filter (a2 := fun i => ~~ kept h i)) => [|i]; [apply: eq_map | apply: (congr1 negb (Ek i))].
by rewrite (eq_filter (a2 := kept h)) => [|i]; [apply: eq_map | apply: Ek].
Qed.
End Encrypt.
End Packs.
