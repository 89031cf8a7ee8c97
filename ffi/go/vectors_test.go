//go:build vectors

package relight_test

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"runtime"
	"testing"

	"relight.dev/relight"
)

// raw is bytes, in hexadecimal.
type raw []byte

func (b *raw) UnmarshalText(text []byte) (err error) {
	*b, err = hex.DecodeString(string(text))
	return err
}

// fields are those of all operations together.
type fields struct {
	Expected, Backup, Blinder, Context, Node, Registration, Statement, Ceremony, Dealing, Derived, Identifier, Dst raw
	Key, Public, Roster, Request, Response, Digest, Proof, Share, Identity, Polynomial, Secret                     raw
	KeyShare                                                                                                       raw `json:"key_share"`
	MemberKey                                                                                                      raw `json:"member_key"`
	IdentityKey                                                                                                    raw `json:"identity_secret"`
	HPKESecret                                                                                                     raw `json:"hpke_secret"`
	RecoveryKey                                                                                                    raw `json:"recovery_key"`
	PublicShare                                                                                                    raw `json:"public_share"`
	RootPublicKey                                                                                                  raw `json:"root_public_key"`
	Attested                                                                                                       raw `json:"attested_digest"`
	Transcript                                                                                                     raw
	Randomness                                                                                                     []raw
	Secrets                                                                                                        []raw
	Roots                                                                                                          []raw
	Shares                                                                                                         []raw
	Statements                                                                                                     []raw
	Responses                                                                                                      []raw
	Dealings                                                                                                       []raw
	Polynomials                                                                                                    []raw
	Backups                                                                                                        []raw
	Digests                                                                                                        []raw
	OldShares                                                                                                      []raw `json:"old_shares"`
	PublicShares                                                                                                   []raw `json:"public_shares"`
	Curve                                                                                                          relight.Curve
	Index, Member                                                                                                  relight.Index
	Dealer                                                                                                         relight.Index
	Recipient                                                                                                      relight.Index
	Valid, Bad                                                                                                     []relight.Index
	Identifiers                                                                                                    []relight.Index
	Parties                                                                                                        uint16
	Threshold                                                                                                      uint16
	Needed                                                                                                         uint16
	Scheme                                                                                                         relight.Scheme
	Now                                                                                                            int64
	// Members are places or objects, which differs by operation.
	Members json.RawMessage
}

func (f fields) members() (places []relight.Index) {
	if err := json.Unmarshal(f.Members, &places); err != nil {
		panic(err)
	}
	return places
}

type vector struct {
	Name   string
	Input  fields
	Output json.RawMessage
	Error  string
}

// operations run a vector, and return what it is compared with: pairs of what is found and what is wanted.
var operations = map[string]func(in, out fields) ([]any, error){
	"statement":            statementVector,
	"key_share":            keyShareVector,
	"secret_key":           secretKeyVector,
	"blinder_register":     blinderRegisterVector,
	"backup_create":        backupCreateVector,
	"decryption_share":     decryptionShareVector,
	"member_register":      memberRegisterVector,
	"respond":              respondVector,
	"blinder_registration": blinderRegistrationVector,
	"member_registration":  memberRegistrationVector,
	"ceremony":             ceremonyVector,
	"dealing_verify":       dealingVector,
	"finish":               finishVector,
	"backup_verify":        backupVector,
	"derive_public":        derivePublicVector,
	"derive_secret":        deriveSecretVector,
	"feldman":              feldmanVector,
	"supermajority":        supermajorityVector,
	"request":              requestVector,
	"roster":               rosterVector,
	"review":               reviewVector,
	"session":              sessionVector,
	"lagrange":             lagrangeVector,
	"combine":              combineVector,
	"decryption_batch":     batchVector,
}

func TestVectors(t *testing.T) {
	for operation, run := range operations {
		t.Run(operation, func(t *testing.T) {
			runtime.LockOSThread() // randomness is played back to one thread
			defer runtime.UnlockOSThread()
			var file struct{ Accepted, Rejected []vector }
			if err := json.Unmarshal(must(os.ReadFile("../../spec/vectors/"+operation+".json")), &file); err != nil {
				t.Fatal(err)
			}
			if len(file.Accepted) == 0 {
				t.Fatal("no vectors")
			}
			for _, v := range file.Accepted {
				if elsewhere[v.Name] == "" {
					accept(t, v, run)
				}
			}
			for _, v := range file.Rejected {
				if elsewhere[v.Name] == "" {
					reject(t, v, run)
				}
			}
		})
	}
}

// elsewhere are the vectors for what only the Rust interface can express, with the reason.
var elsewhere = map[string]string{
	"compartments of both kinds":                  "statements are those of backups",
	"the longest names, the last epoch":           "statements are those of backups",
	"the same key in two compartments":            "statements are those of backups",
	"secp256k1, 1 roots: an empty tag":            "an empty tag stands for the curve's own",
	"secp256k1, 2 roots: an empty tag":            "an empty tag stands for the curve's own",
	"bls12381-g1, 2 roots: an empty tag":          "an empty tag stands for the curve's own",
	"two keys, test set: the secrets are swapped": "key shares say which key they are of",
	"member 1, scheme 2":                          "registrations are signed with scheme 1",
}

func accept(t *testing.T, v vector, run func(in, out fields) ([]any, error)) {
	var out fields
	if err := json.Unmarshal(v.Output, &out); err != nil {
		t.Fatal(err)
	}
	pairs, err := run(v.Input, out)
	if err != nil {
		t.Errorf("%s: %v", v.Name, err)
		return
	}
	for i := 0; i < len(pairs); i += 2 {
		if fmt.Sprintf("%x", pairs[i]) != fmt.Sprintf("%x", pairs[i+1]) && !reflect.DeepEqual(pairs[i], pairs[i+1]) {
			t.Errorf("%s: found %x, want %x", v.Name, pairs[i], pairs[i+1])
		}
	}
}

func reject(t *testing.T, v vector, run func(in, out fields) ([]any, error)) {
	_, err := run(v.Input, fields{})
	var detail *relight.Error
	if !errors.As(err, &detail) || names[detail.Code] != v.Error {
		t.Errorf("%s: %v, want %s", v.Name, err, v.Error)
	}
}

// names are those of the specification.
var names = func() map[relight.Code]string {
	spelled := map[relight.Code]string{}
	for name, code := range codes {
		spelled[code] = camel(name)
	}
	return spelled
}()

func camel(name string) (text string) {
	upper := true
	for _, c := range name {
		if c == '_' {
			upper = true
			continue
		}
		if !upper {
			c += 'a' - 'A'
		}
		text, upper = text+string(c), false
	}
	return text
}
