package relight

import (
	"encoding/hex"
	"math/big"
)

// PartyIndex is the number of a party of a ceremony, a recovery party or a network, 1 to 65535: for blame, order and
// transport. Where the party's share lies is an [Identifier].
type PartyIndex uint16

// Identifier is where a share lies: an integer from 1 to 2^512 - 1, used on each curve modulo its order. Identifiers
// compare with ==. Where an index stands beside it, the zero value stands for the identifier that equals the index.
type Identifier struct{ object }

// NewIdentifier is the identifier of a number. That of zero is refused where it is used.
func NewIdentifier(number uint64) Identifier {
	if number == 0 {
		return Identifier{newObject([]byte{0})}
	}
	return Identifier{newObject(new(big.Int).SetUint64(number).Bytes())}
}

// ParseIdentifier decodes an identifier: 1 to 64 big-endian bytes without leading zeros. It fails with
// [ErrInvalidIdentifier].
func ParseIdentifier(bytes []byte) (Identifier, error) {
	if len(bytes) == 0 || bytes[0] == 0 {
		return Identifier{}, ErrInvalidIdentifier.of("identifier")
	}
	return IdentifierFromBigEndian(bytes)
}

// IdentifierFromBigEndian is the identifier of a big-endian integer that may begin with zeros, as one of a fixed
// length. It fails with [ErrInvalidIdentifier] for zero and for more than 512 bits.
func IdentifierFromBigEndian(bytes []byte) (Identifier, error) {
	significant := new(big.Int).SetBytes(bytes).Bytes()
	if len(significant) == 0 || len(significant) > maxIdentifier {
		return Identifier{}, ErrInvalidIdentifier.of("identifier")
	}
	return Identifier{newObject(significant)}, nil
}

// Identifier is the one that equals the index.
func (i PartyIndex) Identifier() Identifier { return NewIdentifier(uint64(i)) }

// String is a small number in decimal, any other in hexadecimal.
func (i Identifier) String() string {
	if len(i.raw()) <= 8 {
		return new(big.Int).SetBytes(i.Bytes()).String()
	}
	return "0x" + hex.EncodeToString(i.Bytes())
}
