/* Operations: ceremonies, from the dealing to the shares. */
#ifndef CEREMONY_H
#define CEREMONY_H
#include "keys.h"

static relight_result ceremony(const json *in, const json *out) {
  relight_ceremony fields;
  TRY(relight_ceremony_inspect(bytes(in, "ceremony"), &fields, &details));
  same_digest(out, "digest", &fields.digest);
  same_number(out, "needed", fields.needed);
  same_number(out, "quorum", fields.quorum);
  return RELIGHT_RESULT_OK;
}

/* The digest of a dealing that lacks its signature is that of any signed one. */
static relight_result same_dealing_digest(const json *out, relight_bytes dealing) {
  relight_agreed_dealing claim;
  TRY(relight_dealing_inspect(dealing, &claim, &details));
  same_digest(out, "digest", &claim.digest);
  return RELIGHT_RESULT_OK;
}

static relight_result deal_unsigned(const json *in, const json *out, const relight_bytes *shares, size_t len) {
  relight_unsigned *form = new_unsigned();
  relight_buffer *text = new_buffer();
  uint16_t dealer = (uint16_t)number(in, "dealer");
  relight_bytes hedge = key(in, "member_key", RELIGHT_KIND_MEMBER_KEY);
  TRY(relight_ceremony_deal_unsigned(bytes(in, "ceremony"), dealer, hedge, shares, len, form, &details));
  TRY(relight_wallet_text(form->purpose, BYTES(&form->body), text, &details));
  same_bytes(out, "body", BYTES(&form->body));
  same_text(out, "wallet_text", BYTES(text));
  return same_dealing_digest(out, JOIN(BYTES(&form->body), {keep(65), 65}));
}

static relight_result deal(const json *in, const json *out) {
  relight_buffer *dealing = new_buffer();
  size_t len;
  const relight_bytes *shares = byte_strings(in, "old_shares", &len);
  uint16_t dealer = (uint16_t)number(in, "dealer");
  TRY(play_back(in));
  if (bytes(in, "identity_secret").len == 0) return deal_unsigned(in, out, shares, len);
  relight_bytes identity = key(in, "identity_secret", RELIGHT_KIND_IDENTITY_KEY);
  TRY(relight_ceremony_deal(bytes(in, "ceremony"), dealer, identity, shares, len, dealing, &details));
  same_bytes(out, "dealing", BYTES(dealing));
  return same_dealing_digest(out, BYTES(dealing));
}

static relight_result dealing_verify(const json *in, const json *out) {
  relight_agreed_dealing verified;
  TRY(relight_dealing_verify(bytes(in, "ceremony"), bytes(in, "dealing"), &verified, &details));
  same_number(out, "dealer", verified.dealer);
  same_digest(out, "digest", &verified.digest);
  return RELIGHT_RESULT_OK;
}

/* Pairs of a dealer and the digest of its dealing. */
static void same_dealings(const json *wanted, const char *what, const relight_agreed_dealings *found) {
  const json *item = wanted->first;
  same(json_len(wanted) == found->len, what);
  for (size_t i = 0; item != NULL && i < found->len; i++, item = item->next) {
    relight_bytes digest = {found->items[i].digest.bytes, sizeof found->items[i].digest.bytes};
    same(item->first->number == found->items[i].dealer && equal_bytes(digest, unhex(item->first->next)), what);
  }
}

/* What one call of several in a row gave: null, or an error with its detail. */
static void same_result(const json *wanted, relight_result result, const relight_details *found) {
  if (wanted->kind == JSON_WORD) {
    same(result == RELIGHT_RESULT_OK, "result");
    return;
  }
  const json *detail = json_find(wanted, "detail");
  same(is_result(result, json_get(wanted, "error")), "error in a row");
  if (detail != NULL && result != RELIGHT_RESULT_OK) same_details(result, detail, found);
}

typedef relight_result take_function(const void *handle, relight_bytes object, relight_details *details);

static relight_result take_dealing(const void *handle, relight_bytes object, relight_details *found) {
  return relight_dealings_receive(handle, object, found);
}
static relight_result take_late(const void *handle, relight_bytes object, relight_details *found) {
  return relight_closed_receive(handle, object, found);
}
static relight_result take_confirmation(const void *handle, relight_bytes object, relight_details *found) {
  return relight_confirmations_receive(handle, object, found);
}

