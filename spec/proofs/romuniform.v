(* Theorems 15 and 16 of one distribution: outputs that are octets, drawn
   uniformly (romoctets.v), and curves with the orders and L_C of the registry.  *)
From Coq Require Import NArith ZArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import zify.
From Relight Require Import orders sharing encoding executable residues model batching stream packing claims.
From Relight Require Import rom rommodel romsoundness rombits romprover romsecrecy romconfidentiality romdealing romoctets.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory Num.Theory.

(* ---- the registry (spec §3.4), in natural numbers ---- *)
Lemma to_nat_exp b k : N.to_nat (b ^ N.of_nat k) = N.to_nat b ^ k.
Proof.
elim: k => [|k IH] //.
by rewrite Nat2N.inj_succ N.pow_succ_r' N2Nat.inj_mul IH expnS.
Qed.

Lemma order_prime c : registered v1 c -> prime (N.to_nat (order v1 c)).
Proof. by move/orders_prime/prime_N; rewrite N2Z.id. Qed.

Lemma order_251 c : registered v1 c -> 2 ^ 251 <= N.to_nat (order v1 c).
Proof. by move/orders_251 => le; rewrite -(to_nat_exp 2 251); lia. Qed.

Lemma order_wide c : registered v1 c -> N.to_nat (order v1 c) * 2 ^ 128 <= 256 ^ wide_octets c.
Proof.
move/orders_wide => le; rewrite -(to_nat_exp 2 128) -(to_nat_exp 256 (wide_octets c)); lia.
Qed.

(* Every coefficient modulo q has at most twice the probability 1/q. *)
Lemma half_share B q : 4 <= q -> q * 4 <= B -> up B q * (q.+1 %/ 2) <= B.
Proof.
move=> q4 qB; rewrite /up; have := leq_trunc_div B.-1 q; set a := B.-1 %/ q => aq.
have half : (q.+1 %/ 2) * 2 <= q.+1 by apply: leq_trunc_div.
move: (q.+1 %/ 2) half => h half; nia.
Qed.

(* With variables, so that nothing tries to compute them. *)
Lemma wide_share q w a b : 2 ^ a <= q -> q * 2 ^ b <= 256 ^ w -> up (256 ^ w) q * 2 ^ a <= 256 ^ w.
Proof.
move=> qa qw; have le8 : a + b <= 8 * w.
  rewrite -(@leq_exp2l 2) // expnD expnM; apply: leq_trans qw.
  by rewrite leq_mul2r qa orbT.
rewrite (_ : 256 ^ w = 2 ^ (8 * w - a + a)); first exact: share_above.
by rewrite subnK ?(leq_trans _ le8) ?leq_addr // expnM.
Qed.

Section Uniform.

(* An output is n octets; bytes32 turns 32 of them into what is hashed again, and
   2^k is the mask of Subset. *)
