package relight

// #include <relight.h>
import "C"

// Dealer is a party that deals.
type Dealer struct {
	Index PartyIndex
	// Identity signs its dealing.
	Identity IdentityPublicKey
	// Identifier is where its old share lies, if keys are re-shared; the zero value is that of its index.
	Identifier Identifier `json:",omitzero"`
}

func (d Dealer) pass(c *call) C.relight_dealer {
	return C.relight_dealer{
		index: C.uint16_t(d.Index), identity: c.object(d.Identity), identifier: c.object(d.Identifier),
	}
}

// Recipient is a party that receives a share.
type Recipient struct {
	Index PartyIndex
	// Identity signs its confirmation.
	Identity IdentityPublicKey
	// MemberKey is what its shares are encrypted to.
	MemberKey MemberPublicKey
	// Identifier is where its new share lies; the zero value is that of its index.
	Identifier Identifier `json:",omitzero"`
}

func (r Recipient) pass(c *call) C.relight_recipient {
	return C.relight_recipient{
		index: C.uint16_t(r.Index), identity: c.object(r.Identity), member_key: c.object(r.MemberKey),
		identifier: c.object(r.Identifier),
	}
}

// Keys are what a ceremony deals, and where they come from: see [Generate], [Reshare], [ReshareAt] and [HandOver].
type Keys struct {
	origin C.uint8_t
	keys   []dealtKey
}

type dealtKey struct {
	curve  Curve
	oldKey VssCommitment
	at     Identifier
}

// Generate is a new key on each curve.
func Generate(curves ...Curve) Keys {
	return dealtKeys(C.RELIGHT_ORIGIN_GENERATE, curves, func(curve Curve) dealtKey { return dealtKey{curve: curve} })
}

// Reshare is old keys, shared anew.
func Reshare(oldKeys ...VssCommitment) Keys {
	return dealtKeys(C.RELIGHT_ORIGIN_RESHARE, oldKeys, oldKey)
}

// ReshareAt is another value of each old key's polynomial, shared anew: that at an identifier, where no dealer's share
// lies. [Repair] is made of it.
func ReshareAt(at Identifier, oldKeys ...VssCommitment) Keys {
	if at == (Identifier{}) {
		at = NewIdentifier(0) // the key itself must be asked for by another name
	}
	return dealtKeys(C.RELIGHT_ORIGIN_RESHARE, oldKeys, func(key VssCommitment) dealtKey {
		return dealtKey{oldKey: key, at: at}
	})
}

// HandOver is old keys that go to one recipient whole.
func HandOver(oldKeys ...VssCommitment) Keys {
	return dealtKeys(C.RELIGHT_ORIGIN_HAND_OVER, oldKeys, oldKey)
}

func oldKey(key VssCommitment) dealtKey { return dealtKey{oldKey: key} }

func dealtKeys[T any](origin C.uint8_t, items []T, deal func(T) dealtKey) Keys {
	keys := Keys{origin: origin, keys: make([]dealtKey, len(items))}
	for i, item := range items {
		keys.keys[i] = deal(item)
	}
	return keys
}

// MarshalText fails, so that no plan is taken for whole without its keys: parties exchange the [Ceremony].
func (k Keys) MarshalText() ([]byte, error) { return nil, errKeys }

// UnmarshalText fails like MarshalText.
func (k *Keys) UnmarshalText([]byte) error { return errKeys }

// MarshalBinary fails like MarshalText.
func (k Keys) MarshalBinary() ([]byte, error) { return nil, errKeys }

// UnmarshalBinary fails like MarshalText.
func (k *Keys) UnmarshalBinary([]byte) error { return errKeys }

func (k dealtKey) pass(c *call) C.relight_dealt_key {
	return C.relight_dealt_key{curve: C.uint16_t(k.curve), old_key: c.object(k.oldKey), at: c.object(k.at)}
}

// Nonce makes a ceremony another one than all before it.
type Nonce [32]byte

// NewNonce draws a nonce at random.
func NewNonce() (nonce Nonce, err error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_nonce_generate(out, c.details)
	})
	copy(nonce[:], bytes)
	return nonce, err
}

// Plan is a ceremony as its parties plan it.
type Plan struct {
	Parameters Parameters
	// Name is the application's name for the ceremony.
	Name []byte
	// Nonce makes it another ceremony than all before it: the planner draws it with [NewNonce]. A party takes part in no
	// ceremony whose digest it has seen before.
	Nonce Nonce
	// Epoch is that of the new sharing.
	Epoch uint64
	// Threshold is how many recipients recover a key.
	Threshold uint16
	// Keys are what is dealt.
	Keys Keys
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
		parameters: C.uint8_t(p.Parameters), name: c.bytes(p.Name), nonce: c.bytes(p.Nonce[:]),
		epoch: C.uint64_t(p.Epoch), threshold: C.uint16_t(p.Threshold),
	}
	passed.origin = p.Keys.origin
	passed.keys, passed.keys_len = array(c, p.Keys.keys, func(k dealtKey) C.relight_dealt_key { return k.pass(c) })
	passed.dealers, passed.dealers_len = array(c, p.Dealers, func(d Dealer) C.relight_dealer { return d.pass(c) })
	passed.recipients, passed.recipients_len = array(
		c, p.Recipients, func(r Recipient) C.relight_recipient { return r.pass(c) })
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
	// Needed is how many valid dealings it takes, Quorum how many recipients must confirm the same to close it.
	Needed, Quorum            uint16
	Keys, Dealers, Recipients int
}

// Inspect tells what the ceremony says.
func (y Ceremony) Inspect() (CeremonyFields, error) {
	out := new(C.relight_ceremony)
	err := perform(func(c *call) C.relight_result { return C.relight_ceremony_inspect(c.object(y), out, c.details) })
	return CeremonyFields{
		goDigest(out.digest), uint64(out.epoch), uint16(out.threshold), uint16(out.needed),
		uint16(out.quorum), number(out.keys), number(out.dealers), number(out.recipients),
	}, err
}