/* Gives the objects of a field to a handle, and compares the results if there are some to compare with. */
static void take_all(take_function *take, const void *handle, const json *in, const char *field, const json *results) {
  size_t len;
  const relight_bytes *objects = byte_strings(in, field, &len);
  const json *wanted = results == NULL ? NULL : results->first;
  same(results == NULL || json_len(results) == len, "number of results");
  for (size_t i = 0; i < len; i++) {
    relight_details found;
    relight_result result = take(handle, objects[i], &found);
    if (wanted != NULL) same_result(wanted, result, &found), wanted = wanted->next;
    relight_details_free(&found);
  }
}

/* The dealings that are kept, without those of dealers that were expelled since, are the valid ones. */
static void same_kept(const json *out, const relight_dealings_status *status) {
  const json *bad = json_get(out, "bad");
  size_t at = 0;
  same_indices(bad, "bad", &status->bad_dealers);
  for (const json *item = json_get(out, "kept")->first; item != NULL; item = item->next) {
    int expelled = 0;
    for (const json *dealer = bad->first; dealer != NULL; dealer = dealer->next)
      expelled |= dealer->number == item->first->number;
    if (expelled) continue;
    same(at < status->valid.len && status->valid.items[at].dealer == item->first->number, "kept");
    at++;
  }
  same(at == status->valid.len, "number of dealings");
}

static const json *field_of(const json *out, const char *field) { return out == NULL ? NULL : json_find(out, field); }

static relight_result receive(const json *in, const json *out) {
  relight_dealings **dealings = new_dealings();
  relight_closed **closed = new_closed();
  relight_dealings_status *status = new_dealings_status();
  relight_closed_status *lacking = new_closed_status();
  relight_bytes ceremony = bytes(in, "ceremony"), certificate = bytes(in, "certificate");
  TRY(relight_dealings_new(ceremony, dealings, &details));
  take_all(take_dealing, *dealings, in, "dealings", field_of(out, "results"));
  TRY(relight_dealings_inspect(*dealings, status, &details));
  if (certificate.len == 0) {
    if (out != NULL) same_kept(out, status);
    return RELIGHT_RESULT_OK;
  }
  TRY(relight_dealings_close(*dealings, certificate, closed, &details));
  take_all(take_late, *closed, in, "later", field_of(out, "later"));
  TRY(relight_closed_inspect(*closed, lacking, &details));
  if (out == NULL) return RELIGHT_RESULT_OK;
  same_dealings(json_get(out, "missing"), "missing", &lacking->missing);
  same_indices(json_get(out, "bad"), "bad", &lacking->bad_dealers);
  return RELIGHT_RESULT_OK;
}

/* Confirms again what this recipient confirmed before, and then what another one did, or what is there. */
static relight_result confirm(const json *in, const json *out) {
  relight_dealings **dealings = new_dealings();
  relight_unsigned *form = new_unsigned(), *again = new_unsigned();
  relight_bytes confirmed = bytes(in, "confirmed"), follow = bytes(in, "follow");
  relight_bytes member = key(in, "member_key", RELIGHT_KIND_MEMBER_KEY);
  uint16_t recipient = (uint16_t)number(in, "recipient");
  TRY(relight_dealings_new(bytes(in, "ceremony"), dealings, &details));
  take_all(take_dealing, *dealings, in, "dealings", NULL);
  if (confirmed.len > 0)
    TRY(relight_dealings_confirm_like(*dealings, confirmed, recipient, member, again, &details));
  if (follow.len > 0)
    TRY(relight_dealings_confirm_like(*dealings, follow, recipient, member, form, &details));
  else
    TRY(relight_dealings_confirm(*dealings, recipient, member, form, &details));
  return same_signed(out, "confirmation", form, key(in, "identity_secret", RELIGHT_KIND_IDENTITY_KEY));
}

static relight_result confirmation_verify(const json *in, const json *out) {
  relight_confirmation *fields = new_confirmation();
  TRY(relight_confirmation_verify(bytes(in, "ceremony"), bytes(in, "confirmation"), fields, &details));
  same_number(out, "recipient", fields->recipient);
  if (out != NULL) same_dealings(json_get(out, "dealings"), "dealings", &fields->dealings);
  return RELIGHT_RESULT_OK;
}

static relight_result confirmations(const json *in, const json *out) {
  relight_confirmations **held = new_confirmations();
  relight_confirmations_status *status = new_confirmations_status();
  TRY(relight_confirmations_new(bytes(in, "ceremony"), held, &details));
  take_all(take_confirmation, *held, in, "confirmations", field_of(out, "results"));
  TRY(relight_confirmations_inspect(*held, status, &details));
  if (out == NULL) return RELIGHT_RESULT_OK;
  same_indices(json_get(out, "unconfirmed"), "unconfirmed", &status->unconfirmed);
  same(json_is(json_get(out, "failed"), status->failed ? "true" : "false"), "failed");
  same((number(out, "most") == 0) == (status->most_confirmed.len == 0), "most confirmed");
  return RELIGHT_RESULT_OK;
}

