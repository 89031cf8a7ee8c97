/* Operations: scalars and sharings. */
#ifndef SHARING_H
#define SHARING_H
#include "support.h"

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

/* The coefficient commitments make the same VSS commitment again. */
static relight_result same_coefficients(relight_bytes commitment, const relight_vss_commitment *fields) {
  relight_buffer *again = new_buffer();
  const relight_list *found = &fields->coefficient_commitments;
  relight_bytes *coefficients = keep(found->len * sizeof *coefficients);
  for (size_t i = 0; i < found->len; i++) coefficients[i] = BYTES(&found->items[i]);
  TRY(relight_vss_commitment_new(fields->curve, coefficients, found->len, again, &details));
  same(equal_bytes(BYTES(again), commitment), "commitment");
  return RELIGHT_RESULT_OK;
}

static relight_result feldman(const json *in, const json *out) {
  relight_vss_commitment *fields = new_vss_commitment();
  size_t len;
  const relight_bytes *identifiers = byte_strings(in, "identifiers", &len);
  TRY(relight_vss_commitment_inspect(bytes(in, "commitment"), fields, &details));
  same_number(out, "curve", fields->curve);
  same_number(out, "threshold", fields->threshold);
  same_bytes(out, "public_key", BYTES(&fields->public_key));
  TRY(same_coefficients(bytes(in, "commitment"), fields));
  const json *wanted = out == NULL ? NULL : json_get(out, "public_shares")->first;
  for (size_t i = 0; i < len; i++) {
    relight_buffer *found = new_buffer();
    TRY(relight_vss_commitment_public_share(bytes(in, "commitment"), identifiers[i], found, &details));
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
  relight_buffer *commitment = new_buffer();
  size_t len;
  uint16_t curve = (uint16_t)number(in, "curve"), threshold = (uint16_t)number(in, "threshold");
  const relight_share *public_shares = shares(in, "shares", &len);
  TRY(relight_vss_commitment_from_shares(curve, threshold, public_shares, len, commitment, &details));
  same_bytes(out, "commitment", BYTES(commitment));
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
  TRY(function(curve, bytes(in, "info"), bytes(in, "dst"), roots, len, derived, &details));
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
#endif
