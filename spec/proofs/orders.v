(* Both group orders of the curve registry (spec §3.4) are prime, so that the
   scalars of a curve form a field: the premise of every other file here.
   The certificates come from certificates.py; Coq alone checks them.        *)
From Coq Require Import ZArith Znumtheory List Lia.
From Coqprime Require Import PocklingtonCertificat.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat div prime.

Import ListNotations.

Definition secp256k1_n : Z :=
  0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141.

Definition bls12381_r : Z :=
  0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001.

Section Certificates.
Local Open Scope positive_scope.

Definition secp256k1_n_certificate : Certif :=
  [ Pock_certif 115792089237316195423570985008687907852837564279074904382605163141518161494337 7 [(341948486974166000522343609283189, 1); (174723607534414371449, 1); (107361793816595537, 1); (631, 1); (149, 1); (3, 1); (2, 6)] 1;
    Pock_certif 341948486974166000522343609283189 2 [(29047611873442575647497758179, 1); (109, 1); (3, 3); (2, 2)] 1;
    Pock_certif 29047611873442575647497758179 2 [(297159362677, 1); (545358713, 1); (305873, 1); (293, 1); (2, 1)] 1;
    Pock_certif 174723607534414371449 3 [(44706919, 1); (120233, 1); (4051, 1); (59, 1); (17, 1); (2, 3)] 1;
    Pock_certif 107361793816595537 3 [(4681609, 1); (85831, 1); (16699, 1); (2, 4)] 1;
    Pock_certif 297159362677 2 [(1627771, 1); (461, 1); (11, 1); (3, 2); (2, 2)] 1;
    Pock_certif 545358713 5 [(28181, 1); (59, 1); (41, 1); (2, 3)] 1;
    Pock_certif 44706919 6 [(9349, 1); (797, 1); (3, 1); (2, 1)] 1;
    Pock_certif 4681609 23 [(2011, 1); (97, 1); (3, 1); (2, 3)] 1;
    Pock_certif 1627771 3 [(1871, 1); (29, 1); (5, 1); (3, 1); (2, 1)] 1;
    Pock_certif 305873 3 [(2731, 1); (7, 1); (2, 4)] 1;
    Pock_certif 120233 3 [(113, 1); (19, 1); (7, 1); (2, 3)] 1;
    Pock_certif 85831 3 [(2861, 1); (5, 1); (3, 1); (2, 1)] 1;
    Pock_certif 28181 2 [(1409, 1); (5, 1); (2, 2)] 1;
    Pock_certif 16699 3 [(23, 1); (11, 2); (3, 1); (2, 1)] 1;
    Pock_certif 9349 2 [(41, 1); (19, 1); (3, 1); (2, 2)] 1;
    Pock_certif 4051 10 [(5, 2); (3, 4); (2, 1)] 1;
    Pock_certif 2861 2 [(13, 1); (11, 1); (5, 1); (2, 2)] 1;
    Pock_certif 2731 3 [(13, 1); (7, 1); (5, 1); (3, 1); (2, 1)] 1;
    Pock_certif 2011 3 [(67, 1); (5, 1); (3, 1); (2, 1)] 1;
    Pock_certif 1871 14 [(17, 1); (11, 1); (5, 1); (2, 1)] 1;
    Pock_certif 1409 3 [(11, 1); (2, 7)] 1;
    Pock_certif 797 2 [(199, 1); (2, 2)] 1;
    Pock_certif 631 3 [(7, 1); (5, 1); (3, 2); (2, 1)] 1;
    Pock_certif 461 2 [(23, 1); (5, 1); (2, 2)] 1;
    Pock_certif 293 2 [(73, 1); (2, 2)] 1;
    Pock_certif 199 3 [(11, 1); (3, 2); (2, 1)] 1;
    Pock_certif 149 2 [(37, 1); (2, 2)] 1;
    Pock_certif 113 3 [(7, 1); (2, 4)] 1;
    Pock_certif 109 6 [(3, 3); (2, 2)] 1;
    Pock_certif 97 5 [(3, 1); (2, 5)] 1;
    Pock_certif 73 5 [(3, 2); (2, 3)] 1;
    Pock_certif 67 2 [(11, 1); (3, 1); (2, 1)] 1;
    Pock_certif 59 2 [(29, 1); (2, 1)] 1;
    Pock_certif 41 6 [(5, 1); (2, 3)] 1;
    Pock_certif 37 2 [(3, 2); (2, 2)] 1;
    Pock_certif 29 2 [(7, 1); (2, 2)] 1;
    Pock_certif 23 5 [(11, 1); (2, 1)] 1;
    Pock_certif 19 2 [(3, 2); (2, 1)] 1;
    Pock_certif 17 3 [(2, 4)] 1;
    Pock_certif 13 2 [(3, 1); (2, 2)] 1;
    Pock_certif 11 2 [(5, 1); (2, 1)] 1;
    Pock_certif 7 3 [(3, 1); (2, 1)] 1;
    Pock_certif 5 2 [(2, 2)] 1;
    Pock_certif 3 2 [(2, 1)] 1;
    Proof_certif 2 prime_2 ].

