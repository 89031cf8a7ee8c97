package relight

// #include <relight.h>
import "C"

import "time"

// Draft is a request that nobody has authorised yet.
type Draft struct{ object }

// ParseDraft decodes a draft.
func ParseDraft(bytes []byte) (Draft, error) { return parse(Draft{newObject(bytes)}, Draft.Inspect) }

// DraftFields is what a request asks, or its draft.
type DraftFields struct {
	// AttestedDigest is what authorisations are for, and what an attestation should be about.
	AttestedDigest Digest
	// Roster is the digest of the roster that it is made for.
	Roster Digest
	// Expiry is the last second at which it is valid, as it says; after the year 9999, the last one of that year.
	Expiry  time.Time
	Network []byte
	// Requester may be anything: quote it before you show it.
	Requester  []byte
	Statements []Digest
	// ShortCode is what two people compare by voice.
	ShortCode string
}

func goDraft(d *C.relight_draft) DraftFields {
	statements := goSlice(d.statements.items, d.statements.len, func(b *C.relight_buffer) Digest {
		return Digest(goBytes(b))
	})
	return DraftFields{
		goDigest(d.attested_digest), goDigest(d.roster), goTime(d.expiry), goBytes(&d.network),
		goBytes(&d.requester), statements, string(goBytes(&d.short_code)),
	}
}

// Inspect tells what the draft asks. Nothing is verified.
func (d Draft) Inspect() (DraftFields, error) {
	out := new(C.relight_draft)
	err := perform(func(c *call) C.relight_result { return C.relight_draft_inspect(c.object(d), out, c.details) })
	defer C.relight_draft_free(out)
	return goDraft(out), err
}

// Text tells the person who has the Blinder what the draft asks, in printable ASCII. All of it is claimed, except what
// it says of the statements, which are known.
func (d Draft) Text(statements []Statement) (string, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		items, n := list(c, statements)
		return C.relight_draft_text(c.object(d), items, n, out, c.details)
	})
	return string(bytes), err
}

// Authorisation is the proof, by who holds the Blinder of a statement, that a request may ask for it.
type Authorisation struct{ object }

// NewAuthorisation takes bytes as they were received. The session verifies them.
func NewAuthorisation(bytes []byte) Authorisation { return Authorisation{newObject(bytes)} }

// Authorise authorises a draft to ask for a statement, on the offline machine that has the Blinder. It holds for this draft
// and this statement only. Show a person the draft first: [Draft.Text].
func (k Blinder) Authorise(draft Draft, statement Statement) (Authorisation, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_authorise(c.object(draft), c.object(statement), c.secret(k), out, c.details)
	})
	return Authorisation{newObject(bytes)}, err
}

// Request is what a fresh node asks of the recovery party.
type Request struct{ object }

// ParseRequest decodes a request.
func ParseRequest(bytes []byte) (Request, error) {
	return parse(Request{newObject(bytes)}, Request.Inspect)
}

// RequestFields is what a request says.
type RequestFields struct {
	// Digest is what answers are bound to.
	Digest Digest
	// DraftFields are what was authorised.
	DraftFields
	Attestation []byte
}

// Inspect tells what the request says. Nothing is verified.
func (r Request) Inspect() (RequestFields, error) {
	out := new(C.relight_request)
	err := perform(func(c *call) C.relight_result { return C.relight_request_inspect(c.object(r), out, c.details) })
	defer C.relight_request_free(out)
	return RequestFields{goDigest(out.digest), goDraft(&out.draft), goBytes(&out.attestation)}, err
}

// Review is what a member looks at before it answers.
type Review struct {
	Request Request
	// Statements are those of the member's verified backups.
	Statements []Statement
	Roster     Roster
	Now        time.Time
}

func (r Review) pass(c *call) *C.relight_review_input {
	passed := &C.relight_review_input{
		request: c.object(r.Request), party: c.bytes([]byte(r.Roster.party)), roster: c.object(r.Roster),
		now: seconds(r.Now),
	}
	passed.statements, passed.statements_len = list(c, r.Statements)
	return passed
}

// Text checks the request and tells a person what it asks, in printable ASCII, what is claimed and what is proved.
// Whether to answer is the member's decision: compare the code by voice.
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

// Respond checks the request and answers it with the member's share of the recovery key, for the statements of these
// digests, or all if there are none. The member's identity is to sign the answer. What is wrong with the member's own share
// is found here.
func (r Review) Respond(share KeyShare, statements ...Digest) (Unsigned[Response], error) {
	return makeUnsigned[Response](func(c *call, out *C.relight_unsigned) C.relight_result {
		items, n := array(c, statements, func(d Digest) C.relight_digest { return *c.digest(d) })
		return C.relight_respond(r.pass(c), c.secret(share), items, n, out, c.details)
	})
}
