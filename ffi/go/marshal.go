package relight

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Public objects marshal as binary in their encoding, and as text, and so in JSON and XML, in lower-case hexadecimal of it.
// Of text there is one for each object: nothing else is taken. What is empty is refused in both directions.

var (
	errEmpty    = errors.New("relight: what is empty is not marshalled")
	errText     = errors.New("relight: the text is not lower-case hexadecimal")
	errLength   = errors.New("relight: the text is of another length")
	errAddress  = errors.New("relight: the text is no address with the checksum of EIP-55")
	errHandle   = errors.New("relight: a handle is not marshalled")
	errKeys     = errors.New("relight: the keys of a plan are not marshalled: parties exchange the ceremony")
	errUnsigned = errors.New("relight: what is unsigned is marshalled as JSON only")
	errRoster   = errors.New("relight: a roster is verified under the name of its party: see ParseRoster")
)

// MarshalBinary is the encoding. It fails for the zero value.
func (o object) MarshalBinary() ([]byte, error) {
	if o.encoding == "" {
		return nil, errEmpty
	}
	return o.Bytes(), nil
}

// MarshalText is the encoding in lower-case hexadecimal. It fails for the zero value.
func (o object) MarshalText() ([]byte, error) {
	bytes, err := o.MarshalBinary()
	return hex.AppendEncode(nil, bytes), err
}

// UnmarshalBinary takes bytes like the function that makes such an object of them: what that does not look at is verified
// where it is used. It fails for none.
func (o *object) UnmarshalBinary(bytes []byte) error { return unmarshalBinary(o, bytes, takeObject) }

// UnmarshalText is UnmarshalBinary of what MarshalText gives, and of no other text.
func (o *object) UnmarshalText(text []byte) error { return unmarshalText(o, text, takeObject) }

func takeObject(bytes []byte) (object, error) {
	if len(bytes) == 0 {
		return object{}, errEmpty
	}
	return newObject(bytes), nil
}

// unmarshalBinary leaves the target alone if the bytes do not decode.
func unmarshalBinary[T any](target *T, bytes []byte, parse func([]byte) (T, error)) error {
	parsed, err := parse(bytes)
	if err == nil {
		*target = parsed
	}
	return err
}

func unmarshalText[T any](target *T, text []byte, parse func([]byte) (T, error)) error {
	bytes, err := hex.DecodeString(string(text))
	if err != nil || hex.EncodeToString(bytes) != string(text) {
		return fmt.Errorf("%w: %T", errText, *target)
	}
	return unmarshalBinary(target, bytes, parse)
}

// UnmarshalBinary decodes a bundle.
func (b *Bundle) UnmarshalBinary(bytes []byte) error { return unmarshalBinary(b, bytes, ParseBundle) }

// UnmarshalText decodes a bundle.
func (b *Bundle) UnmarshalText(text []byte) error { return unmarshalText(b, text, ParseBundle) }

// UnmarshalBinary decodes a ceremony.
func (y *Ceremony) UnmarshalBinary(bytes []byte) error {
	return unmarshalBinary(y, bytes, ParseCeremony)
}

// UnmarshalText decodes a ceremony.
func (y *Ceremony) UnmarshalText(text []byte) error { return unmarshalText(y, text, ParseCeremony) }

// UnmarshalBinary decodes a draft.
func (d *Draft) UnmarshalBinary(bytes []byte) error { return unmarshalBinary(d, bytes, ParseDraft) }

// UnmarshalText decodes a draft.
func (d *Draft) UnmarshalText(text []byte) error { return unmarshalText(d, text, ParseDraft) }

// UnmarshalBinary decodes an identifier.
func (i *Identifier) UnmarshalBinary(bytes []byte) error {
	return unmarshalBinary(i, bytes, ParseIdentifier)
}

// UnmarshalText decodes an identifier, which is in hexadecimal whatever its size, as MarshalText gives it.
func (i *Identifier) UnmarshalText(text []byte) error { return unmarshalText(i, text, ParseIdentifier) }

