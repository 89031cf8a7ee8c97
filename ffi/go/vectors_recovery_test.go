//go:build vectors

package relight_test

import (
	"encoding/binary"
	"slices"
	"strings"
	"time"

	"relight.dev/relight"
)

// Backups.

func statement(in fields) (output, error) {
	statement, err := relight.ParseStatement(in.bytes("statement"))
	if err != nil {
		return nil, err
	}
	return output{"digest": must(statement.Inspect()).Digest}, nil
}

// parsed parses each item, up to the first that does not decode.
func parsed[T any](items [][]byte, parse func([]byte) (T, error)) (objects []T, err error) {
	for _, item := range items {
		object, err := parse(item)
		if err != nil {
			return nil, err
		}
		objects = append(objects, object)
	}
	return objects, nil
}

func statementsOf(in fields) ([]relight.Statement, error) {
	return parsed(in.list("statements"), relight.ParseStatement)
}

// createBackup gives some other share if a secret is none on its entry's curve.
func createBackup(in fields) (output, error) {
	statement, err := relight.ParseStatement(in.bytes("statement"))
	if err != nil {
		return nil, err
	}
	said := must(statement.Inspect())
	var shares []relight.KeyShare
	for i, secret := range in.list("secrets") {
		share, err := keyShare(said.Epoch, said.Entries[i], secret)
		if err != nil {
			if share, err = loneShare(said.Epoch, relight.Secp256k1, secret); err != nil {
				return nil, err
			}
		}
		shares = append(shares, share)
	}
	playBack(in)
	backup, err := relight.CreateBackup(statement, shares...)
	return output{"backup": backup.Bytes()}, err
}

func verified(in fields) (backup *relight.VerifiedBackup, expected relight.StatementFields, err error) {
	statement, err := relight.ParseStatement(in.bytes("expected"))
	if err != nil {
		return nil, expected, err
	}
	backup, err = relight.NewBackup(in.bytes("backup")).Verify(statement)
	return backup, must(statement.Inspect()), err
}

func verifyBackup(in fields) (output, error) {
	backup, expected, err := verified(in)
	if err != nil {
		return nil, err
	}
	backup.Close()
	return output{"digest": expected.Digest}, nil
}

// openBackup has the unlock key from a recovery party of one, whose decryption share it is.
func openBackup(in fields) (output, error) {
	backup, expected, err := verified(in)
	if err != nil {
		return nil, err
	}
	defer backup.Close()
	polynomial := append([]byte{0, byte(relight.BLS12381_G1), 0, 0, 0, 48}, expected.RecoveryKey.Bytes()...)
	party := relight.RecoveryParty{
		Polynomial: must(relight.ParsePolynomial(polynomial)), Members: []relight.Holder{{Index: 1}},
	}
	share := relight.NewDecryptionShare(append([]byte{1, 0, 1}, in.bytes("sigma")...))
	keys, err := party.Combine(in.digest(), share)
	if err != nil {
		return nil, err
	}
	defer keys.Close()
	blinder, err := relight.ParseBlinder(in.bytes("blinder"))
	if err != nil {
		return nil, err
	}
	shares, err := backup.Open(keys, blinder)
	return output{"key_shares": each(shares, func(s relight.KeyShare) []byte { return s.Expose() })}, err
}

func coverage(in fields) (output, error) {
	keys, err := parsed(in.list("keys"), relight.ParsePolynomial)
	if err != nil {
		return nil, err
	}
	var former []relight.FormerEpoch
	for _, epoch := range get[[]fields](in, "former") {
		keys, err := parsed(epoch.list("keys"), relight.ParsePolynomial)
		if err != nil {
			return nil, err
		}
		former = append(former, relight.FormerEpoch{Epoch: get[uint64](epoch, "epoch"), Keys: keys})
	}
	network := relight.Network{
		Parameters: get[relight.Parameters](in, "parameter_set"), Context: in.bytes("context"),
		Epoch: get[uint64](in, "epoch"), RecoveryKey: relight.NewRecoveryKey(in.bytes("recovery_key")), Keys: keys,
		Former: former,
	}
	var nodes []relight.Node
	for _, node := range get[[]fields](in, "nodes") {
		nodes = append(nodes, relight.Node{
			Name: node.bytes("name"), Blinder: relight.NewBlinderPublicKey(node.bytes("blinder")),
			Shares: pairs(node, "shares", func(key uint16, identifier string) relight.Holding {
				return relight.Holding{Key: key, Identifier: identifierOf(identifier)}
			}),
		})
	}
	found, err := network.Audit(nodes, each(in.list("backups"), relight.NewBackup))
	if err != nil {
		return nil, err
	}
	survives := []bool{}
	for lost := range len(nodes) + 1 {
		survives = append(survives, found.Recoverable && lost <= found.Survives)
	}
	return output{
		"nodes": each(found.Nodes, status), "survives": survives,
		"covered":   each(found.Keys, func(k relight.KeyCoverage) int { return k.Covered }),
		"shareless": each(found.Shareless, func(z relight.ZeroShare) [2]int { return [2]int{z.Node, int(z.Key)} }),
		"strays": each(found.Strays, func(s relight.Stray) output {
			return output{"backup": s.Backup, "error": names[s.Code]}
		}),
	}, nil
}

