(* Soundness in the random oracle model in bits, for the sets of spec §6.1.   *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import zify.
From Relight Require Import model batching stream cutandchoose packing width rom romgame rommodel romsoundness.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory.

Lemma exp_le a b n : a <= b -> a ^ n <= b ^ n.
Proof. by move=> le; case: n => [|n] //; rewrite leq_exp2r. Qed.

Lemma bin_exp n k : 'C(n, k) <= n ^ k.
Proof.
elim: n k => [|n IH] [|k] //; rewrite binS; apply: leq_trans (leq_add (IH k.+1) (IH k)) _.
rewrite expnS -mulSnr expnS leq_mul2l; apply/orP; right.
exact/exp_le/leqnSn.
Qed.

Lemma pow2 m a b : m ^ a * m ^ b = m ^ (a + b).
Proof. by rewrite expnD. Qed.
Lemma pow3 m a b c : m ^ a * m ^ b * m ^ c = m ^ (a + b + c).
Proof. by rewrite !expnD. Qed.

Lemma term_cross (a b c d : nat) : 0 < b -> 0 < d -> a * d <= c * b -> (term a b <= term c d)%R.
Proof.
move=> b0 d0 le; rewrite /term ler_pdivr_mulr ?ltr0n // mulrAC ler_pdivl_mulr ?ltr0n //.
by rewrite -!natrM ler_nat.
Qed.

Lemma term_add (a c b : nat) : (term a b + term c b = term (a + c) b)%R.
Proof. by rewrite /term -mulrDl -natrD. Qed.

(* With variables, so that nothing tries to compute them. *)
Lemma term_sum (Q a b c : nat) : 0 < c -> a = 2 * c -> b = 2 ^ 4 * c ->
  (term Q a + term Q b + term Q b + term Q b + term Q b <= term Q c)%R.
Proof.
move=> c0 -> ->; have b0 : 0 < 2 ^ 4 * c by rewrite muln_gt0 c0 andbT.
apply: Order.POrderTheory.le_trans (_ : (_ <= term (8 * Q) (2 ^ 4 * c) + term Q (2 ^ 4 * c) + term Q (2 ^ 4 * c)
  + term Q (2 ^ 4 * c) + term Q (2 ^ 4 * c))%R) _.
  by rewrite !ler_add2r; apply: term_cross; rewrite ?muln_gt0 ?c0 //; lia.
by rewrite !term_add; apply: term_cross => //; lia.
Qed.

Lemma seven (a1 a2 a3 a4 a5 a6 a7 b1 b2 b3 b6 c : rat) : (a1 <= b1 -> a2 <= b2 -> a3 <= b3 -> a4 <= b3 -> a5 <= b3 ->
  a6 <= b6 -> a7 <= b3 -> b2 + b3 + b3 + b3 + b3 <= c -> a1 + a2 + a3 + a4 + a5 + a6 + a7 <= b1 + c + b6)%R.
Proof.
move=> h1 h2 h3 h4 h5 h6 h7 le; apply: Order.POrderTheory.le_trans (_ : (_ <= b1 + (b2 + b3 + b3 + b3 + b3) + b6)%R) _.
  by rewrite addrAC !addrA !ler_add.
by rewrite ler_add2r ler_add2l.
Qed.

Section Bits.

Variables (P : primitives) (U : outputs P) (domain : seq (label * seq (bytes P))).
Variables (sh : claim P) (lay : layout sh) (S : statements sh) (W T Q s : nat) (planes : curve P -> nat).
Local Notation input := (adhoc_seq_sub_finType domain).
Local Notation oracle := {ffun input -> out U}.
Local Notation used := (used lay).
Local Notation packs := (fun k : used => packs_on lay (val k)).

Hypotheses (L : laws P) (packed : packing lay W) (TM : T <= M P).
Hypotheses (G : regular U lay T (2 ^ 256) (2 ^ 160) (2 ^ 254)) (Enc : encodings S).
(* The orders of the registry, with D_C for planes. *)
Hypothesis share : forall k : curve P, exists2 p, p \in [char (scalar k)]%R
  & (up (256 ^ wide k) p * planes k <= 256 ^ wide k) && (2 ^ 250 <= planes k).
Hypothesis field : forall k : curve P, #|scalar k| <= 2 * planes k.
(* At most 2^124 queries; 2p + c at most 2^22; M at most 2^9. *)
Hypotheses (Q124 : Q <= 2 ^ 124) (few : \sum_(k : used) (2 * packs k).+1 <= 2 ^ 22) (M9 : M P <= 2 ^ 9).
Hypothesis bits : 2 ^ s * 'C(M P - T + W.-1, W.-1) <= 'C(M P, T).

Let pos n : 0 < 2 ^ n. Proof. by rewrite expn_gt0. Qed.

(* Powers of Q and of 2, without computing any. *)
Lemma Q_exp n : Q ^ n.+1 <= Q * 2 ^ (124 * n).
Proof. by rewrite expnS leq_mul2l expnM exp_le ?orbT. Qed.

Let cap (k : used) : nat := (2 * packs k).+1.

Lemma planes_term k : (term (M P * #|scalar (val k)| ^ packs k * 'C(Q, (cap k).+1)) (planes (val k) ^ (cap k).+1)
  <= term Q (2 ^ 164))%R.
Proof.
have [p _ /andP[_ large]] := share (val k); set n := packs k; set D := planes _ in large *.
have D0 : 0 < D by apply: leq_trans large; apply: pos.
apply: term_cross; [by rewrite expn_gt0 D0 | exact: pos |].
have q_le : #|scalar (val k)| ^ n <= 2 ^ n * D ^ n.
  by rewrite -expnMn; apply: exp_le; apply: field.
have c_le : 'C(Q, (cap k).+1) <= Q * 2 ^ (124 * (2 * n).+1) := leq_trans (bin_exp _ _) (Q_exp _).
have D_le : 2 ^ (250 * (n + 2)) <= D ^ (n + 2) by rewrite expnM exp_le.
apply: leq_trans (leq_mul (leq_mul (leq_mul M9 q_le) c_le) (leqnn _)) _.
have -> : (cap k).+1 = n + (n + 2) by rewrite /cap -/n mul2n -addnn; lia.
have -> : 2 ^ 9 * (2 ^ n * D ^ n) * (Q * 2 ^ (124 * (2 * n).+1)) * 2 ^ 164 =
    Q * D ^ n * 2 ^ (9 + n + 124 * (2 * n).+1 + 164).
  by rewrite !expnD; move: (2 ^ 9) (2 ^ n) (2 ^ (124 * _)) (2 ^ 164) (D ^ n) => a1 a2 a3 a4 a5; lia.
rewrite [D ^ (n + _)]expnD mulnA leq_mul2l; apply/orP; right; apply: leq_trans D_le.
by rewrite leq_exp2l //; lia.
Qed.

Lemma bound_le : (rom_bound W T (2 ^ 256) (2 ^ 160) (2 ^ 254) (2 ^ 250) planes Q 5 cap <=
  term Q (2 ^ s) + term Q (2 ^ 137) + term (Q * Q) (2 ^ 255))%R.
Proof.
have t1 : (term (Q * 'C(M P - T + W.-1, W.-1)) 'C(M P, T) <= term Q (2 ^ s))%R.
  by apply: term_cross; rewrite ?bin_gt0 // -mulnA leq_mul2l [X in X <= _]mulnC bits orbT.
have t2 : (term (Q * \sum_k cap k) (2 ^ 160) <= term Q (2 ^ 138))%R.
  apply: term_cross; [exact: pos | exact: pos |]; rewrite -mulnA leq_mul2l; apply/orP; right.
  by apply: leq_trans (leq_mul few (leqnn _)) _; rewrite -expnD leq_exp2l.
have t3 : (term (Q * (M P * 5)) (2 ^ 250) <= term Q (2 ^ 141))%R.
  apply: term_cross; [exact: pos | exact: pos |]; rewrite -mulnA leq_mul2l; apply/orP; right.
  apply: leq_trans (leq_mul (leq_mul M9 (isT : 5 <= 2 ^ 3)) (leqnn _)) _.
  by rewrite -!expnD leq_exp2l.
have t4 : (term (2 ^ 160 * 'C(Q, 6)) ((2 ^ 160) ^ 6) <= term Q (2 ^ 141))%R.
  rewrite -expnM; apply: term_cross; [exact: pos | exact: pos |]; rewrite mulnAC.
  apply: leq_trans (leq_mul (leqnn _) (leq_trans (bin_exp _ _) (Q_exp _))) _.
  rewrite mulnCA leq_mul2l; apply/orP; right.
  by rewrite (pow3 2 160 141) leq_exp2l.
have t5 : (\sum_(k : used) term (M P * #|scalar (val k)| ^ packs k * 'C(Q, (cap k).+1))
    (planes (val k) ^ (cap k).+1) <= term Q (2 ^ 141))%R.
  apply: Order.POrderTheory.le_trans (ler_sum _ (fun k _ => planes_term k)) _.
  rewrite sumr_const -mulr_natl /term mulrA -natrM; apply: term_cross; [exact: pos | exact: pos |].
  have U22 : #|{: used}| <= 2 ^ 22.
    by apply: leq_trans few; rewrite -sum1_card; apply: leq_sum.
  rewrite mulnAC; apply: leq_trans (leq_mul (leq_mul U22 (leqnn _)) (leqnn _)) _.
  rewrite [X in X <= _]mulnC leq_mul2l; apply/orP; right.
  by rewrite (pow2 2 22 141) leq_exp2l.
have t6 : (term (Q * Q.*2) (2 ^ 256) <= term (Q * Q) (2 ^ 255))%R.
  by apply: term_cross; [exact: pos | exact: pos |]; rewrite -muln2 mulnA -mulnA -expnS leqnn.
have t7 : (term Q (2 ^ 254) <= term Q (2 ^ 141))%R.
  by apply: term_cross; [exact: pos | exact: pos |]; rewrite leq_mul2l; apply/orP; right; rewrite leq_exp2l.
have t8 : (term Q (2 ^ 138) + term Q (2 ^ 141) + term Q (2 ^ 141) + term Q (2 ^ 141) + term Q (2 ^ 141)
    <= term Q (2 ^ 137))%R.
  exact: (term_sum Q (pos 137) (expnS 2 137) (esym (pow2 2 4 137))).
exact: (seven t1 t2 t3 t4 t5 t6 t7 t8).
Qed.

(* Headline 15b. *)
Theorem rom_bits (t : tree input (out U) (statement S * packed_proof lay)) (X : {set oracle}) :
  at_most predT Q t -> thorough t -> (forall O, O \in X -> cheated T O t) ->
  (#|X|%:R <= (term Q (2 ^ s) + term Q (2 ^ 137) + term (Q * Q) (2 ^ 255)) * #|{: oracle}|%:R)%R.
Proof.
move=> bounded asks cheat; apply: Order.POrderTheory.le_trans (ler_wpmul2r _ bound_le); last exact: ler0n.
exact: (rom_soundness L packed TM G Enc share (pos _) (pos _) (pos _) (pos _) 5 cap bounded asks cheat).
Qed.

End Bits.
