package relight

// #cgo pkg-config: relight
// #include <relight.h>
// #if RELIGHT_ABI_VERSION != 1
// #error "this package is for version 1 of the binary interface of relight"
// #endif
import "C"

import (
	"errors"
	"fmt"
	"runtime"
	"unsafe"
)

// ErrDestroyed says that a secret was used after Destroy, or a handle after Close.
var ErrDestroyed = errors.New("relight: used after Destroy or Close")

func init() {
	if C.relight_abi_version() != C.RELIGHT_ABI_VERSION {
		panic("relight: the library has another binary interface than its header")
	}
}

// Version is the version of the library.
func Version() string { return C.GoString(C.relight_version()) }

// call keeps the inputs of one call of the library in place, and takes its error.
type call struct {
	pinner  runtime.Pinner
	held    []func()
	details *C.relight_details
	err     error
}

// perform makes a call. What work returns is only looked at after the inputs are released.
func perform(work func(c *call) C.relight_result) error {
	c := &call{details: new(C.relight_details)}
	defer c.close()
	result := work(c)
	return c.finish(result)
}

func (c *call) close() {
	c.pinner.Unpin()
	for _, release := range c.held {
		release()
	}
}

func (c *call) finish(result C.relight_result) error {
	defer C.relight_details_free(c.details)
	if c.err != nil {
		return c.err
	}
	if result == C.RELIGHT_RESULT_OK {
		return nil
	}
	return newError(c.details)
}

// bytes passes bytes. They must not change during the call.
func (c *call) bytes(b []byte) C.relight_bytes {
	if len(b) == 0 {
		return C.relight_bytes{}
	}
	data := unsafe.SliceData(b)
	c.pinner.Pin(data)
	return C.relight_bytes{data: (*C.uint8_t)(data), len: size(len(b))}
}

// object passes the encoding of a public object.
func (c *call) object(o encoded) C.relight_bytes {
	return c.bytes(unsafe.Slice(unsafe.StringData(o.raw()), len(o.raw())))
}

// array passes the items of a slice, each as C has it.
func array[T, U any](c *call, items []T, convert func(T) U) (*U, C.size_t) {
	if len(items) == 0 {
		return nil, 0
	}
	passed := make([]U, len(items))
	for i, item := range items {
		passed[i] = convert(item)
	}
	data := unsafe.SliceData(passed)
	c.pinner.Pin(data)
	return data, size(len(passed))
}

// list passes the encodings of several public objects.
func list[T encoded](c *call, items []T) (*C.relight_bytes, C.size_t) {
	return array(c, items, func(item T) C.relight_bytes { return c.object(item) })
}

// hidden is implemented by every type that is a secret.
type hidden interface{ secret() *Secret }

// secret passes a secret, which cannot be destroyed until the call is over.
func (c *call) secret(h hidden) C.relight_bytes {
	cell := h.secret().enter()
	if cell == nil {
		c.destroyed(h)
		return C.relight_bytes{}
	}
	c.held = append(c.held, cell.leave)
	return c.bytes(cell.bytes)
}

// destroyed has the call fail, whatever comes of it, and name what was used too late.
func (c *call) destroyed(used any) { c.err = fmt.Errorf("%w: %T", ErrDestroyed, used) }

// secrets passes several secrets.
func secrets[T hidden](c *call, items []T) (*C.relight_bytes, C.size_t) {
	return array(c, items, func(item T) C.relight_bytes { return c.secret(item) })
}

// makeBytes makes a call whose output is a buffer, and takes that.
func makeBytes(work func(c *call, out *C.relight_buffer) C.relight_result) ([]byte, error) {
	out := new(C.relight_buffer)
	err := perform(func(c *call) C.relight_result { return work(c, out) })
	defer C.relight_buffer_free(out)
	return goBytes(out), err
}

// makeSecret is makeBytes for secrets.
func makeSecret(work func(c *call, out *C.relight_buffer) C.relight_result) (*Secret, error) {
	bytes, err := makeBytes(work)
	if err != nil {
		return nil, err
	}
	return ownSecret(bytes), nil
}

func goBytes(b *C.relight_buffer) []byte {
	if b.len == 0 {
		return nil
	}
	return append([]byte(nil), unsafe.Slice((*byte)(b.data), number(b.len))...)
}

// goSlice takes the items of an array of the library, each converted.
func goSlice[T, U any](items *T, n C.size_t, convert func(*T) U) (converted []U) {
	all := unsafe.Slice(items, number(n))
	for i := range all {
		converted = append(converted, convert(&all[i]))
	}
	return converted
}

func goIndices(l *C.relight_indices) []PartyIndex {
	return goSlice(l.items, l.len, func(index *C.uint16_t) PartyIndex { return PartyIndex(*index) })
}

func goIdentifier(b *C.relight_buffer) Identifier { return Identifier{newObject(goBytes(b))} }

func goIdentifiers(l *C.relight_list) []Identifier { return goSlice(l.items, l.len, goIdentifier) }
