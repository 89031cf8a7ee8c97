/*
 * Between the test vectors and the library: inputs from JSON, outputs that are freed after the case, comparisons,
 * errors by the names of the specification.
 */
#ifndef VECTORS_H
#define VECTORS_H
#define RELIGHT_VECTORS
#include "json.h"
#include "keccak.h"
#include <relight.h>

#define BYTES(buffer) ((relight_bytes){(buffer)->data, (buffer)->len})

/* Of the last call. What failed first is what a case is judged by. */
static relight_details details;
#define TRY(call) \
  do { \
    relight_result result_of_call = (call); \
    if (result_of_call != RELIGHT_RESULT_OK) return result_of_call; \
  } while (0)

/* Inputs. Each is in a block of its own, so that a sanitizer sees reads beyond it. */
static relight_bytes unhex(const json *text) {
  uint8_t *data = keep(text->len / 2);
  unsigned byte;
  for (size_t i = 0; i < text->len / 2; i++) {
    if (sscanf(text->text + 2 * i, "%2x", &byte) != 1) die("not hexadecimal", text->text);
    data[i] = (uint8_t)byte;
  }
  return (relight_bytes){data, text->len / 2};
}

static relight_bytes bytes(const json *in, const char *field) { return unhex(json_get(in, field)); }
static uint64_t number(const json *in, const char *field) { return json_get(in, field)->number; }

static const relight_bytes *byte_strings(const json *in, const char *field, size_t *len) {
  const json *list = json_get(in, field);
  *len = json_len(list);
  relight_bytes *items = keep(*len * sizeof *items);
  size_t i = 0;
  for (const json *item = list->first; item != NULL; item = item->next) items[i++] = unhex(item);
  return items;
}

/* Pairs of a number and an identifier, or of an identifier and a share. */
#define PAIRS(name, type, first_of) \
  static const type *name(const json *in, const char *field, size_t *len) { \
    const json *list = json_get(in, field); \
    *len = json_len(list); \
    type *items = keep(*len * sizeof *items); \
    size_t i = 0; \
    for (const json *item = list->first; item != NULL; item = item->next) \
      items[i++] = (type){first_of(item->first), unhex(item->first->next)}; \
    return items; \
  }
#define NUMBER(item) (uint16_t)(item)->number
PAIRS(holders, relight_holder, NUMBER)
PAIRS(holdings, relight_holding, NUMBER)
PAIRS(shares, relight_share, unhex)

static relight_bytes join(const relight_bytes *parts, size_t len) {
  size_t size = 0;
  for (size_t i = 0; i < len; i++) size += parts[i].len;
  uint8_t *data = keep(size), *at = data;
  for (size_t i = 0; i < len; i++) {
    if (parts[i].len > 0) memcpy(at, parts[i].data, parts[i].len);
    at += parts[i].len;
  }
  return (relight_bytes){data, size};
}
#define JOIN(...) join((relight_bytes[]){__VA_ARGS__}, sizeof((relight_bytes[]){__VA_ARGS__}) / sizeof(relight_bytes))

/* An integer, as the encodings have it. */
static relight_bytes big_endian(uint64_t value, size_t len) {
  uint8_t *data = keep(len);
  for (size_t i = 0; i < len; i++) data[i] = (uint8_t)(value >> 8 * (len - 1 - i));
  return (relight_bytes){data, len};
}

/* A secret with its version, kind and checksum, of which the vectors may give the body alone. */
static relight_bytes secret_object(uint8_t kind, relight_bytes body) {
  static const uint8_t version[] = "relight-v1", label[] = "checksum";
  relight_bytes content = JOIN(big_endian(1, 1), big_endian(kind, 1), body);
  relight_bytes frame = JOIN(big_endian(10, 8), {version, 10}, big_endian(8, 8), {label, 8}, big_endian(content.len, 8),
    content);
  uint8_t *checksum = keep(8);
  shake256(frame.data, frame.len, checksum, 8);
  return JOIN(content, {checksum, 8});
}

static relight_bytes key(const json *in, const char *field, uint8_t kind) {
  return secret_object(kind, bytes(in, field));
}

