/* Queries of each class, for the benches of search. */
#ifndef TESTS_BENCH_QUERIES_H
#define TESTS_BENCH_QUERIES_H

enum { QUERIES_MOST = 32 };

struct query_class {
    const char *name;
    const char *queries[QUERIES_MOST];
};

static const struct query_class QUERY_CLASSES[] = {
    {"two characters",
     {"发展", "企业", "经济", "项目", "创新", "产业", "政府", "服务", "建设", "增长",
      "投资", "教育", "农业", "数字", "人才", "环境", "城市", "改革", "医院", "交通"}},
    {"one character", {"的", "水", "茶", "鳜"}},
    {"phrase", {"高质量发展", "数字经济", "国民经济和社会发展", "同比增长"}},
    {"figure", {"亿元", "2023年", "100", "12.5%"}},
    {"latin", {"gdp", "5g", "app", "zzz"}},
    {"pinyin", {"yunze", "fazhan", "szjj", "gzlfz"}},
    {"beginnings", {"2", "20", "g", "发展 2", "发展 20", "发展 gd", "教育 12"}},
    {"two words", {"企业 发展", "教育 投资", "人才 -企业", "农业 OR 交通"}},
    {"fields",
     {"title:发展", "speaker:李", "body:协", "name:云泽", "type:proposal", "type:indicator",
      "type:organisation", "type:heading", "doc:2019", "date:2023", "mark:重点", "metric:产值"}},
    {"figures compared",
     {"metric:产值 >100亿元", "metric:总投资 >999999亿元", ">100亿元", ">99999999亿元", "=12.5%",
      "metric:chanzhi >100亿元"}},
    {"fields, word",
     {"title:发展 产业", "speaker:李 产业", "body:协 产业", "name:云泽 产业", "type:proposal 产业",
      "type:indicator 产业", "type:organisation 产业", "type:heading 产业", "doc:2019 产业",
      "date:2023..2024 产业", "metric:产值 产业", ">100亿元 产业", "产业 -name:云泽",
      "产业 -type:indicator", "metric:产值 >100亿元 date:2023", "name:云泽 type:proposal"}},
};

enum { QUERY_CLASS_COUNT = sizeof QUERY_CLASSES / sizeof *QUERY_CLASSES };

#endif
