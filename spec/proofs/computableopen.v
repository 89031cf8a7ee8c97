(* Open in the form that evaluates: computable.v has Verify and Encrypt. *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect all_algebra ring.
From Relight Require Import sharing model encryption packing computable.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

(* The same answer, if any, at every place. *)
Definition alike (T : Type) (V : T -> Type) (f g : option (forall t, V t)) : Prop :=
  match f, g with Some f, Some g => forall t, f t = g t | None, None => True | _, _ => False end.

(* As much of a list as it takes to meet p n times. *)
Fixpoint until (T : Type) (p : pred T) (n : nat) (s : seq T) : seq T :=
  if (s, n) is (t :: s', m.+1) then t :: until p (if p t then m else n) s' else [::].

Lemma untilE (T : Type) (p : pred T) n s : filter p (until p n s) = take n (filter p s).
Proof.
by elim: s n => [|t s IH] [|n] //=; rewrite ?take0 //; case: (p t); rewrite /= IH.
Qed.

(* Unpacking: the coefficients of Lagrange's basis for a list of instances. *)
Section Unpack.

Variables (F : fieldType) (J : finType) (x : J -> F).
Implicit Types (s p : seq F) (found : seq J).

(* The coefficients of a ((b - X) p - c). *)
Fixpoint times_linear (a b c : F) p : seq F :=
  if p is d :: p' then a * (b * d - c) :: times_linear a b d p' else [:: a * - c].

Lemma times_linearE a b c p : Poly (times_linear a b c p) = a%:P * ((b%:P - 'X) * Poly p - c%:P).
Proof.
elim: p c => [|d p IH] c; first by rewrite /= cons_poly_def polyCM polyCN; ring.
by rewrite /= !cons_poly_def IH !(polyCM, polyCB); ring.
Qed.

Definition basis_now found i : seq F :=
  foldr (fun j => times_linear (x j - x i)^-1 (x j) 0) [:: 1] [seq j <- found | j != i].
Definition unpack_now found (y : J -> F) k : F := total found (fun i => (basis_now found i)`_k * y i).

Lemma basis_nowE found i : uniq found -> Poly (basis_now found i) = basis x [set j in found] i.
Proof.
move=> un; rewrite /basis_now /basis (eq_bigl (mem [seq j <- found | j != i])) => [|j]; last first.
  by rewrite !inE mem_filter andbC.
rewrite -big_uniq ?filter_uniq //=; elim: filter => [|j s IH].
  by rewrite big_nil /= cons_poly_def mul0r add0r.
by rewrite big_cons /= times_linearE IH subr0 mulrA mul_polyC.
Qed.

Lemma unpack_nowE found y k : uniq found -> unpack_now found y k = unpack x [set j in found] y k.
Proof.
move=> un; rewrite /unpack_now totalE /unpack big_uniq //=; apply: eq_big => [j|j _]; first by rewrite inE.
by rewrite /weight -(basis_nowE _ un) coef_Poly.
Qed.

End Unpack.

(* ---- an instance, spec §6.6 ---- *)
Section Opened.

Variables (P : primitives) (cl : claim P).
Variable natural : forall k : curve P, N -> scalar k.
Hypothesis naturalE : forall (k : curve P) n, natural k n = (N.to_nat n)%:R.
Variable share : forall e, group (curve_of (c := cl) e).
Hypothesis shareE : forall e, share e = public_share e.
Local Notation I := 'I_(M P).
Local Notation C := 'I_(compartments cl).
Local Notation entry := {c : C & 'I_(entries c)}.
Local Notation call := (label * seq (bytes P))%type.
Variables (N : bytes P) (i : I) (c : C) (un : unlock P).

Definition sub_seed_in (C_i : bytes P) p (w : C -> block) : block :=
  xor_now (w c) (wrap_key N i c C_i (shared_dec p un)).
Definition open_instance_now (v : revealed cl) : option (secrets_of c) :=
  if v is Kept C_i w _ z then
    if dec_point C_i is Some p then
      let s := sub_seed_in C_i p w in
      let y := fun j => z (existT _ c j) - mask_now natural N i (existT _ c j : entry) s in
      if all (fun j => y j *: gen _ == share (existT _ c j : entry)) (ords (entries c)) then Some y else None
    else None
  else None.

Definition open_calls (v : revealed cl) : seq call :=
  if v is Kept C_i w _ _ then
    if dec_point C_i is Some p then
      [:: wrap_call N i c C_i (shared_dec p un); mask_call N i c (sub_seed_in C_i p w)]
    else [::]
  else [::].

Lemma open_instance_nowE v : alike (open_instance_now v) (open_instance N i c un v).
Proof.
case: v => // C_i w salt z /=; case: dec_point => // p; rewrite wrap_dec_asks -xor_nowE -/(sub_seed_in C_i p w).
set s := sub_seed_in C_i p w.
have Ey j : z (existT _ c j) - mask_now natural N i (existT _ c j : entry) s =
    z (existT _ c j) - mask_of N i (existT _ c j : entry) s.
  by rewrite (mask_nowE naturalE).
rewrite /shares_match all_forall (eq_all (a2 := fun j => (z (existT _ c j) -
  mask_of N i (existT _ c j : entry) s) *: gen _ == public_share (existT _ c j : entry))) => [|j].
  by case: ifP.
by rewrite /= Ey shareE.
Qed.

End Opened.

(* ---- packs: Open ---- *)
Section Open.

Variables (P : primitives) (cl : claim P) (lay : layout cl).
Local Notation I := 'I_(M P).
Local Notation C := 'I_(compartments cl).
Local Notation entry := {c : C & 'I_(entries c)}.
Local Notation pack := {c : C & 'I_(packs lay c)}.
Local Notation derived := (packed_claim lay).
Local Notation call := (label * seq (bytes P))%type.

Variables (natural : forall k : curve P, N -> scalar k).
Variables (same : comparable (curve P)) (kept : bytes P -> pred I).
Hypothesis naturalE : forall (k : curve P) n, natural k n = (N.to_nat n)%:R.
Hypothesis keptE : forall h i, (i \in subset h) = kept h i.

Variables (pf : packed_proof lay) (c : C) (un : unlock P).
Let N := proof_id cl (packed_nonce pf).
Local Notation pack_at b := (existT _ c b : pack).

Definition opened_now i : option (secrets_of (cl := derived i) c) :=
  open_instance_now (cl := derived i) natural (packed_share_now (lay := lay) same i) N i c un (packed_instances pf i).
Definition opens i : bool := isSome (opened_now i).
Definition needed_now : nat := foldr maxn 0%N [seq size (members_now (pack_at b)) | b <- ords (packs lay c)].
(* In their order, until enough are open. *)
Definition tried : seq I := until opens needed_now [seq i <- ords (M P) | kept (packed_challenge pf) i].

Definition value_now (b : 'I_(packs lay c)) i : scalar (pack_curve (pack_at b)) :=
  if opened_now i is Some y then y b else 0.
Definition unpacked_now (found : seq I) : secrets_of c := fun j =>
  let e := existT _ c j : entry in
  scalar_now same (curve_of e) (unpack_now (alpha (scalar (pack_curve (home lay e))) (M := M P))
    (take (size (members_now (home lay e))) found) (value_now (pack_of lay e)) (place lay e)).
Definition open_now : option (secrets_of c) :=
  let found := filter opens tried in
  if (needed_now <= size found)%N then Some (unpacked_now found) else None.

Definition open_proof_calls : seq call :=
  [:: (Subset, [:: packed_challenge pf]); id_call cl (packed_nonce pf)] ++
  flatten [seq open_calls (cl := derived i) N i c un (packed_instances pf i) | i <- tried].

Lemma opened_nowE i : alike (opened_now i) (opened pf c un i).
Proof. by apply: open_instance_nowE => [|q] //; apply: packed_share_nowE. Qed.
Lemma opensE i : opens i = isSome (opened pf c un i).
Proof. by rewrite /opens; move: (opened_nowE i); case: (opened_now i) => [y|]; case: (opened pf c un i). Qed.
Lemma value_nowE b i : value_now b i = value pf un b i.
Proof.
rewrite /value_now /value; move: (opened_nowE i).
by case: (opened_now i) => [y|]; case: (opened pf c un i) => // y'; apply.
Qed.

Lemma members_size (q : pack) : size (members_now q) = #|members q|.
Proof.
rewrite size_filter -sum1_count -sum1_card -placesE big_enum_cond /=.
by apply: eq_bigl => e; rewrite -members_nowP.
Qed.

Lemma needed_nowE : needed_now = needed lay c.
Proof.
rewrite /needed_now foldrE big_map -ordsE big_enum /=.
by apply: eq_bigr => b _; rewrite members_size.
Qed.

Lemma foundE : filter opens tried = take (needed lay c) (collected pf c un).
Proof.
rewrite untilE needed_nowE /collected (eq_filter opensE); congr (take _ _).
rewrite -ordsE [in LHS]enumT /enum_mem; congr filter.
by apply: eq_filter => i; rewrite -keptE.
Qed.

(* What is evaluated is Open. *)
Theorem open_nowE : alike open_now (packed_open pf c un).
Proof.
rewrite /open_now /packed_open foundE needed_nowE.
set found := collected pf c un; have [le|lt] := leqP (needed lay c) (size found); last first.
  by rewrite take_oversize ?(ltnW lt) // leqNgt lt.
rewrite size_takel // leqnn => j; rewrite /unpacked_now /unpacked scalar_nowE members_size; set e := existT _ c j.
rewrite take_take; last first.
  exact: (@leq_bigmax _ (fun b : ordinal (packs lay c) => #|members (pack_at b)|) (pack_of lay e)).
congr scalar_on; rewrite unpack_nowE; last by rewrite take_uniq // filter_uniq ?enum_uniq.
by rewrite /unpack; apply: eq_bigr => i _; rewrite value_nowE.
Qed.

End Open.
