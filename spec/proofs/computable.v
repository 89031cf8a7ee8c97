(* The model in a form that evaluates: Encrypt and Verify of packing.v with
   lists for enumerations and sums, and octets reduced as they are read.  That it
   is the model is proved here, for any claim over any primitives; executed.v
   evaluates it on what the reference hashed.                                 *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import sharing model encryption packing.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

(* Sums over a list, in its order. *)
Definition total (V : zmodType) (T : Type) (s : seq T) (f : T -> V) : V := foldr (fun t v => f t + v) 0 s.

Lemma totalE (V : zmodType) (T : Type) (s : seq T) (f : T -> V) : total s f = \sum_(t <- s) f t.
Proof. by elim: s => [|t s IH]; rewrite ?big_nil // big_cons /= IH. Qed.

(* Each member of a list with its place. *)
Definition numbered (T : Type) (s : seq T) := zip (iota 0 (size s)) s.

Lemma total_numbered (V : zmodType) (T : eqType) (s : seq T) (f : nat -> T -> V) : uniq s ->
  total (numbered s) (fun nt => f nt.1 nt.2) = \sum_(t <- s) f (index t s) t.
Proof.
move=> us; rewrite totalE /numbered.
suff H s1 s2 : uniq (s1 ++ s2) -> \sum_(nt <- zip (iota (size s1) (size s2)) s2) f nt.1 nt.2 =
    \sum_(t <- s2) f (index t (s1 ++ s2)) t by rewrite (H [::] s).
elim: s2 s1 => [|t s2 IH] s1 u; first by rewrite !big_nil.
rewrite /= !big_cons /= -(size_rcons s1 t) (IH (rcons s1 t)) ?cat_rcons //; congr (f _ _ + _).
have: t \notin s1 by move: u; rewrite cat_uniq /= => /and3P[_ /norP[]].
by rewrite index_cat => /negPf ->; rewrite /= eqxx addn0.
Qed.

Lemma all_forall n (p : pred 'I_n) : [forall i, p i] = all p (ords n).
Proof.
apply/forallP/allP => [H i _|H i]; first exact: H.
by apply: H; rewrite mem_ords.
Qed.

(* OS2IP in binary. *)
Definition os2ip_N (s : seq octet) : N := foldl (fun n (b : octet) => n * 256 + N.of_nat b)%num 0%num s.
Definition taken_N (D : nat -> octet) (ls : seq nat) (n : nat) : N :=
  os2ip_N [seq D (sumn (take n ls) + m)%N | m <- iota 0 (nth 0%N ls n)].

Lemma taken_NE D ls n : N.to_nat (taken_N D ls n) = taken D ls n.
Proof.
rewrite /taken_N /taken /os2ip_N /os2ip; set s := map _ _.
suff H m : N.to_nat (foldl (fun n (b : octet) => n * 256 + N.of_nat b)%num m s) =
    foldl (fun n (b : octet) => n * 256 + b)%N (N.to_nat m) s by rewrite H.
elim: s m => [|b s' IH] m //=; rewrite IH N2Nat.inj_add N2Nat.inj_mul Nat2N.id.
by rewrite multE plusE.
Qed.

Lemma xor_size (s k : block) : size [seq p.1 (+) p.2 | p <- zip s k] == 128%N.
Proof. by rewrite size_map size_zip !size_tuple. Qed.
Definition xor_now (s k : block) : block := Tuple (xor_size s k).

Lemma xor_nowE s k : xor_now s k = xor s k.
Proof.
apply: eq_from_tnth => i; rewrite tnth_mktuple (tnth_nth false) /= (nth_map (false, false)).
  by rewrite nth_zip ?size_tuple // -!tnth_nth.
by rewrite size_zip !size_tuple minnn ltn_ord.
Qed.

(* Moving a value to its own curve, by a comparison that evaluates. *)
Section OnCurve.

Variables (P : primitives) (same : comparable (curve P)).

Definition scalar_now k k' (s : scalar k') : scalar k :=
  match same k' k with left E => eq_rect k' (@scalar P) s k E | right _ => 0 end.
Definition point_now k k' (p : group k') : group k :=
  match same k' k with left E => eq_rect k' (@group P) p k E | right _ => 0 end.

Lemma scalar_nowE k k' (s : scalar k') : scalar_now k s = scalar_on k s.
Proof.
rewrite /scalar_now /scalar_on; case: same => E; case: (k' =P k) => // E'.
by rewrite (eq_irrelevance E E').
Qed.
Lemma point_nowE k k' (p : group k') : point_now k p = point_on k p.
Proof.
rewrite /point_now /point_on; case: same => E; case: (k' =P k) => // E'.
by rewrite (eq_irrelevance E E').
Qed.

End OnCurve.

(* ---- one claim: that of the statement, or the derived one of an instance ---- *)
Section Claim.

Variables (P : primitives) (cl : claim P).
(* n modulo q_C. *)
Variable natural : forall k : curve P, N -> scalar k.
Hypothesis naturalE : forall (k : curve P) n, natural k n = (N.to_nat n)%:R.
Local Notation I := 'I_(M P).
Local Notation C := 'I_(compartments cl).
Local Notation entry := {c : C & 'I_(entries c)}.
Local Notation call := (label * seq (bytes P))%type.
Implicit Types (N a : bytes P) (i : I) (c : C) (e : entry) (seed salt s : block).

Definition places : seq entry :=
  [seq existT (fun c : C => 'I_(entries c)) c j | c <- ords _, j <- ords (entries c)].

Lemma placesE : enum {: entry} = places.
Proof. rewrite enumT !Finite.EnumDef.enumDef /= /tag_enum !Finite.EnumDef.enumDef /places ords_enum.
by congr flatten; apply: eq_map => c; rewrite /= ords_enum. Qed.

Lemma places_uniq : uniq places. Proof. by rewrite -placesE enum_uniq. Qed.

Lemma sum_places (V : zmodType) (f : entry -> V) : \sum_e f e = \sum_(e <- places) f e.
Proof. by rewrite -placesE big_enum. Qed.

(* The calls of the hash functions, spec §6.2 and §6.3: label and parts. *)
Definition ask (A : Type) (f : label -> seq (bytes P) -> A) (x : call) : A := let: (l, ps) := x in f l ps.

Definition id_call (nonce : block) : call := (ProofId, [:: digest cl; enc_block P nonce]).
Definition kem_call N i seed : call := (Kem, [:: N; u16 P i; enc_block P seed]).
Definition sub_seed_call N i c seed : call := (SubSeed, [:: N; u16 P i; u16 P c; enc_block P seed]).
Definition wrap_call N i c (C_i : bytes P) (shared : seq (bytes P)) : call :=
  (Wrap, [:: N; u16 P i; u16 P c; C_i] ++ shared).
Definition mask_call N i c s : call := (Mask, [:: N; u16 P i; u16 P c; enc_block P s]).
Definition response_call N i salt (z : scalars cl) : call :=
  (Response, N :: u16 P i :: enc_block P salt :: [seq enc_scalar (z e) | e <- places]).
Definition batch_call a : call := (Batch, [:: a]).

Definition shared_enc c (r : scalar (bls P)) : seq (bytes P) :=
  match lock_of c with
  | Recovery Y B => [:: enc_gt (r *: pairing Y (hash_to_g2 (digest cl))); enc_point (r *: B)]
  | Member E => [:: enc_point (r *: E)]
  end.
Definition shared_dec (p : group (bls P)) (un : unlock P) : seq (bytes P) :=
  match un with
  | ByRecovery sigma b => [:: enc_gt (pairing p sigma); enc_point (b *: p)]
  | ByMember e => [:: enc_point (e *: p)]
  end.

Lemma id_asks nonce : proof_id cl nonce = ask (@xof P) (id_call nonce). Proof. by []. Qed.
Lemma kem_asks N i seed : kem N i seed = ask (hs (bls P)) (kem_call N i seed).
Proof. by []. Qed.
Lemma sub_seed_asks N i c seed :
  sub_seed N i c seed = ask (@xof16 P) (sub_seed_call N i c seed).
Proof. by []. Qed.

Definition wrap_key N i c C_i shared : block :=
  ask (@xof16 P) (wrap_call N i c C_i shared).

Lemma wrap_enc_asks N i c r :
  wrap_key_enc N i c r = wrap_key N i c (enc_point (r *: gen (bls P))) (shared_enc c r).
Proof. by rewrite /wrap_key_enc /wrap_key /shared_enc; case: lock_of. Qed.
Lemma wrap_dec_asks N i c C_i p un : wrap_key_dec N i c C_i p un = wrap_key N i c C_i (shared_dec p un).
Proof. by rewrite /wrap_key_dec /wrap_key /shared_dec; case: un. Qed.

(* Derive: encapsulation, wrapped sub-seeds and masks of a seed. *)
Definition encapsulation N i seed : bytes P := enc_point (kem N i seed *: gen (bls P)).
Definition wrapped_now N i seed c : block :=
  xor_now (sub_seed N i c seed) (wrap_key N i c (encapsulation N i seed) (shared_enc c (kem N i seed))).
Definition mask_now N i e s : scalar (curve_of e) :=
  natural _ (taken_N (ask (@stream P) (mask_call N i (tag e) s))
    [seq wide (curve_of (existT _ (tag e) j : entry)) | j <- ords (entries (tag e))] (tagged e)).
Definition masks_now N i seed : scalars cl := fun e => mask_now N i e (sub_seed N i (tag e) seed).

Definition derive_calls N i seed : seq call :=
  kem_call N i seed :: flatten [seq [:: sub_seed_call N i c seed;
    wrap_call N i c (encapsulation N i seed) (shared_enc c (kem N i seed));
    mask_call N i c (sub_seed N i c seed)] | c <- ords (compartments cl)].

Lemma wrapped_nowE N i seed c : wrapped_now N i seed c = wrapped N i seed c.
Proof. by rewrite /wrapped_now xor_nowE /wrapped wrap_enc_asks. Qed.
Lemma mask_nowE N i e s : mask_now N i e s = mask_of N i e s.
Proof. by rewrite /mask_now naturalE taken_NE /mask_of ordsE. Qed.
Lemma masks_nowE N i seed e : masks_now N i seed e = mask N i seed e.
Proof. exact: mask_nowE. Qed.

Lemma encode_scalarsE (z : scalars cl) : encode_scalars z = [seq enc_scalar (z e) | e <- places].
Proof. by rewrite /encode_scalars /entry_order placesE. Qed.
Lemma response_asks N i salt (z : scalars cl) : response_hash N i salt z =
  ask (@xof20 P) (response_call N i salt z).
Proof. by rewrite /response_hash encode_scalarsE. Qed.

(* What an instance puts into the first hash, and into the challenge. *)
Definition message_of (C_i : bytes P) (w : C -> block) (h : hash20) : seq (bytes P) :=
  C_i :: [seq enc_block P (w c) | c <- ords (compartments cl)] ++ [:: enc_hash20 P h].
Definition message_now N i (v : revealed cl) : seq (bytes P) :=
  match v with
  | Revealed seed h => message_of (encapsulation N i seed) (wrapped_now N i seed) h
  | Kept C_i w salt z => message_of C_i w (ask (@xof20 P) (response_call N i salt z))
  end.

Lemma message_nowE N i v : message_now N i v = first_message N i v.
Proof.
case: v => [seed h|C_i w salt z]; rewrite /message_now /message_of /first_message /first_message_of ordsE.
  by congr (_ :: _ ++ _); apply: eq_map => c; rewrite wrapped_nowE.
by rewrite response_asks.
Qed.

(* The public shares, in a form that evaluates. *)
Variable share : forall e, group (curve_of e).
Hypothesis shareE : forall e, share e = public_share e.

Variable same : comparable (curve P).
Definition widths_now : seq nat := [seq wide (curve_of e) | e <- places].
Definition batch_in a (k : curve P) n : scalar k :=
  natural k (taken_N (ask (@stream P) (batch_call a)) widths_now n).
Definition sum_scalars_now a (k : curve P) (v : scalars cl) : scalar k :=
  total (numbered places) (fun ne => scalar_now same k (batch_in a (curve_of ne.2) ne.1 * v ne.2)).
Definition sum_shares_now a (k : curve P) : group k :=
  total (numbered places) (fun ne => point_now same k (batch_in a (curve_of ne.2) ne.1 *: share ne.2)).

Lemma batch_inE a (k : curve P) e : batch_in a k (index e places) = (batch (cl := cl) a e)%:R.
Proof. by rewrite /batch_in naturalE taken_NE /batch /widths /entry_order placesE. Qed.

Lemma sum_scalars_nowE a (k : curve P) (v v' : scalars cl) : (forall e, v e = v' e) ->
  sum_scalars_now a k v = sum_scalars k (batch (cl := cl) a) v'.
Proof.
move=> Ev; rewrite /sum_scalars_now.
rewrite (total_numbered (fun n e => scalar_now same k (batch_in a (curve_of e) n * v e)) places_uniq).
by rewrite /sum_scalars sum_places; apply: eq_bigr => e _; rewrite scalar_nowE batch_inE Ev.
Qed.
Lemma sum_shares_nowE a (k : curve P) : sum_shares_now a k = sum_points k (batch (cl := cl) a) (@public_share P cl).
Proof.
rewrite /sum_shares_now.
rewrite (total_numbered (fun n e => point_now same k (batch_in a (curve_of e) n *: share e)) places_uniq).
by rewrite /sum_points sum_places; apply: eq_bigr => e _; rewrite point_nowE batch_inE shareE.
Qed.

Definition R_now N a i v (k : curve P) : group k :=
  match v with
  | Revealed seed _ => sum_scalars_now a k (masks_now N i seed) *: gen k
  | Kept _ _ _ z => sum_scalars_now a k z *: gen k - sum_shares_now a k
  end.

Lemma R_nowE N a i v k : R_now N a i v k = R_of N (batch (cl := cl) a) i v k.
Proof.
case: v => [seed h|C_i w salt z] /=; first by rewrite (sum_scalars_nowE _ _ (masks_nowE N i seed)).
by rewrite (sum_scalars_nowE _ _ (fun e => erefl (z e))) sum_shares_nowE.
Qed.

Variable curves : seq (curve P).
Hypothesis curvesE : enum (curve P) = curves.
Definition curve_order_now : seq (curve P) := [seq k <- curves | has (fun e => curve_of e == k) places].

Lemma curve_orderE : curve_order cl = curve_order_now.
Proof.
rewrite /curve_order curvesE; apply: eq_filter => k; apply/existsP/hasP => [[e ek]|[e _ ek]]; exists e => //.
by rewrite -placesE mem_enum.
Qed.

Definition instance_calls N i (v : revealed cl) : seq call :=
  match v with
  | Revealed seed _ => derive_calls N i seed
  | Kept _ _ salt z => [:: response_call N i salt z]
  end.

(* The octets of an instance in a proof, spec §6.7. *)
Definition written (v : revealed cl) : seq (bytes P) :=
  match v with
  | Revealed seed h => [:: enc_block P seed; enc_hash20 P h]
  | Kept C_i w salt z =>
      C_i :: [seq enc_block P (w c) | c <- ords (compartments cl)] ++
      enc_block P salt :: [seq enc_scalar (z e) | e <- places]
  end.

End Claim.

(* ---- packs: Verify and Encrypt ---- *)
Section Packs.

Variables (P : primitives) (cl : claim P) (lay : layout cl).
Local Notation I := 'I_(M P).
Local Notation C := 'I_(compartments cl).
Local Notation entry := {c : C & 'I_(entries c)}.
Local Notation pack := {c : C & 'I_(packs lay c)}.
Local Notation derived := (packed_claim lay).
Local Notation call := (label * seq (bytes P))%type.
Implicit Types (i : I) (c : C) (un : unlock P).

Variables (natural : forall k : curve P, N -> scalar k).
Variables (same : comparable (curve P)) (curves : seq (curve P)) (kept : bytes P -> pred I).
Hypothesis naturalE : forall (k : curve P) n, natural k n = (N.to_nat n)%:R.
Hypothesis curvesE : enum (curve P) = curves.
Hypothesis keptE : forall h i, (i \in subset h) = kept h i.

Definition same_place (e : entry) (q : pack) : bool :=
  (val (tag e) == val (tag q)) && (val (pack_of lay e) == val (tagged q)).
Definition members_now (q : pack) : seq entry :=
  [seq e <- places cl | same_place e q].

Lemma members_nowP (q : pack) (e : entry) : members q e = same_place e q.
Proof.
case: e q => [c j] [c' b]; rewrite /members /= /home /same_place -tag_eqE /tag_eq /= -val_eqE /=.
case: eqP => // /val_inj E; case: c' / E b => b.
by rewrite tagged_asE -val_eqE.
Qed.

Lemma sum_members (V : zmodType) q (f : entry -> V) : \sum_(e | members q e) f e = total (members_now q) f.
Proof.
rewrite totalE big_filter -placesE big_enum_cond /=; apply: eq_bigl => e.
by rewrite members_nowP.
Qed.

Definition packed_share_now i (q : pack) : group (pack_curve q) :=
  total (members_now q) (fun e => alpha _ i ^+ place lay e *: point_now same (pack_curve q) (public_share e)).
Definition packed_value i (x : scalars cl) (q : pack) : scalar (pack_curve q) :=
  total (members_now q) (fun e => alpha _ i ^+ place lay e * scalar_now same (pack_curve q) (x e)).

Lemma packed_share_nowE i q : packed_share_now i q = packed_share i q.
Proof.
rewrite /packed_share sum_members /packed_share_now !totalE.
by apply: eq_bigr => e _; rewrite point_nowE.
Qed.
Lemma packed_valueE i x q : packed_value i x q = packed_secret i x q.
Proof.
rewrite /packed_secret sum_members /packed_value !totalE.
by apply: eq_bigr => e _; rewrite scalar_nowE.
Qed.

Definition commit_call N (v : forall i, revealed (derived i)) : call :=
  (Commit, N :: flatten [seq message_now N i (v i) | i <- ords (M P)]).

(* ---- Verify, spec §6.5 ---- *)
Section Verify.
Variable pf : packed_proof lay.
Let N := proof_id cl (packed_nonce pf).

Definition first_now : bytes P := ask (@xof P) (commit_call N (packed_instances pf)).
Definition challenge_call : call := let N := N in let a := first_now in (Challenge, a :: flatten
  [seq [seq enc_point (R_now (cl := derived i) natural (packed_share_now i) same N a i (packed_instances pf i) k)
       | k <- curve_order_now (derived i) curves] | i <- ords (M P)]).

(* With the last call, which is evaluated once for the verdict and the list. *)
Definition verify_with (last : call) : bool :=
  all (fun i => is_kept (packed_instances pf i) == kept (packed_challenge pf) i) (ords (M P)) &&
  (packed_challenge pf == ask (@xof P) last).
Definition verify_now : bool := verify_with challenge_call.

Lemma first_nowE : first_now = packed_first_hash N (packed_instances pf).
Proof.
congr (xof _ (_ :: flatten _)); rewrite ordsE; apply: eq_map => i; exact: message_nowE.
Qed.

(* The calls in the order of the text: Subset, the id, the revealed instances, the
   kept ones, the first hash, the coefficients, the challenge. *)
Definition verify_calls_with (last : call) : seq call :=
  [:: (Subset, [:: packed_challenge pf]); id_call cl (packed_nonce pf)] ++
  flatten [seq instance_calls N i (packed_instances pf i) | i <- ords (M P) & ~~ is_kept (packed_instances pf i)] ++
  flatten [seq instance_calls N i (packed_instances pf i) | i <- ords (M P) & is_kept (packed_instances pf i)] ++
  [:: commit_call N (packed_instances pf); batch_call first_now; last].
Definition verify_calls : seq call := verify_calls_with challenge_call.

(* What is evaluated is Verify. *)
Theorem verify_nowE : verify_now = packed_verify pf.
Proof.
rewrite /verify_now /verify_with /packed_verify -/N all_forall; congr (_ && _).
  by apply: eq_all => i; rewrite keptE.
congr (_ == _); rewrite /packed_challenge_hash /challenge_of /challenge_call /= first_nowE ordsE.
congr (xof _ (_ :: flatten _)); apply: eq_map => i; rewrite (curve_orderE _ curvesE); apply: eq_map => k.
by rewrite (R_nowE (cl := derived i) naturalE) // => q; apply: packed_share_nowE.
Qed.

End Verify.

(* ---- Encrypt, spec §6.3 ---- *)
Section Encrypt.
Variables (x : scalars cl) (u : bytes P).

Definition master_call : call := (MasterSeed, digest cl :: u :: [seq enc_scalar (x e) | e <- places cl]).
Definition master_now : bytes P := ask (@xof P) master_call.
Definition nonce_call : call := (Nonce, [:: digest cl; master_now]).
Definition nonce_now : block := ask (@xof16 P) nonce_call.
Definition seed_call i : call := (Seed, [:: digest cl; u16 P i; master_now]).
Definition seed_now i : block := ask (@xof16 P) (seed_call i).
Definition salt_call i : call := (Salt, [:: digest cl; u16 P i; master_now]).
Definition salt_now i : block := ask (@xof16 P) (salt_call i).
Let N := proof_id cl nonce_now.

Definition responses_now i : scalars (derived i) :=
  fun q => masks_now natural N i (seed_now i) q + packed_value i x q.
Arguments responses_now : clear implicits.
Definition reveal_now (keep : bool) i : revealed (derived i) :=
  let z := responses_now i in
  if keep then Kept (encapsulation N i (seed_now i)) (wrapped_now (cl := derived i) N i (seed_now i)) (salt_now i) z
  else Revealed _ (seed_now i) (ask (@xof20 P) (response_call N i (salt_now i) z)).

Definition encrypt_first : bytes P := ask (@xof P) (commit_call N (reveal_now false)).
Definition encrypt_challenge_call : call := let a := encrypt_first in (Challenge, a :: flatten
  [seq [seq enc_point (sum_scalars_now (cl := derived i) natural same a k (masks_now natural N i (seed_now i)) *: gen k)
       | k <- curve_order_now (derived i) curves] | i <- ords (M P)]).
Definition encrypt_with (last : call) : option (packed_proof lay) :=
  if all (fun e => x e *: gen _ == public_share e) (places cl) then
    let h := ask (@xof P) last in
    Some (PackedProof h nonce_now (fun i => reveal_now (kept h i) i))
  else None.
Definition encrypt_now : option (packed_proof lay) := encrypt_with encrypt_challenge_call.

Definition encrypt_calls_with (last : call) : seq call :=
  if encrypt_with last is Some pf then
    [:: master_call; nonce_call] ++ [seq seed_call i | i <- ords (M P)] ++
    [seq salt_call i | i <- ords (M P)] ++ id_call cl nonce_now ::
    flatten [seq derive_calls (derived i) N i (seed_now i) | i <- ords (M P)] ++
    [seq response_call N i (salt_now i) (responses_now i) | i <- ords (M P)] ++
    [:: commit_call N (reveal_now false); batch_call encrypt_first; last; (Subset, [:: packed_challenge pf])]
  else [::].
Definition encrypt_calls : seq call := encrypt_calls_with encrypt_challenge_call.

Lemma master_nowE : master x u = master_now.
Proof. by rewrite /master encode_scalarsE. Qed.
Lemma nonce_nowE : nonce_of x u = nonce_now.
Proof. by rewrite /nonce_of master_nowE. Qed.
Lemma seed_nowE i : seed_of x u i = seed_now i.
Proof. by rewrite /seed_of master_nowE. Qed.
Lemma salt_nowE i : salt_of x u i = salt_now i.
Proof. by rewrite /salt_of master_nowE. Qed.
Lemma id_nowE : id_of x u = N.
Proof. by rewrite /id_of nonce_nowE. Qed.

Lemma responses_nowE i q : responses_now i q = @packed_responses _ _ lay x u i q.
Proof.
rewrite /responses_now (masks_nowE naturalE) packed_valueE /packed_responses /packed_mask.
by rewrite id_nowE seed_nowE.
Qed.

Lemma response_hash_nowE i : ask (@xof20 P) (response_call N i (salt_now i) (responses_now i)) =
  response_hash (cl := derived i) (id_of x u) i (salt_of x u i) (@packed_responses _ _ lay x u i).
Proof.
rewrite response_asks id_nowE salt_nowE; congr (xof20 _ [:: _, _, _ & _]).
by apply: eq_map => q; rewrite responses_nowE.
Qed.

Lemma reveal_now_written keep i :
  written (reveal_now keep i) = written (packed_reveal lay x u keep i).
Proof.
rewrite /reveal_now /packed_reveal; case: keep => /=; last first.
  by rewrite -response_hash_nowE seed_nowE.
rewrite id_nowE seed_nowE salt_nowE; congr (_ :: _ ++ _ :: _).
  by apply: eq_map => c; rewrite (wrapped_nowE (cl := derived i)).
by apply: eq_map => q; rewrite responses_nowE.
Qed.

Lemma encrypt_firstE : encrypt_first = packed_first_hash (id_of x u) (packed_reveal lay x u false).
Proof.
congr (xof _ (_ :: flatten _)); first by rewrite id_nowE.
rewrite ordsE; apply: eq_map => i; rewrite (message_nowE (cl := derived i)) /reveal_now /packed_reveal.
by rewrite response_hash_nowE id_nowE seed_nowE.
Qed.

Lemma encrypt_challengeE : ask (@xof P) encrypt_challenge_call =
  packed_challenge_hash lay encrypt_first (fun i =>
    R_masks (batch (cl := derived i) encrypt_first) (@packed_mask _ _ lay x u i)).
Proof.
congr (xof _ (_ :: flatten _)); rewrite ordsE; apply: eq_map => i.
rewrite (curve_orderE _ curvesE); apply: eq_map => k; congr enc_point; congr (_ *: _).
apply: (sum_scalars_nowE naturalE) => q; by rewrite (masks_nowE naturalE) /packed_mask id_nowE seed_nowE.
Qed.

(* A proof, as its octets in the order of spec §6.7. *)
Definition written_proof (pf : packed_proof lay) : seq (bytes P) :=
  [:: packed_challenge pf; enc_block P (packed_nonce pf)] ++
  flatten [seq written (packed_instances pf i) | i <- ords (M P) & ~~ kept (packed_challenge pf) i] ++
  flatten [seq written (packed_instances pf i) | i <- ords (M P) & kept (packed_challenge pf) i].

(* What is evaluated is Encrypt: the same octets, or none. *)
Theorem encrypt_nowE : omap written_proof encrypt_now = omap written_proof (packed_encrypt lay x u).
Proof.
rewrite /encrypt_now /encrypt_with /packed_encrypt.
rewrite (_ : secrets_match x = all (fun e => x e *: gen _ == public_share e) (places cl)).
  case: ifP => // _; congr Some; rewrite -encrypt_firstE -encrypt_challengeE nonce_nowE /written_proof /=.
  set h := xof _ _; congr [:: _, _ & _ ++ _].
    by congr flatten; apply: eq_map => i; rewrite keptE reveal_now_written.
  by congr flatten; apply: eq_map => i; rewrite keptE reveal_now_written.
apply/forallP/allP => [E e _|E e]; first exact: E.
by apply: E; rewrite -placesE mem_enum.
Qed.

End Encrypt.

End Packs.
