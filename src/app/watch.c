/* Watching folders by inotify, or by time.
 *
 * The thread does all that may wait (a folder of 100,000 names is read there) and touches nothing
 * of the program but its own struct. Which files changed is not told: an import finds out. */
#define _DEFAULT_SOURCE /* d_type: most names need no stat */
#include "app/watch.h"

#include "baolan/clock.h"
#include "baolan/files.h"
#include "baolan/vector.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/inotify.h>
#include <sys/vfs.h>
#endif

enum {
    QUIET_MILLISECONDS = 300,  /* news waits until a burst of changes is over, */
    BURST_MILLISECONDS = 3000, /* but no longer than this */
    ASK_MILLISECONDS = 1000,   /* between two times of asking where nothing tells: at first, */
    ASK_MOST = 15000,          /* and twice as long each time, up to this */
    DEPTH_MOST = 64
};

struct watch {
    struct arena *arena; /* the thread's, once it runs */
    struct str *roots;
    size_t n;
    int news[2], stop[2]; /* pipes */
    int events;           /* of inotify; -1: none */
    int wait;             /* milliseconds to the next asking */
    atomic_bool asks;
    pthread_t thread;
};

static void tell(struct watch *w)
{
    while (write(w->news[1], "!", 1) < 0 && errno == EINTR)
        continue;
}

#ifdef __linux__

/* File systems that other machines write to without a word to this one. */
static bool is_remote(const char *path)
{
    static const unsigned long REMOTE[] = {
        0x6969 /* NFS */,      0xFF534D42 /* CIFS */, 0xFE534D42 /* SMB2 */, 0x517B /* SMB */,
        0x65735546 /* FUSE */, 0x01021997 /* 9P */,   0x5346414F /* AFS */,  0x00C36400 /* Ceph */};
    struct statfs fs;
    if (statfs(path, &fs) != 0)
        return false;
    for (size_t i = 0; i < sizeof REMOTE / sizeof *REMOTE; i++)
        if (((unsigned long)fs.f_type & 0xFFFFFFFFu) == REMOTE[i])
            return true;
    return false;
}

/* Watches one folder; false where it has no watch. */
static bool watch_folder(struct watch *w, const char *path)
{
    const uint32_t what = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE |
                          IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
    if (w->events < 0 || is_remote(path) || inotify_add_watch(w->events, path, what) < 0) {
        atomic_store(&w->asks, true);
        return false;
    }
    return true;
}

static bool wants_stop(const struct watch *w)
{
    struct pollfd p = {.fd = w->stop[0], .events = POLLIN};
    return poll(&p, 1, 0) > 0;
}

/* Watches a folder and those below it. Links to folders are not followed: what
 * stands behind them is asked for. */
static void watch_below(struct watch *w, const char *path, int depth)
{
    if (depth > DEPTH_MOST || wants_stop(w) || !watch_folder(w, path))
        return;
    DIR *folder = opendir(path);
    if (folder == NULL)
        return;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        struct stat st;
        struct arena_mark mark = arena_mark(w->arena);
        if (entry->d_name[0] == '.' || entry->d_type == DT_REG)
            continue;
        const char *inner = path_join(w->arena, path, entry->d_name);
        bool is_folder = entry->d_type == DT_DIR;
        if (entry->d_type == DT_LNK && file_is_folder(inner))
            atomic_store(&w->asks, true);
        else if (entry->d_type == DT_UNKNOWN)
            is_folder = lstat(inner, &st) == 0 && S_ISDIR(st.st_mode);
        if (is_folder)
            watch_below(w, inner, depth + 1);
        arena_release(w->arena, mark);
    }
    closedir(folder);
}

static void watch_roots(struct watch *w)
{
    for (size_t i = 0; i < w->n && !wants_stop(w); i++) {
        const char *path = str_dup_c(w->arena, w->roots[i]);
        if (file_is_folder(path)) {
            watch_below(w, path, 0);
            continue;
        }
        /* A file, or a root that is not there now: the folder that it would stand in. */
        size_t folder = (size_t)(path_name(path) - path);
        watch_folder(w, str_dup_c(w->arena, str_sub(str_of(path), 0, folder > 1 ? folder : 1)));
    }
}

/* An editor's own files are no news, but the settings of a folder are. */
static bool matters(const struct inotify_event *event)
{
    bool hidden = event->len > 0 && event->name[0] == '.' && strcmp(event->name, ".baolan") != 0;
    return !hidden && (event->mask & IN_IGNORED) == 0;
}

/* Reads what happened; true where anything did that matters. *folders tells that a folder came,
 * which has to be watched too. */
