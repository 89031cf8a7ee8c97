package relight

// #include <relight.h>
import "C"

// Roster is the recovery party with its members' registrations, under the name that they registered for.
type Roster struct {
	object
	party string
}

// RosterMember is a member of the recovery party, as it registered.
type RosterMember struct {
	Registration MemberRegistration
	// Identifier is where its share of the recovery key lies; the zero value is that of its index.
	Identifier Identifier `json:",omitzero"`
}

// NewRoster makes a roster from the VSS commitment of the recovery key and its members, by ascending index.
func NewRoster(party []byte, commitment VssCommitment, members ...RosterMember) (Roster, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		items, n := array(c, members, func(m RosterMember) C.relight_roster_member {
			return C.relight_roster_member{registration: c.object(m.Registration), identifier: c.object(m.Identifier)}
		})
		return C.relight_roster_new(c.bytes(party), c.object(commitment), items, n, out, c.details)
	})
	return Roster{newObject(bytes), string(party)}, err
}

// ParseRoster decodes a roster and verifies it under party.
func ParseRoster(party, bytes []byte) (Roster, error) {
	return parse(Roster{newObject(bytes), string(party)}, Roster.Inspect)
}

// PartyName is the name that its members registered for.
func (r Roster) PartyName() []byte { return []byte(r.party) }

// RosterFields is what a roster says.
type RosterFields struct {
	// Digest is what requests name the roster by: compare it with the other parties.
	Digest      Digest
	RecoveryKey RecoveryKey
	Threshold   uint16
	Party       RecoveryParty
	// Shareless are the members that have no share of the recovery key, because it is zero.
	Shareless []PartyIndex
}

// Inspect tells what the roster says.
func (r Roster) Inspect() (RosterFields, error) {
	out := new(C.relight_roster)
	err := perform(func(c *call) C.relight_result {
		return C.relight_roster_verify(c.bytes([]byte(r.party)), c.object(r), out, c.details)
	})
	defer C.relight_roster_free(out)
	party := RecoveryParty{Commitment: VssCommitment{newObject(goBytes(&out.commitment))}}
	identifiers := goIdentifiers(&out.identifiers)
	for i, index := range goIndices(&out.members) {
		party.Members = append(party.Members, Holder{index, identifiers[i]})
	}
	return RosterFields{
		goDigest(out.digest), NewRecoveryKey(goBytes(&out.recovery_key)), uint16(out.threshold), party,
		goIndices(&out.shareless),
	}, err
}
