//go:build vectors

package relight_test

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"relight.dev/relight"
)

// fields are the input of a case.
type fields map[string]json.RawMessage

// get decodes a field. A field that is missing or malformed is a mistake in the file, and panics.
func get[T any](in fields, name string) (value T) {
	if err := json.Unmarshal(in[name], &value); err != nil {
		panic(fmt.Sprintf("%s: %v", name, err))
	}
	return value
}

func unhex(text string) []byte { return must(hex.DecodeString(text)) }

func (in fields) bytes(name string) []byte { return unhex(get[string](in, name)) }

func (in fields) list(name string) (items [][]byte) {
	for _, text := range get[[]string](in, name) {
		items = append(items, unhex(text))
	}
	return items
}

// identifierOf takes the bytes as they are: what is wrong with them is seen where they are used.
func identifierOf(text string) relight.Identifier {
	if text == "" {
		return relight.Identifier{}
	}
	identifier, err := relight.ParseIdentifier(unhex(text))
	if err != nil {
		return relight.NewIdentifier(0)
	}
	return identifier
}

func (in fields) identifiers(name string) []relight.Identifier {
	return each(get[[]string](in, name), identifierOf)
}

// pairs decodes a list of pairs.
func pairs[T, U, V any](in fields, name string, pair func(T, U) V) []V {
	return each(get[[][2]json.RawMessage](in, name), func(raw [2]json.RawMessage) V {
		item := fields{"first": raw[0], "second": raw[1]}
		return pair(get[T](item, "first"), get[U](item, "second"))
	})
}

func (in fields) digest() relight.Digest { return relight.Digest(in.bytes("digest")) }

// output is what an operation found, with the names of the vectors.
type output map[string]any

// vector is a case: accepted if it has an output, rejected if it has an error.
type vector struct {
	Name   string
	Input  fields
	Output output
	Error  string
	Detail any
}

// unseen are the outputs that the interface does not show.
var unseen = map[string][]string{
	"statement":           {"unlock_message", "unlock_point", "curves", "proof_length"},
	"ceremony":            {"dealing_length"},
	"dealing_verify":      {"commitments"},
	"confirmation_verify": {"outcome"},
	"confirmations":       {"most"},
	"certificate_verify":  {"outcome"},
	"finish":              {"outcome"},
	"response":            {"answered"},
	"combine":             {"sigma"},
	"session":             {"unlock_keys"},
	"session_load":        {"granted", "accepted"},
	"lagrange":            {"weights"},
	"derive_secret":       {"tweak"},
}

func TestVectors(t *testing.T) {
	elsewhere := readElsewhere()
	files := must(filepath.Glob("../../spec/vectors/*.json"))
	if len(files) < len(operations) {
		t.Fatalf("only %d files", len(files))
	}
	for _, file := range files {
		operation, _, _ := strings.Cut(filepath.Base(file), ".")
		if elsewhere.has(operation, "") {
			continue
		}
		t.Run(operation, func(t *testing.T) {
			if operations[operation] == nil {
				t.Fatal("nothing runs it")
			}
			var vectors struct{ Accepted, Rejected []vector }
			if err := json.Unmarshal(must(os.ReadFile(file)), &vectors); err != nil || len(vectors.Accepted) == 0 {
				t.Fatal("no vectors: ", err)
			}
			for _, v := range append(vectors.Accepted, vectors.Rejected...) {
				if !elsewhere.has(operation, v.Name) {
					compare(t, operation, v)
				}
			}
		})
	}
	for _, entry := range elsewhere {
		if !entry.seen {
			t.Errorf("%s %s is not there", entry.operation, entry.name)
		}
	}
}

// list names the vectors that are not run.
type list []*entry

// entry is an operation, and the case or nothing. After an asterisk stands what the names of several cases have in them.
type entry struct {
	operation, name string
	seen            bool
}

// readElsewhere reads the list that C reads too.
func readElsewhere() (entries list) {
	for line := range strings.Lines(string(must(os.ReadFile("../tests/elsewhere.inc")))) {
		var operation, name, reason string
		if n, _ := fmt.Sscanf(line, "ELSEWHERE(%q, %q, %q)", &operation, &name, &reason); n == 3 {
			entries = append(entries, &entry{operation: operation, name: name})
		}
	}
	return entries
}

// has tells whether a vector is on the list; without a case, whether the whole file is.
func (l list) has(operation, name string) (found bool) {
	for _, entry := range l {
		part, several := strings.CutPrefix(entry.name, "*")
		same := entry.name == name || several && name != "" && strings.Contains(name, part)
		if entry.operation == operation && same {
			entry.seen, found = true, true
		}
	}
	return found
}

func compare(t *testing.T, operation string, v vector) {
	runtime.LockOSThread() // randomness is played back to one thread
	defer runtime.UnlockOSThread()
	found, err := operations[operation](v.Input)
	undrawn := relight.PlayBack()
	var detail *relight.Error
	switch {
	case v.Error != "":
		if !errors.As(err, &detail) || names[detail.Code] != v.Error || !hasDetail(detail, v.Detail) {
			t.Errorf("%s: %v, want %s %v", v.Name, err, v.Error, v.Detail)
		}
	case err != nil || undrawn != nil:
		t.Errorf("%s: %v, randomness left: %v", v.Name, err, undrawn)
	default:
		for _, name := range unseen[operation] {
			delete(v.Output, name)
		}
		if operation == "receive" {
			onlyValid(v.Output)
		}
		if !reflect.DeepEqual(plain(found), plain(v.Output)) {
			t.Errorf("%s: found %v, want %v", v.Name, found, v.Output)
		}
	}
}

