package relight

// #include <relight.h>
import "C"

// KeyShare is a party's share of a key, with what it belongs to. It is a secret.
type KeyShare struct{ *Secret }

// Scalar is a secret of a curve. It is a secret.
type Scalar struct{ *Secret }

// NewScalar takes a copy of an encoded scalar, big-endian or little-endian as its curve has it. It is checked where it is
// used. Wipe your own.
func NewScalar(bytes []byte) Scalar { return Scalar{NewSecret(bytes)} }

// Point is a public key or public share of a curve.
type Point struct{ object }

// NewPoint takes an encoded point. It is checked where it is used.
func NewPoint(bytes []byte) Point { return Point{newObject(bytes)} }

func goPoint(b *C.relight_buffer) Point { return NewPoint(goBytes(b)) }

// Entry is the public face of a share.
type Entry struct {
	Curve                  Curve
	Identifier             Identifier
	Threshold              uint16
	PublicKey, PublicShare Point
}

func goEntry(e *C.relight_entry) Entry {
	return Entry{
		Curve(e.curve), goIdentifier(&e.identifier), uint16(e.threshold), goPoint(&e.public_key), goPoint(&e.public_share),
	}
}

// ParseKeyShare decodes what Expose returned.
func ParseKeyShare(bytes []byte) (KeyShare, error) {
	return parse(KeyShare{NewSecret(bytes)}, func(s KeyShare) (Entry, error) {
		entry, _, err := s.Inspect()
		return entry, err
	})
}

// Inspect tells what is public about the share, and its epoch.
func (s KeyShare) Inspect() (Entry, uint64, error) {
	out := new(C.relight_key_share)
	err := perform(func(c *call) C.relight_result { return C.relight_key_share_inspect(c.secret(s), out, c.details) })
	defer C.relight_key_share_free(out)
	return goEntry(&out.entry), uint64(out.epoch), err
}

// Scalar is the secret itself, for the network's own protocols.
func (s KeyShare) Scalar() (Scalar, error) {
	scalar, err := makeSecret(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_key_share_secret(c.secret(s), out, c.details)
	})
	return Scalar{scalar}, err
}

// Public is the public key of the scalar.
func (s Scalar) Public(curve Curve) (Point, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_scalar_public(C.uint16_t(curve), c.secret(s), out, c.details)
	})
	return NewPoint(bytes), err
}

// VssCommitment commits to the polynomial of a shared key: public key, threshold and public shares follow from it.
type VssCommitment struct{ object }

// ParseVssCommitment decodes a VSS commitment.
func ParseVssCommitment(bytes []byte) (VssCommitment, error) {
	return parse(VssCommitment{newObject(bytes)}, VssCommitment.Inspect)
}

// VssCommitmentFields is what a VSS commitment says.
type VssCommitmentFields struct {
	Curve     Curve
	Threshold uint16
	PublicKey Point
	// CoefficientCommitments begin with the constant term, which is the public key.
	CoefficientCommitments []Point
}

// Inspect tells what the VSS commitment says.
func (v VssCommitment) Inspect() (VssCommitmentFields, error) {
	out := new(C.relight_vss_commitment)
	err := perform(func(c *call) C.relight_result { return C.relight_vss_commitment_inspect(c.object(v), out, c.details) })
	defer C.relight_vss_commitment_free(out)
	coefficients := goSlice(out.coefficient_commitments.items, out.coefficient_commitments.len, goPoint)
	return VssCommitmentFields{Curve(out.curve), uint16(out.threshold), goPoint(&out.public_key), coefficients}, err
}

// PublicShare is the public share at an identifier. It fails with [ErrInvalidPoint] where nobody has a share, because it
// is zero.
func (v VssCommitment) PublicShare(identifier Identifier) (Point, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_vss_commitment_public_share(c.object(v), c.object(identifier), out, c.details)
	})
	return NewPoint(bytes), err
}

// Supermajority is more than two thirds of the parties. It fails with [ErrInvalidThreshold] for none, and for more than
// 65535.
func Supermajority(parties int) (uint16, error) {
	out := new(C.uint16_t)
	err := perform(func(c *call) C.relight_result {
		return C.relight_supermajority(count(parties), out, c.details)
	})
	return uint16(*out), err
}

// Derivation is the derivation of a user key on a curve, from two roots or more.
//
// Derived keys are linear in the roots: a party that signs or decrypts with them does so on what [Augment] makes of the message,
// or results under as many keys as there are roots give those under all others.
type Derivation struct {
	Curve Curve
	// Info says whose key it is.
	Info []byte
	// Tag is the domain separation tag; empty stands for the curve's own.
	Tag []byte
}

// Public derives a public key from root public keys, or a public share from public shares.
func (d Derivation) Public(roots ...Point) (Point, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		items, n := list(c, roots)
		curve := C.uint16_t(d.Curve)
		return C.relight_derive_public(curve, c.bytes(d.Info), c.bytes(d.Tag), items, n, out, c.details)
	})
	return NewPoint(bytes), err
}

// Secret derives a secret from root secrets, or a share from shares.
func (d Derivation) Secret(roots ...Scalar) (Scalar, error) {
	scalar, err := makeSecret(func(c *call, out *C.relight_buffer) C.relight_result {
		items, n := secrets(c, roots)
		curve := C.uint16_t(d.Curve)
		return C.relight_derive_secret(curve, c.bytes(d.Info), c.bytes(d.Tag), items, n, out, c.details)
	})
	return Scalar{scalar}, err
}

// Augment makes what a linear operation under a derived key, such as a BLS signature or a decryption, is computed on in
// place of a message: the derived public key and then the message. The party that computes takes the public key of the key that
// it computes with, never one that it is told.
func Augment(curve Curve, publicKey Point, message []byte) ([]byte, error) {
	return makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_augment(C.uint16_t(curve), c.object(publicKey), c.bytes(message), out, c.details)
	})
}
