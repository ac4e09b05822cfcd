/*
 * The core of the fault library: its settings, the lock, the count, the record, and which file a call means.
 *
 * Which file a descriptor means is asked of /proc at each call instead of being tracked: that stays right over dup, fork, exec
 * and rename. One lock, held over the call and its record, keeps the order of the record true for all threads and processes.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { MAX_PIECES = 60, FIRST_OWN_FD = 200 };
enum kind { NOTHING, EIO_, ENOSPC_, SHORT, KILL, EXIT };
enum target { OTHER, WATCHED, OUTPUT, SOCKET };

struct state { uint64_t calls, log_end; };
struct record {
    uint32_t size, pid;
    uint64_t call, offset;
    int32_t error;
    uint16_t path, path2;
    uint8_t kind, fd, unused[6];
};
struct call { uint64_t number; int error; bool shorten, die_after; };

static struct state *shared;
static int state_fd = -1, log_fd = -1;
static char dir[PATH_MAX];
static size_t dir_len;
static uint64_t fail_at;
static enum kind fail_kind;
static bool sticky, sockets;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void record_exit(int code, void *unused);

/* Far above the descriptors that the program sees, so that its own numbers are what they would be without us. */
static int own_fd(const char *path)
{
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    int high = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, FIRST_OWN_FD);
    if (high < 0) {
        static const char message[] = "faults: a file of the fault library cannot be opened\n";
        syscall(SYS_write, 2, message, sizeof message - 1);
        _exit(99);
    }
    syscall(SYS_close, fd);
    return high;
}

__attribute__((constructor)) static void start(void)
{
    static const char *const names[] = { "", "eio", "enospc", "short", "kill", "exit" };
    const char *watched = getenv("FAULT_DIR"), *count = getenv("FAULT_COUNT"), *log = getenv("FAULT_LOG");
    const char *at = getenv("FAULT_FAIL"), *kind = getenv("FAULT_KIND");
    if (!watched || !count)
        return;
    dir_len = (size_t)snprintf(dir, sizeof dir, "%s", watched);
    for (size_t i = 1; kind && i < sizeof names / sizeof *names; i++)
        if (!strcmp(kind, names[i]))
            fail_kind = (enum kind)i;
    fail_at = at ? strtoull(at, NULL, 10) : 0;
    sticky = getenv("FAULT_STICKY") != NULL;
    sockets = getenv("FAULT_SOCKETS") != NULL;
    log_fd = log ? own_fd(log) : -1;
    state_fd = own_fd(count);
    struct stat found;
    if (!fstat(state_fd, &found) && found.st_size < (off_t)sizeof *shared)
        syscall(SYS_ftruncate, state_fd, sizeof *shared);
    void *map = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, state_fd, 0);
    shared = map == MAP_FAILED ? NULL : map;
    on_exit(record_exit, NULL);
}

/* ---- the lock ---- */

static void lock(void)
{
    pthread_mutex_lock(&mutex);
    while (flock(state_fd, LOCK_EX) && errno == EINTR)
        ;
}

static void unlock(void)
{
    int kept = errno;
    flock(state_fd, LOCK_UN);
    pthread_mutex_unlock(&mutex);
    errno = kept;
}

static void die(void)
{
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

/* ---- counting and failing (under the lock) ---- */

static struct call count_call(void)
{
    struct call call = { .number = ++shared->calls };
    /* After a short write the rest meets the full disk. */
    bool rest = fail_kind == SHORT && call.number == fail_at + 1;
    if (!fail_at || call.number < fail_at || (call.number > fail_at && !sticky && !rest))
        return call;
    switch (fail_kind) {
    case EIO_: call.error = EIO; break;
    case ENOSPC_: call.error = ENOSPC; break;
    case SHORT: call.error = ENOSPC; call.shorten = call.number == fail_at; break;
    case KILL: die(); break;
    case EXIT: call.die_after = true; break;
    case NOTHING: break;
    }
    return call;
}

/* ---- recording (under the lock) ---- */

/* A record that a kill has torn lies behind log_end: it is cut off before the next one is written. */
static void append(struct record *head, const char *path, const char *path2, const struct iovec *data, int pieces, size_t bytes)
{
    if (log_fd < 0)
        return;
    int kept = errno, n = 3;
    struct iovec parts[MAX_PIECES + 3];
    head->path = (uint16_t)strlen(path);
    head->path2 = (uint16_t)strlen(path2);
    head->pid = (uint32_t)getpid();
    head->size = (uint32_t)(sizeof *head + head->path + head->path2 + bytes);
    parts[0] = (struct iovec){ head, sizeof *head };
    parts[1] = (struct iovec){ (void *)path, head->path };
    parts[2] = (struct iovec){ (void *)path2, head->path2 };
    for (int i = 0; i < pieces && bytes; i++, n++) {
        size_t piece = data[i].iov_len < bytes ? data[i].iov_len : bytes;
        parts[n] = (struct iovec){ data[i].iov_base, piece };
        bytes -= piece;
    }
    struct stat found;
    if (!fstat(log_fd, &found) && (uint64_t)found.st_size > shared->log_end)
        syscall(SYS_ftruncate, log_fd, shared->log_end);
    if (syscall(SYS_pwritev, log_fd, parts, n, (long)shared->log_end, 0L) == (long)head->size)
        shared->log_end += head->size;
    errno = kept;
}

/* ---- which file? ---- */

static bool watched(const char *path)
{
    return !strncmp(path, dir, dir_len) && (path[dir_len] == '/' || !path[dir_len]);
}

static bool descriptor_path(int fd, char *out)
{
    char link[40];
    snprintf(link, sizeof link, fd == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", fd);
    long n = syscall(SYS_readlinkat, AT_FDCWD, link, out, PATH_MAX - 1L);
    out[n < 0 ? 0 : n] = 0;
    return n > 0;
}

static enum target classify(int fd, char *path)
{
    int kept = errno;
    enum target found = OTHER;
    if (shared && descriptor_path(fd, path)) {
        if (watched(path))
            found = WATCHED;
        else if (sockets && !strncmp(path, "socket:", 7))
            found = SOCKET;
        else if ((fd == 1 || fd == 2) && strcmp(path, "/dev/null"))
            found = OUTPUT;
    }
    errno = kept;
    return found;
}

/* The absolute path of a name, with the links of its folder (not its own) followed. */
static bool resolve(int at, const char *name, char *out)
{
    char whole[2 * PATH_MAX], folder[PATH_MAX];
    int kept = errno;
    *folder = 0;
    if (!shared || !name || !*name || strlen(name) >= PATH_MAX || (*name != '/' && !descriptor_path(at, folder)))
        return false;
    snprintf(whole, sizeof whole, "%s/%s", folder, name);
    for (size_t n = strlen(whole); n > 1 && whole[n - 1] == '/'; n--)
        whole[n - 1] = 0;
    char *last = strrchr(whole, '/');
    *last = 0;
    bool found = realpath(*whole ? whole : "/", folder) && snprintf(out, PATH_MAX, "%s/%s", folder, last + 1) < PATH_MAX;
    errno = kept;
    return found;
}