/* Outputs, which `release` frees. */
static struct made {
  void (*free)(void *);
  void *out;
} made[256];
static size_t made_len;

static void *make(size_t size, void (*release)(void *)) {
  if (made_len == sizeof made / sizeof *made) die("too many outputs", "make");
  void *out = keep(size);
  made[made_len++] = (struct made){release, out};
  return out;
}

static void release(void) {
  while (made_len > 0) made_len--, made[made_len].free(made[made_len].out);
  relight_details_free(&details);
}

#define OUTPUT(name, type) \
  static void free_##name(void *out) { relight_##name##_free((type *)out); } \
  static type *new_##name(void) { return make(sizeof(type), free_##name); }
OUTPUT(buffer, relight_buffer)
OUTPUT(list, relight_list)
OUTPUT(unsigned, relight_unsigned)
OUTPUT(member, relight_member)
OUTPUT(blinder_registration, relight_blinder_registration)
OUTPUT(dealings_status, relight_dealings_status)
OUTPUT(confirmation, relight_confirmation)
OUTPUT(confirmations_status, relight_confirmations_status)
OUTPUT(certificate, relight_certificate)
OUTPUT(closed_status, relight_closed_status)
OUTPUT(statement, relight_statement)
OUTPUT(key_share, relight_key_share)
OUTPUT(vss_commitment, relight_vss_commitment)
OUTPUT(outcome, relight_outcome)
OUTPUT(roster, relight_roster)
OUTPUT(bundle, relight_bundle)
OUTPUT(bundle_claim, relight_bundle_claim)
OUTPUT(draft, relight_draft)
OUTPUT(request, relight_request)
OUTPUT(progress, relight_progress)
OUTPUT(coverage, relight_coverage)
OUTPUT(dealings, relight_dealings *)
OUTPUT(confirmations, relight_confirmations *)
OUTPUT(closed, relight_closed *)
OUTPUT(backup, relight_backup *)
OUTPUT(unlock_keys, relight_unlock_keys *)
OUTPUT(session, relight_session *)

/* Comparisons with the expected output, which a rejected case has none of. */
static size_t differences;

static void same(int equal, const char *what) {
  if (equal) return;
  printf("  another %s\n", what);
  differences++;
}

static int equal_bytes(relight_bytes found, relight_bytes wanted) {
  return found.len == wanted.len && (found.len == 0 || memcmp(found.data, wanted.data, found.len) == 0);
}

static void same_bytes(const json *out, const char *field, relight_bytes found) {
  if (out != NULL) same(equal_bytes(found, bytes(out, field)), field);
}

static void same_digest(const json *out, const char *field, const relight_digest *found) {
  same_bytes(out, field, (relight_bytes){found->bytes, sizeof found->bytes});
}

/* The only escape in the texts of the vectors is that of a newline. */
static void same_text(const json *out, const char *field, relight_bytes found) {
  if (out == NULL) return;
  const json *wanted = json_get(out, field);
  uint8_t *text = keep(wanted->len);
  size_t len = 0;
  for (size_t i = 0; i < wanted->len; i++, len++) {
    text[len] = (uint8_t)wanted->text[i];
    if (text[len] == '\\') i++, text[len] = '\n';
  }
  same(equal_bytes(found, (relight_bytes){text, len}), field);
}

static void same_number(const json *out, const char *field, uint64_t found) {
  if (out != NULL) same(found == number(out, field), field);
}

static void same_list(const json *out, const char *field, const relight_list *found) {
  if (out == NULL) return;
  size_t len;
  const relight_bytes *wanted = byte_strings(out, field, &len);
  same(len == found->len, field);
  for (size_t i = 0; i < len && i < found->len; i++) same(equal_bytes(BYTES(&found->items[i]), wanted[i]), field);
}

static void same_indices(const json *wanted, const char *what, const relight_indices *found) {
  const json *item = wanted->first;
  same(json_len(wanted) == found->len, what);
  for (size_t i = 0; item != NULL && i < found->len; i++, item = item->next) same(item->number == found->items[i], what);
}

