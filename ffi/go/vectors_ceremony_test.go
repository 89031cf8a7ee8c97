//go:build vectors

package relight_test

import (
	"encoding/hex"
	"errors"

	"relight.dev/relight"
)

func ceremony(in fields) (output, error) {
	ceremony, err := relight.ParseCeremony(in.bytes("ceremony"))
	if err != nil {
		return nil, err
	}
	said := must(ceremony.Inspect())
	return output{"digest": said.Digest, "needed": said.Needed, "quorum": said.Quorum}, nil
}

func ceremonyOf(in fields) relight.Ceremony { return must(relight.ParseCeremony(in.bytes("ceremony"))) }

func deal(in fields) (output, error) {
	shares := each(in.list("old_shares"), func(b []byte) relight.KeyShare {
		return relight.KeyShare{Secret: relight.NewSecret(b)}
	})
	ceremony, dealer := ceremonyOf(in), get[relight.PartyIndex](in, "dealer")
	playBack(in)
	if len(in.bytes("identity_secret")) > 0 {
		dealing, err := ceremony.Deal(dealer, in.identity("identity_secret"), shares...)
		if err != nil {
			return nil, err
		}
		return output{"digest": must(dealing.Inspect()).Digest, "dealing": dealing.Bytes()}, nil
	}
	form, err := ceremony.DealUnsigned(dealer, in.memberKey(), shares...)
	if err != nil {
		return nil, err
	}
	// The digest of a dealing that lacks its signature is that of any signed one.
	digest := must(relight.NewDealing(append(form.Bytes(), make([]byte, 65)...)).Inspect()).Digest
	return output{"digest": digest, "body": form.Bytes(), "wallet_text": must(form.WalletText())}, nil
}

func verifyDealing(in fields) (output, error) {
	verified, err := ceremonyOf(in).Verify(relight.NewDealing(in.bytes("dealing")))
	return output{"dealer": verified.Dealer, "digest": verified.Digest}, err
}

// result is what one call of several in a row gave: null, or an error with its detail.
func result(err error) any {
	if err == nil {
		return nil
	}
	var found *relight.Error
	errors.As(err, &found)
	described := output{"error": names[found.Code]}
	if detail := detailOf(found); detail != nil {
		described["detail"] = detail
	}
	return described
}

func agreed(dealings []relight.AgreedDealing) [][2]any {
	return each(dealings, func(a relight.AgreedDealing) [2]any {
		return [2]any{a.Dealer, hex.EncodeToString(a.Digest[:])}
	})
}

func indices(list []relight.PartyIndex) []relight.PartyIndex {
	return append([]relight.PartyIndex{}, list...)
}

func (in fields) dealings(name string) []relight.Dealing {
	return each(in.list(name), relight.NewDealing)
}

// receiveDealings shows the valid dealings: those that are kept, without those of dealers that were expelled since.
func receiveDealings(in fields) (output, error) {
	dealings := must(ceremonyOf(in).NewDealings())
	defer dealings.Close()
	receive := func(d relight.Dealing) any { return result(dealings.Receive(d)) }
	found := output{"results": each(in.dealings("dealings"), receive)}
	certificate := in.bytes("certificate")
	if len(certificate) == 0 {
		status := must(dealings.Status())
		found["kept"], found["bad"] = agreed(status.Valid), indices(status.BadDealers)
		return found, nil
	}
	closed, err := dealings.CloseWith(relight.NewCertificate(certificate))
	if err != nil {
		return nil, err
	}
	defer closed.Close()
	found["later"] = each(in.dealings("later"), func(d relight.Dealing) any { return result(closed.Receive(d)) })
	status := must(closed.Status())
	found["missing"], found["bad"] = agreed(status.Missing), indices(status.BadDealers)
	return found, nil
}

// onlyValid takes from an expected output what receiveDealings does not show.
func onlyValid(want output) {
	if _, closed := want["later"]; closed {
		delete(want, "kept")
		return
	}
	valid := []any{}
	for _, kept := range want["kept"].([]any) {
		expelled := false
		for _, bad := range want["bad"].([]any) {
			expelled = expelled || bad == kept.([]any)[0]
		}
		if !expelled {
			valid = append(valid, kept)
		}
	}
	want["kept"] = valid
}

