//go:build !cgo

package relight

// This package calls the C library. Without cgo there is no such import, and that is the message.
import _ "relight.dev/relight/internal/needs-cgo"
