/* SHAKE256, for the checksums of secrets that the vectors give without one. */
#ifndef KECCAK_H
#define KECCAK_H
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define SHAKE256_RATE 136

static uint64_t rotate(uint64_t lane, unsigned by) { return by == 0 ? lane : lane << by | lane >> (64 - by); }

static void keccak_mix(uint64_t *a) {
  uint64_t c[5], b[25];
  unsigned x = 1, y = 0;
  for (unsigned i = 0; i < 5; i++) c[i] = a[i] ^ a[i + 5] ^ a[i + 10] ^ a[i + 15] ^ a[i + 20];
  for (unsigned i = 0; i < 25; i++) a[i] ^= c[(i + 4) % 5] ^ rotate(c[(i + 1) % 5], 1);
  b[0] = a[0];
  for (unsigned t = 0; t < 24; t++) {
    unsigned next = (2 * x + 3 * y) % 5;
    b[y + 5 * next] = rotate(a[x + 5 * y], (t + 1) * (t + 2) / 2 % 64);
    x = y, y = next;
  }
  for (unsigned i = 0; i < 25; i++) a[i] = b[i] ^ (~b[i / 5 * 5 + (i + 1) % 5] & b[i / 5 * 5 + (i + 2) % 5]);
}

/* The round constants come from a shift register. */
static void keccak(uint64_t *a) {
  uint8_t shift = 1;
  for (unsigned round = 0; round < 24; round++) {
    keccak_mix(a);
    for (unsigned j = 0; j < 7; j++) {
      if (shift & 1) a[0] ^= (uint64_t)1 << ((1u << j) - 1);
      shift = (uint8_t)(shift << 1 ^ (shift >> 7) * 0x71);
    }
  }
}

/* The first bytes of the output, of which there are at most as many as the rate. */
static void shake256(const uint8_t *in, size_t len, uint8_t *out, size_t out_len) {
  uint64_t state[25] = {0};
  for (size_t i = 0; i < len; i++) {
    state[i % SHAKE256_RATE / 8] ^= (uint64_t)in[i] << i % 8 * 8;
    if ((i + 1) % SHAKE256_RATE == 0) keccak(state);
  }
  state[len % SHAKE256_RATE / 8] ^= (uint64_t)0x1f << len % 8 * 8;
  state[SHAKE256_RATE / 8 - 1] ^= (uint64_t)1 << 63;
  keccak(state);
  for (size_t i = 0; i < out_len; i++) out[i] = (uint8_t)(state[i / 8] >> i % 8 * 8);
}
#endif
