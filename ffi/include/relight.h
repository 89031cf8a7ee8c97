/*
 * Relight: publicly verifiable backups of threshold key shares, and the recovery that opens them.
 *
 * Conventions
 *
 * Results. Functions that can fail return a relight_result, an int32_t: RELIGHT_RESULT_OK is 0. Numbers keep their
 * meaning for good and are never reused; callers must expect numbers they do not know. relight_strerror has a text
 * for each. The last argument, details, may be NULL; otherwise it receives what the number leaves out: which argument,
 * which member, which entry, which identifier, and a message that says all of it. Free it with relight_details_free.
 * Inputs that contain others are named with them: "nodes[1]: registrations[0]: the bytes end before the object does".
 *
 * Failures that every function may have, and that are not listed with it: RELIGHT_RESULT_NULL_POINTER,
 * RELIGHT_RESULT_INVALID_LENGTH for inputs of 2^32 elements and more, RELIGHT_RESULT_PANICKED, and, where something
 * random is made, RELIGHT_RESULT_RANDOMNESS_FAILED. "Does not decode" stands for RELIGHT_RESULT_TRUNCATED,
 * RELIGHT_RESULT_TRAILING_BYTES, RELIGHT_RESULT_UNSUPPORTED_VERSION, and the results that say that a field is out of
 * range; for secrets also for RELIGHT_RESULT_UNKNOWN_KIND, RELIGHT_RESULT_WRONG_KIND and RELIGHT_RESULT_BAD_CHECKSUM.
 *
 * Inputs. Objects are passed in the encoding of the specification, as a pointer and a length. {NULL, 0} is empty; NULL
 * with a length is refused. Inputs are read during the call only, and the caller owns them. Inputs may overlap.
 *
 * Parties and shares. The index of a party is its number from 1, for blame, order and transport. Where a share lies is
 * a share identifier: an integer from 1 to 2^512 - 1, as its 1 to 64 big-endian bytes without leading zeros. Where an
 * index stands beside an identifier, an empty one equals the index. relight_identifier_of_number and
 * relight_identifier_of_integer make identifiers; one below 256 is a single byte.
 *
 * Outputs. Each function has one output, a pointer that must not be NULL; messages call it "output". It is overwritten
 * without being read: with the result, or with an empty value after a failure. Free what it held before. Memory in
 * outputs was allocated by the library and belongs to the caller, until the function that frees it, which wipes it and
 * makes it empty: freeing twice is harmless. Never use free(3) on it. An output may overlap an input.
 *
 * Handles. Most objects cross as bytes. Some do not, because work was done that must not be done again:
 * relight_backup (verified) and relight_unlock_keys (checked) never change; relight_dealings, relight_confirmations,
 * relight_closed and relight_session are in progress. A handle in progress that a call panicked with fails with
 * RELIGHT_RESULT_HANDLE_POISONED from then on.
 *
 * Signatures. What a party signs is made without its signature, as a relight_unsigned: registrations, confirmations,
 * responses, and the dealings of wallets. relight_sign signs it with an identity key. An identity may also live in a
 * wallet: relight_introduce finds its public key, relight_wallet_text has what the wallet signs as a personal message,
 * relight_complete_signature takes what it returns.
 *
 * A ceremony, from its plan to the shares: relight_ceremony_new; relight_ceremony_deal, by every dealer;
 * relight_dealings_new and _receive, by every recipient; relight_dealings_confirm once, and relight_sign;
 * relight_confirmations_new, _receive and _certificate; relight_dealings_close; relight_closed_inspect and _receive for
 * what other parties have; relight_closed_finish. The certificate is kept with the keys: relight_certificate_vouch_for.
 *
 * A recovery: relight_session_new; relight_session_draft, to the offline machines with the Blinders, which show it
 * (relight_draft_text) and authorise it (relight_authorise); relight_session_authorise; relight_session_request, to the
 * members, who look at it (relight_review) and answer (relight_respond, relight_sign); relight_session_receive;
 * relight_session_unlock_keys; relight_backup_open.
 *
 * Files. relight_seal and relight_seal_with_passphrase make an age file of a secret, as the program `relight` keeps its
 * secrets, and relight_unseal opens either's. All that is public of a network is a bundle: people compare its digest or
 * its short code once (relight_bundle_inspect), and from then on relight_bundle_verify checks all of it.
 *
 * Threads. There is no global state. Every function may be called from any thread at any time; threads may share
 * handles, except that a handle is freed when no other thread uses it. An audit works in threads of its own, which end
 * with it; what it calls of the caller, it calls in the caller's thread.
 *
 * Secrets. Encoded secrets say what they are and have a checksum, so that a swapped or damaged file is refused:
 * relight_secret_kind. Secrets of the library are wiped when freed. Wipe your own copies.
 *
 * Names. relight_field_name and the other functions whose names end so have the words for a number of this header.
 *
 * Randomness is the operating system's. No panic crosses the interface.
 */


#ifndef RELIGHT_H
#define RELIGHT_H

/* Generated by cbindgen from ffi/src: change it there. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Compilers warn where a result is not looked at. */
#if defined(__GNUC__)
#define RELIGHT_MUST_USE __attribute__((warn_unused_result))
#elif defined(_MSC_VER)
#define RELIGHT_MUST_USE _Check_return_
#else
#define RELIGHT_MUST_USE
#endif

/**
 * Curve: secp256k1, with 32-byte scalars and 33-byte points.
 */
#define RELIGHT_CURVE_SECP256K1 1

/**
 * Curve: BLS12-381 G1, with 32-byte scalars and 48-byte points.
 */
#define RELIGHT_CURVE_BLS12381_G1 2

/**
 * Curve: P-256, with 32-byte scalars and 33-byte points.
 */
#define RELIGHT_CURVE_P256 3

/**
 * Curve: P-384, with 48-byte scalars and 49-byte points.
 */
#define RELIGHT_CURVE_P384 4

/**
 * Curve: Ed25519, with 32-byte scalars and 32-byte points.
 */
#define RELIGHT_CURVE_ED25519 5

/**
 * Curve: Ristretto255, with 32-byte scalars and 32-byte points.
 */
#define RELIGHT_CURVE_RISTRETTO255 6

/**
 * Curve: Ed448, with 57-byte scalars and 57-byte points.
 */
#define RELIGHT_CURVE_ED448 7

/**
 * Curve: JubJub, with 32-byte scalars and 32-byte points.
 */
#define RELIGHT_CURVE_JUBJUB 8

/**
 * Curve: JubJub with the generator of Sapling spend authorisation, with 32-byte scalars and 32-byte points.
 */
#define RELIGHT_CURVE_JUBJUB_SPEND_AUTH 9

/**
 * Curve: BLS12-381 G2, with 32-byte scalars and 96-byte points.
 */
#define RELIGHT_CURVE_BLS12381_G2 10

/**
 * Curve: Pallas with the generator (-1, 2), with 32-byte scalars and 32-byte points.
 */
#define RELIGHT_CURVE_PALLAS 11

/**
 * Curve: Pallas with the generator of Orchard spend authorisation, with 32-byte scalars and 32-byte points.
 */
#define RELIGHT_CURVE_PALLAS_SPEND_AUTH 12

/**
 * Origin of the keys of a ceremony: a new key.
 */
#define RELIGHT_ORIGIN_GENERATE 0

/**
 * Origin of the keys of a ceremony: an old key, or another value of its polynomial, shared anew.
 */
#define RELIGHT_ORIGIN_RESHARE 1

/**
 * Origin of the keys of a ceremony: an old key that one recipient receives *whole*.
 */
#define RELIGHT_ORIGIN_HAND_OVER 2

/**
 * The most bytes that a share identifier has.
 */
#define RELIGHT_IDENTIFIER_MAX 64

/**
 * Kind of a secret: an identity.
 */
#define RELIGHT_KIND_IDENTITY_KEY 1

/**
 * Kind of a secret: a member key.
 */
#define RELIGHT_KIND_MEMBER_KEY 2

/**
 * Kind of a secret: a Blinder.
 */
#define RELIGHT_KIND_BLINDER 3

/**
 * Kind of a secret: a key share.
 */
#define RELIGHT_KIND_KEY_SHARE 4

/**
 * Kind of a secret: the state of a session.
 */
#define RELIGHT_KIND_SESSION 5

/**
 * Kind of a secret: a sealing key, which is none of the protocol. Of `relight_unseal` alone.
 */
#define RELIGHT_KIND_SEALING_KEY 255

/**
 * Purpose of a signature: the introduction of an identity that lives in a wallet.
 */
#define RELIGHT_PURPOSE_IDENTITY 1

/**
 * Purpose of a signature: a dealing.
 */
#define RELIGHT_PURPOSE_DEALING 2

/**
 * Purpose of a signature: a confirmation.
 */
#define RELIGHT_PURPOSE_CONFIRMATION 3

/**
 * Purpose of a signature: the registration of a Blinder, by its operator.
 */
#define RELIGHT_PURPOSE_BLINDER_REGISTRATION 4

/**
 * Purpose of a signature: the registration of a member.
 */
#define RELIGHT_PURPOSE_MEMBER_REGISTRATION 5

/**
 * Purpose of a signature: a response.
 */
#define RELIGHT_PURPOSE_RESPONSE 6

/**
 * Parameter set: fastest to make and to check.
 */
#define RELIGHT_PARAMETERS_FAST 1

/**
 * Parameter set: the smallest for a backup of one or two keys.
 */
#define RELIGHT_PARAMETERS_COMPACT 2

/**
 * Parameter set: the smallest where nothing can be packed, as in a dealing of one key to many recipients.
 */
#define RELIGHT_PARAMETERS_BROADCAST 3

/**
 * Parameter set: the smallest for a backup of three or more keys on one curve, in twice the time of the fastest.
 */
#define RELIGHT_PARAMETERS_PACKED 4

/**
 * Parameter set: the fastest to check for many keys at once, as in a dealing of many keys to many recipients.
 */
#define RELIGHT_PARAMETERS_BULK 5

/**
 * The version of the binary interface that this header describes.
 */
#define RELIGHT_ABI_VERSION 1

/**
 * The major version of the library.
 */
#define RELIGHT_VERSION_MAJOR 0

/**
 * The minor version of the library.
 */
#define RELIGHT_VERSION_MINOR 1

/**
 * The patch version of the library.
 */
#define RELIGHT_VERSION_PATCH 0

/**
 * The result of a function. Zero is success; numbers keep their meaning for good and are never reused.
 */
enum relight_result
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * Success.
   */
  RELIGHT_RESULT_OK = 0,
  /**
   * A pointer that must not be NULL is, or it is misaligned.
   */
  RELIGHT_RESULT_NULL_POINTER = 1,
  /**
   * The library panicked, which is a bug. Nothing was returned.
   */
  RELIGHT_RESULT_PANICKED = 2,
  /**
   * The operating system has no randomness.
   */
  RELIGHT_RESULT_RANDOMNESS_FAILED = 3,
  /**
   * The handle was used by a call that panicked. Free it, and make it anew from what you stored.
   */
  RELIGHT_RESULT_HANDLE_POISONED = 4,
  /**
   * This version of the interface has no number for the error.
   */
  RELIGHT_RESULT_UNKNOWN = 5,
  /**
   * The caller's watch stopped the call.
   */
  RELIGHT_RESULT_CANCELLED = 6,
  /**
   * The bytes are no sealed secret, or a damaged one.
   */
  RELIGHT_RESULT_NOT_SEALED = 7,
  /**
   * The passphrase or the key is not the one that the secret is sealed to.
   */
  RELIGHT_RESULT_WRONG_SEALING_KEY = 8,
  /**
   * The text is no sealing key, no recipient or no passphrase.
   */
  RELIGHT_RESULT_INVALID_SEALING_KEY = 9,
  /**
   * The bytes end before the object does.
   */
  RELIGHT_RESULT_TRUNCATED = 10,
  /**
   * Bytes follow the end of the object.
   */
  RELIGHT_RESULT_TRAILING_BYTES = 11,
  /**
   * A length or a count is outside its range.
   */
  RELIGHT_RESULT_INVALID_LENGTH = 12,
  /**
   * The version of the format is not supported. Details: number.
   */
  RELIGHT_RESULT_UNSUPPORTED_VERSION = 13,
  /**
   * The parameter set is unknown, or not enabled. Details: number.
   */
  RELIGHT_RESULT_UNKNOWN_PARAMETER_SET = 14,
  /**
   * The curve is unknown, or not enabled. Details: number.
   */
  RELIGHT_RESULT_UNKNOWN_CURVE = 15,
  /**
   * The type of a lock is unknown. Details: number.
   */
  RELIGHT_RESULT_UNKNOWN_LOCK = 16,
  /**
   * The origin of the keys of a ceremony is unknown. Details: number.
   */
  RELIGHT_RESULT_UNKNOWN_ORIGIN = 17,
  /**
   * The signature scheme is unknown. Details: number.
   */
  RELIGHT_RESULT_UNKNOWN_SCHEME = 18,
  /**
   * The kind of a secret, of evidence or of what is signed is unknown. Details: number.
   */
  RELIGHT_RESULT_UNKNOWN_KIND = 19,
  /**
   * A scalar is not canonical, or is zero.
   */
  RELIGHT_RESULT_INVALID_SCALAR = 20,
  /**
   * A point is not canonical, not in the prime-order group, or the identity.
   */
  RELIGHT_RESULT_INVALID_POINT = 21,
  /**
   * A value belongs to another curve. Details: expected and found, both curves.
   */
  RELIGHT_RESULT_WRONG_CURVE = 22,
  /**
   * The secret is of another kind. Details: expected and found, both `RELIGHT_KIND_` numbers.
   */
  RELIGHT_RESULT_WRONG_KIND = 23,
  /**
   * The checksum does not fit, as the secret was damaged or mistyped.
   */
  RELIGHT_RESULT_BAD_CHECKSUM = 24,
  /**
   * A lock of another type is needed. Details: number, the type.
   */
  RELIGHT_RESULT_WRONG_LOCK = 25,
  /**
   * A share identifier is empty, has more than 64 bytes, or begins with a zero byte.
   */
  RELIGHT_RESULT_INVALID_IDENTIFIER = 30,
  /**
   * A threshold is out of range. Details: number.
   */
  RELIGHT_RESULT_INVALID_THRESHOLD = 31,
  /**
   * Two share identifiers are equal modulo the order of their curve. Details: identifiers, the second one.
   */
  RELIGHT_RESULT_DUPLICATE_IDENTIFIER = 32,
  /**
   * A compartment has a share twice, or a ceremony an old key. Details: compartment and entry.
   */
  RELIGHT_RESULT_DUPLICATE_ENTRY = 33,
  /**
   * A share identifier is zero modulo the order of its curve. Details: identifiers, that one.
   */
  RELIGHT_RESULT_ZERO_IDENTIFIER = 34,
  /**
   * The index of a party, or the number of a key, is out of range or out of order. Details: number.
   */
  RELIGHT_RESULT_INVALID_INDEX = 35,
  /**
   * A party appears twice, or its name or place does. Details: number, the second one's index.
   */
  RELIGHT_RESULT_DUPLICATE_INDEX = 36,
  /**
   * The recovery key or the Blinder is among what it is to recover, or they are equal.
   */
  RELIGHT_RESULT_CIRCULAR_STATEMENT = 37,
  /**
   * Two parties have one identity or one member key. That does not say which of them is to blame. Details: parties, the two.
   */
  RELIGHT_RESULT_DUPLICATE_KEY = 38,
  /**
   * The object is about something else than expected. Details: field, and entry if the field is one of an entry.
   */
  RELIGHT_RESULT_MISMATCH = 40,
  /**
   * A secret does not belong to its public share. Details: compartment and entry.
   */
  RELIGHT_RESULT_SECRET_MISMATCH = 41,
  /**
   * The proof of encryption does not verify.
   */
  RELIGHT_RESULT_PROOF_REJECTED = 42,
  /**
   * Nothing opens with this key.
   */
  RELIGHT_RESULT_NOT_OPENABLE = 43,
  /**
   * The share belongs to another sharing of its key, from before or after a refresh. Details: number, the key, from zero.
   */
  RELIGHT_RESULT_OTHER_SHARING = 44,
  /**
   * Too few shares. Details: found and expected, both numbers of shares.
   */
  RELIGHT_RESULT_NOT_ENOUGH_SHARES = 50,
  /**
   * The member does not belong to the recovery party. Details: number.
   */
  RELIGHT_RESULT_UNKNOWN_MEMBER = 51,
  /**
   * Decryption shares are wrong. Details: parties, the members at fault.
   */
  RELIGHT_RESULT_BAD_DECRYPTION_SHARES = 52,
  /**
   * The unlock key belongs to another statement.
   */
  RELIGHT_RESULT_WRONG_UNLOCK_KEY = 53,
  /**
   * The Blinder is not the one the backup was made for.
   */
  RELIGHT_RESULT_WRONG_BLINDER = 54,
  /**
   * The member key is not the one the dealing was made for.
   */
  RELIGHT_RESULT_WRONG_MEMBER_KEY = 55,
  /**
   * Public shares do not fit the others. Details: identifiers, those that do not fit the others.
   */
  RELIGHT_RESULT_INCONSISTENT_SHARES = 56,
  /**
   * The shares combine to another key than theirs.
   */
  RELIGHT_RESULT_COMBINED_KEY_MISMATCH = 57,
  /**
   * The share of a party is zero, so that it has none. Details: number, the party.
   */
  RELIGHT_RESULT_SHARELESS = 58,
  /**
   * No member's share lies there. Details: identifiers, that one.
   */
  RELIGHT_RESULT_UNUSED_IDENTIFIER = 59,
  /**
   * A Schnorr proof does not verify.
   */
  RELIGHT_RESULT_BAD_SCHNORR_PROOF = 60,
  /**
   * A signature does not verify.
   */
  RELIGHT_RESULT_BAD_SIGNATURE = 61,
  /**
   * The object belongs to another ceremony.
   */
  RELIGHT_RESULT_CEREMONY_MISMATCH = 62,
  /**
   * The dealer does not take part in the ceremony. Details: number.
   */
  RELIGHT_RESULT_UNKNOWN_DEALER = 63,
  /**
   * A dealing is bad. Details: number, the dealer; fault.
   */
  RELIGHT_RESULT_BAD_DEALING = 64,
  /**
   * Too few valid dealings, or dealers. Details: found and expected, both numbers of dealings; parties, the dealers of bad ones.
   */
  RELIGHT_RESULT_NOT_ENOUGH_DEALINGS = 65,
  /**
   * The recipient does not take part in the ceremony. Details: number.
   */
  RELIGHT_RESULT_UNKNOWN_RECIPIENT = 66,
  /**
   * Another set of dealings was confirmed before.
   */
  RELIGHT_RESULT_ALREADY_CONFIRMED = 67,
  /**
   * Too few equal confirmations to close the ceremony. Details: found and expected, both numbers of confirmations.
   */
  RELIGHT_RESULT_NOT_CLOSED = 68,
  /**
   * A dealing of the agreed set is missing. Ask for it by its digest. Details: number, the dealer.
   */
  RELIGHT_RESULT_MISSING_DEALING = 69,
  /**
   * The statement is not asked for, or not known here.
   */
  RELIGHT_RESULT_UNKNOWN_STATEMENT = 70,
  /**
   * The request has expired.
   */
  RELIGHT_RESULT_EXPIRED = 71,
  /**
   * The object belongs to another request.
   */
  RELIGHT_RESULT_WRONG_REQUEST = 72,
  /**
   * What the member sealed cannot be read. Details: number, the member.
   */
  RELIGHT_RESULT_BAD_RESPONSE = 73,
  /**
   * A statement of the request is not authorised with its Blinder. Details: number, the statement's place in the request, from zero.
   */
  RELIGHT_RESULT_UNAUTHORISED = 74,
  /**
   * The request was made for another roster. One of the two is out of date: compare their digests.
   */
  RELIGHT_RESULT_ROSTER_MISMATCH = 75,
  /**
   * The request expires more than a week from now.
   */
  RELIGHT_RESULT_EXPIRY_TOO_FAR = 76,
  /**
   * A statement is asked for, or answered, twice.
   */
  RELIGHT_RESULT_DUPLICATE_STATEMENT = 77,
  /**
   * A time is zero, or after the year 9999. It may count milliseconds. Details: number, the time.
   */
  RELIGHT_RESULT_INVALID_TIME = 78,
  /**
   * The bundle is not the one whose digest is expected. Compare its short code with the other side.
   */
  RELIGHT_RESULT_BUNDLE_MISMATCH = 79,
  /**
   * The ceremony was closed without a dealing of this dealer. Nothing else was checked. Details: number, the dealer.
   */
  RELIGHT_RESULT_LATE_DEALING = 80,
  /**
   * A recipient confirmed what cannot be a set of dealings. Details: number, the recipient.
   */
  RELIGHT_RESULT_BAD_CONFIRMATION = 81,
  /**
   * A recipient confirmed two sets of dealings. Details: number, the recipient.
   */
  RELIGHT_RESULT_DOUBLE_CONFIRMATION = 82,
  /**
   * The certificate does not fit the outcome of its dealings.
   */
  RELIGHT_RESULT_BAD_CERTIFICATE = 83,
  /**
   * The bytes prove nothing against anyone.
   */
  RELIGHT_RESULT_NO_EVIDENCE = 84,
  /**
   * The identity is not the one that is to sign.
   */
  RELIGHT_RESULT_WRONG_IDENTITY = 90,
  /**
   * The wallet's signature cannot be used. Details: wallet fault; number, the length or v; address, the signer.
   */
  RELIGHT_RESULT_WALLET_SIGNATURE = 91,
  /**
   * A registration in the roster does not verify. That accuses no member, but the one who put it there. Details: number, the member; registration fault.
   */
  RELIGHT_RESULT_INVALID_REGISTRATION = 92,
  /**
   * The serial of a registration does not go with what it says of the one before it. Details: number, the serial.
   */
  RELIGHT_RESULT_INVALID_SERIAL = 93,
  /**
   * The registration is not newer than the known one. Details: number, its serial.
   */
  RELIGHT_RESULT_RETIRED_REGISTRATION = 94,
  /**
   * The registration does not follow the known one. Details: number, its serial.
   */
  RELIGHT_RESULT_BROKEN_SUCCESSION = 95,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum relight_result relight_result;
