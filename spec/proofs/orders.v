(* The group orders of the curve registry (spec §3.4) are prime, so that the
   scalars of a curve form a field: the premise of every other file here.
   The certificates stand in certificates.v; Coq alone checks them.          *)
From Coq Require Import ZArith Znumtheory List Lia.
From Coqprime Require Import PocklingtonCertificat.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat div prime.
From Relight Require Import certificates.

Definition secp256k1_n : Z :=
  0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141.

Definition bls12381_r : Z :=
  0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001.

Definition p256_n : Z :=
  0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551.

Definition p384_n : Z :=
  0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973.

Definition ed25519_l : Z := (2 ^ 252 + 0x14DEF9DEA2F79CD65812631A5CF5D3ED)%Z.

Definition ed448_l : Z := (2 ^ 446 - 0x8335DC163BB124B65129C96FDE933D8D723A70AADC873D6D54A7BB0D)%Z.

Definition jubjub_r : Z :=
  0x0E7DB4EA6533AFA906673B0101343B00A6682093CCC81082D0970E5ED6F72CB7.

Definition pallas_q : Z :=
  0x40000000000000000000000000000000224698FC0994A8DD8C46EB2100000001.

Lemma certificates_hold : test_Certif certificates = true.
Proof. by vm_cast_no_check (eq_refl true). Qed.

Lemma certified (p : positive) : is_in p certificates = true -> Znumtheory.prime (Zpos p).
Proof. by move=> /is_in_In [c [listed ->]]; apply: test_Certif_In_Prime certificates_hold _ listed. Qed.

(* Headline 11. *)
Theorem secp256k1_n_prime : Znumtheory.prime secp256k1_n.
Proof. by apply: certified; vm_compute. Qed.

Theorem bls12381_r_prime : Znumtheory.prime bls12381_r.
Proof. by apply: certified; vm_compute. Qed.

Theorem p256_n_prime : Znumtheory.prime p256_n.
Proof. by apply: certified; vm_compute. Qed.

Theorem p384_n_prime : Znumtheory.prime p384_n.
Proof. by apply: certified; vm_compute. Qed.

Theorem ed25519_l_prime : Znumtheory.prime ed25519_l.
Proof. by apply: (certified (Z.to_pos ed25519_l)); vm_compute. Qed.

Theorem ed448_l_prime : Znumtheory.prime ed448_l.
Proof. by apply: (certified (Z.to_pos ed448_l)); vm_compute. Qed.

Theorem jubjub_r_prime : Znumtheory.prime jubjub_r.
Proof. by apply: certified; vm_compute. Qed.

Theorem pallas_q_prime : Znumtheory.prime pallas_q.
Proof. by apply: certified; vm_compute. Qed.

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
