(* Zero knowledge, algebraic core (spec §6, §13): for every kept set K, what an
   honest prover reveals has exactly the distribution of what a simulator
   without the secrets outputs, once the hidden values are uniform.

   Idealised here, each the output of a hash function on an input that nobody
   but the prover knows: the masks m and wrap keys k of kept instances, the
   response hash h of revealed ones (their salt stays hidden), r_i, seeds and
   salts.  (Masks and r_i are 384 bits reduced modulo a prime of 255 or 256:
   they differ from uniform by less than 2^-128 each, which is not counted.)
   The nonce is public, and all is for every value of it.                     *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import model encryption.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Lemma xor_inj s : injective (xor s).
Proof.
move=> k k' E; apply: eq_from_tnth => i; have := congr1 (fun b => tnth b i) E.
by rewrite !tnth_mktuple => /addbI.
Qed.

(* Two views of the same coins, but for a change that is one to one, pass every
   test equally often. *)
Lemma same_tests (T : finType) (V : Type) (f : T -> T) (v v' : T -> V) (test : V -> bool) :
  bijective f -> (forall o, v o = v' (f o)) -> #|[set o | test (v o)]| = #|[set o | test (v' o)]|.
Proof.
move=> bij E; rewrite -!sum1_card [RHS](reindex f) /=; last exact: onW_bij.
by apply: eq_bigl => o; rewrite !inE E.
Qed.

Section Simulation.

Variables (P : primitives) (cl : claim P).
Local Notation I := 'I_(M P).
Local Notation C := 'I_(compartments cl).
Local Notation entry := {c : C & 'I_(entries c)}.
Local Notation responses := {dffun forall e : entry, scalar (curve_of e)}.

(* The nonce of the proof, and the kept set of the challenge. *)
Variables (nonce : block) (K : {set I}).
Local Notation N := (proof_id cl nonce).

(* What one instance reveals, as data: seed and h, or C, w, salt and z. *)
Definition shown := ((block * hash20) +
  (bytes P * {ffun C -> block} * block * responses))%type.

Definition as_revealed (v : shown) : revealed cl :=
  match v with
  | inl (seed, h) => Revealed cl seed h
  | inr (C_i, w, salt, z) => Kept C_i w salt z
  end.

(* A view: all that is revealed, and all R_iC that entered the challenge. *)
Definition view := ({ffun I -> shown} * {ffun I -> {dffun forall k : curve P, group k}})%type.

(* The coefficients that a set of revealed values leads to. *)
Definition rho_of (v : {ffun I -> shown}) :=
  batch (cl := cl) (first_hash N (fun i => as_revealed (v i))).

(* The coins of one instance: seed, h, r, a key per compartment, salt, and a
   scalar per entry. *)
Definition coin := (block * hash20 * scalar (bls P) * {ffun C -> block} * block * responses)%type.
Definition coins := {ffun I -> coin}.

(* The honest prover, with hidden sub-seeds s of any value: w = s xor k,
   z = m + x, and R from the masks.  The secrets x are the same in every
   instance; packed ones are not (packs.v). *)
Section Prover.
Variables (x : I -> scalars cl) (s : I -> C -> block) (omega : coins).

Definition prover_shown : {ffun I -> shown} := [ffun i =>
  let: (seed, h, r, k, salt, m) := omega i in
  if i \in K then inr (enc_point (r *: gen (bls P)), [ffun c => xor (s i c) (k c)],
                       salt, [ffun e => m e + x i e])
  else inl (seed, h)].

Definition prover_view : view := (prover_shown, [ffun i => [ffun k =>
  let: (seed, _, _, _, _, m) := omega i in
  R_masks (rho_of prover_shown) (if i \in K then m : scalars cl else mask N i seed) k]]).
End Prover.

(* The simulator: no secrets; w and z are its coins, and R is what Verify
   computes. *)
Section Simulator.
Variable omega : coins.

Definition simulator_shown : {ffun I -> shown} := [ffun i =>
  let: (seed, h, r, k, salt, m) := omega i in
  if i \in K then inr (enc_point (r *: gen (bls P)), k, salt, m) else inl (seed, h)].

Definition simulator_view : view := (simulator_shown, [ffun i => [ffun k =>
  R_of N (rho_of simulator_shown) i (as_revealed (simulator_shown i)) k]]).
End Simulator.

(* The change of coins: masks to responses, wrap keys to wrapped seeds. *)
Definition recoin (x : I -> scalars cl) (s : I -> C -> block) (omega : coins) : coins :=
  [ffun i => let: (seed, h, r, k, salt, m) := omega i in
     (seed, h, r, [ffun c => xor (s i c) (k c)], salt, [ffun e => m e + x i e])].

Lemma recoin_bij x s : bijective (recoin x s).
Proof.
apply: injF_bij => omega omega' /ffunP E; apply/ffunP => i; have := E i.
rewrite !ffunE; case: (omega i) => [[[[[seed h] r] k] salt] m].
case: (omega' i) => [[[[[seed' h'] r'] k'] salt'] m'] [-> -> -> Ek -> Em].
congr (_, _, _, _, _, _); apply/ffunP => j.
  by have /ffunP/(_ j) := Ek; rewrite !ffunE => /xor_inj.
by have /ffunP/(_ j) := Em; rewrite !ffunE => /addIr.
Qed.

Lemma recoin_shown x s omega : prover_shown x s omega = simulator_shown (recoin x s omega).
Proof. by apply/ffunP => i; rewrite !ffunE; case: (omega i) => [[[[[seed h] r] k] salt] m]. Qed.

(* Headline 6a: one to one, the prover's coins become simulator's coins with
   the very same view. *)
Theorem simulation x s : secrets_match x ->
  bijective (recoin (fun=> x) s) /\
  forall omega, prover_view (fun=> x) s omega = simulator_view (recoin (fun=> x) s omega).
Proof.
move=> xX; split=> [|omega]; first exact: recoin_bij.
rewrite /prover_view /simulator_view -recoin_shown; congr (_, _).
apply/ffunP => i; rewrite !ffunE; apply/ffunP => k; rewrite !ffunE.
case: (omega i) => [[[[[seed h] r] kk] salt] m]; case: ifP => //= _.
rewrite -(R_agree _ _ m (secrets_matchP x xX)) /R_responses; congr (_ *: _ - _).
by apply: eq_bigr => e _; rewrite ffunE.
Qed.

(* Headline 6a, as distributions: every test of the view succeeds on equally
   many of the prover's coins as of the simulator's. *)
Theorem zero_knowledge x s (test : view -> bool) : secrets_match x ->
  #|[set omega | test (prover_view (fun=> x) s omega)]| =
  #|[set omega | test (simulator_view omega)]|.
Proof. by move=> xX; have [bij E] := simulation s xX; apply: same_tests bij E. Qed.

(* Headline 6b: the simulator's view is an accepted proof, for the challenge
   that the (programmed) challenge hash gives. *)
Theorem simulator_accepted omega h :
  let v i := as_revealed (simulator_shown omega i) in
  subset h = K ->
  h = challenge_hash cl (first_hash N v) (fun i => (simulator_view omega).2 i) ->
  verify (Proof h nonce v).
Proof.
move=> v hK hE; rewrite /verify /= hK; apply/andP; split.
  apply/forallP => i; rewrite /v ffunE.
  by case: (omega i) => [[[[[seed h'] r] k] salt] m]; case: ifP.
rewrite {1}hE; apply/eqP; congr (xof _ (_ :: flatten _)).
apply: eq_map => i; apply: eq_map => k; congr (enc_point _).
by rewrite /simulator_view /= [in LHS]ffunE [in LHS]ffunE.
Qed.

End Simulation.

(* The prover above is Encrypt: with the hash outputs of Encrypt for coins, it
   shows what Encrypt shows, and its R_iC are those that Encrypt hashes. *)
Section Encrypt.

Variables (P : primitives) (cl : claim P) (x : scalars cl) (u : bytes P).

Definition same (v v' : revealed cl) : Prop :=
  match v, v' with
  | Revealed seed h, Revealed seed' h' => seed = seed' /\ h = h'
  | Kept C_i w salt z, Kept C_i' w' salt' z' =>
      [/\ C_i = C_i', w =1 w', salt = salt' & forall e, z e = z' e]
  | _, _ => False
  end.

Lemma same_first_message N i v v' : same v v' -> first_message N i v = first_message N i v'.
Proof.
case: v v' => [seed h|C_i w salt z] [seed' h'|C_i' w' salt' z'] //=; first by case=> -> ->.
case=> -> Ew -> Ez; rewrite /first_message_of; congr (_ :: _ ++ [:: enc_hash20 _ _]).
  by apply: eq_map => c; rewrite Ew.
by congr (xof20 _ [:: _, _, _ & _]); apply: eq_map => e; rewrite Ez.
Qed.

Definition encrypt_seeds i (c : 'I_(compartments cl)) := sub_seed (id_of x u) i c (seed_of x u i).
Definition encrypt_coins : coins cl := [ffun i =>
  let N := id_of x u in let seed := seed_of x u i in let r := kem N i seed in
  (seed, response_hash N i (salt_of x u i) (responses x u i), r,
   [ffun c => wrap_key_enc N i c r], salt_of x u i, [ffun e => mask N i seed e])].

Theorem prover_is_encrypt pf : encrypt x u = Some pf ->
  let view := prover_view (nonce_of x u) (subset (challenge pf)) (fun=> x) encrypt_seeds encrypt_coins in
  [/\ forall i, same (as_revealed (view.1 i)) (instances pf i), nonce pf = nonce_of x u
    & challenge pf = challenge_hash cl (first_hash (id_of x u) (instances pf)) (fun i => view.2 i)].
Proof.
move=> E view; have shows i : same (as_revealed (view.1 i)) (instances pf i).
  rewrite /view; move: E; rewrite /encrypt; case: secrets_match => // -[<-] /=.
  rewrite !ffunE /reveal; case: ifP => // _; split=> // [c|e]; rewrite !ffunE //.
split=> //; first by move: E; rewrite /encrypt; case: secrets_match => // -[<-].
have Ea : first_hash (id_of x u) (fun i => as_revealed (view.1 i)) = first_hash (id_of x u) (instances pf).
  by congr (xof _ (_ :: flatten _)); apply: eq_map => i; apply: same_first_message.
have Eb : first_hash (id_of x u) (instances pf) = first_hash (id_of x u) (reveal x u false).
  move: E; rewrite /encrypt; case: secrets_match => // -[<-] /=.
  by congr (xof _ (_ :: flatten _)); apply: eq_map => i; rewrite /reveal; case: ifP.
have Ec : challenge pf = challenge_hash cl (first_hash (id_of x u) (reveal x u false))
    (fun i => R_masks (cl := cl) (batch (first_hash (id_of x u) (reveal x u false)))
                (mask (id_of x u) i (seed_of x u i))).
  by move: E; rewrite /encrypt; case: secrets_match => // -[<-].
rewrite Ec Eb; congr (xof _ (_ :: flatten _)); apply: eq_map => i; apply: eq_map => k.
congr (enc_point _); rewrite /view /prover_view /= !ffunE /rho_of -/(view.1) Ea Eb.
by case: ifP => _ //; congr (_ *: _); apply: eq_bigr => e _; rewrite ffunE.
Qed.

End Encrypt.

(* What the hashes that hide something cover: each has, among the parts of its
   input, the values that an outsider lacks.  So, whatever the other hashes are,
   its output is free until somebody hashes an input that has them.            *)
Section Hidden.

Variables (P : primitives) (cl : claim P).
Local Notation I := 'I_(M P).
Local Notation C := 'I_(compartments cl).

Theorem hidden_wrap (N : bytes P) (i : I) (c : C) r : exists2 parts,
  wrap_key_enc N i c r = xof16 Wrap parts &
  [/\ N \in parts, u16 P i \in parts & match lock_of c with
     | Recovery Y B => enc_gt (r *: pairing Y (hash_to_g2 (digest cl))) \in parts /\ enc_point (r *: B) \in parts
     | Member E => enc_point (r *: E) \in parts end].
Proof.
rewrite /wrap_key_enc; case: (lock_of c) => [Y B|E]; (eexists; first reflexivity);
  by rewrite /= !inE !eqxx !orbT.
Qed.

Theorem hidden_sub_seed (N : bytes P) (i : I) (c : C) seed : exists2 parts,
  sub_seed N i c seed = xof16 SubSeed parts &
  [/\ N \in parts, u16 P i \in parts, u16 P c \in parts & enc_block P seed \in parts].
Proof. by eexists; first reflexivity; rewrite /= !inE !eqxx !orbT. Qed.

Theorem hidden_mask (N : bytes P) (i : I) (e : {c : C & 'I_(entries c)}) s : exists2 parts,
  mask_of N i e s = (taken (stream Mask parts) [seq wide (curve_of (existT _ (tag e) j : {c : C & 'I_(entries c)}))
                                              | j <- enum 'I_(entries (tag e))] (tagged e))%:R &
  [/\ N \in parts, u16 P i \in parts, u16 P (tag e) \in parts & enc_block P s \in parts].
Proof. by eexists; first reflexivity; rewrite /= !inE !eqxx !orbT. Qed.

Theorem hidden_response (N : bytes P) (i : I) salt (z : scalars cl) : exists2 parts,
  response_hash N i salt z = xof20 Response parts & [/\ N \in parts, u16 P i \in parts & enc_block P salt \in parts].
Proof. by eexists; first reflexivity; rewrite /= !inE !eqxx !orbT. Qed.

(* The master seed covers randomness and all secrets, and is nowhere shown. *)
Theorem hidden_master (x : scalars cl) (u : bytes P) (i : I) :
  [/\ exists2 parts, master x u = xof MasterSeed parts & u \in parts /\ {subset encode_scalars x <= parts},
      exists2 parts, seed_of x u i = xof16 Seed parts & master x u \in parts /\ u16 P i \in parts,
      exists2 parts, salt_of x u i = xof16 Salt parts & master x u \in parts /\ u16 P i \in parts
    & exists2 parts, nonce_of x u = xof16 Nonce parts & master x u \in parts].
Proof.
split; (eexists; first reflexivity); try by rewrite !inE !eqxx ?orbT.
by split=> [|b bx]; rewrite !in_cons ?bx ?eqxx ?orbT.
Qed.

End Hidden.

(* Why the nonces of a proof must be fresh: ElGamal ciphertexts
   c1 = r·g, c2 = r·Y + m·g with a sigma proof whose nonce is the encryption
   randomness r itself.  All the functions below take public values only. *)
Section NonceReuse.

Variables (F : fieldType) (G : lmodType F) (g : G).
Hypothesis g_neq0 : g != 0.

(* The nonce of the message's response is r: z = r + e·m. *)
Definition read_message (c1 : G) (e z : F) : G := e^-1 *: (z *: g - c1).

(* Headline 6c: m·g is a function of the ciphertext and the public proof. *)
Theorem nonce_reuse_reveals r m e : e != 0 ->
  read_message (r *: g) e (r + e * m) = m *: g.
Proof.
by move=> e0; rewrite /read_message -scalerBl addrC addKr scalerA mulKf.
Qed.

(* ... so a message from a small set is read off by trial, without error. *)
Corollary nonce_reuse_trial r m m' e : e != 0 ->
  (m' *: g == read_message (r *: g) e (r + e * m)) = (m' == m).
Proof.
move=> e0; rewrite nonce_reuse_reveals // -subr_eq0 -scalerBl scaler_eq0.
by rewrite (negPf g_neq0) orbF subr_eq0.
Qed.

(* The nonce of the randomness' response is r: z = r + e·r.  Then r itself is
   public, and with it m·g. *)
Theorem nonce_reuse_opens (Y : G) r m e : 1 + e != 0 ->
  let z := r + e * r in
  (r *: Y + m *: g) - (z / (1 + e)) *: Y = m *: g.
Proof.
move=> e1 z; suff -> : z / (1 + e) = r by rewrite addrC addKr.
by rewrite /z -{1}[r]mul1r -mulrDl mulrAC mulfV // mul1r.
Qed.

(* In contrast: with a nonce u that is independent and uniform, r and z say
   nothing about m, for every r and e. *)
Theorem fresh_nonce_hides (r e m : F) : bijective (fun u : F => u + e * m).
Proof. by exists (fun z => z - e * m) => u; rewrite ?addrK ?subrK. Qed.

End NonceReuse.
