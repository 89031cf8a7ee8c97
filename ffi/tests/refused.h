/* Numbers that name nothing, and what does not go together: each is refused with its own result. */
#ifndef REFUSED_H
#define REFUSED_H
#include "wallet.h"
#include "world.h"

#define REFUSED(result, call) REQUIRE((call) == RELIGHT_RESULT_##result)

/* A call with the details d fails, and says which argument is wrong. */
#define NAMED(code, name, call) \
  do { \
    relight_details d; \
    REFUSED(code, call); \
    REQUIRE(strncmp(d.message, #name ": ", sizeof #name ": " - 1) == 0); \
    relight_details_free(&d); \
  } while (0)

/* Numbers that name nothing. */
static void numbers(void) {
  relight_buffer out;
  relight_unsigned form;
  relight_outcome outcome;
  uint16_t threshold;
  relight_bytes ceremony = BYTES(w.ceremony), identity = BYTES(w.identity), key = BYTES(w.member_key);
  relight_bytes statement = BYTES(w.statement), public_key = BYTES(w.identity_public);
  relight_bytes share = BYTES(w.network.shares.items[0]);
  relight_review_input review = {BYTES(w.request), &statement, 1, NAME, BYTES(w.roster), NOW};
  NAMED(UNKNOWN_CURVE, curve, relight_scalar_public(0, BYTES(w.scalar), &out, &d));
  NAMED(UNKNOWN_CURVE, curve, relight_scalar_public(UINT16_MAX, BYTES(w.scalar), &out, &d));
  NAMED(INVALID_INDEX, index, relight_member_register(NAME, 0, public_key, key, &form, &d));
  REFUSED(INVALID_THRESHOLD, relight_supermajority(0, &threshold, NULL));
  NAMED(INVALID_INDEX, dealer, relight_ceremony_deal(ceremony, 0, identity, NULL, 0, &out, &d));
  REFUSED(UNKNOWN_DEALER, relight_ceremony_deal(ceremony, UINT16_MAX, identity, NULL, 0, &out, NULL));
  REFUSED(UNKNOWN_RECIPIENT, relight_closed_finish(w.closed, 2, key, &outcome, NULL));
  REFUSED(UNKNOWN_RECIPIENT, relight_dealings_confirm(w.dealings, 2, key, &form, NULL));
  NAMED(INVALID_INDEX, recipient, relight_dealings_confirm(w.dealings, 0, key, &form, &d));
  NAMED(INVALID_INDEX, member, relight_decryption_share_new(0, BYTES(w.party.shares.items[0]), &w.digest, &out, &d));
  REFUSED(WRONG_CURVE, relight_decryption_share_new(1, share, &w.digest, &out, NULL));
  REFUSED(WRONG_CURVE, relight_respond(&review, share, NULL, 0, &form, NULL));
}

/* A refused time: the details have it, and say which of them it is. */
static void time_is_refused(relight_result result, relight_details *details, const char *name, uint64_t time) {
  REQUIRE(result == RELIGHT_RESULT_INVALID_TIME && details->number == time);
  REQUIRE(strncmp(details->message, name, strlen(name)) == 0 && details->message[strlen(name)] == ':');
  relight_details_free(details);
}

/* A clock that was never set, one that counts milliseconds, the year 10000, and what a negative time is. */
static void times(void) {
  const uint64_t refused[] = {0, NOW * UINT64_C(1000), 253402300800, INT64_MAX, (uint64_t)-1, (uint64_t)-62135596800};
  relight_bytes statement = BYTES(w.statement), share = BYTES(w.party.shares.items[0]);
  relight_review_input review = {BYTES(w.request), &statement, 1, NAME, BYTES(w.roster), NOW};
  relight_ask ask = {NAME, BYTES(w.roster), &statement, 1, NAME, NOW, NOW + 3600};
  relight_details d;
  relight_buffer out;
  relight_unsigned form;
  relight_progress progress;
  relight_session *session;
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
    uint64_t time = review.now = refused[i];
    time_is_refused(relight_review(&review, &out, &d), &d, "now", time);
    time_is_refused(relight_respond(&review, share, NULL, 0, &form, &d), &d, "now", time);
    time_is_refused(relight_session_receive(w.session, BYTES(w.response), time, &progress, &d), &d, "now", time);
    ask.now = time, ask.expiry = NOW;
    time_is_refused(relight_session_new(&ask, &session, &d), &d, "now", time);
    ask.now = NOW, ask.expiry = time;
    time_is_refused(relight_session_new(&ask, &session, &d), &d, "expiry", time);
  }
  review.now = 253402300799;
  REFUSED(EXPIRED, relight_review(&review, &out, NULL));
  review.now = 1;
  REFUSED(EXPIRY_TOO_FAR, relight_review(&review, &out, NULL));
}

/* Purposes of no object, signers that are others, secrets that are something else. */
static void signers(void) {
  relight_buffer out;
  relight_details details;
  relight_bytes body = BYTES(w.unsigned_confirmation.body), signer = BYTES(w.identity_public);
  const uint8_t purposes[] = {0, RELIGHT_PURPOSE_IDENTITY, RELIGHT_PURPOSE_RESPONSE + 1, UINT8_MAX};
  for (size_t i = 0; i < sizeof purposes; i++)
    NAMED(UNKNOWN_KIND, purpose, relight_sign(purposes[i], body, signer, BYTES(w.identity), &out, &d));
  NAMED(UNKNOWN_KIND, purpose, relight_wallet_text(0, body, &out, &d));
  uint8_t purpose = RELIGHT_PURPOSE_CONFIRMATION;
  REFUSED(WRONG_IDENTITY, relight_sign(purpose, body, WALLET_SIGNER, BYTES(w.identity), &out, NULL));
  REFUSED(WALLET_SIGNATURE, relight_introduce(NAME, ADDRESS, INTRODUCTION, &out, &details));
  REQUIRE(details.wallet_fault == RELIGHT_WALLET_FAULT_SIGNER);
  relight_details_free(&details);
  REFUSED(WALLET_SIGNATURE, relight_introduce(INTRODUCED_TO, NONE, NAME, &out, &details));
  REQUIRE(details.wallet_fault == RELIGHT_WALLET_FAULT_LENGTH && details.number == NAME.len);
  relight_details_free(&details);
  REFUSED(WRONG_KIND, relight_member_key_public(BYTES(w.identity), &out, &details));
  REQUIRE(details.expected == RELIGHT_KIND_MEMBER_KEY && details.found == RELIGHT_KIND_IDENTITY_KEY);
  const char *message = "secret: the secret is of another kind: identity key, where member key is needed";
  REQUIRE(strcmp(details.message, message) == 0);
  relight_details_free(&details);
  REFUSED(WRONG_KIND, relight_key_share_secret(BYTES(w.state), &out, &details));
  REQUIRE(details.expected == RELIGHT_KIND_KEY_SHARE && details.found == RELIGHT_KIND_SESSION);
  relight_details_free(&details);
}

/* Second dealings and confirmations, old registrations. Nothing of them stays. */
static void seconds(void) {
  relight_details details;
  REFUSED(DOUBLE_CONFIRMATION, relight_confirmations_receive(w.confirmations, BYTES(w.other_confirmation), &details));
  REQUIRE(details.number == 1);
  relight_details_free(&details);
  REFUSED(BAD_DEALING, relight_closed_receive(w.closed, BYTES(w.other_dealing), &details));
  REQUIRE(details.fault == RELIGHT_FAULT_EQUIVOCATION || details.fault == RELIGHT_FAULT_EXPELLED);
  relight_details_free(&details);
  REFUSED(RETIRED_REGISTRATION, relight_blinder_registration_check_successor(BYTES(w.blinder_successor),
    BYTES(w.blinder_registration), &details));
  REQUIRE(details.number == 1);
  relight_details_free(&details);
}

/* The order of secp256k1. */
static const relight_bytes ORDER = {(const uint8_t *)"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xfe"
  "\xba\xae\xdc\xe6\xaf\x48\xa0\x3b\xbf\xd2\x5e\x8c\xd0\x36\x41\x41", 32};

static void named(const relight_details *details, relight_bytes identifier) {
  const relight_list *found = &details->identifiers;
  REQUIRE(found->len == 1 && found->items[0].len == identifier.len);
  REQUIRE(memcmp(found->items[0].data, identifier.data, identifier.len) == 0);
}

/* Bytes that are no identifier, and identifiers that do not go together. */
static void identifiers(void) {
  static const uint8_t longest[65] = {1}, zeros[64];
  const relight_bytes wrong[] = {NONE, {zeros, 1}, {zeros, 64}, {longest, 65}};
  relight_buffer out;
  relight_details details;
  relight_bytes key = BYTES(w.network.keys.items[0]), root = BYTES(w.root.public_key);
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    relight_share share = {wrong[i], root};
    REFUSED(INVALID_IDENTIFIER, relight_vss_commitment_public_share(key, wrong[i], &out, NULL));
    REFUSED(INVALID_IDENTIFIER, relight_identifier_of_integer(wrong[i], &out, NULL));
    REFUSED(INVALID_IDENTIFIER, relight_combine_public(RELIGHT_CURVE_SECP256K1, &share, 1, &out, NULL));
  }
  REFUSED(INVALID_IDENTIFIER, relight_identifier_of_number(0, &out, NULL));
  REFUSED(ZERO_IDENTIFIER, relight_vss_commitment_public_share(key, ORDER, &out, &details));
  named(&details, ORDER);
  relight_details_free(&details);
  relight_share shares[] = {{NAME, root}, {NAME, root}};
  NAMED(INVALID_THRESHOLD, threshold, relight_vss_commitment_from_shares(RELIGHT_CURVE_SECP256K1, 0, shares, 1, &out, &d));
  REFUSED(NOT_ENOUGH_SHARES, relight_vss_commitment_from_shares(RELIGHT_CURVE_SECP256K1, 2, shares, 1, &out, NULL));
  REFUSED(INVALID_LENGTH, relight_vss_commitment_from_shares(RELIGHT_CURVE_SECP256K1, 1, NULL, 0, &out, NULL));
  REFUSED(INVALID_LENGTH, relight_key_shares_combine(NULL, 0, &out, NULL));
  REFUSED(DUPLICATE_IDENTIFIER, relight_combine_public(RELIGHT_CURVE_SECP256K1, shares, 2, &out, &details));
  named(&details, NAME);
  relight_details_free(&details);
  OK(relight_identifier_of_integer((relight_bytes){longest, 64}, &out, NULL));
  REQUIRE(out.len == RELIGHT_IDENTIFIER_MAX);
  relight_buffer_free(&out);
}

