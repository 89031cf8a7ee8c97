(* Confidentiality in the random oracle model (spec §13.3): the view of a proof
   by Encrypt and that of the simulator's proof differ only where the adversary
   asks for what it cannot know; and how rarely it guesses that.               *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import model encryption zeroknowledge rom rommodel romhidden romprover romsimulator.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.

Section Secrecy.

Variables (P : primitives) (U : outputs P) (sh : claim P) (x : scalars sh).
Variable domain : seq (label * seq (bytes P)).
Local Notation input := (adhoc_seq_sub_finType domain).
Local Notation oracle := {ffun input -> out U}.
Local Notation I := 'I_(M P).
Local Notation C := 'I_(compartments sh).
Local Notation entry := {c : C & 'I_(entries c)}.
Local Notation slot := (slot sh).
Local Notation coins := {ffun slot -> out U}.
Local Notation S := (digest sh).
Implicit Types (O : oracle) (F G : coins).

(* The place in the program that an input belongs to. *)
Definition instance_of (b : bytes P) : option I := [pick i : I | u16 P i == b].
Definition compartment_of (b : bytes P) : option C := [pick c : C | u16 P c == b].
Definition slot_of (l : label) (ps : seq (bytes P)) : slot :=
  match l with
  | Seed | Salt | Kem | Response => (l, instance_of (nth S ps 1), None)
  | SubSeed | Wrap | Mask => (l, instance_of (nth S ps 1), compartment_of (nth S ps 2))
  | _ => (l, None, None)
  end.

(* Hashes that look at the place only; u is a coin, and no hash. *)
Definition by_coins F : label -> seq (bytes P) -> out U := fun l ps => F (slot_of l ps).
Definition rng F : bytes P := out32 (F (in_all sh Statement)).
Definition asks F s : option (seq (bytes P)) := parts x (by_coins F) (rng F) s.
Definition point F s : option input := obind (fun ps => insub (s.1.1, ps)) (asks F s).

(* Encrypt on an oracle: the coins of F other than u are not used. *)
Definition real O F : option (view sh) := encrypts x (answer O) (rng F).
Definition answers O F : coins := [ffun s =>
  if parts x (answer O) (rng F) s is Some ps then answer O s.1.1 ps else F s].

(* The oracle's inputs are, at least, all that Encrypt can ask. *)
Definition covers := forall F s ps, asks F s = Some ps -> (s.1.1, ps) \in domain.

Hypothesis xX : secrets_match x.
Hypothesis u16_instances : forall i j : I, u16 P i = u16 P j -> i = j.
Hypothesis u16_compartments : forall c d : C, u16 P c = u16 P d -> c = d.
Hypothesis asked : covers.

Lemma instance_ofK (i : I) : instance_of (u16 P i) = Some i.
Proof. by rewrite /instance_of; case: pickP => [j /eqP/u16_instances ->|/(_ i)] //; rewrite eqxx. Qed.
Lemma compartment_ofK (c : C) : compartment_of (u16 P c) = Some c.
Proof. by rewrite /compartment_of; case: pickP => [d /eqP/u16_compartments ->|/(_ c)] //; rewrite eqxx. Qed.

Lemma slot_ofK (f : label -> seq (bytes P) -> out U) u s ps : parts x f u s = Some ps -> slot_of s.1.1 ps = s.
Proof.
by case: s => [[l [i|]] [c|]]; case: l => //= -[<-] /=; rewrite ?instance_ofK ?compartment_ofK.
Qed.

Lemma by_coins_at (f : label -> seq (bytes P) -> out U) u F s ps : parts x f u s = Some ps -> by_coins F s.1.1 ps = F s.
Proof. by move/slot_ofK => E; rewrite /by_coins E. Qed.

Lemma point_some F s ps : asks F s = Some ps -> exists2 q, point F s = Some q & val q = (s.1.1, ps).
Proof.
move=> E; have d := asked E; exists (Sub (s.1.1, ps) d) => //.
by rewrite /point E /= insubT.
Qed.

Lemma point_val F s q : point F s = Some q -> exists2 ps, asks F s = Some ps & val q = (s.1.1, ps).
Proof.
by rewrite /point; case: (asks F s) => [ps|] //=; case: insubP => // q' _ Eq [<-]; exists ps.
Qed.

Lemma point_inj F s s' q : point F s = Some q -> point F s' = Some q -> s = s'.
Proof.
move=> /point_val[ps E Eq] /point_val[ps' E' Eq']; move: (slot_ofK E) (slot_ofK E').
by move: Eq'; rewrite Eq => -[-> ->] -> ->.
Qed.

Section Program.
Variables (O : oracle) (F : coins).
Local Notation O' := (program point predT O F).
Local Notation F' := (old point O F).

Lemma rng_old : rng F' = rng F. Proof. by rewrite /rng ffunE. Qed.

Lemma program_agrees s ps : asks F s = Some ps -> answer O' s.1.1 ps = by_coins F s.1.1 ps.
Proof.
move=> E; have [q Eq Ev] := point_some E; rewrite (answer_at _ Ev) (by_coins_at _ E).
exact: (program_at (@point_inj) O isT Eq).
Qed.

Lemma real_program : real O' F' = encrypts x (by_coins F) (rng F).
Proof. by rewrite /real rng_old; apply: same_encrypts => // s ps; apply: program_agrees. Qed.

Lemma answers_program : answers O' F' = F.
Proof.
apply/ffunP => s; rewrite ffunE rng_old (same_parts program_agrees) -/(asks F s).
case E: (asks F s) => [ps|]; first by rewrite program_agrees // (by_coins_at _ E).
by rewrite ffunE /point E.
Qed.
End Program.

(* ---- the simulator ---- *)
Variables (opened : pred C) (key : C -> unlock P) (L : laws P).
Hypothesis right : forall c, opened c -> unlocks sh (lock_of c) (key c).

(* What is taken from outputs is nearly uniform: xor, or addition, moves outputs
   one to one; addition moves masks by the secrets but for a few outputs, as
   256^L_C integers do not fall equally often on the residues modulo an order
   (romoctets.v has these outputs). *)
Record moves := Moves {
  move16 : block -> out U -> out U;
  move_masks : C -> out U -> out U;
  stray : entry -> {set out U};
  move16_inj : forall b, injective (move16 b);
  move16E : forall b y, out16 (move16 b y) = xor b (out16 y);
  move_masks_inj : forall c, injective (move_masks c);
  move_masksE : forall e y, y \notin stray e ->
    taken_mask (move_masks (tag e) y) e = (taken_mask y e + x e)%R
}.
Variable m : moves.

(* The simulator's answers that give the same view. *)
Definition simulated F : coins := [ffun s =>
  match s with
  | (Wrap, Some i, Some c) => if closed opened F i c then move16 m (sim_sub_seed F i c) (F s) else F s
  | (Mask, Some i, Some c) => if closed opened F i c then move_masks m c (F s) else F s
  | _ => F s
  end].

Lemma simulated_kept F : sim_kept (simulated F) = sim_kept F. Proof. by rewrite /sim_kept ffunE. Qed.
Lemma simulated_closed F i c : closed opened (simulated F) i c = closed opened F i c.
Proof. by rewrite /closed simulated_kept. Qed.

Lemma simulated_inj : injective simulated.
Proof.
move=> F F' E; have Ek : sim_kept F = sim_kept F' by rewrite -simulated_kept E simulated_kept.
have Ec i c : closed opened F i c = closed opened F' i c by rewrite /closed Ek.
have at_ s := congr1 (fun G : coins => G s) E.
have Es i c : sim_sub_seed F i c = sim_sub_seed F' i c.
  by have := at_ (in_compartment SubSeed i c); rewrite !ffunE /= /sim_sub_seed => ->.
apply/ffunP => s; have := at_ s; rewrite !ffunE; case: s => [[l [i|]] [c|]]; case: l => //.
  by rewrite Ec Es; case: ifP => // _ /move16_inj.
by rewrite Ec; case: ifP => // _ /move_masks_inj.
Qed.

Lemma simulated_shown F s : shown opened F s -> simulated F s = F s.
Proof. by rewrite ffunE; case: s => [[l [i|]] [c|]]; case: l => //= /negPf ->. Qed.

(* Masks that are to hide a secret and were not moved by it. *)
Definition astray F : bool :=
  [exists i : I, exists e : entry, closed opened F i (tag e) && (F (in_compartment Mask i (tag e)) \in stray m e)].

(* C_i, of which the simulator needs no logarithm where instance i is kept. *)
Definition capsules G (i : I) : group (bls P) := (sim_r G i *: gen (bls P))%R.
Local Notation sim_view G := (sim_view opened x G (capsules G)).
Local Notation sim_parts G := (sim_parts opened key x G (capsules G)).

(* ---- Encrypt on coins is the simulator on its answers ---- *)
Section Data.
Variable F : coins.
Hypothesis moved : ~~ astray F.
Local Notation f := (by_coins F).
Local Notation u := (rng F).
Local Notation G := (simulated F).

Lemma data_nonce : nonce_at x f u = sim_nonce G. Proof. by rewrite /sim_nonce ffunE. Qed.
Lemma data_id : id_at x f u = sim_id G. Proof. by rewrite /sim_id ffunE. Qed.
Lemma data_commit : commit_at x f u = sim_commit G. Proof. by rewrite /sim_commit ffunE. Qed.
Lemma data_challenge : challenge_at x f u = sim_challenge G. Proof. by rewrite /sim_challenge ffunE. Qed.
Lemma data_kept : kept_at x f u = sim_kept G. Proof. by rewrite /sim_kept ffunE. Qed.
Lemma data_seed i : seed_at x f u i = sim_seed G i.
Proof. by rewrite /sim_seed ffunE; apply: (congr1 (@out16 P U) (by_coins_at F (s := (Seed, Some i, None)) erefl)). Qed.
Lemma data_salt i : salt_at x f u i = sim_salt G i.
Proof. by rewrite /sim_salt ffunE; apply: (congr1 (@out16 P U) (by_coins_at F (s := (Salt, Some i, None)) erefl)). Qed.
Lemma data_r i : r_at x f u i = sim_r G i.
Proof.
by rewrite /sim_r ffunE; apply: (congr1 (@out_scalar P U _) (by_coins_at F (s := (Kem, Some i, None)) erefl)).
Qed.
Lemma data_sub_seed i c : sub_seed_at x f u i c = sim_sub_seed G i c.
Proof.
by rewrite /sim_sub_seed ffunE;
  apply: (congr1 (@out16 P U) (by_coins_at F (s := (SubSeed, Some i, Some c)) erefl)).
Qed.
Lemma data_hash i : hash_at x f u i = sim_hash G i.
Proof.
by rewrite /sim_hash ffunE; apply: (congr1 (@out20 P U) (by_coins_at F (s := (Response, Some i, None)) erefl)).
Qed.
Lemma data_point i : (r_at x f u i *: gen (bls P))%R = sim_point G (capsules G) i.
Proof. by rewrite /sim_point data_r /capsules; case: ifP. Qed.
Lemma data_wrapped i c : xor (sub_seed_at x f u i c) (wrap_at x f u i c) = sim_wrapped opened G i c.
Proof.
have -> : wrap_at x f u i c = out16 (F (in_compartment Wrap i c)).
  rewrite wrap_shared; exact: (congr1 (@out16 P U) (by_coins_at F (s := (Wrap, Some i, Some c)) erefl)).
rewrite data_sub_seed /sim_wrapped simulated_closed [simulated F (in_compartment Wrap i c)]ffunE /=.
by case: (closed opened F i c) => //; rewrite move16E /sim_sub_seed ffunE.
Qed.
Lemma data_mask i e : mask_at x f u i e = taken_mask (F (in_compartment Mask i (tag e))) e.
Proof. by rewrite mask_sub (by_coins_at F (s := (Mask, Some i, Some (tag e))) erefl). Qed.
Lemma data_revealed i e : i \notin sim_kept G -> mask_at x f u i e = sim_mask G i e.
Proof. by rewrite simulated_kept data_mask /sim_mask ffunE /= /closed => /negPf ->. Qed.
Lemma data_z i e : i \in sim_kept G -> z_at x f u i e = sim_z opened x G i e.
Proof.
rewrite simulated_kept /z_at data_mask /sim_z /sim_mask ffunE /= => iK.
have -> : closed opened F i (tag e) = ~~ opened (tag e) by rewrite /closed iK.
case E: (opened (tag e)) => //=; rewrite move_masksE ?addr0 //.
move/existsPn/(_ i)/existsPn/(_ e): moved.
by rewrite /closed iK E.
Qed.
Lemma data_first i : first_at x f u i = sim_first opened G (capsules G) i.
Proof.
rewrite /first_at /sim_first /first_message_of data_point data_hash; congr (_ :: _ ++ _).
by apply: eq_map => c; rewrite data_wrapped.
Qed.
Lemma data_points i : points_at x f u i = [seq enc_point (sim_R opened x G i k) | k <- curve_order sh].
Proof.
rewrite /points_at; apply: eq_map => k; congr (enc_point _).
have Eb : batch (cl := claim_in sh f) (commit_at x f u) =1 sim_rho G.
  by move=> e; rewrite /sim_rho ffunE.
rewrite /sim_R; case: ifP => [iK|/negbT nK]; last first.
  by congr (_ *: _)%R; apply: eq_bigr => e _; rewrite Eb data_revealed.
transitivity (R_responses (cl := sh) (sim_rho G) (fun e => mask_at x f u i e + x e)%R k); last first.
  by congr (_ *: _ - _)%R; apply: eq_bigr => e _; rewrite -(data_z _ iK).
apply: etrans _ (esym (@R_agree P sh k (sim_rho G) (mask_at x f u i) x (secrets_matchP x xX))).
by congr (_ *: _)%R; apply: eq_bigr => e _; rewrite Eb.
Qed.

Lemma data_view : encrypts x f u = Some (sim_view G).
Proof.
rewrite encrypts_data // data_challenge data_nonce data_kept; congr (Some (_, _, _)).
apply/ffunP => i; rewrite !ffunE data_point data_salt data_seed data_hash; case: ifP => // iK.
congr (inr (_, _, _, _)); apply/ffunP => j; rewrite !ffunE; first exact: data_wrapped.
exact: data_z.
Qed.

Lemma data_shared i c : ~~ closed opened G i c -> shared_at x f u i c = sim_shared key G (capsules G) i c.
Proof.
rewrite /sim_shared /closed /shared_at data_r; case: (i \in sim_kept G) => //=.
rewrite negbK => oc; have := right oc; rewrite /shared_by_key /capsules.
case: (lock_of c) (key c) => [Y B|E] [sigma b|e] //=.
  by case=> [[d [-> ->]] ->]; rewrite !(pairing_l L) (pairing_r L) !scalerA [(b * _)%R]mulrC.
by move=> ->; rewrite !scalerA mulrC.
Qed.

Lemma data_parts s : shown opened G s -> asks F s = sim_parts G s.
Proof.
rewrite /asks; case: s => [[l [i|]] [c|]]; case: l => //=; rewrite ?data_id ?data_nonce ?data_commit ?data_challenge //.
- by rewrite data_seed.
- by move=> nc; rewrite data_point data_shared.
- by rewrite data_sub_seed.
- by rewrite data_seed.
- by move=> iK; rewrite data_salt; congr (Some [:: _, _, _ & _]); apply: eq_map => e; rewrite data_z.
- move=> _; rewrite /commit_parts data_id; congr (Some (_ :: flatten _)); apply: eq_map => i.
  by rewrite data_first.
- move=> _; rewrite /challenge_parts data_commit; congr (Some (_ :: flatten _)); apply: eq_map => i.
  by rewrite data_points.
Qed.
End Data.

End Secrecy.
