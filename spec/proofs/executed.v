(* The model is executed: primitives whose hash functions are a table of what the
   reference hashed (vectors/trace.py), and what Encrypt, Verify and Open of
   packing.v answer with them, with the calls that they make.

   A point is its discrete logarithm, a residue modulo the order; the table says
   how it is encoded.  So these primitives are an instance of the model like any
   other, and computable.v holds for them.                                    *)
From Coq Require Import NArith Strings.Byte.
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import orders model packing packs executable residues computable computableopen hashing codec.
From Relight Require subset encoding.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.

(* The curves of the traces. *)
Inductive used := Secp256k1 | Bls12381.
Lemma used_dec : comparable used. Proof. by move=> k k'; unfold decidable; decide equality. Defined.
Definition used_eqMixin := comparableMixin used_dec.
Canonical used_eqType := Eval hnf in EqType used used_eqMixin.
Definition used_bool k := if k is Secp256k1 then true else false.
Definition bool_used b := if b then Secp256k1 else Bls12381.
Lemma used_boolK : cancel used_bool bool_used. Proof. by case. Qed.
Definition used_choiceMixin := CanChoiceMixin used_boolK.
Canonical used_choiceType := Eval hnf in ChoiceType used used_choiceMixin.
Definition used_countMixin := CanCountMixin used_boolK.
Canonical used_countType := Eval hnf in CountType used used_countMixin.
Definition used_curves := [:: Secp256k1; Bls12381].
Lemma used_axiom : Finite.axiom used_curves. Proof. by case. Qed.
Definition used_finMixin := FinMixin used_axiom.
Canonical used_finType := Eval hnf in FinType used used_finMixin.

Lemma used_curvesE : enum used_finType = used_curves.
Proof. by rewrite enumT Finite.EnumDef.enumDef. Qed.

Definition curve_id (k : used) : N := if k is Secp256k1 then 1%num else 2%num.
Definition curve_with (id : N) : used := if id == 1%num then Secp256k1 else Bls12381.

Definition scalar_field (k : used) : finFieldType :=
  match k with
  | Secp256k1 => residue_finFieldType (prime_N secp256k1_n_prime)
  | Bls12381 => residue_finFieldType (prime_N bls12381_r_prime)
  end.
Definition to_scalar (k : used) : N -> scalar_field k :=
  match k with
  | Secp256k1 => reduce (prime_N secp256k1_n_prime)
  | Bls12381 => reduce (prime_N bls12381_r_prime)
  end.
Lemma to_scalarE k n : to_scalar k n = (N.to_nat n)%:R%R.
Proof. by case: k; apply: reduceE. Qed.
Definition of_scalar (k : used) : scalar_field k -> N :=
  match k with Secp256k1 => fun x => num x | Bls12381 => fun x => num x end.
Definition points_of (k : used) : lmodType (scalar_field k) := [lmodType scalar_field k of (scalar_field k)^o].

(* ---- octets and bits ---- *)
Definition bits_of (b : byte) : seq bool :=
  let n := to_N b in [seq N.testbit n (N.of_nat (7 - k)) | k <- iota 0 8].
Definition byte_of_bits (s : seq bool) : byte :=
  byte_of (foldl (fun n (b : bool) => 2 * n + (if b then 1 else 0))%num 0%num s).
Definition tuple_from (n : nat) (s : seq bool) : n.-tuple bool :=
  (if size s == n as b return (size s == n) = b -> n.-tuple bool
   then fun sz => Tuple sz else fun _ => [tuple of nseq n false]) erefl.
Definition bits_from (n : nat) (bs : bytes) : n.-tuple bool := tuple_from n (flatten [seq bits_of b | b <- bs]).
Definition bits_to (n : nat) (s : seq bool) : bytes := [seq byte_of_bits s' | s' <- reshape (nseq n 8) s].
Definition block_from : bytes -> block := @bits_from 128.
Definition hash20_from : bytes -> hash20 := @bits_from 160.
Lemma octet_lt (b : byte) : N.to_nat (to_N b) < 256. Proof. by case: b. Qed.
Definition octet_from (b : byte) : model.octet := Ordinal (octet_lt b).

