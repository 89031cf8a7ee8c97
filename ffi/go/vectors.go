//go:build vectors

package relight

// #define RELIGHT_VECTORS
// #include <relight.h>
import "C"

// PlayBack lets this thread draw these bytes instead of the operating system's: lock the goroutine to its thread. Only
// in the vectors build, which is not for use.
func PlayBack(randomness []byte) error {
	return perform(func(c *call) C.relight_result {
		return C.relight_vectors_randomness(c.bytes(randomness), c.details)
	})
}
