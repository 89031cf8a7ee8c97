//go:build vectors

package relight_test

import (
	"context"
	"encoding/binary"
	"errors"
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
	commitment := append([]byte{0, byte(relight.BLS12381_G1), 0, 0, 0, 48}, expected.RecoveryKey.Bytes()...)
	party := relight.RecoveryParty{
		Commitment: must(relight.ParseVssCommitment(commitment)), Members: []relight.Holder{{Index: 1}},
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
	keys, err := parsed(in.list("keys"), relight.ParseVssCommitment)
	if err != nil {
		return nil, err
	}
	var former []relight.FormerEpoch
	for _, epoch := range get[[]fields](in, "former") {
		keys, err := parsed(epoch.list("keys"), relight.ParseVssCommitment)
		if err != nil {
			return nil, err
		}
		former = append(former, relight.FormerEpoch{Epoch: get[uint64](epoch, "epoch"), Keys: keys})
	}
	network := relight.Network{
		Parameters: get[relight.Parameters](in, "parameter_set"), Name: in.bytes("name"),
		Epoch: get[uint64](in, "epoch"), RecoveryKey: relight.NewRecoveryKey(in.bytes("recovery_key")), Keys: keys,
		Former: former,
	}
	var nodes []relight.Node
	for _, node := range get[[]fields](in, "nodes") {
		nodes = append(nodes, relight.Node{
			Name: node.bytes("name"), Operator: relight.NewIdentityPublicKey(node.bytes("operator")),
			Registrations: each(node.list("registrations"), relight.NewBlinderRegistration),
			Shares: pairs(node, "shares", func(key uint16, identifier string) relight.Holding {
				return relight.Holding{Key: key, Identifier: identifierOf(identifier)}
			}),
		})
	}
	found, err := network.Audit(context.Background(), nodes, each(in.list("backups"), relight.NewBackup))
	if err != nil {
		return nil, err
	}
	survives := []bool{}
	for lost := range len(nodes) + 1 {
		survives = append(survives, found.Recoverable && lost <= found.Survives)
	}
	return output{
		"nodes": each(found.Nodes, status), "survives": survives,
		"covered":         each(found.Keys, func(k relight.KeyCoverage) int { return k.Covered }),
		"shareless":       each(found.Shareless, func(z relight.ZeroShare) [2]int { return [2]int{z.Node, int(z.Key)} }),
		"shared_blinders": append([][]int{}, found.SharedBlinders...),
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
	case relight.Unregistered:
		said := output{"status": "Unregistered", "error": names[node.Code]}
		if detail := detailOf(&relight.Error{Code: node.Code, Field: node.Field, Number: node.Number}); detail != nil {
			said["detail"] = detail
		}
		return said
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
	commitment := must(relight.ParseVssCommitment(in.bytes("commitment")))
	return relight.RecoveryParty{
		Commitment: commitment,
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
	return relight.ParseRoster(in.bytes("party"), in.bytes("roster"))
}

func verifyBundle(in fields) (output, error) {
	bundle, err := relight.ParseBundle(in.bytes("bundle"))
	if err != nil {
		return nil, err
	}
	found, err := bundle.Verify(in.digest())
	if err != nil {
		return nil, err
	}
	claim, statements := must(bundle.Inspect()), []any{}
	for _, node := range found.Nodes {
		// A node without shares has no statement.
		statement, err := found.Network.Statement(node)
		if err != nil {
			statements = append(statements, nil)
			continue
		}
		statements = append(statements, must(statement.Inspect()).Digest.String())
	}
	return output{
		"code": claim.ShortCode, "network": found.Network.Name, "epoch": found.Network.Epoch, "party": found.Roster.PartyName(),
		"roster": must(found.Roster.Inspect()).Digest, "statements": statements,
	}, nil
}

func roster(in fields) (output, error) {
	roster, err := rosterOf(in)
	if err != nil {
		return nil, err
	}
	said := must(roster.Inspect())
	members, commitment, shareless := []any{}, said.Party.Commitment, must(said.Party.Shareless())
	if !slices.Equal(said.Shareless, shareless) {
		panic("others have no share")
	}
	for _, member := range said.Party.Members {
		said := output{"index": member.Index, "identifier": member.Identifier.Bytes(), "verification_key": nil}
		if !slices.Contains(shareless, member.Index) {
			said["verification_key"] = must(commitment.PublicShare(member.Identifier)).Bytes()
		}
		members = append(members, hexadecimal(said))
	}
	return output{
		"digest": said.Digest, "recovery_key": said.RecoveryKey.Bytes(), "threshold": said.Threshold, "members": members,
	}, nil
}

func draftOutput(said relight.DraftFields) output {
	return output{
		"attested_digest": said.AttestedDigest, "code": said.ShortCode,
		"digests": each(said.Statements, func(d relight.Digest) []byte { return d[:] }),
	}
}

func requestDraft(in fields) (output, error) {
	draft, err := relight.ParseDraft(in.bytes("draft"))
	if err != nil {
		return nil, err
	}
	return draftOutput(must(draft.Inspect())), nil
}

// authorise: a statement is of a backup here, so that what is none is refused where it is used.
func authorise(in fields) (output, error) {
	draft, err := relight.ParseDraft(in.bytes("draft"))
	if err != nil {
		return nil, err
	}
	statement, err := relight.ParseStatement(in.bytes("statement"))
	if err != nil {
		return nil, err
	}
	blinder := in.blinder()
	playBack(in)
	authorisation, err := blinder.Authorise(draft, statement)
	return output{"authorisation": authorisation.Bytes()}, err
}

func request(in fields) (output, error) {
	request, err := relight.ParseRequest(in.bytes("request"))
	if err != nil {
		return nil, err
	}
	said := must(request.Inspect())
	found := draftOutput(said.DraftFields)
	found["digest"] = said.Digest
	return found, nil
}

// ask: a request is of backups here, so that what is none is refused where its statement is decoded.
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
	session, err := relight.Ask(roster, statements, in.bytes("requester"), in.time("now"), in.time("expiry"))
	if err != nil {
		return nil, err
	}
	defer session.Close()
	return output{"draft": must(session.Draft()).Bytes(), "session": must(session.State()).Expose()}, nil
}

func (in fields) time(name string) time.Time { return time.Unix(get[int64](in, name), 0) }

func resume(in fields) (*relight.Session, error) {
	return relight.Resume(in.bytes("party"), relight.SessionState{Secret: relight.NewSecret(in.bytes("session"))})
}

func completeRequest(in fields) (output, error) {
	session, err := resume(in)
	if err != nil {
		return nil, err
	}
	defer session.Close()
	for _, authorisation := range in.list("authorisations") {
		if err := session.Authorise(relight.NewAuthorisation(authorisation)); err != nil {
			return nil, err
		}
	}
	check(session.Attest(in.bytes("attestation")))
	request, err := session.Request()
	return output{"request": request.Bytes(), "session": must(session.State()).Expose()}, err
}

func reviewOf(in fields) (review relight.Review, err error) {
	review.Now = in.time("now")
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
	if err != nil {
		return nil, err
	}
	code, _, _ := strings.Cut(strings.TrimPrefix(text, "Recovery request "), "\n")
	_, date, _ := strings.Cut(text, "  expires      ")
	date, _, _ = strings.Cut(date, ", in ")
	return output{"nodes": nodes, "code": code, "date": date}, nil
}

func respond(in fields) (output, error) {
	review, err := reviewOf(in)
	if err != nil {
		return nil, err
	}
	share, digests := relight.KeyShare{Secret: relight.NewSecret(in.bytes("key_share"))}, in.digests()
	playBack(in)
	form, err := review.Respond(share, digests...)
	if err != nil {
		return nil, err
	}
	return signed("response", form, in.identity("identity_secret"))
}

func (in fields) digests() []relight.Digest {
	return each(in.list("digests"), func(b []byte) relight.Digest { return relight.Digest(b) })
}

func response(in fields) (output, error) {
	session, err := resume(in)
	if err != nil {
		return nil, err
	}
	defer session.Close()
	received := relight.NewResponse(in.bytes("response"))
	if _, err := session.Receive(received, in.time("now")); err != nil {
		return nil, err
	}
	return output{"member": must(received.Member()), "session": must(session.State()).Expose()}, nil
}

func session(in fields) (output, error) {
	session, err := resume(in)
	if err != nil {
		return nil, err
	}
	defer session.Close()
	for _, response := range in.list("responses") {
		if _, err := session.Receive(relight.NewResponse(response), in.time("now")); err != nil {
			return nil, err
		}
	}
	for _, digest := range in.digests() {
		key, err := session.UnlockKey(digest)
		if err != nil {
			return nil, err
		}
		key.Close()
	}
	return output{"missing": must(session.Progress()).Statements}, nil
}

func loadSession(in fields) (output, error) {
	session, err := resume(in)
	if err != nil {
		return nil, err
	}
	defer session.Close()
	if string(must(session.State()).Expose()) != string(in.bytes("session")) {
		panic("another encoding")
	}
	request, err := session.Request() // there is none without all authorisations
	if err != nil && !errors.Is(err, relight.ErrUnauthorised) {
		return nil, err
	}
	return output{
		"draft": must(session.Draft()).Bytes(), "request": request.Bytes(), "missing": must(session.Progress()).Statements,
	}, nil
}

func accuse(in fields) (output, error) {
	session, err := resume(in)
	if err != nil {
		return nil, err
	}
	defer session.Close()
	accusation, err := session.Accuse(relight.NewResponse(in.bytes("response")))
	return output{"accusation": accusation.Bytes()}, err
}

func verifyAccusation(in fields) (output, error) {
	statements := each(in.list("statements"), func(b []byte) relight.Statement { return must(relight.ParseStatement(b)) })
	roster, err := rosterOf(in)
	if err != nil {
		return nil, err
	}
	member, err := relight.NewAccusation(in.bytes("accusation")).Verify(roster, statements)
	return output{"member": member}, err
}
