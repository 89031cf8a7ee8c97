/* Operations: keys and registrations, sharings, ceremonies. */
#ifndef SHARING_H
#define SHARING_H
#include "support.h"

/* Keys and registrations. */
static relight_result secret_key(const json *in, const json *out) {
  relight_buffer *blinder = new_buffer(), *member = new_buffer();
  relight_result result = relight_blinder_public(bytes(in, "key"), blinder, NULL);
  same(relight_member_key_public(bytes(in, "key"), member, &details) == result, "result of a member key");
  same_bytes(out, "public", BYTES(blinder));
  same_bytes(out, "public", BYTES(member));
  return result;
}

static relight_result random_key(const json *in, const json *out) {
  relight_buffer *blinder = new_buffer(), *member = new_buffer();
  TRY(play_back(in));
  TRY(relight_blinder_generate(blinder, &details));
  TRY(play_back(in));
  TRY(relight_member_key_generate(member, &details));
  same_bytes(out, "key", BYTES(blinder));
  same_bytes(out, "key", BYTES(member));
  return RELIGHT_RESULT_OK;
}

static relight_result blinder_register(const json *in, const json *out) {
  relight_buffer *made = new_buffer();
  relight_bytes context = bytes(in, "context"), node = bytes(in, "node");
  TRY(play_back(in));
  TRY(relight_blinder_register(key(in, "blinder"), context, node, made, &details));
  same_bytes(out, "registration", BYTES(made));
  return RELIGHT_RESULT_OK;
}

static relight_result blinder_registration(const json *in, const json *out) {
  relight_buffer *blinder = new_buffer();
  relight_bytes context = bytes(in, "context"), node = bytes(in, "node");
  TRY(relight_blinder_registration_verify(bytes(in, "registration"), context, node, blinder, &details));
  same_bytes(out, "blinder", BYTES(blinder));
  return RELIGHT_RESULT_OK;
}

/* The interface registers and deals in scheme 1: wallets make no dealings. */
static void check_scheme(const json *in) {
  if (number(in, "scheme") != RELIGHT_SCHEME_SHA256) die("another scheme", "scheme");
}

static relight_result member_register(const json *in, const json *out) {
  relight_buffer *made = new_buffer();
  uint16_t index = (uint16_t)number(in, "index");
  relight_bytes identity = key(in, "identity_secret"), member = key(in, "member_key");
  check_scheme(in);
  TRY(play_back(in));
  TRY(relight_member_register(bytes(in, "context"), index, identity, member, made, &details));
  same_bytes(out, "registration", BYTES(made));
  return RELIGHT_RESULT_OK;
}

static relight_result member_registration(const json *in, const json *out) {
  relight_member *member = new_member();
  TRY(relight_member_registration_verify(bytes(in, "registration"), bytes(in, "context"), member, &details));
  same_number(out, "index", member->index);
  same_bytes(out, "identity", BYTES(&member->identity));
  same_bytes(out, "member_key", BYTES(&member->member_key));
  return RELIGHT_RESULT_OK;
}

static relight_result identity_key(const json *in, const json *out) {
  relight_buffer *identity = new_buffer();
  TRY(relight_identity_public(bytes(in, "key"), identity, &details));
  same_bytes(out, "identity", BYTES(identity));
  return RELIGHT_RESULT_OK;
}

/* Scalars and sharings. */
static relight_result scalar(const json *in, const json *out) {
  relight_buffer *public_key = new_buffer();
  TRY(relight_scalar_public((uint16_t)number(in, "curve"), bytes(in, "scalar"), public_key, &details));
  same_bytes(out, "public", BYTES(public_key));
  return RELIGHT_RESULT_OK;
}

static relight_result supermajority(const json *in, const json *out) {
  uint16_t threshold;
  TRY(relight_supermajority((uint16_t)number(in, "parties"), &threshold, &details));
  same_number(out, "threshold", threshold);
  return RELIGHT_RESULT_OK;
}

