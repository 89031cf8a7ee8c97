package relight

// #include <relight.h>
import "C"

// PublicShare is a public share and where it lies.
type PublicShare struct {
	Identifier Identifier
	Share      Point
}

func passPublic(c *call, shares []PublicShare) (*C.relight_share, C.size_t) {
	return array(c, shares, func(s PublicShare) C.relight_share {
		return C.relight_share{identifier: c.object(s.Identifier), share: c.object(s.Share)}
	})
}

// NewVssCommitment is the VSS commitment of a key that was shared elsewhere, from the coefficient commitments that its key
// generation gave, constant term first. The threshold is their number.
func NewVssCommitment(curve Curve, coefficientCommitments ...Point) (VssCommitment, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		items, n := list(c, coefficientCommitments)
		return C.relight_vss_commitment_new(C.uint16_t(curve), items, n, out, c.details)
	})
	return VssCommitment{newObject(bytes)}, err
}

// VssCommitmentFromShares is the VSS commitment of a key that was shared elsewhere, from as many public shares as the threshold
// or more, all of which must fit. An error of [ErrInconsistentShares] has the identifiers of those that do not fit the
// others.
func VssCommitmentFromShares(curve Curve, threshold uint16, shares []PublicShare) (VssCommitment, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		items, n := passPublic(c, shares)
		return C.relight_vss_commitment_from_shares(C.uint16_t(curve), C.uint16_t(threshold), items, n, out, c.details)
	})
	return VssCommitment{newObject(bytes)}, err
}

// NewKeyShare is the share of a key that was shared elsewhere: secret lies at identifier. It fails with
// [ErrSecretMismatch] if the secret is not the share that the VSS commitment has there.
func NewKeyShare(epoch uint64, commitment VssCommitment, identifier Identifier, secret Scalar) (KeyShare, error) {
	share, err := makeSecret(func(c *call, out *C.relight_buffer) C.relight_result {
		object, place := c.object(commitment), c.object(identifier)
		return C.relight_key_share_new(C.uint64_t(epoch), object, place, c.secret(secret), out, c.details)
	})
	return KeyShare{share}, err
}

// CombinePublic is the public key that public shares determine. Compare it with the expected one: too few shares give
// another key and no error.
func CombinePublic(curve Curve, shares []PublicShare) (Point, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		items, n := passPublic(c, shares)
		return C.relight_combine_public(C.uint16_t(curve), items, n, out, c.details)
	})
	return NewPoint(bytes), err
}

// CombineKeyShares is the key itself, from enough shares of it. It checks that they belong together, and the result. A
// network that works never does this.
func CombineKeyShares(shares ...KeyShare) (Scalar, error) {
	scalar, err := makeSecret(func(c *call, out *C.relight_buffer) C.relight_result {
		items, n := secrets(c, shares)
		return C.relight_key_shares_combine(items, n, out, c.details)
	})
	return Scalar{scalar}, err
}

// SecretShare is a share of a secret and where it lies.
type SecretShare struct {
	Identifier Identifier
	Share      Scalar
}

// CombineSecret is the secret that shares determine, as of a derived key. For key shares there is [CombineKeyShares],
// which checks the result.
func CombineSecret(curve Curve, shares []SecretShare) (Scalar, error) {
	scalar, err := makeSecret(func(c *call, out *C.relight_buffer) C.relight_result {
		items, n := array(c, shares, func(s SecretShare) C.relight_share {
			return C.relight_share{identifier: c.object(s.Identifier), share: c.secret(s.Share)}
		})
		return C.relight_combine_secret(C.uint16_t(curve), items, n, out, c.details)
	})
	return Scalar{scalar}, err
}
