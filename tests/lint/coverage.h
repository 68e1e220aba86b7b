/* In a build that counts lines, what a process counted is written when it ends by _exit or becomes
 * another program, too: children of tests end so. Included before every source. */
#ifndef TESTS_LINT_COVERAGE_H
#define TESTS_LINT_COVERAGE_H

extern void __gcov_dump(void);
extern void __gcov_reset(void);
extern void _exit(int status) __attribute__((noreturn));
extern int execve(const char *path, char *const arguments[], char *const environment[]);

static inline __attribute__((noreturn)) void coverage_exit(int status)
{
    __gcov_dump();
    _exit(status);
}

static inline int coverage_execve(const char *path, char *const arguments[],
                                  char *const environment[])
{
    __gcov_dump();
    int result = execve(path, arguments, environment);
    __gcov_reset();
    return result;
}

#define _exit coverage_exit
#define execve coverage_execve

#endif