// plain is a value as JSON has it, with bytes in hexadecimal.
func plain(value output) (decoded any) {
	encoded := must(json.Marshal(hexadecimal(value)))
	if err := json.Unmarshal(encoded, &decoded); err != nil {
		panic(err)
	}
	return decoded
}

func hexadecimal(value output) map[string]any {
	texts := map[string]any{}
	for name, item := range value {
		switch item := item.(type) {
		case []byte:
			texts[name] = hex.EncodeToString(item)
		case relight.Digest:
			texts[name] = hex.EncodeToString(item[:])
		case [][]byte:
			list := []string{}
			for _, bytes := range item {
				list = append(list, hex.EncodeToString(bytes))
			}
			texts[name] = list
		default:
			texts[name] = item
		}
	}
	return texts
}

// hasDetail compares what an error says beyond its name, if the vector gives that.
func hasDetail(found *relight.Error, want any) bool {
	return want == nil || string(must(json.Marshal(want))) == string(must(json.Marshal(detailOf(found))))
}

// detailOf is what an error says beyond its name, as the vectors have it, or nil.
func detailOf(e *relight.Error) any {
	identifiers := each(e.Identifiers, func(i relight.Identifier) string { return hex.EncodeToString(i.Bytes()) })
	switch e.Code {
	case relight.ErrMismatch:
		return fieldNames[e.Field]
	case relight.ErrBadDealing:
		return faultNames[e.Fault]
	case relight.ErrWalletSignature:
		return walletText(e)
	case relight.ErrInvalidRegistration:
		return []any{e.Number, registrationNames[e.RegistrationFault]}
	case relight.ErrWrongKind:
		return []any{e.Expected, e.Found}
	case relight.ErrNotClosed:
		return []any{e.Found, e.Expected}
	case relight.ErrSecretMismatch, relight.ErrDuplicateEntry:
		return []any{e.Compartment, e.Entry}
	case relight.ErrBadDecryptionShares, relight.ErrDuplicateKey:
		return e.Parties
	case relight.ErrInconsistentShares:
		return identifiers
	case relight.ErrZeroIdentifier, relight.ErrDuplicateIdentifier, relight.ErrUnusedIdentifier:
		return identifiers[0]
	}
	if numbered[names[e.Code]] {
		return e.Number
	}
	return nil
}

// walletText is a fault in the words of the vectors.
func walletText(e *relight.Error) string {
	switch e.WalletFault {
	case relight.WalletLength:
		return fmt.Sprintf("Length(%d)", e.Number)
	case relight.WalletRecoveryID:
		return fmt.Sprintf("RecoveryId(%d)", e.Number)
	case relight.WalletSigner:
		return fmt.Sprintf("Signer(%v)", e.Address)
	default:
		return "Invalid"
	}
}

// numbered are the errors that carry a number and nothing else.
var numbered = func() map[string]bool {
	set := map[string]bool{}
	for name := range strings.FieldsSeq(`UnsupportedVersion UnknownParameterSet UnknownCurve UnknownLock WrongLock UnknownOrigin
		UnknownScheme UnknownKind InvalidThreshold InvalidIndex DuplicateIndex OtherSharing UnknownMember Shareless
		UnknownDealer UnknownRecipient MissingDealing BadResponse Unauthorised LateDealing BadConfirmation
		DoubleConfirmation InvalidSerial RetiredRegistration BrokenSuccession`) {
		set[name] = true
	}
	return set
}()

var fieldNames = map[relight.Field]string{
	relight.FieldParameterSet: "ParameterSet", relight.FieldNetwork: "Network", relight.FieldEpoch: "Epoch",
	relight.FieldNode: "Node", relight.FieldCompartments: "Compartments", relight.FieldLock: "Lock",
	relight.FieldRecoveryKey: "RecoveryKey", relight.FieldBlinder: "Blinder", relight.FieldMemberKey: "MemberKey",
	relight.FieldEntryCount: "EntryCount", relight.FieldCurve: "Curve", relight.FieldPublicKey: "PublicKey",
	relight.FieldIdentifier: "Identifier", relight.FieldThreshold: "Threshold", relight.FieldPublicShare: "PublicShare",
	relight.FieldOperator: "Operator", relight.FieldIndex: "Index", relight.FieldIdentity: "Identity",
	relight.FieldParty: "Party",
}

var faultNames = map[relight.Fault]string{
	relight.FaultLength: "Length", relight.FaultEncoding: "Encoding", relight.FaultSignature: "Signature",
	relight.FaultEquivocation: "Equivocation", relight.FaultOtherKey: "OtherKey",
	relight.FaultSchnorrProof: "SchnorrProof", relight.FaultEncryption: "Encryption",
	relight.FaultExpelled: "Expelled",
}

var registrationNames = map[relight.RegistrationFault]string{
	relight.RegistrationParty: "Party", relight.RegistrationSignature: "Signature",
	relight.RegistrationSchnorrProof: "SchnorrProof",
}

// names are those of the specification: Mismatch is MISMATCH in the record.
var names = func() map[relight.Code]string {
	spelled := map[relight.Code]string{}
	for name, code := range codes {
		for word := range strings.SplitSeq(name, "_") {
			spelled[code] += word[:1] + strings.ToLower(word[1:])
		}
	}
	return spelled
}()
