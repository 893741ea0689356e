/* Stands between a process and the system: counts the calls that change files below one folder, and lets a
 * chosen one kill the process, fail, or write less than it was given; logs what reached the disk in which
 * order; and moves the clock. Loaded with LD_PRELOAD; does nothing until `faulty_disk_arm` is called.
 *
 * Native code is met as well as Python: SQLite, tantivy and FAISS all write through these functions.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { WRITE = 1, CREATE = 2, SYNC = 4, RESIZE = 8, RENAME = 16, READ = 32 };           /* kinds of call */
enum { NOTHING, KILL_BEFORE, KILL_AFTER, KILL_TORN, FAIL, SHORTEN };                     /* what happens */

static char below[PATH_MAX];
static size_t below_length;
static int action, kinds, failure, log_fd = -1;
static long first, last;
static _Atomic long counted;
static int64_t clock_shift_ns;
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

/* Begin to count calls of `of_kinds` below `folder`; the `from`th to the `to`th meet with `what`. */
void faulty_disk_arm(const char *folder, int what, int of_kinds, long from, long to, int error) {
    strncpy(below, folder, sizeof below - 1);
    below_length = strlen(below);
    action = what, kinds = of_kinds, first = from, last = to, failure = error, counted = 0;
}

/* Begin to log to a file: what is written, made durable, named, and said on standard output. */
void faulty_disk_log(const char *path) {
    log_fd = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* Move the wall clock. */
void faulty_disk_shift(int64_t seconds) { clock_shift_ns = seconds * 1000000000LL; }

/* How many calls were counted. */
long faulty_disk_counted(void) { return counted; }

static void die(void) {
    syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
    for (;;) pause();
}

static int is_ours(const char *path) {
    return below_length && !strncmp(path, below, below_length) &&
           (path[below_length] == '/' || path[below_length] == 0);
}

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
    path[length > 0 ? length : 0] = 0;
    return length > 0 && is_ours(path);
}

static int path_at(int folder, const char *name, char *path) {
    if (!below_length || !name) return 0;
    if (name[0] == '/') {
        snprintf(path, PATH_MAX, "%s", name);
    } else if (folder == AT_FDCWD) {
        return 0; /* the homes of these tests are named by their whole path */
    } else {
        path_of(folder, path);
        size_t length = strlen(path);
        snprintf(path + length, PATH_MAX - length, "/%s", name);
    }
    return is_ours(path);
}

/* Whether this call is one that something happens to; kills at once where it is to be killed before. */
static int is_hit(int kind) {
    if (!(kinds & kind)) return 0;
    long n = ++counted;
    if (action == NOTHING || n < first || n > last) return 0;
    if (action == KILL_BEFORE) die();
    if (action == FAIL) errno = failure;
    return 1;
}

#define FAILS(kind) (is_hit(kind) && (action == FAIL || (die_after = 1, 0)))
#define DONE() do { if (die_after && action == KILL_AFTER) die(); if (die_after && action == KILL_TORN) die(); } while (0)

static void note(char what, int fd, int64_t at, const void *bytes, int64_t size, const char *name) {
    if (log_fd < 0) return;
    struct stat found = {0};
    if (fd >= 0) fstat(fd, &found);
    int64_t head[4] = {(int64_t)found.st_ino, at, size, name ? (int64_t)strlen(name) : 0};
    struct iovec parts[4] = {
        {&what, 1}, {head, sizeof head}, {(void *)name, head[3]}, {(void *)bytes, bytes ? (size_t)size : 0}};
    syscall(SYS_writev, log_fd, parts, 4);
}

static void enter(void) { if (log_fd >= 0) pthread_mutex_lock(&one_at_a_time); }
static void leave(void) { if (log_fd >= 0) pthread_mutex_unlock(&one_at_a_time); }

static ssize_t put(int fd, const void *bytes, size_t size, int64_t at, int is_placed) {
    char path[PATH_MAX];
    int die_after = 0, ours = below_length && path_of(fd, path);
    if (fd == 1 && log_fd >= 0) note('a', -1, 0, bytes, size, NULL);
    if (ours && is_hit(WRITE)) {
        if (action == FAIL) return -1;
        if (action != KILL_AFTER && size > 1) size /= 2;
        die_after = action != SHORTEN;
    }
    enter();
    ssize_t done = is_placed ? syscall(SYS_pwrite64, fd, bytes, size, at) : syscall(SYS_write, fd, bytes, size);
    int error = errno;
    if (ours && done > 0) {
        int64_t place = is_placed ? at : lseek(fd, 0, SEEK_CUR) - done;
        note('w', fd, place, bytes, done, NULL);
    }
    leave();
    DONE();
    errno = error;
    return done;
}

ssize_t write(int fd, const void *bytes, size_t size) { return put(fd, bytes, size, 0, 0); }
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at) { return put(fd, bytes, size, at, 1); }
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) { return put(fd, bytes, size, at, 1); }

