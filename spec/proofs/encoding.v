(* The encodings of a statement (spec §5), of a proof (spec §6.7) and of a
   backup (spec §10.1), byte for byte, for any curve registry.               *)
From Coq Require Import NArith Lia Strings.Byte Strings.String.
From mathcomp Require Import all_ssreflect.
From Relight Require Import codec framing.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* spec §3.4: what the encodings need to know of the curves.  A canonical point
   is one that the curve's decoder accepts: it is never the identity and
   always in the prime-order group.  That decoder itself is not modelled. *)
Record registry := Registry {
  registered : N -> bool;
  point_size : N -> nat;
  scalar_size : N -> nat;
  little_endian : N -> bool;            (* the byte order of scalars *)
  order : N -> N;
  canonical_point : N -> bytes -> bool
}.

(* spec §5.1 to §5.3; points are kept as their octets *)
Record entry := Entry {
  curve : N; public_key : bytes; identifier : N; threshold : N;
  public_share : bytes }.
Inductive lock := Recovery (recovery_key blinder : bytes) | Member (member_key : bytes).
Record compartment := Compartment { lock_of : lock; entries : seq entry }.
Record statement := Statement {
  parameter_set : N; network : bytes; epoch : N; node : bytes;
  compartments : seq compartment }.

(* spec §6.1: (M, T); 0xF0 and 0xF1 are for tests. *)
Definition parameters (id : N) : option (nat * nat) :=
  match id with
  | 1 => Some (132, 64)%N | 2 => Some (174, 40)%N | 3 => Some (420, 24)%N
  | 4 => Some (192, 65)%N | 5 => Some (178, 112)%N | 240 | 241 => Some (8, 4)%N | _ => None
  end%num.

(* spec §6.1: W. *)
Definition width (id : N) : nat :=
  match id with 4 | 5 => 10%N | 241 => 2%N | _ => 1%N end%num.

(* The entries of a compartment on one curve are taken in order, W at a time.
   Given the curves of the entries, those of the packs, by first entry: an entry
   begins a pack if a multiple of W entries on its curve are [seen] before it. *)
Fixpoint pack_keys (K : eqType) (W : nat) (seen s : seq K) : seq K :=
  if s is k :: s' then
    let rest := pack_keys W (k :: seen) s' in if W %| count_mem k seen then k :: rest else rest
  else [::].

Lemma pack_keys_one (K : eqType) (seen s : seq K) : pack_keys 1 seen s = s.
Proof. by elim: s seen => //= k s IH seen; rewrite dvd1n IH. Qed.

(* So n entries on a curve make n/W packs, rounded up. *)
Theorem pack_count (K : eqType) (W : nat) (k : K) (s : seq K) : 0 < W ->
  count_mem k (pack_keys W [::] s) = (count_mem k s + W.-1) %/ W.
Proof.
move=> W0; have up n : (n.+1 + W.-1) %/ W = (W %| n) + (n + W.-1) %/ W.
  have lt : W.-1 < W by rewrite prednK.
  rewrite addSnnS prednK // divnDr ?dvdnn // divnn W0 divnD // (divn_small lt) (modn_small lt) addn0.
  rewrite addnCA /dvdn; congr addn; case: (n %% W) => [|r]; first by rewrite leqNgt lt.
  by rewrite addSnnS prednK // leq_addl.
suff H seen : count_mem k (pack_keys W seen s) + (count_mem k seen + W.-1) %/ W =
    (count_mem k seen + count_mem k s + W.-1) %/ W.
  by have := H [::]; rewrite /= add0n divn_small ?addn0 // prednK.
elim: s seen => [|x s IH] seen /=; first by rewrite addn0.
have := IH (x :: seen); rewrite /=; case: (x =P k) => [->|/eqP/negPf ne].
  rewrite !add1n up => E; rewrite addnS -addSn -E [RHS]addnCA addnA; congr addn.
  by case: ifP => //= _; rewrite eqxx.
by rewrite !add0n => <-; case: ifP => //= _; rewrite ne.
Qed.

Section Encoding.

Variable reg : registry.

Definition bls12381_g1 : N := 2.
Definition u8 := int 1.
Definition u16 := int 2.
Definition u64 := int 8.
Definition positive_u16 := refine u16 (fun n => (0 <? n)%num).
(* spec §4.1: opaque<1..64>, so 1 to 2^512 - 1 *)
Definition identifier_codec : codec N := minimal_int (k := 1) (most := 64) (erefl true).
Definition point (c : N) := refine (fixed (point_size reg c)) (canonical_point reg c).

