// Package networks puts the keys of networks that exist under Relight: of kyber, whose distributed key generation drand
// runs, and of tss-lib. It is for reading and copying. What is here only says the same in other types; the arithmetic is
// theirs or Relight's, and a test holds each file to that, and to forty lines.
package networks
