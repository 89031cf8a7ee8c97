package relight

// #include <relight.h>
import "C"

import (
	"time"
	"unsafe"
)

// Session is a recovery in progress at a fresh node: one request, and the answers so far. Close it.
type Session handle

// SessionState is a session across a restart. It is a secret.
type SessionState struct{ *Secret }

// Ask begins a recovery: it asks the roster to unlock these statements, from now until expiry, at most a week. Times are
// after 1970-01-01 and before the year 10000, or refused with [ErrInvalidTime], as the zero time is.
func Ask(roster Roster, statements []Statement, requester []byte, now, expiry time.Time) (*Session, error) {
	return newSession(func(c *call, out **C.relight_session) C.relight_result {
		ask := &C.relight_ask{
			party: c.bytes([]byte(roster.party)), roster: c.object(roster), requester: c.bytes(requester),
			now: seconds(now), expiry: seconds(expiry),
		}
		ask.statements, ask.statements_len = list(c, statements)
		return C.relight_session_new(ask, out, c.details)
	})
}

// Resume goes on with a session after a restart. The party is that of the roster.
func Resume(party []byte, state SessionState) (*Session, error) {
	return newSession(func(c *call, out **C.relight_session) C.relight_result {
		return C.relight_session_decode(c.bytes(party), c.secret(state), out, c.details)
	})
}

func newSession(work func(c *call, out **C.relight_session) C.relight_result) (*Session, error) {
	out := new(*C.relight_session)
	if err := perform(func(c *call) C.relight_result { return work(c, out) }); err != nil {
		return nil, err
	}
	return &Session{pointer: unsafe.Pointer(*out)}, nil
}

// Close wipes and frees the session. Closing it again is harmless.
func (s *Session) Close() error {
	return (*handle)(s).close(func(p unsafe.Pointer) {
		session := (*C.relight_session)(p)
		C.relight_session_free(&session)
	})
}

func (s *Session) pass(c *call) *C.relight_session {
	return (*C.relight_session)((*handle)(s).pass(c, s))
}

// Draft is what the holders of the Blinders are to authorise.
func (s *Session) Draft() (Draft, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_session_draft(s.pass(c), out, c.details)
	})
	return Draft{newObject(bytes)}, err
}

// Authorise takes the authorisation of one of the statements. A second one for the same statement changes nothing.
func (s *Session) Authorise(authorisation Authorisation) error {
	return perform(func(c *call) C.relight_result {
		return C.relight_session_authorise(s.pass(c), c.object(authorisation), c.details)
	})
}

// Attest attaches an attestation about the draft's AttestedDigest: once, and before any answer arrives, for it is part of
// the request. Authorisations hold for any attestation. The same again changes nothing.
func (s *Session) Attest(attestation []byte) error {
	return perform(func(c *call) C.relight_result {
		return C.relight_session_attest(s.pass(c), c.bytes(attestation), c.details)
	})
}

// Request is the request, to be published when every statement is authorised. An error of [ErrUnauthorised] has the
// place of the first that is not.
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
	// Answered have answered for every statement, Missing have not, or not for every one.
	Answered, Missing []PartyIndex
	// Needed is how many more answers it takes for the statement that lacks most.
	Needed int
	// Statements is how many more answers each statement takes, in the order of the request.
	Statements []int
}

func takeProgress(work func(c *call, out *C.relight_progress) C.relight_result) (Progress, error) {
	out := new(C.relight_progress)
	err := perform(func(c *call) C.relight_result { return work(c, out) })
	defer C.relight_progress_free(out)
	return Progress{
		goIndices(&out.answered), goIndices(&out.missing), int(out.needed),
		goSlice(out.statements, out.statements_len, func(needed *C.uint16_t) int { return int(*needed) }),
	}, err
}

// Progress tells where the recovery stands.
func (s *Session) Progress() (Progress, error) {
	return takeProgress(func(c *call, out *C.relight_progress) C.relight_result {
		return C.relight_session_progress(s.pass(c), out, c.details)
	})
}

// Receive takes an answer, for some or all of the statements. The same answer twice is harmless; a refused one changes
// nothing. What a member itself did wrong, [Session.Accuse] can show. A time that [Ask] would refuse, it refuses.
func (s *Session) Receive(response Response, now time.Time) (Progress, error) {
	return takeProgress(func(c *call, out *C.relight_progress) C.relight_result {
		return C.relight_session_receive(s.pass(c), c.object(response), seconds(now), out, c.details)
	})
}

// UnlockKey is the key of one statement of the session.
func (s *Session) UnlockKey(statement Digest) (*UnlockKeys, error) {
	return newUnlockKeys(func(c *call, out **C.relight_unlock_keys) C.relight_result {
		return C.relight_session_unlock_key(s.pass(c), c.digest(statement), out, c.details)
	})
}

// UnlockKeys are the keys of all statements of the session.
func (s *Session) UnlockKeys() (*UnlockKeys, error) {
	return newUnlockKeys(func(c *call, out **C.relight_unlock_keys) C.relight_result {
		return C.relight_session_unlock_keys(s.pass(c), out, c.details)
	})
}

// Accusation shows anyone that a member signed a bad answer.
type Accusation struct{ object }

// NewAccusation takes bytes as they were received. Verify checks them.
func NewAccusation(bytes []byte) Accusation { return Accusation{newObject(bytes)} }

// Accuse shows anyone that a member signed a bad answer. It publishes the key to that member's answers to this request:
// who has one of them can read it. It fails with [ErrNoEvidence] if nothing is wrong with the answer.
func (s *Session) Accuse(response Response) (Accusation, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_session_accuse(s.pass(c), c.object(response), out, c.details)
	})
	return Accusation{newObject(bytes)}, err
}

// Verify returns the member that the accusation is against. The statements are those of the backups given.
func (a Accusation) Verify(roster Roster, statements []Statement) (PartyIndex, error) {
	out := new(C.uint16_t)
	err := perform(func(c *call) C.relight_result {
		items, n := list(c, statements)
		return C.relight_accusation_verify(
			c.object(a), c.bytes([]byte(roster.party)), c.object(roster), items, n, out, c.details)
	})
	return PartyIndex(*out), err
}
