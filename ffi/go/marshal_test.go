package relight_test

import (
	"bytes"
	"context"
	"encoding"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"relight.dev/relight"
)

type textual interface {
	encoding.TextMarshaler
	encoding.BinaryMarshaler
	Bytes() []byte
}

// objects are public objects, one of each type.
func objects() []textual {
	w, now := shared(), time.Now()
	ceremony, parties, dealings := ceremonyOfFour()
	session, review := w.ask(now, 0)
	defer session.Close()
	form := must(review.Respond(w.members[1].shares[0]))
	body := form.Bytes()
	body[len(body)-1] ^= 1
	bad := must(relight.NewUnsigned[relight.Response](body, form.Signer()).Sign(w.members[1].identity))
	draft, key := must(session.Draft()), w.network.Keys[0]
	return []textual{
		must(session.Accuse(bad)), must(w.blinders[0].Authorise(draft, w.statements[0])), w.backups[0],
		must(w.blinders[0].Public()), w.places[0].Registrations[0], ceremony, confirm(ceremony, dealings, parties),
		parties[0].confirm(ceremony, dealings), dealings[0], draft, must(relight.BadDealing(dealings[0])),
		w.nodes[0].identifier, must(parties[0].identity.Public()), must(parties[0].key.Public()), parties[0].registration,
		must(key.Inspect()).PublicKey, w.network.RecoveryKey, review.Request, w.respond(0, review), w.statements[0], key,
		w.roster, form, must(relight.NewBundle(w.contents())),
	}
}

// decoded are the types that are decoded before they are anything.
var decoded = []any{
	relight.Bundle{}, relight.Ceremony{}, relight.Draft{}, relight.Identifier{}, relight.Request{}, relight.Statement{},
	relight.VssCommitment{},
}

// formats are ways to write a value and read it again.
var formats = map[string]struct {
	marshal   func(any) ([]byte, error)
	unmarshal func([]byte, any) error
}{
	"json": {json.Marshal, json.Unmarshal},
	"xml":  {xml.Marshal, xml.Unmarshal},
	"gob": {
		func(value any) ([]byte, error) {
			var out bytes.Buffer
			err := gob.NewEncoder(&out).Encode(value)
			return out.Bytes(), err
		},
		func(data []byte, value any) error { return gob.NewDecoder(bytes.NewReader(data)).Decode(value) },
	},
	"text": {
		func(value any) ([]byte, error) { return value.(encoding.TextMarshaler).MarshalText() },
		func(data []byte, value any) error { return value.(encoding.TextUnmarshaler).UnmarshalText(data) },
	},
	"binary": {
		func(value any) ([]byte, error) { return value.(encoding.BinaryMarshaler).MarshalBinary() },
		func(data []byte, value any) error { return value.(encoding.BinaryUnmarshaler).UnmarshalBinary(data) },
	},
}

// oneWay tells which types are not written in a format, or not read.
func oneWay(object any, format string) (unwritten, unread bool) {
	switch object.(type) {
	case relight.Unsigned[relight.Response]:
		return format != "json", format != "json"
	case relight.Roster:
		return false, true
	}
	return false, false
}

// TestObjectsAreMarshalled in every format, and read as they were.
func TestObjectsAreMarshalled(t *testing.T) {
	var seen []reflect.Type
	for _, object := range objects() {
		seen = append(seen, reflect.TypeOf(object))
		for name, format := range formats {
			unwritten, unread := oneWay(object, name)
			data, err := format.marshal(object)
			if (err != nil) != unwritten {
				t.Errorf("%s of %T: %v", name, object, err)
			}
			again := reflect.New(reflect.TypeOf(object))
			err = format.unmarshal(data, again.Interface())
			if (err != nil) != unread || !unread && again.Elem().Interface() != object.(any) {
				t.Errorf("%s of %T is read as %v, %v", name, object, again, err)
			}
		}
	}
	for _, pointer := range exportedTypes {
		if value := reflect.New(typeOf(pointer)).Elem(); value.MethodByName("Bytes").IsValid() && !slices.Contains(seen, value.Type()) {
			t.Errorf("%v is missing", value.Type())
		}
	}
}

