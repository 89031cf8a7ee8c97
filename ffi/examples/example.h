/* What the examples share: how they read texts and buffers, and look at every result. The files are in files.h. */
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

/* All parties keep their files in the folder that the example is called with. */
static void enter(int argc, char **argv) {
  if (argc != 2 || chdir(argv[1]) != 0) exit((fprintf(stderr, "usage: %s FOLDER\n", argv[0]), 2));
  if (relight_abi_version() != RELIGHT_ABI_VERSION) exit((fprintf(stderr, "another version of the library\n"), 2));
}
#endif
