package relight

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// Secret is what must not leak: a key, a share, the state of a session. It prints as "redacted" and refuses to be
// marshalled by accident. Destroy wipes it.
type Secret struct {
	mutex sync.RWMutex
	bytes []byte
}

// NewSecret takes a copy of the bytes. Wipe your own.
func NewSecret(bytes []byte) *Secret { return &Secret{bytes: slices.Clone(bytes)} }

// Expose returns a copy of the bytes, to be kept safe. It is empty after Destroy.
func (s *Secret) Expose() []byte {
	if s == nil {
		return nil
	}
	s.mutex.RLock()
	defer s.mutex.RUnlock()
	return slices.Clone(s.bytes)
}

// Destroy wipes the secret. Later uses fail with [ErrDestroyed]. Destroying it again is harmless.
func (s *Secret) Destroy() {
	if s == nil {
		return
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	clear(s.bytes)
	s.bytes = nil
}

// Equal compares two secrets in constant time.
func (s *Secret) Equal(other *Secret) bool {
	own, others := s.Expose(), other.Expose()
	defer clear(own)
	defer clear(others)
	return subtle.ConstantTimeCompare(own, others) == 1
}

// Format prints "redacted", whatever the verb.
func (s *Secret) Format(state fmt.State, _ rune) { _, _ = fmt.Fprint(state, "redacted") }

// String is "redacted".
func (s *Secret) String() string { return "redacted" }

// MarshalText fails: a secret is not for logs and documents. Use Expose.
func (s *Secret) MarshalText() ([]byte, error) {
	return nil, errors.New("relight: a secret does not marshal")
}

func (s *Secret) secret() *Secret { return s }
