//go:build vectors

package relight_test

import (
	"encoding/binary"
	"slices"
	"time"

	"relight.dev/relight"
)

func statements(items []raw) (parsed []relight.Statement, err error) {
	for _, item := range items {
		statement, err := relight.ParseStatement(item)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, statement)
	}
	return parsed, nil
}

func statementVector(in, out fields) ([]any, error) {
	statement, err := relight.ParseStatement(in.Statement)
	if err != nil {
		return nil, err
	}
	return []any{must(statement.Inspect()).Digest, out.Digest}, nil
}

func keyShareVector(in, out fields) ([]any, error) {
	share, err := relight.ParseKeyShare(in.KeyShare)
	if err != nil {
		return nil, err
	}
	entry, _, err := share.Inspect()
	return []any{entry.PublicShare.Bytes(), out.PublicShare}, err
}

func secretKeyVector(in, out fields) ([]any, error) {
	blinder, err := relight.ParseBlinder(in.Key)
	if err != nil {
		return nil, err
	}
	key := must(relight.ParseMemberKey(in.Key))
	return []any{must(blinder.Public()).Bytes(), out.Public, must(key.Public()).Bytes(), out.Public}, nil
}

// played makes what is drawn next what the vector says, until the function it returns is called.
func played(in fields) func() {
	if err := relight.PlayBack(slices.Concat(in.Randomness...)); err != nil {
		panic(err)
	}
	return func() { _ = relight.PlayBack(nil) }
}

// keyShare encodes a share with a secret that the vector gives alone.
func keyShare(epoch uint64, entry relight.Entry, secret []byte) (relight.KeyShare, error) {
	b := binary.BigEndian.AppendUint64([]byte{1}, epoch)
	b = binary.BigEndian.AppendUint16(b, uint16(entry.Curve))
	b = append(b, entry.RootPublicKey.Bytes()...)
	b = binary.BigEndian.AppendUint16(b, uint16(entry.Identifier))
	b = binary.BigEndian.AppendUint16(b, entry.Threshold)
	return relight.ParseKeyShare(append(b, secret...))
}

func backupCreateVector(in, out fields) ([]any, error) {
	defer played(in)()
	statement, err := relight.ParseStatement(in.Statement)
	if err != nil {
		return nil, err
	}
	said := must(statement.Inspect())
	var shares []relight.KeyShare
	for i, secret := range in.Secrets {
		shares = append(shares, must(keyShare(said.Epoch, said.Entries[min(i, len(said.Entries)-1)], secret)))
	}
	backup, err := relight.CreateBackup(statement, shares...)
	return []any{backup.Bytes(), out.Backup}, err
}

func decryptionShareVector(in, out fields) ([]any, error) {
	secret := relight.Scalar{Secret: relight.NewSecret(in.Secret)}
	root := must(secret.Public(relight.BLS12381_G1))
	entry := relight.Entry{Curve: relight.BLS12381_G1, RootPublicKey: root, Identifier: in.Member, Threshold: 1}
	share, err := must(keyShare(0, entry, in.Secret)).DecryptionShare(relight.Digest(in.Digest))
	return []any{share.Expose(), out.Share}, err
}

func memberRegisterVector(in, out fields) ([]any, error) {
	defer played(in)()
	identity := must(relight.ParseIdentity(append([]byte{1}, in.IdentityKey...)))
	key := must(relight.ParseMemberKey(append([]byte{1}, in.MemberKey...)))
	registration, err := relight.Register(in.Context, in.Index, identity, key)
	return []any{registration.Bytes(), out.Registration}, err
}

func respondVector(in, out fields) ([]any, error) {
	defer played(in)()
	review, err := review(in)
	if err != nil {
		return nil, err
	}
	key := must(must(relight.ParsePolynomial(in.Polynomial)).Inspect())
	entry := relight.Entry{Curve: key.Curve, RootPublicKey: key.PublicKey, Identifier: in.Member, Threshold: key.Threshold}
	identity := must(relight.ParseIdentity(append([]byte{1}, in.IdentityKey...)))
	response, err := review.Respond(must(keyShare(0, entry, in.Secret)), identity, in.Scheme)
	return []any{response.Bytes(), out.Response}, err
}

