package relight_test

import (
	"sync"
	"testing"
	"time"

	"relight.dev/relight"
)

// parsers are all functions that decode bytes.
var parsers = map[string]func(b []byte) (encoded []byte, err error){
	"statement":  func(b []byte) ([]byte, error) { o, err := relight.ParseStatement(b); return o.Bytes(), err },
	"backup":     func(b []byte) ([]byte, error) { _, err := relight.NewBackup(b).Claim(); return b, err },
	"ceremony":   func(b []byte) ([]byte, error) { o, err := relight.ParseCeremony(b); return o.Bytes(), err },
	"commitment": func(b []byte) ([]byte, error) { o, err := relight.ParseVssCommitment(b); return o.Bytes(), err },
	"request":    func(b []byte) ([]byte, error) { o, err := relight.ParseRequest(b); return o.Bytes(), err },
	"roster": func(b []byte) ([]byte, error) {
		o, err := relight.ParseRoster([]byte("party"), b)
		return o.Bytes(), err
	},
	"key share":  func(b []byte) ([]byte, error) { o, err := relight.ParseKeyShare(b); return o.Expose(), err },
	"identity":   func(b []byte) ([]byte, error) { o, err := relight.ParseIdentity(b); return o.Expose(), err },
	"member key": func(b []byte) ([]byte, error) { o, err := relight.ParseMemberKey(b); return o.Expose(), err },
	"Blinder":    func(b []byte) ([]byte, error) { o, err := relight.ParseBlinder(b); return o.Expose(), err },
	"response":   func(b []byte) ([]byte, error) { _, err := relight.NewResponse(b).Member(); return b, err },
	"blinder registration": func(b []byte) ([]byte, error) {
		_, err := relight.NewBlinderRegistration(b).Inspect()
		return b, err
	},
	"member registration": func(b []byte) ([]byte, error) {
		_, err := relight.NewMemberRegistration(b).Verify([]byte("party"))
		return b, err
	},
	"decryption share": func(b []byte) ([]byte, error) {
		w := shared()
		party, digest := must(w.roster.Inspect()).Party, must(w.statements[0].Inspect()).Digest
		return b, party.Verify(digest, relight.NewDecryptionShare(b))
	},
	"point": func(b []byte) ([]byte, error) {
		_, err := user.Public(relight.NewPoint(b), shared().roots()[0])
		return b, err
	},
	"scalar": func(b []byte) ([]byte, error) {
		_, err := relight.Scalar{Secret: relight.NewSecret(b)}.Public(relight.BLS12381_G1)
		return b, err
	},
	"identifier": func(b []byte) ([]byte, error) { i, err := relight.ParseIdentifier(b); return i.Bytes(), err },
	"public keys of a ceremony": func(b []byte) ([]byte, error) {
		_, err := relight.NewCeremony(relight.Plan{
			Parameters: relight.Fast, Threshold: 1, Keys: relight.Generate(curves...),
			Dealers:    []relight.Dealer{{Index: 1, Identity: relight.NewIdentityPublicKey(b)}},
			Recipients: []relight.Recipient{{Index: 1, MemberKey: relight.NewMemberPublicKey(b)}},
		})
		return b, err
	},
	"public keys of a network": func(b []byte) ([]byte, error) {
		network := shared().network
		network.RecoveryKey = relight.NewRecoveryKey(b)
		_, err := network.Statement(relight.Node{
			Identifier: relight.NewIdentifier(1), Operator: relight.NewIdentityPublicKey(b),
			Registrations: []relight.BlinderRegistration{relight.NewBlinderRegistration(b)},
		})
		return b, err
	},
	"wallet signature": func(b []byte) ([]byte, error) { _, err := unsigned().Complete(b); return b, err },
	"introduction": func(b []byte) ([]byte, error) {
		_, err := relight.Introduce([]byte("network"), nil, b)
		return b, err
	},
	"signed body": func(b []byte) ([]byte, error) {
		identity := shared().members[0].identity
		_, err := relight.NewUnsigned[relight.Confirmation](b, must(identity.Public())).Sign(identity)
		return b, err
	},
	"draft":   func(b []byte) ([]byte, error) { o, err := relight.ParseDraft(b); return o.Bytes(), err },
	"dealing": func(b []byte) ([]byte, error) { _, err := relight.NewDealing(b).Inspect(); return b, err },
	"accusation": func(b []byte) ([]byte, error) {
		_, err := relight.NewAccusation(b).Verify(shared().roster, shared().statements)
		return b, err
	},
	"session": func(b []byte) ([]byte, error) {
		session, err := relight.Resume([]byte("party"), relight.SessionState{Secret: relight.NewSecret(b)})
		if err == nil {
			session.Close()
		}
		return b, err
	},
}

// unsigned is an answer that waits for the signature of a wallet.
var unsigned = sync.OnceValue(func() relight.Unsigned[relight.Response] {
	session, review := shared().ask(time.Now(), 0)
	defer session.Close()
	return must(review.Respond(shared().members[0].shares[0]))
})

// FuzzDecode gives bytes to every decoder: none crashes, and what decodes encodes to the same.
func FuzzDecode(f *testing.F) {
	w := shared()
	for _, seed := range [][]byte{
		w.statements[0].Bytes(), w.backups[0].Bytes(), w.network.Keys[0].Bytes(), w.roster.Bytes(),
		w.members[0].registration.Bytes(), w.nodes[0].shares[0].Expose(), w.blinders[0].Expose(),
		w.network.RecoveryKey.Bytes(), unsigned().Bytes(), make([]byte, 64),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for name, parse := range parsers {
			if encoded, err := parse(b); err == nil && string(encoded) != string(b) {
				t.Errorf("%s: another encoding", name)
			}
		}
	})
}

// FuzzVerify gives bytes to what verifies against a known expectation.
func FuzzVerify(f *testing.F) {
	w := shared()
	f.Add(w.backups[0].Bytes())
	node := w.nodes[0]
	ceremony := must(relight.NewCeremony(relight.Plan{
		Parameters: relight.Fast, Threshold: 1, Keys: relight.Generate(curves...),
		Dealers:    []relight.Dealer{{Index: 1, Identity: must(node.identity.Public())}},
		Recipients: []relight.Recipient{{Index: 1, Identity: must(node.identity.Public()), MemberKey: must(node.key.Public())}},
	}))
	dealings := []relight.Dealing{must(ceremony.Deal(1, node.identity))}
	certificate := confirm(ceremony, dealings, w.nodes[:1])
	for _, seed := range []interface{ Bytes() []byte }{
		dealings[0], node.confirm(ceremony, dealings), certificate, must(relight.TwoDealings(dealings[0], dealings[0])),
	} {
		f.Add(seed.Bytes())
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if verified, err := relight.NewBackup(b).Verify(w.statements[0]); err == nil {
			verified.Close()
		}
		_, _ = ceremony.Verify(relight.NewDealing(b))
		_, _ = ceremony.VerifyConfirmation(relight.NewConfirmation(b))
		_, _ = ceremony.VerifyCertificate(relight.NewCertificate(b))
		_, _ = relight.NewEvidence(b).Verify(ceremony)
	})
}
