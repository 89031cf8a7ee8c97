(* Integers from an endless output (spec §3.3, §6.3 step 9): where the batching
   coefficients of a claim live, how many vectors of them there are, and
   that a uniform output makes them uniform.                                  *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import orders model batching.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Taken.

Implicit Types (D : nat -> octet) (s : seq octet) (ls : seq nat).

Lemma os2ip_rcons s b : os2ip (rcons s b) = os2ip s * 256 + b.
Proof. exact: foldl_rcons. Qed.

Lemma os2ip_lt s : os2ip s < 256 ^ size s.
Proof.
elim/last_ind: s => [|s b IH] //; rewrite size_rcons os2ip_rcons expnSr.
by apply: leq_trans (_ : (os2ip s).+1 * 256 <= _); rewrite ?leq_mul2r ?IH ?mulSn 1?addnC ?ltn_add2r.
Qed.

Lemma os2ip_inj s s' : size s = size s' -> os2ip s = os2ip s' -> s = s'.
Proof.
elim/last_ind: s s' => [|s b IH] s'; first by move/esym/size0nil ->.
case/lastP: s' => [|s' b']; rewrite !size_rcons // !os2ip_rcons => -[sz] E.
have := congr1 (modn^~ 256) E; rewrite !modnMDl !modn_small // => /val_inj Eb.
by move: E; rewrite Eb => /addIn /eqP; rewrite eqn_mul2r /= => /eqP /(IH _ sz) ->.
Qed.

Lemma taken_lt D ls n : taken D ls n < 256 ^ nth 0 ls n.
Proof. by have := os2ip_lt [seq D (sumn (take n ls) + m) | m <- iota 0 (nth 0 ls n)];
  rewrite size_map size_iota. Qed.

Lemma taken_eq D D' ls n : n < size ls -> (forall m, m < sumn ls -> D m = D' m) ->
  taken D ls n = taken D' ls n.
Proof.
move=> lt E; congr os2ip; apply/eq_in_map => m; rewrite mem_iota add0n => /andP[_ mn].
apply: E; rewrite -{2}(cat_take_drop n ls) sumn_cat ltn_add2l (drop_nth 0) //=.
exact: leq_trans mn (leq_addr _ _).
Qed.

Lemma taken_inj D D' ls : (forall n, n < size ls -> taken D ls n = taken D' ls n) ->
  forall m, m < sumn ls -> D m = D' m.
