package relight

// #include <relight.h>
import "C"

// Code is the number of an error, the same in C. It is an error itself, for [errors.Is].
type Code int32

// Error is what the code means. The message of an [Error] says more.
func (c Code) Error() string { return "relight: " + c.meaning() }

func (c Code) meaning() string { return C.GoString(C.relight_strerror(C.int32_t(c))) }

// of is the error of an argument that is wrong without asking the library.
func (c Code) of(argument string) *Error {
	return &Error{Code: c, Message: argument + ": " + c.meaning()}
}

// The codes. A later version of the library may return others.
const (
	ErrNullPointer         Code = C.RELIGHT_RESULT_NULL_POINTER
	ErrPanicked            Code = C.RELIGHT_RESULT_PANICKED
	ErrRandomnessFailed    Code = C.RELIGHT_RESULT_RANDOMNESS_FAILED
	ErrHandlePoisoned      Code = C.RELIGHT_RESULT_HANDLE_POISONED
	ErrUnknown             Code = C.RELIGHT_RESULT_UNKNOWN
	ErrCancelled           Code = C.RELIGHT_RESULT_CANCELLED
	ErrNotSealed           Code = C.RELIGHT_RESULT_NOT_SEALED
	ErrWrongSealingKey     Code = C.RELIGHT_RESULT_WRONG_SEALING_KEY
	ErrInvalidSealingKey   Code = C.RELIGHT_RESULT_INVALID_SEALING_KEY
	ErrTruncated           Code = C.RELIGHT_RESULT_TRUNCATED
	ErrTrailingBytes       Code = C.RELIGHT_RESULT_TRAILING_BYTES
	ErrInvalidLength       Code = C.RELIGHT_RESULT_INVALID_LENGTH
	ErrUnsupportedVersion  Code = C.RELIGHT_RESULT_UNSUPPORTED_VERSION
	ErrUnknownParameterSet Code = C.RELIGHT_RESULT_UNKNOWN_PARAMETER_SET
	ErrUnknownCurve        Code = C.RELIGHT_RESULT_UNKNOWN_CURVE
	ErrUnknownLock         Code = C.RELIGHT_RESULT_UNKNOWN_LOCK
	ErrUnknownOrigin       Code = C.RELIGHT_RESULT_UNKNOWN_ORIGIN
	ErrUnknownScheme       Code = C.RELIGHT_RESULT_UNKNOWN_SCHEME
	ErrUnknownKind         Code = C.RELIGHT_RESULT_UNKNOWN_KIND
	ErrInvalidScalar       Code = C.RELIGHT_RESULT_INVALID_SCALAR
	ErrInvalidPoint        Code = C.RELIGHT_RESULT_INVALID_POINT
	ErrWrongCurve          Code = C.RELIGHT_RESULT_WRONG_CURVE
	ErrWrongKind           Code = C.RELIGHT_RESULT_WRONG_KIND
	ErrBadChecksum         Code = C.RELIGHT_RESULT_BAD_CHECKSUM
	ErrWrongLock           Code = C.RELIGHT_RESULT_WRONG_LOCK
	ErrInvalidIdentifier   Code = C.RELIGHT_RESULT_INVALID_IDENTIFIER
	ErrInvalidThreshold    Code = C.RELIGHT_RESULT_INVALID_THRESHOLD
	ErrDuplicateIdentifier Code = C.RELIGHT_RESULT_DUPLICATE_IDENTIFIER
	ErrDuplicateEntry      Code = C.RELIGHT_RESULT_DUPLICATE_ENTRY
	ErrZeroIdentifier      Code = C.RELIGHT_RESULT_ZERO_IDENTIFIER
	ErrInvalidIndex        Code = C.RELIGHT_RESULT_INVALID_INDEX
	ErrDuplicateIndex      Code = C.RELIGHT_RESULT_DUPLICATE_INDEX
	ErrCircularStatement   Code = C.RELIGHT_RESULT_CIRCULAR_STATEMENT
	ErrDuplicateKey        Code = C.RELIGHT_RESULT_DUPLICATE_KEY
	ErrMismatch            Code = C.RELIGHT_RESULT_MISMATCH
	ErrSecretMismatch      Code = C.RELIGHT_RESULT_SECRET_MISMATCH
	ErrProofRejected       Code = C.RELIGHT_RESULT_PROOF_REJECTED
	ErrNotOpenable         Code = C.RELIGHT_RESULT_NOT_OPENABLE
	ErrOtherSharing        Code = C.RELIGHT_RESULT_OTHER_SHARING
	ErrNotEnoughShares     Code = C.RELIGHT_RESULT_NOT_ENOUGH_SHARES
	ErrUnknownMember       Code = C.RELIGHT_RESULT_UNKNOWN_MEMBER
	ErrBadDecryptionShares Code = C.RELIGHT_RESULT_BAD_DECRYPTION_SHARES
	ErrWrongUnlockKey      Code = C.RELIGHT_RESULT_WRONG_UNLOCK_KEY
	ErrWrongBlinder        Code = C.RELIGHT_RESULT_WRONG_BLINDER
	ErrWrongMemberKey      Code = C.RELIGHT_RESULT_WRONG_MEMBER_KEY
	ErrInconsistentShares  Code = C.RELIGHT_RESULT_INCONSISTENT_SHARES
	ErrCombinedKeyMismatch Code = C.RELIGHT_RESULT_COMBINED_KEY_MISMATCH
	ErrShareless           Code = C.RELIGHT_RESULT_SHARELESS
	ErrUnusedIdentifier    Code = C.RELIGHT_RESULT_UNUSED_IDENTIFIER
	ErrBadSchnorrProof     Code = C.RELIGHT_RESULT_BAD_SCHNORR_PROOF
	ErrBadSignature        Code = C.RELIGHT_RESULT_BAD_SIGNATURE
	ErrCeremonyMismatch    Code = C.RELIGHT_RESULT_CEREMONY_MISMATCH
	ErrUnknownDealer       Code = C.RELIGHT_RESULT_UNKNOWN_DEALER
	ErrBadDealing          Code = C.RELIGHT_RESULT_BAD_DEALING
	ErrNotEnoughDealings   Code = C.RELIGHT_RESULT_NOT_ENOUGH_DEALINGS
	ErrUnknownRecipient    Code = C.RELIGHT_RESULT_UNKNOWN_RECIPIENT
	ErrAlreadyConfirmed    Code = C.RELIGHT_RESULT_ALREADY_CONFIRMED
	ErrNotClosed           Code = C.RELIGHT_RESULT_NOT_CLOSED
	ErrMissingDealing      Code = C.RELIGHT_RESULT_MISSING_DEALING
	ErrUnknownStatement    Code = C.RELIGHT_RESULT_UNKNOWN_STATEMENT
	ErrExpired             Code = C.RELIGHT_RESULT_EXPIRED
	ErrWrongRequest        Code = C.RELIGHT_RESULT_WRONG_REQUEST
	ErrBadResponse         Code = C.RELIGHT_RESULT_BAD_RESPONSE
	ErrUnauthorised        Code = C.RELIGHT_RESULT_UNAUTHORISED
	ErrRosterMismatch      Code = C.RELIGHT_RESULT_ROSTER_MISMATCH
	ErrExpiryTooFar        Code = C.RELIGHT_RESULT_EXPIRY_TOO_FAR
	ErrDuplicateStatement  Code = C.RELIGHT_RESULT_DUPLICATE_STATEMENT
	ErrInvalidTime         Code = C.RELIGHT_RESULT_INVALID_TIME
	ErrBundleMismatch      Code = C.RELIGHT_RESULT_BUNDLE_MISMATCH
	ErrLateDealing         Code = C.RELIGHT_RESULT_LATE_DEALING
	ErrBadConfirmation     Code = C.RELIGHT_RESULT_BAD_CONFIRMATION
	ErrDoubleConfirmation  Code = C.RELIGHT_RESULT_DOUBLE_CONFIRMATION
	ErrBadCertificate      Code = C.RELIGHT_RESULT_BAD_CERTIFICATE
	ErrNoEvidence          Code = C.RELIGHT_RESULT_NO_EVIDENCE
	ErrWrongIdentity       Code = C.RELIGHT_RESULT_WRONG_IDENTITY
	ErrWalletSignature     Code = C.RELIGHT_RESULT_WALLET_SIGNATURE
	ErrInvalidRegistration Code = C.RELIGHT_RESULT_INVALID_REGISTRATION
	ErrInvalidSerial       Code = C.RELIGHT_RESULT_INVALID_SERIAL
	ErrRetiredRegistration Code = C.RELIGHT_RESULT_RETIRED_REGISTRATION
	ErrBrokenSuccession    Code = C.RELIGHT_RESULT_BROKEN_SUCCESSION
)

