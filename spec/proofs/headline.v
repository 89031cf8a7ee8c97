(* The headline theorems, by number, and what each rests on: check.sh compares the output with axioms.txt.
   Theorems 12 and on are in headline12.v. *)
From Coq Require Import String.
From Relight Require Import
  sharing decryption encryption batching stream soundness cutandchoose zeroknowledge schnorr dealing codec
  framing encoding subset quorum orders executable repair claims sizes messages.

(* 1. Sharing *)
Eval compute in "sharing.identifiers_equal"%string.
Print Assumptions sharing.identifiers_equal.
Eval compute in "sharing.identifier_zero"%string.
Print Assumptions sharing.identifier_zero.
Eval compute in "sharing.lagrange_at_point"%string.
Print Assumptions sharing.lagrange_at_point.
Eval compute in "sharing.lagrange_at_point_exp"%string.
Print Assumptions sharing.lagrange_at_point_exp.
Eval compute in "sharing.lagrange_at_zero"%string.
Print Assumptions sharing.lagrange_at_zero.
Eval compute in "sharing.lagrange_at_zero_exp"%string.
Print Assumptions sharing.lagrange_at_zero_exp.
Eval compute in "sharing.secrecy_bijection"%string.
Print Assumptions sharing.secrecy_bijection.
Eval compute in "sharing.secrecy_count"%string.
Print Assumptions sharing.secrecy_count.
Eval compute in "sharing.secrecy_unique"%string.
Print Assumptions sharing.secrecy_unique.
Eval compute in "sharing.feldman_exact"%string.
Print Assumptions sharing.feldman_exact.
Eval compute in "sharing.contradict_unique"%string.
Print Assumptions sharing.contradict_unique.
Eval compute in "sharing.one_wrong_share"%string.
Print Assumptions sharing.one_wrong_share.

(* 2. Threshold decryption *)
Eval compute in "decryption.share_unique"%string.
Print Assumptions decryption.share_unique.
Eval compute in "decryption.combine_correct"%string.
Print Assumptions decryption.combine_correct.
Eval compute in "decryption.combine_then_check"%string.
Print Assumptions decryption.combine_then_check.
Eval compute in "decryption.combine_blame"%string.
Print Assumptions decryption.combine_blame.
Eval compute in "decryption.batch_passes"%string.
Print Assumptions decryption.batch_passes.
Eval compute in "decryption.batch_sound"%string.
Print Assumptions decryption.batch_sound.
Eval compute in "decryption.batch_blame"%string.
Print Assumptions decryption.batch_blame.

(* 3. Completeness *)
Eval compute in "encryption.completeness"%string.
Print Assumptions encryption.completeness.
Eval compute in "encryption.mismatch_refused"%string.
Print Assumptions encryption.mismatch_refused.
Eval compute in "encryption.open_kept"%string.
Print Assumptions encryption.open_kept.
Eval compute in "encryption.open_sound"%string.
Print Assumptions encryption.open_sound.
Eval compute in "encryption.open_secrets"%string.
Print Assumptions encryption.open_secrets.
Eval compute in "encryption.open_complete"%string.
Print Assumptions encryption.open_complete.

(* 4. Soundness of an instance *)
Eval compute in "soundness.instance_sound"%string.
Print Assumptions soundness.instance_sound.
Eval compute in "batching.kernel_count"%string.
Print Assumptions batching.kernel_count.
Eval compute in "batching.kernel_share"%string.
Print Assumptions batching.kernel_share.
Eval compute in "batching.kernel_secp256k1"%string.
Print Assumptions batching.kernel_secp256k1.
Eval compute in "batching.kernel_bls12381"%string.
Print Assumptions batching.kernel_bls12381.
Eval compute in "stream.coefficients_uniform"%string.
Print Assumptions stream.coefficients_uniform.
Eval compute in "stream.batch_coefficients"%string.
Print Assumptions stream.batch_coefficients.
Eval compute in "soundness.error_count"%string.
Print Assumptions soundness.error_count.
Eval compute in "soundness.wrong_responses_count"%string.
Print Assumptions soundness.wrong_responses_count.
Eval compute in "soundness.wrong_responses_254"%string.
Print Assumptions soundness.wrong_responses_254.
Eval compute in "soundness.wrong_responses_251"%string.
Print Assumptions soundness.wrong_responses_251.
Eval compute in "soundness.errors_count"%string.
Print Assumptions soundness.errors_count.
Eval compute in "soundness.late_responses_cheat"%string.
Print Assumptions soundness.late_responses_cheat.
Eval compute in "batching.batching_secp256k1"%string.
Print Assumptions batching.batching_secp256k1.
Eval compute in "batching.batching_bls12381"%string.
Print Assumptions batching.batching_bls12381.

