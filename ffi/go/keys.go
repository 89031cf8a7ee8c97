package relight

// #include <relight.h>
import "C"

// Identity is the key with which a party signs. It is a secret.
type Identity struct{ *Secret }

// IdentityPublicKey is the public half of an identity.
type IdentityPublicKey struct{ object }

// NewIdentityPublicKey takes an encoded point. It is checked where it is used.
func NewIdentityPublicKey(bytes []byte) IdentityPublicKey { return IdentityPublicKey{newObject(bytes)} }

// GenerateIdentity makes a fresh one.
func GenerateIdentity() (Identity, error) {
	secret, err := makeSecret(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_identity_generate(out, c.details)
	})
	return Identity{secret}, err
}

// ParseIdentity decodes what Expose returned.
func ParseIdentity(bytes []byte) (Identity, error) {
	return parse(Identity{NewSecret(bytes)}, Identity.Public)
}

// Public is the public half.
func (k Identity) Public() (IdentityPublicKey, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_identity_public(c.secret(k), out, c.details)
	})
	return IdentityPublicKey{newObject(bytes)}, err
}

// MemberKey is the key with which a party receives its shares. It is a secret.
type MemberKey struct{ *Secret }

// MemberPublicKey is the public half of a member key.
type MemberPublicKey struct{ object }

// NewMemberPublicKey takes an encoded point. It is checked where it is used.
func NewMemberPublicKey(bytes []byte) MemberPublicKey { return MemberPublicKey{newObject(bytes)} }

// GenerateMemberKey makes a fresh one.
func GenerateMemberKey() (MemberKey, error) {
	secret, err := makeSecret(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_member_key_generate(out, c.details)
	})
	return MemberKey{secret}, err
}

// ParseMemberKey decodes what Expose returned.
func ParseMemberKey(bytes []byte) (MemberKey, error) {
	return parse(MemberKey{NewSecret(bytes)}, MemberKey.Public)
}

// Public is the public half.
func (k MemberKey) Public() (MemberPublicKey, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_member_key_public(c.secret(k), out, c.details)
	})
	return MemberPublicKey{newObject(bytes)}, err
}

// Blinder is what a node operator keeps offline: without it a backup stays closed. It is a secret.
type Blinder struct{ *Secret }

// BlinderPublicKey is the public half of a Blinder, which the node needs.
type BlinderPublicKey struct{ object }

// NewBlinderPublicKey takes an encoded point. It is checked where it is used.
func NewBlinderPublicKey(bytes []byte) BlinderPublicKey { return BlinderPublicKey{newObject(bytes)} }

// GenerateBlinder makes a fresh one.
func GenerateBlinder() (Blinder, error) {
	secret, err := makeSecret(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_blinder_generate(out, c.details)
	})
	return Blinder{secret}, err
}

// ParseBlinder decodes what Expose returned.
func ParseBlinder(bytes []byte) (Blinder, error) {
	return parse(Blinder{NewSecret(bytes)}, Blinder.Public)
}

// Public is the public half.
func (k Blinder) Public() (BlinderPublicKey, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_blinder_public(c.secret(k), out, c.details)
	})
	return BlinderPublicKey{newObject(bytes)}, err
}

// BlinderRegistration is what an operator gives to its node: the public half of the Blinder, with a proof.
type BlinderRegistration struct{ object }

// NewBlinderRegistration takes bytes as they were received. Verify checks them.
func NewBlinderRegistration(bytes []byte) BlinderRegistration {
	return BlinderRegistration{newObject(bytes)}
}

// Register registers the Blinder for one node of a network.
func (k Blinder) Register(context, node []byte) (BlinderRegistration, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_blinder_register(c.secret(k), c.bytes(context), c.bytes(node), out, c.details)
	})
	return BlinderRegistration{newObject(bytes)}, err
}

// Verify returns the public half, if the registration is for this network and node.
func (r BlinderRegistration) Verify(context, node []byte) (BlinderPublicKey, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_blinder_registration_verify(c.object(r), c.bytes(context), c.bytes(node), out, c.details)
	})
	return BlinderPublicKey{newObject(bytes)}, err
}

// MemberRegistration is a member's public keys, with proofs that it holds the secrets.
type MemberRegistration struct{ object }

// NewMemberRegistration takes bytes as they were received. Verify checks them.
func NewMemberRegistration(bytes []byte) MemberRegistration {
	return MemberRegistration{newObject(bytes)}
}

// Register registers a member of the party context under an index.
func Register(context []byte, index PartyIndex, identity Identity, key MemberKey) (MemberRegistration, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_member_register(
			c.bytes(context), C.uint16_t(index), c.secret(identity), c.secret(key), out, c.details)
	})
	return MemberRegistration{newObject(bytes)}, err
}

// Member is what a registration says.
type Member struct {
	Index     PartyIndex
	Identity  IdentityPublicKey
	MemberKey MemberPublicKey
}

// Verify checks the registration under context.
func (r MemberRegistration) Verify(context []byte) (Member, error) {
	out := new(C.relight_member)
	err := perform(func(c *call) C.relight_result {
		return C.relight_member_registration_verify(c.object(r), c.bytes(context), out, c.details)
	})
	defer C.relight_member_free(out)
	identity, key := goBytes(&out.identity), goBytes(&out.member_key)
	return Member{PartyIndex(out.index), NewIdentityPublicKey(identity), NewMemberPublicKey(key)}, err
}