// Field is in what an object differs from the expected one.
type Field int32

// The fields.
const (
	FieldParameterSet Field = C.RELIGHT_FIELD_PARAMETER_SET
	FieldNetwork      Field = C.RELIGHT_FIELD_NETWORK
	FieldEpoch        Field = C.RELIGHT_FIELD_EPOCH
	FieldNode         Field = C.RELIGHT_FIELD_NODE
	FieldCompartments Field = C.RELIGHT_FIELD_COMPARTMENTS
	FieldLock         Field = C.RELIGHT_FIELD_LOCK
	FieldRecoveryKey  Field = C.RELIGHT_FIELD_RECOVERY_KEY
	FieldBlinder      Field = C.RELIGHT_FIELD_BLINDER
	FieldMemberKey    Field = C.RELIGHT_FIELD_MEMBER_KEY
	FieldEntryCount   Field = C.RELIGHT_FIELD_ENTRY_COUNT
	FieldCurve        Field = C.RELIGHT_FIELD_CURVE
	FieldPublicKey    Field = C.RELIGHT_FIELD_PUBLIC_KEY
	FieldIdentifier   Field = C.RELIGHT_FIELD_IDENTIFIER
	FieldThreshold    Field = C.RELIGHT_FIELD_THRESHOLD
	FieldPublicShare  Field = C.RELIGHT_FIELD_PUBLIC_SHARE
	FieldOperator     Field = C.RELIGHT_FIELD_OPERATOR
	FieldIndex        Field = C.RELIGHT_FIELD_INDEX
	FieldIdentity     Field = C.RELIGHT_FIELD_IDENTITY
	FieldParty        Field = C.RELIGHT_FIELD_PARTY
	FieldUnknown      Field = C.RELIGHT_FIELD_UNKNOWN
)

