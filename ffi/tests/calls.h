/* Every function, called with arguments of one kind. */
#ifndef CALLS_H
#define CALLS_H
#include "world.h"

#define INPUTS 7
#define HANDLES 2

/* What a row passes. Each field stands for one argument, or one field of a structure that is passed. */
typedef struct arguments {
  relight_bytes in[INPUTS];
  const relight_bytes *list;
  size_t list_len;
  const void *handle[HANDLES];
} arguments;

/* Calls. `a` is everything, `out` and `d` the last two arguments. */
#define IN(k) a->in[k]
#define LIST a->list, a->list_len
#define CALL(name, ...) \
  static relight_result call_##name(const arguments *a, void *out, relight_details *d) { \
    (void)a; \
    (void)out; \
    return relight_##name(__VA_ARGS__, d); \
  }

CALL(identity_generate, out)
CALL(identity_public, IN(0), out)
CALL(member_key_generate, out)
CALL(member_key_public, IN(0), out)
CALL(blinder_generate, out)
CALL(blinder_public, IN(0), out)
CALL(secret_kind, IN(0), out)
CALL(nonce_generate, out)
CALL(blinder_register, IN(0), IN(1), IN(2), IN(3), out)
CALL(blinder_registration_successor, IN(0), IN(1), out)
CALL(blinder_registration_verify, IN(0), IN(1), IN(2), IN(3), out)
CALL(blinder_registration_check_successor, IN(0), IN(1))
CALL(blinder_registration_inspect, IN(0), out)
CALL(member_register, IN(2), 1, IN(0), IN(1), out)
CALL(member_registration_successor, IN(0), IN(1), out)
CALL(member_registration_verify, IN(0), IN(1), out)
CALL(member_registration_check_successor, IN(0), IN(1))
CALL(sign, RELIGHT_PURPOSE_CONFIRMATION, IN(0), IN(1), IN(2), out)
CALL(wallet_text, RELIGHT_PURPOSE_CONFIRMATION, IN(0), out)
CALL(complete_signature, RELIGHT_PURPOSE_BLINDER_REGISTRATION, IN(0), IN(1), IN(2), out)
CALL(introduce, IN(0), IN(1), IN(2), out)
CALL(identity_address, IN(0), out)
CALL(address_text, a->handle[0], out)
CALL(statement_inspect, IN(0), out)
CALL(key_share_inspect, IN(0), out)
CALL(key_share_secret, IN(0), out)
CALL(key_share_new, 7, IN(0), IN(1), IN(2), out)
CALL(vss_commitment_new, RELIGHT_CURVE_SECP256K1, LIST, out)
CALL(vss_commitment_inspect, IN(0), out)
CALL(vss_commitment_public_share, IN(0), IN(1), out)
CALL(supermajority, 3, out)
CALL(identifier_of_number, 7, out)
CALL(identifier_of_integer, IN(0), out)
CALL(key_shares_combine, LIST, out)
CALL(ceremony_inspect, IN(0), out)
CALL(ceremony_deal, IN(0), 1, IN(1), LIST, out)
CALL(ceremony_deal_unsigned, IN(0), 1, IN(1), LIST, out)
CALL(dealing_inspect, IN(0), out)
CALL(dealing_verify, IN(0), IN(1), out)
CALL(dealings_new, IN(0), out)
CALL(dealings_receive, a->handle[0], IN(0))
CALL(dealings_inspect, a->handle[0], out)
CALL(dealings_confirm, a->handle[0], 1, IN(0), out)
CALL(dealings_confirm_like, a->handle[0], IN(0), 1, IN(1), out)
CALL(dealings_close, a->handle[0], IN(0), out)
CALL(confirmation_verify, IN(0), IN(1), out)
CALL(confirmations_new, IN(0), out)
CALL(confirmations_receive, a->handle[0], IN(0))
CALL(confirmations_inspect, a->handle[0], out)
CALL(confirmations_certificate, a->handle[0], out)
CALL(certificate_verify, IN(0), IN(1), out)
CALL(certificate_vouch_for, IN(0), IN(1), LIST)
CALL(closed_inspect, a->handle[0], out)
CALL(closed_receive, a->handle[0], IN(0))
CALL(closed_finish, a->handle[0], 1, IN(0), out)
CALL(closed_finish_public, a->handle[0], out)
CALL(evidence_bad_dealing, IN(0), out)
CALL(evidence_two_dealings, IN(0), IN(1), out)
CALL(evidence_two_confirmations, IN(0), IN(1), out)
CALL(evidence_verify, IN(0), IN(1), out)
CALL(backup_create, IN(0), LIST, out)
CALL(backup_claim, IN(0), out)
CALL(backup_verify, IN(0), IN(1), out)
CALL(backup_check_blinder, a->handle[0], IN(0))
CALL(backup_open, a->handle[0], a->handle[1], IN(0), out)
CALL(decryption_share_new, 1, IN(0), a->handle[0], out)
CALL(roster_verify, IN(1), IN(0), out)
CALL(draft_inspect, IN(0), out)
CALL(draft_text, IN(0), LIST, out)
CALL(authorise, IN(0), IN(1), IN(2), out)
CALL(request_inspect, IN(0), out)
CALL(response_member, IN(0), out)
CALL(session_draft, a->handle[0], out)
CALL(session_authorise, a->handle[0], IN(0))
CALL(session_request, a->handle[0], out)
CALL(session_progress, a->handle[0], out)
CALL(session_receive, a->handle[0], IN(0), NOW, out)
CALL(session_unlock_key, a->handle[0], a->handle[1], out)
CALL(session_unlock_keys, a->handle[0], out)
CALL(session_accuse, a->handle[0], IN(0), out)
CALL(accusation_verify, IN(0), IN(2), IN(1), LIST, out)
CALL(session_encode, a->handle[0], out)
CALL(session_decode, IN(1), IN(0), out)
CALL(derive_public, RELIGHT_CURVE_SECP256K1, IN(0), IN(1), LIST, out)
CALL(derive_secret, RELIGHT_CURVE_SECP256K1, IN(0), IN(1), LIST, out)
CALL(augment, RELIGHT_CURVE_SECP256K1, IN(0), IN(1), out)
CALL(scalar_public, RELIGHT_CURVE_SECP256K1, IN(0), out)

