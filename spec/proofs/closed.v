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

(* Headline 13g: if no value could reach q even with all silent recipients and all
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

(* Headline 13e: two liars, and two parties finish with two values. *)
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
