/* Loaded into the program: a clock that stands in 1965. */
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const long then = -157766400;

int clock_gettime(clockid_t clock, struct timespec *at) {
    int failed = syscall(SYS_clock_gettime, clock, at);
    if (!failed && clock == CLOCK_REALTIME) at->tv_sec = then;
    return failed;
}

int gettimeofday(struct timeval *at, void *zone) {
    (void)zone;
    at->tv_sec = then, at->tv_usec = 0;
    return 0;
}

time_t time(time_t *at) {
    if (at) *at = then;
    return then;
}
