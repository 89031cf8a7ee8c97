(* The computable side of the model, evaluated on the committed vectors of
   spec/vectors by the generated file vectors/generated.v.                   *)
From Coq Require Import NArith ZArith Lia Strings.Byte Strings.Ascii Strings.String.
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import sharing orders quorum subset codec framing encoding.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* Octets from the hexadecimal digits of the vectors. *)
Definition nibble (c : ascii) : N :=
  let n := N_of_ascii c in if (n <? 58)%num then (n - 48)%num else (n - 87)%num.

Fixpoint hex (s : string) : bytes :=
  if s is String a (String b r) then byte_of (16 * nibble a + nibble b)%num :: hex r
  else [::].

(* The registry of spec §3.4, with the optional curves.  Whether octets are a
   point of the curve is left to the curve library: any octets of the right length
   are taken here. *)
Definition group_order (c : N) : N :=
  Z.to_N match c with
  | 1 => secp256k1_n | 3 => p256_n | 4 => p384_n | 5 | 6 => ed25519_l | 7 => ed448_l | 8 | 9 => jubjub_r
  | 11 | 12 => pallas_q | _ => bls12381_r
  end%num.

(* The length of a point, of a scalar, and whether that is little-endian. *)
Definition curve_format (c : N) : nat * nat * bool :=
  match c with
  | 1 | 3 => (33, 32, false)%N | 2 => (48, 32, false)%N | 4 => (49, 48, false)%N
  | 5 | 6 | 8 | 9 | 11 | 12 => (32, 32, true)%N | 7 => (57, 57, true)%N | _ => (96, 32, false)%N
  end%num.

Definition v1 : registry := Registry
  (fun c => (0 <? c) && (c <=? 12))%num
  (fun c => (curve_format c).1.1) (fun c => (curve_format c).1.2) (fun c => (curve_format c).2)
  group_order (fun _ _ => true).

(* ---- spec §4.1 ---- *)
Definition threshold_ok (t n : N) : bool := (0 < N.to_nat t <= N.to_nat n).
Definition supermajority_N (n : N) : N := N.of_nat (supermajority (N.to_nat n)).

(* ---- spec §6.4: the masking is done in binary, for speed ---- *)
Definition subset_N (M T P : N) (draws : seq N) : option (seq nat) :=
  subset (N.to_nat M) (N.to_nat T) (N.to_nat P) [seq N.to_nat (d mod P)%num | d <- draws].

Lemma to_nat_mod d p : (p <> 0)%num -> N.to_nat (d mod p) %% N.to_nat p = N.to_nat d %% N.to_nat p.
Proof.
move=> p0; rewrite {2}(N.div_mod d p p0) N2Nat.inj_add N2Nat.inj_mul.
by rewrite -[(_ + _)%coq_nat]/(_ + _) -[(_ * _)%coq_nat]/(_ * _) mulnC modnMDl.
Qed.

Theorem subset_N_model M T P draws : (P <> 0)%num ->
  subset_N M T P draws = subset (N.to_nat M) (N.to_nat T) (N.to_nat P) (map N.to_nat draws).
Proof.
move=> P0; rewrite /subset_N /subset; congr (omap _ _).
by elim: draws [::] => [|d ds IH] acc //=; rewrite to_nat_mod // !IH.
Qed.

