package relight_test

import (
	"fmt"
	"log"

	"relight.dev/relight"
)

// A resharer holds a share of a key, or is about to.
type resharer struct {
	index    relight.PartyIndex
	identity relight.Identity
	key      relight.MemberKey
	shares   []relight.KeyShare
}

// reshared stops at an error.
func reshared[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func newResharers(indices ...relight.PartyIndex) (resharers []*resharer) {
	for _, index := range indices {
		identity, key := reshared(relight.GenerateIdentity()), reshared(relight.GenerateMemberKey())
		resharers = append(resharers, &resharer{index: index, identity: identity, key: key})
	}
	return resharers
}

// dealAll plays all parties of a ceremony, from the plan to the shares.
func dealAll(plan relight.Plan, dealers, recipients []*resharer) relight.Outcome {
	for _, d := range dealers {
		plan.Dealers = append(plan.Dealers, relight.Dealer{Index: d.index, Identity: reshared(d.identity.Public())})
	}
	for _, r := range recipients {
		identity, key := reshared(r.identity.Public()), reshared(r.key.Public())
		plan.Recipients = append(plan.Recipients, relight.Recipient{Index: r.index, Identity: identity, MemberKey: key})
	}
	plan.Parameters, plan.Nonce = relight.Fast, reshared(relight.NewNonce())
	ceremony := reshared(relight.NewCeremony(plan))
	dealings, confirmations := reshared(ceremony.NewDealings()), reshared(ceremony.NewConfirmations())
	defer dealings.Close()
	defer confirmations.Close()
	for _, d := range dealers {
		if err := dealings.Receive(reshared(ceremony.Deal(d.index, d.identity, d.shares...))); err != nil {
			log.Fatal(err)
		}
	}
	for _, r := range recipients {
		form := reshared(dealings.Confirm(r.index, r.key))
		if err := confirmations.Receive(reshared(form.Sign(r.identity))); err != nil {
			log.Fatal(err)
		}
	}
	closed := reshared(dealings.CloseWith(reshared(confirmations.Certificate())))
	defer closed.Close()
	for _, r := range recipients {
		r.shares = reshared(closed.Finish(r.index, r.key)).Shares
	}
	return reshared(closed.FinishPublic())
}

// Parties hand their key to others, with another threshold. The key stays; the old shares are worth nothing with the new
// ones, and are destroyed once the certificate is there.
func Example_resharing() {
	old, fresh := newResharers(1, 2, 3), newResharers(1, 2, 3, 4)
	before := dealAll(relight.Plan{
		Name: []byte("a key"), Epoch: 1, Threshold: 2, Keys: relight.Generate(relight.Secp256k1),
	}, old, old)

	after := dealAll(relight.Plan{
		Name: []byte("re-sharing"), Epoch: 2, Threshold: 3, Keys: relight.Reshare(before.Keys...),
	}, old, fresh)
	for _, o := range old {
		o.shares[0].Destroy()
	}

	was, is := reshared(before.Keys[0].Inspect()), reshared(after.Keys[0].Inspect())
	fmt.Println(was.PublicKey == is.PublicKey, was.Threshold, is.Threshold)
	entry, epoch, err := fresh[3].shares[0].Inspect()
	fmt.Println(entry.Identifier, epoch, err)
	// Output:
	// true 2 3
	// 4 2 <nil>
}
