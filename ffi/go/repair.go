package relight

// #include <relight.h>
import "C"

// Helper is a party that helps in a repair: it holds a share.
type Helper struct {
	Index PartyIndex
	// Identity signs its dealings and confirmations, MemberKey is what it receives its part with.
	Identity  IdentityPublicKey
	MemberKey MemberPublicKey
	// Identifier is where its share lies; the zero value is that of its index.
	Identifier Identifier `json:",omitzero"`
}

// Repair is how one party gets a share of each of some keys, lost or new, from parties that hold other shares. All other
// shares stay as they are.
//
// The helpers first share the receiver's share among themselves ([Repair.Prepare]), and then hand that over to the
// receiver ([Repair.HandOver]). So the receiver learns its own share and no other, and helpers fewer than the threshold
// learn nothing.
type Repair struct {
	Parameters Parameters
	// Name is the application's name for the two ceremonies.
	Name []byte
	// Nonce makes them others than all before them: [NewNonce].
	Nonce Nonce
	// Epoch is that of the sharings, which stays.
	Epoch uint64
	// Keys are the VSS commitments of the keys of which the receiver gets a share.
	Keys []VssCommitment
	// Helpers are as many as the greatest threshold or more, by ascending index.
	Helpers []Helper
	// Receiver gets the shares. Its identifier is where they lie.
	Receiver Recipient
}

func (r Repair) pass(c *call) *C.relight_repair {
	passed := &C.relight_repair{
		parameters: C.uint8_t(r.Parameters), name: c.bytes(r.Name), nonce: c.bytes(r.Nonce[:]),
		epoch: C.uint64_t(r.Epoch), receiver: r.Receiver.pass(c),
	}
	passed.keys, passed.keys_len = list(c, r.Keys)
	passed.helpers, passed.helpers_len = array(c, r.Helpers, func(h Helper) C.relight_helper {
		return C.relight_helper{
			index: C.uint16_t(h.Index), identity: c.object(h.Identity), member_key: c.object(h.MemberKey),
			identifier: c.object(h.Identifier),
		}
	})
	return passed
}

// Prepare makes the first ceremony. The helpers deal in it with their shares of the keys, and each finishes it.
func (r Repair) Prepare() (Ceremony, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_repair_prepare(r.pass(c), out, c.details)
	})
	return Ceremony{newObject(bytes)}, err
}

// HandOver makes the second ceremony, from the outcome of the first. The helpers deal in it with the shares that they
// have from the first, and the receiver finishes it.
func (r Repair) HandOver(first Outcome) (Ceremony, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		items, n := list(c, first.Keys)
		return C.relight_repair_hand_over(r.pass(c), items, n, out, c.details)
	})
	return Ceremony{newObject(bytes)}, err
}

// Finish returns the receiver's shares, in the order of the keys, from its outcome of the second ceremony. It fails if
// they are not what the receiver was to get.
func (r Repair) Finish(second Outcome) ([]KeyShare, error) {
	out := new(C.relight_list)
	err := perform(func(c *call) C.relight_result {
		items, n := secrets(c, second.Shares)
		return C.relight_repair_finish(r.pass(c), items, n, out, c.details)
	})
	defer C.relight_list_free(out)
	return goShares(out), err
}
