/* Every function with valid arguments, and what each of its calls has to keep. */
#ifndef ROWS_H
#define ROWS_H
#include "calls.h"
#include "wallet.h"

/* Rows end with what they use. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

typedef struct row {
  const char *name;
  relight_result (*call)(const arguments *a, void *out, relight_details *details);
  void (*release)(void *out);
  size_t out_len;   /* zero if the function has no output */
  size_t in_len;    /* how many of `in` are used */
  unsigned decoded; /* bit k: input k is an encoding, of which a part or more is refused */
  size_t handles;   /* how many of `handle` are used */
  arguments valid;
} row;

/* Room for any output, and for a misaligned one. */
typedef union output {
  max_align_t alignment;
  uint8_t bytes[512];
} output;

/* Releases. */
#define RELEASE(name, type) \
  static void free_##name(void *out) { relight_##name##_free((type *)out); } \
  enum { len_##name = sizeof(type) }; \
  _Static_assert(sizeof(type) < sizeof(output), #type);
RELEASE(buffer, relight_buffer)
RELEASE(list, relight_list)
RELEASE(indices, relight_indices)
RELEASE(details, relight_details)
RELEASE(member, relight_member)
RELEASE(statement, relight_statement)
RELEASE(key_share, relight_key_share)
RELEASE(vss_commitment, relight_vss_commitment)
RELEASE(outcome, relight_outcome)
RELEASE(roster, relight_roster)
RELEASE(draft, relight_draft)
RELEASE(request, relight_request)
RELEASE(unsigned, relight_unsigned)
RELEASE(blinder_registration, relight_blinder_registration)
RELEASE(closed_status, relight_closed_status)
RELEASE(dealings_status, relight_dealings_status)
RELEASE(confirmation, relight_confirmation)
RELEASE(confirmations_status, relight_confirmations_status)
RELEASE(certificate, relight_certificate)
RELEASE(progress, relight_progress)
RELEASE(coverage, relight_coverage)
RELEASE(bundle, relight_bundle)
RELEASE(bundle_claim, relight_bundle_claim)
RELEASE(dealings, relight_dealings *)
RELEASE(confirmations, relight_confirmations *)
RELEASE(closed, relight_closed *)
RELEASE(backup, relight_backup *)
RELEASE(unlock_keys, relight_unlock_keys *)
RELEASE(session, relight_session *)
static void free_nothing(void *out) { (void)out; }

static void (*const RELEASES[])(void *) = {free_buffer, free_list, free_indices, free_details, free_member,
  free_statement, free_key_share, free_vss_commitment, free_outcome, free_roster, free_draft, free_request, free_unsigned,
  free_blinder_registration, free_closed_status, free_dealings_status, free_confirmation, free_confirmations_status,
  free_certificate, free_progress, free_coverage, free_bundle, free_bundle_claim, free_dealings, free_confirmations, free_closed, free_backup,
  free_unlock_keys, free_session};

#define ROW(name, kind, in_len, decoded, handles, ...) \
  {#name, call_##name, free_##kind, len_##kind, in_len, decoded, handles, {__VA_ARGS__}}
#define PLAIN(name, length, in_len, decoded, handles, ...) \
  {#name, call_##name, free_nothing, length, in_len, decoded, handles, {__VA_ARGS__}}

static row rows[128];
static size_t rows_len;

static void add_rows(void) {
  static relight_bytes party_share, party_key, share, key, statement, dealing, decryption, roots[2], scalars[2];
  static relight_bytes prepared_key, handed_over, recipient, one_backup;
  recipient = BYTES(w.recipient), one_backup = BYTES(w.backup);
  party_share = BYTES(w.party.shares.items[0]), party_key = BYTES(w.party.keys.items[0]);
  share = BYTES(w.network.shares.items[0]), key = BYTES(w.network.keys.items[0]), statement = BYTES(w.statement);
  dealing = BYTES(w.dealing), decryption = BYTES(w.decryption_share);
  roots[0] = roots[1] = BYTES(w.root.public_key), scalars[0] = scalars[1] = BYTES(w.scalar);
  prepared_key = BYTES(w.prepared.keys.items[0]), handed_over = BYTES(w.handed_over.shares.items[0]);
  relight_bytes identity = BYTES(w.identity), member_key = BYTES(w.member_key), blinder = BYTES(w.blinder);
  relight_bytes identity_public = BYTES(w.identity_public), member_public = BYTES(w.member_public);
  relight_bytes ceremony = BYTES(w.ceremony), backup = BYTES(w.backup), roster = BYTES(w.roster);
  relight_bytes recovery_key = BYTES(w.recovery.public_key);
  relight_bytes request = BYTES(w.request), response = BYTES(w.response), registration = BYTES(w.member_registration);
  static relight_bytes closed_key;
  closed_key = BYTES(w.closed_outcome.keys.items[0]);
  relight_bytes nonce = BYTES(w.nonce), body = BYTES(w.unsigned_confirmation.body);
  relight_bytes confirmation = BYTES(w.confirmation), certificate = BYTES(w.certificate), draft = BYTES(w.draft);
  relight_bytes blinder_registration = BYTES(w.blinder_registration);
#define REPAIR_INPUTS {identity_public, member_public, NAME, IDENTIFIER, key, NAME, nonce}
  const row made[] = {
    ROW(identity_generate, buffer, 0, 0, 0, .list = NULL),
    ROW(identity_public, buffer, 1, 1, 0, {identity}),
    ROW(member_key_generate, buffer, 0, 0, 0, .list = NULL),
    ROW(member_key_public, buffer, 1, 1, 0, {member_key}),
    ROW(blinder_generate, buffer, 0, 0, 0, .list = NULL),
    ROW(blinder_public, buffer, 1, 1, 0, {blinder}),
    PLAIN(secret_kind, 1, 1, 0, 0, {identity}),
    ROW(nonce_generate, buffer, 0, 0, 0, .list = NULL),
    ROW(blinder_register, unsigned, 4, 9, 0, {blinder, NAME, NAME, identity_public}),
    ROW(blinder_registration_successor, unsigned, 2, 3, 0, {blinder_registration, blinder}),
    ROW(blinder_registration_verify, buffer, 4, 15, 0, {blinder_registration, NAME, NAME, identity_public}),
    PLAIN(blinder_registration_check_successor, 0, 2, 3, 0, {blinder_registration, BYTES(w.blinder_successor)}),
    ROW(blinder_registration_inspect, blinder_registration, 1, 1, 0, {blinder_registration}),
    ROW(member_register, unsigned, 3, 3, 0, {identity_public, member_key, NAME}),
    ROW(member_registration_successor, unsigned, 2, 3, 0, {registration, member_key}),
    ROW(member_registration_verify, member, 2, 3, 0, {registration, NAME}),
    PLAIN(member_registration_check_successor, 0, 2, 3, 0, {registration, BYTES(w.member_successor)}),
    ROW(sign, buffer, 3, 7, 0, {body, identity_public, identity}),
    ROW(wallet_text, buffer, 1, 0, 0, {body}),
    ROW(complete_signature, buffer, 3, 3, 0, {WALLET_BODY, WALLET_SIGNER, WALLET_RETURNED}),
    ROW(introduce, buffer, 3, 0, 0, {INTRODUCED_TO, ADDRESS, INTRODUCTION}),
    PLAIN(identity_address, sizeof(relight_address), 1, 1, 0, {identity_public}),
    ROW(address_text, buffer, 0, 0, 1, .handle = {&w.address}),
    ROW(statement_new, buffer, 6, 35, 2, {recovery_key, identity_public, NAME, NAME, IDENTIFIER, blinder_registration},
      &key, 1, {&w, &w}),
    ROW(statement_inspect, statement, 1, 1, 0, {statement}),
    ROW(key_share_inspect, key_share, 1, 1, 0, {share}),
    ROW(key_share_secret, buffer, 1, 1, 0, {share}),
    ROW(key_share_new, buffer, 3, 5, 0, {key, IDENTIFIER, *scalars}),
    ROW(vss_commitment_new, buffer, 0, 0, 0, .list = roots, .list_len = 2),
    ROW(vss_commitment_inspect, vss_commitment, 1, 1, 0, {key}),
    ROW(vss_commitment_public_share, buffer, 2, 1, 0, {key, IDENTIFIER}),
    ROW(vss_commitment_from_shares, buffer, 2, 2, 1, {IDENTIFIER, *roots}, .handle = {&w}),
    ROW(key_shares_combine, buffer, 0, 0, 0, .list = &share, .list_len = 1),
    ROW(identifier_of_number, buffer, 0, 0, 0, .list = NULL),
    ROW(identifier_of_integer, buffer, 1, 0, 0, {NAME}),
    PLAIN(supermajority, sizeof(uint16_t), 0, 0, 0, .list = NULL),
    ROW(ceremony_new, buffer, 7, 75, 2, {identity_public, member_public, NAME, key, NAME, IDENTIFIER, nonce},
      .handle = {&w, &w}),
    PLAIN(ceremony_inspect, sizeof(relight_ceremony), 1, 1, 0, {ceremony}),
    ROW(ceremony_deal, buffer, 2, 3, 0, {ceremony, identity}),
    ROW(ceremony_deal_unsigned, unsigned, 2, 3, 0, {ceremony, member_key}),
    PLAIN(dealing_inspect, sizeof(relight_agreed_dealing), 1, 0, 0, {dealing}),
    PLAIN(dealing_verify, sizeof(relight_agreed_dealing), 2, 3, 0, {ceremony, dealing}),
    ROW(dealings_new, dealings, 1, 1, 0, {ceremony}),
    PLAIN(dealings_receive, 0, 1, 1, 1, {dealing}, .handle = {w.dealings}),
    ROW(dealings_inspect, dealings_status, 0, 0, 1, .handle = {w.dealings}),
    ROW(dealings_confirm, unsigned, 1, 1, 1, {member_key}, .handle = {w.dealings}),
    ROW(dealings_confirm_like, unsigned, 2, 3, 1, {confirmation, member_key}, .handle = {w.dealings}),
    ROW(dealings_close, closed, 1, 1, 1, {certificate}, .handle = {w.dealings}),
    ROW(confirmation_verify, confirmation, 2, 3, 0, {ceremony, confirmation}),
    ROW(confirmations_new, confirmations, 1, 1, 0, {ceremony}),
    PLAIN(confirmations_receive, 0, 1, 1, 1, {confirmation}, .handle = {w.confirmations}),
    ROW(confirmations_inspect, confirmations_status, 0, 0, 1, .handle = {w.confirmations}),
    ROW(confirmations_certificate, buffer, 0, 0, 1, .handle = {w.confirmations}),
    ROW(certificate_verify, certificate, 2, 3, 0, {ceremony, certificate}),
    PLAIN(certificate_vouch_for, 0, 2, 3, 0, {ceremony, certificate}, &closed_key, 1),
    ROW(closed_inspect, closed_status, 0, 0, 1, .handle = {w.closed}),
    PLAIN(closed_receive, 0, 1, 1, 1, {dealing}, .handle = {w.closed}),
    ROW(closed_finish, outcome, 1, 1, 1, {member_key}, .handle = {w.closed}),
    ROW(closed_finish_public, outcome, 0, 0, 1, .handle = {w.closed}),
    ROW(evidence_bad_dealing, buffer, 1, 0, 0, {dealing}),
    ROW(evidence_two_dealings, buffer, 2, 0, 0, {dealing, dealing}),
    ROW(evidence_two_confirmations, buffer, 2, 0, 0, {confirmation, confirmation}),
    PLAIN(evidence_verify, sizeof(relight_culprit), 2, 3, 0, {ceremony, BYTES(w.evidence)}),
    ROW(repair_prepare, buffer, 7, 83, 2, REPAIR_INPUTS, .handle = {&w, &w}),
    ROW(repair_hand_over, buffer, 7, 83, 2, REPAIR_INPUTS, &prepared_key, 1, {&w, &w}),
    ROW(repair_finish, list, 7, 83, 2, REPAIR_INPUTS, &handed_over, 1, {&w, &w}),
    ROW(backup_create, buffer, 1, 1, 0, {statement}, &share, 1),
    ROW(backup_claim, buffer, 1, 1, 0, {backup}),
    ROW(backup_verify, backup, 2, 3, 0, {backup, statement}),
    PLAIN(backup_check_blinder, 0, 1, 1, 1, {blinder}, .handle = {w.verified}),
    ROW(backup_open, list, 1, 1, 2, {blinder}, .handle = {w.verified, w.keys}),
    ROW(decryption_share_new, buffer, 1, 1, 1, {party_share}, .handle = {&w.digest}),
    ROW(recovery_party_shareless, indices, 2, 1, 2, {party_key, NAME}, .handle = {&w, &w}),
    PLAIN(decryption_shares_verify, 0, 1, 1, 2, {party_key}, &decryption, 1, {&w.digest, &w}),
    ROW(decryption_shares_combine, unlock_keys, 1, 1, 2, {party_key}, &decryption, 1, {&w.digest, &w}),
    ROW(roster_new, buffer, 4, 7, 1, {party_key, NAME, registration, NAME}, .handle = {&w}),
    ROW(roster_verify, roster, 2, 3, 0, {roster, NAME}),
    ROW(draft_inspect, draft, 1, 1, 0, {draft}),
    ROW(draft_text, buffer, 1, 1, 0, {draft}, &statement, 1),
    ROW(authorise, buffer, 3, 7, 0, {draft, statement, blinder}),
    ROW(request_inspect, request, 1, 1, 0, {request}),
    ROW(review, buffer, 3, 7, 1, {request, roster, NAME}, &statement, 1, {&w}),
    ROW(respond, unsigned, 4, 15, 1, {request, roster, NAME, party_share}, &statement, 1, {&w}),
    PLAIN(response_member, sizeof(uint16_t), 1, 1, 0, {response}),
    ROW(session_new, session, 3, 3, 1, {roster, NAME, NAME}, &statement, 1, {&w}),
    ROW(session_draft, buffer, 0, 0, 1, .handle = {w.session}),
    PLAIN(session_authorise, 0, 1, 1, 1, {BYTES(w.authorisation)}, .handle = {w.session}),
    ROW(session_request, buffer, 0, 0, 1, .handle = {w.session}),
    ROW(session_progress, progress, 0, 0, 1, .handle = {w.session}),
    ROW(session_receive, progress, 1, 1, 1, {response}, .handle = {w.session}),
    ROW(session_unlock_keys, unlock_keys, 0, 0, 1, .handle = {w.session}),
    ROW(session_unlock_key, unlock_keys, 0, 0, 2, .handle = {w.session, &w.digest}),
    ROW(session_accuse, buffer, 1, 1, 1, {BYTES(w.bad_response)}, .handle = {w.session}),
    PLAIN(accusation_verify, sizeof(uint16_t), 3, 7, 0, {BYTES(w.accusation), roster, NAME}, &statement, 1),
    ROW(session_encode, buffer, 0, 0, 1, .handle = {w.session}),
    ROW(session_decode, session, 2, 3, 0, {BYTES(w.state), NAME}),
    ROW(coverage_audit, coverage, 7, 67, 2,
      {recovery_key, identity_public, NAME, NAME, backup, IDENTIFIER, blinder_registration}, &key, 1, {&w, &w}),
    ROW(ceremony_short_code, buffer, 1, 1, 0, {ceremony}),
    ROW(sealing_key_generate, buffer, 0, 0, 0, .list = NULL),
    ROW(sealing_key_recipient, buffer, 1, 1, 0, {BYTES(w.sealing_key)}),
    ROW(seal, buffer, 1, 1, 0, {blinder}, &recipient, 1),
    ROW(unseal, buffer, 2, 3, 0, {BYTES(w.sealed), BYTES(w.sealing_key)}),
    ROW(bundle_new, buffer, 7, 99, 2,
      {recovery_key, identity_public, NAME, NAME, IDENTIFIER, blinder_registration, roster}, &key, 1, {&w, &w}),
    ROW(bundle_inspect, bundle_claim, 1, 1, 0, {BYTES(w.bundle)}),
    ROW(bundle_verify, bundle, 1, 1, 1, {BYTES(w.bundle)}, .handle = {&w.bundle_digest}),
    ROW(bundle_audit, coverage, 1, 1, 1, {BYTES(w.bundle)}, &one_backup, 1, {&w.bundle_digest}),
    ROW(bundle_check_successor, list, 2, 3, 0, {BYTES(w.bundle), BYTES(w.next_bundle)}),
    ROW(derive_public, buffer, 2, 0, 0, {NAME, NAME}, roots, 2),
    ROW(derive_secret, buffer, 2, 0, 0, {NAME, NAME}, scalars, 2),
    ROW(augment, buffer, 2, 1, 0, {*roots, NAME}),
    ROW(scalar_public, buffer, 1, 1, 0, {*scalars}),
    ROW(combine_public, buffer, 2, 2, 1, {IDENTIFIER, *roots}, .handle = {&w}),
    ROW(combine_secret, buffer, 2, 2, 1, {IDENTIFIER, *scalars}, .handle = {&w}),
  };
  rows_len = sizeof made / sizeof *made;
  REQUIRE(rows_len <= sizeof rows / sizeof *rows);
  memcpy(rows, made, sizeof made);
}

static int is_zero(const uint8_t *bytes, size_t len) {
  while (len > 0 && bytes[len - 1] == 0) len--;
  return len == 0;
}

/* Calls a row; checks and frees its output. */
static relight_result call(const row *r, const arguments *a) {
  output out;
  relight_details details;
  memset(&out, 0xa5, sizeof out);
  relight_result result = r->call(a, &out, &details);
  REQUIRE(details.result == result);
  if (result == RELIGHT_RESULT_OK)
    r->release(&out);
  else
    REQUIRE(is_zero(out.bytes, r->out_len) && strstr(details.message, relight_strerror(result)) != NULL);
  REQUIRE(result != RELIGHT_RESULT_PANICKED && result != RELIGHT_RESULT_UNKNOWN);
  relight_details_free(&details);
  relight_details_free(&details);
  return result;
}

#endif
