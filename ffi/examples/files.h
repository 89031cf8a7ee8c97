/* Files of the example: nothing in here is about Relight. */
#ifndef FILES_H
#define FILES_H
#include <relight.h>
#include <stdio.h>
#include <stdlib.h>

/* Whose file it is, of which party, and what is in it make its name. What is loaded stays until `unload`. */
static void *loaded[256];
static size_t loaded_len;

static FILE *file_of(const char *owner, int index, const char *what, const char *mode) {
  char name[64];
  snprintf(name, sizeof name, "%s-%d.%s", owner, index, what);
  FILE *file = fopen(name, mode);
  if (file == NULL || loaded_len == sizeof loaded / sizeof *loaded) exit((perror(name), 1));
  return file;
}

static relight_bytes load(const char *owner, int index, const char *what) {
  FILE *file = file_of(owner, index, what, "rb");
  fseek(file, 0, SEEK_END);
  size_t len = (size_t)ftell(file);
  uint8_t *data = loaded[loaded_len++] = malloc(len + 1);
  rewind(file);
  if (fread(data, 1, len, file) != len) exit((perror(what), 1));
  fclose(file);
  return (relight_bytes){data, len};
}

static void save(const char *owner, int index, const char *what, relight_buffer *buffer) {
  FILE *file = file_of(owner, index, what, "wb");
  if (fwrite(buffer->data, 1, buffer->len, file) != buffer->len) exit((perror(what), 1));
  fclose(file);
  relight_buffer_free(buffer);
}

static void unload(void) {
  while (loaded_len > 0) free(loaded[--loaded_len]);
}
#endif
