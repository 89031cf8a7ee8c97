package relight_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"relight.dev/relight"
)

// must stops at the first error: in a test by panicking, which names the line.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// party is a member of the recovery party, or a node.
type party struct {
	index        relight.PartyIndex
	identifier   relight.Identifier // where its shares lie
	identity     relight.Identity
	key          relight.MemberKey
	registration relight.MemberRegistration
	shares       []relight.KeyShare
}

func newParty(context string, index relight.PartyIndex) *party {
	p := &party{index: index, identifier: index.Identifier(), identity: must(relight.GenerateIdentity()), key: must(relight.GenerateMemberKey())}
	p.registration = must(relight.Register([]byte(context), index, p.identity, p.key))
	return p
}

func newParties(context string, indices ...relight.PartyIndex) (parties []*party) {
	for _, index := range indices {
		parties = append(parties, newParty(context, index))
	}
	return parties
}

// hold holds a ceremony: everybody deals with the shares that it has of old keys, and finishes.
func hold(plan relight.Plan, dealers, recipients []*party) []relight.Polynomial {
	for _, p := range dealers {
		plan.Dealers = append(plan.Dealers, relight.Dealer{
			Index: p.index, Identity: must(p.identity.Public()), Identifier: p.identifier,
		})
	}
	for _, p := range recipients {
		plan.Recipients = append(plan.Recipients, p.recipient())
	}
	plan.Threshold = must(relight.Supermajority(uint16(len(recipients))))
	return run(must(relight.NewCeremony(plan)), dealers, recipients).Keys
}

func (p *party) recipient() relight.Recipient {
	return relight.Recipient{Index: p.index, MemberKey: must(p.key.Public()), Identifier: p.identifier}
}

// run runs a ceremony, and returns what everybody knows.
func run(ceremony relight.Ceremony, dealers, recipients []*party) relight.Outcome {
	var dealings []relight.Dealing
	for _, p := range dealers {
		dealings = append(dealings, must(ceremony.Deal(p.index, p.identity, p.shares...)))
	}
	public := must(ceremony.FinishPublic(dealings))
	for _, p := range recipients {
		outcome := must(ceremony.Finish(dealings, p.index, p.key))
		if outcome.Transcript != public.Transcript || len(outcome.Shareless) != 0 {
			panic("another transcript, or somebody has no share")
		}
		p.shares = outcome.Shares
	}
	return public
}

// world is a network with its recovery party and a backup of every node.
type world struct {
	members    []*party
	nodes      []*party
	blinders   []relight.Blinder
	roster     relight.Roster
	network    relight.Network
	places     []relight.Node
	statements []relight.Statement
	backups    []relight.Backup
}

var curves = []relight.Curve{relight.Secp256k1, relight.Secp256k1, relight.BLS12381_G1}

func newWorld() *world {
	w := &world{members: newParties("party", 1, 2, 3), nodes: newParties("network", 1, 2, 3)}
	for _, node := range w.nodes {
		name := sha256.Sum256(fmt.Appendf(nil, "node-%d", node.index))
		node.identifier = must(relight.IdentifierFromBigEndian(name[:]))
	}
	recovery := hold(relight.Plan{
		Parameters: relight.Fast, Context: []byte("recovery key"), Epoch: 1, Keys: relight.KeySlots(relight.Generate, curves[2:]...),
	}, w.members, w.members)[0]
	w.network = relight.Network{
		Parameters: relight.Packed, Context: []byte("network"), Epoch: 7,
		RecoveryKey: relight.NewRecoveryKey(must(recovery.Inspect()).PublicKey.Bytes()),
		Keys: hold(relight.Plan{
			Parameters: relight.Fast, Context: []byte("root keys"), Epoch: 7,
			Keys: relight.KeySlots(relight.Generate, curves...),
		}, w.nodes, w.nodes),
	}
	var members []relight.RosterMember
	for _, member := range w.members {
		members = append(members, relight.RosterMember{Registration: member.registration})
	}
	w.roster = must(relight.NewRoster([]byte("party"), recovery, members...))
	for _, node := range w.nodes {
		w.backUp(node)
	}
	return w
}