#else
typedef int32_t relight_result;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * In what an object differs from the expected one.
 */
enum relight_field
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * No field: the result is not a mismatch.
   */
  RELIGHT_FIELD_NONE = 0,
  /**
   * The parameter set.
   */
  RELIGHT_FIELD_PARAMETER_SET = 1,
  /**
   * The name of the network.
   */
  RELIGHT_FIELD_NETWORK = 2,
  /**
   * The epoch.
   */
  RELIGHT_FIELD_EPOCH = 3,
  /**
   * The node.
   */
  RELIGHT_FIELD_NODE = 4,
  /**
   * The number of compartments.
   */
  RELIGHT_FIELD_COMPARTMENTS = 5,
  /**
   * The kind of lock.
   */
  RELIGHT_FIELD_LOCK = 6,
  /**
   * The recovery key: another recovery party.
   */
  RELIGHT_FIELD_RECOVERY_KEY = 7,
  /**
   * The Blinder.
   */
  RELIGHT_FIELD_BLINDER = 8,
  /**
   * The member key.
   */
  RELIGHT_FIELD_MEMBER_KEY = 9,
  /**
   * The number of entries.
   */
  RELIGHT_FIELD_ENTRY_COUNT = 10,
  /**
   * The curve of an entry.
   */
  RELIGHT_FIELD_CURVE = 11,
  /**
   * The public key of an entry.
   */
  RELIGHT_FIELD_PUBLIC_KEY = 12,
  /**
   * The share identifier of an entry.
   */
  RELIGHT_FIELD_IDENTIFIER = 13,
  /**
   * The threshold of an entry.
   */
  RELIGHT_FIELD_THRESHOLD = 14,
  /**
   * The public share of an entry.
   */
  RELIGHT_FIELD_PUBLIC_SHARE = 15,
  /**
   * The operator's identity.
   */
  RELIGHT_FIELD_OPERATOR = 16,
  /**
   * The index of the member.
   */
  RELIGHT_FIELD_INDEX = 17,
  /**
   * The identity of the member.
   */
  RELIGHT_FIELD_IDENTITY = 18,
  /**
   * The name of the party.
   */
  RELIGHT_FIELD_PARTY = 19,
  /**
   * A field that this version of the interface has no number for.
   */
  RELIGHT_FIELD_UNKNOWN = 20,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum relight_field relight_field;
#else
typedef int32_t relight_field;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What is wrong with a dealing.
 */
enum relight_fault
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * No fault: the result is not about a dealing.
   */
  RELIGHT_FAULT_NONE = 0,
  /**
   * The length.
   */
  RELIGHT_FAULT_LENGTH = 1,
  /**
   * An invalid point or scalar.
   */
  RELIGHT_FAULT_ENCODING = 2,
  /**
   * The signature. This proves nothing against the dealer: anybody can send such bytes.
   */
  RELIGHT_FAULT_SIGNATURE = 3,
  /**
   * The dealer signed two different dealings.
   */
  RELIGHT_FAULT_EQUIVOCATION = 4,
  /**
   * It re-shares another key than the dealer's share of the old one.
   */
  RELIGHT_FAULT_OTHER_KEY = 5,
  /**
   * The Schnorr proof.
   */
  RELIGHT_FAULT_SCHNORR_PROOF = 6,
  /**
   * The encryption.
   */
  RELIGHT_FAULT_ENCRYPTION = 7,
  /**
   * It comes from a dealer that was expelled before. Nothing was checked, and it is not held against the dealer.
   */
  RELIGHT_FAULT_EXPELLED = 8,
  /**
   * A fault that this version of the interface has no number for.
   */
  RELIGHT_FAULT_UNKNOWN = 9,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum relight_fault relight_fault;
#else
typedef int32_t relight_fault;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What is wrong with the bytes that a wallet returned.
 */
enum relight_wallet_fault
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * No fault: the result is not about a wallet.
   */
  RELIGHT_WALLET_FAULT_NONE = 0,
  /**
   * They are neither 64 nor 65, or 64 from which no key can be recovered. Details: number.
   */
  RELIGHT_WALLET_FAULT_LENGTH = 1,
  /**
   * The last byte, v, is not 0, 1, 27 or 28, or it belongs to the other of the two possible keys. Details: number,
   * v.
   */
  RELIGHT_WALLET_FAULT_RECOVERY_ID = 2,
  /**
   * Another identity signed, or the wallet signed another text, in which case the address is nobody's. Details:
   * address.
   */
  RELIGHT_WALLET_FAULT_SIGNER = 3,
  /**
   * They are no signature of the text by the identity.
   */
  RELIGHT_WALLET_FAULT_INVALID = 4,
  /**
   * A fault that this version of the interface has no number for.
   */
  RELIGHT_WALLET_FAULT_UNKNOWN = 5,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum relight_wallet_fault relight_wallet_fault;
#else
typedef int32_t relight_wallet_fault;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What is wrong with a registration in a roster.
 */
enum relight_registration_fault
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * No fault: the result is not about a registration in a roster.
   */
  RELIGHT_REGISTRATION_FAULT_NONE = 0,
  /**
   * It is for another party or network.
   */
  RELIGHT_REGISTRATION_FAULT_PARTY = 1,
  /**
   * The identity did not sign it.
   */
  RELIGHT_REGISTRATION_FAULT_SIGNATURE = 2,
  /**
   * The Schnorr proof of the member key fails.
   */
  RELIGHT_REGISTRATION_FAULT_SCHNORR_PROOF = 3,
  /**
   * A fault that this version of the interface has no number for.
   */
  RELIGHT_REGISTRATION_FAULT_UNKNOWN = 4,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum relight_registration_fault relight_registration_fault;
#else
typedef int32_t relight_registration_fault;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * How a node is covered.
 */
enum relight_status
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * Not at all: no backup names this node.
   */
  RELIGHT_STATUS_MISSING = 0,
  /**
   * Only by backups that name the node and state something that nobody expects. That proves nothing.
   */
  RELIGHT_STATUS_CLAIMED = 1,
  /**
   * Only by a backup that states what is expected and does not verify. That accuses nobody: anyone who knows the
   * network can write down a statement and put anything after it.
   */
  RELIGHT_STATUS_BAD = 2,
  /**
   * Only by a verified backup of a former epoch.
   */
  RELIGHT_STATUS_STALE = 3,
  /**
   * By a verified backup of the current epoch.
   */
  RELIGHT_STATUS_COVERED = 4,
  /**
   * There is nothing to back up: all shares of the node are zero.
   */
  RELIGHT_STATUS_SHARELESS = 5,
  /**
   * Nobody can tell: its registrations do not hold, or its Blinder is among what the backup is to recover. Whatever
   * backups there are, the operator registers a Blinder first.
   */
  RELIGHT_STATUS_UNREGISTERED = 6,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum relight_status relight_status;
#else
typedef int32_t relight_status;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * A backup that was verified. It never changes: threads may share it.
 */
typedef struct relight_backup relight_backup;

/**
 * The dealings of a closed ceremony: those that its certificate names, and no others. Threads may share it: calls wait
 * for each other.
 */
typedef struct relight_closed relight_closed;

/**
 * The confirmations of a ceremony, as they arrive. Threads may share it: calls wait for each other.
 */
typedef struct relight_confirmations relight_confirmations;

/**
 * The dealings of a ceremony, as they arrive. Nothing comes of them before the ceremony is closed. Threads may share
 * it: calls wait for each other.
 */
typedef struct relight_dealings relight_dealings;

/**
 * A recovery in progress: one request, and the answers accepted so far. Threads may share it: calls wait for each
 * other.
 */
typedef struct relight_session relight_session;

/**
 * The keys that unlock one or more statements: secrets that were checked against the recovery key. They never change:
 * threads may share them.
 */
typedef struct relight_unlock_keys relight_unlock_keys;

/**
 * Bytes that the caller owns, for the time of a call. `{NULL, 0}` is empty.
 */
typedef struct relight_bytes {
  /**
   * The first byte. May be NULL if there are none.
   */
  const uint8_t *data;
  /**
   * The number of bytes, below 2^32.
   */
  size_t len;
} relight_bytes;

/**
 * Bytes that the library allocated. Free them with `relight_buffer_free`, which wipes them first.
 */
typedef struct relight_buffer {
  /**
   * The first byte, or NULL if there are none.
   */
  uint8_t *data;
  /**
   * The number of bytes.
   */
  size_t len;
} relight_buffer;

/**
 * The Ethereum address of an identity: how a wallet shows it.
 */
typedef struct relight_address {
  /**
   * The address.
   */
  uint8_t bytes[20];
} relight_address;

/**
 * The indices of parties, ascending, in memory that the library allocated. Free them with `relight_indices_free`.
 */
typedef struct relight_indices {
  /**
   * The first index, or NULL if there are none.
   */
  uint16_t *items;
  /**
   * The number of indices.
   */
  size_t len;
} relight_indices;

/**
 * Several buffers that the library allocated. Free them with `relight_list_free`, which wipes them first.
 */
typedef struct relight_list {
  /**
   * The first buffer, or NULL if there are none.
   */
  struct relight_buffer *items;
  /**
   * The number of buffers.
   */
  size_t len;
} relight_list;

/**
 * What a result leaves out: which member, which entry. What a result says nothing about is zero.
 *
 * A function writes it whenever it is not given NULL for it. It owns the message and the lists: free it with
 * `relight_details_free`.
 */
typedef struct relight_details {
  /**
   * The result of the function.
   */
  relight_result result;
  /**
   * A message in English, with all of this: what `relight_strerror` says, behind it what was found, and before it
   * which argument or field it is about, if the input does not decode. NULL after success.
   */
  char *message;
  /**
   * In what an object differs.
   */
  relight_field field;
  /**
   * What is wrong with a dealing.
   */
  relight_fault fault;
  /**
   * What is wrong with the bytes that a wallet returned.
   */
  relight_wallet_fault wallet_fault;
  /**
   * What is wrong with a registration in a roster.
   */
  relight_registration_fault registration_fault;
  /**
   * The number, index, member, dealer or serial that is wrong.
   */
  uint64_t number;
  /**
   * The compartment, from zero.
   */
  uint32_t compartment;
  /**
   * The entry, from zero.
   */
  uint32_t entry;
  /**
   * What is needed.
   */
  uint32_t expected;
  /**
   * What is there instead.
   */
  uint32_t found;
  /**
   * The address of the identity that a wallet signed with.
   */
  struct relight_address address;
  /**
   * The members or dealers at fault.
   */
  struct relight_indices parties;
  /**
   * The share identifiers at fault.
   */
  struct relight_list identifiers;
} relight_details;

/**
 * An epoch that is over, of which there may still be backups. The caller owns everything it points to.
 */
typedef struct relight_former_epoch {
  /**
   * Its number.
   */
  uint64_t epoch;
  /**
   * The VSS commitments of the root keys at that time, in the same order.
   */
  const struct relight_bytes *keys;
  /**
   * The number of root keys.
   */
  size_t keys_len;
} relight_former_epoch;

/**
 * A network, as its nodes and custodians know it. The caller owns everything it points to.
 */
typedef struct relight_network {
  /**
   * The parameter set of its backups: a `RELIGHT_PARAMETERS_` number.
   */
  uint8_t parameters;
  /**
   * The application's name for it, at most 255 bytes.
   */
  struct relight_bytes name;
  /**
   * The epoch of its sharing.
   */
  uint64_t epoch;
  /**
   * The public key of its recovery party, 48 bytes.
   */
  struct relight_bytes recovery_key;
  /**
   * The VSS commitments of its root keys, in the order of its backups: `keys` of a `relight_outcome`.
   */
  const struct relight_bytes *keys;
  /**
   * The number of root keys.
   */
  size_t keys_len;
  /**
   * Former epochs, of which an audit knows backups. What does not differ from today is not said again.
   */
  const struct relight_former_epoch *former;
  /**
   * The number of former epochs.
   */
  size_t former_len;
} relight_network;

/**
 * A share that a node holds. The caller owns what it points to.
 */
typedef struct relight_holding {
  /**
   * The key, by its place in the network, from zero.
   */
  uint16_t key;
  /**
   * Where the share lies. A node of greater weight holds several shares of a key.
   */
  struct relight_bytes identifier;
} relight_holding;

/**
 * A node of a network: it holds a share of every root key at `identifier`, or what `shares` lists, and not both. The
 * caller owns everything it points to.
 */
