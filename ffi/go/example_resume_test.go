package relight_test

import (
	"fmt"
	"log"
	"time"

	"relight.dev/relight"
)

// resumed stops at an error.
func resumed[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

// A loner is a whole network, or a whole recovery party: enough to show what a restart is like.
type loner struct {
	identity     relight.Identity
	registration relight.MemberRegistration
	share        relight.KeyShare
	commitment   relight.VssCommitment
}

func newLoner(name string, curve relight.Curve) loner {
	identity, key := resumed(relight.GenerateIdentity()), resumed(relight.GenerateMemberKey())
	registration := resumed(resumed(key.Register([]byte(name), 1, resumed(identity.Public()))).Sign(identity))
	member := resumed(registration.Verify([]byte(name)))
	ceremony := resumed(relight.NewCeremony(relight.Plan{
		Parameters: relight.Fast, Name: []byte(name), Nonce: resumed(relight.NewNonce()), Epoch: 1, Threshold: 1,
		Keys: relight.Generate(curve), Dealers: []relight.Dealer{member.Dealer()},
		Recipients: []relight.Recipient{member.Recipient()},
	}))
	dealings, confirmations := resumed(ceremony.NewDealings()), resumed(ceremony.NewConfirmations())
	defer dealings.Close()
	defer confirmations.Close()
	if err := dealings.Receive(resumed(ceremony.Deal(1, identity))); err != nil {
		log.Fatal(err)
	}
	if err := confirmations.Receive(resumed(resumed(dealings.Confirm(1, key)).Sign(identity))); err != nil {
		log.Fatal(err)
	}
	closed := resumed(dealings.CloseWith(resumed(confirmations.Certificate())))
	defer closed.Close()
	outcome := resumed(closed.Finish(1, key))
	return loner{identity, registration, outcome.Shares[0], outcome.Keys[0]}
}

// A fresh node that has asked survives a restart: it stores the state of its session, which is a secret, whenever that
// changes, and goes on from there.
func Example_resume() {
	member, node := newLoner("party", relight.BLS12381_G1), newLoner("network", relight.Secp256k1)
	roster := resumed(relight.NewRoster(
		[]byte("party"), member.commitment, relight.RosterMember{Registration: member.registration}))
	network := relight.Network{
		Parameters: relight.Fast, Name: []byte("network"), Epoch: 1,
		RecoveryKey: resumed(roster.Inspect()).RecoveryKey, Keys: []relight.VssCommitment{node.commitment},
	}
	blinder, operator := resumed(relight.GenerateBlinder()), resumed(node.identity.Public())
	registration := resumed(resumed(blinder.Register(network.Name, []byte("node"), operator)).Sign(node.identity))
	statement := resumed(network.Statement(relight.Node{
		Name: []byte("node"), Operator: operator, Registrations: []relight.BlinderRegistration{registration},
		Identifier: relight.NewIdentifier(1),
	}))
	backup := resumed(relight.CreateBackup(statement, node.share))

	// The node asks, and is stopped.
	now := time.Now()
	session := resumed(relight.Ask(roster, []relight.Statement{statement}, []byte("node"), now, now.Add(time.Hour)))
	if err := session.Authorise(resumed(blinder.Authorise(resumed(session.Draft()), statement))); err != nil {
		log.Fatal(err)
	}
	request, state := resumed(session.Request()), resumed(session.State())
	stored := state.Expose() // it goes to the disk encrypted
	session.Close()

	// It goes on. Everything in the state is verified again.
	session = resumed(relight.Resume([]byte("party"), relight.SessionState{Secret: relight.NewSecret(stored)}))
	defer session.Close()
	review := relight.Review{Request: request, Statements: []relight.Statement{statement}, Roster: roster, Now: now}
	response := resumed(resumed(review.Respond(member.share)).Sign(member.identity))
	progress := resumed(session.Receive(response, now))
	keys, verified := resumed(session.UnlockKeys()), resumed(backup.Verify(statement))
	defer keys.Close()
	defer verified.Close()
	shares := resumed(verified.Open(keys, blinder))
	fmt.Println(progress.Needed, shares[0].Equal(node.share.Secret))
	// Output: 0 true
}
