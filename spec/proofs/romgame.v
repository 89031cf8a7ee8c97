(* Soundness in the random oracle model, without the algebra (spec §13.2): the
   chain of hashes from the statement to the kept set, what a query must hit for
   a proof to pass that does not open, and how rarely queries hit it.          *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import model width rom.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory.

(* Hashes of which soundness needs that they are random, those of them whose
   output is a name for the input, and whose name the first part of an input is.
   All others may be any functions, known to the adversary from the start. *)
Definition drawn (l : label) : bool :=
  l \in [:: Statement; ProofId; Commit; Batch; Challenge; Subset; Response; Kem].
Definition naming (l : label) : bool := l \in [:: Statement; ProofId; Commit; Challenge].
Definition parent (l : label) : option label :=
  match l with
  | ProofId => Some Statement
  | Commit => Some ProofId
  | Batch | Challenge => Some Commit
  | Subset => Some Challenge
  | _ => None
  end.

Section Game.

Variables (In Out : finType) (B : eqType).
Variables (lab : In -> label) (dig : Out -> B) (ref : In -> B).
Local Notation oracle := {ffun In -> Out}.
Local Notation table := {ffun In -> option Out}.
Implicit Types (tab : table) (x q s n c b h : In) (y : Out) (O : oracle).

Definition given : {set In} := [set x | ~~ drawn (lab x)].

Variable names : nat. Hypothesis dig_share : forall d, #|[set y | dig y == d]| * names <= #|Out|.
Hypothesis batch_inj : forall b b', lab b = Batch -> lab b' = Batch -> ref b = ref b' -> b = b'.

(* Instances, the kept set, and which instances a commitment, its coefficients
   and the points of the challenge leave no way to reveal. *)
Variables (I : finType) (T W : nat) (sub : Out -> {set I}).
Hypothesis sub_share_all : forall F : {set {set I}}, (forall K, K \in F -> #|K| = T) ->
  #|[set y | sub y \in F]| * 'C(#|I|, T) <= #|F| * #|Out|.
Hypothesis TI : T <= #|I|. Variable bad : In -> In -> In -> In -> Out -> {set I}.

(* Responses: the value that commitment c has for instance i, and the instance
   and responses that a query is about. *)
Variables (H : finType) (hh : Out -> H) (want : In -> I -> option H) (hashes : nat).
Hypothesis hh_share : forall v, #|[set y | hh y == v]| * hashes <= #|Out|.
Variables (Z : finType) (resp : In -> option (I * Z)).

(* Whether coefficients cancel the error of responses, if they have one: on all
   curves, and on curve k, where only the part of the responses on it counts. *)
Variables (cancels : In -> In -> In -> I -> Z -> Out -> bool) (kernels : nat).
Hypothesis cancels_share : forall s n c i z, #|[set y | cancels s n c i z y]| * kernels <= #|Out|.
Variables (curve : finType) (on : curve -> Z -> Z).
Variables (cancels_on : curve -> In -> In -> In -> I -> Z -> Out -> bool) (planes : curve -> nat).
Hypothesis on_share : forall k s n c i z, #|[set y | cancels_on k s n c i z y]| * planes k <= #|Out|.
Hypothesis cancels_some : forall s n c i z y, cancels s n c i z y ->
  exists k, cancels_on k s n c i (on k z) y.

Variables (zero : Out -> bool) (zeros : nat). Hypothesis zero_share : #|[set y | zero y]| * zeros <= #|Out|.

(* ---- following the chain of names in what is known ---- *)
Definition find tab l d : option In :=
  [pick x | (lab x == l) && (if tab x is Some y then dig y == d else false)].
Definition chain tab a : option (In * In * In) :=
  if find tab Commit a is Some c then if find tab ProofId (ref c) is Some n then
    if find tab Statement (ref n) is Some s then Some (s, n, c) else None else None else None.
Definition batch_of a : option In := [pick b | (lab b == Batch) && (ref b == a)].

(* The coefficients of a commitment are asked for as soon as it is made. *)
Definition follow x y : option In := if lab x == Commit then batch_of (dig y) else None.

(* ---- what a query may hit ---- *)
Variables (Q most : nat) (cap : curve -> nat).

(* 1. A name that is there, or that a query made before it is about. *)
Definition target tab x x' : option B := if tab x' is Some y' then
    if lab x' == lab x then Some (dig y') else
    if parent (lab x') == Some (lab x) then Some (ref x') else None
  else None.
Definition asked tab : {set In} := [set x | isSome (tab x)] :\: given.
Definition clash tab x y := [&& naming (lab x), #|asked tab| <= Q.*2
  & [exists x', target tab x x' == Some (dig y)]].

(* 2. A kept set with all bad instances and fewer than W others. *)
Definition guess tab x y := (lab x == Subset) &&
  if find tab Challenge (ref x) is Some h then if chain tab (ref h) is Some (s, n, c) then
  if batch_of (ref h) is Some b then if tab b is Some yb then sub y \in winning T W (bad s n c h yb)
  else false else false else false else false.

(* 3. Coefficients that cancel an error of responses known for h_i. *)
Definition gives tab v q := (lab q == Response) && (if tab q is Some y then hh y == v else false).
Definition cancelling c i tab : {set In} :=
  [set q | if want c i is Some v then gives tab v q else false].
Definition kernel tab x y := (lab x == Batch) && if chain tab (ref x) is Some (s, n, c) then
  [forall v, #|[set q | gives tab v q]| <= most] &&
  [exists i, exists q in cancelling c i tab,
    if resp q is Some (i', z) then (i' == i) && cancels s n c i z y else false]
  else false.
Definition same v (tab : table) x y := (lab x == Response) && (hh y == v).

(* 4. Responses that pass late, for one of not too many commitments. *)
Definition plane k i z tab x y := (lab x == Batch) &&
  if chain tab (ref x) is Some (s, n, c) then cancels_on k s n c i z y else false.
Definition passing k i z tab : {set In} := [set b | (lab b == Batch) &&
  if tab b is Some y then plane k i z tab b y else false].
Definition late tab x y := (lab x == Response) && if resp x is Some (i, z) then
  let A := \bigcup_(k in [set: curve]) passing k i (on k z) tab in (#|A| <= \sum_k cap k) &&
  [exists b in A, if chain tab (ref b) is Some (s, n, c) then want c i == Some (hh y) else false]
  else false.

(* 5. r_i = 0. *)
Definition vanishes (tab : table) x y := (lab x == Kem) && zero y.

(* ---- how rarely ---- *)
Local Ltac none := apply: none_share => y; rewrite inE.

Lemma clash_share tab x : #|[set y | clash tab x y]| * names <= Q.*2 * #|Out|.
Proof.
rewrite /clash; case: (boolP (naming (lab x))) => nx /=; last by none.
case: (leqP #|asked tab| Q.*2) => le /=; last by none.
apply: within_share (union_share (f := fun x' => [set y | target tab x x' == Some (dig y)]) le _).
  move=> y; rewrite inE => /existsP[x' tx]; apply/bigcupP; exists x'; rewrite ?inE //.
  move: tx; rewrite /target; case: (tab x') => // y'; rewrite andbT negbK.
  case: (lab x' =P lab x) => [-> _|_]; first by case: (lab x) nx.
  by case: (lab x').
move=> x' _; case: (target tab x x') => [d|]; last by none.
apply: within_share (dig_share d) => y; rewrite !inE => /eqP[->]; exact: eqxx.
Qed.

Lemma guess_share tab x :
  #|[set y | guess tab x y]| * 'C(#|I|, T) <= 'C(#|I| - T + W.-1, W.-1) * #|Out|.
Proof.
rewrite /guess; case: eqP => _ /=; last by none.
case: find => [h|]; last by none. case: chain => [[[s n] c]|]; last by none. case: batch_of => [b|]; last by none.
case: (tab b) => [yb|]; last by none.
apply: leq_trans (sub_share_all _) _ => [K|]; first by rewrite inE => /and3P[_ /eqP].
by rewrite leq_mul2r winning_count orbT.
Qed.

Lemma kernel_share tab x : #|[set y | kernel tab x y]| * kernels <= #|I| * most * #|Out|.
Proof.
rewrite /kernel; case: eqP => _ /=; last by none.
case: chain => [[[s n] c]|]; last by none. case: forallP => few /=; last by none.
pose g q y i := if resp q is Some (i', z) then (i' == i) && cancels s n c i z y else false.
apply: within_share (_ : #|\bigcup_(i in [set: I]) \bigcup_(q in cancelling c i tab) [set y | g q y i]| * _ <= _).
  move=> y; rewrite inE => /existsP[i /exists_inP[q qc gq]].
  by apply/bigcupP; exists i; rewrite ?inE //; apply/bigcupP; exists q; rewrite // inE.
rewrite -mulnA; apply: union_share => [|i _]; first by rewrite cardsT.
apply: union_share => [|q _].
  rewrite /cancelling; case: (want c i) => [v|]; first exact: few.
  by rewrite (_ : [set _ | _] = set0) ?cards0 //; apply/setP => q; rewrite !inE.
rewrite /g; case: (resp q) => [[i' z]|]; last by none.
case: eqP => _ /=; last by none.
exact: cancels_share.
Qed.

Lemma same_share v tab x : #|[set y | same v tab x y]| * hashes <= 1 * #|Out|.
Proof.
by rewrite mul1n; apply: within_share (hh_share v) => y; rewrite !inE => /andP[].
Qed.

Lemma plane_share k i z tab x : #|[set y | plane k i z tab x y]| * planes k <= 1 * #|Out|.
Proof.
rewrite mul1n /plane; case: eqP => _ /=; last by none.
case: chain => [[[s n] c]|]; [exact: on_share | by apply: none_share => y; rewrite inE].
Qed.

Lemma late_share tab x : #|[set y | late tab x y]| * hashes <= (\sum_k cap k) * #|Out|.
Proof.
rewrite /late; case: eqP => _ /=; last by none.
case: (resp x) => [[i z]|]; last by none.
case: (leqP #|\bigcup_(k in [set: curve]) passing k i (on k z) tab| (\sum_k cap k)) => le /=; last by none.
pose f b := [set y | if chain tab (ref b) is Some (s, n, c) then want c i == Some (hh y) else false].
apply: within_share (union_share (f := f) le _) => [y|b _].
  by rewrite inE => /exists_inP[b bA fb]; apply/bigcupP; exists b; rewrite // inE.
rewrite /f; case: chain => [[[s n] c]|]; last by none.
case: (want c i) => [v|]; last by none.
by apply: within_share (hh_share v) => y; rewrite !inE => /eqP[->].
Qed.

Lemma vanishes_share tab x : #|[set y | vanishes tab x y]| * zeros <= 1 * #|Out|.
Proof. by rewrite mul1n; apply: within_share zero_share => y; rewrite !inE => /andP[]. Qed.

(* ---- without a hit, no cheating proof ---- *)
Section Play.

Variables (O : oracle) (tr : seq In).
Local Notation at_ x := (index x tr).
Local Notation past x := (known (before given x tr) O).
Hypothesis followed : forall x b z, x \in tr -> follow x (O x) = Some b -> z != b ->
  at_ x < at_ z -> at_ b < at_ z.
Hypothesis few : size tr <= Q.*2. Hypothesis no_clash : hits clash given O tr = 0.

Lemma drawn_new x : drawn (lab x) -> x \notin given. Proof. by rewrite inE negbK. Qed.

Lemma naming_drawn l : naming l -> drawn l. Proof. by case: l. Qed.

Lemma past_drawn z x y : drawn (lab x) -> (past z x == Some y) = (x \in tr) && (at_ x < at_ z) && (O x == y).
Proof.
move=> dx; rewrite knownE; case xt: (x \in tr); first by rewrite before_index ?drawn_new.
rewrite inE (negPf (drawn_new dx)) inE /=; case: (boolP (x \in _)) => // /mem_take.
by rewrite xt.
Qed.

Lemma past_at z x : drawn (lab x) -> x \in tr -> at_ x < at_ z -> past z x = Some (O x).
Proof. by move=> dx xt lt; apply/eqP; rewrite past_drawn // xt lt eqxx. Qed.

Lemma asked_few x : #|asked (past x)| <= Q.*2.
Proof.
apply: leq_trans (leq_trans (card_size (take (at_ x) tr)) _); last first.
  by rewrite size_take; case: ifP => // /ltnW /leq_trans -> //; apply: index_size.
apply/subset_leq_card/subsetP => z; rewrite /asked /known !inE ffunE !inE.
by case: (drawn _) => //=; case: (z \in take _ _).
Qed.

Lemma no_clashP x x' : naming (lab x) -> x \in tr -> x' \in tr -> drawn (lab x') -> at_ x' < at_ x ->
  target (past x) x x' != Some (dig (O x)).
Proof.
move=> nx xt x't dx' lt; have := no_hits no_clash (drawn_new (naming_drawn nx)) xt.
by rewrite /clash nx asked_few /= => /existsPn /(_ x').
Qed.

Lemma names_inj x x' : naming (lab x) -> lab x' = lab x -> x \in tr -> x' \in tr ->
  dig (O x') = dig (O x) -> x' = x.
Proof.
move=> nx El xt x't Ed; have dx := naming_drawn nx.
have dx' : drawn (lab x') by rewrite El.
case: (ltngtP (at_ x') (at_ x)) => [lt|lt|E].
- by have := no_clashP nx xt x't dx' lt; rewrite /target past_at // El eqxx Ed eqxx.
- have nx' : naming (lab x') by rewrite El.
  by have := no_clashP nx' x't xt dx lt; rewrite /target past_at // El eqxx Ed eqxx.
- by rewrite -(nth_index x x't) E nth_index.
Qed.

Lemma named_before x x' : naming (lab x) -> parent (lab x') = Some (lab x) -> x \in tr -> x' \in tr ->
  ref x' = dig (O x) -> at_ x < at_ x'.
Proof.
move=> nx Ep xt x't Er; have dx' : drawn (lab x') by case: (lab x') Ep.
have nl : (lab x' == lab x) = false by case: (lab x') Ep => //= -[<-].
case: (ltngtP (at_ x) (at_ x')) => // [lt|E].
  by have := no_clashP nx xt x't dx' lt; rewrite /target past_at // nl Ep eqxx Er eqxx.
by move: nl; rewrite -(nth_index x' xt) E nth_index ?eqxx.
Qed.

Lemma find_some z l d x : naming l -> find (past z) l d = Some x ->
  [/\ lab x = l, x \in tr, at_ x < at_ z & dig (O x) = d].
Proof.
move=> nl; rewrite /find; case: pickP => // x' /andP[/eqP lx] + [<-].
case E: (past z x') => [y|] // /eqP dy; have := eqxx (Some y); rewrite -{1}E.
by rewrite past_drawn ?lx ?naming_drawn // => /andP[/andP[-> ->] /eqP ->].
Qed.

Lemma find_known z x : naming (lab x) -> x \in tr -> at_ x < at_ z ->
  find (past z) (lab x) (dig (O x)) = Some x.
Proof.
move=> nx xt lt; case E: (find _ _ _) => [x'|].
  by have [lx' x't _ dx'] := find_some nx E; rewrite (names_inj nx lx' xt x't dx').
move: E; rewrite /find; case: pickP => // /(_ x).
by rewrite past_at ?naming_drawn // !eqxx.
Qed.

(* The chain of a proof. *)
Definition linked s n c := [/\ [/\ lab s = Statement, lab n = ProofId & lab c = Commit],
  [/\ s \in tr, n \in tr & c \in tr], ref n = dig (O s) & ref c = dig (O n)].

Lemma chain_known z s n c : linked s n c -> at_ c < at_ z -> chain (past z) (dig (O c)) = Some (s, n, c).
Proof.
case=> [[ls ln lc] [st nt ct] rn rc] lt.
have sn : at_ s < at_ n by apply: named_before; rewrite ?ls ?ln.
have nc : at_ n < at_ c by apply: named_before; rewrite ?ln ?lc.
rewrite /chain -[Commit]lc find_known ?lc //.
rewrite rc -[ProofId]ln find_known ?ln //; last exact: ltn_trans lt.
by rewrite rn -[Statement]ls find_known ?ls // (ltn_trans sn) // (ltn_trans nc).
Qed.

Lemma chain_some z a s n c : chain (past z) a = Some (s, n, c) ->
  [/\ linked s n c, dig (O c) = a & at_ c < at_ z].
Proof.
rewrite /chain; case Ec: find => [c'|] //; case En: find => [n'|] //; case Es: find => [s'|] //.
case=> <- <- <-; have [lc ct lt dc] := find_some (l := Commit) isT Ec.
have [ln nt _ dn] := find_some (l := ProofId) isT En; have [ls st _ ds] := find_some (l := Statement) isT Es.
by split=> //; split.
Qed.

Lemma chain_past z b t : lab b = Batch -> b \in tr -> chain (past z) (ref b) = Some t ->
  chain (past b) (ref b) = Some t.
Proof.
case: t => [[s n] c] lb bt /chain_some[lk Ea _]; rewrite -Ea; apply: chain_known => //.
by case: lk => -[_ _ lc] [_ _ ct] _ _; apply: named_before; rewrite ?lc ?lb.
Qed.

Variables s n c b h k : In.
Hypotheses (lk : linked s n c) (lb : lab b = Batch) (lh : lab h = Challenge) (lks : lab k = Subset).
Hypotheses (bt : b \in tr) (ht : h \in tr) (kt : k \in tr).
Hypotheses (rb : ref b = dig (O c)) (rh : ref h = dig (O c)) (rk : ref k = dig (O h)).

Lemma c_before x : x \in tr -> parent (lab x) = Some Commit -> ref x = dig (O c) -> at_ c < at_ x.
Proof. by case: lk => -[_ _ lc] [_ _ ct] _ _ xt p r; apply: named_before; rewrite ?lc. Qed.

Lemma batch_of_b : batch_of (dig (O c)) = Some b.
Proof.
rewrite /batch_of; case: pickP => [b' /andP[/eqP lb' /eqP rb']|/(_ b)]; last by rewrite lb rb !eqxx.
by rewrite (batch_inj lb' lb) // rb' rb.
Qed.

Lemma no_guess : hits guess given O tr = 0 -> sub (O k) \notin winning T W (bad s n c h (O b)).
Proof.
move=> none; have hk : at_ h < at_ k by apply: named_before; rewrite ?lh ?lks.
have ch : at_ c < at_ h by apply: c_before; rewrite ?lh.
have bk : at_ b < at_ k.
  case: lk => -[_ _ lc] [_ _ ct] _ _; apply: (followed ct); last exact: ltn_trans hk.
    by rewrite /follow lc eqxx batch_of_b.
  by apply/eqP => E; move: lb; rewrite -E lks.
have dk : k \notin given by apply: drawn_new; rewrite lks.
have := no_hits none dk kt; rewrite /guess lks eqxx /= rk -[Challenge]lh find_known ?lh //.
by rewrite rh (chain_known lk) ?(ltn_trans ch) // batch_of_b past_at ?lb.
Qed.

Variables (q : In) (i : I) (z : Z). Hypotheses (lq : lab q = Response) (qt : q \in tr) (rq : resp q = Some (i, z)).
Hypothesis wants : want c i = Some (hh (O q)). Hypothesis few_same : forall v, hits (same v) given O tr <= most.
Hypothesis few_planes : forall k i z, hits (plane k i (on k z)) given O tr <= cap k.

Lemma no_kernel : hits kernel given O tr = 0 -> at_ q < at_ b -> ~~ cancels s n c i z (O b).
Proof.
move=> none qb; apply/negP => can; have db : b \notin given by apply: drawn_new; rewrite lb.
have := no_hits none db bt; rewrite /kernel lb eqxx /= rb (chain_known lk) ?c_before ?lb //.
case/negP; apply/andP; split.
  apply/forallP => v; apply: leq_trans (few_same v); apply: hits_count => q'; rewrite inE => /andP[/eqP lq'].
  case E: (past b q') => [y|] // /eqP hy; have := eqxx (Some y); rewrite -{1}E.
  rewrite past_drawn ?lq' // => /andP[/andP[q't _] /eqP Ey].
  by split; rewrite ?drawn_new ?lq' // /same lq' Ey hy !eqxx.
apply/existsP; exists i; apply/exists_inP; exists q; last by rewrite rq eqxx.
by rewrite inE wants /gives lq past_at ?lq // !eqxx.
Qed.

Lemma no_late : hits late given O tr = 0 -> at_ b < at_ q -> ~~ cancels s n c i z (O b).
Proof.
move=> none lt; apply/negP => /cancels_some[k0 can]; have dq : q \notin given by apply: drawn_new; rewrite lq.
have ck : chain (past q) (ref b) = Some (s, n, c).
  by rewrite rb; apply: (chain_known lk); apply: ltn_trans lt; apply: c_before; rewrite ?lb.
have := no_hits none dq qt; rewrite /late lq eqxx rq /=; case/negP; apply/andP; split.
  apply: leq_trans (card_union _ _) _; rewrite big_mkcond /=.
  apply: leq_sum => k1 _; rewrite in_setT; apply: leq_trans (few_planes k1 i z); apply: hits_count => b'.
  rewrite inE => /andP[/eqP lb']; case E: (past q b') => [y|] // pl.
  have := eqxx (Some y); rewrite -{1}E past_drawn ?lb' // => /andP[/andP[b't _] /eqP Ey].
  split; rewrite ?drawn_new ?lb' //; move: pl; rewrite /plane lb' eqxx Ey /=.
  case Ec: (chain _ _) => [t|] //; by rewrite (chain_past lb' b't Ec).
apply/exists_inP; exists b; last by rewrite ck wants eqxx.
apply/bigcupP; exists k0; rewrite // inE lb past_at ?lb // /plane lb eqxx ck /=.
exact: can.
Qed.

Lemma no_cancel : hits kernel given O tr = 0 -> hits late given O tr = 0 -> ~~ cancels s n c i z (O b).
Proof.
move=> nk nl; case: (ltngtP (at_ q) (at_ b)) => [||E]; [exact: no_kernel | exact: no_late |].
by move: lb; rewrite -(nth_index b bt) -E nth_index // lq.
Qed.

End Play.

(* ---- the count ---- *)
Section Count.

Variables (A : Type) (t : tree In Out A) (O0 : oracle).
Hypothesis bounded : at_most predT Q t.
Hypotheses (names0 : 0 < names) (hashes0 : 0 < hashes) (kernels0 : 0 < kernels) (zeros0 : 0 < zeros).
Hypothesis planes0 : forall k, 0 < planes k.
Local Notation path O := (trace O (eager follow t)).
Local Notation N := (#|class given O0|%:R : rat)%R.

(* A chain of hashes that the adversary asked for, whose kept set wins, or of
   which an error is cancelled; or a seed with r_i = 0. *)
Definition cheats O (tr : seq In) := exists s n c b h k,
  [/\ linked O tr s n c, [/\ lab b = Batch, lab h = Challenge & lab k = Subset],
      [/\ b \in tr, h \in tr & k \in tr],
      [/\ ref b = dig (O c), ref h = dig (O c) & ref k = dig (O h)]
    & [\/ sub (O k) \in winning T W (bad s n c h (O b)),
          exists q i z, [/\ lab q = Response, q \in tr, resp q = Some (i, z),
            want c i = Some (hh (O q)) & cancels s n c i z (O b)]
        | exists2 x, lab x = Kem & x \in tr /\ zero (O x)]].

Definition hit_set hit k : {set oracle} :=
  [set O : oracle in class given O0 | k <= hits hit given O (path O)].
Definition bound : rat :=
  (term (Q * 'C(#|I| - T + W.-1, W.-1)) 'C(#|I|, T)
   + term (Q * \sum_k cap k) hashes
   + term (Q * (#|I| * most)) kernels
   + term (#|H| * 'C(Q, most.+1)) (hashes ^ most.+1)
   + \sum_k term (#|I| * #|[set on k z | z : Z]| * 'C(Q, (cap k).+1)) (planes k ^ (cap k).+1)
   + term (Q * Q.*2) names
   + term Q zeros)%R.

Lemma hit_le (hit : table -> In -> Out -> bool) (sel : pred In) (e E k : nat) : 0 < E ->
  (forall tab x y, hit tab x y -> sel x) ->
  (forall tab x, #|[set y | hit tab x y]| * E <= e * #|Out|) ->
  (forall x b, lab x = Commit -> lab b = Batch -> sel x + sel b <= 1) ->
  (#|hit_set hit k|%:R <= term ('C(Q, k) * e ^ k) (E ^ k) * N)%R.
Proof.
move=> E0 hs share one; apply: term_le; first by rewrite expn_gt0 E0.
apply: (multi_hit hs share); apply: at_most_eager bounded => x y b.
rewrite /follow; case: eqP => // lx; rewrite /batch_of; case: pickP => // b' /andP[/eqP lb _] [<-].
exact: one.
Qed.

Definition all_hits : {set oracle} :=
  hit_set guess 1 :|: hit_set late 1 :|: hit_set kernel 1
  :|: \bigcup_(v in [set: H]) hit_set (same v) most.+1
  :|: \bigcup_(k in [set: curve]) \bigcup_(i in [set: I]) \bigcup_(z in [set: {z | z \in [set on k z | z : Z]}])
        hit_set (plane k i (val z)) (cap k).+1
  :|: hit_set clash 1 :|: hit_set vanishes 1.

Lemma all_hits_le : (#|all_hits|%:R <= bound * N)%R.
Proof.
have one (a b : nat) : term ('C(Q, 1) * a ^ 1) (b ^ 1) = term (Q * a) b by rewrite bin1 !expn1.
have sel l l' x b : l != Commit -> lab x = Commit -> lab b = l' -> (lab x == l) + (lab b == l) <= 1.
  by move=> n -> _; rewrite eq_sym (negPf n); case: (lab b == l).
rewrite /all_hits /bound; do !apply: both_le.
- rewrite -one; apply: (@hit_le _ (fun x => lab x == Subset)) => [|tab x y /andP[]||x b] //.
  + by rewrite bin_gt0.
  + exact: guess_share.
  + exact: sel.
- rewrite -one; apply: (@hit_le _ (fun x => lab x == Response)) => [|tab x y /andP[]||x b] //;
  [exact: late_share | exact: sel].
- rewrite -one; apply: (@hit_le _ (fun x => lab x == Batch)) => [|tab x y /andP[]||x b] //;
  [exact: kernel_share | exact: sel].
- rewrite (_ : term _ _ = \sum_(v : H) term ('C(Q, most.+1) * 1 ^ most.+1) (hashes ^ most.+1))%R.
    apply: union_le => v; apply: (@hit_le _ (fun x => lab x == Response)) => [|tab x y /andP[]||x b] //;
    [exact: same_share | exact: sel].
  by rewrite sumr_const -mulr_natl exp1n muln1 /term mulrA -natrM.
- apply: union_le => k; set Zk := [set on k z | z : Z].
  rewrite (_ : term _ _ = \sum_(i : I) \sum_(z : {z | z \in Zk})
      term ('C(Q, (cap k).+1) * 1 ^ (cap k).+1) (planes k ^ (cap k).+1))%R.
    apply: union_le => i; apply: union_le => z.
    apply: (@hit_le _ (fun x => lab x == Batch)) => [|tab x y /andP[]||x b] //;
    [exact: plane_share | exact: sel].
  rewrite !sumr_const card_sig -mulr_natl -[X in (_ * X)%R]mulr_natl exp1n muln1.
  rewrite /term !mulrA -!natrM; congr (_%:R / _)%R; congr (_ * _ * _).
- rewrite -one; apply: (@hit_le _ (fun x => naming (lab x))) => [|tab x y /and3P[]||x b] //.
  + exact: clash_share.
  + by move=> -> ->.
- rewrite -[Q]muln1 -one; apply: (@hit_le _ (fun x => lab x == Kem)) => [|tab x y /andP[]||x b] //;
  [exact: vanishes_share | exact: sel].
Qed.

Lemma follow_once x y b y' : follow x y = Some b -> follow b y' = None.
Proof.
rewrite /follow; case: eqP => // _; rewrite /batch_of; case: pickP => // b' /andP[/eqP lb _] [<-].
by rewrite lb.
Qed.

Lemma not_hit hit k O : O \in class given O0 -> O \notin hit_set hit k.+1 -> hits hit given O (path O) <= k.
Proof. by move=> C; rewrite in_class C /= -leqNgt. Qed.

Lemma cheats_hit O : O \in class given O0 -> cheats O (trace O t) -> O \in all_hits.
Proof.
move=> C [s [n [c [b [h [k [lk [lb lh lks] [bt ht kt] [rb rh rk] win]]]]]]].
apply/negPn/negP; rewrite /all_hits !in_setU !negb_or -!andbA.
case/and3P=> ng nl /and3P[nk ns /and3P[np nc nv]].
have none hit : O \notin hit_set hit 1 -> hits hit given O (path O) = 0.
  by move=> /(not_hit C); rewrite leqn0 => /eqP.
have {}ng := none _ ng; have {}nl := none _ nl; have {}nk := none _ nk.
have {}nc := none _ nc; have {}nv := none _ nv.
have {}ns v : hits (same v) given O (path O) <= most.
  by apply: not_hit => //; apply: contra ns => hv; apply/bigcupP; exists v.
have {}np k0 i z : hits (plane k0 i (on k0 z)) given O (path O) <= cap k0.
  apply: not_hit => //; apply: contra np => hv; apply/bigcupP; exists k0 => //.
  apply/bigcupP; exists i => //; have zk : on k0 z \in [set on k0 z | z : Z] by apply: imset_f.
  by apply/bigcupP; exists (Sub (on k0 z) zk).
have tr x : x \in trace O t -> x \in path O by apply: trace_eager.
have few : size (path O) <= Q.*2.
  by apply: leq_trans (size_eager _ _ _) _; rewrite leq_double; apply: at_most_trace.
have fl x b' z : x \in path O -> follow x (O x) = Some b' -> z != b' ->
  index x (path O) < index z (path O) -> index b' (path O) < index z (path O).
  exact: (eager_followed follow_once).
have {}lk : linked O (path O) s n c by case: lk => [l [st nt ct] rn rc]; split=> //; split; apply: tr.
case: win => [win|[q [i [z [lq qt rq wants can]]]]|[x lx [xt zx]]].
- have := no_guess fl few nc lk lb lh lks (tr _ bt) (tr _ ht) (tr _ kt) rb rh rk ng.
  by rewrite win.
- have := no_cancel few nc lk lb (tr _ bt) rb lq (tr _ qt) rq wants ns np nk nl.
  by rewrite can.
- have xd : x \notin given by rewrite inE lx.
  by have := no_hits nv xd (tr _ xt); rewrite /vanishes lx zx.
Qed.

Theorem game_bound (X : {set oracle}) :
  (forall O, O \in X -> O \in class given O0 -> cheats O (trace O t)) ->
  (#|X :&: class given O0|%:R <= bound * N)%R.
Proof.
move=> H1; apply: Order.POrderTheory.le_trans all_hits_le; rewrite ler_nat.
by apply/subset_leq_card/subsetP => O /setIP[OX C]; apply: cheats_hit => //; apply: H1.
Qed.

End Count.

End Game.
