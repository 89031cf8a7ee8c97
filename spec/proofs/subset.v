(* Subset sampling (spec §6.4): masked rejection yields a uniform T-subset.

   A draw is a u16, W = 2^16 values; masking keeps its low bits, P = 2^k with
   k = ceil(log2 M); masked values >= M and repeated ones are skipped; the
   sampler stops at T chosen values.                                          *)
From mathcomp Require Import all_ssreflect all_fingroup.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* The computable sampler: [acc] holds the chosen values, latest first. *)
Section Sampler.

Variables (M T P : nat).

Fixpoint sample (acc : seq nat) (draws : seq nat) : option (seq nat) :=
  if size acc == T then Some (rev acc) else
  if draws is d :: ds then
    let v := d %% P in
    sample (if (M <= v) || (v \in acc) then acc else v :: acc) ds
  else None.

(* Kept instances in ascending order. *)
Definition subset (draws : seq nat) : option (seq nat) :=
  omap (sort leq) (sample [::] draws).

Lemma sample_valid acc ds s : sample acc ds = Some s -> uniq acc ->
  all (gtn M) acc -> [/\ uniq s, size s = T & all (gtn M) s].
Proof.
elim: ds acc => [|d ds IH] acc /=; case: eqP => // szT.
- by case=> <-; rewrite rev_uniq size_rev all_rev.
- by case=> <-; rewrite rev_uniq size_rev all_rev.
move=> /IH H un al; case: ifP H => [_ H|/norP [lt nin] H]; apply: H => //=.
  by rewrite nin.
by rewrite al andbT ltnNge.
Qed.

(* Headline 9a: what comes out is T distinct values below M, ascending. *)
Theorem subset_valid ds s : subset ds = Some s ->
  [/\ sorted ltn s, size s = T & all (gtn M) s].
