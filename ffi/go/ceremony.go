package relight

// #include <relight.h>
import "C"

// Dealer is a party that deals.
type Dealer struct {
	Index    PartyIndex
	Identity IdentityPublicKey
	// Identifier is where its old share lies, if keys are re-shared; the zero value is that of its index.
	Identifier Identifier
}

func (d Dealer) pass(c *call) C.relight_party {
	return C.relight_party{
		index: C.uint16_t(d.Index), key: c.object(d.Identity), identifier: c.object(d.Identifier),
	}
}

// Recipient is a party that receives a share.
type Recipient struct {
	Index     PartyIndex
	MemberKey MemberPublicKey
	// Identifier is where its new share lies; the zero value is that of its index.
	Identifier Identifier
}

func (r Recipient) pass(c *call) C.relight_party {
	return C.relight_party{
		index: C.uint16_t(r.Index), key: c.object(r.MemberKey), identifier: c.object(r.Identifier),
	}
}

// KeySlot is a key that is dealt: see [Generate], [Reshare], [ReshareAt] and [HandOver].
type KeySlot struct {
	origin C.uint8_t
	curve  Curve
	oldKey Polynomial
	at     Identifier
}

// Generate is a new key.
func Generate(curve Curve) KeySlot { return KeySlot{origin: C.RELIGHT_ORIGIN_GENERATE, curve: curve} }

// Reshare is an old key, shared anew.
func Reshare(oldKey Polynomial) KeySlot {
	return KeySlot{origin: C.RELIGHT_ORIGIN_RESHARE, oldKey: oldKey}
}

// ReshareAt is another value of an old key's polynomial, shared anew: that at an identifier, where no dealer's share
// lies. [Repair] is made of it.
func ReshareAt(oldKey Polynomial, at Identifier) KeySlot {
	if at == (Identifier{}) {
		at = NewIdentifier(0) // the key itself must be asked for by another name
	}
	return KeySlot{origin: C.RELIGHT_ORIGIN_RESHARE, oldKey: oldKey, at: at}
}

// HandOver is an old key that goes to one recipient whole.
func HandOver(oldKey Polynomial) KeySlot {
	return KeySlot{origin: C.RELIGHT_ORIGIN_HAND_OVER, oldKey: oldKey}
}

// KeySlots makes a slot of each curve or key: KeySlots(Reshare, keys...).
func KeySlots[T any](slot func(T) KeySlot, items ...T) []KeySlot {
	slots := make([]KeySlot, len(items))
	for i, item := range items {
		slots[i] = slot(item)
	}
	return slots
}

func (s KeySlot) pass(c *call) C.relight_key_slot {
	return C.relight_key_slot{
		origin: s.origin, curve: C.uint16_t(s.curve), old_key: c.object(s.oldKey), at: c.object(s.at),
	}
}

// Plan is a ceremony as its parties plan it.
type Plan struct {
	Parameters Parameters
	// Context is the application's name for the ceremony. Use a new one each time.
	Context []byte
	// Epoch is that of the new sharing.
	Epoch uint64
	// Threshold is how many recipients recover a key.
	Threshold uint16
	// Keys are what is dealt, all with the same origin.
	Keys []KeySlot
	// Dealers and Recipients are by ascending index.
	Dealers    []Dealer
	Recipients []Recipient
}

// Ceremony is a checked plan. All parties make it themselves, and compare.
type Ceremony struct{ object }

// NewCeremony checks a plan.
func NewCeremony(plan Plan) (Ceremony, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_ceremony_new(plan.pass(c), out, c.details)
	})
	return Ceremony{newObject(bytes)}, err
}

func (p Plan) pass(c *call) *C.relight_plan {
	passed := &C.relight_plan{
		parameters: C.uint8_t(p.Parameters), context: c.bytes(p.Context), epoch: C.uint64_t(p.Epoch),
		threshold: C.uint16_t(p.Threshold),
	}
	passed.keys, passed.keys_len = array(c, p.Keys, func(s KeySlot) C.relight_key_slot { return s.pass(c) })
	passed.dealers, passed.dealers_len = array(c, p.Dealers, func(d Dealer) C.relight_party { return d.pass(c) })
	passed.recipients, passed.recipients_len = array(
		c, p.Recipients, func(r Recipient) C.relight_party { return r.pass(c) })
	return passed
}

// ParseCeremony decodes a ceremony.
func ParseCeremony(bytes []byte) (Ceremony, error) {
	return parse(Ceremony{newObject(bytes)}, Ceremony.Inspect)
}

