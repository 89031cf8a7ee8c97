(* Octets drawn uniformly: what is taken from the first of them is uniform, and
   integers that are taken from them can be moved by residues, one to one, but for
   the few integers above the last multiple of the order.                      *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import model batching stream rom.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.

(* The inverse of a function that is one to one between types of one size. *)
Definition back (A B : finType) (a0 : A) (f : A -> B) (b : B) : A := odflt a0 [pick a | f a == b].

Lemma backK (A B : finType) (a0 : A) (f : A -> B) : injective f -> #|B| <= #|A| -> cancel (back a0 f) f.
Proof.
move=> inj le b; have [g _ gK] := inj_card_bij inj le.
by rewrite /back; case: pickP => [a /eqP|/(_ (g b))] //=; rewrite gK eqxx.
Qed.

(* ---- the first of some octets ---- *)
Definition octets_in n (y : {ffun 'I_n -> octet}) (k : nat) : octet := if insub k is Some i then y i else ord0.
Definition first m n (y : {ffun 'I_n -> octet}) : {ffun 'I_m -> octet} := [ffun k => octets_in y (val k)].

Section First.

Variables (m n : nat).
Hypothesis mn : m <= n.
Local Notation all := {ffun 'I_n -> octet}.
Local Notation part := {ffun 'I_m -> octet}.
Implicit Types (y : all) (h : part).

Local Notation first := (@first m n).
Definition replace h y : all := [ffun k => if insub (val k) is Some j then h j else y k].

Lemma first_replace h y : first (replace h y) = h.
Proof.
apply/ffunP => k; rewrite ffunE /octets_in insubT ?(leq_trans (ltn_ord k)) // => lt.
by rewrite ffunE /= valK.
Qed.

Lemma replace_first y : replace (first y) y = y.
Proof.
apply/ffunP => k; rewrite ffunE; case: insubP => // j _ E.
by rewrite ffunE E /octets_in valK.
Qed.

Lemma replace_replace h h' y : replace h (replace h' y) = replace h y.
Proof. by apply/ffunP => k; rewrite !ffunE; case: insub. Qed.

(* The first octets are as likely to be in A as uniform ones. *)
Lemma first_share (A : {set part}) : #|[set y | first y \in A]| * #|{: part}| <= #|A| * #|{: all}|.
Proof.
pose exchange (W : all * part) := (first W.1, replace W.2 W.1).
have inj : injective exchange.
  move=> [y h] [y' h'] [Ef Er]; have Eh : h = h' by rewrite -(first_replace h y) Er first_replace.
  by congr (_, _) => //; rewrite -(replace_first y) -(replace_replace _ h) Er Ef replace_replace replace_first.
rewrite -[#|{: part}|]cardsT -[#|{: all}|]cardsT -!cardsX -(card_imset _ inj).
apply/subset_leq_card/subsetP => _ /imsetP[[y h] yA ->].
by move: yA; rewrite !inE !andbT.
Qed.

Lemma first_within (Y : {set all}) (A : {set part}) a b : (forall y, y \in Y -> first y \in A) ->
  #|A| * a <= b * #|{: part}| -> #|Y| * a <= b * #|{: all}|.
Proof.
move=> YA le; have part0 : 0 < #|{: part}| by rewrite card_ffun !card_ord expn_gt0.
have le_Y : #|Y| * #|{: part}| <= #|A| * #|{: all}|.
  by apply: within_share (first_share A) => y /YA; rewrite inE.
rewrite -(leq_pmul2r part0) mulnAC [X in _ <= X]mulnAC; apply: leq_trans (leq_mul le (leqnn _)).
by rewrite [X in _ <= X]mulnAC leq_mul2r le_Y orbT.
Qed.

(* What is one to one with them has no value that is likelier than others. *)
Lemma value_share (V : eqType) (f : part -> V) v : injective f ->
  #|[set y | f (first y) == v]| * #|{: part}| <= #|{: all}|.
Proof.
move=> inj; rewrite -[X in _ <= X]mul1n; apply: (@first_within _ [set h | f h == v]) => [y|]; first by rewrite !inE.
rewrite leq_mul2r; apply/orP; right; apply/card_le1P => h /=; rewrite !inE => /eqP <- h'.
by rewrite !inE; apply/eqP/eqP => [/inj|->].
Qed.

(* What is one to one with them can be changed as anything there can. *)
Section Change.
Variables (V : finType) (f : part -> V) (g : V -> V).
Hypotheses (f_inj : injective f) (small : #|V| <= #|{: part}|) (g_inj : injective g).

Definition change y : all := replace (back [ffun => ord0] f (g (f (first y)))) y.

Lemma changeE y : f (first (change y)) = g (f (first y)).
Proof. by rewrite first_replace backK. Qed.

Lemma change_inj : injective change.
Proof.
move=> y y' E; have Ef : first y = first y' by apply/f_inj/g_inj; rewrite -!changeE E.
rewrite -(replace_first y) -(replace_first y') -Ef.
by rewrite -(replace_replace _ (back [ffun => ord0] f (g (f (first y)))) y) -/(change y) E replace_replace.
Qed.
End Change.

End First.

(* ---- bits ---- *)
Lemma same_bits w (a b : nat) : a < 2 ^ w -> b < 2 ^ w ->
  (forall i, i < w -> odd (a %/ 2 ^ i) = odd (b %/ 2 ^ i)) -> a = b.
Proof.
elim: w a b => [|w IH] a b; first by rewrite !ltnS !leqn0 => /eqP -> /eqP ->.
have half c : c < 2 ^ w.+1 -> c %/ 2 < 2 ^ w by rewrite expnSr ltn_divLR.
move=> /half la /half lb E; rewrite (divn_eq a 2) (divn_eq b 2) !modn2 (IH _ _ la lb).
  by have := E 0 isT; rewrite !divn1 => ->.
by move=> i lt; have := E i.+1 lt; rewrite expnS !divnMA.
Qed.

(* The bits of m octets, the highest of each first. *)
Definition bits_of len m (h : {ffun 'I_m -> octet}) : len.-tuple bool :=
  [tuple odd (octets_in h (i %/ 8) %/ 2 ^ (7 - i %% 8)) | i < len].

Lemma bits_of_inj len m : len = m * 8 -> injective (@bits_of len m).
Proof.
move=> El h h' E; apply/ffunP => k; apply: val_inj.
apply: (@same_bits 8) => [||i lt]; [exact: (ltn_ord (h k)) | exact: (ltn_ord (h' k)) |].
have at_k : k * 8 + (7 - i) < len.
  by rewrite El; apply: leq_trans (leq_mul (ltn_ord k) (leqnn 8)); rewrite mulSnr ltn_add2l ltnS leq_subr.
have := congr1 (fun s => tnth s (Ordinal at_k)) E; rewrite !tnth_mktuple /=.
have l8 : 7 - i < 8 by rewrite ltnS leq_subr.
by rewrite divnMDl // modnMDl (modn_small l8) (divn_small l8) addn0 subKn // /octets_in !valK.
Qed.

Lemma card_bits len m : len = m * 8 -> #|{: len.-tuple bool}| = #|{: {ffun 'I_m -> octet}}|.
Proof. by move=> ->; rewrite card_tuple card_bool card_ffun !card_ord mulnC expnM. Qed.

(* ---- integers ---- *)
Lemma taken_first m n (y : {ffun 'I_n -> octet}) ws j : sumn ws <= m -> j < size ws ->
  taken (octets_in (first m y)) ws j = taken (octets_in y) ws j.
Proof.
move=> wm jw; apply: taken_eq => // k /leq_trans/(_ wm) km.
by rewrite {1}/octets_in insubT ffunE.
Qed.

Section Integers.

Variable ws : seq nat.
Local Notation part := {ffun 'I_(sumn ws) -> octet}.
Definition integers := {dffun forall j : 'I_(size ws), 'I_(256 ^ nth 0 ws j)}.
Definition integers_of (h : part) : integers := [ffun j : 'I_(size ws) => Ordinal (taken_lt (octets_in h) ws j)].

Lemma integers_inj : injective integers_of.
Proof.
move=> h h' /ffunP E; apply/ffunP => k.
have := @taken_inj (octets_in h) (octets_in h') ws _ k (ltn_ord k); rewrite /octets_in !valK; apply.
by move=> j js; have := congr1 val (E (Ordinal js)); rewrite !ffunE.
Qed.

Lemma card_integers : #|{: integers}| = #|{: part}|.
Proof.
rewrite (card_bounded (fun j : 'I_(size ws) => 256 ^ nth 0 ws j)) card_ffun !card_ord -expn_sum.
by rewrite (sumnE ws) (big_nth 0) big_mkord.
Qed.

End Integers.

(* ---- one integer below B, moved by s modulo p ---- *)
Section Shift.

Variables (B p s : nat).
Hypothesis p0 : 0 < p.

(* Where the integers below B begin that are too few for all residues. *)
Definition tail : nat := B %/ p * p.
Definition shifted (a : nat) : nat := if a < tail then a %/ p * p + (a + s) %% p else a.

Lemma shifted_div a : shifted a %/ p = a %/ p.
Proof.
rewrite /shifted; case: ifP => // _.
by rewrite divnMDl // [X in _ + X]divn_small ?addn0 // ltn_pmod.
Qed.

Lemma shifted_tail a : (shifted a < tail) = (a < tail).
Proof. by rewrite /tail -!ltn_divLR // shifted_div. Qed.

Lemma shifted_lt (a : 'I_B) : shifted a < B.
Proof.
case: (ltnP a tail) => lt; last by rewrite /shifted [a < tail]ltnNge lt /=.
by apply: leq_trans (leq_trunc_div B p); rewrite -/tail shifted_tail.
Qed.

Definition shift (a : 'I_B) : 'I_B := Ordinal (shifted_lt a).

Lemma shift_inj : injective shift.
Proof.
move=> a b /(congr1 val) /= E; apply: val_inj => /=.
have Et : (a < tail) = (b < tail) by rewrite -shifted_tail E shifted_tail.
have Ed : a %/ p = b %/ p by rewrite -shifted_div E shifted_div.
move: E; rewrite /shifted Et Ed; case: ifP => // _ /addnI /eqP.
by rewrite eqn_modDr => /eqP Em; rewrite (divn_eq a p) (divn_eq b p) Ed Em.
Qed.

Lemma shiftE (F : ringType) (a : 'I_B) : p \in [char F]%R -> a < tail ->
  ((shift a)%:R = a%:R + s%:R :> F)%R.
Proof.
move=> ch lt; rewrite /= /shifted lt -(GRing.natr_mod_char ch) modnMDl modn_mod.
by rewrite (GRing.natr_mod_char ch) natrD.
Qed.

Lemma tail_count : #|[pred a : 'I_B | tail <= a]| <= p.
Proof.
pose f (a : 'I_B) := Ordinal (ltn_pmod a p0).
have quotient (a : 'I_B) : tail <= a -> a %/ p = B %/ p.
  by move=> le; apply/eqP; rewrite eqn_leq (leq_div2r p (ltnW (ltn_ord a))) leq_divRL.
have inj : {in [pred a : 'I_B | tail <= a] &, injective f}.
  move=> a b; rewrite !inE => /quotient qa /quotient qb [] E; apply: val_inj.
  by rewrite /= (divn_eq a p) (divn_eq b p) qa qb E.
by rewrite -(card_in_image inj) (leq_trans (max_card _)) // card_ord.
Qed.

End Shift.

(* ---- integers of n octets, each moved ---- *)
Section Move.

Variables (n : nat) (ws : seq nat) (p s : nat -> nat).
Hypotheses (p0 : forall j, 0 < p j) (wn : sumn ws <= n).
Local Notation all := {ffun 'I_n -> octet}.
Implicit Type y : all.

Definition shift_all (v : integers ws) :
  integers ws := [ffun j : 'I_(size ws) => shift (s j) (p0 j) (v j)].

Lemma shift_all_inj : injective shift_all.
Proof.
by move=> v v' /ffunP E; apply/ffunP => j; apply: (@shift_inj _ (p j) (s j) (p0 j)); have := E j; rewrite !ffunE.
Qed.

Definition move_integers : all -> all := change (@integers_of ws) shift_all.
Definition strays j : {set all} := [set y | tail (256 ^ nth 0 ws j) (p j) <= taken (octets_in y) ws j].

Lemma move_integers_inj : injective move_integers.
Proof. exact: (change_inj wn (@integers_inj ws) (eq_leq (card_integers ws)) shift_all_inj). Qed.

Lemma taken_integers y (j : 'I_(size ws)) : taken (octets_in y) ws j = integers_of (first (sumn ws) y) j.
Proof. by rewrite ffunE /= taken_first. Qed.

Lemma move_integersE (F : ringType) y j : j < size ws -> p j \in [char F]%R -> y \notin strays j ->
  ((taken (octets_in (move_integers y)) ws j)%:R = (taken (octets_in y) ws j)%:R + (s j)%:R :> F)%R.
Proof.
move=> js ch; rewrite inE -ltnNge !(@taken_integers _ (Ordinal js)) => lt.
rewrite /move_integers changeE ?card_integers //; last exact: integers_inj.
by rewrite [shift_all _ _]ffunE (shiftE _ _ ch lt).
Qed.

(* p of the 256^w integers, at most. *)
Lemma strays_share j : j < size ws -> #|strays j| * 256 ^ nth 0 ws j <= p j * #|{: all}|.
Proof.
move=> js; pose k := Ordinal js; pose B i := 256 ^ nth 0 ws i.
pose late (i : 'I_(size ws)) : pred 'I_(B i) := fun a => (i == k) ==> (tail (B j) (p j) <= a).
pose Z := [set v : integers ws | v \in family late]; pose A := [set h | integers_of h \in Z].
have A_Z : #|A| <= #|Z|.
  rewrite -(card_imset _ (@integers_inj ws)).
  by apply/subset_leq_card/subsetP => _ /imsetP[h hA ->]; move: hA; rewrite inE.
have few : #|Z| * B j <= p j * #|{: integers ws}|.
  rewrite cardsE card_family (card_bounded (fun i : 'I_(size ws) => B i)) foldrE big_map big_enum /=.
  rewrite (bigD1 k) //= [X in _ <= _ * X](bigD1 k) //= mulnAC mulnA; apply: leq_mul.
    rewrite leq_mul2r; apply/orP; right; apply: leq_trans (tail_count (B j) (p0 j)).
    by apply/subset_leq_card/subsetP => a; rewrite !unfold_in /late eqxx.
  by apply: leq_prod => i _; rewrite (leq_trans (max_card _)) // card_ord.
apply: (@first_within _ _ wn _ A) => [y|]; last by rewrite -card_integers (leq_trans _ few) // leq_mul2r A_Z orbT.
rewrite !inE (@taken_integers y k) => le.
by apply/familyP => i; rewrite unfold_in /late; apply/implyP => /eqP ->.
Qed.

End Move.
