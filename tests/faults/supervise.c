/* Runs a program and decides over its system calls: the n-th of a kind fails, kills it, or lets something happen first.
 *
 *   supervise LOG KINDS ROOTS ACTION AT SECONDS -- PROGRAM ARGUMENT...
 *
 * KINDS    of open, write, sync, rename, mkdir, spawn, thread, memory, read, with commas between
 * ROOTS    files below these folders count (pipes do always), with colons between
 * ACTION   count; fail:ERRNO; kill; term; run:SCRIPT (then the call goes on); disk:BYTES (all processes; then ENOSPC)
 * AT       the number of the call, from 1; for disk the folder
 *
 * The kernel asks before each call (seccomp, user notification), so calls that no library makes are seen as well, and nothing is
 * loaded into the program. LOG gets a line for each call that counts, then how the program ended and what outlived it. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static FILE *report;
static const char *kinds, *roots, *action;
static char *place;
static long at, count, disk_used;
static pid_t program;

static const int asked[] = {
#ifdef SYS_open
    SYS_open, SYS_creat, SYS_rename, SYS_mkdir, SYS_fork, SYS_vfork,
#endif
#ifdef SYS_renameat
    SYS_renameat,
#endif
    SYS_openat, SYS_openat2, SYS_write, SYS_writev, SYS_pwrite64, SYS_fsync, SYS_fdatasync, SYS_syncfs, SYS_renameat2,
    SYS_mkdirat, SYS_clone, SYS_clone3, SYS_execve, SYS_mmap, SYS_brk, SYS_mremap, SYS_read, SYS_pread64, SYS_readv,
    SYS_getdents64, SYS_copy_file_range, SYS_sendfile, SYS_splice, SYS_statx, SYS_newfstatat,
};

static void fail(const char *what) { perror(what); exit(99); }

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

/* The child: asks for the filter, hands over the listener, becomes the program. */
static void become(char **arguments, int channel) {
    enum { N = sizeof asked / sizeof *asked };
    struct sock_filter code[N + 3];
    int n = 0;
    code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (int i = 0; i < N; i++)
        code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, asked[i], N - i, 0);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF);
    struct sock_fprog filter = {n, code};
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    int listener = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &filter);
    if (listener < 0) _exit(98);
    char byte = 0, space[CMSG_SPACE(sizeof(int))] = {0};
    struct iovec part = {&byte, 1};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET, head->cmsg_type = SCM_RIGHTS, head->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(head), &listener, sizeof(int));
    if (sendmsg(channel, &message, 0) < 0) _exit(97);
    close(channel);
    execv(arguments[0], arguments);
    _exit(96);
}

static int received(int channel) {
    char byte, space[CMSG_SPACE(sizeof(int))];
    struct iovec part = {&byte, 1};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
    int listener;
    if (recvmsg(channel, &message, 0) <= 0 || !CMSG_FIRSTHDR(&message)) exit(98);
    memcpy(&listener, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(int));
    return listener;
}

/* Process and parent of a thread. */
static void family(pid_t thread, pid_t *process, pid_t *parent) {
    char name[64], line[256];
    *process = *parent = 0;
    snprintf(name, sizeof name, "/proc/%d/status", thread);
    FILE *status = fopen(name, "r");
    while (status && fgets(line, sizeof line, status))
        if (sscanf(line, "Tgid: %d", process) == 1 || sscanf(line, "PPid: %d", parent) == 1) continue;
    if (status) fclose(status);
}

static void peek(pid_t thread, unsigned long from, void *to, size_t length) {
    char name[64];
    snprintf(name, sizeof name, "/proc/%d/mem", thread);
    int memory = open(name, O_RDONLY | O_CLOEXEC);
    memset(to, 0, length);
    /* A text may end before what cannot be read. */
    if (memory >= 0 && pread(memory, to, length, from) < 0) pread(memory, to, 4096 - from % 4096 < length ? 4096 - from % 4096 : length, from);
    if (memory >= 0) close(memory);
}

