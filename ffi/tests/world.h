/* A party of one, a network of one node, and everything they make: valid inputs for every function. */
#ifndef WORLD_H
#define WORLD_H
#include <relight.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BYTES(buffer) ((relight_bytes){(buffer).data, (buffer).len})
#define NOW 1800000000u
#define REQUIRE(condition) \
  do { \
    if (!(condition)) { \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      abort(); \
    } \
  } while (0)
#define OK(call) REQUIRE((call) == RELIGHT_RESULT_OK)

static struct world {
  relight_buffer identity, identity_public, member_key, member_public, blinder, blinder_public;
  relight_buffer blinder_registration, member_registration, party_ceremony, ceremony, dealing, statement;
  relight_buffer backup, decryption_share, roster, request, response, unsigned_response, state, scalar;
  relight_buffer prepared_ceremony, handed_over_ceremony;
  relight_outcome party, network, prepared, handed_over;
  relight_polynomial recovery, root;
  relight_digest digest;
  relight_backup *verified;
  relight_unlock_keys *keys;
  relight_session *session;
} w;

static const relight_bytes NAME = {(const uint8_t *)"name", 4}, NONE = {NULL, 0};
/* Where the node's shares lie. */
static const relight_bytes IDENTIFIER = {(const uint8_t *)"an identifier that has 256 bits.", 32};

static void world_keys(void) {
  OK(relight_identity_generate(&w.identity, NULL));
  OK(relight_identity_public(BYTES(w.identity), &w.identity_public, NULL));
  OK(relight_member_key_generate(&w.member_key, NULL));
  OK(relight_member_key_public(BYTES(w.member_key), &w.member_public, NULL));
  OK(relight_blinder_generate(&w.blinder, NULL));
  OK(relight_blinder_public(BYTES(w.blinder), &w.blinder_public, NULL));
  OK(relight_blinder_register(BYTES(w.blinder), NAME, NAME, &w.blinder_registration, NULL));
  OK(relight_member_register(NAME, 1, BYTES(w.identity), BYTES(w.member_key), &w.member_registration, NULL));
}

static void world_hold(const relight_buffer *ceremony, const relight_bytes *old_share, uint16_t recipient,
  relight_outcome *outcome) {
  relight_buffer_free(&w.dealing);
  size_t old_shares_len = old_share == NULL ? 0 : 1;
  OK(relight_ceremony_deal(BYTES(*ceremony), 1, BYTES(w.identity), old_share, old_shares_len, &w.dealing, NULL));
  relight_bytes dealing = BYTES(w.dealing);
  OK(relight_ceremony_finish(BYTES(*ceremony), &dealing, 1, recipient, BYTES(w.member_key), outcome, NULL));
  REQUIRE(outcome->shares.len == 1 && outcome->shareless_len == 0);
}

static void world_ceremony(uint16_t curve, relight_bytes identifier, relight_buffer *ceremony,
  relight_outcome *outcome) {
  relight_key_slot key = {RELIGHT_ORIGIN_GENERATE, curve, NONE, NONE};
  relight_party dealer = {1, BYTES(w.identity_public), NONE}, recipient = {1, BYTES(w.member_public), identifier};
  relight_plan plan = {RELIGHT_PARAMETERS_FAST, NAME, 1, 1, &key, 1, &dealer, 1, &recipient, 1};
  OK(relight_ceremony_new(&plan, ceremony, NULL));
  world_hold(ceremony, NULL, 1, outcome);
}

/* The node's only share makes another one, at the identifier NAME. */
static relight_repair world_repair_plan(const relight_bytes *keys, const relight_helper *helper) {
  return (relight_repair){RELIGHT_PARAMETERS_FAST, NAME, 1, keys, 1, helper, 1,
    {2, BYTES(w.member_public), NAME}};
}

static void world_repair(void) {
  relight_bytes key = BYTES(w.network.keys.items[0]), share = BYTES(w.network.shares.items[0]);
  relight_helper helper = {1, BYTES(w.identity_public), BYTES(w.member_public), IDENTIFIER};
  relight_repair repair = world_repair_plan(&key, &helper);
  OK(relight_repair_prepare(&repair, &w.prepared_ceremony, NULL));
  world_hold(&w.prepared_ceremony, &share, 1, &w.prepared);
  relight_bytes prepared_key = BYTES(w.prepared.keys.items[0]), prepared = BYTES(w.prepared.shares.items[0]);
  OK(relight_repair_hand_over(&repair, &prepared_key, 1, &w.handed_over_ceremony, NULL));
  world_hold(&w.handed_over_ceremony, &prepared, 2, &w.handed_over);
  relight_list shares;
  relight_bytes handed_over = BYTES(w.handed_over.shares.items[0]);
  OK(relight_repair_finish(&repair, &handed_over, 1, &shares, NULL));
  relight_key_share fields;
  OK(relight_key_share_inspect(BYTES(shares.items[0]), &fields, NULL));
  REQUIRE(fields.entry.identifier.len == NAME.len && memcmp(fields.entry.identifier.data, NAME.data, NAME.len) == 0);
  relight_key_share_free(&fields);
  relight_list_free(&shares);
}

