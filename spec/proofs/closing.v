(* Closing a ceremony (spec §9.4), as an asynchronous system.  Recipients sign
   confirmations of values (a value: a set of dealings and its outcome); messages
   are delivered in any order, late, again or never; a party finishes with a value
   when it holds confirmations of it by q recipients.  Liars sign anything.   *)
From mathcomp Require Import all_ssreflect zify.
From Relight Require Import quorum.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* spec §9.4: of n recipients and a threshold t. *)
Definition closing_quorum (n t : nat) : nat := maxn (supermajority n) t.

Definition update (K : eqType) (A : Type) (f : K -> A) (k : K) (a : A) : K -> A :=
  fun x => if x == k then a else f x.

Lemma updateE (K : eqType) (A : Type) (f : K -> A) k a x :
  update f k a x = if x == k then a else f x.
Proof. by []. Qed.

Section Closing.

(* Parties are all who may hold a certificate, recipients or not. *)
Variables (n : nat) (V P : eqType) (q : nat) (liar : pred 'I_n).
Notation message := ('I_n * V)%type.

Record state := State {
  stored : 'I_n -> option V;            (* what a recipient has confirmed *)
  signed : seq message;                 (* all confirmations that were ever signed *)
  seen : P -> seq message;              (* what was delivered to a party, in order *)
  finished : P -> option V }.

Definition start : state := State (fun=> None) [::] (fun=> [::]) (fun=> None).

(* A recipient stores its confirmation, then sends it, once or often: between the
   two it may stop and start again. *)
Inductive action :=
  | Store of 'I_n & V | Send of 'I_n | Lie of 'I_n & V | Deliver of P & message | Finish of P & V.

(* The recipients that confirmed a value, each counted once. *)
Definition signers (v : V) (l : seq message) : seq 'I_n := undup [seq m.1 | m <- l & m.2 == v].

Definition perform (s : state) (a : action) : option state :=
  let: State st sg se fi := s in
  match a with
  | Store i v => if st i is None then Some (State (update st i (Some v)) sg se fi) else None
  | Send i => if st i is Some v then Some (State st (rcons sg (i, v)) se fi) else None
  | Lie i v => if liar i then Some (State st (rcons sg (i, v)) se fi) else None
  | Deliver p m => if m \in sg then Some (State st sg (update se p (rcons (se p) m)) fi) else None
  | Finish p v => if (fi p == None) && (q <= size (signers v (se p)))
                  then Some (State st sg se (update fi p (Some v))) else None
  end.

Fixpoint run (s : state) (acts : seq action) : option state :=
  if acts is a :: acts' then if perform s a is Some s' then run s' acts' else None else Some s.

Definition reachable (s : state) : Prop := exists acts, run start acts = Some s.

Lemma run_cat s acts acts' :
  run s (acts ++ acts') = if run s acts is Some s' then run s' acts' else None.
Proof. by elim: acts s => //= a acts IH s; case: perform. Qed.

Lemma run_rule (Q : state -> Prop) s acts s' :
  (forall s a s', Q s -> perform s a = Some s' -> Q s') -> Q s -> run s acts = Some s' -> Q s'.
Proof.
move=> keep; elim: acts s => [|a acts IH] s q0 /=; first by case=> <-.
by case E: perform => [s1|] //; apply: IH; apply: keep E.
Qed.

Lemma signersP v l i : (i \in signers v l) = ((i, v) \in l).
Proof.
rewrite mem_undup; apply/mapP/idP => [[[j w] + ->]|il].
  by rewrite mem_filter => /andP[/eqP/= -> ].
by exists (i, v); rewrite // mem_filter eqxx.
Qed.

Lemma size_signers v l : size (signers v l) = #|[pred i | (i, v) \in l]|.
Proof.
rewrite -(card_uniqP (undup_uniq _)); apply: eq_card => i.
by rewrite !inE -signersP.
Qed.

(* What never changes again. *)
Lemma perform_kept s a s' : perform s a = Some s' ->
  (forall i v, stored s i = Some v -> stored s' i = Some v) /\
  (forall p v, finished s p = Some v -> finished s' p = Some v).
Proof.
case: s a => st sg se fi [i v|i|i v|p m|p v] /=.
- by case E: (st i) => // -[<-]; split=> //= j w; rewrite updateE; case: eqP => // ->; rewrite E.
- by case: (st i) => // v -[<-].
- by case: ifP => // _ -[<-].
- by case: ifP => // _ -[<-].
- case: eqP => //= E; case: ifP => // _ -[<-]; split=> //= p' w.
  by rewrite updateE; case: eqP => // ->; rewrite E.
Qed.

Lemma stored_kept s acts s' i v : run s acts = Some s' -> stored s i = Some v -> stored s' i = Some v.
Proof.
move=> R S; apply: (run_rule (Q := fun s => stored s i = Some v)) R => // s1 a s2 S1.
by case/perform_kept => + _; apply.
Qed.

(* A party that has finished stays with its value. *)
Theorem finished_kept s acts s' p v :
  run s acts = Some s' -> finished s p = Some v -> finished s' p = Some v.
Proof.
move=> R S; apply: (run_rule (Q := fun s => finished s p = Some v)) R => // s1 a s2 S1.
by case/perform_kept => _; apply.
Qed.

(* The invariant. *)
Definition invariant (s : state) : Prop := [/\
  forall i v, ~~ liar i -> (i, v) \in signed s -> stored s i = Some v,
  forall p m, m \in seen s p -> m \in signed s
  & forall p v, finished s p = Some v -> q <= #|[pred i | (i, v) \in signed s]|].

Lemma invariant_perform s a s' : invariant s -> perform s a = Some s' -> invariant s'.
Proof.
have grow (sg : seq message) m v k : k <= #|[pred i | (i, v) \in sg]| ->
    k <= #|[pred i | (i, v) \in rcons sg m]|.
  move/leq_trans; apply; apply: subset_leq_card; apply/subsetP => i.
  by rewrite !inE mem_rcons inE orbC => ->.
have old (sg : seq message) m m' : m' \in sg -> m' \in rcons sg m.
  by rewrite mem_rcons inE orbC => ->.
case: s a => st sg se fi [i v|i|i v|p m|p v] [/= hon del fin] /=.
- case E: (st i) => // -[<-]; split=> //= j w hj /(hon _ _ hj).
  by rewrite updateE; case: eqP => // ->; rewrite E.
- case E: (st i) => [v|] // -[<-]; split=> /= [j w hj|p m /del /old ->|p w /fin le] //.
    by rewrite mem_rcons inE => /orP[/eqP[-> ->] //|]; apply: hon.
  exact: grow.
- case: ifP => // li -[<-]; split=> /= [j w hj|p m /del /old ->|p w /fin le] //.
    rewrite mem_rcons inE => /orP[/eqP[E _]|]; last exact: hon.
    by move: hj; rewrite E li.
  exact: grow.
- case: ifP => // sm -[<-]; split=> //= p' m'; rewrite updateE; case: eqP => _; last exact: del.
  by rewrite mem_rcons inE => /orP[/eqP ->|/del].
- case: ifP => // /andP[_ le] -[<-]; split=> //= p' w; rewrite updateE; case: eqP => _; last exact: fin.
  case=> <-; apply: leq_trans le _; rewrite size_signers; apply: subset_leq_card.
  by apply/subsetP => i; rewrite !inE; apply: del.
Qed.

Theorem closing_invariant s : reachable s -> invariant s.
Proof.
case=> acts; apply: (run_rule invariant_perform).
by split.
Qed.

(* Headline 13a: with fewer than 2q - n liars no two values are closed. *)
Theorem agreement s p p' v v' : #|liar| + n < 2 * q -> reachable s ->
  finished s p = Some v -> finished s p' = Some v' -> v = v'.
Proof.
move=> few /closing_invariant[hon _ fin] /fin le /fin le'.
set A := [pred i | (i, v) \in signed s] in le; set B := [pred i | (i, v') \in signed s] in le'.
have U : #|[predU A & B]| <= n by rewrite -[X in _ <= X]card_ord max_card.
have I := cardUI A B; have [sub|] := boolP ([predI A & B] \subset liar).
  have := subset_leq_card sub; move: U I le le' few; rewrite -/A -/B.
  by move: #|A| #|B| #|[predU A & B]| #|[predI A & B]| #|liar| => a b c d e; lia.
case/subsetPn => i; rewrite !inE => /andP[a b] hi.
by have := hon _ _ hi a; rewrite (hon _ _ hi b) => -[].
Qed.

(* Headline 13b: behind a value that is closed there are q recipients, and the
   honest ones of them have confirmed it and nothing else. *)
Theorem closed_quorum s p v : reachable s -> finished s p = Some v ->
  exists A : {set 'I_n}, [/\ q <= #|A|, {in A, forall i, (i, v) \in signed s},
    q - #|liar| <= #|[set i in A | ~~ liar i]|
    & {in A, forall i, ~~ liar i -> stored s i = Some v}].
Proof.
move=> /closing_invariant[hon _ fin] /fin le; exists [set i | (i, v) \in signed s].
have cA : #|[set i | (i, v) \in signed s]| = #|[pred i | (i, v) \in signed s]| by rewrite cardsE.
split; rewrite ?cA //; try by move=> i; rewrite inE.
  set B := [set i in _ | _]; rewrite leq_subLR; apply: leq_trans le _.
  rewrite -cA -(cardsE liar) addnC; apply: leq_trans (leq_card_setU _ _).
  apply: subset_leq_card; apply/subsetP => i; rewrite !inE => -> /=.
  by rewrite unfold_in; case: (liar i).
by move=> i; rewrite inE => a hi; apply: hon.
Qed.

(* ---- liveness ---- *)

Definition lies (a : action) : bool := if a is Lie _ _ then true else false.

(* A party can be given the confirmations that are stored, one after the other. *)
Lemma deliver_all p v (l : seq 'I_n) s : {in l, forall i, stored s i = Some v} ->
  exists acts s', [/\ run s acts = Some s', ~~ has lies acts, finished s' p = finished s p
    & {subset [seq (i, v) | i <- l] ++ seen s p <= seen s' p}].
Proof.
elim: l s => [|i l IH] s all_v; first by exists [::], s; split.
have iv : stored s i = Some v by apply: all_v; rewrite mem_head.
case: s iv all_v => st sg se fi /= iv all_v.
set s1 := State st (rcons sg (i, v)) (update se p (rcons (se p) (i, v))) fi.
have [j jl|acts [s' [R no fin sub]]] := IH s1; first by apply: all_v; rewrite inE jl orbT.
exists [:: Send i, Deliver p (i, v) & acts], s'; split=> //=.
  by rewrite iv /= mem_rcons mem_head.
move=> m; rewrite inE => m_in; apply: sub; move: m_in; rewrite !mem_cat /= updateE eqxx.
by rewrite mem_rcons inE; case/or3P => ->; rewrite ?orbT.
Qed.

(* Headline 13c: if the honest recipients have confirmed one value and are enough,
   every party can finish with it, whatever happened before and without a lie. *)
Theorem closing_live s p v : q <= n - #|liar| -> finished s p = None ->
  (forall i, ~~ liar i -> stored s i = Some v) ->
  exists acts s', [/\ run s acts = Some s', ~~ has lies acts & finished s' p = Some v].
Proof.
move=> enough unfinished hon; pose honest := [predC liar].
have [|acts [s' [R no fin sub]]] := @deliver_all p v (enum honest) s.
  by move=> i; rewrite mem_enum; apply: hon.
case: s' R fin sub => st sg se fi R fin sub.
exists (acts ++ [:: Finish p v]), (State st sg se (update fi p (Some v))).
rewrite run_cat R has_cat /= orbF; split=> //; last by rewrite updateE eqxx.
rewrite /= in fin; rewrite fin unfinished eqxx /= size_signers ifT //; apply: leq_trans enough _.
apply: (@leq_trans #|honest|); first by have := cardC liar; rewrite card_ord leq_subLR => ->.
apply: subset_leq_card; apply/subsetP => i hi; rewrite inE; apply: sub.
by rewrite mem_cat map_f // mem_enum.
Qed.

End Closing.

Arguments start {n V P}.