/* A key that was shared elsewhere comes in by its parts, and each part must fit. */
static void elsewhere(void) {
  relight_bytes key = BYTES(w.network.keys.items[0]), share = BYTES(w.network.shares.items[0]), secret = BYTES(w.scalar);
  relight_bytes root = BYTES(w.root.public_key), points[] = {root, BYTES(w.recovery.public_key)};
  static const uint8_t another[32] = {1};
  const relight_bytes other = {another, sizeof another};
  relight_buffer out;
  OK(relight_key_share_new(1, key, IDENTIFIER, secret, &out, NULL));
  REQUIRE(out.len == share.len && memcmp(out.data, share.data, share.len) == 0);
  relight_buffer_free(&out);
  REFUSED(SECRET_MISMATCH, relight_key_share_new(1, key, IDENTIFIER, other, &out, NULL));
  REFUSED(INVALID_SCALAR, relight_key_share_new(1, key, IDENTIFIER, ORDER, &out, NULL));
  REFUSED(INVALID_IDENTIFIER, relight_key_share_new(1, key, NONE, secret, &out, NULL));
  REFUSED(ZERO_IDENTIFIER, relight_key_share_new(1, key, ORDER, secret, &out, NULL));
  REFUSED(TRUNCATED, relight_key_share_new(1, NONE, IDENTIFIER, secret, &out, NULL));
  OK(relight_vss_commitment_new(RELIGHT_CURVE_SECP256K1, &root, 1, &out, NULL));
  REQUIRE(out.len == key.len && memcmp(out.data, key.data, key.len) == 0);
  relight_buffer_free(&out);
  REFUSED(INVALID_LENGTH, relight_vss_commitment_new(RELIGHT_CURVE_SECP256K1, NULL, 0, &out, NULL));
  REFUSED(INVALID_POINT, relight_vss_commitment_new(RELIGHT_CURVE_SECP256K1, points, 2, &out, NULL));
  NAMED(UNKNOWN_CURVE, curve, relight_vss_commitment_new(0, &root, 1, &out, &d));
}

