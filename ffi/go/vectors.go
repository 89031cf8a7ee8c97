//go:build vectors

package relight

// #define RELIGHT_VECTORS
// #include <relight.h>
import "C"

// PlayBack lets this thread draw these byte strings, in their order, instead of the operating system's randomness: lock
// the goroutine to its thread. It fails if draws of the PlayBack before are left. Only in the vectors build, which is
// not for use.
func PlayBack(draws ...[]byte) error {
	return perform(func(c *call) C.relight_result {
		items, n := array(c, draws, func(draw []byte) C.relight_bytes { return c.bytes(draw) })
		return C.relight_vectors_randomness(items, n, c.details)
	})
}