static bool read_events(const struct watch *w, bool *folders)
{
    _Alignas(struct inotify_event) char bytes[16384];
    bool any = false;
    for (ssize_t n; (n = read(w->events, bytes, sizeof bytes)) > 0;)
        for (ssize_t at = 0; at < n;) {
            const struct inotify_event *event = (const void *)(bytes + at);
            bool came = (event->mask & (IN_CREATE | IN_MOVED_TO)) != 0;
            at += (ssize_t)(sizeof *event + event->len);
            if ((came && (event->mask & IN_ISDIR) != 0) || (event->mask & IN_Q_OVERFLOW) != 0)
                *folders = true;
            any = any || matters(event);
        }
    return any;
}

static int events_open(void)
{
    return inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
}

#else

static void watch_roots(struct watch *w)
{
    atomic_store(&w->asks, true);
}

static bool read_events(const struct watch *w, bool *folders)
{
    (void)w;
    (void)folders;
    return false;
}

static int events_open(void)
{
    return -1;
}

#endif

/* Waits until it is time to tell; false where the watch ends. */
static bool wait_for_change(struct watch *w)
{
    int64_t began = 0;
    bool changed = false, folders = false;
    for (;;) {
        struct pollfd wait[2] = {{.fd = w->stop[0], .events = POLLIN},
                                 {.fd = w->events, .events = POLLIN}};
        int timeout = changed ? QUIET_MILLISECONDS : atomic_load(&w->asks) ? w->wait : -1;
        int n = poll(wait, 2, timeout);
        if ((n < 0 && errno != EINTR) || (n > 0 && wait[0].revents != 0))
            return false;
        if (n > 0 && read_events(w, &folders) && !changed) {
            changed = true;
            began = clock_nanoseconds();
        }
        bool over = changed && clock_nanoseconds() - began > (int64_t)BURST_MILLISECONDS * 1000000;
        if (n != 0 && !over)
            continue;
        if (!changed)
            w->wait = 2 * w->wait < ASK_MOST ? 2 * w->wait : ASK_MOST;
        /* First watched, then told of: what comes between is heard. */
        if (folders)
            watch_roots(w);
        return true;
    }
}

static enum status watch_all(void *context)
{
    struct watch *w = context;
    watch_roots(w);
    while (wait_for_change(w))
        tell(w);
    return STATUS_OK;
}

static void *run(void *context)
{
    struct watch *w = context;
    arena_protect(w->arena, watch_all, w, NULL);
    return NULL;
}

struct making {
    struct arena *arena;
    const struct str *roots;
    size_t n;
    struct watch *watch;
};

static enum status make(void *context)
{
    struct making *m = context;
    struct watch *w = m->watch = arena_new_of(m->arena, struct watch);
    *w = (struct watch){.arena = m->arena, .n = m->n, .news = {-1, -1}, .stop = {-1, -1}};
    w->roots = arena_array(m->arena, struct str, m->n + 1);
    for (size_t i = 0; i < m->n; i++)
        w->roots[i] = str_dup(m->arena, m->roots[i]);
    return STATUS_OK;
}

static void close_all(struct watch *w)
{
    const int descriptors[] = {w->news[0], w->news[1], w->stop[0], w->stop[1], w->events};
    for (size_t i = 0; i < sizeof descriptors / sizeof *descriptors; i++)
        if (descriptors[i] >= 0)
            close(descriptors[i]);
    arena_free(w->arena);
}

/* The thread takes no signals: they are the loop's. */
static int start_thread(struct watch *w)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    int failed = pthread_create(&w->thread, NULL, run, w);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failed;
}

enum status watch_start(const struct str *roots, size_t n, bool ask, struct watch **out,
                        struct error *e)
{
    struct making m = {arena_new(), roots, n, NULL};
    *out = NULL;
    if (m.arena == NULL || arena_protect(m.arena, make, &m, e) != STATUS_OK) {
        arena_free(m.arena);
        return error_set(e, STATUS_NO_MEMORY, "out of memory");
    }
    struct watch *w = m.watch;
    atomic_init(&w->asks, ask);
    w->events = ask ? -1 : events_open();
    w->wait = ASK_MILLISECONDS;
    if (!file_make_pipe(w->news) || !file_make_pipe(w->stop)) {
        enum status status = error_set_errno(e, errno, "pipe");
        close_all(w);
        return status;
    }
    if (start_thread(w) != 0) {
        close_all(w);
        return error_set(e, STATUS_NO_MEMORY, "a thread cannot be made");
    }
    *out = w;
    return STATUS_OK;
}

int watch_descriptor(const struct watch *w)
{
    return w->news[0];
}

bool watch_take(struct watch *w)
{
    char drain[64];
    bool any = false;
    while (read(w->news[0], drain, sizeof drain) > 0)
        any = true;
    return any;
}

bool watch_asks(const struct watch *w)
{
    return atomic_load(&w->asks);
}

void watch_stop(struct watch *w)
{
    if (w == NULL)
        return;
    /* The other end is told by that: nothing has to be written, which could fail. */
    close(w->stop[1]);
    w->stop[1] = -1;
    pthread_join(w->thread, NULL);
    close_all(w);
}
