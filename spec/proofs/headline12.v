(* The headline theorems from number 12 on, as headline.v has those before. *)
From Coq Require Import String.
From Relight Require Import
  encoding executable packing packs width closing closed bindings computable computableopen calls callsopen
  executed outcomes code rom romgame romsoundness rombits sets romhidden romsimulator romconfidentiality romdealing
  romoctets romuniform rominstance.

(* 12. Packing *)
Eval compute in "packing.unpack_secrets"%string.
Print Assumptions packing.unpack_secrets.
Eval compute in "packing.unpack_matches"%string.
Print Assumptions packing.unpack_matches.
Eval compute in "packing.unpack_unique"%string.
Print Assumptions packing.unpack_unique.
Eval compute in "packing.zero_possible"%string.
Print Assumptions packing.zero_possible.
Eval compute in "packing.alpha_inj"%string.
Print Assumptions packing.alpha_inj.
Eval compute in "packing.alpha_neq0"%string.
Print Assumptions packing.alpha_neq0.
Eval compute in "packing.packed_match"%string.
Print Assumptions packing.packed_match.
Eval compute in "packing.packed_R"%string.
Print Assumptions packing.packed_R.
Eval compute in "packing.packed_completeness"%string.
Print Assumptions packing.packed_completeness.
Eval compute in "packing.packed_kept"%string.
Print Assumptions packing.packed_kept.
Eval compute in "packing.packed_open_sound"%string.
Print Assumptions packing.packed_open_sound.
Eval compute in "packing.packed_open_secrets"%string.
Print Assumptions packing.packed_open_secrets.
Eval compute in "packing.packed_open_enough"%string.
Print Assumptions packing.packed_open_enough.
Eval compute in "packing.packed_open_complete"%string.
Print Assumptions packing.packed_open_complete.
Eval compute in "packs.spec_packing"%string.
Print Assumptions packs.spec_packing.
Eval compute in "packs.spec_pack_curves"%string.
Print Assumptions packs.spec_pack_curves.
Eval compute in "packs.registry_large"%string.
Print Assumptions packs.registry_large.
Eval compute in "packs.packed_one"%string.
Print Assumptions packs.packed_one.
Eval compute in "encoding.pack_count"%string.
Print Assumptions encoding.pack_count.
Eval compute in "width.width_count"%string.
Print Assumptions width.width_count.
Eval compute in "width.packed_verify_answers"%string.
Print Assumptions width.packed_verify_answers.
Eval compute in "width.not_openable"%string.
Print Assumptions width.not_openable.
Eval compute in "width.packed_winning_share"%string.
Print Assumptions width.packed_winning_share.
Eval compute in "width.packed_winning_probability"%string.
Print Assumptions width.packed_winning_probability.
Eval compute in "width.packed_lucky"%string.
Print Assumptions width.packed_lucky.
Eval compute in "width.packed_try"%string.
Print Assumptions width.packed_try.
Eval compute in "width.packed_try_probability"%string.
Print Assumptions width.packed_try_probability.
Eval compute in "width.set4_bits"%string.
Print Assumptions width.set4_bits.
Eval compute in "width.set5_bits"%string.
Print Assumptions width.set5_bits.
Eval compute in "width.wide_try"%string.
Print Assumptions width.wide_try.
Eval compute in "width.wide_try_251"%string.
Print Assumptions width.wide_try_251.
Eval compute in "packs.packed_simulation"%string.
Print Assumptions packs.packed_simulation.
Eval compute in "packs.packed_zero_knowledge"%string.
Print Assumptions packs.packed_zero_knowledge.
Eval compute in "packs.packed_simulator_accepted"%string.
Print Assumptions packs.packed_simulator_accepted.
Eval compute in "packs.packed_prover_is_encrypt"%string.
Print Assumptions packs.packed_prover_is_encrypt.

(* 13. Closing *)
Eval compute in "closing.closing_invariant"%string.
Print Assumptions closing.closing_invariant.
Eval compute in "closing.finished_kept"%string.
Print Assumptions closing.finished_kept.
Eval compute in "closing.agreement"%string.
Print Assumptions closing.agreement.
Eval compute in "closing.closed_quorum"%string.
Print Assumptions closing.closed_quorum.
Eval compute in "closing.closing_live"%string.
Print Assumptions closing.closing_live.
Eval compute in "closed.agreement_third"%string.
Print Assumptions closed.agreement_third.
Eval compute in "closed.closed_threshold"%string.
Print Assumptions closed.closed_threshold.
Eval compute in "closed.honest_enough"%string.
Print Assumptions closed.honest_enough.
Eval compute in "closed.fork_exact"%string.
Print Assumptions closed.fork_exact.
Eval compute in "closed.two_liars_fork"%string.
Print Assumptions closed.two_liars_fork.
Eval compute in "closed.failed_for_good"%string.
Print Assumptions closed.failed_for_good.
Eval compute in "closed.failed_yet_closed"%string.
Print Assumptions closed.failed_yet_closed.

