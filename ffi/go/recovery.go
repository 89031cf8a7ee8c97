package relight

// #include <relight.h>
import "C"

import (
	"time"
	"unsafe"
)

// Scheme is how a signature hashes its message.
type Scheme uint8

// The schemes.
const (
	SHA256          Scheme = C.RELIGHT_SCHEME_SHA256
	PersonalMessage Scheme = C.RELIGHT_SCHEME_PERSONAL_MESSAGE
)

// Roster is the recovery party with its members' registrations, under the name that they registered for.
type Roster struct {
	object
	context string
}

// RosterMember is a member of the recovery party, as it registered.
type RosterMember struct {
	Registration MemberRegistration
	// Identifier is where its share of the recovery key lies; the zero value is that of its index.
	Identifier Identifier
}

// NewRoster makes a roster from the commitments of the recovery key and its members, by ascending index.
func NewRoster(context []byte, key Polynomial, members ...RosterMember) (Roster, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		items, n := array(c, members, func(m RosterMember) C.relight_roster_member {
			return C.relight_roster_member{registration: c.object(m.Registration), identifier: c.object(m.Identifier)}
		})
		return C.relight_roster_new(c.bytes(context), c.object(key), items, n, out, c.details)
	})
	return Roster{newObject(bytes), string(context)}, err
}

// ParseRoster decodes a roster and verifies it under context.
func ParseRoster(context, bytes []byte) (Roster, error) {
	return parse(Roster{newObject(bytes), string(context)}, Roster.Inspect)
}

// RosterFields is what a roster says.
type RosterFields struct {
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
		return C.relight_roster_verify(c.bytes([]byte(r.context)), c.object(r), out, c.details)
	})
	defer C.relight_roster_free(out)
	party := RecoveryParty{Polynomial: Polynomial{newObject(goBytes(&out.polynomial))}}
	identifiers := goIdentifiers(&out.identifiers)
	for i, index := range goIndices(&out.members) {
		party.Members = append(party.Members, Holder{index, identifiers[i]})
	}
	return RosterFields{
		NewRecoveryKey(goBytes(&out.recovery_key)), uint16(out.threshold), party, goIndices(&out.shareless),
	}, err
}

// Request is what a fresh node asks of the recovery party.
type Request struct{ object }

// ParseRequest decodes a request.
func ParseRequest(bytes []byte) (Request, error) {
	return parse(Request{newObject(bytes)}, Request.Inspect)
}

// RequestFields is what a request says.
type RequestFields struct {
	// Digest is what answers are bound to, AttestedDigest what an attestation should be about.
	Digest, AttestedDigest Digest
	Expiry                 time.Time
	Context                []byte
	// Requester may be anything: quote it before you show it.
	Requester   []byte
	Statements  []Digest
	Attestation []byte
}

// Inspect tells what the request says. Nothing is verified.
func (r Request) Inspect() (RequestFields, error) {
	out := new(C.relight_request)
	err := perform(func(c *call) C.relight_result { return C.relight_request_inspect(c.object(r), out, c.details) })
	defer C.relight_request_free(out)
	statements := goSlice(out.statements.items, out.statements.len, func(b *C.relight_buffer) Digest {
		return Digest(goBytes(b))
	})
	return RequestFields{
		goDigest(out.digest), goDigest(out.attested_digest), time.Unix(int64(out.expiry), 0), goBytes(&out.context),
		goBytes(&out.requester), statements, goBytes(&out.attestation),
	}, err
}

// Review is what a member looks at before it answers.
type Review struct {
	Request Request
	// Statements are those of the verified backups at hand.
	Statements []Statement
	Roster     Roster
	Now        time.Time
}

func (r Review) pass(c *call) *C.relight_review_input {
	passed := &C.relight_review_input{
		request: c.object(r.Request), context: c.bytes([]byte(r.Roster.context)), roster: c.object(r.Roster),
		now: C.uint64_t(r.Now.Unix()),
	}
	passed.statements, passed.statements_len = list(c, r.Statements)
	return passed
}

// Text checks the request and tells a person what it asks, in printable ASCII. Whether to answer is the member's
// decision.
func (r Review) Text() (string, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_review(r.pass(c), out, c.details)
	})
	return string(bytes), err
}

// Response is a member's answer, sealed and signed.
type Response struct{ object }

// NewResponse takes bytes as they were received. The session verifies them.
func NewResponse(bytes []byte) Response { return Response{newObject(bytes)} }

// Member is the member that the answer claims to come from.
func (r Response) Member() (PartyIndex, error) {
	out := new(C.uint16_t)
	err := perform(func(c *call) C.relight_result { return C.relight_response_member(c.object(r), out, c.details) })
	return PartyIndex(*out), err
}

// Respond checks the request and answers it with the member's share of the recovery key.
func (r Review) Respond(share KeyShare, identity Identity, scheme Scheme) (Response, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_respond(r.pass(c), c.secret(share), c.secret(identity), C.uint8_t(scheme), out, c.details)
	})
	return Response{newObject(bytes)}, err
}

