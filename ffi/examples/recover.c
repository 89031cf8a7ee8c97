/*
 * Keys are dealt, their ceremonies are closed, one node's shares are backed up, lost and recovered. Every party reads
 * and writes files in one folder, where the name says whose they are: a real party keeps its secrets on its own
 * machine, and sends the rest.
 *
 *     cc recover.c $(pkg-config --cflags --libs relight) -o recover && ./recover /tmp/folder
 */
#include "files.h"
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PARTIES 3
#define EPOCH 1
#define TEXT(text) ((relight_bytes){(const uint8_t *)(text), strlen(text)})
#define BYTES(buffer) ((relight_bytes){(buffer).data, (buffer).len})

static const relight_bytes NETWORK = {(const uint8_t *)"example network", 15};
/* Every party's share lies where its index says. */
static const relight_bytes AT_INDEX = {NULL, 0};

/* Every call ends in `&details`, and every result is looked at. */
static relight_details details;
static void ok(relight_result result, const char *step) {
  if (result == RELIGHT_RESULT_OK) return;
  fprintf(stderr, "%s: %s (%u)\n", step, relight_strerror(result), (unsigned)details.number);
  exit(1);
}
#define OK(call) ok(call, #call)

/* Whoever it is has its identity in a file, and signs with it what is not signed yet. */
static void sign(const char *owner, int index, relight_unsigned *object, const char *what) {
  relight_buffer made;
  relight_bytes identity = load(owner, index, "identity");
  OK(relight_sign(object->purpose, BYTES(object->body), BYTES(object->signer), identity, &made, &details));
  save(owner, index, what, &made);
  relight_unsigned_free(object);
}

static void identify(const char *owner, int index) {
  relight_buffer buffer;
  OK(relight_identity_generate(&buffer, &details));
  save(owner, index, "identity", &buffer);
  OK(relight_identity_public(load(owner, index, "identity"), &buffer, &details));
  save(owner, index, "public-identity", &buffer);
}

/* A member of the recovery party, or a node, makes its keys and registers. */
static void join(const char *group, int index) {
  relight_buffer buffer;
  relight_unsigned registration;
  identify(group, index);
  OK(relight_member_key_generate(&buffer, &details));
  save(group, index, "member-key", &buffer);
  relight_bytes identity = load(group, index, "public-identity"), key = load(group, index, "member-key");
  OK(relight_member_register(TEXT(group), (uint16_t)index, identity, key, &registration, &details));
  sign(group, index, &registration, "registration");
}

/* The plan of a key generation, from the registrations. Everybody makes it with the nonce that one of them drew. */
static void plan(const char *group, uint16_t curve) {
  relight_member members[PARTIES];
  relight_dealer dealers[PARTIES];
  relight_recipient recipients[PARTIES];
  relight_buffer buffer;
  for (int i = 0; i < PARTIES; i++) {
    relight_bytes registration = load(group, i + 1, "registration");
    OK(relight_member_registration_verify(registration, TEXT(group), &members[i], &details));
    relight_bytes identity = BYTES(members[i].identity);
    dealers[i] = (relight_dealer){members[i].index, identity, AT_INDEX};
    recipients[i] = (relight_recipient){members[i].index, identity, BYTES(members[i].member_key), AT_INDEX};
  }
  OK(relight_nonce_generate(&buffer, &details));
  save(group, 0, "nonce", &buffer);
  relight_dealt_key key = {.curve = curve};
  relight_plan plan = {RELIGHT_PARAMETERS_FAST, TEXT(group), load(group, 0, "nonce"), EPOCH, 0,
    RELIGHT_ORIGIN_GENERATE, &key, 1, dealers, PARTIES, recipients, PARTIES};
  OK(relight_supermajority(PARTIES, &plan.threshold, &details));
  OK(relight_ceremony_new(&plan, &buffer, &details));
  save(group, 0, "ceremony", &buffer);
  for (int i = 0; i < PARTIES; i++) relight_member_free(&members[i]);
}

static void deal(const char *group, int i) {
  relight_buffer dealing;
  relight_bytes ceremony = load(group, 0, "ceremony"), identity = load(group, i, "identity");
  OK(relight_ceremony_deal(ceremony, (uint16_t)i, identity, NULL, 0, &dealing, &details));
  save(group, i, "dealing", &dealing);
}

static relight_dealings *receive_dealings(const char *group) {
  relight_dealings *dealings;
  OK(relight_dealings_new(load(group, 0, "ceremony"), &dealings, &details));
  for (int i = 1; i <= PARTIES; i++) OK(relight_dealings_receive(dealings, load(group, i, "dealing"), &details));
  return dealings;
}

