(* Soundness in the random oracle model (spec §13.2): the hash functions of §6 are one function, drawn uniformly; an
   adversary asks it at most Q times, and then gives a statement and a proof.  How often Verify accepts and Open, with
   the right key, fails. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import model encryption batching stream soundness cutandchoose packing width rom romgame.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory.

(* One output, long enough for everything that is taken from one, and what is
   taken: octets as they are or as digests, a scalar, or a subset. *)
Record outputs (P : primitives) := Outputs {
  out : finType; first_output : out;
  out32 : out -> bytes P; out16 : out -> block; out20 : out -> hash20;
  octets_of : out -> nat -> octet;
  out_scalar : forall k : curve P, out -> scalar k;
  out_subset : out -> {set 'I_(M P)}
}.

Section Oracle.

Variables (P : primitives) (U : outputs P).
(* The inputs that can be hashed, any finite set of them. *)
Variable domain : seq (label * seq (bytes P)).
Local Notation input := (adhoc_seq_sub_finType domain).
Local Notation oracle := {ffun input -> out U}.

Definition answer (O : oracle) l ps : out U :=
  if insub (l, ps) is Some x then O x else first_output U.

(* The hash functions are what the oracle answers; all else is as before. *)
Definition oracle_primitives (O : oracle) : primitives :=
  @Primitives (curve P) (@wide P) (@scalar P) (@group P) (@gen P) (bls P) (G2 P) (GT P) (@pairing P)
    (bytes P) (@join P) (@u16 P) (@enc_scalar P) (@enc_point P) (@dec_point P) (@enc_gt P)
    (@enc_block P) (@enc_hash20 P)
    (fun l ps => out32 (answer O l ps)) (fun l ps => out16 (answer O l ps))
    (fun l ps => out20 (answer O l ps)) (fun l ps => octets_of (answer O l ps))
    (fun k l ps => out_scalar k (answer O l ps)) (@hash_to_g2 P) (M P)
    (fun h => out_subset (answer O Subset [:: h])).

Lemma oracle_laws O : laws P -> laws (oracle_primitives O). Proof. by case=> *; split. Qed.

(* Statements of one shape, which fixes compartments, entries, curves and packs. *)
Variables (sh : claim P) (lay : layout sh).
Local Notation C := 'I_(compartments sh).
Local Notation entry := {c : C & 'I_(entries c)}.
Local Notation pack := {c : C & 'I_(packs lay c)}.

Record statements := Statements {
  statement : Type;
  encoding : statement -> label * seq (bytes P);        (* what its digest is of *)
  decoding : label * seq (bytes P) -> option statement;
  locks : statement -> C -> lock P;
  shares : statement -> forall e : entry, group (curve_of e)
}.

Variable S : statements.
Implicit Types (O : oracle) (st : statement S) (d N : bytes P).

Definition lock_in O (l : lock P) : lock (oracle_primitives O) :=
  match l with
  | Recovery Y B => @Recovery (oracle_primitives O) Y B | Member E => @Member (oracle_primitives O) E
  end.

(* The claim of a statement, with d for its digest. *)
Definition claim_at O d st : claim (oracle_primitives O) :=
  @Claim (oracle_primitives O) d (compartments sh) (@entries P sh) (fun c => lock_in O (locks st c))
    (@curve_of P sh) (shares st).
Definition layout_at O d st : layout (claim_at O d st) :=
  @Layout (oracle_primitives O) (claim_at O d st) (packs lay) (@pack_curve P sh lay) (pack_of lay) (place lay).
Definition derived O d st (i : 'I_(M P)) := packed_claim (layout_at O d st) i.

Definition digest_of O st : bytes P := out32 (answer O (encoding st).1 (encoding st).2).

Definition shown_in O d st i (v : revealed (packed_claim lay i)) : revealed (derived O d st i) :=
  match v with
  | Revealed seed h => Revealed (derived O d st i) seed h
  | Kept C_i w salt z => @Kept _ (derived O d st i) C_i w salt z
  end.
Definition proof_in O st (pf : packed_proof lay) : packed_proof (layout_at O (digest_of O st) st) :=
  @PackedProof _ _ (layout_at O (digest_of O st) st) (packed_challenge pf) (packed_nonce pf)
    (fun i => shown_in O (digest_of O st) st (packed_instances pf i)).

(* ---- what Verify hashes ---- *)
Section Queries.
Variables (O : oracle) (st : statement S) (pf : packed_proof lay).
Let d := digest_of O st.
Let N := proof_id (claim_at O d st) (packed_nonce pf).
Let v i := shown_in O d st (packed_instances pf i).
Let a := packed_first_hash N v.

Definition instance_query i : label * seq (bytes P) :=
  match v i with
  | Revealed seed _ => (Kem, [:: N; u16 P i; enc_block P seed])
  | Kept _ _ salt z => (Response, N :: u16 P i :: enc_block P salt :: encode_scalars z)
  end.

Definition queries : seq (label * seq (bytes P)) :=
  [:: encoding st, (ProofId, [:: d; enc_block P (packed_nonce pf)]),
      (Commit, N :: flatten [seq first_message N i (v i) | i <- enum 'I_(M P)]),
      (Batch, [:: a]), (Challenge, a :: flatten [seq [seq enc_point (R_of (cl := derived O d st i) N
            (batch (cl := derived O d st i) a) i (v i) k) | k <- curve_order (derived O d st i)]
          | i <- enum 'I_(M P)]),
      (Subset, [:: packed_challenge pf])
    & [seq instance_query i | i <- enum 'I_(M P)]].
End Queries.

(* ---- one class of oracles: all but the hashes that are drawn are those of O0 ---- *)
Section Class.

Variable O0 : oracle.
Local Notation I := 'I_(M P).
Local Notation responses := {dffun forall q : pack, scalar (pack_curve q)}.

Definition kind (x : input) : label :=
  match val x with
  | (DealingStatement, _) => Statement
  | (Batch, [:: _]) => Batch | (Batch, _) => Seed
  | (l, _) => l
  end.
Definition first_part (x : input) : bytes P := nth (out32 (first_output U)) (val x).2 0.

(* What a commitment has for instance i, and a challenge. *)
Definition message (c : input) (i : I) : seq (bytes P) :=
  nth [::] (reshape (nseq (M P) (compartments sh).+2) (behead (val c).2)) i.
Definition points (h : input) (i : I) : seq (bytes P) :=
  nth [::] (reshape (nseq (M P) (size (curve_order (shape lay)))) (behead (val h).2)) i.
Definition wanted (c : input) (i : I) : option hash20 :=
  [pick v | enc_hash20 P v == nth (out32 (first_output U)) (message c i) (compartments sh).+1].
Definition encode_responses (z : responses) : seq (bytes P) := encode_scalars (cl := shape lay) z.
Definition answered (x : input) : option (I * responses) := [pick iz : I * responses |
  if (val x).2 is _ :: i :: _ :: z then (i == u16 P (iz.1 : I)) && (z == encode_responses iz.2) else false].

(* r and the wrapped sub-seeds, if C_i is r g1. *)
Definition sealed (c : input) (i : I) : option (scalar (bls P) * {ffun C -> block}) :=
  [pick rw : scalar (bls P) * {ffun C -> block} | take (compartments sh).+1 (message c i) ==
  enc_point (rw.1 *: gen (bls P)) :: [seq enc_block P (rw.2 k) | k <- enum C]].
Definition masks d N st i (rw : scalar (bls P) * {ffun C -> block}) : responses := [ffun q =>
  mask_of (cl := derived O0 d st i) N i q
    (xor (rw.2 (tag q)) (wrap_key_enc (cl := derived O0 d st i) N i (tag q) rw.1))].
Definition coefficients_at (y : out U) : coefficients (shape lay) :=
  coefficients_of [ffun k => octets_of y (val k)].
Definition rho_at (y : out U) : pack -> nat := coeffs (coefficients_at y).

Definition with_masks (T : Type) (t0 : T) (s n c : input) i
    (f : forall d st (rw : scalar (bls P) * {ffun C -> block}), responses -> T) : T :=
  if decoding S (val s) is Some st then if sealed c i is Some rw then
    f (first_part n) st rw (masks (first_part n) (first_part c) st i rw)
  else t0 else t0.

Definition revealable (s n c h : input) (y : out U) i : bool := with_masks false s n c i (fun d st rw m =>
  (rw.1 != 0%R) && (points h i == [seq enc_point (R_masks (cl := derived O0 d st i) (rho_at y) m k)
                                 | k <- curve_order (derived O0 d st i)])).
Definition bad_instances s n c h y : {set I} := [set i | ~~ revealable s n c h y i].

Definition error_at d st i (m z : responses) (q : pack) : group (pack_curve q) :=
  error (cl := derived O0 d st i) m z q.
Definition sum_at d st i k y (err : forall q : pack, group (pack_curve q)) : group k :=
  sum_points (cl := derived O0 d st i) k (rho_at y) err.

Definition cancels (s n c : input) i (z : responses) (y : out U) : bool :=
  with_masks false s n c i (fun d st _ m => let err := error_at d st i m z in
    [exists q, err q != 0%R] && [forall q : pack, sum_at d st i (pack_curve q) y err == 0%R]).
Definition on_curve (k : curve P) (z : responses) : responses :=
  [ffun q => if pack_curve q == k then z q else 0%R].
Definition cancels_on k (s n c : input) i (z : responses) (y : out U) : bool :=
  with_masks false s n c i (fun d st _ m => let err := error_at d st i m z in
    [exists q, (pack_curve q == k) && (err q != 0%R)] && (sum_at d st i k y err == 0%R)).

(* What is assumed of the outputs: that nothing taken from one is likelier than
   it should be.  And of the encodings, that they are injective. *)
Variables (T names hashes zeros unlikely : nat) (planes : curve P -> nat).
Record regular : Prop := Regular {
  regular32 : forall d, #|[set y : out U | out32 y == d]| * names <= #|out U|;
  regular20 : forall v, #|[set y : out U | out20 y == v]| * hashes <= #|out U|;
  regular_subset : forall F : {set {set I}}, (forall K, K \in F -> #|K| = T) ->
    #|[set y : out U | out_subset y \in F]| * 'C(M P, T) <= #|F| * #|out U|;
  regular_scalar : #|[set y : out U | out_scalar (bls P) y == 0%R]| * zeros <= #|out U|;
  regular_coefficients : forall rho,
    #|[set y | coefficients_at y == rho]| * #|{: coefficients (shape lay)}| <= #|out U|
}.
Record encodings : Prop := Encodings {
  enc_scalar_inj : forall k : curve P, injective (@enc_scalar P k);
  enc_hash20_inj : injective (@enc_hash20 P);
  u16_inj : forall i j : I, u16 P i = u16 P j -> i = j;
  encodingK : pcancel (encoding (s := S)) (decoding S);
  encoding_label : forall st : statement S, (encoding st).1 \in [:: Statement; DealingStatement]
}.
Hypotheses (L : laws P) (G : regular) (Enc : encodings).
Hypothesis share : forall k : curve P, exists2 p, p \in [char (scalar k)]%R
  & (up (256 ^ wide k) p * planes k <= 256 ^ wide k) && (unlikely <= planes k).

Lemma coefficients_share (X : {set coefficients (shape lay)}) D :
  #|X| * D <= #|{: coefficients (shape lay)}| ->
  #|[set y | coefficients_at y \in X]| * D <= #|out U|.
Proof.
move=> le; set n := #|{: _}| in le; have n0 : 0 < n.
  by rewrite /n card_coefficients prodn_gt0 // => e; rewrite expn_gt0.
rewrite -(leq_pmul2r n0) mulnAC; apply: (@leq_trans (#|X| * #|out U| * D)); last first.
  by rewrite mulnAC [X in _ <= X]mulnC leq_mul2r le orbT.
rewrite leq_mul2r; apply/orP; right.
apply: within_share (union_share (f := fun rho => [set y | coefficients_at y == rho]) (leqnn #|X|) _).
  by move=> y; rewrite inE => yX; apply/bigcupP; exists (coefficients_at y); rewrite // inE.
by move=> rho _; apply: regular_coefficients G rho.
Qed.

Lemma cancels_share s n c i z : #|[set y | cancels s n c i z y]| * unlikely <= #|out U|.
Proof.
rewrite /cancels /with_masks; case: decoding => [st|]; last by apply: none_share => y; rewrite inE.
case: sealed => [rw|]; last by apply: none_share => y; rewrite inE.
set err := error_at _ _ _ _ _.
have [/existsP[q ne]|] /= := boolP [exists q, err q != 0%R]; last by move=> _; apply: none_share => y; rewrite inE.
apply: within_share (coefficients_share (X := kernels (cl := derived O0 (first_part n) st i) err) _).
  by move=> y; rewrite !inE.
have sh0 : forall k : curve (oracle_primitives O0), exists2 p, p \in [char (scalar k)]%R &
    up (256 ^ wide k) p * unlikely <= 256 ^ wide k.
  move=> k; have [p ch /andP[le1 le2]] := share k; exists p => //.
  by apply: leq_trans le1; rewrite leq_mul2l le2 orbT.
exact: (error_count (cl := derived O0 (first_part n) st i) sh0 ne).
Qed.

Lemma on_share k s n c i z : #|[set y | cancels_on k s n c i z y]| * planes k <= #|out U|.
Proof.
rewrite /cancels_on /with_masks; case: decoding => [st|]; last by apply: none_share => y; rewrite inE.
case: sealed => [rw|]; last by apply: none_share => y; rewrite inE.
set err := error_at _ _ _ _ _.
have [/existsP[q /andP[/eqP qk ne]]|] /= := boolP [exists q, (pack_curve q == k) && (err q != 0%R)].
  2: by move=> _; apply: none_share => y; rewrite inE.
pose X := [set rho : coefficients (shape lay) |
  sum_points (cl := derived O0 (first_part n) st i) k (coeffs rho) err == 0%R].
apply: within_share (coefficients_share (X := X) _) => [y|]; first by rewrite !inE.
have [p ch /andP[le _]] := share k.
exact: (curve_count (cl := derived O0 (first_part n) st i) ch le qk ne).
Qed.

Lemma cancels_some s n c i z y : cancels s n c i z y -> exists k, cancels_on k s n c i (on_curve k z) y.
Proof.
rewrite /cancels /cancels_on /with_masks; case: decoding => [st|] //; case: sealed => [rw|] //.
set m := masks _ _ _ _ _ => /andP[/existsP[q ne] /forallP ker].
have E q' : pack_curve q' = pack_curve q -> error_at (first_part n) st i m (on_curve (pack_curve q) z) q' =
    error_at (first_part n) st i m z q'.
  move=> Ek; rewrite /error_at /error (_ : on_curve (pack_curve q) z q' = z q') //.
  by rewrite ffunE; case: eqP.
have same (q' : pack) : @point_on (oracle_primitives O0) (pack_curve q) (pack_curve q')
      ((rho_at y q')%:R *: error_at (first_part n) st i m (on_curve (pack_curve q) z) q')%R =
    @point_on (oracle_primitives O0) (pack_curve q) (pack_curve q')
      ((rho_at y q')%:R *: error_at (first_part n) st i m z q')%R.
  have [Ek|ne'] := eqVneq (pack_curve q') (pack_curve q); first by rewrite E.
  by rewrite /point_on; case: eqP => // Ek; rewrite Ek eqxx in ne'.
exists (pack_curve q); apply/andP; split.
  by apply/existsP; exists q; rewrite eqxx E.
by apply/eqP; rewrite -[RHS](eqP (ker q)); apply: eq_bigr => q' _; apply: same.
Qed.

Lemma kind_batch_inj b b' : kind b = Batch -> kind b' = Batch -> first_part b = first_part b' -> b = b'.
Proof.
rewrite /kind /first_part => kb kb' E; apply: val_inj; move: kb kb' E.
case: (val b) => l [|p [|p' ps]]; case: (val b') => l' [|q [|q' qs]] /=;
  by case: l => //; case: l' => // _ _ ->.
Qed.

(* What is left as it was: what is not drawn. *)
Lemma answer_at O l ps x : val x = (l, ps) -> answer O l ps = O x. Proof. by move=> E; rewrite /answer -E valK. Qed.

Lemma answer_given O l ps : O \in class (given kind) O0 -> l \in [:: Mask; Wrap] ->
  answer O l ps = answer O0 l ps.
Proof.
move=> /classP C kl; rewrite /answer; case: insubP => [x _ Ex|] //.
by apply: C; rewrite inE /kind Ex; case: l kl {Ex}.
Qed.

Lemma wrap_given O d st i N c r : O \in class (given kind) O0 ->
  wrap_key_enc (cl := derived O d st i) N i c r = wrap_key_enc (cl := derived O0 d st i) N i c r.
Proof.
move=> Cl; rewrite /wrap_key_enc /=; case: (locks st c) => [Y B|E] /=;
  by rewrite (answer_given _ Cl).
Qed.

Lemma mask_given O d st i N q b : O \in class (given kind) O0 ->
  mask_of (cl := derived O d st i) N i q b = mask_of (cl := derived O0 d st i) N i q b.
Proof. by move=> Cl; rewrite /mask_of /= (answer_given _ Cl). Qed.

(* If a commitment has C_i = r g1 for instance i, and w_ic, these are what is read
   from it. *)
Lemma sealed_at c i r (w : C -> block) :
  take (compartments sh).+1 (message c i) = enc_point (r *: gen (bls P)) :: [seq enc_block P (w k) | k <- enum C] ->
  exists2 rw, sealed c i = Some rw & rw.1 = r /\ rw.2 =1 w.
Proof.
move=> E; rewrite /sealed; case: pickP => [[r' w'] /eqP /=|/(_ (r, [ffun k => w k]))]; last first.
  rewrite E /= (_ : [seq _ | k <- _] = [seq enc_block P (w k) | k <- enum C]) ?eqxx //.
  by apply: eq_map => k; rewrite ffunE.
rewrite E => -[/(enc_point_inj L)/(scale_gen_inj L) Er Ew]; exists (r', w') => //; split=> //= k.
by apply/esym/(enc_block_inj L); move/eq_in_map: Ew => -> //; rewrite mem_enum.
Qed.

Section Link.

Variables (O : oracle) (st : statement S) (pf : packed_proof lay) (tr : seq input).
Hypothesis Cl : O \in class (given kind) O0.
Local Notation d := (digest_of O st).
Local Notation N := (proof_id (claim_at O d st) (packed_nonce pf)).
Local Notation v i := (shown_in O d st (packed_instances pf i)).
Local Notation a := (packed_first_hash N (fun i => v i)).

Hypothesis asks : {subset queries O st pf <= [seq val x | x <- tr]}.

Lemma asked_at l ps : (l, ps) \in queries O st pf -> exists2 x, x \in tr & val x = (l, ps).
Proof. by move/asks/mapP => [x xt E]; exists x. Qed.

Lemma message_at c i : val c = (Commit, N :: flatten [seq first_message N i (v i) | i <- enum 'I_(M P)]) ->
  message c i = first_message N i (v i).
Proof.
move=> E; rewrite /message E /=; apply: (@reshape_flatten _ _ _ N (fun i => first_message N i (v i))) => j.
by case: (v j) => [seed h|C_i w salt z]; rewrite /= size_cat size_map size_enum_ord /= addn1.
Qed.

Lemma points_at h i : val h = (Challenge, a :: flatten [seq [seq enc_point (R_of (cl := derived O d st i) N
     (batch (cl := derived O d st i) a) i (v i) k) | k <- curve_order (derived O d st i)] | i <- enum 'I_(M P)]) ->
  points h i = [seq enc_point (R_of (cl := derived O d st i) N (batch (cl := derived O d st i) a) i (v i) k)
               | k <- curve_order (derived O d st i)].
Proof.
move=> E; rewrite /points E /=; apply: (@reshape_flatten _ _ _ a (fun i => [seq enc_point
  (R_of (cl := derived O d st i) N (batch (cl := derived O d st i) a) i (v i) k)
  | k <- curve_order (derived O d st i)])) => j.
by rewrite size_map.
Qed.

(* The queries of the proof. *)
Variables s n c b h k : input.
Hypotheses (Es : val s = encoding st) (En : val n = (ProofId, [:: d; enc_block P (packed_nonce pf)])).
Hypothesis Ec : val c = (Commit, N :: flatten [seq first_message N i (v i) | i <- enum 'I_(M P)]).
Hypothesis Eb : val b = (Batch, [:: a]).
Hypothesis Eh : val h = (Challenge, a :: flatten [seq [seq enc_point (R_of (cl := derived O d st i) N
  (batch (cl := derived O d st i) a) i (v i) k) | k <- curve_order (derived O d st i)] | i <- enum 'I_(M P)]).
Hypothesis Ek : val k = (Subset, [:: packed_challenge pf]).

Lemma digest_name : d = out32 (O s). Proof. by rewrite /digest_of (@answer_at O _ _ s) // Es -surjective_pairing. Qed.
Lemma id_name : N = out32 (O n). Proof. by rewrite -(answer_at O En). Qed.
Lemma commit_name : a = out32 (O c). Proof. by rewrite -(answer_at O Ec). Qed.
Lemma kept_set : subset (p := oracle_primitives O) (packed_challenge pf) = out_subset (O k).
Proof. by rewrite -(answer_at O Ek). Qed.

Lemma rho_batch i : batch (cl := derived O d st i) a =1 rho_at (O b).
Proof.
move=> q; rewrite -(batch_coefficients (cl := derived O d st i) a) /rho_at /coefficients_at.
by rewrite -(answer_at O Eb) /coeffs !ffunE.
Qed.

Lemma with_masks_at (A : Type) (t0 : A) i f : with_masks t0 s n c i f =
  if sealed c i is Some rw then f d st rw (masks d N st i rw) else t0.
Proof. by rewrite /with_masks Es (encodingK Enc) /first_part En Ec. Qed.

Lemma R_masks_at i (rho rho' : pack -> nat) (m m' : forall q : pack, scalar (pack_curve q)) k0 :
  rho =1 rho' -> (forall q, m q = m' q) ->
  R_masks (cl := derived O d st i) rho m k0 = R_masks (cl := derived O0 d st i) rho' m' k0.
Proof.
move=> Er Em; congr (_ *: _)%R; rewrite /sum_scalars; apply: eq_bigr => q _.
by rewrite Er Em.
Qed.

(* What a seed reveals is what the commitment seals. *)
Lemma revealed_sealed i seed h0 : v i = Revealed _ seed h0 ->
  exists2 rw, sealed c i = Some rw & rw.1 = kem (P := oracle_primitives O) N i seed /\
    forall q, masks d N st i rw q = mask (cl := derived O d st i) N i seed q.
Proof.
move=> Ev; have [|rw Erw [E1 E2]] := @sealed_at c i (kem (P := oracle_primitives O) N i seed)
    (wrapped (cl := derived O d st i) N i seed).
  by rewrite (message_at _ Ec) Ev /= take_size_cat // size_map size_enum_ord.
exists rw => //; split=> // q; rewrite ffunE E1 E2 -(@mask_given O d st i N q _ Cl).
by rewrite -(@wrap_given O d st i N (tag q) _ Cl) /mask /wrapped xorK.
Qed.

Lemma revealed_not_bad i seed h0 : v i = Revealed _ seed h0 -> kem (P := oracle_primitives O) N i seed != 0%R ->
  i \notin bad_instances s n c h (O b).
Proof.
move=> Ev r0; rewrite inE negbK /revealable with_masks_at.
have [rw -> [-> Em]] := revealed_sealed Ev; rewrite r0 (points_at _ Eh) Ev /=.
apply/eqP/eq_map => k0; congr (enc_point _); apply: R_masks_at => // q.
exact: rho_batch.
Qed.

Lemma sealed_some i rw : sealed c i = Some rw ->
  take (compartments sh).+1 (message c i) =
  enc_point (rw.1 *: gen (bls P)) :: [seq enc_block P (rw.2 k) | k <- enum C].
Proof. by rewrite /sealed; case: pickP => // rw' /eqP E [<-]. Qed.

Lemma seal_given i rw q : masks d N st i rw q = mask_of (cl := derived O d st i) N i q
  (xor (rw.2 (tag q)) (wrap_key_enc (cl := derived O d st i) N i (tag q) rw.1)).
Proof.
by rewrite ffunE (@mask_given O d st i N q _ Cl) (@wrap_given O d st i N (tag q) _ Cl).
Qed.

(* A kept instance that is not bad opens, or its coefficients cancel an error. *)
Lemma kept_not_bad i C_i w salt z c0 un : v i = Kept C_i w salt z ->
  i \notin bad_instances s n c h (O b) -> unlocks (claim_at O d st) (lock_of (c := claim_at O d st) c0) un ->
  isSome (open_instance (cl := derived O d st i) N i c0 un (v i)) \/
  cancels s n c i [ffun q => z q] (O b).
Proof.
move=> Ev; rewrite inE negbK /revealable with_masks_at; case Es0: (sealed c i) => [rw|] //.
set m := masks d N st i rw => /andP[r0 /eqP Ep] right.
have := sealed_some Es0; rewrite (message_at _ Ec) Ev [first_message _ _ _]/= [take _ _]/=.
rewrite take_size_cat => [[EC Ew]|]; last by rewrite size_map size_enum_ord.
have {}Ew c' : w c' = rw.2 c'.
  by apply: (enc_block_inj L); move/eq_in_map: Ew => -> //; rewrite mem_enum.
have kernel (q : pack) : sum_points (cl := derived O d st i) (pack_curve q) (batch (cl := derived O d st i) a)
    (error (cl := derived O d st i) m z) = 0%R.
  have qo : pack_curve q \in curve_order (derived O d st i) := curve_in_order (cl := derived O d st i) q.
  move: Ep; rewrite (points_at _ Eh) Ev => /eq_in_map /(_ _ qo) /(enc_point_inj L) /= E.
  rewrite -R_error E (@R_masks_at i _ (rho_at (O b)) m m) ?subrr // => q'.
  exact: rho_batch.
have [/existsP[q ne]|/existsPn none] := boolP [exists q : pack, error (cl := derived O d st i) m z q != 0%R].
  right; rewrite /cancels with_masks_at Es0 -/m.
  have Ee q' : error_at d st i m [ffun q => z q] q' = error (cl := derived O d st i) m z q'.
    by rewrite /error_at /error ffunE.
  apply/andP; split; first by apply/existsP; exists q; rewrite Ee.
  apply/forallP => q'; rewrite -[X in _ == X](kernel q'); apply/eqP; apply: eq_bigr => q'' _.
  by rewrite Ee rho_batch.
left; rewrite /= EC (dec_enc_point L) ?scaler_eq0 ?negb_or ?r0 ?(gen_neq0 L) //.
rewrite (wrap_key_agrees (oracle_laws O L) (cl := derived O d st i)) // Ew.
case: ifP => // /negP[]; apply/forallP => j; have := none (existT _ c0 j).
by rewrite negbK subr_eq0 /m seal_given.
Qed.

Hypotheses (st0 : s \in tr) (nt0 : n \in tr) (ct0 : c \in tr) (bt0 : b \in tr) (ht0 : h \in tr) (kt0 : k \in tr).
Variables (W : nat) (packed : packing (layout_at O d st) W).

Lemma response_asked i C_i w salt z : v i = Kept C_i w salt z -> exists x : input,
  [/\ kind x = Response, x \in tr, answered x = Some (i, [ffun q => z q] : responses)
    & wanted c i = Some (out20 (O x))].
Proof.
move=> Ev.
have /asked_at[x xt Ex] : (Response, N :: u16 P i :: enc_block P salt :: encode_scalars z) \in queries O st pf.
  by rewrite !in_cons !orbA; apply/orP; right; apply/mapP; exists i; rewrite ?mem_enum // /instance_query Ev.
exists x; split=> //; first by rewrite /kind Ex.
  have Ez : encode_scalars z = encode_responses [ffun q => z q] by apply: eq_map => q; rewrite ffunE.
  rewrite /answered Ex Ez; case: pickP => [[i' z'] /= /andP[/eqP /(u16_inj Enc) <- /eqP E]|].
    congr (Some (_, _)); apply/ffunP => q; have /eq_in_map/(_ q) := E.
    by rewrite mem_enum => /(_ isT) /(enc_scalar_inj Enc) ->.
  by move/(_ (i, [ffun q => z q])); rewrite /= !eqxx.
rewrite /wanted (message_at _ Ec) Ev [first_message _ _ _]/= [nth _ _ _]/= nth_cat size_map size_enum_ord ltnn subnn.
rewrite -[answer O Response _]/(answer O Response (N :: u16 P i :: enc_block P salt :: encode_scalars z)).
rewrite (answer_at O Ex) /=.
by case: pickP => [y /eqP/(enc_hash20_inj Enc) ->|/(_ (out20 (O x)))] //; rewrite eqxx.
Qed.

Lemma cheating_cheats c0 un : packed_verify (proof_in O st pf) ->
  #|subset (p := oracle_primitives O) (packed_challenge pf)| = T ->
  unlocks (claim_at O d st) (lock_of (c := claim_at O d st) c0) un ->
  packed_open (proof_in O st pf) c0 un = None ->
  cheats kind (@out32 P U) first_part T W (@out_subset P U) bad_instances (@out20 P U) wanted answered cancels
    (fun y => out_scalar (bls P) y == 0%R) O tr.
Proof.
case/andP=> /forallP shows /eqP ch; rewrite kept_set => KT right fails.
have {}ch : packed_challenge pf = out32 (O h) by rewrite -(answer_at O Eh).
exists s, n, c, b, h, k; split.
- split; [split | by [] | |].
  + rewrite /kind Es; have := encoding_label Enc st; case: (encoding st) => l ps /=.
    by rewrite !inE => /orP[] /eqP ->.
  + by rewrite /kind En.
  + by rewrite /kind Ec.
  + by rewrite /first_part En; apply: digest_name.
  + by rewrite /first_part Ec; apply: id_name.
- by rewrite /kind Eb Eh Ek.
- by [].
- by rewrite /first_part Eb Eh Ek; split=> //; apply: commit_name.
have [/existsP[i iz]|/existsPn nz] := boolP [exists i : I,
    if v i is Revealed seed _ then kem (P := oracle_primitives O) N i seed == 0%R else false].
  apply: Or33; case Ev: (v i) iz => [seed h0|] // /eqP r0.
  have /asked_at[x xt Ex] : (Kem, [:: N; u16 P i; enc_block P seed]) \in queries O st pf.
    by rewrite !in_cons !orbA; apply/orP; right; apply/mapP; exists i; rewrite ?mem_enum // /instance_query Ev.
  exists x; first by rewrite /kind Ex.
  by rewrite -(answer_at O Ex); split=> //; apply/eqP.
have sub : bad_instances s n c h (O b) \subset out_subset (O k).
  apply/subsetP => i; apply: contraTT => niK.
  have : is_kept (v i) == (i \in subset (p := oracle_primitives O) (packed_challenge pf)) := shows i.
  rewrite kept_set (negPf niK) eqbF_neg; have := nz i; case Ev: (v i) => [seed h0|] //= r0 _.
  exact: (revealed_not_bad Ev).
case: (ltnP #|out_subset (O k) :\: bad_instances s n c h (O b)| W) => few.
  by apply: Or31; rewrite inE sub KT eqxx few.
have [c1 [un1 [right1 lt]]] := not_openable (pf := proof_in O st pf) (N := N) packed erefl right fails.
have /subsetPn[i] : ~~ (out_subset (O k) :\: bad_instances s n c h (O b) \subset
    good_kept (lay := layout_at O d st) N (out_subset (O k)) (fun i => v i) c1 un1).
  apply/negP => /subset_leq_card; rewrite leqNgt; case/negP; apply: leq_trans few.
  by rewrite -kept_set.
rewrite in_setD => /andP[nb iK]; rewrite inE iK /= => closed.
have : is_kept (v i) == (i \in subset (p := oracle_primitives O) (packed_challenge pf)) := shows i.
rewrite kept_set iK eqb_id; case Ev: (v i) => [|C_i w salt z] //= _.
case: (kept_not_bad Ev nb right1) => [op|can]; first by rewrite op in closed.
have [x [lx xt ax wx]] := response_asked Ev.
by apply: Or32; exists x, i, [ffun q => z q].
Qed.

End Link.

End Class.

End Oracle.