// TestTextIsHexadecimal of the encoding, in lower case; and nothing else is read.
func TestTextIsHexadecimal(t *testing.T) {
	for _, object := range objects() {
		if unwritten, unread := oneWay(object, "text"); unwritten || unread {
			continue
		}
		text := string(must(object.MarshalText()))
		if text != hex.EncodeToString(object.Bytes()) || !bytes.Equal(must(object.MarshalBinary()), object.Bytes()) {
			t.Errorf("%T is %.20s", object, text)
		}
		wrong := []string{"", "0", text + "0", text + "x", " " + text, text + "\n", "0x" + text, strings.ToUpper(text) + "AA"}
		if slices.Contains(decoded, reflect.Zero(reflect.TypeOf(object)).Interface()) {
			wrong = append(wrong, "00")
			if _, any := object.(relight.Identifier); !any {
				wrong = append(wrong, text[2:], text[:len(text)-2], text+"00")
			}
		}
		for _, text := range wrong {
			target := reflect.New(reflect.TypeOf(object))
			target.Elem().Set(reflect.ValueOf(object))
			err := target.Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(text))
			if err == nil || target.Elem().Interface() != object.(any) {
				t.Errorf("%T reads %.20q, %v", object, text, err)
			}
		}
	}
}

// TestNothingIsMarshalledAsNothing has the zero value of every type that hides what it is made of be refused.
func TestNothingIsMarshalledAsNothing(t *testing.T) {
	hidden := 0
	for _, pointer := range exportedTypes {
		if !hides(typeOf(pointer)) {
			continue
		}
		hidden++
		for name, format := range formats {
			value, ok := any(pointer), true
			switch name {
			case "text":
				_, ok = value.(encoding.TextMarshaler)
			case "binary":
				_, ok = value.(encoding.BinaryMarshaler)
			}
			if !ok {
				t.Errorf("%T does not marshal as %s", pointer, name)
			} else if data, err := format.marshal(value); err == nil {
				t.Errorf("%s of an empty %T: %s", name, pointer, data)
			}
		}
	}
	if hidden < 36 {
		t.Error(hidden)
	}
}

// hides tells whether a type is a struct with a field that encoders do not see.
func hides(of reflect.Type) bool {
	if of.Kind() == reflect.Struct {
		for i := range of.NumField() {
			if field := of.Field(i); !field.IsExported() || field.Anonymous && hides(indirect(field.Type)) {
				return true
			}
		}
	}
	return false
}

func indirect(of reflect.Type) reflect.Type {
	if of.Kind() == reflect.Pointer {
		return of.Elem()
	}
	return of
}

// TestStructuresAreMarshalled with the objects in them, and without what is left out.
func TestStructuresAreMarshalled(t *testing.T) {
	w := shared()
	var network relight.Network
	check(json.Unmarshal(must(json.Marshal(w.network)), &network))
	var nodes []relight.Node
	check(json.Unmarshal(must(json.Marshal(w.places)), &nodes))
	if !must(network.Audit(context.Background(), nodes, w.backups)).Recoverable {
		t.Error("another network")
	}
	dealer := relight.Dealer{Index: 1, Identity: w.places[0].Operator}
	if text := must(json.Marshal(dealer)); strings.Contains(string(text), "Identifier") {
		t.Error(string(text))
	}
	if text, err := json.Marshal(relight.Plan{Keys: relight.Generate(relight.Secp256k1)}); err == nil {
		t.Error(string(text))
	}
	if _, err := json.Marshal(relight.Entry{}); err == nil {
		t.Error("an entry without points is marshalled")
	}
}

// TestArraysAreText has digests, nonces and addresses.
func TestArraysAreText(t *testing.T) {
	type arrays struct {
		Digest  relight.Digest
		Nonce   relight.Nonce
		Address relight.Address
	}
	written := arrays{relight.Digest{0: 1, 31: 0xab}, must(relight.NewNonce()), must(shared().places[0].Operator.Address())}
	text := must(json.Marshal(written))
	var read arrays
	check(json.Unmarshal(text, &read))
	if read != written || !strings.Contains(string(text), `"`+written.Digest.String()+`"`) {
		t.Error(string(text))
	}
	address := written.Address.String()
	for target, wrong := range map[encoding.TextUnmarshaler][]string{
		&read.Digest: {"", "00", written.Digest.String() + "00", strings.ToUpper(written.Digest.String())},
		&read.Nonce:  {"", "zz", strings.Repeat("0", 65)},
		&read.Address: {
			"", "0x", address[2:], strings.ToLower(address), strings.ToUpper(address), address + "00", address[:40], "0x" + address,
		},
	} {
		for _, text := range wrong {
			if err := target.UnmarshalText([]byte(text)); err == nil {
				t.Errorf("%T reads %q", target, text)
			}
		}
	}
	if read != written {
		t.Error("what is refused changes something")
	}
}