Definition entry_tuple (e : entry) :=
  (curve e, (public_key e, (identifier e, (threshold e, public_share e)))).
Definition tuple_entry p : entry :=
  let: (c, (r, (i, (t, x)))) := p in Entry c r i t x.
Lemma tuple_entryK : cancel tuple_entry entry_tuple. Proof. by case=> ? [? [? []]]. Qed.
Lemma entry_tupleK : cancel entry_tuple tuple_entry. Proof. by case. Qed.

Definition entry_codec : codec entry :=
  iso (dpair (refine u16 (registered reg)) (fun c =>
         pair (point c) (pair identifier_codec (pair positive_u16 (point c)))))
      tuple_entryK entry_tupleK.

Lemma entry_nonempty e : wf entry_codec e -> enc entry_codec e != [::].
Proof. by move=> _; apply: dpair_nonempty; apply: int_nonempty. Qed.

Definition lock_sum (l : lock) : bytes * bytes + bytes :=
  match l with Recovery Y B => inl (Y, B) | Member E => inr E end.
Definition sum_lock s : lock :=
  match s with inl (Y, B) => Recovery Y B | inr E => Member E end.
Lemma sum_lockK : cancel sum_lock lock_sum. Proof. by case=> [[]|]. Qed.
Lemma lock_sumK : cancel lock_sum sum_lock. Proof. by case. Qed.

Definition lock_codec : codec lock :=
  iso (choice (pair (point bls12381_g1) (point bls12381_g1)) (point bls12381_g1)
              (isT : x01 != x02))
      sum_lockK lock_sumK.

(* spec §5.3, §5.6: 1 to 65535 entries; no identifier is zero modulo the order of
   its curve, and no two of one key are equal modulo that order. *)
Definition residue (e : entry) : N := (identifier e mod order reg (curve e))%num.
Definition entries_ok (s : seq entry) : bool :=
  [&& 0 < size s, (N.of_nat (size s) <? 65536)%num,
      all (fun e => (0 <? residue e)%num) s
    & uniq [seq (curve e, public_key e, residue e) | e <- s]].

Definition compartment_tuple k := (lock_of k, entries k).
Definition tuple_compartment p := Compartment p.1 p.2.
Lemma tuple_compartmentK : cancel tuple_compartment compartment_tuple. Proof. by case. Qed.
Lemma compartment_tupleK : cancel compartment_tuple tuple_compartment. Proof. by case. Qed.

Definition compartment_codec : codec compartment :=
  iso (pair lock_codec (refine (vec 4 entry_nonempty) entries_ok))
      tuple_compartmentK compartment_tupleK.

Lemma compartment_nonempty k : wf compartment_codec k -> enc compartment_codec k != [::].
Proof. by case: k => [[Y B|E] s] _. Qed.

Definition compartments_ok (s : seq compartment) : bool :=
  (0 < size s) && (N.of_nat (size s) <? 65536)%num.

Definition statement_tuple s :=
  (parameter_set s, (network s, (epoch s, (node s, compartments s)))).
Definition tuple_statement p : statement :=
  let: (ps, (c, (e, (n, k)))) := p in Statement ps c e n k.
Lemma tuple_statementK : cancel tuple_statement statement_tuple.
Proof. by case=> ? [? [? []]]. Qed.
Lemma statement_tupleK : cancel statement_tuple tuple_statement. Proof. by case. Qed.

(* spec §5.3: neither key of a recovery lock is the other, or a point of an entry. *)
Definition points_of (st : statement) : seq bytes := flatten
  [seq [:: public_key e; public_share e]
    | e <- flatten [seq entries k | k <- compartments st] & curve e == bls12381_g1].
Definition not_circular (st : statement) : bool :=
  all (fun k => if lock_of k is Recovery Y B
                then [&& Y != B, Y \notin points_of st & B \notin points_of st] else true)
      (compartments st).

(* spec §5.1; the first octet is the version. *)
Definition statement_codec : codec statement := refine
 (iso (prefix [:: x01]
        (pair (refine u8 (fun id => isSome (parameters id)))
        (pair (opaque 1)
        (pair u64
        (pair (opaque 1)
              (refine (vec 4 compartment_nonempty) compartments_ok))))))
      tuple_statementK statement_tupleK) not_circular.

(* Headline 8a: decoding a statement undoes encoding it ... *)
Theorem statement_decode_encode st : wf statement_codec st ->
  decode statement_codec (enc statement_codec st) = Some st.
Proof. exact: decode_encode. Qed.