/* Names. The specification writes them in another case than C: Mismatch is MISMATCH. */
static int is_named(const char *screaming, const json *wanted) {
  size_t at = 0;
  int upper = 1;
  for (; *screaming != 0; screaming++) {
    int underscore = *screaming == '_';
    char c = (char)(upper || underscore || *screaming < 'A' ? *screaming : *screaming + ('a' - 'A'));
    if (!underscore && (at == wanted->len || wanted->text[at++] != c)) return 0;
    upper = underscore;
  }
  return at == wanted->len;
}

static int is_result(relight_result result, const json *wanted) {
#define CODE(name, number) if (result == (number)) return is_named(#name, wanted);
#include "../codes.inc"
#undef CODE
  return 0;
}

#define NAME(kind, name) [RELIGHT_##kind##_##name] = #name
static const char *const FIELDS[] = {NAME(FIELD, NONE), NAME(FIELD, PARAMETER_SET), NAME(FIELD, NETWORK),
  NAME(FIELD, EPOCH), NAME(FIELD, NODE), NAME(FIELD, COMPARTMENTS), NAME(FIELD, LOCK), NAME(FIELD, RECOVERY_KEY),
  NAME(FIELD, BLINDER), NAME(FIELD, MEMBER_KEY), NAME(FIELD, ENTRY_COUNT), NAME(FIELD, CURVE),
  NAME(FIELD, PUBLIC_KEY), NAME(FIELD, IDENTIFIER), NAME(FIELD, THRESHOLD), NAME(FIELD, PUBLIC_SHARE),
  NAME(FIELD, OPERATOR), NAME(FIELD, INDEX), NAME(FIELD, IDENTITY), NAME(FIELD, PARTY)};
static const char *const FAULTS[] = {NAME(FAULT, NONE), NAME(FAULT, LENGTH), NAME(FAULT, ENCODING),
  NAME(FAULT, SIGNATURE), NAME(FAULT, EQUIVOCATION), NAME(FAULT, OTHER_KEY), NAME(FAULT, SCHNORR_PROOF),
  NAME(FAULT, ENCRYPTION), NAME(FAULT, EXPELLED)};
static const char *const REGISTRATION_FAULTS[] = {NAME(REGISTRATION_FAULT, NONE), NAME(REGISTRATION_FAULT, PARTY),
  NAME(REGISTRATION_FAULT, SIGNATURE), NAME(REGISTRATION_FAULT, SCHNORR_PROOF)};

static void same_identifiers(const json *wanted, const relight_details *found) {
  const json *item = wanted->kind == JSON_LIST ? wanted->first : wanted;
  same((wanted->kind == JSON_LIST ? json_len(wanted) : 1) == found->identifiers.len, "number of identifiers");
  for (size_t i = 0; item != NULL && i < found->identifiers.len; i++, item = item->next)
    same(equal_bytes(BYTES(&found->identifiers.items[i]), unhex(item)), "identifiers");
}

/* A text in the words of the vectors: Length(63), Signer(0x..). */
static void same_wallet(const json *wanted, const relight_details *found) {
  char text[64] = "Invalid";
  relight_buffer *address = new_buffer();
  unsigned number = (unsigned)found->number;
  if (relight_address_text(&found->address, address, NULL) != RELIGHT_RESULT_OK) die("no text", "address");
  if (found->wallet_fault == RELIGHT_WALLET_FAULT_LENGTH) snprintf(text, sizeof text, "Length(%u)", number);
  if (found->wallet_fault == RELIGHT_WALLET_FAULT_RECOVERY_ID) snprintf(text, sizeof text, "RecoveryId(%u)", number);
  if (found->wallet_fault == RELIGHT_WALLET_FAULT_SIGNER)
    snprintf(text, sizeof text, "Signer(%.*s)", (int)address->len, (const char *)address->data);
  same(json_is(wanted, text), "fault of a wallet");
}

static int is_pair(const json *wanted, uint64_t first, uint64_t second) {
  return json_len(wanted) == 2 && wanted->first->number == first && wanted->first->next->number == second;
}

