(* What digests, outcomes (spec §9.4), Schnorr proofs (spec §4.5) and
   authorisations (spec §11.2) are bound to, for any hash functions.          *)
From Coq Require Import NArith Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import codec framing encoding messages schnorr.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Lemma wf_sized s n : size s == n -> (N.of_nat n < 256 ^ 8)%num -> wf lp s.
Proof. by move/eqP=> <-; apply: wf_lp. Qed.

Section Digests.

Variable shake : bytes -> bytes.        (* SHAKE256 to 32 bytes: any function *)
Definition xof (label : string) (parts : seq bytes) : bytes := shake (frame (text label) parts).

(* Headline 14a: the digest of an encoding, as of a ceremony, a draft or the body of
   a dealing: the same twice, or a collision. *)
Theorem encoded_digest_inj A (c : codec A) (label : string) a b : text label \in labels ->
  wf c a -> wf c b -> wf lp (enc c a) -> wf lp (enc c b) ->
  xof label [:: enc c a] = xof label [:: enc c b] -> a = b \/ collision shake.
Proof.
move=> l wa wb /wf_one la /wf_one lb E.
have [[_ Es]|] := hash_inj l l la lb E; last by right.
by left; apply: (enc_inj wa wb (congr1 (head [::]) Es)).
Qed.

(* spec §9.4: [keys] are the new VSS commitments, one part for each key. *)
Definition transcript (D : bytes) (s : seq (N * bytes)) : bytes :=
  xof "transcript" (D :: flatten [seq [:: enc u16 a.1; a.2] | a <- s]).
Definition outcome (D : bytes) (s : seq (N * bytes)) (keys : seq bytes) : bytes :=
  xof "outcome" (transcript D s :: keys).

Lemma wf_agreed s : all (wf agreed) s -> all (wf lp) (flatten [seq [:: enc u16 a.1; a.2] | a <- s]).
Proof.
elim: s => [|a s IH] // /andP[/andP[_ sz] /IH ws].
have wi : wf lp (enc u16 a.1) by apply: wf_lp; rewrite size_enc_int.
exact: (introT and3P (And3 wi (wf_sized sz erefl) ws)).
Qed.

Lemma flatten_agreed s s' : all (wf agreed) s -> all (wf agreed) s' ->
  flatten [seq [:: enc u16 a.1; a.2] | a <- s] = flatten [seq [:: enc u16 a.1; a.2] | a <- s'] -> s = s'.
Proof.
elim: s s' => [|[i d] s IH] [|[i' d'] s'] // /andP[/andP[wi _] ws] /andP[/andP[wi' _] ws'] E.
have Ei : i = i' := enc_inj wi wi' (congr1 (head [::]) E).
have Ed : d = d' := congr1 (fun ps => nth [::] ps 1) E.
by rewrite Ei Ed (IH s' ws ws' (congr1 (behead \o behead) E)).
Qed.

Theorem transcript_inj D D' s s' : wf lp D -> wf lp D' -> all (wf agreed) s -> all (wf agreed) s' ->
  transcript D s = transcript D' s' -> (D = D' /\ s = s') \/ collision shake.
Proof.
move=> wD wD' ws ws' E.
have w : all (wf lp) (D :: flatten [seq [:: enc u16 a.1; a.2] | a <- s]) by apply/andP; split=> //; apply: wf_agreed.
have w' : all (wf lp) (D' :: flatten [seq [:: enc u16 a.1; a.2] | a <- s']) by apply/andP; split=> //; apply: wf_agreed.
have [[_ [-> F]]|] := @hash_inj _ _ (text "transcript") (text "transcript") _ _ isT isT w w' E; last by right.
by left; split=> //; apply: flatten_agreed F.
Qed.

(* Headline 14b: so an outcome is that of one ceremony, one set of dealings and one
   list of VSS commitments. *)
Theorem outcome_inj D D' s s' keys keys' : wf lp D -> wf lp D' -> all (wf agreed) s -> all (wf agreed) s' ->
  all (wf lp) keys -> all (wf lp) keys' -> wf lp (transcript D s) -> wf lp (transcript D' s') ->
  outcome D s keys = outcome D' s' keys' -> [/\ D = D', s = s' & keys = keys'] \/ collision shake.
