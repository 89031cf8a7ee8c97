package relight_test

import (
	"bytes"
	"encoding"
	"sync"
	"testing"
	"time"

	"relight.dev/relight"
)

// decoder decodes bytes, and encodes what comes of it again.
type decoder struct {
	name   string
	decode func(b []byte) (encoded []byte, err error)
}

// decoders are all functions that decode bytes, each at its number.
var decoders = []decoder{
	{"statement", func(b []byte) ([]byte, error) { o, err := relight.ParseStatement(b); return o.Bytes(), err }},
	{"backup", func(b []byte) ([]byte, error) { _, err := relight.NewBackup(b).Claim(); return b, err }},
	{"ceremony", func(b []byte) ([]byte, error) { o, err := relight.ParseCeremony(b); return o.Bytes(), err }},
	{"commitment", func(b []byte) ([]byte, error) { o, err := relight.ParseVssCommitment(b); return o.Bytes(), err }},
	{"request", func(b []byte) ([]byte, error) { o, err := relight.ParseRequest(b); return o.Bytes(), err }},
	{"roster", func(b []byte) ([]byte, error) {
		o, err := relight.ParseRoster([]byte("party"), b)
		return o.Bytes(), err
	}},
	{"key share", func(b []byte) ([]byte, error) { o, err := relight.ParseKeyShare(b); return o.Expose(), err }},
	{"identity", func(b []byte) ([]byte, error) { o, err := relight.ParseIdentity(b); return o.Expose(), err }},
	{"member key", func(b []byte) ([]byte, error) { o, err := relight.ParseMemberKey(b); return o.Expose(), err }},
	{"Blinder", func(b []byte) ([]byte, error) { o, err := relight.ParseBlinder(b); return o.Expose(), err }},
	{"response", func(b []byte) ([]byte, error) { _, err := relight.NewResponse(b).Member(); return b, err }},
	{"blinder registration", func(b []byte) ([]byte, error) {
		_, err := relight.NewBlinderRegistration(b).Inspect()
		return b, err
	}},
	{"member registration", func(b []byte) ([]byte, error) {
		_, err := relight.NewMemberRegistration(b).Verify([]byte("party"))
		return b, err
	}},
	{"decryption share", func(b []byte) ([]byte, error) {
		w := shared()
		party, digest := must(w.roster.Inspect()).Party, must(w.statements[0].Inspect()).Digest
		return b, party.Verify(digest, relight.NewDecryptionShare(b))
	}},
	{"point", func(b []byte) ([]byte, error) {
		_, err := user.Public(relight.NewPoint(b), shared().roots()[0])
		return b, err
	}},
	{"scalar", func(b []byte) ([]byte, error) {
		_, err := relight.Scalar{Secret: relight.NewSecret(b)}.Public(relight.BLS12381_G1)
		return b, err
	}},
	{"identifier", func(b []byte) ([]byte, error) { i, err := relight.ParseIdentifier(b); return i.Bytes(), err }},
	{"public keys of a ceremony", func(b []byte) ([]byte, error) {
		_, err := relight.NewCeremony(relight.Plan{
			Parameters: relight.Fast, Threshold: 1, Keys: relight.Generate(curves...),
			Dealers:    []relight.Dealer{{Index: 1, Identity: relight.NewIdentityPublicKey(b)}},
			Recipients: []relight.Recipient{{Index: 1, MemberKey: relight.NewMemberPublicKey(b)}},
		})
		return b, err
	}},
	{"public keys of a network", func(b []byte) ([]byte, error) {
		network := shared().network
		network.RecoveryKey = relight.NewRecoveryKey(b)
		_, err := network.Statement(relight.Node{
			Identifier: relight.NewIdentifier(1), Operator: relight.NewIdentityPublicKey(b),
			Registrations: []relight.BlinderRegistration{relight.NewBlinderRegistration(b)},
		})
		return b, err
	}},
	{"wallet signature", func(b []byte) ([]byte, error) { _, err := unsigned().Complete(b); return b, err }},
	{"introduction", func(b []byte) ([]byte, error) {
		_, err := relight.Introduce([]byte("network"), nil, b)
		return b, err
	}},
	{"signed body", func(b []byte) ([]byte, error) {
		identity := shared().members[0].identity
		_, err := relight.NewUnsigned[relight.Confirmation](b, must(identity.Public())).Sign(identity)
		return b, err
	}},
	{"draft", func(b []byte) ([]byte, error) { o, err := relight.ParseDraft(b); return o.Bytes(), err }},
	{"dealing", func(b []byte) ([]byte, error) { _, err := relight.NewDealing(b).Inspect(); return b, err }},
	{"accusation", func(b []byte) ([]byte, error) {
		_, err := relight.NewAccusation(b).Verify(shared().roster, shared().statements)
		return b, err
	}},
	{"session", func(b []byte) ([]byte, error) {
		session, err := relight.Resume([]byte("party"), relight.SessionState{Secret: relight.NewSecret(b)})
		if err == nil {
			session.Close()
		}
		return b, err
	}},
	{"bundle", func(b []byte) ([]byte, error) { o, err := relight.ParseBundle(b); return o.Bytes(), err }},
	{"certificate", func(b []byte) ([]byte, error) {
		_, err := alone().VerifyCertificate(relight.NewCertificate(b))
		return b, err
	}},
	{"sealing key", func(b []byte) ([]byte, error) { o, err := relight.ParseSealingKey(b); return o.Expose(), err }},
	{"sealed key share", func(b []byte) ([]byte, error) {
		_, err := relight.Unseal[relight.KeyShare](b, sealingKey())
		return b, err
	}},
	{"bundle as text", func(b []byte) ([]byte, error) { return asText(b, new(relight.Bundle)) }},
	{"identifier as text", func(b []byte) ([]byte, error) { return asText(b, new(relight.Identifier)) }},
}

