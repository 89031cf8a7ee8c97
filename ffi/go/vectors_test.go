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
	"slices"
	"testing"
	"time"

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
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for operation, run := range operations {
		t.Run(operation, func(t *testing.T) {
			var file struct{ Accepted, Rejected []vector }
			if err := json.Unmarshal(must(os.ReadFile("../../spec/vectors/"+operation+".json")), &file); err != nil {
				t.Fatal(err)
			}
			if len(file.Accepted) == 0 {
				t.Fatal("no vectors")
			}
			for _, v := range file.Accepted {
				accept(t, v, run)
			}
			for _, v := range file.Rejected {
				reject(t, v, run)
			}
		})
	}
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

func statements(items []raw) (parsed []relight.Statement, err error) {
	for _, item := range items {
		statement, err := relight.ParseStatement(item)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, statement)
	}
	return parsed, nil
}

func statementVector(in, out fields) ([]any, error) {
	statement, err := relight.ParseStatement(in.Statement)
	if err != nil {
		return nil, err
	}
	return []any{must(statement.Inspect()).Digest[:], out.Digest}, nil
}

func keyShareVector(in, out fields) ([]any, error) {
	share, err := relight.ParseKeyShare(in.KeyShare)
	if err != nil {
		return nil, err
	}
	entry, _, err := share.Inspect()
	return []any{entry.PublicShare.Bytes(), out.PublicShare}, err
}

func secretKeyVector(in, out fields) ([]any, error) {
	blinder, err := relight.ParseBlinder(in.Key)
	if err != nil {
		return nil, err
	}
	key := must(relight.ParseMemberKey(in.Key))
	return []any{must(blinder.Public()).Bytes(), out.Public, must(key.Public()).Bytes(), out.Public}, nil
}

func blinderRegisterVector(in, out fields) ([]any, error) {
	if err := relight.PlayBack(slices.Concat(in.Randomness...)); err != nil {
		return nil, err
	}
	defer relight.PlayBack(nil)
	blinder := must(relight.ParseBlinder(append([]byte{1}, in.Blinder...)))
	registration, err := blinder.Register(in.Context, in.Node)
	return []any{registration.Bytes(), out.Registration}, err
}

func blinderRegistrationVector(in, out fields) ([]any, error) {
	public, err := relight.NewBlinderRegistration(in.Registration).Verify(in.Context, in.Node)
	return []any{public.Bytes(), out.Blinder}, err
}

func memberRegistrationVector(in, out fields) ([]any, error) {
	member, err := relight.NewMemberRegistration(in.Registration).Verify(in.Context)
	return []any{
		member.Index, out.Index, member.Identity.Bytes(), out.Identity, member.MemberKey.Bytes(), out.MemberKey,
	}, err
}

func ceremonyVector(in, out fields) ([]any, error) {
	ceremony, err := relight.ParseCeremony(in.Ceremony)
	if err != nil {
		return nil, err
	}
	said := must(ceremony.Inspect())
	return []any{said.Digest[:], out.Digest, said.Needed, out.Needed}, nil
}

func dealingVector(in, out fields) ([]any, error) {
	dealer, err := must(relight.ParseCeremony(in.Ceremony)).Verify(relight.NewDealing(in.Dealing))
	return []any{dealer, out.Dealer}, err
}

func finishVector(in, out fields) ([]any, error) {
	var dealings []relight.Dealing
	for _, dealing := range in.Dealings {
		dealings = append(dealings, relight.NewDealing(dealing))
	}
	key := must(relight.ParseMemberKey(append([]byte{1}, in.MemberKey...)))
	outcome, err := must(relight.ParseCeremony(in.Ceremony)).Finish(dealings, in.Recipient, key)
	pairs := []any{outcome.Transcript[:], out.Transcript, len(outcome.ValidDealers), len(out.Valid)}
	for i, share := range outcome.Shares {
		pairs = append(pairs, must(share.Scalar()).Expose(), out.Shares[i], outcome.Keys[i].Bytes(), out.Polynomials[i])
	}
	return append(pairs, len(outcome.BadDealers), len(out.Bad)), err
}

func backupVector(in, out fields) ([]any, error) {
	expected, err := relight.ParseStatement(in.Expected)
	if err != nil {
		return nil, err
	}
	backup, err := relight.ParseBackup(in.Backup)
	if err != nil {
		return nil, err
	}
	verified, err := backup.Verify(expected)
	if err != nil {
		return nil, err
	}
	verified.Close()
	return []any{must(must(backup.Claim()).Inspect()).Digest[:], out.Digest}, nil
}

func derivePublicVector(in, out fields) ([]any, error) {
	var roots []relight.Point
	for _, root := range in.Roots {
		roots = append(roots, relight.NewPoint(root))
	}
	derivation := relight.Derivation{Curve: in.Curve, Identifier: in.Identifier, Tag: in.Dst}
	derived, err := derivation.Public(roots...)
	return []any{derived.Bytes(), out.Derived}, err
}

