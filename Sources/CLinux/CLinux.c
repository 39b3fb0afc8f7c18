// Not inline in the header: _GNU_SOURCE there would give its types other members than other modules see.
#define _GNU_SOURCE
#include "CLinux.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <malloc.h>
#include <sys/syscall.h>
#include <unistd.h>

int clinux_accept(int listener, struct sockaddr_storage *peer, socklen_t *length) {
    return accept4(listener, (struct sockaddr *)peer, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int clinux_open_beneath(int folder, const char *path) {
    struct open_how how = {
        .flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
    };
    return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}

#ifdef __GLIBC__
int clinux_map_allocations(size_t bytes) { return mallopt(M_MMAP_THRESHOLD, (int)bytes); }

void clinux_return_memory(void) { malloc_trim(0); }
#else
int clinux_map_allocations(size_t bytes) {
    (void)bytes;
    return 0;
}

void clinux_return_memory(void) {}
#endif
