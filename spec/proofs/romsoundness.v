(* Soundness in the random oracle model (spec §13.2), the theorem.            *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import model encryption batching stream soundness cutandchoose packing width.
From Relight Require Import rom romgame rommodel.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory.

Section Soundness.

Variables (P : primitives) (U : outputs P) (domain : seq (label * seq (bytes P))).
Variables (sh : claim P) (lay : layout sh) (S : statements sh) (W T : nat).
Variables (names hashes zeros unlikely : nat) (planes : curve P -> nat).
Local Notation input := (adhoc_seq_sub_finType domain).
Local Notation oracle := {ffun input -> out U}.
Local Notation adversary := (tree input (out U) (statement S * packed_proof lay)).
Local Notation pack := {c : 'I_(compartments sh) & 'I_(packs lay c)}.

(* The curves of the packs, and how many packs are on each. *)
Definition used := {k : curve P | k \in curve_order (shape lay)}.
Definition packs_on (k : curve P) : nat := #|[pred q : pack | pack_curve q == k]|.

(* Verify accepts; Subset has come to its end within the output; and with the
   right key, some compartment does not open. *)
Definition cheated (O : oracle) (t : adversary) : Prop :=
  let: (st, pf) := run O t in
  [/\ packed_verify (proof_in O st pf),
      #|subset (p := oracle_primitives O) (packed_challenge pf)| = T
    & exists (c : 'I_(compartments (claim_at O (digest_of O st) st))) un,
        unlocks (claim_at O (digest_of O st) st) (lock_of c) un /\
        packed_open (proof_in O st pf) c un = None].

(* An adversary that has asked what Verify asks, if its proof verifies. *)
Definition thorough (t : adversary) := forall O st pf, run O t = (st, pf) ->
  packed_verify (proof_in O st pf) -> {subset queries O st pf <= [seq val x | x <- trace O t]}.

Definition rom_bound (Q most : nat) (cap : used -> nat) : rat :=
  (term (Q * 'C(M P - T + W.-1, W.-1)) 'C(M P, T)
   + term (Q * \sum_k cap k) hashes
   + term (Q * (M P * most)) unlikely
   + term (2 ^ 160 * 'C(Q, most.+1)) (hashes ^ most.+1)
   + \sum_(k : used) term (M P * #|scalar (val k)| ^ packs_on (val k) * 'C(Q, (cap k).+1))
                          (planes (val k) ^ (cap k).+1)
   + term (Q * Q.*2) names
   + term Q zeros)%R.

Hypotheses (L : laws P) (packed : packing lay W) (TM : T <= M P).
Hypotheses (G : regular U lay T names hashes zeros) (Enc : encodings S).
Hypothesis share : forall k : curve P, exists2 p, p \in [char (scalar k)]%R
  & (up (256 ^ wide k) p * planes k <= 256 ^ wide k) && (unlikely <= planes k).
Hypotheses (names0 : 0 < names) (hashes0 : 0 < hashes) (unlikely0 : 0 < unlikely) (zeros0 : 0 < zeros).

Lemma packing_at (O : oracle) d st : packing (layout_at lay (S := S) O d st) W.
Proof. by case: packed => *; split. Qed.

(* The responses that are zero on all curves but one. *)
Lemma on_curve_count k :
  #|[set on_curve k z | z : {dffun forall q : pack, scalar (pack_curve q)}]| <= #|scalar k| ^ packs_on k.
Proof.
pose F (q : pack) : pred (scalar (pack_curve q)) := fun a => (pack_curve q == k) || (a == 0%R).
apply: (@leq_trans #|[set z : {dffun forall q : pack, scalar (pack_curve q)} | z \in family F]|).
  apply/subset_leq_card/subsetP => z' /imsetP[z _ ->]; rewrite inE; apply/familyP => q; rewrite ffunE.
  by rewrite unfold_in /F; case: ifP => //= _; rewrite eqxx.
rewrite cardsE card_family foldrE big_map big_enum /= (bigID (fun q => pack_curve q == k)) /=.
rewrite [X in _ * X]big1 ?muln1 => [|q /negPf n]; last first.
  by rewrite -(card1 (0%R : scalar (pack_curve q))); apply: eq_card => x; rewrite unfold_in /F n.
rewrite /packs_on -prod_nat_const; apply: leq_prod => q /eqP Ek.
by rewrite -Ek max_card.
Qed.

Lemma term_mono (a a' b : nat) : 0 < b -> a <= a' -> (term a b <= term a' b)%R.
Proof. by move=> b0 le; rewrite /term ler_wpmul2r ?invr_ge0 ?ler0n // ler_nat. Qed.

(* Headline 15a. *)
Theorem rom_soundness (t : adversary) (Q most : nat) (cap : used -> nat) (X : {set oracle}) :
  at_most predT Q t -> thorough t -> (forall O, O \in X -> cheated O t) ->
  (#|X|%:R <= rom_bound Q most cap * #|{: oracle}|%:R)%R.
Proof.
move=> bounded asks cheat; have planes0 k : 0 < planes k.
  by have [p _ /andP[_]] := share k; apply: leq_trans.
apply: (all_classes (D := given (@kind P domain))) => O0.
have onto s n c i z y : cancels (lay := lay) S O0 s n c i z y ->
    exists k : used, cancels_on (lay := lay) S O0 (val k) s n c i (on_curve (val k) z) y.
  move=> can; have [k ck] := cancels_some can; have ko : k \in curve_order (shape lay).
    move: ck; rewrite /cancels_on /with_masks; case: decoding => // st; case: sealed => // rw.
    by case/andP => /existsP[q /andP[/eqP <- _]] _; apply: (@curve_in_order P (shape lay) q).
  by exists (Sub k ko).
have sub_all (F : {set {set 'I_(M P)}}) : (forall K, K \in F -> #|K| = T) ->
    #|[set y : out U | out_subset y \in F]| * 'C(#|'I_(M P)|, T) <= #|F| * #|out U|.
  by rewrite card_ord; apply: regular_subset G F.
have TI : T <= #|'I_(M P)| by rewrite card_ord.
have gb := game_bound (O0 := O0) (W := W) (regular32 G) (@kind_batch_inj P U domain) sub_all TI
  (bad := @bad_instances P U domain sh lay S O0) (regular20 G) (want := @wanted P U domain sh)
  (resp := @answered P domain sh lay) (cancels_share S O0 G share) (fun k : used => on_share S O0 G share (val k))
  onto (regular_scalar G) most cap bounded names0 hashes0 unlikely0 zeros0 (fun k : used => planes0 (val k)).
apply: Order.POrderTheory.le_trans (gb X _) _.
  move=> O OX Cl; have := cheat O OX; rewrite /cheated; case E: (run O t) => [st pf] [ok KT [c0 [un [right fails]]]].
  have ask := asks O st pf E ok; have at_q q : q \in queries O st pf -> exists2 x, x \in trace O t & val x = q.
    by move/ask/mapP => [x xt ->]; exists x.
  have [s sT Es] : exists2 x, x \in trace O t & val x = _ := at_q _ (mem_head _ _).
  have [|n nT En] := at_q (nth (encoding st) (queries O st pf) 1); first by rewrite mem_nth.
  have [|c cT Ec] := at_q (nth (encoding st) (queries O st pf) 2); first by rewrite mem_nth.
  have [|b bT Eb] := at_q (nth (encoding st) (queries O st pf) 3); first by rewrite mem_nth.
  have [|h hT Eh] := at_q (nth (encoding st) (queries O st pf) 4); first by rewrite mem_nth.
  have [|k kT Ek] := at_q (nth (encoding st) (queries O st pf) 5); first by rewrite mem_nth.
  exact: (cheating_cheats L Enc Cl ask Es En Ec Eb Eh Ek sT nT cT bT hT kT (packing_at _ _ _) ok KT right fails).
rewrite ler_wpmul2r ?ler0n // /bound /rom_bound card_ord card_tuple card_bool.
rewrite !ler_add2r ler_add2l; apply: ler_sum => k _; apply: term_mono; first by rewrite expn_gt0 planes0.
by rewrite leq_mul2r leq_mul2l on_curve_count !orbT.
Qed.

End Soundness.