/* Keys of a ceremony that their origin does not allow. */
static void origins(void) {
  relight_bytes key = BYTES(w.network.keys.items[0]);
  relight_dealer dealer = {1, BYTES(w.identity_public), NONE};
  relight_recipient recipients[] = {{1, BYTES(w.identity_public), BYTES(w.member_public), NONE},
    {2, WALLET_SIGNER, BYTES(w.blinder_public), NONE}};
  const struct {
    relight_result result;
    uint8_t origin;
    relight_dealt_key key;
    size_t recipients;
  } cases[] = {
    {RELIGHT_RESULT_OK, RELIGHT_ORIGIN_HAND_OVER, {0, key, NONE}, 1},
    {RELIGHT_RESULT_OK, RELIGHT_ORIGIN_RESHARE, {RELIGHT_CURVE_SECP256K1, key, NONE}, 2},
    {RELIGHT_RESULT_INVALID_LENGTH, RELIGHT_ORIGIN_HAND_OVER, {0, key, NONE}, 2},
    {RELIGHT_RESULT_INVALID_LENGTH, RELIGHT_ORIGIN_HAND_OVER, {0, key, NAME}, 1},
    {RELIGHT_RESULT_INVALID_LENGTH, RELIGHT_ORIGIN_GENERATE, {RELIGHT_CURVE_SECP256K1, NONE, NAME}, 1},
    {RELIGHT_RESULT_INVALID_LENGTH, RELIGHT_ORIGIN_GENERATE, {RELIGHT_CURVE_SECP256K1, key, NONE}, 1},
    {RELIGHT_RESULT_UNKNOWN_CURVE, RELIGHT_ORIGIN_GENERATE, {0, NONE, NONE}, 1},
    {RELIGHT_RESULT_WRONG_CURVE, RELIGHT_ORIGIN_RESHARE, {RELIGHT_CURVE_ED25519, key, NONE}, 1},
    {RELIGHT_RESULT_TRUNCATED, RELIGHT_ORIGIN_RESHARE, {0, NONE, NONE}, 1},
    {RELIGHT_RESULT_ZERO_IDENTIFIER, RELIGHT_ORIGIN_RESHARE, {0, key, ORDER}, 1},
    {RELIGHT_RESULT_UNKNOWN_ORIGIN, 3, {0, key, NONE}, 1},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    relight_buffer out;
    relight_plan plan = {RELIGHT_PARAMETERS_FAST, NAME, BYTES(w.nonce), 1, 1, cases[i].origin, &cases[i].key, 1,
      &dealer, 1, recipients, cases[i].recipients};
    REQUIRE(relight_ceremony_new(&plan, &out, NULL) == cases[i].result);
    relight_buffer_free(&out);
  }
}

