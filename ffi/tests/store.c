/*
 * The store of the program `relight`, opened by the library, and given another identity and another passphrase:
 * store FOLDER PASSPHRASE OTHER-PASSPHRASE prints the public half of the identity that is there, and of the one that it
 * puts in its place.
 */
#include <relight.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OK(call) \
  do { \
    if ((call) != RELIGHT_RESULT_OK) exit((fprintf(stderr, "%s: %s\n", #call, details.message), 1)); \
  } while (0)
#define BYTES(buffer) ((relight_bytes){(buffer).data, (buffer).len})
#define TEXT(text) ((relight_bytes){(const uint8_t *)(text), strlen(text)})

static relight_details details;
static const char *folder;

static FILE *file_of(const char *name, const char *mode) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, mode);
  if (file == NULL) exit((perror(path), 1));
  return file;
}

static relight_bytes load(const char *name, uint8_t room[4096]) {
  FILE *file = file_of(name, "rb");
  relight_bytes found = {room, fread(room, 1, 4096, file)};
  fclose(file);
  return found;
}

static void save(const char *name, relight_buffer *sealed) {
  FILE *file = file_of(name, "wb");
  if (fwrite(sealed->data, 1, sealed->len, file) != sealed->len) exit((perror(name), 1));
  fclose(file);
  relight_buffer_free(sealed);
}

static void print_public(relight_bytes identity) {
  relight_buffer public_key;
  OK(relight_identity_public(identity, &public_key, &details));
  for (size_t i = 0; i < public_key.len; i++) printf("%02x", public_key.data[i]);
  printf("\n");
  relight_buffer_free(&public_key);
}

int main(int argc, char **argv) {
  if (argc != 4) exit(2);
  folder = argv[1];
  uint8_t room[4096];
  relight_buffer key, recipient, identity, sealed;
  OK(relight_unseal_with_passphrase(RELIGHT_KIND_SEALING_KEY, load("key.age", room), TEXT(argv[2]), &key, &details));
  OK(relight_unseal(RELIGHT_KIND_IDENTITY_KEY, load("identity.age", room), BYTES(key), &identity, &details));
  print_public(BYTES(identity));
  relight_buffer_free(&identity);

  OK(relight_sealing_key_recipient(BYTES(key), &recipient, &details));
  OK(relight_identity_generate(&identity, &details));
  relight_bytes to = BYTES(recipient);
  OK(relight_seal(BYTES(identity), &to, 1, &sealed, &details));
  save("identity.age", &sealed);
  OK(relight_seal_with_passphrase(BYTES(key), TEXT(argv[3]), &sealed, &details));
  save("key.age", &sealed);
  print_public(BYTES(identity));
  relight_buffer_free(&identity), relight_buffer_free(&recipient), relight_buffer_free(&key);
  return 0;
}
