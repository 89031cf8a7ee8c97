(* That the premises of theorems 15 and 16 can hold together: one curve, of the
   order of BLS12-381, points as their logarithms, and numbers for octets.       *)
From Coq Require Import NArith ZArith.
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import orders encoding executable residues model packing packs rommodel romuniform.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.

Lemma card_residue (q : N) (pr : prime (N.to_nat q)) : #|residue_finFieldType pr| = N.to_nat q.
Proof. by rewrite -[RHS](card_Fp pr); apply: (bij_eq_card (Bijective (to_FK pr) (of_FK pr))). Qed.

Section Example.

Variables (F : finFieldType) (M : nat).
Local Notation points := [lmodType F of F^o].
Local Notation octets := (seq nat).

Definition number (a : F) : octets := [:: val (enum_rank a)].
Definition bits (n : nat) (b : n.-tuple bool) : octets := map nat_of_bool b.
Definition point_of (b : octets) : option F := [pick p : F | (p != 0%R) && (number p == b)].

(* The hash functions are not used: the oracle takes their place. *)
Definition example : primitives := @Primitives
  unit_finType (fun _ => 48) (fun _ => F) (fun _ => points) (fun _ => 1%R : points) tt
  points points (fun C Q => (C : F) * Q)%R
  [eqType of octets] flatten (fun a => [:: a]) (fun _ => number) (fun _ => number) point_of number
  (@bits 128) (@bits 160)
  (fun _ _ => [::]) (fun _ _ => [tuple of nseq 128 false]) (fun _ _ => [tuple of nseq 160 false]) (fun _ _ _ => ord0)
  (fun _ _ _ => 0%R : F) (fun _ => 0%R) M (fun _ => set0).

Definition octets32 (h : {ffun 'I_32 -> octet}) : octets := [seq val (h i) | i <- enum 'I_32].

Lemma number_inj : injective number. Proof. by move=> a b [] /val_inj /enum_rank_inj. Qed.

Lemma bits_inj n : injective (@bits n).
Proof. by move=> b c /inj_map E; apply/val_inj/E; case; case. Qed.

Lemma example_laws : laws example.
Proof.
split=> /=.
- by move=> _; apply: oner_neq0.
- by move=> a C Q; rewrite -[LHS]mulrA.
- by move=> a C Q; rewrite -[LHS]mulrCA.
- by move=> _; apply: number_inj.
- exact: bits_inj.
move=> C C0; rewrite /point_of; case: pickP => [p /andP[_ /eqP/number_inj ->]|/(_ C)] //.
by rewrite C0 eqxx.
Qed.

Lemma example_registry : #|F| = bls12381_order -> on_registry example.
Proof.
move=> card; split=> [|C]; [exact: card | exists 2%num; first by []].
split; last by [].
apply: etrans card _; rewrite -[order v1 2]/(Z.to_N bls12381_r).
exact: esym (Z_N_nat _).
Qed.

Lemma octets32_inj : injective octets32.
Proof.
move=> h h' /eq_in_map E; apply/ffunP => i; apply: val_inj.
by apply: E; rewrite mem_enum.
Qed.

(* One secret for one member, who has key 1; one statement. *)
Definition example_claim (a : F) : claim example :=
  @Claim example [::] 1 (fun=> 1) (fun=> Member (P := example) (1%R : points)) (fun=> tt) (fun=> a : points).
Definition example_statements (a : F) : statements (example_claim a) :=
  @Statements example (example_claim a) unit (fun _ => (Statement, [::]))
    (fun input => if input == (Statement, [::]) then Some tt else None)
    (fun _ => @lock_of example (example_claim a)) (fun _ => @public_share example (example_claim a)).

Lemma example_encodings a : encodings (example_statements a).
Proof.
split=> /=.
- by move=> _; apply: number_inj.
- exact: bits_inj.
- by move=> i j [] /val_inj.
- by case; rewrite eqxx.
- by [].
Qed.

End Example.

(* Headline 16i: both theorems of romuniform.v apply to one and the same, with any
   number of instances. *)
Theorem premises_hold instances : exists (P : primitives) (bytes32 : {ffun 'I_32 -> octet} -> bytes P) (sh : claim P)
    (lay : layout sh) (S : statements sh) (x : scalars sh),
  [/\ M P = instances, laws P, on_registry P & injective bytes32] /\
  [/\ packing lay 1, encodings S, secrets_match x, forall i j : 'I_(M P), u16 P i = u16 P j -> i = j
    & forall c d : 'I_(compartments sh), u16 P c = u16 P d -> c = d].
Proof.
pose F := residue_finFieldType (prime_N bls12381_r_prime); pose a : F := 1%R; pose sh := example_claim instances a.
exists (example F instances), (@octets32), sh, (spec_layout sh 1), (example_statements instances a), (fun=> a).
split; split.
- by [].
- exact: example_laws.
- apply: example_registry; apply: etrans (card_residue _) _.
  exact: Z_N_nat.
- exact: octets32_inj.
- exact: spec_packing.
- exact: example_encodings.
- by apply/forallP => e; apply/eqP/mulr1.
- by move=> i j [] /val_inj.
by move=> c d [] /val_inj.
Qed.
