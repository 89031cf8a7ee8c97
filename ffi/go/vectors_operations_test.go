//go:build vectors

package relight_test

import (
	"encoding/binary"

	"relight.dev/relight"
)

// operations run a case, and return what is compared with its output.
var operations = map[string]func(in fields) (output, error){
	"secret_key": secretKey, "random_key": randomKey, "scalar": scalarPublic, "supermajority": supermajority,
	"blinder_register": blinderRegister, "blinder_registration": blinderRegistration,
	"member_register": memberRegister, "member_registration": memberRegistration,
	"feldman": feldman, "lagrange": lagrange, "key_share": parseKeyShare,
	"derive_public": derivePublic, "derive_secret": deriveSecret,
	"ceremony": ceremony, "deal": deal, "dealing_verify": verifyDealing, "finish": finish,
	"statement": statement, "backup_create": createBackup, "backup_verify": verifyBackup, "backup_open": openBackup,
	"coverage": coverage, "decryption_share": decryptionShare, "decryption_share_verify": verifyDecryptionShare,
	"decryption_batch": verifyDecryptionShares, "combine": combine,
	"roster": roster, "request": request, "request_create": ask, "review": review, "respond": respond,
	"response": response, "session": session,
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

func scalarOf(secret []byte) relight.Scalar { return relight.Scalar{Secret: relight.NewSecret(secret)} }

// Keys and registrations.

func secretKey(in fields) (output, error) {
	blinder, err := relight.ParseBlinder(in.bytes("key"))
	if err != nil {
		_, err = relight.ParseMemberKey(in.bytes("key"))
		return nil, err
	}
	key := must(must(relight.ParseMemberKey(in.bytes("key"))).Public())
	if string(must(blinder.Public()).Bytes()) != string(key.Bytes()) {
		panic("a Blinder and a member key differ")
	}
	return output{"public": key.Bytes()}, nil
}

func randomKey(in fields) (output, error) {
	playBack(in)
	blinder := must(relight.GenerateBlinder())
	playBack(in)
	key := must(relight.GenerateMemberKey())
	if !key.Equal(blinder.Secret) {
		panic("a Blinder and a member key differ")
	}
	return output{"key": key.Expose()}, nil
}

func blinderRegister(in fields) (output, error) {
	blinder := must(relight.ParseBlinder(in.key("blinder")))
	playBack(in)
	registration, err := blinder.Register(in.bytes("context"), in.bytes("node"))
	return output{"registration": registration.Bytes()}, err
}

func blinderRegistration(in fields) (output, error) {
	registration := relight.NewBlinderRegistration(in.bytes("registration"))
	public, err := registration.Verify(in.bytes("context"), in.bytes("node"))
	return output{"blinder": public.Bytes()}, err
}

func memberRegister(in fields) (output, error) {
	identity, key := identityOf(in), must(relight.ParseMemberKey(in.key("member_key")))
	playBack(in)
	registration, err := relight.Register(in.bytes("context"), get[relight.Index](in, "index"), identity, key)
	return output{"registration": registration.Bytes()}, err
}

func identityOf(in fields) relight.Identity {
	return must(relight.ParseIdentity(in.key("identity_secret")))
}

func memberRegistration(in fields) (output, error) {
	member, err := relight.NewMemberRegistration(in.bytes("registration")).Verify(in.bytes("context"))
	return output{"index": member.Index, "identity": member.Identity.Bytes(), "member_key": member.MemberKey.Bytes()}, err
}

// Sharings and derivation.

func scalarPublic(in fields) (output, error) {
	public, err := scalarOf(in.bytes("scalar")).Public(get[relight.Curve](in, "curve"))
	return output{"public": public.Bytes()}, err
}

func supermajority(in fields) (output, error) {
	threshold, err := relight.Supermajority(get[uint16](in, "parties"))
	return output{"threshold": threshold}, err
}

func feldman(in fields) (output, error) {
	polynomial, err := relight.ParsePolynomial(in.bytes("polynomial"))
	if err != nil {
		return nil, err
	}
	var shares [][]byte
	for _, identifier := range get[[]relight.Index](in, "identifiers") {
		share, err := polynomial.PublicShare(identifier)
		if err != nil {
			return nil, err
		}
		shares = append(shares, share.Bytes())
	}
	key := must(polynomial.Inspect())
	return output{
		"curve": key.Curve, "threshold": key.Threshold, "root_public_key": key.PublicKey.Bytes(), "public_shares": shares,
	}, nil
}

func lagrange(in fields) (output, error) {
	var shares []relight.SecretShare
	for i, identifier := range get[[]relight.Index](in, "identifiers") {
		shares = append(shares, relight.SecretShare{Identifier: identifier, Share: scalarOf(in.list("shares")[i])})
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
	return output{"public_share": entry.PublicShare.Bytes()}, err
}

func derivation(in fields) relight.Derivation {
	curve := get[relight.Curve](in, "curve")
	return relight.Derivation{Curve: curve, Info: in.bytes("identifier"), Tag: in.bytes("dst")}
}

func derivePublic(in fields) (output, error) {
	derived, err := derivation(in).Public(each(in.list("roots"), relight.NewPoint)...)
	return output{"derived": derived.Bytes()}, err
}

func deriveSecret(in fields) (output, error) {
	derived, err := derivation(in).Secret(each(in.list("roots"), scalarOf)...)
	return output{"derived": derived.Expose()}, err
}

// Ceremonies.

func ceremony(in fields) (output, error) {
	ceremony, err := relight.ParseCeremony(in.bytes("ceremony"))
	if err != nil {
		return nil, err
	}
	said := must(ceremony.Inspect())
	return output{"digest": said.Digest, "needed": said.Needed}, nil
}

func ceremonyOf(in fields) relight.Ceremony { return must(relight.ParseCeremony(in.bytes("ceremony"))) }

// keyShare encodes a share with a secret that the vector gives alone.
func keyShare(epoch uint64, entry relight.Entry, secret []byte) (relight.KeyShare, error) {
	b := binary.BigEndian.AppendUint64([]byte{1}, epoch)
	b = binary.BigEndian.AppendUint16(b, uint16(entry.Curve))
	b = append(b, entry.RootPublicKey.Bytes()...)
	b = binary.BigEndian.AppendUint16(b, uint16(entry.Identifier))
	b = binary.BigEndian.AppendUint16(b, entry.Threshold)
	return relight.ParseKeyShare(append(b, secret...))
}

// loneShare is a share of a key with threshold 1, for functions that look at nothing but the secret.
func loneShare(epoch uint64, curve relight.Curve, index relight.Index, secret []byte) relight.KeyShare {
	root := must(scalarOf(secret).Public(curve))
	return must(keyShare(epoch, relight.Entry{Curve: curve, RootPublicKey: root, Identifier: index, Threshold: 1}, secret))
}

// deal: the keys of the vectors are on the curves 1, 2 and so on.
func deal(in fields) (output, error) {
	dealer := get[relight.Index](in, "dealer")
	var shares []relight.KeyShare
	for i, secret := range in.list("old_shares") {
		shares = append(shares, loneShare(0, relight.Curve(i+1), dealer, secret))
	}
	playBack(in)
	dealing, err := ceremonyOf(in).Deal(dealer, identityOf(in), shares...)
	return output{"dealing": dealing.Bytes()}, err
}

func verifyDealing(in fields) (output, error) {
	dealer, err := ceremonyOf(in).Verify(relight.NewDealing(in.bytes("dealing")))
	return output{"dealer": dealer}, err
}

func finish(in fields) (output, error) {
	dealings, key := each(in.list("dealings"), relight.NewDealing), must(relight.ParseMemberKey(in.key("member_key")))
	outcome, err := ceremonyOf(in).Finish(dealings, get[relight.Index](in, "recipient"), key)
	if err != nil {
		return nil, err
	}
	if must(ceremonyOf(in).FinishPublic(dealings)).Transcript != outcome.Transcript {
		panic("another transcript")
	}
	return output{
		"valid": append([]relight.Index{}, outcome.ValidDealers...), "bad": append([]relight.Index{}, outcome.BadDealers...),
		"polynomials": each(outcome.Keys, relight.Polynomial.Bytes), "transcript": outcome.Transcript,
		"shares": each(outcome.Shares, func(s relight.KeyShare) []byte { return must(s.Scalar()).Expose() }),
	}, nil
}