/* Nodes that hold nothing, or what is not there, and a party that locks itself up. */
static void nodes(void) {
  relight_bytes key = BYTES(w.network.keys.items[0]), blinder = BYTES(w.blinder_public);
  relight_bytes registration = BYTES(w.blinder_registration);
  relight_network network = {RELIGHT_PARAMETERS_FAST, NAME, 1, BYTES(w.recovery.public_key), &key, 1, NULL, 0};
  relight_holding held[] = {{0, IDENTIFIER}, {1, IDENTIFIER}, {0, NONE}, {0, NAME}};
  relight_node node = {NAME, BYTES(w.identity_public), &registration, 1, NONE, NULL, 0};
  relight_buffer out;
  relight_coverage coverage;
  REFUSED(INVALID_LENGTH, relight_coverage_audit(&network, &node, 1, NULL, 0, NULL, NULL, &coverage, NULL));
  node.shares = held, node.shares_len = 2;
  REFUSED(INVALID_INDEX, relight_statement_new(&network, &node, &out, NULL));
  node.shares = &held[2], node.shares_len = 1;
  REFUSED(INVALID_IDENTIFIER, relight_statement_new(&network, &node, &out, NULL));
  node.shares = &held[3], node.identifier = NAME;
  REFUSED(INVALID_LENGTH, relight_statement_new(&network, &node, &out, NULL));
  node.shares_len = 0, network.recovery_key = blinder;
  REFUSED(CIRCULAR_STATEMENT, relight_statement_new(&network, &node, &out, NULL));
  node.registrations_len = 0;
  REFUSED(INVALID_LENGTH, relight_statement_new(&network, &node, &out, NULL));
}

