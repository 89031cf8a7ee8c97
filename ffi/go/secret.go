package relight

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"log/slog"
	"slices"
)

// Secret is what must not leak: a key, a share, the state of a session. However it is printed or logged, and whatever
// holds it, its bytes do not show; it refuses to be marshalled. Destroy wipes it.
type Secret struct {
	// Printers and encoders that go by reflection see an address here: they cannot look into a function.
	cell func() *cell
}

// cell has the bytes of a secret.
type cell struct {
	guard
	bytes []byte
}

// NewSecret takes a copy of the bytes. Wipe your own.
func NewSecret(bytes []byte) *Secret { return ownSecret(slices.Clone(bytes)) }

// ownSecret takes the bytes themselves.
func ownSecret(bytes []byte) *Secret {
	c := &cell{bytes: bytes}
	return &Secret{func() *cell { return c }}
}

// enter is the cell, to be left after use, or nil if the secret was destroyed, or never made.
func (s *Secret) enter() *cell {
	if s == nil || s.cell == nil || !s.cell().enter() {
		return nil
	}
	return s.cell()
}

// Expose returns a copy of the bytes, to be kept safe. It is empty after Destroy.
func (s *Secret) Expose() []byte {
	c := s.enter()
	if c == nil {
		return nil
	}
	defer c.leave()
	return slices.Clone(c.bytes)
}

// Destroy wipes the secret, when no call uses it any more. Later uses fail with [ErrDestroyed]. Destroying it again is
// harmless.
func (s *Secret) Destroy() {
	if s == nil || s.cell == nil {
		return
	}
	c := s.cell()
	c.end(func() { clear(c.bytes); c.bytes = nil })
}

// Equal compares two secrets in constant time. A secret that was destroyed, or is empty, equals none.
func (s *Secret) Equal(other *Secret) bool {
	own, others := s.Expose(), other.Expose()
	defer clear(own)
	defer clear(others)
	return len(own) > 0 && subtle.ConstantTimeCompare(own, others) == 1
}

const redacted = "redacted"

// Format prints "redacted", whatever the verb.
func (s *Secret) Format(state fmt.State, _ rune) { _, _ = fmt.Fprint(state, redacted) }

// String is "redacted".
func (s *Secret) String() string { return redacted }

// LogValue is "redacted".
func (s *Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

var errSecret = errors.New("relight: a secret is not marshalled: see Expose")

// MarshalText fails, and with it encoding as JSON and XML: a secret is not for logs and documents. Use Expose.
func (s *Secret) MarshalText() ([]byte, error) { return nil, errSecret }

// UnmarshalText fails like MarshalText.
func (s *Secret) UnmarshalText([]byte) error { return errSecret }

// MarshalBinary fails like MarshalText, and with it encoding/gob.
func (s *Secret) MarshalBinary() ([]byte, error) { return nil, errSecret }

// UnmarshalBinary fails like MarshalText.
func (s *Secret) UnmarshalBinary([]byte) error { return errSecret }

func (s *Secret) secret() *Secret { return s }
