(* Key generation and re-sharing, of a key or of a share (spec §9), for one key
   slot; a
   ceremony of several keys is this, once per key, each on its own curve.

   Dealers may be malicious: commitments are arbitrary group elements and the
   shares are any that pass Feldman's check.  A dealing that fails is dropped
   by everyone alike, so D is the set of accepted dealers.                    *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import sharing.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Section Dealing.

Variables (F : fieldType) (G : lmodType F) (g : G).
Hypothesis g_neq0 : g != 0.
Hypothesis g_gen : forall X : G, exists a, X = a *: g.

Variables (Dealer Recipient : finType) (D : {set Dealer}) (t : nat).
Variable z : Recipient -> F.               (* the recipients' identifiers *)
Variable A : Dealer -> 'I_t -> G.          (* VSS commitment of each dealing *)
Variable y : Dealer -> Recipient -> F.     (* opened shares *)
Hypothesis checked :
  {in D, forall i, forall j, y i j *: g = feldman (A i) (z j)}.

(* The result of any weighting w of the dealings: w = 1 for key generation,
   w = the Lagrange coefficients of the dealers for re-sharing. *)
Variable w : Dealer -> F.
Definition new_commitments k : G := \sum_(i in D) w i *: A i k.
Definition new_share j : F := \sum_(i in D) w i * y i j.

Lemma new_feldman u :
  feldman new_commitments u = \sum_(i in D) w i *: feldman (A i) u.
Proof.
rewrite /feldman /new_commitments; under eq_bigr do rewrite scaler_sumr.
rewrite exchange_big /=; apply: eq_bigr => i _; rewrite scaler_sumr.
by apply: eq_bigr => k _; rewrite !scalerA mulrC.
Qed.

(* The finish check share·G = polynomial(index) never fails (spec §9.4). *)
Lemma new_share_checks j : new_share j *: g = feldman new_commitments (z j).
Proof.
rewrite new_feldman scaler_suml; apply: eq_bigr => i iD.
by rewrite -(checked iD) scalerA.
Qed.

Lemma new_sharing : exists P : {poly F},
  [/\ (size P <= t)%N, forall k : 'I_t, new_commitments k = P`_k *: g
    & forall j, new_share j = P.[z j]].
Proof.
have [P [sz PA] PE] := feldman_exact g_neq0 g_gen new_commitments.
exists P; split=> // j; apply/eqP; rewrite -PE.
by rewrite new_share_checks.
Qed.

End Dealing.

Section Ceremony.

Variables (F : fieldType) (G : lmodType F) (g : G).
Hypothesis g_neq0 : g != 0.
Hypothesis g_gen : forall X : G, exists a, X = a *: g.
Variables (Dealer Recipient : finType) (D : {set Dealer}) (t : nat).
Variable z : Recipient -> F.
Variable A : Dealer -> 'I_t.+1 -> G.
Variable y : Dealer -> Recipient -> F.
Hypothesis checked :
  {in D, forall i, forall j, y i j *: g = feldman (A i) (z j)}.

(* Headline 7a, generation: the sums of the accepted dealings are a sharing,
   of threshold t+1, of the sum of the secrets a_i0 behind the A_i0; the
   public key is that sum times g. *)
Theorem generation_correct : exists P : {poly F},
  [/\ (size P <= t.+1)%N,
      forall k : 'I_t.+1, \sum_(i in D) A i k = P`_k *: g,
      forall j, \sum_(i in D) y i j = P.[z j]
    & forall a : Dealer -> F, {in D, forall i, A i ord0 = a i *: g} ->
        P.[0] = \sum_(i in D) a i].
Proof.
have [P [sz PA Py]] := new_sharing g_neq0 g_gen checked (fun=> 1).
have EA k : \sum_(i in D) A i k = P`_k *: g.
  by rewrite -PA; apply: eq_bigr => i _; rewrite scale1r.
exists P; split=> // [j|a Ea].
  by rewrite -Py; apply: eq_bigr => i _; rewrite mul1r.
apply: (scale_g_inj g_neq0); rewrite horner_coef0 /= -(EA ord0) scaler_suml.
exact: eq_bigr.
Qed.

(* The old sharing that is being re-shared: polynomial p, dealers at x.  What
   is shared anew is the value of p at u: zero for the key itself, the
   identifier of a party for its share. *)
Variables (x : Dealer -> F) (p : {poly F}) (u : F).
Hypothesis x_inj : {in D &, injective x}.
Hypothesis enough : (size p <= #|D|)%N.    (* at least t_old dealers *)
(* A dealing is accepted only if A_0 is the old polynomial at the dealer. *)
Hypothesis continues : {in D, forall i, A i ord0 = p.[x i] *: g}.

Let lambda := lagrange_at x u D.

(* Headline 7b, re-sharing: for every set D of at least t_old accepted
   dealers, the new shares are a sharing of the value of the *old* polynomial at
   u, of the new threshold, at the new identifiers; its public key is the old
   VSS commitment at u. *)
Theorem resharing_at : exists P : {poly F},
  [/\ (size P <= t.+1)%N,
      forall k : 'I_t.+1, \sum_(i in D) lambda i *: A i k = P`_k *: g,
      forall j, \sum_(i in D) lambda i * y i j = P.[z j],
      P.[0] = p.[u]
    & \sum_(i in D) lambda i *: A i ord0 = p.[u] *: g].
Proof.
have [P [sz PA Py]] := new_sharing g_neq0 g_gen checked lambda.
have root : \sum_(i in D) lambda i *: A i ord0 = p.[u] *: g.
  rewrite -(lagrange_at_point_exp u g x_inj enough); apply: eq_bigr => i iD.
  by rewrite continues.
exists P; split=> //; apply: (scale_g_inj g_neq0).
by rewrite horner_coef0 -root -(PA ord0).
Qed.

(* ... so any t+1 of the new shares give back that value. *)
Theorem resharing_recovers (D' : {set Recipient}) :
  {in D' &, injective z} -> (t < #|D'|)%N ->
  \sum_(j in D') lagrange z D' j * (\sum_(i in D) lambda i * y i j) = p.[u].
Proof.
move=> zI big; have [P [sz _ Py <- _]] := resharing_at.
rewrite -(lagrange_at_zero zI (leq_trans sz big)).
by apply: eq_bigr => j _; rewrite Py.
Qed.

Corollary generation_recovers (a : Dealer -> F) (D' : {set Recipient}) :
  {in D, forall i, A i ord0 = a i *: g} ->
  {in D' &, injective z} -> (t < #|D'|)%N ->
  \sum_(j in D') lagrange z D' j * (\sum_(i in D) y i j) = \sum_(i in D) a i.
Proof.
move=> Ea zI big; have [P [sz _ Py /(_ a Ea) <-]] := generation_correct.
rewrite -(lagrange_at_zero zI (leq_trans sz big)).
by apply: eq_bigr => j _; rewrite Py.
Qed.

End Ceremony.

(* At zero: the secret stays, and the public key. *)
Theorem resharing_correct (F : fieldType) (G : lmodType F) (g : G) :
  g != 0 -> (forall X : G, exists a, X = a *: g) ->
  forall (Dealer Recipient : finType) (D : {set Dealer}) (t : nat) (z : Recipient -> F)
    (A : Dealer -> 'I_t.+1 -> G) (y : Dealer -> Recipient -> F),
  {in D, forall i, forall j, y i j *: g = feldman (A i) (z j)} ->
  forall (x : Dealer -> F) (p : {poly F}), {in D &, injective x} -> (size p <= #|D|)%N ->
  {in D, forall i, A i ord0 = p.[x i] *: g} ->
  exists P : {poly F},
  [/\ (size P <= t.+1)%N,
      forall k : 'I_t.+1, \sum_(i in D) lagrange x D i *: A i k = P`_k *: g,
      forall j, \sum_(i in D) lagrange x D i * y i j = P.[z j],
      P.[0] = p.[0]
    & \sum_(i in D) lagrange x D i *: A i ord0 = p.[0] *: g].
Proof.
move=> g0 gg Dl Rc D t z A y ck x p xI enough ct.
exact: resharing_at g0 gg _ _ _ _ _ _ _ ck _ _ _ xI enough ct.
Qed.