(* 5. Cut-and-choose *)
Eval compute in "cutandchoose.verify_answers"%string.
Print Assumptions cutandchoose.verify_answers.
Eval compute in "cutandchoose.one_subset"%string.
Print Assumptions cutandchoose.one_subset.
Eval compute in "cutandchoose.winning_share"%string.
Print Assumptions cutandchoose.winning_share.
Eval compute in "cutandchoose.winning_probability"%string.
Print Assumptions cutandchoose.winning_probability.
Eval compute in "cutandchoose.unlucky_count"%string.
Print Assumptions cutandchoose.unlucky_count.
Eval compute in "cutandchoose.lucky_no_kernel"%string.
Print Assumptions cutandchoose.lucky_no_kernel.
Eval compute in "cutandchoose.unlucky_254"%string.
Print Assumptions cutandchoose.unlucky_254.
Eval compute in "cutandchoose.unlucky_251"%string.
Print Assumptions cutandchoose.unlucky_251.
Eval compute in "cutandchoose.one_try"%string.
Print Assumptions cutandchoose.one_try.
Eval compute in "cutandchoose.one_try_probability"%string.
Print Assumptions cutandchoose.one_try_probability.
Eval compute in "cutandchoose.one_try_254"%string.
Print Assumptions cutandchoose.one_try_254.
Eval compute in "cutandchoose.one_try_251"%string.
Print Assumptions cutandchoose.one_try_251.
Eval compute in "cutandchoose.set1_bits"%string.
Print Assumptions cutandchoose.set1_bits.
Eval compute in "cutandchoose.set2_bits"%string.
Print Assumptions cutandchoose.set2_bits.
Eval compute in "cutandchoose.set3_bits"%string.
Print Assumptions cutandchoose.set3_bits.
Eval compute in "cutandchoose.sets_at_least_128"%string.
Print Assumptions cutandchoose.sets_at_least_128.

(* 6. Zero knowledge *)
Eval compute in "zeroknowledge.prover_is_encrypt"%string.
Print Assumptions zeroknowledge.prover_is_encrypt.
Eval compute in "zeroknowledge.simulation"%string.
Print Assumptions zeroknowledge.simulation.
Eval compute in "zeroknowledge.zero_knowledge"%string.
Print Assumptions zeroknowledge.zero_knowledge.
Eval compute in "zeroknowledge.simulator_accepted"%string.
Print Assumptions zeroknowledge.simulator_accepted.
Eval compute in "zeroknowledge.nonce_reuse_reveals"%string.
Print Assumptions zeroknowledge.nonce_reuse_reveals.
Eval compute in "zeroknowledge.nonce_reuse_trial"%string.
Print Assumptions zeroknowledge.nonce_reuse_trial.
Eval compute in "zeroknowledge.nonce_reuse_opens"%string.
Print Assumptions zeroknowledge.nonce_reuse_opens.
Eval compute in "zeroknowledge.fresh_nonce_hides"%string.
Print Assumptions zeroknowledge.fresh_nonce_hides.
Eval compute in "schnorr.schnorr_complete"%string.
Print Assumptions schnorr.schnorr_complete.
Eval compute in "schnorr.schnorr_extract"%string.
Print Assumptions schnorr.schnorr_extract.
Eval compute in "schnorr.schnorr_simulated"%string.
Print Assumptions schnorr.schnorr_simulated.

