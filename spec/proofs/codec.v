(* Canonical codecs (spec §2, §3.5, §15).  A codec is lawful if decoding undoes
   encoding and accepts nothing else: what it consumes is the encoding of
   what it returns.  Small lawful codecs are joined into large ones.          *)
From Coq Require Import NArith Lia Strings.Byte.
From mathcomp Require Import all_ssreflect.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Definition byte_eqMixin := comparableMixin byte_eq_dec.
Canonical byte_eqType := EqType byte byte_eqMixin.
Notation bytes := (seq byte).

Definition byte_of (n : N) : byte :=
  if Byte.of_N (n mod 256) is Some b then b else x00.

Lemma byte_ofK : cancel to_N byte_of.
Proof. by case. Qed.

Lemma to_byte_of n : to_N (byte_of n) = (n mod 256)%num.
Proof.
rewrite /byte_of; case E: Byte.of_N => [b|]; first exact/Byte.to_of_N.
by move/Byte.of_N_None_iff: E; have := N.mod_lt n 256; lia.
Qed.

Lemma to_N_lt b : (to_N b < 256)%num.
Proof. by case: b. Qed.

(* Big-endian integers of k bytes. *)
Fixpoint enc_int (k : nat) (n : N) : bytes :=
  if k is k'.+1 then rcons (enc_int k' (n / 256)) (byte_of n) else [::].

Definition dec_int (bs : bytes) : N := foldl (fun n b => n * 256 + to_N b)%num 0%num bs.

Lemma size_enc_int k n : size (enc_int k n) = k.
Proof. by elim: k n => [|k IH] n //=; rewrite size_rcons IH. Qed.

Lemma dec_int_rcons bs b : dec_int (rcons bs b) = (dec_int bs * 256 + to_N b)%num.
Proof. by rewrite /dec_int foldl_rcons. Qed.

Lemma dec_enc_int k n : (n < 256 ^ N.of_nat k)%num -> dec_int (enc_int k n) = n.
Proof.
elim: k n => [|k IH] n; first by case: n => [|[]].
rewrite Nat2N.inj_succ N.pow_succ_r' => lt /=; rewrite dec_int_rcons to_byte_of.
by rewrite IH; [have := N.div_mod n 256; lia | apply: N.div_lt_upper_bound].
Qed.

Lemma enc_dec_int bs : enc_int (size bs) (dec_int bs) = bs.
Proof.
elim/last_ind: bs => [|bs b IH] //; rewrite size_rcons /= dec_int_rcons.
rewrite N.div_add_l // (N.div_small (to_N b)) ?N.add_0_r ?IH; last exact: to_N_lt.
congr rcons; rewrite -[RHS]byte_ofK /byte_of; congr (if Byte.of_N _ is Some b then b else _).
by rewrite N.add_comm N.mod_add.
Qed.

Lemma dec_int_lt bs : (dec_int bs < 256 ^ N.of_nat (size bs))%num.
Proof.
elim/last_ind: bs => [|bs b IH] //; rewrite size_rcons dec_int_rcons.
by rewrite Nat2N.inj_succ N.pow_succ_r'; have := to_N_lt b; lia.
Qed.

(* [dec] returns the value and the bytes that it did not consume. *)
Record codec (A : Type) := Codec {
  enc : A -> bytes;
  dec : bytes -> option (A * bytes);
  wf : A -> bool;
  dec_enc : forall a rest, wf a -> dec (enc a ++ rest) = Some (a, rest);
  dec_only : forall bs a rest, dec bs = Some (a, rest) -> bs = enc a ++ rest /\ wf a
}.

Section Top.
Variables (A : Type) (c : codec A).

(* Top level: nothing may be left over. *)
Definition decode (bs : bytes) : option A :=
  if dec c bs is Some (a, [::]) then Some a else None.

Theorem decode_encode a : wf c a -> decode (enc c a) = Some a.
Proof. by move=> w; rewrite /decode -[enc c a]cats0 dec_enc. Qed.

