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
  relight_buffer identity, identity_public, member_key, member_public, blinder, blinder_public, nonce;
  relight_buffer blinder_registration, blinder_successor, member_registration, member_successor;
  relight_buffer party_ceremony, ceremony, dealing, other_dealing, confirmation, other_confirmation, certificate;
  relight_buffer evidence;
  relight_buffer statement, backup, decryption_share, roster, draft, authorisation, request, response, bad_response;
  relight_buffer sealing_key, recipient, sealed, bundle, next_bundle;
  relight_digest bundle_digest;
  relight_buffer accusation, asking, state, scalar, prepared_ceremony, handed_over_ceremony;
  relight_unsigned unsigned_confirmation;
  relight_outcome party, network, prepared, handed_over, closed_outcome;
  relight_vss_commitment recovery, root;
  relight_digest digest;
  relight_address address;
  relight_dealings *dealings;
  relight_confirmations *confirmations;
  relight_closed *closed;
  relight_backup *verified;
  relight_unlock_keys *keys;
  relight_session *session;
} w;

static const relight_bytes NAME = {(const uint8_t *)"name", 4}, NONE = {NULL, 0};
/* Where the node's shares lie. */
static const relight_bytes IDENTIFIER = {(const uint8_t *)"an identifier that has 256 bits.", 32};

/* The identity of the world signs, and the unsigned form is freed. */
static void world_sign(relight_unsigned *object, relight_buffer *made) {
  OK(relight_sign(object->purpose, BYTES(object->body), BYTES(object->signer), BYTES(w.identity), made, NULL));
  relight_unsigned_free(object);
}

static void world_registrations(void) {
  relight_unsigned form;
  relight_bytes identity = BYTES(w.identity_public), blinder = BYTES(w.blinder), key = BYTES(w.member_key);
  OK(relight_blinder_register(blinder, NAME, NAME, identity, &form, NULL));
  world_sign(&form, &w.blinder_registration);
  OK(relight_blinder_registration_successor(BYTES(w.blinder_registration), blinder, &form, NULL));
  world_sign(&form, &w.blinder_successor);
  OK(relight_member_register(NAME, 1, identity, key, &form, NULL));
  world_sign(&form, &w.member_registration);
  OK(relight_member_registration_successor(BYTES(w.member_registration), key, &form, NULL));
  world_sign(&form, &w.member_successor);
}

static void world_keys(void) {
  OK(relight_identity_generate(&w.identity, NULL));
  OK(relight_identity_public(BYTES(w.identity), &w.identity_public, NULL));
  OK(relight_identity_address(BYTES(w.identity_public), &w.address, NULL));
  OK(relight_member_key_generate(&w.member_key, NULL));
  OK(relight_member_key_public(BYTES(w.member_key), &w.member_public, NULL));
  OK(relight_blinder_generate(&w.blinder, NULL));
  OK(relight_blinder_public(BYTES(w.blinder), &w.blinder_public, NULL));
  OK(relight_nonce_generate(&w.nonce, NULL));
  world_registrations();
}

/* The only dealer deals, the only recipient confirms. What hostile callers use is of the last ceremony. */
static void world_confirm(relight_bytes ceremony, const relight_bytes *old_share, uint16_t recipient,
  relight_dealings **dealings, relight_buffer *dealing, relight_buffer *confirmation) {
  relight_unsigned form;
  size_t old_shares_len = old_share == NULL ? 0 : 1;
  relight_dealings_free(dealings), relight_buffer_free(dealing), relight_buffer_free(confirmation);
  OK(relight_ceremony_deal(ceremony, 1, BYTES(w.identity), old_share, old_shares_len, dealing, NULL));
  OK(relight_dealings_new(ceremony, dealings, NULL));
  OK(relight_dealings_receive(*dealings, BYTES(*dealing), NULL));
  OK(relight_dealings_confirm(*dealings, recipient, BYTES(w.member_key), &form, NULL));
  world_sign(&form, confirmation);
}

static void world_hold(const relight_buffer *made, const relight_bytes *old_share, uint16_t recipient,
  relight_outcome *outcome) {
  relight_bytes ceremony = BYTES(*made);
  world_confirm(ceremony, old_share, recipient, &w.dealings, &w.dealing, &w.confirmation);
  relight_confirmations_free(&w.confirmations), relight_closed_free(&w.closed), relight_buffer_free(&w.certificate);
  OK(relight_confirmations_new(ceremony, &w.confirmations, NULL));
  OK(relight_confirmations_receive(w.confirmations, BYTES(w.confirmation), NULL));
  OK(relight_confirmations_certificate(w.confirmations, &w.certificate, NULL));
  OK(relight_dealings_close(w.dealings, BYTES(w.certificate), &w.closed, NULL));
  OK(relight_closed_finish(w.closed, recipient, BYTES(w.member_key), outcome, NULL));
  REQUIRE(outcome->shares.len == 1 && outcome->shareless_len == 0);
  relight_bytes key = BYTES(outcome->keys.items[0]);
  OK(relight_certificate_vouch_for(ceremony, BYTES(w.certificate), &key, 1, NULL));
}

