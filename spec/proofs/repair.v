(* Repair and enrolment (spec §9.8): helpers re-share the value of their
   polynomial at the identifier u of a receiver, and hand the new sharing over to
   it.  The receiver gets the value at u; helpers below the threshold learn
   nothing about it, and the receiver learns no more than it.                 *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import sharing dealing.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

(* ---- what the receiver gets ---- *)
Section Correct.

Variables (F : fieldType) (G : lmodType F) (g : G).
Hypothesis g_neq0 : g != 0.
Hypothesis g_gen : forall X : G, exists a, X = a *: g.

Lemma feldman_coef t (p : {poly F}) z : (size p <= t)%N ->
  feldman (fun k : 'I_t => p`_k *: g) z = p.[z] *: g.
Proof.
move=> sz; rewrite (horner_coef_wide _ sz) scaler_suml.
by apply: eq_bigr => k _; rewrite scalerA mulrC.
Qed.

(* The helpers at x, their polynomial p, the receiver at u; the first ceremony
   has threshold t+1. *)
Variables (Helper : finType) (x : Helper -> F) (p : {poly F}) (u : F) (t : nat).
Hypothesis x_inj : injective x.

(* The first ceremony: accepted dealings D, which re-share p at u. *)
Variables (D : {set Helper}) (A : Helper -> 'I_t.+1 -> G) (y : Helper -> Helper -> F).
Hypothesis enough : (size p <= #|D|)%N.
Hypothesis checked : {in D, forall i, forall j, y i j *: g = feldman (A i) (x j)}.
Hypothesis continues : {in D, forall i, A i ord0 = p.[x i] *: g}.
Definition between k : G := \sum_(i in D) lagrange_at x u D i *: A i k.

(* The second: accepted dealings E, which hand that over to one recipient, so
   with threshold 1. *)
Variables (E : {set Helper}) (B : Helper -> 'I_1 -> G) (h : Helper -> F) (z : F).
Hypothesis enough_again : (t < #|E|)%N.
Hypothesis checked_again : {in E, forall i, h i *: g = feldman (B i) z}.
Hypothesis continues_again : {in E, forall i, B i ord0 = feldman between (x i)}.
Definition repaired : F := \sum_(i in E) lagrange x E i * h i.

(* Headline 7c: whatever dealings were accepted in the two ceremonies, the
   receiver has exactly the value of the old polynomial at u. *)
Theorem repair_correct : repaired = p.[u].
Proof.
have xI (S : {set Helper}) : {in S &, injective x} by move=> i j _ _; apply: x_inj.
have [P [sz PA _ P0 _]] := resharing_at g_neq0 g_gen checked u (xI D) enough continues.
have EB : between =1 (fun k : 'I_t.+1 => P`_k *: g) by move=> k; rewrite /between PA.
rewrite -P0 -(lagrange_at_zero (xI E) (leq_trans sz enough_again)).
apply: eq_bigr => i iE; congr (_ * _); apply: (scale_g_inj g_neq0) => /=.
rewrite checked_again // /feldman big_ord1 expr0 scale1r continues_again //.
rewrite -(feldman_coef _ sz); apply: eq_bigr => k _; by rewrite EB.
Qed.

(* So it passes the receiver's check against the old VSS commitment. *)
Theorem repair_checks told (C : 'I_told -> G) : (size p <= told)%N ->
  (forall k, C k = p`_k *: g) -> repaired *: g = feldman C u.
Proof.
move=> sz EC; rewrite repair_correct -(feldman_coef _ sz).
by apply: eq_bigr => k _; rewrite EC.
Qed.

End Correct.

(* ---- what anybody learns ---- *)
Section Secrecy.

(* Old threshold t, threshold s of the first ceremony; A the accepted dealers
   there.  B are the corrupted helpers: they may deal what they like, as a
   function of what they see; so only the dealings of the others are drawn. *)
Variables (F : finFieldType) (I : finType) (x : I -> F) (u : F) (t s : nat).
Variables (A B : {set I}).
Hypothesis x_inj : injective x.
Hypothesis x_neq0 : forall i, x i != 0.
Hypothesis enough : (t <= #|A|)%N.
Hypothesis few : (#|B| < s)%N.
Let H := A :\: B.

Local Notation old := {ffun 'I_t -> F}.
Local Notation dealings := {ffun I -> {ffun 'I_s -> F}}.
Implicit Types (f : old) (d : dealings).

(* An honest dealer i shares its own share f(x_i). *)
Definition deals f d := [forall i in H, (poly_of (d i)).[0] == (poly_of f).[x i]].

(* What B sees: its shares, and what honest dealers send to it ... *)
Definition own f : {ffun I -> F} := [ffun b => if b \in B then (poly_of f).[x b] else 0].
Definition dealt d : {ffun I -> {ffun I -> F}} :=
  [ffun i => [ffun b => if (i \in H) && (b \in B) then (poly_of (d i)).[x b] else 0]].
(* ... and what the receiver sees besides: the sharing between the ceremonies,
   of which all is known but the part of the honest dealers. *)
Definition gathered d : {poly F} := \sum_(i in H) lagrange_at x u A i *: poly_of (d i).

(* Adds k to the old polynomial, and to each honest dealing what follows from
   it, without touching what B sees. *)
Definition shift_old (k : {poly F}) f : old := coefs t (poly_of f + k).
Definition shift_dealt (k : {poly F}) d : dealings :=
  [ffun i => if i \in H then coefs s (poly_of (d i) + k.[x i] *: kill x B) else d i].

Section Shift.
Variable k : {poly F}.
Hypotheses (szk : (size k <= t)%N) (kB : {in B, forall b, k.[x b] = 0}).

Let size_old f (q : {poly F}) : (size q <= t)%N -> (size (poly_of f + q)%R <= t)%N.
Proof. by move=> sz; rewrite (leq_trans (size_add _ _)) // geq_max poly_of_size. Qed.

Let size_dealt d i (a : F) : (size (poly_of (d i) + a *: kill x B)%R <= s)%N.
Proof.
rewrite (leq_trans (size_add _ _)) // geq_max poly_of_size (leq_trans (size_scale_leq _ _)) //.
by rewrite (leq_trans (kill_size x B)).
Qed.

Lemma shift_old_inj : injective (shift_old k).
Proof.
move=> f f' /(congr1 (@poly_of F t)); rewrite !coefsK ?size_old // => /addIr; exact: poly_of_inj.
Qed.

Lemma shift_dealt_inj : injective (shift_dealt k).
Proof.
move=> d d' /ffunP E; apply/ffunP => i; have := E i; rewrite !ffunE; case: ifP => // _.
by move/(congr1 (@poly_of F s)); rewrite !coefsK ?size_dealt // => /addIr; apply: poly_of_inj.
Qed.

Lemma shift_oldE f c : (poly_of (shift_old k f)).[c] = (poly_of f).[c] + k.[c].
Proof. by rewrite coefsK ?size_old // hornerD. Qed.

Lemma shift_deals f d : deals f d -> deals (shift_old k f) (shift_dealt k d).
Proof.
move=> /forall_inP ok; apply/forall_inP => i iH; rewrite ffunE iH coefsK ?size_dealt //.
by rewrite shift_oldE hornerD hornerZ kill0 mulr1 (eqP (ok i iH)).
Qed.

Lemma shift_own f : own (shift_old k f) = own f.
Proof. by apply/ffunP => b; rewrite !ffunE; case: ifP => // bB; rewrite shift_oldE kB ?addr0. Qed.

Lemma shift_dealtE d : dealt (shift_dealt k d) = dealt d.
Proof.
apply/ffunP => i; rewrite !ffunE; apply/ffunP => b; rewrite !ffunE.
case: ifP => // /andP[iH bB]; rewrite iH coefsK ?size_dealt //.
by rewrite hornerD hornerZ kill_at ?mulr0 ?addr0.
Qed.

Lemma shift_gathered d : gathered (shift_dealt k d) = gathered d + k.[u] *: kill x B.
Proof.
have -> : k.[u] = \sum_(i in H) lagrange_at x u A i * k.[x i].
  rewrite -(@lagrange_at_point _ _ x u A k) ?(leq_trans szk) //; last by move=> i j _ _; apply: x_inj.
  rewrite (big_setID B) /= big1 ?add0r // => i; rewrite in_setI => /andP[_ iB].
  by rewrite kB ?mulr0.
rewrite /gathered scaler_suml -big_split /=; apply: eq_bigr => i iH.
by rewrite ffunE iH coefsK ?size_dealt // scalerDr scalerA.
Qed.

End Shift.

(* The dealings with which B sees w, and with which the receiver sees G too. *)
Definition seen f w := [set d | deals f d && (dealt d == w)].
Definition seen_by_receiver f w G := [set d in seen f w | gathered d == G].

(* Two old polynomials of threshold t, as one and a difference. *)
Let difference f f' : {poly F} := poly_of f' - poly_of f.
Let size_difference f f' : (size (difference f f') <= t)%N.
Proof. by rewrite (leq_trans (size_add _ _)) // size_opp geq_max !poly_of_size. Qed.
Let shift_difference f f' : shift_old (difference f f') f = f'.
Proof.
have E : poly_of f + difference f f' = poly_of f' by rewrite /difference addrC subrK.
by apply: (@poly_of_inj F t); rewrite /shift_old E coefsK // poly_of_size.
Qed.
Let difference_own f f' : own f = own f' -> {in B, forall b, (difference f f').[x b] = 0}.
Proof. by move=> /ffunP E b bB; have := E b; rewrite !ffunE bB !hornerE => ->; rewrite subrr. Qed.

(* Headline 7d: what B sees of the first ceremony is equally likely for all old
   polynomials that give B the shares that it has. *)
Theorem helpers_view f f' w : own f = own f' -> #|seen f w| = #|seen f' w|.
Proof.
suff H1 f1 f2 : own f1 = own f2 -> (#|seen f1 w| <= #|seen f2 w|)%N.
  by move=> E; apply/eqP; rewrite eqn_leq !H1.
move=> E; have kB := difference_own E; have szk := size_difference f1 f2.
rewrite -(card_imset _ (@shift_dealt_inj (difference f1 f2))).
apply/subset_leq_card/subsetP => d' /imsetP[d]; rewrite !inE => /andP[ok /eqP Ew] ->.
by rewrite shift_dealtE Ew eqxx andbT -[X in deals X _](shift_difference f1) shift_deals.
Qed.

(* If the receiver is one of them, for all that give the receiver its share. *)
Theorem receiver_view f f' w G : own f = own f' -> (poly_of f).[u] = (poly_of f').[u] ->
  #|seen_by_receiver f w G| = #|seen_by_receiver f' w G|.
Proof.
suff H1 f1 f2 : own f1 = own f2 -> (poly_of f1).[u] = (poly_of f2).[u] ->
    (#|seen_by_receiver f1 w G| <= #|seen_by_receiver f2 w G|)%N.
  by move=> E Eu; apply/eqP; rewrite eqn_leq !H1.
move=> E Eu; have kB := difference_own E; have szk := size_difference f1 f2.
rewrite -(card_imset _ (@shift_dealt_inj (difference f1 f2))).
apply/subset_leq_card/subsetP => d' /imsetP[d]; rewrite !inE -andbA => /and3P[ok /eqP Ew /eqP EG] ->.
rewrite shift_dealtE Ew eqxx -[X in deals X _](shift_difference f1) shift_deals // shift_gathered //.
by rewrite /difference !hornerE Eu subrr scale0r addr0 EG eqxx.
Qed.

(* The same over the old polynomials: the value at any point c that is not one
   of theirs is equally likely ... *)
Section Count.

Variables (c : F) (o : {ffun I -> F}) (w : {ffun I -> {ffun I -> F}}) (G : {poly F}).

Definition runs_helpers a := [set r : old * dealings |
  [&& deals r.1 r.2, (poly_of r.1).[c] == a, own r.1 == o & dealt r.2 == w]].
Definition runs_receiver a b :=
  [set r in runs_helpers a | ((poly_of r.1).[u] == b) && (gathered r.2 == G)].

(* Moves the value at c by e. *)
Section Move.
Variables (k : {poly F}) (e : F).
Hypotheses (szk : (size k <= t)%N) (kB : {in B, forall b, k.[x b] = 0}) (kc : k.[c] = 1).
Definition move (r : old * dealings) := (shift_old (e *: k) r.1, shift_dealt (e *: k) r.2).

Let sz : (size (e *: k)%R <= t)%N. Proof. exact: leq_trans (size_scale_leq _ _) szk. Qed.
Let zero : {in B, forall b, (e *: k).[x b] = 0}. Proof. by move=> b bB; rewrite hornerZ kB ?mulr0. Qed.

Lemma move_inj : injective move.
Proof. by move=> [f d] [f' d'] [/(shift_old_inj sz) -> /shift_dealt_inj ->]. Qed.

Lemma move_helpers a r : r \in runs_helpers a -> move r \in runs_helpers (a + e).
Proof.
rewrite !inE => /and4P[ok /eqP Ec Eo Ew]; rewrite shift_deals //= shift_oldE // Ec.
by rewrite hornerZ kc mulr1 eqxx shift_own // Eo shift_dealtE.
Qed.

Lemma move_receiver a b r : k.[u] = 0 -> r \in runs_receiver a b -> move r \in runs_receiver (a + e) b.
Proof.
move=> ku; rewrite inE => /andP[rr /andP[Eu EG]]; rewrite inE move_helpers //=.
by rewrite shift_oldE // hornerZ ku mulr0 addr0 Eu shift_gathered // hornerZ ku mulr0 scale0r addr0.
Qed.
End Move.

(* 1 at c, 0 at all of B. *)
Definition bump : {poly F} := \prod_(b in B) ((x b - c)^-1 *: ((x b)%:P - 'X)).

Lemma bump_size : (size bump <= #|B|.+1)%N.
Proof.
apply: leq_trans (size_prod_leq _ _) _; set n := (\sum_(_ | _) _)%N.
have le : (n <= #|B| * 2)%N.
  rewrite /n -sum_nat_const; apply: leq_sum => b _; apply: leq_trans (size_scale_leq _ _) _.
  by rewrite -size_opp opprB size_XsubC.
by rewrite leq_subLR addnS ltnS (leq_trans le) // muln2 -addnn.
Qed.

Lemma bump_at b : b \in B -> bump.[x b] = 0.
Proof. by move=> bB; rewrite horner_prod (bigD1 b) //= !hornerE subrr mulr0 mul0r. Qed.

Lemma bump_c : {in B, forall b, x b != c} -> bump.[c] = 1.
Proof.
move=> xc; rewrite horner_prod big1 // => b bB.
by rewrite !hornerE mulVf // subr_eq0 xc.
Qed.

Hypothesis xc : {in B, forall b, x b != c}.

(* ... for fewer than t helpers, so the share of the receiver and the key are ... *)
Theorem helpers_learn_nothing a a' : (#|B| < t)%N -> #|runs_helpers a| = #|runs_helpers a'|.
Proof.
move=> lt; suff H1 v v' : (#|runs_helpers v| <= #|runs_helpers v'|)%N.
  by apply/eqP; rewrite eqn_leq !H1.
have sz := leq_trans bump_size lt.
rewrite -(card_imset _ (@move_inj bump (v' - v) sz)); apply/subset_leq_card/subsetP => r'.
case/imsetP=> r rr ->.
by have := move_helpers (v' - v) sz bump_at (bump_c xc) rr; rewrite addrCA subrr addr0.
Qed.

(* ... and for the receiver with fewer than t-1 helpers, whatever its share b,
   if c is not its own identifier: it learns its share and no more. *)
Theorem receiver_learns_its_share a a' b : (#|B|.+1 < t)%N -> c != u ->
  #|runs_receiver a b| = #|runs_receiver a' b|.
Proof.
move=> lt cu; suff H1 v v' : (#|runs_receiver v b| <= #|runs_receiver v' b|)%N.
  by apply/eqP; rewrite eqn_leq !H1.
pose k := bump * ((c - u)^-1 *: ('X - u%:P)).
have szk : (size k <= t)%N.
  apply: leq_trans (size_mul_leq _ _) _; rewrite -subn1 leq_subLR add1n.
  apply: leq_trans (leq_add bump_size (size_scale_leq _ _)) _.
  by rewrite size_XsubC addn2 ltnS.
have kB : {in B, forall b, k.[x b] = 0} by move=> i iB; rewrite hornerM bump_at ?mul0r.
have kc : k.[c] = 1 by rewrite hornerM bump_c // !hornerE mulVf // subr_eq0.
have ku : k.[u] = 0 by rewrite hornerM hornerZ hornerXsubC subrr !mulr0.
rewrite -(card_imset _ (@move_inj k (v' - v) szk)); apply/subset_leq_card/subsetP => r'.
case/imsetP=> r rr ->.
by have := move_receiver (v' - v) szk kB kc ku rr; rewrite addrCA subrr addr0.
Qed.

End Count.
End Secrecy.
