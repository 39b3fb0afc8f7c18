// What Glibc's module map leaves out: epoll, eventfd, accept4, openat2, and what is to become of free memory.
#ifndef CLINUX_H
#define CLINUX_H

#include <stddef.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

/// A connection from the queue of `listener`, non-blocking and closed on exec; -1 with errno set.
int clinux_accept(int listener, struct sockaddr_storage *peer, socklen_t *length);

/// Opens `path` for reading, and fails with EXDEV if any step of it (dots, links) leads out of `folder`.
/// Returns -1 with errno set; ENOSYS where the kernel is older than 5.6.
int clinux_open_beneath(int folder, const char *path);

/// Gives every allocation of this many bytes and more pages of its own, which go back to the system when it is freed. By itself
/// glibc keeps up to 32 MB of them for later. Returns 0 where the C library knows nothing of the kind.
int clinux_map_allocations(size_t bytes);

/// Gives free memory back to the system, as far as whole pages of it are free.
void clinux_return_memory(void);

#endif