static relight_result feldman(const json *in, const json *out) {
  relight_polynomial *fields = new_polynomial();
  size_t len;
  const relight_bytes *identifiers = byte_strings(in, "identifiers", &len);
  TRY(relight_polynomial_inspect(bytes(in, "polynomial"), fields, &details));
  same_number(out, "curve", fields->curve);
  same_number(out, "threshold", fields->threshold);
  same_bytes(out, "root_public_key", BYTES(&fields->root_public_key));
  const json *wanted = out == NULL ? NULL : json_get(out, "public_shares")->first;
  for (size_t i = 0; i < len; i++) {
    relight_buffer *found = new_buffer();
    TRY(relight_polynomial_public_share(bytes(in, "polynomial"), identifiers[i], found, &details));
    if (wanted != NULL) same(equal_bytes(BYTES(found), unhex(wanted)), "public_shares"), wanted = wanted->next;
  }
  return RELIGHT_RESULT_OK;
}

/* The interface combines to the secret itself, which is the value at zero. */
static relight_result lagrange(const json *in, const json *out) {
  relight_buffer *secret = new_buffer();
  size_t len, secrets_len;
  const relight_bytes *identifiers = byte_strings(in, "identifiers", &len);
  const relight_bytes *secrets = byte_strings(in, "shares", &secrets_len);
  relight_share *pairs = keep(len * sizeof *pairs);
  same(len == secrets_len && bytes(in, "at").len == 0, "point or number of shares");
  for (size_t i = 0; i < len && i < secrets_len; i++) pairs[i] = (relight_share){identifiers[i], secrets[i]};
  TRY(relight_combine_secret((uint16_t)number(in, "curve"), pairs, len, secret, &details));
  same_bytes(out, "secret", BYTES(secret));
  return RELIGHT_RESULT_OK;
}

static relight_result interpolate(const json *in, const json *out) {
  relight_buffer *polynomial = new_buffer();
  size_t len;
  uint16_t curve = (uint16_t)number(in, "curve"), threshold = (uint16_t)number(in, "threshold");
  const relight_share *public_shares = shares(in, "shares", &len);
  TRY(relight_polynomial_from_shares(curve, threshold, public_shares, len, polynomial, &details));
  same_bytes(out, "polynomial", BYTES(polynomial));
  return RELIGHT_RESULT_OK;
}

static relight_result key_share(const json *in, const json *out) {
  relight_key_share *fields = new_key_share();
  TRY(relight_key_share_inspect(bytes(in, "key_share"), fields, &details));
  same_bytes(out, "public_share", BYTES(&fields->entry.public_share));
  same_bytes(out, "identifier", BYTES(&fields->entry.identifier));
  return RELIGHT_RESULT_OK;
}

static relight_result combine_key_shares(const json *in, const json *out) {
  relight_buffer *secret = new_buffer();
  size_t len;
  const relight_bytes *key_shares = byte_strings(in, "key_shares", &len);
  TRY(relight_key_shares_combine(key_shares, len, secret, &details));
  same_bytes(out, "secret", BYTES(secret));
  return RELIGHT_RESULT_OK;
}

typedef relight_result derive_function(uint16_t curve, relight_bytes info, relight_bytes tag,
  const relight_bytes *roots, size_t roots_len, relight_buffer *derived, relight_details *details);

static relight_result derive(derive_function *function, const json *in, const json *out) {
  relight_buffer *derived = new_buffer();
  size_t len;
  const relight_bytes *roots = byte_strings(in, "roots", &len);
  uint16_t curve = (uint16_t)number(in, "curve");
  TRY(function(curve, bytes(in, "identifier"), bytes(in, "dst"), roots, len, derived, &details));
  same_bytes(out, "derived", BYTES(derived));
  return RELIGHT_RESULT_OK;
}

static relight_result augment(const json *in, const json *out) {
  relight_buffer *augmented = new_buffer();
  uint16_t curve = (uint16_t)number(in, "curve");
  TRY(relight_augment(curve, bytes(in, "public"), bytes(in, "message"), augmented, &details));
  same_bytes(out, "augmented", BYTES(augmented));
  return RELIGHT_RESULT_OK;
}

static relight_result derive_public(const json *in, const json *out) { return derive(relight_derive_public, in, out); }
static relight_result derive_secret(const json *in, const json *out) { return derive(relight_derive_secret, in, out); }

/* Ceremonies. */
static relight_result ceremony(const json *in, const json *out) {
  relight_ceremony fields;
  TRY(relight_ceremony_inspect(bytes(in, "ceremony"), &fields, &details));
  same_digest(out, "digest", &fields.digest);
  same_number(out, "needed", fields.needed);
  return RELIGHT_RESULT_OK;
}

