/* What the examples leave on the disk: at_rest FOLDER KEYFILE opens every secret, and looks for it in all files. */
#define _GNU_SOURCE
#include "../examples/example.h"
#include <dirent.h>

static uint8_t scalars[64][32];
static size_t scalars_len;

/* What is secret of a secret object is its scalar, which is all of it but for key shares. */
static void expect(const char *owner, int index, enum kind kind) {
  relight_buffer scalar;
  relight_bytes secret = load_secret(owner, index, kind);
  if (kind != KEY_SHARE) {
    memcpy(scalars[scalars_len++], secret.data + 2, 32);
    return;
  }
  OK(relight_key_share_secret(secret, &scalar, &details));
  memcpy(scalars[scalars_len++], scalar.data, 32);
  relight_buffer_free(&scalar);
}

static void search(const char *name) {
  relight_bytes file = load_file(name);
  for (size_t i = 0; i < scalars_len; i++)
    if (memmem(file.data, file.len, scalars[i], 32) != NULL) exit((fprintf(stderr, "a secret lies in %s\n", name), 1));
}

static int search_all(void) {
  int files = 0;
  DIR *folder = opendir(".");
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
    if (entry->d_name[0] != '.') search(entry->d_name), files++;
  closedir(folder);
  return files;
}

int main(int argc, char **argv) {
  enter(argc, argv);
  for (int i = 1; i <= PARTIES; i++) {
    expect("member", i, IDENTITY_KEY), expect("member", i, MEMBER_KEY), expect("member", i, KEY_SHARE);
    expect("node", i, IDENTITY_KEY), expect("node", i, MEMBER_KEY), expect("node", i, KEY_SHARE);
    expect("operator", i, IDENTITY_KEY), expect("operator", i, BLINDER);
  }
  expect("fresh", 1, KEY_SHARE);
  printf("%d files, and none shows one of %zu secrets\n", search_all(), scalars_len);
  return 0;
}
