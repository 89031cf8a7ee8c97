//go:build vectors

package relight_test

import (
	"crypto/sha3"
	"encoding/binary"

	"relight.dev/relight"
)

// secretObject is a secret with its version, kind and checksum, of which the vectors may give the body alone.
func secretObject(kind relight.Kind, body []byte) []byte {
	content := append([]byte{1, byte(kind)}, body...)
	hash := sha3.NewSHAKE256()
	for _, part := range [][]byte{[]byte("relight-v1"), []byte("checksum"), content} {
		_, _ = hash.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
		_, _ = hash.Write(part)
	}
	checksum := make([]byte, 8)
	_, _ = hash.Read(checksum)
	return append(content, checksum...)
}

func (in fields) identity(name string) relight.Identity {
	return must(relight.ParseIdentity(secretObject(relight.KindIdentity, in.bytes(name))))
}

func (in fields) memberKey() relight.MemberKey {
	return must(relight.ParseMemberKey(secretObject(relight.KindMemberKey, in.bytes("member_key"))))
}

func (in fields) blinder() relight.Blinder {
	return must(relight.ParseBlinder(secretObject(relight.KindBlinder, in.bytes("blinder"))))
}

func secretKey(in fields) (output, error) {
	bytes := in.bytes("key")
	switch get[relight.Kind](in, "kind") {
	case relight.KindIdentity:
		return publicKey(bytes, relight.ParseIdentity, relight.Identity.Public)
	case relight.KindMemberKey:
		return publicKey(bytes, relight.ParseMemberKey, relight.MemberKey.Public)
	default:
		return publicKey(bytes, relight.ParseBlinder, relight.Blinder.Public)
	}
}

func publicKey[S any, P interface{ Bytes() []byte }](
	bytes []byte, parse func([]byte) (S, error), public func(S) (P, error),
) (output, error) {
	secret, err := parse(bytes)
	if err != nil {
		return nil, err
	}
	return output{"public": must(public(secret)).Bytes()}, nil
}

func randomKey(in fields) (output, error) {
	playBack(in)
	blinder := must(relight.GenerateBlinder())
	playBack(in)
	key := must(relight.GenerateMemberKey())
	if string(must(key.Public()).Bytes()) != string(must(blinder.Public()).Bytes()) {
		panic("a Blinder and a member key differ")
	}
	return output{"key": blinder.Expose()}, nil
}

// Wallets.

func address(in fields) (output, error) {
	found, err := relight.NewIdentityPublicKey(in.bytes("identity")).Address()
	return output{"address": found[:], "text": found.String()}, err
}

func introduce(in fields) (output, error) {
	var known *relight.Address
	if bytes := in.bytes("address"); len(bytes) > 0 {
		address := relight.Address(bytes)
		known = &address
	}
	identity, err := relight.Introduce(in.bytes("party"), known, in.bytes("returned"))
	return output{"identity": identity.Bytes()}, err
}

// unsignedForm is an unsigned object.
type unsignedForm[T any] interface {
	Bytes() []byte
	WalletText() (string, error)
	Sign(identity relight.Identity) (T, error)
}

// signed is what is to be signed, and the whole object under a name, signed with a key.
func signed[T interface{ Bytes() []byte }](name string, form unsignedForm[T], identity relight.Identity) (output, error) {
	whole, err := form.Sign(identity)
	if err != nil {
		return nil, err
	}
	return output{"body": form.Bytes(), "wallet_text": must(form.WalletText()), name: whole.Bytes()}, nil
}

// Registrations.

func blinderRegister(in fields) (output, error) {
	operator, blinder := in.identity("operator_secret"), in.blinder()
	playBack(in)
	var form relight.Unsigned[relight.BlinderRegistration]
	var err error
	if previous := in.bytes("previous"); len(previous) > 0 {
		form, err = relight.NewBlinderRegistration(previous).Successor(blinder)
	} else {
		form, err = blinder.Register(in.bytes("network"), in.bytes("node"), must(operator.Public()))
	}
	if err != nil {
		return nil, err
	}
	return signed("registration", form, operator)
}

func blinderRegistration(in fields) (output, error) {
	registration := relight.NewBlinderRegistration(in.bytes("registration"))
	operator := relight.NewIdentityPublicKey(in.bytes("operator"))
	public, err := registration.Verify(in.bytes("network"), in.bytes("node"), operator)
	if err != nil {
		return nil, err
	}
	said := must(registration.Inspect())
	return output{"blinder": public.Bytes(), "serial": said.Serial, "digest": said.Digest}, nil
}

func blinderSuccession(in fields) (output, error) {
	known := relight.NewBlinderRegistration(in.bytes("known"))
	return output{}, known.CheckSuccessor(relight.NewBlinderRegistration(in.bytes("next")))
}

func memberRegister(in fields) (output, error) {
	identity, key := in.identity("identity_secret"), in.memberKey()
	playBack(in)
	var form relight.Unsigned[relight.MemberRegistration]
	var err error
	if previous := in.bytes("previous"); len(previous) > 0 {
		form, err = relight.NewMemberRegistration(previous).Successor(key)
	} else {
		form, err = key.Register(in.bytes("party"), get[relight.PartyIndex](in, "index"), must(identity.Public()))
	}
	if err != nil {
		return nil, err
	}
	return signed("registration", form, identity)
}

func memberRegistration(in fields) (output, error) {
	member, err := relight.NewMemberRegistration(in.bytes("registration")).Verify(in.bytes("party"))
	return output{
		"index": member.Index, "identity": member.Identity.Bytes(), "member_key": member.MemberKey.Bytes(),
		"serial": member.Serial, "digest": member.Digest,
	}, err
}

func memberSuccession(in fields) (output, error) {
	known := relight.NewMemberRegistration(in.bytes("known"))
	return output{}, known.CheckSuccessor(relight.NewMemberRegistration(in.bytes("next")))
}