static void of_descriptor(pid_t thread, int descriptor, char *path, size_t length) {
    char name[64];
    if (descriptor == AT_FDCWD) snprintf(name, sizeof name, "/proc/%d/cwd", thread);
    else snprintf(name, sizeof name, "/proc/%d/fd/%d", thread, descriptor);
    ssize_t end = readlink(name, path, length - 1);
    path[end < 0 ? 0 : end] = 0;
}

static void of_argument(pid_t thread, int folder, unsigned long argument, char *path, size_t length) {
    char given[2048];
    peek(thread, argument, given, sizeof given - 1);
    given[sizeof given - 1] = 0;
    path[0] = 0;
    if (given[0] != '/') {
        of_descriptor(thread, folder, path, length);
        if (given[0]) strncat(path, "/", length - strlen(path) - 1);
    }
    strncat(path, given, length - strlen(path) - 1);
}

/* The kind of a call and the path it is about; NULL when it is of no interest. */
static const char *kind_of(struct seccomp_notif *call, char *path, size_t length) {
    pid_t thread = call->pid;
    unsigned long long *a = call->data.args;
    unsigned long flags = 0;
    switch (call->data.nr) {
#ifdef SYS_open
    case SYS_open: case SYS_creat: of_argument(thread, AT_FDCWD, a[0], path, length); return "open";
    case SYS_rename: of_argument(thread, AT_FDCWD, a[1], path, length); return "rename";
    case SYS_mkdir: of_argument(thread, AT_FDCWD, a[0], path, length); return "mkdir";
    case SYS_fork: case SYS_vfork: return "spawn";
#endif
    case SYS_openat: case SYS_openat2: of_argument(thread, (int)a[0], a[1], path, length); return "open";
#ifdef SYS_renameat
    case SYS_renameat:
#endif
    case SYS_renameat2: of_argument(thread, (int)a[2], a[3], path, length); return "rename";
    case SYS_mkdirat: of_argument(thread, (int)a[0], a[1], path, length); return "mkdir";
    case SYS_write: case SYS_writev: case SYS_pwrite64: of_descriptor(thread, (int)a[0], path, length); return "write";
    case SYS_copy_file_range: case SYS_splice: of_descriptor(thread, (int)a[2], path, length); return "copy";
    case SYS_sendfile: of_descriptor(thread, (int)a[0], path, length); return "copy";
    case SYS_fsync: case SYS_fdatasync: case SYS_syncfs: of_descriptor(thread, (int)a[0], path, length); return "sync";
    case SYS_read: case SYS_pread64: case SYS_readv: case SYS_getdents64:
        of_descriptor(thread, (int)a[0], path, length); return "read";
    case SYS_statx: case SYS_newfstatat: of_argument(thread, (int)a[0], a[1], path, length); return "read";
    case SYS_clone: flags = a[0]; break;
    case SYS_clone3: peek(thread, a[0], &flags, sizeof flags); break;
    case SYS_execve: of_argument(thread, AT_FDCWD, a[0], path, length); return "spawn";
    case SYS_mmap: return a[3] & MAP_ANONYMOUS ? "memory" : NULL;
    case SYS_brk: return a[0] ? "memory" : NULL;
    case SYS_mremap: return "memory";
    default: return NULL;
    }
    return flags & CLONE_THREAD ? "thread" : "spawn";
}

static int holds(const char *list, const char *word, char between) {
    size_t length = strlen(word);
    for (const char *from = list; from; from = strchr(from, between), from = from ? from + 1 : NULL)
        if (!strncmp(from, word, length) && (from[length] == between || !from[length])) return 1;
    return 0;
}

static int is_below(const char *path, const char *folders) {
    for (const char *from = folders; from; from = strchr(from, ':'), from = from ? from + 1 : NULL) {
        size_t length = strcspn(from, ":");
        if (length && !strncmp(path, from, length)) return 1;
    }
    return 0;
}