func blinderRegisterVector(in, out fields) ([]any, error) {
	defer played(in)()
	blinder := must(relight.ParseBlinder(append([]byte{1}, in.Blinder...)))
	registration, err := blinder.Register(in.Context, in.Node)
	return []any{registration.Bytes(), out.Registration}, err
}

func blinderRegistrationVector(in, out fields) ([]any, error) {
	public, err := relight.NewBlinderRegistration(in.Registration).Verify(in.Context, in.Node)
	return []any{public.Bytes(), out.Blinder}, err
}

func memberRegistrationVector(in, out fields) ([]any, error) {
	member, err := relight.NewMemberRegistration(in.Registration).Verify(in.Context)
	return []any{
		member.Index, out.Index, member.Identity.Bytes(), out.Identity, member.MemberKey.Bytes(), out.MemberKey,
	}, err
}

func ceremonyVector(in, out fields) ([]any, error) {
	ceremony, err := relight.ParseCeremony(in.Ceremony)
	if err != nil {
		return nil, err
	}
	said := must(ceremony.Inspect())
	return []any{said.Digest, out.Digest, said.Needed, out.Needed}, nil
}

func dealingVector(in, out fields) ([]any, error) {
	dealer, err := must(relight.ParseCeremony(in.Ceremony)).Verify(relight.NewDealing(in.Dealing))
	return []any{dealer, out.Dealer}, err
}

func finishVector(in, out fields) ([]any, error) {
	var dealings []relight.Dealing
	for _, dealing := range in.Dealings {
		dealings = append(dealings, relight.NewDealing(dealing))
	}
	key := must(relight.ParseMemberKey(append([]byte{1}, in.MemberKey...)))
	outcome, err := must(relight.ParseCeremony(in.Ceremony)).Finish(dealings, in.Recipient, key)
	pairs := []any{outcome.Transcript, out.Transcript, len(outcome.ValidDealers), len(out.Valid)}
	for i, share := range outcome.Shares {
		pairs = append(pairs, must(share.Scalar()).Expose(), out.Shares[i], outcome.Keys[i].Bytes(), out.Polynomials[i])
	}
	return append(pairs, len(outcome.BadDealers), len(out.Bad)), err
}

func backupVector(in, out fields) ([]any, error) {
	expected, err := relight.ParseStatement(in.Expected)
	if err != nil {
		return nil, err
	}
	backup, err := relight.ParseBackup(in.Backup)
	if err != nil {
		return nil, err
	}
	verified, err := backup.Verify(expected)
	if err != nil {
		return nil, err
	}
	verified.Close()
	return []any{must(must(backup.Claim()).Inspect()).Digest, out.Digest}, nil
}

func derivePublicVector(in, out fields) ([]any, error) {
	var roots []relight.Point
	for _, root := range in.Roots {
		roots = append(roots, relight.NewPoint(root))
	}
	derivation := relight.Derivation{Curve: in.Curve, Identifier: in.Identifier, Tag: in.Dst}
	derived, err := derivation.Public(roots...)
	return []any{derived.Bytes(), out.Derived}, err
}

func deriveSecretVector(in, out fields) ([]any, error) {
	var roots []relight.Scalar
	for _, root := range in.Roots {
		roots = append(roots, relight.Scalar{Secret: relight.NewSecret(root)})
	}
	derivation := relight.Derivation{Curve: in.Curve, Identifier: in.Identifier, Tag: in.Dst}
	derived, err := derivation.Secret(roots...)
	return []any{derived.Expose(), out.Derived}, err
}

