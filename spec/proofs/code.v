(* What bodies.v, which is made from the code, computes is what the model says:
   thresholds and indices (spec §4.1), subset sampling (spec §6.4).            *)
From Coq Require Import NArith Lia Strings.String.
From mathcomp Require Import all_ssreflect zify.
From Relight Require Import quorum subset executable mir bodies.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Local Open Scope string_scope.

(* The bits of the chosen instances. *)
Definition marks (M : nat) (chosen : seq nat) : seq bool := [seq i \in chosen | i <- iota 0 M].

Section Code.
Variable draws : string -> seq value -> seq N.
Notation calls := (call bodies draws).

(* Not unfolded, so that what remains of a run can be read. *)
Definition go := run bodies draws.
Lemma goS fuel n b e : go fuel.+1 n b e = step bodies draws (go fuel) n b e.
Proof. by []. Qed.
Lemma callE fuel n vs : calls fuel n vs = go fuel n 0 (start bodies n vs).
Proof. by []. Qed.

(* The next block is evaluated, up to arithmetic. *)
Ltac block :=
  rewrite goS;
  cbv -[go N.eqb N.ltb N.leb N.add N.sub N.mul N.div N.modulo N.land N.max N.of_nat N.to_nat
        below bit set_bit length next_power_of_two repeated marks].
Ltac evaluate := rewrite callE; repeat block.

(* A number within 1..n, or the error that carries it. *)
Definition within (kind error : string) (m n : N) : value :=
  if threshold_ok m n then Made "Ok" [:: Made kind [:: Int m]] else Made "Err" [:: Made error [:: Int m]].

Lemma threshold_okE m n : threshold_ok m n = ~~ N.eqb m 0 && ~~ N.ltb n m.
Proof. by rewrite /threshold_ok; apply/idP/idP; lia. Qed.

Theorem threshold_new_code m n :
  calls 7 0 [:: Int m; Int n] = Some (within "Threshold" "InvalidThreshold" m n).
Proof.
rewrite /within threshold_okE; evaluate.
by case: (N.eqb m 0); case: (N.ltb n m).
Qed.

Lemma supermajority_NE n : supermajority_N n = (n * 2 / 3 + 1)%num.
Proof.
have lt : ((n * 2) mod 3 < 3)%num by apply: N.mod_lt.
have : (n * 2 = 3 * (n * 2 / 3) + (n * 2) mod 3)%num by apply: N.div_mod.
move: ((n * 2) mod 3)%num (n * 2 / 3)%num lt => r m lt E.
rewrite /supermajority_N /supermajority (_ : 2 * N.to_nat n = N.to_nat m * 3 + N.to_nat r); last by lia.
by rewrite divnMDl // divn_small; lia.
Qed.

Theorem supermajority_code n : (n < 2 ^ 16)%num ->
  calls 13 1 [:: Int n] = Some (within "Threshold" "InvalidThreshold" (supermajority_N n) n).
Proof.
move=> lt; have top : (2 ^ 16 = 65536)%num by [].
have third : (n * 2 / 3 <= 43690)%num by apply: N.div_le_upper_bound; lia.
rewrite /within threshold_okE supermajority_NE; evaluate.
have -> : N.leb 4294967296 (n * 2) = false by lia.
have -> : ((n * 2) mod 4294967296 = n * 2)%num by apply: N.mod_small; lia.
have -> : N.eqb 3 0 = false by [].
have -> : N.leb 4294967296 (n * 2 / 3 + 1) = false by lia.
have -> : ((n * 2 / 3 + 1) mod 4294967296 = n * 2 / 3 + 1)%num by apply: N.mod_small; lia.
have -> : ((n * 2 / 3 + 1) mod 65536 = n * 2 / 3 + 1)%num by apply: N.mod_small; lia.
by case: (N.eqb _ 0); case: (N.ltb n _).
Qed.

Theorem at_least_one_code n :
  calls 2 2 [:: Int n] = Some (Made "Threshold" [:: Int (N.max n 1)]).