static uint32_t read_number(const uint8_t *at, size_t len) {
  uint32_t value = 0;
  for (size_t i = 0; i < len; i++) value = value << 8 | at[i];
  return value;
}

/* The curve of a key of a ceremony that decodes, which has it in its encoding. */
static uint16_t curve_of(relight_bytes ceremony, size_t key) {
  const uint8_t *slot = ceremony.data + 2;
  slot += 1 + *slot + 8 + 2 + 4;
  for (; key > 0; key--) {
    uint8_t origin = slot[2];
    slot += 3;
    if (origin != RELIGHT_ORIGIN_GENERATE) slot += 4 + read_number(slot, 4);
    if (origin == RELIGHT_ORIGIN_RESHARE) slot += 1 + *slot;
  }
  return (uint16_t)read_number(slot, 2);
}

static relight_result deal(const json *in, const json *out) {
  relight_buffer *dealing = new_buffer();
  size_t len;
  const relight_bytes *secrets = byte_strings(in, "old_shares", &len);
  uint16_t dealer = (uint16_t)number(in, "dealer");
  relight_bytes *shares = keep(len * sizeof *shares), identity = key(in, "identity_secret");
  relight_ceremony fields;
  TRY(relight_ceremony_inspect(bytes(in, "ceremony"), &fields, &details));
  for (size_t i = 0; i < len; i++) {
    uint16_t curve = i < fields.keys ? curve_of(bytes(in, "ceremony"), i) : RELIGHT_CURVE_SECP256K1;
    TRY(lone_share(0, curve, secrets[i], &shares[i]));
  }
  check_scheme(in);
  TRY(play_back(in));
  TRY(relight_ceremony_deal(bytes(in, "ceremony"), dealer, identity, shares, len, dealing, &details));
  same_bytes(out, "dealing", BYTES(dealing));
  return RELIGHT_RESULT_OK;
}

static relight_result dealing_verify(const json *in, const json *out) {
  uint16_t dealer;
  TRY(relight_dealing_verify(bytes(in, "ceremony"), bytes(in, "dealing"), &dealer, &details));
  same_number(out, "dealer", dealer);
  return RELIGHT_RESULT_OK;
}

static void same_shareless(const json *wanted, const relight_outcome *found) {
  const json *item = wanted->first;
  same(json_len(wanted) == found->shareless_len, "number of the shareless");
  for (size_t i = 0; item != NULL && i < found->shareless_len; i++, item = item->next)
    same(item->first->number == found->shareless[i].key && item->first->next->number == found->shareless[i].party,
      "shareless");
}

static relight_result finish(const json *in, const json *out) {
  relight_outcome *outcome = new_outcome(), *public_outcome = new_outcome();
  size_t len;
  const relight_bytes *dealings = byte_strings(in, "dealings", &len);
  relight_bytes ceremony = bytes(in, "ceremony"), member = key(in, "member_key");
  uint16_t recipient = (uint16_t)number(in, "recipient");
  TRY(relight_ceremony_finish(ceremony, dealings, len, recipient, member, outcome, &details));
  TRY(relight_ceremony_finish_public(ceremony, dealings, len, public_outcome, &details));
  same_digest(out, "transcript", &outcome->transcript);
  same_digest(out, "transcript", &public_outcome->transcript);
  same_list(out, "polynomials", &outcome->keys);
  same_list(out, "polynomials", &public_outcome->keys);
  if (out == NULL) return RELIGHT_RESULT_OK;
  same_indices(json_get(out, "valid"), "valid", &outcome->valid_dealers);
  same_indices(json_get(out, "bad"), "bad", &outcome->bad_dealers);
  same_shareless(json_get(out, "shareless"), outcome);
  same_shareless(json_get(out, "shareless"), public_outcome);
  const json *wanted = json_get(out, "shares")->first;
  same(json_len(json_get(out, "shares")) == outcome->shares.len, "number of shares");
  for (size_t i = 0; wanted != NULL && i < outcome->shares.len; i++, wanted = wanted->next) {
    relight_buffer *secret = new_buffer();
    TRY(relight_key_share_secret(BYTES(&outcome->shares.items[i]), secret, &details));
    same(equal_bytes(BYTES(secret), unhex(wanted)), "shares");
  }
  return RELIGHT_RESULT_OK;
}
#endif
