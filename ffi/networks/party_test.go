package networks

import (
	"errors"
	"sync"
	"testing"

	"github.com/drand/kyber/share"
	"github.com/drand/kyber/share/dkg"
	"relight.dev/relight"
)

// member is a member of the recovery party.
type member struct {
	identity     relight.Identity
	registration relight.MemberRegistration
	share        relight.KeyShare
}

type party struct {
	keys    []*dkg.DistKeyShare
	members []*member
	roster  relight.Roster
}

var partyName = []byte("recovery party")

// existing is a recovery party whose members hold shares of a key that kyber generated. No new key is made.
var existing = sync.OnceValue(func() *party {
	p := &party{keys: kyberGenerate(5, 3)}
	for _, key := range p.keys {
		p.members = append(p.members, register(key.Share.I))
	}
	p.roster = must(p.enrol(must(KyberCommitment(p.keys[0]))))
	for i, key := range p.keys {
		p.members[i].share = must(p.take(key))
	}
	return p
})

// register registers a member, which needs an identity and a member key whatever the recovery key is.
func register(index int) *member {
	identity, key := must(relight.GenerateIdentity()), must(relight.GenerateMemberKey())
	form := must(key.Register(partyName, relight.PartyIndex(index+1), must(identity.Public())))
	return &member{identity: identity, registration: must(form.Sign(identity))}
}

// enrol is the roster of the members under a recovery key.
func (p *party) enrol(commitment relight.VssCommitment) (relight.Roster, error) {
	var members []relight.RosterMember
	for i, m := range p.members {
		identifier := KyberIdentifier(p.keys[i].Share.I)
		members = append(members, relight.RosterMember{Registration: m.registration, Identifier: identifier})
	}
	return relight.NewRoster(partyName, commitment, members...)
}

// take has a member look whether the roster that it got is of the key that it has a share of.
func (p *party) take(key *dkg.DistKeyShare) (relight.KeyShare, error) {
	return KyberKeyShare(1, must(p.roster.Inspect()).Party.Commitment, key.Share)
}

// TestPublicSharesMakeTheSameRoster begins with what other key generations publish, when they publish no commitments.
func TestPublicSharesMakeTheSameRoster(t *testing.T) {
	p := existing()
	polynomial := share.NewPubPoly(suite.G1(), nil, p.keys[0].Commits)
	var public []relight.PublicShare
	for _, key := range p.keys {
		point := relight.NewPoint(must(polynomial.Eval(key.Share.I).V.MarshalBinary()))
		public = append(public, relight.PublicShare{Identifier: KyberIdentifier(key.Share.I), Share: point})
	}
	commitment := must(relight.VssCommitmentFromShares(relight.BLS12381_G1, 3, public))
	if must(p.enrol(commitment)) != p.roster {
		t.Fatal("another roster")
	}
}

// TestMembersKnowTheirOwnKey gives out a roster with the same members and somebody else's key.
func TestMembersKnowTheirOwnKey(t *testing.T) {
	p := *existing()
	p.roster = must(p.enrol(must(KyberCommitment(kyberGenerate(5, 3)[0]))))
	for _, key := range p.keys {
		if _, err := p.take(key); !errors.Is(err, relight.ErrSecretMismatch) {
			t.Error(err)
		}
	}
}
