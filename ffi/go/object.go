package relight

// #include <relight.h>
import "C"

// Digest names a statement, a ceremony, a request or a transcript.
type Digest [32]byte

// Curve is the number of a curve.
type Curve uint16

// The curves.
const (
	Secp256k1       Curve = C.RELIGHT_CURVE_SECP256K1
	BLS12381_G1     Curve = C.RELIGHT_CURVE_BLS12381_G1
	P256            Curve = C.RELIGHT_CURVE_P256
	P384            Curve = C.RELIGHT_CURVE_P384
	Ed25519         Curve = C.RELIGHT_CURVE_ED25519
	Ristretto255    Curve = C.RELIGHT_CURVE_RISTRETTO255
	Ed448           Curve = C.RELIGHT_CURVE_ED448
	JubJub          Curve = C.RELIGHT_CURVE_JUBJUB
	JubJubSpendAuth Curve = C.RELIGHT_CURVE_JUBJUB_SPEND_AUTH
	BLS12381_G2     Curve = C.RELIGHT_CURVE_BLS12381_G2
	Pallas          Curve = C.RELIGHT_CURVE_PALLAS
	PallasSpendAuth Curve = C.RELIGHT_CURVE_PALLAS_SPEND_AUTH
)

// Parameters is the number of a parameter set.
type Parameters uint8

// The parameter sets: Fast is the fastest to make and to check. The smallest is Packed, in twice the time of Fast, for
// a backup of three or more keys on one curve, Compact for one or two keys, and Broadcast for a dealing of one key to many
// recipients. Bulk is the fastest to check for many keys at once, as in a dealing of many keys to many recipients.
const (
	Fast      Parameters = C.RELIGHT_PARAMETERS_FAST
	Compact   Parameters = C.RELIGHT_PARAMETERS_COMPACT
	Broadcast Parameters = C.RELIGHT_PARAMETERS_BROADCAST
	Packed    Parameters = C.RELIGHT_PARAMETERS_PACKED
	Bulk      Parameters = C.RELIGHT_PARAMETERS_BULK
)

// maxIdentifier is the most bytes that an identifier has.
const maxIdentifier = C.RELIGHT_IDENTIFIER_MAX

// object is a public object in its encoding. It never changes, and compares with ==.
type object struct{ encoding string }

type encoded interface{ raw() string }

func (o object) raw() string { return o.encoding }

// Bytes is the encoding.
func (o object) Bytes() []byte { return []byte(o.encoding) }

func newObject(bytes []byte) object { return object{string(bytes)} }

// parse returns a value if a function of it, which decodes it, succeeds. A secret that does not decode is wiped.
func parse[T, U any](value T, inspect func(T) (U, error)) (parsed T, err error) {
	if _, err = inspect(value); err == nil {
		return value, nil
	}
	if secret, ok := any(value).(hidden); ok {
		secret.secret().Destroy()
	}
	return parsed, err
}

func goDigest(d C.relight_digest) (digest Digest) {
	for i, b := range d.bytes {
		digest[i] = byte(b)
	}
	return digest
}

func (c *call) digest(d Digest) *C.relight_digest {
	passed := new(C.relight_digest)
	for i, b := range d {
		passed.bytes[i] = C.uint8_t(b)
	}
	return passed
}
