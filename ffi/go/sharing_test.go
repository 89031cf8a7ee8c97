package relight_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"relight.dev/relight"
)

func TestIdentifiers(t *testing.T) {
	number := relight.NewIdentifier(300)
	padded := must(relight.IdentifierFromBigEndian([]byte{0, 0, 1, 44}))
	if must(relight.ParseIdentifier([]byte{1, 44})) != number || padded != number || number.String() != "300" {
		t.Fatal(number, padded)
	}
	if long := must(relight.ParseIdentifier(bytes.Repeat([]byte{255}, 64))); long.String()[:6] != "0xffff" {
		t.Fatal(long)
	}
	for _, wrong := range [][]byte{nil, {0}, {0, 1}, append([]byte{1}, make([]byte, 64)...)} {
		if _, err := relight.ParseIdentifier(wrong); !errors.Is(err, relight.ErrInvalidIdentifier) {
			t.Errorf("%x: %v", wrong, err)
		}
	}
	for _, wrong := range [][]byte{nil, {0}, make([]byte, 100), append([]byte{1}, make([]byte, 64)...)} {
		if _, err := relight.IdentifierFromBigEndian(wrong); !errors.Is(err, relight.ErrInvalidIdentifier) {
			t.Errorf("%x: %v", wrong, err)
		}
	}
	key := shared().network.Keys[0]
	for _, wrong := range []relight.Identifier{{}, relight.NewIdentifier(0)} {
		if _, err := key.PublicShare(wrong); !errors.Is(err, relight.ErrInvalidIdentifier) {
			t.Error(err)
		}
	}
	if _, err := relight.NewCeremony(relight.Plan{
		Parameters: relight.Fast, Threshold: 1, Keys: relight.ReshareAt(relight.Identifier{}, key),
	}); !errors.Is(err, relight.ErrInvalidIdentifier) {
		t.Error(err)
	}
}

func TestSupermajority(t *testing.T) {
	if most := must(relight.Supermajority(65535)); most != 43691 {
		t.Error(most)
	}
	for _, none := range []int{0, -1, 65536, 65537, -65535} {
		if _, err := relight.Supermajority(none); !errors.Is(err, relight.ErrInvalidThreshold) {
			t.Error(none, err)
		}
	}
}

// repair is that of what somebody holds of the network's keys, by all its nodes but that one.
func (w *world) repair(helpers []*party, receiver *party) relight.Repair {
	repair := relight.Repair{
		Parameters: relight.Fast, Name: []byte("repair"), Nonce: must(relight.NewNonce()), Epoch: w.network.Epoch,
		Keys: w.network.Keys, Receiver: receiver.recipient(),
	}
	for _, p := range helpers {
		repair.Helpers = append(repair.Helpers, relight.Helper{
			Index: p.index, Identity: must(p.identity.Public()), MemberKey: must(p.key.Public()), Identifier: p.identifier,
		})
	}
	return repair
}

// TestRepair enrols a fourth node, which then has what nobody else has, and a share that fits.
func TestRepair(t *testing.T) {
	w, fourth := shared(), newParty("network", 4)
	fourth.identifier = must(relight.IdentifierFromBigEndian(bytes.Repeat([]byte{4}, 32)))
	repair := w.repair(w.nodes, fourth)
	helpers := make([]*party, len(w.nodes)) // between the ceremonies they hold both what they had and their parts
	for i, node := range w.nodes {
		helper := *node
		helpers[i] = &helper
	}
	first := run(must(repair.Prepare()), helpers, helpers)
	second := must(repair.HandOver(first))
	run(second, helpers, []*party{fourth})
	enrolled := must(repair.Finish(relight.Outcome{Shares: fourth.shares}))
	for i, share := range enrolled {
		entry, epoch, err := share.Inspect()
		if err != nil || epoch != w.network.Epoch || entry.Identifier != fourth.identifier {
			t.Fatal(entry, epoch, err)
		}
		if entry.PublicShare != must(w.network.Keys[i].PublicShare(fourth.identifier)) {
			t.Fatalf("share %d does not fit", i)
		}
	}
	root := must(relight.CombineKeyShares(w.nodes[0].shares[0], enrolled[0], w.nodes[2].shares[0]))
	if must(root.Public(relight.Secp256k1)) != must(w.network.Keys[0].Inspect()).PublicKey {
		t.Fatal("the shares are not of one key")
	}
	if _, err := repair.HandOver(relight.Outcome{Keys: w.network.Keys}); !errors.Is(err, relight.ErrCeremonyMismatch) {
		t.Fatal(err)
	}
	taken := w.repair(w.nodes, w.nodes[1])
	if _, err := taken.Prepare(); !errors.Is(err, relight.ErrDuplicateIdentifier) {
		t.Fatal(err)
	}
	var detail *relight.Error
	if _, err := taken.Prepare(); !errors.As(err, &detail) || detail.Identifiers[0] != w.nodes[1].identifier {
		t.Fatal(detail)
	}
}

