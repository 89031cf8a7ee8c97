// Command service is a party of a threshold network: a member of the recovery party, or the node that has the root key.
// Parties make what they have to say once, write it to a file, and show the file by HTTP to whoever needs it. What is
// secret is sealed. So a party may be killed at any moment: started again, it goes on.
// A node that lost everything restores its share of the key with what its operator has: here in a folder within the node's,
// which belongs on an offline machine. And a person decides whether a member answers.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	"relight.dev/relight"
)

const party, network = "members", "network" // the names of both, and of the ceremonies of their keys

type service struct {
	home, node string
	members    []string
	index      relight.PartyIndex // zero for the node
	key        relight.SealingKey
	generated  relight.VssCommitment // in the ceremony that it took part in
	share      relight.KeyShare
	listed     []relight.RosterMember
}

// must ends an attempt at an error: it is made again, for what failed may be there by then.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func check(err error) { must(struct{}{}, err) }

// attempt does the work, and returns the error that it ended with.
func attempt(work func()) (err error) {
	defer func() {
		if failed, ok := recover().(error); ok {
			err = failed
		}
	}()
	work()
	return nil
}

// once is the content of a file, which is made if it is not there, and then stays. The others may fetch what is public.
func (s *service) once(name string, content func() []byte) []byte {
	data, err := os.ReadFile(s.home + name)
	if errors.Is(err, os.ErrNotExist) {
		data = content()
		err = relight.CreateFile(s.home+name, data)
	}
	return must(data, err)
}

// secret is once for a secret, which is sealed.
func secret[T relight.Sealable](s *service, name string, generate func() (T, error)) T {
	sealed := s.once("/"+name+".age", func() []byte { return must(relight.Seal(must(generate()), must(s.key.Recipient()))) })
	return must(relight.Unseal[T](sealed, s.key))
}

// fetch is what a peer shows under a name, if it does.
func fetch(peer, name string) []byte {
	response := must(http.Get("http://" + peer + "/" + name))
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		panic(fmt.Errorf("%s of %s: %s", name, peer, response.Status))
	}
	return must(io.ReadAll(io.LimitReader(response.Body, 1<<24)))
}

// agreed is what all peers show alike.
func agreed(peers []string, name string) []byte {
	first := fetch(peers[0], name)
	for _, peer := range peers[1:] {
		if !bytes.Equal(first, fetch(peer, name)) {
			panic(fmt.Errorf("peers differ about the %s", name))
		}
	}
	return first
}

// plan follows from the registrations of the peers, and from a nonce of the first one.
func (s *service) plan(name string, curve relight.Curve, peers []string) relight.Plan {
	plan := relight.Plan{Parameters: relight.Fast, Name: []byte(name), Epoch: 1, Keys: relight.Generate(curve)}
	plan.Threshold = must(relight.Supermajority(len(peers)))
	s.listed = nil
	for _, peer := range peers {
		registration := relight.NewMemberRegistration(fetch(peer, name+".registration"))
		verified := must(registration.Verify([]byte(name)))
		plan.Dealers = append(plan.Dealers, verified.Dealer())
		plan.Recipients = append(plan.Recipients, verified.Recipient())
		s.listed = append(s.listed, relight.RosterMember{Registration: registration})
	}
	plan.Nonce = relight.Nonce(fetch(peers[0], name+".nonce"))
	return plan
}