Lemma v1_curves c : registered v1 c -> c \in [:: 1; 2; 3; 4; 5; 6; 7; 8; 9; 10; 11; 12]%num.
Proof.
by case/andP=> /N.ltb_lt low /N.leb_le high; rewrite !inE; do 12 (case: eqP => [//|?]); lia.
Qed.

(* The bounds of batching.v and stream.v hold on all of these curves. *)
Theorem orders_251 c : registered v1 c -> (2 ^ 251 <= order v1 c)%num.
Proof.
by move=> /v1_curves known; apply/N.leb_le; move: c known; apply/allP; vm_compute.
Qed.

(* L_C of spec §3.4: 16 octets more than the order takes (spec §3.3). *)
Definition wide_octets (c : N) : nat := match c with 4 => 64%N | 7 => 72%N | _ => 48%N end%num.

Theorem orders_wide c : registered v1 c -> (order v1 c * 2 ^ 128 <= 256 ^ N.of_nat (wide_octets c))%num.
Proof. by move=> /v1_curves known; apply/N.leb_le; move: c known; apply/allP; vm_compute. Qed.

Theorem orders_prime c : registered v1 c -> Znumtheory.prime (Z.of_N (order v1 c)).
Proof.
move=> /v1_curves; rewrite -[order v1 c]/(group_order c) !inE.
do 11 (case/orP=> [/eqP ->|]; first shelve); move=> /eqP ->.
Unshelve.
all: rewrite /group_order Z2N.id; last by [].
all: first [exact: secp256k1_n_prime | exact: bls12381_r_prime | exact: p256_n_prime | exact: p384_n_prime
  | exact: ed25519_l_prime | exact: ed448_l_prime | exact: jubjub_r_prime | exact: pallas_q_prime].
Qed.

(* ---- spec §4.1: identifiers, from what stands behind the length ---- *)
Definition identifier_of (bs : bytes) : option N :=
  if size bs < 256 then decode identifier_codec (byte_of (N.of_nat (size bs)) :: bs) else None.

(* ---- spec §4.4: weights are checked, not recomputed, so no inversion ---- *)
Section Weights.

Variable q : N.

Definition residues (ids : seq N) : seq N := [seq (x mod q)%num | x <- ids].

(* No identifier is zero modulo q, and no two are equal. *)
Definition identifiers_ok (ids : seq N) : bool :=
  all (fun x => 0 <? x)%num (residues ids) && uniq (residues ids).

(* On residues: the products of x_j - u and of x_j - x_i. *)
Definition product (ids : seq N) (x u : N) : N :=
  foldr (fun y a => if y == x then a else (y + q - u) * a mod q)%num 1%num ids.

(* w is canonical and w * prod (x_j - x_i) = prod (x_j - u) modulo q. *)
Definition weight_ok (ids : seq N) (u x w : N) : bool :=
  ((w <? q) && (w * product ids x x mod q =? product ids x u mod q))%num.

Definition weights_ok (ids : seq N) (u : N) (ws : seq N) : bool :=
  let xs := residues ids in
  [&& size ids == size ws, identifiers_ok ids
    & all (fun xw => weight_ok xs (u mod q)%num xw.1 xw.2) (zip xs ws)].

(* The point of an interpolation: zero, or an identifier that is none of them. *)
Definition point_ok (ids : seq N) (at_ : bytes) : bool :=
  if at_ is [::] then true else
  if identifier_of at_ is Some u then identifiers_ok (u :: ids) else false.

Definition combination (ws shares : seq N) : N :=
  (foldr (fun wy a => wy.1 * wy.2 + a) 0 (zip ws shares) mod q)%num.

(* As the vectors have them: octets. *)
Definition inputs_ok (ids : seq bytes) (at_ : bytes) : bool :=
  let ns := pmap identifier_of ids in
  [&& size ns == size ids, identifiers_ok ns & point_ok ns at_].

Definition lagrange_ok (ids : seq bytes) (at_ : bytes) (ws : seq N) : bool :=
  inputs_ok ids at_ && weights_ok (pmap identifier_of ids) (dec_int at_) ws.

End Weights.

(* ---- spec §10.5: CombineShares, with the weights given and checked.  That the
   result times G is the public key is left to the curve. ---- *)
Section KeyShares.

(* The hash of the checksums, as a table: the vectors' own hash inputs. *)
Variable sums : seq (bytes * bytes).
Definition look_up (bs : bytes) : bytes :=
  if [seq e.2 | e <- sums & e.1 == bs] is k :: _ then k else [::].
Definition key_share_v1 := key_share_codec v1 look_up.

Definition same_key (k k' : N * (N * (bytes * (N * (N * N))))) : bool :=
  [&& k.1 == k'.1, k.2.1 == k'.2.1, k.2.2.1 == k'.2.2.1 & k.2.2.2.2.1 == k'.2.2.2.2.1].

Definition read_shares (shares : seq bytes) := pmap (decode key_share_v1) shares.
Definition identifiers_in (shares : seq bytes) : seq N := [seq k.2.2.2.1 | k <- read_shares shares].

Definition combinable (shares : seq bytes) : bool :=
  if read_shares shares is k :: ks then
    [&& (size ks).+1 == size shares, all (same_key k) ks,
        identifiers_ok (group_order k.2.1) (identifiers_in shares)
      & (k.2.2.2.2.1 <=? N.of_nat (size shares))%num]
  else false.

Definition combine_shares (curve : N) (shares : seq bytes) (ws : seq N) : option N :=
  if combinable shares && weights_ok (group_order curve) (identifiers_in shares) 0 ws
  then Some (combination (group_order curve) ws [seq k.2.2.2.2.2 | k <- read_shares shares]) else None.

End KeyShares.

(* What passes the check is the model's Lagrange coefficient. *)
Section Link.

Import GRing.Theory.
Local Open Scope ring_scope.

Variables (F : fieldType) (q : N).
Hypothesis char_F : N.to_nat q \in [char F].
Lemma to_nat_lt m n : (m < n)%num -> (N.to_nat m < N.to_nat n)%N.
Proof. by move=> H; apply/ltP; lia. Qed.

Definition emb (n : N) : F := (N.to_nat n)%:R.

Lemma embD m n : emb (m + n) = emb m + emb n.
Proof. by rewrite /emb N2Nat.inj_add natrD. Qed.
Lemma embM m n : emb (m * n) = emb m * emb n.
Proof. by rewrite /emb N2Nat.inj_mul natrM. Qed.
Lemma emb_q : emb q = 0. Proof. exact: charf0. Qed.

Lemma emb_mod n : (q <> 0)%num -> emb (n mod q) = emb n.
Proof.
by move=> q0; rewrite {2}(N.div_mod n q q0) embD embM emb_q mul0r add0r.
Qed.

Lemma embB x y : (x <= q)%num -> emb (y + q - x) = emb y - emb x.
Proof.
by move=> le; apply/eqP; rewrite eq_sym subr_eq -embD N.sub_add ?embD ?emb_q ?addr0 //; lia.
Qed.

Hypothesis q0 : (q <> 0)%num.

Lemma emb_product ids x u : (u <= q)%num ->
  emb (product q ids x u) = \prod_(y <- ids | y != x) (emb y - emb u).
Proof.
move=> le; elim: ids => [|y ids IH]; first by rewrite big_nil.
by rewrite big_cons /=; case: eqP => // _; rewrite emb_mod // embM IH embB.
Qed.

Lemma big_ids (f : N -> F) (ids : seq N) (i : 'I_(size ids)) : uniq ids ->
  \prod_(y <- ids | y != nth 0%num ids i) f y =
  \prod_(j in [set: 'I_(size ids)] | j != i) f (nth 0%num ids j).
Proof.
move=> un; rewrite (big_nth 0%num) big_mkord; apply: eq_bigl => j.
by rewrite inE nth_uniq ?ltn_ord.
Qed.

Lemma emb_inj m n : (m < q)%num -> (n < q)%num -> emb m = emb n -> m = n.
Proof. by move=> /to_nat_lt lm /to_nat_lt ln /(natr_inj_below char_F) H; apply/N2Nat.inj/H. Qed.

(* Identifiers are any integers that identifiers_ok accepts. *)
Theorem weight_lagrange ids u w (i : 'I_(size (residues q ids))) :
  let xs := residues q ids in
  identifiers_ok q ids -> weight_ok q xs (u mod q)%num (nth 0%num xs i) w ->
  emb w = lagrange_at (fun j : 'I_(size xs) => emb (nth 0%num ids j)) (emb u) setT i.
Proof.
move=> xs /andP[_ un] /andP[_ /N.eqb_spec E].
have below n : (n mod q < q)%num by apply: N.mod_lt.
have xsE (j : 'I_(size xs)) : nth 0%num xs j = (nth 0%num ids j mod q)%num.
  rewrite (nth_map 0%num) //; apply: leq_trans (ltn_ord j) _.
  by rewrite /xs size_map leqnn.
have lt (j : 'I_(size xs)) : (nth 0%num xs j < q)%num by rewrite xsE.
have embE (j : 'I_(size xs)) : emb (nth 0%num ids j) = emb (nth 0%num xs j) by rewrite xsE emb_mod.
have inj (j : 'I_(size xs)) : emb (nth 0%num xs j) = emb (nth 0%num xs i) -> j = i.
  move/(emb_inj (lt j) (lt i)) => H; apply/val_inj/eqP.
  by rewrite -(nth_uniq 0%num (ltn_ord j) (ltn_ord i) un) H.
have {}E : emb w * emb (product q xs (nth 0%num xs i) (nth 0%num xs i)) =
           emb (product q xs (nth 0%num xs i) (u mod q)%num).
  by rewrite -embM -(emb_mod _ q0) E emb_mod.
move: E; rewrite !emb_product; try exact: N.lt_le_incl.
have onto v : \prod_(j in [set: 'I_(size xs)] | j != i) (emb (nth 0%num ids j) - v) =
              \prod_(j in [set: 'I_(size xs)] | j != i) (emb (nth 0%num xs j) - v).
  by apply: eq_bigr => j _; rewrite embE.
rewrite !big_ids // emb_mod // /lagrange_at prodf_div !onto embE => <-; rewrite mulfK //.
apply/prodf_neq0 => j /andP[_ ji]; rewrite subr_eq0.
by apply: contra ji => /eqP /inj ->.
Qed.

Lemma emb_combination ws ys : size ws = size ys ->
  emb (combination q ws ys) = \sum_(j < size ys) emb (nth 0%num ws j) * emb (nth 0%num ys j).
Proof.
rewrite /combination emb_mod //; elim: ws ys => [|w ws IH] [|y ys] //= => [_|[/IH {}IH]].
  by rewrite big_ord0.
by rewrite embD embM IH big_ord_recl.
Qed.

(* So with any identifiers, distinct modulo q, shares combine to the value of their
   polynomial at any point. *)
Theorem combination_recovers ids u ws ys (p : {poly F}) :
  weights_ok q ids u ws -> size ys = size ids -> (size p <= size ids)%N ->
  (forall j, (j < size ids)%N -> emb (nth 0%num ys j) = p.[emb (nth 0%num ids j)]) ->
  emb (combination q ws ys) = p.[emb u].
Proof.
case/and3P=> /eqP sw ok /(all_nthP (0, 0)%num) wok sy sp shares.
set xs := residues q ids in wok *; have sx : size xs = size ids by rewrite size_map.
pose x (j : 'I_(size xs)) := emb (nth 0%num ids j).
have xI : {in [set: 'I_(size xs)] &, injective x}.
  have xsE (j : 'I_(size xs)) : nth 0%num xs j = (nth 0%num ids j mod q)%num by rewrite (nth_map 0%num) // -sx.
  move=> i j _ _; rewrite /x -(emb_mod _ q0) -[in RHS](emb_mod _ q0) -!xsE => E; apply/val_inj/eqP.
  case/andP: ok => _ un; rewrite -(nth_uniq 0%num (ltn_ord i) (ltn_ord j) un).
  by apply/eqP/emb_inj => //; rewrite xsE; apply: N.mod_lt.
have sD : (size p <= #|[set: 'I_(size xs)]|)%N by rewrite cardsT card_ord sx.
rewrite emb_combination ?sy -?sw // -sx -(lagrange_at_point (emb u) xI sD) big_set /=.
apply: eq_bigr => j _; have lt : (j < size ids)%N by rewrite -sx.
rewrite shares //; congr (_ * _); apply: weight_lagrange => //.
have zipped : (j < size (zip xs ws))%N by rewrite size_zip leq_min ltn_ord -sw.
by have := wok j zipped; rewrite nth_zip // sx sw.
Qed.
End Link.