/* Each party says once which dealings it holds. */
static void confirm(const char *group, int index) {
  relight_unsigned confirmation;
  relight_dealings *dealings = receive_dealings(group);
  relight_bytes key = load(group, index, "member-key");
  OK(relight_dealings_confirm(dealings, (uint16_t)index, key, &confirmation, &details));
  sign(group, index, &confirmation, "confirmation");
  relight_dealings_free(&dealings);
}

/* Who has enough equal confirmations has the certificate: the ceremony is closed for everybody. */
static void certify(const char *group) {
  relight_confirmations *confirmations;
  relight_buffer certificate;
  OK(relight_confirmations_new(load(group, 0, "ceremony"), &confirmations, &details));
  for (int i = 1; i <= PARTIES; i++)
    OK(relight_confirmations_receive(confirmations, load(group, i, "confirmation"), &details));
  OK(relight_confirmations_certificate(confirmations, &certificate, &details));
  save(group, 0, "certificate", &certificate);
  relight_confirmations_free(&confirmations);
}

/* Each party keeps its shares of the keys; everybody knows the VSS commitment. */
static void finish(const char *group, int index) {
  relight_closed *closed;
  relight_closed_status status;
  relight_outcome outcome;
  relight_dealings *dealings = receive_dealings(group);
  OK(relight_dealings_close(dealings, load(group, 0, "certificate"), &closed, &details));
  /* A party that had missed a dealing would ask the others for it now, by its digest. */
  OK(relight_closed_inspect(closed, &status, &details));
  if (status.missing.len > 0) exit((fprintf(stderr, "dealings are missing\n"), 1));
  OK(relight_closed_finish(closed, (uint16_t)index, load(group, index, "member-key"), &outcome, &details));
  save(group, index, "share", &outcome.shares.items[0]);
  save(group, 0, "commitment", &outcome.keys.items[0]);
  relight_closed_status_free(&status);
  relight_outcome_free(&outcome);
  relight_closed_free(&closed);
  relight_dealings_free(&dealings);
}

/* A custodian was not there. The certificate tells it whether this is the VSS commitment. */
static void vouch(const char *group) {
  relight_bytes ceremony = load(group, 0, "ceremony"), key = load(group, 0, "commitment");
  OK(relight_certificate_vouch_for(ceremony, load(group, 0, "certificate"), &key, 1, &details));
}

/* The operator of a node makes a Blinder. The node only gets its registration. */
static void make_blinder(int node, const char *name) {
  relight_buffer buffer;
  relight_unsigned registration;
  identify("operator", node);
  OK(relight_blinder_generate(&buffer, &details));
  save("operator", node, "blinder", &buffer);
  relight_bytes blinder = load("operator", node, "blinder"), identity = load("operator", node, "public-identity");
  OK(relight_blinder_register(blinder, NETWORK, TEXT(name), identity, &registration, &details));
  sign("operator", node, &registration, "registration");
}

/* What a node's backup must say, from what everybody knows. */
static void state(int node, const char *name) {
  relight_vss_commitment recovery;
  relight_buffer statement;
  relight_bytes key = load("node", 0, "commitment");
  OK(relight_vss_commitment_inspect(load("member", 0, "commitment"), &recovery, &details));
  relight_bytes registration = load("operator", node, "registration");
  relight_bytes operator_identity = load("operator", node, "public-identity");
  relight_network network = {RELIGHT_PARAMETERS_FAST, NETWORK, EPOCH, BYTES(recovery.public_key), &key, 1, NULL,
    0};
  const uint8_t index = (uint8_t)node;
  relight_node subject = {TEXT(name), operator_identity, &registration, 1, {&index, 1}, NULL, 0};
  OK(relight_statement_new(&network, &subject, &statement, &details));
  save("custodian", node, "statement", &statement);
  relight_vss_commitment_free(&recovery);
}

static void back_up(int node) {
  relight_buffer backup;
  relight_bytes share = load("node", node, "share"), statement = load("custodian", node, "statement");
  OK(relight_backup_create(statement, &share, 1, &backup, &details));
  save("custodian", node, "backup", &backup);
}

static relight_backup *verify(int node) {
  relight_backup *verified;
  relight_bytes backup = load("custodian", node, "backup"), statement = load("custodian", node, "statement");
  OK(relight_backup_verify(backup, statement, &verified, &details));
  return verified;
}

static relight_session *resume(int node) {
  relight_session *session;
  OK(relight_session_decode(TEXT("member"), load("fresh", node, "session"), &session, &details));
  return session;
}

static void suspend(int node, relight_session *session) {
  relight_buffer state;
  OK(relight_session_encode(session, &state, &details));
  save("fresh", node, "session", &state);
  relight_session_free(&session);
}