Proof.
rewrite /subset; case E: sample => [s'|] //= [<-].
have [un sz al] := sample_valid E isT isT.
rewrite size_sort all_sort sz; split=> //.
by rewrite ltn_sorted_uniq_leq sort_uniq un sort_sorted //; exact: leq_total.
Qed.

End Sampler.

(* Uniformity by symmetry: renaming the M instances by a permutation renames
   the draws one to one, and the sampler commutes with renaming. *)
Section Uniform.

Variables (M T P W : nat).
Hypothesis MP : M <= P.
Hypothesis PW : P %| W.
Hypothesis P_gt0 : 0 < P.

Definition rename (pi : {perm 'I_M}) (v : nat) : nat :=
  if insub v is Some i then val (pi i) else v.

Lemma rename_ord pi (i : 'I_M) : rename pi i = pi i.
Proof. by rewrite /rename valK. Qed.

Lemma rename_lt pi v : (rename pi v < M) = (v < M).
Proof.
rewrite /rename; case: insubP => [i -> _|]; first by rewrite ltn_ord.
by move/negPf->.
Qed.

Lemma renameK pi : cancel (rename pi) (rename pi^-1).
Proof.
move=> v; case: (ltnP v M) => [lt|ge].
  by rewrite -[v]/(val (Ordinal lt)) !rename_ord permK.
by rewrite /rename !(insubN, insubF) // -?leqNgt // insubF // ltnNge ge.
Qed.

Lemma rename_inj pi : injective (rename pi).
Proof. exact: can_inj (renameK pi). Qed.

Lemma rename_below pi v : v < P -> rename pi v < P.
Proof.
move=> vP; case: (ltnP v M) => [lt|ge].
  by rewrite (leq_trans _ MP) // rename_lt.
by rewrite /rename insubF // ltnNge ge.
Qed.

(* The renaming of a whole draw: its low bits are renamed. *)
Definition rename_draw pi d := d %/ P * P + rename pi (d %% P).

Lemma rename_draw_mod pi d : rename_draw pi d %% P = rename pi (d %% P).
Proof. by rewrite modnMDl modn_small // rename_below // ltn_mod. Qed.

Lemma rename_draw_div pi d : rename_draw pi d %/ P = d %/ P.
Proof.
rewrite /rename_draw divnMDl // [X in _ + X]divn_small ?addn0 //.
by rewrite rename_below // ltn_mod.
Qed.

Lemma rename_drawK pi : cancel (rename_draw pi) (rename_draw pi^-1).
Proof.
move=> d; rewrite {1}/rename_draw rename_draw_mod rename_draw_div renameK.
by rewrite -divn_eq.
Qed.

Lemma rename_draw_lt pi d : d < W -> rename_draw pi d < W.
Proof.
case/dvdnP: PW => q ->; rewrite -!(ltn_divLR _ _ P_gt0).
by rewrite rename_draw_div.
Qed.

Lemma sample_rename pi acc ds :
  sample M T P (map (rename pi) acc) (map (rename_draw pi) ds) =
  omap (map (rename pi)) (sample M T P acc ds).
Proof.
elim: ds acc => [|d ds IH] acc /=; rewrite size_map; case: eqP => //=.
- by rewrite map_rev.
- by rewrite map_rev.
move=> _; rewrite rename_draw_mod leqNgt rename_lt -leqNgt.
rewrite (mem_map (@rename_inj pi)) -IH.
by case: ifP.
Qed.

Variable n : nat.   (* how many draws are read from the stream, any number *)

Definition rename_draw_ord pi (d : 'I_W) : 'I_W :=
  Ordinal (rename_draw_lt pi (ltn_ord d)).

Definition rename_tuple pi (ds : n.-tuple 'I_W) : n.-tuple 'I_W :=
  [tuple of map (rename_draw_ord pi) ds].

Lemma rename_tuple_inj pi : injective (rename_tuple pi).
Proof.
apply: (@can_inj _ _ _ (rename_tuple pi^-1)) => ds; apply: val_inj => /=.
rewrite -map_comp map_id_in // => d _; apply: val_inj => /=.
exact: rename_drawK.
Qed.

Lemma val_rename pi ds :
  map val (rename_tuple pi ds) = map (rename_draw pi) (map val ds).
Proof. by rewrite -!map_comp; apply: eq_map. Qed.

(* Draw sequences of length n on which the sampler chooses s, in order. *)
Definition choosing (s : seq nat) :=
  [set ds : n.-tuple 'I_W | sample M T P [::] (map val ds) == Some s].

Lemma choosing_rename pi s : #|choosing s| <= #|choosing (map (rename pi) s)|.
Proof.
rewrite -(card_imset _ (@rename_tuple_inj pi)).
apply/subset_leq_card/subsetP => ds' /imsetP [ds]; rewrite !inE => /eqP E ->.
by rewrite val_rename (sample_rename pi [::]) E.
Qed.

Lemma lift_ord (s : seq nat) : all (gtn M) s -> exists s' : seq 'I_M, s = map val s'.
Proof.
elim: s => [|v s IH] /=; first by exists [::].
by case/andP=> lt /IH [s' ->]; exists (Ordinal lt :: s').
Qed.

(* Two sequences of T distinct instances are renamings of each other. *)
Lemma rename_transitive (s s' : seq nat) :
  uniq s -> uniq s' -> size s = size s' -> all (gtn M) s -> all (gtn M) s' ->
  exists pi, map (rename pi) s = s'.
Proof.
move=> un un' sz /lift_ord [r Er] /lift_ord [r' Er']; subst s s'.
rewrite (map_inj_uniq val_inj) in un; rewrite (map_inj_uniq val_inj) in un'.
rewrite !size_map in sz.
suff [pi E] : exists pi : {perm 'I_M}, map pi r = r'.
  exists pi; rewrite -E -!map_comp; apply: eq_map => i /=; exact: rename_ord.
pose full (q : seq 'I_M) := q ++ filter (predC (mem q)) (enum 'I_M).
have full_uniq q : uniq q -> uniq (full q).
  move=> unq; rewrite cat_uniq unq filter_uniq ?enum_uniq // andbT /=.
  by apply/hasPn => i; rewrite mem_filter => /andP[].
have full_mem q i : i \in full q.
  by rewrite mem_cat mem_filter mem_enum andbT /=; case: (i \in q).
have full_size q : uniq q -> size (full q) = M.
  move=> unq; rewrite -[RHS]card_ord -(card_uniqP (full_uniq q unq)).
  by apply: eq_card => i; rewrite full_mem.
pose f i := nth i (full r') (index i (full r)).
have f_inj : injective f.
  move=> i j; rewrite /f => /eqP.
  have lt k : index k (full r) < size (full r').
    suff <- : size (full r) = size (full r') by rewrite index_mem.
    exact: etrans (full_size r un) (esym (full_size r' un')).
  rewrite (set_nth_default i j) // nth_uniq ?full_uniq // => /eqP E.
  by rewrite -(nth_index i (full_mem r i)) E nth_index.
exists (perm f_inj); have [r0|i0] : ((r = [::]) + 'I_M)%type by case: (r) => [|i q]; [left|right].
  by move: sz; rewrite r0 /=; case: (r').
apply: (@eq_from_nth _ i0) => [|k]; rewrite size_map // => kr.
rewrite (nth_map i0) // permE /f index_cat mem_nth // index_uniq //.
by rewrite nth_cat -sz kr; apply: set_nth_default; rewrite -sz.
Qed.

(* Headline 9b: all ordered choices of T distinct instances come from equally
   many draw sequences, for every number n of draws. *)
Theorem sample_uniform s s' :
  uniq s -> size s = T -> all (gtn M) s ->
  uniq s' -> size s' = T -> all (gtn M) s' ->
  #|choosing s| = #|choosing s'|.
Proof.
move=> us zs ms us' zs' ms'.
have [pi <-] := rename_transitive us us' (etrans zs (esym zs')) ms ms'.
apply/eqP; rewrite eqn_leq choosing_rename /=.
rewrite -[X in _ <= #|choosing X|]map_id.
have -> : map id s = map (rename pi^-1) (map (rename pi) s).
  by rewrite -map_comp; apply: eq_map => v /=; rewrite renameK.
exact: choosing_rename.
Qed.

(* Draw sequences on which the kept set is K (any ascending T-subset). *)
Definition keeping (K : seq nat) :=
  [set ds : n.-tuple 'I_W | subset M T P (map val ds) == Some K].

Lemma keeping_rename pi K K' : sorted ltn K -> perm_eq K' (map (rename pi) K) ->
  sorted ltn K' -> #|keeping K| <= #|keeping K'|.
Proof.
move=> sK pK sK'; rewrite -(card_imset _ (@rename_tuple_inj pi)).
apply/subset_leq_card/subsetP => ds' /imsetP [ds]; rewrite !inE => /eqP E ->.
move: E; rewrite /subset val_rename (sample_rename pi [::]).
case: sample => [q|] //= [E]; apply/eqP; congr Some.
apply: (irr_sorted_eq ltn_trans ltnn) => //.
  rewrite ltn_sorted_uniq_leq sort_uniq (map_inj_uniq (@rename_inj pi)).
  rewrite sort_sorted ?andbT; last exact: leq_total.
  by move: sK; rewrite -E ltn_sorted_uniq_leq sort_uniq => /andP[].
by move=> v; rewrite mem_sort (perm_mem pK) -E; apply: eq_mem_map => u; rewrite mem_sort.
Qed.

(* Headline 9b for sets: all T-subsets come from equally many draw
   sequences; given that n draws suffice, the kept set is uniform. *)
Theorem subset_uniform K K' :
  sorted ltn K -> size K = T -> all (gtn M) K ->
  sorted ltn K' -> size K' = T -> all (gtn M) K' ->
  #|keeping K| = #|keeping K'|.
Proof.
have H K1 K2 : sorted ltn K1 -> size K1 = T -> all (gtn M) K1 ->
  sorted ltn K2 -> size K2 = T -> all (gtn M) K2 -> #|keeping K1| <= #|keeping K2|.
  move=> s1 z1 m1 s2 z2 m2.
  have u1 : uniq K1 by move: s1; rewrite ltn_sorted_uniq_leq => /andP[].
  have u2 : uniq K2 by move: s2; rewrite ltn_sorted_uniq_leq => /andP[].
  have [pi E] := rename_transitive u1 u2 (etrans z1 (esym z2)) m1 m2.
  by apply: (@keeping_rename pi) => //; rewrite E.
by move=> s1 z1 m1 s2 z2 m2; apply/eqP; rewrite eqn_leq !H.
Qed.

(* The common number is not zero as soon as n >= T: every subset occurs. *)
Lemma sample_greedy acc s rest : size acc + size s = T ->
  uniq (rev acc ++ s) -> all (gtn M) s ->
  sample M T P acc (s ++ rest) = Some (rev acc ++ s).
Proof.
elim: s acc => [|v s IH] acc /=.
  by rewrite addn0 cats0 => szT _ _; case: rest => /= *; rewrite szT eqxx.
rewrite addnS => szT un /andP[lt al]; rewrite modn_small ?(leq_trans lt) //.
have -> : (size acc == T) = false by rewrite -szT eqn_leq ltnNge leq_addr andbF.
have -> : v \in acc = false.
  move: un; rewrite cat_uniq => /and3P[_ /norP[vn _] _].
  by apply/negbTE; rewrite -mem_rev.
by rewrite leqNgt lt /= IH ?rev_cons ?cat_rcons.
Qed.

Theorem subset_reachable K : 0 < W -> T <= n ->
  sorted ltn K -> size K = T -> all (gtn M) K -> 0 < #|keeping K|.
Proof.
move=> W0 Tn sK zK mK; apply/card_gt0P.
pose draw v : 'I_W := if insub v is Some d then d else Ordinal W0.
have sz : size (map draw (K ++ nseq (n - T) 0)) == n.
  by rewrite size_map size_cat size_nseq zK subnKC.
exists (Tuple sz); rewrite inE /= -map_comp map_cat /subset.
have -> : map (val \o draw) K = K.
  rewrite map_id_in // => v vK /=; rewrite /draw insubT //.
  by rewrite (leq_trans (allP mK v vK)) // (leq_trans MP) // dvdn_leq.
rewrite -[[::]]/(rev [::]) sample_greedy //=; last first.
  by move: sK; rewrite ltn_sorted_uniq_leq => /andP[].
apply/eqP; congr Some; apply: sorted_sort; first exact: leq_trans.
by move: sK; rewrite ltn_sorted_uniq_leq => /andP[].
Qed.

End Uniform.

(* The premise on the mask; for the sets of spec §6.1 k is at most 16 (sets.v). *)
Lemma mask_divides k : k <= 16 -> 2 ^ k %| 2 ^ 16.
Proof. exact: dvdn_exp2l. Qed.
