/* What a wallet made, of the test vectors: the registration of a Blinder that it signed, and an introduction. */
#ifndef WALLET_H
#define WALLET_H
#include <relight.h>

static const uint8_t WALLET_REGISTRATION[] = {
  1, 15, 101, 120, 97, 109, 112, 108, 101, 32, 110, 101, 116, 119, 111, 114, 107, 6, 110, 111, 100, 101, 45, 49, 3,
  103, 82, 249, 162, 252, 207, 89, 27, 140, 222, 7, 198, 39, 5, 61, 235, 220, 69, 228, 191, 19, 170, 233, 164, 6,
  87, 153, 238, 103, 19, 230, 194, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 182, 50, 52, 64, 113, 10, 249, 200, 134, 207, 176, 214, 105, 33, 198, 19,
  71, 27, 99, 159, 182, 38, 120, 141, 23, 193, 55, 13, 47, 211, 221, 42, 190, 207, 82, 88, 35, 103, 61, 250, 221,
  17, 78, 23, 79, 94, 183, 84, 165, 36, 125, 189, 100, 0, 229, 17, 75, 247, 132, 232, 109, 45, 204, 31, 84, 215,
  113, 25, 208, 34, 80, 27, 168, 154, 233, 68, 127, 185, 129, 245, 79, 187, 161, 11, 84, 120, 52, 51, 52, 90, 217,
  192, 64, 155, 119, 16, 53, 77, 215, 115, 48, 16, 66, 210, 231, 248, 205, 189, 155, 170, 23, 167, 49, 179, 102,
  117, 220, 76, 218, 205, 192, 217, 156, 255, 143, 104, 52, 230, 2, 0, 1, 206, 19, 122, 134, 72, 180, 50, 26, 120,
  114, 73, 27, 24, 194, 107, 66, 138, 199, 9, 196, 215, 0, 5, 32, 202, 181, 192, 228, 125, 212, 8, 250, 248, 154,
  39, 56, 1, 175, 15, 156, 14, 254, 151, 216, 160, 118, 145, 130, 245, 145, 77, 125, 149, 154, 49, 14, 36, 70, 147,
  72, 73, 227};
static const uint8_t WALLET_ADDRESS[] = {
  139, 166, 188, 186, 107, 227, 157, 189, 114, 45, 246, 117, 88, 73, 176, 126, 67, 155, 222, 119};
static const uint8_t WALLET_INTRODUCTION[] = {
  24, 123, 214, 188, 95, 232, 200, 86, 163, 25, 224, 219, 29, 96, 11, 231, 216, 196, 25, 53, 115, 53, 14, 253, 52,
  223, 32, 141, 225, 158, 219, 68, 103, 146, 12, 242, 193, 145, 40, 131, 215, 102, 143, 16, 186, 252, 40, 181, 79,
  2, 63, 234, 104, 19, 17, 150, 176, 228, 15, 172, 191, 201, 134, 79, 28};

static const relight_bytes WALLET_BODY = {WALLET_REGISTRATION, sizeof WALLET_REGISTRATION - 65};
static const relight_bytes WALLET_RETURNED = {WALLET_REGISTRATION + sizeof WALLET_REGISTRATION - 64, 64};
static const relight_bytes WALLET_SIGNER = {WALLET_REGISTRATION + 24, 33};
static const relight_bytes ADDRESS = {WALLET_ADDRESS, sizeof WALLET_ADDRESS};
static const relight_bytes INTRODUCTION = {WALLET_INTRODUCTION, sizeof WALLET_INTRODUCTION};
static const relight_bytes INTRODUCED_TO = {(const uint8_t *)"example network", 15};
#endif
