/* The table of subcommands: name, operands as help shows them, the options that it takes besides
 * the common ones, what it does in Chinese and English. The function is command_NAME. */
#ifndef MAIN_COMMANDS_H
#define MAIN_COMMANDS_H

#include "command_line.h"

#define SUBCOMMAND_TABLE(X)                                                                        \
    X(import, "[PATH...]", "quiet publish", "读入文件和文件夹（无参数：更新已读入的）",            \
      "read files and folders (none: those read before)")                                          \
    X(parse, "[FILE...]", "json stage check", "解析文件，不动文库",                                \
      "parse files, whatever the library has")                                                     \
    X(list, "[DOC]", "json csv bom sort reverse limit all", "列出文档，或一篇文档的文章",          \
      "list documents, or the articles of one")                                                    \
    X(show, "DOC[#ARTICLE[§SECTION]]", "raw", "显示正文", "show the text")                         \
    X(forget, "PATH...", "quiet", "从文库中去掉", "take out of the library")                       \
    X(indicators, "[WORD...]", "metric subject period kind doc by json csv bom limit", "列出指标", \
      "list figures")                                                                              \
    X(chart, "METRIC [SUBJECT]", "kind period limit json csv bom ascii", "把一个指标画成条形",     \
      "draw a metric as bars")                                                                     \
    X(proposals, "[WORD...]", "speaker body mark session doc json csv bom md sort reverse limit",  \
      "列出提案", "list proposals")                                                                \
    X(refs, "[NAME]", "type by doc json csv bom sort reverse limit", "列出名称及其出处",           \
      "list names and where they stand")                                                           \
    X(search, "QUERY...", "files count context doc limit json csv bom", "搜索文库",                \
      "search the library")                                                                        \
    X(ask, "WORD...", "limit json csv bom", "一个问题，至多五个数字",                              \
      "one question, at most five figures")                                                        \
    X(sql, "[SELECT...]", "json csv bom", "用 SQL 查询（只读；无参数：列出视图）",                 \
      "ask in SQL, read-only (without one: the views)")                                            \
    X(audit, "", "kind doc json csv bom limit", "列出对不上的数字", "list what does not add up")   \
    X(config, "", "print", "显示配置文件和其中的错误；--print 写出全部设置",                       \
      "show where the configuration is and what is wrong in it; --print writes it out")            \
    X(doctor, "", "", "检查终端与数据库", "look at the terminal and the databases")

#define X(name, operands, options, zh, en) int command_##name(struct invocation *i);
SUBCOMMAND_TABLE(X)
#undef X

/* Reads argv and runs what it asks for; the exit status. */
int command_line_run(struct invocation *i, int argc, char **argv);

#endif
