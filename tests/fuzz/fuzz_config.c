/* Any bytes as the configuration, as the form of a review, as a template: what is wrong is told,
 * the rest is used, and what is in force is written so that it reads back the same. */
#include "app/review.h"
#include "app/template.h"
#include "baolan/config.h"
#include "cost.h"

#include <stdlib.h>

static void warn(void *context, const char *message)
{
    size_t *count = context;
    for (const unsigned char *c = (const unsigned char *)message; *c != '\0'; c++)
        if (*c < 0x20 || *c == 0x7F)
            abort();
    ++*count;
}

static void configure(struct arena *a, struct str text)
{
    size_t warnings = 0, wrong = 0;
    struct options *options = options_new(a), *again = options_new(a);
    struct keymap *keymap = keymap_new(a), *keys = keymap_new(a);
    struct buffer first = buffer_in(a), second = buffer_in(a);
    config_read(text, "config", options, keymap, warn, &warnings);
    config_print(options, keymap, &first);
    config_read(buffer_str(&first), "config", again, keys, warn, &wrong);
    config_print(again, keys, &second);
    if (wrong > 0 || !str_has(buffer_str(&second), STR("set lang ")))
        abort();
    for (unsigned i = 0; i < OPTION_COUNT; i++)
        if (strcmp(options_text(options, (enum option)i), options_text(again, (enum option)i)) != 0)
            abort();
}

static void run(struct arena *a, struct str bytes)
{
    size_t warnings = 0;
    struct review_form form;
    struct error e = ERROR_NONE;
    struct buffer out = buffer_in(a);
    struct template_item *item = template_item_new(a);
    configure(a, bytes);
    review_form_read(a, bytes, "review.txt", &form, warn, &warnings);
    review_bind_keys(&form, keymap_new(a), &e);
    template_put(item, "title", bytes);
    template_put(template_add(item, "groups"), "label", STR("x"));
    e = ERROR_NONE;
    template_write(&out, bytes, item, template_escape_markdown, &e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_one(run, data, size);
}
