/*
 * The nodes back up their shares, and a custodian verifies and audits the backups. It comes after ./generate, with
 * the same folder and key.
 *
 *     ./back_up FOLDER KEYFILE
 */
#include "example.h"

/* Who was not at a ceremony asks its certificate whether this key came of it. */
static void vouch(const char *group) {
  relight_bytes ceremony = load(group, 0, "ceremony"), commitment = load(group, 0, "commitment");
  OK(relight_certificate_vouch_for(ceremony, load(group, 0, "certificate"), &commitment, 1, &details));
}

/* The operator of a node makes a Blinder, which stays offline: the node gets its registration. */
static void register_blinder(int i, const char *node) {
  relight_buffer buffer;
  relight_unsigned form;
  OK(relight_identity_generate(&buffer, &details)), save_secret("operator", i, IDENTITY_KEY, &buffer);
  relight_bytes secret = load_secret("operator", i, IDENTITY_KEY);
  OK(relight_identity_public(secret, &buffer, &details)), save("operator", i, "public", &buffer);
  OK(relight_blinder_generate(&buffer, &details)), save_secret("operator", i, BLINDER, &buffer);
  relight_bytes identity = load("operator", i, "public"), blinder = load_secret("operator", i, BLINDER);
  OK(relight_blinder_register(blinder, TEXT("network"), TEXT(node), identity, &form, &details));
  OK(relight_sign(form.purpose, BYTES(form.body), identity, secret, &buffer, &details));
  save("operator", i, "registration", &buffer), relight_unsigned_free(&form);
}

/* A node encrypts its share to the recovery party, without the Blinder: its registration is enough. */
static void back_up(const relight_network *network, const relight_node *node, int i) {
  relight_buffer buffer;
  OK(relight_statement_new(network, node, &buffer, &details)), save("custodian", i, "statement", &buffer);
  relight_bytes share = load_secret("node", i, KEY_SHARE);
  OK(relight_backup_create(load("custodian", i, "statement"), &share, 1, &buffer, &details));
  save("custodian", i, "backup", &buffer);
}

/* The custodian verifies a backup against the statement, which it makes itself of what it knows. */
static void verify(int i) {
  relight_backup *verified;
  relight_bytes backup = load("custodian", i, "backup"), expected = load("custodian", i, "statement");
  OK(relight_backup_verify(backup, expected, &verified, &details));
  relight_backup_free(&verified);
}

/* Could the network be restored, and how many nodes could be lost before it could not? */
static void audit(const relight_network *network, const relight_node nodes[]) {
  relight_coverage coverage;
  relight_bytes backups[PARTIES];
  for (int i = 0; i < PARTIES; i++) backups[i] = load("custodian", i + 1, "backup");
  OK(relight_coverage_audit(network, nodes, PARTIES, backups, PARTIES, NULL, NULL, &coverage, &details));
  printf("recoverable: %s; nodes to spare: %zu\n", coverage.recoverable ? "yes" : "no", coverage.survives);
  if (!coverage.recoverable || coverage.survives != 1) exit(1);
  relight_coverage_free(&coverage);
}

int main(int argc, char **argv) {
  enter(argc, argv);
  vouch("member"), vouch("node");
  relight_vss_commitment recovery;
  OK(relight_vss_commitment_inspect(load("member", 0, "commitment"), &recovery, &details));
  relight_bytes key = load("node", 0, "commitment");
  relight_network network = {RELIGHT_PARAMETERS_FAST, TEXT("network"), EPOCH, BYTES(recovery.public_key), &key, 1, NULL,
    0};
  static const uint8_t index[PARTIES] = {1, 2, 3};
  static const char *const name[PARTIES] = {"node-1", "node-2", "node-3"};
  relight_bytes registrations[PARTIES];
  relight_node nodes[PARTIES];
  for (int i = 0; i < PARTIES; i++) {
    register_blinder(i + 1, name[i]);
    registrations[i] = load("operator", i + 1, "registration");
    relight_bytes identity = load("operator", i + 1, "public");
    nodes[i] = (relight_node){TEXT(name[i]), identity, &registrations[i], 1, {&index[i], 1}, NULL, 0};
    back_up(&network, &nodes[i], i + 1), verify(i + 1);
  }
  audit(&network, nodes);
  relight_vss_commitment_free(&recovery);
  return 0;
}
