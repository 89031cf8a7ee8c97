package relight

// #include <relight.h>
import "C"

// Kind is what a secret is. Its encoding says so: what parses one refuses another with [ErrWrongKind], and a damaged one
// with [ErrBadChecksum].
type Kind uint8

// The kinds.
const (
	KindIdentity  Kind = C.RELIGHT_KIND_IDENTITY_KEY
	KindMemberKey Kind = C.RELIGHT_KIND_MEMBER_KEY
	KindBlinder   Kind = C.RELIGHT_KIND_BLINDER
	KindKeyShare  Kind = C.RELIGHT_KIND_KEY_SHARE
	KindSession   Kind = C.RELIGHT_KIND_SESSION
	// KindSealingKey is that of a [SealingKey], which is none of the protocol.
	KindSealingKey Kind = C.RELIGHT_KIND_SEALING_KEY
)

// Kind is what the secret says to be. Nothing else of it is checked.
func (s *Secret) Kind() (Kind, error) {
	out := new(C.uint8_t)
	err := perform(func(c *call) C.relight_result { return C.relight_secret_kind(c.secret(s), out, c.details) })
	return Kind(*out), err
}

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
