package relight

// #include <relight.h>
import "C"

// signed is an object that ends with the signature of an identity over all before it.
type signed interface {
	~struct{ object }
	purpose() C.uint8_t
}

func (BlinderRegistration) purpose() C.uint8_t { return C.RELIGHT_PURPOSE_BLINDER_REGISTRATION }
func (MemberRegistration) purpose() C.uint8_t  { return C.RELIGHT_PURPOSE_MEMBER_REGISTRATION }
func (Dealing) purpose() C.uint8_t             { return C.RELIGHT_PURPOSE_DEALING }
func (Confirmation) purpose() C.uint8_t        { return C.RELIGHT_PURPOSE_CONFIRMATION }
func (Response) purpose() C.uint8_t            { return C.RELIGHT_PURPOSE_RESPONSE }

// Unsigned is a [BlinderRegistration], [MemberRegistration], [Dealing], [Confirmation] or [Response] that lacks its
// signature: an [Identity] signs it ([Unsigned.Sign]), or the wallet where the identity lives ([Unsigned.WalletText], then
// [Unsigned.Complete]).
type Unsigned[T signed] struct {
	object
	signer IdentityPublicKey
}

// NewUnsigned takes what Bytes and Signer gave. What is wrong with it is seen when it is signed.
func NewUnsigned[T signed](body []byte, signer IdentityPublicKey) Unsigned[T] {
	return Unsigned[T]{newObject(body), signer}
}

// makeUnsigned makes a call whose output is an unsigned object, and takes that.
func makeUnsigned[T signed](work func(c *call, out *C.relight_unsigned) C.relight_result) (Unsigned[T], error) {
	out := new(C.relight_unsigned)
	err := perform(func(c *call) C.relight_result { return work(c, out) })
	defer C.relight_unsigned_free(out)
	return NewUnsigned[T](goBytes(&out.body), NewIdentityPublicKey(goBytes(&out.signer))), err
}

// makeSigned makes a call whose output is the whole object, and takes that.
func makeSigned[T signed](work func(c *call, out *C.relight_buffer) C.relight_result) (T, error) {
	bytes, err := makeBytes(work)
	return T(struct{ object }{newObject(bytes)}), err
}

// Signer is the identity that is to sign it.
func (u Unsigned[T]) Signer() IdentityPublicKey { return u.signer }

func (u Unsigned[T]) purpose() C.uint8_t {
	var whole T
	return whole.purpose()
}

// Sign signs it. It fails with [ErrWrongIdentity] if the identity is not that of Signer.
func (u Unsigned[T]) Sign(identity Identity) (T, error) {
	return makeSigned[T](func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_sign(u.purpose(), c.object(u), c.object(u.signer), c.secret(identity), out, c.details)
	})
}

// WalletText is what a wallet signs as a personal message (EIP-191).
func (u Unsigned[T]) WalletText() (string, error) { return walletText(u.purpose(), u.Bytes()) }

func walletText(purpose C.uint8_t, body []byte) (string, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_wallet_text(purpose, c.bytes(body), out, c.details)
	})
	return string(bytes), err
}

// Complete adds what a wallet returned for WalletText: 65 bytes, or 64, or the 64 of EIP-2098. An error of
// [ErrWalletSignature] says what is wrong with it.
func (u Unsigned[T]) Complete(wallet []byte) (T, error) {
	return makeSigned[T](func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_complete_signature(u.purpose(), c.object(u), c.object(u.signer), c.bytes(wallet), out, c.details)
	})
}

// Address is the Ethereum address of an identity: how a wallet shows it.
type Address [20]byte

func goAddress(a C.relight_address) (address Address) {
	for i, b := range a.bytes {
		address[i] = byte(b)
	}
	return address
}

// String is the address with the checksum of EIP-55.
func (a Address) String() string {
	passed := new(C.relight_address)
	for i, b := range a {
		passed.bytes[i] = C.uint8_t(b)
	}
	text, _ := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_address_text(passed, out, c.details)
	})
	return string(text)
}

// Address is how a wallet shows the identity.
func (k IdentityPublicKey) Address() (Address, error) {
	out := new(C.relight_address)
	err := perform(func(c *call) C.relight_result { return C.relight_identity_address(c.object(k), out, c.details) })
	return goAddress(*out), err
}

// Introduction is what a wallet signs to introduce its identity to a party or network: wallets show addresses, and public
// keys are recovered from signatures.
func Introduction(party []byte) (string, error) {
	return walletText(C.RELIGHT_PURPOSE_IDENTITY, party)
}

// Introduce is the identity of a wallet, from what it returned for [Introduction]. The address may be nil; 64 bytes
// that are not those of EIP-2098 need it.
func Introduce(party []byte, address *Address, wallet []byte) (IdentityPublicKey, error) {
	var expected []byte
	if address != nil {
		expected = address[:]
	}
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		return C.relight_introduce(c.bytes(party), c.bytes(expected), c.bytes(wallet), out, c.details)
	})
	return NewIdentityPublicKey(bytes), err
}