/* Structures are made of the inputs. A handle is NULL where a structure or an array of them is to be NULL. */
#define SHARE const relight_share share = {a->in[0], a->in[1]}, *shares = a->handle[0] ? &share : NULL

static relight_result call_vss_commitment_from_shares(const arguments *a, void *out, relight_details *d) {
  SHARE;
  return relight_vss_commitment_from_shares(RELIGHT_CURVE_SECP256K1, 1, shares, 1, out, d);
}

static relight_result call_combine_public(const arguments *a, void *out, relight_details *d) {
  SHARE;
  return relight_combine_public(RELIGHT_CURVE_SECP256K1, shares, 1, out, d);
}

static relight_result call_combine_secret(const arguments *a, void *out, relight_details *d) {
  SHARE;
  return relight_combine_secret(RELIGHT_CURVE_SECP256K1, shares, 1, out, d);
}

static relight_result call_ceremony_new(const arguments *a, void *out, relight_details *d) {
  relight_dealt_key key = {0, a->in[3], a->in[4]};
  relight_dealer dealer = {1, a->in[0], a->in[5]};
  relight_recipient recipient = {1, a->in[0], a->in[1], a->in[5]};
  const relight_dealt_key *keys = a->handle[1] ? &key : NULL;
  relight_plan plan = {RELIGHT_PARAMETERS_FAST, a->in[2], a->in[6], 1, 1, RELIGHT_ORIGIN_RESHARE, keys, 1,
    &dealer, 1, &recipient, 1};
  return relight_ceremony_new(a->handle[0] ? &plan : NULL, out, d);
}

/* The repair of the world, with the inputs in it. */
#define REPAIR \
  relight_bytes key = a->in[4]; \
  relight_helper helper = {1, a->in[0], a->in[1], a->in[3]}; \
  relight_repair repair = world_repair_plan(&key, a->handle[1] ? &helper : NULL); \
  repair.name = a->in[2], repair.receiver.identifier = a->in[5], repair.nonce = a->in[6]

static relight_result call_repair_prepare(const arguments *a, void *out, relight_details *d) {
  REPAIR;
  return relight_repair_prepare(a->handle[0] ? &repair : NULL, out, d);
}

static relight_result call_repair_hand_over(const arguments *a, void *out, relight_details *d) {
  REPAIR;
  return relight_repair_hand_over(a->handle[0] ? &repair : NULL, LIST, out, d);
}

