package relight_test

import (
	"fmt"
	"log"

	"relight.dev/relight"
)

// A shareholder holds a share of a key, or has lost it.
type shareholder struct {
	index    relight.PartyIndex
	identity relight.Identity
	key      relight.MemberKey
	shares   []relight.KeyShare
}

// repaired stops at an error.
func repaired[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func newShareholder(index relight.PartyIndex) *shareholder {
	identity, key := repaired(relight.GenerateIdentity()), repaired(relight.GenerateMemberKey())
	return &shareholder{index: index, identity: identity, key: key}
}

func (s *shareholder) recipient() relight.Recipient {
	return relight.Recipient{
		Index: s.index, Identity: repaired(s.identity.Public()), MemberKey: repaired(s.key.Public()),
	}
}

// play plays all parties of a ceremony: those that have shares deal with them, and the recipients' shares are returned.
func play(ceremony relight.Ceremony, dealers, recipients []*shareholder) ([][]relight.KeyShare, relight.Outcome) {
	dealings, confirmations := repaired(ceremony.NewDealings()), repaired(ceremony.NewConfirmations())
	defer dealings.Close()
	defer confirmations.Close()
	for _, d := range dealers {
		if err := dealings.Receive(repaired(ceremony.Deal(d.index, d.identity, d.shares...))); err != nil {
			log.Fatal(err)
		}
	}
	for _, r := range recipients {
		form := repaired(dealings.Confirm(r.index, r.key))
		if err := confirmations.Receive(repaired(form.Sign(r.identity))); err != nil {
			log.Fatal(err)
		}
	}
	closed := repaired(dealings.CloseWith(repaired(confirmations.Certificate())))
	defer closed.Close()
	var shares [][]relight.KeyShare
	for _, r := range recipients {
		shares = append(shares, repaired(closed.Finish(r.index, r.key)).Shares)
	}
	return shares, repaired(closed.FinishPublic())
}

// keyOfThree is a key that three parties have generated, two of which recover it.
func keyOfThree() ([]*shareholder, relight.Outcome) {
	holders := []*shareholder{newShareholder(1), newShareholder(2), newShareholder(3)}
	plan := relight.Plan{
		Parameters: relight.Fast, Name: []byte("a key"), Nonce: repaired(relight.NewNonce()), Epoch: 1, Threshold: 2,
		Keys: relight.Generate(relight.Secp256k1),
	}
	for _, h := range holders {
		plan.Dealers = append(plan.Dealers, relight.Dealer{Index: h.index, Identity: repaired(h.identity.Public())})
		plan.Recipients = append(plan.Recipients, h.recipient())
	}
	shares, outcome := play(repaired(relight.NewCeremony(plan)), holders, holders)
	for i, h := range holders {
		h.shares = shares[i]
	}
	return holders, outcome
}

// A party has lost its share. The others give it that share again, and learn nothing; all other shares stay as they are.
func Example_repair() {
	holders, key := keyOfThree()
	helpers, lost := holders[:2], holders[2]
	repair := relight.Repair{
		Parameters: relight.Fast, Name: []byte("repair"), Nonce: repaired(relight.NewNonce()), Epoch: 1, Keys: key.Keys,
		Receiver: lost.recipient(),
	}
	for _, h := range helpers {
		recipient := h.recipient()
		repair.Helpers = append(repair.Helpers, relight.Helper{
			Index: recipient.Index, Identity: recipient.Identity, MemberKey: recipient.MemberKey,
		})
	}

	// The helpers share the receiver's share among themselves, and then hand it over.
	parts, first := play(repaired(repair.Prepare()), helpers, helpers)
	var handing []*shareholder
	for i, h := range helpers {
		handing = append(handing, &shareholder{h.index, h.identity, h.key, parts[i]})
	}
	received, _ := play(repaired(repair.HandOver(first)), handing, []*shareholder{lost})
	again := repaired(repair.Finish(relight.Outcome{Shares: received[0]}))

	fmt.Println(again[0].Equal(lost.shares[0].Secret))
	// Output: true
}
