/*
 * A party generates its key: the recovery party, and then the nodes of a network. All parties run the same
 * program; here one process plays them all, with files in one folder whose names say whose they are. A real party keeps
 * its secrets on its own machine, and sends the rest. Secrets are sealed to the key in KEYFILE, which is outside of the
 * folder, and is made if it is not there.
 *
 *     ./generate FOLDER KEYFILE
 */
#include "example.h"

/* A party makes its keys, and registers them. */
static void join(const char *group, uint16_t i) {
  relight_buffer buffer;
  relight_unsigned form;
  OK(relight_identity_generate(&buffer, &details)), save_secret(group, i, IDENTITY_KEY, &buffer);
  OK(relight_identity_public(load_secret(group, i, IDENTITY_KEY), &buffer, &details));
  save(group, i, "public", &buffer);
  OK(relight_member_key_generate(&buffer, &details)), save_secret(group, i, MEMBER_KEY, &buffer);
  relight_bytes identity = load(group, i, "public"), key = load_secret(group, i, MEMBER_KEY);
  OK(relight_member_register(TEXT(group), i, identity, key, &form, &details));
  OK(relight_sign(form.purpose, BYTES(form.body), identity, load_secret(group, i, IDENTITY_KEY), &buffer, &details));
  save(group, i, "registration", &buffer), relight_unsigned_free(&form);
}

/* Everyone verifies the registrations, and agrees on the plan with the nonce that one of them drew. */
static void agree(const char *group, uint16_t curve) {
  relight_buffer buffer;
  relight_member members[PARTIES];
  relight_dealer dealers[PARTIES];
  relight_recipient recipients[PARTIES];
  for (int i = 0; i < PARTIES; i++) {
    OK(relight_member_registration_verify(load(group, i + 1, "registration"), TEXT(group), &members[i], &details));
    relight_bytes identity = BYTES(members[i].identity);
    dealers[i] = (relight_dealer){members[i].index, identity, AT_INDEX};
    recipients[i] = (relight_recipient){members[i].index, identity, BYTES(members[i].member_key), AT_INDEX};
  }
  OK(relight_nonce_generate(&buffer, &details)), save(group, 0, "nonce", &buffer);
  relight_dealt_key key = {.curve = curve};
  relight_plan plan = {RELIGHT_PARAMETERS_FAST, TEXT(group), load(group, 0, "nonce"), EPOCH, 2,
    RELIGHT_ORIGIN_GENERATE, &key, 1, dealers, PARTIES, recipients, PARTIES};
  OK(relight_ceremony_new(&plan, &buffer, &details)), save(group, 0, "ceremony", &buffer);
  for (int i = 0; i < PARTIES; i++) relight_member_free(&members[i]);
}

/* Each deals to all, and takes the dealings of all: a bad one names its dealer. */
static relight_dealings *deal(const char *group) {
  relight_buffer buffer;
  relight_dealings *dealings;
  relight_bytes ceremony = load(group, 0, "ceremony");
  OK(relight_dealings_new(ceremony, &dealings, &details));
  for (uint16_t i = 1; i <= PARTIES; i++) {
    OK(relight_ceremony_deal(ceremony, i, load_secret(group, i, IDENTITY_KEY), NULL, 0, &buffer, &details));
    save(group, i, "dealing", &buffer);
    OK(relight_dealings_receive(dealings, load(group, i, "dealing"), &details));
  }
  return dealings;
}

/* Each confirms once what it holds: equal confirmations of more than two thirds close the ceremony. */
static void confirm(const char *group, const relight_dealings *dealings) {
  relight_buffer buffer;
  relight_unsigned form;
  relight_confirmations *confirmations;
  OK(relight_confirmations_new(load(group, 0, "ceremony"), &confirmations, &details));
  for (uint16_t i = 1; i <= PARTIES; i++) {
    OK(relight_dealings_confirm(dealings, i, load_secret(group, i, MEMBER_KEY), &form, &details));
    relight_bytes signer = load(group, i, "public"), identity = load_secret(group, i, IDENTITY_KEY);
    OK(relight_sign(form.purpose, BYTES(form.body), signer, identity, &buffer, &details));
    save(group, i, "confirmation", &buffer), relight_unsigned_free(&form);
    OK(relight_confirmations_receive(confirmations, load(group, i, "confirmation"), &details));
  }
  OK(relight_confirmations_certificate(confirmations, &buffer, &details)), save(group, 0, "certificate", &buffer);
  relight_confirmations_free(&confirmations);
}

/* Each has its share; all have the VSS commitment, and the certificate that vouches for it. */
static void finish(const char *group, const relight_dealings *dealings) {
  relight_closed *closed;
  OK(relight_dealings_close(dealings, load(group, 0, "certificate"), &closed, &details));
  for (uint16_t i = 1; i <= PARTIES; i++) {
    relight_outcome outcome;
    OK(relight_closed_finish(closed, i, load_secret(group, i, MEMBER_KEY), &outcome, &details));
    save_secret(group, i, KEY_SHARE, &outcome.shares.items[0]), save(group, 0, "commitment", &outcome.keys.items[0]);
    relight_outcome_free(&outcome);
  }
  relight_closed_free(&closed);
}

static void generate(const char *group, uint16_t curve) {
  for (uint16_t i = 1; i <= PARTIES; i++) join(group, i);
  agree(group, curve);
  relight_dealings *dealings = deal(group);
  confirm(group, dealings), finish(group, dealings);
  relight_dealings_free(&dealings);
  printf("%s: %d parties have their shares of a key, and the certificate\n", group, PARTIES);
}

int main(int argc, char **argv) {
  if (argc == 3 && access(argv[2], F_OK) != 0) make_sealing_key(argv[2]);
  enter(argc, argv);
  generate("member", RELIGHT_CURVE_BLS12381_G1);
  generate("node", RELIGHT_CURVE_SECP256K1);
  return 0;
}
