/* Makes a library of any size from the samples, for benchmarks: generate FOLDER MEGABYTES [FILES]
 *
 * Each document is paragraphs drawn from the samples, with its figures changed and its names
 * varied, so that the counts of distinct figures and names grow with the library as they do in
 * life. The same arguments make the same bytes. */
#include "baolan/buffer.h"
#include "baolan/decode.h"
#include "baolan/files.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"

#include <stdio.h>
#include <stdlib.h>

struct generator {
    struct arena *arena;
    VECTOR(struct str) lines;
    uint64_t seed;
};

/* xorshift64*: George Marsaglia, Xorshift RNGs (2003), with a multiplication after it. */
static uint64_t draw(struct generator *g, uint64_t below)
{
    g->seed ^= g->seed >> 12;
    g->seed ^= g->seed << 25;
    g->seed ^= g->seed >> 27;
    return (g->seed * 2685821657736338717u >> 33) % below;
}

static bool add_sample(void *context, enum walk_event event, const char *path,
                       const struct file_stamp *stamp, const struct error *error)
{
    struct generator *g = context;
    struct str bytes;
    struct decoded decoded;
    (void)stamp;
    (void)error;
    if (event != WALK_FILE || file_read(g->arena, path, &bytes, NULL, NULL) != STATUS_OK ||
        decode(g->arena, bytes, ENCODING_AUTO, &decoded, NULL) != STATUS_OK)
        return true;
    for (struct str rest = decoded.text; rest.p != NULL;) {
        struct str line = str_split(&rest, '\n');
        vector_push(g->arena, &g->lines, line);
    }
    return true;
}

/* A given name of two characters, of some sixteen thousand. */
static void add_name(struct generator *g, struct buffer *out)
{
    buffer_add_point(out, (uint32_t)(0x4E00 + draw(g, 128) * 16));
    buffer_add_point(out, (uint32_t)(0x5E00 + draw(g, 128) * 8));
}

/* The line with every digit drawn anew, the first of a number never as zero, and now and then a
 * name in it. */
static void add_line(struct generator *g, struct buffer *out, struct str line)
{
    bool in_number = false;
    for (size_t i = 0; i < line.n; i++) {
        char c = line.p[i];
        bool digit = c >= '0' && c <= '9';
        if (digit && in_number)
            c = (char)('0' + draw(g, 10));
        else if (digit && draw(g, 2) == 0)
            c = (char)('1' + draw(g, 9));
        in_number = digit || (in_number && c == '.');
        buffer_add_byte(out, c);
    }
    if (line.n > 60 && draw(g, 4) == 0) {
        add_name(g, out);
        buffer_add_c(out, "有限公司");
    }
    buffer_add_byte(out, '\n');
}

static void add_document(struct generator *g, struct buffer *out, size_t bytes)
{
    buffer_add_c(out, "## ");
    add_name(g, out);
    buffer_add_c(out, "镇经济运行情况\n\n");
    while (out->n < bytes) {
        size_t at = (size_t)draw(g, g->lines.n);
        for (size_t i = 0; i < 40 && at + i < g->lines.n && out->n < bytes; i++)
            add_line(g, out, g->lines.at[at + i]);
    }
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: generate FOLDER MEGABYTES [FILES]\n", stderr);
        return 2;
    }
    struct generator g = {.arena = arena_new(), .seed = 88172645463325252u};
    struct error e = ERROR_NONE;
    const char *samples = path_program_data(g.arena, "samples");
    const char *endings[] = {".txt", NULL};
    if (samples == NULL || file_walk(&samples, 1, endings, add_sample, &g, &e) != STATUS_OK ||
        g.lines.n == 0) {
        fputs("generate: no samples; set BAOLAN_DATA\n", stderr);
        return 2;
    }
    size_t total = (size_t)(atof(argv[2]) * 1e6);
    size_t files = argc > 3 ? (size_t)atol(argv[3]) : total / 16000 + 1;
    for (size_t i = 0; i < files; i++) {
        struct arena_mark mark = arena_mark(g.arena);
        char *folder = str_dup_c(g.arena, str_printf(g.arena, "%s/%04zu-%02zu", argv[1],
                                                     2015 + i % 10, i / 10 % 12 + 1));
        struct buffer out = buffer_in(g.arena);
        add_document(&g, &out, total / files);
        if (i < 120 && file_make_folders(folder, 0700, &e) != STATUS_OK)
            break;
        struct str path = str_printf(g.arena, "%s/p%06zu.txt", folder, i);
        FILE *file = fopen(path.p, "w");
        if (file == NULL || fwrite(out.p, 1, out.n, file) != out.n || fclose(file) != 0) {
            error_set(&e, STATUS_IO, "%s: cannot be written", path.p);
            break;
        }
        arena_release(g.arena, mark);
    }
    arena_free(g.arena);
    if (e.status != STATUS_OK)
        fprintf(stderr, "generate: %s\n", e.message);
    return e.status == STATUS_OK ? 0 : 2;
}