// received drops what is refused.
func received(in fields) *relight.Dealings {
	dealings := must(ceremonyOf(in).NewDealings())
	for _, dealing := range in.dealings("dealings") {
		_ = dealings.Receive(dealing)
	}
	return dealings
}

func confirmDealings(in fields) (output, error) {
	dealings, recipient, key := received(in), get[relight.PartyIndex](in, "recipient"), in.memberKey()
	defer dealings.Close()
	if own := in.bytes("confirmed"); len(own) > 0 {
		if _, err := dealings.ConfirmLike(relight.NewConfirmation(own), recipient, key); err != nil {
			return nil, err
		}
	}
	var form relight.Unsigned[relight.Confirmation]
	var err error
	if other := in.bytes("follow"); len(other) > 0 {
		form, err = dealings.ConfirmLike(relight.NewConfirmation(other), recipient, key)
	} else {
		form, err = dealings.Confirm(recipient, key)
	}
	if err != nil {
		return nil, err
	}
	return signed("confirmation", form, in.identity("identity_secret"))
}

func verifyConfirmation(in fields) (output, error) {
	said, err := ceremonyOf(in).VerifyConfirmation(relight.NewConfirmation(in.bytes("confirmation")))
	return output{"recipient": said.Recipient, "dealings": agreed(said.Dealings)}, err
}

func receiveConfirmations(in fields) (output, error) {
	confirmations := must(ceremonyOf(in).NewConfirmations())
	defer confirmations.Close()
	results := each(in.list("confirmations"), func(b []byte) any {
		return result(confirmations.Receive(relight.NewConfirmation(b)))
	})
	status := must(confirmations.Status())
	return output{"results": results, "unconfirmed": indices(status.Unconfirmed), "failed": status.Failed}, nil
}

func certify(in fields) (output, error) {
	confirmations := must(ceremonyOf(in).NewConfirmations())
	defer confirmations.Close()
	for _, confirmation := range in.list("confirmations") {
		_ = confirmations.Receive(relight.NewConfirmation(confirmation))
	}
	certificate, err := confirmations.Certificate()
	return output{"certificate": certificate.Bytes()}, err
}

func verifyCertificate(in fields) (output, error) {
	ceremony, certificate := ceremonyOf(in), relight.NewCertificate(in.bytes("certificate"))
	said, err := ceremony.VerifyCertificate(certificate)
	if err != nil {
		return nil, err
	}
	if commitments := in.list("commitments"); len(commitments) > 0 {
		keys, err := parsed(commitments, relight.ParseVssCommitment)
		if err != nil {
			return nil, err
		}
		if err := ceremony.VouchFor(certificate, keys...); err != nil {
			return nil, err
		}
	}
	return output{
		"recipients": indices(said.Recipients), "dealings": agreed(said.Dealings), "transcript": said.Transcript,
	}, nil
}

func finish(in fields) (output, error) {
	dealings := received(in)
	defer dealings.Close()
	closed, err := dealings.CloseWith(relight.NewCertificate(in.bytes("certificate")))
	if err != nil {
		return nil, err
	}
	defer closed.Close()
	for _, dealing := range in.dealings("later") {
		_ = closed.Receive(dealing)
	}
	outcome, err := closed.Finish(get[relight.PartyIndex](in, "recipient"), in.memberKey())
	if err != nil {
		return nil, err
	}
	if must(closed.FinishPublic()).Transcript != outcome.Transcript {
		panic("another transcript")
	}
	return output{
		"bad":         indices(must(closed.Status()).BadDealers),
		"shareless":   each(outcome.Shareless, func(s relight.WithoutShare) [2]int { return [2]int{s.Key, int(s.Party)} }),
		"commitments": each(outcome.Keys, relight.VssCommitment.Bytes), "transcript": outcome.Transcript,
		"shares": each(outcome.Shares, func(s relight.KeyShare) []byte { return must(s.Scalar()).Expose() }),
	}, nil
}

func verifyEvidence(in fields) (output, error) {
	culprit, err := relight.NewEvidence(in.bytes("evidence")).Verify(ceremonyOf(in))
	if culprit.Recipient != 0 {
		return output{"recipient": culprit.Recipient}, err
	}
	return output{"dealer": culprit.Dealer, "fault": faultNames[culprit.Fault]}, err
}
