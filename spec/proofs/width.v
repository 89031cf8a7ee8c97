(* Cut-and-choose with packs (spec §6.1): for fixed commitments at most
   C(M-T+W-1, W-1) of the T-subsets let a proof pass that has fewer than W good
   kept instances.  Width 1 is cutandchoose.v.                                *)
From Coq Require Import NArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import model encryption batching stream soundness cutandchoose packing.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory.

(* ---- the combinatorial core: sets only ---- *)
Section Core.

Variables (I : finType) (T W : nat).
Implicit Types (K B : {set I}) (F : {set {set I}}).

(* The T-subsets that contain a given set. *)
Lemma containing_count B : #|B| <= T ->
  #|[set K : {set I} | B \subset K & #|K| == T]| = 'C(#|I| - #|B|, T - #|B|).
Proof.
move=> BT; have -> : #|I| - #|B| = #|~: B| by rewrite -(cardsC B) addKn.
rewrite -cards_draws -(card_in_imset (f := fun K => K :\: B)) => [|K K']; last first.
  rewrite !inE => /andP[sK _] /andP[sK' _] E.
  by rewrite -(setID K B) -(setID K' B) E (setIidPr sK) (setIidPr sK').
apply: eq_card => A; rewrite !inE; apply/imsetP/andP => [[K]|[sA /eqP cA]].
  rewrite inE => /andP[sK /eqP cK] ->.
  by rewrite cardsD (setIidPr sK) cK eqxx subsetDr; split=> //; rewrite setDE subsetIr.
have dAB : A :&: B = set0 by apply/eqP; rewrite setI_eq0 disjoints_subset.
exists (A :|: B); last by rewrite setDUl setDv setU0; apply/esym/setDidPl; rewrite -setI_eq0 dAB.
by rewrite inE subsetUr cardsU cA dAB cards0 subn0 subnK ?eqxx.
Qed.

(* It falls with the size of that set. *)
Lemma containing_bound b : T <= #|I| -> b <= T -> T - b < W ->
  'C(#|I| - b, T - b) <= 'C(#|I| - T + W.-1, W.-1).
Proof.
move=> TI bT TbW; have W0 : 0 < W by case: (W) TbW.
have -> : #|I| - b = #|I| - T + (T - b) by rewrite addnBA // subnK.
rewrite -bin_sub ?leq_addl // addnK -[X in _ <= X]bin_sub ?leq_addl // addnK.
by apply: leq_bin2l; rewrite leq_add2l -ltnS prednK.
Qed.

(* Headline 12g.  If fewer than W members of each winning set are not in all of
   them, they are at most that many. *)
Theorem width_count (F : {set {set I}}) :
  (forall K, K \in F -> #|K| = T /\ #|K :\: \bigcap_(K' in F) K'| < W) ->
  #|F| <= 'C(#|I| - T + W.-1, W.-1).
Proof.
move=> win; have [->|[K KF]] := set_0Vmem F; first by rewrite cards0.
set B := \bigcap_(K' in F) K' in win.
have [cK lt] := win K KF; have sK : B \subset K by apply: bigcap_inf.
have BT : #|B| <= T by rewrite -cK subset_leq_card.
have TI : T <= #|I| by rewrite -cK max_card.
apply: leq_trans (containing_bound TI BT _); last by rewrite -cK -(cardsID B K) (setIidPr sK) addKn.
rewrite -containing_count //; apply/subset_leq_card/subsetP => K' K'F.
have [c _] := win K' K'F; rewrite inE c eqxx andbT.
exact: bigcap_inf.
Qed.

(* All of X, and fewer than W others. *)
Definition winning (X : {set I}) : {set {set I}} := [set K : {set I} |
  [&& X \subset K, #|K| == T & #|K :\: X| < W]].

Lemma winning_count X : #|winning X| <= 'C(#|I| - T + W.-1, W.-1).
Proof.
have [->|[K]] := set_0Vmem (winning X); first by rewrite cards0.
rewrite inE => /and3P[XK /eqP cK lt]; have XT : #|X| <= T by rewrite -cK subset_leq_card.
have TI : T <= #|I| by rewrite -cK max_card.
apply: leq_trans (containing_bound TI XT _); last by move: lt; rewrite cardsD (setIidPr XK) cK.
rewrite -containing_count //; apply/subset_leq_card/subsetP => K'.
by rewrite !inE => /and3P[-> ->].
Qed.

End Core.

(* ---- the same for the model ---- *)
Section Width.

Variables (P : primitives) (L : laws P) (cl : claim P) (lay : layout cl) (W : nat).
Local Notation I := 'I_(M P).
Local Notation C := 'I_(compartments cl).
Local Notation pack := {c : C & 'I_(packs lay c)}.
Local Notation derived := (packed_claim lay).

(* What is fixed when the challenge is drawn, and what the cheater knows, as in
   cutandchoose.v. *)
Variables (N : bytes P) (first : I -> seq (bytes P)) (rho : pack -> nat).
Variable R : forall (i : I) (k : curve P), group k.
Variable known : forall i : I, revealed (derived i) -> Prop.

Definition packed_answers (K : {set I}) (v : forall i, revealed (derived i)) :=
  [/\ forall i, is_kept (v i) = (i \in K), forall i, known (v i),
      forall i, first_message N i (v i) = first i
    & forall i k, k \in curve_order (derived i) -> R_of (cl := derived i) N rho i (v i) k = R i k].

Definition good_kept (K : {set I}) (v : forall i, revealed (derived i)) (c : C) un : {set I} :=
  [set i in K | isSome (open_instance (cl := derived i) N i c un (v i))].

(* Some compartment opens in fewer than W kept instances, though its right key
   is used. *)
Definition packed_unrecoverable (K : {set I}) (v : forall i, revealed (derived i)) :=
  exists c un, unlocks cl (lock_of c) un /\ #|good_kept K v c un| < W.

Definition packed_no_kernel := forall i seed h C_i w salt (z : scalars (derived i)),
  known (Revealed (derived i) seed h) -> known (Kept C_i w salt z) ->
  first_message N i (Revealed (derived i) seed h) = first i ->
  first_message N i (Kept C_i w salt z) = first i ->
  in_kernel (cl := derived i) rho (error (mask N i seed) z) ->
  forall e, error (mask (cl := derived i) N i seed) z e = 0%R.
Definition packed_no_zero := forall i seed h, known (Revealed (derived i) seed h) ->
  first_message N i (Revealed (derived i) seed h) = first i -> kem N i seed != 0%R.

(* Open fails only then. *)
Lemma not_openable (pf : packed_proof lay) (c : C) un : packing lay W ->
  N = proof_id cl (packed_nonce pf) ->
  unlocks cl (lock_of c) un -> packed_open pf c un = None ->
  packed_unrecoverable (subset (packed_challenge pf)) (packed_instances pf).
Proof.
move=> packed EN ok none; exists c, un; split=> //; rewrite ltnNge /good_kept EN; apply/negP.
by move/(packed_open_enough packed) => [y]; rewrite none.
Qed.

(* A proof that verifies answers its own challenge. *)
Lemma packed_verify_answers (pf : packed_proof lay) : packed_verify pf ->
  N = proof_id cl (packed_nonce pf) ->
  (forall i, known (packed_instances pf i)) ->
  (forall i, first_message N i (packed_instances pf i) = first i) ->
  (forall i, rho = batch (cl := derived i) (packed_first_hash N (packed_instances pf))) ->
  (forall i k, k \in curve_order (derived i) ->
     R_of (cl := derived i) N rho i (packed_instances pf i) k = R i k) ->
  packed_answers (subset (packed_challenge pf)) (packed_instances pf) /\
  packed_challenge pf = packed_challenge_hash lay (packed_first_hash N (packed_instances pf)) R.
Proof.
case/andP=> /forallP sh /eqP ch EN kn Ef Er ER; split; first by split=> // i; apply/eqP/sh.
rewrite ch -EN /packed_challenge_hash; congr (xof _ (_ :: flatten _)); apply: eq_map => i.
by apply/eq_in_map => k ko; rewrite -(Er i) ER.
Qed.

Hypotheses (nk : packed_no_kernel) (nz : packed_no_zero).

(* A kept instance that does not open is not openable as an instance either. *)
Lemma packed_bad_subset (K K' : {set I}) v v' (c : C) un : packed_answers K v ->
  packed_answers K' v' -> unlocks cl (lock_of c) un ->
  K :\: good_kept K v c un \subset K'.
Proof.
case=> shK knK firstK RK [shK' knK' firstK' RK'] ok.
apply/subsetP => i; rewrite !inE => /andP[+ iK]; rewrite iK /= => none.
apply/negPn/negP => niK'.
move: (shK i) (knK i) (firstK i) (RK i) none; rewrite iK.
case: (v i) => // C_i w salt z _ k1 f1 R1 none.
move: (shK' i) (knK' i) (firstK' i) (RK' i); rewrite (negPf niK').
case: (v' i) => // seed h _ k2 f2 R2.
have cons : consistent (cl := derived i) N rho i seed h C_i w salt z.
  by split=> [|k ko]; [rewrite f1 f2 | rewrite R1 // R2].
by have := kept_opens (cl := derived i) L (nz k2 f2) cons (nk k2 k1 f2 f1) ok; rewrite (negPf none).
Qed.

Section Share.
Variables (T : nat) (F : {set {set I}}).
Hypothesis win : forall K, K \in F -> #|K| = T /\
  exists2 v, packed_answers K v & packed_unrecoverable K v.

(* Headline 12h: for fixed commitments, of the T-subsets that the challenge is
   uniform on, at most C(M-T+W-1, W-1) let a cheater pass. *)
Theorem packed_winning_share : #|F| <= 'C(M P - T + W.-1, W.-1).
Proof.
have [->|[K0 K0F]] := set_0Vmem F; first by rewrite cards0.
rewrite -[M P in X in _ <= X]card_ord; apply: (@width_count _ T W F) => K KF.
have [cK [v a [c [un [ok lt]]]]] := win KF; split=> //.
(* What does not open in one winning set is in all of them. *)
apply: leq_ltn_trans lt; apply/subset_leq_card/subsetP => i.
rewrite in_setD => /andP[ni iK]; apply: contraR ni => ng.
apply/bigcapP => K' K'F; have [_ [v' a' _]] := win K'F.
by apply: subsetP (packed_bad_subset a a' ok) _ _; rewrite in_setD ng.
Qed.

Corollary packed_winning_probability : T <= M P ->
  (#|F|%:R / #|[set K : {set I} | #|K| == T]|%:R <=
   'C(M P - T + W.-1, W.-1)%:R / 'C(M P, T)%:R :> rat)%R.
Proof.
move=> TM; rewrite card_draws card_ord.
by rewrite ler_wpmul2r ?invr_ge0 ?ler0n // ler_nat packed_winning_share.
Qed.
End Share.

End Width.

(* One try, as in cutandchoose.v: the coefficients, one for each pack, are drawn
   after the first hash input is fixed, and the kept set after the answer R. *)
Section OneTry.

Variables (P : primitives) (L : laws P) (cl : claim P) (lay : layout cl) (W D : nat).
Hypothesis share : forall k : curve P,
  exists2 p, p \in [char (scalar k)]%R & up (256 ^ wide k) p * D <= 256 ^ wide k.
Local Notation I := 'I_(M P).
Local Notation pack := {c : 'I_(compartments cl) & 'I_(packs lay c)}.
Local Notation derived := (packed_claim lay).

Variables (N : bytes P) (first : I -> seq (bytes P)) (known : forall i : I, revealed (derived i) -> Prop).
Variable err : I -> forall q : pack, group (pack_curve q).
Hypothesis err_known : forall i seed h C_i w salt (z : scalars (derived i)),
  known (Revealed (derived i) seed h) -> known (Kept C_i w salt z) ->
  forall q, error (cl := derived i) (mask N i seed) z q = err i q.

Lemma packed_lucky (rho : coefficients (shape lay)) : rho \notin unlucky (cl := shape lay) err ->
  packed_no_kernel (lay := lay) N first (coeffs rho) known.
Proof.
move=> lucky i seed h C_i w salt z k1 k2 _ _.
exact: (lucky_error (cl := shape lay) lucky (err_known k1 k2)).
Qed.

Variable T : nat.
Variable R : coefficients (shape lay) -> forall (i : I) (k : curve P), group k.
Hypothesis nz : packed_no_zero N first known.
Variable F : {set coefficients (shape lay) * {set I}}.
Hypothesis win : forall rho K, (rho, K) \in F -> #|K| = T /\
  exists2 v, packed_answers (lay := lay) N first (coeffs rho) (R rho) known K v & packed_unrecoverable W N K v.

Theorem packed_try :
  #|F| * D <= ('C(M P - T + W.-1, W.-1) * D + M P * 'C(M P, T)) * #|{: coefficients (shape lay)}|.
Proof.
apply: try_count (unlucky_count (cl := shape lay) share err) => rho.
  rewrite -[X in 'C(X, _)]card_ord -card_draws; apply/subset_leq_card/subsetP => K.
  by rewrite !inE => /win [-> _].
move=> /packed_lucky nk; apply: (@packed_winning_share _ L _ _ W N _ _ (R rho) _ nk nz T) => K.
by rewrite inE => /win.
Qed.

Corollary packed_try_probability : 0 < D -> T <= M P ->
  (#|F|%:R / (#|{: coefficients (shape lay)}| * 'C(M P, T))%:R <=
   'C(M P - T + W.-1, W.-1)%:R / 'C(M P, T)%:R + (M P)%:R / D%:R :> rat)%R.
Proof.
move=> D0 TM; apply: share_sum D0 packed_try; rewrite ?bin_gt0 //.
by rewrite card_coefficients prodn_gt0 // => e; rewrite expn_gt0.
Qed.

End OneTry.

(* Headline 12i: the sets of spec §6.1 with packs. *)
Lemma times_le n k b c : (2 ^ N.of_nat b * nth 0%num (row n) k <=? c)%num -> 2 ^ b * 'C(n, k) <= N.to_nat c.
Proof.
rewrite row_bin exp_N => /N.leb_le le; apply/leP.
by rewrite -['C(n, k)]Nat2N.id -multE -N2Nat.inj_mul; lia.
Qed.

Lemma times_gt n k b c : (c <? 2 ^ N.of_nat b * nth 0%num (row n) k)%num -> N.to_nat c < 2 ^ b * 'C(n, k).
Proof.
rewrite row_bin exp_N => /N.ltb_lt lt; apply/ltP.
by rewrite -['C(n, k)]Nat2N.id -multE -N2Nat.inj_mul; lia.
Qed.

Theorem set4_bits : 2 ^ 128 * 'C(136, 9) <= 'C(192, 65) < 2 ^ 129 * 'C(136, 9).
Proof.
have -> : 'C(192, 65) = N.to_nat (nth 0%num (row 192) 65) by rewrite row_bin Nat2N.id.
by apply/andP; split; [apply: times_le | apply: times_gt]; vm_compute.
Qed.

Theorem set5_bits : 2 ^ 128 * 'C(75, 9) <= 'C(178, 112) < 2 ^ 129 * 'C(75, 9).
Proof.
have -> : 'C(178, 112) = N.to_nat (nth 0%num (row 178) 112) by rewrite row_bin Nat2N.id.
by apply/andP; split; [apply: times_le | apply: times_gt]; vm_compute.
Qed.

(* Numbers as variables, so that nothing tries to compute them. *)
Lemma two_quotients (f : rat) (b c m d x y : nat) : 0 < c -> 0 < d -> 0 < x -> 0 < y ->
  x * b <= c -> y * m <= d -> (f <= b%:R / c%:R + m%:R / d%:R -> f <= x%:R^-1 + y%:R^-1)%R.
Proof.
have le (u v w : nat) : 0 < v -> 0 < w -> w * u <= v -> (u%:R / v%:R <= w%:R^-1 :> rat)%R.
  by move=> *; rewrite ler_pdivr_mulr ?ltr0n // ler_pdivl_mull ?ltr0n // -natrM ler_nat.
by move=> *; apply: Order.POrderTheory.le_trans (ler_add (le _ _ _ _ _ _) (le _ _ _ _ _ _)); eauto.
Qed.

(* What one try gains with them: on curves 1, 2 and 10 of the registry less than
   2^-128 + 2^-246, on curves with orders of at least 2^251 less than
   2^-128 + 2^-243. *)
Section Sets.

Variables (P : primitives) (L : laws P) (cl : claim P) (lay : layout cl).
Variables (N : bytes P) (first : 'I_(M P) -> seq (bytes P)).
Variable known : forall i : 'I_(M P), revealed (packed_claim lay i) -> Prop.
Variable err : 'I_(M P) -> forall q, group (@pack_curve P cl lay q).
Variable R : coefficients (shape lay) -> forall (i : 'I_(M P)) (k : curve P), group k.
Variable F : {set coefficients (shape lay) * {set 'I_(M P)}}.
Variable T : nat.
Hypothesis set : (M P, T) = (192, 65) \/ (M P, T) = (178, 112).
Hypothesis err_known : forall i seed h C_i w salt (z : scalars (packed_claim lay i)),
  known (Revealed (packed_claim lay i) seed h) -> known (Kept C_i w salt z) ->
  forall q, error (cl := packed_claim lay i) (mask N i seed) z q = err i q.
Hypothesis nz : packed_no_zero N first known.
Hypothesis win : forall rho K, (rho, K) \in F -> #|K| = T /\
  exists2 v, packed_answers (lay := lay) N first (coeffs rho) (R rho) known K v &
    packed_unrecoverable 10 N K v.

Lemma wide_share b : (forall k : curve P, exists2 p, p \in [char (scalar k)]%R
    & up (256 ^ wide k) p * 2 ^ (b + 8) <= 256 ^ wide k) ->
  (#|F|%:R / (#|{: coefficients (shape lay)}| * 'C(M P, T))%:R <=
   (2 ^ 128)%:R^-1 + (2 ^ b)%:R^-1 :> rat)%R.
Proof.
move=> share; have pos a : 0 < 2 ^ a by rewrite expn_gt0.
have [TM M8] : T <= M P /\ M P <= 2 ^ 8 by case: set => [[-> ->]|[-> ->]].
have bits : 2 ^ 128 * 'C(M P - T + 9, 9) <= 'C(M P, T).
  by case: set => [[-> ->]|[-> ->]]; [have [le _] := andP set4_bits | have [le _] := andP set5_bits]; exact le.
have := packed_try_probability L share err_known nz win (pos (b + 8)) TM.
refine (two_quotients _ (pos (b + 8)) (pos 128) (pos b) bits _).
- by rewrite bin_gt0.
- rewrite (expnD 2 b 8) leq_mul2l; apply/orP; right; exact M8.
Qed.

Theorem wide_try : registry P ->
  (#|F|%:R / (#|{: coefficients (shape lay)}| * 'C(M P, T))%:R <=
   (2 ^ 128)%:R^-1 + (2 ^ 246)%:R^-1 :> rat)%R.
Proof. by move=> reg; apply: (wide_share (b := 246)) (registry_share reg). Qed.

Theorem wide_try_251 : large_orders P ->
  (#|F|%:R / (#|{: coefficients (shape lay)}| * 'C(M P, T))%:R <=
   (2 ^ 128)%:R^-1 + (2 ^ 243)%:R^-1 :> rat)%R.
Proof. by move=> large; apply: (wide_share (b := 243)) (large_share large). Qed.

End Sets.
