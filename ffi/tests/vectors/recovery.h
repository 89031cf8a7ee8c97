/* Operations: roster, request, review, response, session, accusation. */
#ifndef RECOVERY_H
#define RECOVERY_H
#include "support.h"

/* Empty for a member without a share. */
static relight_bytes verification_key(const relight_roster *fields, size_t place) {
  relight_buffer *found = new_buffer();
  int shareless = 0;
  for (size_t i = 0; i < fields->shareless.len; i++)
    shareless |= fields->shareless.items[i] == fields->members.items[place];
  relight_result result = relight_vss_commitment_public_share(BYTES(&fields->commitment),
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
  TRY(relight_roster_verify(bytes(in, "party"), bytes(in, "roster"), fields, &details));
  same_digest(out, "digest", &fields->digest);
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

/* A node without shares has no statement. */
static void same_statements(const json *wanted, const relight_bundle *found) {
  const json *statement = wanted->first;
  same(json_len(wanted) == found->nodes_len, "number of statements");
  for (size_t i = 0; statement != NULL && i < found->nodes_len; i++, statement = statement->next) {
    relight_statement *fields = new_statement();
    relight_result result = relight_statement_inspect(BYTES(&found->nodes[i].statement), fields, NULL);
    relight_bytes digest = {fields->digest.bytes, sizeof fields->digest.bytes};
    same(statement->kind == JSON_TEXT ? equal_bytes(digest, unhex(statement)) : result == RELIGHT_RESULT_TRUNCATED,
      "statement");
  }
}

static relight_result bundle_verify(const json *in, const json *out) {
  relight_bundle_claim *claim = new_bundle_claim();
  relight_bundle *fields = new_bundle();
  relight_roster *members = new_roster();
  relight_digest expected = digest(in);
  TRY(relight_bundle_verify(bytes(in, "bundle"), &expected, fields, &details));
  TRY(relight_bundle_inspect(bytes(in, "bundle"), claim, &details));
  TRY(relight_roster_verify(BYTES(&fields->party), BYTES(&fields->roster), members, &details));
  same_text(out, "code", BYTES(&claim->short_code));
  same_bytes(out, "network", BYTES(&fields->network));
  same_number(out, "epoch", fields->epoch);
  same_bytes(out, "party", BYTES(&fields->party));
  same_digest(out, "roster", &members->digest);
  if (out != NULL) same_statements(json_get(out, "statements"), fields);
  return RELIGHT_RESULT_OK;
}

static void same_draft(const json *out, const relight_draft *fields) {
  same_digest(out, "attested_digest", &fields->attested_digest);
  same_text(out, "code", BYTES(&fields->short_code));
  same_list(out, "digests", &fields->statements);
}

static relight_result request_draft(const json *in, const json *out) {
  relight_draft *fields = new_draft();
  TRY(relight_draft_inspect(bytes(in, "draft"), fields, &details));
  same_draft(out, fields);
  return RELIGHT_RESULT_OK;
}

static relight_result authorise(const json *in, const json *out) {
  relight_buffer *made = new_buffer();
  relight_bytes blinder = key(in, "blinder", RELIGHT_KIND_BLINDER);
  TRY(play_back(in));
  TRY(relight_authorise(bytes(in, "draft"), bytes(in, "statement"), blinder, made, &details));
  same_bytes(out, "authorisation", BYTES(made));
  return RELIGHT_RESULT_OK;
}

static relight_result request(const json *in, const json *out) {
  relight_request *fields = new_request();
  TRY(relight_request_inspect(bytes(in, "request"), fields, &details));
  same_digest(out, "digest", &fields->digest);
  same_draft(out, &fields->draft);
  return RELIGHT_RESULT_OK;
}

static relight_result same_session(const json *out, const relight_session *session) {
  relight_buffer *state = new_buffer();
  TRY(relight_session_encode(session, state, &details));
  same_bytes(out, "session", BYTES(state));
  return RELIGHT_RESULT_OK;
}

static relight_result request_create(const json *in, const json *out) {
  relight_session **session = new_session();
  relight_buffer *draft = new_buffer();
  relight_ask ask = {.party = bytes(in, "party"), .roster = bytes(in, "roster"),
    .requester = bytes(in, "requester"), .now = number(in, "now"), .expiry = number(in, "expiry")};
  ask.statements = byte_strings(in, "statements", &ask.statements_len);
  TRY(play_back(in));
  TRY(relight_session_new(&ask, session, &details));
  TRY(relight_session_draft(*session, draft, &details));
  same_bytes(out, "draft", BYTES(draft));
  return same_session(out, *session);
}

static relight_result load(const json *in, relight_session **session) {
  return relight_session_decode(bytes(in, "party"), bytes(in, "session"), session, &details);
}

static relight_result request_complete(const json *in, const json *out) {
  relight_session **session = new_session();
  relight_buffer *made = new_buffer();
  size_t len;
  const relight_bytes *authorisations = byte_strings(in, "authorisations", &len);
  TRY(load(in, session));
  for (size_t i = 0; i < len; i++) TRY(relight_session_authorise(*session, authorisations[i], &details));
  TRY(relight_session_attest(*session, bytes(in, "attestation"), &details));
  TRY(relight_session_request(*session, made, &details));
  same_bytes(out, "request", BYTES(made));
  return same_session(out, *session);
}

static relight_review_input review_of(const json *in) {
  relight_review_input made = {.request = bytes(in, "request"), .party = bytes(in, "party"),
    .roster = bytes(in, "roster"), .now = number(in, "now")};
  made.statements = byte_strings(in, "statements", &made.statements_len);
  return made;
}

static void has_text(const json *out, const char *field, const char *text) {
  const json *wanted = json_get(out, field);
  char *copy = keep(wanted->len + 1);
  memcpy(copy, wanted->text, wanted->len);
  same(strstr(text, copy) != NULL, field);
}

/* The nodes are named in the text, one to a line. */
static relight_result review(const json *in, const json *out) {
  relight_buffer *text = new_buffer();
  relight_review_input input = review_of(in);
  TRY(relight_review(&input, text, &details));
  if (out == NULL) return RELIGHT_RESULT_OK;
  const char *at = (const char *)JOIN(BYTES(text), big_endian(0, 1)).data;
  has_text(out, "code", at), has_text(out, "date", at);
  for (const json *node = json_get(out, "nodes")->first; node != NULL; node = node->next) {
    relight_bytes name = unhex(node);
    at = strstr(at, "to unlock    ");
    same(at != NULL && memcmp(at += 13, name.data, name.len) == 0 && at[name.len] == ',', "nodes");
    if (at == NULL) return RELIGHT_RESULT_OK;
  }
  same(strstr(at, "to unlock    ") == NULL, "number of nodes");
  return RELIGHT_RESULT_OK;
}

static relight_result respond(const json *in, const json *out) {
  relight_unsigned *form = new_unsigned();
  relight_review_input input = review_of(in);
  size_t len;
  const relight_bytes *items = byte_strings(in, "digests", &len);
  relight_digest *digests = keep(len * sizeof *digests);
  for (size_t i = 0; i < len; i++) digests[i] = digest_of(items[i]);
  TRY(play_back(in));
  TRY(relight_respond(&input, bytes(in, "key_share"), digests, len, form, &details));
  return same_signed(out, "response", form, key(in, "identity_secret", RELIGHT_KIND_IDENTITY_KEY));
}

static relight_result response(const json *in, const json *out) {
  relight_session **session = new_session();
  uint16_t member;
  TRY(load(in, session));
  relight_bytes received = bytes(in, "response");
  TRY(relight_session_receive(*session, received, number(in, "now"), new_progress(), &details));
  TRY(relight_response_member(received, &member, &details));
  same_number(out, "member", member);
  return same_session(out, *session);
}

/* How many more answers each statement takes. */
static void same_missing(const json *out, const relight_progress *found) {
  if (out == NULL) return;
  const json *wanted = json_get(out, "missing"), *item = wanted->first;
  uint16_t most = 0;
  same(json_len(wanted) == found->statements_len, "number of statements");
  for (size_t i = 0; item != NULL && i < found->statements_len; i++, item = item->next) {
    same(item->number == found->statements[i], "missing");
    if (found->statements[i] > most) most = found->statements[i];
  }
  same(found->needed == most, "needed");
}

static relight_result session(const json *in, const json *out) {
  relight_session **opened = new_session();
  relight_progress *progress = new_progress();
  size_t len, digests_len;
  const relight_bytes *responses = byte_strings(in, "responses", &len);
  const relight_bytes *digests = byte_strings(in, "digests", &digests_len);
  TRY(load(in, opened));
  for (size_t i = 0; i < len; i++)
    TRY(relight_session_receive(*opened, responses[i], number(in, "now"), new_progress(), &details));
  TRY(relight_session_progress(*opened, progress, &details));
  same_missing(out, progress);
  for (size_t i = 0; i < digests_len; i++) {
    relight_digest statement = digest_of(digests[i]);
    TRY(relight_session_unlock_key(*opened, &statement, new_unlock_keys(), &details));
  }
  return RELIGHT_RESULT_OK;
}

static relight_result session_load(const json *in, const json *out) {
  relight_session **session = new_session();
  relight_buffer *draft = new_buffer(), *made = new_buffer();
  relight_progress *progress = new_progress();
  TRY(load(in, session));
  TRY(relight_session_draft(*session, draft, &details));
  TRY(relight_session_progress(*session, progress, &details));
  /* Without all authorisations there is no request. */
  relight_result complete = relight_session_request(*session, made, NULL);
  if (complete != RELIGHT_RESULT_OK && complete != RELIGHT_RESULT_UNAUTHORISED) return complete;
  same_bytes(out, "draft", BYTES(draft));
  same_bytes(out, "request", BYTES(made));
  same_missing(out, progress);
  return same_session(in, *session);
}

static relight_result accuse(const json *in, const json *out) {
  relight_session **session = new_session();
  relight_buffer *made = new_buffer();
  TRY(load(in, session));
  TRY(relight_session_accuse(*session, bytes(in, "response"), made, &details));
  same_bytes(out, "accusation", BYTES(made));
  return RELIGHT_RESULT_OK;
}

static relight_result accusation_verify(const json *in, const json *out) {
  uint16_t member;
  size_t len;
  const relight_bytes *statements = byte_strings(in, "statements", &len);
  relight_bytes party = bytes(in, "party"), roster = bytes(in, "roster"), accusation = bytes(in, "accusation");
  TRY(relight_accusation_verify(accusation, party, roster, statements, len, &member, &details));
  same_number(out, "member", member);
  return RELIGHT_RESULT_OK;
}
#endif
