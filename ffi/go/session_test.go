package relight_test

import (
	"errors"
	"math"
	"slices"
	"sync"
	"testing"
	"time"

	"relight.dev/relight"
)

func digestOf(statement relight.Statement) relight.Digest { return must(statement.Inspect()).Digest }

func TestSessionSurvivesARestart(t *testing.T) {
	w, now := shared(), time.Now()
	session, _ := w.ask(now, 0, 1)
	check(session.Attest([]byte("quote")))
	review := relight.Review{Request: must(session.Request()), Statements: w.statements, Roster: w.roster, Now: now}
	must(session.Receive(w.respond(2, review), now))
	state := must(session.State())
	session.Close()
	if must(state.Kind()) != relight.KindSession {
		t.Fatal(state.Kind())
	}
	session = must(relight.Resume([]byte("party"), state))
	defer session.Close()
	if _, err := session.UnlockKeys(); !errors.Is(err, relight.ErrNotEnoughShares) {
		t.Fatal(err)
	}
	must(session.Receive(w.respond(0, review), now))
	if progress := must(session.Receive(w.respond(1, review), now)); progress.Needed != 0 || len(progress.Missing) != 0 {
		t.Fatal(progress)
	}
	if string(must(review.Request.Inspect()).Attestation) != "quote" {
		t.Fatal("the attestation is lost")
	}
}

// TestPartialAnswers has members answer for some of the statements.
func TestPartialAnswers(t *testing.T) {
	w, now := shared(), time.Now()
	session, review := w.ask(now, 0, 1)
	defer session.Close()
	first, second := digestOf(w.statements[0]), digestOf(w.statements[1])
	for i := range w.members {
		must(session.Receive(w.respond(i, review, first), now))
	}
	progress := must(session.Progress())
	if progress.Needed != 3 || !slices.Equal(progress.Statements, []int{0, 3}) || len(progress.Answered) != 0 {
		t.Fatalf("%+v", progress)
	}
	key := must(session.UnlockKey(first))
	defer key.Close()
	if _, err := session.UnlockKey(second); !errors.Is(err, relight.ErrNotEnoughShares) {
		t.Fatal(err)
	}
	if _, err := review.Respond(w.members[0].shares[0], first, first); !errors.Is(err, relight.ErrDuplicateStatement) {
		t.Fatal(err)
	}
}

// TestTimesAreRefused has the zero time, times before 1970, the second zero, the year 10000, milliseconds taken for
// seconds, and the ends of time.
func TestTimesAreRefused(t *testing.T) {
	w, now := shared(), time.Now()
	session, review := w.ask(now, 0)
	defer session.Close()
	response := w.respond(0, review)
	for _, bad := range []time.Time{
		{}, time.Unix(-1, 0), time.Unix(0, 0), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Unix(now.UnixMilli(), 0), time.Unix(math.MaxInt64, 0), time.Unix(math.MinInt64, 0), time.Unix(1<<62, 0),
	} {
		_, asked := relight.Ask(w.roster, w.statements[:1], nil, now, bad)
		_, askedThen := relight.Ask(w.roster, w.statements[:1], nil, bad, now)
		_, received := session.Receive(response, bad)
		review.Now = bad
		_, reviewed := review.Text()
		for _, err := range []error{asked, askedThen, received, reviewed} {
			if !errors.Is(err, relight.ErrInvalidTime) {
				t.Fatal(bad, err)
			}
		}
	}
}

// TestOutsidersAreRefused has no Blinder, another roster, an expiry beyond a week, another member's identity.
func TestOutsidersAreRefused(t *testing.T) {
	w, now := shared(), time.Now()
	session := must(relight.Ask(w.roster, w.statements[:2], nil, now, now.Add(time.Hour)))
	defer session.Close()
	draft := must(session.Draft())
	check(session.Authorise(must(w.blinders[0].Authorise(draft, w.statements[0]))))
	var detail *relight.Error
	_, err := session.Request()
	if !errors.Is(err, relight.ErrUnauthorised) || !errors.As(err, &detail) || detail.Number != 1 {
		t.Fatal(err)
	}
	if _, err := w.blinders[0].Authorise(draft, w.statements[1]); !errors.Is(err, relight.ErrWrongBlinder) {
		t.Fatal(err)
	}
	_, err = relight.Ask(w.roster, w.statements[:1], nil, now, now.Add(8*24*time.Hour))
	if !errors.Is(err, relight.ErrExpiryTooFar) {
		t.Fatal(err)
	}
	asked, review := w.ask(now, 0)
	asked.Close()
	form := must(review.Respond(w.members[0].shares[0]))
	if _, err := form.Sign(w.members[1].identity); !errors.Is(err, relight.ErrWrongIdentity) {
		t.Fatal(err)
	}
	if _, err := review.Respond(w.nodes[0].shares[0]); !errors.Is(err, relight.ErrWrongCurve) {
		t.Fatal(err)
	}
}

// TestAccusation has a member sign what nobody can read.
func TestAccusation(t *testing.T) {
	w, now := shared(), time.Now()
	session, review := w.ask(now, 0)
	defer session.Close()
	form := must(review.Respond(w.members[1].shares[0]))
	body := form.Bytes()
	body[len(body)-1] ^= 1
	bad := must(relight.NewUnsigned[relight.Response](body, form.Signer()).Sign(w.members[1].identity))
	if _, err := session.Receive(bad, now); !errors.Is(err, relight.ErrBadResponse) {
		t.Fatal(err)
	}
	accusation := relight.NewAccusation(must(session.Accuse(bad)).Bytes())
	if member := must(accusation.Verify(w.roster, w.statements)); member != 2 {
		t.Fatal(member)
	}
	if _, err := session.Accuse(w.respond(1, review)); !errors.Is(err, relight.ErrNoEvidence) {
		t.Fatal(err)
	}
}

// TestConcurrentUse is for the race detector.
func TestConcurrentUse(t *testing.T) {
	w, now := shared(), time.Now()
	session, review := w.ask(now, 0)
	backup := must(w.backups[0].Verify(w.statements[0]))
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			must(session.Receive(w.respond(i%3, review), now))
			must(session.Progress())
			_ = backup.CheckBlinder(w.blinders[0])
			if i == 7 {
				backup.Close()
			}
		})
	}
	group.Wait()
	keys := must(session.UnlockKeys())
	keys.Close()
	session.Close()
}
