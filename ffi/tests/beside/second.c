/* Linked with a program of Relight: the other library of Rust, and its blst, run before it. */
#include <stdbool.h>
#include <stdlib.h>

bool second_unwinds(void);
bool second_signs(void);

__attribute__((constructor)) static void run(void) {
  if (!second_unwinds() || !second_signs()) abort();
}
