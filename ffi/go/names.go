package relight

// #include <relight.h>
import "C"

// The names of numbers are those of the library, "unknown" for what it does not know.

// String is the name of the curve, such as "secp256k1".
func (c Curve) String() string { return C.GoString(C.relight_curve_name(C.uint16_t(c))) }

// String is the name of the parameter set, such as "fast".
func (p Parameters) String() string {
	return C.GoString(C.relight_parameters_name(C.uint8_t(p)))
}

// String is the kind in words, such as "key share".
func (k Kind) String() string { return C.GoString(C.relight_kind_name(C.uint8_t(k))) }

// String is the name of the field, such as "recovery key".
func (f Field) String() string { return C.GoString(C.relight_field_name(C.int32_t(f))) }

// String is the name of the fault, such as "equivocation".
func (f Fault) String() string { return C.GoString(C.relight_fault_name(C.int32_t(f))) }

// String is the name of the fault, such as "recovery id".
func (f WalletFault) String() string {
	return C.GoString(C.relight_wallet_fault_name(C.int32_t(f)))
}

// String is the name of the fault, such as "schnorr proof".
func (f RegistrationFault) String() string {
	return C.GoString(C.relight_registration_fault_name(C.int32_t(f)))
}

// String is the name of the status, such as "covered".
func (s Status) String() string { return C.GoString(C.relight_status_name(C.int32_t(s))) }
