(* Hash framing and its labels (spec §3.2), purposes (spec §3.6, §4.5), and secret
   objects (spec §8.5), for any hash functions.                               *)
From Coq Require Import NArith Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect.
From Relight Require Import codec.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Definition text (s : string) : bytes := String.list_byte_of_string s.

Definition VERSION : bytes := text "relight-v1".
Definition lp : codec bytes := opaque 8.
Lemma lp_nonempty x : wf lp x -> enc lp x != [::].
Proof. by move=> _; rewrite -size_eq0 size_cat size_enc_int. Qed.
Definition frame (label : bytes) (parts : seq bytes) : bytes :=
  items_enc lp [:: VERSION, label & parts].

(* Framing is injective, for parts of any number, each below 2^64 octets. *)
Theorem frame_inj l l' ps ps' :
  wf lp l -> wf lp l' -> all (wf lp) ps -> all (wf lp) ps' ->
  frame l ps = frame l' ps' -> l = l' /\ ps = ps'.
Proof.
move=> wl wl' wp wp' E.
have wv : wf lp VERSION by [].
have D : items_dec lp (size (frame l ps)) (frame l ps) = Some [:: VERSION, l & ps].
  by apply: (items_dec_enc lp_nonempty) => //; apply/and3P; split.
move: D; rewrite E (items_dec_enc lp_nonempty) //; last by apply/and3P; split.
by case=> -> ->.
Qed.

(* Short octet strings are parts: what all callers need. *)
Lemma wf_lp s : (N.of_nat (size s) < 256 ^ 8)%num -> wf lp s.
Proof. by move=> lt; apply/andP; split; [rewrite items_octet; apply/N.ltb_lt | apply: wf_octets]. Qed.

Definition labels : seq bytes := map text
 [:: "statement"; "unlock"; "kem"; "sub-seed"; "wrap"; "mask"; "response"; "commit"; "batch"; "challenge"; "subset";
     "master-seed"; "nonce"; "proof"; "seed"; "salt"; "schnorr-nonce"; "schnorr-challenge"; "signature";
     "batch-verify"; "batch-weight"; "ceremony"; "dealing-seed"; "coefficient"; "dealing-statement"; "dealing";
     "transcript"; "outcome"; "checksum"; "blinder-registration"; "member-registration"; "roster"; "request";
     "attestation"; "request-code"; "ceremony-code"; "session-key"; "response-info"; "response-aad";
     "bundle"; "bundle-code"]%string.

Definition proof_purposes : seq bytes := map text
 [:: "dealing"; "member-key"; "blinder"; "authorisation"]%string.
Definition signature_purposes : seq bytes := map text
 [:: "identity"; "dealing"; "confirmation"; "blinder-registration"; "member-registration"; "response"]%string.

(* Headline 8e: no label of spec §3.2 and no purpose is listed twice. *)
Theorem labels_apart : [/\ uniq labels, uniq proof_purposes & uniq signature_purposes].
Proof. by []. Qed.

Lemma wf_label l : l \in labels -> wf lp l.
Proof. by apply/allP: l. Qed.

Section Hash.

Variables (T : Type) (H : bytes -> T).
Definition collision : Prop := exists m m', m <> m' /\ H m = H m'.

(* The same hash under two labels of the list, or of two lists of parts, is a
   collision: hashes for one purpose are none for another. *)
Theorem hash_inj l l' ps ps' : l \in labels -> l' \in labels -> all (wf lp) ps -> all (wf lp) ps' ->
  H (frame l ps) = H (frame l' ps') -> (l = l' /\ ps = ps') \/ collision.
Proof.
move=> /wf_label wl /wf_label wl' wp wp' E; have [F|ne] := eqVneq (frame l ps) (frame l' ps').
  by left; apply: frame_inj F.
by right; do 2 eexists; split; [exact/eqP/ne | exact: E].
Qed.

(* The hash of spec §3.6 that is signed. *)
Definition signed_digest (purpose message : bytes) : T := H (frame (text "signature") [:: purpose; message]).

Theorem signed_digest_inj p p' m m' : p \in signature_purposes -> p' \in signature_purposes ->
  wf lp m -> wf lp m' -> signed_digest p m = signed_digest p' m' -> (p = p' /\ m = m') \/ collision.
Proof.
have wp l : l \in signature_purposes -> wf lp l by apply/allP: l.
move=> /wp wl /wp wl' wm wm' E.
have ws : all (wf lp) [:: p; m] by apply/and3P.
have ws' : all (wf lp) [:: p'; m'] by apply/and3P.
have [[_ [-> ->]]|c] := @hash_inj (text "signature") (text "signature") _ _ isT isT ws ws' E; by [left|right].
Qed.
End Hash.

(* ---- spec §8.5 ---- *)

Section Secret.

Variable sum : bytes -> bytes.          (* SHAKE256 to 8 bytes: any function *)
Definition checksum (bs : bytes) : bytes := sum (frame (text "checksum") [:: bs]).

Section Sealed.
Variables (A : Type) (c : codec A).
Definition sealed_enc a := enc c a ++ checksum (enc c a).
Definition sealed_wf a := wf c a && (size (checksum (enc c a)) == 8).
Definition sealed_dec bs : option (A * bytes) :=
  if dec c bs is Some (a, r) then
    if fixed_dec 8 r is Some (k, r') then if k == checksum (enc c a) then Some (a, r') else None
    else None
  else None.
Lemma sealed_dec_enc a rest : sealed_wf a -> sealed_dec (sealed_enc a ++ rest) = Some (a, rest).
Proof. by case/andP=> w sz; rewrite /sealed_dec /sealed_enc -catA dec_enc // fixed_dec_enc // eqxx. Qed.
Lemma sealed_dec_only bs a rest : sealed_dec bs = Some (a, rest) ->
  bs = sealed_enc a ++ rest /\ sealed_wf a.
Proof.
rewrite /sealed_dec; case E: dec => [[a' r]|] //; case E': fixed_dec => [[k r']|] //.
case: eqP => // K [<- <-]; have [-> w] := dec_only E; have [-> sz] := fixed_dec_only E'.
by rewrite /sealed_wf w -K sz /sealed_enc -catA -K.
Qed.
Definition sealed := Codec sealed_dec_enc sealed_dec_only.
End Sealed.

Definition secret_object A (kind : byte) (body : codec A) : codec A := sealed (prefix [:: x01; kind] body).

(* Headline 8f: what opens as one kind opens as no other; *)
Theorem secret_kinds_apart A B (k k' : byte) (c : codec A) (d : codec B) bs : k != k' ->
  decode (secret_object k c) bs -> ~~ decode (secret_object k' d) bs.
Proof.
move=> ne; case E: decode => [a|] // _; case E': decode => [b|] //.
have [Eb _] := decode_canonical E; have [] := decode_canonical E'.
by rewrite Eb => -[Ek]; rewrite Ek eqxx in ne.
Qed.

(* and its last eight octets are the checksum of all others. *)
Theorem secret_checksum A k (c : codec A) bs a : decode (secret_object k c) bs = Some a ->
  exists front, [/\ bs = front ++ checksum front, front = [:: x01; k] ++ enc c a & size (checksum front) = 8].
Proof.
move=> E; have [-> /andP[w /eqP sz]] := decode_canonical E.
by exists ([:: x01; k] ++ enc c a).
Qed.
End Secret.
