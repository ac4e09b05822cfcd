/*
 * A library for LD_PRELOAD that counts, records and fails the calls by which a program changes files (Linux, glibc).
 *
 *   FAULT_DIR=d      the files that matter: those under d (an absolute path without symbolic links)
 *   FAULT_COUNT=f    shared state of all processes of a run; its first 8 bytes are the number of counted calls
 *   FAULT_LOG=f      where the calls are recorded, in the order in which they took effect
 *   FAULT_FAIL=n     the n-th counted call (from 1) meets FAULT_KIND: eio, enospc, short, kill (before it), exit (killed after it)
 *   FAULT_STICKY=1   every later counted call meets the same
 *   FAULT_SOCKETS=1  what is sent through sockets is counted (and recorded) too; a failure there is ECONNRESET
 *
 * The calls are made by syscall(2), so no other library is looked up.
 */
#define _GNU_SOURCE
#include "core.h"

/* ---- calls on names ---- */

static long failed(int error)
{
    errno = error;
    return -1;
}

static long finish(struct call call, char kind, long result, uint64_t offset, const char *path, const char *path2)
{
    struct record head = { .kind = (uint8_t)kind, .call = call.number, .offset = offset, .error = result < 0 ? errno : 0 };
    append(&head, path, path2, NULL, 0, 0);
    if (call.die_after)
        die();
    return result;
}

static long on_name(char kind, long offset, int at, const char *name, int at2, const char *name2, const long n[6])
{
    char path[PATH_MAX] = "", path2[PATH_MAX] = "";
    bool one = resolve(at, name, path) && watched(path);
    bool two = name2 && resolve(at2, name2, path2) && watched(path2);
    if (!one && !two)
        return syscall(n[0], n[1], n[2], n[3], n[4], n[5]);
    lock();
    struct call call = count_call();
    long result = call.error ? failed(call.error) : syscall(n[0], n[1], n[2], n[3], n[4], n[5]);
    finish(call, kind, result, (uint64_t)offset, path, path2);
    unlock();
    return result;
}

#define NUMBERS(...) (const long[6]){ __VA_ARGS__ }
#define TEXT(p) ((long)(intptr_t)(p))

int renameat2(int at, const char *from, int at2, const char *to, unsigned flags)
{
    return (int)on_name('R', flags, at, from, at2, to, NUMBERS(SYS_renameat2, at, TEXT(from), at2, TEXT(to), flags));
}
int renameat(int at, const char *from, int at2, const char *to) { return renameat2(at, from, at2, to, 0); }
int rename(const char *from, const char *to) { return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0); }

int linkat(int at, const char *from, int at2, const char *to, int flags)
{
    return (int)on_name('L', 0, at, from, at2, to, NUMBERS(SYS_linkat, at, TEXT(from), at2, TEXT(to), flags));
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int unlinkat(int at, const char *path, int flags)
{
    return (int)on_name('U', 0, at, path, 0, NULL, NUMBERS(SYS_unlinkat, at, TEXT(path), flags));
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdirat(int at, const char *path, mode_t mode)
{
    return (int)on_name('D', 0, at, path, 0, NULL, NUMBERS(SYS_mkdirat, at, TEXT(path), mode));
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

int truncate(const char *path, off_t length)
{
    return (int)on_name('T', length, AT_FDCWD, path, 0, NULL, NUMBERS(SYS_truncate, TEXT(path), length));
}
int truncate64(const char *path, off64_t length) { return truncate(path, length); }

/* ---- opening: counted where it makes or empties a file ---- */

static int open_file(int at, const char *name, int flags, unsigned mode)
{
    char path[PATH_MAX];
    bool unnamed = (flags & O_TMPFILE) == O_TMPFILE, changes = flags & (O_CREAT | O_TRUNC) && !unnamed;
    if (!changes || !resolve(at, name, path) || !watched(path))
        return (int)syscall(SYS_openat, at, name, flags, mode);
    lock();
    int kept = errno;
    bool exists = !syscall(SYS_faccessat, at, name, F_OK);
    errno = kept;
    bool makes = !exists && flags & O_CREAT, empties = exists && flags & O_TRUNC && !(flags & O_CREAT && flags & O_EXCL);
    struct call call = { 0 };
    if (makes || empties)
        call = count_call();
    long fd = call.error ? failed(call.error) : syscall(SYS_openat, at, name, flags, mode);
    if (makes || empties)
        finish(call, makes ? 'C' : 'T', fd, 0, path, "");
    unlock();
    return (int)fd;
}

#define MODE(flags) ({ unsigned mode_ = 0; if ((flags) & (O_CREAT | O_TMPFILE)) { va_list l_; va_start(l_, flags); \
    mode_ = va_arg(l_, unsigned); va_end(l_); } mode_; })

