package networks

import (
	"errors"

	"github.com/drand/kyber"
	"github.com/drand/kyber/share"
	"github.com/drand/kyber/share/dkg"
	"relight.dev/relight"
)

// KyberIdentifier is where the share of a node lies: kyber counts its nodes from zero.
func KyberIdentifier(index int) relight.Identifier { return relight.NewIdentifier(uint64(index) + 1) }

// KyberCommitment is the VSS commitment of a key, which every node has.
func KyberCommitment(key *dkg.DistKeyShare) (relight.VssCommitment, error) {
	points := make([]relight.Point, len(key.Commits))
	for i, commit := range key.Commits {
		bytes, err := commit.MarshalBinary()
		if err != nil {
			return relight.VssCommitment{}, err
		}
		points[i] = relight.NewPoint(bytes)
	}
	return relight.NewVssCommitment(relight.BLS12381_G1, points...)
}

// KyberKeyShare is what a node backs up.
func KyberKeyShare(epoch uint64, commitment relight.VssCommitment, own *share.PriShare) (relight.KeyShare, error) {
	bytes, err := own.V.MarshalBinary()
	if err != nil {
		return relight.KeyShare{}, err
	}
	defer clear(bytes)
	secret := relight.NewScalar(bytes)
	defer secret.Destroy()
	return relight.NewKeyShare(epoch, commitment, KyberIdentifier(own.I), secret)
}

// KyberCommits is what KyberCommitment was made of. The group is that of the keys.
func KyberCommits(group kyber.Group, commitment relight.VssCommitment) (commits []kyber.Point, err error) {
	fields, err := commitment.Inspect()
	for _, point := range fields.CoefficientCommitments {
		commit := group.Point()
		err = errors.Join(err, commit.UnmarshalBinary(point.Bytes()))
		commits = append(commits, commit)
	}
	return commits, err
}

// KyberShare is what a restored node signs with.
func KyberShare(group kyber.Group, index int, restored relight.KeyShare) (*share.PriShare, error) {
	secret, err := restored.Scalar()
	defer secret.Destroy()
	bytes := secret.Expose()
	defer clear(bytes)
	own := &share.PriShare{I: index, V: group.Scalar()}
	return own, errors.Join(err, own.V.UnmarshalBinary(bytes))
}
