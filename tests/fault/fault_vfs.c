#include "fault_vfs.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>

/* A file of ours, followed by the system's own. */
struct file {
    sqlite3_file base;
    sqlite3_file *real;
};

static sqlite3_vfs *system_vfs;
static struct fault_plan plan;
static atomic_long count;
static atomic_bool failed;

/* The code that the call must give, or SQLITE_OK: it goes on. */
static int due(enum fault_call call, int code)
{
    if ((plan.calls & call) == 0)
        return SQLITE_OK;
    long n = atomic_fetch_add(&count, 1) + 1;
    if (plan.at == 0 || n < plan.at || (n > plan.at && !plan.lasting))
        return SQLITE_OK;
    atomic_store(&failed, true);
    return plan.code != 0 ? plan.code : code;
}

static sqlite3_file *real_of(sqlite3_file *f)
{
    return ((struct file *)f)->real;
}

static int close_file(sqlite3_file *f)
{
    return real_of(f)->pMethods->xClose(real_of(f));
}

static int read_file(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
    int code = due(FAULT_READ, SQLITE_IOERR_READ);
    if (code != SQLITE_OK && plan.torn)
        real_of(f)->pMethods->xRead(real_of(f), to, n / 2, at);
    return code != SQLITE_OK ? code : real_of(f)->pMethods->xRead(real_of(f), to, n, at);
}

static int write_file(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
    int code = due(FAULT_WRITE, SQLITE_IOERR_WRITE);
    if (code != SQLITE_OK && plan.torn)
        real_of(f)->pMethods->xWrite(real_of(f), from, n / 2, at);
    return code != SQLITE_OK ? code : real_of(f)->pMethods->xWrite(real_of(f), from, n, at);
}

static int truncate_file(sqlite3_file *f, sqlite3_int64 size)
{
    int code = due(FAULT_WRITE, SQLITE_IOERR_TRUNCATE);
    return code != SQLITE_OK ? code : real_of(f)->pMethods->xTruncate(real_of(f), size);
}

static int sync_file(sqlite3_file *f, int flags)
{
    int code = due(FAULT_SYNC, SQLITE_IOERR_FSYNC);
    return code != SQLITE_OK ? code : real_of(f)->pMethods->xSync(real_of(f), flags);
}

static int file_size(sqlite3_file *f, sqlite3_int64 *size)
{
    int code = due(FAULT_READ, SQLITE_IOERR_FSTAT);
    return code != SQLITE_OK ? code : real_of(f)->pMethods->xFileSize(real_of(f), size);
}

static int lock_file(sqlite3_file *f, int level)
{
    int code = due(FAULT_LOCK, SQLITE_IOERR_LOCK);
    return code != SQLITE_OK ? code : real_of(f)->pMethods->xLock(real_of(f), level);
}

static int unlock_file(sqlite3_file *f, int level)
{
    return real_of(f)->pMethods->xUnlock(real_of(f), level);
}

static int check_reserved(sqlite3_file *f, int *is)
{
    int code = due(FAULT_LOCK, SQLITE_IOERR_CHECKRESERVEDLOCK);
    return code != SQLITE_OK ? code : real_of(f)->pMethods->xCheckReservedLock(real_of(f), is);
}

static int control(sqlite3_file *f, int what, void *with)
{
    return real_of(f)->pMethods->xFileControl(real_of(f), what, with);
}

static int sector_size(sqlite3_file *f)
{
    return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int characteristics(sqlite3_file *f)
{
    return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static int shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
    int code = due(FAULT_MEMORY, SQLITE_IOERR_SHMMAP);
    return code != SQLITE_OK ? code
                             : real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, out);
}

static int shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
    /* Giving a lock back fails in no system. */
    int code = (flags & SQLITE_SHM_UNLOCK) != 0 ? SQLITE_OK : due(FAULT_LOCK, SQLITE_IOERR_SHMLOCK);
    return code != SQLITE_OK ? code : real_of(f)->pMethods->xShmLock(real_of(f), offset, n, flags);
}

static void shm_barrier(sqlite3_file *f)
{
    real_of(f)->pMethods->xShmBarrier(real_of(f));
}

static int shm_unmap(sqlite3_file *f, int delete)
{
    return real_of(f)->pMethods->xShmUnmap(real_of(f), delete);
}

static const sqlite3_io_methods METHODS = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = file_size,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = check_reserved,
    .xFileControl = control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
};

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
    struct file *file = (struct file *)f;
    (void)vfs;
    f->pMethods = NULL;
    int code = due(FAULT_OPEN, SQLITE_CANTOPEN);
    if (code != SQLITE_OK)
        return code;
    file->real = (sqlite3_file *)(file + 1);
    code = system_vfs->xOpen(system_vfs, name, file->real, flags, out);
    if (file->real->pMethods != NULL)
        f->pMethods = &METHODS;
    return code;
}

static int delete_file(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    int code = due(FAULT_DELETE, SQLITE_IOERR_DELETE);
    return code != SQLITE_OK ? code : system_vfs->xDelete(system_vfs, name, sync);
}

void fault_vfs_register(void)
{
    static sqlite3_vfs vfs;
    if (system_vfs != NULL)
        return;
    system_vfs = sqlite3_vfs_find(NULL);
    vfs = *system_vfs;
    vfs.zName = "fault";
    vfs.szOsFile = (int)sizeof(struct file) + system_vfs->szOsFile;
    vfs.pNext = NULL;
    vfs.xOpen = open_file;
    vfs.xDelete = delete_file;
    sqlite3_vfs_register(&vfs, 1);
}

void fault_vfs_plan(const struct fault_plan *p)
{
    plan = *p;
    atomic_store(&count, 0);
    atomic_store(&failed, false);
}

long fault_vfs_end(void)
{
    plan = (struct fault_plan){0};
    return atomic_load(&count);
}

bool fault_vfs_failed(void)
{
    return atomic_load(&failed);
}