/* What an error says beyond its name: field or fault, a place, members, identifiers, or the number. */
static void same_details(relight_result result, const json *wanted, const relight_details *found) {
  switch (result) {
    case RELIGHT_RESULT_MISMATCH: same(is_named(FIELDS[found->field], wanted), "field"); break;
    case RELIGHT_RESULT_BAD_DEALING: same(is_named(FAULTS[found->fault], wanted), "fault"); break;
    case RELIGHT_RESULT_WALLET_SIGNATURE: same_wallet(wanted, found); break;
    case RELIGHT_RESULT_INVALID_REGISTRATION:
      same(wanted->first->number == found->number, "member");
      same(is_named(REGISTRATION_FAULTS[found->registration_fault], wanted->first->next), "fault");
      break;
    case RELIGHT_RESULT_WRONG_KIND: same(is_pair(wanted, found->expected, found->found), "kinds"); break;
    case RELIGHT_RESULT_NOT_CLOSED: same(is_pair(wanted, found->found, found->expected), "counts"); break;
    case RELIGHT_RESULT_SECRET_MISMATCH:
    case RELIGHT_RESULT_DUPLICATE_ENTRY: same(is_pair(wanted, found->compartment, found->entry), "place"); break;
    case RELIGHT_RESULT_DUPLICATE_KEY:
    case RELIGHT_RESULT_BAD_DECRYPTION_SHARES: same_indices(wanted, "members", &found->parties); break;
    case RELIGHT_RESULT_ZERO_IDENTIFIER:
    case RELIGHT_RESULT_DUPLICATE_IDENTIFIER:
    case RELIGHT_RESULT_UNUSED_IDENTIFIER:
    case RELIGHT_RESULT_INCONSISTENT_SHARES: same_identifiers(wanted, found); break;
    default: same(wanted->kind == JSON_NUMBER && wanted->number == found->number, "number");
  }
}

/* What is drawn from here on is the randomness of the case. That all of it was drawn is seen after the case. */
static relight_result play_back(const json *in) {
  size_t len;
  const relight_bytes *draws = byte_strings(in, "randomness", &len);
  return relight_vectors_randomness(draws, len, &details);
}

static relight_digest digest_of(relight_bytes found) {
  relight_digest value;
  if (found.len != sizeof value.bytes) die("no digest", "digest");
  memcpy(value.bytes, found.data, found.len);
  return value;
}

static relight_digest digest(const json *in) { return digest_of(bytes(in, "digest")); }

/* What is to be signed, in the fields `body` and `wallet_text`, and the whole object, signed with a key. */
static relight_result same_signed(const json *out, const char *field, const relight_unsigned *form,
  relight_bytes identity) {
  relight_buffer *text = new_buffer(), *object = new_buffer();
  relight_bytes body = BYTES(&form->body);
  TRY(relight_wallet_text(form->purpose, body, text, &details));
  TRY(relight_sign(form->purpose, body, BYTES(&form->signer), identity, object, &details));
  same_bytes(out, "body", body);
  same_text(out, "wallet_text", BYTES(text));
  same_bytes(out, field, BYTES(object));
  return RELIGHT_RESULT_OK;
}

/* Shares. Vectors give secrets alone, where the interface takes key shares. */
static relight_bytes share(uint64_t epoch, uint16_t curve, relight_bytes root, relight_bytes identifier,
  uint16_t threshold, relight_bytes secret) {
  return secret_object(RELIGHT_KIND_KEY_SHARE, JOIN(big_endian(epoch, 8), big_endian(curve, 2), root,
    big_endian(identifier.len, 1), identifier, big_endian(threshold, 2), secret));
}

/* A share of a key with threshold 1, for functions that look at nothing but the secret. */
static relight_result lone_share(uint64_t epoch, uint16_t curve, relight_bytes secret, relight_bytes *made) {
  relight_buffer *root = new_buffer();
  TRY(relight_scalar_public(curve, secret, root, &details));
  *made = share(epoch, curve, BYTES(root), big_endian(1, 1), 1, secret);
  return RELIGHT_RESULT_OK;
}
#endif