(* 14. What messages are bound to *)
Eval compute in "bindings.encoded_digest_inj"%string.
Print Assumptions bindings.encoded_digest_inj.
Eval compute in "bindings.transcript_inj"%string.
Print Assumptions bindings.transcript_inj.
Eval compute in "bindings.outcome_inj"%string.
Print Assumptions bindings.outcome_inj.
Eval compute in "bindings.proof_bound"%string.
Print Assumptions bindings.proof_bound.
Eval compute in "bindings.proof_two_keys"%string.
Print Assumptions bindings.proof_two_keys.
Eval compute in "bindings.authorisation_complete"%string.
Print Assumptions bindings.authorisation_complete.
Eval compute in "bindings.authorisation_extract"%string.
Print Assumptions bindings.authorisation_extract.
Eval compute in "bindings.authorisation_bound"%string.
Print Assumptions bindings.authorisation_bound.
Eval compute in "bindings.authorisation_purpose"%string.
Print Assumptions bindings.authorisation_purpose.
Eval compute in "bindings.authorisation_one_draft"%string.
Print Assumptions bindings.authorisation_one_draft.

(* 15. Soundness in the random oracle model *)
Eval compute in "rom.multi_hit"%string.
Print Assumptions rom.multi_hit.
Eval compute in "romgame.game_bound"%string.
Print Assumptions romgame.game_bound.
Eval compute in "romsoundness.rom_soundness"%string.
Print Assumptions romsoundness.rom_soundness.
Eval compute in "rombits.rom_bits"%string.
Print Assumptions rombits.rom_bits.
Eval compute in "sets.rom_sets"%string.
Print Assumptions sets.rom_sets.
Eval compute in "romuniform.uniform_bits"%string.
Print Assumptions romuniform.uniform_bits.

(* 16. Confidentiality in the random oracle model *)
Eval compute in "romhidden.identical_until_bad"%string.
Print Assumptions romhidden.identical_until_bad.
Eval compute in "romhidden.guess_share"%string.
Print Assumptions romhidden.guess_share.
Eval compute in "romsimulator.simulator_blind"%string.
Print Assumptions romsimulator.simulator_blind.
Eval compute in "romconfidentiality.wrap_solves"%string.
Print Assumptions romconfidentiality.wrap_solves.
Eval compute in "romconfidentiality.rom_confidentiality"%string.
Print Assumptions romconfidentiality.rom_confidentiality.
Eval compute in "romdealing.dealing_secrecy"%string.
Print Assumptions romdealing.dealing_secrecy.
Eval compute in "romoctets.octets_regular"%string.
Print Assumptions romoctets.octets_regular.
Eval compute in "romoctets.octets_moves"%string.
Print Assumptions romoctets.octets_moves.
Eval compute in "romoctets.covers_asked"%string.
Print Assumptions romoctets.covers_asked.
Eval compute in "romuniform.uniform_confidentiality"%string.
Print Assumptions romuniform.uniform_confidentiality.
Eval compute in "romuniform.uniform_dealing"%string.
Print Assumptions romuniform.uniform_dealing.
Eval compute in "rominstance.premises_hold"%string.
Print Assumptions rominstance.premises_hold.

(* Link to the vectors *)
Eval compute in "executable.weight_lagrange"%string.
Print Assumptions executable.weight_lagrange.
Eval compute in "executable.combination_recovers"%string.
Print Assumptions executable.combination_recovers.
Eval compute in "executable.subset_N_model"%string.
Print Assumptions executable.subset_N_model.
Eval compute in "computable.verify_nowE"%string.
Print Assumptions computable.verify_nowE.
Eval compute in "computable.encrypt_nowE"%string.
Print Assumptions computable.encrypt_nowE.
Eval compute in "computableopen.open_nowE"%string.
Print Assumptions computableopen.open_nowE.
Eval compute in "calls.derive_calls_complete"%string.
Print Assumptions calls.derive_calls_complete.
Eval compute in "calls.verify_calls_complete"%string.
Print Assumptions calls.verify_calls_complete.
Eval compute in "calls.encrypt_calls_complete"%string.
Print Assumptions calls.encrypt_calls_complete.
Eval compute in "callsopen.open_calls_complete"%string.
Print Assumptions callsopen.open_calls_complete.
Eval compute in "executed.traced_verify"%string.
Print Assumptions executed.traced_verify.
Eval compute in "executed.traced_encrypt"%string.
Print Assumptions executed.traced_encrypt.
Eval compute in "executed.traced_open"%string.
Print Assumptions executed.traced_open.
Eval compute in "outcomes.verify_outcome_complete"%string.
Print Assumptions outcomes.verify_outcome_complete.
Eval compute in "outcomes.encrypt_outcome_complete"%string.
Print Assumptions outcomes.encrypt_outcome_complete.
Eval compute in "outcomes.open_outcome_complete"%string.
Print Assumptions outcomes.open_outcome_complete.
Eval compute in "executed.sampled_model"%string.
Print Assumptions executed.sampled_model.

(* 17. The code *)
Eval compute in "code.threshold_new_code"%string.
Print Assumptions code.threshold_new_code.
Eval compute in "code.supermajority_code"%string.
Print Assumptions code.supermajority_code.
Eval compute in "code.at_least_one_code"%string.
Print Assumptions code.at_least_one_code.
Eval compute in "code.index_new_code"%string.
Print Assumptions code.index_new_code.
Eval compute in "code.index_within_code"%string.
Print Assumptions code.index_within_code.
Eval compute in "code.kept_instances_code"%string.
Print Assumptions code.kept_instances_code.