Proof.
move=> wD wD' ws ws' wk wk' wT wT' E.
have w : all (wf lp) (transcript D s :: keys) by apply/andP.
have w' : all (wf lp) (transcript D' s' :: keys') by apply/andP.
have [[_ [/transcript_inj T ->]]|] := @hash_inj _ _ (text "outcome") (text "outcome") _ _ isT isT w w' E; last by right.
by case: T => // [[-> ->]|]; [left|right].
Qed.
End Digests.

Section Proofs.

Import GRing.Theory.
Local Open Scope ring_scope.

(* The group of curve [id]; encodings of points are injective, and short. *)
Variables (F : fieldType) (G : lmodType F) (g : G) (id : N) (point_bytes : G -> bytes).
Hypothesis point_inj : injective point_bytes.
Hypothesis point_short : forall X, wf lp (point_bytes X).
Variable HS : bytes -> F.               (* the rest of hash to scalar: any function *)

Definition challenge (purpose binding : bytes) (X R : G) : F :=
  HS (frame (text "schnorr-challenge") [:: enc u16 id; purpose; binding; point_bytes X; point_bytes R]).
Definition proves (purpose binding : bytes) (X R : G) (s : F) : bool :=
  accepts g X R (challenge purpose binding X R) s.

Lemma challenge_inj p p' b b' X X' R R' : p \in proof_purposes -> p' \in proof_purposes -> wf lp b -> wf lp b' ->
  challenge p b X R = challenge p' b' X' R' -> [/\ p = p', b = b', X = X' & R = R'] \/ collision HS.
