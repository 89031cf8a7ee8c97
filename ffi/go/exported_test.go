package relight_test

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"relight.dev/relight"
)

// exportedTypes are the types of the package, as pointers to them.
var exportedTypes = []any{
	new(relight.Accusation), new(relight.Address), new(relight.AgreedDealing), new(relight.Authorisation), new(relight.Backup),
	new(relight.Blinder), new(relight.BlinderPublicKey), new(relight.BlinderRegistration),
	new(relight.BlinderRegistrationFields), new(relight.Bundle), new(relight.BundleClaim), new(relight.BundleContents),
	new(relight.Ceremony), new(relight.CeremonyFields), new(relight.Certificate),
	new(relight.CertificateFields), new(relight.Certified), new(relight.ClosedDealings), new(relight.ClosedStatus), new(relight.Code),
	new(relight.Confirmation), new(relight.ConfirmationFields), new(relight.Confirmations), new(relight.ConfirmationsStatus),
	new(relight.Coverage), new(relight.Culprit), new(relight.Curve), new(relight.Dealer), new(relight.Dealing),
	new(relight.Dealings), new(relight.DealingsStatus), new(relight.DecryptionShare), new(relight.Derivation),
	new(relight.Digest), new(relight.Draft), new(relight.DraftFields), new(relight.Entry), new(relight.Error),
	new(relight.Evidence), new(relight.Fault), new(relight.Field), new(relight.FormerEpoch), new(relight.Helper),
	new(relight.Holder), new(relight.Holding), new(relight.Identifier), new(relight.Identity), new(relight.IdentityPublicKey),
	new(relight.KeyCoverage), new(relight.KeyShare), new(relight.Keys), new(relight.Kind), new(relight.Member),
	new(relight.MemberKey), new(relight.MemberPublicKey), new(relight.MemberRegistration), new(relight.Network),
	new(relight.Node), new(relight.NodeCoverage), new(relight.Nonce), new(relight.Outcome), new(relight.Parameters),
	new(relight.PartyIndex), new(relight.Plan), new(relight.Point), new(relight.Progress), new(relight.PublicShare),
	new(relight.Recipient), new(relight.RecoveryKey), new(relight.RecoveryParty), new(relight.RegistrationFault),
	new(relight.Repair), new(relight.Request), new(relight.RequestFields), new(relight.Response), new(relight.Review),
	new(relight.Roster), new(relight.RosterFields), new(relight.RosterMember), new(relight.Scalar), new(relight.Secret),
	new(relight.SealingKey), new(relight.SealingRecipient), new(relight.SecretShare), new(relight.Session), new(relight.SessionState), new(relight.Statement),
	new(relight.StatementFields), new(relight.Status), new(relight.Stray), new(relight.UnlockKeys),
	new(relight.Unsigned[relight.Response]), new(relight.VerifiedBackup), new(relight.VssCommitment),
	new(relight.VssCommitmentFields), new(relight.WalletFault), new(relight.WithoutShare), new(relight.ZeroShare),
}

// typeOf is the type that one of them points to.
func typeOf(pointer any) reflect.Type { return reflect.TypeOf(pointer).Elem() }

// TestExportedTypesAreListed, so that the tests that go through all of them do.
func TestExportedTypesAreListed(t *testing.T) {
	var listed, declared []string
	for _, pointer := range exportedTypes {
		name, _, _ := strings.Cut(typeOf(pointer).Name(), "[")
		listed = append(listed, name)
	}
	for _, file := range must(os.ReadDir(".")) {
		if strings.HasSuffix(file.Name(), ".go") && !strings.HasSuffix(file.Name(), "_test.go") {
			declared = append(declared, typesOf(file.Name())...)
		}
	}
	slices.Sort(listed)
	slices.Sort(declared)
	if !slices.Equal(listed, declared) {
		t.Errorf("listed are\n%v, and there are\n%v", listed, declared)
	}
}

// typesOf are those that have values: not constraints.
func typesOf(file string) (names []string) {
	ast.Inspect(must(parser.ParseFile(token.NewFileSet(), file, nil, 0)), func(node ast.Node) bool {
		if spec, ok := node.(*ast.TypeSpec); ok && spec.Name.IsExported() {
			if _, constraint := spec.Type.(*ast.InterfaceType); !constraint {
				names = append(names, spec.Name.Name)
			}
		}
		return true
	})
	return names
}

// TestNothingPanicsForWantOfAValue calls every method of every type on nothing with nothing: on the zero value, and on nil
// if the type has methods of pointers only.
func TestNothingPanicsForWantOfAValue(t *testing.T) {
	calls := 0
	for _, pointer := range exportedTypes {
		value, zero := reflect.Zero(typeOf(pointer)), reflect.New(typeOf(pointer))
		for i := range zero.NumMethod() {
			method, receivers := zero.Type().Method(i).Name, []reflect.Value{zero}
			if value.NumMethod() == 0 {
				receivers = append(receivers, reflect.Zero(zero.Type()))
			}
			for _, receiver := range receivers {
				calls++
				callWithNothing(t, receiver, method)
			}
		}
	}
	if calls < 250 {
		t.Error(calls)
	}
}

func callWithNothing(t *testing.T, receiver reflect.Value, method string) {
	defer func() {
		if reason := recover(); reason != nil {
			t.Errorf("%s of %v, which is %v, panics: %v", method, receiver.Type(), receiver, reason)
		}
	}()
	function := receiver.MethodByName(method)
	var arguments []reflect.Value
	for i := range function.Type().NumIn() {
		arguments = append(arguments, nothing(function.Type().In(i)))
	}
	if function.Type().IsVariadic() {
		arguments = arguments[:len(arguments)-1]
	}
	function.Call(arguments)
}

// nothing is the zero value of a type, or of its implementation that does nothing.
func nothing(of reflect.Type) reflect.Value {
	for _, value := range []any{context.Background(), discard{}} {
		if of.Kind() == reflect.Interface && of.NumMethod() > 0 && reflect.TypeOf(value).Implements(of) {
			return reflect.ValueOf(value)
		}
	}
	return reflect.Zero(of)
}

// discard is a fmt.State.
type discard struct{ io.Writer }

func (discard) Write(text []byte) (int, error) { return len(text), nil }
func (discard) Width() (int, bool)             { return 0, false }
func (discard) Precision() (int, bool)         { return 0, false }
func (discard) Flag(int) bool                  { return false }

var _ fmt.State = discard{}

// TestHandlesAreClosers has all that is closed be an io.Closer.
func TestHandlesAreClosers(t *testing.T) {
	closers := 0
	for _, pointer := range exportedTypes {
		if reflect.ValueOf(pointer).MethodByName("Close").IsValid() {
			closers++
			if _, ok := pointer.(io.Closer); !ok {
				t.Errorf("%T is no io.Closer", pointer)
			}
		}
	}
	if closers != 6 {
		t.Error(closers)
	}
}
