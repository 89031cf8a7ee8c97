/*
 * Runs the test vectors of the specification through the C interface, built with the feature `vectors`:
 *
 *     vectors spec/vectors
 *
 * Each accepted output is reproduced, each rejected case fails with the error and the details that it names.
 * elsewhere.inc lists what the C interface cannot express; anything else that is not run is a failure.
 */
#include "backup.h"
#include "ceremony.h"
#include "recovery.h"
#include "sharing.h"
#include <dirent.h>

typedef relight_result operation(const json *in, const json *out);
static const struct {
  const char *name;
  operation *run;
} OPERATIONS[] = {
#define OPERATION(name) {#name, name}
  OPERATION(secret_key), OPERATION(random_key), OPERATION(address), OPERATION(introduce), OPERATION(blinder_register),
  OPERATION(blinder_registration), OPERATION(blinder_succession), OPERATION(member_register),
  OPERATION(member_registration), OPERATION(member_succession), OPERATION(scalar), OPERATION(supermajority),
  OPERATION(feldman), OPERATION(lagrange), OPERATION(interpolate), OPERATION(key_share),
  OPERATION(combine_key_shares), OPERATION(derive_public), OPERATION(derive_secret), OPERATION(augment),
  OPERATION(ceremony), OPERATION(deal), OPERATION(dealing_verify), OPERATION(receive), OPERATION(confirm),
  OPERATION(confirmation_verify), OPERATION(confirmations), OPERATION(certificate), OPERATION(certificate_verify),
  OPERATION(finish), OPERATION(evidence_verify), OPERATION(statement), OPERATION(backup_create),
  OPERATION(backup_verify), OPERATION(backup_open), OPERATION(coverage), OPERATION(decryption_share),
  OPERATION(decryption_share_verify), OPERATION(decryption_batch), OPERATION(combine), OPERATION(roster),
  OPERATION(request_draft), OPERATION(authorise), OPERATION(request), OPERATION(request_create),
  OPERATION(request_complete), OPERATION(review), OPERATION(respond), OPERATION(response), OPERATION(session),
  OPERATION(session_load), OPERATION(accuse), OPERATION(accusation_verify), OPERATION(bundle_verify),
};

/* What is not run: a whole file, or one case of it. */
static struct elsewhere {
  const char *operation, *name;
  int seen;
} elsewhere[] = {
#define ELSEWHERE(operation, name, reason) {operation, name, 0},
#include "../elsewhere.inc"
};

/* Without a case it is about the whole file. */
static int is_about(const struct elsewhere *entry, const json *name) {
  if (name == NULL) return *entry->name == 0;
  return *entry->name == '*' ? strstr(name->text, entry->name + 1) != NULL : json_is(name, entry->name);
}

static int is_elsewhere(const char *operation, const json *name) {
  int found = 0;
  for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) {
    struct elsewhere *entry = &elsewhere[i];
    if (strcmp(entry->operation, operation) == 0 && is_about(entry, name)) found = entry->seen = 1;
  }
  return found;
}

/* What an accepted case leaves undrawn is seen when the randomness is given back. */
static int holds(operation *run, const json *each) {
  const json *out = json_find(each, "output"), *detail = json_find(each, "detail");
  relight_result result = run(json_get(each, "input"), out);
  if (out == NULL && detail != NULL) same_details(result, detail, &details);
  relight_result undrawn = relight_vectors_randomness(NULL, 0, NULL);
  if (result == RELIGHT_RESULT_OK) same(undrawn == RELIGHT_RESULT_OK, "amount of randomness");
  int expected = out == NULL ? is_result(result, json_get(each, "error")) : result == RELIGHT_RESULT_OK;
  if (!expected) printf("  %s\n", relight_strerror(result));
  return expected && differences == 0;
}

static size_t run_cases(const char *operation_name, operation *run, const json *cases, size_t *failures) {
  size_t count = 0;
  for (const json *each = cases->first; each != NULL; each = each->next) {
    const json *name = json_get(each, "name");
    const struct kept *before = kept;
    if (is_elsewhere(operation_name, name)) continue;
    differences = 0;
    if (!holds(run, each)) {
      printf("FAILED %s: %.*s\n", operation_name, (int)name->len, name->text);
      ++*failures;
    }
    release();
    forget(before);
    count++;
  }
  return count;
}

static size_t run_file(const char *operation_name, operation *run, const char *path) {
  size_t failures = 0;
  const json *file = json_read_file(path);
  if (!json_is(json_get(file, "operation"), operation_name)) die("another operation", path);
  size_t accepted = run_cases(operation_name, run, json_get(file, "accepted"), &failures);
  size_t rejected = run_cases(operation_name, run, json_get(file, "rejected"), &failures);
  printf("%-26s%4zu accepted%4zu rejected\n", operation_name, accepted, rejected);
  forget(NULL);
  return failures + (accepted == 0);
}

/* Runs the file of an operation, if it is one and does not stand elsewhere. */
static size_t run_entry(const char *folder, const char *file) {
  char name[64], path[512];
  const char *end = strchr(file, '.'), *kind = strrchr(file, '.');
  if (kind == NULL || strcmp(kind, ".json") != 0) return 0;
  snprintf(name, sizeof name, "%.*s", (int)(end - file), file);
  snprintf(path, sizeof path, "%s/%s", folder, file);
  if (is_elsewhere(name, NULL)) return 0;
  for (size_t i = 0; i < sizeof OPERATIONS / sizeof *OPERATIONS; i++)
    if (strcmp(OPERATIONS[i].name, name) == 0) return run_file(name, OPERATIONS[i].run, path);
  printf("FAILED %s: nothing runs it\n", name);
  return 1;
}

int main(int argc, char **argv) {
  struct dirent **files;
  int len = argc == 2 ? scandir(argv[1], &files, NULL, alphasort) : -1;
  if (len < 0) die("usage", "vectors FOLDER");
  size_t failures = (size_t)len < sizeof OPERATIONS / sizeof *OPERATIONS;
  for (int i = 0; i < len; i++) {
    failures += run_entry(argv[1], files[i]->d_name);
    free(files[i]);
  }
  free(files);
  for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
    if (!elsewhere[i].seen) printf("FAILED %s %s: not there\n", elsewhere[i].operation, elsewhere[i].name), failures++;
  return failures > 0;
}
