/* Operations: keys, wallets, registrations. */
#ifndef KEYS_H
#define KEYS_H
#include "support.h"

static relight_result secret_key(const json *in, const json *out) {
  relight_buffer *public_key = new_buffer();
  relight_bytes secret = bytes(in, "key");
  switch (number(in, "kind")) {
    case RELIGHT_KIND_IDENTITY_KEY: TRY(relight_identity_public(secret, public_key, &details)); break;
    case RELIGHT_KIND_MEMBER_KEY: TRY(relight_member_key_public(secret, public_key, &details)); break;
    default: TRY(relight_blinder_public(secret, public_key, &details));
  }
  uint8_t kind;
  TRY(relight_secret_kind(secret, &kind, &details));
  same_number(in, "kind", kind);
  same_bytes(out, "public", BYTES(public_key));
  return RELIGHT_RESULT_OK;
}

static relight_result random_key(const json *in, const json *out) {
  relight_buffer *blinder = new_buffer(), *member = new_buffer(), *same_public = new_buffer(), *other = new_buffer();
  TRY(play_back(in));
  TRY(relight_blinder_generate(blinder, &details));
  TRY(play_back(in));
  TRY(relight_member_key_generate(member, &details));
  TRY(relight_blinder_public(BYTES(blinder), same_public, &details));
  TRY(relight_member_key_public(BYTES(member), other, &details));
  same_bytes(out, "key", BYTES(blinder));
  same(equal_bytes(BYTES(other), BYTES(same_public)), "member key");
  return RELIGHT_RESULT_OK;
}

/* Wallets. */
static relight_result address(const json *in, const json *out) {
  relight_address found;
  relight_buffer *text = new_buffer();
  TRY(relight_identity_address(bytes(in, "identity"), &found, &details));
  TRY(relight_address_text(&found, text, &details));
  same_bytes(out, "address", (relight_bytes){found.bytes, sizeof found.bytes});
  same_text(out, "text", BYTES(text));
  return RELIGHT_RESULT_OK;
}

static relight_result introduce(const json *in, const json *out) {
  relight_buffer *identity = new_buffer();
  relight_bytes party = bytes(in, "party"), known = bytes(in, "address");
  TRY(relight_introduce(party, known, bytes(in, "returned"), identity, &details));
  same_bytes(out, "identity", BYTES(identity));
  return RELIGHT_RESULT_OK;
}

/* Registrations. The public half of a signer's key is that of the secret in a field. */
static relight_result signer(const json *in, const char *field, relight_bytes *secret, relight_bytes *public_key) {
  relight_buffer *found = new_buffer();
  *secret = key(in, field, RELIGHT_KIND_IDENTITY_KEY);
  TRY(relight_identity_public(*secret, found, &details));
  *public_key = BYTES(found);
  return RELIGHT_RESULT_OK;
}

static relight_result blinder_register(const json *in, const json *out) {
  relight_unsigned *form = new_unsigned();
  relight_bytes secret, identity, previous = bytes(in, "previous"), blinder = key(in, "blinder", RELIGHT_KIND_BLINDER);
  TRY(signer(in, "operator_secret", &secret, &identity));
  TRY(play_back(in));
  if (previous.len > 0)
    TRY(relight_blinder_registration_successor(previous, blinder, form, &details));
  else
    TRY(relight_blinder_register(blinder, bytes(in, "network"), bytes(in, "node"), identity, form, &details));
  return same_signed(out, "registration", form, secret);
}

static relight_result blinder_registration(const json *in, const json *out) {
  relight_buffer *blinder = new_buffer();
  relight_blinder_registration *fields = new_blinder_registration();
  relight_bytes network = bytes(in, "network"), node = bytes(in, "node"), registration = bytes(in, "registration");
  TRY(relight_blinder_registration_verify(registration, network, node, bytes(in, "operator"), blinder, &details));
  TRY(relight_blinder_registration_inspect(registration, fields, &details));
  same_bytes(out, "blinder", BYTES(blinder));
  same_bytes(out, "blinder", BYTES(&fields->blinder));
  same_number(out, "serial", fields->serial);
  same_digest(out, "digest", &fields->digest);
  return RELIGHT_RESULT_OK;
}

static relight_result blinder_succession(const json *in, const json *out) {
  (void)out;
  return relight_blinder_registration_check_successor(bytes(in, "known"), bytes(in, "next"), &details);
}

static relight_result member_register(const json *in, const json *out) {
  relight_unsigned *form = new_unsigned();
  relight_bytes secret, identity, previous = bytes(in, "previous");
  relight_bytes member = key(in, "member_key", RELIGHT_KIND_MEMBER_KEY);
  uint16_t index = (uint16_t)number(in, "index");
  TRY(signer(in, "identity_secret", &secret, &identity));
  TRY(play_back(in));
  if (previous.len > 0)
    TRY(relight_member_registration_successor(previous, member, form, &details));
  else
    TRY(relight_member_register(bytes(in, "party"), index, identity, member, form, &details));
  return same_signed(out, "registration", form, secret);
}

static relight_result member_registration(const json *in, const json *out) {
  relight_member *member = new_member();
  TRY(relight_member_registration_verify(bytes(in, "registration"), bytes(in, "party"), member, &details));
  same_number(out, "index", member->index);
  same_bytes(out, "identity", BYTES(&member->identity));
  same_bytes(out, "member_key", BYTES(&member->member_key));
  same_number(out, "serial", member->serial);
  same_digest(out, "digest", &member->digest);
  return RELIGHT_RESULT_OK;
}

static relight_result member_succession(const json *in, const json *out) {
  (void)out;
  return relight_member_registration_check_successor(bytes(in, "known"), bytes(in, "next"), &details);
}
#endif
