package relight_test

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"relight.dev/relight"
)

// contents are those of the bundle of the world.
func (w *world) contents() relight.BundleContents {
	var places []relight.Node
	for _, place := range w.places {
		for key := uint16(0); int(key) < len(w.network.Keys); key++ {
			place.Shares = append(place.Shares, relight.Holding{Key: key, Identifier: place.Identifier})
		}
		place.Identifier = relight.Identifier{}
		places = append(places, place)
	}
	return relight.BundleContents{Roster: w.roster, Network: w.network, Nodes: places}
}

func TestABundleSaysAllThatIsPublic(t *testing.T) {
	w := shared()
	bundle := must(relight.NewBundle(w.contents()))
	claim := must(must(relight.ParseBundle(bundle.Bytes())).Inspect())
	if string(claim.Network) != "network" || claim.Epoch != 7 || len(claim.ShortCode) != 47 {
		t.Fatalf("%+v", claim)
	}
	found := must(bundle.Verify(claim.Digest))
	if want := w.contents(); !reflect.DeepEqual(found, want) {
		t.Fatalf("%+v\nand not\n%+v", found, want)
	}
	if coverage := must(found.Network.Audit(context.Background(), found.Nodes, w.backups)); !coverage.Recoverable {
		t.Fatalf("%+v", coverage)
	}
}

func TestABundleOfAnotherDigestIsRefused(t *testing.T) {
	bundle := must(relight.NewBundle(shared().contents()))
	if _, err := bundle.Verify(relight.Digest{1}); !errors.Is(err, relight.ErrBundleMismatch) {
		t.Fatal(err)
	}
	contents := shared().contents()
	contents.Network.RecoveryKey = relight.NewRecoveryKey(must(contents.Network.Keys[2].Inspect()).PublicKey.Bytes())
	if _, err := relight.NewBundle(contents); !errors.Is(err, relight.ErrMismatch) {
		t.Fatal(err)
	}
}

func TestTheNextBundleSaysWhatIsDifferent(t *testing.T) {
	contents := shared().contents()
	known := must(relight.NewBundle(contents))
	contents.Network.Epoch++
	contents.Nodes = contents.Nodes[:2]
	next := must(relight.NewBundle(contents))
	if changes := must(known.CheckSuccessor(next)); !reflect.DeepEqual(changes, []string{"node node-3 has left"}) {
		t.Fatal(changes)
	}
	if _, err := next.CheckSuccessor(known); !errors.Is(err, relight.ErrMismatch) {
		t.Fatal(err)
	}
}