Theorem decode_canonical bs a : decode bs = Some a -> bs = enc c a /\ wf c a.
Proof.
rewrite /decode; case E: dec => [[a' [|//]]|] // [<-].
by have [-> w] := dec_only E; rewrite cats0.
Qed.

Theorem enc_inj a b : wf c a -> wf c b -> enc c a = enc c b -> a = b.
Proof.
by move=> wa wb E; have := decode_encode wa; rewrite E decode_encode // => -[->].
Qed.

(* A stream of encodings splits in one way only. *)
Lemma enc_prefix a b r r' : wf c a -> wf c b ->
  enc c a ++ r = enc c b ++ r' -> a = b /\ r = r'.
Proof.
by move=> wa wb E; have := dec_enc r wa; rewrite E dec_enc // => -[-> ->].
Qed.
End Top.

(* An octet string of fixed length. *)
Section Fixed.
Variable n : nat.
Definition fixed_dec (bs : bytes) :=
  if n <= size bs then Some (take n bs, drop n bs) else None.
Lemma fixed_dec_enc (a rest : bytes) : size a == n -> fixed_dec (a ++ rest) = Some (a, rest).
Proof. by move/eqP=> E; rewrite /fixed_dec size_cat E leq_addr take_size_cat // drop_size_cat. Qed.
Lemma fixed_dec_only bs a rest : fixed_dec bs = Some (a, rest) -> bs = a ++ rest /\ size a == n.
Proof.
rewrite /fixed_dec; case: leqP => // le [<- <-].
by rewrite cat_take_drop size_takel.
Qed.
Definition fixed := @Codec bytes id fixed_dec (fun a => size a == n) fixed_dec_enc fixed_dec_only.
End Fixed.

(* An integer of k bytes. *)
Section Int.
Variable k : nat.
Let ok (n : N) := (n <? 256 ^ N.of_nat k)%num.
Definition int_dec bs := omap (fun p => (dec_int p.1, p.2)) (fixed_dec k bs).
Lemma int_dec_enc n rest : ok n -> int_dec (enc_int k n ++ rest) = Some (n, rest).
Proof.
by move/N.ltb_lt=> lt; rewrite /int_dec fixed_dec_enc ?size_enc_int //= dec_enc_int.
Qed.
Lemma int_dec_only bs n rest : int_dec bs = Some (n, rest) -> bs = enc_int k n ++ rest /\ ok n.
Proof.
rewrite /int_dec; case E: fixed_dec => [[a r]|] //= [<- <-].
have [-> /eqP sz] := fixed_dec_only E; rewrite /ok -sz enc_dec_int.
by split=> //; apply/N.ltb_lt/dec_int_lt.
Qed.
Definition int := Codec int_dec_enc int_dec_only.

(* The same with the least significant byte first. *)
Definition little_enc (n : N) : bytes := rev (enc_int k n).
Definition little_dec bs := omap (fun p => (dec_int (rev p.1), p.2)) (fixed_dec k bs).
Lemma little_dec_enc n rest : ok n -> little_dec (little_enc n ++ rest) = Some (n, rest).
Proof.
move/N.ltb_lt=> lt; rewrite /little_dec fixed_dec_enc ?size_rev ?size_enc_int //=.
by rewrite revK dec_enc_int.
Qed.
Lemma little_dec_only bs n rest : little_dec bs = Some (n, rest) -> bs = little_enc n ++ rest /\ ok n.
Proof.
rewrite /little_dec; case E: fixed_dec => [[a r]|] //= [<- <-].
have [-> /eqP sz] := fixed_dec_only E; rewrite -size_rev in sz.
rewrite /little_enc /ok -sz enc_dec_int revK.
by split=> //; apply/N.ltb_lt/dec_int_lt.
Qed.
Definition little := Codec little_dec_enc little_dec_only.
End Int.

(* Values that also satisfy a condition. *)
Section Refine.
Variables (A : Type) (c : codec A) (p : A -> bool).
Definition refine_dec bs :=
  if dec c bs is Some (a, r) then if p a then Some (a, r) else None else None.
Lemma refine_dec_enc a rest : wf c a && p a -> refine_dec (enc c a ++ rest) = Some (a, rest).
Proof. by case/andP=> w pa; rewrite /refine_dec dec_enc // pa. Qed.
Lemma refine_dec_only bs a rest : refine_dec bs = Some (a, rest) ->
  bs = enc c a ++ rest /\ wf c a && p a.
Proof.
rewrite /refine_dec; case E: dec => [[a' r]|] //; case: ifP => // pa [<- <-].
by have [-> ->] := dec_only E; rewrite pa.
Qed.
Definition refine := Codec refine_dec_enc refine_dec_only.
End Refine.

(* One after the other; the second codec may depend on the first value. *)
Section Pair.
Variables (A B : Type) (c : codec A) (d : A -> codec B).
Definition pair_enc (ab : A * B) := enc c ab.1 ++ enc (d ab.1) ab.2.
Definition pair_dec bs :=
  if dec c bs is Some (a, r) then
    if dec (d a) r is Some (b, r') then Some ((a, b), r') else None
  else None.
Definition pair_wf (ab : A * B) := wf c ab.1 && wf (d ab.1) ab.2.
Lemma pair_dec_enc ab rest : pair_wf ab -> pair_dec (pair_enc ab ++ rest) = Some (ab, rest).
Proof.
by case: ab => a b /andP[/= wa wb]; rewrite /pair_dec /pair_enc -catA !dec_enc.
Qed.
Lemma pair_dec_only bs ab rest : pair_dec bs = Some (ab, rest) ->
  bs = pair_enc ab ++ rest /\ pair_wf ab.
Proof.
rewrite /pair_dec; case E: dec => [[a r]|] //; case E': dec => [[b r']|] // [<- <-].
have [-> wa] := dec_only E; have [-> wb] := dec_only E'.
by rewrite /pair_enc /pair_wf /= catA wa.
Qed.
Definition dpair := Codec pair_dec_enc pair_dec_only.
End Pair.

Lemma dpair_nonempty A B (c : codec A) (d : A -> codec B) ab :
  enc c ab.1 != [::] -> enc (dpair c d) ab != [::].
Proof. by rewrite /= /pair_enc; case: (enc c ab.1). Qed.

Lemma int_nonempty k n : 0 < k -> enc (int k) n != [::].
Proof. by rewrite -size_eq0 /= size_enc_int -lt0n. Qed.

Definition pair A B (c : codec A) (d : codec B) : codec (A * B) := dpair c (fun=> d).

(* The same bytes, read as another type. *)
Section Iso.
Variables (A B : Type) (c : codec A) (f : A -> B) (g : B -> A).
Hypotheses (fK : cancel f g) (gK : cancel g f).
Definition iso_dec bs := omap (fun p => (f p.1, p.2)) (dec c bs).
Lemma iso_dec_enc b rest : wf c (g b) -> iso_dec (enc c (g b) ++ rest) = Some (b, rest).
Proof. by move=> w; rewrite /iso_dec dec_enc //= gK. Qed.
Lemma iso_dec_only bs b rest : iso_dec bs = Some (b, rest) ->
  bs = enc c (g b) ++ rest /\ wf c (g b).
Proof.
by rewrite /iso_dec; case E: dec => [[a r]|] //= [<- <-]; rewrite fK; exact: dec_only E.
Qed.
Definition iso := Codec iso_dec_enc iso_dec_only.
End Iso.

(* The same bytes as another type, where only well-formed values correspond. *)
Section Image.
Variables (A B : Type) (c : codec A) (f : A -> B) (g : B -> A) (p : B -> bool).
Hypothesis into : forall a, wf c a -> g (f a) = a /\ p (f a).
Hypothesis back : forall b, p b -> f (g b) = b /\ wf c (g b).
Definition image_dec bs := omap (fun q => (f q.1, q.2)) (dec c bs).
Lemma image_dec_enc b rest : p b -> image_dec (enc c (g b) ++ rest) = Some (b, rest).
Proof. by case/back=> E w; rewrite /image_dec dec_enc //= E. Qed.
Lemma image_dec_only bs b rest : image_dec bs = Some (b, rest) ->
  bs = enc c (g b) ++ rest /\ p b.
Proof.
rewrite /image_dec; case D: dec => [[a r]|] //= [<- <-].
by have [-> w] := dec_only D; have [-> ->] := into w.
Qed.
Definition image := Codec image_dec_enc image_dec_only.
End Image.

(* A leading constant, such as a version byte. *)
Section Prefix.
Variables (A : Type) (p : bytes) (c : codec A).
Definition prefix_dec bs :=
  if take (size p) bs == p then dec c (drop (size p) bs) else None.
Lemma prefix_dec_enc a rest : wf c a -> prefix_dec ((p ++ enc c a) ++ rest) = Some (a, rest).
Proof.
by move=> w; rewrite /prefix_dec -catA take_size_cat // drop_size_cat // eqxx dec_enc.
Qed.
Lemma prefix_dec_only bs a rest : prefix_dec bs = Some (a, rest) ->
  bs = (p ++ enc c a) ++ rest /\ wf c a.
Proof.
rewrite /prefix_dec; case: eqP => // E D; have [{}D w] := dec_only D.
by rewrite -catA -D -{1}E cat_take_drop.
Qed.
Definition prefix := Codec prefix_dec_enc prefix_dec_only.
End Prefix.

(* A choice by a tag; the tags must not be prefixes of each other, so they are
   one byte. *)
Section Choice.
Variables (A B : Type) (s t : byte) (c : codec A) (d : codec B).
Hypothesis st : s != t.
Definition choice_enc (ab : A + B) :=
  match ab with inl a => s :: enc c a | inr b => t :: enc d b end.
Definition choice_dec bs : option ((A + B) * bytes) :=
  if bs is x :: r then
    if x == s then omap (fun p => (inl p.1, p.2)) (dec c r)
    else if x == t then omap (fun p => (inr p.1, p.2)) (dec d r) else None
  else None.
Definition choice_wf ab := match ab with inl a => wf c a | inr b => wf d b end.
Lemma choice_dec_enc ab rest : choice_wf ab -> choice_dec (choice_enc ab ++ rest) = Some (ab, rest).
Proof.
case: ab => x w; rewrite /= ?eqxx ?dec_enc //.
by rewrite eq_sym (negPf st).
Qed.
Lemma choice_dec_only bs ab rest : choice_dec bs = Some (ab, rest) ->
  bs = choice_enc ab ++ rest /\ choice_wf ab.
Proof.
case: bs => [|x r] //=; case: eqP => [->|_].
  by case E: dec => [[a r']|] //= [<- <-]; have [-> w] := dec_only E.
case: eqP => [->|_] //.
by case E: dec => [[a r']|] //= [<- <-]; have [-> w] := dec_only E.
Qed.
Definition choice := Codec choice_dec_enc choice_dec_only.
End Choice.

(* A list whose codecs are given: one value for each. *)
Section Each.
Variable A : Type.
Fixpoint each_enc (cs : seq (codec A)) (s : seq A) : bytes :=
  if (cs, s) is (c :: cs', a :: s') then enc c a ++ each_enc cs' s' else [::].
Fixpoint each_dec (cs : seq (codec A)) bs : option (seq A * bytes) :=
  if cs is c :: cs' then
    if dec c bs is Some (a, r) then
      if each_dec cs' r is Some (s, r') then Some (a :: s, r') else None
    else None
  else Some ([::], bs).
Fixpoint each_wf (cs : seq (codec A)) (s : seq A) : bool :=
  match cs, s with
  | [::], [::] => true
  | c :: cs', a :: s' => wf c a && each_wf cs' s'
  | _, _ => false
  end.
Lemma each_dec_enc cs s rest : each_wf cs s -> each_dec cs (each_enc cs s ++ rest) = Some (s, rest).
Proof.
elim: cs s => [|c cs IH] [|a s] //= /andP[wa ws].
by rewrite -catA dec_enc // IH.
Qed.
Lemma each_dec_only cs bs s rest : each_dec cs bs = Some (s, rest) ->
  bs = each_enc cs s ++ rest /\ each_wf cs s.
Proof.
elim: cs bs s rest => [|c cs IH] bs s rest /=; first by case=> <- <-.
case E: dec => [[a r]|] //; case E': each_dec => [[s' r']|] // [<- <-].
have [-> wa] := dec_only E; have [-> ws] := IH _ _ _ E'.
by rewrite -catA wa.
Qed.
Definition each cs := Codec (@each_dec_enc cs) (@each_dec_only cs).
Definition times n c := each (nseq n c).
End Each.

(* A vector: a length in bytes, then items until they are used up. *)
Section Vector.
Variables (A : Type) (k : nat) (c : codec A).
Hypothesis nonempty : forall a, wf c a -> enc c a != [::].

Definition items_enc (s : seq A) : bytes := flatten [seq enc c a | a <- s].

Fixpoint items_dec (fuel : nat) (bs : bytes) : option (seq A) :=
  if bs is [::] then Some [::] else
  if fuel is f.+1 then
    if dec c bs is Some (a, r) then omap (cons a) (items_dec f r) else None
  else None.

Lemma items_dec_enc fuel s : size (items_enc s) <= fuel -> all (wf c) s ->
  items_dec fuel (items_enc s) = Some s.
Proof.
elim: s fuel => [|a s IH] fuel; first by case: fuel.
rewrite /items_enc /= => le /andP[wa ws]; have := nonempty wa.
case: fuel le => [|fuel] le; first by move: le; rewrite size_cat; case: (enc c a).
case E: (enc c a ++ _) => [|b bs] ne; first by move: E ne; case: (enc c a).
rewrite /= -E dec_enc // IH // -ltnS (leq_trans _ le) // size_cat.
by move: ne; rewrite -size_eq0 -lt0n -/(items_enc s) => ne; rewrite -addn1 addnC leq_add2r.
Qed.

Lemma items_dec_only fuel bs s : items_dec fuel bs = Some s ->
  bs = items_enc s /\ all (wf c) s.
Proof.
elim: fuel bs s => [|fuel IH] [|b bs] s //=; [by case=> <- | by case=> <- |].
case E: dec => [[a r]|] //; case E': items_dec => [s'|] // [<-].
have [-> wa] := dec_only E; have [-> ws] := IH _ _ E'.
by rewrite /= wa.
Qed.

Let len s := N.of_nat (size (items_enc s)).
Definition vec_enc s := enc_int k (len s) ++ items_enc s.
Definition vec_dec bs :=
  if int_dec k bs is Some (n, r) then
    if (n <=? N.of_nat (size r))%num then    (* no allocation before the check *)
      if fixed_dec (N.to_nat n) r is Some (body, r') then
        omap (fun s => (s, r')) (items_dec (size body) body)
      else None
    else None
  else None.
Definition vec_wf s := (len s <? 256 ^ N.of_nat k)%num && all (wf c) s.

Lemma vec_dec_enc s rest : vec_wf s -> vec_dec (vec_enc s ++ rest) = Some (s, rest).
Proof.
case/andP=> lt ws; rewrite /vec_dec /vec_enc -catA int_dec_enc //.
have -> : (len s <=? N.of_nat (size (items_enc s ++ rest)))%num.
  by apply/N.leb_le; rewrite /len size_cat Nat2N.inj_add; apply: N.le_add_r.
by rewrite fixed_dec_enc ?Nat2N.id //= items_dec_enc.
Qed.

Lemma vec_dec_only bs s rest : vec_dec bs = Some (s, rest) ->
  bs = vec_enc s ++ rest /\ vec_wf s.
Proof.
rewrite /vec_dec; case E: int_dec => [[n r]|] //; case: ifP => // _.
case E': fixed_dec => [[body r']|] //.
case E'': items_dec => [s'|] //= [<- <-].
have [-> lt] := int_dec_only E; have [-> /eqP sz] := fixed_dec_only E'.
have [Eb ws] := items_dec_only E''; rewrite /vec_enc /vec_wf /len -Eb sz N2Nat.id -catA.
by rewrite lt.
Qed.
Definition vec := Codec vec_dec_enc vec_dec_only.
End Vector.

(* One octet as a codec, and octet strings with a length: opaque<0..n>. *)
Section Opaque.
Definition octet_dec (bs : bytes) := if bs is b :: r then Some (b, r) else None.
Lemma octet_dec_enc b rest : true -> octet_dec ([:: b] ++ rest) = Some (b, rest).
Proof. by []. Qed.
Lemma octet_dec_only bs b rest : octet_dec bs = Some (b, rest) -> bs = [:: b] ++ rest /\ true.
Proof. by case: bs => // x r [-> ->]. Qed.
Definition octet := @Codec byte (fun b => [:: b]) octet_dec (fun=> true) octet_dec_enc octet_dec_only.
Lemma octet_nonempty b : wf octet b -> enc octet b != [::]. Proof. by []. Qed.
Definition opaque k : codec bytes := vec k octet_nonempty.
Lemma items_octet (s : bytes) : items_enc octet s = s.
Proof. by elim: s => //= b s {2}<-. Qed.
Lemma wf_octets (s : bytes) : all (wf octet) s. Proof. by elim: s. Qed.
End Opaque.

(* Integers of any size, big-endian, without leading zeros. *)
Section Minimal.

Definition octets_of (n : N) : nat := N.to_nat ((N.size n + 7) / 8)%num.
Definition minimal (n : N) : bytes := enc_int (octets_of n) n.
Definition no_leading_zero (bs : bytes) : bool := if bs is b :: _ then b != x00 else false.

Lemma size_minimal n : size (minimal n) = octets_of n.
Proof. exact: size_enc_int. Qed.

Lemma pow256 k : (256 ^ N.of_nat k = 2 ^ (8 * N.of_nat k))%num.
Proof. by rewrite N.pow_mul_r. Qed.

(* k octets: from 256^(k-1) on, below 256^k. *)
Lemma octets_ofP n k : (0 < n)%num ->
  (256 ^ N.of_nat k <= n)%num -> (n < 256 ^ N.of_nat k.+1)%num -> octets_of n = k.+1.
Proof.
move=> n0; rewrite !pow256 => le lt; rewrite /octets_of N.size_log2; last lia.
have /N.log2_le_pow2 := le; move/(_ n0) => {}le.
have /N.log2_lt_pow2 := lt; move/(_ n0) => {}lt.
suff -> : ((N.succ (N.log2 n) + 7) / 8 = N.of_nat k.+1)%num by rewrite Nat2N.id.
symmetry; apply: (N.div_unique _ _ _ (N.log2 n - 8 * N.of_nat k)%num); lia.
Qed.

Lemma dec_int_cons b bs : dec_int (b :: bs) = (to_N b * 256 ^ N.of_nat (size bs) + dec_int bs)%num.
Proof.
elim/last_ind: bs => [|bs c IH]; first by rewrite /dec_int /= N.mul_1_r N.add_0_r.
rewrite -rcons_cons !dec_int_rcons IH size_rcons Nat2N.inj_succ N.pow_succ_r'; lia.
Qed.

Lemma to_N_gt0 b : b != x00 -> (0 < to_N b)%num.
Proof. by case: b. Qed.

Lemma minimalK bs : no_leading_zero bs -> minimal (dec_int bs) = bs /\ (0 < dec_int bs)%num.
Proof.
case: bs => // b bs /to_N_gt0 b0.
have le : (256 ^ N.of_nat (size bs) <= dec_int (b :: bs))%num.
  by rewrite dec_int_cons; have := N.pow_nonzero 256 (N.of_nat (size bs)); nia.
have n0 : (0 < dec_int (b :: bs))%num by have := N.pow_nonzero 256 (N.of_nat (size bs)); lia.
split=> //; rewrite /minimal (octets_ofP n0 le (dec_int_lt (b :: bs))).
exact: (enc_dec_int (b :: bs)).
Qed.

Lemma octets_of_bounds n : (0 < n)%num ->
  exists k, octets_of n = k.+1 /\ (256 ^ N.of_nat k <= n < 256 ^ N.of_nat k.+1)%num.
Proof.
move=> n0; have eight : (8 <> 0)%num by [].
have := N.mod_lt (N.log2 n) 8 eight; have := N.div_mod (N.log2 n) 8 eight.
move: (N.log2 n / 8)%num (N.log2 n mod 8)%num => q m d lt8; exists (N.to_nat q).
have [le lt] := N.log2_spec n n0.
have B : (256 ^ N.of_nat (N.to_nat q) <= n < 256 ^ N.of_nat (N.to_nat q).+1)%num.
  rewrite !pow256 Nat2N.inj_succ N2Nat.id; split.
    by apply: N.le_trans le; apply: N.pow_le_mono_r; lia.
  by apply: N.lt_le_trans lt _; apply: N.pow_le_mono_r; lia.
by split=> //; apply: octets_ofP; tauto.
Qed.

Lemma minimal_wf n : (0 < n)%num -> dec_int (minimal n) = n /\ no_leading_zero (minimal n).
Proof.
move=> n0; have [k [E [le lt]]] := octets_of_bounds n0.
have D : dec_int (minimal n) = n by rewrite /minimal E dec_enc_int.
split=> //; have sz : size (minimal n) = k.+1 by rewrite size_minimal.
case M: (minimal n) sz D => [|b bs] //= [sz] D; apply/negP => /eqP b0.
move: le; rewrite -D b0 dec_int_cons N.mul_0_l N.add_0_l.
by have := dec_int_lt bs; rewrite sz; lia.
Qed.

(* opaque<1..most>, below 256^most *)
Section Bounded.
Variables (k most : nat).
Hypothesis fits : (N.of_nat most <? 256 ^ N.of_nat k)%num.
Definition minimal_ok (bs : bytes) : bool := (size bs <= most) && no_leading_zero bs.
Definition minimal_wf_int (n : N) : bool := (0 <? n)%num && (n <? 256 ^ N.of_nat most)%num.

Lemma minimal_into bs : wf (refine (opaque k) minimal_ok) bs ->
  minimal (dec_int bs) = bs /\ minimal_wf_int (dec_int bs).
Proof.
case/andP=> _ /andP[le nz]; have [-> n0] := minimalK nz; split=> //.
apply/andP; split; first exact/N.ltb_lt.
apply/N.ltb_lt; apply: N.lt_le_trans (dec_int_lt bs) _.
by apply: N.pow_le_mono_r => //; move/leP: le; lia.
Qed.

Lemma minimal_back n : minimal_wf_int n ->
  dec_int (minimal n) = n /\ wf (refine (opaque k) minimal_ok) (minimal n).
Proof.
case/andP=> /N.ltb_lt n0 /N.ltb_lt lt; have [D nz] := minimal_wf n0; split=> //.
have le : size (minimal n) <= most.
  have [j [E [le _]]] := octets_of_bounds n0; rewrite size_minimal E.
  have H : (256 ^ N.of_nat j < 256 ^ N.of_nat most)%num by lia.
  have := proj2 (N.pow_lt_mono_r_iff 256 (N.of_nat j) (N.of_nat most) erefl) H.
  by move=> ?; apply/leP; lia.
apply/andP; split; last by rewrite /minimal_ok le.
apply/andP; split; last exact: wf_octets.
rewrite items_octet; apply/N.ltb_lt; move/N.ltb_lt: fits; move/leP: le; lia.
Qed.

Definition minimal_int : codec N := image minimal_into minimal_back.
End Bounded.

End Minimal.