(* ---- what the reference hashed, in its order, and encodings ---- *)
Definition asked := (label * seq bytes)%type.
Record table := Table {
  hashed : seq (asked * bytes);
  encoded : seq (N * N * bytes);         (* curve, logarithm to the generator *)
  target : seq (N * bytes)               (* logarithm to e(g1, Q) *)
}.

Fixpoint found (A : eqType) (B : Type) (b0 : B) (s : seq (A * B)) (a : A) : B :=
  if s is ab :: rest then if ab.1 == a then ab.2 else found b0 rest a else b0.

Definition answer (t : table) (l : label) (ps : seq bytes) : bytes := found [::] (hashed t) (l, ps).

Section Primitives.

(* The hash functions are any; of the table, only its encodings are used. *)
Variables (O : label -> seq bytes -> bytes) (t : table) (M T : nat).

Definition u16_octets (n : nat) : bytes := enc_int 2 (N.of_nat n).

(* Subset, by the sampler of subset.v; the mask is the least power of two that is
   at least M. *)
Fixpoint pairs (bs : bytes) : seq N :=
  if bs is a :: b :: rest then dec_int [:: a; b] :: pairs rest else [::].
Definition mask_size : N := (2 ^ N.log2_up (N.of_nat M))%num.
Definition sampled (h : bytes) : seq nat :=
  odflt [::] (subset_N (N.of_nat M) (N.of_nat T) mask_size (pairs (O Subset [:: h]))).

Local Open Scope ring_scope.

(* Groups and encodings: a statement and a proof are read with these, and hashed
   with nothing yet. *)
Definition unhashed : primitives := @Primitives
  used_finType (fun _ => 48%N) scalar_field points_of (fun k => 1 : scalar_field k) Bls12381
  (points_of Bls12381) (points_of Bls12381) (fun C Q => (C : scalar_field Bls12381) * Q)
  _ flatten u16_octets
  (fun k s => enc_int 32 (of_scalar s))
  (fun k p => found [::] (encoded t) (curve_id k, of_scalar (p : scalar_field k)))
  (fun bs => if [seq e.1.2 | e <- encoded t & (e.1.1 == 2%num) && (e.2 == bs)] is n :: _
             then if n == 0%num then None else Some (to_scalar Bls12381 n) else None)
  (fun p => found [::] (target t) (of_scalar (p : scalar_field Bls12381)))
  (bits_to 16) (bits_to 20)
  (fun _ _ => [::]) (fun _ _ => block_from [::]) (fun _ _ => hash20_from [::])
  (fun _ _ _ => ord0) (fun _ _ _ => 0)
  (fun _ => 1 : scalar_field Bls12381)
  M (fun _ => set0).

