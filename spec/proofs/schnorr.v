(* Schnorr proof (spec §4.5): R = k·G, s = k + e·x, check s·G = R + e·X. *)
From mathcomp Require Import all_ssreflect all_algebra.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

Section Schnorr.

Variables (F : fieldType) (G : lmodType F) (g : G).

Definition accepts (X R : G) (e s : F) := s *: g == R + e *: X.

Theorem schnorr_complete x k e : accepts (x *: g) (k *: g) e (k + e * x).
Proof. by rewrite /accepts scalerDl scalerA. Qed.

(* Two answers to different challenges give the secret. *)
Theorem schnorr_extract X R e e' s s' : e != e' ->
  accepts X R e s -> accepts X R e' s' -> X = ((s - s') / (e - e')) *: g.
Proof.
move=> ne /eqP a /eqP a'; have ne0 : e - e' != 0 by rewrite subr_eq0.
rewrite mulrC -scalerA scalerBl a a' opprD addrACA subrr add0r -scalerBl.
by rewrite scalerA mulVf // scale1r.
Qed.

(* For a fixed challenge: nonces to responses is one to one, and R is what the
   check makes of the response.  So a simulator that draws s makes the same
   transcripts without x. *)
Theorem schnorr_simulated x e :
  bijective (fun k => k + e * x) /\
  forall k, k *: g = (k + e * x) *: g - e *: (x *: g).
Proof.
split=> [|k]; last by rewrite scalerDl scalerA addrK.
by exists (fun s => s - e * x) => k; rewrite ?addrK ?subrK.
Qed.

End Schnorr.
