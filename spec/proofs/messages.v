(* The messages of ceremonies and recoveries (spec §8, §9, §11), octet for octet:
   their encodings and digests are injective, and have the sizes of spec §15.2.
   Points and keys are kept as their octets; relations between fields that only
   refuse more are left out, but for those that are noted.                    *)
From Coq Require Import NArith Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect zify.
From Relight Require Import codec framing encoding.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Definition versioned A (c : codec A) : codec A := prefix [:: x01] c.
Definition digest32 : codec bytes := fixed 32.
Definition octets k : codec bytes := refine (opaque k) (fun s => 0 < size s).      (* opaque<1..> *)

Lemma fixed_nonempty n : 0 < n -> forall a, wf (fixed n) a -> enc (fixed n) a != [::].
Proof. by move=> n0 a /eqP sz; rewrite -size_eq0 /= sz -lt0n. Qed.
Lemma pair_u16_nonempty p A (d : N -> codec A) a :
  wf (dpair (refine u16 p) d) a -> enc (dpair (refine u16 p) d) a != [::].
Proof. by move=> _; apply: dpair_nonempty; apply: int_nonempty. Qed.

(* A list that is not empty; one whose indices ascend. *)
Definition some A k (c : codec A) (ne : forall a, wf c a -> enc c a != [::]) : codec (seq A) :=
  refine (vec k ne) (fun s => 0 < size s).
Definition ascending A k (c : codec (N * A)) (ne : forall a, wf c a -> enc c a != [::]) : codec (seq (N * A)) :=
  refine (some k ne) (sorted (fun a b => (a.1 <? b.1)%num)).

(* ---- spec §8.2, §8.4: body and signature ---- *)

Definition signature : codec bytes := refine (fixed 65) (fun s => head x00 s \in [:: x01; x02]).
Definition schnorr_proof : codec bytes := fixed 80.                  (* on curve 2 *)

(* The serial is not zero, and one exactly if there is no digest of one before. *)
Definition place := refine (pair u64 digest32)
  (fun p => (0 <? p.1)%num && ((p.1 =? 1)%num == (p.2 == nseq 32 x00))).
(* network, node, operator, serial and previous, blinder, proof *)
Definition blinder_body := versioned (pair (opaque 1) (pair (opaque 1) (pair (fixed 33)
  (pair place (pair (fixed 48) schnorr_proof))))).
(* party, index, identity, serial and previous, member key, proof *)
Definition member_body := versioned (pair (opaque 1) (pair positive_u16 (pair (fixed 33)
  (pair place (pair (fixed 48) schnorr_proof))))).
Definition signed A (body : codec A) := pair body signature.

(* ---- spec §9.1 ---- *)

(* A key of a ceremony with this origin: curve, and as the origin says the old
   coefficient commitments and a point. *)
Definition key_of (origin : N) := pair (refine u16 xpredT)
  (pair (if origin == 0%num then fixed 0 else octets 4)
        (if origin == 1%num then refine (opaque 1) (fun s => size s <= 64) else fixed 0)).
Definition dealer := pair positive_u16 (pair (fixed 33) identifier_codec).
Definition recipient := pair positive_u16 (pair (fixed 33) (pair (fixed 48) identifier_codec)).

Lemma key_nonempty origin a : wf (key_of origin) a -> enc (key_of origin) a != [::].
Proof. exact: pair_u16_nonempty. Qed.
Lemma dealer_nonempty a : wf dealer a -> enc dealer a != [::].
Proof. exact: pair_u16_nonempty. Qed.
Lemma recipient_nonempty a : wf recipient a -> enc recipient a != [::].
Proof. exact: pair_u16_nonempty. Qed.
(* The keys after their origin. *)
Definition origin_and_keys := dpair (refine u8 (fun o => o <? 3)%num) (fun o => some 4 (@key_nonempty o)).
(* parameter set, name, nonce, epoch, threshold, origin and keys, dealers, recipients *)
Definition ceremony := versioned (pair u8 (pair (opaque 1) (pair (fixed 32) (pair u64 (pair positive_u16
  (pair origin_and_keys (pair (ascending 4 dealer_nonempty) (ascending 4 recipient_nonempty)))))))).

