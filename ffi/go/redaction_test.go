package relight_test

import (
	"bytes"
	"encoding"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"io"
	"log/slog"
	"strings"
	"testing"
	"text/template"

	"relight.dev/relight"
)

// Ways to hold a secret. In the unexported field of a struct nobody calls its methods.
type (
	exported   struct{ Held any }
	unexported struct{ held any }
	typed      struct{ Blinder relight.Blinder }
	untyped    struct{ blinder relight.Blinder }
	embedding  struct{ relight.Blinder }
	twice      struct {
		relight.Blinder
		relight.Identity
	}
)

// holders hold a secret in every way that a program can.
func holders(b relight.Blinder) []any {
	secret := b.Secret
	holders := []any{
		b, &b, secret, &secret, *secret, typed{b}, &typed{b}, untyped{b}, &untyped{b}, embedding{b}, &embedding{b},
		twice{b, relight.Identity{Secret: secret}}, relight.SecretShare{Share: relight.Scalar{Secret: secret}},
		relight.Outcome{Shares: []relight.KeyShare{{Secret: secret}}}, relight.SessionState{Secret: secret},
		[]relight.Blinder{b}, []*relight.Blinder{&b}, [1]relight.Blinder{b}, &[1]relight.Blinder{b},
		map[string]relight.Blinder{"": b}, map[relight.Blinder]int{b: 1}, map[relight.Blinder]relight.Blinder{b: b},
		[]untyped{{b}}, []*untyped{{b}}, map[string]untyped{"": {b}}, map[untyped]int{{b}: 1}, &[]untyped{{b}},
	}
	for _, held := range holders {
		holders = append(holders, exported{held}, &exported{held}, unexported{held}, &unexported{held}, []any{held},
			map[string]any{"": held}, unexported{&unexported{held}}, unexported{[]any{held}})
	}
	return holders
}

// printers are all ways of the standard library to write a value: by a verb of fmt, to a log, as a document.
func printers() map[string]func(io.Writer, any) error {
	all := map[string]func(io.Writer, any) error{
		"json":      func(w io.Writer, v any) error { return json.NewEncoder(w).Encode(v) },
		"xml":       func(w io.Writer, v any) error { return xml.NewEncoder(w).Encode(v) },
		"gob":       func(w io.Writer, v any) error { return gob.NewEncoder(w).Encode(v) },
		"slog text": func(w io.Writer, v any) error { slog.New(slog.NewTextHandler(w, untimed)).Info("", "v", v); return nil },
		"slog json": func(w io.Writer, v any) error { slog.New(slog.NewJSONHandler(w, untimed)).Info("", "v", v); return nil },
		"text":      template.Must(template.New("").Parse("{{.}} {{print .}} {{js .}} {{printf `%x` .}}")).Execute,
		"html":      htmltemplate.Must(htmltemplate.New("").Parse("{{.}}<a href='{{.}}'><script>x = {{.}}</script>")).Execute,
	}
	for _, verb := range "vTtbcdoOqxXUspwzeEfFgG" {
		for _, flags := range []string{"", "+", "#", " ", "0", "-", "+#", "# ", "08.3", "[1]*"} {
			format := "%" + flags + string(verb)
			all[format] = func(w io.Writer, v any) error { _, err := fmt.Fprintf(w, format, v); return err }
			all["error "+format] = func(_ io.Writer, v any) error { return errors.Join(fmt.Errorf(format, v)) }
		}
	}
	return all
}

var untimed = &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}}

func written(print func(io.Writer, any) error, value any) (text string) {
	defer func() {
		if reason := recover(); reason != nil { // encoding/gob does at a pointer to a pointer
			text = fmt.Sprint(reason)
		}
	}()
	var out bytes.Buffer
	if err := print(&out, value); err != nil {
		fmt.Fprint(&out, err)
	}
	return out.String()
}

// TestSecretsDoNotShow prints whatever holds a secret before and after it is wiped: if nothing of the secret shows, that is
// the same.
func TestSecretsDoNotShow(t *testing.T) {
	blinder := must(relight.GenerateBlinder())
	values, before := holders(blinder), map[string]string{}
	key := func(name string, place int) string { return fmt.Sprintf("%s of %T, %d", name, values[place], place) }
	for name, print := range printers() {
		for i, value := range values {
			before[key(name, i)] = written(print, value)
		}
	}
	blinder.Destroy()
	for name, print := range printers() {
		for i, value := range values {
			if text := written(print, value); text != before[key(name, i)] {
				t.Errorf("%s shows the secret: %.60q, then %.60q", key(name, i), before[key(name, i)], text)
			}
		}
	}
}

// TestSecretsSayThatTheyAreRedacted where their methods are called.
func TestSecretsSayThatTheyAreRedacted(t *testing.T) {
	blinder := must(relight.GenerateBlinder())
	for name, print := range printers() {
		if strings.HasPrefix(name, "%") && !strings.ContainsAny(name, "Tpw*") || strings.HasPrefix(name, "slog") {
			if text := written(print, blinder); !strings.Contains(text, "redacted") {
				t.Errorf("%s writes %q", name, text)
			}
		}
	}
}

// TestSecretsRefuseToBeMarshalled in either direction, alone and in what holds them.
func TestSecretsRefuseToBeMarshalled(t *testing.T) {
	blinder := must(relight.GenerateBlinder())
	for _, value := range []any{
		blinder, &blinder, blinder.Secret, typed{blinder}, embedding{blinder}, []relight.Blinder{blinder},
		map[string]relight.Blinder{"": blinder}, map[relight.Blinder]int{blinder: 1},
		relight.Outcome{Shares: []relight.KeyShare{{Secret: blinder.Secret}}}, relight.Blinder{},
	} {
		if text, err := json.Marshal(value); err == nil {
			t.Errorf("json of %T: %s", value, text)
		}
		if err := gob.NewEncoder(io.Discard).Encode(value); err == nil {
			t.Errorf("gob of %T", value)
		}
	}
	for _, text := range []string{`""`, `"00"`, `{}`, `[]`, `1`} {
		if err := json.Unmarshal([]byte(text), &blinder); err == nil {
			t.Error(text)
		}
	}
	var none relight.Blinder
	for _, err := range []error{
		none.UnmarshalText([]byte("00")), none.UnmarshalBinary([]byte{0}), xml.NewEncoder(io.Discard).Encode(blinder),
	} {
		if err == nil {
			t.Error("a secret is marshalled")
		}
	}
	var _ encoding.TextMarshaler = blinder
}
