/* What a custodian has, for the tests in Python: custody FOLDER writes the files of a network of one node. */
#include "world.h"

static const char *folder;

static void save(const char *name, relight_bytes bytes) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "wb");
  REQUIRE(file != NULL && fwrite(bytes.data, 1, bytes.len, file) == bytes.len && fclose(file) == 0);
}

int main(int argc, char **argv) {
  REQUIRE(argc == 2);
  folder = argv[1];
  world_make(RELIGHT_PARAMETERS_FAST);
  save("bundle", BYTES(w.bundle)), save("next-bundle", BYTES(w.next_bundle));
  save("bundle.digest", (relight_bytes){w.bundle_digest.bytes, sizeof w.bundle_digest.bytes});
  save("backups/node", BYTES(w.backup)), save("statement", BYTES(w.statement));
  save("blinder-registration", BYTES(w.blinder_registration)), save("blinder-successor", BYTES(w.blinder_successor));
  save("member-registration", BYTES(w.member_registration)), save("identity", BYTES(w.identity_public));
  save("roster", BYTES(w.roster)), save("draft", BYTES(w.draft)), save("request", BYTES(w.request));
  world_free();
  return 0;
}
