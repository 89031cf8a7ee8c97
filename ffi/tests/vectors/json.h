/*
 * As much JSON as the test vectors need: no fractions, and escapes stay as they are. What is read is in memory that
 * `keep` gives, until `forget`.
 */
#ifndef JSON_H
#define JSON_H
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum json_kind { JSON_OBJECT, JSON_LIST, JSON_TEXT, JSON_NUMBER, JSON_WORD } json_kind;

/* An object or a list has its items behind `first`. Words are true, false and null. */
typedef struct json {
  json_kind kind;
  const char *key;
  const char *text;
  size_t len;
  uint64_t number;
  struct json *first, *next;
} json;

static void die(const char *what, const char *where) {
  fprintf(stderr, "%s: %.60s\n", what, where);
  exit(1);
}

static struct kept {
  struct kept *next;
  max_align_t bytes[];
} *kept;

static void *keep(size_t size) {
  struct kept *block = calloc(1, sizeof *block + size);
  if (block == NULL) die("memory", "none left");
  block->next = kept;
  kept = block;
  return block->bytes;
}

/* Everything that was kept after `until` was the last. */
static void forget(const struct kept *until) {
  while (kept != until) {
    struct kept *next = kept->next;
    free(kept);
    kept = next;
  }
}

static const char *skip_space(const char *at) { return at + strspn(at, " \n\r\t"); }

static const char *expect_char(const char *at, char wanted) {
  at = skip_space(at);
  if (*at != wanted) die("unexpected", at);
  return at + 1;
}

static const char *read_text(const char *at, const char **text, size_t *len) {
  const char *begin = expect_char(at, '"'), *end = begin;
  while (*end != '"' && *end != 0) end += *end == '\\' && end[1] != 0 ? 2 : 1;
  if (*end == 0) die("a text without end", begin);
  char *copy = keep((size_t)(end - begin) + 1);
  *len = (size_t)(end - begin);
  *text = memcpy(copy, begin, *len);
  return end + 1;
}

static const char *read_value(const char *at, json *value);

static const char *read_items(const char *at, json *value, char close) {
  json **last = &value->first;
  size_t key_len;
  if (*(at = skip_space(at + 1)) == close) return at + 1;
  for (;;) {
    json *item = *last = keep(sizeof *item);
    if (close == '}') at = expect_char(read_text(at, &item->key, &key_len), ':');
    at = skip_space(read_value(at, item));
    last = &item->next;
    if (*at == close) return at + 1;
    at = expect_char(at, ',');
  }
}

static const char *read_integer(const char *at, json *value) {
  char *end;
  value->kind = JSON_NUMBER;
  value->number = strtoull(at, &end, 10);
  if (end == at) die("unexpected", at);
  return end;
}

static const char *read_word(const char *at, json *value) {
  value->kind = JSON_WORD;
  value->text = at;
  value->len = strspn(at, "abcdefghijklmnopqrstuvwxyz");
  return at + value->len;
}

static const char *read_value(const char *at, json *value) {
  at = skip_space(at);
  value->kind = *at == '{' ? JSON_OBJECT : *at == '[' ? JSON_LIST : JSON_TEXT;
  if (*at == '{') return read_items(at, value, '}');
  if (*at == '[') return read_items(at, value, ']');
  if (*at == '"') return read_text(at, &value->text, &value->len);
  return *at >= 'a' && *at <= 'z' ? read_word(at, value) : read_integer(at, value);
}

static const json *json_read_file(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) die("cannot be read", path);
  size_t len = (size_t)ftell(file);
  char *text = keep(len + 1);
  rewind(file);
  if (fread(text, 1, len, file) != len) die("cannot be read", path);
  fclose(file);
  json *value = keep(sizeof *value);
  if (*skip_space(read_value(text, value)) != 0) die("more than one value", path);
  return value;
}

/* NULL if there is none. */
static const json *json_find(const json *object, const char *key) {
  const json *item = object->first;
  while (item != NULL && strcmp(item->key, key) != 0) item = item->next;
  return item;
}

static const json *json_get(const json *object, const char *key) {
  const json *item = json_find(object, key);
  if (item == NULL) die("no field", key);
  return item;
}

static size_t json_len(const json *list) {
  size_t len = 0;
  for (const json *item = list->first; item != NULL; item = item->next) len++;
  return len;
}

static int json_is(const json *value, const char *text) {
  return value->len == strlen(text) && memcmp(value->text, text, value->len) == 0;
}
#endif