// UnmarshalBinary decodes a request.
func (r *Request) UnmarshalBinary(bytes []byte) error { return unmarshalBinary(r, bytes, ParseRequest) }

// UnmarshalText decodes a request.
func (r *Request) UnmarshalText(text []byte) error { return unmarshalText(r, text, ParseRequest) }

// UnmarshalBinary decodes the statement of a backup.
func (s *Statement) UnmarshalBinary(bytes []byte) error {
	return unmarshalBinary(s, bytes, ParseStatement)
}

// UnmarshalText decodes the statement of a backup.
func (s *Statement) UnmarshalText(text []byte) error { return unmarshalText(s, text, ParseStatement) }

// UnmarshalBinary decodes a VSS commitment.
func (v *VssCommitment) UnmarshalBinary(bytes []byte) error {
	return unmarshalBinary(v, bytes, ParseVssCommitment)
}

// UnmarshalText decodes a VSS commitment.
func (v *VssCommitment) UnmarshalText(text []byte) error {
	return unmarshalText(v, text, ParseVssCommitment)
}

// UnmarshalBinary fails: a roster is verified under the name of its party, which whoever reads it knows. See [ParseRoster].
func (r *Roster) UnmarshalBinary([]byte) error { return errRoster }

// UnmarshalText fails like UnmarshalBinary.
func (r *Roster) UnmarshalText([]byte) error { return errRoster }

// unsignedJSON is what is unsigned in JSON.
type unsignedJSON struct {
	Body   object            `json:"body"`
	Signer IdentityPublicKey `json:"signer"`
}

// MarshalJSON is an object with the body and the signer, for who is to sign it.
func (u Unsigned[T]) MarshalJSON() ([]byte, error) {
	return json.Marshal(unsignedJSON{u.object, u.signer})
}

// UnmarshalJSON takes what MarshalJSON gives. What is wrong with it is seen when it is signed.
func (u *Unsigned[T]) UnmarshalJSON(text []byte) error {
	var parts unsignedJSON
	if err := json.Unmarshal(text, &parts); err != nil {
		return err
	}
	if parts.Body == (object{}) || parts.Signer == (IdentityPublicKey{}) {
		return errEmpty
	}
	*u = Unsigned[T]{parts.Body, parts.Signer}
	return nil
}

// MarshalText fails: the signer goes with it. See MarshalJSON.
func (u Unsigned[T]) MarshalText() ([]byte, error) { return nil, errUnsigned }

// UnmarshalText fails like MarshalText.
func (u *Unsigned[T]) UnmarshalText([]byte) error { return errUnsigned }

// MarshalBinary fails like MarshalText.
func (u Unsigned[T]) MarshalBinary() ([]byte, error) { return nil, errUnsigned }

// UnmarshalBinary fails like MarshalText.
func (u *Unsigned[T]) UnmarshalBinary([]byte) error { return errUnsigned }

// String is the digest in lower-case hexadecimal.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText is the digest in lower-case hexadecimal.
func (d Digest) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, d[:]), nil }

// UnmarshalText takes what MarshalText gives.
func (d *Digest) UnmarshalText(text []byte) error { return unmarshalText(d, text, array32[Digest]) }

// MarshalText is the nonce in lower-case hexadecimal.
func (n Nonce) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, n[:]), nil }

// UnmarshalText takes what MarshalText gives.
func (n *Nonce) UnmarshalText(text []byte) error { return unmarshalText(n, text, array32[Nonce]) }

func array32[T ~[32]byte](bytes []byte) (taken T, err error) {
	if len(bytes) != len(taken) {
		return taken, errLength
	}
	return T(bytes), nil
}

// MarshalText is the address with the checksum of EIP-55.
func (a Address) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText takes what MarshalText gives.
func (a *Address) UnmarshalText(text []byte) error {
	digits, _ := strings.CutPrefix(string(text), "0x")
	bytes, err := hex.DecodeString(digits)
	if err != nil || len(bytes) != len(a) || Address(bytes).String() != string(text) {
		return errAddress
	}
	*a = Address(bytes)
	return nil
}