typedef struct relight_node {
  /**
   * Its name, at most 255 bytes.
   */
  struct relight_bytes name;
  /**
   * The public half of its operator's identity, 33 bytes.
   */
  struct relight_bytes operator_identity;
  /**
   * The registrations of its operator's Blinders, each the successor of the one before; the last is current.
   */
  const struct relight_bytes *registrations;
  /**
   * The number of registrations.
   */
  size_t registrations_len;
  /**
   * Where its share of every root key lies. Empty if `shares` lists them.
   */
  struct relight_bytes identifier;
  /**
   * The shares that it holds, in the order of its backup.
   */
  const struct relight_holding *shares;
  /**
   * The number of shares. Zero for a share of every root key.
   */
  size_t shares_len;
} relight_node;

/**
 * A ceremony and its certificate, which vouch for its keys. The caller owns what it points to.
 */
typedef struct relight_certified {
  /**
   * The ceremony.
   */
  struct relight_bytes ceremony;
  /**
   * Its certificate.
   */
  struct relight_bytes certificate;
} relight_certified;

/**
 * What a bundle is made of. The caller owns everything it points to.
 */
typedef struct relight_bundle_contents {
  /**
   * The name under which the roster's members registered.
   */
  struct relight_bytes party;
  /**
   * The roster of the recovery party.
   */
  struct relight_bytes roster;
  /**
   * The network. Its recovery key is the roster's.
   */
  struct relight_network network;
  /**
   * Its nodes.
   */
  const struct relight_node *nodes;
  /**
   * The number of nodes.
   */
  size_t nodes_len;
  /**
   * What vouches for the recovery key, or NULL if nothing does.
   */
  const struct relight_certified *recovery_certificate;
  /**
   * What vouches for the root keys, in their order; nothing in a network with a key generation of its own.
   */
  const struct relight_certified *key_certificates;
  /**
   * The number of those.
   */
  size_t key_certificates_len;
} relight_bundle_contents;

/**
 * The digest that names a statement, a ceremony, a request or something else.
 */
typedef struct relight_digest {
  /**
   * The digest.
   */
  uint8_t bytes[32];
} relight_digest;

/**
 * What a bundle claims to be, for people to compare before anybody trusts it. Free it with `relight_bundle_claim_free`.
 */
typedef struct relight_bundle_claim {
  /**
   * The digest, by which `relight_bundle_verify` knows it.
   */
  struct relight_digest digest;
  /**
   * The network that it claims to describe.
   */
  struct relight_buffer network;
  /**
   * The epoch that it claims to describe.
   */
  uint64_t epoch;
  /**
   * A code of 40 digits in eight groups, for people to compare by voice.
   */
  struct relight_buffer short_code;
} relight_bundle_claim;

/**
 * A share that a node of a bundle holds.
 */
typedef struct relight_held_share {
  /**
   * The key, by its place in the network, from zero.
   */
  uint16_t key;
  /**
   * Where the share lies.
   */
  struct relight_buffer identifier;
} relight_held_share;

/**
 * A node of a bundle.
 */
typedef struct relight_bundle_node {
  /**
   * Its name.
   */
  struct relight_buffer name;
  /**
   * The public half of its operator's identity, 33 bytes.
   */
  struct relight_buffer operator_identity;
  /**
   * The registrations of its operator's Blinders; the last is current.
   */
  struct relight_list registrations;
  /**
   * The shares that it holds, in the order of its backup.
   */
  struct relight_held_share *shares;
  /**
   * The number of shares.
   */
  size_t shares_len;
  /**
   * What its current backup must state. Empty if all its shares are zero.
   */
  struct relight_buffer statement;
} relight_bundle_node;

/**
 * An epoch of a bundle that is over.
 */
typedef struct relight_bundle_epoch {
  /**
   * Its number.
   */
  uint64_t epoch;
  /**
   * The VSS commitments of the root keys at that time.
   */
  struct relight_list keys;
} relight_bundle_epoch;

/**
 * What vouches for keys of a bundle.
 */
typedef struct relight_bundle_certificate {
  /**
   * The ceremony.
   */
  struct relight_buffer ceremony;
  /**
   * Its certificate.
   */
  struct relight_buffer certificate;
} relight_bundle_certificate;

/**
 * What a verified bundle says. Free it with `relight_bundle_free`.
 */
typedef struct relight_bundle {
  /**
   * The parameter set of the network's backups.
   */
  uint8_t parameters;
  /**
   * The name of the network.
   */
  struct relight_buffer network;
  /**
   * The epoch.
   */
  uint64_t epoch;
  /**
   * The name of the recovery party.
   */
  struct relight_buffer party;
  /**
   * The roster of the recovery party.
   */
  struct relight_buffer roster;
  /**
   * The public recovery key, 48 bytes.
   */
  struct relight_buffer recovery_key;
  /**
   * The VSS commitments of the root keys, in the order of the backups.
   */
  struct relight_list keys;
  /**
   * The nodes.
   */
  struct relight_bundle_node *nodes;
  /**
   * The number of nodes.
   */
  size_t nodes_len;
  /**
   * Former epochs, ascending.
   */
  struct relight_bundle_epoch *former;
  /**
   * The number of former epochs.
   */
  size_t former_len;
  /**
   * What vouches for the recovery key. Empty if nothing does.
   */
  struct relight_bundle_certificate recovery_certificate;
  /**
   * What vouches for the root keys, in their order.
   */
  struct relight_bundle_certificate *key_certificates;
  /**
   * The number of those.
   */
  size_t key_certificates_len;
} relight_bundle;

/**
 * Hears how far a long call is: how many steps are done, and of how many. It returns whether to go on; if not, the call
 * fails with `RELIGHT_RESULT_CANCELLED` as soon as the steps that are being done end. It is called in the thread of the
 * caller, who passes `watcher` to it. It may call the library, and must return: not by `longjmp`, not by an exception.
 */
typedef bool (*relight_watch)(void *watcher, size_t done, size_t total);

/**
 * How a node is covered, with the reason. What the status says nothing about is zero.
 */
typedef struct relight_node_coverage {
  /**
   * How.
   */
  relight_status status;
  /**
   * The bad or claimed backup: its place in the list of backups, from zero.
   */
  size_t backup;
  /**
   * What is wrong with a bad backup or with the registrations, and success otherwise.
   */
  relight_result result;
  /**
   * A message in English: what is wrong with a bad or claimed backup, or with the registrations. NULL otherwise.
   */
  char *message;
  /**
   * The number that the result leaves out: the serial of a registration, for example.
   */
  uint64_t number;
  /**
   * The first field of a claimed backup that is not what a current backup of the node must have, or that of a result
   * that is a mismatch.
   */
  relight_field field;
  /**
   * The entry, from zero, if the field is one of an entry.
   */
  uint32_t entry;
  /**
   * The latest epoch of a stale backup, or the epoch that a claimed backup claims.
   */
  uint64_t epoch;
} relight_node_coverage;

/**
 * How well a root key is covered.
 */
typedef struct relight_key_coverage {
  /**
   * The number of shares in the backups of covered nodes.
   */
  size_t covered;
  /**
   * The number of shares that recover the key.
   */
  size_t threshold;
  /**
   * Whether the key could be restored as it is.
   */
  bool recoverable;
  /**
   * How many of the covered nodes could be lost, whichever they are. Zero if the key cannot be restored as it is.
   */
  size_t survives;
} relight_key_coverage;

/**
 * A share that is zero, so that it needs no backup.
 */
typedef struct relight_zero_share {
  /**
   * The node that would hold it, by its place, from zero.
   */
  size_t node;
  /**
   * The key, by its place, from zero.
   */
  uint16_t key;
  /**
   * Where the share lies.
   */
  struct relight_buffer identifier;
} relight_zero_share;

/**
 * Nodes that have one Blinder: who has it can open the backups of all of them.
 */
typedef struct relight_shared_blinder {
  /**
   * The nodes, by their places, ascending.
   */
  size_t *nodes;
  /**
   * The number of nodes.
   */
  size_t nodes_len;
} relight_shared_blinder;

/**
 * A backup that belongs to no node of the network.
 */
typedef struct relight_stray {
  /**
   * Its place in the list of backups, from zero.
   */
  size_t backup;
  /**
   * Why.
   */
  relight_result result;
  /**
   * Why, as a message in English.
   */
  char *message;
} relight_stray;

/**
 * The answer of an audit. Free it with `relight_coverage_free`.
 */
typedef struct relight_coverage {
  /**
   * Whether every root key could be restored from the backups of covered nodes. Not if there is no root key.
   */
  bool recoverable;
  /**
   * How many of those nodes could be lost, whichever they are. Zero if a key cannot be restored as it is.
   */
  size_t survives;
  /**
   * How each node is covered, in the order of the nodes.
   */
  struct relight_node_coverage *nodes;
  /**
   * The number of nodes.
   */
  size_t nodes_len;
  /**
   * How each root key is covered, in the order of the network's keys.
   */
  struct relight_key_coverage *keys;
  /**
   * The number of root keys.
   */
  size_t keys_len;
  /**
   * The shares that are zero.
   */
  struct relight_zero_share *shareless;
  /**
   * The number of those.
   */
  size_t shareless_len;
  /**
   * The Blinders that several nodes have. That makes no backup worse than it is, but the operators should know.
   */
  struct relight_shared_blinder *shared_blinders;
  /**
   * The number of those.
   */
  size_t shared_blinders_len;
  /**
   * The backups that belong to no node.
   */
  struct relight_stray *strays;
  /**
   * The number of those.
   */
  size_t strays_len;
} relight_coverage;

/**
 * A key that is dealt. What the origin of the ceremony does not need is zero or empty. The caller owns everything it
 * points to.
 */
typedef struct relight_dealt_key {
  /**
   * The curve of a new key: a `RELIGHT_CURVE_` number. Zero, or its curve, for an old key.
   */
  uint16_t curve;
  /**
   * The VSS commitment of an old key: of `keys` of the `relight_outcome` before.
   */
  struct relight_bytes old_key;
  /**
   * Where the value of an old polynomial is taken that is shared anew: a share identifier. Empty for the key
   * itself.
   */
  struct relight_bytes at;
} relight_dealt_key;

/**
 * A dealer of a ceremony. The caller owns everything it points to.
 */
typedef struct relight_dealer {
  /**
   * Its index in the ceremony.
   */
  uint16_t index;
  /**
   * The public half of the identity that signs its dealing, 33 bytes.
   */
  struct relight_bytes identity;
  /**
   * Where its old share lies, if keys are re-shared; at its index if this is empty.
   */
  struct relight_bytes identifier;
} relight_dealer;

/**
 * A recipient of a ceremony. The caller owns everything it points to.
 */
typedef struct relight_recipient {
  /**
   * Its index in the ceremony.
   */
  uint16_t index;
  /**
   * The public half of the identity that signs its confirmation, 33 bytes.
   */
  struct relight_bytes identity;
  /**
   * The public half of the member key that its shares are encrypted to, 48 bytes.
   */
  struct relight_bytes member_key;
  /**
   * Where its new share lies; at its index if this is empty.
   */
  struct relight_bytes identifier;
} relight_recipient;

/**
 * A ceremony as its parties plan it. The caller owns everything it points to.
 */
typedef struct relight_plan {
  /**
   * The parameter set of the encryptions: a `RELIGHT_PARAMETERS_` number.
   */
  uint8_t parameters;
  /**
   * The application's name for the ceremony, at most 255 bytes.
   */
  struct relight_bytes name;
  /**
   * What makes it another ceremony than all before it: the 32 bytes that the planner drew, `relight_nonce_generate`.
   * A party takes part in no ceremony whose digest it has seen before.
   */
  struct relight_bytes nonce;
  /**
   * The epoch of the new sharing.
   */
  uint64_t epoch;
  /**
   * How many recipients recover a key.
   */
  uint16_t threshold;
  /**
   * Where the keys come from: a `RELIGHT_ORIGIN_` number.
   */
  uint8_t origin;
  /**
   * The keys that are dealt.
   */
  const struct relight_dealt_key *keys;
  /**
   * The number of keys.
   */
  size_t keys_len;
  /**
   * Who deals, by ascending index.
   */
  const struct relight_dealer *dealers;
  /**
   * The number of dealers.
   */
  size_t dealers_len;
  /**
   * Who receives, by ascending index.
   */
  const struct relight_recipient *recipients;
  /**
   * The number of recipients.
   */
  size_t recipients_len;
} relight_plan;

/**
 * What a ceremony says. It owns nothing.
 */
typedef struct relight_ceremony {
  /**
   * The digest that all parties compare before they deal.
   */
  struct relight_digest digest;
  /**
   * The epoch of the new sharing.
   */
  uint64_t epoch;
  /**
   * How many recipients recover a key.
   */
  uint16_t threshold;
  /**
   * How many valid dealings it takes.
   */
  uint16_t needed;
  /**
   * How many recipients must confirm the same to close it.
   */
  uint16_t quorum;
  /**
   * The number of keys.
   */
  uint32_t keys;
  /**
   * The number of dealers.
   */
  uint32_t dealers;
  /**
   * The number of recipients.
   */
  uint32_t recipients;
} relight_ceremony;

/**
 * A dealing, by its dealer and digest. It owns nothing.
 */
typedef struct relight_agreed_dealing {
  /**
   * The dealer.
   */
  uint16_t dealer;
  /**
   * The digest of its dealing, by which it is confirmed and asked for.
   */
  struct relight_digest digest;
} relight_agreed_dealing;

/**
 * Several dealings, by ascending dealer, in memory that the library allocated. What has them frees them.
 */
typedef struct relight_agreed_dealings {
  /**
   * The first one, or NULL if there are none.
   */
  struct relight_agreed_dealing *items;
  /**
   * The number of dealings.
   */
  size_t len;
} relight_agreed_dealings;

/**
 * What a closed ceremony lacks. Free it with `relight_closed_status_free`.
 */
typedef struct relight_closed_status {
  /**
   * The dealings of the closed set that are not there yet. Ask the other parties for them, by their digests.
   */
  struct relight_agreed_dealings missing;
  /**
   * The dealers that were expelled.
   */
  struct relight_indices bad_dealers;
} relight_closed_status;

/**
 * A recipient that has no share of a key, because it would be zero. A dealer that speaks last can do that to itself
 * and to as many friends as do not reach the threshold, and to nobody else.
 */
typedef struct relight_shareless {
  /**
   * The key, from zero.
   */
  uint16_t key;
  /**
   * The recipient.
   */
  uint16_t party;
} relight_shareless;

/**
 * The outcome of a ceremony. Free it with `relight_outcome_free`.
 */
typedef struct relight_outcome {
  /**
   * The recipient's key shares, in the order of the ceremony's keys: secrets. Where it is listed as shareless there
   * is none. None for the public outcome.
   */
  struct relight_list shares;
  /**
   * The VSS commitments of the keys, in the order of the ceremony.
   */
  struct relight_list keys;
  /**
   * Who has no share of which key, by key and then by recipient.
   */
  struct relight_shareless *shareless;
  /**
   * The number of those.
   */
  size_t shareless_len;
  /**
   * The name of the set of dealings that they came of.
   */
  struct relight_digest transcript;
} relight_outcome;

/**
 * What a confirmation says. Free it with `relight_confirmation_free`.
 */
typedef struct relight_confirmation {
  /**
   * The recipient that it says to be of.
   */
  uint16_t recipient;
  /**
   * The name of the set of dealings, to compare by voice.
   */
  struct relight_digest transcript;
  /**
   * The dealings, by ascending dealer.
   */
  struct relight_agreed_dealings dealings;
} relight_confirmation;

/**
 * How far a ceremony is from being closed. Free it with `relight_confirmations_status_free`.
 */
typedef struct relight_confirmations_status {
  /**
   * A confirmation of the set that most recipients confirmed, for `relight_dealings_confirm_like`. Empty if nobody
   * has.
   */
  struct relight_buffer most_confirmed;
  /**
   * The recipients that have not confirmed.
   */
  struct relight_indices unconfirmed;
  /**
   * Whether no set can close the ceremony any more, by what was received here. Then it takes another, under a plan with
   * a new nonce. A recipient that lies may have confirmed something else to others: a certificate that appears later
   * counts.
   */
  bool failed;
} relight_confirmations_status;

/**
 * What a certificate says. Free it with `relight_certificate_free`.
 */
typedef struct relight_certificate {
  /**
   * The name of the set of dealings.
   */
  struct relight_digest transcript;
  /**
   * The closed set, by ascending dealer.
   */
  struct relight_agreed_dealings dealings;
  /**
   * The recipients that confirmed it.
   */
  struct relight_indices recipients;
} relight_certificate;

/**
 * An object that lacks its signature. Where the signer's key is here, `relight_sign` makes the object of it; where
 * it lives in a wallet, the wallet signs what `relight_wallet_text` gives as a personal message (EIP-191), and
 * `relight_complete_signature` makes the object of that. Free it with `relight_unsigned_free`.
 */
typedef struct relight_unsigned {
  /**
   * What it is, and what the signature is for: a `RELIGHT_PURPOSE_` number.
   */
  uint8_t purpose;
  /**
   * The public half of the identity that is to sign it, 33 bytes.
   */
  struct relight_buffer signer;
  /**
   * The encoding of the object up to its signature.
   */
  struct relight_buffer body;
} relight_unsigned;

/**
 * Which dealings were taken. Free it with `relight_dealings_status_free`.
 */
typedef struct relight_dealings_status {
  /**
   * The valid dealings of dealers that were not expelled, by ascending dealer: what `relight_dealings_confirm`
   * confirms.
   */
  struct relight_agreed_dealings valid;
  /**
   * The dealers that were expelled.
   */
  struct relight_indices bad_dealers;
} relight_dealings_status;

/**
 * A member of the recovery party. The caller owns what it points to.
 */
