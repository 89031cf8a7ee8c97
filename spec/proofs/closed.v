(* Closing with the quorum of spec §9.4: what holds with fewer than a third of
   liars, what two liars of four break, and when a ceremony has failed.       *)
From mathcomp Require Import all_ssreflect zify.
From Relight Require Import quorum closing.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* ---- the quorum of spec §9.4 ---- *)

Section Quorum.

Variables (n t : nat) (V P : eqType) (liar : pred 'I_n).
Hypothesis honest_majority : 3 * #|liar| < n.
Let q := closing_quorum n t.

Lemma quorum_supermajority : supermajority n <= q.
Proof. exact: leq_maxl. Qed.

Lemma quorum_fork : #|liar| + n < 2 * q.
Proof.
have := supermajority_above n; have := quorum_supermajority; move: honest_majority.
move: #|liar| => l; lia.
Qed.

(* Headline 13d: so with fewer than a third of liars one value at most is closed, *)
Theorem agreement_third (s : state n V P) p p' v v' : reachable q liar s ->
  finished s p = Some v -> finished s p' = Some v' -> v = v'.
Proof. exact: agreement quorum_fork. Qed.

(* by at least t recipients, of which more than a third of all are honest; *)
Theorem closed_threshold (s : state n V P) p v : reachable q liar s -> finished s p = Some v ->
  exists A : {set 'I_n}, [/\ t <= #|A|, n < 3 * #|[set i in A | ~~ liar i]|
    & {in A, forall i, (i, v) \in signed s}].
Proof.
move=> rs /(closed_quorum rs)[A [le sub honest _]]; exists A; split=> //.
  exact: leq_trans (leq_maxr _ _) le.
move: honest; have := supermajority_above n; have := quorum_supermajority.
move: honest_majority; move: #|liar| #|[set i in A | ~~ liar i]| => l a; lia.
Qed.

(* and the honest are enough to close, if they can use the sharing at all. *)
Theorem honest_enough : t <= n - #|liar| -> q <= n - #|liar|.
Proof. by rewrite geq_max => ->; rewrite supermajority_available. Qed.

End Quorum.

Section Failing.

Variables (n : nat) (V P : eqType) (q : nat) (liar : pred 'I_n).
Notation state := (state n V P).
Notation run := (run q liar).

(* What a party counts: of each recipient the first confirmation that it saw. *)
Definition first (l : seq ('I_n * V)) (i : 'I_n) : option V := ohead [seq m.2 | m <- l & m.1 == i].
Definition alike (s : state) (p : P) (v : V) := #|[pred i | first (seen s p) i == Some v]|.
Definition silent (s : state) (p : P) := #|[pred i | first (seen s p) i == None]|.

Lemma firstP l i v : first l i = Some v -> (i, v) \in l.
Proof.
rewrite /first; case E: [seq m.2 | m <- l & m.1 == i] => [|w r] //= [<-].
have /mapP[[j u] + ->] : w \in [seq m.2 | m <- l & m.1 == i] by rewrite E mem_head.
by rewrite mem_filter => /andP[/eqP/= ->].
Qed.

(* Headline 13e: if no value could reach q even with all silent recipients and all
   liars added, no party ever finishes. *)
Theorem failed_for_good s p acts s' p' v : reachable q liar s ->
  (forall w, alike s p w + silent s p + #|liar| < q) ->
  run s acts = Some s' -> finished s' p' <> Some v.
Proof.
move=> rs few R F; have [hon del _] := closing_invariant rs.
have [hon' _ fin] : invariant q liar s'.
  by case: rs => a Ra; apply: closing_invariant; exists (a ++ acts); rewrite run_cat Ra.
have := leq_trans (few v) (fin _ _ F); rewrite ltnNge => /negP; apply.
have card3 (A B C D : pred 'I_n) : {subset D <= [predU [predU A & B] & C]} -> #|D| <= #|A| + #|B| + #|C|.
  move/subsetP/subset_leq_card/leq_trans; apply.
  have sub2 (X Y : pred 'I_n) : #|[predU X & Y]| <= #|X| + #|Y| by rewrite -cardUI leq_addr.
  exact: leq_trans (sub2 _ _) (leq_add (sub2 _ _) (leqnn _)).
apply: card3 => i; rewrite !inE => iv; have [_|hi] := boolP (i \in liar); first by rewrite orbT.
rewrite orbF; case E: (first (seen s p) i) => [w|]; last by rewrite orbT.
have := stored_kept R (hon _ _ hi (del _ _ (firstP E))).
by rewrite (hon' _ _ hi iv) => -[->]; rewrite eqxx.
Qed.

End Failing.

(* ---- the bound is exact ---- *)

Section Exact.

Variables (n : nat) (V P : eqType) (q : nat) (liar : pred 'I_n).
Notation state := (state n V P).
Notation run := (run q liar).

(* A party can be given a confirmation by each recipient of a list, if the honest
   ones have confirmed nothing else. *)
Lemma gather p v (l : seq 'I_n) (s : state) :
  {in l, forall i, ~~ liar i -> stored s i = None \/ stored s i = Some v} ->
  exists acts s', [/\ run s acts = Some s', forall p, finished s' p = finished s p,
    forall i, i \notin l -> stored s' i = stored s i
    & {subset [seq (i, v) | i <- l] ++ seen s p <= seen s' p}].
Proof.
elim: l s => [|i l IH] s free; first by exists [::], s; split.
have [acts [s1 [R fin old say]]] : exists acts s1, [/\ run s acts = Some s1, forall p, finished s1 p = finished s p,
    forall j, stored s1 j = stored s j \/ j = i /\ stored s1 i = Some v
    & (i, v) \in seen s1 p /\ {subset seen s p <= seen s1 p}].
  case: s free => st sg se fi /= free.
  have grow : {subset se p <= rcons (se p) (i, v)} by move=> m m_in; rewrite mem_rcons inE m_in orbT.
  have [li|hi] := boolP (liar i).
    exists [:: Lie _ i v; Deliver p (i, v)], (State st (rcons sg (i, v)) (update se p (rcons (se p) (i, v))) fi).
    by split; rewrite /= ?li /= ?updateE ?eqxx ?mem_rcons ?mem_head; try by [|move=> j; left|split].
  have [E|E] := free i (mem_head _ _) hi.
    exists [:: Store _ i v; Send _ _ i; Deliver p (i, v)].
    exists (State (update st i (Some v)) (rcons sg (i, v)) (update se p (rcons (se p) (i, v))) fi).
    split; rewrite /= ?E /= ?updateE ?eqxx /= ?mem_rcons ?mem_head; try by [|split].
    by move=> j; rewrite updateE; case: eqP => [->|_]; [right|left].
  exists [:: Send _ _ i; Deliver p (i, v)], (State st (rcons sg (i, v)) (update se p (rcons (se p) (i, v))) fi).
  by split; rewrite /= ?E /= ?updateE ?eqxx ?mem_rcons ?mem_head; try by [|move=> j; left|split].
have free1 : {in l, forall j, ~~ liar j -> stored s1 j = None \/ stored s1 j = Some v}.
  move=> j jl hj; have := free j; rewrite inE jl orbT => /(_ isT hj).
  by case: (old j) => [->|[-> ->]] //; right.
have [acts' [s' [R' fin' old' sub]]] := IH s1 free1.
exists (acts ++ acts'), s'; split.
- by rewrite run_cat R.
- by move=> p1; rewrite fin'.
- move=> j; rewrite inE negb_or => /andP[ji /old' ->].
  by case: (old j) => // -[E]; rewrite E eqxx in ji.
move=> m; rewrite inE => /orP[/eqP ->|]; first by apply: sub; rewrite mem_cat say.1 orbT.
by rewrite mem_cat => /orP[m_in|/say.2 m_in]; apply: sub; rewrite mem_cat m_in ?orbT.
Qed.

(* Headline 13f: 2q - n liars are enough, for any q up to n: each half of the
   honest recipients and the liars close a value of their own. *)
Theorem fork_exact p p' (v v' : V) : p != p' -> q <= n -> 2 * q - n <= #|liar| ->
  exists s : state, [/\ reachable q liar s, finished s p = Some v & finished s p' = Some v'].
Proof.
move=> pp qn enough; pose honest := enum [predC liar]; pose k := q - #|liar|.
have total : size honest + #|liar| = n by rewrite -cardE addnC cardC card_ord.
have many w (l : seq 'I_n) (m : seq ('I_n * V)) : uniq l -> {in l, forall i, ~~ liar i} ->
    {subset [seq (i, w) | i <- l ++ enum liar] <= m} -> size l + #|liar| <= size (signers w m).
  move=> ul hl sub; rewrite cardE -size_cat uniq_leq_size // => [|i il].
    rewrite cat_uniq ul enum_uniq andbT /=; apply/hasPn => i.
    by rewrite mem_enum => li; apply/negP => /hl; rewrite -[liar i]/(i \in liar) li.
  by rewrite signersP sub ?map_f.
have uh : uniq honest := enum_uniq _.
have hon (l : seq 'I_n) : {subset l <= honest} -> {in l, forall i, ~~ liar i}.
  by move=> sub i /sub; rewrite mem_enum.
have hA : {in take k honest, forall i, ~~ liar i} by apply: hon => i; apply: mem_take.
have hB : {in drop k honest, forall i, ~~ liar i} by apply: hon => i; apply: mem_drop.
have [//|acts [s [R fin old sub]]] := @gather p v (take k honest ++ enum liar) start; first by move=> *; left.
have none : {in drop k honest ++ enum liar, forall i, ~~ liar i -> stored s i = None \/ stored s i = Some v'}.
  move=> i; rewrite mem_cat => /orP[iB hi|]; last by rewrite mem_enum => li; rewrite -[liar i]/(i \in liar) li.
  left; rewrite old // mem_cat negb_or mem_enum hi andbT; apply/negP => iA.
  by move: uh; rewrite -(cat_take_drop k honest) cat_uniq => /and3P[_ /hasPn/(_ _ iB)/negP[]].
have enoughA : q <= size (signers v (seen s p)).
  apply: leq_trans (many v _ _ (take_uniq k uh) hA _); last by move=> m mA; apply: sub; rewrite mem_cat mA.
  by rewrite size_takel /k; move: total qn; move: (size honest) #|liar| => a b; lia.
case: s R fin old sub none enoughA => st sg se fi /= R fin _ _ none enoughA.
set s1 := State st sg se (update fi p (Some v)).
have R1 : run start (acts ++ [:: Finish _ p v]) = Some s1 by rewrite run_cat R /= fin eqxx enoughA.
have [//|acts' [s' [R' fin' _ sub']]] := @gather p' v' (drop k honest ++ enum liar) s1.
have enoughB : q <= size (signers v' (seen s' p')).
  apply: leq_trans (many v' _ _ (drop_uniq k uh) hB _); last by move=> m mB; apply: sub'; rewrite mem_cat mB.
  by rewrite size_drop /k; move: total qn enough; move: (size honest) #|liar| => a b; lia.
case: s' R' fin' sub' enoughB => st' sg' se' fi' /= R' fin' _ enoughB.
exists (State st' sg' se' (update fi' p' (Some v'))); split=> /=.
- exists ((acts ++ [:: Finish _ p v]) ++ acts' ++ [:: Finish _ p' v']).
  have p'p : (p' == p) = false by rewrite eq_sym (negPf pp).
  by rewrite run_cat R1 run_cat R' /= fin' /= updateE p'p fin enoughB.
- by rewrite updateE (negPf pp) fin' /= updateE eqxx.
- by rewrite updateE eqxx.
Qed.

End Exact.

(* ---- runs with four recipients and a quorum of three ---- *)

Section Runs.

(* Values and parties are the booleans. *)
Notation action := (action 4 bool_eqType bool_eqType).
Notation state := (state 4 bool_eqType bool_eqType).
Notation recipient i := (@Ordinal 4 i isT).

Definition confirm i v : seq action := [:: Store _ i v; Send _ _ i].
Definition deliver (p v : bool) (l : seq 'I_4) : seq action :=
  [seq Deliver (p : bool_eqType) (i, v : bool_eqType) | i <- l].

Lemma count_four (A : pred 'I_4) :
  #|A| = A (recipient 0) + A (recipient 1) + A (recipient 2) + A (recipient 3).
Proof.
rewrite cardE /enum_mem -enumT size_filter.
have -> : enum 'I_4 = [:: recipient 0; recipient 1; recipient 2; recipient 3].
  by apply: (inj_map val_inj); rewrite val_enum_ord.
by rewrite /= addn0 !addnA.
Qed.

Definition last_two : pred 'I_4 := fun i => 1 < i.
Definition fork : seq action :=
  confirm (recipient 0) true ++ confirm (recipient 1) false ++
  [:: Lie _ (recipient 2) true; Lie _ (recipient 2) false; Lie _ (recipient 3) true; Lie _ (recipient 3) false] ++
  deliver true true [:: recipient 0; recipient 2; recipient 3] ++
  deliver false false [:: recipient 1; recipient 2; recipient 3] ++
  [:: Finish _ true true; Finish _ false false].

(* Headline 13g: two liars, and two parties finish with two values. *)
Theorem two_liars_fork : closing_quorum 4 3 = 3 /\ #|last_two| = 2 /\
  exists s : state, [/\ reachable 3 last_two s, finished s true = Some true & finished s false = Some false].
Proof.
split=> //; split; first exact: count_four.
exists (odflt start (run 3 last_two start fork)).
by split; first by exists fork; vm_compute.
Qed.

Definition last_one : pred 'I_4 := fun i => 2 < i.
Definition late : seq action :=
  confirm (recipient 0) true ++ confirm (recipient 1) true ++ confirm (recipient 2) false ++
  [:: Lie _ (recipient 3) false; Lie _ (recipient 3) true] ++
  deliver false true [:: recipient 0; recipient 1] ++ deliver false false [:: recipient 2; recipient 3] ++
  deliver true true [:: recipient 0; recipient 1; recipient 3] ++ [:: Finish _ true true].

(* Headline 13h: counting each liar once is no proof: one liar, a party to which
   no value can reach the quorum any more, and another that has finished. *)
Theorem failed_yet_closed : #|last_one| = 1 /\
  exists s : state, [/\ reachable 3 last_one s, finished s true = Some true
    & forall w, alike s false w + silent s false < 3].
Proof.
split; first exact: count_four.
exists (odflt start (run 3 last_one start late)); split=> //; first by exists late; vm_compute.
by case; rewrite /alike /silent !count_four.
Qed.

End Runs.
