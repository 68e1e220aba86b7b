/* Cards: what a row of several figures says, each with its sentence and where it stands. */
#include "baolan/answer.h"
#include "baolan/message.h"
#include "ui/indicators.h"
#include "ui/reader.h"
#include "ui/words.h"

enum card_entry { CARD_HEAD, CARD_VALUE, CARD_SENTENCE, CARD_DISPUTE, CARD_PLACE };

static struct sheet_entry entry_of(const struct card *c, enum card_entry kind)
{
    const struct indicator *it = &c->indicator.it;
    struct sheet_entry e = sheet_entry_of(kind, c->indicator.id);
    e.target = reader_place(it->place.article, it->place.paragraph, it->place.start, it->text);
    return e;
}

/* 产值  2023年上半年  某市  规上工业 */
static void add_head(struct sheet *s, const struct card *c)
{
    const struct indicator *it = &c->indicator.it;
    struct buffer text = buffer_in(s->arena);
    const struct str parts[] = {it->metric.n > 0 ? it->metric : it->subject,
                                words_of_period(s->arena, it->period), c->region,
                                it->metric.n > 0 ? it->subject : STR("")};
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        if (parts[k].n > 0 && text.n > 0)
            buffer_add_c(&text, "  ");
        buffer_add(&text, parts[k]);
    }
    struct sheet_entry e = entry_of(c, CARD_HEAD);
    e.text = buffer_str(&text);
    e.role = ROLE_TITLE;
    e.single = true;
    sheet_add(s, &e);
}

static void add_value(struct sheet *s, const struct card *c)
{
    const struct indicator *it = &c->indicator.it;
    struct sheet_entry e = entry_of(c, CARD_VALUE);
    bool unit = !str_ends(it->text, it->unit);
    e.text = str_printf(s->arena, "%.*s%s%.*s%.*s%s%.*s%s%s", STR_ARG(it->basis),
                        it->basis.n > 0 ? " " : "", STR_ARG(it->text),
                        STR_ARG(unit ? it->unit : STR("")), it->qualifier.n > 0 ? " " : "",
                        STR_ARG(it->qualifier), it->target ? "  " : "",
                        it->target ? message(MESSAGE_CHART_TARGET) : "");
    e.role = it->target ? ROLE_NOTE : ROLE_NUMBER;
    e.indent = 2;
    sheet_add(s, &e);
}

static void add_card(struct sheet *s, const struct card *c)
{
    add_head(s, c);
    add_value(s, c);
    struct sheet_entry e = entry_of(c, CARD_SENTENCE);
    e.text = c->sentence;
    e.strong = c->value;
    e.indent = 2;
    sheet_add(s, &e);
    if (c->dispute.n > 0) {
        e = entry_of(c, CARD_DISPUTE);
        e.text = str_printf(s->arena, "%s%.*s", translate("! check: "), STR_ARG(c->dispute));
        e.role = ROLE_WARN;
        e.indent = 2;
        sheet_add(s, &e);
    }
    e = entry_of(c, CARD_PLACE);
    e.text = c->line > 0 ? str_printf(s->arena, "%.*s  %.*s:%u", STR_ARG(c->title),
                                      STR_ARG(c->file), c->line)
                         : str_printf(s->arena, "%.*s  %.*s", STR_ARG(c->title), STR_ARG(c->file));
    e.role = ROLE_DIM;
    e.indent = 2;
    sheet_add(s, &e);
}

bool board_cards(struct indicators *in)
{
    struct library *library = ui_library(in->view->ui);
    struct error e = ERROR_NONE;
    bool substitute = options_is(ui_options(in->view->ui), OPTION_AMBIGUOUS, "substitute");
    memset(&in->sheet, 0, sizeof in->sheet);
    sheet_begin(&in->sheet, in->shown, in->view->width,
                substitute ? AMBIGUOUS_SUBSTITUTE : AMBIGUOUS_NARROW);
    for (size_t i = 0; library != NULL && library->store != NULL && i < in->n_cards; i++) {
        struct card card;
        if (card_of(library, in->shown, in->cards[i], &card, &e) != STATUS_OK)
            continue;
        if (in->sheet.lines.n > 0)
            sheet_blank(&in->sheet);
        add_card(&in->sheet, &card);
    }
    return in->sheet.lines.n > 0;
}

struct str cards_text(const struct indicators *in, struct arena *a)
{
    struct buffer out = buffer_in(a);
    for (size_t i = 0; i < in->n_cards; i++)
        buffer_printf(&out, "%s%u", i > 0 ? "," : "", in->cards[i]);
    buffer_add_byte(&out, ';');
    return buffer_str(&out);
}

size_t cards_read(struct indicators *in, struct str text)
{
    uint32_t id = 0;
    in->n_cards = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c >= '0' && c <= '9') {
            id = id * 10 + (uint32_t)(c - '0');
            continue;
        }
        if (id != 0 && in->n_cards < CARDS_MOST)
            in->cards[in->n_cards++] = id;
        id = 0;
        if (c != ',')
            return c == ';' ? i + 1 : 0;
    }
    return 0;
}
