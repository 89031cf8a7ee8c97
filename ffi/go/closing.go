package relight

// #include <relight.h>
import "C"

import "unsafe"

// Confirmation is a recipient's word that it holds these dealings and has its shares from them. It gives it once in a
// ceremony.
type Confirmation struct{ object }

// NewConfirmation takes bytes as they were received. The ceremony verifies them.
func NewConfirmation(bytes []byte) Confirmation { return Confirmation{newObject(bytes)} }

// ConfirmationFields is what a confirmation says.
type ConfirmationFields struct {
	Recipient PartyIndex
	// Transcript is the name of the set of dealings, to compare by voice.
	Transcript Digest
	Dealings   []AgreedDealing
}

// VerifyConfirmation checks a confirmation and tells what it says.
func (y Ceremony) VerifyConfirmation(confirmation Confirmation) (ConfirmationFields, error) {
	out := new(C.relight_confirmation)
	err := perform(func(c *call) C.relight_result {
		return C.relight_confirmation_verify(c.object(y), c.object(confirmation), out, c.details)
	})
	defer C.relight_confirmation_free(out)
	return ConfirmationFields{
		PartyIndex(out.recipient), goDigest(out.transcript), goAgreedDealings(&out.dealings),
	}, err
}

// Confirmations are those of a ceremony, as they arrive. Close frees them.
type Confirmations handle

// NewConfirmations begins to collect the confirmations of a ceremony.
func (y Ceremony) NewConfirmations() (*Confirmations, error) {
	out := new(*C.relight_confirmations)
	err := perform(func(c *call) C.relight_result { return C.relight_confirmations_new(c.object(y), out, c.details) })
	if err != nil {
		return nil, err
	}
	return &Confirmations{pointer: unsafe.Pointer(*out)}, nil
}

// Close frees the confirmations. Closing them again is harmless.
func (f *Confirmations) Close() error {
	return (*handle)(f).close(func(p unsafe.Pointer) {
		confirmations := (*C.relight_confirmations)(p)
		C.relight_confirmations_free(&confirmations)
	})
}

func (f *Confirmations) pass(c *call) *C.relight_confirmations {
	return (*C.relight_confirmations)((*handle)(f).pass(c, f))
}

// Receive takes a confirmation as it was received, if it is valid. It fails with [ErrDoubleConfirmation] if the recipient
// confirmed something else before: the first one counts, and the two are evidence ([TwoConfirmations]).
func (f *Confirmations) Receive(confirmation Confirmation) error {
	return perform(func(c *call) C.relight_result {
		return C.relight_confirmations_receive(f.pass(c), c.object(confirmation), c.details)
	})
}

// ConfirmationsStatus is how far a ceremony is from being closed.
type ConfirmationsStatus struct {
	// MostConfirmed is a confirmation of the set that most recipients confirmed, for [Dealings.ConfirmLike]. It is empty if
	// nobody has.
	MostConfirmed Confirmation `json:",omitzero"`
	// Unconfirmed are the recipients that have not confirmed.
	Unconfirmed []PartyIndex
	// Failed tells that no set can close the ceremony any more, by what was received here. Then it takes another, under a
	// plan with a new nonce. A recipient that lies may have confirmed something else to others: a certificate that appears
	// later counts.
	Failed bool
}

// Status tells how far the ceremony is from being closed.
func (f *Confirmations) Status() (ConfirmationsStatus, error) {
	out := new(C.relight_confirmations_status)
	err := perform(func(c *call) C.relight_result {
		return C.relight_confirmations_inspect(f.pass(c), out, c.details)
	})
	defer C.relight_confirmations_status_free(out)
	return ConfirmationsStatus{
		NewConfirmation(goBytes(&out.most_confirmed)), goIndices(&out.unconfirmed), bool(out.failed),
	}, err
}

// Certificate is the certificate that the ceremony is closed, with all equal confirmations. Keep it with the outcome. Only
// with a certificate may an old share be erased. It fails with [ErrNotClosed] if too few are equal.
func (f *Confirmations) Certificate() (Certificate, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_confirmations_certificate(f.pass(c), out, c.details)
	})
	return Certificate{newObject(bytes)}, err
}

// Certificate is that of a closed ceremony, which anyone can verify at any time.
type Certificate struct{ object }

// NewCertificate takes bytes as they were received. The ceremony verifies them.
func NewCertificate(bytes []byte) Certificate { return Certificate{newObject(bytes)} }

// CertificateFields is what a certificate says.
type CertificateFields struct {
	// Transcript is the name of the set of dealings.
	Transcript Digest
	// Dealings are the closed set.
	Dealings []AgreedDealing
	// Recipients are those that confirmed it.
	Recipients []PartyIndex
}