(* ... and accepts nothing but encodings of well-formed statements. *)
Theorem statement_canonical bs st : decode statement_codec bs = Some st ->
  bs = enc statement_codec st /\ wf statement_codec st.
Proof. exact: decode_canonical. Qed.

(* An identifier is its length, one octet, and its big-endian octets without
   leading zeros: one encoding for each, and none for zero. *)
Theorem identifier_encoding n : (0 < n < 2 ^ 512)%num ->
  [/\ enc identifier_codec n = byte_of (N.of_nat (size (minimal n))) :: minimal n,
      dec_int (minimal n) = n, no_leading_zero (minimal n)
    & decode identifier_codec (enc identifier_codec n) = Some n].
Proof.
case=> n0 lt; have w : wf identifier_codec n.
  by apply/andP; split; apply/N.ltb_lt.
have [D nz] := minimal_wf n0; split=> //; last exact: decode_encode.
by rewrite /= /vec_enc items_octet.
Qed.

Theorem identifier_canonical bs n : decode identifier_codec bs = Some n ->
  bs = enc identifier_codec n /\ (0 < n < 2 ^ 512)%num.
Proof. by move=> E; have [-> /andP[/N.ltb_lt ? /N.ltb_lt ?]] := decode_canonical E. Qed.

Theorem statement_encode_inj st st' :
  wf statement_codec st -> wf statement_codec st' ->
  enc statement_codec st = enc statement_codec st' -> st = st'.
Proof. exact: enc_inj. Qed.

(* ---- proofs, spec §6.7 ---- *)

(* (seed, h) of revealed instances in ascending order; (C, (w.., (salt, z..))) of
   kept ones, with a scalar in z for each pack.  Which instances those are
   follows from the challenge. *)
Definition revealed_codec := pair (fixed 16) (fixed 20).
Definition scalar (c : N) :=
  refine ((if little_endian reg c then little else int) (scalar_size reg c))
         (fun z => (z <? order reg c)%num).

Lemma size_scalar c z : size (enc (scalar c) z) = scalar_size reg c.
Proof. by rewrite /=; case: little_endian; rewrite /= ?size_rev size_enc_int. Qed.

Definition response_curves st : seq N := flatten
  [seq pack_keys (width (parameter_set st)) [::] [seq curve e | e <- entries k] | k <- compartments st].
Definition kept_codec st :=
  pair (fixed 48) (pair (times (size (compartments st)) (fixed 16))
    (pair (fixed 16) (each [seq scalar c | c <- response_curves st]))).
Definition proof_codec st :=
  let: (M, T) := odflt (0, 0) (parameters (parameter_set st)) in
  pair (fixed 32) (pair (fixed 16) (pair (times (M - T) revealed_codec) (times T (kept_codec st)))).

(* spec §8.5, §10.5: a key share; the public point is not part of it.  [sum] is
   the hash of the checksum. *)
Definition key_share_codec (sum : bytes -> bytes) := secret_object sum x04 (pair u64 (refine
  (dpair (refine u16 (registered reg)) (fun c =>
     pair (point c) (pair identifier_codec (pair positive_u16 (refine (scalar c) (fun z => 0 <? z)%num)))))
  (fun p => 0 <? p.2.2.1 mod order reg p.1)%num)).

(* spec §10.1: one compartment, with a recovery lock. *)
Definition is_backup st :=
  if compartments st is [:: k] then if lock_of k is Recovery _ _ then true else false
  else false.

Definition backup_codec := dpair (refine statement_codec is_backup) proof_codec.

(* Headline 8b: the same for backups. *)
Theorem backup_decode_encode b : wf backup_codec b ->
  decode backup_codec (enc backup_codec b) = Some b.
Proof. exact: decode_encode. Qed.

Theorem backup_canonical bs b : decode backup_codec bs = Some b ->
  bs = enc backup_codec b /\ wf backup_codec b.
Proof. exact: decode_canonical. Qed.

(* The length of a proof is a function of the statement (spec §6.7). *)
Lemma times_size A n (c : codec A) len s :
  (forall a, wf c a -> size (enc c a) = len) -> wf (times n c) s ->
  size (enc (times n c) s) = n * len.
Proof.
move=> cl; elim: n s => [|n IH] [|a s] //= /andP[wa ws].
by rewrite size_cat cl // IH.
Qed.

Definition response_size st := sumn [seq scalar_size reg c | c <- response_curves st].
Definition kept_size (c s : nat) : nat := 48 + (c * 16 + (16 + s)).
Definition proof_bytes (M T c s : nat) : nat := 48 + ((M - T) * 36 + T * kept_size c s).