Variables (P : primitives) (bytes32 : {ffun 'I_32 -> octet} -> bytes P) (n T k : nat).
Local Notation U := (octet_outputs bytes32 n T k).

Definition on_registry := #|scalar (bls P)| = bls12381_order /\ forall C : curve P, exists2 c, registered v1 c &
  #|scalar C| = N.to_nat (order v1 c) /\ wide C = wide_octets c.

Hypotheses (L : laws P) (reg : on_registry) (bytes32_inj : injective bytes32).
Hypotheses (n32 : 32 <= n) (bls_long : wide (bls P) <= n).
Hypotheses (Mk : M P <= 2 ^ k) (k16 : k <= 16) (T0 : 0 < T).

Lemma fields (C : curve P) : [/\ prime #|scalar C|, 2 ^ 251 <= #|scalar C| & #|scalar C| * 2 ^ 128 <= 256 ^ wide C].
Proof.
have [_ /(_ C)[c known [-> ->]]] := reg.
by split; [apply: order_prime | apply: order_251 | apply: order_wide].
Qed.

Lemma prime_order (C : curve P) : prime #|scalar C|. Proof. by case: (fields C). Qed.

(* D_C of theorem 15. *)
Definition planes (C : curve P) : nat := #|scalar C|.+1 %/ 2.

Lemma planes_ok (C : curve P) : up (256 ^ wide C) #|scalar C| * planes C <= 256 ^ wide C /\ 2 ^ 250 <= planes C.
Proof.
have [_ q251 qw] := fields C; split.
  apply: half_share; first by apply: leq_trans (leq_pexp2l (isT : 0 < 2) (isT : 2 <= 251)) q251.
  by apply: leq_trans qw; rewrite leq_mul2l (leq_pexp2l (isT : 0 < 2) (isT : 2 <= 128)) orbT.
rewrite /planes (leq_divRL _ _ (isT : 0 < 2)) -(expnSr 2 250).
exact: leqW q251.
Qed.

Lemma zero_share : up (256 ^ wide (bls P)) #|scalar (bls P)| * 2 ^ 254 <= 256 ^ wide (bls P).
Proof.
have [_ _ qw] := fields (bls P); apply: wide_share qw; have [-> _] := reg.
exact: ltnW bls12381_order_large.
Qed.

(* Headline 15d: theorem 15 with octets for outputs. *)
Theorem uniform_bits (domain : seq (label * seq (bytes P))) (sh : claim P) (lay : layout sh) (S : statements sh)
    (W Q s : nat) (t : tree (adhoc_seq_sub_finType domain) (out U) (statement S * packed_proof lay))
    (X : {set {ffun adhoc_seq_sub_finType domain -> out U}}) :
  packing lay W -> T <= M P -> encodings S -> sumn (widths (shape lay)) <= n ->
  Q <= 2 ^ 124 -> \sum_(C : used lay) (2 * packs_on lay (val C)).+1 <= 2 ^ 22 -> M P <= 2 ^ 9 ->
  2 ^ s * 'C(M P - T + W.-1, W.-1) <= 'C(M P, T) ->
  at_most predT Q t -> thorough t -> (forall O, O \in X -> cheated T O t) ->
  (#|X|%:R <= (term Q (2 ^ s) + term Q (2 ^ 137) + term (Q * Q) (2 ^ 255)) *
    #|{: {ffun adhoc_seq_sub_finType domain -> out U}}|%:R)%R.
Proof.
move=> packed TM Enc long Q124 few M9 bits bounded asks cheat.
have G : regular U lay T (2 ^ 256) (2 ^ 160) (2 ^ 254).
  exact: (octets_regular bytes32_inj n32 Mk k16 T0 bls_long long (order_char prime_order (bls P)) zero_share).
have share (C : curve P) : exists2 p, p \in [char (scalar C)]%R &
    (up (256 ^ wide C) p * planes C <= 256 ^ wide C) && (2 ^ 250 <= planes C).
  by exists #|scalar C|; [apply: order_char prime_order C | apply/andP/planes_ok].
have half (C : curve P) : #|scalar C| <= 2 * planes C.
  by rewrite /planes; move: #|scalar C| => q; have := divn_eq q.+1 2; have := ltn_pmod q.+1 (isT : 0 < 2); lia.
exact: (rom_bits L packed TM G Enc share half Q124 few M9 bits bounded asks cheat).
Qed.

(* ---- theorem 16 ---- *)
Lemma names32 (d : bytes P) : #|[set y : out U | out32 y == d]| * 2 ^ 128 <= #|out U|.
Proof.
apply: leq_trans (octets32 bytes32_inj n32 d); rewrite leq_mul2l; apply/orP; right.
exact: (leq_pexp2l (isT : 0 < 2) (isT : 128 <= 256)).
Qed.

Lemma wide_128 (C : curve P) : #|scalar C| * 2 ^ 128 <= 256 ^ wide C. Proof. by case: (fields C). Qed.

Lemma pos128 : 0 < 2 ^ 128. Proof. by rewrite expn_gt0. Qed.

(* Headline 16g: theorem 16 with octets for outputs. *)
Theorem uniform_confidentiality (sh : claim P) (x : scalars sh) (domain : seq (label * seq (bytes P)))
    (opened : pred 'I_(compartments sh)) (key : 'I_(compartments sh) -> unlock P) (known : scalars sh)
    (A : Type) (t : option (view sh) -> tree (adhoc_seq_sub_finType domain) (out U) A) (test : pred A) (Q : nat) :
  secrets_match x -> (forall i j : 'I_(M P), u16 P i = u16 P j -> i = j) ->
  (forall c d : 'I_(compartments sh), u16 P c = u16 P d -> c = d) ->
  {subset asked_inputs U x <= domain} -> (forall c : 'I_(compartments sh), sumn (mask_widths c) <= n) ->
  (forall c, opened c -> unlocks sh (lock_of c) (key c)) -> (forall e, opened (tag e) -> known e = x e) ->
  (forall v, at_most predT Q (t v)) ->
  let real := (#|real_wins x t test|%:R)%R in
  let sim := (#|sim_wins opened key known t test|%:R)%R in
  let asked := (#|wrap_asked opened key known t|%:R)%R in
  let all := (#|{: {ffun adhoc_seq_sub_finType domain -> out U} * {ffun slot sh -> out U}}|%:R)%R in
  let lost := (term Q (2 ^ 128) + term (T * hidden_masks opened) (2 ^ 128))%R in
  (real <= sim + asked + lost * all)%R /\ (sim <= real + asked + lost * all)%R.
Proof.
move=> xX u16i u16c sub long right knows bounded.
have [m few] := @octets_moves P bytes32 n T k n32 sh x prime_order long _ wide_128.
exact: (@rom_confidentiality P U sh x domain opened key known A t test xX u16i u16c (covers_asked sub) L m right knows
  Q T _ _ bounded names32 (octets16 n32) (fun y => kept_few _ _ _ _) few pos128 pos128).
Qed.

(* Headline 16h: the same for a dealing. *)
Theorem uniform_dealing (D : bytes P) (dealer K t R : nat) (key_curve : 'I_K -> curve P)
    (A : forall i : 'I_K, 'I_t -> group (key_curve i)) (member_key : 'I_R -> group (bls P)) (identifier : 'I_R -> nat)
    (domain : seq (label * seq (bytes P))) (a b : forall i : 'I_K, {ffun 'I_t -> scalar (key_curve i)})
    (corrupted : pred 'I_R) (e : 'I_R -> scalar (bls P)) (X : Type) :
  let dealing := @dealing_claim P D dealer K t R key_curve A member_key identifier in
  let secrets := @dealt P D dealer K t R key_curve A member_key identifier in
  forall (adv : option (view dealing) -> tree (adhoc_seq_sub_finType domain) (out U) X) (test : pred X) (Q : nat),
  (forall i j, A i j = (a i j *: gen (key_curve i))%R) ->
  (forall c, corrupted c -> member_key c = (e c *: gen (bls P))%R) ->
  (forall c i, corrupted c -> ((poly_of (b i)).[(identifier c)%:R] = (poly_of (a i)).[(identifier c)%:R])%R) ->
  (forall i j : 'I_(M P), u16 P i = u16 P j -> i = j) -> (forall c d : 'I_R, u16 P c = u16 P d -> c = d) ->
  {subset asked_inputs U (secrets a) <= domain} -> (forall c : 'I_R, sumn (mask_widths (sh := dealing) c) <= n) ->
  (forall v, at_most predT Q (adv v)) ->
  let key c := @ByMember P (e c) in
  let real := (#|real_wins (secrets a) adv test|%:R)%R in
  let sim := (#|@sim_wins P U dealing domain corrupted key (secrets b) X adv test|%:R)%R in
  let asked := (#|@wrap_asked P U dealing domain corrupted key (secrets b) X adv|%:R)%R in
  let all := (#|{: {ffun adhoc_seq_sub_finType domain -> out U} * {ffun slot dealing -> out U}}|%:R)%R in
  let lost := (term Q (2 ^ 128) + term (T * (#|predC corrupted| * K)) (2 ^ 128))%R in
  (real <= sim + asked + lost * all)%R /\ (sim <= real + asked + lost * all)%R.
Proof.
move=> dealing secrets adv test Q EA keys same u16i u16c sub long bounded.
have [m few] := @octets_moves P bytes32 n T k n32 dealing (secrets a) prime_order long _ wide_128.
exact: (@dealing_secrecy P U D dealer K t R key_curve A member_key identifier domain a b corrupted e X adv test
  m Q T _ _ EA keys same u16i u16c (covers_asked sub) L bounded names32 (octets16 n32) (fun y => kept_few _ _ _ _) few
  pos128 pos128).
Qed.

End Uniform.