func TestCombineKeySharesChecks(t *testing.T) {
	w := shared()
	shares := func(n ...int) (list []relight.KeyShare) {
		for _, i := range n {
			list = append(list, w.nodes[i].shares[0])
		}
		return list
	}
	if _, err := relight.CombineKeyShares(shares(0, 1)...); !errors.Is(err, relight.ErrNotEnoughShares) {
		t.Error(err)
	}
	if _, err := relight.CombineKeyShares(shares(0, 1, 1)...); !errors.Is(err, relight.ErrDuplicateIdentifier) {
		t.Error(err)
	}
	mixed := append(shares(0, 1), w.nodes[2].shares[1])
	if _, err := relight.CombineKeyShares(mixed...); !errors.Is(err, relight.ErrMismatch) {
		t.Error(err)
	}
}

// A key generation from elsewhere gives each node its secret, and everyone the coefficient commitments.
func ExampleNewKeyShare() {
	w, node := shared(), shared().nodes[0]
	secret := must(node.shares[0].Scalar())
	published := must(w.network.Keys[0].Inspect()).CoefficientCommitments

	commitment := must(relight.NewVssCommitment(relight.Secp256k1, published...))
	share := must(relight.NewKeyShare(w.network.Epoch, commitment, node.identifier, secret))
	fmt.Println(commitment == w.network.Keys[0], share.Equal(node.shares[0].Secret))

	_, err := relight.NewKeyShare(w.network.Epoch, commitment, w.nodes[1].identifier, secret)
	fmt.Println(errors.Is(err, relight.ErrSecretMismatch))
	// Output:
	// true true
	// true
}

func TestSharingsFromElsewhereAreChecked(t *testing.T) {
	w := shared()
	key, secret := w.network.Keys[0], must(w.nodes[0].shares[0].Scalar())
	for wrong, identifier := range map[relight.Code]relight.Identifier{
		relight.ErrInvalidIdentifier: {}, relight.ErrSecretMismatch: relight.NewIdentifier(1),
	} {
		if _, err := relight.NewKeyShare(1, key, identifier, secret); !errors.Is(err, wrong) {
			t.Errorf("%v: %v", wrong, err)
		}
	}
	zero := relight.NewScalar(make([]byte, 32))
	if _, err := relight.NewKeyShare(1, key, w.nodes[0].identifier, zero); !errors.Is(err, relight.ErrInvalidScalar) {
		t.Error(err)
	}
	if _, err := relight.NewVssCommitment(relight.Secp256k1); !errors.Is(err, relight.ErrInvalidLength) {
		t.Error(err)
	}
	other := must(w.network.Keys[2].Inspect()).PublicKey
	if _, err := relight.NewVssCommitment(relight.Secp256k1, other); !errors.Is(err, relight.ErrInvalidPoint) {
		t.Error(err)
	}
	secret.Destroy()
	if _, err := relight.NewKeyShare(1, key, w.nodes[0].identifier, secret); !errors.Is(err, relight.ErrDestroyed) {
		t.Error(err)
	}
}

