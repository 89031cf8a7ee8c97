
(* ---- the packs of spec §6.2: for each curve, W entries at a time ---- *)
Section Greedy.

(* The entries of one compartment, and their curves. *)
Variables (K : eqType) (n W : nat) (key : 'I_n -> K).
Hypothesis W0 : (0 < W)%N.
Implicit Types j : 'I_n.

Definition on k : seq 'I_n := [seq j <- enum 'I_n | key j == k].
(* How many entries on its curve come before. *)
Definition rank j : nat := index j (on (key j)).
Definition leads j : bool := (W %| rank j)%N.
Definition leaders : seq 'I_n := [seq j <- enum 'I_n | leads j].
Definition leader j : 'I_n := nth j (on (key j)) (rank j %/ W * W).

Lemma mem_on j k : (j \in on k) = (key j == k).
Proof. by rewrite mem_filter mem_enum andbT. Qed.

Lemma rank_lt j : (rank j < size (on (key j)))%N.
Proof. by rewrite index_mem mem_on. Qed.

Lemma nth_rank j j0 : nth j0 (on (key j)) (rank j) = j.
Proof. by rewrite nth_index // mem_on. Qed.

Lemma rank_inj j j' : key j = key j' -> rank j = rank j' -> j = j'.
Proof. by move=> Ek Er; rewrite -(nth_rank j j) Er Ek nth_rank. Qed.

Lemma rankK j0 k t : (t < size (on k))%N ->
  key (nth j0 (on k) t) = k /\ rank (nth j0 (on k) t) = t.
Proof.
move=> lt; have Ek : key (nth j0 (on k) t) = k by apply/eqP; rewrite -mem_on mem_nth.
by split=> //; rewrite /rank Ek index_uniq // filter_uniq ?enum_uniq.
Qed.

Lemma leaderP j : key (leader j) = key j /\ rank (leader j) = (rank j %/ W * W)%N.
Proof. by apply: rankK; apply: leq_ltn_trans (rank_lt j); apply: leq_trunc_div. Qed.

