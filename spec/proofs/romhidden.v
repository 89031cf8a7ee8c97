(* The random oracle model, what somebody hides: an honest party asks the oracle
   at points that its own answers determine, and shows some of what it learns.
   Another oracle, with other answers at the points that are not shown, is the
   same to an adversary until it asks such a point; and how rarely it does, if
   that takes a value that nothing shows, by counting.                        *)
From mathcomp Require Import all_ssreflect.
From Relight Require Import rom.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* An adversary sees of two oracles only what it asks. *)
Section Agree.
Variables (In Out : finType) (A : Type).

Lemma run_agree (O O' : {ffun In -> Out}) (t : tree In Out A) :
  (forall x, x \in trace O t -> O' x = O x) -> run O' t = run O t.
Proof.
elim: t => //= x next IH E; rewrite E ?mem_head // IH // => x' x't; apply: E.
by rewrite inE x't orbT.
Qed.

Lemma size_trace Q (O : {ffun In -> Out}) (t : tree In Out A) : at_most predT Q t -> size (trace O t) <= Q.
Proof. exact: at_most_trace. Qed.
End Agree.

Section Hidden.

Variables (In Out Slot : finType) (View : Type).
Local Notation oracle := {ffun In -> Out}.
Local Notation coins := {ffun Slot -> Out}.
Implicit Types (O : oracle) (F : coins) (s : Slot).

(* The honest party's answers F, one for each place in its program; the input it
   asks there, if it is an input at all (or else the answer is a coin); and what
   it shows.  All by its answers alone. *)
Variables (point : coins -> Slot -> option In) (view : coins -> View).
Hypothesis point_inj : forall F s s' x, point F s = Some x -> point F s' = Some x -> s = s'.

(* The oracle with the answers of F at the points in sel; and the answers that
   were there. *)
Definition program (sel : pred Slot) O F : oracle := [ffun x =>
  if [pick s | sel s && (point F s == Some x)] is Some s then F s else O x].
Definition old O F : coins := [ffun s => if point F s is Some x then O x else F s].

Lemma program_at (sel : pred Slot) O F s x : sel s -> point F s = Some x -> program sel O F x = F s.
Proof.
move=> ss Ex; rewrite ffunE; case: pickP => [s' /andP[_ /eqP Ex']|/(_ s)]; last by rewrite ss Ex eqxx.
by rewrite (point_inj Ex Ex').
Qed.

Lemma program_off (sel : pred Slot) O F x : (forall s, sel s -> point F s <> Some x) -> program sel O F x = O x.
Proof. by move=> n; rewrite ffunE; case: pickP => // s /andP[ss /eqP]; move/(n s ss). Qed.

(* The party's program, on an oracle and its coins: it shows what it shows with
   the answers that it gets. *)
Variables (answers : oracle -> coins -> coins) (real : oracle -> coins -> View).
Hypothesis answers_program : forall O F, answers (program predT O F) (old O F) = F.
Hypothesis real_program : forall O F, real (program predT O F) (old O F) = view F.

Lemma program_inj : injective (fun W : oracle * coins => (program predT W.1 W.2, old W.1 W.2)).
Proof.
move=> [O F] [O' F'] /= [EO EF]; have E : F = F' by rewrite -(answers_program O F) EO EF answers_program.
congr (_, _) => //; apply/ffunP => x; move: EO EF; rewrite -{}E {F'} => /ffunP/(_ x) EO /ffunP EF.
case: (pickP (fun s => point F s == Some x)) => [s /eqP Ex|n].
  by have := EF s; rewrite !ffunE Ex.
by move: EO; rewrite !program_off // => s _ /eqP; rewrite n.
Qed.

(* To draw the oracle and then run the party is to draw its answers, and the rest. *)
Lemma lazily (p : oracle -> View -> bool) :
  #|[set W : oracle * coins | p W.1 (real W.1 W.2)]| =
  #|[set W : oracle * coins | p (program predT W.1 W.2) (view W.2)]|.
Proof.
rewrite -!sum1_card [LHS](reindex_inj program_inj) /=; apply: eq_bigl => W.
by rewrite !inE real_program.
Qed.

(* ---- identical until bad ---- *)
Variables (A : Type) (shown : coins -> pred Slot) (t : View -> tree In Out A) (test : pred A).

(* The oracle that has the party's answers only where they are shown. *)
Definition ideal O F : oracle := program (shown F) O F.
Definition secret F x : bool := [exists s, ~~ shown F s && (point F s == Some x)].
Definition bad (W : oracle * coins) : bool := has (secret W.2) (trace (ideal W.1 W.2) (t (view W.2))).

Lemma same_until_bad W : ~~ bad W ->
  run (program predT W.1 W.2) (t (view W.2)) = run (ideal W.1 W.2) (t (view W.2)).
Proof.
move=> /hasPn nb; apply: run_agree => x /nb ns; rewrite !ffunE; case: pickP => [s /andP[_ Ex]|n].
  case: pickP => [s' /andP[_ /eqP Ex']|/(_ s)]; first by rewrite (point_inj (eqP Ex) Ex').
  rewrite Ex andbT => sh; case/negP: ns; apply/existsP; exists s.
  by rewrite Ex sh.
by case: pickP => // s /andP[_ Ex]; have := n s; rewrite Ex.
Qed.

Definition real_wins := [set W : oracle * coins | test (run W.1 (t (real W.1 W.2)))].
Definition ideal_wins := [set W : oracle * coins | test (run (ideal W.1 W.2) (t (view W.2)))].
Definition bads := [set W : oracle * coins | bad W].

Theorem identical_until_bad : #|real_wins| <= #|ideal_wins :|: bads| /\ #|ideal_wins :\: bads| <= #|real_wins|.
Proof.
rewrite /real_wins (lazily (fun O v => test (run O (t v)))).
split; apply/subset_leq_card/subsetP => W; rewrite !inE;
  case: (boolP (bad W)) => [|/same_until_bad ->]; by rewrite ?orbT // orbF.
Qed.

End Hidden.

(* ---- how rarely a value that nothing shows is guessed ---- *)
Section Guess.

Variables (In Out Slot : finType) (Key : Type).
Local Notation coins := {ffun Slot -> Out}.
Implicit Types (F : coins) (s : Slot).

(* The queries, by the answers; the answers they do not depend on; which one a
   query is a guess of, and as what; and what fits a guess. *)
Variables (queries : coins -> seq In) (hidden : coins -> {set Slot}).
Variables (guess : In -> option (Slot * Key)) (fits : Slot -> Key -> pred Out) (names : nat).
Definition put F s y : coins := [ffun s' => if s' == s then y else F s'].
Hypothesis queries_put : forall F s y, s \in hidden F -> queries (put F s y) = queries F.
Hypothesis hidden_put : forall F s y, s \in hidden F -> hidden (put F s y) = hidden F.
Hypothesis fits_share : forall s k, #|[set y | fits s k y]| * names <= #|Out|.

Definition guessed F x : bool :=
  if guess x is Some (s, k) then (s \in hidden F) && fits s k (F s) else false.

(* What query number j is a guess of. *)
Definition target j F : option (Slot * Key) :=
  if ohead (drop j (queries F)) is Some x then
    if guess x is Some (s, k) then if s \in hidden F then Some (s, k) else None else None
  else None.
Definition lucky j F : bool := if target j F is Some (s, k) then fits s k (F s) else false.

Lemma target_put j F s k y : target j F = Some (s, k) -> target j (put F s y) = target j F.
Proof.
rewrite /target; case E: (ohead _) => [x|] //; case Eg: (guess x) => [[s' k']|] //.
by case: ifP => // sh [<- _]; rewrite queries_put // E Eg hidden_put // sh.
Qed.

(* Exchange the guessed answer with another. *)
Definition exchange j (W : coins * Out) : coins * Out :=
  if target j W.1 is Some (s, _) then (put W.1 s W.2, W.1 s) else W.

Lemma exchangeK j : involutive (exchange j).
Proof.
move=> [F y]; rewrite /exchange /=; case E: (target j F) => [[s k]|] /=; last by rewrite E.
rewrite (target_put _ E) E /=; congr (_, _); last by rewrite ffunE eqxx.
by apply/ffunP => s'; rewrite !ffunE; case: eqP => // ->.
Qed.

Lemma lucky_share j : #|[set F | lucky j F]| * names <= #|{: coins}|.
Proof.
have [y0 _|none] := pickP (fun _ : Out => true); last first.
  rewrite (_ : finset _ = set0) ?cards0 //; apply/setP => F; rewrite !inE /lucky.
  by case: target => [[s k]|] //; have := none (F s).
have out0 : 0 < #|Out| by apply/card_gt0P; exists y0.
rewrite -(leq_pmul2r out0) mulnAC -cardsT -cardsX.
have -> : #|setX [set F | lucky j F] [set: Out]| = #|[set W : coins * Out | lucky j (exchange j W).1]|.
  rewrite -!sum1_card (reindex_inj (inv_inj (exchangeK j))) /=.
  by apply: eq_bigl => W; rewrite !inE andbT.
have -> : #|[set W : coins * Out | lucky j (exchange j W).1]| = \sum_F #|[set y | lucky j (exchange j (F, y)).1]|.
  rewrite -sum1_card (partition_big (fun W : coins * Out => W.1) predT) //=; apply: eq_bigr => F _.
  rewrite -sum1_card (reindex_onto (fun y => (F, y)) snd) /=; last by case=> F' y /andP[_ /eqP /= ->].
  by apply: eq_bigl => y; rewrite !inE /= !eqxx !andbT.
rewrite big_distrl /= -[#|{: coins}|]sum1_card big_distrl /=; apply: leq_sum => F _; rewrite mul1n.
rewrite /exchange /=; case E: (target j F) => [[s k]|] /=; last by apply: none_share => y; rewrite inE /lucky E.
rewrite cardsT; apply: within_share (fits_share s k) => y; rewrite !inE /lucky (target_put _ E) E.
by rewrite ffunE eqxx.
Qed.

Theorem guess_share Q : (forall F, size (queries F) <= Q) ->
  #|[set F | has (guessed F) (queries F)]| * names <= Q * #|{: coins}|.
Proof.
move=> few; apply: (within_share (Y := \bigcup_(j in [set: 'I_Q]) [set F | lucky j F])).
- move=> F; rewrite inE => /hasP[x xq hx]; have lt : index x (queries F) < Q.
    by apply: leq_trans (few F); rewrite index_mem.
  apply/bigcupP; exists (Ordinal lt); rewrite !inE //= /lucky /target.
  rewrite (drop_nth x) ?index_mem //= nth_index //; move: hx; rewrite /guessed.
  by case: (guess x) => [[s k]|] // /andP[->].
by apply: union_share => [|j _]; [rewrite cardsT card_ord | apply: lucky_share].
Qed.

End Guess.