// status has beside the status what belongs to it.
func status(node relight.NodeCoverage) output {
	switch node.Status {
	case relight.Covered:
		return output{"status": "Covered"}
	case relight.Missing:
		return output{"status": "Missing"}
	case relight.Shareless:
		return output{"status": "Shareless"}
	case relight.Stale:
		return output{"status": "Stale", "epoch": node.Epoch}
	case relight.Bad:
		return output{"status": "Bad", "backup": node.Backup, "error": names[node.Code]}
	default:
		return output{
			"status": "Claimed", "backup": node.Backup, "field": fieldNames[node.Field], "epoch": node.Epoch,
		}
	}
}

// Decryption shares.

func decryptionShare(in fields) (output, error) {
	share, err := loneShare(0, relight.BLS12381_G1, in.bytes("secret"))
	if err != nil {
		return nil, err
	}
	made, err := share.DecryptionShare(get[relight.PartyIndex](in, "member"), in.digest())
	return output{"share": made.Expose()}, err
}

func recoveryParty(in fields) relight.RecoveryParty {
	polynomial := must(relight.ParsePolynomial(in.bytes("polynomial")))
	return relight.RecoveryParty{
		Polynomial: polynomial,
		Members: pairs(in, "members", func(index relight.PartyIndex, identifier string) relight.Holder {
			return relight.Holder{Index: index, Identifier: identifierOf(identifier)}
		}),
	}
}

func verifyDecryptionShare(in fields) (output, error) {
	share := in.bytes("share")
	if err := recoveryParty(in).Verify(in.digest(), relight.NewDecryptionShare(share)); err != nil {
		return nil, err
	}
	return output{"member": binary.BigEndian.Uint16(share[1:])}, nil
}

func verifyDecryptionShares(in fields) (output, error) {
	return output{}, recoveryParty(in).Verify(in.digest(), each(in.list("shares"), relight.NewDecryptionShare)...)
}

func combine(in fields) (output, error) {
	keys, err := recoveryParty(in).Combine(in.digest(), each(in.list("shares"), relight.NewDecryptionShare)...)
	if err != nil {
		return nil, err
	}
	keys.Close()
	return output{}, nil
}

// Recovery.

func rosterOf(in fields) (relight.Roster, error) {
	return relight.ParseRoster(in.bytes("context"), in.bytes("roster"))
}

func roster(in fields) (output, error) {
	roster, err := rosterOf(in)
	if err != nil {
		return nil, err
	}
	said := must(roster.Inspect())
	members, polynomial, shareless := []any{}, said.Party.Polynomial, must(said.Party.Shareless())
	if !slices.Equal(said.Shareless, shareless) {
		panic("others have no share")
	}
	for _, member := range said.Party.Members {
		said := output{"index": member.Index, "identifier": member.Identifier.Bytes(), "verification_key": nil}
		if !slices.Contains(shareless, member.Index) {
			said["verification_key"] = must(polynomial.PublicShare(member.Identifier)).Bytes()
		}
		members = append(members, hexadecimal(said))
	}
	return output{"recovery_key": said.RecoveryKey.Bytes(), "threshold": said.Threshold, "members": members}, nil
}

func request(in fields) (output, error) {
	request, err := relight.ParseRequest(in.bytes("request"))
	if err != nil {
		return nil, err
	}
	said := must(request.Inspect())
	digests := each(said.Statements, func(d relight.Digest) []byte { return d[:] })
	return output{"digest": said.Digest, "attested_digest": said.AttestedDigest, "digests": digests}, nil
}