// Fault is what is wrong with a dealing.
type Fault int32

// The faults. [FaultSignature] proves nothing against the dealer: anybody can send such bytes. [FaultExpelled] is for what
// comes from a dealer that was expelled before: nothing was checked.
const (
	FaultLength       Fault = C.RELIGHT_FAULT_LENGTH
	FaultEncoding     Fault = C.RELIGHT_FAULT_ENCODING
	FaultSignature    Fault = C.RELIGHT_FAULT_SIGNATURE
	FaultEquivocation Fault = C.RELIGHT_FAULT_EQUIVOCATION
	FaultOtherKey     Fault = C.RELIGHT_FAULT_OTHER_KEY
	FaultSchnorrProof Fault = C.RELIGHT_FAULT_SCHNORR_PROOF
	FaultEncryption   Fault = C.RELIGHT_FAULT_ENCRYPTION
	FaultExpelled     Fault = C.RELIGHT_FAULT_EXPELLED
	FaultUnknown      Fault = C.RELIGHT_FAULT_UNKNOWN
)

// WalletFault is what is wrong with the bytes that a wallet returned.
type WalletFault int32

// The faults of wallets. For a length and a recovery id, v, the error has the number, for a signer its address; if the
// wallet signed another text, that address is nobody's.
const (
	WalletLength     WalletFault = C.RELIGHT_WALLET_FAULT_LENGTH
	WalletRecoveryID WalletFault = C.RELIGHT_WALLET_FAULT_RECOVERY_ID
	WalletSigner     WalletFault = C.RELIGHT_WALLET_FAULT_SIGNER
	WalletInvalid    WalletFault = C.RELIGHT_WALLET_FAULT_INVALID
	WalletUnknown    WalletFault = C.RELIGHT_WALLET_FAULT_UNKNOWN
)

// RegistrationFault is what is wrong with a registration in a roster.
type RegistrationFault int32

// The faults of registrations.
const (
	RegistrationParty        RegistrationFault = C.RELIGHT_REGISTRATION_FAULT_PARTY
	RegistrationSignature    RegistrationFault = C.RELIGHT_REGISTRATION_FAULT_SIGNATURE
	RegistrationSchnorrProof RegistrationFault = C.RELIGHT_REGISTRATION_FAULT_SCHNORR_PROOF
	RegistrationUnknown      RegistrationFault = C.RELIGHT_REGISTRATION_FAULT_UNKNOWN
)

// Error says what went wrong, and whose fault it is. What the code is not about is zero.
type Error struct {
	// Code is what went wrong.
	Code Code
	// Message is in English: what the code means, behind it what was found, and before it which argument of the C function
	// or field of it this is about, if the input does not decode.
	Message string
	// Field is in what an object differs.
	Field Field
	// Fault is what is wrong with a dealing.
	Fault Fault
	// WalletFault is what is wrong with the bytes that a wallet returned.
	WalletFault WalletFault
	// RegistrationFault is what is wrong with a registration in a roster.
	RegistrationFault RegistrationFault
	// Number is the number, index, member, dealer or serial that is wrong.
	Number uint64
	// Compartment and Entry are a place in a statement, from zero.
	Compartment, Entry uint32
	// Expected is what is needed, Found what is there instead: for [ErrWrongKind] each is a [Kind].
	Expected, Found uint32
	// Address is that of the identity that a wallet signed with.
	Address Address
	// Parties are the members or dealers at fault.
	Parties []PartyIndex
	// Identifiers are the share identifiers at fault.
	Identifiers []Identifier
}

func newError(d *C.relight_details) *Error {
	return &Error{
		Code: Code(d.result), Message: C.GoString(d.message), Field: Field(d.field), Fault: Fault(d.fault), WalletFault: WalletFault(d.wallet_fault),
		RegistrationFault: RegistrationFault(d.registration_fault), Number: uint64(d.number),
		Compartment: uint32(d.compartment), Entry: uint32(d.entry), Expected: uint32(d.expected), Found: uint32(d.found),
		Address: goAddress(d.address), Parties: goIndices(&d.parties), Identifiers: goIdentifiers(&d.identifiers),
	}
}

// Is lets [errors.Is] compare with a [Code].
func (e *Error) Is(target error) bool {
	code, ok := target.(Code)
	return ok && e != nil && code == e.Code
}

// Error is the library's message, with all of this in it.
func (e *Error) Error() string {
	if e == nil {
		return "relight: no error"
	}
	return "relight: " + e.Message
}
