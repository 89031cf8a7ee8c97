package networks

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"maps"
	"math/big"
	"slices"
	"sync"
	"testing"

	"github.com/bnb-chain/tss-lib/v2/common"
	"github.com/bnb-chain/tss-lib/v2/eddsa/keygen"
	"github.com/bnb-chain/tss-lib/v2/eddsa/signing"
	"github.com/bnb-chain/tss-lib/v2/tss"
	"relight.dev/relight"
)

// tssThreshold is how many parties may be corrupted: one more can sign.
const tssThreshold = 2

// tssParties are the parties of these names, whose keys are numbers of 256 bits.
func tssParties(names ...string) tss.SortedPartyIDs {
	var parties tss.UnSortedPartyIDs
	for _, name := range names {
		key := sha256.Sum256([]byte(name))
		parties = append(parties, tss.NewPartyID(name, name, new(big.Int).SetBytes(key[:])))
	}
	return tss.SortPartyIDs(parties)
}

// tssRun has parties run a protocol to its end, and returns what each of them gets from it.
func tssRun[T any](
	ids tss.SortedPartyIDs, begin func(*tss.Parameters, chan<- tss.Message, chan<- T) tss.Party,
) (results []T) {
	messages, ends := make(chan tss.Message, 1000), make(chan T, len(ids))
	var parties []tss.Party
	for _, id := range ids {
		parameters := tss.NewParameters(tss.Edwards(), tss.NewPeerContext(ids), id, len(ids), tssThreshold)
		parties = append(parties, begin(parameters, messages, ends))
	}
	for _, party := range parties {
		tssCheck(party.Start())
	}
	for len(results) < len(parties) {
		select {
		case message := <-messages:
			tssDeliver(parties, message)
		case result := <-ends:
			results = append(results, result)
		}
	}
	return results
}

// tssDeliver gives a message to those that it is for: all others if it is a broadcast.
func tssDeliver(parties []tss.Party, message tss.Message) {
	bytes, _, err := message.WireBytes()
	check(err)
	to := message.GetTo()
	for _, party := range parties {
		id := party.PartyID()
		if id.Index != message.GetFrom().Index && (to == nil || to[0].Index == id.Index) {
			_, err := party.UpdateFromBytes(bytes, message.GetFrom(), message.IsBroadcast())
			tssCheck(err)
		}
	}
}

func tssCheck(err *tss.Error) {
	if err != nil {
		panic(err)
	}
}

// tssSign has parties sign a message with what they saved.
func tssSign(ids tss.SortedPartyIDs, saved map[string]keygen.LocalPartySaveData, message []byte) []byte {
	number := new(big.Int).SetBytes(message)
	return tssRun(ids, func(p *tss.Parameters, out chan<- tss.Message, end chan<- *common.SignatureData) tss.Party {
		return signing.NewLocalParty(number, p, saved[p.PartyID().Id], out, end, len(message))
	})[0].Signature
}

// A network of four parties, and what each of them saved.
var (
	tssIDs   = tssParties("a", "b", "c", "d")
	tssSaved = sync.OnceValue(func() []*keygen.LocalPartySaveData { return tssRun(tssIDs, keygen.NewLocalParty) })
)

// TestTss loses a network of tss-lib, and signs with what its backups and its custodian had.
func TestTss(t *testing.T) {
	d, public := tssBackUp(t, tssSaved())

	restored := map[string]keygen.LocalPartySaveData{}
	for _, place := range []int{3, 0, 2} {
		save := must(tssPublic(public, d.network.Keys[0]))
		save.LocalSecrets = must(TssSecrets(tssIDs[place].KeyInt(), d.recover(place)))
		if must(save.OriginalIndex()) != place {
			t.Fatal("the share is another party's")
		}
		restored[tssIDs[place].Id] = save
	}
	signers := tssParties(slices.Collect(maps.Keys(restored))...)
	message := []byte("after the disaster")
	key := ed25519.PublicKey(must(d.network.Keys[0].Inspect()).PublicKey.Bytes())
	signature := tssSign(signers, restored, message)
	if !ed25519.Verify(key, message, signature) || ed25519.Verify(key, []byte("another message"), signature) {
		t.Fatal("the signature does not verify, or is of any message")
	}
}

// tssBackUp has each party make its key share. The custodian also keeps what parties saved without their secrets, in the
// encoding of tss-lib: it is the same for all.
func tssBackUp(t *testing.T, saved []*keygen.LocalPartySaveData) (*drill, []byte) {
	network := relight.Network{Name: []byte("validators"), Epoch: 1}
	network.Keys = append(network.Keys, must(TssCommitment(tssThreshold, *saved[0])))
	holders := make([]holder, len(saved))
	for _, save := range saved {
		place := must(save.OriginalIndex())
		holders[place] = holder{
			tssIDs[place].Id, must(TssIdentifier(save.ShareID)),
			must(TssKeyShare(network.Epoch, must(TssCommitment(tssThreshold, *save)), save.LocalSecrets)),
		}
	}
	public := *saved[0]
	public.LocalSecrets = keygen.LocalSecrets{}
	return backUp(t, existing(), network, holders), must(json.Marshal(public))
}

// tssPublic is what the custodian kept, if it belongs to the key that was audited.
func tssPublic(kept []byte, audited relight.VssCommitment) (public keygen.LocalPartySaveData, err error) {
	check(json.Unmarshal(kept, &public))
	commitment, err := TssCommitment(tssThreshold, public)
	if err == nil && (commitment != audited || must(audited.Inspect()).PublicKey != TssPoint(public.EDDSAPub)) {
		err = errors.New("the public part is of another key")
	}
	return public, err
}

// TestTssFindsAnotherPublicPart has a custodian that kept a public share, or a public key, of another network.
func TestTssFindsAnotherPublicPart(t *testing.T) {
	own, other := *tssSaved()[0], *tssRun(tssIDs, keygen.NewLocalParty)[0]
	audited := must(TssCommitment(tssThreshold, own))
	must(tssPublic(must(json.Marshal(own)), audited))
	wrongKey := own
	wrongKey.EDDSAPub = other.EDDSAPub
	if _, err := tssPublic(must(json.Marshal(wrongKey)), audited); err == nil {
		t.Error("another public key")
	}
	wrongShare := own
	wrongShare.BigXj = slices.Concat(other.BigXj[:1], own.BigXj[1:])
	if _, err := tssPublic(must(json.Marshal(wrongShare)), audited); !errors.Is(err, relight.ErrInconsistentShares) {
		t.Error(err)
	}
}
