(* Outputs that are octets, drawn uniformly: all that spec §6 takes from one is
   read from its first octets, as from an endless output.  They are regular
   (rommodel.v), and secrets move them (romsecrecy.v).                         *)
From mathcomp Require Import all_ssreflect all_algebra finfield.
From Relight Require Import sharing model batching stream packing rom rommodel romprover romsimulator romsecrecy.
From Relight Require Import zeroknowledge uniform.
From Relight Require subset.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.

(* ---- the kept set, from draws of two octets (spec §6.4) ---- *)
Section Kept.

Variables (M T k : nat).
Implicit Types K : {set 'I_M}.

Definition kept_set (ds : seq nat) : {set 'I_M} :=
  if subset.subset M T (2 ^ k) ds is Some s then [set i : 'I_M | val i \in s] else set0.

Lemma kept_few ds : #|kept_set ds| <= T.
Proof.
rewrite /kept_set; case E: subset.subset => [s|]; last by rewrite cards0.
have [so <- _] := subset.subset_valid E; rewrite cardE -(size_map val); apply: uniq_leq_size.
  by rewrite (map_inj_uniq val_inj) enum_uniq.
by move=> _ /mapP[i i_s ->]; move: i_s; rewrite mem_enum inE.
Qed.

Hypotheses (M_le : M <= 2 ^ k) (k16 : k <= 16) (T0 : 0 < T).

Definition ascending (K : {set 'I_M}) : seq nat := [seq val i | i <- enum K].

Lemma ascendingP K : [/\ sorted ltn (ascending K), size (ascending K) = #|K| & all (gtn M) (ascending K)].
Proof.
split; rewrite ?size_map -?cardE //; last by apply/allP => _ /mapP[i _ ->]; apply: ltn_ord.
apply: (subseq_sorted ltn_trans) (iota_ltn_sorted 0 M); rewrite -val_enum_ord; apply: map_subseq.
by rewrite enumT; apply: filter_subseq.
Qed.

Lemma kept_ascending ds K : #|K| = T ->
  (kept_set ds == K) = (subset.subset M T (2 ^ k) ds == Some (ascending K)).
Proof.
move=> KT; rewrite /kept_set; case E: subset.subset => [s|]; last first.
  by apply/negP => /eqP K0; move: T0; rewrite -KT -K0 cards0.
have [so _ sm] := subset.subset_valid E; have [sa _ _] := ascendingP K.
apply/eqP/eqP => [<-|[->]]; last first.
  by apply/setP => i; rewrite inE /ascending mem_map ?mem_enum //; apply: val_inj.
congr Some; apply: (irr_sorted_eq ltn_trans ltnn) => // [|v]; first by case: (ascendingP [set i : 'I_M | val i \in s]).
apply/idP/mapP => [vs|[i i_s ->]]; last by move: i_s; rewrite mem_enum inE.
by exists (Ordinal (allP sm v vs)); rewrite ?mem_enum ?inE.
Qed.

Variable d : nat.
Local Notation tuples := (d.-tuple 'I_(256 ^ 2)).
Definition kept_by (ds : tuples) : {set 'I_M} := kept_set (map val ds).
Definition keepers (K : {set 'I_M}) : {set tuples} := [set ds | kept_by ds == K].

Lemma keepers_same K K' : #|K| = T -> #|K'| = T -> #|keepers K| = #|keepers K'|.
Proof.
have at_ K0 : #|K0| = T -> #|keepers K0| = #|subset.keeping M T (2 ^ k) (256 ^ 2) d (ascending K0)|.
  by move=> E; apply: eq_card => ds; rewrite !inE kept_ascending.
move=> KT KT'; have [s1 z1 m1] := ascendingP K; have [s2 z2 m2] := ascendingP K'.
rewrite !at_ //; apply: subset.subset_uniform => //; try by rewrite (z1, z2).
- by rewrite -(expnM 2 8 2); apply: subset.mask_divides.
- by rewrite expn_gt0.
Qed.

(* So each of the T-subsets is kept for at most its share of the draws. *)
Lemma keepers_share K : #|K| = T -> 'C(M, T) * #|keepers K| <= #|{: tuples}|.
Proof.
move=> KT; rewrite -[M in 'C(M, _)]card_ord -card_draws -[#|{: tuples}|]sum1_card.
rewrite (partition_big kept_by predT) //=.
rewrite [X in _ <= X](bigID (fun K' : {set 'I_M} => #|K'| == T)) /=; apply: leq_trans (leq_addr _ _).
rewrite -sum_nat_const big_set; apply: leq_sum => K' /eqP KT'.
by rewrite (keepers_same KT KT') -sum1_card; apply/eq_leq/eq_bigl => ds; rewrite inE.
Qed.

Lemma keepers_any (F : {set {set 'I_M}}) : (forall K, K \in F -> #|K| = T) ->
  #|[set ds : tuples | kept_by ds \in F]| * 'C(M, T) <= #|F| * #|{: tuples}|.
Proof.
move=> FT; apply: (within_share (Y := \bigcup_(K in F) keepers K)).
  by move=> ds; rewrite inE => dF; apply/bigcupP; exists (kept_by ds); rewrite ?inE.
by apply: (union_share (leqnn _)) => K /FT KT; rewrite mulnC keepers_share.
Qed.

End Kept.

(* ---- the outputs ---- *)
Section Outputs.

(* n octets; 32 of them as octets that are hashed again; T and k for Subset, with
   2^k its mask. *)
Variables (P : primitives) (bytes32 : {ffun 'I_32 -> octet} -> bytes P) (n T k : nat).
Local Notation all := {ffun 'I_n -> octet}.
Implicit Type y : all.

Definition draws y : seq nat := [seq taken (octets_in y) (nseq n./2 2) j | j <- iota 0 n./2].

Definition octet_outputs : outputs P := @Outputs P [finType of all] [ffun => ord0]
  (fun y => bytes32 (first 32 y)) (fun y => bits_of 128 (first 16 y)) (fun y => bits_of 160 (first 20 y))
  (@octets_in n) (fun C y => (taken (octets_in y) [:: wide C] 0)%:R%R) (fun y => kept_set (M P) T k (draws y)).

Hypothesis bytes32_inj : injective bytes32.
Hypothesis n32 : 32 <= n.

(* ---- regular ---- *)
Lemma octet_share (V : eqType) m (f : {ffun 'I_m -> octet} -> V) v : m <= n -> injective f ->
  #|[set y : all | f (first m y) == v]| * 2 ^ (8 * m) <= #|{: all}|.
Proof.
move=> mn inj; have := value_share mn v inj.
by rewrite [X in _ * X]card_ffun !card_ord expnM.
Qed.

Lemma octets32 d : #|[set y : all | bytes32 (first 32 y) == d]| * 2 ^ 256 <= #|{: all}|.
Proof. exact: (octet_share d n32 bytes32_inj). Qed.

Lemma octets20 v : #|[set y : all | bits_of 160 (first 20 y) == v]| * 2 ^ 160 <= #|{: all}|.
Proof. by apply: (@octet_share _ 20 (@bits_of 160 20) v (leq_trans _ n32) (@bits_of_inj 160 20 erefl)). Qed.

Lemma octets16 b : #|[set y : all | bits_of 128 (first 16 y) == b]| * 2 ^ 128 <= #|{: all}|.
Proof. by apply: (@octet_share _ 16 (@bits_of 128 16) b (leq_trans _ n32) (@bits_of_inj 128 16 erefl)). Qed.

(* The draws, as a tuple of integers of two octets. *)
Local Notation pairs := (nseq n./2 2).
Lemma pairs_le : sumn pairs <= n. Proof. by rewrite sumn_nseq mul2n -{2}(odd_double_half n) leq_addl. Qed.

Lemma pair_lt (h : {ffun 'I_(sumn pairs) -> octet}) (j : 'I_n./2) : taken (octets_in h) pairs j < 256 ^ 2.
Proof. by have := taken_lt (octets_in h) pairs j; rewrite nth_nseq ltn_ord. Qed.
Definition draws_of (h : {ffun 'I_(sumn pairs) -> octet}) : n./2.-tuple 'I_(256 ^ 2) :=
  [tuple Ordinal (pair_lt h j) | j < n./2].

Lemma draws_of_inj : injective draws_of.
Proof.
move=> h h' E; apply: (@integers_inj pairs); apply/ffunP => j; rewrite !ffunE; apply: val_inj => /=.
have lt : j < n./2 by rewrite -{2}(size_nseq n./2 2).
by have := congr1 (fun s => val (tnth s (Ordinal lt))) E; rewrite !tnth_mktuple.
Qed.

Lemma draws_first y : draws y = map val (draws_of (first (sumn pairs) y)).
Proof.
rewrite /draws -val_enum_ord -!map_comp; apply: eq_map => j /=.
by rewrite taken_first // size_nseq.
Qed.

Lemma octets_subset (F : {set {set 'I_(M P)}}) : M P <= 2 ^ k -> k <= 16 -> 0 < T ->
  (forall K, K \in F -> #|K| = T) ->
  #|[set y : all | kept_set (M P) T k (draws y) \in F]| * 'C(M P, T) <= #|F| * #|{: all}|.
Proof.
move=> Mk k16 T0 FT; pose A := [set h | kept_by (M P) T k (draws_of h) \in F].
have le_A : #|A| * 'C(M P, T) <= #|F| * #|{: {ffun 'I_(sumn pairs) -> octet}}|.
  have -> : #|{: {ffun 'I_(sumn pairs) -> octet}}| = #|{: n./2.-tuple 'I_(256 ^ 2)}|.
    by rewrite card_ffun card_tuple !card_ord sumn_nseq expnM.
  apply: leq_trans (keepers_any Mk k16 T0 (n./2) FT); rewrite leq_mul2r; apply/orP; right.
  rewrite -(card_imset _ draws_of_inj); apply/subset_leq_card/subsetP => _ /imsetP[h hA ->].
  by move: hA; rewrite !inE.
by apply: (first_within pairs_le _ le_A) => y; rewrite !inE /kept_by -draws_first.
Qed.

Lemma octets_scalar zeros p : wide (bls P) <= n -> p \in [char (scalar (bls P))]%R ->
  up (256 ^ wide (bls P)) p * zeros <= 256 ^ wide (bls P) ->
  #|[set y : all | ((taken (octets_in y) [:: wide (bls P)] 0)%:R == 0 :> scalar (bls P))%R]| * zeros <= #|{: all}|.
Proof.
set w := wide _ => wn ch le; pose ws := [:: w]; have wsn : sumn ws <= n by rewrite /= addn0.
pose one (j : 'I_(size ws)) : [lmodType scalar (bls P) of (scalar (bls P))^o] := 1%R.
pose A := [set h | integers_of h \in kernel (fun j : 'I_(size ws) => 256 ^ nth 0 ws j) one].
have le_A : #|A| * zeros <= #|{: {ffun 'I_(sumn ws) -> octet}}|.
  have := @kernel_share _ _ p ch _ (fun j : 'I_(size ws) => 256 ^ nth 0 ws j) one zeros ord0 (oner_neq0 _) le.
  rewrite -card_bounded -/(integers ws) card_integers; apply: leq_trans; rewrite leq_mul2r; apply/orP; right.
  rewrite -(card_imset _ (@integers_inj ws)).
  by apply/subset_leq_card/subsetP => _ /imsetP[h hA ->]; move: hA; rewrite inE.
rewrite -[X in _ <= X]mul1n; apply: (@first_within _ _ wsn _ A) => [y|]; last by rewrite mul1n.
rewrite !inE big_ord1 => /eqP E; apply/eqP.
by rewrite [(_ *: _)%R]mulr1 ffunE /= -[RHS]E taken_first.
Qed.

Section Regular.
Variables (sh : claim P) (lay : layout sh).

Lemma octets_coefficients (rho : coefficients (shape lay)) : sumn (widths (shape lay)) <= n ->
  #|[set y : all | coefficients_at (U := octet_outputs) lay y == rho]| * #|{: coefficients (shape lay)}| <= #|{: all}|.
Proof.
move=> wn; have [g fK gK] := coefficients_uniform (shape lay).
rewrite -(bij_eq_card (coefficients_uniform (shape lay))).
exact: (value_share wn rho (can_inj fK)).
Qed.

(* Headline 16d: what theorem 15 needs of outputs. *)
Theorem octets_regular zeros p : M P <= 2 ^ k -> k <= 16 -> 0 < T ->
  wide (bls P) <= n -> sumn (widths (shape lay)) <= n ->
  p \in [char (scalar (bls P))]%R -> up (256 ^ wide (bls P)) p * zeros <= 256 ^ wide (bls P) ->
  regular octet_outputs lay T (2 ^ 256) (2 ^ 160) zeros.
Proof.
move=> Mk k16 T0 wn cn ch le; split.
- exact: octets32.
- exact: octets20.
- by move=> F FT; apply: octets_subset.
- exact: (octets_scalar wn ch le).
- by move=> rho; apply: octets_coefficients.
Qed.
End Regular.

(* ---- moves ---- *)
Section Moves.
Variables (sh : claim P) (x : scalars sh).
Local Notation C := 'I_(compartments sh).
Local Notation entry := {c : C & 'I_(entries c)}.
Hypothesis prime_orders : forall C : curve P, prime #|scalar C|.

(* A scalar is the image of an integer, as the field has prime order. *)
Definition integer (C : curve P) (a : scalar C) : nat :=
  if [pick i : 'I_#|scalar C| | (val i)%:R%R == a] is Some i then val i else 0.

Lemma order_char (C : curve P) : #|scalar C| \in [char (scalar C)]%R.
Proof. by apply: (@card_finCharP _ _ 1). Qed.

Lemma integerE (C : curve P) (a : scalar C) : ((integer a)%:R = a)%R.
Proof.
rewrite /integer; have inj : injective (fun i : 'I_#|scalar C| => (val i)%:R%R : scalar C).
  by move=> i j /(natr_inj_below (order_char C)) E; apply/val_inj/E; rewrite inE ltn_ord.
have [g _ gK] := inj_card_bij inj (eq_leq (esym (card_ord _))).
by case: pickP => [i /eqP|/(_ (g a))] //; rewrite (gK a) eqxx.
Qed.

(* The masks of compartment c: their lengths, their orders, and the secrets. *)
Definition mask_widths (c : C) : seq nat := [seq wide (curve_of (existT _ c j : entry)) | j <- enum 'I_(entries c)].
Definition at_entry (c : C) (f : entry -> nat) (d j : nat) : nat :=
  if (insub j : option 'I_(entries c)) is Some j' then f (existT _ c j') else d.
Definition mask_orders (c : C) : nat -> nat := at_entry c (fun e => #|scalar (curve_of e)|) 1.
Definition mask_moves (c : C) : nat -> nat := at_entry c (fun e => integer (x e)) 0.

Lemma mask_orders_gt0 c j : 0 < mask_orders c j.
Proof. by rewrite /mask_orders /at_entry; case: insub => // j'; apply: prime_gt0. Qed.

Lemma at_entryE (e : entry) f d : at_entry (tag e) f d (tagged e) = f e.
Proof. by rewrite /at_entry valK; case: e. Qed.

Lemma mask_size (e : entry) : tagged e < size (mask_widths (tag e)).
Proof. by rewrite size_map size_enum_ord. Qed.

Lemma mask_width (e : entry) : nth 0 (mask_widths (tag e)) (tagged e) = wide (curve_of e).
Proof. by rewrite (nth_map (tagged e)) ?size_enum_ord // nth_ord_enum; case: e. Qed.

Definition move_mask (c : C) : all -> all :=
  @move_integers n (mask_widths c) (mask_orders c) (mask_moves c) (mask_orders_gt0 c).
Definition mask_strays (e : entry) : {set all} :=
  @strays n (mask_widths (tag e)) (mask_orders (tag e)) (tagged e).

Hypothesis mask_long : forall c : C, sumn (mask_widths c) <= n.

Lemma move_maskE e y : y \notin mask_strays e ->
  taken_mask (U := octet_outputs) (move_mask (tag e) y) e = (taken_mask (U := octet_outputs) y e + x e)%R.
Proof.
move=> ok; rewrite /taken_mask -/(mask_widths _).
rewrite (move_integersE (mask_moves (tag e)) (mask_orders_gt0 _) (mask_long _) (mask_size e) _ ok).
  by rewrite /mask_moves at_entryE integerE.
by rewrite /mask_orders at_entryE order_char.
Qed.

Definition move_block (b : block) : all -> all := change (@bits_of 128 16) (xor b).
Lemma n16 : 16 <= n. Proof. exact: leq_trans n32. Qed.

Lemma move_block_inj b : injective (move_block b).
Proof.
exact: (change_inj n16 (@bits_of_inj 128 16 erefl) (eq_leq (card_bits (m := 16) erefl)) (@xor_inj b)).
Qed.

Lemma move_blockE b y : bits_of 128 (first 16 (move_block b y)) = xor b (bits_of 128 (first 16 y)).
Proof.
exact: (changeE n16 (xor b) (@bits_of_inj 128 16 erefl) (eq_leq (card_bits (m := 16) erefl)) y).
Qed.

Definition octet_moves : moves octet_outputs x :=
  @Moves P octet_outputs sh x move_block move_mask mask_strays move_block_inj move_blockE
    (fun c => @move_integers_inj _ _ _ _ (mask_orders_gt0 c) (mask_long c)) move_maskE.

(* Headline 16e: what theorem 16 needs of outputs, with few strays. *)
Theorem octets_moves rare : (forall C : curve P, #|scalar C| * rare <= 256 ^ wide C) ->
  exists m : moves octet_outputs x, forall e, #|stray m e| * rare <= #|{: all}|.
Proof.
move=> le; exists octet_moves => e; set w := wide (curve_of e).
have few : #|mask_strays e| * 256 ^ w <= #|scalar (curve_of e)| * #|{: all}|.
  have := strays_share (p := mask_orders (tag e)) (mask_orders_gt0 _) (mask_long _) (mask_size e).
  by rewrite mask_width /mask_orders at_entryE.
have w0 : 0 < 256 ^ w by rewrite expn_gt0.
rewrite -(leq_pmul2r w0) mulnAC; apply: leq_trans (leq_mul few (leqnn rare)) _.
by rewrite mulnAC [X in _ <= X]mulnC leq_mul2r le orbT.
Qed.
End Moves.

End Outputs.

(* ---- covers ---- *)
Section Covers.
Variables (P : primitives) (U : outputs P) (sh : claim P) (x : scalars sh).

(* All that Encrypt can ask, whatever the answers: a finite list, as there are
   finitely many answers. *)
Definition asked_inputs : seq (label * seq (bytes P)) := pmap
  (fun W : {ffun slot sh -> out U} * slot sh => omap (fun ps => (W.2.1.1, ps)) (asks x W.1 W.2)) (enum predT).

(* Headline 16f. *)
Theorem covers_asked domain : {subset asked_inputs <= domain} -> covers U x domain.
Proof.
move=> sub F s ps E; apply: sub; rewrite mem_pmap; apply/mapP; exists (F, s); first by rewrite mem_enum.
by rewrite /= E.
Qed.

End Covers.
