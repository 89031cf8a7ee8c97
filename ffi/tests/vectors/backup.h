/* Operations: statements, backups, coverage, decryption shares. */
#ifndef BACKUP_H
#define BACKUP_H
#include "support.h"

/* Backups. */
static relight_result statement(const json *in, const json *out) {
  relight_statement *fields = new_statement();
  TRY(relight_statement_inspect(bytes(in, "statement"), fields, &details));
  same_digest(out, "digest", &fields->digest);
  return RELIGHT_RESULT_OK;
}

/* The share that an entry describes; some other share if the secret is none on the entry's curve. */
static relight_result share_of(const relight_statement *statement, size_t i, relight_bytes secret,
  relight_bytes *made) {
  const relight_entry *entry = &statement->entries[i];
  *made = share(statement->epoch, entry->curve, BYTES(&entry->public_key), BYTES(&entry->identifier),
    entry->threshold, secret);
  if (relight_key_share_inspect(*made, new_key_share(), NULL) == RELIGHT_RESULT_OK) return RELIGHT_RESULT_OK;
  return lone_share(statement->epoch, RELIGHT_CURVE_SECP256K1, secret, made);
}

static relight_result backup_create(const json *in, const json *out) {
  relight_buffer *backup = new_buffer();
  relight_statement *fields = new_statement();
  size_t len;
  const relight_bytes *secrets = byte_strings(in, "secrets", &len);
  relight_bytes *shares = keep(len * sizeof *shares);
  /* A statement of something else than a backup has no shares here, and is refused before they are looked at. */
  relight_result inspected = relight_statement_inspect(bytes(in, "statement"), fields, NULL);
  if (inspected != RELIGHT_RESULT_OK) len = 0;
  for (size_t i = 0; i < len; i++) TRY(share_of(fields, i, secrets[i], &shares[i]));
  TRY(play_back(in));
  TRY(relight_backup_create(bytes(in, "statement"), shares, len, backup, &details));
  same_bytes(out, "backup", BYTES(backup));
  return RELIGHT_RESULT_OK;
}

static relight_result backup_verify(const json *in, const json *out) {
  relight_backup **verified = new_backup();
  relight_buffer *claim = new_buffer();
  relight_statement *fields = new_statement();
  TRY(relight_backup_verify(bytes(in, "backup"), bytes(in, "expected"), verified, &details));
  TRY(relight_backup_claim(bytes(in, "backup"), claim, &details));
  TRY(relight_statement_inspect(BYTES(claim), fields, &details));
  same_digest(out, "digest", &fields->digest);
  return RELIGHT_RESULT_OK;
}

/* The unlock key comes from a recovery party of one, whose decryption share it is. */
static relight_result backup_open(const json *in, const json *out) {
  relight_backup **verified = new_backup();
  relight_unlock_keys **unlock_keys = new_unlock_keys();
  relight_list *shares = new_list();
  relight_statement *fields = new_statement();
  static const relight_holder ONE = {1, {NULL, 0}};
  relight_digest named = digest(in);
  TRY(relight_backup_verify(bytes(in, "backup"), bytes(in, "expected"), verified, &details));
  TRY(relight_statement_inspect(bytes(in, "expected"), fields, &details));
  relight_bytes recovery_key = BYTES(&fields->recovery_key);
  relight_bytes commitment = JOIN(big_endian(RELIGHT_CURVE_BLS12381_G1, 2), big_endian(48, 4), recovery_key);
  relight_bytes decryption_share = JOIN(big_endian(1, 1), big_endian(1, 2), bytes(in, "sigma"));
  relight_recovery_party party = {commitment, &ONE, 1};
  TRY(relight_decryption_shares_combine(&party, &named, &decryption_share, 1, unlock_keys, &details));
  TRY(relight_backup_open(*verified, *unlock_keys, bytes(in, "blinder"), shares, &details));
  same_list(out, "key_shares", shares);
  return RELIGHT_RESULT_OK;
}