Lemma kept_length st k : wf (kept_codec st) k ->
  size (enc (kept_codec st) k) = kept_size (size (compartments st)) (response_size st).
Proof.
case: k => C [w [salt z]] /andP[/= /eqP hC /andP[/= hw /andP[/= /eqP hs hz]]].
rewrite /pair_enc /= !size_cat hC hs (times_size (len := 16) _ hw); last by move=> a /eqP.
rewrite /kept_size /response_size; do 3 congr addn.
elim: (response_curves st) z hz => [|e es IH] [|a z] //=.
by case/andP=> _ hz; rewrite size_cat size_scalar IH.
Qed.

Definition proof_size st : option nat :=
  if parameters (parameter_set st) is Some (M, T)
  then Some (proof_bytes M T (size (compartments st)) (response_size st)) else None.

Theorem proof_length st M T p : parameters (parameter_set st) = Some (M, T) ->
  wf (proof_codec st) p ->
  proof_size st = Some (size (enc (proof_codec st) p)).
Proof.
rewrite /proof_size /proof_codec => -> /=; case: p => h [n [o k]].
case/andP=> /= /eqP hh /andP[/= /eqP hn /andP[/= ho hk]].
rewrite /pair_enc /= !size_cat hh hn (times_size (len := 36) _ ho); last first.
  by case=> a b /andP[/= /eqP ha /eqP hb]; rewrite /pair_enc size_cat /= ha hb.
rewrite (times_size (len := kept_size (size (compartments st)) (response_size st)) _ hk) //.
by move=> a; exact: kept_length.
Qed.

(* ---- digests, spec §5.4 and §9.2 ---- *)

Section Digest.
Variable shake : bytes -> bytes.       (* SHAKE256 to 32 bytes: any function *)
Definition statement_label : bytes := text "statement".
Definition digest st := shake (frame statement_label [:: enc statement_codec st]).

Lemma wf_one p : wf lp p -> all (wf lp) [:: p].
Proof. by move=> w; apply/andP. Qed.

(* Headline 8c: two different statements with one digest are a collision. *)
Theorem digest_inj st st' : wf statement_codec st -> wf statement_codec st' ->
  wf lp (enc statement_codec st) -> wf lp (enc statement_codec st') ->
  digest st = digest st' -> st = st' \/ collision shake.
Proof.
move=> w w' /wf_one l /wf_one l' E.
have [[_ Es]|c] := @hash_inj _ _ statement_label statement_label _ _ isT isT l l' E; last by right.
by left; apply: (statement_encode_inj w w' (congr1 (head [::]) Es)).
Qed.

(* spec §9.2: the digest of what a dealing claims, D that of its ceremony, [keys]
   the VSS commitment of each key.  It is no statement's digest either, as the labels
   differ. *)
Definition dealing_label : bytes := text "dealing-statement".
Definition dealing_digest (D : bytes) (dealer : N) (keys : seq bytes) :=
  shake (frame dealing_label [:: D, enc u16 dealer & keys]).

Lemma wf_dealing D dealer keys : wf lp D -> all (wf lp) keys -> all (wf lp) [:: D, enc u16 dealer & keys].
Proof. by move=> wD wk; apply/and3P; split=> //; apply: wf_lp; rewrite size_enc_int. Qed.

Theorem dealing_digest_inj D D' dealer dealer' keys keys' :
  wf lp D -> wf lp D' -> wf u16 dealer -> wf u16 dealer' -> all (wf lp) keys -> all (wf lp) keys' ->
  dealing_digest D dealer keys = dealing_digest D' dealer' keys' ->
  [/\ D = D', dealer = dealer' & keys = keys'] \/ collision shake.
Proof.
move=> wD wD' wd wd' wk wk' E.
have [[_ Es]|c] := @hash_inj _ _ dealing_label dealing_label _ _ isT isT
  (wf_dealing dealer wD wk) (wf_dealing dealer' wD' wk') E; last by right.
left; split; [exact: (congr1 (head [::]) Es) | | exact: (congr1 (behead \o behead) Es)].
exact: (enc_inj wd wd' (congr1 (fun ps => nth [::] ps 1) Es)).
Qed.

Theorem dealing_no_statement st D dealer keys :
  wf lp (enc statement_codec st) -> wf lp D -> all (wf lp) keys ->
  digest st = dealing_digest D dealer keys -> collision shake.
Proof.
move=> /wf_one ws wD wk E.
by have [[]|] := @hash_inj _ _ statement_label dealing_label _ _ isT isT ws (wf_dealing dealer wD wk) E.
Qed.
End Digest.

End Encoding.