int open(const char *path, int flags, ...) { return open_file(AT_FDCWD, path, flags, MODE(flags)); }
int open64(const char *path, int flags, ...) { return open_file(AT_FDCWD, path, flags, MODE(flags)); }
int openat(int at, const char *path, int flags, ...) { return open_file(at, path, flags, MODE(flags)); }
int openat64(int at, const char *path, int flags, ...) { return open_file(at, path, flags, MODE(flags)); }
int creat(const char *path, mode_t mode) { return open_file(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return creat(path, mode); }

/* ---- calls on descriptors ---- */

static long on_descriptor(char kind, int fd, const long n[6])
{
    char path[PATH_MAX];
    if (classify(fd, path) != WATCHED)
        return syscall(n[0], n[1], n[2], n[3], n[4], n[5]);
    lock();
    struct call call = count_call();
    long result = call.error ? failed(call.error) : syscall(n[0], n[1], n[2], n[3], n[4], n[5]);
    struct stat now = { 0 };
    if (kind == 'T' && result == 0)
        fstat(fd, &now);
    finish(call, kind, result, (uint64_t)now.st_size, path, "");
    unlock();
    return result;
}

int fsync(int fd) { return (int)on_descriptor('S', fd, NUMBERS(SYS_fsync, fd)); }
int fdatasync(int fd) { return (int)on_descriptor('S', fd, NUMBERS(SYS_fdatasync, fd)); }
int sync_file_range(int fd, off64_t from, off64_t length, unsigned flags)
{
    return (int)on_descriptor('X', fd, NUMBERS(SYS_sync_file_range, fd, from, length, flags)); /* promises no durability */
}
int ftruncate(int fd, off_t length) { return (int)on_descriptor('T', fd, NUMBERS(SYS_ftruncate, fd, length)); }
int ftruncate64(int fd, off64_t length) { return ftruncate(fd, length); }
int fallocate(int fd, int mode, off_t from, off_t length)
{
    return (int)on_descriptor('T', fd, NUMBERS(SYS_fallocate, fd, mode, from, length));
}
int fallocate64(int fd, int mode, off64_t from, off64_t length) { return fallocate(fd, mode, from, length); }
int posix_fallocate(int fd, off_t from, off_t length)
{
    int kept = errno, error = fallocate(fd, 0, from, length) ? errno : 0;
    errno = kept;
    return error;
}
int posix_fallocate64(int fd, off64_t from, off64_t length) { return posix_fallocate(fd, from, length); }

/* ---- writing ---- */

static long write_raw(int fd, const struct iovec *data, int pieces, off_t at)
{
    return at < 0 ? syscall(SYS_writev, fd, data, pieces) : syscall(SYS_pwritev, fd, data, pieces, at, 0L);
}

/* Before it is written, and without the lock over the write itself: its reader may be slow. */
static void record_output(int fd, const struct iovec *data, int pieces)
{
    struct record head = { .kind = 'O', .fd = (uint8_t)fd };
    size_t bytes = 0;
    for (int i = 0; i < pieces; i++)
        bytes += data[i].iov_len;
    lock();
    append(&head, "", "", data, pieces, bytes);
    unlock();
}

/* One write to a watched file or a socket, counted, perhaps failed or shortened, recorded with what was really written. */
static long write_counted(enum target target, const char *path, int fd, const struct iovec *data, int pieces, off_t at)
{
    lock();
    struct call call = count_call();
    struct iovec half = { data->iov_base, data->iov_len / 2 };
    if (call.error && target == SOCKET)
        call.error = ECONNRESET;
    bool shorten = call.shorten && target == WATCHED && half.iov_len;
    long done = shorten ? write_raw(fd, &half, 1, at) : call.error ? failed(call.error) : write_raw(fd, data, pieces, at);
    long end = at < 0 && done >= 0 && target == WATCHED ? syscall(SYS_lseek, fd, 0L, SEEK_CUR) : at + done;
    struct record head = { .kind = target == SOCKET ? 'N' : 'W', .call = call.number, .error = done < 0 ? errno : 0 };
    head.offset = done < 0 || target == SOCKET ? 0 : (uint64_t)(end - done);
    append(&head, path, "", data, pieces, done < 0 ? 0 : (size_t)done);
    if (call.die_after)
        die();
    unlock();
    return done;
}

static long write_any(int fd, const struct iovec *data, int pieces, off_t at)
{
    char path[PATH_MAX];
    enum target target = pieces > 0 ? classify(fd, path) : OTHER;
    if (target == OTHER)
        return write_raw(fd, data, pieces, at);
    if (pieces > MAX_PIECES) /* the caller goes on after a part, as after every partial write */
        pieces = MAX_PIECES;
    if (target != OUTPUT)
        return write_counted(target, path, fd, data, pieces, at);
    record_output(fd, data, pieces);
    return write_raw(fd, data, pieces, at);
}

ssize_t writev(int fd, const struct iovec *data, int pieces) { return write_any(fd, data, pieces, -1); }
ssize_t pwritev(int fd, const struct iovec *data, int pieces, off_t at) { return write_any(fd, data, pieces, at); }
ssize_t pwritev64(int fd, const struct iovec *data, int pieces, off64_t at) { return write_any(fd, data, pieces, at); }
ssize_t pwrite(int fd, const void *data, size_t n, off_t at) { return write_any(fd, &(struct iovec){ (void *)data, n }, 1, at); }
ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) { return pwrite(fd, data, n, at); }
ssize_t write(int fd, const void *data, size_t n) { return write_any(fd, &(struct iovec){ (void *)data, n }, 1, -1); }