func (w *world) backUp(node *party) {
	name := fmt.Appendf(nil, "node-%d", node.index)
	blinder := must(relight.GenerateBlinder())
	registration := must(blinder.Register(w.network.Context, name))
	place := relight.Node{
		Name: name, Identifier: node.identifier, Blinder: must(registration.Verify(w.network.Context, name)),
	}
	statement := must(w.network.Statement(place))
	w.blinders = append(w.blinders, blinder)
	w.places = append(w.places, place)
	w.statements = append(w.statements, statement)
	w.backups = append(w.backups, must(relight.CreateBackup(statement, node.shares...)))
}

var shared = sync.OnceValue(newWorld)

// recover has a fresh node ask, two of three members answer, and the fresh node open the backup of a node.
func (w *world) recover(node int, fresh *party) {
	now := time.Now()
	session := must(relight.Ask(w.roster, w.statements[node:node+1], []byte("fresh"), now.Add(time.Hour)))
	defer session.Close()
	review := relight.Review{
		Request: must(session.Request()), Statements: w.statements, Roster: w.roster, Now: now,
	}
	for _, member := range w.members {
		must(session.Receive(must(review.Respond(member.shares[0], member.identity, relight.SHA256)), now))
	}
	keys := must(session.UnlockKeys())
	defer keys.Close()
	backup := must(w.backups[node].Verify(w.statements[node]))
	defer backup.Close()
	fresh.shares = must(backup.Open(keys, w.blinders[node]))
}

// user derives a user's key from root public keys or public shares.
var user = relight.Derivation{Curve: relight.Secp256k1, Info: []byte("user 42")}

// roots are the root public keys that user keys derive from, those on secp256k1.
func (w *world) roots() []relight.Point {
	return []relight.Point{must(w.network.Keys[0].Inspect()).PublicKey, must(w.network.Keys[1].Inspect()).PublicKey}
}

func TestDrill(t *testing.T) {
	w := shared()
	coverage := must(w.network.Audit(w.places, w.backups))
	if !coverage.Recoverable || coverage.Survives != 0 || len(coverage.Nodes) != 3 {
		t.Fatalf("%+v", coverage)
	}
	rebuilt := newParties("rebuilt", 1, 2, 3)
	for i, fresh := range rebuilt {
		fresh.identifier = w.nodes[i].identifier
		w.recover(i, fresh)
		for k, share := range fresh.shares {
			if !share.Equal(w.nodes[i].shares[k].Secret) {
				t.Fatalf("share %d of node %d is another", k, i)
			}
		}
	}
	final := newParties("final", 1, 2, 3, 4)
	keys := hold(relight.Plan{
		Parameters: relight.Fast, Context: []byte("re-sharing"), Epoch: 8,
		Keys: relight.KeySlots(relight.Reshare, w.network.Keys...),
	}, rebuilt, final)
	for k, key := range keys {
		if must(key.Inspect()).PublicKey != must(w.network.Keys[k].Inspect()).PublicKey {
			t.Fatalf("root key %d changed", k)
		}
	}
	checkUserKey(t, must(user.Public(w.roots()...)), final)
}

// checkUserKey compares the user's key from the root public keys with that from the shares of the final nodes.
func checkUserKey(t *testing.T, want relight.Point, final []*party) {
	var shares []relight.PublicShare
	for _, node := range final[1:] {
		derived := must(user.Secret(must(node.shares[0].Scalar()), must(node.shares[1].Scalar())))
		shares = append(shares, relight.PublicShare{Identifier: node.identifier, Share: must(derived.Public(user.Curve))})
	}
	if must(relight.CombinePublic(user.Curve, shares)) != want {
		t.Fatal("the user's key changed")
	}
}