/* A fresh node asks the recovery party. Its state survives a restart. */
static void ask(int node) {
  relight_roster_member members[PARTIES];
  relight_bytes statement = load("custodian", node, "statement");
  for (int i = 0; i < PARTIES; i++)
    members[i] = (relight_roster_member){load("member", i + 1, "registration"), AT_INDEX};
  relight_buffer buffer;
  relight_bytes commitment = load("member", 0, "commitment");
  OK(relight_roster_new(TEXT("member"), commitment, members, PARTIES, &buffer, &details));
  save("member", 0, "roster", &buffer);
  relight_session *session;
  uint64_t now = (uint64_t)time(NULL);
  relight_ask request = {TEXT("member"), load("member", 0, "roster"), &statement, 1, TEXT("the fresh node"), now,
    now + 3600};
  OK(relight_session_new(&request, &session, &details));
  OK(relight_session_draft(session, &buffer, &details));
  save("fresh", node, "draft", &buffer);
  suspend(node, session);
}

static void print(relight_buffer *text) {
  printf("%.*s", (int)text->len, (const char *)text->data);
  relight_buffer_free(text);
}

/* The operator authorises it on the offline machine that has the Blinder: a draft goes there, 145 bytes come back. */
static void authorise(int node) {
  relight_buffer buffer;
  relight_bytes draft = load("fresh", node, "draft"), statement = load("custodian", node, "statement");
  OK(relight_draft_text(draft, &statement, 1, &buffer, &details));
  print(&buffer);
  OK(relight_authorise(draft, statement, load("operator", node, "blinder"), &buffer, &details));
  save("operator", node, "authorisation", &buffer);
}

static void publish(int node) {
  relight_buffer request;
  relight_session *session = resume(node);
  OK(relight_session_authorise(session, load("operator", node, "authorisation"), &details));
  OK(relight_session_request(session, &request, &details));
  save("fresh", node, "request", &request);
  suspend(node, session);
}

/* A member looks at what is asked before it answers. */
static void answer(int member, int node) {
  relight_bytes statement = load("custodian", node, "statement"), share = load("member", member, "share");
  relight_review_input review = {load("fresh", node, "request"), &statement, 1, TEXT("member"),
    load("member", 0, "roster"), (uint64_t)time(NULL)};
  relight_buffer buffer;
  relight_unsigned response;
  OK(relight_review(&review, &buffer, &details));
  print(&buffer);
  OK(relight_respond(&review, share, NULL, 0, &response, &details));
  sign("member", member, &response, "response");
}

/* The fresh node collects the answers, and opens its backup with the operator's Blinder. */
static void recover(int node) {
  relight_progress progress;
  relight_session *session = resume(node);
  for (int i = 1; i <= PARTIES; i++) {
    relight_bytes response = load("member", i, "response");
    OK(relight_session_receive(session, response, (uint64_t)time(NULL), &progress, &details));
    relight_progress_free(&progress);
  }
  relight_unlock_keys *keys;
  relight_list shares;
  relight_backup *backup = verify(node);
  OK(relight_session_unlock_keys(session, &keys, &details));
  OK(relight_backup_open(backup, keys, load("operator", node, "blinder"), &shares, &details));
  relight_bytes lost = load("node", node, "share");
  int same = lost.len == shares.items[0].len && memcmp(lost.data, shares.items[0].data, lost.len) == 0;
  puts(same ? "the share of the root key is what it was" : "the share of the root key is another");
  if (!same) exit(1);
  relight_list_free(&shares);
  relight_unlock_keys_free(&keys);
  relight_backup_free(&backup);
  relight_session_free(&session);
}

static void generate(const char *group, uint16_t curve) {
  for (int i = 1; i <= PARTIES; i++) join(group, i);
  plan(group, curve);
  for (int i = 1; i <= PARTIES; i++) deal(group, i);
  for (int i = 1; i <= PARTIES; i++) confirm(group, i);
  certify(group);
  for (int i = 1; i <= PARTIES; i++) finish(group, i);
  vouch(group);
}

int main(int argc, char **argv) {
  if (argc != 2 || chdir(argv[1]) != 0 || relight_abi_version() != RELIGHT_ABI_VERSION) return 2;
  generate("member", RELIGHT_CURVE_BLS12381_G1);
  generate("node", RELIGHT_CURVE_SECP256K1);
  make_blinder(1, "node-1"), state(1, "node-1"), back_up(1);
  relight_backup *verified = verify(1);
  relight_backup_free(&verified), ask(1), authorise(1), publish(1);
  for (int i = 1; i <= PARTIES; i++) answer(i, 1);
  recover(1);
  unload();
  return 0;
}