/* Stops at the step that the watcher says. */
static bool stop_at(void *watcher, size_t done, size_t total) {
  const size_t *last = watcher;
  REQUIRE(total == 3 && 1 <= done && done <= *last);
  return done < *last;
}

static void watches(void) {
  relight_bytes key = BYTES(w.network.keys.items[0]), registration = BYTES(w.blinder_registration);
  relight_bytes backups[] = {BYTES(w.backup), BYTES(w.backup), BYTES(w.backup)};
  relight_network network = {RELIGHT_PARAMETERS_FAST, NAME, 1, BYTES(w.recovery.public_key), &key, 1, NULL, 0};
  relight_node node = {NAME, BYTES(w.identity_public), &registration, 1, IDENTIFIER, NULL, 0};
  relight_coverage coverage;
  for (size_t last = 1; last <= 3; last++)
    REFUSED(CANCELLED, relight_coverage_audit(&network, &node, 1, backups, 3, stop_at, &last, &coverage, NULL));
  size_t never = 4;
  OK(relight_coverage_audit(&network, &node, 1, backups, 3, stop_at, &never, &coverage, NULL));
  REQUIRE(coverage.recoverable && coverage.nodes[0].status == RELIGHT_STATUS_COVERED);
  relight_coverage_free(&coverage);
}

static void names(void) {
  REQUIRE(strcmp(relight_field_name(RELIGHT_FIELD_RECOVERY_KEY), "recovery key") == 0);
  REQUIRE(strcmp(relight_fault_name(RELIGHT_FAULT_EQUIVOCATION), "equivocation") == 0);
  REQUIRE(strcmp(relight_wallet_fault_name(RELIGHT_WALLET_FAULT_SIGNER), "signer") == 0);
  REQUIRE(strcmp(relight_registration_fault_name(RELIGHT_REGISTRATION_FAULT_PARTY), "party") == 0);
  REQUIRE(strcmp(relight_status_name(RELIGHT_STATUS_COVERED), "covered") == 0);
  REQUIRE(strcmp(relight_curve_name(RELIGHT_CURVE_SECP256K1), "secp256k1") == 0);
  REQUIRE(strcmp(relight_parameters_name(RELIGHT_PARAMETERS_FAST), "fast") == 0);
  REQUIRE(strcmp(relight_kind_name(RELIGHT_KIND_KEY_SHARE), "key share") == 0);
  const char *strangers[] = {relight_field_name(-1), relight_fault_name(INT32_MAX), relight_wallet_fault_name(INT32_MIN),
    relight_registration_fault_name(99), relight_status_name(-7), relight_curve_name(0), relight_parameters_name(0),
    relight_kind_name(99)};
  for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) REQUIRE(strcmp(strangers[i], "unknown") == 0);
}

