package relight

// #include <relight.h>
import "C"

// Bundle is all that is public of a network, in one object that people compare once. Nothing in it is verified.
type Bundle struct{ object }

// Certified is a ceremony and its certificate, which vouch for its keys.
type Certified struct {
	Ceremony    Ceremony
	Certificate Certificate
}

// BundleContents is what a bundle is made of, and what a verified one says.
type BundleContents struct {
	Roster  Roster
	Network Network
	Nodes   []Node
	// RecoveryCertificate vouches for the recovery key. The zero value if nothing does.
	RecoveryCertificate Certified
	// KeyCertificates vouch for the root keys, in their order. None in a network with a key generation of its own.
	KeyCertificates []Certified
}

func (y Certified) pass(c *call) C.relight_certified {
	return C.relight_certified{ceremony: c.object(y.Ceremony), certificate: c.object(y.Certificate)}
}

// NewBundle puts a bundle together, and checks it. Publish it, and tell everyone its digest or its short code.
func NewBundle(contents BundleContents) (Bundle, error) {
	bytes, err := makeBytes(func(c *call, out *C.relight_buffer) C.relight_result {
		passed := &C.relight_bundle_contents{
			party: c.bytes([]byte(contents.Roster.party)), roster: c.object(contents.Roster), network: *contents.Network.pass(c),
		}
		passed.nodes, passed.nodes_len = array(c, contents.Nodes, func(node Node) C.relight_node { return node.pass(c) })
		pass := func(y Certified) C.relight_certified { return y.pass(c) }
		if contents.RecoveryCertificate != (Certified{}) {
			passed.recovery_certificate, _ = array(c, []Certified{contents.RecoveryCertificate}, pass)
		}
		passed.key_certificates, passed.key_certificates_len = array(c, contents.KeyCertificates, pass)
		return C.relight_bundle_new(passed, out, c.details)
	})
	return Bundle{newObject(bytes)}, err
}

// ParseBundle decodes a bundle. Nothing in it is verified: see [Bundle.Verify].
func ParseBundle(bytes []byte) (Bundle, error) {
	return parse(Bundle{newObject(bytes)}, Bundle.Inspect)
}

// BundleClaim is what a bundle claims to be, for people to compare before anybody trusts it.
type BundleClaim struct {
	Digest  Digest
	Network []byte
	Epoch   uint64
	// ShortCode is what people compare by voice.
	ShortCode string
}

// Inspect tells what the bundle claims to be.
func (b Bundle) Inspect() (BundleClaim, error) {
	out := new(C.relight_bundle_claim)
	err := perform(func(c *call) C.relight_result { return C.relight_bundle_inspect(c.object(b), out, c.details) })
	defer C.relight_bundle_claim_free(out)
	return BundleClaim{
		goDigest(out.digest), goBytes(&out.network), uint64(out.epoch), string(goBytes(&out.short_code)),
	}, err
}

// Verify checks all of the bundle at once, and returns what it says. The digest is one that the caller has from a party
// that it trusts, not from where it found the bundle. Whether there are backups, [Network.Audit] tells.
func (b Bundle) Verify(digest Digest) (BundleContents, error) {
	out := new(C.relight_bundle)
	err := perform(func(c *call) C.relight_result {
		return C.relight_bundle_verify(c.object(b), c.digest(digest), out, c.details)
	})
	defer C.relight_bundle_free(out)
	network := Network{
		Parameters: Parameters(out.parameters), Name: goBytes(&out.network), Epoch: uint64(out.epoch),
		RecoveryKey: NewRecoveryKey(goBytes(&out.recovery_key)), Keys: goCommitments(&out.keys),
		Former: goSlice(out.former, out.former_len, func(f *C.relight_bundle_epoch) FormerEpoch {
			return FormerEpoch{uint64(f.epoch), goCommitments(&f.keys)}
		}),
	}
	return BundleContents{
		Roster{newObject(goBytes(&out.roster)), string(goBytes(&out.party))}, network,
		goSlice(out.nodes, out.nodes_len, goBundleNode), goCertified(&out.recovery_certificate),
		goSlice(out.key_certificates, out.key_certificates_len, goCertified),
	}, err
}

// CheckSuccessor tells whether next may take the place of this bundle, and what is different in it: whoever trusts this one
// has to look at nothing else. The caller verified both.
func (b Bundle) CheckSuccessor(next Bundle) (changes []string, err error) {
	out := new(C.relight_list)
	err = perform(func(c *call) C.relight_result {
		return C.relight_bundle_check_successor(c.object(b), c.object(next), out, c.details)
	})
	defer C.relight_list_free(out)
	return goSlice(out.items, out.len, func(b *C.relight_buffer) string { return string(goBytes(b)) }), err
}

func goBundleNode(n *C.relight_bundle_node) Node {
	registrations := goSlice(n.registrations.items, n.registrations.len, func(b *C.relight_buffer) BlinderRegistration {
		return BlinderRegistration{newObject(goBytes(b))}
	})
	shares := goSlice(n.shares, n.shares_len, func(s *C.relight_held_share) Holding {
		return Holding{uint16(s.key), goIdentifier(&s.identifier)}
	})
	return Node{
		Name: goBytes(&n.name), Operator: NewIdentityPublicKey(goBytes(&n.operator_identity)),
		Registrations: registrations, Shares: shares,
	}
}

func goCertified(y *C.relight_bundle_certificate) Certified {
	return Certified{Ceremony{newObject(goBytes(&y.ceremony))}, Certificate{newObject(goBytes(&y.certificate))}}
}

func goCommitments(l *C.relight_list) []VssCommitment {
	return goSlice(l.items, l.len, func(b *C.relight_buffer) VssCommitment { return VssCommitment{newObject(goBytes(b))} })
}
