/*
 * A system that fails: every call is made in processes of its own that have no randomness, or no more memory. Without
 * randomness a call that draws fails and says so. Without memory the process aborts and says so: a call is done, or
 * nobody sees anything of it.
 *
 *     ./faults                      every function
 *     ./faults PROGRAM ARGUMENT..   another program, without randomness
 */
#include "rows.h"
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* The functions that draw. */
static const char *const DRAWING[] = {"identity_generate", "member_key_generate", "blinder_generate", "nonce_generate",
  "blinder_register", "blinder_registration_successor", "member_register", "member_registration_successor",
  "ceremony_deal", "ceremony_deal_unsigned", "backup_create", "authorise", "respond", "session_new",
  "sealing_key_generate", "seal"};

/* This process, and what it executes, gets no randomness from the kernel any more. */
static void without_randomness(void) {
  struct sock_filter filter[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getrandom, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EIO),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
  REQUIRE(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
  REQUIRE(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0);
}

/* The allocator of the program and the library: after so many allocations there is no memory. */
static atomic_size_t allocations;
static atomic_size_t most = SIZE_MAX;

extern void *__libc_malloc(size_t len);
extern void *__libc_calloc(size_t count, size_t len);
extern void *__libc_realloc(void *block, size_t len);
extern void *__libc_memalign(size_t alignment, size_t len);

static bool none_left(void) { return atomic_fetch_add(&allocations, 1) >= most; }

void *malloc(size_t len) { return none_left() ? NULL : __libc_malloc(len); }
void *calloc(size_t count, size_t len) { return none_left() ? NULL : __libc_calloc(count, len); }
void *realloc(void *block, size_t len) { return none_left() ? NULL : __libc_realloc(block, len); }
int posix_memalign(void **block, size_t alignment, size_t len) {
  *block = none_left() ? NULL : __libc_memalign(alignment, len);
  return *block == NULL ? ENOMEM : 0;
}

/* Calls a row in a process of its own, and gives what that exits with, or minus the signal that ended it. */
static int apart(const row *r, bool randomness, size_t memory, char said[256]) {
  int ends[2], status;
  REQUIRE(pipe(ends) == 0);
  pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    REQUIRE(dup2(ends[1], STDERR_FILENO) >= 0);
    if (!randomness) without_randomness();
    most = memory == SIZE_MAX ? memory : allocations + memory;
    _exit(call(r, &r->valid));
  }
  close(ends[1]);
  size_t len = 0;
  for (ssize_t more; (more = read(ends[0], said + len, 255 - len)) > 0;) len += (size_t)more;
  said[len] = 0;
  close(ends[0]);
  REQUIRE(waitpid(child, &status, 0) == child);
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static void wrong(const row *r, const char *when, int outcome, const char *said) {
  fprintf(stderr, "%s, %s: %d, %s\n", r->name, when, outcome, said);
  abort();
}

static bool draws(const row *r) {
  for (size_t i = 0; i < sizeof DRAWING / sizeof *DRAWING; i++)
    if (strcmp(r->name, DRAWING[i]) == 0) return true;
  return false;
}

static void deprived(const row *r) {
  char said[256];
  int outcome = apart(r, false, SIZE_MAX, said);
  if (outcome != (draws(r) ? RELIGHT_RESULT_RANDOMNESS_FAILED : RELIGHT_RESULT_OK))
    wrong(r, "without randomness", outcome, said);
}

/* Ever later in the call, until there is enough. Gives how often there was not. */
static size_t starved(const row *r) {
  char said[256];
  size_t aborted = 0;
  for (size_t memory = 0;; memory = 2 * memory + 1, aborted++) {
    int outcome = apart(r, true, memory, said);
    if (outcome == RELIGHT_RESULT_OK) return aborted;
    if (outcome != -SIGABRT || strstr(said, "memory allocation of ") == NULL) wrong(r, "without memory", outcome, said);
  }
}

int main(int argc, char **argv) {
  if (argc > 1) {
    without_randomness();
    execv(argv[1], argv + 1);
    exit((perror(argv[1]), 1));
  }
  REQUIRE(setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}) == 0);
  world_make(RELIGHT_PARAMETERS_FAST);
  add_rows();
  size_t aborted = 0;
  for (size_t i = 0; i < rows_len; i++) deprived(&rows[i]), aborted += starved(&rows[i]);
  REQUIRE(aborted > rows_len);
  world_free();
  return 0;
}