// A key generation from elsewhere publishes public shares. One of them is wrong.
func ExampleVssCommitmentFromShares() {
	w := shared()
	key := w.network.Keys[0]
	var published []relight.PublicShare
	for number := range uint64(6) {
		identifier := relight.NewIdentifier(1000 + number)
		published = append(published, relight.PublicShare{Identifier: identifier, Share: must(key.PublicShare(identifier))})
	}
	fmt.Println(must(relight.VssCommitmentFromShares(relight.Secp256k1, 3, published)) == key)

	published[4].Share = published[5].Share
	_, err := relight.VssCommitmentFromShares(relight.Secp256k1, 3, published)
	var detail *relight.Error
	if errors.As(err, &detail) {
		fmt.Println(detail)
	}
	// Output:
	// true
	// relight: public shares do not fit the others: [1004]
}

// TestAuditTellsStatesApart has a backup of a former epoch, one with a broken proof, one that claims another epoch, and
// a node with two shares of a key.
func TestAuditTellsStatesApart(t *testing.T) {
	w := shared()
	network, nodes := w.network, slices.Clone(w.places)
	network.Epoch++
	claimed := must(network.Audit(context.Background(), nodes, w.backups[:1])).Nodes[0]
	if claimed.Status != relight.Claimed || claimed.Field != relight.FieldEpoch || claimed.Epoch != w.network.Epoch {
		t.Errorf("%+v", claimed)
	}
	network.Former = []relight.FormerEpoch{{Epoch: w.network.Epoch, Keys: w.network.Keys}}
	stale := must(network.Audit(context.Background(), nodes, w.backups))
	if stale.Recoverable || stale.Nodes[0].Status != relight.Stale || stale.Nodes[0].Epoch != w.network.Epoch {
		t.Errorf("%+v", stale)
	}
	broken := w.backups[1].Bytes()
	broken[len(broken)-1] ^= 1
	backups := []relight.Backup{w.backups[0], relight.NewBackup(broken), relight.NewBackup(nil)}
	bad := must(w.network.Audit(context.Background(), nodes, backups))
	if bad.Nodes[1].Status != relight.Bad || bad.Nodes[1].Backup != 1 || bad.Nodes[1].Code != relight.ErrProofRejected {
		t.Errorf("%+v", bad.Nodes[1])
	}
	stray := relight.Stray{Backup: 2, Code: relight.ErrTruncated, Message: "the bytes end before the object does"}
	if len(bad.Strays) != 1 || bad.Strays[0] != stray {
		t.Errorf("%+v", bad.Strays)
	}
	// The third node holds what the second did.
	nodes[2].Shares = []relight.Holding{{Key: 0, Identifier: nodes[1].Identifier}, {Key: 0, Identifier: nodes[2].Identifier}}
	nodes[2].Identifier = relight.Identifier{}
	both := append(nodes[:1:1], nodes[2])
	shares := []relight.KeyShare{w.nodes[1].shares[0], w.nodes[2].shares[0]}
	heavy := must(relight.CreateBackup(must(w.network.Statement(nodes[2])), shares...))
	weighted := must(w.network.Audit(context.Background(), both, []relight.Backup{w.backups[0], heavy}))
	if weighted.Keys[0] != (relight.KeyCoverage{Covered: 3, Threshold: 3, Recoverable: true}) || weighted.Recoverable {
		t.Errorf("%+v", weighted)
	}
	w.checkRegistrations(t)
}

// checkRegistrations has a node whose registrations do not hold, and two nodes with one Blinder.
func (w *world) checkRegistrations(t *testing.T) {
	nodes := slices.Clone(w.places)
	nodes[0].Registrations = nodes[1].Registrations
	unregistered := must(w.network.Audit(context.Background(), nodes, w.backups)).Nodes[0]
	if unregistered.Status != relight.Unregistered || unregistered.Code != relight.ErrMismatch {
		t.Errorf("%+v", unregistered)
	}
	if unregistered.Field != relight.FieldNode {
		t.Errorf("%+v", unregistered)
	}
	form := must(w.blinders[1].Register(w.network.Name, nodes[0].Name, nodes[0].Operator))
	nodes[0].Registrations = []relight.BlinderRegistration{must(form.Sign(w.operators[0]))}
	shared := must(w.network.Audit(context.Background(), nodes, nil)).SharedBlinders
	if len(shared) != 1 || !slices.Equal(shared[0], []int{0, 1}) {
		t.Error(shared)
	}
}