Proof. by evaluate. Qed.

Theorem index_new_code n : (n < 2 ^ 16)%num ->
  calls 4 3 [:: Int n] = Some (within "PartyIndex" "InvalidIndex" n 65535).
Proof.
move=> lt; have top : (2 ^ 16 = 65536)%num by [].
rewrite /within threshold_okE; evaluate.
have -> : N.ltb 65535 n = false by lia.
by case: (N.eqb n 0).
Qed.

Theorem index_within_code m n :
  calls 8 4 [:: Int m; Int n] = Some (within "PartyIndex" "InvalidIndex" m n).
Proof.
rewrite /within threshold_okE; evaluate.
case: (N.eqb m 0); case: (N.ltb n m) => //.
Qed.

Lemma length_marks M s : length (marks M s) = M.
Proof. by rewrite /length size_map size_iota. Qed.

Lemma marks_rev M s : marks M (rev s) = marks M s.
Proof. by apply: eq_map => i; rewrite mem_rev. Qed.

Lemma bit_marks M s v : v < M -> bit (marks M s) v = (v \in s).
Proof. by move=> lt; rewrite /bit (nth_map 0) ?size_iota // nth_iota. Qed.

Lemma set_bit_marks M s v : v < M -> set_bit (marks M s) v true = marks M (v :: s).
Proof.
move=> lt; apply: (@eq_from_nth _ false) => [|i].
  by rewrite size_set_nth -!/(length _) !length_marks; apply/maxn_idPr.
rewrite size_set_nth -/(length _) length_marks (maxn_idPr lt) => lti.
rewrite nth_set_nth /= -!/(bit _ _) !bit_marks // inE.
Qed.

Section Sampler.
Variables (M T : N) (c : string).
Hypotheses (M0 : (0 < M)%num) (M_small : (M <= 32768)%num) (T_small : (T < 2 ^ 16)%num).

Let P := next_power_of_two M.
Let challenge := Str c.
Let set := Made "ParameterSet" [:: Int M; Int T].

(* At the head of the loop: what is read later, and four values that are not. *)
Definition head (acc : seq nat) (missing : N) (ds : seq N) (v8 v22 v41 : value) : seq value :=
  let dead n := nseq n Dead in
  Dead :: set :: challenge :: Int M :: Dead :: Int (P - 1) :: dead 2 ++ v8 :: Draws ds :: dead 6 ++
  Bits (marks (N.to_nat M) acc) :: dead 2 ++ Int missing :: dead 2 ++ v22 :: dead 18 ++ v41 :: dead 3.

Lemma masked d : N.to_nat (N.land d (P - 1)) = N.to_nat d %% N.to_nat P.
Proof.
rewrite /P /next_power_of_two -N.pred_sub -N.ones_equiv N.land_ones.
have p0 : (2 ^ N.log2_up M <> 0)%num by apply: N.pow_nonzero.
by rewrite -to_nat_mod // modn_small // ; have := N.mod_lt d _ p0; lia.
Qed.

Lemma loop_end acc ds v8 v22 v41 :
  go 3 5 10 (head acc 0 ds v8 v22 v41) =
    Some (Bits (marks (N.to_nat M) acc)).
Proof. by repeat block. Qed.

Lemma loop acc missing ds s v8 v22 v41 : (missing + N.of_nat (size acc) = T)%num ->
  sample (N.to_nat M) (N.to_nat T) (N.to_nat P) acc (map N.to_nat ds) = Some s ->
  exists fuel, go fuel 5 10 (head acc missing ds v8 v22 v41) =
    Some (Bits (marks (N.to_nat M) s)).
Proof.
elim: ds acc missing v8 v22 v41 => [|d ds IH] acc missing v8 v22 v41 E /=.
  case: eqP => // sz [<-]; exists 3; rewrite marks_rev (_ : missing = 0%num); [exact: loop_end | lia].