#define STATUS(name) [RELIGHT_STATUS_##name] = #name
static const char *const STATUSES[] = {STATUS(MISSING), STATUS(CLAIMED), STATUS(BAD), STATUS(STALE), STATUS(COVERED),
  STATUS(SHARELESS), STATUS(UNREGISTERED)};

static void same_reason(const json *wanted, const relight_node_coverage *found) {
  relight_details reason = {.result = found->result, .number = found->number, .field = found->field};
  const json *detail = json_find(wanted, "detail");
  same(is_result(found->result, json_get(wanted, "error")), "error of a node");
  if (detail != NULL) same_details(found->result, detail, &reason);
}

static void same_node(const json *wanted, const relight_node_coverage *found) {
  same(is_named(STATUSES[found->status], json_get(wanted, "status")), "status of a node");
  const json *epoch = json_find(wanted, "epoch"), *backup = json_find(wanted, "backup");
  same(found->epoch == (epoch == NULL ? 0 : epoch->number), "epoch of a node");
  same(found->backup == (backup == NULL ? 0 : backup->number), "backup of a node");
  if (found->result != RELIGHT_RESULT_OK) same_reason(wanted, found);
  if (found->status == RELIGHT_STATUS_CLAIMED)
    same(is_named(FIELDS[found->field], json_get(wanted, "field")), "field of a node");
}

static void same_keys(const json *out, const relight_coverage *found) {
  const json *covered = json_get(out, "covered"), *key = covered->first, *answer = json_get(out, "survives")->first;
  size_t least = SIZE_MAX;
  same(json_len(covered) == found->keys_len, "number of keys");
  for (size_t i = 0; key != NULL && i < found->keys_len; i++, key = key->next) {
    const relight_key_coverage *one = &found->keys[i];
    same(key->number == one->covered && one->recoverable == (one->covered >= one->threshold), "key");
    if (one->survives < least) least = one->survives;
  }
  same(found->keys_len == 0 || found->survives == least, "least of what the keys survive");
  for (size_t lost = 0; answer != NULL; answer = answer->next, lost++)
    same(json_is(answer, "true") == (found->recoverable && lost <= found->survives), "survives");
}

static void same_shared(const json *wanted, const relight_coverage *found) {
  const json *group = wanted->first;
  same(json_len(wanted) == found->shared_blinders_len, "number of shared Blinders");
  for (size_t i = 0; group != NULL && i < found->shared_blinders_len; i++, group = group->next) {
    const relight_shared_blinder *one = &found->shared_blinders[i];
    const json *place = group->first;
    same(json_len(group) == one->nodes_len, "number of nodes that share a Blinder");
    for (size_t k = 0; place != NULL && k < one->nodes_len; k++, place = place->next)
      same(place->number == one->nodes[k], "nodes that share a Blinder");
  }
}

static void same_coverage(const json *out, const relight_coverage *found) {
  const json *nodes = json_get(out, "nodes"), *strays = json_get(out, "strays"), *zeros = json_get(out, "shareless");
  same(json_len(nodes) == found->nodes_len, "number of nodes");
  same(json_len(strays) == found->strays_len, "number of strays");
  same(json_len(zeros) == found->shareless_len, "number of shares that are zero");
  const json *item = nodes->first;
  for (size_t i = 0; item != NULL && i < found->nodes_len; i++, item = item->next) same_node(item, &found->nodes[i]);
  item = strays->first;
  for (size_t i = 0; item != NULL && i < found->strays_len; i++, item = item->next)
    same(number(item, "backup") == found->strays[i].backup &&
      is_result(found->strays[i].result, json_get(item, "error")), "stray");
  item = zeros->first;
  for (size_t i = 0; item != NULL && i < found->shareless_len; i++, item = item->next)
    same(item->first->number == found->shareless[i].node && item->first->next->number == found->shareless[i].key,
      "share that is zero");
  same_shared(json_get(out, "shared_blinders"), found);
  same_keys(out, found);
}