Definition oracle : hashes unhashed := @Hashes unhashed
  O (fun l ps => block_from (O l ps)) (fun l ps => hash20_from (O l ps))
  (fun l ps => let out := [seq octet_from b | b <- O l ps] in fun n => nth ord0 out n)
  (fun k l ps => to_scalar k (dec_int (O l (u16_octets (N.to_nat (curve_id k)) :: ps))))
  (fun h => [set i : 'I_M | val i \in sampled h]).
Definition traced : primitives := hashing oracle.

Definition kept_now (h : bytes) : pred 'I_M := fun i => val i \in sampled h.

Lemma kept_nowE h (i : 'I_M) : (i \in model.subset (p := traced) h) = kept_now h i.
Proof. by rewrite inE. Qed.

(* What is evaluated below is the model over these primitives. *)
Theorem traced_verify (cl : claim traced) (lay : layout cl) (pf : packed_proof lay) :
  verify_now (P := traced) to_scalar used_dec used_curves kept_now pf = packed_verify pf.
Proof. exact: (verify_nowE (P := traced) used_dec to_scalarE used_curvesE kept_nowE pf). Qed.

Theorem traced_encrypt (cl : claim traced) (lay : layout cl) (x : scalars cl) (u : bytes) :
  omap (written_proof (P := traced) kept_now) (encrypt_now lay to_scalar used_dec used_curves kept_now x u) =
  omap (written_proof (P := traced) kept_now) (packed_encrypt lay x u).
Proof. exact: (encrypt_nowE (P := traced) lay used_dec to_scalarE used_curvesE kept_nowE x u). Qed.

Theorem traced_open (cl : claim traced) (lay : layout cl) (pf : packed_proof lay) c (un : unlock traced) :
  alike (open_now (P := traced) to_scalar used_dec kept_now pf c un) (packed_open pf c un).
Proof. exact: (open_nowE (P := traced) used_dec to_scalarE kept_nowE pf c un). Qed.

(* The sampler of the model is that of subset.v. *)
Theorem sampled_model h : sampled h = odflt [::]
  (subset.subset M T (N.to_nat mask_size) (map N.to_nat (pairs (O Subset [:: h])))).
Proof. by rewrite /sampled subset_N_model ?Nat2N.id //; apply: N.pow_nonzero. Qed.

End Primitives.

(* ---- the claim of a statement, and a proof, from their octets ---- *)
Section Read.

Variables (t : table) (M : nat) (st : encoding.statement).
Let parts := encoding.compartments st.
Let part (c : nat) := nth (encoding.Compartment (encoding.Member [::]) [::]) parts c.
Let entry_at (c j : nat) := nth (encoding.Entry 0 [::] 0 0 [::]) (encoding.entries (part c)) j.

Definition log_of (id : N) (bs : bytes) : N :=
  if [seq e.1.2 | e <- encoded t & (e.1.1 == id) && (e.2 == bs)] is n :: _ then n else 0%num.
Definition g1_of (bs : bytes) : points_of Bls12381 := to_scalar Bls12381 (log_of 2 bs).
Definition lock_with (l : encoding.lock) : lock (unhashed t M) :=
  match l with
  | encoding.Recovery Y B => @Recovery (unhashed t M) (g1_of Y) (g1_of B)
  | encoding.Member E => @Member (unhashed t M) (g1_of E)
  end.

(* Unlock material: a member's key, or the logarithm of sigma to Q and the Blinder's key. *)
Definition unlock_with (un : N * N + N) : unlock (unhashed t M) :=
  match un with
  | inl (sigma, b) => @ByRecovery (unhashed t M) (to_scalar Bls12381 sigma) (to_scalar Bls12381 b)
  | inr e => @ByMember (unhashed t M) (to_scalar Bls12381 e)
  end.

(* S is the statement's digest. *)
Variable S : bytes.
Definition claim_of : claim (unhashed t M) := @Claim (unhashed t M) S
  (size parts) (fun c => size (encoding.entries (part c))) (fun c => lock_with (encoding.lock_of (part c)))
  (fun e => curve_with (encoding.curve (entry_at (tag e) (tagged e))))
  (fun e => let found := entry_at (tag e) (tagged e) in
            to_scalar _ (log_of (encoding.curve found) (encoding.public_share found))).
Definition layout_of : layout claim_of := spec_layout claim_of (encoding.width (encoding.parameter_set st)).

(* Scalars in a list, in the order of the entries or packs. *)
Definition place_in (n : nat) (size_at : 'I_n -> nat) (c : 'I_n) (j : nat) : nat :=
  (sumn [seq size_at c' | c' <- take c (ords n)] + j)%N.
Definition scalars_of (cl : claim (unhashed t M)) (s : seq N) : scalars cl :=
  fun e => to_scalar _ (nth 0%num s (place_in (@entries _ cl) (tag e) (tagged e))).

Definition in_order (cl : claim (unhashed t M)) (c : 'I_(compartments cl)) (y : secrets_of c) : seq N :=
  [seq of_scalar (y j) | j <- ords _].

Definition proof_parts := (bytes * (bytes * (seq (bytes * bytes) * seq (bytes * (seq bytes * (bytes * seq N))))))%type.
(* The kept instances are not in a proof: the challenge says which they are. *)
Definition proof_of (sampled : bytes -> seq nat) (p : proof_parts) : packed_proof layout_of :=
  let: (h, (n, (rs, ks))) := p in
  let kept := sampled h in
  let others := [seq i <- iota 0 M | i \notin kept] in
  PackedProof (lay := layout_of) h (block_from n) (fun i : 'I_M =>
    if val i \in kept then
      let: (C_i, (w, (salt, z))) := nth ([::], ([::], ([::], [::]))) ks (index (val i) kept) in
      @Kept (unhashed t M) (packed_claim layout_of i) C_i (fun c => block_from (nth [::] w c)) (block_from salt)
            (scalars_of (cl := packed_claim layout_of i) z)
    else let: (seed, r) := nth ([::], [::]) rs (index (val i) others) in
      Revealed (packed_claim layout_of i) (block_from seed) (hash20_from r)).

End Read.

(* HS_C hashes the number of its curve too (spec §3.3). *)
Definition framed (a : asked) : asked := if a.1 is Kem then (Kem, u16_octets 2 :: a.2) else a.

(* ---- what comes out, and what was asked, for one vector ---- *)
Section Outcomes.

Variables (O : label -> seq bytes -> bytes) (t : table).

Definition digest_of (statement : bytes) : bytes := O Statement [:: statement].

Definition with_statement (A : Type) (octets : bytes)
    (f : forall (M T : nat) (st : encoding.statement), option A) : option A :=
  if decode (encoding.statement_codec v1) octets is Some st then
    if encoding.parameters (encoding.parameter_set st) is Some (M, T) then f M T st else None
  else None.

Definition verify_outcome (statement proof : bytes) : option (bool * seq asked) :=
  with_statement statement (fun M T st => if decode (encoding.proof_codec v1 st) proof is Some p then
    let pf := proof_over (oracle O t M T) (proof_of t M st (digest_of statement) (sampled O M T) p) in
    let last := challenge_call (P := traced O t M T) to_scalar used_dec used_curves pf in
    Some (verify_with (P := traced O t M T) (kept_now O T (M := M)) pf last,
          (Statement, [:: statement]) :: map framed (verify_calls_with (P := traced O t M T) pf last))
  else None).

(* The octets of the proof, if there is one. *)
Definition encrypt_outcome (statement : bytes) (secrets : seq N) (u : bytes) :
    option (option bytes * seq asked) :=
  with_statement statement (fun M T st =>
    let cl := claim_of t M st (digest_of statement) in
    let lay := layout_over (oracle O t M T) (layout_of t M st (digest_of statement)) in
    let x := scalars_of (cl := cl) secrets in
    let kept := kept_now O T (M := M) in
    let last := encrypt_challenge_call lay to_scalar used_dec used_curves x u in
    Some (omap (fun pf : packed_proof lay => flatten (written_proof (P := traced O t M T) kept pf))
            (encrypt_with lay to_scalar used_dec kept x u last),
          (Statement, [:: statement]) :: map framed (encrypt_calls_with lay to_scalar used_dec kept x u last))).

(* The secrets of compartment c, if it opens. *)
Definition open_outcome (statement proof : bytes) (c : nat) (un : N * N + N) : option (option (seq N) * seq asked) :=
  with_statement statement (fun M T st => if decode (encoding.proof_codec v1 st) proof is Some p then
    let pf := proof_over (oracle O t M T) (proof_of t M st (digest_of statement) (sampled O M T) p) in
    if ord_at (compartments (claim_of t M st (digest_of statement))) c is Some c then
      let un := unlock_over (oracle O t M T) (unlock_with t M un) in
      Some (omap (in_order (t := t) (M := M) (cl := claim_of t M st (digest_of statement)) (c := c))
             (open_now (P := traced O t M T) to_scalar used_dec (kept_now O T (M := M)) pf c un),
            (Statement, [:: statement]) ::
            map framed (open_proof_calls (P := traced O t M T) to_scalar used_dec (kept_now O T (M := M)) pf c un))
    else None
  else None).

End Outcomes.

Definition trace (t : table) : seq asked := map fst (hashed t).