ssize_t writev(int fd, const struct iovec *parts, int n) {
    char path[PATH_MAX];
    if (!below_length || !path_of(fd, path)) return syscall(SYS_writev, fd, parts, n);
    ssize_t all = 0;
    for (int i = 0; i < n; i++) {
        if (!parts[i].iov_len) continue;
        ssize_t done = put(fd, parts[i].iov_base, parts[i].iov_len, 0, 0);
        if (done < 0) return all ? all : -1;
        all += done;
        if (done < (ssize_t)parts[i].iov_len) break;
    }
    return all;
}

/* Copies within the kernel are made through memory here, so that they are seen. */
static ssize_t copied(int to, int from, size_t size) {
    char bytes[65536];
    ssize_t n = syscall(SYS_read, from, bytes, size < sizeof bytes ? size : sizeof bytes);
    return n > 0 ? put(to, bytes, n, 0, 0) : n;
}
ssize_t sendfile(int to, int from, off_t *at, size_t size) {
    char path[PATH_MAX];
    if (!below_length || !path_of(to, path)) return syscall(SYS_sendfile, to, from, at, size);
    if (at) lseek(from, *at, SEEK_SET);
    ssize_t done = copied(to, from, size);
    if (at && done > 0) *at += done;
    return done;
}
ssize_t sendfile64(int to, int from, off64_t *at, size_t size) { return sendfile(to, from, at, size); }
ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *put_at, size_t size, unsigned flags) {
    char path[PATH_MAX];
    if (!below_length || !path_of(to, path))
        return syscall(SYS_copy_file_range, from, at, to, put_at, size, flags);
    errno = EXDEV; /* whoever calls this has another way, which is seen */
    return -1;
}

ssize_t read(int fd, void *bytes, size_t size) {
    char path[PATH_MAX];
    if ((kinds & READ) && path_of(fd, path) && is_hit(READ)) return -1;
    return syscall(SYS_read, fd, bytes, size);
}
ssize_t pread64(int fd, void *bytes, size_t size, off64_t at) {
    char path[PATH_MAX];
    if ((kinds & READ) && path_of(fd, path) && is_hit(READ)) return -1;
    return syscall(SYS_pread64, fd, bytes, size, at);
}
ssize_t pread(int fd, void *bytes, size_t size, off_t at) { return pread64(fd, bytes, size, at); }

static int made_durable(int fd, int whole) {
    char path[PATH_MAX];
    int die_after = 0, ours = below_length && path_of(fd, path);
    if (ours && FAILS(SYNC)) return -1;
    enter();
    int done = 0;
    if (ours) note('s', fd, 0, NULL, 0, path);
    else done = syscall(whole ? SYS_fsync : SYS_fdatasync, fd);
    leave();
    DONE();
    return done;
}
int fsync(int fd) { return made_durable(fd, 1); }
int fdatasync(int fd) { return made_durable(fd, 0); }

static int resized(int fd, int64_t size, int grows) {
    char path[PATH_MAX];
    int die_after = 0, ours = below_length && path_of(fd, path);
    if (ours && FAILS(RESIZE)) return -1;
    enter();
    int done = grows ? syscall(SYS_fallocate, fd, 0, 0, size) : syscall(SYS_ftruncate, fd, size);
    if (ours && !done) note('t', fd, size, NULL, grows, NULL);
    leave();
    DONE();
    return done;
}
int ftruncate(int fd, off_t size) { return resized(fd, size, 0); }
int ftruncate64(int fd, off64_t size) { return resized(fd, size, 0); }
int posix_fallocate(int fd, off_t at, off_t size) { return resized(fd, at + size, 1) ? errno : 0; }
int posix_fallocate64(int fd, off64_t at, off64_t size) { return posix_fallocate(fd, at, size); }

