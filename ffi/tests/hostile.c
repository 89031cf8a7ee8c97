/*
 * Hostile callers: every function is called with valid inputs, and then with each input replaced by everything that a
 * careless or hostile caller could pass. A call must return, own nothing after a failure, and leave its output empty.
 * With the argument "threads" eight threads do that at once. With "quick" no output lies over an input and no input is
 * damaged: memcheck is slow.
 */
#include "rows.h"
#include "refused.h"
#include <pthread.h>

static void expect(const row *r, const arguments *a, relight_result expected, const char *what) {
  relight_result result = call(r, a);
  if (result == expected) return;
  fprintf(stderr, "%s, %s: %s\n", r->name, what, relight_strerror(result));
  abort();
}

/* Outputs that are bytes are never misaligned. */
static int is_bytes(const row *r) { return r->out_len == sizeof(uint8_t) || r->out_len == sizeof(relight_address); }

static void outputs(const row *r) {
  output out;
  expect(r, &r->valid, RELIGHT_RESULT_OK, "valid");
  REQUIRE(r->call(&r->valid, &out, NULL) == RELIGHT_RESULT_OK);
  r->release(&out);
  r->release(&out);
  if (r->out_len == 0) return;
  REQUIRE(r->call(&r->valid, NULL, NULL) == RELIGHT_RESULT_NULL_POINTER);
  if (!is_bytes(r)) REQUIRE(r->call(&r->valid, out.bytes + 1, NULL) == RELIGHT_RESULT_NULL_POINTER);
  REQUIRE(r->call(&r->valid, &out, (relight_details *)(out.bytes + 1)) == RELIGHT_RESULT_NULL_POINTER);
}

/* The output lies over an input. */
static void overlap(const row *r) {
  for (size_t k = 0; r->out_len > 0 && k < r->in_len; k++) {
    arguments a = r->valid;
    uint8_t *block = calloc(1, a.in[k].len + sizeof(output));
    memcpy(block, a.in[k].data, a.in[k].len);
    a.in[k].data = block;
    REQUIRE(r->call(&a, block, NULL) == RELIGHT_RESULT_OK);
    r->release(block);
    free(block);
  }
}

/* What is an encoding is refused when it is cut or goes on. */
static void damaged(const row *r, const arguments *a, int decoded, const char *what) {
  if (call(r, a) != RELIGHT_RESULT_OK || !decoded) return;
  fprintf(stderr, "%s, %s: success\n", r->name, what);
  abort();
}

/* What replaces an input: a part of it, more than it, other bytes. */
static void replace(const row *r, arguments *a, relight_bytes *in, int decoded, uint32_t *seed) {
  relight_bytes valid = *in;
  *in = (relight_bytes){NULL, 1};
  expect(r, a, RELIGHT_RESULT_NULL_POINTER, "NULL with a length");
  *in = (relight_bytes){valid.data, SIZE_MAX};
  expect(r, a, RELIGHT_RESULT_INVALID_LENGTH, "greatest length");
  *in = (relight_bytes){valid.data, (size_t)1 << 32};
  expect(r, a, RELIGHT_RESULT_INVALID_LENGTH, "length of 2^32");
  *in = (relight_bytes){NULL, 0};
  damaged(r, a, decoded, "empty");
  *in = (relight_bytes){valid.data, valid.len - 1};
  damaged(r, a, decoded, "cut");
  uint8_t *copy = malloc(valid.len + 1);
  memcpy(copy, valid.data, valid.len);
  copy[valid.len] = 0;
  *in = (relight_bytes){copy, valid.len + 1};
  damaged(r, a, decoded, "a byte too many");
  in->len = valid.len;
  copy[(*seed = *seed * 1664525 + 1013904223) % valid.len] ^= 0x55;
  call(r, a);
  for (size_t i = 0; i < valid.len; i++) copy[i] = (uint8_t)((*seed = *seed * 1664525 + 1013904223) >> 24);
  call(r, a);
  free(copy);
  *in = valid;
}

static void inputs(const row *r, uint32_t *seed) {
  arguments a = r->valid;
  for (size_t k = 0; k < r->in_len; k++) replace(r, &a, &a.in[k], r->decoded >> k & 1, seed);
  for (size_t k = 0; k < r->handles; k++) {
    a = r->valid;
    a.handle[k] = NULL;
    expect(r, &a, RELIGHT_RESULT_NULL_POINTER, "NULL for a handle or structure");
  }
}

static void lists(const row *r, uint32_t *seed) {
  arguments a = r->valid;
  if (a.list == NULL) return;
  a.list = NULL;
  expect(r, &a, RELIGHT_RESULT_NULL_POINTER, "NULL for a list");
  a.list = (const relight_bytes *)(const void *)(w.backup.data + ((uintptr_t)w.backup.data % 8 == 0 ? 1 : 0));
  expect(r, &a, RELIGHT_RESULT_NULL_POINTER, "misaligned list");
  a.list = r->valid.list, a.list_len = SIZE_MAX;
  expect(r, &a, RELIGHT_RESULT_INVALID_LENGTH, "endless list");
  a.list_len = 0;
  call(r, &a);
  relight_bytes both[] = {*r->valid.list, *r->valid.list};
  a.list = both, a.list_len = 2;
  call(r, &a);
  a.list_len = r->valid.list_len;
  replace(r, &a, both, 0, seed);
}

typedef char argument_name[96];

/* What a message says before what the result means: the argument that it is about. Tells whether the details say what of
 * an object is wrong. */
