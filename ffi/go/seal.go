package relight

// #include <relight.h>
import "C"

// SealingKey opens what is sealed to its recipient: an age identity. It is a secret. A process needs one: sealed itself by
// a passphrase, it opens everything else.
type SealingKey struct{ *Secret }

// SealingRecipient is the public half of a sealing key, as age writes it: it seals, and opens nothing.
type SealingRecipient string

// GenerateSealingKey makes a fresh one.
func GenerateSealingKey() (SealingKey, error) {
	secret, err := makeSecret(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_sealing_key_generate(out, c.details)
	})
	return SealingKey{secret}, err
}

// ParseSealingKey decodes what Expose returned, or an age identity from elsewhere.
func ParseSealingKey(bytes []byte) (SealingKey, error) {
	return parse(SealingKey{NewSecret(bytes)}, SealingKey.Recipient)
}

// Recipient is the public half.
func (k SealingKey) Recipient() (SealingRecipient, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_sealing_key_recipient(c.secret(k), out, c.details)
	})
	return SealingRecipient(bytes), err
}

// Sealable are the secrets that are kept across a restart.
type Sealable interface {
	Identity | MemberKey | Blinder | KeyShare | SessionState | SealingKey
}

// Seal seals a secret as an age file, as the program relight keeps its secrets: each of the recipients can open it.
func Seal[T Sealable](secret T, recipients ...SealingRecipient) ([]byte, error) {
	return makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		items, n := array(c, recipients, func(r SealingRecipient) C.relight_bytes { return c.bytes([]byte(r)) })
		return C.relight_seal(c.secret(any(secret).(hidden)), items, n, out, c.details)
	})
}

// SealWithPassphrase seals a secret by a passphrase, in UTF-8. That takes about a second and 256 MiB, as opening does: seal
// a sealing key so, and to it everything else.
func SealWithPassphrase[T Sealable](secret T, passphrase []byte) ([]byte, error) {
	return makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_seal_with_passphrase(c.secret(any(secret).(hidden)), c.bytes(passphrase), out, c.details)
	})
}

// Unseal opens what was sealed to the recipient of the key. It fails for a secret of another kind, or a damaged one.
func Unseal[T Sealable](sealed []byte, key SealingKey) (T, error) {
	return unseal[T](func(c *call, kind C.uint8_t, out *C.relight_buffer) C.relight_result {
		return C.relight_unseal(kind, c.bytes(sealed), c.secret(key), out, c.details)
	})
}

// UnsealWithPassphrase opens what was sealed by a passphrase, like [Unseal].
func UnsealWithPassphrase[T Sealable](sealed, passphrase []byte) (T, error) {
	return unseal[T](func(c *call, kind C.uint8_t, out *C.relight_buffer) C.relight_result {
		return C.relight_unseal_with_passphrase(kind, c.bytes(sealed), c.bytes(passphrase), out, c.details)
	})
}

func unseal[T Sealable](work func(c *call, kind C.uint8_t, out *C.relight_buffer) C.relight_result) (T, error) {
	secret, err := makeSecret(func(c *call, out *C.relight_buffer) C.relight_result {
		return work(c, C.uint8_t(kindOf[T]()), out)
	})
	return T(struct{ *Secret }{secret}), err
}

func kindOf[T Sealable]() Kind {
	switch any(*new(T)).(type) {
	case Identity:
		return KindIdentity
	case MemberKey:
		return KindMemberKey
	case Blinder:
		return KindBlinder
	case KeyShare:
		return KindKeyShare
	case SessionState:
		return KindSession
	default:
		return KindSealingKey
	}
}
