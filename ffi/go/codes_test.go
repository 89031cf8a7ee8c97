package relight_test

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"

	"relight.dev/relight"
)

// TestCodes compares the numbers with the record that Rust and C are compared with too.
func TestCodes(t *testing.T) {
	record, err := os.Open("../tests/codes.inc")
	if err != nil {
		t.Fatal(err)
	}
	defer record.Close()
	count := 0
	for lines := bufio.NewScanner(record); lines.Scan(); {
		var name string
		var number int32
		line := strings.NewReplacer("CODE(", "", ",", "", ")", "").Replace(lines.Text())
		if n, _ := fmt.Sscanf(line, "%s %d", &name, &number); n != 2 || name == "OK" {
			continue
		}
		count++
		if code, ok := codes[name]; !ok || int32(code) != number {
			t.Errorf("%s is %d here and %d in the record", name, code, number)
		}
		if strings.Contains(relight.Code(number).Error(), "not a result") {
			t.Errorf("%s has no text", name)
		}
	}
	if count != len(codes) {
		t.Errorf("%d codes in the record, %d here", count, len(codes))
	}
}

var codes = map[string]relight.Code{
	"NULL_POINTER":          relight.ErrNullPointer,
	"PANICKED":              relight.ErrPanicked,
	"RANDOMNESS_FAILED":     relight.ErrRandomnessFailed,
	"HANDLE_POISONED":       relight.ErrHandlePoisoned,
	"UNKNOWN":               relight.ErrUnknown,
	"CANCELLED":             relight.ErrCancelled,
	"NOT_SEALED":            relight.ErrNotSealed,
	"WRONG_SEALING_KEY":     relight.ErrWrongSealingKey,
	"INVALID_SEALING_KEY":   relight.ErrInvalidSealingKey,
	"TRUNCATED":             relight.ErrTruncated,
	"TRAILING_BYTES":        relight.ErrTrailingBytes,
	"INVALID_LENGTH":        relight.ErrInvalidLength,
	"UNSUPPORTED_VERSION":   relight.ErrUnsupportedVersion,
	"UNKNOWN_PARAMETER_SET": relight.ErrUnknownParameterSet,
	"UNKNOWN_CURVE":         relight.ErrUnknownCurve,
	"WRONG_LOCK":            relight.ErrWrongLock,
	"UNKNOWN_LOCK":          relight.ErrUnknownLock,
	"UNKNOWN_ORIGIN":        relight.ErrUnknownOrigin,
	"UNKNOWN_SCHEME":        relight.ErrUnknownScheme,
	"UNKNOWN_KIND":          relight.ErrUnknownKind,
	"INVALID_SCALAR":        relight.ErrInvalidScalar,
	"INVALID_POINT":         relight.ErrInvalidPoint,
	"WRONG_CURVE":           relight.ErrWrongCurve,
	"WRONG_KIND":            relight.ErrWrongKind,
	"BAD_CHECKSUM":          relight.ErrBadChecksum,
	"INVALID_IDENTIFIER":    relight.ErrInvalidIdentifier,
	"INVALID_THRESHOLD":     relight.ErrInvalidThreshold,
	"DUPLICATE_IDENTIFIER":  relight.ErrDuplicateIdentifier,
	"DUPLICATE_ENTRY":       relight.ErrDuplicateEntry,
	"ZERO_IDENTIFIER":       relight.ErrZeroIdentifier,
	"INVALID_INDEX":         relight.ErrInvalidIndex,
	"DUPLICATE_INDEX":       relight.ErrDuplicateIndex,
	"CIRCULAR_STATEMENT":    relight.ErrCircularStatement,
	"DUPLICATE_KEY":         relight.ErrDuplicateKey,
	"MISMATCH":              relight.ErrMismatch,
	"SECRET_MISMATCH":       relight.ErrSecretMismatch,
	"PROOF_REJECTED":        relight.ErrProofRejected,
	"NOT_OPENABLE":          relight.ErrNotOpenable,
	"OTHER_SHARING":         relight.ErrOtherSharing,
	"NOT_ENOUGH_SHARES":     relight.ErrNotEnoughShares,
	"UNKNOWN_MEMBER":        relight.ErrUnknownMember,
	"BAD_DECRYPTION_SHARES": relight.ErrBadDecryptionShares,
	"WRONG_UNLOCK_KEY":      relight.ErrWrongUnlockKey,
	"WRONG_BLINDER":         relight.ErrWrongBlinder,
	"WRONG_MEMBER_KEY":      relight.ErrWrongMemberKey,
	"INCONSISTENT_SHARES":   relight.ErrInconsistentShares,
	"COMBINED_KEY_MISMATCH": relight.ErrCombinedKeyMismatch,
	"SHARELESS":             relight.ErrShareless,
	"UNUSED_IDENTIFIER":     relight.ErrUnusedIdentifier,
	"BAD_SCHNORR_PROOF":     relight.ErrBadSchnorrProof,
	"BAD_SIGNATURE":         relight.ErrBadSignature,
	"CEREMONY_MISMATCH":     relight.ErrCeremonyMismatch,
	"UNKNOWN_DEALER":        relight.ErrUnknownDealer,
	"BAD_DEALING":           relight.ErrBadDealing,
	"NOT_ENOUGH_DEALINGS":   relight.ErrNotEnoughDealings,
	"UNKNOWN_RECIPIENT":     relight.ErrUnknownRecipient,
	"ALREADY_CONFIRMED":     relight.ErrAlreadyConfirmed,
	"NOT_CLOSED":            relight.ErrNotClosed,
	"MISSING_DEALING":       relight.ErrMissingDealing,
	"DUPLICATE_STATEMENT":   relight.ErrDuplicateStatement,
	"UNKNOWN_STATEMENT":     relight.ErrUnknownStatement,
	"EXPIRED":               relight.ErrExpired,
	"WRONG_REQUEST":         relight.ErrWrongRequest,
	"BAD_RESPONSE":          relight.ErrBadResponse,
	"UNAUTHORISED":          relight.ErrUnauthorised,
	"ROSTER_MISMATCH":       relight.ErrRosterMismatch,
	"EXPIRY_TOO_FAR":        relight.ErrExpiryTooFar,
	"INVALID_TIME":          relight.ErrInvalidTime,
	"BUNDLE_MISMATCH":       relight.ErrBundleMismatch,
	"LATE_DEALING":          relight.ErrLateDealing,
	"BAD_CONFIRMATION":      relight.ErrBadConfirmation,
	"DOUBLE_CONFIRMATION":   relight.ErrDoubleConfirmation,
	"BAD_CERTIFICATE":       relight.ErrBadCertificate,
	"NO_EVIDENCE":           relight.ErrNoEvidence,
	"WRONG_IDENTITY":        relight.ErrWrongIdentity,
	"WALLET_SIGNATURE":      relight.ErrWalletSignature,
	"INVALID_REGISTRATION":  relight.ErrInvalidRegistration,
	"INVALID_SERIAL":        relight.ErrInvalidSerial,
	"RETIRED_REGISTRATION":  relight.ErrRetiredRegistration,
	"BROKEN_SUCCESSION":     relight.ErrBrokenSuccession,
}