Proof.
elim: ls D D' => [|l ls IH] D D' E m //=; have [ml _|lm] := ltnP m l; last first.
  rewrite -{1}(subnKC lm) ltn_add2l => /(IH (fun m => D (l + m)) (fun m => D' (l + m))).
  rewrite subnKC //; apply=> n nls; have := E n.+1 nls; rewrite /taken /=.
  by under eq_map do rewrite -addnA; under [X in _ = os2ip X]eq_map do rewrite -addnA.
have := E 0 isT; rewrite /taken /= => /os2ip_inj; rewrite !size_map => /(_ erefl) /eq_in_map.
by move/(_ m); rewrite mem_iota; apply.
Qed.

End Taken.

Section Coefficients.

Variables (P : primitives) (cl : claim P).
Local Notation entry := {c : 'I_(compartments cl) & 'I_(entries c)}.

(* One integer below 256^L_C for each entry, in the order of the entries. *)
Definition coefficients := {dffun forall e : entry, 'I_(256 ^ wide (curve_of e))}.
Definition coeffs (rho : coefficients) : entry -> nat := fun e => rho e.

Lemma card_coefficients : #|{: coefficients}| = \prod_(e : entry) 256 ^ wide (curve_of e).
Proof. exact: (card_bounded (fun e : entry => 256 ^ wide (curve_of e))). Qed.

(* The octets that the coefficients of a claim take from the output. *)
Definition output := {ffun 'I_(sumn (widths cl)) -> octet}.
Definition octets (o : output) (n : nat) : octet := if insub n is Some k then o k else ord0.

Lemma entry_place (e : entry) : index e (entry_order cl) < size (widths cl).
Proof. by rewrite size_map index_mem mem_enum. Qed.

Lemma entry_width (e : entry) : nth 0 (widths cl) (index e (entry_order cl)) = wide (curve_of e).
Proof. by rewrite (nth_map e) ?nth_index ?mem_enum // index_mem mem_enum. Qed.

Lemma coefficient_lt (D : nat -> octet) e :
  taken D (widths cl) (index e (entry_order cl)) < 256 ^ wide (curve_of e).
Proof. by rewrite -entry_width taken_lt. Qed.

Definition coefficients_of (o : output) : coefficients :=
  [ffun e => Ordinal (coefficient_lt (octets o) e)].

(* Outputs of that length and coefficient vectors are one to one: a uniform
   output gives uniform coefficients, so shares of all vectors are
   probabilities. *)
Theorem coefficients_uniform : bijective coefficients_of.
Proof.
apply: inj_card_bij => [o o' /ffunP E|].
  apply/ffunP => k; have := @taken_inj (octets o) (octets o') (widths cl) _ k (ltn_ord k).
  rewrite /octets valK; apply=> n nw.
  have [e En] : exists e : entry, index e (entry_order cl) = n.
    move: nw; rewrite size_map => nw.
    have e0 : entry by case: (entry_order cl) nw => [|e].
    by exists (nth e0 (entry_order cl) n); rewrite index_uniq ?enum_uniq.
  by rewrite -En; have := congr1 val (E e); rewrite !ffunE.
rewrite card_coefficients card_ffun !card_ord -expn_sum leq_exp2l //.
by rewrite /widths /entry_order sumnE big_map big_enum.
Qed.

(* What Encrypt and Verify use is the vector of the output of XOF("batch", a). *)
Lemma batch_coefficients a :
  coeffs (coefficients_of [ffun k => stream Batch [:: a] (val k)]) =1 batch (cl := cl) a.
Proof.
move=> e; rewrite /coeffs ffunE; apply: taken_eq (entry_place e) _ => m lt.
by rewrite /octets insubT ffunE.
Qed.

End Coefficients.

(* The curves of the registry (spec §3.4), and L_C of both (spec §3.3). *)
Section Registry.

Variable P : primitives.

Definition registry := forall k : curve P, wide k = 48 /\
  (secp256k1_order \in [char (scalar k)]%R \/ bls12381_order \in [char (scalar k)]%R).

Hypothesis reg : registry.

Lemma registry_share (k : curve P) : exists2 p, p \in [char (scalar k)]%R
  & up (256 ^ wide k) p * 2 ^ 254 <= 256 ^ wide k.
Proof.
have [-> [ch|ch]] := reg k; rewrite wide_48.
  by exists secp256k1_order; last by case: batching_secp256k1.
by exists bls12381_order; last by case: batching_bls12381.
Qed.

Lemma registry_coefficients (cl : claim P) :
  #|{: coefficients cl}| = (2 ^ 384) ^ #|{: {c : 'I_(compartments cl) & 'I_(entries c)}}|.
Proof.
rewrite card_coefficients -prod_nat_const; apply: eq_bigr => e _.
by have [-> _] := reg (curve_of e); rewrite wide_48.
Qed.

End Registry.

(* The other curves of the registry too: every order is at least 2^251, and L_C
   has 16 octets more than the order (executable.v has the numbers). *)
Section LargeOrders.

Variable P : primitives.

Definition large_orders := forall k : curve P, 32 <= wide k /\
  exists2 p, p \in [char (scalar k)]%R & 2 ^ 251 <= p.

Lemma large_share : large_orders -> forall k : curve P,
  exists2 p, p \in [char (scalar k)]%R & up (256 ^ wide k) p * 2 ^ 251 <= 256 ^ wide k.
Proof.
move=> large k; have [w [p ch le]] := large k; exists p; first exact: ch.
have le8 : 251 <= 8 * wide k by apply: leq_trans (leq_mul (leqnn 8) w).
rewrite (_ : 256 ^ wide k = 2 ^ (8 * wide k - 251 + 251)); first exact: share_above.
by rewrite subnK // expnM.
Qed.

Lemma registry_large_orders : registry P -> large_orders.
Proof.
move=> reg k; have [-> ch] := reg k; split; first by [].
have le p : 2 ^ 254 < p -> 2 ^ 251 <= p.
  by move/ltnW; apply: leq_trans; rewrite leq_exp2l.
case: ch => ch.
  exists secp256k1_order; [exact: ch | exact: le secp256k1_order_large].
exists bls12381_order; [exact: ch | exact: le bls12381_order_large].
Qed.

End LargeOrders.
