/*
 * A fresh node asks, the operator authorises, the members look and answer, and the backup opens. It comes after
 * ./generate and ./back_up, with the same folder and key.
 *
 *     ./recover FOLDER KEYFILE
 */
#include "example.h"

static void print(relight_buffer *text) {
  printf("%.*s", (int)text->len, (const char *)text->data);
  relight_buffer_free(text);
}

/* The certificate vouches for the recovery key, and is about the set of dealings that every member confirmed. */
static void compare(void) {
  relight_certificate agreed;
  relight_confirmation own;
  relight_bytes ceremony = load("member", 0, "ceremony"), certificate = load("member", 0, "certificate");
  relight_bytes key = load("member", 0, "commitment");
  OK(relight_certificate_vouch_for(ceremony, certificate, &key, 1, &details));
  OK(relight_certificate_verify(ceremony, certificate, &agreed, &details));
  for (int i = 1; i <= PARTIES; i++) {
    OK(relight_confirmation_verify(ceremony, load("member", i, "confirmation"), &own, &details));
    int same = memcmp(&own.transcript, &agreed.transcript, sizeof own.transcript) == 0;
    relight_confirmation_free(&own);
    if (!same) exit((fprintf(stderr, "member %d confirmed other dealings\n", i), 1));
  }
  relight_certificate_free(&agreed);
}

/* The members of the recovery party, as they registered: everyone has the same. */
static void list_members(void) {
  relight_buffer buffer;
  relight_roster_member members[PARTIES];
  for (int i = 0; i < PARTIES; i++)
    members[i] = (relight_roster_member){load("member", i + 1, "registration"), AT_INDEX};
  OK(relight_roster_new(TEXT("member"), load("member", 0, "commitment"), members, PARTIES, &buffer, &details));
  save("member", 0, "roster", &buffer);
}

/* The fresh node drafts a request to unlock a backup, from what the custodian has. */
static relight_session *ask(const relight_bytes *statement, uint64_t now) {
  relight_buffer buffer;
  relight_session *session;
  relight_bytes party = TEXT("member"), roster = load("member", 0, "roster"), requester = TEXT("the fresh node");
  relight_ask request = {party, roster, statement, 1, requester, now, now + 3600};
  OK(relight_session_new(&request, &session, &details));
  OK(relight_session_draft(session, &buffer, &details)), save("fresh", 1, "draft", &buffer);
  return session;
}

/* The operator reads the draft on the offline machine that has the Blinder, and authorises it: 145 bytes come back. */
static void authorise(const relight_bytes *statement) {
  relight_buffer buffer;
  relight_bytes draft = load("fresh", 1, "draft");
  OK(relight_draft_text(draft, statement, 1, &buffer, &details)), print(&buffer);
  OK(relight_authorise(draft, *statement, load_secret("operator", 1, BLINDER), &buffer, &details));
  save("operator", 1, "authorisation", &buffer);
}

/* A member looks at what is asked, compares the code by voice, and answers. */
static void answer(int i, const relight_bytes *statement, uint64_t now) {
  relight_buffer buffer;
  relight_unsigned form;
  relight_bytes request = load("fresh", 1, "request"), roster = load("member", 0, "roster");
  relight_review_input review = {request, statement, 1, TEXT("member"), roster, now};
  OK(relight_review(&review, &buffer, &details)), print(&buffer);
  OK(relight_respond(&review, load_secret("member", i, KEY_SHARE), NULL, 0, &form, &details));
  relight_bytes signer = load("member", i, "public"), identity = load_secret("member", i, IDENTITY_KEY);
  OK(relight_sign(form.purpose, BYTES(form.body), signer, identity, &buffer, &details));
  save("member", i, "response", &buffer), relight_unsigned_free(&form);
}

/* The fresh node takes answers until none is needed any more. */
static void collect(relight_session *session, uint64_t now) {
  relight_progress progress = {.needed = 1};
  for (int i = 1; progress.needed > 0; i++) {
    relight_progress_free(&progress);
    OK(relight_session_receive(session, load("member", i, "response"), now, &progress, &details));
  }
  relight_progress_free(&progress);
}

/* The backup opens with the unlock keys and the operator's Blinder, and what was lost is there again. */
static void open_backup(const relight_session *session, relight_bytes statement) {
  relight_backup *backup;
  relight_unlock_keys *keys;
  relight_list shares;
  OK(relight_backup_verify(load("custodian", 1, "backup"), statement, &backup, &details));
  OK(relight_session_unlock_keys(session, &keys, &details));
  OK(relight_backup_open(backup, keys, load_secret("operator", 1, BLINDER), &shares, &details));
  relight_bytes lost = load_secret("node", 1, KEY_SHARE);
  int same = lost.len == shares.items[0].len && memcmp(lost.data, shares.items[0].data, lost.len) == 0;
  puts(same ? "the share of the root key is what it was" : "the share of the root key is another");
  if (!same) exit(1);
  save_secret("fresh", 1, KEY_SHARE, &shares.items[0]);
  relight_list_free(&shares), relight_unlock_keys_free(&keys), relight_backup_free(&backup);
}

int main(int argc, char **argv) {
  enter(argc, argv);
  relight_buffer buffer;
  relight_bytes statement = load("custodian", 1, "statement");
  uint64_t now = (uint64_t)time(NULL);
  compare(), list_members();
  relight_session *session = ask(&statement, now);
  authorise(&statement);
  OK(relight_session_authorise(session, load("operator", 1, "authorisation"), &details));
  OK(relight_session_request(session, &buffer, &details)), save("fresh", 1, "request", &buffer);
  for (int i = 1; i <= PARTIES; i++) answer(i, &statement, now);
  collect(session, now), open_backup(session, statement);
  relight_session_free(&session);
  return 0;
}