// UnsignedResponse is an answer that lacks the signature of a wallet.
type UnsignedResponse struct {
	object
	// WalletText is what the wallet signs as a personal message.
	WalletText string
}

// RespondUnsigned is Respond for a member whose identity lives in a wallet.
func (r Review) RespondUnsigned(share KeyShare) (UnsignedResponse, error) {
	out := new(C.relight_unsigned_response)
	err := perform(func(c *call) C.relight_result {
		return C.relight_respond_unsigned(r.pass(c), c.secret(share), out, c.details)
	})
	defer C.relight_unsigned_response_free(out)
	return UnsignedResponse{newObject(goBytes(&out.response)), string(goBytes(&out.wallet_text))}, err
}

// Complete adds what the wallet made: 64 bytes, without the 65th.
func (r UnsignedResponse) Complete(signature []byte) (Response, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_response_complete(c.object(r), c.bytes(signature), out, c.details)
	})
	return Response{newObject(bytes)}, err
}

// Session is a recovery in progress at a fresh node: one request, and the answers so far. Close it.
type Session struct {
	handle  handle
	context string
}

// SessionState is a session across a restart. It is a secret.
type SessionState struct{ *Secret }

// Ask begins a recovery: it asks the roster to unlock these statements until expiry.
func Ask(roster Roster, statements []Statement, requester []byte, expiry time.Time) (*Session, error) {
	return newSession(roster.context, func(c *call, out **C.relight_session) C.relight_result {
		ask := &C.relight_ask{
			context: c.bytes([]byte(roster.context)), roster: c.object(roster), requester: c.bytes(requester),
			expiry: C.uint64_t(expiry.Unix()),
		}
		ask.statements, ask.statements_len = list(c, statements)
		return C.relight_session_new(ask, out, c.details)
	})
}

// Resume goes on with a session after a restart. The context is that of the roster.
func Resume(context []byte, state SessionState) (*Session, error) {
	return newSession(string(context), func(c *call, out **C.relight_session) C.relight_result {
		return C.relight_session_decode(c.bytes(context), c.secret(state), out, c.details)
	})
}

func newSession(
	context string, work func(c *call, out **C.relight_session) C.relight_result,
) (*Session, error) {
	out := new(*C.relight_session)
	if err := perform(func(c *call) C.relight_result { return work(c, out) }); err != nil {
		return nil, err
	}
	return &Session{handle{pointer: unsafe.Pointer(*out)}, context}, nil
}

// Close wipes and frees the session. Closing it again is harmless.
func (s *Session) Close() {
	s.handle.release(func(p unsafe.Pointer) {
		session := (*C.relight_session)(p)
		C.relight_session_free(&session)
	})
}

func (s *Session) pass(c *call) *C.relight_session { return (*C.relight_session)(s.handle.pass(c)) }

// Attest attaches an attestation about the request's AttestedDigest. This makes another request.
func (s *Session) Attest(attestation []byte) error {
	return perform(func(c *call) C.relight_result {
		return C.relight_session_attest(s.pass(c), c.bytes([]byte(s.context)), c.bytes(attestation), c.details)
	})
}

// Request is the request, to be published.
func (s *Session) Request() (Request, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_session_request(s.pass(c), out, c.details)
	})
	return Request{newObject(bytes)}, err
}

// State is the session, to survive a restart.
func (s *Session) State() (SessionState, error) {
	state, err := makeSecret(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_session_encode(s.pass(c), out, c.details)
	})
	return SessionState{state}, err
}

// Progress is where a recovery stands. The backups can be opened when no more answers are Needed.
type Progress struct {
	Answered, Missing []PartyIndex
	Needed            int
}

func takeProgress(work func(c *call, out *C.relight_progress) C.relight_result) (Progress, error) {
	out := new(C.relight_progress)
	err := perform(func(c *call) C.relight_result { return work(c, out) })
	defer C.relight_progress_free(out)
	return Progress{goIndices(&out.answered), goIndices(&out.missing), int(out.needed)}, err
}

// Progress tells where the recovery stands.
func (s *Session) Progress() (Progress, error) {
	return takeProgress(func(c *call, out *C.relight_progress) C.relight_result {
		return C.relight_session_progress(s.pass(c), out, c.details)
	})
}

// Receive takes an answer. The same answer twice is harmless; a refused one changes nothing.
func (s *Session) Receive(response Response, now time.Time) (Progress, error) {
	return takeProgress(func(c *call, out *C.relight_progress) C.relight_result {
		return C.relight_session_receive(s.pass(c), c.object(response), C.uint64_t(now.Unix()), out, c.details)
	})
}

// UnlockKeys are the keys of all statements of the session.
func (s *Session) UnlockKeys() (*UnlockKeys, error) {
	return newUnlockKeys(func(c *call, out **C.relight_unlock_keys) C.relight_result {
		return C.relight_session_unlock_keys(s.pass(c), out, c.details)
	})
}