Definition bls12381_r_certificate : Certif :=
  [ Pock_certif 52435875175126190479447740508185965837690552500527637822603658699938581184513 7 [(254760293, 2); (52437899, 1); (2529403, 1); (2508409, 1); (906349, 2); (859267, 1); (125527, 1); (10177, 1); (19, 1); (11, 1); (3, 1); (2, 32)] 1;
    Pock_certif 254760293 2 [(63690073, 1); (2, 2)] 1;
    Pock_certif 63690073 7 [(2653753, 1); (3, 1); (2, 3)] 1;
    Pock_certif 52437899 2 [(609743, 1); (43, 1); (2, 1)] 1;
    Pock_certif 2653753 5 [(110573, 1); (3, 1); (2, 3)] 1;
    Pock_certif 2529403 2 [(18329, 1); (23, 1); (3, 1); (2, 1)] 1;
    Pock_certif 2508409 11 [(79, 1); (7, 2); (3, 4); (2, 3)] 1;
    Pock_certif 906349 2 [(1607, 1); (47, 1); (3, 1); (2, 2)] 1;
    Pock_certif 859267 2 [(47737, 1); (3, 2); (2, 1)] 1;
    Pock_certif 609743 5 [(449, 1); (97, 1); (7, 1); (2, 1)] 1;
    Pock_certif 125527 5 [(20921, 1); (3, 1); (2, 1)] 1;
    Pock_certif 110573 3 [(359, 1); (11, 1); (7, 1); (2, 2)] 1;
    Pock_certif 47737 5 [(17, 1); (13, 1); (3, 3); (2, 3)] 1;
    Pock_certif 20921 3 [(523, 1); (5, 1); (2, 3)] 1;
    Pock_certif 18329 3 [(79, 1); (29, 1); (2, 3)] 1;
    Pock_certif 10177 7 [(53, 1); (3, 1); (2, 6)] 1;
    Pock_certif 1607 5 [(73, 1); (11, 1); (2, 1)] 1;
    Pock_certif 523 2 [(29, 1); (3, 2); (2, 1)] 1;
    Pock_certif 449 3 [(7, 1); (2, 6)] 1;
    Pock_certif 359 7 [(179, 1); (2, 1)] 1;
    Pock_certif 179 2 [(89, 1); (2, 1)] 1;
    Pock_certif 97 5 [(3, 1); (2, 5)] 1;
    Pock_certif 89 3 [(11, 1); (2, 3)] 1;
    Pock_certif 79 3 [(13, 1); (3, 1); (2, 1)] 1;
    Pock_certif 73 5 [(3, 2); (2, 3)] 1;
    Pock_certif 53 2 [(13, 1); (2, 2)] 1;
    Pock_certif 47 5 [(23, 1); (2, 1)] 1;
    Pock_certif 43 3 [(7, 1); (3, 1); (2, 1)] 1;
    Pock_certif 29 2 [(7, 1); (2, 2)] 1;
    Pock_certif 23 5 [(11, 1); (2, 1)] 1;
    Pock_certif 19 2 [(3, 2); (2, 1)] 1;
    Pock_certif 17 3 [(2, 4)] 1;
    Pock_certif 13 2 [(3, 1); (2, 2)] 1;
    Pock_certif 11 2 [(5, 1); (2, 1)] 1;
    Pock_certif 7 3 [(3, 1); (2, 1)] 1;
    Pock_certif 5 2 [(2, 2)] 1;
    Pock_certif 3 2 [(2, 1)] 1;
    Proof_certif 2 prime_2 ].
End Certificates.

(* Headline 11. *)
Theorem secp256k1_n_prime : Znumtheory.prime secp256k1_n.
Proof.
apply (Pocklington_refl (List.hd (Proof_certif 2 prime_2) secp256k1_n_certificate)
                        (List.tl secp256k1_n_certificate)).
by vm_cast_no_check (eq_refl true).
Qed.

Theorem bls12381_r_prime : Znumtheory.prime bls12381_r.
Proof.
apply (Pocklington_refl (List.hd (Proof_certif 2 prime_2) bls12381_r_certificate)
                        (List.tl bls12381_r_certificate)).
by vm_cast_no_check (eq_refl true).
Qed.

(* The same for MathComp's prime on nat, which makes 'F_q the scalar field.
   No large nat is ever computed. *)
Local Open Scope nat_scope.

Lemma prime_of_Z (p : Z) : Znumtheory.prime p -> prime (Z.to_nat p).
Proof.
move=> pr; have p2 := prime_ge_2 _ pr; apply/primeP; split.
  by apply/ltP; lia.
move=> d /dvdnP [k E].
have dp : (Z.of_nat d | p)%Z.
  by exists (Z.of_nat k); rewrite -Nat2Z.inj_mul; move: E; rewrite -multE => <-; rewrite Z2Nat.id; lia.
case: (prime_divisors _ pr _ dp) => [|[|[|]]] H.
- lia.
- by rewrite (_ : d = 1) //; lia.
- by apply/orP; right; apply/eqP; lia.
- lia.
Qed.

Definition secp256k1_order : nat := Z.to_nat secp256k1_n.
Definition bls12381_order : nat := Z.to_nat bls12381_r.

Corollary secp256k1_order_prime : prime secp256k1_order.
Proof. exact: prime_of_Z secp256k1_n_prime. Qed.

Corollary bls12381_order_prime : prime bls12381_order.
Proof. exact: prime_of_Z bls12381_r_prime. Qed.

(* Both orders are above 2^254 (batching, spec §6.3), so above 65535
   (identifiers, spec §4.1). *)
Lemma expn_to_nat k : 2 ^ k = Z.to_nat (2 ^ Z.of_nat k)%Z.
Proof.
elim: k => [|k IH] //; rewrite expnS IH Nat2Z.inj_succ Z.pow_succ_r; last lia.
by rewrite Z2Nat.inj_mul //; apply: Z.pow_nonneg.
Qed.

Lemma secp256k1_order_large : 2 ^ 254 < secp256k1_order.
Proof. by rewrite expn_to_nat; apply/ltP/Z2Nat.inj_lt. Qed.

Lemma bls12381_order_large : 2 ^ 254 < bls12381_order.
Proof. by rewrite expn_to_nat; apply/ltP/Z2Nat.inj_lt. Qed.
