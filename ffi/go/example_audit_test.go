package relight_test

import (
	"context"
	"fmt"
	"log"

	"relight.dev/relight"
)

// audited stops at an error.
func audited[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

// A keeper is a node and its operator.
type keeper struct {
	identity relight.Identity
	key      relight.MemberKey
	share    relight.KeyShare
	place    relight.Node
}

// keepers generate a key, of which each has a share; threshold of them recover it.
func keepers(number, threshold uint16, curve relight.Curve) ([]keeper, relight.VssCommitment) {
	keepers, plan := make([]keeper, number), relight.Plan{
		Parameters: relight.Fast, Name: []byte("a key"), Nonce: audited(relight.NewNonce()), Epoch: 1,
		Threshold: threshold, Keys: relight.Generate(curve),
	}
	for i := range number {
		keepers[i] = keeper{identity: audited(relight.GenerateIdentity()), key: audited(relight.GenerateMemberKey())}
		member := relight.Member{
			Index: relight.PartyIndex(i + 1), Identity: audited(keepers[i].identity.Public()),
			MemberKey: audited(keepers[i].key.Public()),
		}
		plan.Dealers = append(plan.Dealers, member.Dealer())
		plan.Recipients = append(plan.Recipients, member.Recipient())
	}
	ceremony := audited(relight.NewCeremony(plan))
	dealings, confirmations := audited(ceremony.NewDealings()), audited(ceremony.NewConfirmations())
	defer dealings.Close()
	defer confirmations.Close()
	for i, k := range keepers {
		if err := dealings.Receive(audited(ceremony.Deal(plan.Dealers[i].Index, k.identity))); err != nil {
			log.Fatal(err)
		}
	}
	for i, k := range keepers {
		form := audited(dealings.Confirm(plan.Recipients[i].Index, k.key))
		if err := confirmations.Receive(audited(form.Sign(k.identity))); err != nil {
			log.Fatal(err)
		}
	}
	closed := audited(dealings.CloseWith(audited(confirmations.Certificate())))
	defer closed.Close()
	for i, k := range keepers {
		keepers[i].share = audited(closed.Finish(plan.Recipients[i].Index, k.key)).Shares[0]
	}
	return keepers, audited(closed.FinishPublic()).Keys[0]
}

// register has the operator of a node register a Blinder, which it keeps offline.
func (k *keeper) register(network, name []byte, identifier relight.Identifier) {
	operator, blinder := audited(k.identity.Public()), audited(relight.GenerateBlinder())
	registration := audited(audited(blinder.Register(network, name, operator)).Sign(k.identity))
	k.place = relight.Node{
		Name: name, Operator: operator, Registrations: []relight.BlinderRegistration{registration}, Identifier: identifier,
	}
}

// A custodian audits what it was given: from public objects alone it knows whether the network would come back.
func Example_audit() {
	_, recovery := keepers(1, 1, relight.BLS12381_G1)
	nodes, key := keepers(3, 2, relight.Secp256k1)
	network := relight.Network{
		Parameters: relight.Fast, Name: []byte("network"), Epoch: 1, Keys: []relight.VssCommitment{key},
		RecoveryKey: relight.NewRecoveryKey(audited(recovery.Inspect()).PublicKey.Bytes()),
	}
	var places []relight.Node
	var backups []relight.Backup
	for i := range nodes {
		entry, _, err := nodes[i].share.Inspect()
		if err != nil {
			log.Fatal(err)
		}
		nodes[i].register(network.Name, fmt.Appendf(nil, "node-%d", i), entry.Identifier)
		places = append(places, nodes[i].place)
		statement := audited(network.Statement(nodes[i].place))
		backups = append(backups, audited(relight.CreateBackup(statement, nodes[i].share)))
	}

	// One backup is damaged, and one did not arrive.
	damaged := backups[1].Bytes()
	damaged[len(damaged)-1] ^= 1
	given := []relight.Backup{backups[0], relight.NewBackup(damaged)}
	coverage := audited(network.Audit(context.Background(), places, given))
	fmt.Println(coverage.Recoverable, coverage.Keys[0].Covered, "of", coverage.Keys[0].Threshold)
	for _, node := range coverage.Nodes {
		fmt.Printf("%v %q\n", node.Status, node.Message)
	}

	coverage = audited(network.Audit(context.Background(), places, backups))
	fmt.Println(coverage.Recoverable, "after the loss of", coverage.Survives)
	// Output:
	// false 1 of 2
	// covered ""
	// bad "the proof of encryption does not verify"
	// missing ""
	// true after the loss of 1
}