static bool name_of(const row *r, const arguments *a, void *out, argument_name name) {
  relight_details details;
  relight_result result = r->call(a, out, &details);
  const char *meaning = result == RELIGHT_RESULT_OK ? NULL : strstr(details.message, relight_strerror(result));
  size_t len = meaning == NULL ? 0 : (size_t)(meaning - details.message);
  REQUIRE(len < sizeof(argument_name));
  memcpy(name, details.message, len);
  name[len] = 0;
  bool said = details.field != RELIGHT_FIELD_NONE || details.wallet_fault != RELIGHT_WALLET_FAULT_NONE ||
    details.registration_fault != RELIGHT_REGISTRATION_FAULT_NONE;
  relight_details_free(&details);
  return said;
}

static void misnamed(const row *r, const char *name) {
  fprintf(stderr, "%s: a message about an argument begins with \"%s\"\n", r->name, name);
  abort();
}

/* An argument has a name, and no other has the same. */
static void is_name(const row *r, argument_name *names, size_t place) {
  size_t len = strlen(names[place]);
  if (len <= 2 || strcmp(names[place] + len - 2, ": ") != 0) misnamed(r, names[place]);
  for (size_t i = 0; i < place; i++)
    if (strcmp(names[place], names[i]) == 0) misnamed(r, names[i]);
}

/* An input that is NULL, and one that is too short. */
static void names_input(const row *r, size_t k, argument_name *names, size_t place) {
  arguments a = r->valid;
  output out;
  argument_name name;
  a.in[k] = (relight_bytes){NULL, 1};
  name_of(r, &a, &out, names[place]);
  is_name(r, names, place);
  for (size_t len = 0; r->decoded >> k & 1 && len < r->valid.in[k].len; len += r->valid.in[k].len - 1) {
    a.in[k] = (relight_bytes){r->valid.in[k].data, len};
    bool said = name_of(r, &a, &out, name);
    if (!said && strncmp(name, names[place], strlen(names[place])) != 0) misnamed(r, name);
  }
}

/* Every argument that is missing, or too short, is named. */
static void names_arguments(const row *r) {
  argument_name names[INPUTS + HANDLES + 2];
  size_t named = 0;
  output out;
  for (size_t k = 0; k < r->in_len; k++) names_input(r, k, names, named++);
  for (size_t k = 0; k < r->handles + (r->valid.list != NULL); k++) {
    arguments a = r->valid;
    if (k < r->handles)
      a.handle[k] = NULL;
    else
      a.list = NULL;
    name_of(r, &a, &out, names[named]);
    is_name(r, names, named++);
  }
  if (r->out_len == 0) return;
  name_of(r, &r->valid, NULL, names[named]);
  REQUIRE(strcmp(names[named], "output: ") == 0);
}

static void releases(void) {
  for (size_t i = 0; i < sizeof RELEASES / sizeof *RELEASES; i++) {
    output out;
    memset(&out, 0, sizeof out);
    RELEASES[i](NULL);
    RELEASES[i](&out);
    RELEASES[i](&out);
  }
}

CALL(session_attest, a->handle[0], IN(0))

/* An attestation makes another request, so that the session of the other rows must not see it: once, and before any
 * answer. */
static void attestations(void) {
  relight_session *session;
  OK(relight_session_decode(NAME, BYTES(w.state), &session, NULL));
  REQUIRE(relight_session_attest(session, NAME, NULL) == RELIGHT_RESULT_WRONG_REQUEST);
  relight_session_free(&session);
  OK(relight_session_decode(NAME, BYTES(w.asking), &session, NULL));
  row r = PLAIN(session_attest, 0, 1, 0, 1, {NAME}, .handle = {session});
  uint32_t seed = 1;
  outputs(&r);
  inputs(&r, &seed);
  REQUIRE(relight_session_attest(session, BYTES(w.draft), NULL) == RELIGHT_RESULT_WRONG_REQUEST);
  relight_session_free(&session);
  relight_session_free(&session);
  REQUIRE(relight_session_attest(session, NAME, NULL) == RELIGHT_RESULT_NULL_POINTER);
}

static int quick;

static void *attack(void *argument) {
  uint32_t seed = *(uint32_t *)argument;
  releases();
  attestations();
  numbers();
  times();
  signers();
  seconds();
  identifiers();
  elsewhere();
  origins();
  nodes();
  watches();
  names();
  sealed();
  size_t start = seed;
  for (size_t i = 0; i < rows_len; i++) {
    const row *r = &rows[(i + start) % rows_len];
    outputs(r);
    names_arguments(r);
    if (!quick) overlap(r), inputs(r, &seed);
    lists(r, &seed);
  }
  return NULL;
}

#define CODE(name, number) _Static_assert(RELIGHT_RESULT_##name == (number), #name);
#include "codes.inc"

int main(int argc, char **argv) {
  quick = argc > 1 && strcmp(argv[1], "quick") == 0;
  pthread_t threads[8];
  uint32_t seeds[8];
  REQUIRE(relight_abi_version() == RELIGHT_ABI_VERSION && strlen(relight_version()) > 0);
  for (uint8_t other = RELIGHT_PARAMETERS_COMPACT; argc == 1 && other <= RELIGHT_PARAMETERS_BULK; other++)
    world_make(other), world_free();
  world_make(RELIGHT_PARAMETERS_FAST);
  if (argc == 1) passphrases();
  add_rows();
  size_t count = argc > 1 && !quick ? 8 : 1;
  for (size_t i = 0; i < count; i++) {
    seeds[i] = (uint32_t)(i * 7 + 1);
    REQUIRE(pthread_create(&threads[i], NULL, attack, &seeds[i]) == 0);
  }
  for (size_t i = 0; i < count; i++) REQUIRE(pthread_join(threads[i], NULL) == 0);
  world_free();
  return 0;
}
