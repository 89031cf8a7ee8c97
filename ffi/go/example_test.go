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
	operator, blinder := must(relight.GenerateIdentity()), must(relight.GenerateBlinder())
	defer blinder.Destroy()
	form := must(blinder.Register([]byte("network"), []byte("node-1"), must(operator.Public())))
	registration := must(form.Sign(operator)) // or form.Complete, with what a wallet made of form.WalletText

	// The node receives the bytes, and checks that they are for it.
	received := relight.NewBlinderRegistration(registration.Bytes())
	public := must(received.Verify([]byte("network"), []byte("node-1"), must(operator.Public())))
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
	// Output: relight: the object is about something else than expected true
}

// A custodian asks whether the network could be restored.
func ExampleNetwork_Audit() {
	w := shared()
	coverage := must(w.network.Audit(w.places, w.backups[:2]))
	key := coverage.Keys[0]
	fmt.Println(coverage.Recoverable, coverage.Nodes[2].Status == relight.Missing, key.Covered, "of", key.Threshold)
	// Output: false true 2 of 3
}

// A party of a ceremony deals, confirms, and finishes when most have confirmed the same.
func ExampleDealings() {
	identity, key := must(relight.GenerateIdentity()), must(relight.GenerateMemberKey())
	public := must(identity.Public())
	ceremony := must(relight.NewCeremony(relight.Plan{
		Parameters: relight.Fast, Name: []byte("party of one"), Nonce: must(relight.NewNonce()), Epoch: 1, Threshold: 1,
		Keys:       relight.Generate(relight.Secp256k1),
		Dealers:    []relight.Dealer{{Index: 1, Identity: public}},
		Recipients: []relight.Recipient{{Index: 1, Identity: public, MemberKey: must(key.Public())}},
	}))
	dealings := must(ceremony.NewDealings())
	defer dealings.Close()
	check(dealings.Receive(must(ceremony.Deal(1, identity)))) // the dealings of all

	confirmation := must(must(dealings.Confirm(1, key)).Sign(identity)) // to be stored, and sent to all
	confirmations := must(ceremony.NewConfirmations())
	defer confirmations.Close()
	check(confirmations.Receive(confirmation)) // the confirmations of all
	certificate := must(confirmations.Certificate())

	closed := must(dealings.CloseWith(certificate))
	defer closed.Close()
	outcome := must(closed.Finish(1, key))
	defer outcome.Destroy()
	fmt.Println(len(outcome.Shares), ceremony.VouchFor(certificate, outcome.Keys...))
	// Output: 1 <nil>
}

// A fresh node asks, the operator authorises, members look and answer, the fresh node opens its backup.
func ExampleAsk() {
	w, now := shared(), time.Now()
	session := must(relight.Ask(w.roster, w.statements[:1], []byte("fresh node"), now, now.Add(time.Hour)))
	defer session.Close()

	// On the offline machine that has the Blinder.
	draft := must(relight.ParseDraft(must(session.Draft()).Bytes()))
	must(draft.Text(w.statements)) // a person reads it, and compares the code by voice
	authorisation := must(w.blinders[0].Authorise(draft, w.statements[0]))
	check(session.Authorise(relight.NewAuthorisation(authorisation.Bytes())))

	for _, member := range w.members {
		request := must(relight.ParseRequest(must(session.Request()).Bytes()))
		review := relight.Review{Request: request, Statements: w.statements, Roster: w.roster, Now: now}
		must(review.Text()) // a person reads it, and decides
		response := must(must(review.Respond(member.shares[0])).Sign(member.identity))
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