typedef struct relight_holder {
  /**
   * Its index in the party.
   */
  uint16_t index;
  /**
   * Where its share of the recovery key lies; at its index if this is empty.
   */
  struct relight_bytes identifier;
} relight_holder;

/**
 * The recovery party as everyone sees it. The caller owns everything it points to.
 */
typedef struct relight_recovery_party {
  /**
   * The VSS commitment of the recovery key: the first of `keys` of the `relight_outcome` that made it.
   */
  struct relight_bytes commitment;
  /**
   * Its members.
   */
  const struct relight_holder *members;
  /**
   * The number of members.
   */
  size_t members_len;
} relight_recovery_party;

/**
 * The party that evidence is against: a dealer, or a recipient that signed two confirmations. It owns nothing.
 */
typedef struct relight_culprit {
  /**
   * The dealer, or zero if it is a recipient.
   */
  uint16_t dealer;
  /**
   * The recipient, or zero if it is a dealer.
   */
  uint16_t recipient;
  /**
   * What is wrong with the dealing, or with the two.
   */
  relight_fault fault;
} relight_culprit;

/**
 * The public face of one share in a statement.
 */
typedef struct relight_entry {
  /**
   * The curve of the key.
   */
  uint16_t curve;
  /**
   * Where the share lies: its share identifier.
   */
  struct relight_buffer identifier;
  /**
   * How many shares recover the key.
   */
  uint16_t threshold;
  /**
   * The root public key.
   */
  struct relight_buffer public_key;
  /**
   * The public share.
   */
  struct relight_buffer public_share;
} relight_entry;

/**
 * The public face of a key share. Free it with `relight_key_share_free`.
 */
typedef struct relight_key_share {
  /**
   * The epoch of the sharing.
   */
  uint64_t epoch;
  /**
   * The public face of the share.
   */
  struct relight_entry entry;
} relight_key_share;

/**
 * A shared key, as its VSS commitment says. Free it with `relight_vss_commitment_free`.
 */
typedef struct relight_vss_commitment {
  /**
   * The curve.
   */
  uint16_t curve;
  /**
   * How many shares recover the key.
   */
  uint16_t threshold;
  /**
   * The public key.
   */
  struct relight_buffer public_key;
  /**
   * The coefficient commitments, constant term first, which is the public key.
   */
  struct relight_list coefficient_commitments;
} relight_vss_commitment;

/**
 * What the registration of a Blinder says. Free it with `relight_blinder_registration_free`.
 */
typedef struct relight_blinder_registration {
  /**
   * The digest by which the next registration names this one.
   */
  struct relight_digest digest;
  /**
   * Its number among those of its node: 1 for the first.
   */
  uint64_t serial;
  /**
   * The node.
   */
  struct relight_buffer node;
  /**
   * The public half of the operator's identity, 33 bytes.
   */
  struct relight_buffer operator_identity;
  /**
   * The public half of the Blinder, 48 bytes.
   */
  struct relight_buffer blinder;
} relight_blinder_registration;

/**
 * A member, as its registration says. Free it with `relight_member_free`.
 */
typedef struct relight_member {
  /**
   * The member's index.
   */
  uint16_t index;
  /**
   * The number of the registration among those of the member: 1 for the first.
   */
  uint64_t serial;
  /**
   * The digest by which the next registration names this one.
   */
  struct relight_digest digest;
  /**
   * The public half of its identity, 33 bytes.
   */
  struct relight_buffer identity;
  /**
   * The public half of its member key, 48 bytes.
   */
  struct relight_buffer member_key;
} relight_member;

/**
 * A party that helps: it holds a share. The caller owns everything it points to.
 */
typedef struct relight_helper {
  /**
   * Its index.
   */
  uint16_t index;
  /**
   * The public half of the identity that signs its dealings and confirmations, 33 bytes.
   */
  struct relight_bytes identity;
  /**
   * The public half of the member key with which it receives its part, 48 bytes.
   */
  struct relight_bytes member_key;
  /**
   * Where its share lies; at its index if this is empty.
   */
  struct relight_bytes identifier;
} relight_helper;

/**
 * How one party gets a share of each of some keys, from parties that hold other shares. The helpers first share the
 * receiver's share among themselves (`relight_repair_prepare`), and then hand that over to the receiver
 * (`relight_repair_hand_over`), so that it learns its own share and no other, and helpers fewer than the threshold
 * learn nothing. The caller owns everything it points to.
 */
typedef struct relight_repair {
  /**
   * The parameter set of both ceremonies: a `RELIGHT_PARAMETERS_` number.
   */
  uint8_t parameters;
  /**
   * The application's name for them, at most 255 bytes.
   */
  struct relight_bytes name;
  /**
   * What makes them others than all ceremonies before them: 32 random bytes, `relight_nonce_generate`.
   */
  struct relight_bytes nonce;
  /**
   * The epoch of the sharings, which stays.
   */
  uint64_t epoch;
  /**
   * The VSS commitments of the keys of which the receiver gets a share: `keys` of the `relight_outcome` that made
   * them.
   */
  const struct relight_bytes *keys;
  /**
   * The number of keys.
   */
  size_t keys_len;
  /**
   * Holders of other shares, as many as the greatest threshold or more, by ascending index.
   */
  const struct relight_helper *helpers;
  /**
   * The number of helpers.
   */
  size_t helpers_len;
  /**
   * Who gets the shares, and where they lie.
   */
  struct relight_recipient receiver;
} relight_repair;

/**
 * What a request asks, or its draft. Free it with `relight_draft_free`.
 */
typedef struct relight_draft {
  /**
   * The digest that authorisations are for, and that an attestation should be about.
   */
  struct relight_digest attested_digest;
  /**
   * The digest of the roster that it is made for.
   */
  struct relight_digest roster;
  /**
   * The last second since 1970-01-01 UTC at which it is valid, as it says: it may be any number.
   */
  uint64_t expiry;
  /**
   * The network.
   */
  struct relight_buffer network;
  /**
   * Who says to be asking. It may be anything: escape it before you show it.
   */
  struct relight_buffer requester;
  /**
   * The digests of the statements that it asks to unlock, 32 bytes each.
   */
  struct relight_list statements;
  /**
   * The code that two people compare by voice: 20 digits in four groups, without a terminating zero.
   */
  struct relight_buffer short_code;
} relight_draft;

/**
 * What a request says. Free it with `relight_request_free`.
 */
typedef struct relight_request {
  /**
   * The digest that answers are bound to.
   */
  struct relight_digest digest;
  /**
   * What it asks, and what was authorised.
   */
  struct relight_draft draft;
  /**
   * What the requester attached.
   */
  struct relight_buffer attestation;
} relight_request;

/**
 * What a member reviews: a request, the statements of its backups, the roster of its party, the time. The
 * caller owns everything it points to.
 */
typedef struct relight_review_input {
  /**
   * The request.
   */
  struct relight_bytes request;
  /**
   * The statements of its backups: those of verified backups.
   */
  const struct relight_bytes *statements;
  /**
   * The number of statements.
   */
  size_t statements_len;
  /**
   * The name under which the roster's members registered.
   */
  struct relight_bytes party;
  /**
   * The roster.
   */
  struct relight_bytes roster;
  /**
   * The time, in seconds since 1970-01-01 UTC.
   */
  uint64_t now;
} relight_review_input;

/**
 * A member of the recovery party, as it registered. The caller owns everything it points to.
 */
typedef struct relight_roster_member {
  /**
   * Its registration.
   */
  struct relight_bytes registration;
  /**
   * Where its share of the recovery key lies; at the registration's index if this is empty.
   */
  struct relight_bytes identifier;
} relight_roster_member;

/**
 * What a roster says. Free it with `relight_roster_free`.
 */
typedef struct relight_roster {
  /**
   * The digest that requests name the roster by: compare it with the other parties.
   */
  struct relight_digest digest;
  /**
   * The public recovery key, 48 bytes.
   */
  struct relight_buffer recovery_key;
  /**
   * The VSS commitment of the recovery key.
   */
  struct relight_buffer commitment;
  /**
   * How many members it takes.
   */
  uint16_t threshold;
  /**
   * The indices of the members.
   */
  struct relight_indices members;
  /**
   * Where their shares of the recovery key lie, in the same order.
   */
  struct relight_list identifiers;
  /**
   * Those of the members that have no share, because it is zero.
   */
  struct relight_indices shareless;
} relight_roster;

/**
 * What a fresh node asks for. The caller owns everything it points to.
 */
typedef struct relight_ask {
  /**
   * The name under which the roster's members registered.
   */
  struct relight_bytes party;
  /**
   * The roster of the recovery party.
   */
  struct relight_bytes roster;
  /**
   * The statements to unlock, all of one network and no two equal.
   */
  const struct relight_bytes *statements;
  /**
   * The number of statements.
   */
  size_t statements_len;
  /**
   * Who asks, for people to read, at most 255 bytes.
   */
  struct relight_bytes requester;
  /**
   * The time, in seconds since 1970-01-01 UTC.
   */
  uint64_t now;
  /**
   * The last second since 1970-01-01 UTC at which answers are taken, at most a week from now.
   */
  uint64_t expiry;
} relight_ask;

/**
 * Where a recovery stands. Free it with `relight_progress_free`.
 */
typedef struct relight_progress {
  /**
   * The members that have answered for every statement.
   */
  struct relight_indices answered;
  /**
   * The members that have not, or not for every one.
   */
  struct relight_indices missing;
  /**
   * How many more answers it takes for the statement that lacks most. Zero when all backups can be opened.
   */
  uint16_t needed;
  /**
   * How many more answers each statement takes, in the order of the request.
   */
  uint16_t *statements;
  /**
   * The number of statements.
   */
  size_t statements_len;
} relight_progress;

/**
 * A share and where it lies. The caller owns what it points to.
 */
typedef struct relight_share {
  /**
   * Where it lies: its share identifier.
   */
  struct relight_bytes identifier;
  /**
   * A public share, which is a point, or a share of a secret, which is a scalar.
   */
  struct relight_bytes share;
} relight_share;

/**
 * What the statement of a backup says. Free it with `relight_statement_free`.
 */
typedef struct relight_statement {
  /**
   * The digest that names the statement.
   */
  struct relight_digest digest;
  /**
   * The parameter set.
   */
  uint8_t parameters;
  /**
   * The epoch.
   */
  uint64_t epoch;
  /**
   * The network.
   */
  struct relight_buffer network;
  /**
   * The node.
   */
  struct relight_buffer node;
  /**
   * The recovery party's public key.
   */
  struct relight_buffer recovery_key;
  /**
   * The public half of the Blinder.
   */
  struct relight_buffer blinder;
  /**
   * The shares.
   */
  struct relight_entry *entries;
  /**
   * The number of shares.
   */
  size_t entries_len;
} relight_statement;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * Makes a backup: `backup` receives it, and the caller owns it. `shares` are the node's key shares in the order of
 * the statement. Fails if an input does not decode, with `RELIGHT_RESULT_SECRET_MISMATCH` if a share is not the one
 * that the statement lists, `RELIGHT_RESULT_MISMATCH` if it is of another epoch,
 * `RELIGHT_RESULT_INVALID_LENGTH` if their numbers differ, `RELIGHT_RESULT_WRONG_LOCK` if the statement is not one
 * of a backup.
 */
RELIGHT_MUST_USE
relight_result relight_backup_create(struct relight_bytes statement,
                                     const struct relight_bytes *shares,
                                     size_t shares_len,
                                     struct relight_buffer *backup,
                                     struct relight_details *details);

/**
 * What a backup claims to be: `statement` receives its statement, and the caller owns it. Nothing is verified: look
 * at it, decide nothing by it. Fails if `backup` or its statement does not decode.
 */
RELIGHT_MUST_USE
relight_result relight_backup_claim(struct relight_bytes backup,
                                    struct relight_buffer *statement,
                                    struct relight_details *details);

/**
 * Checks that this is the expected backup and that it can be recovered: `verified` receives a handle, to be freed
 * with `relight_backup_free`. Fails if an input does not decode, with `RELIGHT_RESULT_MISMATCH`, whose
 * details say in what, or with `RELIGHT_RESULT_PROOF_REJECTED`.
 */
RELIGHT_MUST_USE
relight_result relight_backup_verify(struct relight_bytes backup,
                                     struct relight_bytes expected_statement,
                                     struct relight_backup **verified,
                                     struct relight_details *details);

/**
 * Frees a verified backup, and sets the pointer to NULL. NULL and a pointer to NULL are harmless. Never fails.
 */
void relight_backup_free(struct relight_backup **verified);

/**
 * Is this the Blinder of the backup? An operator finds out without the recovery party. `blinder` is the secret. Fails
 * if it does not decode, and with `RELIGHT_RESULT_WRONG_BLINDER`.
 */
RELIGHT_MUST_USE
relight_result relight_backup_check_blinder(const struct relight_backup *verified,
                                            struct relight_bytes blinder,
                                            struct relight_details *details);

/**
 * Opens a backup: `shares` receives the node's key shares in the order of the statement, and the caller owns them.
 * Each was checked against its public share. `blinder` is the secret. Fails if it does not decode, with
 * `RELIGHT_RESULT_WRONG_BLINDER`, `RELIGHT_RESULT_WRONG_UNLOCK_KEY` if none of the unlock keys is for this backup, or
 * `RELIGHT_RESULT_NOT_OPENABLE`.
 */
RELIGHT_MUST_USE
relight_result relight_backup_open(const struct relight_backup *verified,
                                   const struct relight_unlock_keys *unlock_keys,
                                   struct relight_bytes blinder,
                                   struct relight_list *shares,
                                   struct relight_details *details);

/**
 * Puts a bundle together: `bundle` receives it, and the caller owns it. Publish it, and tell everyone its digest or its
 * short code. Fails if an input does not decode, like `relight_bundle_verify`, which this is checked by.
 */
RELIGHT_MUST_USE
relight_result relight_bundle_new(const struct relight_bundle_contents *contents,
                                  struct relight_buffer *bundle,
                                  struct relight_details *details);

/**
 * Frees what a claim owns, and empties it. NULL and empty claims are harmless. Never fails.
 */
void relight_bundle_claim_free(struct relight_bundle_claim *claim);

/**
 * What a bundle claims to be: `claim` receives it, and the caller owns it. Nothing is verified. Fails if `bundle` does
 * not decode.
 */
RELIGHT_MUST_USE
relight_result relight_bundle_inspect(struct relight_bytes bundle,
                                      struct relight_bundle_claim *claim,
                                      struct relight_details *details);

/**
 * Frees what a bundle owns, and empties it. NULL and empty bundles are harmless. Never fails.
 */
void relight_bundle_free(struct relight_bundle *fields);

/**
 * Verifies all of a bundle at once: `fields` receives what it says, and the caller owns it. `digest` is the one that
 * the caller has from a party that it trusts, not from where it found the bundle. That backups exist is for an audit to
 * say. Fails with `RELIGHT_RESULT_BUNDLE_MISMATCH` for another digest, before anything else is looked at, if something
 * in it does not decode, like `relight_roster_verify`, `relight_coverage_audit`, `relight_blinder_registration_verify`
 * and `relight_certificate_verify`, and with `RELIGHT_RESULT_BAD_CERTIFICATE` if certificates vouch for other keys,
 * `RELIGHT_RESULT_INVALID_LENGTH` if for more or fewer, `RELIGHT_RESULT_UNUSED_IDENTIFIER` if nobody has the share of a
 * recipient that confirmed, or `RELIGHT_RESULT_MISMATCH` if another member has it, or keys are of another epoch.
 */
RELIGHT_MUST_USE
relight_result relight_bundle_verify(struct relight_bytes bundle,
                                     const struct relight_digest *digest,
                                     struct relight_bundle *fields,
                                     struct relight_details *details);

/**
 * Verifies a bundle, like `relight_bundle_verify`, and audits its network, like `relight_coverage_audit`: `coverage`
 * receives how it is covered by these backups, and the caller owns it.
 */
RELIGHT_MUST_USE
relight_result relight_bundle_audit(struct relight_bytes bundle,
                                    const struct relight_digest *digest,
                                    const struct relight_bytes *backups,
                                    size_t backups_len,
                                    relight_watch watch,
                                    void *watcher,
                                    struct relight_coverage *coverage,
                                    struct relight_details *details);

/**
 * May `next` take the place of `known`? `changes` receives what is different in it, a clause in English for each
 * change, and the caller owns it: whoever trusts `known` has to look at nothing else. The caller verified both
 * (`relight_bundle_verify`). Fails like that, and with `RELIGHT_RESULT_MISMATCH` if `next` is of another network, of no
 * later epoch, has another root key in the place of a known one, another operator of a known node, or other keys in an
 * epoch that both know, `RELIGHT_RESULT_BROKEN_SUCCESSION` if the current registration of a known node is not among
 * those of `next`, or `RELIGHT_RESULT_RETIRED_REGISTRATION` if a member's registration is older than the known one.
 */
RELIGHT_MUST_USE
relight_result relight_bundle_check_successor(struct relight_bytes known,
                                              struct relight_bytes next,
                                              struct relight_list *changes,
                                              struct relight_details *details);

/**
 * Makes a nonce for a plan: `nonce` receives 32 random bytes, which the caller owns.
 */
RELIGHT_MUST_USE
relight_result relight_nonce_generate(struct relight_buffer *nonce,
                                      struct relight_details *details);