static relight_result call_repair_finish(const arguments *a, void *out, relight_details *d) {
  REPAIR;
  return relight_repair_finish(a->handle[0] ? &repair : NULL, LIST, out, d);
}

CALL(ceremony_short_code, IN(0), out)
CALL(sealing_key_generate, out)
CALL(sealing_key_recipient, IN(0), out)
CALL(seal, IN(0), LIST, out)
CALL(unseal, RELIGHT_KIND_BLINDER, IN(0), IN(1), out)
CALL(bundle_inspect, IN(0), out)
CALL(bundle_verify, IN(0), a->handle[0], out)
CALL(bundle_audit, IN(0), a->handle[0], LIST, NULL, NULL, out)
CALL(bundle_check_successor, IN(0), IN(1), out)

static relight_network network(const arguments *a) {
  return (relight_network){RELIGHT_PARAMETERS_FAST, a->in[2], 1, a->in[0], a->list, a->list_len, NULL, 0};
}

static relight_result call_statement_new(const arguments *a, void *out, relight_details *d) {
  relight_network whole = network(a);
  relight_node node = {a->in[3], a->in[1], &a->in[5], 1, a->in[4], NULL, 0};
  return relight_statement_new(a->handle[0] ? &whole : NULL, a->handle[1] ? &node : NULL, out, d);
}

static relight_result call_coverage_audit(const arguments *a, void *out, relight_details *d) {
  relight_network whole = network(a);
  relight_former_epoch former = {0, a->list, a->list_len};
  relight_holding holding = {0, a->in[5]};
  relight_node node = {a->in[3], a->in[1], &a->in[6], 1, NONE, &holding, 1};
  const relight_node *nodes = a->handle[1] ? &node : NULL;
  whole.former = &former, whole.former_len = 1;
  return relight_coverage_audit(a->handle[0] ? &whole : NULL, nodes, 1, &a->in[4], 1, NULL, NULL, out, d);
}

static relight_result call_bundle_new(const arguments *a, void *out, relight_details *d) {
  relight_node node = {a->in[3], a->in[1], &a->in[5], 1, a->in[4], NULL, 0};
  relight_bundle_contents contents = {a->in[2], a->in[6], network(a), a->handle[1] ? &node : NULL, 1, NULL, NULL, 0};
  return relight_bundle_new(a->handle[0] ? &contents : NULL, out, d);
}

static relight_result call_roster_new(const arguments *a, void *out, relight_details *d) {
  relight_roster_member member = {a->in[2], a->in[3]};
  return relight_roster_new(a->in[1], a->in[0], a->handle[0] ? &member : NULL, 1, out, d);
}

static relight_result call_recovery_party_shareless(const arguments *a, void *out, relight_details *d) {
  relight_holder holder = {1, a->in[1]};
  relight_recovery_party party = {a->in[0], a->handle[1] ? &holder : NULL, 1};
  return relight_recovery_party_shareless(a->handle[0] ? &party : NULL, out, d);
}

static const relight_holder ONE = {1, {NULL, 0}};

static relight_result call_decryption_shares_verify(const arguments *a, void *out, relight_details *d) {
  (void)out;
  relight_recovery_party party = {a->in[0], &ONE, 1};
  return relight_decryption_shares_verify(a->handle[1] ? &party : NULL, a->handle[0], LIST, d);
}

static relight_result call_decryption_shares_combine(const arguments *a, void *out, relight_details *d) {
  relight_recovery_party party = {a->in[0], &ONE, 1};
  return relight_decryption_shares_combine(a->handle[1] ? &party : NULL, a->handle[0], LIST, out, d);
}

static relight_result call_session_new(const arguments *a, void *out, relight_details *d) {
  relight_ask ask = {a->in[1], a->in[0], LIST, a->in[2], NOW, NOW + 1};
  return relight_session_new(a->handle[0] ? &ask : NULL, out, d);
}

static relight_review_input review_of(const arguments *a) {
  return (relight_review_input){a->in[0], LIST, a->in[2], a->in[1], NOW};
}

static relight_result call_review(const arguments *a, void *out, relight_details *d) {
  relight_review_input review = review_of(a);
  return relight_review(a->handle[0] ? &review : NULL, out, d);
}

static relight_result call_respond(const arguments *a, void *out, relight_details *d) {
  relight_review_input review = review_of(a);
  return relight_respond(a->handle[0] ? &review : NULL, a->in[3], &w.digest, 1, out, d);
}
#endif
