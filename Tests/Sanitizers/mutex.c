// Shows ThreadSanitizer what Swift's Mutex does when two threads want it at once.
//
// Where nobody else wants it, a Mutex is taken and given back by an atomic operation that is compiled into the program, which the
// sanitizer sees. Where somebody does, the kernel does both (futex(2), FUTEX_LOCK_PI) from within libswiftSynchronization, which is
// not compiled with the sanitizer: it would report races over whatever the Mutex guards. Preloaded, these two functions stand before the
// library's and say it. Nothing else is kept from the sanitizer, so what is really raced for is still found.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define SWIFT __attribute__((swiftcall))
#define HANDLE __attribute__((swift_context)) void *handle
// _MutexHandle._lockSlow(_: UInt32) and _MutexHandle._unlockSlow(), as Swift mangles them.
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

// Missing in what runs without the sanitizer, such as the shells in between.
extern void __tsan_acquire(void *) __attribute__((weak));
extern void __tsan_release(void *) __attribute__((weak));

static SWIFT void (*real_lock)(uint32_t thread, HANDLE);
static SWIFT void (*real_unlock)(HANDLE);

__attribute__((constructor)) static void find(void) {
    real_lock = dlsym(RTLD_NEXT, LOCK);
    real_unlock = dlsym(RTLD_NEXT, UNLOCK);
}

SWIFT void lock_slow(uint32_t thread, HANDLE) __asm__(LOCK);
SWIFT void unlock_slow(HANDLE) __asm__(UNLOCK);

SWIFT void lock_slow(uint32_t thread, HANDLE) {
    real_lock(thread, handle);
    if (__tsan_acquire) __tsan_acquire(handle);
}

SWIFT void unlock_slow(HANDLE) {
    if (__tsan_release) __tsan_release(handle);
    real_unlock(handle);
}
