/*
 * Files of the example: nothing in here is about Relight. Many are secrets: nobody else reads what is saved, and what was
 * loaded is wiped.
 */
#ifndef FILES_H
#define FILES_H
#include <relight.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Whose file it is, of which party, and what is in it make its name. What is loaded stays until `unload`. */
static relight_bytes loaded[256];
static size_t loaded_len;

static FILE *file_of(const char *owner, int index, const char *what, const char *mode) {
  char name[64];
  snprintf(name, sizeof name, "%s-%d.%s", owner, index, what);
  FILE *file = fopen(name, mode);
  if (file == NULL || loaded_len == sizeof loaded / sizeof *loaded) exit((perror(name), 1));
  setvbuf(file, NULL, _IONBF, 0); /* leaves no copy behind */
  return file;
}

static relight_bytes load(const char *owner, int index, const char *what) {
  FILE *file = file_of(owner, index, what, "rb");
  fseek(file, 0, SEEK_END);
  size_t len = (size_t)ftell(file);
  uint8_t *data = malloc(len + 1);
  if (data == NULL) exit((perror(what), 1));
  rewind(file);
  if (fread(data, 1, len, file) != len) exit((perror(what), 1));
  fclose(file);
  return loaded[loaded_len++] = (relight_bytes){data, len};
}

static void save(const char *owner, int index, const char *what, relight_buffer *buffer) {
  FILE *file = file_of(owner, index, what, "wb");
  if (fchmod(fileno(file), S_IRUSR | S_IWUSR) != 0) exit((perror(what), 1));
  if (fwrite(buffer->data, 1, buffer->len, file) != buffer->len) exit((perror(what), 1));
  fclose(file);
  relight_buffer_free(buffer);
}

static void unload(void) {
  while (loaded_len > 0) {
    relight_bytes bytes = loaded[--loaded_len];
    explicit_bzero((uint8_t *)bytes.data, bytes.len);
    free((uint8_t *)bytes.data);
  }
}
#endif
