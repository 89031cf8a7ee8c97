package relight_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"relight.dev/relight"
)

// TestSealedSecretsOpen seals every kind of secret to two keys: either opens it, as what it is.
func TestSealedSecretsOpen(t *testing.T) {
	w := shared()
	session, _ := w.ask(time.Now(), 0)
	defer session.Close()
	checkSealed(t, w.members[0].identity)
	checkSealed(t, w.members[0].key)
	checkSealed(t, w.blinders[0])
	checkSealed(t, w.nodes[0].shares[0])
	checkSealed(t, must(session.State()))
	checkSealed(t, must(relight.GenerateSealingKey()))
}

func checkSealed[T relight.Sealable](t *testing.T, secret T) {
	t.Helper()
	key, other := must(relight.GenerateSealingKey()), must(relight.GenerateSealingKey())
	sealed := must(relight.Seal(secret, must(key.Recipient()), must(other.Recipient())))
	for _, key := range []relight.SealingKey{key, other} {
		if opened := must(relight.Unseal[T](sealed, key)); !equal(opened, secret) {
			t.Errorf("another %T", secret)
		}
	}
	if _, err := relight.Unseal[T](sealed, must(relight.GenerateSealingKey())); !errors.Is(err, relight.ErrWrongSealingKey) {
		t.Error(err)
	}
}

func equal[T relight.Sealable](one, other T) bool {
	return any(one).(interface{ Equal(*relight.Secret) bool }).Equal(relight.NewSecret(any(other).(interface{ Expose() []byte }).Expose()))
}

func TestWhatIsSealedIsChecked(t *testing.T) {
	key := must(relight.GenerateSealingKey())
	blinder := must(relight.GenerateBlinder())
	sealed := must(relight.Seal(blinder, must(key.Recipient())))
	_, asKey := relight.Unseal[relight.MemberKey](sealed, key)
	_, damaged := relight.Unseal[relight.Blinder](append(slices.Clone(sealed[:len(sealed)-1]), sealed[len(sealed)-1]^1), key)
	_, noRecipient := relight.Seal(blinder, "age1")
	_, nobody := relight.Seal(blinder)
	_, noKey := relight.ParseSealingKey([]byte("AGE-SECRET-KEY-1"))
	blinder.Destroy()
	_, destroyed := relight.Seal(blinder, must(key.Recipient()))
	for _, refused := range []struct{ err, want error }{
		{asKey, relight.ErrWrongKind}, {damaged, relight.ErrNotSealed}, {noRecipient, relight.ErrInvalidSealingKey},
		{nobody, relight.ErrInvalidLength}, {noKey, relight.ErrInvalidSealingKey}, {destroyed, relight.ErrDestroyed},
	} {
		if !errors.Is(refused.err, refused.want) {
			t.Error(refused.err, "and not", refused.want)
		}
	}
}

// A process has one key, which a passphrase opens; the key opens everything else.
func ExampleSeal() {
	key := must(relight.GenerateSealingKey())
	sealedKey := must(relight.SealWithPassphrase(key, []byte("correct horse")))
	blinder := must(relight.GenerateBlinder())
	sealed := must(relight.Seal(blinder, must(key.Recipient())))

	// After a restart:
	key = must(relight.UnsealWithPassphrase[relight.SealingKey](sealedKey, []byte("correct horse")))
	defer key.Destroy()
	opened := must(relight.Unseal[relight.Blinder](sealed, key))
	defer opened.Destroy()
	_, err := relight.UnsealWithPassphrase[relight.SealingKey](sealedKey, []byte("battery staple"))
	fmt.Println(opened.Equal(blinder.Secret), err)
	// Output: true relight: sealed: the passphrase or the key is not the one that the secret is sealed to
}

func TestFilesAreWholeAndNotReplacedUnlessTold(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state")
	check(relight.CreateFile(name, []byte("one")))
	if err := relight.CreateFile(name, []byte("two")); !errors.Is(err, os.ErrExist) {
		t.Fatal(err)
	}
	if found := must(os.ReadFile(name)); string(found) != "one" {
		t.Fatal(string(found))
	}
	check(relight.ReplaceFile(name, []byte("two")))
	if found := must(os.ReadFile(name)); string(found) != "two" {
		t.Fatal(string(found))
	}
	if mode := must(os.Stat(name)).Mode().Perm(); mode != 0o600 {
		t.Fatal(mode)
	}
	if left := must(os.ReadDir(filepath.Dir(name))); len(left) != 1 {
		t.Fatal(left)
	}
	if err := relight.CreateFile(filepath.Join(name, "within"), nil); err == nil {
		t.Fatal("a file within a file")
	}
}
