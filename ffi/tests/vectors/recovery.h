/* Operations: roster, request, review, response, session. */
#ifndef RECOVERY_H
#define RECOVERY_H
#include "support.h"

/* Empty for a member without a share. */
static relight_bytes verification_key(const relight_roster *fields, size_t place) {
  relight_buffer *found = new_buffer();
  int shareless = 0;
  for (size_t i = 0; i < fields->shareless.len; i++)
    shareless |= fields->shareless.items[i] == fields->members.items[place];
  relight_result result = relight_polynomial_public_share(BYTES(&fields->polynomial),
    BYTES(&fields->identifiers.items[place]), found, NULL);
  same(shareless == (result == RELIGHT_RESULT_INVALID_POINT), "shareless");
  return BYTES(found);
}

static relight_bytes verification_key_of(const json *member) {
  const json *key = json_get(member, "verification_key");
  return key->kind == JSON_TEXT ? unhex(key) : (relight_bytes){NULL, 0};
}

static relight_result roster(const json *in, const json *out) {
  relight_roster *fields = new_roster();
  TRY(relight_roster_verify(bytes(in, "context"), bytes(in, "roster"), fields, &details));
  same_bytes(out, "recovery_key", BYTES(&fields->recovery_key));
  same_number(out, "threshold", fields->threshold);
  if (out == NULL) return RELIGHT_RESULT_OK;
  const json *member = json_get(out, "members")->first;
  same(json_len(json_get(out, "members")) == fields->members.len, "number of members");
  for (size_t i = 0; member != NULL && i < fields->members.len; i++, member = member->next) {
    same_number(member, "index", fields->members.items[i]);
    same_bytes(member, "identifier", BYTES(&fields->identifiers.items[i]));
    same(equal_bytes(verification_key(fields, i), verification_key_of(member)), "verification key");
  }
  return RELIGHT_RESULT_OK;
}

static relight_result request(const json *in, const json *out) {
  relight_request *fields = new_request();
  TRY(relight_request_inspect(bytes(in, "request"), fields, &details));
  same_digest(out, "digest", &fields->digest);
  same_digest(out, "attested_digest", &fields->attested_digest);
  same_list(out, "digests", &fields->statements);
  return RELIGHT_RESULT_OK;
}

/* An encoded session begins with its version and the secret key. */
static relight_bytes hpke_secret(const relight_buffer *state) { return (relight_bytes){state->data + 1, 32}; }

static relight_result request_create(const json *in, const json *out) {
  relight_session **session = new_session();
  relight_buffer *made = new_buffer(), *state = new_buffer();
  relight_request *fields = new_request();
  relight_ask ask = {.context = bytes(in, "context"), .roster = bytes(in, "roster"),
    .requester = bytes(in, "requester"), .expiry = number(in, "expiry")};
  ask.statements = byte_strings(in, "statements", &ask.statements_len);
  TRY(play_back(in));
  TRY(relight_session_new(&ask, session, &details));
  TRY(relight_session_attest(*session, ask.context, bytes(in, "attestation"), &details));
  TRY(relight_session_request(*session, made, &details));
  TRY(relight_request_inspect(BYTES(made), fields, &details));
  TRY(relight_session_encode(*session, state, &details));
  same_bytes(out, "request", BYTES(made));
  same_digest(out, "digest", &fields->digest);
  same_digest(out, "attested_digest", &fields->attested_digest);
  same_bytes(out, "hpke_secret", hpke_secret(state));
  return RELIGHT_RESULT_OK;
}

static relight_review_input review_of(const json *in) {
  relight_review_input made = {.request = bytes(in, "request"), .context = bytes(in, "context"),
    .roster = bytes(in, "roster"), .now = number(in, "now")};
  made.statements = byte_strings(in, "statements", &made.statements_len);
  return made;
}

