package relight

// #include <relight.h>
import "C"

import "unsafe"

// Dealing is what a dealer broadcasts.
type Dealing struct{ object }

// NewDealing takes bytes as they were received. The ceremony verifies them.
func NewDealing(bytes []byte) Dealing { return Dealing{newObject(bytes)} }

// Deal makes the dealing of one dealer. When re-sharing it takes the dealer's old shares, in the order of the keys: what is
// wrong with them is found here.
func (y Ceremony) Deal(dealer PartyIndex, identity Identity, oldShares ...KeyShare) (Dealing, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		items, n := secrets(c, oldShares)
		return C.relight_ceremony_deal(
			c.object(y), C.uint16_t(dealer), c.secret(identity), items, n, out, c.details)
	})
	return Dealing{newObject(bytes)}, err
}

// DealUnsigned is Deal for a dealer whose identity lives in a wallet. Randomness is hedged with its member key.
func (y Ceremony) DealUnsigned(dealer PartyIndex, key MemberKey, oldShares ...KeyShare) (Unsigned[Dealing], error) {
	return makeUnsigned[Dealing](func(c *call, out *C.relight_unsigned) C.relight_result {
		items, n := secrets(c, oldShares)
		return C.relight_ceremony_deal_unsigned(
			c.object(y), C.uint16_t(dealer), c.secret(key), items, n, out, c.details)
	})
}

// AgreedDealing is a dealing by its dealer and digest.
type AgreedDealing struct {
	Dealer PartyIndex
	// Digest is that by which it is confirmed and asked for.
	Digest Digest
}

func goAgreedDealing(a *C.relight_agreed_dealing) AgreedDealing {
	return AgreedDealing{PartyIndex(a.dealer), goDigest(a.digest)}
}

func goAgreedDealings(a *C.relight_agreed_dealings) []AgreedDealing {
	return goSlice(a.items, a.len, goAgreedDealing)
}

// Inspect tells who the dealing claims to be of, and its digest. Nothing is verified.
func (d Dealing) Inspect() (AgreedDealing, error) {
	out := new(C.relight_agreed_dealing)
	err := perform(func(c *call) C.relight_result { return C.relight_dealing_inspect(c.object(d), out, c.details) })
	return goAgreedDealing(out), err
}

// Verify checks a dealing and tells who made it, and its digest.
func (y Ceremony) Verify(dealing Dealing) (AgreedDealing, error) {
	out := new(C.relight_agreed_dealing)
	err := perform(func(c *call) C.relight_result {
		return C.relight_dealing_verify(c.object(y), c.object(dealing), out, c.details)
	})
	return goAgreedDealing(out), err
}

// Dealings are those of a ceremony, as they arrive. Nothing comes of them before the ceremony is closed
// ([Dealings.CloseWith]). Close frees them.
type Dealings handle

// NewDealings begins to collect the dealings of a ceremony.
func (y Ceremony) NewDealings() (*Dealings, error) {
	out := new(*C.relight_dealings)
	err := perform(func(c *call) C.relight_result { return C.relight_dealings_new(c.object(y), out, c.details) })
	if err != nil {
		return nil, err
	}
	return &Dealings{pointer: unsafe.Pointer(*out)}, nil
}

// Close frees the dealings. Closing them again is harmless.
func (d *Dealings) Close() error {
	return (*handle)(d).close(func(p unsafe.Pointer) {
		dealings := (*C.relight_dealings)(p)
		C.relight_dealings_free(&dealings)
	})
}

func (d *Dealings) pass(c *call) *C.relight_dealings {
	return (*C.relight_dealings)((*handle)(d).pass(c, d))
}

// Receive takes a dealing as it was received, if it is valid. A dealer that signs a bad one, or two, is expelled: what this
// party confirms goes without it. Keep valid dealings: others may ask for them by their digest.
func (d *Dealings) Receive(dealing Dealing) error {
	return perform(func(c *call) C.relight_result {
		return C.relight_dealings_receive(d.pass(c), c.object(dealing), c.details)
	})
}

// DealingsStatus is which dealings were taken.
type DealingsStatus struct {
	// Valid are those of dealers that were not expelled: what Confirm confirms.
	Valid []AgreedDealing
	// BadDealers are those that were expelled.
	BadDealers []PartyIndex
}

// Status tells which dealings were taken.
func (d *Dealings) Status() (DealingsStatus, error) {
	out := new(C.relight_dealings_status)
	err := perform(func(c *call) C.relight_result { return C.relight_dealings_inspect(d.pass(c), out, c.details) })
	defer C.relight_dealings_status_free(out)
	return DealingsStatus{goAgreedDealings(&out.valid), goIndices(&out.bad_dealers)}, err
}

// Confirm confirms the valid dealings that were taken, for the recipient's identity to sign. Its shares are opened and
// checked first. A recipient confirms once: from then on this gives the same set, whatever arrives. Store the
// confirmation before you send it, and after a restart take it with ConfirmLike.
func (d *Dealings) Confirm(recipient PartyIndex, key MemberKey) (Unsigned[Confirmation], error) {
	return makeUnsigned[Confirmation](func(c *call, out *C.relight_unsigned) C.relight_result {
		return C.relight_dealings_confirm(d.pass(c), C.uint16_t(recipient), c.secret(key), out, c.details)
	})
}

// ConfirmLike confirms the same dealings as another confirmation: the recipient's own from before a restart, or that of
// most others ([ConfirmationsStatus]), so that the ceremony can close.
func (d *Dealings) ConfirmLike(
	other Confirmation, recipient PartyIndex, key MemberKey,
) (Unsigned[Confirmation], error) {
	return makeUnsigned[Confirmation](func(c *call, out *C.relight_unsigned) C.relight_result {
		return C.relight_dealings_confirm_like(
			d.pass(c), c.object(other), C.uint16_t(recipient), c.secret(key), out, c.details)
	})
}

// CloseWith goes on with the closed set alone. The dealings stay open, and are to be closed.
func (d *Dealings) CloseWith(certificate Certificate) (*ClosedDealings, error) {
	out := new(*C.relight_closed)
	err := perform(func(c *call) C.relight_result {
		return C.relight_dealings_close(d.pass(c), c.object(certificate), out, c.details)
	})
	if err != nil {
		return nil, err
	}
	return &ClosedDealings{pointer: unsafe.Pointer(*out)}, nil
}
