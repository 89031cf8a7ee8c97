//go:build vectors

package relight_test

import (
	"encoding/binary"

	"relight.dev/relight"
)

// operations run a case, and return what is compared with its output.
var operations = map[string]func(in fields) (output, error){
	"secret_key": secretKey, "identity_key": identityKey, "random_key": randomKey, "scalar": scalarPublic, "supermajority": supermajority,
	"blinder_register": blinderRegister, "blinder_registration": blinderRegistration,
	"member_register": memberRegister, "member_registration": memberRegistration,
	"feldman": feldman, "lagrange": lagrange, "interpolate": interpolate,
	"key_share": parseKeyShare, "combine_key_shares": combineKeyShares,
	"derive_public": derivePublic, "derive_secret": deriveSecret, "augment": augment,
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

func identityKey(in fields) (output, error) {
	identity, err := relight.ParseIdentity(in.bytes("key"))
	if err != nil {
		return nil, err
	}
	return output{"identity": must(identity.Public()).Bytes()}, nil
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
	registration, err := relight.Register(in.bytes("context"), get[relight.PartyIndex](in, "index"), identity, key)
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
	for _, identifier := range in.identifiers("identifiers") {
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

// lagrange: the interface combines to the secret itself, which is the value at zero.
func lagrange(in fields) (output, error) {
	if len(in.bytes("at")) > 0 {
		panic("a value at another point")
	}
	var shares []relight.SecretShare
	for i, identifier := range in.identifiers("identifiers") {
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
	return output{"identifier": entry.Identifier.Bytes(), "public_share": entry.PublicShare.Bytes()}, err
}

func interpolate(in fields) (output, error) {
	shares := pairs(in, "shares", func(identifier, share string) relight.PublicShare {
		return relight.PublicShare{Identifier: identifierOf(identifier), Share: relight.NewPoint(unhex(share))}
	})
	polynomial, err := relight.PolynomialFromShares(get[relight.Curve](in, "curve"), get[uint16](in, "threshold"), shares)
	return output{"polynomial": polynomial.Bytes()}, err
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
	b = append(append(b, byte(len(entry.Identifier.Bytes()))), entry.Identifier.Bytes()...)
	b = binary.BigEndian.AppendUint16(b, entry.Threshold)
	return relight.ParseKeyShare(append(b, secret...))
}

// loneShare is a share of a key with threshold 1, for functions that look at nothing but the secret.
func loneShare(epoch uint64, curve relight.Curve, secret []byte) (relight.KeyShare, error) {
	root, err := scalarOf(secret).Public(curve)
	if err != nil {
		return relight.KeyShare{}, err
	}
	entry := relight.Entry{Curve: curve, RootPublicKey: root, Identifier: relight.NewIdentifier(1), Threshold: 1}
	return keyShare(epoch, entry, secret)
}

// curvesOf are the curves of the keys of a ceremony, which has them in its encoding.
func curvesOf(ceremony relight.Ceremony) (curves []relight.Curve) {
	slots := ceremony.Bytes()[2:]
	slots = slots[1+int(slots[0])+8+2+4:]
	for range must(ceremony.Inspect()).Keys {
		curves = append(curves, relight.Curve(binary.BigEndian.Uint16(slots)))
		origin := slots[2]
		slots = slots[3:]
		if origin != 0 {
			slots = slots[4+binary.BigEndian.Uint32(slots):]
		}
		if origin == 1 {
			slots = slots[1+int(slots[0]):]
		}
	}
	return curves
}

func deal(in fields) (output, error) {
	dealer := get[relight.PartyIndex](in, "dealer")
	ceremony, err := relight.ParseCeremony(in.bytes("ceremony"))
	if err != nil {
		return nil, err
	}
	var shares []relight.KeyShare
	curves := append(curvesOf(ceremony), relight.Secp256k1) // the last for a share too many
	for i, secret := range in.list("old_shares") {
		share, err := loneShare(0, curves[min(i, len(curves)-1)], secret)
		if err != nil {
			return nil, err
		}
		shares = append(shares, share)
	}
	playBack(in)
	dealing, err := ceremony.Deal(dealer, identityOf(in), shares...)
	return output{"dealing": dealing.Bytes()}, err
}

func verifyDealing(in fields) (output, error) {
	dealer, err := ceremonyOf(in).Verify(relight.NewDealing(in.bytes("dealing")))
	return output{"dealer": dealer}, err
}

func finish(in fields) (output, error) {
	dealings, key := each(in.list("dealings"), relight.NewDealing), must(relight.ParseMemberKey(in.key("member_key")))
	outcome, err := ceremonyOf(in).Finish(dealings, get[relight.PartyIndex](in, "recipient"), key)
	if err != nil {
		return nil, err
	}
	if must(ceremonyOf(in).FinishPublic(dealings)).Transcript != outcome.Transcript {
		panic("another transcript")
	}
	shareless := each(outcome.Shareless, func(s relight.WithoutShare) [2]int { return [2]int{s.Key, int(s.Party)} })
	return output{
		"shareless": shareless,
		"valid":     append([]relight.PartyIndex{}, outcome.ValidDealers...), "bad": append([]relight.PartyIndex{}, outcome.BadDealers...),
		"polynomials": each(outcome.Keys, relight.Polynomial.Bytes), "transcript": outcome.Transcript,
		"shares": each(outcome.Shares, func(s relight.KeyShare) []byte { return must(s.Scalar()).Expose() }),
	}, nil
}
