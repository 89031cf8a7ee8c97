package relight_test

import (
	"fmt"
	"log"

	"relight.dev/relight"
)

// A founder is a member of a party that has no key yet.
type founder struct {
	index    relight.PartyIndex
	identity relight.Identity
	key      relight.MemberKey
}

// generated stops at an error.
func generated[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func newFounder(index relight.PartyIndex) founder {
	return founder{index, generated(relight.GenerateIdentity()), generated(relight.GenerateMemberKey())}
}

// register is what the founder sends to all others.
func (f founder) register(party []byte) relight.MemberRegistration {
	form := generated(f.key.Register(party, f.index, generated(f.identity.Public())))
	return generated(form.Sign(f.identity))
}

// plan is what every founder makes of the registrations of all.
func plan(party []byte, nonce relight.Nonce, registrations []relight.MemberRegistration) relight.Plan {
	plan := relight.Plan{
		Parameters: relight.Fast, Name: []byte("a key"), Nonce: nonce, Epoch: 1,
		Threshold: generated(relight.Supermajority(len(registrations))), Keys: relight.Generate(relight.Secp256k1),
	}
	for _, registration := range registrations {
		member := generated(registration.Verify(party))
		plan.Dealers = append(plan.Dealers, member.Dealer())
		plan.Recipients = append(plan.Recipients, member.Recipient())
	}
	return plan
}

// Parties generate a key that none of them ever has. Here one process plays all of them.
func Example_generation() {
	party, founders := []byte("party"), []founder{newFounder(1), newFounder(2), newFounder(3)}
	var registrations []relight.MemberRegistration
	for _, f := range founders {
		registrations = append(registrations, f.register(party))
	}
	ceremony := generated(relight.NewCeremony(plan(party, generated(relight.NewNonce()), registrations)))

	// Each deals, and takes the dealings of all.
	dealings := generated(ceremony.NewDealings())
	defer dealings.Close()
	for _, f := range founders {
		if err := dealings.Receive(generated(ceremony.Deal(f.index, f.identity))); err != nil {
			log.Fatal(err) // names the dealer
		}
	}

	// Each confirms, once, what it holds. Equal confirmations are the certificate that the ceremony is closed.
	confirmations := generated(ceremony.NewConfirmations())
	defer confirmations.Close()
	for _, f := range founders {
		confirmation := generated(generated(dealings.Confirm(f.index, f.key)).Sign(f.identity))
		if err := confirmations.Receive(confirmation); err != nil {
			log.Fatal(err)
		}
	}
	certificate := generated(confirmations.Certificate())

	// Each finishes with its share, and with what is public of the key.
	closed := generated(dealings.CloseWith(certificate))
	defer closed.Close()
	for _, f := range founders {
		outcome := generated(closed.Finish(f.index, f.key))
		entry, epoch, err := outcome.Shares[0].Inspect()
		fmt.Println(entry.Curve == relight.Secp256k1, entry.Identifier, entry.Threshold, epoch, err)
		fmt.Println(ceremony.VouchFor(certificate, outcome.Keys...))
		outcome.Destroy()
	}
	// Output:
	// true 1 3 1 <nil>
	// <nil>
	// true 2 3 1 <nil>
	// <nil>
	// true 3 3 1 <nil>
	// <nil>
}
