package relight_test

import (
	"encoding/hex"
	"errors"
	"slices"
	"sync"
	"testing"

	"relight.dev/relight"
)

// ceremonyOfFour is a key generation of four parties, with the dealings of all.
func ceremonyOfFour() (relight.Ceremony, []*party, []relight.Dealing) {
	parties := newParties("four", 1, 2, 3, 4)
	plan := relight.Plan{
		Parameters: relight.Fast, Name: []byte("four"), Nonce: must(relight.NewNonce()), Epoch: 1, Threshold: 3,
		Keys: relight.Generate(relight.Secp256k1),
	}
	for _, p := range parties {
		plan.Dealers = append(plan.Dealers, relight.Dealer{Index: p.index, Identity: must(p.identity.Public())})
		plan.Recipients = append(plan.Recipients, p.recipient())
	}
	ceremony := must(relight.NewCeremony(plan))
	var dealings []relight.Dealing
	for _, p := range parties {
		dealings = append(dealings, must(ceremony.Deal(p.index, p.identity)))
	}
	return ceremony, parties, dealings
}

// TestCeremonyCloses has a party that missed a dealing follow the others, and ask for what it misses.
func TestCeremonyCloses(t *testing.T) {
	ceremony, parties, dealings := ceremonyOfFour()
	confirmations := must(ceremony.NewConfirmations())
	defer confirmations.Close()
	for _, p := range parties[:2] {
		check(confirmations.Receive(p.confirm(ceremony, dealings)))
	}
	if _, err := confirmations.Certificate(); !errors.Is(err, relight.ErrNotClosed) {
		t.Fatal(err)
	}
	late := receive(ceremony, dealings[:3])
	defer late.Close()
	status := must(confirmations.Status())
	_, err := late.ConfirmLike(status.MostConfirmed, 3, parties[2].key)
	var detail *relight.Error
	if !errors.Is(err, relight.ErrMissingDealing) || !errors.As(err, &detail) || detail.Number != 4 || status.Failed {
		t.Fatal(err)
	}
	check(confirmations.Receive(parties[3].confirm(ceremony, dealings)))
	certificate := relight.NewCertificate(must(confirmations.Certificate()).Bytes())
	closed := must(late.CloseWith(certificate))
	defer closed.Close()
	if missing := must(closed.Status()).Missing; !slices.Equal(missing, []relight.AgreedDealing{must(dealings[3].Inspect())}) {
		t.Fatal(missing)
	}
	if _, err := closed.FinishPublic(); !errors.Is(err, relight.ErrMissingDealing) {
		t.Fatal(err)
	}
	check(closed.Receive(dealings[3]))
	outcome := must(closed.Finish(3, parties[2].key))
	check(ceremony.VouchFor(certificate, outcome.Keys...))
	if err := ceremony.VouchFor(certificate, shared().network.Keys[0]); !errors.Is(err, relight.ErrBadCertificate) {
		t.Fatal(err)
	}
	if said := must(ceremony.VerifyCertificate(certificate)); !slices.Equal(said.Recipients, []relight.PartyIndex{1, 2, 4}) {
		t.Fatal(said.Recipients)
	}
}

// TestEvidence has a dealer deal twice, and a recipient confirm twice.
func TestEvidence(t *testing.T) {
	ceremony, parties, dealings := ceremonyOfFour()
	other := must(ceremony.Deal(1, parties[0].identity))
	received := receive(ceremony, dealings)
	defer received.Close()
	var detail *relight.Error
	if err := received.Receive(other); !errors.As(err, &detail) || detail.Fault != relight.FaultEquivocation {
		t.Fatal(err)
	}
	if err := received.Receive(other); !errors.As(err, &detail) || detail.Fault != relight.FaultExpelled {
		t.Fatal(err)
	}
	if status := must(received.Status()); len(status.Valid) != 3 || !slices.Equal(status.BadDealers, []relight.PartyIndex{1}) {
		t.Fatalf("%+v", status)
	}
	evidence := relight.NewEvidence(must(relight.TwoDealings(dealings[0], other)).Bytes())
	if culprit := must(evidence.Verify(ceremony)); culprit != (relight.Culprit{Dealer: 1, Fault: relight.FaultEquivocation}) {
		t.Fatal(culprit)
	}
	confirmations := []relight.Confirmation{
		parties[1].confirm(ceremony, dealings), parties[1].confirm(ceremony, dealings[1:]),
	}
	evidence = must(relight.TwoConfirmations(confirmations[0], confirmations[1]))
	if culprit := must(evidence.Verify(ceremony)); culprit != (relight.Culprit{Recipient: 2}) {
		t.Fatal(culprit)
	}
	evidence = must(relight.BadDealing(dealings[0]))
	if _, err := evidence.Verify(ceremony); !errors.Is(err, relight.ErrNoEvidence) {
		t.Fatal(err)
	}
}