// generate makes a key with these peers, of whom this party is one, and keeps its share.
func (s *service) generate(name string, index relight.PartyIndex, curve relight.Curve, peers []string) {
	identity, key := secret(s, "identity", relight.GenerateIdentity), secret(s, "member-key", relight.GenerateMemberKey)
	s.once("/public/"+name+".registration", func() []byte {
		return must(must(key.Register([]byte(name), index, must(identity.Public()))).Sign(identity)).Bytes()
	})
	s.once("/public/"+name+".nonce", func() []byte { nonce := must(relight.NewNonce()); return nonce[:] })
	ceremony := must(relight.NewCeremony(s.plan(name, curve, peers)))
	s.once("/public/"+name+".dealing", func() []byte { return must(ceremony.Deal(index, identity)).Bytes() })
	dealings, confirmations := must(ceremony.NewDealings()), must(ceremony.NewConfirmations())
	defer dealings.Close()
	defer confirmations.Close()
	for _, peer := range peers {
		check(dealings.Receive(relight.NewDealing(fetch(peer, name+".dealing"))))
	}
	s.once("/public/"+name+".confirmation", func() []byte { return must(must(dealings.Confirm(index, key)).Sign(identity)).Bytes() })
	for _, peer := range peers {
		check(confirmations.Receive(relight.NewConfirmation(fetch(peer, name+".confirmation"))))
	}
	certificate := s.once("/public/"+name+".certificate", func() []byte { return must(confirmations.Certificate()).Bytes() })
	closed := must(dealings.CloseWith(relight.NewCertificate(certificate)))
	defer closed.Close()
	outcome := must(closed.Finish(index, key))
	s.generated = outcome.Keys[0]
	s.share = secret(s, name+".share", func() (relight.KeyShare, error) { return outcome.Shares[0], nil })
	s.once("/public/"+name+".ceremony", ceremony.Bytes)
}

// answer keeps the backup of the node, and answers its request.
func (s *service) answer() {
	roster := must(relight.NewRoster([]byte(party), s.generated, s.listed...))
	s.once("/public/roster", roster.Bytes)
	bundle := must(relight.ParseBundle(s.once("/public/bundle", func() []byte { return fetch(s.node, "bundle") })))
	claim := must(bundle.Inspect())
	log.Print("the bundle that people compare: ", claim.ShortCode)
	contents := must(bundle.Verify(claim.Digest))
	statement := must(contents.Network.Statement(contents.Nodes[0]))
	backup := relight.NewBackup(s.once("/public/backup", func() []byte { return fetch(s.node, "backup") }))
	check(must(backup.Verify(statement)).Close())
	request := must(relight.ParseRequest(fetch(s.node, "request")))
	review := relight.Review{Request: request, Statements: []relight.Statement{statement}, Roster: roster, Now: time.Now()}
	log.Print(must(review.Text()))
	s.once("/public/response-"+must(request.Inspect()).Digest.String(), func() []byte {
		return must(must(review.Respond(s.share)).Sign(secret(s, "identity", relight.GenerateIdentity))).Bytes()
	})
}

// backUp shows the backup of the node, and all that is public of the network.
func (s *service) backUp() {
	blinder := secret(s, "operator/blinder", relight.GenerateBlinder)
	operator := secret(s, "operator/identity", relight.GenerateIdentity)
	roster := must(relight.ParseRoster([]byte(party), agreed(s.members, "roster")))
	registration := s.once("/operator/registration", func() []byte {
		return must(must(blinder.Register([]byte(network), []byte("node"), must(operator.Public()))).Sign(operator)).Bytes()
	})
	contents := relight.BundleContents{
		Roster: roster,
		Network: relight.Network{
			Parameters: relight.Fast, Name: []byte(network), Epoch: 1, RecoveryKey: must(roster.Inspect()).RecoveryKey,
			Keys: []relight.VssCommitment{s.generated},
		},
		Nodes: []relight.Node{{
			Name: []byte("node"), Operator: must(operator.Public()), Identifier: relight.PartyIndex(1).Identifier(),
			Registrations: []relight.BlinderRegistration{relight.NewBlinderRegistration(registration)},
		}},
	}
	contents.RecoveryCertificate.Ceremony = must(relight.ParseCeremony(agreed(s.members, party+".ceremony")))
	contents.RecoveryCertificate.Certificate = relight.NewCertificate(fetch(s.members[0], party+".certificate"))
	s.once("/public/backup", func() []byte {
		return must(relight.CreateBackup(must(contents.Network.Statement(contents.Nodes[0])), s.share)).Bytes()
	})
	bundle := s.once("/operator/bundle", func() []byte { return must(relight.NewBundle(contents)).Bytes() })
	s.once("/public/bundle", func() []byte { return bundle })
}

