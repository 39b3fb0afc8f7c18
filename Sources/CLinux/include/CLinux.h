// What Glibc's module map leaves out: epoll, eventfd, accept4, openat2.
#ifndef CLINUX_H
#define CLINUX_H

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

/// A connection from the queue of `listener`, non-blocking and closed on exec; -1 with errno set.
int clinux_accept(int listener, struct sockaddr_storage *peer, socklen_t *length);

/// Opens `path` for reading, and fails with EXDEV if any step of it (dots, links) leads out of `folder`.
/// Returns -1 with errno set; ENOSYS where the kernel is older than 5.6.
int clinux_open_beneath(int folder, const char *path);

#endif
