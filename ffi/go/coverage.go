package relight

// #include <relight.h>
import "C"

import (
	"context"
	"unsafe"
)

// Status is how a node is covered.
type Status int32

// The statuses.
const (
	// Missing: no backup names the node.
	Missing Status = C.RELIGHT_STATUS_MISSING
	// Claimed: there are only backups that name the node and state something that nobody expects. That proves nothing.
	Claimed Status = C.RELIGHT_STATUS_CLAIMED
	// Bad: there is only a backup that states what is expected and does not verify. That accuses nobody: anyone who knows the
	// network can write down a statement and put anything after it.
	Bad Status = C.RELIGHT_STATUS_BAD
	// Stale: there is only a verified backup of a former epoch.
	Stale Status = C.RELIGHT_STATUS_STALE
	// Covered: there is a verified backup of the current epoch.
	Covered Status = C.RELIGHT_STATUS_COVERED
	// Shareless: all shares of the node are zero, so that there is nothing to back up.
	Shareless Status = C.RELIGHT_STATUS_SHARELESS
	// Unregistered: nobody can tell, as the node's registrations do not hold, or its Blinder is among what the backup is to
	// recover. Whatever backups there are, the operator registers a Blinder first.
	Unregistered Status = C.RELIGHT_STATUS_UNREGISTERED
)

// NodeCoverage is how a node is covered, with the reason. What the status says nothing about is zero.
type NodeCoverage struct {
	Status Status
	// Backup is the bad or claimed backup, by its place in the list.
	Backup int
	// Code is what is wrong with a bad backup, or with the registrations.
	Code Code
	// Message says it in English, also what is wrong with a claimed backup.
	Message string
	// Number is what the code leaves out: the serial of a registration, for example.
	Number uint64
	// Field is that of a code that is a mismatch, or the first in which a claimed backup is not what a current one must
	// be, and Entry of which entry.
	Field Field
	Entry int
	// Epoch is the latest of a stale backup, or the one that a claimed backup claims.
	Epoch uint64
}

// KeyCoverage is how well a root key is covered.
type KeyCoverage struct {
	// Covered is how many shares of the key covered nodes hold, Threshold how many it takes.
	Covered, Threshold int
	// Recoverable tells whether the key could be restored, Survives how many covered nodes could be lost, whichever.
	Recoverable bool
	Survives    int
}

// ZeroShare is a share that is zero, so that it needs no backup.
type ZeroShare struct {
	// Node is the node that would hold it, by its place.
	Node int
	Holding
}

// Stray is a backup that belongs to no node: its place in the list, and why.
type Stray struct {
	Backup  int
	Code    Code
	Message string
}

// Coverage is the answer of an audit.
type Coverage struct {
	// Recoverable tells whether every root key could be restored, and is false without root keys. Survives is how many
	// covered nodes could be lost, whichever.
	Recoverable bool
	Survives    int
	Nodes       []NodeCoverage
	Keys        []KeyCoverage
	Shareless   []ZeroShare
	// SharedBlinders are groups of nodes, by their places, that have one Blinder: who has it can open the backups of all of
	// them. That makes no backup worse than it is, but the operators should know.
	SharedBlinders [][]int
	Strays         []Stray
}

// Audit verifies all backups given, on all processors, and the registrations of the nodes. Bad ones are findings, not
// errors. It stops when ctx is over, with an error that is both its error and [ErrCancelled], as soon as the backups in
// hand are verified.
func (n Network) Audit(ctx context.Context, nodes []Node, backups []Backup) (Coverage, error) {
	out := new(C.relight_coverage)
	err := watched(ctx, func(watch C.relight_watch, watcher unsafe.Pointer) error {
		return perform(func(c *call) C.relight_result {
			first, count := array(c, nodes, func(node Node) C.relight_node { return node.pass(c) })
			items, length := list(c, backups)
			return C.relight_coverage_audit(n.pass(c), first, count, items, length, watch, watcher, out, c.details)
		})
	})
	defer C.relight_coverage_free(out)
	return Coverage{
		bool(out.recoverable), number(out.survives),
		goSlice(out.nodes, out.nodes_len, func(n *C.relight_node_coverage) NodeCoverage {
			return NodeCoverage{
				Status(n.status), number(n.backup), Code(n.result), C.GoString(n.message), uint64(n.number),
				Field(n.field), number(n.entry), uint64(n.epoch),
			}
		}),
		goSlice(out.keys, out.keys_len, func(k *C.relight_key_coverage) KeyCoverage {
			return KeyCoverage{number(k.covered), number(k.threshold), bool(k.recoverable), number(k.survives)}
		}),
		goSlice(out.shareless, out.shareless_len, func(z *C.relight_zero_share) ZeroShare {
			return ZeroShare{number(z.node), Holding{uint16(z.key), goIdentifier(&z.identifier)}}
		}),
		goSlice(out.shared_blinders, out.shared_blinders_len, func(s *C.relight_shared_blinder) []int {
			return goSlice(s.nodes, s.nodes_len, func(place *C.size_t) int { return number(*place) })
		}),
		goSlice(out.strays, out.strays_len, func(s *C.relight_stray) Stray {
			return Stray{number(s.backup), Code(s.result), C.GoString(s.message)}
		}),
	}, err
}