/* A second dealing, and a second confirmation: the dealer and the recipient are caught. */
static void world_catch(void) {
  relight_dealings *dealings = NULL;
  relight_culprit culprit;
  relight_buffer evidence;
  relight_bytes ceremony = BYTES(w.ceremony);
  world_confirm(ceremony, NULL, 1, &dealings, &w.other_dealing, &w.other_confirmation);
  relight_dealings_free(&dealings);
  OK(relight_evidence_two_dealings(BYTES(w.dealing), BYTES(w.other_dealing), &w.evidence, NULL));
  OK(relight_evidence_verify(ceremony, BYTES(w.evidence), &culprit, NULL));
  REQUIRE(culprit.dealer == 1 && culprit.recipient == 0 && culprit.fault == RELIGHT_FAULT_EQUIVOCATION);
  OK(relight_evidence_two_confirmations(BYTES(w.confirmation), BYTES(w.other_confirmation), &evidence, NULL));
  OK(relight_evidence_verify(ceremony, BYTES(evidence), &culprit, NULL));
  REQUIRE(culprit.dealer == 0 && culprit.recipient == 1 && culprit.fault == RELIGHT_FAULT_NONE);
  relight_buffer_free(&evidence);
}

static void world_ceremony(uint16_t curve, relight_bytes identifier, relight_buffer *ceremony,
  relight_outcome *outcome) {
  relight_dealt_key key = {curve, NONE, NONE};
  relight_dealer dealer = {1, BYTES(w.identity_public), NONE};
  relight_recipient recipient = {1, BYTES(w.identity_public), BYTES(w.member_public), identifier};
  relight_plan plan = {RELIGHT_PARAMETERS_FAST, NAME, BYTES(w.nonce), 1, 1, RELIGHT_ORIGIN_GENERATE, &key, 1,
    &dealer, 1, &recipient, 1};
  OK(relight_ceremony_new(&plan, ceremony, NULL));
  world_hold(ceremony, NULL, 1, outcome);
}

