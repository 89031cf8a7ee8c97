/* Files of the example: nothing here is about Relight. Nobody else reads what is saved; what was loaded is wiped. */
#ifndef FILES_H
#define FILES_H
#include <relight.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What is loaded stays until `unload`. */
static relight_bytes loaded[256];
static size_t loaded_len;

static FILE *open_file(const char *name, const char *mode) {
  FILE *file = fopen(name, mode);
  if (file == NULL || loaded_len == sizeof loaded / sizeof *loaded) exit((perror(name), 1));
  setvbuf(file, NULL, _IONBF, 0); /* leaves no copy behind */
  return file;
}

static relight_bytes load_file(const char *name) {
  FILE *file = open_file(name, "rb");
  fseek(file, 0, SEEK_END);
  size_t len = (size_t)ftell(file);
  uint8_t *data = malloc(len + 1);
  if (data == NULL) exit((perror(name), 1));
  rewind(file);
  if (fread(data, 1, len, file) != len) exit((perror(name), 1));
  fclose(file);
  return loaded[loaded_len++] = (relight_bytes){data, len};
}

static void save_file(const char *name, relight_buffer *buffer) {
  FILE *file = open_file(name, "wb");
  if (fchmod(fileno(file), S_IRUSR | S_IWUSR) != 0) exit((perror(name), 1));
  if (fwrite(buffer->data, 1, buffer->len, file) != buffer->len) exit((perror(name), 1));
  fclose(file);
  relight_buffer_free(buffer);
}

/* Whose file it is, of which party, and what is in it make its name. */
static const char *name_of(const char *owner, int index, const char *what) {
  static char name[64];
  snprintf(name, sizeof name, "%s-%d.%s", owner, index, what);
  return name;
}

static relight_bytes load(const char *owner, int index, const char *what) {
  return load_file(name_of(owner, index, what));
}

static void save(const char *owner, int index, const char *what, relight_buffer *buffer) {
  save_file(name_of(owner, index, what), buffer);
}

static void unload(void) {
  while (loaded_len > 0) {
    relight_bytes bytes = loaded[--loaded_len];
    explicit_bzero((uint8_t *)bytes.data, bytes.len);
    free((uint8_t *)bytes.data);
  }
}
#endif