/* What is to become of a call: 0 to go on, or an error. */
static int decide(struct seccomp_notif *call) {
    char path[4096] = "";
    const char *kind = kind_of(call, path, sizeof path);
    if (!kind) return 0;
    if (!strncmp(action, "disk:", 5)) {
        if (!is_below(path, place)) return 0;
        if (!strcmp(kind, "copy")) return ENOSYS;
        if (strcmp(kind, "write")) return 0;
        long length = call->data.nr == SYS_writev ? 0 : (long)call->data.args[2];
        if (disk_used + length > atol(action + 5)) return ENOSPC;
        disk_used += length;
        return 0;
    }
    pid_t process, parent;
    family(call->pid, &process, &parent);
    int is_exec = call->data.nr == SYS_execve;
    if (is_exec ? parent != program : process != program) return 0;
    if (!holds(kinds, kind, ',')) return 0;
    int has_path = strcmp(kind, "spawn") && strcmp(kind, "thread") && strcmp(kind, "memory");
    if (has_path && !is_below(path, roots) && strncmp(path, "pipe:", 5)) return 0;
    if (!strcmp(kind, "read") && !is_below(path, roots)) return 0;
    count++;
    fprintf(report, "POINT %ld %s %s\n", count, kind, path);
    if (count != at) return 0;
    if (!strncmp(action, "fail:", 5)) return atoi(action + 5);
    if (!strcmp(action, "kill")) kill(program, SIGKILL);
    if (!strcmp(action, "term")) kill(program, SIGTERM);
    if (!strncmp(action, "run:", 4)) {
        setenv("AT_PATH", path, 1);
        if (system(action + 4)) fprintf(report, "SCRIPT FAILED\n");
    }
    return 0;
}

static void end_all(int signal) {
    char name[64], list[4096];
    snprintf(name, sizeof name, "/proc/self/task/%d/children", getpid());
    FILE *children = fopen(name, "r");
    if (children && fgets(list, sizeof list, children))
        for (char *word = strtok(list, " "); word; word = strtok(NULL, " ")) kill(atoi(word), signal);
    if (children) fclose(children);
}

int main(int argc, char **argv) {
    if (argc < 9) return 99;
    report = fopen(argv[1], "we");
    if (!report) fail("log");
    setvbuf(report, NULL, _IOLBF, 0);
    kinds = argv[2], roots = argv[3], action = argv[4], place = argv[5], at = atol(argv[5]);
    double limit = now() + atof(argv[6]), ended = 0;
    int channel[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel)) fail("socketpair");
    /* What outlives the program becomes our child. */
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    if (!(program = fork())) become(argv + 8, channel[1]);
    close(channel[1]);
    int listener = received(channel[0]), status;
    for (;;) {
        struct pollfd waits = {listener, POLLIN, 0};
        poll(&waits, 1, 20);
        if (waits.revents & POLLIN) {
            struct seccomp_notif call = {0};
            if (!ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &call)) {
                int error = decide(&call);
                struct seccomp_notif_resp answer = {.id = call.id, .error = -error,
                    .flags = error ? 0 : SECCOMP_USER_NOTIF_FLAG_CONTINUE};
                /* A call of a process that was killed meanwhile needs no answer. */
                ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
                continue;
            }
        }
        pid_t gone;
        while ((gone = waitpid(-1, &status, WNOHANG)) > 0) {
            if (gone != program) continue;
            ended = now();
            if (WIFSIGNALED(status)) fprintf(report, "END signal %d\n", WTERMSIG(status));
            else fprintf(report, "END exit %d\n", WEXITSTATUS(status));
        }
        if (gone < 0 && errno == ECHILD) break;
        if (!ended && now() > limit) fprintf(report, "HANGS\n"), kill(program, SIGKILL), limit += 1e9;
        if (ended && now() > ended + 3) fprintf(report, "OUTLIVED\n"), end_all(SIGKILL), ended = now();
    }
    fprintf(report, "USED %ld\n", disk_used);
    return 0;
}