/**
 * Checks a plan: `ceremony` receives its encoding, and the caller owns it. All parties must have the same: they make
 * it themselves and compare its digest. Fails if a key does not decode, and with
 * `RELIGHT_RESULT_UNKNOWN_PARAMETER_SET`, `RELIGHT_RESULT_UNKNOWN_CURVE`, `RELIGHT_RESULT_UNKNOWN_ORIGIN`,
 * `RELIGHT_RESULT_INVALID_LENGTH` (also if the nonce has, if a key has what its origin does not
 * need, or if more than one recipient would receive a whole key), `RELIGHT_RESULT_INVALID_THRESHOLD` (also if a
 * re-sharing would give a whole key to every recipient), `RELIGHT_RESULT_INVALID_INDEX` (also if indices descend),
 * `RELIGHT_RESULT_DUPLICATE_INDEX` if an index is repeated, `RELIGHT_RESULT_DUPLICATE_KEY` if an identity of two
 * dealers or an identity or member key of two recipients does, `RELIGHT_RESULT_DUPLICATE_ENTRY` if an old key does,
 * `RELIGHT_RESULT_INVALID_IDENTIFIER`, `RELIGHT_RESULT_ZERO_IDENTIFIER`, `RELIGHT_RESULT_DUPLICATE_IDENTIFIER` (also
 * if a value is taken where a dealer's share lies), `RELIGHT_RESULT_INVALID_POINT` if the value that is taken is zero,
 * or `RELIGHT_RESULT_NOT_ENOUGH_DEALINGS` if the dealers are too few.
 */
RELIGHT_MUST_USE
relight_result relight_ceremony_new(const struct relight_plan *plan,
                                    struct relight_buffer *ceremony,
                                    struct relight_details *details);

/**
 * A code of 40 digits in eight groups, for the parties of a ceremony to compare by voice before they deal: `code`
 * receives the text, and the caller owns it. Fails if `ceremony` does not decode.
 */
RELIGHT_MUST_USE
relight_result relight_ceremony_short_code(struct relight_bytes ceremony,
                                           struct relight_buffer *code,
                                           struct relight_details *details);

/**
 * What a ceremony says: `fields` receives it. Fails if `ceremony` does not decode, and like `relight_ceremony_new`.
 */
RELIGHT_MUST_USE
relight_result relight_ceremony_inspect(struct relight_bytes ceremony,
                                        struct relight_ceremony *fields,
                                        struct relight_details *details);

/**
 * Frees a closed ceremony, and sets the pointer to NULL. NULL and a pointer to NULL are harmless. Never fails.
 */
void relight_closed_free(struct relight_closed **closed);

/**
 * Frees what a status owns, and empties it. NULL and an empty status are harmless. Never fails.
 */
void relight_closed_status_free(struct relight_closed_status *status);

/**
 * What the closed ceremony lacks: `status` receives it, and the caller owns it.
 */
RELIGHT_MUST_USE
relight_result relight_closed_inspect(const struct relight_closed *closed,
                                      struct relight_closed_status *status,
                                      struct relight_details *details);

/**
 * Takes a dealing of the closed set. A second dealing of one of its dealers is evidence against that dealer
 * (`relight_evidence_two_dealings`), and changes nothing else. Fails like `relight_dealings_receive`, and with
 * `RELIGHT_RESULT_LATE_DEALING` if its dealer is not in the set.
 */
RELIGHT_MUST_USE
relight_result relight_closed_receive(const struct relight_closed *closed,
                                      struct relight_bytes dealing,
                                      struct relight_details *details);

/**
 * Wipes and frees what an outcome owns, and empties it. NULL and empty outcomes are harmless. Never fails.
 */
void relight_outcome_free(struct relight_outcome *outcome);

/**
 * Finishes a ceremony for one recipient: `outcome` receives its key shares and what everyone knows, and the caller
 * owns it. `member_key` is the recipient's secret. Fails if it does not decode, with `RELIGHT_RESULT_MISSING_DEALING`,
 * `RELIGHT_RESULT_UNKNOWN_RECIPIENT`, `RELIGHT_RESULT_WRONG_MEMBER_KEY`, or `RELIGHT_RESULT_BAD_CERTIFICATE` if other
 * keys come of the dealings than the certificate says.
 */
RELIGHT_MUST_USE
relight_result relight_closed_finish(const struct relight_closed *closed,
                                     uint16_t recipient,
                                     struct relight_bytes member_key,
                                     struct relight_outcome *outcome,
                                     struct relight_details *details);

/**
 * Finishes a ceremony for anyone: `outcome` receives what everyone knows and no shares, and the caller owns it. Fails
 * with `RELIGHT_RESULT_MISSING_DEALING`, and with `RELIGHT_RESULT_BAD_CERTIFICATE` if other keys come of the dealings
 * than the certificate says.
 */
RELIGHT_MUST_USE
relight_result relight_closed_finish_public(const struct relight_closed *closed,
                                            struct relight_outcome *outcome,
                                            struct relight_details *details);

/**
 * Frees what an inspected confirmation owns, and empties it. NULL and empty ones are harmless. Never fails.
 */
void relight_confirmation_free(struct relight_confirmation *fields);

/**
 * Checks a confirmation: `fields` receives what it says, and the caller owns it. Fails if an input does not decode,
 * with `RELIGHT_RESULT_INVALID_INDEX` or `RELIGHT_RESULT_DUPLICATE_INDEX` if its dealers do not ascend,
 * `RELIGHT_RESULT_CEREMONY_MISMATCH`, `RELIGHT_RESULT_UNKNOWN_RECIPIENT` or `RELIGHT_RESULT_BAD_SIGNATURE` if it does
 * not count, no matter who sent it, and with `RELIGHT_RESULT_BAD_CONFIRMATION` if the recipient signed what cannot be a set
 * of dealings.
 */
RELIGHT_MUST_USE
relight_result relight_confirmation_verify(struct relight_bytes ceremony,
                                           struct relight_bytes confirmation,
                                           struct relight_confirmation *fields,
                                           struct relight_details *details);

/**
 * Begins to collect the confirmations of a ceremony: `confirmations` receives a handle, to be freed with
 * `relight_confirmations_free`. Fails if `ceremony` does not decode.
 */
RELIGHT_MUST_USE
relight_result relight_confirmations_new(struct relight_bytes ceremony,
                                         struct relight_confirmations **confirmations,
                                         struct relight_details *details);

/**
 * Frees collected confirmations, and sets the pointer to NULL. NULL and a pointer to NULL are harmless. Never fails.
 */
void relight_confirmations_free(struct relight_confirmations **confirmations);

/**
 * Takes a confirmation as it was received, if it is valid. The same one again is harmless. Fails like
 * `relight_confirmation_verify`, and with `RELIGHT_RESULT_DOUBLE_CONFIRMATION` if the recipient confirmed something
 * else before: the first one counts, and the two are evidence (`relight_evidence_two_confirmations`).
 */
RELIGHT_MUST_USE
relight_result relight_confirmations_receive(const struct relight_confirmations *confirmations,
                                             struct relight_bytes confirmation,
                                             struct relight_details *details);

/**
 * Frees what a status owns, and empties it. NULL and an empty status are harmless. Never fails.
 */
void relight_confirmations_status_free(struct relight_confirmations_status *status);

/**
 * How far the ceremony is from being closed: `status` receives it, and the caller owns it.
 */
RELIGHT_MUST_USE
relight_result relight_confirmations_inspect(const struct relight_confirmations *confirmations,
                                             struct relight_confirmations_status *status,
                                             struct relight_details *details);

/**
 * The certificate that the ceremony is closed, with all equal confirmations: `certificate` receives it, and the caller
 * owns it. Keep it with the outcome, and give it to who checks backups. Only with a certificate may an old share be
 * erased. Fails with `RELIGHT_RESULT_NOT_CLOSED` if too few are equal.
 */
RELIGHT_MUST_USE
relight_result relight_confirmations_certificate(const struct relight_confirmations *confirmations,
                                                 struct relight_buffer *certificate,
                                                 struct relight_details *details);

/**
 * Frees what a verified certificate owns, and empties it. NULL and empty ones are harmless. Never fails.
 */
void relight_certificate_free(struct relight_certificate *fields);

/**
 * Checks a certificate against its ceremony: `fields` receives what it says, and the caller owns it. Fails if an input
 * does not decode, with `RELIGHT_RESULT_INVALID_INDEX` or `RELIGHT_RESULT_DUPLICATE_INDEX` if dealers or recipients do
 * not ascend, `RELIGHT_RESULT_CEREMONY_MISMATCH`, `RELIGHT_RESULT_BAD_CERTIFICATE` if it names what cannot be a set of
 * dealings, `RELIGHT_RESULT_UNKNOWN_RECIPIENT`, `RELIGHT_RESULT_NOT_CLOSED` if the confirmations are too few, or
 * `RELIGHT_RESULT_BAD_SIGNATURE`.
 */
RELIGHT_MUST_USE
relight_result relight_certificate_verify(struct relight_bytes ceremony,
                                          struct relight_bytes certificate,
                                          struct relight_certificate *fields,
                                          struct relight_details *details);

/**
 * Are these, in the order of the ceremony, the VSS commitments of the keys that came of it? That needs no dealings: a
 * custodian asks it. `keys` are those of a `relight_outcome`. Fails like `relight_certificate_verify`, and with
 * `RELIGHT_RESULT_BAD_CERTIFICATE` if they are not.
 */
RELIGHT_MUST_USE
relight_result relight_certificate_vouch_for(struct relight_bytes ceremony,
                                             struct relight_bytes certificate,
                                             const struct relight_bytes *keys,
                                             size_t keys_len,
                                             struct relight_details *details);

/**
 * Frees what a coverage owns, and empties it. NULL and an empty coverage are harmless. Never fails.
 */
void relight_coverage_free(struct relight_coverage *coverage);

/**
 * Verifies all backups given, on all processors, and the registrations of the nodes: `coverage` receives how the network
 * is covered, and the caller owns it. `watch`, which may be NULL, hears after each backup how many are done; `watcher` is
 * passed to it. Bad backups and registrations are findings, not failures. Fails if the network or a node is
 * not well formed (see `relight_statement_new`), with `RELIGHT_RESULT_DUPLICATE_INDEX` if two nodes have the same
 * name, whose details have the second one's place from one, `RELIGHT_RESULT_DUPLICATE_IDENTIFIER` if two shares of a
 * key lie at the same identifier, and with `RELIGHT_RESULT_WRONG_CURVE` or `RELIGHT_RESULT_INVALID_LENGTH` if a former
 * epoch has other keys.
 */
RELIGHT_MUST_USE
relight_result relight_coverage_audit(const struct relight_network *network,
                                      const struct relight_node *nodes,
                                      size_t nodes_len,
                                      const struct relight_bytes *backups,
                                      size_t backups_len,
                                      relight_watch watch,
                                      void *watcher,
                                      struct relight_coverage *coverage,
                                      struct relight_details *details);

/**
 * Makes the dealing of one dealer: `dealing` receives what it broadcasts, and the caller owns it. `identity` is the
 * dealer's secret; `old_shares` are its shares of the old keys in the ceremony's order, and none for new keys. Fails
 * if an input does not decode, with `RELIGHT_RESULT_UNKNOWN_DEALER`, `RELIGHT_RESULT_WRONG_IDENTITY` if the identity
 * is not that dealer's, `RELIGHT_RESULT_INVALID_LENGTH` for too few or too many old shares, `RELIGHT_RESULT_SHARELESS`
 * if the dealer has no share of a key, because it is zero, `RELIGHT_RESULT_MISMATCH` if a share is of
 * another key or lies elsewhere, or `RELIGHT_RESULT_OTHER_SHARING` if it is from before or after a refresh.
 */
RELIGHT_MUST_USE
relight_result relight_ceremony_deal(struct relight_bytes ceremony,
                                     uint16_t dealer,
                                     struct relight_bytes identity,
                                     const struct relight_bytes *old_shares,
                                     size_t old_shares_len,
                                     struct relight_buffer *dealing,
                                     struct relight_details *details);

/**
 * Like `relight_ceremony_deal`, for a dealer whose identity lives in a wallet: `dealing` receives the unsigned form,
 * and the caller owns it. `member_key` is the dealer's secret, which stands in for that of its identity as one more
 * thing that randomness is hedged with. Fails like `relight_ceremony_deal`.
 */
RELIGHT_MUST_USE
relight_result relight_ceremony_deal_unsigned(struct relight_bytes ceremony,
                                              uint16_t dealer,
                                              struct relight_bytes member_key,
                                              const struct relight_bytes *old_shares,
                                              size_t old_shares_len,
                                              struct relight_unsigned *dealing,
                                              struct relight_details *details);

/**
 * Who a dealing claims to be of, and the digest by which it is confirmed and asked for: `claim` receives it. Nothing
 * is verified. Fails with `RELIGHT_RESULT_TRUNCATED`, `RELIGHT_RESULT_UNSUPPORTED_VERSION` or
 * `RELIGHT_RESULT_INVALID_INDEX`.
 */
RELIGHT_MUST_USE
relight_result relight_dealing_inspect(struct relight_bytes dealing,
                                       struct relight_agreed_dealing *claim,
                                       struct relight_details *details);

/**
 * Checks a dealing as it was received: `verified` receives who made it, and its digest. Fails if `ceremony` does not
 * decode, with `RELIGHT_RESULT_TRUNCATED`, `RELIGHT_RESULT_UNSUPPORTED_VERSION`, `RELIGHT_RESULT_INVALID_INDEX`,
 * `RELIGHT_RESULT_CEREMONY_MISMATCH` or `RELIGHT_RESULT_UNKNOWN_DEALER` if the dealing does not belong here, and with
 * `RELIGHT_RESULT_BAD_DEALING`, whose details name the dealer and its fault.
 */
RELIGHT_MUST_USE
relight_result relight_dealing_verify(struct relight_bytes ceremony,
                                      struct relight_bytes dealing,
                                      struct relight_agreed_dealing *verified,
                                      struct relight_details *details);

/**
 * Begins to collect the dealings of a ceremony: `dealings` receives a handle, to be freed with
 * `relight_dealings_free`. Fails if `ceremony` does not decode.
 */
RELIGHT_MUST_USE
relight_result relight_dealings_new(struct relight_bytes ceremony,
                                    struct relight_dealings **dealings,
                                    struct relight_details *details);

/**
 * Frees collected dealings, and sets the pointer to NULL. NULL and a pointer to NULL are harmless. Never fails.
 */
void relight_dealings_free(struct relight_dealings **dealings);

/**
 * Takes a dealing as it was received, if it is valid. The same one again costs a hash. A dealer that signs a bad
 * dealing, or two different ones, is expelled: what this party confirms goes without it, and what it sends from then
 * on fails with the fault `RELIGHT_FAULT_EXPELLED`, for a hash. Fails like `relight_dealing_verify`. Keep the bytes of
 * valid dealings: others may ask for them by their digest.
 */
RELIGHT_MUST_USE
relight_result relight_dealings_receive(const struct relight_dealings *dealings,
                                        struct relight_bytes dealing,
                                        struct relight_details *details);

/**
 * Frees what a status owns, and empties it. NULL and an empty status are harmless. Never fails.
 */
void relight_dealings_status_free(struct relight_dealings_status *status);

/**
 * Which dealings were taken: `status` receives it, and the caller owns it.
 */
RELIGHT_MUST_USE
relight_result relight_dealings_inspect(const struct relight_dealings *dealings,
                                        struct relight_dealings_status *status,
                                        struct relight_details *details);

/**
 * Confirms the valid dealings that were taken: `confirmation` receives the unsigned form, for the recipient's identity
 * to sign, and the caller owns it. `member_key` is the recipient's secret: its shares are opened and checked first.
 *
 * A recipient confirms once: from then on this gives the same set, whatever arrives. Store the signed confirmation
 * before you send it, and after a restart take it with `relight_dealings_confirm_like`. Fails if `member_key` does not
 * decode, with `RELIGHT_RESULT_NOT_ENOUGH_DEALINGS`, whose details name the dealers of bad ones,
 * `RELIGHT_RESULT_UNKNOWN_RECIPIENT`, or `RELIGHT_RESULT_WRONG_MEMBER_KEY`.
 */
RELIGHT_MUST_USE
relight_result relight_dealings_confirm(const struct relight_dealings *dealings,
                                        uint16_t recipient,
                                        struct relight_bytes member_key,
                                        struct relight_unsigned *confirmation,
                                        struct relight_details *details);

/**
 * Confirms the same dealings as another confirmation: the recipient's own from before a restart, or that of most
 * others (see `relight_confirmations_inspect`), so that the ceremony can close. Otherwise it is like
 * `relight_dealings_confirm`. Fails like that, if `other` does not decode, with `RELIGHT_RESULT_CEREMONY_MISMATCH`,
 * `RELIGHT_RESULT_BAD_CONFIRMATION` if it names what cannot be a set of dealings, `RELIGHT_RESULT_MISSING_DEALING`, or
 * `RELIGHT_RESULT_ALREADY_CONFIRMED` if this party confirmed another set. The signature of `other` is not checked
 * here: `relight_confirmations_receive` does that.
 */
RELIGHT_MUST_USE
relight_result relight_dealings_confirm_like(const struct relight_dealings *dealings,
                                             struct relight_bytes other,
                                             uint16_t recipient,
                                             struct relight_bytes member_key,
                                             struct relight_unsigned *confirmation,
                                             struct relight_details *details);

/**
 * Goes on with the closed set alone: `closed` receives a handle, to be freed with `relight_closed_free`. The collected
 * dealings stay as they are, and are to be freed. Fails like `relight_certificate_verify`.
 */
