(* What executed.v evaluates depends on the oracle only at the calls that come out
   with it: any other oracle that answers these alike gives the same verdict, octets
   or secrets, and the same calls.                                             *)
From Coq Require Import NArith Strings.Byte.
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import model packing computable computableopen executable executed codec hashing calls callsopen.
From Relight Require encoding.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Definition answered_alike (O O' : label -> seq bytes -> bytes) (s : seq asked) : Prop :=
  forall x, x \in s -> O' x.1 x.2 = O x.1 x.2.

(* Any oracle that answers as a table does; SHAKE256 does, for what was traced. *)
Lemma table_alike (t : table) (O : label -> seq bytes -> bytes) :
  (forall e, e \in hashed t -> O e.1.1 e.1.2 = e.2) -> answered_alike (answer t) O (trace t).
Proof.
rewrite /trace /answer => E [l ps]; elim: (hashed t) E => [|[a o] s IH] //= E.
rewrite inE eq_sym; case: eqP => [Ea _|_ /=]; first by have := E _ (mem_head _ _); rewrite Ea.
by apply: IH => e es; apply: E; rewrite inE es orbT.
Qed.

Section Outcomes.

Variables (O O' : label -> seq bytes -> bytes) (t : table).

Lemma alike_cons x s : answered_alike O O' (x :: s) -> O' x.1 x.2 = O x.1 x.2 /\ answered_alike O O' s.
Proof. by move=> E; split=> [|y ys]; apply: E; rewrite inE ?eqxx ?ys ?orbT. Qed.

(* The oracles as families of hash functions. *)
Lemma alike_agree M T s : answered_alike O O' (map framed s) -> agree_on (oracle O t M T) (oracle O' t M T) s.
Proof.
move=> E [l ps] ls; have := E _ (map_f framed ls).
case: l {ls} => //= Ea; rewrite /sampled ?Ea //.
by case: ps Ea => [|h []] //= ->.
Qed.

(* A proof is read with its kept set, which Subset gives. *)
Lemma alike_proof M T st S p s : (Subset, [:: p.1]) \in s -> answered_alike O O' s ->
  proof_of t M st S (sampled O' M T) p = proof_of t M st S (sampled O M T) p.
Proof. by move=> ps E; have := E _ ps; case: p {ps} => [h [n [rs ks]]] /= {}E; rewrite /sampled E. Qed.

Lemma some_pair A B (a a' : A) (b b' : B) : Some (a, b) = Some (a', b') -> a = a' /\ b = b'.
Proof. by case. Qed.

Lemma octets_of_written (P : primitives) (cl : claim P) (lay : layout cl) (kept : _ -> pred 'I_(model.M P))
    (pf : option (packed_proof lay)) (join : seq (model.bytes P) -> bytes) :
  omap (fun pf => join (written_proof kept pf)) pf = omap join (omap (written_proof kept) pf).
Proof. by case: pf. Qed.

Lemma alike_in_order M (cl : claim (unhashed t M)) (c : 'I_(compartments cl)) (y y' : option (secrets_of c)) :
  alike y' y -> omap (@in_order t M cl c) y' = omap (@in_order t M cl c) y.
Proof. by case: y' y => [y'|] [y|] // E; congr Some; apply: eq_map => j; rewrite E. Qed.

Theorem verify_outcome_complete statement proof verdict calls :
  verify_outcome O t statement proof = Some (verdict, calls) -> answered_alike O O' calls ->
  verify_outcome O' t statement proof = Some (verdict, calls).
Proof.
rewrite /verify_outcome /with_statement.
case: (decode _ statement) => [st|]; last by [].
case: (encoding.parameters _) => [[M T]|]; last by [].
case: (decode _ proof) => [p|]; last by [].
move=> E; have [<- <-] := some_pair E => {E}.
case/alike_cons=> ES A; rewrite (ES : digest_of O' statement = digest_of O statement).
rewrite (alike_proof M T st _ (p := p) _ A); last first.
  by case: p A => [h [n [rs ks]]] A; apply: (map_f framed (mem_head (Subset, [:: h]) _)).
have [Ev Ec] := verify_calls_complete (H := oracle O t M T) (H' := oracle O' t M T)
  (@kept_nowE O t M T) (@kept_nowE O' t M T) (@alike_agree M T _ A).
exact (congr2 (fun v asked => Some (v, (Statement, [:: statement]) :: map framed asked)) Ev Ec).
Qed.

Theorem encrypt_outcome_complete statement secrets u sealed calls :
  encrypt_outcome O t statement secrets u = Some (sealed, calls) -> answered_alike O O' calls ->
  encrypt_outcome O' t statement secrets u = Some (sealed, calls).
Proof.
rewrite /encrypt_outcome /with_statement.
case: (decode _ statement) => [st|]; last by [].
case: (encoding.parameters _) => [[M T]|]; last by [].
move=> E; have [<- <-] := some_pair E => {E}.
case/alike_cons=> ES A; rewrite (ES : digest_of O' statement = digest_of O statement).
have [Ee Ec] := encrypt_calls_complete (H := oracle O t M T) (H' := oracle O' t M T)
  (@kept_nowE O t M T) (@kept_nowE O' t M T) (@alike_agree M T _ A).
rewrite !octets_of_written.
exact (congr2 (fun ps asked => Some (omap flatten ps, (Statement, [:: statement]) :: map framed asked)) Ee Ec).
Qed.

Theorem open_outcome_complete statement proof c un secrets calls :
  open_outcome O t statement proof c un = Some (secrets, calls) -> answered_alike O O' calls ->
  open_outcome O' t statement proof c un = Some (secrets, calls).
Proof.
rewrite /open_outcome /with_statement.
case: (decode _ statement) => [st|]; last by [].
case: (encoding.parameters _) => [[M T]|]; last by [].
case: (decode _ proof) => [p|]; last by [].
case: (ord_at _ c) => [j|]; last by [].
move=> E; have [<- <-] := some_pair E => {E}.
case/alike_cons=> ES A; rewrite (ES : digest_of O' statement = digest_of O statement).
rewrite (alike_proof M T st _ (p := p) _ A); last first.
  by case: p A => [h [n [rs ks]]] A; apply: (map_f framed (mem_head (Subset, [:: h]) _)).
have [Ey Ec] := open_calls_complete (H := oracle O t M T) (H' := oracle O' t M T)
  (@kept_nowE O t M T) (@kept_nowE O' t M T) (@alike_agree M T _ A).
have Es := @alike_in_order M (claim_of t M st (digest_of O statement)) j _ _ Ey.
exact (congr2 (fun y asked => Some (y, (Statement, [:: statement]) :: map framed asked)) Es Ec).
Qed.

End Outcomes.