// ask: an encoded session begins with its version and the secret key. A request is of backups here, so that what is
// none is refused where its statement is decoded.
func ask(in fields) (output, error) {
	roster, err := rosterOf(in)
	if err != nil {
		return nil, err
	}
	statements, err := statementsOf(in)
	if err != nil {
		return nil, err
	}
	playBack(in)
	session, err := relight.Ask(roster, statements, in.bytes("requester"), time.Unix(get[int64](in, "expiry"), 0))
	if err != nil {
		return nil, err
	}
	defer session.Close()
	if err := session.Attest(in.bytes("attestation")); err != nil {
		return nil, err
	}
	request := must(session.Request())
	said := must(request.Inspect())
	return output{
		"request": request.Bytes(), "digest": said.Digest, "attested_digest": said.AttestedDigest,
		"hpke_secret": must(session.State()).Expose()[1:33],
	}, nil
}

func reviewOf(in fields) (review relight.Review, err error) {
	review.Now = time.Unix(get[int64](in, "now"), 0)
	if review.Request, err = relight.ParseRequest(in.bytes("request")); err != nil {
		return review, err
	}
	if review.Roster, err = rosterOf(in); err != nil {
		return review, err
	}
	review.Statements, err = statementsOf(in)
	return review, err
}

// review: the nodes are named in the text, one to a line.
func review(in fields) (output, error) {
	review, err := reviewOf(in)
	if err != nil {
		return nil, err
	}
	text, err := review.Text()
	var nodes [][]byte
	for line := range strings.Lines(text) {
		if rest, found := strings.CutPrefix(line, "  to unlock    "); found {
			nodes = append(nodes, []byte(rest[:strings.LastIndex(rest, ", epoch")]))
		}
	}
	return output{"nodes": nodes}, err
}

// holderOf is where the roster says that the member's share lies; some place if it does not.
func holderOf(roster relight.Roster, in fields) relight.Identifier {
	for _, holder := range must(roster.Inspect()).Party.Members {
		if holder.Index == get[relight.PartyIndex](in, "member") {
			return holder.Identifier
		}
	}
	return relight.NewIdentifier(1)
}

func respond(in fields) (output, error) {
	review, err := reviewOf(in)
	if err != nil {
		return nil, err
	}
	key := must(must(relight.ParsePolynomial(in.bytes("polynomial"))).Inspect())
	share := must(keyShare(0, relight.Entry{
		Curve: key.Curve, RootPublicKey: key.PublicKey, Identifier: holderOf(review.Roster, in), Threshold: key.Threshold,
	}, in.bytes("secret")))
	identity := identityOf(in)
	playBack(in)
	response, err := review.Respond(share, identity, get[relight.Scheme](in, "scheme"))
	return output{"response": response.Bytes()}, err
}

// resume opens the session of a request before the first answer, by way of its encoding.
func resume(in fields) (*relight.Session, error) {
	long := func(b []byte) []byte { return append(binary.BigEndian.AppendUint32(nil, uint32(len(b))), b...) }
	state := slices.Concat([]byte{1}, in.bytes("hpke_secret"), long(in.bytes("request")), long(in.bytes("roster")),
		long(slices.Concat(in.list("statements")...)), long(nil))
	return relight.Resume(in.bytes("context"), relight.SessionState{Secret: relight.NewSecret(state)})
}

// response: an encoded session ends with the decryption shares of the last member that answered.
func response(in fields) (output, error) {
	session, err := resume(in)
	if err != nil {
		return nil, err
	}
	defer session.Close()
	progress, err := session.Receive(relight.NewResponse(in.bytes("response")), time.Unix(get[int64](in, "now"), 0))
	if err != nil {
		return nil, err
	}
	state := must(session.State()).Expose()
	sigmas := state[len(state)-96*len(in.list("statements")):]
	return output{"member": progress.Answered[0], "sigmas": slices.Collect(slices.Chunk(sigmas, 96))}, nil
}

func session(in fields) (output, error) {
	session, err := resume(in)
	if err != nil {
		return nil, err
	}
	defer session.Close()
	for _, response := range in.list("responses") {
		if _, err := session.Receive(relight.NewResponse(response), time.Unix(get[int64](in, "now"), 0)); err != nil {
			return nil, err
		}
	}
	keys, err := session.UnlockKeys()
	if err != nil {
		return nil, err
	}
	keys.Close()
	return output{}, nil
}
