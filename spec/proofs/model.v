(* The model of spec §6 that the proofs speak about: a family of curves, the
   hash functions as arbitrary functions, a claim of any shape, and
   Encrypt, Verify and Open as the spec words them.                           *)
From mathcomp Require Import all_ssreflect all_algebra.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

(* Seeds, wrapped seeds, salts and nonces are 16 bytes, response hashes 20. *)
Definition block := 128.-tuple bool.
Definition hash20 := 160.-tuple bool.
Definition xor (s k : block) : block := [tuple tnth s i (+) tnth k i | i < 128].

Lemma xorK s k : xor (xor s k) k = s.
Proof. by apply: eq_from_tnth => i; rewrite !tnth_mktuple addbK. Qed.

(* The numbers below n, in a form that evaluates. *)
Definition ord_at n m : option 'I_n :=
  (if (m < n)%N as b return (m < n)%N = b -> option 'I_n
   then fun lt => Some (Ordinal lt) else fun _ => None) erefl.
Definition ords n : seq 'I_n := pmap (@ord_at n) (iota 0 n).

Lemma ord_atE n m : ord_at n m = insub m.
Proof.
rewrite /ord_at; case: {2 3}(m < n)%N (erefl (m < n)%N) => lt; first by rewrite insubT.
by rewrite insubN ?lt.
Qed.
Lemma ords_enum n : ords n = ord_enum n. Proof. exact: eq_pmap (@ord_atE n) _. Qed.
Lemma ordsE n : enum 'I_n = ords n.
Proof. by rewrite ords_enum enumT Finite.EnumDef.enumDef. Qed.
Lemma mem_ords n (i : 'I_n) : i \in ords n. Proof. by rewrite ords_enum mem_ord_enum. Qed.
Lemma ords_uniq n : uniq (ords n). Proof. by rewrite ords_enum ord_enum_uniq. Qed.

(* OS2IP of octets.  From an endless output D, integers of [ls] octets are taken
   one after the other; this is number n of them: next_C of spec §3.3 before it
   is reduced. *)
Definition octet := 'I_256.
Definition os2ip (s : seq octet) : nat := foldl (fun n (b : octet) => n * 256 + b)%N 0%N s.
Definition taken (D : nat -> octet) (ls : seq nat) (n : nat) : nat :=
  os2ip [seq D (sumn (take n ls) + m)%N | m <- iota 0 (nth 0%N ls n)].

(* The labels of spec §3.2 that this chapter uses. *)
Inductive label := Statement | MasterSeed | Nonce | ProofId | Seed | Salt | Kem | SubSeed | Wrap
  | Mask | Response | Commit | Batch | Challenge | Subset | DealingStatement.

Lemma label_dec : comparable label.
Proof. by move=> l l'; unfold decidable; decide equality. Defined.
Definition label_eqMixin := comparableMixin label_dec.
Canonical label_eqType := Eval hnf in EqType label label_eqMixin.

(* Everything the protocol is a parameter of.  Nothing is assumed of the hash
   functions here.  GT is written additively. *)
Record primitives := Primitives {
  curve : finType;                                (* the registry, spec §3.4 *)
  wide : curve -> nat;                            (* L_C, spec §3.3 *)
  scalar : curve -> finFieldType;
  group : forall k, lmodType (scalar k);
  gen : forall k, group k;
  bls : curve;                                    (* bls12381-g1 *)
  G2 : lmodType (scalar bls);
  GT : lmodType (scalar bls);
  pairing : group bls -> G2 -> GT;
  bytes : eqType;
  join : seq bytes -> bytes;                      (* p_1 || .. || p_n *)
  u16 : nat -> bytes;
  enc_scalar : forall k, scalar k -> bytes;
  enc_point : forall k, group k -> bytes;
  dec_point : bytes -> option (group bls);        (* refuses the identity *)
  enc_gt : GT -> bytes;
  enc_block : block -> bytes;
  enc_hash20 : hash20 -> bytes;
  xof : label -> seq bytes -> bytes;              (* XOF(..)[32] *)
  xof16 : label -> seq bytes -> block;            (* XOF(..)[16] *)
  xof20 : label -> seq bytes -> hash20;           (* XOF(..)[20] *)
  stream : label -> seq bytes -> nat -> octet;    (* the endless output of XOF(..) *)
  hs : forall k, label -> seq bytes -> scalar k;  (* HS_C *)
  hash_to_g2 : bytes -> G2;                       (* Q of digest S *)
  M : nat;                                        (* number of instances *)
  subset : bytes -> {set 'I_M}                    (* spec §6.4 *)
}.

(* What the encodings and the pairing must satisfy. *)
Record laws (P : primitives) : Prop := Laws {
  gen_neq0 : forall k : curve P, gen k != 0;
  pairing_l : forall a C Q, pairing (a *: C) Q = a *: @pairing P C Q;
  pairing_r : forall a C Q, pairing C (a *: Q) = a *: @pairing P C Q;
  enc_point_inj : forall k : curve P, injective (@enc_point P k);
  enc_block_inj : injective (@enc_block P);
  dec_enc_point : forall C : group (bls P), C != 0 -> dec_point (enc_point C) = Some C
}.

Section Model.

Variable P : primitives.
Local Notation G1 := (group (bls P)).
Local Notation F1 := (scalar (bls P)).
Local Notation g1 := (gen (bls P)).
Local Notation bytes := (bytes P).
Local Notation curve := (curve P).

(* spec §5.2, and what opens each lock (spec §6.6) *)
Inductive lock := Recovery (Y B : G1) | Member (E : G1).
Inductive unlock := ByRecovery (sigma : G2 P) (b : F1) | ByMember (e : F1).

(* What a proof is about, spec §6: a digest S, and any number of compartments,
   of entries in each, on any curves.  An entry is named by its compartment and
   its place there.  A statement of spec §5 lists its public shares; those of a
   dealing are values of its commitments (claims.v). *)
Record claim := Claim {
  digest : bytes;
  compartments : nat;
  entries : 'I_compartments -> nat;
  lock_of : 'I_compartments -> lock;
  curve_of : {c : 'I_compartments & 'I_(entries c)} -> curve;
  public_share : forall e, group (curve_of e)
}.

Variable cl : claim.
Local Notation S := (digest cl).
Local Notation I := 'I_(M P).
Local Notation C := 'I_(compartments cl).
Local Notation entry := {c : C & 'I_(entries c)}.
Definition scalars := forall e : entry, scalar (curve_of e).

Definition secrets_match (x : scalars) :=
  [forall e, x e *: gen _ == public_share e].

(* The proof id N, spec §6.3: it stands for S in the hashes of one proof. *)
Definition proof_id (nonce : block) : bytes := xof ProofId [:: S; enc_block P nonce].

(* ---- the hashes of one proof: N is its id ---- *)
Section Id.
Variable N : bytes.

(* ---- instance derivation, spec §6.2 ---- *)
Definition kem (i : I) (seed : block) : F1 :=
  hs (bls P) Kem [:: N; u16 P i; enc_block P seed].

Definition sub_seed (i : I) (c : C) (seed : block) : block :=
  xof16 SubSeed [:: N; u16 P i; u16 P c; enc_block P seed].

Definition wrap_key_enc (i : I) (c : C) (r : F1) : block :=
  let head := [:: N; u16 P i; u16 P c; enc_point (r *: g1)] in
  match lock_of c with
  | Recovery Y B => xof16 Wrap
      (head ++ [:: enc_gt (r *: pairing Y (hash_to_g2 S)); enc_point (r *: B)])
  | Member E => xof16 Wrap (head ++ [:: enc_point (r *: E)])
  end.

Definition wrapped (i : I) (seed : block) (c : C) : block :=
  xor (sub_seed i c seed) (wrap_key_enc i c (kem i seed)).

(* The masks of a compartment are taken from one output.  n%:R is n mod q_C, as
   q_C is the characteristic of the scalar field. *)
Definition mask_of (i : I) (e : entry) (s : block) : scalar (curve_of e) :=
  (taken (stream Mask [:: N; u16 P i; u16 P (tag e); enc_block P s])
         [seq wide (curve_of (existT _ (tag e) j : entry)) | j <- enum 'I_(entries (tag e))]
         (tagged e))%:R.

Definition mask (i : I) (seed : block) : scalars :=
  fun e => mask_of i e (sub_seed i (tag e) seed).

(* ---- responses, batching, challenge: spec §6.3 steps 7 to 11 ---- *)
Definition entry_order : seq entry := enum {: entry}.
Definition curve_order : seq curve :=
  [seq k <- enum curve | [exists e : entry, curve_of e == k]].

Definition encode_scalars (z : scalars) : seq bytes :=
  [seq enc_scalar (z e) | e <- entry_order].

Definition response_hash (i : I) (salt : block) (z : scalars) : hash20 :=
  xof20 Response (N :: u16 P i :: enc_block P salt :: encode_scalars z).

(* Batching coefficients, not yet reduced: wherever one is used, it is used as
   n%:R, that is modulo q_C. *)
Definition widths : seq nat := [seq wide (curve_of e) | e <- entry_order].
Definition batch (a : bytes) (e : entry) : nat :=
  taken (stream Batch [:: a]) widths (index e entry_order).

(* A value of curve k', seen on curve k: itself if they are the same curve,
   else nothing. *)
Definition scalar_on k k' (s : scalar k') : scalar k :=
  match k' =P k with ReflectT E => eq_rect k' (@scalar P) s k E | _ => 0 end.
Definition point_on k k' (p : group k') : group k :=
  match k' =P k with ReflectT E => eq_rect k' (@group P) p k E | _ => 0 end.

Definition sum_scalars k (rho : entry -> nat) (v : scalars) : scalar k :=
  \sum_e scalar_on k ((rho e)%:R * v e).
Definition sum_points k (rho : entry -> nat) (V : forall e, group (curve_of e)) : group k :=
  \sum_e point_on k ((rho e)%:R *: V e).

Definition R_masks rho (m : scalars) k : group k := sum_scalars k rho m *: gen k.
Definition R_responses rho (z : scalars) k : group k :=
  sum_scalars k rho z *: gen k - sum_points k rho (@public_share cl).

(* What goes into the first hash and into the challenge, in the order of the
   instances (steps 9 and 12); with packs too (packing.v). *)
Definition commit_hash (first : I -> seq bytes) : bytes :=
  xof Commit (N :: flatten [seq first i | i <- enum I]).
Definition challenge_of (a : bytes) (points : I -> seq bytes) : bytes :=
  xof Challenge (a :: flatten [seq points i | i <- enum I]).

(* ---- proofs, spec §6.7 ---- *)
Inductive revealed :=
  | Revealed (seed : block) (h : hash20)
  | Kept (C_i : bytes) (w : C -> block) (salt : block) (z : scalars).

Record proof := Proof { challenge : bytes; nonce : block; instances : I -> revealed }.

Definition is_kept v := if v is Kept _ _ _ _ then true else false.

(* C_i, w_i0.., h_i: what goes into the first hash, recomputed by Verify. *)
Definition first_message_of (C_i : bytes) (w : C -> block) (h : hash20) : seq bytes :=
  C_i :: [seq enc_block P (w c) | c <- enum C] ++ [:: enc_hash20 P h].

Definition first_message i v : seq bytes :=
  match v with
  | Revealed seed h => first_message_of (enc_point (kem i seed *: g1)) (wrapped i seed) h
  | Kept C_i w salt z => first_message_of C_i w (response_hash i salt z)
  end.

Definition R_of rho i v k : group k :=
  match v with
  | Revealed seed _ => R_masks rho (mask i seed) k
  | Kept _ _ _ z => R_responses rho z k
  end.

Definition first_hash (v : I -> revealed) : bytes :=
  commit_hash (fun i => first_message i (v i)).

Definition challenge_hash (a : bytes) (R : I -> forall k, group k) : bytes :=
  challenge_of a (fun i => [seq enc_point (R i k) | k <- curve_order]).

End Id.

(* spec §6.5 *)
Definition verify (pf : proof) : bool :=
  let N := proof_id (nonce pf) in
  let a := first_hash N (instances pf) in
  [forall i, is_kept (instances pf i) == (i \in subset (challenge pf))] &&
  (challenge pf == challenge_hash a (fun i => R_of N (batch a) i (instances pf i))).

(* ---- Encrypt, spec §6.3 ---- *)
Section Encrypt.
Variables (x : scalars) (u : bytes).

Definition master : bytes := xof MasterSeed (S :: u :: encode_scalars x).
Definition seed_of (i : I) : block := xof16 Seed [:: S; u16 P i; master].
Definition salt_of (i : I) : block := xof16 Salt [:: S; u16 P i; master].
Definition nonce_of : block := xof16 Nonce [:: S; master].
Definition id_of : bytes := proof_id nonce_of.
Definition responses (i : I) : scalars := fun e => mask id_of i (seed_of i) e + x e.

Definition reveal (kept : bool) (i : I) : revealed :=
  let h := response_hash id_of i (salt_of i) (responses i) in
  if kept then Kept (enc_point (kem id_of i (seed_of i) *: g1)) (wrapped id_of i (seed_of i))
                    (salt_of i) (responses i)
  else Revealed (seed_of i) h.

(* The prover computes a and the R_i from its masks, before anything is
   revealed. *)
Definition encrypt : option proof :=
  if secrets_match x then
    let a := first_hash id_of (reveal false) in
    let h := challenge_hash a (fun i => R_masks (batch a) (mask id_of i (seed_of i))) in
    Some (Proof h nonce_of (fun i => reveal (i \in subset h) i))
  else None.
End Encrypt.

(* ---- Open, spec §6.6 ---- *)
Definition wrap_key_dec (N : bytes) (i : I) (c : C) (C_i : bytes) (p : G1) (un : unlock) : block :=
  let head := [:: N; u16 P i; u16 P c; C_i] in
  match un with
  | ByRecovery sigma b =>
      xof16 Wrap (head ++ [:: enc_gt (pairing p sigma); enc_point (b *: p)])
  | ByMember e => xof16 Wrap (head ++ [:: enc_point (e *: p)])
  end.

Definition secrets_of (c : C) :=
  forall j : 'I_(entries c), scalar (curve_of (existT _ c j : entry)).

Definition shares_match (c : C) (y : secrets_of c) :=
  [forall j, y j *: gen _ == public_share (existT _ c j : entry)].

Definition open_instance (N : bytes) (i : I) (c : C) (un : unlock) v : option (secrets_of c) :=
  if v is Kept C_i w _ z then
    if dec_point C_i is Some p then
      let s := xor (w c) (wrap_key_dec N i c C_i p un) in
      let y := fun j => z (existT _ c j) - mask_of N i (existT _ c j : entry) s in
      if shares_match y then Some y else None
    else None
  else None.

Definition open (pf : proof) (c : C) (un : unlock) : option (secrets_of c) :=
  foldr (fun i rest => if open_instance (proof_id (nonce pf)) i c un (instances pf i) is Some y
                       then Some y else rest)
        None (enum (subset (challenge pf))).

(* The right key to a lock. *)
Definition unlocks (l : lock) (un : unlock) : Prop :=
  match l, un with
  | Recovery Y B, ByRecovery sigma b =>
      (exists d, Y = d *: g1 /\ sigma = d *: hash_to_g2 S) /\ B = b *: g1
  | Member E, ByMember e => E = e *: g1
  | _, _ => False
  end.

End Model.