(* ---- spec §9.4 ---- *)

Definition agreed := pair positive_u16 digest32.
Definition confirmed := pair positive_u16 signature.
Lemma agreed_nonempty a : wf agreed a -> enc agreed a != [::].
Proof. exact: pair_u16_nonempty. Qed.
Lemma confirmed_nonempty a : wf confirmed a -> enc confirmed a != [::].
Proof. exact: pair_u16_nonempty. Qed.
(* ceremony, recipient, outcome, dealings *)
Definition confirmation_body := versioned (pair digest32 (pair positive_u16
  (pair digest32 (ascending 4 agreed_nonempty)))).
(* ceremony, outcome, dealings, confirmations *)
Definition certificate := versioned (pair digest32 (pair digest32
  (pair (ascending 4 agreed_nonempty) (ascending 4 confirmed_nonempty)))).

(* ---- spec §11.2, §11.4 ---- *)

Definition keys32 := some 4 (fixed_nonempty (n := 32) isT).
Definition digests := refine keys32 uniq.
(* network, requester, roster, nonce, expiry, digests, HPKE keys *)
Definition draft := versioned (pair (opaque 1) (pair (opaque 1) (pair digest32 (pair (fixed 32) (pair u64
  (pair digests keys32)))))).
(* The proofs are as many as the digests. *)
Definition asked_of (d : bytes * (bytes * (bytes * (bytes * (N * (seq bytes * seq bytes)))))) : nat :=
  size d.2.2.2.2.2.1.
Definition request := dpair draft (fun d => pair (times (asked_of d) schnorr_proof) (opaque 4)).
(* attested digest, statement digest, proof *)
Definition authorisation := versioned (pair digest32 (pair digest32 schnorr_proof)).
(* request digest, member, encapsulated key, ciphertext *)
Definition response_body := versioned (pair digest32 (pair positive_u16 (pair (fixed 32) (opaque 4)))).

(* ---- sizes, spec §15.2 ---- *)

Definition sized A (c : codec A) (f : A -> nat) : Prop := forall a, wf c a -> size (enc c a) = f a.

Lemma sized_as A (c : codec A) f g : sized c f -> (forall a, f a = g a) -> sized c g.
Proof. by move=> sz E a /sz ->. Qed.
Lemma sized_fixed n : sized (fixed n) (fun=> n).
Proof. by move=> a /eqP. Qed.
Lemma sized_int k : sized (int k) (fun=> k).
Proof. by move=> a _; apply: size_enc_int. Qed.
Lemma sized_opaque k : sized (opaque k) (fun s => k + size s).
Proof. by move=> a _; rewrite /= /vec_enc size_cat size_enc_int items_octet. Qed.
Lemma sized_refine A (c : codec A) p f : sized c f -> sized (refine c p) f.
Proof. by move=> sz a /andP[/sz]. Qed.
Lemma sized_identifier : sized identifier_codec (fun n => 1 + size (minimal n)).
Proof. by move=> a _; rewrite [enc _ _]/(vec_enc 1 octet (minimal a)) /vec_enc size_cat size_enc_int items_octet. Qed.
Lemma sized_versioned A (c : codec A) f : sized c f -> sized (versioned c) (fun a => 1 + f a).
Proof. by move=> sz a /sz /= ->. Qed.
Lemma sized_dpair A B (c : codec A) (d : A -> codec B) f g : sized c f -> (forall a, sized (d a) (g a)) ->
  sized (dpair c d) (fun ab => f ab.1 + g ab.1 ab.2).
Proof. by move=> cf dg ab /andP[/cf a /dg b]; rewrite /= /pair_enc size_cat a b. Qed.
Lemma sized_times A n (c : codec A) k : sized c (fun=> k) -> sized (times n c) (fun=> n * k).
Proof. by move=> ck s w; apply: times_size w. Qed.
Lemma sized_vec A k (c : codec A) (ne : forall a, wf c a -> enc c a != [::]) n : sized c (fun=> n) ->
  sized (vec k ne) (fun s => k + n * size s).
