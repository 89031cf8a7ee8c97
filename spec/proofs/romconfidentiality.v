(* Confidentiality in the random oracle model (spec §13.3), the theorems.      *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import sharing model encryption rom rommodel romhidden romprover romsimulator romsecrecy claims.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.

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
Definition guesses G q : bool := guessed unseen value guess G q.

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

Lemma sim_shown_real : encrypts x (by_coins F) (rng F) = sim_shown G.
Proof.
rewrite (data_view xX u16_instances u16_compartments opened m) /sim_shown.
by rewrite (blind_view knows (frefl _) (fun s _ => erefl)).
Qed.

Lemma shown_simulated s : shown opened G s = shown opened F s.
Proof.
by case: s => [[l [i|]] [c|]]; case: l => //=; rewrite ?simulated_kept ?simulated_closed.
Qed.

Lemma sim_input_point s : shown opened F s -> point x domain F s = sim_input G s.
Proof.
rewrite -shown_simulated => sh_s; rewrite /point /sim_input.
rewrite (data_parts xX u16_instances u16_compartments L right sh_s).
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
- by move/negPn => iK; rewrite instance_ofK //= inE /= iK /value /= D eqxx orbT.
- move/negPn => cl; rewrite orbF; apply/existsP; exists i; apply/existsP; exists c.
  by apply/andP; split=> //; apply/eqP; apply: etrans Eq _; rewrite /shared_at !D.
- by move/negPn => cl; rewrite instance_ofK // /= compartment_ofK //= inE /= cl /value /= D eqxx orbT.
- by move=> _; rewrite inE /= /value /= Em eqxx orbT.
- by move=> _; rewrite inE /= /value /= Em eqxx orbT.
- by move/negPn => iK; rewrite instance_ofK //= inE /= iK /value /= D eqxx orbT.
- by move=> nK; rewrite instance_ofK //= inE /= nK /value /= D eqxx orbT.
- by move=> _; rewrite inE /= /value /= /rng ffunE eqxx orbT.
- by move=> _; rewrite inE /= /value /= Em eqxx orbT.
Qed.
End Same.

(* Coins by their simulated answers. *)
Lemma count_simulated (p : oracle -> coins -> bool) :
  #|[set W : oracle * coins | p W.1 (simulated opened m W.2)]| = #|[set W : oracle * coins | p W.1 W.2]|.
Proof.
have inj : injective (fun W : oracle * coins => (W.1, simulated opened m W.2)).
  by move=> [O F] [O' F'] [-> /simulated_inj ->].
by rewrite -!sum1_card [RHS](reindex_inj inj) /=; apply: eq_bigl => W; rewrite !inE.
Qed.

(* ---- guesses ---- *)
Variables (Q names : nat).
Hypothesis bounded : forall v, at_most predT Q (t v).
Hypothesis out32_share : forall d, #|[set y : out U | out32 y == d]| * names <= #|out U|.
Hypothesis out16_share : forall b, #|[set y : out U | out16 y == b]| * names <= #|out U|.

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
apply: (@guess_share _ _ _ _ (fun G => sim_trace (O, G)) unseen value guess names).
- by move=> G s y; apply: trace_put.
- by move=> G s y; apply: unseen_put.
- exact: value_share.
- by move=> G; apply: at_most_trace (bounded _).
Qed.

(* Headline 16b: real and simulated view, up to what the adversary cannot ask. *)
Theorem rom_confidentiality :
  #|real_wins| * names <= (#|sim_wins| + #|wrap_asked|) * names + Q * #|{: oracle * coins}| /\
  #|sim_wins| * names <= (#|real_wins| + #|wrap_asked|) * names + Q * #|{: oracle * coins}|.
Proof.
pose shows F := encrypts x (by_coins F) (rng F).
have [le1 le2] := identical_until_bad
  (fun F s s' q => @point_inj P U sh x domain u16_instances u16_compartments F s s' q)
  (answers_program u16_instances u16_compartments asked)
  (view := shows) (fun O F => real_program xX u16_instances u16_compartments asked O F) (shown opened) t test.
have Ew : #|ideal_wins (point x domain) shows (shown opened) t test| = #|sim_wins|.
  rewrite -(count_simulated (fun O G => test (run (sim_oracle O G) (t (sim_shown G))))).
  by apply: eq_card => W; rewrite !inE sim_oracle_ideal /shows sim_shown_real.
have Eb : #|[set W | bad (point x domain) shows (shown opened) t W]| * names <=
    #|wrap_asked| * names + Q * #|{: oracle * coins}|.
  apply: leq_trans (leq_add (leqnn _) guessed_share); rewrite -mulnDl leq_mul2r; apply/orP; right.
  rewrite -(count_simulated (fun O G => has (wraps G) (sim_trace (O, G)))).
  rewrite -(count_simulated (fun O G => has (guesses G) (sim_trace (O, G)))).
  apply: leq_trans (leq_card_setU _ _); apply/subset_leq_card/subsetP => W; rewrite !inE /bad.
  rewrite /shows sim_shown_real sim_oracle_ideal -has_predU.
  by apply: sub_has => q; apply: secret_split.
rewrite !mulnDl -!addnA; split; apply: leq_trans (leq_add (leqnn _) Eb); rewrite -mulnDl leq_mul2r.
  by rewrite -Ew le1 orbT.
by rewrite -Ew le2 orbT.
Qed.

End Confidentiality.