// TestSuccession replaces a Blinder and a member key.
func TestSuccession(t *testing.T) {
	w := shared()
	first := w.places[0].Registrations[0]
	second := must(must(first.Successor(must(relight.GenerateBlinder()))).Sign(w.operators[0]))
	check(first.CheckSuccessor(second))
	if err := second.CheckSuccessor(first); !errors.Is(err, relight.ErrRetiredRegistration) {
		t.Fatal(err)
	}
	if said := must(second.Inspect()); said.Serial != 2 || said.Operator != w.places[0].Operator {
		t.Fatalf("%+v", said)
	}
	_, err := first.Verify(w.network.Name, w.places[0].Name, w.places[1].Operator)
	var detail *relight.Error
	if !errors.As(err, &detail) || detail.Field != relight.FieldOperator {
		t.Fatal(err)
	}
	member := must(must(w.members[0].registration.Successor(must(relight.GenerateMemberKey()))).Sign(w.members[0].identity))
	check(w.members[0].registration.CheckSuccessor(member))
	if said := must(member.Verify([]byte("party"))); said.Serial != 2 || said.Index != 1 {
		t.Fatalf("%+v", said)
	}
}

// walletRegistration is the registration of a Blinder that a wallet signed, of the test vectors.
var walletRegistration = sync.OnceValue(func() []byte {
	return must(hex.DecodeString("010f6578616d706c65206e6574776f726b066e6f64652d31036752f9a2fccf591b8cde07c627053debdc45" +
		"e4bf13aae9a4065799ee6713e6c200000000000000010000000000000000000000000000000000000000000000000000000000000000" +
		"b6323440710af9c886cfb0d66921c613471b639fb626788d17c1370d2fd3dd2abecf525823673dfadd114e174f5eb754a5247dbd6400" +
		"e5114bf784e86d2dcc1f54d77119d022501ba89ae9447fb981f54fbba10b54783433345ad9c0409b7710354dd773301042d2e7f8cdbd" +
		"9baa17a731b36675dc4cdacdc0d99cff8f6834e6020001ce137a8648b4321a7872491b18c26b428ac709c4d7000520cab5c0e47dd408" +
		"faf89a273801af0f9c0efe97d8a0769182f5914d7d959a310e2446934849e3"))
})

// TestWallet completes what a wallet signed, and tells what is wrong with what it did not.
func TestWallet(t *testing.T) {
	whole := walletRegistration()
	body, wallet := whole[:len(whole)-65], slices.Clone(whole[len(whole)-64:])
	signer := relight.NewIdentityPublicKey(whole[24:57])
	form := relight.NewUnsigned[relight.BlinderRegistration](body, signer)
	if registration := must(form.Complete(wallet)); !slices.Equal(registration.Bytes(), whole) {
		t.Fatal("another registration")
	}
	if text := must(form.WalletText()); text[:20] != "relight-v1 signature" {
		t.Fatal(text)
	}
	var detail *relight.Error
	_, err := form.Complete(wallet[:63])
	if !errors.As(err, &detail) || detail.WalletFault != relight.WalletLength || detail.Number != 63 {
		t.Fatal(err)
	}
	_, err = form.Complete(append(wallet, 29))
	if !errors.As(err, &detail) || detail.WalletFault != relight.WalletRecoveryID {
		t.Fatal(err)
	}
	stranger := relight.NewUnsigned[relight.BlinderRegistration](body, shared().places[0].Operator)
	_, err = stranger.Complete(append(wallet, 27))
	if !errors.As(err, &detail) || detail.WalletFault != relight.WalletSigner {
		t.Fatal(err)
	}
	if text := detail.Address.String(); len(text) != 42 || must(signer.Address()) == (relight.Address{}) {
		t.Fatal(text)
	}
}

func TestSecretsSayWhatTheyAre(t *testing.T) {
	blinder := must(relight.GenerateBlinder())
	_, err := relight.ParseMemberKey(blinder.Expose())
	var detail *relight.Error
	if !errors.Is(err, relight.ErrWrongKind) || !errors.As(err, &detail) {
		t.Fatal(err)
	}
	if detail.Expected != uint32(relight.KindMemberKey) || detail.Found != uint32(relight.KindBlinder) {
		t.Fatal(detail)
	}
	damaged := blinder.Expose()
	damaged[10] ^= 1
	if _, err := relight.ParseBlinder(damaged); !errors.Is(err, relight.ErrBadChecksum) {
		t.Fatal(err)
	}
	if kind := must(blinder.Kind()); kind != relight.KindBlinder || kind.String() != "Blinder" {
		t.Fatal(kind)
	}
}