// unsigned is an answer that waits for the signature of a wallet.
var unsigned = sync.OnceValue(func() relight.Unsigned[relight.Response] {
	session, review := shared().ask(time.Now(), 0)
	defer session.Close()
	return must(review.Respond(shared().members[0].shares[0]))
})

// sealingKey opens the sealed objects of this process.
var sealingKey = sync.OnceValue(func() relight.SealingKey { return must(relight.GenerateSealingKey()) })

func asText(text []byte, object interface {
	encoding.TextMarshaler
	encoding.TextUnmarshaler
}) ([]byte, error) {
	if err := object.UnmarshalText(text); err != nil {
		return nil, err
	}
	return object.MarshalText()
}

// FuzzDecode gives bytes to the decoder that the first of them chooses: none crashes, and what decodes encodes to the same.
func FuzzDecode(f *testing.F) {
	w := shared()
	sealed := must(relight.Seal(w.nodes[0].shares[0], must(sealingKey().Recipient())))
	seeds := map[string][]byte{
		"statement": w.statements[0].Bytes(), "backup": w.backups[0].Bytes(), "commitment": w.network.Keys[0].Bytes(),
		"roster": w.roster.Bytes(), "member registration": w.members[0].registration.Bytes(),
		"key share": w.nodes[0].shares[0].Expose(), "Blinder": w.blinders[0].Expose(),
		"public keys of a network": w.network.RecoveryKey.Bytes(), "signed body": unsigned().Bytes(),
		"wallet signature": make([]byte, 64), "bundle": must(relight.NewBundle(w.contents())).Bytes(),
		"sealing key": sealingKey().Expose(), "sealed key share": sealed, "identifier as text": []byte("07"),
	}
	var number byte
	for _, decoder := range decoders {
		f.Add(append([]byte{number}, seeds[decoder.name]...))
		number++
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) == 0 {
			return
		}
		decoder, b := decoders[int(b[0])%len(decoders)], b[1:]
		if encoded, err := decoder.decode(b); err == nil && string(encoded) != string(b) {
			t.Errorf("%s: another encoding", decoder.name)
		}
	})
}

// verifiable is an object of this process, and what verifies it against what is expected.
type verifiable struct {
	name   string
	bytes  []byte
	verify func(b []byte) error
}

// alone is a ceremony of one party.
var alone = sync.OnceValue(func() relight.Ceremony {
	node := shared().nodes[0]
	identity := must(node.identity.Public())
	return must(relight.NewCeremony(relight.Plan{
		Parameters: relight.Fast, Threshold: 1, Keys: relight.Generate(curves...),
		Dealers:    []relight.Dealer{{Index: 1, Identity: identity}},
		Recipients: []relight.Recipient{{Index: 1, Identity: identity, MemberKey: must(node.key.Public())}},
	}))
})

// verifiables are one of each kind.
var verifiables = sync.OnceValue(func() []verifiable {
	w, ceremony := shared(), alone()
	node := w.nodes[0]
	first, second := must(ceremony.Deal(1, node.identity)), must(ceremony.Deal(1, node.identity))
	dealings := []relight.Dealing{first}
	return []verifiable{
		{"backup", w.backups[0].Bytes(), func(b []byte) error {
			verified, err := relight.NewBackup(b).Verify(w.statements[0])
			if err == nil {
				verified.Close()
			}
			return err
		}},
		{"dealing", first.Bytes(), func(b []byte) error { _, err := ceremony.Verify(relight.NewDealing(b)); return err }},
		{"confirmation", node.confirm(ceremony, dealings).Bytes(), func(b []byte) error {
			_, err := ceremony.VerifyConfirmation(relight.NewConfirmation(b))
			return err
		}},
		{"certificate", confirm(ceremony, dealings, w.nodes[:1]).Bytes(), func(b []byte) error {
			_, err := ceremony.VerifyCertificate(relight.NewCertificate(b))
			return err
		}},
		{"evidence", must(relight.TwoDealings(first, second)).Bytes(), func(b []byte) error {
			_, err := relight.NewEvidence(b).Verify(ceremony)
			return err
		}},
	}
})

// FuzzVerify writes bytes over a part of an honest object, which verifies if that changes nothing, and not otherwise. Each
// process has its own objects, as nothing is random by a seed.
func FuzzVerify(f *testing.F) {
	var number uint8
	for range verifiables() {
		f.Add(number, uint16(0), []byte{})
		f.Add(number, uint16(100), []byte{0})
		number++
	}
	f.Fuzz(func(t *testing.T, number uint8, at uint16, change []byte) {
		honest := verifiables()[int(number)%len(verifiables())]
		changed := bytes.Clone(honest.bytes)
		copy(changed[int(at)%len(changed):], change)
		if same := bytes.Equal(changed, honest.bytes); (honest.verify(changed) == nil) != same {
			t.Errorf("%s: it is honest: %v, and is taken for the opposite", honest.name, same)
		}
	})
}
