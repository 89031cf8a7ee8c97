/*
 * What the examples share: how they read texts and buffers, look at every result, and keep secrets. Other files are in
 * files.h.
 */
#ifndef EXAMPLE_H
#define EXAMPLE_H
#include "files.h"
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PARTIES 3
#define EPOCH 1
#define TEXT(text) ((relight_bytes){(const uint8_t *)(text), strlen(text)})
#define BYTES(buffer) ((relight_bytes){(buffer).data, (buffer).len})
/* Every party's share lies where its index says. */
#define AT_INDEX ((relight_bytes){NULL, 0})

/* Every call ends in `&details`, and every result is looked at. */
static relight_details details;
static void ok(relight_result result, const char *call) {
  if (result == RELIGHT_RESULT_OK) return;
  fprintf(stderr, "%s: %s\n", call, details.message);
  exit(1);
}
#define OK(call) ok(call, #call)

/*
 * Secrets are sealed on the disk. The sealing key, which opens them all, lies elsewhere; a real party seals that too, by
 * a passphrase (relight_seal_with_passphrase) or to hardware. What was opened stays until the program ends, and is wiped.
 */
static relight_bytes sealing_key;
static relight_buffer opened[64];
static size_t opened_len;
enum kind {
  IDENTITY_KEY = RELIGHT_KIND_IDENTITY_KEY,
  MEMBER_KEY = RELIGHT_KIND_MEMBER_KEY,
  BLINDER = RELIGHT_KIND_BLINDER,
  KEY_SHARE = RELIGHT_KIND_KEY_SHARE,
};
static const char *const file_of_kind[] = {
  [IDENTITY_KEY] = "identity.age",
  [MEMBER_KEY] = "member-key.age",
  [BLINDER] = "blinder.age",
  [KEY_SHARE] = "share.age",
};

/* A party makes its sealing key once, before anything else. */
static inline void make_sealing_key(const char *name) {
  relight_buffer key;
  OK(relight_sealing_key_generate(&key, &details)), save_file(name, &key);
}

static inline relight_bytes load_secret(const char *owner, int index, enum kind kind) {
  relight_bytes sealed = load(owner, index, file_of_kind[kind]);
  if (opened_len == sizeof opened / sizeof *opened) exit((fprintf(stderr, "too many secrets\n"), 1));
  relight_buffer *secret = &opened[opened_len++];
  OK(relight_unseal(kind, sealed, sealing_key, secret, &details));
  return BYTES(*secret);
}

static inline void save_secret(const char *owner, int index, enum kind kind, relight_buffer *secret) {
  relight_buffer recipient, sealed;
  OK(relight_sealing_key_recipient(sealing_key, &recipient, &details));
  OK(relight_seal(BYTES(*secret), &BYTES(recipient), 1, &sealed, &details));
  save(owner, index, file_of_kind[kind], &sealed);
  relight_buffer_free(&recipient), relight_buffer_free(secret);
}

static void wipe(void) {
  while (opened_len > 0) relight_buffer_free(&opened[--opened_len]);
  unload();
}

/* All parties keep their files in the folder that the example is called with, and the sealing key outside of it. */
static void enter(int argc, char **argv) {
  if (argc != 3) exit((fprintf(stderr, "usage: %s FOLDER KEYFILE\n", argv[0]), 2));
  if (relight_abi_version() != RELIGHT_ABI_VERSION) exit((fprintf(stderr, "another version of the library\n"), 2));
  atexit(wipe);
  sealing_key = load_file(argv[2]);
  if (chdir(argv[1]) != 0) exit((perror(argv[1]), 2));
}
#endif