static void sealed(void) {
  relight_buffer out, other, recipient;
  relight_bytes key = BYTES(w.sealing_key), blinder = BYTES(w.blinder), to[2] = {BYTES(w.recipient), NAME};
  OK(relight_unseal(RELIGHT_KIND_BLINDER, BYTES(w.sealed), key, &out, NULL));
  REQUIRE(out.len == blinder.len && memcmp(out.data, blinder.data, out.len) == 0);
  relight_buffer_free(&out);
  REFUSED(WRONG_KIND, relight_unseal(RELIGHT_KIND_MEMBER_KEY, BYTES(w.sealed), key, &out, NULL));
  REFUSED(INVALID_SEALING_KEY, relight_unseal(RELIGHT_KIND_SEALING_KEY, BYTES(w.sealed), key, &out, NULL));
  REFUSED(UNKNOWN_KIND, relight_unseal(0, BYTES(w.sealed), key, &out, NULL));
  REFUSED(NOT_SEALED, relight_unseal(RELIGHT_KIND_BLINDER, blinder, key, &out, NULL));
  REFUSED(INVALID_SEALING_KEY, relight_unseal(RELIGHT_KIND_BLINDER, BYTES(w.sealed), to[0], &out, NULL));
  REFUSED(INVALID_SEALING_KEY, relight_seal(blinder, to, 2, &out, NULL));
  REFUSED(INVALID_LENGTH, relight_seal(blinder, NULL, 0, &out, NULL));
  REFUSED(UNSUPPORTED_VERSION, relight_seal(NAME, to, 1, &out, NULL));
  OK(relight_sealing_key_generate(&other, NULL));
  REFUSED(WRONG_SEALING_KEY, relight_unseal(RELIGHT_KIND_BLINDER, BYTES(w.sealed), BYTES(other), &out, NULL));
  OK(relight_sealing_key_recipient(BYTES(other), &recipient, NULL));
  to[1] = BYTES(recipient);
  OK(relight_seal(key, to, 2, &out, NULL));
  relight_buffer_free(&recipient);
  OK(relight_unseal(RELIGHT_KIND_SEALING_KEY, BYTES(out), BYTES(other), &recipient, NULL));
  relight_buffer_free(&out), relight_buffer_free(&other), relight_buffer_free(&recipient);
}

/* Each takes a second. */
static void passphrases(void) {
  relight_buffer out, found;
  relight_bytes key = BYTES(w.sealing_key), not_text = {(const uint8_t *)"\xff", 1};
  OK(relight_seal_with_passphrase(key, NAME, &out, NULL));
  OK(relight_unseal_with_passphrase(RELIGHT_KIND_SEALING_KEY, BYTES(out), NAME, &found, NULL));
  REQUIRE(found.len == key.len && memcmp(found.data, key.data, key.len) == 0);
  relight_buffer_free(&found);
  REFUSED(WRONG_SEALING_KEY,
    relight_unseal_with_passphrase(RELIGHT_KIND_SEALING_KEY, BYTES(out), IDENTIFIER, &found, NULL));
  REFUSED(WRONG_SEALING_KEY, relight_unseal(RELIGHT_KIND_SEALING_KEY, BYTES(out), key, &found, NULL));
  relight_buffer_free(&out);
  REFUSED(INVALID_SEALING_KEY, relight_seal_with_passphrase(key, NONE, &out, NULL));
  REFUSED(INVALID_SEALING_KEY, relight_seal_with_passphrase(key, not_text, &out, NULL));
  REFUSED(NOT_SEALED, relight_unseal_with_passphrase(RELIGHT_KIND_SEALING_KEY, key, NAME, &out, NULL));
}
#endif
