package relight

// #include <relight.h>
import "C"

import (
	"math"
	"time"
)

// The conversions of numbers that may lose something. All are here: a test finds those that are elsewhere.

// size is a length for C. Lengths are never negative.
func size(length int) C.size_t { return C.size_t(max(length, 0)) }

// number is a length, place or count from C. One that does not fit, of which there is none, is the greatest that does.
func number[T C.size_t | C.uint16_t | C.uint32_t](n T) int { return int(min(uint64(n), math.MaxInt)) }

// count is a number of parties. Zero, which the library refuses, stands for what is none.
func count(parties int) C.uint16_t {
	if parties < 0 || parties > math.MaxUint16 {
		return 0
	}
	return C.uint16_t(parties)
}

// seconds since 1970. Zero, which the library refuses, stands for what is before that, such as the zero time.
func seconds(t time.Time) C.uint64_t { return C.uint64_t(max(t.Unix(), 0)) }

// Of the year 9999.
const lastSecond = 253_402_300_799

// goTime is a time that somebody claims, at most the last one that people can read.
func goTime(seconds C.uint64_t) time.Time { return time.Unix(int64(min(seconds, lastSecond)), 0) }
