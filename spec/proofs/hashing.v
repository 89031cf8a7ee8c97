(* Primitives with other hash functions.  They have the same groups and encodings,
   but are other primitives, so other types of claims, packs and proofs, which are
   the same in all that does not speak of hashes: "over" takes something to where
   the other hash functions are.                                              *)
From mathcomp Require Import all_ssreflect all_algebra.
From Relight Require Import model packing.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Record hashes (P : primitives) := Hashes {
  out32 : label -> seq (bytes P) -> bytes P;
  out16 : label -> seq (bytes P) -> block;
  out20 : label -> seq (bytes P) -> hash20;
  octets_of : label -> seq (bytes P) -> nat -> octet;
  out_scalar : forall k : curve P, label -> seq (bytes P) -> scalar k;
  out_subset : bytes P -> {set 'I_(M P)}
}.

Section Hashing.

Variables (P : primitives) (H : hashes P).

Definition hashing : primitives :=
  @Primitives (curve P) (@wide P) (@scalar P) (@group P) (@gen P) (bls P) (G2 P) (GT P) (@pairing P)
    (bytes P) (@join P) (@u16 P) (@enc_scalar P) (@enc_point P) (@dec_point P) (@enc_gt P)
    (@enc_block P) (@enc_hash20 P) (out32 H) (out16 H) (out20 H) (octets_of H) (out_scalar H)
    (@hash_to_g2 P) (M P) (out_subset H).

Definition lock_over (l : lock P) : lock hashing :=
  match l with Recovery Y B => @Recovery hashing Y B | Member E => @Member hashing E end.
Definition unlock_over (un : unlock P) : unlock hashing :=
  match un with ByRecovery sigma b => @ByRecovery hashing sigma b | ByMember e => @ByMember hashing e end.

Section Claim.
Variable cl : claim P.
Definition claim_over : claim hashing := @Claim hashing (digest cl) (compartments cl) (@entries P cl)
  (fun c => lock_over (lock_of c)) (@curve_of P cl) (@public_share P cl).
Definition instance_over (v : revealed cl) : revealed claim_over :=
  match v with
  | Revealed seed h => Revealed claim_over seed h
  | Kept C_i w salt z => @Kept hashing claim_over C_i w salt z
  end.
Definition layout_over (lay : layout cl) : layout claim_over :=
  @Layout hashing claim_over (packs lay) (@pack_curve P cl lay) (pack_of lay) (place lay).
End Claim.

(* The claim of an instance, over the other hash functions, is that of the packs there. *)
Definition proof_over (cl : claim P) (lay : layout cl) (pf : packed_proof lay) : packed_proof (layout_over lay) :=
  @PackedProof hashing (claim_over cl) (layout_over lay) (packed_challenge pf) (packed_nonce pf)
    (fun i => instance_over (packed_instances pf i)).

End Hashing.

(* Agreement of two at one call: of the function that its label is for. *)
Definition agree (P : primitives) (H H' : hashes P) (x : label * seq (bytes P)) : Prop :=
  let: (l, ps) := x in
  match l with
  | Kem => out_scalar H' (bls P) l ps = out_scalar H (bls P) l ps
  | Nonce | Seed | Salt | SubSeed | Wrap => out16 H' l ps = out16 H l ps
  | Response => out20 H' l ps = out20 H l ps
  | Mask | Batch => octets_of H' l ps =1 octets_of H l ps
  | Subset => if ps is [:: h] then out_subset H' h = out_subset H h else True
  | Statement | MasterSeed | ProofId | Commit | Challenge | DealingStatement => out32 H' l ps = out32 H l ps
  end.
Definition agree_on (P : primitives) (H H' : hashes P) (s : seq (label * seq (bytes P))) : Prop :=
  forall x, x \in s -> agree H H' x.
