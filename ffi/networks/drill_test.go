package networks

import (
	"context"
	"fmt"
	"testing"
	"time"

	"relight.dev/relight"
)

// must stops at the first error, by panicking, which names the line.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// check panics at an error, like must.
func check(err error) { must(struct{}{}, err) }

// holder is a node of a network, with its share of the network's key.
type holder struct {
	name       string
	identifier relight.Identifier
	share      relight.KeyShare
}

// drill is a network that was backed up: what its custodian has, and the Blinders of its operators.
type drill struct {
	party      *party
	network    relight.Network
	nodes      []relight.Node
	statements []relight.Statement
	backups    []relight.Backup
	blinders   []relight.Blinder
}

// backUp has every node of a network make its backup, and the custodian look at what it gets.
func backUp(t *testing.T, party *party, network relight.Network, holders []holder) *drill {
	t.Helper()
	d := &drill{party: party, network: network}
	d.network.Parameters, d.network.RecoveryKey = relight.Compact, must(party.roster.Inspect()).RecoveryKey
	for _, h := range holders {
		d.register(h)
		d.backups = append(d.backups, must(relight.CreateBackup(d.statements[len(d.statements)-1], h.share)))
	}
	coverage := must(d.network.Audit(context.Background(), d.nodes, d.backups))
	if threshold := must(network.Keys[0].Inspect()).Threshold; coverage.Survives != len(holders)-int(threshold) {
		t.Fatalf("%+v", coverage)
	}
	return d
}

// register registers a Blinder for a node, whose statement follows.
func (d *drill) register(h holder) {
	operator, blinder := must(relight.GenerateIdentity()), must(relight.GenerateBlinder())
	form := must(blinder.Register(d.network.Name, []byte(h.name), must(operator.Public())))
	node := relight.Node{
		Name: []byte(h.name), Operator: must(operator.Public()), Identifier: h.identifier,
		Registrations: []relight.BlinderRegistration{must(form.Sign(operator))},
	}
	d.nodes, d.blinders = append(d.nodes, node), append(d.blinders, blinder)
	d.statements = append(d.statements, must(d.network.Statement(node)))
}

// recover has a fresh node ask for the backup of a lost one, authorised by the operator. As many members answer as it takes.
func (d *drill) recover(node int) relight.KeyShare {
	now := time.Now()
	requester := fmt.Appendf(nil, "fresh %s", d.nodes[node].Name)
	session := must(relight.Ask(d.party.roster, d.statements[node:node+1], requester, now, now.Add(time.Hour)))
	defer session.Close()
	check(session.Authorise(must(d.blinders[node].Authorise(must(session.Draft()), d.statements[node]))))
	review := relight.Review{
		Request: must(session.Request()), Statements: d.statements, Roster: d.party.roster, Now: now,
	}
	for _, member := range d.party.members[len(d.party.members)-must(session.Progress()).Needed:] {
		must(session.Receive(must(must(review.Respond(member.share)).Sign(member.identity)), now))
	}
	keys := must(session.UnlockKeys())
	defer keys.Close()
	backup := must(d.backups[node].Verify(d.statements[node]))
	defer backup.Close()
	return must(backup.Open(keys, d.blinders[node]))[0]
}