func deriveSecretVector(in, out fields) ([]any, error) {
	var roots []relight.Scalar
	for _, root := range in.Roots {
		roots = append(roots, relight.Scalar{Secret: relight.NewSecret(root)})
	}
	derivation := relight.Derivation{Curve: in.Curve, Identifier: in.Identifier, Tag: in.Dst}
	derived, err := derivation.Secret(roots...)
	return []any{derived.Expose(), out.Derived}, err
}

func feldmanVector(in, out fields) ([]any, error) {
	polynomial, err := relight.ParsePolynomial(in.Polynomial)
	if err != nil {
		return nil, err
	}
	key := must(polynomial.Inspect())
	pairs := []any{key.Threshold, out.Threshold, key.PublicKey.Bytes(), out.RootPublicKey, key.Curve, out.Curve}
	for i, identifier := range in.Identifiers {
		share, err := polynomial.PublicShare(identifier)
		if err != nil {
			return nil, err
		}
		if len(out.PublicShares) > 0 {
			pairs = append(pairs, share.Bytes(), out.PublicShares[i])
		}
	}
	return pairs, nil
}

func supermajorityVector(in, out fields) ([]any, error) {
	threshold, err := relight.Supermajority(in.Parties)
	return []any{threshold, out.Threshold}, err
}

func requestVector(in, out fields) ([]any, error) {
	request, err := relight.ParseRequest(in.Request)
	if err != nil {
		return nil, err
	}
	said := must(request.Inspect())
	pairs := []any{said.Digest[:], out.Digest, said.AttestedDigest[:], out.Attested, len(said.Statements), len(out.Digests)}
	for i, digest := range said.Statements {
		pairs = append(pairs, digest[:], out.Digests[i])
	}
	return pairs, nil
}

func rosterVector(in, out fields) ([]any, error) {
	roster, err := relight.ParseRoster(in.Context, in.Roster)
	if err != nil {
		return nil, err
	}
	said := must(roster.Inspect())
	return []any{said.RecoveryKey.Bytes(), out.RecoveryKey, said.Threshold, out.Threshold}, nil
}

func reviewVector(in, _ fields) ([]any, error) {
	request, err := relight.ParseRequest(in.Request)
	if err != nil {
		return nil, err
	}
	roster, err := relight.ParseRoster(in.Context, in.Roster)
	if err != nil {
		return nil, err
	}
	at, err := statements(in.Statements)
	if err != nil {
		return nil, err
	}
	_, err = relight.Review{Request: request, Statements: at, Roster: roster, Now: time.Unix(in.Now, 0)}.Text()
	return nil, err
}

// sessionVector writes the state of the session before the first answer.
func sessionVector(in, _ fields) ([]any, error) {
	long := func(bytes []byte) []byte {
		n := len(bytes)
		return append([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}, bytes...)
	}
	state := slices.Concat([]byte{1}, in.HPKESecret, long(in.Request), long(in.Roster), long(slices.Concat(in.Statements...)), long(nil))
	session, err := relight.Resume(in.Context, relight.SessionState{Secret: relight.NewSecret(state)})
	if err != nil {
		return nil, err
	}
	defer session.Close()
	for _, response := range in.Responses {
		if _, err := session.Receive(relight.NewResponse(response), time.Unix(in.Now, 0)); err != nil {
			return nil, err
		}
	}
	keys, err := session.UnlockKeys()
	if err == nil {
		keys.Close()
	}
	return nil, err
}

func lagrangeVector(in, out fields) ([]any, error) {
	var shares []relight.SecretShare
	for i, share := range in.Shares {
		scalar := relight.Scalar{Secret: relight.NewSecret(share)}
		shares = append(shares, relight.SecretShare{Identifier: in.Identifiers[i], Share: scalar})
	}
	secret, err := relight.CombineSecret(in.Curve, shares)
	return []any{secret.Expose(), out.Secret}, err
}

func decryptionShares(in fields) (shares []relight.DecryptionShare) {
	for _, share := range in.Shares {
		shares = append(shares, relight.NewDecryptionShare(share))
	}
	return shares
}

func recoveryParty(in fields) relight.RecoveryParty {
	polynomial := must(relight.ParsePolynomial(in.Polynomial))
	return relight.RecoveryParty{Polynomial: polynomial, Members: in.members()}
}

func combineVector(in, _ fields) ([]any, error) {
	keys, err := recoveryParty(in).Combine(relight.Digest(in.Digest), decryptionShares(in)...)
	if err == nil {
		keys.Close()
	}
	return nil, err
}

func batchVector(in, _ fields) ([]any, error) {
	return nil, recoveryParty(in).Verify(relight.Digest(in.Digest), decryptionShares(in)...)
}
