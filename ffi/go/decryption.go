package relight

// #include <relight.h>
import "C"

import "unsafe"

// RecoveryParty is the recovery party as everybody sees it.
type RecoveryParty struct {
	// Polynomial is the commitments of the recovery key.
	Polynomial Polynomial
	Members    []Index
}

func (p RecoveryParty) pass(c *call) *C.relight_recovery_party {
	passed := &C.relight_recovery_party{polynomial: c.object(p.Polynomial)}
	passed.members, passed.members_len = c.indices(p.Members)
	return passed
}

// DecryptionShare is a member's contribution to opening one statement. It is a secret.
type DecryptionShare struct{ *Secret }

// NewDecryptionShare takes bytes as they were received. The recovery party verifies them.
func NewDecryptionShare(bytes []byte) DecryptionShare { return DecryptionShare{NewSecret(bytes)} }

// DecryptionShare makes the contribution of the member that holds this share of the recovery key. Make it only for who
// may open the statement: [Review.Respond] seals it to them.
func (s KeyShare) DecryptionShare(statement Digest) (DecryptionShare, error) {
	share, err := makeSecret(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_decryption_share_new(c.secret(s), c.digest(statement), out, c.details)
	})
	return DecryptionShare{share}, err
}

// Verify checks decryption shares of one statement. The error names every member at fault.
func (p RecoveryParty) Verify(statement Digest, shares ...DecryptionShare) error {
	return perform(func(c *call) C.relight_result {
		items, n := secrets(c, shares)
		return C.relight_decryption_shares_verify(p.pass(c), c.digest(statement), items, n, c.details)
	})
}

// UnlockKeys unlock one or more statements. Close them.
type UnlockKeys struct{ handle handle }

// Combine combines at least threshold many decryption shares of one statement. The error names the members at fault:
// drop their shares and try again.
func (p RecoveryParty) Combine(statement Digest, shares ...DecryptionShare) (*UnlockKeys, error) {
	return newUnlockKeys(func(c *call, out **C.relight_unlock_keys) C.relight_result {
		items, n := secrets(c, shares)
		return C.relight_decryption_shares_combine(p.pass(c), c.digest(statement), items, n, out, c.details)
	})
}

func newUnlockKeys(work func(c *call, out **C.relight_unlock_keys) C.relight_result) (*UnlockKeys, error) {
	out := new(*C.relight_unlock_keys)
	if err := perform(func(c *call) C.relight_result { return work(c, out) }); err != nil {
		return nil, err
	}
	return &UnlockKeys{handle{pointer: unsafe.Pointer(*out)}}, nil
}

// Close wipes and frees the keys. Closing them again is harmless.
func (k *UnlockKeys) Close() {
	k.handle.release(func(p unsafe.Pointer) {
		keys := (*C.relight_unlock_keys)(p)
		C.relight_unlock_keys_free(&keys)
	})
}

func (k *UnlockKeys) pass(c *call) *C.relight_unlock_keys {
	return (*C.relight_unlock_keys)(k.handle.pass(c))
}
