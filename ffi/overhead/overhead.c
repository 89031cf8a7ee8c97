/* The C program of the three that overhead.sh compares. */
#include "../examples/files.h"
#include <unistd.h>

#define KEYS 11

static void ok(relight_result result) {
  if (result != RELIGHT_RESULT_OK) exit((fprintf(stderr, "%s\n", relight_strerror(result)), 1));
}

static struct node {
  relight_bytes statement, backup, blinder, shares[KEYS];
  relight_backup *verified;
  relight_unlock_keys *unlock;
} node;

static void open_world(void) {
  node.statement = load("custodian", 0, "statement"), node.backup = load("custodian", 0, "backup");
  node.blinder = load("operator", 0, "blinder");
  for (int i = 0; i < KEYS; i++) node.shares[i] = load("node", i, "share");
  const relight_holder one = {1, {NULL, 0}};
  relight_recovery_party party = {load("member", 0, "commitment"), &one, 1};
  relight_bytes share = load("member", 1, "decryption-share");
  relight_statement fields;
  ok(relight_statement_inspect(node.statement, &fields, NULL));
  ok(relight_decryption_shares_combine(&party, &fields.digest, &share, 1, &node.unlock, NULL));
  ok(relight_backup_verify(node.backup, node.statement, &node.verified, NULL));
  relight_statement_free(&fields);
}

static void perform(int operation) {
  relight_details details;
  relight_backup *verified;
  relight_buffer backup;
  relight_list shares;
  if (operation == 'v') {
    ok(relight_backup_verify(node.backup, node.statement, &verified, &details));
    relight_backup_free(&verified);
  } else if (operation == 'e') {
    ok(relight_backup_create(node.statement, node.shares, KEYS, &backup, &details));
    relight_buffer_free(&backup);
  } else {
    ok(relight_backup_open(node.verified, node.unlock, node.blinder, &shares, &details));
    relight_list_free(&shares);
  }
}

int main(int argc, char **argv) {
  if (argc != 3 || chdir(argv[1]) != 0) return 2;
  open_world();
  for (const char *operation = argv[2]; *operation != '\0'; operation++) perform(*operation);
  relight_backup_free(&node.verified);
  relight_unlock_keys_free(&node.unlock);
  unload();
  return 0;
}