Lemma leader_eq j j' : key j = key j' -> (rank j %/ W = rank j' %/ W)%N -> leader j = leader j'.
Proof.
have [k r] := leaderP j; have [k' r'] := leaderP j' => Ek Er.
by apply: rank_inj; [rewrite k k' | rewrite r r' Er].
Qed.

Lemma mem_leaders j : leader j \in leaders.
Proof. by have [_ r] := leaderP j; rewrite mem_filter mem_enum /leads r dvdn_mull. Qed.

Lemma leader_id j : leads j -> leader j = j.
Proof. by have [k r] := leaderP j => /divnK E; apply: rank_inj => //; rewrite r E. Qed.

Lemma leader_dense j : (rank j %% W < #|[pred j' | leader j' == leader j]|)%N.
Proof.
set t := (rank j %% W)%N; pose f (s : 'I_t.+1) := nth j (on (key j)) (rank j %/ W * W + s).
have fP s : key (f s) = key j /\ rank (f s) = (rank j %/ W * W + s)%N.
  apply: rankK; apply: leq_ltn_trans (rank_lt j).
  by rewrite [X in (_ <= X)%N](divn_eq _ W) leq_add2l -ltnS.
have f_inj : injective f.
  move=> s s' E; have [_] := fP s; rewrite E; have [_ ->] := fP s'.
  by move/addnI => /val_inj.
rewrite -[X in (X <= _)%N]card_ord -(card_image f_inj); apply/subset_leq_card/subsetP => j'.
case/imageP => s _ ->; have [k r] := fP s; rewrite inE; apply/eqP/leader_eq => //.
have sW : (s < W)%N by apply: leq_trans (ltn_ord s) _; rewrite ltn_pmod.
by rewrite r divnMDl // (divn_small sW) addn0.
Qed.

(* The codec of encoding.v reads the responses of just these packs. *)
Lemma leaders_keys :
  encoding.pack_keys W [::] [seq key j | j <- enum 'I_n] = [seq key j | j <- leaders].
Proof.
suff H s1 s2 : enum 'I_n = s1 ++ s2 ->
    encoding.pack_keys W (rev [seq key j | j <- s1]) [seq key j | j <- s2] =
    [seq key j | j <- s2 & leads j] by apply: (H [::]).
elim: s2 s1 => [|j s2 IH] s1 //= E.
have -> : count_mem (key j) (rev [seq key j | j <- s1]) = rank j.
  rewrite count_rev count_map /rank /on E filter_cat index_cat mem_filter eqxx /=.
  have := enum_uniq 'I_n; rewrite E cat_uniq /= => /and3P[_ /norP[/negPf -> _] _].
  by rewrite eqxx /= eqxx addn0 size_filter.
rewrite -rev_rcons -map_rcons IH ?cat_rcons //.
by rewrite /leads; case: ifP.
Qed.

End Greedy.

Section Spec.

Variables (P : primitives) (st : statement P) (W : nat).
Hypothesis W0 : (0 < W)%N.
Local Notation C := 'I_(compartments st).
Local Notation entry := {c : C & 'I_(entries c)}.
Implicit Types c : C.

Definition curves c (j : 'I_(entries c)) : curve P := curve_of (existT _ c j : entry).

Lemma leader_place (e : entry) :
  (index (leader W (@curves (tag e)) (tagged e)) (leaders W (@curves (tag e)))
   < size (leaders W (@curves (tag e))))%N.
Proof. by rewrite index_mem mem_leaders. Qed.

Definition spec_layout : layout st := Layout
  (packs := fun c => size (leaders W (@curves c)))
  (fun q => curves (tnth (in_tuple (leaders W (@curves (tag q)))) (tagged q)))
  (fun e => Ordinal (leader_place e))
  (fun e => rank (@curves (tag e)) (tagged e) %% W)%N.

Lemma spec_curve c (j : 'I_(entries c)) :
  pack_curve (home spec_layout (existT _ c j)) = curve_of (existT _ c j : entry).
Proof.
rewrite /= /home /= (tnth_nth j) /= nth_index ?mem_leaders //.
by have [-> _] := leaderP W (@curves c) j.
Qed.

Lemma spec_home c (j j' : 'I_(entries c)) :
  (home spec_layout (existT _ c j) == home spec_layout (existT _ c j')) =
  (leader W (@curves c) j == leader W (@curves c) j').
Proof.
rewrite /home -tag_eqE /tag_eq /= eqxx tagged_asE -val_eqE /=.
apply/eqP/eqP => [E|-> //].
by rewrite -(nth_index j (mem_leaders W (@curves c) j)) E nth_index ?mem_leaders.
Qed.

(* Headline 12f: packs as the spec groups them are packs. *)
Theorem spec_packing : packing spec_layout W.
Proof.
split=> [[c j]|[c j] [c' j']|[c j]|[c j]|[c q]].
- by rewrite spec_curve.
- move=> E; have Ec : c = c' := congr1 tag E; case: c' / Ec j' E => j' E Er.
  congr existT; move/eqP: (E); rewrite spec_home => /eqP El.
  have [k r] := leaderP W (@curves c) j; have [k' r'] := leaderP W (@curves c) j'.
  apply: (@rank_inj _ _ (@curves c)); first by rewrite -k El k'.
  rewrite (divn_eq (rank _ j) W) (divn_eq (rank _ j') W) -r -r' El.
  by move: Er => /= ->.
- by rewrite /= ltn_pmod.
- apply: leq_trans (leader_dense (@curves c) W0 j) _.
  have tag_inj : injective (fun j' : 'I_(entries c) => existT _ c j' : entry).
    by move=> a b /eqP; rewrite -tag_eqE /tag_eq /= eqxx tagged_asE => /eqP.
  rewrite -(card_image tag_inj); apply/subset_leq_card/subsetP => e /imageP[j' +] ->.
  by rewrite !inE spec_home.
- set s := leaders W (@curves c); set j := tnth (in_tuple s) q.
  have js : leads W (@curves c) j by have := mem_tnth q (in_tuple s); rewrite mem_filter => /andP[].
  exists (existT _ c j); congr existT; apply: val_inj.
  by rewrite /= leader_id // /j (tnth_nth j) /= index_uniq // filter_uniq ?enum_uniq.
Qed.

(* Its packs, in order, are on the curves that the codec expects. *)
Theorem spec_pack_curves c :
  [seq pack_curve (existT _ c q : {c & 'I_(packs spec_layout c)}) | q <- enum 'I_(packs spec_layout c)] =
  encoding.pack_keys W [::] [seq curves j | j <- enum 'I_(entries c)].
Proof.
have /= E := map_tnth_enum (in_tuple (leaders W (@curves c))).
by rewrite leaders_keys -[in RHS]E -map_comp.
Qed.

End Spec.

(* Width 1, so sets 1 to 3: each entry is a pack, and its packed share is its
   public share. *)
Section One.

Variables (P : primitives) (st : statement P) (lay : layout st) (packed : packing lay 1).
Local Notation entry := {c : 'I_(compartments st) & 'I_(entries c)}.

Theorem packed_one : bijective (home lay) /\ forall i e,
  packed_share i (home lay e) = point_on _ (public_share e) /\
  forall x, packed_secret i x (home lay e) = scalar_on _ (x e).
Proof.
have p0 e : place lay e = 0%N by apply/eqP; rewrite -leqn0 -ltnS (place_lt packed).
have h_inj : injective (home lay).
  by move=> e e' E; apply: (place_inj packed) E _; rewrite !p0.
have one e e' : members (home lay e) e' = (e' == e) by rewrite /members /= (inj_eq h_inj).
split=> [|i e].
  have hE q : exists e, home lay e == q by have [e <-] := pack_some packed q; exists e.
  exists (fun q => xchoose (hE q)) => q; last exact/eqP/(xchooseP (hE q)).
  exact/h_inj/eqP/(xchooseP (hE (home lay q))).
have sum1 (V : zmodType) (f : entry -> V) : \sum_(e' | members (home lay e) e') f e' = f e.
  by rewrite (eq_bigl _ _ (one e)) big_pred1_eq.
split=> [|x]; first by rewrite /packed_share sum1 p0 expr0 scale1r.
by rewrite /packed_secret sum1 p0 expr0 mul1r.
Qed.

End One.
