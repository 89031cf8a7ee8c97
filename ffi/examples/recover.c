/*
 * One node's root key shares are backed up, lost and recovered. Every party reads and writes files in one folder,
 * where the name says whose they are: a real party keeps its secrets on its own machine, and sends the rest.
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

/* A member of the recovery party, or a node, makes its keys and registers. */
static void join(const char *group, int index) {
  relight_buffer buffer;
  OK(relight_identity_generate(&buffer, &details));
  save(group, index, "identity", &buffer);
  OK(relight_member_key_generate(&buffer, &details));
  save(group, index, "member-key", &buffer);
  relight_bytes identity = load(group, index, "identity"), key = load(group, index, "member-key");
  OK(relight_member_register(TEXT(group), (uint16_t)index, identity, key, &buffer, &details));
  save(group, index, "registration", &buffer);
}

/* Everybody makes the plan of the key generation from the registrations. */
static void plan(const char *group, uint16_t curve) {
  relight_member members[PARTIES];
  relight_party dealers[PARTIES], recipients[PARTIES];
  for (int i = 0; i < PARTIES; i++) {
    relight_bytes registration = load(group, i + 1, "registration");
    OK(relight_member_registration_verify(registration, TEXT(group), &members[i], &details));
    dealers[i] = (relight_party){members[i].index, BYTES(members[i].identity), AT_INDEX};
    recipients[i] = (relight_party){members[i].index, BYTES(members[i].member_key), AT_INDEX};
  }
  relight_key_slot key = {.origin = RELIGHT_ORIGIN_GENERATE, .curve = curve};
  relight_plan plan = {RELIGHT_PARAMETERS_FAST, TEXT(group), EPOCH, 0, &key, 1, dealers, PARTIES, recipients, PARTIES};
  relight_buffer ceremony;
  OK(relight_supermajority(PARTIES, &plan.threshold, &details));
  OK(relight_ceremony_new(&plan, &ceremony, &details));
  save(group, 0, "ceremony", &ceremony);
  for (int i = 0; i < PARTIES; i++) relight_member_free(&members[i]);
}

static void deal(const char *group, int i) {
  relight_buffer dealing;
  relight_bytes ceremony = load(group, 0, "ceremony"), identity = load(group, i, "identity");
  OK(relight_ceremony_deal(ceremony, (uint16_t)i, identity, NULL, 0, &dealing, &details));
  save(group, i, "dealing", &dealing);
}

/* Each party keeps its shares of the keys; everybody knows the commitments. */
static void finish(const char *group, int index) {
  relight_bytes dealings[PARTIES], ceremony = load(group, 0, "ceremony");
  for (int i = 0; i < PARTIES; i++) dealings[i] = load(group, i + 1, "dealing");
  relight_outcome outcome;
  OK(relight_ceremony_finish(
    ceremony, dealings, PARTIES, (uint16_t)index, load(group, index, "member-key"), &outcome, &details));
  save(group, index, "share", &outcome.shares.items[0]);
  save(group, 0, "commitments", &outcome.keys.items[0]);
  relight_outcome_free(&outcome);
}

/* The operator of a node makes a Blinder. The node only gets its registration. */
static void make_blinder(int node, const char *name) {
  relight_buffer buffer;
  OK(relight_blinder_generate(&buffer, &details));
  save("operator", node, "blinder", &buffer);
  OK(relight_blinder_register(load("operator", node, "blinder"), NETWORK, TEXT(name), &buffer, &details));
  save("node", node, "blinder-registration", &buffer);
}

/* What a node's backup must say, from what everybody knows. */
static void state(int node, const char *name) {
  relight_polynomial recovery;
  relight_buffer blinder, statement;
  relight_bytes key = load("node", 0, "commitments");
  OK(relight_polynomial_inspect(load("member", 0, "commitments"), &recovery, &details));
  relight_bytes registration = load("node", node, "blinder-registration");
  OK(relight_blinder_registration_verify(registration, NETWORK, TEXT(name), &blinder, &details));
  relight_network network = {RELIGHT_PARAMETERS_FAST, NETWORK, EPOCH, BYTES(recovery.root_public_key), &key, 1, NULL,
    0};
  const uint8_t index = (uint8_t)node;
  relight_node subject = {TEXT(name), BYTES(blinder), {&index, 1}, NULL, 0};
  OK(relight_statement_new(&network, &subject, &statement, &details));
  save("custodian", node, "statement", &statement);
  relight_polynomial_free(&recovery);
  relight_buffer_free(&blinder);
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

/* A fresh node asks the recovery party. Its state survives a restart. */
static void ask(int node) {
  relight_roster_member members[PARTIES];
  relight_bytes statement = load("custodian", node, "statement");
  for (int i = 0; i < PARTIES; i++)
    members[i] = (relight_roster_member){load("member", i + 1, "registration"), AT_INDEX};
  relight_buffer buffer;
  relight_bytes commitments = load("member", 0, "commitments");
  OK(relight_roster_new(TEXT("member"), commitments, members, PARTIES, &buffer, &details));
  save("member", 0, "roster", &buffer);
  relight_session *session;
  relight_ask request = {TEXT("member"), load("member", 0, "roster"), &statement, 1, TEXT("the fresh node"),
    (uint64_t)time(NULL) + 3600};
  OK(relight_session_new(&request, &session, &details));
  OK(relight_session_request(session, &buffer, &details));
  save("fresh", node, "request", &buffer);
  OK(relight_session_encode(session, &buffer, &details));
  save("fresh", node, "session", &buffer);
  relight_session_free(&session);
}

/* A member looks at what is asked before it answers. */
static void answer(int member, int node) {
  relight_bytes statement = load("custodian", node, "statement"), share = load("member", member, "share");
  relight_review_input review = {load("fresh", node, "request"), &statement, 1, TEXT("member"),
    load("member", 0, "roster"), (uint64_t)time(NULL)};
  relight_buffer buffer;
  OK(relight_review(&review, &buffer, &details));
  printf("%.*s", (int)buffer.len, (const char *)buffer.data);
  relight_buffer_free(&buffer);
  relight_bytes identity = load("member", member, "identity");
  OK(relight_respond(&review, share, identity, RELIGHT_SCHEME_SHA256, &buffer, &details));
  save("member", member, "response", &buffer);
}

/* The fresh node collects the answers, and opens its backup with the operator's Blinder. */
static void recover(int node) {
  relight_session *session;
  relight_progress progress;
  OK(relight_session_decode(TEXT("member"), load("fresh", node, "session"), &session, &details));
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
  for (int i = 1; i <= PARTIES; i++) finish(group, i);
}

int main(int argc, char **argv) {
  if (argc != 2 || chdir(argv[1]) != 0 || relight_abi_version() != RELIGHT_ABI_VERSION) return 2;
  generate("member", RELIGHT_CURVE_BLS12381_G1);
  generate("node", RELIGHT_CURVE_SECP256K1);
  make_blinder(1, "node-1"), state(1, "node-1"), back_up(1);
  relight_backup *verified = verify(1);
  relight_backup_free(&verified), ask(1);
  for (int i = 1; i <= PARTIES; i++) answer(i, 1);
  recover(1);
  unload();
  return 0;
}
