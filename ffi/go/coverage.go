package relight

// #include <relight.h>
import "C"

// Status is how a node is covered.
type Status int32

// The statuses: not at all, only by a bad backup, only by one of another epoch, by a verified current backup.
const (
	Missing Status = C.RELIGHT_STATUS_MISSING
	Bad     Status = C.RELIGHT_STATUS_BAD
	Stale   Status = C.RELIGHT_STATUS_STALE
	Covered Status = C.RELIGHT_STATUS_COVERED
)

// NodeCoverage is how a node is covered, with the reason: what is wrong with a bad backup, the epoch of a stale one.
type NodeCoverage struct {
	Status Status
	Code   Code
	Epoch  uint64
}

// KeyCoverage is how many covered nodes hold a share of a key, and how many it takes.
type KeyCoverage struct{ Covered, Threshold int }

// Stray is a backup that belongs to no node: its place in the list, and why.
type Stray struct {
	Place int
	Code  Code
}

// Coverage is the answer of an audit.
type Coverage struct {
	// Recoverable tells whether every root key could be restored, Spare how many more backups could be lost.
	Recoverable bool
	Spare       int
	Nodes       []NodeCoverage
	Keys        []KeyCoverage
	Strays      []Stray
}

// Audit verifies all backups at hand. Bad backups are findings, not errors.
func (n Network) Audit(nodes []Node, backups []Backup) (Coverage, error) {
	out := new(C.relight_coverage)
	err := perform(func(c *call) C.relight_result {
		first, count := array(c, nodes, func(node Node) C.relight_node { return node.pass(c) })
		items, length := list(c, backups)
		return C.relight_coverage_audit(n.pass(c), first, count, items, length, out, c.details)
	})
	defer C.relight_coverage_free(out)
	return Coverage{
		bool(out.recoverable), int(out.spare),
		goSlice(out.nodes, out.nodes_len, func(n *C.relight_node_coverage) NodeCoverage {
			return NodeCoverage{Status(n.status), Code(n.result), uint64(n.epoch)}
		}),
		goSlice(out.keys, out.keys_len, func(k *C.relight_key_coverage) KeyCoverage {
			return KeyCoverage{int(k.covered), int(k.threshold)}
		}),
		goSlice(out.strays, out.strays_len, func(s *C.relight_stray) Stray {
			return Stray{int(s.place), Code(s.result)}
		}),
	}, err
}
