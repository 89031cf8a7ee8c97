package relight

// #include <relight.h>
import "C"

// BlinderRegistration is what an operator gives to its node: the public half of the Blinder, with a proof, signed.
type BlinderRegistration struct{ object }

// NewBlinderRegistration takes bytes as they were received. Verify checks them.
func NewBlinderRegistration(bytes []byte) BlinderRegistration {
	return BlinderRegistration{newObject(bytes)}
}

// Register registers the Blinder for one node of a network, for the first time. Its operator is to sign it.
func (k Blinder) Register(network, node []byte, operator IdentityPublicKey) (Unsigned[BlinderRegistration], error) {
	return makeUnsigned[BlinderRegistration](func(c *call, out *C.relight_unsigned) C.relight_result {
		return C.relight_blinder_register(
			c.secret(k), c.bytes(network), c.bytes(node), c.object(operator), out, c.details)
	})
}

// Successor is the registration that replaces this one, with another Blinder, for the same operator to sign.
func (r BlinderRegistration) Successor(blinder Blinder) (Unsigned[BlinderRegistration], error) {
	return makeUnsigned[BlinderRegistration](func(c *call, out *C.relight_unsigned) C.relight_result {
		return C.relight_blinder_registration_successor(c.object(r), c.secret(blinder), out, c.details)
	})
}

// Verify returns the public half, if the registration is for this network and node, and of this operator.
func (r BlinderRegistration) Verify(network, node []byte, operator IdentityPublicKey) (BlinderPublicKey, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_blinder_registration_verify(
			c.object(r), c.bytes(network), c.bytes(node), c.object(operator), out, c.details)
	})
	return BlinderPublicKey{newObject(bytes)}, err
}

// CheckSuccessor tells whether next may take the place of this registration, which was verified. The same one again may.
func (r BlinderRegistration) CheckSuccessor(next BlinderRegistration) error {
	return perform(func(c *call) C.relight_result {
		return C.relight_blinder_registration_check_successor(c.object(r), c.object(next), c.details)
	})
}

// BlinderRegistrationFields is what the registration of a Blinder says.
type BlinderRegistrationFields struct {
	// Digest is that by which the next registration names this one.
	Digest Digest
	// Serial is its number among those of its node: 1 for the first.
	Serial   uint64
	Node     []byte
	Operator IdentityPublicKey
	Blinder  BlinderPublicKey
}

// Inspect tells what the registration says. Nothing is verified.
func (r BlinderRegistration) Inspect() (BlinderRegistrationFields, error) {
	out := new(C.relight_blinder_registration)
	err := perform(func(c *call) C.relight_result {
		return C.relight_blinder_registration_inspect(c.object(r), out, c.details)
	})
	defer C.relight_blinder_registration_free(out)
	return BlinderRegistrationFields{
		goDigest(out.digest), uint64(out.serial), goBytes(&out.node),
		NewIdentityPublicKey(goBytes(&out.operator_identity)), NewBlinderPublicKey(goBytes(&out.blinder)),
	}, err
}

// MemberRegistration is a member's public keys, with proofs that it holds the secrets.
type MemberRegistration struct{ object }

// NewMemberRegistration takes bytes as they were received. Verify checks them.
func NewMemberRegistration(bytes []byte) MemberRegistration {
	return MemberRegistration{newObject(bytes)}
}

// Register registers a member of a party under an index, for the first time. Its identity is to sign it.
func (k MemberKey) Register(
	party []byte, index PartyIndex, identity IdentityPublicKey,
) (Unsigned[MemberRegistration], error) {
	return makeUnsigned[MemberRegistration](func(c *call, out *C.relight_unsigned) C.relight_result {
		return C.relight_member_register(
			c.bytes(party), C.uint16_t(index), c.object(identity), c.secret(k), out, c.details)
	})
}

// Successor is the registration that replaces this one, with another member key, for the same identity to sign.
func (r MemberRegistration) Successor(key MemberKey) (Unsigned[MemberRegistration], error) {
	return makeUnsigned[MemberRegistration](func(c *call, out *C.relight_unsigned) C.relight_result {
		return C.relight_member_registration_successor(c.object(r), c.secret(key), out, c.details)
	})
}

// Member is what a registration says.
type Member struct {
	Index PartyIndex
	// Serial is the number of the registration among those of the member: 1 for the first.
	Serial uint64
	// Digest is that by which the next registration names this one.
	Digest    Digest
	Identity  IdentityPublicKey
	MemberKey MemberPublicKey
}

// Dealer is the member as a dealer of a ceremony, whose share lies where its index says.
func (m Member) Dealer() Dealer { return Dealer{Index: m.Index, Identity: m.Identity} }

// Recipient is the member as a recipient of a ceremony, whose share is to lie where its index says.
func (m Member) Recipient() Recipient {
	return Recipient{Index: m.Index, Identity: m.Identity, MemberKey: m.MemberKey}
}

// Verify checks the registration under party.
func (r MemberRegistration) Verify(party []byte) (Member, error) {
	out := new(C.relight_member)
	err := perform(func(c *call) C.relight_result {
		return C.relight_member_registration_verify(c.object(r), c.bytes(party), out, c.details)
	})
	defer C.relight_member_free(out)
	identity, key := goBytes(&out.identity), goBytes(&out.member_key)
	return Member{
		PartyIndex(out.index), uint64(out.serial), goDigest(out.digest), NewIdentityPublicKey(identity),
		NewMemberPublicKey(key),
	}, err
}

// CheckSuccessor tells whether next may take the place of this registration, which was verified. The same one again may.
func (r MemberRegistration) CheckSuccessor(next MemberRegistration) error {
	return perform(func(c *call) C.relight_result {
		return C.relight_member_registration_check_successor(c.object(r), c.object(next), c.details)
	})
}