Proof.
have wp l : l \in proof_purposes -> wf lp l by apply/allP: l.
move=> /wp wl /wp wl' wb wb' E.
have wi : wf lp (enc u16 id) by apply: wf_lp; rewrite size_enc_int.
have w : all (wf lp) [:: enc u16 id; p; b; point_bytes X; point_bytes R].
  by do !(apply/andP; split=> //); apply: point_short.
have w' : all (wf lp) [:: enc u16 id; p'; b'; point_bytes X'; point_bytes R'].
  by do !(apply/andP; split=> //); apply: point_short.
have [[_ [-> -> /point_inj -> /point_inj ->]]|] :=
  @hash_inj _ _ (text "schnorr-challenge") (text "schnorr-challenge") _ _ isT isT w w' E; by [left|right].
Qed.

(* Headline 14c: a proof for one key verifies for one purpose and one binding. *)
Theorem proof_bound p p' b b' X R s : p \in proof_purposes -> p' \in proof_purposes -> wf lp b -> wf lp b' ->
  X != 0 -> proves p b X R s -> proves p' b' X R s -> (p = p' /\ b = b') \/ collision HS.
Proof.
move=> wp wp' wb wb' X0 /eqP E /eqP E'.
have C : challenge p b X R = challenge p' b' X R.
  apply/eqP; rewrite -subr_eq0; have : (challenge p b X R - challenge p' b' X R) *: X = 0.
    by rewrite scalerBl; apply/eqP; rewrite subr_eq0 -(inj_eq (addrI R)) -E -E'.
  by move/eqP; rewrite scaler_eq0 (negPf X0) orbF.
by have [[-> -> _ _]|] := challenge_inj wp wp' wb wb' C; [left|right].
Qed.

(* For two keys, it ties one to the other, by challenges that hash both. *)
Theorem proof_two_keys p p' b b' X X' R s : proves p b X R s -> proves p' b' X' R s ->
  challenge p b X R *: X = challenge p' b' X' R *: X'.
Proof. by move=> /eqP E /eqP E'; apply: (addrI R); rewrite -E -E'. Qed.

(* spec §11.2: A and S are the digests of the draft and of the statement. *)
Definition authorises (A S : bytes) : G -> G -> F -> bool := proves (text "authorisation") (A ++ S).

Lemma authorisation_listed : text "authorisation" \in proof_purposes. Proof. by []. Qed.

(* Headline 14d: an authorisation is for one draft and one statement, and no other
   proof of the Blinder is one. *)
Theorem authorisation_bound A A' S S' B R s : size A = 32%N -> size S = 32%N -> size A' = 32%N -> size S' = 32%N ->
  B != 0 -> authorises A S B R s -> authorises A' S' B R s -> (A = A' /\ S = S') \/ collision HS.
Proof.
move=> a b a' b' B0 H H'; have short (x y : bytes) : size x = 32%N -> size y = 32%N -> wf lp (x ++ y).
  by move=> hx hy; apply: wf_lp; rewrite size_cat hx hy.
have listed := authorisation_listed.
have [[_ /eqP]|] := proof_bound listed listed (short _ _ a b) (short _ _ a' b') B0 H H'; last by right.
by rewrite eqseq_cat ?a ?a' // => /andP[/eqP -> /eqP ->]; left.
Qed.

Theorem authorisation_purpose A S p b B R s : size A = 32%N -> size S = 32%N -> p \in proof_purposes -> wf lp b ->
  B != 0 -> p != text "authorisation" -> proves p b B R s -> authorises A S B R s -> collision HS.
Proof.
move=> a sz wp wb B0 ne H H'; have w : wf lp (A ++ S) by apply: wf_lp; rewrite size_cat a sz.
by have [[E _]|//] := proof_bound wp authorisation_listed wb w B0 H H'; rewrite E eqxx in ne.
Qed.

(* Who has the Blinder's key b can authorise anything, with any nonce k ... *)
Theorem authorisation_complete A S b k :
  authorises A S (b *: g) (k *: g) (k + challenge (text "authorisation") (A ++ S) (b *: g) (k *: g) * b).
Proof. exact: schnorr_complete. Qed.

Variables (shake : bytes -> bytes) (reg : registry).
Hypothesis shake_size : forall m, size (shake m) = 32%N.

(* The same, down to what was signed for. *)
Theorem authorisation_one_draft d d' st st' B R s :
  let A d := xof shake "attestation" [:: enc draft d] in let S := digest reg shake in
  wf draft d -> wf draft d' -> wf (statement_codec reg) st -> wf (statement_codec reg) st' ->
  wf lp (enc draft d) -> wf lp (enc draft d') ->
  wf lp (enc (statement_codec reg) st) -> wf lp (enc (statement_codec reg) st') -> B != 0 ->
  authorises (A d) (S st) B R s -> authorises (A d') (S st') B R s ->
  (d = d' /\ st = st') \/ collision shake \/ collision HS.
Proof.
move=> A S wd wd' ws ws' ld ld' ls ls' B0 H H'; have listed : text "attestation" \in labels by [].
have [[EA ES]|] := authorisation_bound (shake_size _) (shake_size _) (shake_size _) (shake_size _) B0 H H'.
  have [->|] := encoded_digest_inj (label := "attestation") listed wd wd' ld ld' EA; last by right; left.
  by have [->|] := digest_inj ws ws' ls ls' ES; [left|right; left].
by right; right.
Qed.
End Proofs.

(* ... and only they can: two authorisations with one nonce and different challenges
   give that key.  The challenges may come of two hash functions, as when an adversary
   is run again from that hash on, or of two things that were authorised. *)
Theorem authorisation_extract (F : fieldType) (G : lmodType F) (g : G) id (point_bytes : G -> bytes)
    (HS HS' : bytes -> F) A A' S S' B R s s' :
  let c := challenge id point_bytes HS (text "authorisation") (A ++ S) B R in
  let c' := challenge id point_bytes HS' (text "authorisation") (A' ++ S') B R in
  c != c' -> authorises g id point_bytes HS A S B R s -> authorises g id point_bytes HS' A' S' B R s' ->
  B = (((s - s') / (c - c')) *: g)%R.
Proof. by move=> c c' ne; apply: schnorr_extract. Qed.
