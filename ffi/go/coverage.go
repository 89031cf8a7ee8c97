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
		passed := make([]C.relight_node, len(nodes))
		for i, node := range nodes {
			passed[i] = node.pass(c)
		}
		first, count := pin(c, passed)
		items, length := list(c, backups)
		return C.relight_coverage_audit(n.pass(c), first, count, items, length, out, c.details)
	})
	defer C.relight_coverage_free(out)
	coverage := Coverage{Recoverable: bool(out.recoverable), Spare: int(out.spare)}
	for _, node := range goSlice(out.nodes, out.nodes_len) {
		coverage.Nodes = append(coverage.Nodes, NodeCoverage{Status(node.status), Code(node.result), uint64(node.epoch)})
	}
	for _, key := range goSlice(out.keys, out.keys_len) {
		coverage.Keys = append(coverage.Keys, KeyCoverage{int(key.covered), int(key.threshold)})
	}
	for _, stray := range goSlice(out.strays, out.strays_len) {
		coverage.Strays = append(coverage.Strays, Stray{int(stray.place), Code(stray.result)})
	}
	return coverage, err
}