static relight_result certificate(const json *in, const json *out) {
  relight_confirmations **held = new_confirmations();
  relight_buffer *made = new_buffer();
  TRY(relight_confirmations_new(bytes(in, "ceremony"), held, &details));
  take_all(take_confirmation, *held, in, "confirmations", NULL);
  TRY(relight_confirmations_certificate(*held, made, &details));
  same_bytes(out, "certificate", BYTES(made));
  return RELIGHT_RESULT_OK;
}

static relight_result certificate_verify(const json *in, const json *out) {
  relight_certificate *fields = new_certificate();
  size_t len;
  const relight_bytes *keys = byte_strings(in, "commitments", &len);
  relight_bytes ceremony = bytes(in, "ceremony"), certificate = bytes(in, "certificate");
  TRY(relight_certificate_verify(ceremony, certificate, fields, &details));
  if (len > 0) TRY(relight_certificate_vouch_for(ceremony, certificate, keys, len, &details));
  same_digest(out, "transcript", &fields->transcript);
  if (out == NULL) return RELIGHT_RESULT_OK;
  same_dealings(json_get(out, "dealings"), "dealings", &fields->dealings);
  same_indices(json_get(out, "recipients"), "recipients", &fields->recipients);
  return RELIGHT_RESULT_OK;
}

static void same_shareless(const json *wanted, const relight_outcome *found) {
  const json *item = wanted->first;
  same(json_len(wanted) == found->shareless_len, "number of the shareless");
  for (size_t i = 0; item != NULL && i < found->shareless_len; i++, item = item->next)
    same(is_pair(item, found->shareless[i].key, found->shareless[i].party), "shareless");
}

static relight_result same_shares(const json *wanted, const relight_list *found) {
  const json *item = wanted->first;
  same(json_len(wanted) == found->len, "number of shares");
  for (size_t i = 0; item != NULL && i < found->len; i++, item = item->next) {
    relight_buffer *secret = new_buffer();
    TRY(relight_key_share_secret(BYTES(&found->items[i]), secret, &details));
    same(equal_bytes(BYTES(secret), unhex(item)), "shares");
  }
  return RELIGHT_RESULT_OK;
}

static relight_result finish(const json *in, const json *out) {
  relight_dealings **dealings = new_dealings();
  relight_closed **closed = new_closed();
  relight_closed_status *status = new_closed_status();
  relight_outcome *outcome = new_outcome(), *public_outcome = new_outcome();
  relight_bytes member = key(in, "member_key", RELIGHT_KIND_MEMBER_KEY);
  TRY(relight_dealings_new(bytes(in, "ceremony"), dealings, &details));
  take_all(take_dealing, *dealings, in, "dealings", NULL);
  TRY(relight_dealings_close(*dealings, bytes(in, "certificate"), closed, &details));
  take_all(take_late, *closed, in, "later", NULL);
  TRY(relight_closed_finish(*closed, (uint16_t)number(in, "recipient"), member, outcome, &details));
  TRY(relight_closed_finish_public(*closed, public_outcome, &details));
  TRY(relight_closed_inspect(*closed, status, &details));
  same_digest(out, "transcript", &outcome->transcript);
  same_list(out, "commitments", &outcome->keys);
  same_list(out, "commitments", &public_outcome->keys);
  if (out == NULL) return RELIGHT_RESULT_OK;
  same_indices(json_get(out, "bad"), "bad", &status->bad_dealers);
  same_shareless(json_get(out, "shareless"), outcome);
  same_shareless(json_get(out, "shareless"), public_outcome);
  return same_shares(json_get(out, "shares"), &outcome->shares);
}

static relight_result evidence_verify(const json *in, const json *out) {
  relight_culprit culprit;
  TRY(relight_evidence_verify(bytes(in, "ceremony"), bytes(in, "evidence"), &culprit, &details));
  if (culprit.recipient != 0) {
    same_number(out, "recipient", culprit.recipient);
    return RELIGHT_RESULT_OK;
  }
  same_number(out, "dealer", culprit.dealer);
  if (out != NULL) same(is_named(FAULTS[culprit.fault], json_get(out, "fault")), "fault");
  return RELIGHT_RESULT_OK;
}
#endif
