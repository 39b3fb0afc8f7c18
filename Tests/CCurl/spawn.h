// libc declares these for _GNU_SOURCE alone, which Swift's Glibc module doesn't set.
#ifndef DATELINE_CSPAWN_H
#define DATELINE_CSPAWN_H

#include <spawn.h>

extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);

#endif
