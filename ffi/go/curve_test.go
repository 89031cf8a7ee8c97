//go:build !transparent

package relight_test

import "relight.dev/relight"

// userCurve is that of the root keys that user keys derive from.
const userCurve = relight.Secp256k1