case: eqP => [sz [<-]|sz].
  by exists 3; rewrite marks_rev (_ : missing = 0%num); [exact: loop_end | lia].
rewrite -masked; set v := N.to_nat (N.land _ _) => H.
have more : N.ltb 0 missing = true by lia.
have lenE acc' : N.of_nat (length (marks (N.to_nat M) acc')) = M by rewrite length_marks; lia.
have inside : N.ltb (N.land d (P - 1)) M = (v < N.to_nat M) by rewrite /v; lia.
have low a : below v (marks (N.to_nat M) a) = (v < N.to_nat M) by rewrite /below length_marks.
case: (leqP (N.to_nat M) v) H inside low => [ge|lt] /= H inside low.
  have [f R] := IH acc missing v8 Unit v41 E H.
  by exists f.+4.+4; do 8 (block; rewrite ?more ?lenE ?inside); exact: R.
case: (boolP (v \in acc)) H => [old|new] H.
  have [f R] := IH acc missing v8 Unit v41 E H.
  exists f.+4.+4.+2; do 10 (block; rewrite -/v ?more ?lenE ?inside ?low ?(bit_marks _ lt) ?old).
  exact: R.
have E' : ((missing - 1) + N.of_nat (size (v :: acc)) = T)%num by move: E more => /=; lia.
have [f R] := IH (v :: acc) (missing - 1)%num v8 Unit (Overflowing (Int (missing - 1)) false) E' H.
exists f.+4.+4.+3; do 9 (block; rewrite -/v ?more ?lenE ?inside ?low ?(bit_marks _ lt) ?(negbTE new)).
have borrow : N.ltb missing 1 = false by lia.
have wrap : ((missing + 65536 - 1) mod 65536 = missing - 1)%num.
  rewrite (_ : missing + 65536 - 1 = missing - 1 + 1 * 65536)%num; last by lia.
  by rewrite N.mod_add // N.mod_small //; move: T_small; rewrite -[(2 ^ 16)%num]/65536%num; lia.
by rewrite borrow wrap (set_bit_marks _ lt); do 2 block; exact: R.
Qed.

(* The code's subset is the model's, for as many draws as that needs. *)
Theorem kept_instances_code K :
  subset (N.to_nat M) (N.to_nat T) (N.to_nat P) (map N.to_nat (draws "subset" [:: challenge])) = Some K ->
  exists fuel, calls fuel 5 [:: set; challenge] = Some (Bits (marks (N.to_nat M) K)).
Proof.
rewrite /subset; case S: sample => [s|] //= [<-].
have [|f R] := loop (Overflowing (Int (P - 1)) false) Dead Dead _ S (missing := T); first by rewrite /= N.add_0_r.
have -> : marks (N.to_nat M) (sort leq s) = marks (N.to_nat M) s by apply: eq_map => i; rewrite mem_sort.
exists f.+4.+4.+2; rewrite callE.
have small : N.leb M 32768 = true by lia.
have [P0 P_small] : (1 <= P /\ P <= 32768)%num.
  rewrite /P /next_power_of_two; split; first by have := N.pow_nonzero 2 (N.log2_up M); lia.
  apply: (@N.le_trans _ (2 ^ 15)%num) => //; apply: N.pow_le_mono_r => //.
  by apply: N.log2_up_le_mono M_small.
have borrow : N.ltb P 1 = false by lia.
have wrap : ((P + 65536 - 1) mod 65536 = P - 1)%num.
  rewrite (_ : P + 65536 - 1 = P - 1 + 1 * 65536)%num; last by lia.
  by rewrite N.mod_add // N.mod_small //; lia.
do 2 block; rewrite small; do 8 (block; rewrite -?/P ?borrow ?wrap).
have -> : repeated false (N.to_nat M) = marks (N.to_nat M) [::].
  by rewrite /repeated /marks; elim: (N.to_nat M) 0 => //= n IHn i; rewrite (IHn i.+1).
exact: R.
Qed.
End Sampler.
End Code.
