//go:build vectors

package relight_test

import (
	"encoding/binary"

	"relight.dev/relight"
)

// operations run a case, and return what is compared with its output.
var operations = map[string]func(in fields) (output, error){
	"secret_key": secretKey, "random_key": randomKey, "address": address, "introduce": introduce,
	"blinder_register": blinderRegister, "blinder_registration": blinderRegistration,
	"blinder_succession": blinderSuccession, "member_register": memberRegister,
	"member_registration": memberRegistration, "member_succession": memberSuccession,
	"scalar": scalarPublic, "supermajority": supermajority, "feldman": feldman, "lagrange": lagrange,
	"interpolate": interpolate, "key_share": parseKeyShare, "combine_key_shares": combineKeyShares,
	"derive_public": derivePublic, "derive_secret": deriveSecret, "augment": augment,
	"ceremony": ceremony, "deal": deal, "dealing_verify": verifyDealing, "receive": receiveDealings,
	"confirm": confirmDealings, "confirmation_verify": verifyConfirmation, "confirmations": receiveConfirmations,
	"certificate": certify, "certificate_verify": verifyCertificate, "finish": finish, "evidence_verify": verifyEvidence,
	"statement": statement, "backup_create": createBackup, "backup_verify": verifyBackup, "backup_open": openBackup,
	"coverage": coverage, "decryption_share": decryptionShare, "decryption_share_verify": verifyDecryptionShare,
	"decryption_batch": verifyDecryptionShares, "combine": combine, "roster": roster, "request_draft": requestDraft,
	"authorise": authorise, "request": request, "request_create": ask, "request_complete": completeRequest,
	"review": review, "respond": respond, "response": response, "session": session, "session_load": loadSession,
	"accuse": accuse, "accusation_verify": verifyAccusation, "bundle_verify": verifyBundle,
}

// playBack plays back the randomness of the case from here on.
func playBack(in fields) {
	if err := relight.PlayBack(in.list("randomness")...); err != nil {
		panic(err)
	}
}

func each[T, U any](items []T, convert func(T) U) []U {
	converted := []U{}
	for _, item := range items {
		converted = append(converted, convert(item))
	}
	return converted
}

// Sharings and derivation.

func scalarPublic(in fields) (output, error) {
	public, err := relight.NewScalar(in.bytes("scalar")).Public(get[relight.Curve](in, "curve"))
	return output{"public": public.Bytes()}, err
}

func supermajority(in fields) (output, error) {
	threshold, err := relight.Supermajority(get[int](in, "parties"))
	return output{"threshold": threshold}, err
}

func feldman(in fields) (output, error) {
	commitment, err := relight.ParseVssCommitment(in.bytes("commitment"))
	if err != nil {
		return nil, err
	}
	var shares [][]byte
	for _, identifier := range in.identifiers("identifiers") {
		share, err := commitment.PublicShare(identifier)
		if err != nil {
			return nil, err
		}
		shares = append(shares, share.Bytes())
	}
	key := must(commitment.Inspect())
	if must(relight.NewVssCommitment(key.Curve, key.CoefficientCommitments...)) != commitment {
		panic("another VSS commitment")
	}
	return output{
		"curve": key.Curve, "threshold": key.Threshold, "public_key": key.PublicKey.Bytes(), "public_shares": shares,
	}, nil
}

// lagrange: the interface combines to the secret itself, which is the value at zero.
func lagrange(in fields) (output, error) {
	if len(in.bytes("at")) > 0 {
		panic("a value at another point")
	}
	var shares []relight.SecretShare
	for i, identifier := range in.identifiers("identifiers") {
		shares = append(shares, relight.SecretShare{Identifier: identifier, Share: relight.NewScalar(in.list("shares")[i])})
	}
	secret, err := relight.CombineSecret(get[relight.Curve](in, "curve"), shares)
	return output{"secret": secret.Expose()}, err
}

func parseKeyShare(in fields) (output, error) {
	share, err := relight.ParseKeyShare(in.bytes("key_share"))
	if err != nil {
		return nil, err
	}
	entry, _, err := share.Inspect()
	return output{"identifier": entry.Identifier.Bytes(), "public_share": entry.PublicShare.Bytes()}, err
}

func interpolate(in fields) (output, error) {
	shares := pairs(in, "shares", func(identifier, share string) relight.PublicShare {
		return relight.PublicShare{Identifier: identifierOf(identifier), Share: relight.NewPoint(unhex(share))}
	})
	commitment, err := relight.VssCommitmentFromShares(get[relight.Curve](in, "curve"), get[uint16](in, "threshold"), shares)
	return output{"commitment": commitment.Bytes()}, err
}

func combineKeyShares(in fields) (output, error) {
	shares := each(in.list("key_shares"), func(b []byte) relight.KeyShare {
		return relight.KeyShare{Secret: relight.NewSecret(b)}
	})
	secret, err := relight.CombineKeyShares(shares...)
	return output{"secret": secret.Expose()}, err
}

func augment(in fields) (output, error) {
	curve, public := get[relight.Curve](in, "curve"), relight.NewPoint(in.bytes("public"))
	augmented, err := relight.Augment(curve, public, in.bytes("message"))
	return output{"augmented": augmented}, err
}

func derivation(in fields) relight.Derivation {
	curve := get[relight.Curve](in, "curve")
	return relight.Derivation{Curve: curve, Info: in.bytes("info"), Tag: in.bytes("dst")}
}

func derivePublic(in fields) (output, error) {
	derived, err := derivation(in).Public(each(in.list("roots"), relight.NewPoint)...)
	return output{"derived": derived.Bytes()}, err
}

func deriveSecret(in fields) (output, error) {
	derived, err := derivation(in).Secret(each(in.list("roots"), relight.NewScalar)...)
	return output{"derived": derived.Expose()}, err
}

// keyShare encodes a share with a secret that the vector gives alone.
func keyShare(epoch uint64, entry relight.Entry, secret []byte) (relight.KeyShare, error) {
	b := binary.BigEndian.AppendUint64(nil, epoch)
	b = binary.BigEndian.AppendUint16(b, uint16(entry.Curve))
	b = append(b, entry.PublicKey.Bytes()...)
	b = append(append(b, byte(len(entry.Identifier.Bytes()))), entry.Identifier.Bytes()...)
	b = binary.BigEndian.AppendUint16(b, entry.Threshold)
	return relight.ParseKeyShare(secretObject(relight.KindKeyShare, append(b, secret...)))
}

// loneShare is a share of a key with threshold 1, for functions that look at nothing but the secret.
func loneShare(epoch uint64, curve relight.Curve, secret []byte) (relight.KeyShare, error) {
	root, err := relight.NewScalar(secret).Public(curve)
	if err != nil {
		return relight.KeyShare{}, err
	}
	entry := relight.Entry{Curve: curve, PublicKey: root, Identifier: relight.NewIdentifier(1), Threshold: 1}
	return keyShare(epoch, entry, secret)
}
