package relight_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"relight.dev/relight"
)

// A party generates its key. All members run the same program; here one process plays all three.
func Example_generate() {
	members := newParties("party", 1, 2, 3) // each has made its keys, and registered them

	// Everyone verifies the registrations, and agrees on the plan.
	plan := relight.Plan{
		Parameters: relight.Fast, Name: []byte("recovery key"), Nonce: must(relight.NewNonce()), Epoch: 1, Threshold: 2,
		Keys: relight.Generate(relight.BLS12381_G1),
	}
	var listed []relight.RosterMember
	for _, member := range members {
		verified := must(member.registration.Verify([]byte("party")))
		plan.Dealers = append(plan.Dealers, verified.Dealer())
		plan.Recipients = append(plan.Recipients, verified.Recipient())
		listed = append(listed, relight.RosterMember{Registration: member.registration})
	}
	ceremony := must(relight.NewCeremony(plan))

	// Each deals to all, and takes the dealings of all: a bad one names its dealer.
	dealings := must(ceremony.NewDealings())
	defer dealings.Close()
	for _, member := range members {
		check(dealings.Receive(must(ceremony.Deal(member.index, member.identity))))
	}

	// Each confirms once what it holds: equal confirmations of more than two thirds close the ceremony.
	confirmations := must(ceremony.NewConfirmations())
	defer confirmations.Close()
	for _, member := range members {
		confirmation := must(must(dealings.Confirm(member.index, member.key)).Sign(member.identity))
		check(confirmations.Receive(confirmation)) // it is stored before it is sent
	}
	certificate := must(confirmations.Certificate())
	closed := must(dealings.CloseWith(certificate))
	defer closed.Close()

	// Each has its share; all have the roster, and the certificate that vouches for its key.
	outcome := must(closed.Finish(1, members[0].key))
	defer outcome.Destroy()
	roster := must(relight.NewRoster([]byte("party"), outcome.Keys[0], listed...))
	fmt.Println(must(roster.Inspect()).Threshold, "of", len(listed), ceremony.VouchFor(certificate, outcome.Keys...))
	// Output: 2 of 3 <nil>
}

// A node backs up its shares; a custodian verifies the backup, and audits the network.
func Example_backUp() {
	w := shared() // a network of three nodes, whose keys everyone knows from their ceremony
	node, operator := w.nodes[0], must(relight.GenerateIdentity())

	// The operator makes a Blinder, keeps it offline, and gives the node its registration only.
	blinder := must(relight.GenerateBlinder())
	defer blinder.Destroy()
	form := must(blinder.Register(w.network.Name, []byte("node-1"), must(operator.Public())))
	registration := must(form.Sign(operator)) // or form.Complete, with what a wallet made of form.WalletText

	// The node encrypts its shares to the recovery party, and the registered Blinder is needed beside that.
	place := relight.Node{
		Name: []byte("node-1"), Operator: must(operator.Public()), Identifier: node.identifier,
		Registrations: []relight.BlinderRegistration{registration},
	}
	backup := must(relight.CreateBackup(must(w.network.Statement(place)), node.shares...))

	// The custodian makes the statement from what it knows, never from the backup.
	verified := must(relight.NewBackup(backup.Bytes()).Verify(must(w.network.Statement(place))))
	defer verified.Close()

	// Of three nodes that are needed, two are backed up: the third is told.
	places, backups := []relight.Node{place, w.places[1], w.places[2]}, []relight.Backup{backup, w.backups[1]}
	coverage := must(w.network.Audit(context.Background(), places, backups))
	fmt.Println(coverage.Recoverable, coverage.Keys[0].Covered, "of", coverage.Keys[0].Threshold)
	fmt.Println(coverage.Nodes[2].Status, blinder)
	// Output:
	// false 2 of 3
	// missing redacted
}

// A fresh node asks, the operator authorises, members look and answer, the backup opens.
func Example_recover() {
	w, now := shared(), time.Now()
	session := must(relight.Ask(w.roster, w.statements[:1], []byte("fresh node"), now, now.Add(time.Hour)))
	defer session.Close()

	// On the offline machine that has the Blinder a person reads the draft, and compares the code by voice.
	draft := must(relight.ParseDraft(must(session.Draft()).Bytes()))
	must(draft.Text(w.statements))
	authorisation := must(w.blinders[0].Authorise(draft, w.statements[0]))
	check(session.Authorise(relight.NewAuthorisation(authorisation.Bytes())))
	request := must(session.Request())

	// A member checks the request against what it has itself; a person reads it, and decides.
	for _, member := range w.members {
		received := must(relight.ParseRequest(request.Bytes()))
		review := relight.Review{Request: received, Statements: w.statements, Roster: w.roster, Now: now}
		must(review.Text())
		response := must(must(review.Respond(member.shares[0])).Sign(member.identity))
		must(session.Receive(response, now)) // what it returns tells how many answers are needed still
	}

	// The backup opens with the unlock keys and the Blinder.
	keys := must(session.UnlockKeys())
	defer keys.Close()
	backup := must(w.backups[0].Verify(w.statements[0]))
	defer backup.Close()
	for i, share := range must(backup.Open(keys, w.blinders[0])) {
		fmt.Println(share, share.Equal(w.nodes[0].shares[i].Secret))
		share.Destroy()
	}
	// Output:
	// redacted true
	// redacted true
	// redacted true
}

// An error says what is wrong: in words, and for programs.
func ExampleError() {
	w := shared()
	_, err := w.backups[0].Verify(w.statements[1])
	var detail *relight.Error
	fmt.Println(errors.As(err, &detail), detail.Code == relight.ErrMismatch, detail.Field == relight.FieldNode)
	fmt.Println(err)

	_, err = relight.NewBackup([]byte{1}).Verify(w.statements[0])
	fmt.Println(err)
	// Output:
	// true true true
	// relight: the object is about something else than expected: other node
	// relight: backup: the bytes end before the object does
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
