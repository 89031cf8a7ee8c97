// The Go program of the three that ../overhead.sh compares.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"relight.dev/relight"
)

const keys = 11

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func load(name string) []byte { return must(os.ReadFile(filepath.Join(os.Args[1], name))) }

type node struct {
	statement relight.Statement
	shares    []relight.KeyShare
	blinder   relight.Blinder
	unlock    *relight.UnlockKeys
	backup    relight.Backup
	verified  *relight.VerifiedBackup
}

func loadNode() node {
	n := node{
		statement: must(relight.ParseStatement(load("custodian-0.statement"))),
		blinder:   must(relight.ParseBlinder(load("operator-0.blinder"))),
		backup:    relight.NewBackup(load("custodian-0.backup")),
	}
	for i := range keys {
		n.shares = append(n.shares, must(relight.ParseKeyShare(load(fmt.Sprintf("node-%d.share", i)))))
	}
	party := relight.RecoveryParty{
		Commitment: must(relight.ParseVssCommitment(load("member-0.commitment"))), Members: []relight.Holder{{Index: 1}},
	}
	share := relight.NewDecryptionShare(load("member-1.decryption-share"))
	n.unlock = must(party.Combine(must(n.statement.Inspect()).Digest, share))
	n.verified = must(n.backup.Verify(n.statement))
	return n
}

func (n node) perform(operation rune) {
	switch operation {
	case 'v':
		must(n.backup.Verify(n.statement)).Close()
	case 'e':
		must(relight.CreateBackup(n.statement, n.shares...))
	case 'o':
		for _, share := range must(n.verified.Open(n.unlock, n.blinder)) {
			share.Destroy()
		}
	default:
		panic(operation)
	}
}

func main() {
	n := loadNode()
	for _, operation := range os.Args[2] {
		n.perform(operation)
	}
}
