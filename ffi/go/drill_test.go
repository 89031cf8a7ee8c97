package relight_test

import (
	"context"
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

func newParty(name string, index relight.PartyIndex) *party {
	p := &party{
		index: index, identifier: index.Identifier(), identity: must(relight.GenerateIdentity()),
		key: must(relight.GenerateMemberKey()),
	}
	form := must(p.key.Register([]byte(name), index, must(p.identity.Public())))
	p.registration = must(form.Sign(p.identity))
	return p
}

func newParties(name string, indices ...relight.PartyIndex) (parties []*party) {
	for _, index := range indices {
		parties = append(parties, newParty(name, index))
	}
	return parties
}

// hold holds a ceremony: everybody deals with the shares that it has of old keys, confirms and finishes.
func hold(plan relight.Plan, dealers, recipients []*party) []relight.VssCommitment {
	for _, p := range dealers {
		plan.Dealers = append(plan.Dealers, relight.Dealer{
			Index: p.index, Identity: must(p.identity.Public()), Identifier: p.identifier,
		})
	}
	for _, p := range recipients {
		plan.Recipients = append(plan.Recipients, p.recipient())
	}
	plan.Threshold, plan.Nonce = must(relight.Supermajority(len(recipients))), must(relight.NewNonce())
	return run(must(relight.NewCeremony(plan)), dealers, recipients).Keys
}

func (p *party) recipient() relight.Recipient {
	return relight.Recipient{
		Index: p.index, Identity: must(p.identity.Public()), MemberKey: must(p.key.Public()), Identifier: p.identifier,
	}
}

// check panics at an error, like must.
func check(err error) { must(struct{}{}, err) }

// run runs a ceremony from the first dealing to the last share, and returns what everyone knows.
func run(ceremony relight.Ceremony, dealers, recipients []*party) relight.Outcome {
	var dealings []relight.Dealing
	for _, p := range dealers {
		dealings = append(dealings, must(ceremony.Deal(p.index, p.identity, p.shares...)))
	}
	certificate := confirm(ceremony, dealings, recipients)
	closed := closeWith(ceremony, dealings, certificate)
	defer closed.Close()
	public := must(closed.FinishPublic())
	check(ceremony.VouchFor(certificate, public.Keys...))
	for _, p := range recipients {
		outcome := must(closed.Finish(p.index, p.key))
		if outcome.Transcript != public.Transcript || len(outcome.Shareless) != 0 {
			panic("another transcript, or somebody has no share")
		}
		p.shares = outcome.Shares
	}
	return public
}

func receive(ceremony relight.Ceremony, dealings []relight.Dealing) *relight.Dealings {
	received := must(ceremony.NewDealings())
	for _, dealing := range dealings {
		check(received.Receive(dealing))
	}
	return received
}

// confirm has every recipient confirm these dealings, and returns the certificate.
func confirm(ceremony relight.Ceremony, dealings []relight.Dealing, recipients []*party) relight.Certificate {
	confirmations := must(ceremony.NewConfirmations())
	defer confirmations.Close()
	for _, p := range recipients {
		check(confirmations.Receive(p.confirm(ceremony, dealings)))
	}
	return must(confirmations.Certificate())
}

func (p *party) confirm(ceremony relight.Ceremony, dealings []relight.Dealing) relight.Confirmation {
	received := receive(ceremony, dealings)
	defer received.Close()
	return must(must(received.Confirm(p.index, p.key)).Sign(p.identity))
}

func closeWith(
	ceremony relight.Ceremony, dealings []relight.Dealing, certificate relight.Certificate,
) *relight.ClosedDealings {
	received := receive(ceremony, dealings)
	defer received.Close()
	return must(received.CloseWith(certificate))
}

// world is a network with its recovery party and a backup of every node.
type world struct {
	members    []*party
	nodes      []*party
	operators  []relight.Identity
	blinders   []relight.Blinder
	roster     relight.Roster
	network    relight.Network
	places     []relight.Node
	statements []relight.Statement
	backups    []relight.Backup
}

var curves = []relight.Curve{userCurve, userCurve, relight.BLS12381_G1}

func newWorld() *world {
	w := &world{members: newParties("party", 1, 2, 3), nodes: newParties("network", 1, 2, 3)}
	for _, node := range w.nodes {
		name := sha256.Sum256(fmt.Appendf(nil, "node-%d", node.index))
		node.identifier = must(relight.IdentifierFromBigEndian(name[:]))
	}
	recovery := hold(relight.Plan{
		Parameters: relight.Fast, Name: []byte("recovery key"), Epoch: 1, Keys: relight.Generate(curves[2:]...),
	}, w.members, w.members)[0]
	w.network = relight.Network{
		Parameters: relight.Packed, Name: []byte("network"), Epoch: 7,
		RecoveryKey: relight.NewRecoveryKey(must(recovery.Inspect()).PublicKey.Bytes()),
		Keys: hold(relight.Plan{
			Parameters: relight.Fast, Name: []byte("root keys"), Epoch: 7,
			Keys: relight.Generate(curves...),
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
	operator, blinder := must(relight.GenerateIdentity()), must(relight.GenerateBlinder())
	registration := must(must(blinder.Register(w.network.Name, name, must(operator.Public()))).Sign(operator))
	place := relight.Node{
		Name: name, Identifier: node.identifier, Operator: must(operator.Public()),
		Registrations: []relight.BlinderRegistration{registration},
	}
	statement := must(w.network.Statement(place))
	w.operators = append(w.operators, operator)
	w.blinders = append(w.blinders, blinder)
	w.places = append(w.places, place)
	w.statements = append(w.statements, statement)
	w.backups = append(w.backups, must(relight.CreateBackup(statement, node.shares...)))
}

var shared = sync.OnceValue(newWorld)

// ask has a fresh node ask for the statements of nodes, authorised by their operators.
func (w *world) ask(now time.Time, nodes ...int) (*relight.Session, relight.Review) {
	var statements []relight.Statement
	for _, node := range nodes {
		statements = append(statements, w.statements[node])
	}
	session := must(relight.Ask(w.roster, statements, []byte("fresh"), now, now.Add(time.Hour)))
	for _, node := range nodes {
		check(session.Authorise(must(w.blinders[node].Authorise(must(session.Draft()), w.statements[node]))))
	}
	return session, relight.Review{
		Request: must(session.Request()), Statements: w.statements, Roster: w.roster, Now: now,
	}
}

// respond has a member answer for some statements, or all.
func (w *world) respond(member int, review relight.Review, statements ...relight.Digest) relight.Response {
	form := must(review.Respond(w.members[member].shares[0], statements...))
	return must(form.Sign(w.members[member].identity))
}

// recover has a fresh node ask, the members answer, and the fresh node open the backup of a node.
func (w *world) recover(node int, fresh *party) {
	now := time.Now()
	session, review := w.ask(now, node)
	defer session.Close()
	for i := range w.members {
		must(session.Receive(w.respond(i, review), now))
	}
	keys := must(session.UnlockKeys())
	defer keys.Close()
	backup := must(w.backups[node].Verify(w.statements[node]))
	defer backup.Close()
	fresh.shares = must(backup.Open(keys, w.blinders[node]))
}

// user derives a user's key from root public keys or public shares.
var user = relight.Derivation{Curve: userCurve, Info: []byte("user 42")}

// roots are the root public keys that user keys derive from.
func (w *world) roots() []relight.Point {
	return []relight.Point{must(w.network.Keys[0].Inspect()).PublicKey, must(w.network.Keys[1].Inspect()).PublicKey}
}

func TestDrill(t *testing.T) {
	w := shared()
	coverage := must(w.network.Audit(context.Background(), w.places, w.backups))
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
		Parameters: relight.Fast, Name: []byte("re-sharing"), Epoch: 8,
		Keys: relight.Reshare(w.network.Keys...),
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
	if !errors.Is(err, relight.ErrMismatch) || !errors.As(err, &detail) || detail.Field != relight.FieldNode {
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