func TestErrorsNameTheCulprit(t *testing.T) {
	w := shared()
	digest := must(w.statements[0].Inspect()).Digest
	members := must(w.roster.Inspect()).Party
	var shares []relight.DecryptionShare
	for _, member := range w.members {
		shares = append(shares, must(member.shares[0].DecryptionShare(member.index, digest)))
	}
	keys := must(members.Combine(digest, shares...))
	keys.Close()
	shares[1] = must(w.members[1].shares[0].DecryptionShare(2, relight.Digest{1}))
	_, err := members.Combine(digest, shares...)
	var detail *relight.Error
	if !errors.Is(err, relight.ErrBadDecryptionShares) || !errors.As(err, &detail) {
		t.Fatal(err)
	}
	if len(detail.Parties) != 1 || detail.Parties[0] != 2 {
		t.Fatal(detail.Parties)
	}
	_, err = w.backups[0].Verify(w.statements[1])
	if !errors.Is(err, relight.ErrStatementMismatch) || !errors.As(err, &detail) || detail.Field != relight.FieldNode {
		t.Fatal(err)
	}
}

func TestClosedHandlesAreRefused(t *testing.T) {
	w := shared()
	backup := must(w.backups[0].Verify(w.statements[0]))
	if err := backup.CheckBlinder(w.blinders[1]); !errors.Is(err, relight.ErrWrongBlinder) {
		t.Fatal(err)
	}
	backup.Close()
	backup.Close()
	if err := backup.CheckBlinder(w.blinders[0]); !errors.Is(err, relight.ErrDestroyed) {
		t.Fatal(err)
	}
	blinder := must(relight.GenerateBlinder())
	blinder.Destroy()
	if _, err := blinder.Public(); !errors.Is(err, relight.ErrDestroyed) {
		t.Fatal(err)
	}
}

func TestSessionSurvivesARestart(t *testing.T) {
	w, now := shared(), time.Now()
	session := must(relight.Ask(w.roster, w.statements, []byte("fresh"), now.Add(time.Hour)))
	if err := session.Attest([]byte("quote")); err != nil {
		t.Fatal(err)
	}
	review := relight.Review{Request: must(session.Request()), Statements: w.statements, Roster: w.roster, Now: now}
	respond := func(i int) relight.Response {
		return must(review.Respond(w.members[i].shares[0], w.members[i].identity, relight.PersonalMessage))
	}
	must(session.Receive(respond(2), now))
	state := must(session.State())
	session.Close()
	session = must(relight.Resume([]byte("party"), state))
	defer session.Close()
	if _, err := session.UnlockKeys(); !errors.Is(err, relight.ErrNotEnoughShares) {
		t.Fatal(err)
	}
	must(session.Receive(respond(0), now))
	if progress := must(session.Receive(respond(1), now)); progress.Needed != 0 || len(progress.Missing) != 0 {
		t.Fatal(progress)
	}
	if string(must(review.Request.Inspect()).Attestation) != "quote" {
		t.Fatal("the attestation is lost")
	}
}

// TestConcurrentUse is for the race detector.
func TestConcurrentUse(t *testing.T) {
	w, now := shared(), time.Now()
	session := must(relight.Ask(w.roster, w.statements[:1], nil, now.Add(time.Hour)))
	review := relight.Review{Request: must(session.Request()), Statements: w.statements, Roster: w.roster, Now: now}
	backup := must(w.backups[0].Verify(w.statements[0]))
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			member := w.members[i%3]
			response := must(review.Respond(member.shares[0], member.identity, relight.SHA256))
			must(session.Receive(response, now))
			must(session.Progress())
			_ = backup.CheckBlinder(w.blinders[0])
			if i == 7 {
				backup.Close()
			}
		})
	}
	group.Wait()
	keys := must(session.UnlockKeys())
	keys.Close()
	session.Close()
}
