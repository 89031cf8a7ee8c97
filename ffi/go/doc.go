// Package relight backs up the root key shares of a threshold network with publicly verifiable encryption, and brings
// the network back with a threshold recovery party and the operators' Blinders.
//
// It is a package over the C library of Relight, which pkg-config must find as "relight".
//
// Public objects are values that encode with Bytes and decode with a Parse function; what is received to be verified is
// taken by a New function, and verified where it is used. They marshal as binary and as text, which is the encoding in
// lower-case hexadecimal, and so as JSON and XML; an empty one fails to.
//
// Secrets do not show however they are printed or logged, refuse to be marshalled, and are wiped by Destroy.
// [VerifiedBackup], [UnlockKeys], [Dealings], [Confirmations], [ClosedDealings] and [Session] hold memory of the library
// until Close, which never fails. Nothing has a finalizer: what is not destroyed or closed stays until the program ends.
// Everything is safe for concurrent use; Destroy and Close wait for calls in progress, and calls after them fail with
// [ErrDestroyed]. Both, and all methods, are harmless on nil and on zero values.
//
// What a party signs is made as an [Unsigned] object, which an [Identity] signs or a wallet completes.
//
// A [PartyIndex] numbers a party; an [Identifier] says where its share lies. Where nothing else is said they are equal.
//
// Errors are of type [*Error], which says what is wrong and whose fault it is, for people in its text:
//
//	if errors.Is(err, relight.ErrBadDecryptionShares) {
//		var culprits *relight.Error
//		errors.As(err, &culprits) // culprits.Parties
//	}
package relight
