package networks

import (
	"math/big"
	"slices"

	"github.com/bnb-chain/tss-lib/v2/crypto"
	"github.com/bnb-chain/tss-lib/v2/eddsa/keygen"
	"github.com/decred/dcrd/dcrec/edwards/v2"
	"relight.dev/relight"
)

// TssIdentifier is where the share of a party lies: at its key, whose 256 bits both sides take modulo the order.
func TssIdentifier(party *big.Int) (relight.Identifier, error) {
	return relight.IdentifierFromBigEndian(party.Bytes())
}

// TssPoint is a public key or public share of the EdDSA key generation.
func TssPoint(point *crypto.ECPoint) relight.Point {
	return relight.NewPoint(edwards.NewPublicKey(point.X(), point.Y()).Serialize())
}

// TssCommitment is the VSS commitment of a key, of which every party has the public shares. tss-lib calls threshold how
// many parties may be corrupted: one more can sign.
func TssCommitment(threshold int, public keygen.LocalPartySaveData) (relight.VssCommitment, error) {
	shares := make([]relight.PublicShare, len(public.Ks))
	for j, party := range public.Ks {
		identifier, err := TssIdentifier(party)
		if err != nil {
			return relight.VssCommitment{}, err
		}
		shares[j] = relight.PublicShare{Identifier: identifier, Share: TssPoint(public.BigXj[j])}
	}
	return relight.VssCommitmentFromShares(relight.Ed25519, uint16(threshold)+1, shares)
}

// TssKeyShare is what a party backs up. Its scalar is little-endian on Ed25519.
func TssKeyShare(epoch uint64, commitment relight.VssCommitment, own keygen.LocalSecrets) (relight.KeyShare, error) {
	identifier, err := TssIdentifier(own.ShareID)
	if err != nil {
		return relight.KeyShare{}, err
	}
	bytes := own.Xi.FillBytes(make([]byte, 32))
	defer clear(bytes)
	slices.Reverse(bytes)
	secret := relight.NewScalar(bytes)
	defer secret.Destroy()
	return relight.NewKeyShare(epoch, commitment, identifier, secret)
}

// TssSecrets is the secret part of what a restored party signs with. The public part is the same for all parties.
func TssSecrets(party *big.Int, restored relight.KeyShare) (keygen.LocalSecrets, error) {
	secret, err := restored.Scalar()
	defer secret.Destroy()
	bytes := secret.Expose()
	defer clear(bytes)
	slices.Reverse(bytes)
	return keygen.LocalSecrets{Xi: new(big.Int).SetBytes(bytes), ShareID: party}, err
}