static const relight_former_epoch *former_epochs(const json *in, size_t *len) {
  const json *list = json_get(in, "former");
  *len = json_len(list);
  relight_former_epoch *items = keep(*len * sizeof *items), *at = items;
  for (const json *epoch = list->first; epoch != NULL; epoch = epoch->next, at++) {
    at->epoch = number(epoch, "epoch");
    at->keys = byte_strings(epoch, "keys", &at->keys_len);
  }
  return items;
}

static relight_result coverage(const json *in, const json *out) {
  relight_coverage *found = new_coverage();
  const json *list = json_get(in, "nodes");
  size_t nodes_len = json_len(list), backups_len;
  relight_node *nodes = keep(nodes_len * sizeof *nodes), *at = nodes;
  for (const json *node = list->first; node != NULL; node = node->next, at++) {
    *at = (relight_node){.name = bytes(node, "name"), .operator_identity = bytes(node, "operator")};
    at->registrations = byte_strings(node, "registrations", &at->registrations_len);
    at->shares = holdings(node, "shares", &at->shares_len);
  }
  const relight_bytes *backups = byte_strings(in, "backups", &backups_len);
  relight_network network = {.parameters = (uint8_t)number(in, "parameter_set"), .name = bytes(in, "name"),
    .epoch = number(in, "epoch"), .recovery_key = bytes(in, "recovery_key")};
  network.keys = byte_strings(in, "keys", &network.keys_len);
  network.former = former_epochs(in, &network.former_len);
  TRY(relight_coverage_audit(&network, nodes, nodes_len, backups, backups_len, NULL, NULL, found, &details));
  if (out != NULL) same_coverage(out, found);
  return RELIGHT_RESULT_OK;
}

/* Decryption. */
typedef relight_result party_function(const relight_recovery_party *party, const relight_digest *digest,
  const relight_bytes *shares, size_t len);

/* Calls a function with the recovery party and the decryption shares of the case. */
static relight_result with_party(party_function *function, const json *in, const relight_bytes *shares, size_t len) {
  relight_recovery_party party = {.commitment = bytes(in, "commitment")};
  party.members = holders(in, "members", &party.members_len);
  relight_digest statement = digest(in);
  return function(&party, &statement, shares, len);
}

static relight_result verify_shares(const relight_recovery_party *party, const relight_digest *statement,
  const relight_bytes *shares, size_t len) {
  return relight_decryption_shares_verify(party, statement, shares, len, &details);
}

static relight_result combine_shares(const relight_recovery_party *party, const relight_digest *statement,
  const relight_bytes *shares, size_t len) {
  return relight_decryption_shares_combine(party, statement, shares, len, new_unlock_keys(), &details);
}

static relight_result decryption_share(const json *in, const json *out) {
  relight_buffer *made = new_buffer();
  relight_bytes member_share;
  relight_digest statement = digest(in);
  uint16_t member = (uint16_t)number(in, "member");
  TRY(lone_share(0, RELIGHT_CURVE_BLS12381_G1, bytes(in, "secret"), &member_share));
  TRY(relight_decryption_share_new(member, member_share, &statement, made, &details));
  same_bytes(out, "share", BYTES(made));
  return RELIGHT_RESULT_OK;
}

static relight_result decryption_share_verify(const json *in, const json *out) {
  relight_bytes one = bytes(in, "share");
  TRY(with_party(verify_shares, in, &one, 1));
  same_number(out, "member", (uint64_t)one.data[1] << 8 | one.data[2]);
  return RELIGHT_RESULT_OK;
}

static relight_result decryption_batch(const json *in, const json *out) {
  size_t len;
  const relight_bytes *shares = byte_strings(in, "shares", &len);
  (void)out;
  return with_party(verify_shares, in, shares, len);
}

static relight_result combine(const json *in, const json *out) {
  size_t len;
  const relight_bytes *shares = byte_strings(in, "shares", &len);
  (void)out;
  return with_party(combine_shares, in, shares, len);
}
#endif