RELIGHT_MUST_USE
relight_result relight_dealings_close(const struct relight_dealings *dealings,
                                      struct relight_bytes certificate,
                                      struct relight_closed **closed,
                                      struct relight_details *details);

/**
 * Which members have no share of the recovery key, because it is zero: `shareless` receives their indices, ascending,
 * and the caller owns them. Fails if `party` is none: if its commitment does not decode, with
 * `RELIGHT_RESULT_WRONG_CURVE`, `RELIGHT_RESULT_INVALID_INDEX`, `RELIGHT_RESULT_DUPLICATE_INDEX`,
 * `RELIGHT_RESULT_INVALID_IDENTIFIER`, `RELIGHT_RESULT_ZERO_IDENTIFIER`, `RELIGHT_RESULT_DUPLICATE_IDENTIFIER`, or
 * `RELIGHT_RESULT_INVALID_THRESHOLD` if the members that have a share are too few.
 */
RELIGHT_MUST_USE
relight_result relight_recovery_party_shareless(const struct relight_recovery_party *party,
                                                struct relight_indices *shareless,
                                                struct relight_details *details);

/**
 * A member's contribution to opening one statement: `decryption_share` receives it (99 bytes), and the caller owns
 * it. `member` is the member's index, `share` its key share of the recovery key, a secret. Fails if `share` does not
 * decode, with `RELIGHT_RESULT_INVALID_INDEX` for index zero, and with `RELIGHT_RESULT_WRONG_CURVE` if the share is
 * of another curve. Make it only for who may open the statement: `relight_respond` seals it to them.
 */
RELIGHT_MUST_USE
relight_result relight_decryption_share_new(uint16_t member,
                                            struct relight_bytes share,
                                            const struct relight_digest *digest,
                                            struct relight_buffer *decryption_share,
                                            struct relight_details *details);

/**
 * Checks decryption shares of one statement, all at once. Fails if an input does not decode, if `party` is none (see
 * `relight_recovery_party_shareless`), with `RELIGHT_RESULT_UNKNOWN_MEMBER`, with `RELIGHT_RESULT_SHARELESS` for a
 * share from a member that has none, or with `RELIGHT_RESULT_BAD_DECRYPTION_SHARES`, whose details name every member
 * at fault.
 */
RELIGHT_MUST_USE
relight_result relight_decryption_shares_verify(const struct relight_recovery_party *party,
                                                const struct relight_digest *digest,
                                                const struct relight_bytes *shares,
                                                size_t shares_len,
                                                struct relight_details *details);

/**
 * Combines at least a threshold of decryption shares of one statement: `unlock_keys` receives a handle, to be freed
 * with `relight_unlock_keys_free`. Uses those of the lowest members. Fails like `relight_decryption_shares_verify`,
 * with `RELIGHT_RESULT_DUPLICATE_INDEX` if a member is repeated, `RELIGHT_RESULT_NOT_ENOUGH_SHARES`, or with
 * `RELIGHT_RESULT_BAD_DECRYPTION_SHARES`: drop the shares of the members that the details name, and try again.
 */
RELIGHT_MUST_USE
relight_result relight_decryption_shares_combine(const struct relight_recovery_party *party,
                                                 const struct relight_digest *digest,
                                                 const struct relight_bytes *shares,
                                                 size_t shares_len,
                                                 struct relight_unlock_keys **unlock_keys,
                                                 struct relight_details *details);

/**
 * Wipes and frees unlock keys, and sets the pointer to NULL. NULL and a pointer to NULL are harmless. Never fails.
 */
void relight_unlock_keys_free(struct relight_unlock_keys **unlock_keys);

/**
 * Derives a public key from root public keys, or its public share from public shares: `derived` receives it, and the
 * caller owns it. `curve` is a `RELIGHT_CURVE_` number; `info` says whose key it is; an empty `tag` stands for the
 * curve's own. Fails with `RELIGHT_RESULT_UNKNOWN_CURVE`, `RELIGHT_RESULT_INVALID_POINT`, or
 * `RELIGHT_RESULT_INVALID_LENGTH` for less than two roots or if `tag` is longer than 255 bytes.
 *
 * Derived keys are linear in the roots: a party that signs or decrypts with them does so on what `relight_augment` makes
 * of the message, or results under as many keys as there are roots give those under all others.
 */
RELIGHT_MUST_USE
relight_result relight_derive_public(uint16_t curve,
                                     struct relight_bytes info,
                                     struct relight_bytes tag,
                                     const struct relight_bytes *roots,
                                     size_t roots_len,
                                     struct relight_buffer *derived,
                                     struct relight_details *details);

/**
 * Derives a secret from root secrets, or a share of it from shares of the roots: `derived` receives the scalar, and
 * the caller owns it. `roots` are scalars, see `relight_key_share_secret`. Fails like `relight_derive_public`, and
 * with `RELIGHT_RESULT_INVALID_SCALAR`.
 */
RELIGHT_MUST_USE
relight_result relight_derive_secret(uint16_t curve,
                                     struct relight_bytes info,
                                     struct relight_bytes tag,
                                     const struct relight_bytes *roots,
                                     size_t roots_len,
                                     struct relight_buffer *derived,
                                     struct relight_details *details);

/**
 * What a linear operation under a derived key, such as a BLS signature or a decryption, is computed on in place of a
 * message: `augmented` receives the derived public key and then the message, and the caller owns it. The party that computes
 * takes the public key of the key that it computes with, never one that it is told. Fails with
 * `RELIGHT_RESULT_UNKNOWN_CURVE` or `RELIGHT_RESULT_INVALID_POINT`.
 */
RELIGHT_MUST_USE
relight_result relight_augment(uint16_t curve,
                               struct relight_bytes public_key,
                               struct relight_bytes message,
                               struct relight_buffer *augmented,
                               struct relight_details *details);

/**
 * Frees what the details own and empties them. NULL and empty details are harmless. Never fails.
 */
void relight_details_free(struct relight_details *details);

/**
 * Evidence of a dealing that is signed and bad: `evidence` receives it, and the caller owns it. Nothing is verified.
 */
RELIGHT_MUST_USE
relight_result relight_evidence_bad_dealing(struct relight_bytes dealing,
                                            struct relight_buffer *evidence,
                                            struct relight_details *details);

/**
 * Evidence of two different dealings of one dealer: `evidence` receives it, and the caller owns it. Nothing is
 * verified.
 */
RELIGHT_MUST_USE
relight_result relight_evidence_two_dealings(struct relight_bytes dealing,
                                             struct relight_bytes other,
                                             struct relight_buffer *evidence,
                                             struct relight_details *details);

/**
 * Evidence of two different confirmations of one recipient: `evidence` receives it, and the caller owns it. Nothing is
 * verified.
 */
RELIGHT_MUST_USE
relight_result relight_evidence_two_confirmations(struct relight_bytes confirmation,
                                                  struct relight_bytes other,
                                                  struct relight_buffer *evidence,
                                                  struct relight_details *details);

/**
 * Checks evidence against the ceremony that it is about: `culprit` receives whom it is against. Fails if an input does
 * not decode, with `RELIGHT_RESULT_UNKNOWN_KIND` for evidence of an unknown kind, and with
 * `RELIGHT_RESULT_NO_EVIDENCE` if it proves nothing against anyone.
 */
RELIGHT_MUST_USE
relight_result relight_evidence_verify(struct relight_bytes ceremony,
                                       struct relight_bytes evidence,
                                       struct relight_culprit *culprit,
                                       struct relight_details *details);

/**
 * The share identifier of a number: `identifier` receives its bytes, and the caller owns them. A number below 256 is
 * also the one byte that it is. Fails with `RELIGHT_RESULT_INVALID_IDENTIFIER` for zero.
 */
RELIGHT_MUST_USE
relight_result relight_identifier_of_number(uint64_t number,
                                            struct relight_buffer *identifier,
                                            struct relight_details *details);

/**
 * The share identifier of a big-endian integer that may begin with zeros, as one of a fixed length: `identifier`
 * receives its bytes without those, and the caller owns them. Fails with `RELIGHT_RESULT_INVALID_IDENTIFIER` if the
 * integer is zero or has more than 512 bits.
 */
RELIGHT_MUST_USE
relight_result relight_identifier_of_integer(struct relight_bytes integer,
                                             struct relight_buffer *identifier,
                                             struct relight_details *details);

/**
 * Frees what an inspected key share owns, and empties it. NULL and empty key shares are harmless. Never fails.
 */
void relight_key_share_free(struct relight_key_share *fields);

/**
 * What is public about a key share: `fields` receives it, and the caller owns it. Fails if `share` does not decode.
 */
RELIGHT_MUST_USE
relight_result relight_key_share_inspect(struct relight_bytes share,
                                         struct relight_key_share *fields,
                                         struct relight_details *details);

/**
 * The secret scalar of a key share, for the network's own protocols: `secret` receives it, and the caller owns it.
 * Fails if `share` does not decode.
 */
RELIGHT_MUST_USE
relight_result relight_key_share_secret(struct relight_bytes share,
                                        struct relight_buffer *secret,
                                        struct relight_details *details);

/**
 * Frees what an inspected VSS commitment owns, and empties it. NULL and empty ones are harmless. Never fails.
 */
void relight_vss_commitment_free(struct relight_vss_commitment *fields);

/**
 * What a VSS commitment says: `fields` receives it, and the caller owns it. Fails if `commitment` does not
 * decode.
 */
RELIGHT_MUST_USE
relight_result relight_vss_commitment_inspect(struct relight_bytes commitment,
                                              struct relight_vss_commitment *fields,
                                              struct relight_details *details);

/**
 * The public share at a share identifier: `public_share` receives it, and the caller owns it. Fails if `commitment`
 * does not decode, with `RELIGHT_RESULT_INVALID_IDENTIFIER` or `RELIGHT_RESULT_ZERO_IDENTIFIER`, and with
 * `RELIGHT_RESULT_INVALID_POINT` where nobody has a share, because it is zero.
 */
RELIGHT_MUST_USE
relight_result relight_vss_commitment_public_share(struct relight_bytes commitment,
                                                   struct relight_bytes identifier,
                                                   struct relight_buffer *public_share,
                                                   struct relight_details *details);

/**
 * More than two thirds of the parties: `threshold` receives the number. Fails with
 * `RELIGHT_RESULT_INVALID_THRESHOLD` for no parties.
 */
RELIGHT_MUST_USE
relight_result relight_supermajority(uint16_t parties,
                                     uint16_t *threshold,
                                     struct relight_details *details);

/**
 * What a secret is: `kind` receives a `RELIGHT_KIND_` number. Secrets say what they are and have a checksum, so that
 * none is taken for another: what decodes one fails with `RELIGHT_RESULT_WRONG_KIND` for another kind, and with
 * `RELIGHT_RESULT_BAD_CHECKSUM` for a damaged one. This looks at the kind alone, and fails with
 * `RELIGHT_RESULT_TRUNCATED`, `RELIGHT_RESULT_UNSUPPORTED_VERSION`, or `RELIGHT_RESULT_UNKNOWN_KIND`.
 */
RELIGHT_MUST_USE
relight_result relight_secret_kind(struct relight_bytes secret,
                                   uint8_t *kind,
                                   struct relight_details *details);

/**
 * Makes an identity: the key with which a party signs. `secret` receives its encoding, which the caller owns.
 */
RELIGHT_MUST_USE
relight_result relight_identity_generate(struct relight_buffer *secret,
                                         struct relight_details *details);

/**
 * The public half of an identity: `public_key` receives 33 bytes, which the caller owns. Fails if `secret` is not the
 * encoding of an identity.
 */
RELIGHT_MUST_USE
relight_result relight_identity_public(struct relight_bytes secret,
                                       struct relight_buffer *public_key,
                                       struct relight_details *details);

/**
 * Makes a member key: the key with which a party receives its shares. `secret` receives its encoding, which the
 * caller owns.
 */
RELIGHT_MUST_USE
relight_result relight_member_key_generate(struct relight_buffer *secret,
                                           struct relight_details *details);

/**
 * The public half of a member key: `public_key` receives 48 bytes, which the caller owns. Fails if `secret` is not
 * the encoding of a member key.
 */
RELIGHT_MUST_USE
relight_result relight_member_key_public(struct relight_bytes secret,
                                         struct relight_buffer *public_key,
                                         struct relight_details *details);

/**
 * Makes a Blinder, which its operator keeps offline. `secret` receives its encoding, which the caller owns.
 */
RELIGHT_MUST_USE
relight_result relight_blinder_generate(struct relight_buffer *secret,
                                        struct relight_details *details);

/**
 * The public half of a Blinder: `public_key` receives 48 bytes, which the caller owns. Fails if `secret` is not the
 * encoding of a Blinder.
 */
RELIGHT_MUST_USE
relight_result relight_blinder_public(struct relight_bytes secret,
                                      struct relight_buffer *public_key,
                                      struct relight_details *details);

/**
 * The name of a `relight_field`, such as "recovery key": a static string. "unknown" for other numbers. Never fails.
 */
const char *relight_field_name(int32_t field);

/**
 * The name of a `relight_fault`, such as "equivocation": a static string. "unknown" for other numbers. Never fails.
 */
const char *relight_fault_name(int32_t fault);

/**
 * The name of a `relight_wallet_fault`, such as "recovery id": a static string. "unknown" for other numbers. Never
 * fails.
 */
const char *relight_wallet_fault_name(int32_t fault);

/**
 * The name of a `relight_registration_fault`, such as "schnorr proof": a static string. "unknown" for other numbers.
 * Never fails.
 */
const char *relight_registration_fault_name(int32_t fault);

/**
 * The name of a `relight_status`, such as "covered": a static string. "unknown" for other numbers. Never fails.
 */
const char *relight_status_name(int32_t status);

/**
 * The name of the curve of a `RELIGHT_CURVE_` number, such as "secp256k1": a static string. "unknown" for other
 * numbers. Never fails.
 */
const char *relight_curve_name(uint16_t curve);

/**
 * The name of the parameter set of a `RELIGHT_PARAMETERS_` number, such as "fast": a static string. "unknown" for
 * other numbers. Never fails.
 */
const char *relight_parameters_name(uint8_t parameters);

/**
 * The name of the kind of secret of a `RELIGHT_KIND_` number, such as "key share": a static string. "unknown" for
 * other numbers. Never fails.
 */
const char *relight_kind_name(uint8_t kind);

#if defined(RELIGHT_VECTORS)
/**
 * Only in the vectors build, which is not for use: this thread draws these byte strings next, in their order,
 * instead of the operating system's randomness. A draw of another length than the next string, or one too many,
 * fails with `RELIGHT_RESULT_RANDOMNESS_FAILED`. No strings stand for the operating system again. Fails with
 * `RELIGHT_RESULT_RANDOMNESS_FAILED` if draws that were to be played back before are left: they are forgotten.
 */
RELIGHT_MUST_USE
relight_result relight_vectors_randomness(const struct relight_bytes *draws,
                                          size_t draws_len,
                                          struct relight_details *details);
#endif

/**
 * Registers a Blinder for one node of the network `network`, for the first time: `registration` receives the unsigned
 * form, which the caller owns. Signed, it is what the operator gives to the node. `blinder` is the secret,
 * `operator_identity` the public half of the operator's identity. Fails if they do not decode, and with
 * `RELIGHT_RESULT_INVALID_LENGTH` if a name is longer than 255 bytes.
 */
RELIGHT_MUST_USE
relight_result relight_blinder_register(struct relight_bytes blinder,
                                        struct relight_bytes network,
                                        struct relight_bytes node,
                                        struct relight_bytes operator_identity,
                                        struct relight_unsigned *registration,
                                        struct relight_details *details);

/**
 * Replaces the Blinder of a registration by another one: `successor` receives the unsigned form of the next
 * registration, for the same operator to sign, and the caller owns it. `blinder` is the new secret. Fails if an input
 * does not decode, and with `RELIGHT_RESULT_INVALID_SERIAL` after the greatest serial.
 */
RELIGHT_MUST_USE
relight_result relight_blinder_registration_successor(struct relight_bytes registration,
                                                      struct relight_bytes blinder,
                                                      struct relight_unsigned *successor,
                                                      struct relight_details *details);

/**
 * Checks a registration against the network, the node and the operator that it should be of: `public_key` receives the
 * public half of the Blinder (48 bytes), which the caller owns. `operator_identity` is the public half of the
 * operator's identity, from the caller's own configuration. Fails if an input does not decode, with
 * `RELIGHT_RESULT_MISMATCH`, whose details say in what, `RELIGHT_RESULT_BAD_SIGNATURE`, or
 * `RELIGHT_RESULT_BAD_SCHNORR_PROOF`.
 */
RELIGHT_MUST_USE
relight_result relight_blinder_registration_verify(struct relight_bytes registration,
                                                   struct relight_bytes network,
                                                   struct relight_bytes node,
                                                   struct relight_bytes operator_identity,
                                                   struct relight_buffer *public_key,
                                                   struct relight_details *details);

/**
 * May `next` take the place of `known`, a registration that was verified? The same one again may. Fails if one does
 * not decode, like `relight_blinder_registration_verify` if `next` is not of the same network, node and operator, with
 * `RELIGHT_RESULT_RETIRED_REGISTRATION` if it is not newer, and with `RELIGHT_RESULT_BROKEN_SUCCESSION` if it does not
 * follow `known` directly.
 */
RELIGHT_MUST_USE
relight_result relight_blinder_registration_check_successor(struct relight_bytes known,
                                                            struct relight_bytes next,
                                                            struct relight_details *details);

/**
 * Frees what an inspected registration owns, and empties it. NULL and empty ones are harmless. Never fails.
 */