Eval compute in "zeroknowledge.hidden_wrap"%string.
Print Assumptions zeroknowledge.hidden_wrap.
Eval compute in "zeroknowledge.hidden_sub_seed"%string.
Print Assumptions zeroknowledge.hidden_sub_seed.
Eval compute in "zeroknowledge.hidden_mask"%string.
Print Assumptions zeroknowledge.hidden_mask.
Eval compute in "zeroknowledge.hidden_response"%string.
Print Assumptions zeroknowledge.hidden_response.
Eval compute in "zeroknowledge.hidden_master"%string.
Print Assumptions zeroknowledge.hidden_master.

(* 7. Dealing *)
Eval compute in "dealing.generation_correct"%string.
Print Assumptions dealing.generation_correct.
Eval compute in "dealing.generation_recovers"%string.
Print Assumptions dealing.generation_recovers.
Eval compute in "dealing.resharing_at"%string.
Print Assumptions dealing.resharing_at.
Eval compute in "dealing.resharing_correct"%string.
Print Assumptions dealing.resharing_correct.
Eval compute in "dealing.resharing_recovers"%string.
Print Assumptions dealing.resharing_recovers.
Eval compute in "repair.repair_correct"%string.
Print Assumptions repair.repair_correct.
Eval compute in "repair.repair_checks"%string.
Print Assumptions repair.repair_checks.
Eval compute in "repair.helpers_view"%string.
Print Assumptions repair.helpers_view.
Eval compute in "repair.receiver_view"%string.
Print Assumptions repair.receiver_view.
Eval compute in "repair.helpers_learn_nothing"%string.
Print Assumptions repair.helpers_learn_nothing.
Eval compute in "repair.receiver_learns_its_share"%string.
Print Assumptions repair.receiver_learns_its_share.
Eval compute in "claims.feldman_sum"%string.
Print Assumptions claims.feldman_sum.
Eval compute in "claims.packed_sum"%string.
Print Assumptions claims.packed_sum.
Eval compute in "claims.dealing_sum"%string.
Print Assumptions claims.dealing_sum.
Eval compute in "claims.dealing_matches"%string.
Print Assumptions claims.dealing_matches.
Eval compute in "claims.dealing_opened"%string.
Print Assumptions claims.dealing_opened.