// CeremonyFields is what a ceremony says.
type CeremonyFields struct {
	// Digest is what all parties compare before they deal.
	Digest    Digest
	Epoch     uint64
	Threshold uint16
	// Needed is how many valid dealings it takes.
	Needed                    uint16
	Keys, Dealers, Recipients int
}

// Inspect tells what the ceremony says.
func (y Ceremony) Inspect() (CeremonyFields, error) {
	out := new(C.relight_ceremony)
	err := perform(func(c *call) C.relight_result { return C.relight_ceremony_inspect(c.object(y), out, c.details) })
	return CeremonyFields{
		goDigest(out.digest), uint64(out.epoch), uint16(out.threshold), uint16(out.needed),
		int(out.keys), int(out.dealers), int(out.recipients),
	}, err
}

// Dealing is what a dealer broadcasts.
type Dealing struct{ object }

// NewDealing takes bytes as they were received. The ceremony verifies them.
func NewDealing(bytes []byte) Dealing { return Dealing{newObject(bytes)} }

// Deal makes the dealing of one dealer. When re-sharing it takes the dealer's old shares, in the order of the keys.
func (y Ceremony) Deal(dealer PartyIndex, identity Identity, oldShares ...KeyShare) (Dealing, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		items, n := secrets(c, oldShares)
		return C.relight_ceremony_deal(
			c.object(y), C.uint16_t(dealer), c.secret(identity), items, n, out, c.details)
	})
	return Dealing{newObject(bytes)}, err
}

// Verify checks a dealing and tells who made it.
func (y Ceremony) Verify(dealing Dealing) (PartyIndex, error) {
	out := new(C.uint16_t)
	err := perform(func(c *call) C.relight_result {
		return C.relight_dealing_verify(c.object(y), c.object(dealing), out, c.details)
	})
	return PartyIndex(*out), err
}

// WithoutShare is a recipient that has no share of a key, because it would be zero. A dealer that speaks last can do that
// to itself and to as many friends as do not reach the threshold, and to nobody else.
type WithoutShare struct {
	// Key is the key, from zero.
	Key int
	// Party is the recipient.
	Party PartyIndex
}

// Outcome is what a ceremony leads to.
type Outcome struct {
	// Shares are the recipient's, in the order of the keys; there is none of a key of which it is shareless. The public
	// outcome has none.
	Shares []KeyShare
	// Keys are the commitments, in the order of the ceremony.
	Keys []Polynomial
	// Shareless is who has no share of which key, by key and then by recipient.
	Shareless []WithoutShare
	// Transcript is what parties compare before they use the keys.
	Transcript Digest
	// ValidDealers are those whose dealings were used, BadDealers those that signed bad ones.
	ValidDealers, BadDealers []PartyIndex
}

// Destroy wipes the shares.
func (o Outcome) Destroy() {
	for _, share := range o.Shares {
		share.Destroy()
	}
}

// Finish finishes the ceremony for one recipient. The dealings are all that arrived; bad ones are dropped.
func (y Ceremony) Finish(dealings []Dealing, recipient PartyIndex, key MemberKey) (Outcome, error) {
	return finish(func(c *call, out *C.relight_outcome) C.relight_result {
		items, n := list(c, dealings)
		return C.relight_ceremony_finish(
			c.object(y), items, n, C.uint16_t(recipient), c.secret(key), out, c.details)
	})
}

// FinishPublic finishes the ceremony for anybody.
func (y Ceremony) FinishPublic(dealings []Dealing) (Outcome, error) {
	return finish(func(c *call, out *C.relight_outcome) C.relight_result {
		items, n := list(c, dealings)
		return C.relight_ceremony_finish_public(c.object(y), items, n, out, c.details)
	})
}

func finish(work func(c *call, out *C.relight_outcome) C.relight_result) (Outcome, error) {
	out := new(C.relight_outcome)
	err := perform(func(c *call) C.relight_result { return work(c, out) })
	defer C.relight_outcome_free(out)
	return Outcome{
		goShares(&out.shares),
		goSlice(out.keys.items, out.keys.len, func(b *C.relight_buffer) Polynomial {
			return Polynomial{newObject(goBytes(b))}
		}),
		goSlice(out.shareless, out.shareless_len, func(s *C.relight_shareless) WithoutShare {
			return WithoutShare{int(s.key), PartyIndex(s.party)}
		}),
		goDigest(out.transcript), goIndices(&out.valid_dealers), goIndices(&out.bad_dealers),
	}, err
}

func goShares(l *C.relight_list) []KeyShare {
	return goSlice(l.items, l.len, func(b *C.relight_buffer) KeyShare { return KeyShare{&Secret{bytes: goBytes(b)}} })
}
