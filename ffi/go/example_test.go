package relight_test

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"relight.dev/relight"
)

// An operator makes a Blinder, keeps it offline, and gives the node its registration only.
func ExampleBlinder_Register() {
	blinder := must(relight.GenerateBlinder())
	defer blinder.Destroy()
	registration := must(blinder.Register([]byte("network"), []byte("node-1")))

	// The node receives the bytes, and checks that they are for it.
	received := relight.NewBlinderRegistration(registration.Bytes())
	public := must(received.Verify([]byte("network"), []byte("node-1")))
	fmt.Println(len(public.Bytes()), "bytes; the Blinder prints as", blinder)
	// Output: 48 bytes; the Blinder prints as redacted
}

// A custodian makes the statement from what it knows, never from the backup.
func ExampleBackup_Verify() {
	w := shared()
	received := relight.NewBackup(w.backups[0].Bytes())
	expected := must(w.network.Statement(w.places[0]))
	verified := must(received.Verify(expected))
	defer verified.Close()

	_, err := received.Verify(must(w.network.Statement(w.places[1])))
	var detail *relight.Error
	if errors.As(err, &detail) {
		fmt.Println(detail.Code, detail.Field == relight.FieldNode)
	}
	// Output: relight: the statement is not the expected one true
}

// A custodian asks whether the network could be restored.
func ExampleNetwork_Audit() {
	w := shared()
	coverage := must(w.network.Audit(w.places, w.backups[:2]))
	key := coverage.Keys[0]
	fmt.Println(coverage.Recoverable, coverage.Nodes[2].Status == relight.Missing, key.Covered, "of", key.Threshold)
	// Output: false true 2 of 3
}

// A fresh node asks, members look and answer, the fresh node opens its backup.
func ExampleAsk() {
	w, now := shared(), time.Now()
	session := must(relight.Ask(w.roster, w.statements[:1], []byte("fresh node"), now.Add(time.Hour)))
	defer session.Close()

	for _, member := range w.members {
		request := must(relight.ParseRequest(must(session.Request()).Bytes()))
		review := relight.Review{Request: request, Statements: w.statements, Roster: w.roster, Now: now}
		if _, err := review.Text(); err != nil { // a person reads it, and decides
			panic(err)
		}
		response := must(review.Respond(member.shares[0], member.identity, relight.SHA256))
		must(session.Receive(response, now))
	}

	keys := must(session.UnlockKeys())
	defer keys.Close()
	backup := must(w.backups[0].Verify(w.statements[0]))
	defer backup.Close()
	for _, share := range must(backup.Open(keys, w.blinders[0])) {
		lost := slices.ContainsFunc(w.nodes[0].shares, func(s relight.KeyShare) bool { return share.Equal(s.Secret) })
		fmt.Println(share, lost)
		share.Destroy()
	}
	// Output:
	// redacted true
	// redacted true
	// redacted true
}

// The derived key of a user is the same from the root public keys and from the shares.
func ExampleDerivation() {
	w := shared()
	derivation := relight.Derivation{Curve: relight.Secp256k1, Info: []byte("user 42")}
	public := must(derivation.Public(w.roots()...))

	var shares []relight.PublicShare
	for _, node := range w.nodes {
		share := must(derivation.Secret(must(node.shares[0].Scalar()), must(node.shares[1].Scalar())))
		point := must(share.Public(derivation.Curve))
		shares = append(shares, relight.PublicShare{Identifier: node.identifier, Share: point})
	}
	fmt.Println(must(relight.CombinePublic(derivation.Curve, shares)) == public)
	// Output: true
}
