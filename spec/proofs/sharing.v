(* Sharing (spec §4): Lagrange at any point, perfect secrecy, Feldman's check.

   A group of prime order q is modelled as a module G over its scalar field F
   with a generator g: [a *: g] is the spec's a·G_C.  A party is a finite type
   I; [x i] is the field element of member i's identifier.                    *)
From mathcomp Require Import all_ssreflect all_algebra.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

(* spec §4.1: a share identifier is an integer of any size, and stands for its
   residue modulo the order: two are the same point exactly if they are equal
   modulo the order, and one is zero exactly if the order divides it. *)
Section Identifiers.

Variables (F : fieldType) (p : nat).
Hypothesis char_F : p \in [char F].

Lemma natr_inj_below : {in [pred n | (n < p)%N] &, injective (fun n => n%:R : F)}.
Proof.
suff H m n : (m <= n < p)%N -> m%:R = n%:R :> F -> m = n.
  move=> m n; rewrite !inE => mp np E; case/orP: (leq_total m n) => le.
    by apply: H => //; rewrite le.
  by apply/esym; apply: H; rewrite ?le.
case/andP=> le np E; apply/eqP; rewrite eqn_leq le /= -subn_eq0.
have: (p %| n - m)%N by rewrite (dvdn_charf char_F) natrB // E subrr.
move/dvdn_leq=> Hle; rewrite eqn0Ngt; apply/negP => pos.
by move: (Hle pos); rewrite leqNgt (leq_ltn_trans (leq_subr _ _) np).
Qed.

Lemma identifier_neq0 n : (0 < n < p)%N -> n%:R != 0 :> F.
Proof.
case/andP=> pos np; rewrite -(dvdn_charf char_F); apply/negP => /dvdn_leq.
by move=> /(_ pos); rewrite leqNgt np.
Qed.

Lemma identifier_mod n : (n %% p)%:R = n%:R :> F.
Proof. exact: GRing.natr_mod_char. Qed.

Theorem identifiers_equal m n : (m%:R == n%:R :> F) = (m == n %[mod p]).
Proof.
have p0 : (0 < p)%N by rewrite prime_gt0 // (charf_prime char_F).
rewrite -[m%:R]identifier_mod -[n%:R]identifier_mod; apply/eqP/eqP => [|->] //.
by move/natr_inj_below; apply; rewrite inE ltn_pmod.
Qed.

Theorem identifier_zero n : (n%:R == 0 :> F) = (p %| n)%N.
Proof. by rewrite -(dvdn_charf char_F). Qed.

End Identifiers.

(* spec §4.2: a polynomial of threshold t is its t coefficients, constant
   term first. *)
Section Polynomial.

Variables (F : fieldType) (t : nat).
Implicit Types a b : {ffun 'I_t -> F}.

Definition poly_of a : {poly F} := \poly_(k < t) (if insub k is Some k' then a k' else 0).

Lemma poly_of_coef a (k : 'I_t) : (poly_of a)`_k = a k.
Proof. by rewrite coef_poly ltn_ord valK. Qed.

Lemma poly_of_size a : (size (poly_of a) <= t)%N.
Proof. exact: size_poly. Qed.

Lemma poly_of_inj : injective poly_of.
Proof. by move=> a b E; apply/ffunP => k; rewrite -!poly_of_coef E. Qed.

Definition coefs (p : {poly F}) : {ffun 'I_t -> F} := [ffun k : 'I_t => p`_k].

Lemma coefsK (p : {poly F}) : (size p <= t)%N -> poly_of (coefs p) = p.
Proof.
move=> sz; apply/polyP => k; rewrite coef_poly.
case: ltnP => kt; last by rewrite nth_default // (leq_trans sz).
by rewrite insubT ffunE.
Qed.

Lemma poly_of_horner a z : (poly_of a).[z] = \sum_(k < t) a k * z ^+ k.
Proof.
rewrite (horner_coef_wide _ (poly_of_size a)).
by apply: eq_bigr => k _; rewrite poly_of_coef.
Qed.

End Polynomial.

(* spec §4.4, for any distinct points x and at any point u *)
Section Lagrange.

Variables (F : fieldType) (I : finType) (x : I -> F).
Implicit Types (D : {set I}) (p : {poly F}).

(* lambda_i = prod_{j != i} (x_j - u) / (x_j - x_i), over the set D of members;
   where nobody says otherwise, u is zero. *)
Definition lagrange_at u D i : F := \prod_(j in D | j != i) ((x j - u) / (x j - x i)).
Definition lagrange := lagrange_at 0.

Definition basis D i : {poly F} :=
  \prod_(j in D | j != i) ((x j - x i)^-1 *: ((x j)%:P - 'X)).

Lemma lagrange_basis u D i : lagrange_at u D i = (basis D i).[u].
Proof.
rewrite horner_prod; apply: eq_bigr => j _.
by rewrite !hornerE mulrC.
Qed.

(* At zero there is nothing to subtract. *)
Lemma lagrange_zero D i : lagrange D i = \prod_(j in D | j != i) (x j / (x j - x i)).
Proof. by apply: eq_bigr => j _; rewrite subr0. Qed.

Lemma basis_size D i : i \in D -> (size (basis D i) <= #|D|)%N.
Proof.
move=> iD; rewrite [#|D|](cardD1 i) iD add1n /=.
apply: leq_trans (size_prod_leq _ _) _ => /=.
set A := #|_|; set s := (\sum_(_ | _) _)%N.
have le : (s <= A * 2)%N.
  rewrite /s -sum_nat_const; apply: leq_sum => j _.
  apply: leq_trans (size_scale_leq _ _) _.
  by rewrite -size_opp opprB size_XsubC.
have EA : A = #|[predD1 D & i]| by apply: eq_card => j; rewrite !inE andbC.
by rewrite -EA leq_subLR addnS ltnS (leq_trans le) // muln2 -addnn.
Qed.

Lemma basis_eq D : {in D &, injective x} ->
  {in D &, forall i j, (basis D i).[x j] = (i == j)%:R}.
Proof.
move=> xI i j iD jD; rewrite horner_prod; case: eqP => [<-|/eqP ne].
  rewrite big1 // => k /andP[kD ki]; rewrite !hornerE mulVf //.
  by rewrite subr_eq0; apply: contraNneq ki => /(xI _ _ kD iD) ->.
by rewrite (bigD1 j) /= ?jD 1?eq_sym //= !hornerE subrr mulr0 mul0r.
Qed.

Lemma poly_eq0_on D p : {in D &, injective x} -> (size p <= #|D|)%N ->
  {in D, forall i, p.[x i] = 0} -> p = 0.
Proof.
move=> xI sz p0; apply: (@roots_geq_poly_eq0 _ _ [seq x i | i in D]).
- by apply/allP => y /imageP [i iD ->]; apply/rootP/p0.
- by rewrite map_inj_in_uniq ?enum_uniq // => i j; rewrite !mem_enum; apply: xI.
- by rewrite size_image.
Qed.

Definition interpolate D (y : I -> F) : {poly F} := \sum_(i in D) y i *: basis D i.

Lemma interpolate_size D y : (size (interpolate D y) <= #|D|)%N.
Proof.
apply: leq_trans (size_sum _ _ _) _; apply/bigmax_leqP => i iD.
by apply: leq_trans (size_scale_leq _ _) (basis_size iD).
Qed.

Lemma interpolate_at D y : {in D &, injective x} ->
  {in D, forall i, (interpolate D y).[x i] = y i}.
Proof.
move=> xI i iD; rewrite horner_sum (bigD1 i) //= hornerZ basis_eq // eqxx mulr1.
rewrite big1 ?addr0 // => j /andP[jD ji].
by rewrite hornerZ basis_eq // (negPf ji) mulr0.
Qed.

Lemma interpolateK D p : {in D &, injective x} -> (size p <= #|D|)%N ->
  interpolate D (fun i => p.[x i]) = p.
Proof.
move=> xI sz; apply/eqP; rewrite -subr_eq0; apply/eqP/(poly_eq0_on xI).
  by rewrite (leq_trans (size_add _ _)) // size_opp geq_max interpolate_size.
by move=> i iD; rewrite !hornerE interpolate_at // subrr.
Qed.

(* Headline 1a (field): any D of at least t members recovers the value of the
   polynomial at any point.  #|D| may exceed the threshold: combining all the
   shares is as good. *)
Theorem lagrange_at_point u D p : {in D &, injective x} -> (size p <= #|D|)%N ->
  \sum_(i in D) lagrange_at u D i * p.[x i] = p.[u].
Proof.
move=> xI sz; rewrite -[in RHS](interpolateK xI sz) horner_sum.
by apply: eq_bigr => i _; rewrite hornerZ lagrange_basis mulrC.
Qed.

(* Headline 1a (exponent): the same on group elements. *)
Theorem lagrange_at_point_exp u (G : lmodType F) (g : G) D p :
  {in D &, injective x} -> (size p <= #|D|)%N ->
  \sum_(i in D) lagrange_at u D i *: (p.[x i] *: g) = p.[u] *: g.
Proof.
move=> xI sz; rewrite -(lagrange_at_point u xI sz) scaler_suml.
by apply: eq_bigr => i _; rewrite scalerA.
Qed.

(* At zero it is the secret. *)
Theorem lagrange_at_zero D p : {in D &, injective x} -> (size p <= #|D|)%N ->
  \sum_(i in D) lagrange D i * p.[x i] = p.[0].
Proof. exact: lagrange_at_point. Qed.

Theorem lagrange_at_zero_exp (G : lmodType F) (g : G) D p :
  {in D &, injective x} -> (size p <= #|D|)%N ->
  \sum_(i in D) lagrange D i *: (p.[x i] *: g) = p.[0] *: g.
Proof. exact: lagrange_at_point_exp. Qed.

(* No weight is zero at a point that is not one of the others' (at zero: if no
   identifier is zero). *)
Lemma lagrange_neq0 u D i : {in D &, injective x} -> i \in D ->
  {in D, forall j, x j != u} -> lagrange_at u D i != 0.
Proof.
move=> xI iD xu; apply/prodf_neq0 => j /andP[jD ji].
rewrite mulf_neq0 ?invr_eq0 ?subr_eq0 ?xu //.
by apply: contra ji => /eqP /(xI _ _ jD iD) ->.
Qed.

(* Sharings from elsewhere (spec §4.6): shares y of the members of D. *)
Definition contradict D (y : I -> F) (p : {poly F}) : {set I} := [set i in D | p.[x i] != y i].

(* Headline 1d: at most one polynomial of threshold t is contradicted by at most
   w of t + 2w shares.  So one wrong share among t + 2 is the one that the best
   candidate leaves out. *)
Theorem contradict_unique t w D y p p' : {in D &, injective x} -> (t + w.*2 <= #|D|)%N ->
  (size p <= t)%N -> (size p' <= t)%N ->
  (#|contradict D y p| <= w)%N -> (#|contradict D y p'| <= w)%N -> p = p'.
Proof.
move=> xI big sz sz' c c'.
set B := contradict D y p :|: contradict D y p'.
have cB : (#|B| <= w.*2)%N by rewrite (leq_trans (leq_card_setU _ _)) // -addnn leq_add.
apply/eqP; rewrite -subr_eq0; apply/eqP; apply: (@poly_eq0_on (D :\: B)).
- by move=> i j; rewrite !in_setD => /andP[_ iD] /andP[_ jD]; apply: xI.
- apply: (@leq_trans t); first by rewrite (leq_trans (size_add _ _)) // size_opp geq_max sz.
  rewrite cardsD leq_subRL; last by rewrite subset_leq_card ?subsetIl.
  by rewrite addnC (leq_trans _ big) // leq_add2l (leq_trans _ cB) // subset_leq_card ?subsetIr.
move=> i; rewrite !inE negb_or => /andP[/andP[e e'] iD].
move: e e'; rewrite iD /= !negbK => /eqP e /eqP e'.
by rewrite !hornerE e e' subrr.
Qed.

(* The candidates of spec §4.6: of the first t+1 shares, any t. *)
Definition candidate D0 (y : I -> F) i : {poly F} := interpolate (D0 :\ i) y.

(* So if at least t+2 shares, all but b, are those of p, then p is a candidate
   and any candidate that at most one share contradicts is p: the best one
   names b and nobody else. *)
Theorem one_wrong_share t D0 D y p b : {in D &, injective x} -> D0 \subset D ->
  #|D0| = t.+1 -> (t.+2 <= #|D|)%N -> (size p <= t)%N -> contradict D y p \subset [set b] ->
  (exists2 i, i \in D0 & candidate D0 y i = p) /\
  forall i, i \in D0 -> (#|contradict D y (candidate D0 y i)| <= 1)%N -> candidate D0 y i = p.
Proof.
move=> xI /subsetP sD c0 big sz bad.
have cD i : i \in D0 -> #|D0 :\ i| = t by move=> i0; have := cardsD1 i D0; rewrite i0 c0 => -[].
split=> [|i i0 le]; last first.
  apply: (@contradict_unique t 1 D y) => //; first by rewrite addn2.
    by rewrite -(cD i i0) interpolate_size.
  by rewrite (leq_trans (subset_leq_card bad)) ?cards1.
have [i i0 bi] : exists2 i, i \in D0 & b \notin D0 :\ i.
  have [bD|nbD] := boolP (b \in D0); first by exists b; rewrite ?setD11.
  have /card_gt0P [i i0] : (0 < #|D0|)%N by rewrite c0.
  by exists i; rewrite // in_setD1 (negPf nbD) andbF.
exists i => //; rewrite /candidate -[RHS](@interpolateK (D0 :\ i)) ?cD //.
  apply: eq_bigr => j jD; congr (_ *: _); apply/esym/eqP/negPn/negP => ne.
  have jb : j \in contradict D y p by rewrite inE ne sD //; move: jD; rewrite in_setD1 => /andP[].
  by move: bi; rewrite -(set1P (subsetP bad _ jb)) jD.
by move=> j k; rewrite !in_setD1 => /andP[_ jD] /andP[_ kD]; apply: xI; apply: sD.
Qed.

End Lagrange.

(* Perfect secrecy of the field-level shares (spec §4.2). *)
Section Secrecy.

Variables (F : finFieldType) (I : finType) (x : I -> F) (t : nat).
Implicit Types (D : {set I}) (a : {ffun 'I_t -> F}).

(* The polynomial that is 1 at 0 and 0 at every corrupted member. *)
Definition kill D : {poly F} := \prod_(i in D) (1 - (x i)^-1 *: 'X).

Lemma kill0 D : (kill D).[0] = 1.
Proof. by rewrite horner_prod big1 // => i _; rewrite !hornerE ?mulr0 subr0. Qed.

Lemma kill_at D i : i \in D -> x i != 0 -> (kill D).[x i] = 0.
Proof.
by move=> iD nz; rewrite horner_prod (bigD1 i) //= !hornerE mulVf // subrr mul0r.
Qed.

Lemma kill_size D : (size (kill D) <= #|D|.+1)%N.
Proof.
apply: leq_trans (size_prod_leq _ _) _; set s := (\sum_(_ | _) _)%N.
have le : (s <= #|D| * 2)%N.
  rewrite /s -sum_nat_const; apply: leq_sum => i _.
  rewrite (leq_trans (size_add _ _)) // size_opp geq_max size_poly1 /=.
  by rewrite (leq_trans (size_scale_leq _ _)) // size_polyX.
by rewrite leq_subLR addnS ltnS (leq_trans le) // muln2 -addnn.
Qed.

(* Replaces the secret s of a sharing by s + delta without touching the
   shares of D. *)
Definition shift D (delta : F) a := coefs t (poly_of a + delta *: kill D).

(* Headline 1b: for every set D of fewer than t members and any two secrets,
   a bijection on the sharings that keeps each share in D and moves the
   secret by delta.  So D's shares say nothing about the secret. *)
Theorem secrecy_bijection D delta : (#|D| < t)%N -> {in D, forall i, x i != 0} ->
  [/\ bijective (shift D delta),
      forall a, (poly_of (shift D delta a)).[0] = (poly_of a).[0] + delta
    & forall a, {in D, forall i, (poly_of (shift D delta a)).[x i] = (poly_of a).[x i]}].
Proof.
move=> lt nz.
have szk : (size (kill D) <= t)%N by rewrite (leq_trans (kill_size D)).
have sz d a : (size (poly_of a + d *: kill D)%R <= t)%N.
  rewrite (leq_trans (size_add _ _)) // geq_max poly_of_size.
  by rewrite (leq_trans (size_scale_leq _ _)).
split=> [|a|a i iD].
- apply: (@Bijective _ _ _ (shift D (- delta))) => a; apply: (@poly_of_inj F t).
    by rewrite /shift coefsK ?sz // coefsK ?sz // scaleNr addrK.
  by rewrite /shift coefsK ?sz // coefsK ?sz // scaleNr subrK.
- by rewrite coefsK // !hornerE kill0 mulr1.
- by rewrite coefsK // !hornerE kill_at ?mulr0 ?addr0 ?nz.
Qed.

(* Headline 1b, counted: the sharings that give D the shares y are equally
   many for every secret. *)
Theorem secrecy_count D (y : I -> F) s s' :
  (#|D| < t)%N -> {in D, forall i, x i != 0} ->
  let consistent u := [set a : {ffun 'I_t -> F} |
    ((poly_of a).[0] == u) && [forall i in D, (poly_of a).[x i] == y i]] in
  #|consistent s| = #|consistent s'|.
Proof.
move=> lt nz consistent.
suff H u v : (#|consistent u| <= #|consistent v|)%N by apply/eqP; rewrite eqn_leq !H.
have [bij sec shr] := secrecy_bijection (v - u) lt nz.
rewrite -(card_imset _ (bij_inj bij)); apply/subset_leq_card/subsetP => b.
case/imsetP=> a; rewrite !inE => /andP[/eqP a0 /forall_inP aD] ->.
rewrite sec a0 addrC subrK eqxx; apply/forall_inP => i iD.
by rewrite shr // aD.
Qed.

(* With exactly t-1 members that common number is one. *)
Theorem secrecy_unique D (y : I -> F) s :
  #|D|.+1 = t -> {in D &, injective x} -> {in D, forall i, x i != 0} ->
  #|[set a : {ffun 'I_t -> F} |
    ((poly_of a).[0] == s) && [forall i in D, (poly_of a).[x i] == y i]]| = 1%N.
Proof.
move=> st xI nz.
pose x' (o : option I) := if o is Some i then x i else 0.
pose y' (o : option I) := if o is Some i then y i else s.
pose D' : {set option I} := None |: [set Some i | i in D].
have memD o : (o \in D') = (if o is Some i then i \in D else true).
  rewrite !inE; case: o => [i|] //=; apply/imsetP/idP => [[j jD [->]] //|iD].
  by exists i.
have xI' : {in D' &, injective x'}.
  move=> [i|] [j|] //; rewrite !memD /=.
  - by move=> iD jD /(xI _ _ iD jD) ->.
  - by move=> iD _ /eqP; rewrite (negPf (nz _ iD)).
  - by move=> _ jD /esym/eqP; rewrite (negPf (nz _ jD)).
have cD' : #|D'| = t.
  rewrite cardsU1 card_imset -?st; last by move=> i j [].
  by case: imsetP => [[i _]|].
have sz : (size (interpolate x' D' y') <= t)%N.
  by rewrite -cD' interpolate_size.
apply/eqP/cards1P; exists (coefs t (interpolate x' D' y')).
apply/setP => a; rewrite !inE; apply/andP/eqP => [[/eqP a0 /forall_inP aD]|->].
  apply: (@poly_of_inj F t); rewrite coefsK //; apply/eqP; rewrite -subr_eq0; apply/eqP.
  apply: (@poly_eq0_on _ _ x' D') => //.
    by rewrite cD' (leq_trans (size_add _ _)) // size_opp geq_max poly_of_size sz.
  move=> o oD; rewrite !hornerE (interpolate_at _ xI' oD).
  case: o oD => [i|_] /=; last by rewrite a0 subrr.
  by rewrite memD => /aD/eqP ->; rewrite subrr.
rewrite coefsK //; split.
  by rewrite -[0]/(x' None) interpolate_at ?memD.
apply/forall_inP => i iD.
by rewrite -[x i]/(x' (Some i)) interpolate_at ?memD.
Qed.

End Secrecy.

(* spec §4.3 *)
Section Feldman.

Variables (F : fieldType) (G : lmodType F) (g : G) (t : nat).
Hypothesis g_neq0 : g != 0.
Hypothesis g_gen : forall X : G, exists a, X = a *: g.

Lemma scale_g_inj : injective (fun a : F => a *: g).
Proof.
move=> a b /eqP; rewrite -subr_eq0 -scalerBl scaler_eq0 (negPf g_neq0) orbF.
by rewrite subr_eq0 => /eqP.
Qed.

(* X_i = sum_k i^k A_k *)
Definition feldman (A : 'I_t -> G) (z : F) : G := \sum_(k < t) z ^+ k *: A k.

Lemma feldman_poly (a : {ffun 'I_t -> F}) z : feldman (fun k => a k *: g) z = (poly_of a).[z] *: g.
Proof.
rewrite poly_of_horner scaler_suml; apply: eq_bigr => k _.
by rewrite scalerA mulrC.
Qed.

(* Commitments, however made, are those of exactly one polynomial. *)
Lemma commitments_poly (A : 'I_t -> G) :
  exists a : {ffun 'I_t -> F}, forall k, A k = a k *: g.
Proof.
have P k : exists a, A k == a *: g by have [a ->] := g_gen (A k); exists a.
by exists [ffun k => xchoose (P k)] => k; rewrite ffunE; apply/eqP/(xchooseP (P k)).
Qed.

(* Headline 1c: the check y·G = X_i passes exactly for the value at i of the
   one polynomial that the commitments commit to. *)
Theorem feldman_exact (A : 'I_t -> G) :
  exists2 p : {poly F}, (size p <= t)%N /\ (forall k : 'I_t, A k = p`_k *: g)
  & forall z y, (y *: g == feldman A z) = (y == p.[z]).
Proof.
have [a Ea] := commitments_poly A; exists (poly_of a).
  by split=> [|k]; rewrite ?poly_of_size // poly_of_coef.
move=> z y; have -> : feldman A z = (poly_of a).[z] *: g.
  by rewrite -feldman_poly; apply: eq_bigr => k _; rewrite Ea.
by rewrite (inj_eq scale_g_inj).
Qed.

End Feldman.
