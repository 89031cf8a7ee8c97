package relight

// #include <relight.h>
import "C"

// Evidence is what a party of a ceremony signed and should not have. Anyone who knows the ceremony can verify it.
type Evidence struct{ object }

// NewEvidence takes bytes as they were received. Verify checks them.
func NewEvidence(bytes []byte) Evidence { return Evidence{newObject(bytes)} }

func newEvidence(work func(c *call, out *C.relight_buffer) C.relight_result) (Evidence, error) {
	bytes, err := makeBytes(work)
	return NewEvidence(bytes), err
}

// BadDealing is a dealing that is signed and bad.
func BadDealing(dealing Dealing) (Evidence, error) {
	return newEvidence(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_evidence_bad_dealing(c.object(dealing), out, c.details)
	})
}

// TwoDealings are two different dealings of one dealer.
func TwoDealings(dealing, other Dealing) (Evidence, error) {
	return newEvidence(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_evidence_two_dealings(c.object(dealing), c.object(other), out, c.details)
	})
}

// TwoConfirmations are two different confirmations of one recipient.
func TwoConfirmations(confirmation, other Confirmation) (Evidence, error) {
	return newEvidence(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_evidence_two_confirmations(c.object(confirmation), c.object(other), out, c.details)
	})
}

// Culprit is the party that evidence is against: a dealer with its fault, or a recipient that signed two confirmations. The
// other one is zero.
type Culprit struct {
	Dealer, Recipient PartyIndex
	Fault             Fault
}

// Verify tells whom the evidence is against. It fails with [ErrNoEvidence] if it proves nothing against anyone.
func (e Evidence) Verify(ceremony Ceremony) (Culprit, error) {
	out := new(C.relight_culprit)
	err := perform(func(c *call) C.relight_result {
		return C.relight_evidence_verify(c.object(ceremony), c.object(e), out, c.details)
	})
	return Culprit{PartyIndex(out.dealer), PartyIndex(out.recipient), Fault(out.fault)}, err
}
