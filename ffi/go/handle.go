package relight

import "unsafe"

// handle guards an object of the library.
type handle struct {
	guard
	pointer unsafe.Pointer
}

// pass passes the object, which cannot be freed until the call is over. The owner is named if it was.
func (h *handle) pass(c *call, owner any) unsafe.Pointer {
	if h == nil || !h.enter() {
		c.destroyed(owner)
		return nil
	}
	c.held = append(c.held, h.leave)
	return h.pointer
}

// close frees the object once.
func (h *handle) close(free func(unsafe.Pointer)) error {
	if h != nil {
		h.end(func() { free(h.pointer) })
	}
	return nil
}

// Handles stay where they are: they refuse to be marshalled, as JSON or anything else.

// MarshalText fails.
func (*Session) MarshalText() ([]byte, error) { return nil, errHandle }

// MarshalBinary fails.
func (*Session) MarshalBinary() ([]byte, error) { return nil, errHandle }

// MarshalText fails.
func (*Dealings) MarshalText() ([]byte, error) { return nil, errHandle }

// MarshalBinary fails.
func (*Dealings) MarshalBinary() ([]byte, error) { return nil, errHandle }

// MarshalText fails.
func (*Confirmations) MarshalText() ([]byte, error) { return nil, errHandle }

// MarshalBinary fails.
func (*Confirmations) MarshalBinary() ([]byte, error) { return nil, errHandle }

// MarshalText fails.
func (*ClosedDealings) MarshalText() ([]byte, error) { return nil, errHandle }

// MarshalBinary fails.
func (*ClosedDealings) MarshalBinary() ([]byte, error) { return nil, errHandle }

// MarshalText fails.
func (*VerifiedBackup) MarshalText() ([]byte, error) { return nil, errHandle }

// MarshalBinary fails.
func (*VerifiedBackup) MarshalBinary() ([]byte, error) { return nil, errHandle }

// MarshalText fails.
func (*UnlockKeys) MarshalText() ([]byte, error) { return nil, errHandle }

// MarshalBinary fails.
func (*UnlockKeys) MarshalBinary() ([]byte, error) { return nil, errHandle }