Proof.
move=> cn s /andP[_]; rewrite /= /vec_enc size_cat size_enc_int => ws; congr addn.
elim: s ws => [|a s IH] /=; rewrite ?muln0 // => /andP[/cn wa /IH].
by rewrite /items_enc /= size_cat wa mulnS => ->.
Qed.
Lemma sized_secret A sum k (c : codec A) f : sized c f -> sized (secret_object sum k c) (fun a => 10 + f a).
Proof. by move=> cf a /andP[/cf E /eqP S]; rewrite /= /sealed_enc size_cat S /= E; lia. Qed.

Lemma sized_agreed : sized agreed (fun=> 34).
Proof. exact: sized_as (sized_dpair (sized_refine (sized_int (k := 2))) (fun=> sized_fixed (n := 32))) _. Qed.
Lemma sized_confirmed : sized confirmed (fun=> 67).
Proof.
exact: sized_as (sized_dpair (sized_refine (sized_int (k := 2))) (fun=> sized_refine (sized_fixed (n := 65)))) _.
Qed.

Ltac measure :=
  unfold signed, blinder_body, member_body, dealer, recipient, confirmation_body, certificate, request, draft,
    authorisation, response_body, signature, schnorr_proof, place, digests, keys32, digest32, ascending, some,
    positive_u16, u64, u16, pair;
  repeat lazymatch goal with
  | |- sized agreed _ => exact: sized_agreed
  | |- sized confirmed _ => exact: sized_confirmed
  | |- sized (versioned _) _ => eapply sized_versioned
  | |- sized (secret_object _ _ _) _ => eapply sized_secret
  | |- sized (dpair _ _) _ => eapply sized_dpair; [|intro; cbv beta]
  | |- sized (refine _ _) _ => eapply sized_refine
  | |- sized (fixed _) _ => eapply sized_fixed
  | |- sized (int _) _ => eapply sized_int
  | |- sized (opaque _) _ => eapply sized_opaque
  | |- sized (times _ _) _ => eapply sized_times
  | |- sized (vec _ _) _ => eapply sized_vec
  | |- sized identifier_codec _ => eapply sized_identifier
  end.
Definition draft_size d := 83 + size d.1 + size d.2.1 + 32 * (asked_of d + size d.2.2.2.2.2.2).
Ltac sizes := eapply sized_as; [by measure | move=> a; rewrite /draft_size /asked_of /=; lia].

Theorem secret_scalar_size sum k : sized (secret_object sum k (fixed 32)) (fun=> 42).
Proof. sizes. Qed.

(* network and node; party *)
Theorem blinder_registration_size : sized (signed blinder_body) (fun r => 269 + size r.1.1 + size r.1.2.1).
Proof. sizes. Qed.

Theorem member_registration_size : sized (signed member_body) (fun r => 270 + size r.1.1).
Proof. sizes. Qed.

Theorem ceremony_parties_size :
  sized dealer (fun d => 36 + size (minimal d.2.2)) /\ sized recipient (fun r => 84 + size (minimal r.2.2.2)).
Proof. split; sizes. Qed.

Theorem confirmation_size : sized (signed confirmation_body) (fun c => 136 + 34 * size c.1.2.2.2).
Proof. sizes. Qed.

Theorem certificate_size : sized certificate (fun c => 73 + 34 * size c.2.2.1 + 67 * size c.2.2.2).
Proof. sizes. Qed.

Theorem authorisation_size : sized authorisation (fun=> 145).
Proof. sizes. Qed.

(* network, requester, digests and keys; and the proofs and the attestation *)
Theorem request_size :
  sized draft draft_size /\ sized request (fun r => 4 + draft_size r.1 + 80 * asked_of r.1 + size r.2.2).
Proof. split; sizes. Qed.

(* With a ciphertext of 98 bytes for each answer, and 16 more. *)
Theorem response_size : sized (signed response_body) (fun r => 136 + size r.1.2.2.2).
Proof. sizes. Qed.