/* The copies that the kernel makes are refused where they would go unrecorded: callers then read and write. */
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t n, unsigned flags)
{
    char path[PATH_MAX];
    if (classify(out, path) != OTHER)
        return failed(EXDEV);
    return syscall(SYS_copy_file_range, in, from, out, to, n, flags);
}
ssize_t sendfile(int out, int in, off_t *from, size_t n)
{
    char path[PATH_MAX];
    if (classify(out, path) != OTHER)
        return failed(EINVAL);
    return syscall(SYS_sendfile, out, in, from, n);
}
ssize_t sendfile64(int out, int in, off64_t *from, size_t n) { return sendfile(out, in, from, n); }

/* ---- sockets, and the end ---- */

ssize_t send(int fd, const void *data, size_t n, int flags)
{
    char path[PATH_MAX];
    struct iovec piece = { (void *)data, n };
    if (classify(fd, path) != SOCKET)
        return syscall(SYS_sendto, fd, data, n, flags, NULL, 0);
    lock();
    struct call call = count_call();
    long done = call.error ? failed(ECONNRESET) : syscall(SYS_sendto, fd, data, n, flags, NULL, 0);
    struct record head = { .kind = 'N', .call = call.number, .error = done < 0 ? errno : 0 };
    append(&head, path, "", &piece, 1, done < 0 ? 0 : (size_t)done);
    if (call.die_after)
        die();
    unlock();
    return done;
}

static void record_exit(int code, void *unused)
{
    (void)unused;
    if (!shared)
        return;
    struct record head = { .kind = 'E', .offset = (uint64_t)(unsigned)code };
    lock();
    append(&head, "", "", NULL, 0, 0);
    unlock();
}
