package relight_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"relight.dev/relight"
)

// soon fails, rather than wait for ever, if the work does not end.
func soon(t *testing.T, work func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); work() }()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("it does not end")
	}
}

// TestNoCallWaitsForItself has calls use one secret many times, and two secrets in either order, while others destroy
// them.
func TestNoCallWaitsForItself(t *testing.T) {
	w := shared()
	soon(t, func() {
		for range 200 {
			a, b := must(relight.ParseKeyShare(w.nodes[0].shares[0].Expose())), must(relight.ParseKeyShare(w.nodes[1].shares[0].Expose()))
			one, other := slices.Repeat([]relight.KeyShare{a, b}, 10), slices.Repeat([]relight.KeyShare{b, a}, 10)
			together(
				func() { combineOrDestroyed(t, one) }, func() { combineOrDestroyed(t, other) }, a.Destroy, b.Destroy, a.Destroy,
			)
		}
	})
}

func together(work ...func()) {
	done := make(chan struct{})
	for _, one := range work {
		go func() { one(); done <- struct{}{} }()
	}
	for range work {
		<-done
	}
}

func combineOrDestroyed(t *testing.T, shares []relight.KeyShare) {
	_, err := relight.CombineKeyShares(shares...)
	if !errors.Is(err, relight.ErrDestroyed) && !errors.Is(err, relight.ErrDuplicateIdentifier) {
		t.Error(err)
	}
}

// TestHandlesAreClosedOnce by many at a time, while others use them, and after that nobody does.
func TestHandlesAreClosedOnce(t *testing.T) {
	w, now := shared(), time.Now()
	soon(t, func() {
		for range 20 {
			session := must(relight.Ask(w.roster, w.statements[:1], nil, now, now.Add(time.Hour)))
			closeIt := func() { check(session.Close()) }
			use := func() {
				if _, err := session.Draft(); err != nil && !errors.Is(err, relight.ErrDestroyed) {
					t.Error(err)
				}
			}
			together(use, closeIt, use, closeIt, use, closeIt)
			_, err := session.Draft()
			if !errors.Is(err, relight.ErrDestroyed) || err.Error() != "relight: used after Destroy or Close: *relight.Session" {
				t.Error(err)
			}
		}
	})
}

func TestDestroyWipes(t *testing.T) {
	secret, other := relight.NewSecret([]byte{1, 2, 3}), relight.NewSecret([]byte{1, 2, 3})
	if !secret.Equal(other) || !secret.Equal(secret) {
		t.Fatal("equal secrets differ")
	}
	secret.Destroy()
	secret.Destroy()
	if len(secret.Expose()) != 0 {
		t.Error("the secret is still there")
	}
	other.Destroy()
	for _, nothing := range []*relight.Secret{secret, other, nil, {}, relight.NewSecret(nil)} {
		if nothing.Equal(nothing) || nothing.Equal(secret) || secret.Equal(nothing) || nothing.Equal(relight.NewSecret(nil)) {
			t.Error("nothing equals nothing")
		}
	}
}