void relight_blinder_registration_free(struct relight_blinder_registration *fields);

/**
 * What the registration of a Blinder says: `fields` receives it, and the caller owns it. Nothing is verified. Fails if
 * `registration` does not decode, with `RELIGHT_RESULT_INVALID_SERIAL` if its serial does not go with the rest.
 */
RELIGHT_MUST_USE
relight_result relight_blinder_registration_inspect(struct relight_bytes registration,
                                                    struct relight_blinder_registration *fields,
                                                    struct relight_details *details);

/**
 * Registers a member of the party `party` under an index, for the first time: `registration` receives the unsigned
 * form, which the caller owns. `identity` is the public half of the member's identity, which signs it; `member_key` is
 * a secret. Fails if they do not decode, with `RELIGHT_RESULT_INVALID_INDEX` for index zero, and with
 * `RELIGHT_RESULT_INVALID_LENGTH` if `party` is longer than 255 bytes.
 */
RELIGHT_MUST_USE
relight_result relight_member_register(struct relight_bytes party,
                                       uint16_t index,
                                       struct relight_bytes identity,
                                       struct relight_bytes member_key,
                                       struct relight_unsigned *registration,
                                       struct relight_details *details);

/**
 * Replaces the member key of a registration by another one: `successor` receives the unsigned form of the next
 * registration, for the same identity to sign, and the caller owns it. `member_key` is the new secret. Fails if an
 * input does not decode, and with `RELIGHT_RESULT_INVALID_SERIAL` after the greatest serial.
 */
RELIGHT_MUST_USE
relight_result relight_member_registration_successor(struct relight_bytes registration,
                                                     struct relight_bytes member_key,
                                                     struct relight_unsigned *successor,
                                                     struct relight_details *details);

/**
 * Frees what a member owns, and empties it. NULL and empty members are harmless. Never fails.
 */
void relight_member_free(struct relight_member *member);

/**
 * Checks a member's registration under `party`: `member` receives what it says, which the caller owns. Fails if
 * `registration` does not decode, with `RELIGHT_RESULT_MISMATCH` if it is for another party, with
 * `RELIGHT_RESULT_BAD_SIGNATURE`, and with `RELIGHT_RESULT_BAD_SCHNORR_PROOF`.
 */
RELIGHT_MUST_USE
relight_result relight_member_registration_verify(struct relight_bytes registration,
                                                  struct relight_bytes party,
                                                  struct relight_member *member,
                                                  struct relight_details *details);

/**
 * May `next` take the place of `known`, a member's registration that was verified? The same one again may. Fails if
 * one does not decode, like `relight_member_registration_verify` if `next` is not for the same party, with
 * `RELIGHT_RESULT_MISMATCH` also if its index or identity is another, with
 * `RELIGHT_RESULT_RETIRED_REGISTRATION` if it is not newer, and with `RELIGHT_RESULT_BROKEN_SUCCESSION` if it does not
 * follow `known` directly.
 */
RELIGHT_MUST_USE
relight_result relight_member_registration_check_successor(struct relight_bytes known,
                                                           struct relight_bytes next,
                                                           struct relight_details *details);

/**
 * Wipes and frees a buffer, and makes it empty. NULL and empty buffers are harmless. Never fails.
 */
void relight_buffer_free(struct relight_buffer *buffer);

/**
 * Wipes and frees all buffers of a list, and makes it empty. NULL and empty lists are harmless. Never fails.
 */
void relight_list_free(struct relight_list *list);

/**
 * Frees a list of indices, and makes it empty. NULL and empty lists are harmless. Never fails.
 */
void relight_indices_free(struct relight_indices *indices);

/**
 * The first ceremony of a repair: `ceremony` receives it, and the caller owns it. The helpers deal in it with their
 * shares of the keys, and each finishes it. Fails like `relight_ceremony_new`: with
 * `RELIGHT_RESULT_NOT_ENOUGH_DEALINGS` if the helpers are too few, `RELIGHT_RESULT_DUPLICATE_IDENTIFIER` if one of
 * them has the receiver's share, and `RELIGHT_RESULT_INVALID_POINT` if that is zero: then the receiver needs another
 * identifier.
 */
RELIGHT_MUST_USE
relight_result relight_repair_prepare(const struct relight_repair *repair,
                                      struct relight_buffer *ceremony,
                                      struct relight_details *details);

/**
 * The second ceremony of a repair: `ceremony` receives it, and the caller owns it. The helpers deal in it with the
 * shares that they have from the first, and the receiver finishes it. `keys` are those of the outcome of the first.
 * Fails if an input does not decode, and with `RELIGHT_RESULT_CEREMONY_MISMATCH` if they are not of this repair.
 */
RELIGHT_MUST_USE
relight_result relight_repair_hand_over(const struct relight_repair *repair,
                                        const struct relight_bytes *keys,
                                        size_t keys_len,
                                        struct relight_buffer *ceremony,
                                        struct relight_details *details);

/**
 * What the receiver has after the second ceremony: `shares` receives a share of each of the keys, in their order, and
 * the caller owns them. `handed_over` are the shares of the outcome of the second ceremony. Fails if an input does
 * not decode, and with `RELIGHT_RESULT_CEREMONY_MISMATCH` if they are not what the receiver was to get.
 */
RELIGHT_MUST_USE
relight_result relight_repair_finish(const struct relight_repair *repair,
                                     const struct relight_bytes *handed_over,
                                     size_t handed_over_len,
                                     struct relight_list *shares,
                                     struct relight_details *details);

/**
 * Frees what an inspected draft owns, and empties it. NULL and empty drafts are harmless. Never fails.
 */
void relight_draft_free(struct relight_draft *fields);

/**
 * What a draft asks: `fields` receives it, and the caller owns it. Nothing is verified. Fails if `draft` does not
 * decode, with `RELIGHT_RESULT_DUPLICATE_STATEMENT` if it asks for a statement twice.
 */
RELIGHT_MUST_USE
relight_result relight_draft_inspect(struct relight_bytes draft,
                                     struct relight_draft *fields,
                                     struct relight_details *details);

/**
 * Tells the person who has the Blinder what a draft asks: `text` receives printable ASCII without a terminating zero,
 * and the caller owns it. Everything in it is what the draft claims, except what it says of `statements`, which are
 * known: it shows those of them that the draft asks for. Fails if an input does not decode.
 */
RELIGHT_MUST_USE
relight_result relight_draft_text(struct relight_bytes draft,
                                  const struct relight_bytes *statements,
                                  size_t statements_len,
                                  struct relight_buffer *text,
                                  struct relight_details *details);

/**
 * Authorises a draft to ask for a statement, on the offline machine that has its Blinder: `authorisation` receives 145
 * bytes for the fresh node, and the caller owns them. `blinder` is the secret. It holds for this draft and this
 * statement only, and tells nothing about the Blinder. Show the person the draft first: `relight_draft_text`. Fails if
 * an input does not decode, with `RELIGHT_RESULT_UNKNOWN_STATEMENT` if the draft does not ask for the statement,
 * `RELIGHT_RESULT_WRONG_LOCK` or `RELIGHT_RESULT_INVALID_LENGTH` if it is none of a backup, and with
 * `RELIGHT_RESULT_WRONG_BLINDER`.
 */
RELIGHT_MUST_USE
relight_result relight_authorise(struct relight_bytes draft,
                                 struct relight_bytes statement,
                                 struct relight_bytes blinder,
                                 struct relight_buffer *authorisation,
                                 struct relight_details *details);

/**
 * Frees what an inspected request owns, and empties it. NULL and empty requests are harmless. Never fails.
 */
void relight_request_free(struct relight_request *fields);

/**
 * What a request says: `fields` receives it, and the caller owns it. Nothing is verified. Fails if `request` does not
 * decode, with `RELIGHT_RESULT_DUPLICATE_STATEMENT` if it asks for a statement twice.
 */
RELIGHT_MUST_USE
relight_result relight_request_inspect(struct relight_bytes request,
                                       struct relight_request *fields,
                                       struct relight_details *details);

/**
 * Checks a request, and tells a person what it asks: `text` receives printable ASCII without a terminating zero, and
 * the caller owns it. It tells apart what is claimed and what is proved. Whether to answer is the member's decision:
 * compare the code by voice, check the attestation. Fails if an input does not decode, with
 * `RELIGHT_RESULT_INVALID_TIME` if `now` is zero or after the year 9999, `RELIGHT_RESULT_EXPIRED`,
 * `RELIGHT_RESULT_EXPIRY_TOO_FAR`, `RELIGHT_RESULT_ROSTER_MISMATCH`, which blames nobody,
 * `RELIGHT_RESULT_INVALID_LENGTH` if the request has not one key for each member, `RELIGHT_RESULT_UNKNOWN_STATEMENT` if
 * a statement is not given, `RELIGHT_RESULT_MISMATCH` if one is of another network or recovery party,
 * `RELIGHT_RESULT_WRONG_LOCK` if one is not of a backup, `RELIGHT_RESULT_UNAUTHORISED` if one is asked for without
 * its Blinder, and like `relight_roster_verify`.
 */
RELIGHT_MUST_USE
relight_result relight_review(const struct relight_review_input *review,
                              struct relight_buffer *text,
                              struct relight_details *details);

/**
 * Checks a request like `relight_review` and answers it: `response` receives the unsigned form of the member's
 * decryption shares, sealed to the requester, for the member's identity to sign; the caller owns it. `share` is the
 * member's key share of the recovery key, a secret. `digests` are those of the statements that it answers, all of the
 * request if there are none. Fails like `relight_review`, if the share does not decode, with
 * `RELIGHT_RESULT_WRONG_CURVE` or `RELIGHT_RESULT_MISMATCH` if it is of another recovery key,
 * `RELIGHT_RESULT_UNUSED_IDENTIFIER` if no member's share lies where it does, `RELIGHT_RESULT_SHARELESS`,
 * `RELIGHT_RESULT_OTHER_SHARING` if it is from before or after a refresh, `RELIGHT_RESULT_UNKNOWN_STATEMENT` if a digest
 * is not asked for, `RELIGHT_RESULT_DUPLICATE_STATEMENT` if one is repeated, and with `RELIGHT_RESULT_INVALID_POINT` if
 * the requester's key is unusable.
 */
RELIGHT_MUST_USE
relight_result relight_respond(const struct relight_review_input *review,
                               struct relight_bytes share,
                               const struct relight_digest *digests,
                               size_t digests_len,
                               struct relight_unsigned *response,
                               struct relight_details *details);

/**
 * Which member an answer claims to come from: `member` receives its index. Nothing is verified. Fails if `response`
 * does not decode.
 */
RELIGHT_MUST_USE
relight_result relight_response_member(struct relight_bytes response,
                                       uint16_t *member,
                                       struct relight_details *details);

/**
 * What a result means, in English: a static string, also for numbers that are no result. The message of a
 * `relight_details` says more. Never fails.
 */
const char *relight_strerror(int32_t result);

/**
 * The recovery party with its members' registrations: `roster` receives it, and the caller owns it. `commitment` has
 * the VSS commitment of the recovery key; `members` are those that registered under `party`, by ascending index. Fails
 * if an input does not decode, with `RELIGHT_RESULT_INVALID_INDEX` or `RELIGHT_RESULT_DUPLICATE_INDEX` if indices do
 * not ascend, `RELIGHT_RESULT_DUPLICATE_KEY` if two members have one identity or member key,
 * `RELIGHT_RESULT_INVALID_REGISTRATION`, whose details name the member and the fault and accuse who put the roster
 * together, `RELIGHT_RESULT_INVALID_LENGTH` without members, `RELIGHT_RESULT_WRONG_CURVE` if the key is not on
 * BLS12-381 G1, `RELIGHT_RESULT_ZERO_IDENTIFIER`, `RELIGHT_RESULT_DUPLICATE_IDENTIFIER`, or
 * `RELIGHT_RESULT_INVALID_THRESHOLD` if the members that have a share are too few.
 */
RELIGHT_MUST_USE
relight_result relight_roster_new(struct relight_bytes party,
                                  struct relight_bytes commitment,
                                  const struct relight_roster_member *members,
                                  size_t members_len,
                                  struct relight_buffer *roster,
                                  struct relight_details *details);

/**
 * Frees what an inspected roster owns, and empties it. NULL and empty rosters are harmless. Never fails.
 */
void relight_roster_free(struct relight_roster *fields);

/**
 * Verifies a roster under `party`: `fields` receives what it says, and the caller owns it. Fails if `roster` does
 * not decode, and like `relight_roster_new`.
 */
RELIGHT_MUST_USE
relight_result relight_roster_verify(struct relight_bytes party,
                                     struct relight_bytes roster,
                                     struct relight_roster *fields,
                                     struct relight_details *details);

/**
 * Makes a sealing key, which opens what is sealed to its recipient: an age identity, as text. `key` receives it, and
 * the caller owns it. A process needs one: sealed itself by a passphrase or to hardware, it opens everything else.
 */
RELIGHT_MUST_USE
relight_result relight_sealing_key_generate(struct relight_buffer *key,
                                            struct relight_details *details);

/**
 * The public half of a sealing key, which seals and opens nothing: `recipient` receives text, `age1...`, which the
 * caller owns. Fails with `RELIGHT_RESULT_INVALID_SEALING_KEY`.
 */
RELIGHT_MUST_USE
relight_result relight_sealing_key_recipient(struct relight_bytes key,
                                             struct relight_buffer *recipient,
                                             struct relight_details *details);

/**
 * Seals a secret of any kind, or a sealing key, as an age file: `sealed` receives it, and the caller owns it. Each of
 * the recipients (`relight_sealing_key_recipient`) can open it. Fails if `secret` is neither, with
 * `RELIGHT_RESULT_INVALID_SEALING_KEY` for what is no recipient, and with `RELIGHT_RESULT_INVALID_LENGTH` without
 * recipients.
 */
RELIGHT_MUST_USE
relight_result relight_seal(struct relight_bytes secret,
                            const struct relight_bytes *recipients,
                            size_t recipients_len,
                            struct relight_buffer *sealed,
                            struct relight_details *details);

/**
 * Seals a secret of any kind, or a sealing key, by a passphrase, as an age file: `sealed` receives it, and the caller
 * owns it. This takes about a second and 256 MiB, as opening does: seal a sealing key so, and to it everything else.
 * Fails if `secret` is neither, and with `RELIGHT_RESULT_INVALID_SEALING_KEY` if the passphrase is empty, or no UTF-8.
 */
RELIGHT_MUST_USE
relight_result relight_seal_with_passphrase(struct relight_bytes secret,
                                            struct relight_bytes passphrase,
                                            struct relight_buffer *sealed,
                                            struct relight_details *details);

/**
 * Opens what was sealed to the recipient of `key`, and checks that it is of this kind, a `RELIGHT_KIND_` number, and
 * undamaged: `secret` receives it, and the caller owns it. What decodes it checks the rest. Fails with
 * `RELIGHT_RESULT_UNKNOWN_KIND`, `RELIGHT_RESULT_INVALID_SEALING_KEY`, `RELIGHT_RESULT_NOT_SEALED`,
 * `RELIGHT_RESULT_WRONG_SEALING_KEY`, or if what is inside is no such secret.
 */
RELIGHT_MUST_USE
relight_result relight_unseal(uint8_t kind,
                              struct relight_bytes sealed,
                              struct relight_bytes key,
                              struct relight_buffer *secret,
                              struct relight_details *details);

/**
 * Opens what was sealed by a passphrase, like `relight_unseal`. This takes about a second and 256 MiB. Fails like it,
 * and with `RELIGHT_RESULT_NOT_SEALED` for what takes far more.
 */
RELIGHT_MUST_USE
relight_result relight_unseal_with_passphrase(uint8_t kind,
                                              struct relight_bytes sealed,
                                              struct relight_bytes passphrase,
                                              struct relight_buffer *secret,
                                              struct relight_details *details);

/**
 * Begins a recovery: `session` receives a handle, to be freed with `relight_session_free`. Fails if an input does not
 * decode, with `RELIGHT_RESULT_INVALID_LENGTH` without statements or if a name is too long,
 * `RELIGHT_RESULT_DUPLICATE_STATEMENT` if a statement is repeated, `RELIGHT_RESULT_MISMATCH` or
 * `RELIGHT_RESULT_WRONG_LOCK` if one is no backup for this party and network, `RELIGHT_RESULT_INVALID_TIME` if a time
 * is zero or after the year 9999, `RELIGHT_RESULT_EXPIRED` or `RELIGHT_RESULT_EXPIRY_TOO_FAR`, and like
 * `relight_roster_verify`.
 */
RELIGHT_MUST_USE
relight_result relight_session_new(const struct relight_ask *ask,
                                   struct relight_session **session,
                                   struct relight_details *details);

/**
 * Frees a session, and sets the pointer to NULL. NULL and a pointer to NULL are harmless. Never fails.
 */
void relight_session_free(struct relight_session **session);

/**
 * What the holders of the Blinders are to authorise: `draft` receives it, and the caller owns it.
 */
RELIGHT_MUST_USE
relight_result relight_session_draft(const struct relight_session *session,
                                     struct relight_buffer *draft,
                                     struct relight_details *details);

/**
 * Takes the authorisation of one of the statements (`relight_authorise`). A second one for the same statement changes
 * nothing. Fails if `authorisation` does not decode, with `RELIGHT_RESULT_WRONG_REQUEST` if it is for another draft,
 * `RELIGHT_RESULT_UNKNOWN_STATEMENT` if for another statement, and with `RELIGHT_RESULT_UNAUTHORISED` if it was not made
 * with the statement's Blinder.
 */
