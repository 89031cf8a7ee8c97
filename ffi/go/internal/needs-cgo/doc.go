//go:build cgo

// Package needscgo is empty, and there only with cgo: its path tells those who build without that relight needs
// CGO_ENABLED=1 and a C compiler.
package needscgo
