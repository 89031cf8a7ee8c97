(* Confidentiality in the random oracle model (spec §13.3), the theorems.      *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import sharing model encryption rom rommodel romhidden romprover romsimulator romsecrecy claims.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory.

Section Confidentiality.

Variables (P : primitives) (U : outputs P) (sh : claim P) (x : scalars sh).
Variable domain : seq (label * seq (bytes P)).
Local Notation input := (adhoc_seq_sub_finType domain).
Local Notation oracle := {ffun input -> out U}.
Local Notation I := 'I_(M P).
Local Notation C := 'I_(compartments sh).
Local Notation slot := (slot sh).
Local Notation coins := {ffun slot -> out U}.
Local Notation S := (digest sh).
Implicit Types (O : oracle) (F G : coins) (q : input).

(* What the adversary has: the keys of the compartments it opens; the simulator
   has these keys and what is in these compartments. *)
Variables (opened : pred C) (key : C -> unlock P) (known : scalars sh).

(* An adversary, on the view of a proof, and what it is to find out. *)
Variables (A : Type) (t : option (view sh) -> tree input (out U) A) (test : pred A).

(* Oracles and coins for which it does, with Encrypt (of the coins only u is used),
   and with the simulator, which sets the oracle where it shows an answer. *)
Definition real_wins := [set W : oracle * coins | test (run W.1 (t (real x W.1 W.2)))].
Definition sim_shown G : option (view sh) := Some (sim_view opened known G (capsules G)).
Definition sim_input G s : option input :=
  obind (fun ps => insub (s.1.1, ps)) (sim_parts opened key known G (capsules G) s).
Definition sim_oracle O G : oracle := program sim_input (shown opened G) O G.
Definition sim_trace (W : oracle * coins) : seq input := trace (sim_oracle W.1 W.2) (t (sim_shown W.2)).
Definition sim_wins := [set W : oracle * coins | test (run (sim_oracle W.1 W.2) (t (sim_shown W.2)))].

(* The adversary asks for the wrap key of a compartment that it does not open, in
   a kept instance. *)
Definition wraps G q : bool := [exists i : I, exists c : C, closed opened G i c && (val q ==
  (Wrap, [:: sim_id G; u16 P i; u16 P c; enc_point (capsules G i)] ++ shared_by_r (sim_r G i) c))].
Definition wrap_asked := [set W : oracle * coins | has (wraps W.2) (sim_trace W)].

(* Such a query holds the solution of a Diffie-Hellman problem of which the
   adversary has C_i and the lock: CDH in G1 with a member lock; with a recovery
   lock both BDH, for the recovery key, and CDH in G1, for the Blinder. *)
Theorem wrap_solves G q : wraps G q -> exists (i : I) (c : C), [/\ i \in sim_kept G, ~~ opened c,
  enc_point (capsules G i) \in (val q).2 & match lock_of c with
  | Recovery Y B => enc_gt (sim_r G i *: pairing Y (hash_to_g2 S))%R \in (val q).2 /\
                    enc_point (sim_r G i *: B)%R \in (val q).2
  | Member E => enc_point (sim_r G i *: E)%R \in (val q).2
  end].
Proof.
case/existsP => i /existsP[c /andP[/andP[iK nc] /eqP ->]]; exists i, c.
by split=> //; rewrite /shared_by_r; case: (lock_of c) => *; rewrite /= !inE !eqxx !orbT.
Qed.

(* What an input is a guess of, if it holds a value that may be hidden. *)
Definition guess q : option (slot * bytes P) :=
  let: (l, ps) := val q in let at_ n := nth S ps n in
  let instance l' n := omap (fun i => (in_instance sh l' i, at_ n)) (instance_of (at_ 1)) in
  match l with
  | MasterSeed => Some (in_all sh Statement, at_ 1)
  | Nonce => Some (in_all sh MasterSeed, at_ 1)
  | Seed | Salt => Some (in_all sh MasterSeed, at_ 2)
  | Kem => instance Seed 2
  | SubSeed => instance Seed 3
  | Mask => obind (fun i => omap (fun c => (in_compartment SubSeed i c, at_ 3)) (compartment_of sh (at_ 2)))
                  (instance_of (at_ 1))
  | Response => instance Salt 2
  | _ => None
  end.
Definition value (s : slot) (y : out U) : bytes P :=
  if s.1.1 \in [:: Statement; MasterSeed] then out32 y else enc_block P (out16 y).
Definition unseen G : {set slot} := [set s | hidden opened G s && (s.1.1 != Kem)].
Definition is_value (s : slot) (d : bytes P) : pred (out U) := fun y => value s y == d.
Definition guesses G q : bool := guessed unseen guess is_value G q.

