/* Requests to valgrind, which are C macros. Outside valgrind they do nothing. */
#include <stddef.h>
#include <valgrind/memcheck.h>

void relight_ct_mark_secret(const void *bytes, size_t length) {
    (void)VALGRIND_MAKE_MEM_UNDEFINED(bytes, length);
}

void relight_ct_mark_public(const void *bytes, size_t length) {
    (void)VALGRIND_MAKE_MEM_DEFINED(bytes, length);
}

int relight_ct_under_valgrind(void) {
    return RUNNING_ON_VALGRIND != 0;
}
