package relight_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"relight.dev/relight"
)

// asked is over when it was asked so often.
type asked struct {
	context.Context
	left int
}

var errEnough = errors.New("enough")

func (a *asked) Err() error {
	if a.left--; a.left < 0 {
		return errEnough
	}
	return nil
}

// TestAuditsStop at once, after a backup, and in time, and not when they are let.
func TestAuditsStop(t *testing.T) {
	w := shared()
	over, cancel := context.WithCancelCause(context.Background())
	reason := errors.New("the custodian went home")
	cancel(reason)
	if _, err := w.network.Audit(over, w.places, w.backups); !errors.Is(err, relight.ErrCancelled) || !errors.Is(err, reason) {
		t.Error(err)
	}
	backups := slices.Repeat(w.backups, 3)
	for left := range 10 {
		after := &asked{context.Background(), left}
		_, err := w.network.Audit(after, w.places, backups)
		if !errors.Is(err, relight.ErrCancelled) || !errors.Is(err, errEnough) || after.left != -2 {
			t.Error(left, after.left, err)
		}
	}
	if _, err := w.network.Audit(&asked{context.Background(), 10}, w.places, backups); err != nil {
		t.Error(err)
	}
	late, end := context.WithTimeout(context.Background(), time.Nanosecond)
	defer end()
	if _, err := w.network.Audit(late, w.places, backups); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	watched := must(w.network.Audit(context.Background(), w.places, w.backups))
	if again := must(w.network.Audit(&asked{context.Background(), 4}, w.places, w.backups)); !reflect.DeepEqual(watched, again) {
		t.Errorf("%+v, where it is %+v", again, watched)
	}
}

// TestNames has all numbers that there are, each with a name of its own, and one that there is not.
func TestNames(t *testing.T) {
	for _, names := range [][]fmt.Stringer{
		every(relight.Secp256k1, relight.PallasSpendAuth), every(relight.Fast, relight.Bulk),
		every(relight.KindIdentity, relight.KindSession), every(relight.FieldParameterSet, relight.FieldParty),
		every(relight.FaultLength, relight.FaultExpelled), every(relight.WalletLength, relight.WalletInvalid),
		every(relight.RegistrationParty, relight.RegistrationSchnorrProof), every(relight.Missing, relight.Unregistered),
	} {
		var seen []string
		for _, name := range names {
			if slices.Contains(seen, name.String()) || name.String() == "unknown" || name.String() == "" {
				t.Errorf("%T %d: %v", name, name, name)
			}
			seen = append(seen, name.String())
		}
	}
	for name, want := range map[fmt.Stringer]string{
		relight.Secp256k1: "secp256k1", relight.Packed: "packed", relight.Bulk: "bulk", relight.KindBlinder: "Blinder",
		relight.FieldRecoveryKey: "recovery key", relight.FaultEquivocation: "equivocation", relight.Covered: "covered",
		relight.Curve(0): "unknown", relight.Status(99): "unknown", relight.FieldUnknown: "unknown",
	} {
		if name.String() != want {
			t.Errorf("%v, where it is %s", name, want)
		}
	}
}

// every is every number from the first to the last.
func every[T interface {
	~uint8 | ~uint16 | ~int32
	fmt.Stringer
}](first, last T) (all []fmt.Stringer) {
	for number := first; number <= last; number++ {
		all = append(all, number)
	}
	return all
}
