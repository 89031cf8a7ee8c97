package relight

import (
	"sync"
	"unsafe"
)

// handle guards an object of the library.
type handle struct {
	mutex   sync.RWMutex
	pointer unsafe.Pointer
}

// pass passes the object, which cannot be freed until the call is over.
func (h *handle) pass(c *call) unsafe.Pointer {
	h.mutex.RLock()
	c.held = append(c.held, h.mutex.RUnlock)
	if h.pointer == nil {
		c.err = ErrDestroyed
	}
	return h.pointer
}

// release frees the object once. Freeing nil is harmless.
func (h *handle) release(free func(unsafe.Pointer)) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	free(h.pointer)
	h.pointer = nil
}
