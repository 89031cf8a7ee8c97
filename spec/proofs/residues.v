(* The residues modulo a prime as binary numbers: a finite field that evaluates.
   Its laws are those of 'F_p, which has no efficient form.                   *)
From Coq Require Import NArith ZArith Znumtheory Lia.
From mathcomp Require Import all_ssreflect all_algebra finfield.
From Relight Require Import sharing orders executable.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.

Section Residues.

Variable q : N.
Hypothesis q_prime : prime (N.to_nat q).

Lemma q_gt1 : (1 < q)%num.
Proof. by have /ltP := prime_gt1 q_prime; lia. Qed.
Lemma q_neq0 : (q <> 0)%num. Proof. by have := q_gt1; lia. Qed.

Inductive residue := Residue n of (n <? q)%num.
Definition num x := let: Residue n _ := x in n.
Canonical residue_subType := [subType for num].
Definition residue_eqMixin := Eval hnf in [eqMixin of residue by <:].
Canonical residue_eqType := Eval hnf in EqType residue residue_eqMixin.

(* Sums and differences are reduced without a division. *)
Definition modulo n := (if n <? q then n else if n - q <? q then n - q else n mod q)%num.
Lemma moduloE n : modulo n = (n mod q)%num.
Proof.
rewrite /modulo; case: N.ltb_spec => [lt|le]; first by rewrite N.mod_small.
case: N.ltb_spec => // lt; rewrite -(N.mod_small _ _ lt) -(N.mod_add _ 1 _ q_neq0).
by rewrite N.mul_1_l N.sub_add.
Qed.
Lemma mod_lt n : (modulo n <? q)%num.
Proof. by rewrite moduloE; apply/N.ltb_lt/N.mod_lt/q_neq0. Qed.
Definition reduce n := Residue (mod_lt n).

Definition to_F (x : residue) : 'F_(N.to_nat q) := emb _ (num x).

Let char_F := char_Fp q_prime.

Lemma to_F_inj : injective to_F.
Proof.
case=> [m lm] [n ln] /= E; apply: val_inj => /=.
by apply: (emb_inj char_F) E; apply/N.ltb_lt.
Qed.

Lemma to_F_reduce n : to_F (reduce n) = emb _ n.
Proof. by rewrite /to_F /= moduloE (emb_mod char_F) //; apply: q_neq0. Qed.

Definition of_F (a : 'F_(N.to_nat q)) := reduce (N.of_nat a).
Lemma of_FK : cancel of_F to_F.
Proof. by move=> a; rewrite to_F_reduce /emb Nat2N.id; apply: natr_Zp. Qed.
Lemma to_FK : cancel to_F of_F.
Proof. by move=> x; apply: to_F_inj; rewrite of_FK. Qed.

(* Opaque, so that nobody evaluates the list of all residues. *)
Lemma residue_choiceMixin : choiceMixin residue. Proof. exact: CanChoiceMixin to_FK. Qed.
Canonical residue_choiceType := Eval hnf in ChoiceType residue residue_choiceMixin.
Lemma residue_countMixin : Countable.mixin_of residue. Proof. exact: CanCountMixin to_FK. Qed.
Canonical residue_countType := Eval hnf in CountType residue residue_countMixin.
Lemma residue_finMixin : Finite.mixin_of residue_eqType. Proof. exact: CanFinMixin to_FK. Qed.
Canonical residue_finType := Eval hnf in FinType residue residue_finMixin.

Definition add x y := reduce (num x + num y).
Definition opp x := reduce (q - num x).
Definition mul x y := reduce (num x * num y).

Local Open Scope ring_scope.

Lemma to_F_add x y : to_F (add x y) = to_F x + to_F y. Proof. by rewrite to_F_reduce embD. Qed.
Lemma to_F_mul x y : to_F (mul x y) = to_F x * to_F y. Proof. by rewrite to_F_reduce embM. Qed.
Lemma to_F_opp x : to_F (opp x) = - to_F x.
Proof.
rewrite to_F_reduce; case: x => n lt; have /N.ltb_lt le := lt.
by rewrite -[(q - _)%num]/(0 + q - n)%num (embB char_F) ?sub0r //; apply: N.lt_le_incl.
Qed.
Lemma to_F_0 : to_F (reduce 0) = 0. Proof. by rewrite to_F_reduce. Qed.
Lemma to_F_1 : to_F (reduce 1) = 1. Proof. by rewrite to_F_reduce. Qed.

Let to := (to_F_add, to_F_mul, to_F_opp, to_F_0, to_F_1).

Lemma addA : associative add. Proof. by move=> *; apply: to_F_inj; rewrite !to addrA. Qed.
Lemma addC : commutative add. Proof. by move=> *; apply: to_F_inj; rewrite !to addrC. Qed.
Lemma add0 : left_id (reduce 0) add. Proof. by move=> *; apply: to_F_inj; rewrite !to add0r. Qed.
Lemma addN : left_inverse (reduce 0) opp add.
Proof. by move=> *; apply: to_F_inj; rewrite !to addNr. Qed.
Definition residue_zmodMixin := ZmodMixin addA addC add0 addN.
Canonical residue_zmodType := Eval hnf in ZmodType residue residue_zmodMixin.

Lemma mulA : associative mul. Proof. by move=> *; apply: to_F_inj; rewrite !to mulrA. Qed.
Lemma mulC : commutative mul. Proof. by move=> *; apply: to_F_inj; rewrite !to mulrC. Qed.
Lemma mul1 : left_id (reduce 1) mul. Proof. by move=> *; apply: to_F_inj; rewrite !to mul1r. Qed.
Lemma mulD : left_distributive mul add. Proof. by move=> *; apply: to_F_inj; rewrite !to mulrDl. Qed.
Lemma one_neq0 : reduce 1 != reduce 0.
Proof. by apply/eqP => /(congr1 to_F)/eqP; rewrite !to oner_eq0. Qed.
Definition residue_ringMixin := ComRingMixin mulA mulC mul1 mulD one_neq0.
Canonical residue_ringType := Eval hnf in RingType residue residue_ringMixin.
Canonical residue_comRingType := Eval hnf in ComRingType residue mulC.

(* By squaring: Fermat's little theorem. *)
Fixpoint power x (n : positive) : residue :=
  match n with
  | xH => x
  | xO m => let y := power x m in mul y y
  | xI m => let y := power x m in mul x (mul y y)
  end.
Definition fermat x := if (q - 2)%num is N.pos n then power x n else x.

(* By halving, which takes no division: u = a x and v = b x, and v is odd.  What
   comes out is tried. *)
Definition half a := N.div2 (if N.odd a then a + q else a)%num.
Fixpoint halving (steps : nat) (u v a b : N) : N :=
  if steps is n.+1 then
    if (u =? 0)%num then b
    else if ~~ N.odd u then halving n (N.div2 u) v (half a) b
    else if (u <? v)%num then halving n (v - u)%num u (modulo (b + q - a))%num a
    else halving n (u - v)%num v (modulo (a + q - b))%num b
  else 0%num.
Definition inv x :=
  let y := reduce (halving (4 * N.size_nat q) (num x) q 1 0) in if mul y x == reduce 1 then y else fermat x.

Lemma to_F_power x n : to_F (power x n) = to_F x ^+ Pos.to_nat n.
Proof.
elim: n => [n IH|n IH|] //=; rewrite ?to_F_mul !IH -!exprD -?exprS.
  by rewrite Pos2Nat.inj_xI; congr (_ ^+ _.+1); lia.
by rewrite Pos2Nat.inj_xO; congr (_ ^+ _); lia.
Qed.

Lemma to_F_fermat x : to_F (fermat x) = (to_F x)^-1.
Proof.
have [x0|nz] := eqVneq (to_F x) 0.
  rewrite x0 invr0 /fermat; case: (q - 2)%num => [|n] //.
  by rewrite to_F_power x0 expr0n; have [m ->] := Pos2Nat.is_succ n.
have /(mulfI nz) little : to_F x * (to_F x ^+ (N.to_nat q).-1) = to_F x * 1.
  by rewrite -exprS mulr1 prednK ?prime_gt0 // -[in RHS](expf_card (to_F x)) card_Fp.
apply: (mulfI nz); rewrite divff // /fermat; have := q_gt1; case E: (q - 2)%num => [|n] gt1.
  by move: little; rewrite (_ : (N.to_nat q).-1 = 1%N) ?expr1 => [->|]; rewrite ?mulr1 //; lia.
by rewrite to_F_power -exprS -[RHS]little; congr (_ ^+ _); lia.
Qed.

Lemma to_F_inv x : to_F (inv x) = (to_F x)^-1.
Proof.
rewrite /inv; case: eqP => [/(congr1 to_F)|_]; last exact: to_F_fermat.
by rewrite !to mulrC => /mulr1_eq.
Qed.

Lemma mulV x : x != 0 -> inv x * x = 1.
Proof.
move=> nz; have fnz : to_F x != 0.
  by apply: contra nz => /eqP E; apply/eqP/to_F_inj; rewrite E to_F_0.
by apply: to_F_inj; rewrite to_F_mul to_F_1 to_F_inv mulVf.
Qed.
Lemma inv0 : inv 0 = 0.
Proof. by apply: to_F_inj; rewrite to_F_inv to_F_0 invr0. Qed.
Definition residue_unitRingMixin := FieldUnitMixin mulV inv0.
Canonical residue_unitRingType := Eval hnf in UnitRingType residue residue_unitRingMixin.
Canonical residue_comUnitRingType := Eval hnf in [comUnitRingType of residue].
Lemma residue_fieldMixin : GRing.Field.mixin_of residue_unitRingType.
Proof. by []. Qed.
Canonical residue_idomainType := Eval hnf in IdomainType residue (FieldIdomainMixin residue_fieldMixin).
Canonical residue_fieldType := Eval hnf in FieldType residue residue_fieldMixin.
Canonical residue_finFieldType := Eval hnf in [finFieldType of residue].

(* What is reduced is the image of the integer in the field. *)
Lemma reduceE n : reduce n = (N.to_nat n)%:R.
Proof.
apply: to_F_inj; rewrite to_F_reduce /emb; elim: (N.to_nat n) => [|m IH]; first by rewrite to_F_0.
by rewrite !mulrS to_F_add -IH to_F_1.
Qed.

End Residues.

Lemma prime_N (p : Z) : Znumtheory.prime p -> prime (N.to_nat (Z.to_N p)).
Proof. by move=> pr; rewrite Z_N_nat; apply: prime_of_Z. Qed.
