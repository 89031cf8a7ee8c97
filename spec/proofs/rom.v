(* The random oracle: one function, drawn uniformly from all functions between
   two finite types, and an adversary that asks it adaptively.  How often a query
   hits what the answers so far forbid, by counting functions.                *)
From mathcomp Require Import all_ssreflect all_algebra.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory.

Section Union.
Variable Out : finType.
Lemma card_union (J : finType) (A : {set J}) (f : J -> {set Out}) :
  #|\bigcup_(j in A) f j| <= \sum_(j in A) #|f j|.
Proof.
apply: (@big_ind2 _ _ (fun (X : {set _}) n => #|X| <= n)) => // [|X k Y l Xk Yl].
  by rewrite cards0.
by rewrite (leq_trans (leq_card_setU _ _)) // leq_add.
Qed.

Lemma union_share (J : finType) (A : {set J}) (f : J -> {set Out}) n a b :
  #|A| <= n -> (forall j, j \in A -> #|f j| * a <= b) -> #|\bigcup_(j in A) f j| * a <= n * b.
Proof.
move=> le H; apply: leq_trans (_ : _ <= \sum_(j in A) #|f j| * a) _.
  rewrite -big_distrl leq_mul2r /=; apply/orP; right.
  exact: card_union.
apply: (@leq_trans (\sum_(j in A) b)); first exact: leq_sum.
by rewrite sum_nat_const leq_mul2r le orbT.
Qed.

Lemma within_share (X Y : {set Out}) a b : {subset X <= Y} -> #|Y| * a <= b -> #|X| * a <= b.
Proof. by move=> /subsetP/subset_leq_card le; apply: leq_trans; rewrite leq_mul2r le orbT. Qed.

Lemma none_share (X : {set Out}) a b : X =i pred0 -> #|X| * a <= b.
Proof. by move=> E; rewrite (eq_card0 E). Qed.
End Union.

(* Shares as fractions, of n. *)
Definition term (a b : nat) : rat := (a%:R / b%:R)%R.

Section Shares.
Variables (T : finType) (n : nat).

Lemma term_le (X : {set T}) (a b : nat) : 0 < b -> #|X| * b <= a * n -> (#|X|%:R <= term a b * n%:R)%R.
Proof.
move=> b0 le; rewrite /term mulrAC ler_pdivl_mulr ?ltr0n // -!natrM ler_nat.
exact: le.
Qed.

Lemma union_le (J : finType) (f : J -> {set T}) (a : J -> rat) :
  (forall j, #|f j|%:R <= a j * n%:R)%R -> (#|\bigcup_(j in [set: J]) f j|%:R <= (\sum_j a j) * n%:R)%R.
Proof.
move=> H1; apply: Order.POrderTheory.le_trans (_ : (_ <= (\sum_(j in [set: J]) #|f j|)%:R)%R) _.
  by rewrite ler_nat card_union.
rewrite natr_sum mulr_suml big_mkcond /=; apply: ler_sum => j _.
by rewrite in_setT.
Qed.

Lemma both_le (X Y : {set T}) (a b : rat) : (#|X|%:R <= a * n%:R)%R -> (#|Y|%:R <= b * n%:R)%R ->
  (#|X :|: Y|%:R <= (a + b) * n%:R)%R.
Proof.
move=> HX HY; rewrite mulrDl; apply: Order.POrderTheory.le_trans (ler_add HX HY).
by rewrite -natrD ler_nat leq_card_setU.
Qed.

End Shares.

(* The parts of a hash over all instances, each of n parts. *)
Lemma reshape_flatten (B : Type) M n (p : B) (f : 'I_M -> seq B) (i : 'I_M) : (forall i, size (f i) = n) ->
  nth [::] (reshape (nseq M n) (behead (p :: flatten [seq f i | i <- enum 'I_M]))) i = f i.
Proof.
move=> sz; rewrite /= (_ : nseq _ _ = seq.shape [seq f i | i <- enum 'I_M]).
  by rewrite flattenK (nth_map i) ?size_enum_ord // nth_ord_enum.
rewrite /seq.shape -map_comp; apply: (@eq_from_nth _ 0) => [|j]; rewrite size_nseq.
  by rewrite size_map size_enum_ord.
by move=> jM; rewrite nth_nseq jM (nth_map i) ?size_enum_ord //= sz.
Qed.

Section Oracle.

Variables (In Out : finType).
Local Notation oracle := {ffun In -> Out}.
Local Notation table := {ffun In -> option Out}.
Implicit Types (O : oracle) (D : {set In}) (x : In) (tr : seq In).

(* What is known of an oracle when its answers on D are. *)
Definition known D O : table := [ffun x => if x \in D then Some (O x) else None].

Lemma knownE D O x y : (known D O x == Some y) = (x \in D) && (O x == y).
Proof. by rewrite ffunE; case: (x \in D). Qed.

(* The oracles that agree with O0 on D. *)
Definition class D O0 : {set oracle} := [set O : oracle | [forall x in D, O x == O0 x]].

Lemma classP D O0 O : reflect {in D, O =1 O0} (O \in class D O0).
Proof. by rewrite inE; apply: (iffP forall_inP) => H x xD; apply/eqP/H. Qed.

Lemma in_class D O0 (p : pred oracle) O :
  (O \in [set O : oracle in class D O0 | p O]) = (O \in class D O0) && p O.
Proof. by rewrite in_set. Qed.

Lemma class_known D O0 O : O \in class D O0 -> known D O = known D O0.
Proof. by move/classP => E; apply/ffunP => x; rewrite !ffunE; case: ifP => // /E ->. Qed.

Definition update O x y : oracle := [ffun x' => if x' == x then y else O x'].

Lemma class_update D O0 x y : x \notin D ->
  class (x |: D) (update O0 x y) = [set O : oracle in class D O0 | O x == y].
Proof.
move=> xD; apply/setP => O; rewrite inE; apply/classP/andP => [H|[/classP H /eqP Hx] x'].
  split; last by rewrite H ?setU11 // ffunE eqxx.
  apply/classP => x' x'D; rewrite H ?setU1r // ffunE; case: eqP => // E.
  by rewrite -E x'D in xD.
by rewrite ffunE !inE; case: eqP => [->|_] //=; apply: H.
Qed.

(* Whatever is known, every answer to a new query is equally likely. *)
Lemma class_answer D O0 x y : x \notin D ->
  #|class (x |: D) (update O0 x y)| * #|Out| = #|class D O0|.
Proof.
move=> xD; have le y1 y2 : #|class (x |: D) (update O0 x y1)| <= #|class (x |: D) (update O0 x y2)|.
  have inj : {in class (x |: D) (update O0 x y1) &, injective (fun O => update O x y2)}.
    move=> O O'; rewrite class_update // !inE => /andP[_ /eqP Ox] /andP[_ /eqP Ox'] /ffunP E.
    apply/ffunP => x'; have := E x'; rewrite !ffunE; case: eqP => // -> _.
    by rewrite Ox Ox'.
  rewrite -(card_in_imset inj); apply/subset_leq_card/subsetP => O' /imsetP[O].
  rewrite !class_update // in_set => /andP[/classP H _] ->; rewrite in_set; apply/andP; split.
    by apply/classP => x' x'D; rewrite ffunE; case: eqP => [E|_]; [rewrite -E x'D in xD | apply: H].
  by rewrite ffunE eqxx.
rewrite -[RHS]sum1_card (partition_big (fun O : oracle => O x) predT) //= mulnC -sum_nat_const.
apply: eq_bigr => y' _; rewrite (_ : #|_| = #|class (x |: D) (update O0 x y')|).
  by rewrite -sum1_card class_update //; apply: eq_bigl => O; rewrite in_set.
by apply/eqP; rewrite eqn_leq !le.
Qed.

(* ---- adaptive adversaries ---- *)
Section Tree.
Variable A : Type.

(* A decision tree: it ends with an output, or asks and goes on by the answer. *)
Inductive tree := Done (output : A) | Ask (x : In) (next : Out -> tree).

Fixpoint run O (t : tree) : A :=
  match t with Done output => output | Ask x next => run O (next (O x)) end.

Fixpoint trace O (t : tree) : seq In :=
  match t with Done _ => [::] | Ask x next => x :: trace O (next (O x)) end.

(* At most Q of the queries on any path are in [sel]. *)
Fixpoint at_most (sel : pred In) (Q : nat) (t : tree) : Prop :=
  if t is Ask x next then sel x <= Q /\ forall y, at_most sel (Q - sel x) (next y) else True.

Lemma at_most_weaken (sel sel' : pred In) Q Q' t : {subset sel' <= sel} -> Q <= Q' ->
  at_most sel Q t -> at_most sel' Q' t.
Proof.
move=> sub; elim: t Q Q' => //= x next IH Q Q' le [lt H].
have sx : sel' x <= sel x by case E: (sel' x); rewrite ?(sub x E : sel x = true).
split=> [|y]; first by rewrite (leq_trans sx) // (leq_trans lt).
by apply: IH (H y); rewrite leq_sub.
Qed.

Lemma at_most_trace Q O t : at_most predT Q t -> size (trace O t) <= Q.
Proof.
elim: t Q => //= x next IH Q [Q0 /(_ (O x)) /IH le].
by rewrite -(subnK Q0) addn1 ltnS.
Qed.

End Tree.

(* ---- hits ---- *)
(* The queries known before x is asked for the first time. *)
Definition before D x tr : {set In} := D :|: [set x' in take (index x tr) tr].

Lemma before_index D x x' tr : x' \notin D -> x' \in tr ->
  (x' \in before D x tr) = (index x' tr < index x tr).
Proof.
move=> x'D x't; rewrite !inE (negPf x'D) /=; elim: tr x't => //= x0 tr IH.
rewrite inE; case: (eqVneq x0 x) => [_|n]; first by rewrite ltn0.
rewrite /= inE (eq_sym x' x0); by case: (eqVneq x0 x') => [_|n'] //= /IH ->.
Qed.

Section Hits.
Variable hit : table -> In -> Out -> bool.

(* How many new queries hit, each judged by what was known before it. *)
Fixpoint hits D O tr : nat := if tr is x :: tr then
    if x \in D then hits D O tr else hit (known D O) x (O x) + hits (x |: D) O tr
  else 0.

Lemma before_cons D x0 x tr : x0 != x -> before D x (x0 :: tr) = before (x0 |: D) x tr.
Proof.
by move=> n; rewrite /before /= (negPf n); apply/setP => z; rewrite !inE orbCA orbA.
Qed.

Lemma hits_count D O tr (S : {set In}) :
  (forall x, x \in S -> [/\ x \notin D, x \in tr & hit (known (before D x tr) O) x (O x)]) ->
  #|S| <= hits D O tr.
Proof.
elim: tr D S => [|x0 tr IH] D S H /=.
  by rewrite leqn0 cards_eq0; apply/eqP/setP => x; rewrite inE; apply/negP => /H[].
have tail D' (S' : {set In}) : D' = x0 |: D -> S' = S :\ x0 -> #|S'| <= hits D' O tr.
  move=> -> ->; apply: IH => x; rewrite !inE => /andP[n /H[xD]].
  by rewrite inE (negPf n) => xt; rewrite before_cons 1?eq_sym // (negPf xD).
case: ifP => x0D; first have x0S : x0 \notin S by apply/negP => /H[]; rewrite x0D.
  by apply: tail; apply/setP => x; rewrite !inE; case: eqP => // ->; rewrite ?x0D ?(negPf x0S).
rewrite (cardsD1 x0) leq_add ?tail //; case: (boolP (x0 \in S)) => // /H[_ _].
by rewrite /before /= eqxx take0 (_ : [set _ in _] = set0) ?setU0 => [->|]; last by apply/setP => x; rewrite !inE.
Qed.

Corollary no_hits D O tr x : hits D O tr = 0 -> x \notin D -> x \in tr ->
  ~~ hit (known (before D x tr) O) x (O x).
Proof.
move=> h0 xD xt; apply/negP => hx; have := @hits_count D O tr [set x].
by rewrite h0 cards1 => H; suff /H : forall z, z \in [set x] -> [/\ z \notin D, z \in tr &
  hit (known (before D z tr) O) z (O z)] by []; move=> z /set1P ->.
Qed.

Lemma leq_zero D O0 (p : pred oracle) (E e Q : nat) :
  #|[set O : oracle in class D O0 | p O]| * E ^ 0 <= 'C(Q, 0) * e ^ 0 * #|class D O0|.
Proof.
by rewrite bin0 !expn0 muln1 !mul1n; apply/subset_leq_card/subsetP => O; rewrite inE => /andP[].
Qed.

(* The adaptive union bound.  If, whatever is known, at most a share of e/E of
   the answers to a new query hit, and only queries in sel can, then for an
   adversary with at most Q of these the share of oracles with k hits or more
   is at most C(Q,k) (e/E)^k. *)
Variables (sel : pred In) (e E : nat).
Hypothesis hit_sel : forall tab x y, hit tab x y -> sel x.
Hypothesis hit_share : forall tab x, #|[set y | hit tab x y]| * E <= e * #|Out|.

Theorem multi_hit A (t : tree A) D O0 Q k : at_most sel Q t ->
  #|[set O : oracle in class D O0 | k <= hits D O (trace O t)]| * E ^ k <= 'C(Q, k) * e ^ k * #|class D O0|.
Proof.
elim: t D O0 Q k => [a|x next IH] D O0 Q k /=.
  move=> _; case: k => [|k]; first by apply: (@leq_zero D O0).
  rewrite (_ : finset _ = set0) ?cards0 //; apply/setP => O.
  by rewrite in_set in_set0 andbF.
case=> sQ bounded; case xD: (x \in D).
  move: (bounded (O0 x)) => /(IH _ D O0 _ k) H; apply: leq_trans (leq_trans _ H) _.
    rewrite leq_mul2r; apply/orP; right; apply/subset_leq_card/subsetP => O.
    by rewrite !in_class => /andP[C]; rewrite C (classP _ _ _ C x xD).
  by rewrite !leq_mul2r leq_bin2l ?leq_subr ?orbT.
have {}xD := negbT xD.
set n := #|class D O0|; pose h y := hit (known D O0) x y.
case: k => [|k]; first by apply: (@leq_zero D O0).
pose X y := #|class (x |: D) (update O0 x y)|.
have part y : #|[set O : oracle in class D O0 |
      (k < hit (known D O) x (O x) + hits (x |: D) O (trace O (next (O x)))) && (O x == y)]|
    = #|[set O : oracle in class (x |: D) (update O0 x y) | k.+1 - h y <= hits (x |: D) O (trace O (next y))]|.
  apply: eq_card => O; rewrite !in_class class_update // in_class -!andbA; apply: andb_id2l => C.
  rewrite andbC; apply: andb_id2l => /eqP ->; rewrite (class_known C) -/(h y).
  by rewrite leq_subLR.
have each y : #|[set O : oracle in class (x |: D) (update O0 x y) |
      k.+1 - h y <= hits (x |: D) O (trace O (next y))]| * E ^ k.+1
    <= (if h y then 'C(Q - sel x, k) * e ^ k * E else 'C(Q - sel x, k.+1) * e ^ k.+1) * X y.
  have := IH y (x |: D) (update O0 x y) _ (k.+1 - h y) (bounded y); rewrite -/(X y).
  case: (h y); rewrite ?subn0 // subn1 /= => H.
  by rewrite expnSr mulnA [X in _ <= X]mulnAC leq_mul2r H orbT.
rewrite (_ : #|_| = \sum_y #|[set O : oracle in class (x |: D) (update O0 x y) |
    k.+1 - h y <= hits (x |: D) O (trace O (next y))]|); last first.
  rewrite -sum1_card (partition_big (fun O : oracle => O x) predT) //=.
  by apply: eq_bigr => y _; rewrite -part -sum1_card; apply: eq_bigl => O; rewrite !in_class andbA.
rewrite big_distrl.
apply: (@leq_trans (\sum_y (if h y then 'C(Q - sel x, k) * e ^ k * E else 'C(Q - sel x, k.+1) * e ^ k.+1) * X y)).
  by apply: leq_sum => y _; apply: each.
have [y0 _|none] := pickP (fun _ : Out => true); last first.
  by rewrite big1 // => y; have := none y.
have XE y : X y = X y0.
  by apply/eqP; rewrite -(@eqn_pmul2r #|Out|) ?class_answer //; apply/card_gt0P; exists y.
under eq_bigr do rewrite XE.
have nE : n = #|Out| * X y0 by rewrite mulnC class_answer.
rewrite -big_distrl /= nE mulnA leq_mul2r; apply/orP; right.
set c := 'C(Q - sel x, k) * e ^ k; set c' := 'C(Q - sel x, k.+1) * e ^ k.+1.
have hE : #|[set y | h y]| * E <= e * #|Out| by apply: hit_share.
apply: (@leq_trans (\sum_(y | h y) c * E + \sum_(y : Out) c')).
  have -> : \sum_(y | h y) c * E = \sum_y (if h y then c * E else 0) by rewrite big_mkcond.
  rewrite -big_split /=; apply: leq_sum => y _.
  by case: (h y); rewrite ?leq_addr.
rewrite !sum_nat_const (_ : #|_| = #|[set y | h y]|); last by apply: eq_card => y; rewrite inE.
case sx: (sel x) in c c' sQ *; last first.
  rewrite (_ : [set y | h y] = set0) ?cards0 ?mul0n ?add0n; last first.
    by apply/setP => y; rewrite !inE; apply/negP => /hit_sel; rewrite sx.
  by rewrite /c' subn0 mulnC.
rewrite /= -(subnK sQ) addn1 binS !mulnDl addnC leq_add //; first by rewrite /c' mulnC /= subn1.
rewrite mulnCA /c /= !subn1 /=.
apply: leq_trans (leq_mul (leqnn _) hE) _.
by rewrite expnS -!mulnA leq_mul2l; rewrite [e ^ k * _]mulnCA leqnn orbT.
Qed.

End Hits.

(* An adversary made to ask, right after certain answers, one more query. *)
Section Eager.

Variables (A : Type) (follow : In -> Out -> option In).

Fixpoint eager (t : tree A) : tree A :=
  if t is Ask x next then Ask x (fun y =>
    if follow x y is Some b then Ask b (fun=> eager (next y)) else eager (next y))
  else t.

Lemma run_eager O t : run O (eager t) = run O t.
Proof. by elim: t => //= x next IH; case: follow => [b|] /=; rewrite IH. Qed.

Lemma trace_eager O t : {subset trace O t <= trace O (eager t)}.
Proof.
elim: t => //= x next IH z; rewrite !inE; case: eqP => //= _ /IH zt.
by case: follow => [b|] //=; rewrite inE zt orbT.
Qed.

Lemma at_most_eager (sel : pred In) Q t : (forall x y b, follow x y = Some b -> sel x + sel b <= 1) ->
  at_most predT Q t -> at_most sel Q (eager t).
Proof.
move=> one; elim: t Q => //= x next IH Q [Q0 H].
have s1 z : sel z <= 1 by case: (sel z).
split=> [|y]; first exact: leq_trans Q0.
have := H y => /IH; case F: follow => [b|] /= Hy; last first.
  by apply: at_most_weaken Hy => //; rewrite leq_sub2l.
have le := one x y b F; split=> [|_].
  by rewrite leq_subRL ?(leq_trans (s1 x)) // (leq_trans le).
by apply: at_most_weaken Hy => //; rewrite -subnDA leq_sub2l.
Qed.

Lemma size_eager O t : size (trace O (eager t)) <= (size (trace O t)).*2.
Proof.
elim: t => //= x next IH; case: follow => [b|] /=; rewrite doubleS !ltnS ?IH //.
exact: leqW.
Qed.

Hypothesis follow_once : forall x y b y', follow x y = Some b -> follow b y' = None.

Lemma eager_followed O t x b z : x \in trace O (eager t) -> follow x (O x) = Some b -> z != b ->
  index x (trace O (eager t)) < index z (trace O (eager t)) ->
  index b (trace O (eager t)) < index z (trace O (eager t)).
Proof.
elim: t => //= x0 next IH + fx zb; rewrite !inE (eq_sym x) (eq_sym x0 z).
case: (eqVneq x0 x) => [E _|nx /= xt]; [rewrite E fx /= | case: (eqVneq z x0) => // nz].
  case: (eqVneq z x) => // _ _; case: (eqVneq x b) => // _; rewrite eqxx.
  by rewrite (eq_sym b z) (negPf zb).
case F: (follow x0 (O x0)) xt => [b0|] /=; last first.
  by move=> xt /(IH _ xt fx zb); case: (eqVneq x0 b).
rewrite inE (eq_sym x b0); case: (eqVneq b0 x) => [E|nb /= xt].
  by rewrite -E (follow_once _ F) in fx.
case: (eqVneq b0 z) => // _ lt; case: (eqVneq x0 b) => // _; case: (eqVneq b0 b) => //= _.
exact: IH.
Qed.

End Eager.

End Oracle.

(* The oracles fall into classes: what is true of each is true of all. *)
Section Classes.
Variables (In Out : finType) (D : {set In}).
Local Notation oracle := {ffun In -> Out}.
Lemma all_classes (X : {set oracle}) (beta : rat) :
  (forall O0 : oracle, #|X :&: class D O0|%:R <= beta * #|class D O0|%:R)%R ->
  (#|X|%:R <= beta * #|{: oracle}|%:R)%R.
Proof.
move=> le; have E (A : {set oracle}) : #|A| = \sum_(k in [set known D O | O : oracle])
    #|[set O in A | known D O == k]|.
  rewrite -sum1_card (partition_big (known D) (mem [set known D O | O : oracle])) /=.
    by apply: eq_bigr => k _; rewrite -sum1_card; apply: eq_bigl => O; rewrite !inE.
  by move=> O _; apply: imset_f.
rewrite E -cardsT [X in (_ <= beta * X%:R)%R]E !natr_sum mulr_sumr; apply: ler_sum => k /imsetP[O0 _ ->].
have C (A : {set oracle}) : [set O in A | known D O == known D O0] = A :&: class D O0.
  apply/setP => O; rewrite in_set in_setI; congr (_ && _); apply/eqP/idP => [/ffunP EO|]; last exact: class_known.
  by apply/classP => x xD; have := EO x; rewrite !ffunE xD => -[].
by rewrite !C setTI.
Qed.
End Classes.