// VerifyCertificate checks a certificate and tells what it says.
func (y Ceremony) VerifyCertificate(certificate Certificate) (CertificateFields, error) {
	out := new(C.relight_certificate)
	err := perform(func(c *call) C.relight_result {
		return C.relight_certificate_verify(c.object(y), c.object(certificate), out, c.details)
	})
	defer C.relight_certificate_free(out)
	return CertificateFields{
		goDigest(out.transcript), goAgreedDealings(&out.dealings), goIndices(&out.recipients),
	}, err
}

// VouchFor checks a certificate, and that these are the keys that came of the ceremony. It needs no dealings: a custodian
// asks it. It fails with [ErrBadCertificate] if they are not.
func (y Ceremony) VouchFor(certificate Certificate, keys ...VssCommitment) error {
	return perform(func(c *call) C.relight_result {
		items, n := list(c, keys)
		return C.relight_certificate_vouch_for(c.object(y), c.object(certificate), items, n, c.details)
	})
}

// ClosedDealings are those of a closed ceremony, which its certificate names, and no others. Close frees them.
type ClosedDealings handle

// Close frees the dealings. Closing them again is harmless.
func (d *ClosedDealings) Close() error {
	return (*handle)(d).close(func(p unsafe.Pointer) {
		closed := (*C.relight_closed)(p)
		C.relight_closed_free(&closed)
	})
}

func (d *ClosedDealings) pass(c *call) *C.relight_closed {
	return (*C.relight_closed)((*handle)(d).pass(c, d))
}

// ClosedStatus is what a closed ceremony lacks.
type ClosedStatus struct {
	// Missing are the dealings of the closed set that are not there yet. Ask the other parties for them, by their digests.
	Missing []AgreedDealing
	// BadDealers are those that were expelled.
	BadDealers []PartyIndex
}

// Status tells what the closed ceremony lacks.
func (d *ClosedDealings) Status() (ClosedStatus, error) {
	out := new(C.relight_closed_status)
	err := perform(func(c *call) C.relight_result { return C.relight_closed_inspect(d.pass(c), out, c.details) })
	defer C.relight_closed_status_free(out)
	return ClosedStatus{goAgreedDealings(&out.missing), goIndices(&out.bad_dealers)}, err
}

// Receive takes a dealing of the closed set. A second dealing of one of its dealers is evidence against that dealer
// ([TwoDealings]), and changes nothing else.
func (d *ClosedDealings) Receive(dealing Dealing) error {
	return perform(func(c *call) C.relight_result {
		return C.relight_closed_receive(d.pass(c), c.object(dealing), c.details)
	})
}

// WithoutShare is a recipient that has no share of a key, because it would be zero. A dealer that speaks last can do that
// to itself and to as many friends as do not reach the threshold, and to nobody else.
type WithoutShare struct {
	// Key is the key, from zero.
	Key int
	// Party is the recipient.
	Party PartyIndex
}

// Outcome is what a ceremony leads to.
type Outcome struct {
	// Shares are the recipient's, in the order of the keys; there is none of a key of which it is shareless. The public
	// outcome has none.
	Shares []KeyShare
	// Keys are the VSS commitments, in the order of the ceremony.
	Keys []VssCommitment
	// Shareless is who has no share of which key, by key and then by recipient.
	Shareless []WithoutShare
	// Transcript is the name of the set of dealings that they came of.
	Transcript Digest
}

// Destroy wipes the shares.
func (o Outcome) Destroy() {
	for _, share := range o.Shares {
		share.Destroy()
	}
}

// Finish finishes the ceremony for one recipient.
func (d *ClosedDealings) Finish(recipient PartyIndex, key MemberKey) (Outcome, error) {
	return finish(func(c *call, out *C.relight_outcome) C.relight_result {
		return C.relight_closed_finish(d.pass(c), C.uint16_t(recipient), c.secret(key), out, c.details)
	})
}

// FinishPublic finishes the ceremony for anyone.
func (d *ClosedDealings) FinishPublic() (Outcome, error) {
	return finish(func(c *call, out *C.relight_outcome) C.relight_result {
		return C.relight_closed_finish_public(d.pass(c), out, c.details)
	})
}

func finish(work func(c *call, out *C.relight_outcome) C.relight_result) (Outcome, error) {
	out := new(C.relight_outcome)
	err := perform(func(c *call) C.relight_result { return work(c, out) })
	defer C.relight_outcome_free(out)
	return Outcome{
		goShares(&out.shares),
		goSlice(out.keys.items, out.keys.len, func(b *C.relight_buffer) VssCommitment {
			return VssCommitment{newObject(goBytes(b))}
		}),
		goSlice(out.shareless, out.shareless_len, func(s *C.relight_shareless) WithoutShare {
			return WithoutShare{int(s.key), PartyIndex(s.party)}
		}),
		goDigest(out.transcript),
	}, err
}

func goShares(l *C.relight_list) []KeyShare {
	return goSlice(l.items, l.len, func(b *C.relight_buffer) KeyShare { return KeyShare{ownSecret(goBytes(b))} })
}