static void world_backup(uint8_t parameters) {
  relight_bytes keys = BYTES(w.network.keys.items[0]), share = BYTES(w.network.shares.items[0]);
  relight_network network = {parameters, NAME, 1, BYTES(w.recovery.root_public_key), &keys, 1, NULL, 0};
  relight_node node = {NAME, BYTES(w.blinder_public), IDENTIFIER, NULL, 0};
  relight_statement fields;
  OK(relight_statement_new(&network, &node, &w.statement, NULL));
  OK(relight_statement_inspect(BYTES(w.statement), &fields, NULL));
  w.digest = fields.digest;
  relight_statement_free(&fields);
  OK(relight_backup_create(BYTES(w.statement), &share, 1, &w.backup, NULL));
  OK(relight_backup_verify(BYTES(w.backup), BYTES(w.statement), &w.verified, NULL));
}

static void world_open(void) {
  relight_list shares;
  const relight_buffer *lost = &w.network.shares.items[0];
  OK(relight_backup_open(w.verified, w.keys, BYTES(w.blinder), &shares, NULL));
  REQUIRE(shares.len == 1 && shares.items[0].len == lost->len);
  REQUIRE(memcmp(shares.items[0].data, lost->data, lost->len) == 0);
  relight_list_free(&shares);
}

static void world_recovery(void) {
  relight_roster_member member = {BYTES(w.member_registration), NONE};
  relight_bytes statement = BYTES(w.statement), share = BYTES(w.party.shares.items[0]);
  OK(relight_roster_new(NAME, BYTES(w.party.keys.items[0]), &member, 1, &w.roster, NULL));
  relight_ask ask = {NAME, BYTES(w.roster), &statement, 1, NAME, NOW};
  OK(relight_session_new(&ask, &w.session, NULL));
  OK(relight_session_request(w.session, &w.request, NULL));
  relight_review_input review = {BYTES(w.request), &statement, 1, NAME, BYTES(w.roster), NOW};
  OK(relight_respond(&review, share, BYTES(w.identity), RELIGHT_SCHEME_SHA256, &w.response, NULL));
  relight_progress progress;
  OK(relight_session_receive(w.session, BYTES(w.response), NOW, &progress, NULL));
  relight_progress_free(&progress);
  OK(relight_session_unlock_keys(w.session, &w.keys, NULL));
  world_open();
  OK(relight_session_encode(w.session, &w.state, NULL));
  relight_unsigned_response unsigned_response;
  OK(relight_respond_unsigned(&review, share, &unsigned_response, NULL));
  w.unsigned_response = unsigned_response.response;
  relight_buffer_free(&unsigned_response.wallet_text);
  OK(relight_decryption_share_new(1, share, &w.digest, &w.decryption_share, NULL));
}

/* With the parameter set of the backup. */
static void world_make(uint8_t parameters) {
  world_keys();
  world_ceremony(RELIGHT_CURVE_BLS12381_G1, NONE, &w.party_ceremony, &w.party);
  OK(relight_polynomial_inspect(BYTES(w.party.keys.items[0]), &w.recovery, NULL));
  world_ceremony(RELIGHT_CURVE_SECP256K1, IDENTIFIER, &w.ceremony, &w.network);
  OK(relight_polynomial_inspect(BYTES(w.network.keys.items[0]), &w.root, NULL));
  OK(relight_key_share_secret(BYTES(w.network.shares.items[0]), &w.scalar, NULL));
  world_backup(parameters);
  world_recovery();
  world_repair();
  /* What hostile callers give to the ceremony of the network. */
  relight_buffer_free(&w.dealing);
  OK(relight_ceremony_deal(BYTES(w.ceremony), 1, BYTES(w.identity), NULL, 0, &w.dealing, NULL));
}

static void world_free(void) {
  relight_buffer *buffers[] = {&w.identity, &w.identity_public, &w.member_key, &w.member_public, &w.blinder,
    &w.blinder_public, &w.blinder_registration, &w.member_registration, &w.party_ceremony, &w.ceremony, &w.dealing,
    &w.statement, &w.backup, &w.decryption_share, &w.roster, &w.request, &w.response, &w.unsigned_response, &w.state,
    &w.scalar, &w.prepared_ceremony, &w.handed_over_ceremony};
  for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++) relight_buffer_free(buffers[i]);
  relight_outcome *outcomes[] = {&w.party, &w.network, &w.prepared, &w.handed_over};
  for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) relight_outcome_free(outcomes[i]);
  relight_polynomial_free(&w.recovery);
  relight_polynomial_free(&w.root);
  relight_backup_free(&w.verified);
  relight_unlock_keys_free(&w.keys);
  relight_session_free(&w.session);
}
#endif