(* 8. Encoding *)
Eval compute in "codec.decode_encode"%string.
Print Assumptions codec.decode_encode.
Eval compute in "codec.decode_canonical"%string.
Print Assumptions codec.decode_canonical.
Eval compute in "codec.enc_inj"%string.
Print Assumptions codec.enc_inj.
Eval compute in "encoding.statement_decode_encode"%string.
Print Assumptions encoding.statement_decode_encode.
Eval compute in "encoding.statement_canonical"%string.
Print Assumptions encoding.statement_canonical.
Eval compute in "encoding.statement_encode_inj"%string.
Print Assumptions encoding.statement_encode_inj.
Eval compute in "encoding.identifier_encoding"%string.
Print Assumptions encoding.identifier_encoding.
Eval compute in "encoding.identifier_canonical"%string.
Print Assumptions encoding.identifier_canonical.
Eval compute in "encoding.backup_decode_encode"%string.
Print Assumptions encoding.backup_decode_encode.
Eval compute in "encoding.backup_canonical"%string.
Print Assumptions encoding.backup_canonical.
Eval compute in "encoding.proof_length"%string.
Print Assumptions encoding.proof_length.
Eval compute in "messages.secret_scalar_size"%string.
Print Assumptions messages.secret_scalar_size.
Eval compute in "messages.blinder_registration_size"%string.
Print Assumptions messages.blinder_registration_size.
Eval compute in "messages.member_registration_size"%string.
Print Assumptions messages.member_registration_size.
Eval compute in "messages.ceremony_parties_size"%string.
Print Assumptions messages.ceremony_parties_size.
Eval compute in "messages.confirmation_size"%string.
Print Assumptions messages.confirmation_size.
Eval compute in "messages.certificate_size"%string.
Print Assumptions messages.certificate_size.
Eval compute in "messages.authorisation_size"%string.
Print Assumptions messages.authorisation_size.
Eval compute in "messages.request_size"%string.
Print Assumptions messages.request_size.
Eval compute in "messages.response_size"%string.
Print Assumptions messages.response_size.
Eval compute in "sizes.spec_sizes"%string.
Print Assumptions sizes.spec_sizes.
Eval compute in "sizes.smallest_backup"%string.
Print Assumptions sizes.smallest_backup.
Eval compute in "sizes.smallest_dealing"%string.
Print Assumptions sizes.smallest_dealing.
Eval compute in "framing.frame_inj"%string.
Print Assumptions framing.frame_inj.
Eval compute in "framing.labels_apart"%string.
Print Assumptions framing.labels_apart.
Eval compute in "framing.hash_inj"%string.
Print Assumptions framing.hash_inj.
Eval compute in "framing.signed_digest_inj"%string.
Print Assumptions framing.signed_digest_inj.
Eval compute in "framing.secret_kinds_apart"%string.
Print Assumptions framing.secret_kinds_apart.
Eval compute in "framing.secret_checksum"%string.
Print Assumptions framing.secret_checksum.
Eval compute in "encoding.digest_inj"%string.
Print Assumptions encoding.digest_inj.
Eval compute in "encoding.dealing_digest_inj"%string.
Print Assumptions encoding.dealing_digest_inj.
Eval compute in "encoding.dealing_no_statement"%string.
Print Assumptions encoding.dealing_no_statement.

(* 9. Subset sampling *)
Eval compute in "subset.subset_valid"%string.
Print Assumptions subset.subset_valid.
Eval compute in "subset.sample_uniform"%string.
Print Assumptions subset.sample_uniform.
Eval compute in "subset.subset_uniform"%string.
Print Assumptions subset.subset_uniform.
Eval compute in "subset.subset_reachable"%string.
Print Assumptions subset.subset_reachable.

(* 10. Quorums *)
Eval compute in "quorum.supermajority_least"%string.
Print Assumptions quorum.supermajority_least.
Eval compute in "quorum.supermajority_range"%string.
Print Assumptions quorum.supermajority_range.
Eval compute in "quorum.supermajority_overlap"%string.
Print Assumptions quorum.supermajority_overlap.
Eval compute in "quorum.supermajority_available"%string.
Print Assumptions quorum.supermajority_available.

(* 11. Group orders *)
Eval compute in "orders.secp256k1_n_prime"%string.
Print Assumptions orders.secp256k1_n_prime.
Eval compute in "orders.bls12381_r_prime"%string.
Print Assumptions orders.bls12381_r_prime.
Eval compute in "orders.p256_n_prime"%string.
Print Assumptions orders.p256_n_prime.
Eval compute in "orders.p384_n_prime"%string.
Print Assumptions orders.p384_n_prime.
Eval compute in "orders.ed25519_l_prime"%string.
Print Assumptions orders.ed25519_l_prime.
Eval compute in "orders.ed448_l_prime"%string.
Print Assumptions orders.ed448_l_prime.
Eval compute in "orders.jubjub_r_prime"%string.
Print Assumptions orders.jubjub_r_prime.
Eval compute in "orders.pallas_q_prime"%string.
Print Assumptions orders.pallas_q_prime.
Eval compute in "orders.secp256k1_order_prime"%string.
Print Assumptions orders.secp256k1_order_prime.
Eval compute in "orders.bls12381_order_prime"%string.
Print Assumptions orders.bls12381_order_prime.
Eval compute in "executable.orders_251"%string.
Print Assumptions executable.orders_251.
Eval compute in "executable.orders_wide"%string.
Print Assumptions executable.orders_wide.
Eval compute in "executable.orders_prime"%string.
Print Assumptions executable.orders_prime.
