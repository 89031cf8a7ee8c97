/* Requests to valgrind, which are C macros and do nothing outside valgrind; and processes. */
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>
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

/* What the process leaves that runs the operation, or -1. Valgrind leaves its own number there if it has found anything. */
int relight_ct_apart(void (*operation)(const void *), const void *argument) {
    int status;
    pid_t child = fork();
    if (child == 0) {
        operation(argument);
        _exit(0);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status)) {
        return -1;
    }
    return WEXITSTATUS(status);
}