/* The nodes are named in the text, one to a line. */
static relight_result review(const json *in, const json *out) {
  relight_buffer *text = new_buffer();
  relight_review_input input = review_of(in);
  TRY(relight_review(&input, text, &details));
  if (out == NULL) return RELIGHT_RESULT_OK;
  const char *at = (const char *)JOIN(BYTES(text), big_endian(0, 1)).data;
  for (const json *node = json_get(out, "nodes")->first; node != NULL; node = node->next) {
    relight_bytes name = unhex(node);
    at = strstr(at, "to unlock    ");
    same(at != NULL && memcmp(at += 13, name.data, name.len) == 0 && at[name.len] == ',', "nodes");
    if (at == NULL) return RELIGHT_RESULT_OK;
  }
  same(strstr(at, "to unlock    ") == NULL, "number of nodes");
  return RELIGHT_RESULT_OK;
}

/* Where the roster says that the member's share lies; some place if it does not. */
static relight_bytes identifier_of(const json *in) {
  relight_roster *fields = new_roster();
  (void)relight_roster_verify(bytes(in, "context"), bytes(in, "roster"), fields, NULL);
  for (size_t i = 0; i < fields->members.len; i++)
    if (fields->members.items[i] == number(in, "member")) return BYTES(&fields->identifiers.items[i]);
  return big_endian(1, 1);
}

static relight_result respond(const json *in, const json *out) {
  relight_buffer *response = new_buffer();
  relight_polynomial *fields = new_polynomial();
  relight_review_input input = review_of(in);
  TRY(relight_polynomial_inspect(bytes(in, "polynomial"), fields, &details));
  relight_bytes member_share = share(0, fields->curve, BYTES(&fields->root_public_key), identifier_of(in),
    fields->threshold, bytes(in, "secret"));
  relight_bytes identity = key(in, "identity_secret");
  TRY(play_back(in));
  TRY(relight_respond(&input, member_share, identity, (uint8_t)number(in, "scheme"), response, &details));
  same_bytes(out, "response", BYTES(response));
  return RELIGHT_RESULT_OK;
}

static relight_bytes with_length(relight_bytes value) { return JOIN(big_endian(value.len, 4), value); }

/* The session of a request before the first answer, by way of its encoding. */
static relight_result open_session(const json *in, relight_session **session) {
  size_t len;
  const relight_bytes *statements = byte_strings(in, "statements", &len);
  relight_bytes state = JOIN(big_endian(1, 1), bytes(in, "hpke_secret"), with_length(bytes(in, "request")),
    with_length(bytes(in, "roster")), with_length(join(statements, len)), big_endian(0, 4));
  return relight_session_decode(bytes(in, "context"), state, session, &details);
}

/* An encoded session ends with the decryption shares of the last member that answered. */
static relight_result response(const json *in, const json *out) {
  relight_session **session = new_session();
  relight_progress *progress = new_progress();
  relight_buffer *state = new_buffer();
  TRY(open_session(in, session));
  TRY(relight_session_receive(*session, bytes(in, "response"), number(in, "now"), progress, &details));
  TRY(relight_session_encode(*session, state, &details));
  if (out == NULL) return RELIGHT_RESULT_OK;
  size_t len;
  const relight_bytes *sigmas = byte_strings(out, "sigmas", &len);
  relight_bytes all = join(sigmas, len);
  same(equal_bytes((relight_bytes){state->data + state->len - all.len, all.len}, all), "sigmas");
  same(progress->answered.len == 1 && progress->answered.items[0] == number(out, "member"), "member");
  return RELIGHT_RESULT_OK;
}

static relight_result session(const json *in, const json *out) {
  relight_session **opened = new_session();
  size_t len;
  const relight_bytes *responses = byte_strings(in, "responses", &len);
  (void)out;
  TRY(open_session(in, opened));
  for (size_t i = 0; i < len; i++)
    TRY(relight_session_receive(*opened, responses[i], number(in, "now"), new_progress(), &details));
  return relight_session_unlock_keys(*opened, new_unlock_keys(), &details);
}
#endif
