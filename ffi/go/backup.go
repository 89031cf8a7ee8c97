package relight

// #include <relight.h>
import "C"

import "unsafe"

// RecoveryKey is the public key of a recovery party, which backups are encrypted to.
type RecoveryKey struct{ object }

// NewRecoveryKey takes an encoded point. It is checked where it is used.
func NewRecoveryKey(bytes []byte) RecoveryKey { return RecoveryKey{newObject(bytes)} }

// FormerEpoch is an epoch that is over, of which there may still be backups.
type FormerEpoch struct {
	Epoch uint64
	// Keys are the VSS commitments of the root keys at that time, in the same order.
	Keys []VssCommitment
}

// Network is what its nodes and custodians know.
type Network struct {
	Parameters  Parameters
	Name        []byte
	Epoch       uint64
	RecoveryKey RecoveryKey
	// Keys are the VSS commitments of the root keys, in the order of the backups.
	Keys []VssCommitment
	// Former are former epochs, of which an audit knows backups. What does not differ from today is not said again.
	Former []FormerEpoch
}

// Holding is a share that a node holds.
type Holding struct {
	// Key is the key, by its place in the network, from zero.
	Key uint16
	// Identifier is where the share lies. A node of greater weight holds several shares of a key.
	Identifier Identifier
}

// Node is a node of a network: it holds a share of every root key at Identifier, or what Shares lists, and not both.
type Node struct {
	Name []byte
	// Operator registers its Blinders.
	Operator IdentityPublicKey
	// Registrations are those of its Blinders, each the successor of the one before; the last is current.
	Registrations []BlinderRegistration
	// Identifier is where its share of every root key lies.
	Identifier Identifier `json:",omitzero"`
	// Shares are what it holds, in the order of its backup.
	Shares []Holding
}

func (n Network) pass(c *call) *C.relight_network {
	passed := &C.relight_network{
		parameters: C.uint8_t(n.Parameters), name: c.bytes(n.Name), epoch: C.uint64_t(n.Epoch),
		recovery_key: c.object(n.RecoveryKey),
	}
	passed.keys, passed.keys_len = list(c, n.Keys)
	passed.former, passed.former_len = array(c, n.Former, func(f FormerEpoch) C.relight_former_epoch {
		keys, keysLen := list(c, f.Keys)
		return C.relight_former_epoch{epoch: C.uint64_t(f.Epoch), keys: keys, keys_len: keysLen}
	})
	return passed
}

func (n Node) pass(c *call) C.relight_node {
	passed := C.relight_node{
		name: c.bytes(n.Name), operator_identity: c.object(n.Operator), identifier: c.object(n.Identifier),
	}
	passed.registrations, passed.registrations_len = list(c, n.Registrations)
	passed.shares, passed.shares_len = array(c, n.Shares, func(h Holding) C.relight_holding {
		return C.relight_holding{key: C.uint16_t(h.Key), identifier: c.object(h.Identifier)}
	})
	return passed
}

// Statement is what a backup must say. A party that checks a backup makes it from what they know, never from the backup.
type Statement struct{ object }

// Statement is what the backup of a node must say, under the Blinder of its current registration. Shares that are zero are
// left out.
func (n Network) Statement(node Node) (Statement, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		passed := node.pass(c)
		return C.relight_statement_new(n.pass(c), &passed, out, c.details)
	})
	return Statement{newObject(bytes)}, err
}

// ParseStatement decodes the statement of a backup.
func ParseStatement(bytes []byte) (Statement, error) {
	return parse(Statement{newObject(bytes)}, Statement.Inspect)
}

// StatementFields is what a statement says.
type StatementFields struct {
	Digest        Digest
	Parameters    Parameters
	Epoch         uint64
	Network, Node []byte
	RecoveryKey   RecoveryKey
	Blinder       BlinderPublicKey
	Entries       []Entry
}

// Inspect tells what the statement says.
func (s Statement) Inspect() (StatementFields, error) {
	out := new(C.relight_statement)
	err := perform(func(c *call) C.relight_result { return C.relight_statement_inspect(c.object(s), out, c.details) })
	defer C.relight_statement_free(out)
	return StatementFields{
		goDigest(out.digest), Parameters(out.parameters), uint64(out.epoch), goBytes(&out.network),
		goBytes(&out.node), NewRecoveryKey(goBytes(&out.recovery_key)),
		NewBlinderPublicKey(goBytes(&out.blinder)), goSlice(out.entries, out.entries_len, goEntry),
	}, err
}

// Backup is a backup as it was made or received: nothing about it is verified.
type Backup struct{ object }

// CreateBackup encrypts the shares of a node, in the order of the statement.
func CreateBackup(statement Statement, shares ...KeyShare) (Backup, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		items, n := secrets(c, shares)
		return C.relight_backup_create(c.object(statement), items, n, out, c.details)
	})
	return Backup{newObject(bytes)}, err
}

// NewBackup takes bytes as they were received. Verify and Audit check them.
func NewBackup(bytes []byte) Backup { return Backup{newObject(bytes)} }

// Claim is the statement that the backup claims to be about. Look at it; decide nothing by it.
func (b Backup) Claim() (Statement, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_backup_claim(c.object(b), out, c.details)
	})
	return Statement{newObject(bytes)}, err
}

// VerifiedBackup is a backup that is known to be recoverable. Close it.
type VerifiedBackup handle

// Verify checks that this is the expected backup and that it can be recovered.
func (b Backup) Verify(expected Statement) (*VerifiedBackup, error) {
	out := new(*C.relight_backup)
	err := perform(func(c *call) C.relight_result {
		return C.relight_backup_verify(c.object(b), c.object(expected), out, c.details)
	})
	if err != nil {
		return nil, err
	}
	return &VerifiedBackup{pointer: unsafe.Pointer(*out)}, nil
}

// Close frees the backup. Closing it again is harmless.
func (v *VerifiedBackup) Close() error {
	return (*handle)(v).close(func(p unsafe.Pointer) {
		backup := (*C.relight_backup)(p)
		C.relight_backup_free(&backup)
	})
}

func (v *VerifiedBackup) pass(c *call) *C.relight_backup {
	return (*C.relight_backup)((*handle)(v).pass(c, v))
}

// CheckBlinder tells whether this is the Blinder of the backup.
func (v *VerifiedBackup) CheckBlinder(blinder Blinder) error {
	return perform(func(c *call) C.relight_result {
		return C.relight_backup_check_blinder(v.pass(c), c.secret(blinder), c.details)
	})
}

// Open returns the node's shares, in the order of the statement. Each was checked against its public share.
func (v *VerifiedBackup) Open(keys *UnlockKeys, blinder Blinder) ([]KeyShare, error) {
	out := new(C.relight_list)
	err := perform(func(c *call) C.relight_result {
		return C.relight_backup_open(v.pass(c), keys.pass(c), c.secret(blinder), out, c.details)
	})
	defer C.relight_list_free(out)
	return goShares(out), err
}