// restore asks the members for what opens the backup, and has the share of the root key again.
func (s *service) restore() {
	blinder := secret(s, "operator/blinder", func() (none relight.Blinder, err error) { return none, os.ErrNotExist })
	bundle := must(relight.ParseBundle(must(os.ReadFile(s.home + "/operator/bundle"))))
	contents := must(bundle.Verify(must(bundle.Inspect()).Digest))
	statement := must(contents.Network.Statement(contents.Nodes[0]))
	session := must(relight.Resume([]byte(party), secret(s, "session", func() (relight.SessionState, error) {
		now, statements := time.Now(), []relight.Statement{statement}
		asked := must(relight.Ask(contents.Roster, statements, []byte("a fresh node"), now, now.Add(time.Hour)))
		defer asked.Close()
		check(asked.Authorise(must(blinder.Authorise(must(asked.Draft()), statement))))
		return asked.State()
	})))
	defer session.Close()
	request := must(session.Request())
	s.once("/public/request", request.Bytes)
	name := "response-" + must(request.Inspect()).Digest.String()
	for _, member := range s.members {
		err := attempt(func() {
			must(session.Receive(relight.NewResponse(fetch(member, name)), time.Now()))
			sealed := must(relight.Seal(must(session.State()), must(s.key.Recipient())))
			check(relight.ReplaceFile(s.home+"/session.age", sealed))
		})
		log.Print("member ", member, ": ", err)
	}
	keys := must(session.UnlockKeys())
	defer keys.Close()
	verified := must(relight.NewBackup(agreed(s.members, "backup")).Verify(statement))
	defer verified.Close()
	secret(s, "network.share", func() (relight.KeyShare, error) { return must(verified.Open(keys, blinder))[0], nil })
}

func main() {
	s := &service{}
	flag.StringVar(&s.home, "home", "", "the folder of the party")
	flag.StringVar(&s.node, "node", "", "the address of the node")
	phrase := flag.String("passphrase-file", "", "the file with the passphrase that its secrets are sealed by")
	members := flag.String("members", "", "the addresses of the members, by their indices")
	index := flag.String("index", "0", "the index of the member; 0 is the node")
	lost := flag.Bool("restore", false, "the node lost its share of the key")
	flag.Parse()
	s.members = strings.Split(*members, ",")
	must(fmt.Sscan(*index, &s.index))
	check(errors.Join(os.MkdirAll(s.home+"/public", 0o700), os.MkdirAll(s.home+"/operator", 0o700)))
	passphrase := bytes.TrimSpace(must(os.ReadFile(*phrase)))
	s.key = must(relight.UnsealWithPassphrase[relight.SealingKey](s.once("/key.age", func() []byte {
		return must(relight.SealWithPassphrase(must(relight.GenerateSealingKey()), passphrase))
	}), passphrase))
	go func() {
		own := append([]string{s.node}, s.members...)[s.index]
		log.Fatal(http.ListenAndServe(own, http.FileServer(http.Dir(s.home+"/public"))))
	}()
	stages := []func(){func() { s.generate(party, s.index, relight.BLS12381_G1, s.members) }, s.answer}
	if *lost {
		stages = []func(){s.restore}
	} else if s.index == 0 {
		stages = []func(){func() { s.generate(network, 1, relight.Secp256k1, []string{s.node}) }, s.backUp}
	}
	for _, stage := range stages {
		for err := attempt(stage); err != nil; err = attempt(stage) {
			log.Print(err)
			time.Sleep(100 * time.Millisecond)
		}
	}
	select {}
}