func feldmanVector(in, out fields) ([]any, error) {
	polynomial, err := relight.ParsePolynomial(in.Polynomial)
	if err != nil {
		return nil, err
	}
	key := must(polynomial.Inspect())
	pairs := []any{key.Threshold, out.Threshold, key.PublicKey.Bytes(), out.RootPublicKey, key.Curve, out.Curve}
	for i, identifier := range in.Identifiers {
		share, err := polynomial.PublicShare(identifier)
		if err != nil {
			return nil, err
		}
		if len(out.PublicShares) > 0 {
			pairs = append(pairs, share.Bytes(), out.PublicShares[i])
		}
	}
	return pairs, nil
}

func supermajorityVector(in, out fields) ([]any, error) {
	threshold, err := relight.Supermajority(in.Parties)
	return []any{threshold, out.Threshold}, err
}

func requestVector(in, out fields) ([]any, error) {
	request, err := relight.ParseRequest(in.Request)
	if err != nil {
		return nil, err
	}
	said := must(request.Inspect())
	pairs := []any{said.Digest, out.Digest, said.AttestedDigest, out.Attested, len(said.Statements), len(out.Digests)}
	for i, digest := range said.Statements {
		pairs = append(pairs, digest, out.Digests[i])
	}
	return pairs, nil
}

func rosterVector(in, out fields) ([]any, error) {
	roster, err := relight.ParseRoster(in.Context, in.Roster)
	if err != nil {
		return nil, err
	}
	said := must(roster.Inspect())
	return []any{said.RecoveryKey.Bytes(), out.RecoveryKey, said.Threshold, out.Threshold}, nil
}

func review(in fields) (relight.Review, error) {
	request, err := relight.ParseRequest(in.Request)
	if err != nil {
		return relight.Review{}, err
	}
	roster, err := relight.ParseRoster(in.Context, in.Roster)
	if err != nil {
		return relight.Review{}, err
	}
	at, err := statements(in.Statements)
	return relight.Review{Request: request, Statements: at, Roster: roster, Now: time.Unix(in.Now, 0)}, err
}

func reviewVector(in, _ fields) ([]any, error) {
	review, err := review(in)
	if err != nil {
		return nil, err
	}
	_, err = review.Text()
	return nil, err
}

// sessionVector writes the state of the session before the first answer.
func sessionVector(in, _ fields) ([]any, error) {
	long := func(bytes []byte) []byte {
		n := len(bytes)
		return append([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}, bytes...)
	}
	state := slices.Concat([]byte{1}, in.HPKESecret, long(in.Request), long(in.Roster), long(slices.Concat(in.Statements...)), long(nil))
	session, err := relight.Resume(in.Context, relight.SessionState{Secret: relight.NewSecret(state)})
	if err != nil {
		return nil, err
	}
	defer session.Close()
	for _, response := range in.Responses {
		if _, err := session.Receive(relight.NewResponse(response), time.Unix(in.Now, 0)); err != nil {
			return nil, err
		}
	}
	keys, err := session.UnlockKeys()
	if err == nil {
		keys.Close()
	}
	return nil, err
}

func lagrangeVector(in, out fields) ([]any, error) {
	var shares []relight.SecretShare
	for i, share := range in.Shares {
		scalar := relight.Scalar{Secret: relight.NewSecret(share)}
		shares = append(shares, relight.SecretShare{Identifier: in.Identifiers[i], Share: scalar})
	}
	secret, err := relight.CombineSecret(in.Curve, shares)
	return []any{secret.Expose(), out.Secret}, err
}

func decryptionShares(in fields) (shares []relight.DecryptionShare) {
	for _, share := range in.Shares {
		shares = append(shares, relight.NewDecryptionShare(share))
	}
	return shares
}

func recoveryParty(in fields) relight.RecoveryParty {
	polynomial := must(relight.ParsePolynomial(in.Polynomial))
	return relight.RecoveryParty{Polynomial: polynomial, Members: in.members()}
}

func combineVector(in, _ fields) ([]any, error) {
	keys, err := recoveryParty(in).Combine(relight.Digest(in.Digest), decryptionShares(in)...)
	if err == nil {
		keys.Close()
	}
	return nil, err
}

func batchVector(in, _ fields) ([]any, error) {
	return nil, recoveryParty(in).Verify(relight.Digest(in.Digest), decryptionShares(in)...)
}
