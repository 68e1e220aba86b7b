/* Every allocation of reading a document fails in turn, and each time that ends in a clear error.
 */
#include "baolan/document_json.h"
#include "baolan/files.h"
#include "baolan/parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

struct count {
    size_t left;
    bool failed;
};

static bool fail_at(size_t n, void *context)
{
    struct count *count = context;
    (void)n;
    if (count->left-- > 0)
        return true;
    count->left = 0;
    count->failed = true;
    return false;
}

struct job {
    struct arena *arena;
    struct error *error;
};

static const char page[] = "## 云岭市数字经济稳步向前\n"
                           "■记者 周明远\n"
                           "　　2023年，全市实现产值386.5亿元，同比增长11.1%，占全市的36.3%。\n"
                           "一、主要做法\n"
                           "（一）抓项目。引进总投资50亿元的“云谷”项目，云岭智造有限公司落户。\n"
                           "建议：一是强化规划。完善机制。二是加大投入。支持企业。\n";

static enum status read_page(void *context)
{
    struct job *job = context;
    struct lexicons *lexicons;
    struct document *document;
    enum status status = lexicons_load(job->arena, NULL, &lexicons, NULL, NULL, job->error);
    if (status != STATUS_OK)
        return status;
    struct parse_options options = {.lexicons = lexicons, .depth = PARSE_FACTS};
    struct str bytes = {page, sizeof page - 1};
    status = document_parse(job->arena, bytes, &options, &document, job->error);
    if (status != STATUS_OK)
        return status;
    struct buffer out = buffer_in(job->arena);
    document_write_json(document, &out);
    return STATUS_OK;
}

static void test_reading_survives_every_failure(void **state)
{
    (void)state;
    for (size_t n = 0;; n++) {
        struct count count = {n, false};
        struct error e = ERROR_NONE;
        mem_set_hook(fail_at, &count);
        struct job job = {arena_new(), &e};
        enum status status = STATUS_NO_MEMORY;
        if (job.arena != NULL)
            status = arena_protect(job.arena, read_page, &job, &e);
        arena_free(job.arena);
        mem_set_hook(NULL, NULL);
        if (!count.failed) {
            assert_int_equal(status, STATUS_OK);
            assert_true(n > 50);
            break;
        }
        assert_int_equal(status, STATUS_NO_MEMORY);
        if (n > 0)
            assert_string_equal(e.message, "out of memory");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reading_survives_every_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
