/* Linked with a program of Relight: the other library of Rust runs before it. */
#include <stdbool.h>
#include <stdlib.h>

bool second_unwinds(void);

__attribute__((constructor)) static void run(void) {
  if (!second_unwinds()) abort();
}
