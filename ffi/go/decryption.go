package relight

// #include <relight.h>
import "C"

import "unsafe"

// Holder is a member of the recovery party.
type Holder struct {
	Index PartyIndex
	// Identifier is where its share of the recovery key lies; the zero value is that of its index.
	Identifier Identifier `json:",omitzero"`
}

// RecoveryParty is the recovery party as everyone sees it.
type RecoveryParty struct {
	// Commitment is the VSS commitment of the recovery key.
	Commitment VssCommitment
	Members    []Holder
}

func (p RecoveryParty) pass(c *call) *C.relight_recovery_party {
	passed := &C.relight_recovery_party{commitment: c.object(p.Commitment)}
	passed.members, passed.members_len = array(c, p.Members, func(h Holder) C.relight_holder {
		return C.relight_holder{index: C.uint16_t(h.Index), identifier: c.object(h.Identifier)}
	})
	return passed
}

// Shareless are the members that have no share of the recovery key, because it is zero.
func (p RecoveryParty) Shareless() ([]PartyIndex, error) {
	out := new(C.relight_indices)
	err := perform(func(c *call) C.relight_result {
		return C.relight_recovery_party_shareless(p.pass(c), out, c.details)
	})
	defer C.relight_indices_free(out)
	return goIndices(out), err
}

// DecryptionShare is a member's contribution to opening one statement. It is a secret.
type DecryptionShare struct{ *Secret }

// NewDecryptionShare takes bytes as they were received. The recovery party verifies them.
func NewDecryptionShare(bytes []byte) DecryptionShare { return DecryptionShare{NewSecret(bytes)} }

// DecryptionShare makes the contribution of the member of this index, which holds this share of the recovery key. Make
// it only for who may open the statement: [Review.Respond] seals it to them.
func (s KeyShare) DecryptionShare(member PartyIndex, statement Digest) (DecryptionShare, error) {
	share, err := makeSecret(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_decryption_share_new(C.uint16_t(member), c.secret(s), c.digest(statement), out, c.details)
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
type UnlockKeys handle

// Combine combines at least a threshold of decryption shares of one statement. The error names the members at fault:
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
	return &UnlockKeys{pointer: unsafe.Pointer(*out)}, nil
}

// Close wipes and frees the keys. Closing them again is harmless.
func (k *UnlockKeys) Close() error {
	return (*handle)(k).close(func(p unsafe.Pointer) {
		keys := (*C.relight_unlock_keys)(p)
		C.relight_unlock_keys_free(&keys)
	})
}

func (k *UnlockKeys) pass(c *call) *C.relight_unlock_keys {
	return (*C.relight_unlock_keys)((*handle)(k).pass(c, k))
}