Hypothesis xX : secrets_match x.
Hypothesis u16_instances : forall i j : I, u16 P i = u16 P j -> i = j.
Hypothesis u16_compartments : forall c d : C, u16 P c = u16 P d -> c = d.
Hypothesis asked : covers U x domain.
Hypotheses (L : laws P) (m : moves U x).
Hypothesis right : forall c, opened c -> unlocks sh (lock_of c) (key c).
Hypothesis knows : forall e, opened (tag e) -> known e = x e.

(* ---- the simulator, and what Encrypt shows ---- *)
Section Same.
Variable F : coins.
Local Notation G := (simulated opened m F).

Lemma shown_simulated s : shown opened G s = shown opened F s.
Proof.
by case: s => [[l [i|]] [c|]]; case: l => //=; rewrite ?simulated_kept ?simulated_closed.
Qed.

(* What is not shown is a guess, or a wrap key. *)
Lemma secret_split q : secret (point x domain) (shown opened) F q -> wraps G q || guesses G q.
Proof.
case/existsP => s /andP[ns /eqP /point_val[ps Eps Eq]]; move: ns; rewrite -shown_simulated => ns.
have Em : master_at x (by_coins F) (rng F) = out32 (G (in_all sh MasterSeed)) by rewrite ffunE.
have D := (data_id opened m F, data_seed u16_instances u16_compartments opened m F,
           data_salt u16_instances u16_compartments opened m F, data_r u16_instances u16_compartments opened m F,
           data_sub_seed u16_instances u16_compartments opened m F).
rewrite /guesses /guessed /guess Eq; move: Eps ns; rewrite /asks.
case: s {Eq} (Eq) => [[l [i|]] [c|]] Eq; case: l Eq => //= Eq [E]; subst ps.
- by move/negPn => iK; rewrite instance_ofK //= inE /= iK /is_value /value /= D eqxx orbT.
- move/negPn => cl; rewrite orbF; apply/existsP; exists i; apply/existsP; exists c.
  by apply/andP; split=> //; apply/eqP; apply: etrans Eq _; rewrite /shared_at !D.
- by move/negPn => cl; rewrite instance_ofK // /= compartment_ofK //= inE /= cl /is_value /value /= D eqxx orbT.
- by move=> _; rewrite inE /= /is_value /value /= Em eqxx orbT.
- by move=> _; rewrite inE /= /is_value /value /= Em eqxx orbT.
- by move/negPn => iK; rewrite instance_ofK //= inE /= iK /is_value /value /= D eqxx orbT.
- by move=> nK; rewrite instance_ofK //= inE /= nK /is_value /value /= D eqxx orbT.
- by move=> _; rewrite inE /= /is_value /value /= /rng ffunE eqxx orbT.
- by move=> _; rewrite inE /= /is_value /value /= Em eqxx orbT.
Qed.

(* The same view, and the same oracle. *)
Hypothesis moved : ~~ astray opened m F.

Lemma sim_shown_real : encrypts x (by_coins F) (rng F) = sim_shown G.
Proof.
rewrite (data_view xX u16_instances u16_compartments moved) /sim_shown.
by rewrite (blind_view knows (frefl _) (fun s _ => erefl)).
Qed.

Lemma sim_input_point s : shown opened F s -> point x domain F s = sim_input G s.
Proof.
rewrite -shown_simulated => sh_s; rewrite /point /sim_input.
rewrite (data_parts xX u16_instances u16_compartments L right moved sh_s).
by rewrite (blind_parts key knows (frefl (capsules G)) (fun s _ => erefl) sh_s).
Qed.

Lemma sim_oracle_ideal O : ideal (point x domain) (shown opened) O F = sim_oracle O G.
Proof.
apply/ffunP => q; rewrite !ffunE.
have E : (fun s => shown opened F s && (point x domain F s == Some q)) =1
         (fun s => shown opened G s && (sim_input G s == Some q)).
  by move=> s; rewrite shown_simulated; case sh_s: (shown opened F s) => //=; rewrite sim_input_point.
rewrite (eq_pick E); case: pickP => // s /andP[sh_s _].
by rewrite simulated_shown // -shown_simulated.
Qed.

End Same.

(* Coins by their simulated answers. *)
Definition simulating (p : oracle -> coins -> bool) := [set W : oracle * coins | p W.1 (simulated opened m W.2)].

Lemma count_simulated (p : oracle -> coins -> bool) :
  #|simulating p| = #|[set W : oracle * coins | p W.1 W.2]|.
Proof.
have inj : injective (fun W : oracle * coins => (W.1, simulated opened m W.2)).
  by move=> [O F] [O' F'] [-> /simulated_inj ->].
by rewrite -!sum1_card [RHS](reindex_inj inj) /=; apply: eq_bigl => W; rewrite !inE.
Qed.

