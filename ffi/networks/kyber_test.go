package networks

import (
	"fmt"
	"testing"

	"github.com/drand/kyber"
	bls "github.com/drand/kyber-bls12381"
	"github.com/drand/kyber/share"
	"github.com/drand/kyber/share/dkg"
	"github.com/drand/kyber/sign/schnorr"
	"github.com/drand/kyber/sign/tbls"
	"github.com/drand/kyber/util/random"
	"relight.dev/relight"
)

// Keys are in G1 and signatures in G2.
var (
	suite  = bls.NewBLS12381Suite()
	scheme = tbls.NewThresholdSchemeOnG2(suite)
)

// kyberGenerate runs the distributed key generation among n nodes, and returns what each of them has then.
func kyberGenerate(n, threshold int) (keys []*dkg.DistKeyShare) {
	var deals []*dkg.DealBundle
	var responses []*dkg.ResponseBundle
	nodes := kyberNodes(n, threshold)
	for _, node := range nodes {
		deals = append(deals, must(node.Deals()))
	}
	for _, node := range nodes {
		if response := must(node.ProcessDeals(deals)); response != nil {
			responses = append(responses, response)
		}
	}
	for _, node := range nodes {
		result, _, err := node.ProcessResponses(responses)
		keys = append(keys, must(result, err).Key)
	}
	return keys
}

func kyberNodes(n, threshold int) (generators []*dkg.DistKeyGenerator) {
	group := suite.G1().(dkg.Suite)
	longterm, nodes, nonce := make([]kyber.Scalar, n), make([]dkg.Node, n), dkg.GetNonce()
	for i := range nodes {
		longterm[i] = group.Scalar().Pick(random.New())
		nodes[i] = dkg.Node{Index: dkg.Index(i), Public: group.Point().Mul(longterm[i], nil)}
	}
	for i := range nodes {
		generators = append(generators, must(dkg.NewDistKeyHandler(&dkg.Config{
			Suite: group, Longterm: longterm[i], NewNodes: nodes, Threshold: threshold, Nonce: nonce,
			Auth: schnorr.NewScheme(group),
		})))
	}
	return generators
}

// kyberSign has nodes sign a message, and returns the signature under their common key.
func kyberSign(commits []kyber.Point, shares []*share.PriShare, message []byte) ([]byte, error) {
	var parts [][]byte
	for _, own := range shares {
		parts = append(parts, must(scheme.Sign(own, message)))
	}
	return scheme.Recover(share.NewPubPoly(suite.G1(), nil, commits), message, parts, len(commits), len(shares))
}

// TestKyber loses a network of kyber, and signs with what its backups and its custodian had.
func TestKyber(t *testing.T) {
	keys := kyberGenerate(4, 3)
	public := keys[0].Public()
	d := kyberBackUp(t, keys)
	keys = nil // the disaster

	commits := must(KyberCommits(suite.G1(), d.network.Keys[0]))
	var restored []*share.PriShare
	for _, index := range []int{3, 0, 2} {
		restored = append(restored, must(KyberShare(suite.G1(), index, d.recover(index))))
	}
	message := []byte("after the disaster")
	signature := must(kyberSign(commits, restored, message))
	check(scheme.VerifyRecovered(public, message, signature))
	if scheme.VerifyRecovered(public, []byte("another message"), signature) == nil {
		t.Fatal("the signature is of any message")
	}
	restored[0].I = 1
	if _, err := kyberSign(commits, restored, message); err == nil {
		t.Fatal("a share of another node signs")
	}
}

// kyberBackUp has each node make its key share, under the VSS commitment that all of them have.
func kyberBackUp(t *testing.T, keys []*dkg.DistKeyShare) *drill {
	network := relight.Network{Name: []byte("beacon"), Epoch: 1}
	network.Keys = append(network.Keys, must(KyberCommitment(keys[0])))
	var holders []holder
	for _, key := range keys {
		holders = append(holders, holder{
			fmt.Sprintf("beacon-%d", key.Share.I), KyberIdentifier(key.Share.I),
			must(KyberKeyShare(network.Epoch, must(KyberCommitment(key)), key.Share)),
		})
	}
	return backUp(t, existing(), network, holders)
}