static int opened(int folder, const char *name, int flags, mode_t mode) {
    char path[PATH_MAX];
    int die_after = 0, ours = (flags & (O_CREAT | O_TRUNC)) && path_at(folder, name, path);
    struct stat before;
    int is_new = ours && stat(path, &before) != 0;
    if (is_new && (flags & O_CREAT) && FAILS(CREATE)) return -1;
    enter();
    int fd = syscall(SYS_openat, folder, name, flags, mode);
    int error = errno;
    if (ours && fd >= 0) {
        if (is_new) note('c', fd, 0, NULL, 0, path);
        else if (flags & O_TRUNC) note('t', fd, 0, NULL, 0, NULL);
    }
    leave();
    DONE();
    errno = error;
    return fd;
}
#define MODE(after) mode_t mode = 0; if (flags & (O_CREAT | __O_TMPFILE)) { va_list more; va_start(more, after); mode = va_arg(more, int); va_end(more); }
int open(const char *name, int flags, ...) { MODE(flags) return opened(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE(flags) return opened(AT_FDCWD, name, flags, mode); }
int openat(int folder, const char *name, int flags, ...) { MODE(flags) return opened(folder, name, flags, mode); }
int openat64(int folder, const char *name, int flags, ...) { MODE(flags) return opened(folder, name, flags, mode); }

/* Names: `what` happens to `path`, and to `other` where two are concerned, one after the other in the log. */
#define NAMED(what, kind, path, call)                                   \
    int die_after = 0;                                                  \
    if (ours && FAILS(kind)) return -1;                                 \
    enter();                                                            \
    int done = call, error = errno;                                     \
    if (ours && !done) note(what, -1, 0, NULL, 0, path);                \
    leave();                                                            \
    DONE();                                                             \
    errno = error;                                                      \
    return done;

static int renamed(int folder, const char *name, int to_folder, const char *to, unsigned flags) {
    char path[PATH_MAX * 2], other[PATH_MAX];
    int ours = path_at(folder, name, path) & path_at(to_folder, to, other);
    if (ours) snprintf(path + strlen(path), sizeof path - strlen(path), "\n%s", other);
    NAMED('r', RENAME, path, syscall(SYS_renameat2, folder, name, to_folder, to, flags))
}
int rename(const char *name, const char *to) { return renamed(AT_FDCWD, name, AT_FDCWD, to, 0); }
int renameat(int folder, const char *name, int to_folder, const char *to) { return renamed(folder, name, to_folder, to, 0); }
int renameat2(int folder, const char *name, int to_folder, const char *to, unsigned flags) { return renamed(folder, name, to_folder, to, flags); }

static int linked(int folder, const char *name, int to_folder, const char *to, int flags) {
    char path[PATH_MAX * 2], other[PATH_MAX];
    int ours = path_at(folder, name, path) & path_at(to_folder, to, other);
    if (ours) snprintf(path + strlen(path), sizeof path - strlen(path), "\n%s", other);
    NAMED('l', CREATE, path, syscall(SYS_linkat, folder, name, to_folder, to, flags))
}
int link(const char *name, const char *to) { return linked(AT_FDCWD, name, AT_FDCWD, to, 0); }
int linkat(int folder, const char *name, int to_folder, const char *to, int flags) { return linked(folder, name, to_folder, to, flags); }

static int unlinked(int folder, const char *name, int flags) {
    char path[PATH_MAX];
    int ours = path_at(folder, name, path);
    NAMED('u', RENAME, path, syscall(SYS_unlinkat, folder, name, flags))
}
int unlink(const char *name) { return unlinked(AT_FDCWD, name, 0); }
int unlinkat(int folder, const char *name, int flags) { return unlinked(folder, name, flags); }
int rmdir(const char *name) { return unlinked(AT_FDCWD, name, AT_REMOVEDIR); }

int mkdirat(int folder, const char *name, mode_t mode) {
    char path[PATH_MAX];
    int ours = path_at(folder, name, path);
    NAMED('m', CREATE, path, syscall(SYS_mkdirat, folder, name, mode))
}
int mkdir(const char *name, mode_t mode) { return mkdirat(AT_FDCWD, name, mode); }

/* What C's streams write goes through `put` too: FAISS writes so. */
static ssize_t stream_write(void *fd, const char *bytes, size_t size) {
    size_t all = 0;
    while (all < size) {
        ssize_t done = put((int)(intptr_t)fd, bytes + all, size - all, 0, 0);
        if (done <= 0) return all;
        all += done;
    }
    return all;
}
static ssize_t stream_read(void *fd, char *bytes, size_t size) { return read((int)(intptr_t)fd, bytes, size); }
static int stream_seek(void *fd, off64_t *at, int from) {
    *at = lseek64((int)(intptr_t)fd, *at, from);
    return *at < 0 ? -1 : 0;
}
static int stream_close(void *fd) { return close((int)(intptr_t)fd); }

FILE *fopen(const char *name, const char *how) {
    static FILE *(*real)(const char *, const char *);
    char path[PATH_MAX];
    if (!real) real = (FILE * (*)(const char *, const char *)) dlsym(RTLD_NEXT, "fopen");
    if (how[0] != 'w' || !path_at(AT_FDCWD, name, path)) return real(name, how);
    int fd = opened(AT_FDCWD, name, O_CREAT | O_TRUNC | O_CLOEXEC | (strchr(how, '+') ? O_RDWR : O_WRONLY), 0666);
    cookie_io_functions_t streamed = {stream_read, stream_write, stream_seek, stream_close};
    return fd < 0 ? NULL : fopencookie((void *)(intptr_t)fd, how, streamed);
}
FILE *fopen64(const char *name, const char *how) { return fopen(name, how); }

/* The clock. */
int clock_gettime(clockid_t clock, struct timespec *moment) {
    int done = syscall(SYS_clock_gettime, clock, moment);
    if (!done && clock_shift_ns && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        moment->tv_sec += clock_shift_ns / 1000000000LL;
    return done;
}
int gettimeofday(struct timeval *restrict moment, void *restrict zone) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    moment->tv_sec = now.tv_sec, moment->tv_usec = now.tv_nsec / 1000;
    (void)zone;
    return 0;
}
time_t time(time_t *moment) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (moment) *moment = now.tv_sec;
    return now.tv_sec;
}