(* ---- guesses ---- *)
Variables (Q T names strays : nat).
Hypothesis bounded : forall v, at_most predT Q (t v).
Hypothesis out32_share : forall d, #|[set y : out U | out32 y == d]| * names <= #|out U|.
Hypothesis out16_share : forall b, #|[set y : out U | out16 y == b]| * names <= #|out U|.
Hypothesis few_kept : forall y : out U, #|out_subset y| <= T.
Hypothesis stray_share : forall e, #|stray m e| * strays <= #|out U|.
Hypotheses (names0 : 0 < names) (strays0 : 0 < strays).

Lemma value_share s d : #|[set y | value s y == d]| * names <= #|out U|.
Proof.
rewrite /value; case: (s.1.1 \in _); first exact: out32_share.
case: (pickP (fun b => enc_block P b == d)) => [b /eqP <-|none].
  by apply: within_share (out16_share b) => y; rewrite !inE (inj_eq (enc_block_inj L)).
by apply: none_share => y; rewrite inE none.
Qed.

Section Put.
Variables (O : oracle) (G : coins) (s : slot) (y : out U).
Hypothesis us : s \in unseen G.

Lemma put_same s' : ~~ hidden opened G s' -> put G s y s' = G s'.
Proof. by move=> n; rewrite ffunE; case: eqP => // E; move: us n; rewrite inE E => /andP[->]. Qed.
Lemma put_points : capsules (put G s y) =1 capsules G.
Proof.
move=> i; rewrite /capsules /sim_r ffunE; case: eqP => // E; move: us.
by rewrite inE -E andbF.
Qed.
Lemma unseen_put : unseen (put G s y) = unseen G.
Proof. by apply/setP => s'; rewrite !inE (blind_hidden put_same). Qed.
Lemma trace_put : sim_trace (O, put G s y) = sim_trace (O, G).
Proof.
rewrite /sim_trace /= /sim_shown (blind_view (fun _ _ => erefl) put_points put_same).
suff -> : sim_oracle O (put G s y) = sim_oracle O G by [].
apply/ffunP => q; rewrite !ffunE.
have E : (fun s' => shown opened (put G s y) s' && (sim_input (put G s y) s' == Some q)) =1
         (fun s' => shown opened G s' && (sim_input G s' == Some q)).
  move=> s'; rewrite (blind_shown put_same); case sh_s: (shown opened G s') => //=.
  by rewrite /sim_input (blind_parts key (fun _ _ => erefl) put_points put_same).
rewrite (eq_pick E); case: pickP => // s' /andP[sh_s _].
by rewrite put_same // shown_hidden.
Qed.
End Put.

Lemma guessed_share : #|[set W : oracle * coins | has (guesses W.2) (sim_trace W)]| * names
  <= Q * #|{: oracle * coins}|.
Proof.
have -> : #|[set W : oracle * coins | has (guesses W.2) (sim_trace W)]| =
    \sum_(O : oracle) #|[set G | has (guesses G) (sim_trace (O, G))]|.
  rewrite -sum1_card (partition_big (fun W : oracle * coins => W.1) predT) //=; apply: eq_bigr => O _.
  rewrite -sum1_card (reindex_onto (fun G => (O, G)) snd) /=; last by case=> O' G /andP[_ /eqP /= ->].
  by apply: eq_bigl => G; rewrite !inE /= !eqxx !andbT.
have -> : Q * #|{: oracle * coins}| = \sum_(O : oracle) Q * #|{: coins}|.
  by rewrite sum_nat_const card_prod mulnCA.
rewrite big_distrl /=; apply: leq_sum => O _.
apply: (@guess_share _ _ _ _ (fun G => sim_trace (O, G)) unseen guess is_value names).
- by move=> G s y; apply: trace_put.
- by move=> G s y; apply: unseen_put.
- exact: value_share.
- by move=> G; apply: at_most_trace (bounded _).
Qed.

(* ---- masks that were not moved ---- *)
Local Notation entry := {c : C & 'I_(entries c)}.
Definition hidden_masks : nat := #|[pred e : entry | ~~ opened (tag e)]|.
Definition masks_of F : seq (I * entry) :=
  [seq (i, e) | i <- enum (sim_kept F), e <- enum [pred e : entry | ~~ opened (tag e)]].

Lemma astray_share : #|[set F : coins | astray opened m F]| * strays <= T * hidden_masks * #|{: coins}|.
Proof.
pose hidden_answers F := [set in_compartment Mask ie.1 (tag ie.2) | ie : I * entry].
pose guess_of (ie : I * entry) := Some (in_compartment Mask ie.1 (tag ie.2), ie.2).
have kept_put F s y : s \in hidden_answers F -> sim_kept (put F s y) = sim_kept F.
  by case/imsetP => ie _ ->; rewrite /sim_kept ffunE.
apply: within_share (@guess_share _ _ _ _ masks_of hidden_answers guess_of (fun _ e y => y \in stray m e) strays
  _ _ _ (T * hidden_masks) _) => // [F|F s y hs|_ e|F].
- rewrite !inE => /existsP[i /existsP[e /andP[/andP[iK oe] se]]]; apply/hasP; exists (i, e).
    by apply/allpairsP; exists (i, e); rewrite !mem_enum.
  by rewrite /guessed /= se andbT; apply/imsetP; exists (i, e).
- by rewrite /masks_of kept_put.
- by apply: within_share (stray_share e) => y; rewrite inE.
by rewrite size_allpairs -!cardE leq_mul2r few_kept orbT.
Qed.

(* What is lost besides the wrap keys: guesses, and masks that are not uniform. *)
Definition lost : rat := (term Q names + term (T * hidden_masks) strays)%R.
Definition losses : {set oracle * coins} := simulating (fun O G => has (wraps G) (sim_trace (O, G)))
  :|: simulating (fun O G => has (guesses G) (sim_trace (O, G))) :|: [set W | astray opened m W.2].

Lemma losses_le : (#|losses|%:R <= #|wrap_asked|%:R + lost * #|{: oracle * coins}|%:R)%R.
Proof.
rewrite /losses; set X := simulating _; set Y := simulating _; set Z := [set W | _].
have le : #|X :|: Y :|: Z| <= #|X| + (#|Y| + #|Z|).
  by rewrite addnA; apply: leq_trans (leq_card_setU _ _) _; rewrite leq_add2r leq_card_setU.
apply: Order.POrderTheory.le_trans (_ : (_ <= (#|X| + (#|Y| + #|Z|))%:R)%R) _; first by rewrite ler_nat.
rewrite !natrD /lost mulrDl; apply: ler_add; first by rewrite /X count_simulated.
apply: ler_add; apply: term_le => //; first by rewrite /Y count_simulated guessed_share.
have -> : Z = setX setT [set F | astray opened m F] by apply/setP => -[O F]; rewrite !inE.
by rewrite cardsX cardsT card_prod mulnCA -mulnA leq_mul2l astray_share orbT.
Qed.

(* Headline 16b: real and simulated view, up to what the adversary cannot ask. *)
Theorem rom_confidentiality :
  (#|real_wins|%:R <= #|sim_wins|%:R + #|wrap_asked|%:R + lost * #|{: oracle * coins}|%:R)%R /\
  (#|sim_wins|%:R <= #|real_wins|%:R + #|wrap_asked|%:R + lost * #|{: oracle * coins}|%:R)%R.
Proof.
pose shows F := encrypts x (by_coins F) (rng F).
have [le1 le2] := identical_until_bad
  (fun F s s' q => @point_inj P U sh x domain u16_instances u16_compartments F s s' q)
  (answers_program u16_instances u16_compartments asked)
  (view := shows) (fun O F => real_program xX u16_instances u16_compartments asked O F) (shown opened) t test.
pose wins := simulating (fun O G => test (run (sim_oracle O G) (t (sim_shown G)))).
have Ew : #|wins| = #|sim_wins| by apply: count_simulated.
have [same_wins bad_lost] : (forall W, W \notin losses ->
    (W \in ideal_wins (point x domain) shows (shown opened) t test) = (W \in wins)) /\
    (forall W, W \notin losses -> W \notin bads (point x domain) shows (shown opened) t).
  split=> W; rewrite !inE !negb_or => /andP[/andP[nw ng] moved].
    by rewrite sim_oracle_ideal // /shows sim_shown_real.
  rewrite /bad /shows sim_shown_real // sim_oracle_ideal //; apply: contra nw => /hasP[q qt].
  move/(@secret_split W.2); case/orP=> hq; first by apply/hasP; exists q.
  by case/hasP: ng; exists q.
rewrite -!addrA; split; apply: Order.POrderTheory.le_trans (ler_add (Order.POrderTheory.lexx _) losses_le).
  rewrite -natrD ler_nat -Ew; apply: leq_trans le1 (leq_trans _ (leq_card_setU _ _)).
  apply/subset_leq_card/subsetP => W; rewrite (in_setU W wins).
  have [//|nl] := boolP (W \in losses); first by rewrite orbT.
  by rewrite in_setU same_wins // orbF (negPf (bad_lost W nl)) orbF.
rewrite -natrD ler_nat -Ew; apply: leq_trans _ (leq_add le2 (leqnn _)); apply: leq_trans _ (leq_card_setU _ _).
apply/subset_leq_card/subsetP => W Ww; rewrite (in_setU W (_ :\: _)).
have [//|nl] := boolP (W \in losses); first by rewrite orbT.
by rewrite in_setD same_wins // Ww bad_lost.
Qed.

End Confidentiality.
