// Package networks converts keys of existing networks for Relight: those of kyber, whose distributed key generation drand
// runs, and of tss-lib. It is for reading and copying. It only converts types; the arithmetic is theirs or Relight's, and
// a test holds each file to that, and to forty lines.
package networks