/* The node's only share makes another one, at the identifier NAME. */
static relight_repair world_repair_plan(const relight_bytes *keys, const relight_helper *helper) {
  return (relight_repair){RELIGHT_PARAMETERS_FAST, NAME, BYTES(w.nonce), 1, keys, 1, helper, 1,
    {2, BYTES(w.identity_public), BYTES(w.member_public), NAME}};
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
  relight_network network = {parameters, NAME, 1, BYTES(w.recovery.public_key), &keys, 1, NULL, 0};
  relight_bytes registration = BYTES(w.blinder_registration);
  relight_node node = {NAME, BYTES(w.identity_public), &registration, 1, IDENTIFIER, NULL, 0};
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

/* An answer whose ciphertext was damaged before it was signed: the node can show it. */
static void world_accuse(relight_unsigned *answer) {
  uint16_t member;
  relight_bytes statement = BYTES(w.statement);
  answer->body.data[answer->body.len - 1] ^= 1;
  world_sign(answer, &w.bad_response);
  OK(relight_session_accuse(w.session, BYTES(w.bad_response), &w.accusation, NULL));
  OK(relight_accusation_verify(BYTES(w.accusation), NAME, BYTES(w.roster), &statement, 1, &member, NULL));
  REQUIRE(member == 1);
}

static void world_ask(void) {
  relight_roster_member member = {BYTES(w.member_registration), NONE};
  relight_bytes statement = BYTES(w.statement);
  OK(relight_roster_new(NAME, BYTES(w.party.keys.items[0]), &member, 1, &w.roster, NULL));
  relight_ask ask = {NAME, BYTES(w.roster), &statement, 1, NAME, NOW, NOW + 3600};
  OK(relight_session_new(&ask, &w.session, NULL));
  OK(relight_session_draft(w.session, &w.draft, NULL));
  OK(relight_authorise(BYTES(w.draft), statement, BYTES(w.blinder), &w.authorisation, NULL));
  OK(relight_session_authorise(w.session, BYTES(w.authorisation), NULL));
  OK(relight_session_request(w.session, &w.request, NULL));
  OK(relight_session_encode(w.session, &w.asking, NULL));
}

static void world_recovery(void) {
  relight_bytes statement = BYTES(w.statement), share = BYTES(w.party.shares.items[0]);
  relight_unsigned answer, other;
  world_ask();
  relight_review_input review = {BYTES(w.request), &statement, 1, NAME, BYTES(w.roster), NOW};
  OK(relight_respond(&review, share, &w.digest, 1, &answer, NULL));
  OK(relight_respond(&review, share, NULL, 0, &other, NULL));
  world_sign(&answer, &w.response);
  world_accuse(&other);
  relight_progress progress;
  OK(relight_session_receive(w.session, BYTES(w.response), NOW, &progress, NULL));
  REQUIRE(progress.needed == 0 && progress.statements_len == 1 && *progress.statements == 0);
  relight_progress_free(&progress);
  OK(relight_session_unlock_key(w.session, &w.digest, &w.keys, NULL));
  world_open();
  OK(relight_session_encode(w.session, &w.state, NULL));
  OK(relight_decryption_share_new(1, share, &w.digest, &w.decryption_share, NULL));
}

static void world_sealed(void) {
  OK(relight_sealing_key_generate(&w.sealing_key, NULL));
  OK(relight_sealing_key_recipient(BYTES(w.sealing_key), &w.recipient, NULL));
  relight_bytes recipient = BYTES(w.recipient);
  OK(relight_seal(BYTES(w.blinder), &recipient, 1, &w.sealed, NULL));
}

/* The same network in two epochs. */
static void world_bundles(const relight_buffer *certificate) {
  relight_bytes key = BYTES(w.network.keys.items[0]), registration = BYTES(w.blinder_registration);
  relight_node node = {NAME, BYTES(w.identity_public), &registration, 1, IDENTIFIER, NULL, 0};
  relight_certified certified = {BYTES(w.party_ceremony), BYTES(*certificate)};
  relight_bundle_contents contents = {NAME, BYTES(w.roster),
    {RELIGHT_PARAMETERS_FAST, NAME, 1, BYTES(w.recovery.public_key), &key, 1, NULL, 0}, &node, 1, &certified, NULL, 0};
  relight_bundle_claim claim;
  OK(relight_bundle_new(&contents, &w.bundle, NULL));
  OK(relight_bundle_inspect(BYTES(w.bundle), &claim, NULL));
  w.bundle_digest = claim.digest;
  relight_bundle_claim_free(&claim);
  contents.network.epoch = 2;
  OK(relight_bundle_new(&contents, &w.next_bundle, NULL));
}

/* With the parameter set of the backup. */
static void world_make(uint8_t parameters) {
  world_keys();
  world_ceremony(RELIGHT_CURVE_BLS12381_G1, NONE, &w.party_ceremony, &w.party);
  relight_buffer certificate = w.certificate;
  w.certificate = (relight_buffer){NULL, 0};
  OK(relight_vss_commitment_inspect(BYTES(w.party.keys.items[0]), &w.recovery, NULL));
  world_ceremony(RELIGHT_CURVE_SECP256K1, IDENTIFIER, &w.ceremony, &w.network);
  OK(relight_vss_commitment_inspect(BYTES(w.network.keys.items[0]), &w.root, NULL));
  OK(relight_key_share_secret(BYTES(w.network.shares.items[0]), &w.scalar, NULL));
  world_backup(parameters);
  world_recovery();
  world_sealed();
  world_bundles(&certificate);
  relight_buffer_free(&certificate);
  world_repair();
  /* What hostile callers give to the ceremony of the network. */
  world_hold(&w.ceremony, NULL, 1, &w.closed_outcome);
  world_catch();
  OK(relight_dealings_confirm(w.dealings, 1, BYTES(w.member_key), &w.unsigned_confirmation, NULL));
}

static void world_free(void) {
  relight_buffer *buffers[] = {&w.identity, &w.identity_public, &w.member_key, &w.member_public, &w.blinder,
    &w.blinder_public, &w.nonce, &w.blinder_registration, &w.blinder_successor, &w.member_registration,
    &w.member_successor, &w.party_ceremony, &w.ceremony, &w.dealing, &w.other_dealing, &w.confirmation,
    &w.other_confirmation, &w.certificate, &w.evidence, &w.statement, &w.backup, &w.decryption_share, &w.roster,
    &w.draft, &w.authorisation, &w.request, &w.response, &w.bad_response, &w.accusation, &w.asking, &w.state, &w.scalar,
    &w.prepared_ceremony, &w.handed_over_ceremony, &w.sealing_key, &w.recipient, &w.sealed, &w.bundle, &w.next_bundle};
  for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++) relight_buffer_free(buffers[i]);
  relight_outcome *outcomes[] = {&w.party, &w.network, &w.prepared, &w.handed_over, &w.closed_outcome};
  for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) relight_outcome_free(outcomes[i]);
  relight_vss_commitment_free(&w.recovery);
  relight_vss_commitment_free(&w.root);
  relight_unsigned_free(&w.unsigned_confirmation);
  relight_dealings_free(&w.dealings);
  relight_confirmations_free(&w.confirmations);
  relight_closed_free(&w.closed);
  relight_backup_free(&w.verified);
  relight_unlock_keys_free(&w.keys);
  relight_session_free(&w.session);
}
#endif
