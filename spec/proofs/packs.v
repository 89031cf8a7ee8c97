(* The packs of spec §6.2, which are those that the codec reads; width 1; and
   zero knowledge with packs.                                                 *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import orders model encryption stream zeroknowledge packing.
From Relight Require encoding.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import GRing.Theory.
Local Open Scope ring_scope.

(* ---- the packs of spec §6.2: for each curve, W entries at a time ---- *)
Section Greedy.

(* The entries of one compartment, and their curves. *)
Variables (K : eqType) (n W : nat) (key : 'I_n -> K).
Hypothesis W0 : (0 < W)%N.
Implicit Types j : 'I_n.

Definition on k : seq 'I_n := [seq j <- ords n | key j == k].
(* How many entries on its curve come before. *)
Definition rank j : nat := index j (on (key j)).
Definition leads j : bool := (W %| rank j)%N.
Definition leaders : seq 'I_n := [seq j <- ords n | leads j].
Definition leader j : 'I_n := nth j (on (key j)) (rank j %/ W * W).

Lemma mem_on j k : (j \in on k) = (key j == k).
Proof. by rewrite mem_filter mem_ords andbT. Qed.

Lemma rank_lt j : (rank j < size (on (key j)))%N.
Proof. by rewrite index_mem mem_on. Qed.

Lemma nth_rank j j0 : nth j0 (on (key j)) (rank j) = j.
Proof. by rewrite nth_index // mem_on. Qed.

Lemma rank_inj j j' : key j = key j' -> rank j = rank j' -> j = j'.
Proof. by move=> Ek Er; rewrite -(nth_rank j j) Er Ek nth_rank. Qed.

Lemma rankK j0 k t : (t < size (on k))%N ->
  key (nth j0 (on k) t) = k /\ rank (nth j0 (on k) t) = t.
Proof.
move=> lt; have Ek : key (nth j0 (on k) t) = k by apply/eqP; rewrite -mem_on mem_nth.
by split=> //; rewrite /rank Ek index_uniq // filter_uniq ?ords_uniq.
Qed.

Lemma leaderP j : key (leader j) = key j /\ rank (leader j) = (rank j %/ W * W)%N.
Proof. by apply: rankK; apply: leq_ltn_trans (rank_lt j); apply: leq_trunc_div. Qed.

Lemma leader_eq j j' : key j = key j' -> (rank j %/ W = rank j' %/ W)%N -> leader j = leader j'.
Proof.
have [k r] := leaderP j; have [k' r'] := leaderP j' => Ek Er.
by apply: rank_inj; [rewrite k k' | rewrite r r' Er].
Qed.

Lemma mem_leaders j : leader j \in leaders.
Proof. by have [_ r] := leaderP j; rewrite mem_filter mem_ords /leads r dvdn_mull. Qed.

Lemma leader_place j : (index (leader j) leaders < size leaders)%N.
Proof. by rewrite index_mem mem_leaders. Qed.

Lemma leader_id j : leads j -> leader j = j.
Proof. by have [k r] := leaderP j => /divnK E; apply: rank_inj => //; rewrite r E. Qed.

Lemma leader_dense j : (rank j %% W < #|[pred j' | leader j' == leader j]|)%N.
Proof.
set t := (rank j %% W)%N; pose f (s : 'I_t.+1) := nth j (on (key j)) (rank j %/ W * W + s).
have fP s : key (f s) = key j /\ rank (f s) = (rank j %/ W * W + s)%N.
  apply: rankK; apply: leq_ltn_trans (rank_lt j).
  by rewrite [X in (_ <= X)%N](divn_eq _ W) leq_add2l -ltnS.
have f_inj : injective f.
  move=> s s' E; have [_] := fP s; rewrite E; have [_ ->] := fP s'.
  by move/addnI => /val_inj.
rewrite -[X in (X <= _)%N]card_ord -(card_image f_inj); apply/subset_leq_card/subsetP => j'.
case/imageP => s _ ->; have [k r] := fP s; rewrite inE; apply/eqP/leader_eq => //.
have sW : (s < W)%N by apply: leq_trans (ltn_ord s) _; rewrite ltn_pmod.
by rewrite r divnMDl // (divn_small sW) addn0.
Qed.

(* The codec of encoding.v reads the responses of just these packs. *)
Lemma leaders_keys :
  encoding.pack_keys W [::] [seq key j | j <- ords n] = [seq key j | j <- leaders].
Proof.
suff H s1 s2 : ords n = s1 ++ s2 ->
    encoding.pack_keys W (rev [seq key j | j <- s1]) [seq key j | j <- s2] =
    [seq key j | j <- s2 & leads j] by apply: (H [::]).
elim: s2 s1 => [|j s2 IH] s1 //= E.
have -> : count_mem (key j) (rev [seq key j | j <- s1]) = rank j.
  rewrite count_rev count_map /rank /on E filter_cat index_cat mem_filter eqxx /=.
  have := ords_uniq n; rewrite E cat_uniq /= => /and3P[_ /norP[/negPf -> _] _].
  by rewrite eqxx /= eqxx addn0 size_filter.
rewrite -rev_rcons -map_rcons IH ?cat_rcons //.
by rewrite /leads; case: ifP.
Qed.

End Greedy.

Section Spec.

Variables (P : primitives) (cl : claim P) (W : nat).
Hypothesis W0 : (0 < W)%N.
Local Notation C := 'I_(compartments cl).
Local Notation entry := {c : C & 'I_(entries c)}.
Implicit Types c : C.

Definition curves c (j : 'I_(entries c)) : curve P := curve_of (existT _ c j : entry).

Definition spec_layout : layout cl := Layout
  (packs := fun c => size (leaders W (@curves c)))
  (fun q => curves (tnth (in_tuple (leaders W (@curves (tag q)))) (tagged q)))
  (fun e => Ordinal (leader_place W (@curves (tag e)) (tagged e)))
  (fun e => rank (@curves (tag e)) (tagged e) %% W)%N.

Lemma spec_curve c (j : 'I_(entries c)) :
  pack_curve (home spec_layout (existT _ c j)) = curve_of (existT _ c j : entry).
Proof.
rewrite /= /home /= (tnth_nth j) /= nth_index ?mem_leaders //.
by have [-> _] := leaderP W (@curves c) j.
Qed.

Lemma spec_home c (j j' : 'I_(entries c)) :
  (home spec_layout (existT _ c j) == home spec_layout (existT _ c j')) =
  (leader W (@curves c) j == leader W (@curves c) j').
Proof.
rewrite /home -tag_eqE /tag_eq /= eqxx tagged_asE -val_eqE /=.
apply/eqP/eqP => [E|-> //].
by rewrite -(nth_index j (mem_leaders W (@curves c) j)) E nth_index ?mem_leaders.
Qed.

(* Headline 12f: packs as the spec groups them are packs. *)
Theorem spec_packing : packing spec_layout W.
Proof.
split=> [[c j]|[c j] [c' j']|[c j]|[c j]|[c q]].
- by rewrite spec_curve.
- move=> E; have Ec : c = c' := congr1 tag E; case: c' / Ec j' E => j' E Er.
  congr existT; move/eqP: (E); rewrite spec_home => /eqP El.
  have [k r] := leaderP W (@curves c) j; have [k' r'] := leaderP W (@curves c) j'.
  apply: (@rank_inj _ _ (@curves c)); first by rewrite -k El k'.
  rewrite (divn_eq (rank _ j) W) (divn_eq (rank _ j') W) -r -r' El.
  by move: Er => /= ->.
- by rewrite /= ltn_pmod.
- apply: leq_trans (leader_dense (@curves c) W0 j) _.
  have tag_inj : injective (fun j' : 'I_(entries c) => existT _ c j' : entry).
    by move=> a b /eqP; rewrite -tag_eqE /tag_eq /= eqxx tagged_asE => /eqP.
  rewrite -(card_image tag_inj); apply/subset_leq_card/subsetP => e /imageP[j' +] ->.
  by rewrite !inE spec_home.
- set s := leaders W (@curves c); set j := tnth (in_tuple s) q.
  have js : leads W (@curves c) j by have := mem_tnth q (in_tuple s); rewrite mem_filter => /andP[].
  exists (existT _ c j); congr existT; apply: val_inj.
  by rewrite /= leader_id // /j (tnth_nth j) /= index_uniq // filter_uniq ?ords_uniq.
Qed.

(* Its packs, in order, are on the curves that the codec expects. *)
Theorem spec_pack_curves c :
  [seq pack_curve (existT _ c q : {c & 'I_(packs spec_layout c)}) | q <- enum 'I_(packs spec_layout c)] =
  encoding.pack_keys W [::] [seq curves j | j <- ords (entries c)].
Proof.
have /= E := map_tnth_enum (in_tuple (leaders W (@curves c))).
by rewrite leaders_keys -[in RHS]E -map_comp.
Qed.

End Spec.

(* The points alpha_i are distinct on the curves of the registry. *)
Lemma registry_large (P : primitives) : registry P -> (M P <= 2 ^ 254)%N ->
  forall k : curve P, exists2 p, p \in [char (scalar k)] & (M P < p)%N.
Proof.
have below m p : (m <= 2 ^ 254 -> 2 ^ 254 < p -> m < p)%N by apply: leq_ltn_trans.
move=> reg le k; have les := below _ _ le secp256k1_order_large.
have leb := below _ _ le bls12381_order_large.
have [_ [ch|ch]] := reg k; [exists secp256k1_order | exists bls12381_order]; assumption.
Qed.

(* Width 1, so sets 1 to 3: each entry is a pack, and its packed share is its
   public share. *)
Section One.

Variables (P : primitives) (cl : claim P) (lay : layout cl) (packed : packing lay 1).
Local Notation entry := {c : 'I_(compartments cl) & 'I_(entries c)}.

Theorem packed_one : bijective (home lay) /\ forall i e,
  packed_share i (home lay e) = point_on _ (public_share e) /\
  forall x, packed_secret i x (home lay e) = scalar_on _ (x e).
Proof.
have p0 e : place lay e = 0%N by apply/eqP; rewrite -leqn0 -ltnS (place_lt packed).
have h_inj : injective (home lay).
  by move=> e e' E; apply: (place_inj packed) E _; rewrite !p0.
have one e e' : members (home lay e) e' = (e' == e) by rewrite /members /= (inj_eq h_inj).
split=> [|i e].
  have hE q : exists e, home lay e == q by have [e <-] := pack_some packed q; exists e.
  exists (fun q => xchoose (hE q)) => q; last exact/eqP/(xchooseP (hE q)).
  exact/h_inj/eqP/(xchooseP (hE (home lay q))).
have sum1 (V : zmodType) (f : entry -> V) : \sum_(e' | members (home lay e) e') f e' = f e.
  by rewrite (eq_bigl _ _ (one e)) big_pred1_eq.
split=> [|x]; first by rewrite /packed_share sum1 p0 expr0 scale1r.
by rewrite /packed_secret sum1 p0 expr0 mul1r.
Qed.

End One.

(* Zero knowledge, as in zeroknowledge.v: the response of a pack is mask plus
   packed secret, so uniform masks again make it uniform.  The coins are those of
   zeroknowledge.v, with a scalar for each pack. *)
Section PackedSimulation.

Variables (P : primitives) (cl : claim P) (lay : layout cl).
Local Notation I := 'I_(M P).
Local Notation C := 'I_(compartments cl).
Local Notation derived := (packed_claim lay).
Local Notation coins := (coins (shape lay)).
Local Notation view := (view (shape lay)).

Variables (nonce : block) (K : {set I}).
Local Notation N := (proof_id cl nonce).

Definition packed_as_revealed (v : {ffun I -> shown (shape lay)}) i : revealed (derived i) :=
  as_revealed (cl := derived i) (v i).

Definition packed_rho_of (v : {ffun I -> shown (shape lay)}) i :=
  batch (cl := derived i) (packed_first_hash N (packed_as_revealed v)).

Section Prover.
Variables (x : scalars cl) (s : I -> C -> block) (omega : coins).

Definition packed_prover_shown : {ffun I -> shown (shape lay)} :=
  prover_shown (cl := shape lay) K (fun i => packed_secret i x) s omega.

Definition packed_prover_view : view := (packed_prover_shown, [ffun i => [ffun k =>
  let: (seed, _, _, _, _, m) := omega i in
  R_masks (cl := derived i) (@packed_rho_of packed_prover_shown i)
          (if i \in K then m : scalars (derived i) else mask (cl := derived i) N i seed) k]]).
End Prover.

(* The simulator shows its coins, as in zeroknowledge.v. *)
Definition packed_simulator_view (omega : coins) : view :=
  let v := simulator_shown K omega in
  (v, [ffun i => [ffun k => R_of (cl := derived i) N (@packed_rho_of v i) i (packed_as_revealed v i) k]]).

Definition packed_recoin (x : scalars cl) (s : I -> C -> block) : coins -> coins :=
  recoin (cl := shape lay) (fun i => packed_secret i x) s.

(* Headline 12j: one to one, the prover's coins become simulator's coins with
   the very same view. *)
Theorem packed_simulation x s : secrets_match x ->
  bijective (packed_recoin x s) /\
  forall omega, packed_prover_view x s omega = packed_simulator_view (packed_recoin x s omega).
Proof.
move=> xX; split=> [|omega]; first exact: recoin_bij.
rewrite /packed_prover_view /packed_simulator_view -recoin_shown; congr (_, _).
apply/ffunP => i; rewrite !ffunE; apply/ffunP => k; rewrite !ffunE /packed_as_revealed !ffunE.
case: (omega i) => [[[[[seed h] r] kk] salt] m]; case: ifP => //= _.
rewrite -(@packed_R _ _ lay i _ _ (m : scalars (derived i)) _ xX) /R_responses; congr (_ *: _ - _).
by apply: eq_bigr => e _; rewrite ffunE.
Qed.

Theorem packed_zero_knowledge x s (test : view -> bool) : secrets_match x ->
  #|[set omega | test (packed_prover_view x s omega)]| =
  #|[set omega | test (packed_simulator_view omega)]|.
Proof. by move=> xX; have [bij E] := packed_simulation s xX; apply: same_tests bij E. Qed.

(* The simulator's view is an accepted proof, for the challenge that the
   (programmed) challenge hash gives. *)
Theorem packed_simulator_accepted omega h :
  let v := packed_as_revealed (simulator_shown K omega) in
  subset h = K ->
  h = packed_challenge_hash lay (packed_first_hash N v) (fun i => (packed_simulator_view omega).2 i) ->
  packed_verify (PackedProof h nonce v).
Proof.
move=> v hK hE; rewrite /packed_verify /= hK; apply/andP; split.
  apply/forallP => i; rewrite /v /packed_as_revealed ffunE.
  by case: (omega i) => [[[[[seed h'] r] k] salt] m]; case: ifP.
rewrite {1}hE; apply/eqP; congr (xof _ (_ :: flatten _)).
apply: eq_map => i; apply: eq_map => k; congr (enc_point _).
by rewrite /packed_simulator_view /= [in LHS]ffunE [in LHS]ffunE.
Qed.

(* The prover above is Encrypt, with its hash outputs for coins. *)
Variables (x : scalars cl) (u : bytes P).

Definition packed_coins : coins := [ffun i =>
  let N := id_of x u in let seed := seed_of x u i in let r := kem N i seed in
  (seed, response_hash (cl := derived i) N i (salt_of x u i) (@packed_responses _ _ lay x u i), r,
   [ffun c => wrap_key_enc N i c r], salt_of x u i, [ffun q => @packed_mask _ _ lay x u i q])].

End PackedSimulation.

Theorem packed_prover_is_encrypt (P : primitives) (cl : claim P) (lay : layout cl) x u
    (pf : packed_proof lay) : packed_encrypt lay x u = Some pf ->
  let view := packed_prover_view (nonce_of x u) (subset (packed_challenge pf)) x (encrypt_seeds x u)
                (packed_coins lay x u) in
  [/\ forall i, same (packed_as_revealed view.1 i) (packed_instances pf i),
      packed_nonce pf = nonce_of x u
    & packed_challenge pf = packed_challenge_hash lay
        (packed_first_hash (id_of x u) (packed_instances pf)) (fun i => view.2 i)].
Proof.
move=> E view; have shows i : same (packed_as_revealed view.1 i) (packed_instances pf i).
  rewrite /view; move: E; rewrite /packed_encrypt; case: secrets_match => // -[<-] /=.
  rewrite /packed_as_revealed !ffunE /packed_reveal; case: ifP => // _.
  by split=> // [c|e]; rewrite !ffunE.
split=> //; first by move: E; rewrite /packed_encrypt; case: secrets_match => // -[<-].
have Ea : packed_first_hash (id_of x u) (packed_as_revealed view.1) =
    packed_first_hash (id_of x u) (packed_instances pf).
  by congr (xof _ (_ :: flatten _)); apply: eq_map => i; apply: same_first_message.
have Eb : packed_first_hash (id_of x u) (packed_instances pf) =
    packed_first_hash (id_of x u) (packed_reveal lay x u false).
  move: E; rewrite /packed_encrypt; case: secrets_match => // -[<-] /=.
  by congr (xof _ (_ :: flatten _)); apply: eq_map => i; rewrite /packed_reveal; case: ifP.
have -> : packed_challenge pf =
    packed_challenge_hash lay (packed_first_hash (id_of x u) (packed_reveal lay x u false))
      (fun i => R_masks (cl := packed_claim lay i)
        (batch (cl := packed_claim lay i) (packed_first_hash (id_of x u) (packed_reveal lay x u false)))
        (@packed_mask _ _ lay x u i)).
  by move: E; rewrite /packed_encrypt; case: secrets_match => // -[<-].
rewrite Eb; congr (xof _ (_ :: flatten _)); apply: eq_map => i; apply: eq_map => k.
congr (enc_point _); rewrite /view /packed_prover_view /= !ffunE /packed_rho_of -/(view.1) Ea Eb.
by case: ifP => _ //; congr (_ *: _); apply: eq_bigr => e _; rewrite ffunE.
Qed.
