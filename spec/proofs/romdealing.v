(* Secrecy of a dealing for corrupted recipients (spec §13.3): they are insiders
   of its encryption.                                                          *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import sharing model encryption rom rommodel romhidden romprover romsimulator romsecrecy.
From Relight Require Import romconfidentiality claims.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Dealing.

Variables (P : primitives) (U : outputs P) (D : bytes P) (dealer K t R : nat).
Variables (key_curve : 'I_K -> curve P) (A : forall k : 'I_K, 'I_t -> group (key_curve k)).
Variables (member_key : 'I_R -> group (bls P)) (identifier : 'I_R -> nat).
Local Notation dealing := (@dealing_claim P D dealer K t R key_curve A member_key identifier).
Local Notation polynomials := (forall k : 'I_K, {ffun 'I_t -> scalar (key_curve k)}).

(* The shares of all recipients. *)
Definition dealt (a : polynomials) : scalars dealing :=
  fun e => (poly_of (a (tagged e))).[(identifier (tag e))%:R].

Variables (domain : seq (label * seq (bytes P))) (a b : polynomials).
Variables (corrupted : pred 'I_R) (e : 'I_R -> scalar (bls P)).
Local Notation input := (adhoc_seq_sub_finType domain).

(* A mask for each key of each recipient that is not corrupted. *)
Lemma dealing_masks : @hidden_masks P dealing corrupted = (#|predC corrupted| * K)%N.
Proof.
transitivity (\sum_(c | ~~ corrupted c) \sum_(k < K) 1)%N.
  rewrite /hidden_masks -sum1_card sig_big_dep /=; apply: eq_bigl => i.
  by rewrite andbT.
by rewrite -sum_nat_const; apply: eq_bigr => c _; rewrite sum1_card card_ord.
Qed.

(* Headline 16c: corrupted recipients, with their keys, learn no more from the
   encryption than a simulator tells them that has any polynomials b which agree
   with the dealer's on their shares. *)
Theorem dealing_secrecy (X : Type) (adv : option (view dealing) -> tree input (out U) X) (test : pred X)
    (m : moves U (dealt a)) (Q T names strays : nat) :
  (forall k n, A k n = a k n *: gen (key_curve k)) ->
  (forall c, corrupted c -> member_key c = e c *: gen (bls P)) ->
  (forall c k, corrupted c -> (poly_of (b k)).[(identifier c)%:R] = (poly_of (a k)).[(identifier c)%:R]) ->
  (forall i j : 'I_(M P), u16 P i = u16 P j -> i = j) -> (forall c d : 'I_R, u16 P c = u16 P d -> c = d) ->
  covers U (dealt a) domain -> laws P -> (forall v, at_most predT Q (adv v)) ->
  (forall d, #|[set y : out U | out32 y == d]| * names <= #|out U|)%N ->
  (forall s, #|[set y : out U | out16 y == s]| * names <= #|out U|)%N ->
  (forall y : out U, #|out_subset y| <= T)%N -> (forall i, #|stray m i| * strays <= #|out U|)%N ->
  (0 < names)%N -> (0 < strays)%N ->
  let key c := @ByMember P (e c) in
  let real := #|real_wins (dealt a) adv test|%:R in
  let sim := #|@sim_wins P U dealing domain corrupted key (dealt b) X adv test|%:R in
  let asked := #|@wrap_asked P U dealing domain corrupted key (dealt b) X adv|%:R in
  let all := #|{: {ffun input -> out U} * {ffun slot dealing -> out U}}|%:R in
  let lost := term Q names + term (T * (#|predC corrupted| * K)) strays in
  real <= sim + asked + lost * all /\ sim <= real + asked + lost * all.
Proof.
move=> EA keys same u16i u16c asked L bounded s32 s16 few_kept stray_share names0 strays0.
have xX : secrets_match (dealt a) by apply: dealing_matches.
have knows (i : {c : 'I_R & 'I_K}) : corrupted (tag i) -> dealt b i = dealt a i by apply: same.
have right c : corrupted c -> unlocks dealing (lock_of (c := dealing) c) (@ByMember P (e c)) by apply: keys.
rewrite /= -dealing_masks.
exact: (@rom_confidentiality P U dealing (dealt a) domain corrupted (fun c => @ByMember P (e c)) (dealt b) X adv test
  xX u16i u16c asked L m right knows Q T names strays bounded s32 s16 few_kept stray_share names0 strays0).
Qed.

End Dealing.