RELIGHT_MUST_USE
relight_result relight_session_authorise(const struct relight_session *session,
                                         struct relight_bytes authorisation,
                                         struct relight_details *details);

/**
 * Attaches an attestation about the draft's attested digest: once, and before any answer arrives, for it is part of
 * the request. Authorisations hold for any attestation. The same again changes nothing. Fails with
 * `RELIGHT_RESULT_WRONG_REQUEST` if there is another one, or an answer was accepted.
 */
RELIGHT_MUST_USE
relight_result relight_session_attest(const struct relight_session *session,
                                      struct relight_bytes attestation,
                                      struct relight_details *details);

/**
 * The request, to be published when every statement is authorised: `request` receives it, and the caller owns it.
 * Fails with `RELIGHT_RESULT_UNAUTHORISED`, whose details have the place of the first statement that is not.
 */
RELIGHT_MUST_USE
relight_result relight_session_request(const struct relight_session *session,
                                       struct relight_buffer *request,
                                       struct relight_details *details);

/**
 * Frees what a progress owns, and empties it. NULL and an empty progress are harmless. Never fails.
 */
void relight_progress_free(struct relight_progress *progress);

/**
 * Where the recovery stands: `progress` receives it, and the caller owns it.
 */
RELIGHT_MUST_USE
relight_result relight_session_progress(const struct relight_session *session,
                                        struct relight_progress *progress,
                                        struct relight_details *details);

/**
 * Takes an answer that arrives at `now`, in seconds since 1970-01-01 UTC: `progress` receives where the recovery
 * stands then, and the caller owns it. An answer may be for some of the statements; those for which its member was
 * accepted before are skipped. A refused answer changes nothing. Fails if `response` does not decode; with
 * `RELIGHT_RESULT_INVALID_TIME` if `now` is zero or after the year 9999; with
 * `RELIGHT_RESULT_WRONG_REQUEST`, `RELIGHT_RESULT_EXPIRED`, `RELIGHT_RESULT_UNKNOWN_MEMBER` or
 * `RELIGHT_RESULT_BAD_SIGNATURE` for answers that do not count, no matter who sent them; with `RELIGHT_RESULT_BAD_RESPONSE`,
 * `RELIGHT_RESULT_SHARELESS` or `RELIGHT_RESULT_BAD_DECRYPTION_SHARES` for what the member itself did wrong, which the
 * details name, and which `relight_session_accuse` can show.
 */
RELIGHT_MUST_USE
relight_result relight_session_receive(const struct relight_session *session,
                                       struct relight_bytes response,
                                       uint64_t now,
                                       struct relight_progress *progress,
                                       struct relight_details *details);

/**
 * The key that unlocks one statement: `unlock_keys` receives a handle, to be freed with `relight_unlock_keys_free`.
 * Fails with `RELIGHT_RESULT_UNKNOWN_STATEMENT` if the session does not ask for the statement, and with
 * `RELIGHT_RESULT_NOT_ENOUGH_SHARES`.
 */
RELIGHT_MUST_USE
relight_result relight_session_unlock_key(const struct relight_session *session,
                                          const struct relight_digest *statement,
                                          struct relight_unlock_keys **unlock_keys,
                                          struct relight_details *details);

/**
 * The keys that unlock all statements of the session: `unlock_keys` receives a handle, to be freed with
 * `relight_unlock_keys_free`. Fails with `RELIGHT_RESULT_NOT_ENOUGH_SHARES` if any of them lacks answers.
 */
RELIGHT_MUST_USE
relight_result relight_session_unlock_keys(const struct relight_session *session,
                                           struct relight_unlock_keys **unlock_keys,
                                           struct relight_details *details);

/**
 * Shows anyone that a member signed a bad answer: `accusation` receives it, and the caller owns it. It publishes
 * the key to that member's answers to this request: who has one of them can read it. Fails if `response` does not
 * decode, with `RELIGHT_RESULT_WRONG_REQUEST` if it answers another request, `RELIGHT_RESULT_UNKNOWN_MEMBER` or
 * `RELIGHT_RESULT_BAD_SIGNATURE` if no member signed it, and with `RELIGHT_RESULT_NO_EVIDENCE` if nothing is wrong
 * with it.
 */
RELIGHT_MUST_USE
relight_result relight_session_accuse(const struct relight_session *session,
                                      struct relight_bytes response,
                                      struct relight_buffer *accusation,
                                      struct relight_details *details);

/**
 * Checks an accusation: `member` receives whom it is against. `statements` are those of the backups given; `party`
 * is the name under which the roster's members registered. Fails if an input does not decode, with
 * `RELIGHT_RESULT_ROSTER_MISMATCH`, `RELIGHT_RESULT_UNKNOWN_STATEMENT`, `RELIGHT_RESULT_WRONG_REQUEST`,
 * `RELIGHT_RESULT_UNKNOWN_MEMBER`, `RELIGHT_RESULT_BAD_SIGNATURE`, and with `RELIGHT_RESULT_NO_EVIDENCE` if nothing is
 * wrong with the answer, and like `relight_roster_verify`.
 */
RELIGHT_MUST_USE
relight_result relight_accusation_verify(struct relight_bytes accusation,
                                         struct relight_bytes party,
                                         struct relight_bytes roster,
                                         const struct relight_bytes *statements,
                                         size_t statements_len,
                                         uint16_t *member,
                                         struct relight_details *details);

/**
 * The state of a session, to survive a restart: `state` receives it, and the caller owns it. It is a secret.
 */
RELIGHT_MUST_USE
relight_result relight_session_encode(const struct relight_session *session,
                                      struct relight_buffer *state,
                                      struct relight_details *details);

/**
 * Goes on with a session after a restart: everything in `state` is verified again, and `session` receives a handle,
 * to be freed with `relight_session_free`. `party` is that of the roster. Fails if `state` does not decode, and
 * with what is wrong in it.
 */
RELIGHT_MUST_USE
relight_result relight_session_decode(struct relight_bytes party,
                                      struct relight_bytes state,
                                      struct relight_session **session,
                                      struct relight_details *details);

/**
 * The VSS commitment of a key that was shared elsewhere, from the coefficient commitments that its key generation gave,
 * constant term first: `commitment` receives it, and the caller owns it. `curve` is a `RELIGHT_CURVE_` number, and the
 * threshold is the number of coefficient commitments. Fails with `RELIGHT_RESULT_UNKNOWN_CURVE`,
 * `RELIGHT_RESULT_INVALID_POINT`, or `RELIGHT_RESULT_INVALID_LENGTH` without coefficient commitments or with more than
 * 65535.
 */
RELIGHT_MUST_USE
relight_result relight_vss_commitment_new(uint16_t curve,
                                          const struct relight_bytes *coefficient_commitments,
                                          size_t coefficient_commitments_len,
                                          struct relight_buffer *commitment,
                                          struct relight_details *details);

/**
 * The VSS commitment of a key that was shared elsewhere, from public shares: `commitment` receives it, and the caller
 * owns it. `curve` is a `RELIGHT_CURVE_` number. There are as many shares as the threshold or more, all of which
 * must fit. Fails if a share does not decode, with `RELIGHT_RESULT_UNKNOWN_CURVE`, `RELIGHT_RESULT_INVALID_THRESHOLD`
 * for zero, `RELIGHT_RESULT_INVALID_LENGTH` without shares, `RELIGHT_RESULT_ZERO_IDENTIFIER`,
 * `RELIGHT_RESULT_DUPLICATE_IDENTIFIER`, `RELIGHT_RESULT_NOT_ENOUGH_SHARES`, or with
 * `RELIGHT_RESULT_INCONSISTENT_SHARES`, whose details name the identifiers of those that do not fit the others.
 */
RELIGHT_MUST_USE
relight_result relight_vss_commitment_from_shares(uint16_t curve,
                                                  uint16_t threshold,
                                                  const struct relight_share *public_shares,
                                                  size_t public_shares_len,
                                                  struct relight_buffer *commitment,
                                                  struct relight_details *details);

/**
 * The key share of a key that was shared elsewhere: `share` receives its encoding, and the caller owns it. `secret` is
 * the scalar that lies at `identifier`. Fails if `commitment` does not decode, with `RELIGHT_RESULT_INVALID_SCALAR`,
 * `RELIGHT_RESULT_INVALID_IDENTIFIER`, `RELIGHT_RESULT_ZERO_IDENTIFIER`, `RELIGHT_RESULT_INVALID_POINT` where nobody
 * has a share, because it is zero, or with `RELIGHT_RESULT_SECRET_MISMATCH` if the secret is not that share.
 */
RELIGHT_MUST_USE
relight_result relight_key_share_new(uint64_t epoch,
                                     struct relight_bytes commitment,
                                     struct relight_bytes identifier,
                                     struct relight_bytes secret,
                                     struct relight_buffer *share,
                                     struct relight_details *details);

/**
 * The key itself, from enough key shares of it: `secret` receives the scalar, and the caller owns it. A network that
 * works never does this. Fails if a share does not decode, with `RELIGHT_RESULT_INVALID_LENGTH` without shares,
 * `RELIGHT_RESULT_MISMATCH` if one is of another key, epoch or threshold than the first,
 * `RELIGHT_RESULT_DUPLICATE_IDENTIFIER`, `RELIGHT_RESULT_NOT_ENOUGH_SHARES`, or
 * `RELIGHT_RESULT_COMBINED_KEY_MISMATCH` if a secret is not the share that it is said to be.
 */
RELIGHT_MUST_USE
relight_result relight_key_shares_combine(const struct relight_bytes *shares,
                                          size_t shares_len,
                                          struct relight_buffer *secret,
                                          struct relight_details *details);

/**
 * The public key of a secret scalar: `public_key` receives it, and the caller owns it. Fails with
 * `RELIGHT_RESULT_UNKNOWN_CURVE` or `RELIGHT_RESULT_INVALID_SCALAR`.
 */
RELIGHT_MUST_USE
relight_result relight_scalar_public(uint16_t curve,
                                     struct relight_bytes secret,
                                     struct relight_buffer *public_key,
                                     struct relight_details *details);

/**
 * The public key that public shares determine: `public_key` receives it, and the caller owns it. Compare it with the
 * expected key: too few shares give another one and no failure. Fails with `RELIGHT_RESULT_UNKNOWN_CURVE`,
 * `RELIGHT_RESULT_INVALID_POINT`, `RELIGHT_RESULT_INVALID_IDENTIFIER`, `RELIGHT_RESULT_ZERO_IDENTIFIER`,
 * `RELIGHT_RESULT_DUPLICATE_IDENTIFIER`, or `RELIGHT_RESULT_INVALID_LENGTH` without shares.
 */
RELIGHT_MUST_USE
relight_result relight_combine_public(uint16_t curve,
                                      const struct relight_share *public_shares,
                                      size_t public_shares_len,
                                      struct relight_buffer *public_key,
                                      struct relight_details *details);

/**
 * The secret that shares determine: `secret` receives the scalar, and the caller owns it. The shares are scalars, as
 * of a derived key; for key shares there is `relight_key_shares_combine`, which checks the result. Fails like
 * `relight_combine_public`, and with `RELIGHT_RESULT_INVALID_SCALAR`.
 */
RELIGHT_MUST_USE
relight_result relight_combine_secret(uint16_t curve,
                                      const struct relight_share *shares,
                                      size_t shares_len,
                                      struct relight_buffer *secret,
                                      struct relight_details *details);

/**
 * Frees what an unsigned object owns, and empties it. NULL and empty ones are harmless. Never fails.
 */
void relight_unsigned_free(struct relight_unsigned *object);

/**
 * Signs an unsigned object: `object` receives the whole one, and the caller owns it. `purpose`, `body` and `signer`
 * are what a `relight_unsigned` has; `identity` is the secret of the signer. Fails if an input does not decode, with
 * `RELIGHT_RESULT_WRONG_IDENTITY` if `identity` is not that of `signer`, and with `RELIGHT_RESULT_UNKNOWN_KIND` for a
 * purpose that is none of an object.
 */
RELIGHT_MUST_USE
relight_result relight_sign(uint8_t purpose,
                            struct relight_bytes body,
                            struct relight_bytes signer,
                            struct relight_bytes identity,
                            struct relight_buffer *object,
                            struct relight_details *details);

/**
 * What a wallet signs as a personal message: `text` receives printable ASCII and newlines without a terminating zero,
 * and the caller owns it. `purpose` and `body` are what a `relight_unsigned` has. To introduce an identity, see
 * `relight_introduce`, the purpose is `RELIGHT_PURPOSE_IDENTITY` and `body` the name of the party or network. Fails
 * with `RELIGHT_RESULT_UNKNOWN_KIND` for another purpose.
 */
RELIGHT_MUST_USE
relight_result relight_wallet_text(uint8_t purpose,
                                   struct relight_bytes body,
                                   struct relight_buffer *text,
                                   struct relight_details *details);

/**
 * Completes an unsigned object with what a wallet returned for `relight_wallet_text`: `object` receives the whole one,
 * and the caller owns it. `wallet` is 65 bytes `r || s || v` with v one of 0, 1, 27 and 28, or 64 bytes `r || s`, or
 * the 64 bytes of EIP-2098; a high `s` is made the low one. Fails if `body` or `signer` does not decode, with
 * `RELIGHT_RESULT_UNKNOWN_KIND` for a purpose that is none of an object, and with `RELIGHT_RESULT_WALLET_SIGNATURE`,
 * whose details say what is wrong: the length, v, the address that signed instead, or that it is no signature of the
 * text.
 */
RELIGHT_MUST_USE
relight_result relight_complete_signature(uint8_t purpose,
                                          struct relight_bytes body,
                                          struct relight_bytes signer,
                                          struct relight_bytes wallet,
                                          struct relight_buffer *object,
                                          struct relight_details *details);

/**
 * The identity of a wallet: `public_key` receives its 33 bytes, which the caller owns. Wallets show addresses; the
 * public key is recovered from what the wallet returned for the text of `RELIGHT_PURPOSE_IDENTITY` and `party`, the
 * name of the party or network. `address` is the wallet's address, 20 bytes, or empty. `wallet` is as for
 * `relight_complete_signature`; 64 bytes `r || s` need the address. Fails with `RELIGHT_RESULT_INVALID_LENGTH` for an
 * address of another length, and with `RELIGHT_RESULT_WALLET_SIGNATURE`.
 */
RELIGHT_MUST_USE
relight_result relight_introduce(struct relight_bytes party,
                                 struct relight_bytes address,
                                 struct relight_bytes wallet,
                                 struct relight_buffer *public_key,
                                 struct relight_details *details);

/**
 * The address under which a wallet shows an identity: `address` receives it. `public_key` is the public half of the
 * identity, 33 bytes. Fails with `RELIGHT_RESULT_INVALID_POINT`.
 */
RELIGHT_MUST_USE
relight_result relight_identity_address(struct relight_bytes public_key,
                                        struct relight_address *address,
                                        struct relight_details *details);

/**
 * An address as wallets show it: `text` receives 0x and 40 hexadecimal digits with the checksum of EIP-55, without a
 * terminating zero, and the caller owns it.
 */
RELIGHT_MUST_USE
relight_result relight_address_text(const struct relight_address *address,
                                    struct relight_buffer *text,
                                    struct relight_details *details);

/**
 * What the backup of a node must say: `statement` receives it, and the caller owns it. A party that checks a backup makes
 * the statement from what they know, never from the backup. It is for the Blinder of the current registration. Shares
 * that are zero are left out. Fails if a key, commitment or registration does not decode, if the registrations do not
 * hold (like `relight_blinder_registration_verify` for the first, like `relight_blinder_registration_check_successor`
 * for the others, and with `RELIGHT_RESULT_INVALID_LENGTH` if there are none), and with
 * `RELIGHT_RESULT_UNKNOWN_PARAMETER_SET`, `RELIGHT_RESULT_INVALID_INDEX` for a share of a key that is not there,
 * `RELIGHT_RESULT_INVALID_IDENTIFIER`, `RELIGHT_RESULT_ZERO_IDENTIFIER`, `RELIGHT_RESULT_INVALID_LENGTH` if a name is
 * too long or there are no shares, `RELIGHT_RESULT_DUPLICATE_ENTRY` if a share is repeated, or
 * `RELIGHT_RESULT_CIRCULAR_STATEMENT`.
 */
RELIGHT_MUST_USE
relight_result relight_statement_new(const struct relight_network *network,
                                     const struct relight_node *node,
                                     struct relight_buffer *statement,
                                     struct relight_details *details);

/**
 * Frees what an inspected statement owns, and empties it. NULL and empty statements are harmless. Never fails.
 */
void relight_statement_free(struct relight_statement *statement);

/**
 * What the statement of a backup says: `fields` receives it, and the caller owns it. Fails if `statement` does not
 * decode, and with `RELIGHT_RESULT_WRONG_LOCK` or `RELIGHT_RESULT_INVALID_LENGTH` if it is not one of a backup.
 */
RELIGHT_MUST_USE
relight_result relight_statement_inspect(struct relight_bytes statement,
                                         struct relight_statement *fields,
                                         struct relight_details *details);

/**
 * The version of the binary interface of the library that is loaded. It changes whenever a compiled caller would
 * break: compare it with `RELIGHT_ABI_VERSION`. Never fails.
 */
uint32_t relight_abi_version(void);

/**
 * The version of the library that is loaded, for people: a static string. Never fails.
 */
const char *relight_version(void);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* RELIGHT_H */
