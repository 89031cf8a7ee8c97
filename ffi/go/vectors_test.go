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

// key is a key with the version byte that the vectors leave out.
func (in fields) key(name string) []byte { return append([]byte{1}, in.bytes(name)...) }

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
	"statement":      {"unlock_message", "unlock_point", "curves", "proof_length"},
	"ceremony":       {"dealing_length"},
	"dealing_verify": {"polynomials"},
	"combine":        {"sigma"},
	"session":        {"unlock_keys"},
	"lagrange":       {"weights"},
	"derive_secret":  {"tweak"},
}

func TestVectors(t *testing.T) {
	elsewhere := readElsewhere()
	files := must(filepath.Glob("../../spec/vectors/*.json"))
	if len(files) < len(operations) {
		t.Fatalf("only %d files", len(files))
	}
	for _, file := range files {
		operation := strings.TrimSuffix(filepath.Base(file), ".json")
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
					check(t, operation, v)
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

func check(t *testing.T, operation string, v vector) {
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
	switch {
	case want == nil:
		return true
	case found.Code == relight.ErrStatementMismatch:
		return want == fieldNames[found.Field]
	case found.Code == relight.ErrBadDealing:
		return want == faultNames[found.Fault]
	case found.Code == relight.ErrSecretMismatch || found.Code == relight.ErrDuplicateEntry:
		return fmt.Sprint(want) == fmt.Sprint([]uint32{found.Compartment, found.Entry})
	case found.Code == relight.ErrBadDecryptionShares:
		return fmt.Sprint(want) == fmt.Sprint(found.Parties)
	case len(found.Identifiers) > 0:
		names := each(found.Identifiers, func(i relight.Identifier) string { return hex.EncodeToString(i.Bytes()) })
		return fmt.Sprint(want) == names[0] || fmt.Sprint(want) == fmt.Sprint(names)
	default:
		return want == float64(found.Number)
	}
}

var fieldNames = map[relight.Field]string{
	relight.FieldParameterSet: "ParameterSet", relight.FieldContext: "Context", relight.FieldEpoch: "Epoch",
	relight.FieldNode: "Node", relight.FieldCompartments: "Compartments", relight.FieldLock: "Lock",
	relight.FieldRecoveryKey: "RecoveryKey", relight.FieldBlinder: "Blinder", relight.FieldMemberKey: "MemberKey",
	relight.FieldEntryCount: "EntryCount", relight.FieldCurve: "Curve", relight.FieldRootPublicKey: "RootPublicKey",
	relight.FieldIdentifier: "Identifier", relight.FieldThreshold: "Threshold", relight.FieldPublicShare: "PublicShare",
}

var faultNames = map[relight.Fault]string{
	relight.FaultLength: "Length", relight.FaultEncoding: "Encoding", relight.FaultSignature: "Signature",
	relight.FaultEquivocation: "Equivocation", relight.FaultOtherKey: "OtherKey",
	relight.FaultProofOfKnowledge: "ProofOfKnowledge", relight.FaultEncryption: "Encryption",
}

// names are those of the specification: StatementMismatch is STATEMENT_MISMATCH in the record.
var names = func() map[relight.Code]string {
	spelled := map[relight.Code]string{}
	for name, code := range codes {
		for word := range strings.SplitSeq(name, "_") {
			spelled[code] += word[:1] + strings.ToLower(word[1:])
		}
	}
	return spelled
}()
