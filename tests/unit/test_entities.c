/* Names, from articles made by hand. All towns, people and companies are invented. */
#include "articles.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static struct document *read(const char *text)
{
    return articles_read(text, parse_entities);
}

static const struct entity *find(const struct document *d, const char *spelling)
{
    for (uint32_t i = 0; i < d->n_entities; i++)
        for (uint32_t k = 0; k < d->entities[i].n_mentions; k++)
            if (str_eq(d->entities[i].mentions[k].spelling, str_of(spelling)))
                return &d->entities[i];
    return NULL;
}

static void is(const struct document *d, const char *spelling, enum entity_type type)
{
    const struct entity *entity = find(d, spelling);
    if (entity == NULL)
        fail_msg("%s is not found", spelling);
    else if (entity->type != type)
        fail_msg("%s is of type %s", spelling, entity_type_name(entity->type));
}

static void is_not(const struct document *d, const char *spelling)
{
    if (find(d, spelling) != NULL)
        fail_msg("%s is found", spelling);
}

static void is_same(const struct document *d, const char *a, const char *b)
{
    if (find(d, a) == NULL || find(d, a) != find(d, b))
        fail_msg("%s and %s are not one", a, b);
}

static void test_quotations(void **state)
{
    (void)state;
    struct document *d = read("# 松浦的一年\n"
                              "全市推进“九廊七园”建设，实施“筑梦工程”，打造“云窗口”服务品牌。\n"
                              "经济跑出“加速度”，成为“领跑者”。《松浦市养老条例》公布。\n"
                              "他说：“我们今年要把路修好。大家放心。”\n"
                              "“农业+”“3+2”都在探索。\n");
    is(d, "九廊七园", ENTITY_PROGRAMME);
    is(d, "松浦市养老条例", ENTITY_DOCUMENT);
    is(d, "农业+", ENTITY_PROGRAMME);
    is(d, "3+2", ENTITY_PROGRAMME);
    is(d, "“云窗口”服务品牌", ENTITY_PROGRAMME);
    is_not(d, "加速度");
    is_not(d, "领跑者");
    is_not(d, "我们今年要把路修好。大家放心。");
}

static void test_definitions(void **state)
{
    (void)state;
    struct document *d =
        read("# 企业\n"
             "由深川星屿新能源科技股份有限公司（以下简称“星屿科技”）投资建设。\n"
             "星屿科技成立于2012年。\n"
             "松浦精密轴承股份有限公司（原松浦轴承厂）榜上有名，松浦轴承厂有故事。\n"
             "与中国科学院宁川材料技术与工程研究所（简称宁川材料所）合作。\n"
             "宁川材料所的同志来了。\n"
             "印发《松浦市新型储能发展规划》（以下简称《规划》），《规划》提出目标。\n"
             "松浦第一机床厂更名为松浦机床有限公司。\n"
             "复印件（原件备查）一式两份。\n");
    is_same(d, "深川星屿新能源科技股份有限公司", "星屿科技");
    is(d, "星屿科技", ENTITY_ORGANISATION);
    is_same(d, "松浦精密轴承股份有限公司", "松浦轴承厂");
    is_same(d, "中国科学院宁川材料技术与工程研究所", "宁川材料所");
    is_same(d, "松浦市新型储能发展规划", "规划");
    is_same(d, "松浦第一机床厂", "松浦机床有限公司");
    is_not(d, "件备查");
}

static void test_organisations(void **state)
{
    (void)state;
    struct document *d = read("# 企业\n"
                              "记者走进松浦市泽禾智能装备有限公司，看到16家公司的产品。\n"
                              "泽禾公司去年与市商务局签约，泽禾的订单多了。\n"
                              "由松浦市妇联牵头，市妇联组织了活动。\n"
                              "省委、省政府提出要求。\n"
                              "淘宝、天猫等各大平台都有它的店。\n");
    is(d, "松浦市泽禾智能装备有限公司", ENTITY_ORGANISATION);
    is_same(d, "松浦市泽禾智能装备有限公司", "泽禾公司");
    is_same(d, "松浦市泽禾智能装备有限公司", "泽禾");
    is(d, "市商务局", ENTITY_ORGANISATION);
    is_same(d, "松浦市妇联", "市妇联");
    is(d, "省委", ENTITY_ORGANISATION);
    is(d, "省政府", ENTITY_ORGANISATION);
    is(d, "淘宝", ENTITY_ORGANISATION);
    is_not(d, "家公司");
}

static void test_places(void **state)
{
    (void)state;
    struct document *d =
        read("# 松浦四镇上榜\n"
             "我市云栖镇、石浪镇入围，全市共有八个镇街道。浙江省的松浦市是小城市。\n"
             "云栖镇梨花村家家种梨，云栖的梨很甜。产值列青濑第3。\n");
    is(d, "云栖镇", ENTITY_PLACE);
    is(d, "石浪镇", ENTITY_PLACE);
    is_same(d, "云栖镇", "云栖");
    is_same(d, "松浦市", "松浦");
    is(d, "云栖镇梨花村", ENTITY_PLACE);
    is(d, "浙江省", ENTITY_PLACE);
    is(d, "青濑", ENTITY_PLACE);
    is_not(d, "我市");
    is_not(d, "全市");
    is_not(d, "小城市");
}

static void test_people(void **state)
{
    (void)state;
    struct document *d = read("# 访谈\n"
                              "园区总经理纪星河表示，项目顺利。“很好。”市商务局局长石铭说。\n"
                              "“快了。”石铭说。居民老郑很高兴。\n"
                              "据介绍，有人说好。\n");
    is(d, "纪星河", ENTITY_PERSON);
    is(d, "石铭", ENTITY_PERSON);
    assert_int_equal(find(d, "石铭")->n_mentions, 2);
    is(d, "老郑", ENTITY_PERSON);
    is_not(d, "有人");
}

static void test_projects(void **state)
{
    (void)state;
    struct document *d = read("# 项目\n"
                              "总投资9亿元的松浦·泽禾云谷数据中心项目开工。\n"
                              "泽禾云谷数据中心项目明年投产。第六届开渔节昨天开幕。\n"
                              "政协第九届松浦市委员会第二次会议召开。\n");
    is(d, "松浦·泽禾云谷数据中心项目", ENTITY_PROJECT);
    is(d, "第六届开渔节", ENTITY_PROJECT);
    is(d, "政协第九届松浦市委员会第二次会议", ENTITY_PROJECT);
}

/* A mention's place holds its spelling. */
static void test_mentions(void **state)
{
    (void)state;
    struct document *d = read("# 云栖镇的春天\n"
                              "云栖镇种茶，云栖镇卖茶。\n"
                              "# 第二篇\n"
                              "= 云栖镇怎么办\n"
                              "云栖镇修路。\n");
    const struct entity *town = find(d, "云栖镇");
    assert_non_null(town);
    assert_int_equal(town->n_mentions, 5);
    for (uint32_t i = 0; i < town->n_mentions; i++) {
        const struct mention *m = &town->mentions[i];
        if (m->place.end > m->place.start)
            assert_true(
                str_eq(str_sub(document_prose(d, m->place)->text, m->place.start, m->place.end),
                       m->spelling));
    }
    assert_int_equal(town->mentions[0].place.paragraph, NONE);
    assert_int_equal(town->mentions[4].place.article, 1);
}

/* Every mention is what stands at its place, in whatever part of an article that is. */
static void test_places_of_mentions(void **state)
{
    (void)state;
    struct document *d = read("# 青石镇的古桥\n"
                              "@● 江月明委员代表市工商联发言\n"
                              "= 一、青石镇怎么办\n"
                              "青石镇的古桥修好了，青石镇游客多。\n"
                              "= 二、松浦市工商联\n"
                              "松浦市工商联说，松浦市要支持青石镇。\n");
    bool parts[PLACE_PART_COUNT] = {false};
    for (uint32_t i = 0; i < d->n_entities; i++)
        for (uint32_t k = 0; k < d->entities[i].n_mentions; k++) {
            const struct mention *m = &d->entities[i].mentions[k];
            struct str text = document_prose(d, m->place)->text;
            assert_true(m->place.end > m->place.start);
            assert_true(str_eq(str_sub(text, m->place.start, m->place.end), m->spelling));
            parts[m->place.part] = true;
        }
    assert_true(parts[PLACE_BODY] && parts[PLACE_HEADING]);
    const struct entity *town = find(d, "青石镇");
    assert_non_null(town);
    assert_int_equal(town->n_mentions, 5);
    assert_int_equal(town->mentions[1].place.part, PLACE_HEADING);
}

static void test_officials_and_speech(void **state)
{
    (void)state;
    struct document *d = read("# 会议\n"
                              "贺明远代表市政协常委会作工作报告，住市委员应邀出席。\n"
                              "市政协主席岳长河、副主席黎平、苏文、安定远出席。\n"
                              "“天时、地利、人和”样样不缺，企业“无法发力”。\n"
                              "宁海大自然新材料有限公司投产，《建议》提出要求。\n"
                              "建设绿色园区，“十五五”规划目标实现。\n");
    is(d, "贺明远", ENTITY_PERSON);
    is(d, "苏文", ENTITY_PERSON);
    is(d, "安定远", ENTITY_PERSON);
    is(d, "宁海大自然新材料有限公司", ENTITY_ORGANISATION);
    is(d, "“十五五”规划", ENTITY_DOCUMENT);
    is_not(d, "应邀");
    is_not(d, "天时、地利、人和");
    is_not(d, "无法发力");
    is_not(d, "建议");
    is_not(d, "绿色园区");
}

static void test_what_bodies_are_named_after(void **state)
{
    (void)state;
    struct document *d = read("# 医院\n"
                              "石桥镇卫生院院长柏松说，报告由溪南县影像诊断中心出具。\n"
                              "“我们有标准，叫《脐橙分级规范》。”选手来自肯尼亚。\n"
                              "石桥中学、月亮湾小学等学校开课，推出“橙农贷”。\n"
                              "首届沙湾脐橙文化旅游节开幕，2024江湾半程马拉松鸣枪。\n"
                              "麻阳山脚下的村子，华林建设集团项目经理韩九在。\n"
                              "江苏汉方制药有限公司投产。\n");
    is(d, "石桥镇", ENTITY_PLACE);
    is(d, "溪南县影像诊断中心", ENTITY_ORGANISATION);
    is(d, "脐橙分级规范", ENTITY_DOCUMENT);
    is(d, "肯尼亚", ENTITY_PLACE);
    is(d, "石桥中学", ENTITY_ORGANISATION);
    is(d, "橙农贷", ENTITY_PROGRAMME);
    is(d, "首届沙湾脐橙文化旅游节", ENTITY_PROJECT);
    is(d, "2024江湾半程马拉松", ENTITY_PROJECT);
    is(d, "麻阳山", ENTITY_PLACE);
    is(d, "华林建设集团", ENTITY_ORGANISATION);
    is(d, "江苏汉方制药有限公司", ENTITY_ORGANISATION);
}

static void read_figures(struct document *d, const struct parse_options *o)
{
    parse_indicators(d, o);
    parse_entities(d, o);
    parse_anaphors(d);
}

static void test_anaphors(void **state)
{
    (void)state;
    struct document *d = articles_read("# 小菌菇大产业\n溪南县安河区民政局说，安河区有大棚。\n"
                                       "2022年以来，该区投入资金6500万元。该市投入资金3万元。\n"
                                       "# 另一篇\n该区投入资金30万元。\n"
                                       "58岁的村民张桂兰说，她种了6个大棚。\n"
                                       "# 公司\n云河农机有限公司有厂房。\n该公司投入资金20万元。\n"
                                       "# 合作社\n村民李长河加入了镇合作社，承租40亩土地。\n"
                                       "村民李长河说，去年收入30万元。\n"
                                       "“我们增开临客12列，开足通道28个。”高铁云河南站值班站长"
                                       "孟庆海说。\n",
                                       read_figures);
    static const char *const want[] = {
        "该区",   "该市", "该区",         "张桂兰",      "张桂兰", "云河农机有限公司",
        "李长河", "",     "高铁云河南站", "高铁云河南站"};
    enum { N = sizeof want / sizeof *want };
    assert_int_equal(d->n_indicators, N);
    for (uint32_t i = 0; i < N; i++)
        if (!str_eq(d->indicators[i].subject, str_of(want[i])))
            fail_msg("%.*s for %s", STR_ARG(d->indicators[i].subject), want[i]);
}

static void test_nothing(void **state)
{
    (void)state;
    assert_int_equal(read("# 春天来了\n花开了。“”《》（）··\n")->n_entities, 0);
    read("#\n“““《《《（（（第第第届等等等家家家说说说局局局市市市\n");
}

static void test_sessions(void **state)
{
    (void)state;
    struct document *d = read("# 会议\n"
                              "1月8日，政协松浦市六届二次会议举行。\n"
                              "石浪区政协五届四次会议委员报到。\n"
                              "市政协十二届五次会议、县第十七届人民代表大会第三次会议召开。\n"
                              "省十四届人大四次会议和十四届全国人大三次会议闭幕。\n");
    is(d, "政协松浦市六届二次会议", ENTITY_PROJECT);
    is(d, "石浪区政协五届四次会议", ENTITY_PROJECT);
    is(d, "市政协十二届五次会议", ENTITY_PROJECT);
    is(d, "县第十七届人民代表大会第三次会议", ENTITY_PROJECT);
    is(d, "省十四届人大四次会议", ENTITY_PROJECT);
    is(d, "十四届全国人大三次会议", ENTITY_PROJECT);
    is(d, "松浦市", ENTITY_PLACE);
    is_not(d, "政协松浦市");
    d = read("# 会议\n"
             "党的二十届三中全会以来，市政协召开六届四次常委会议，主席付凌云、杨桂和出席。\n"
             "政協沚溪縣第十一屆委員會第五次全體會議開幕。杨桂莲、袁玉波、张兰作为提案人发言。\n");
    is(d, "党的二十届三中全会", ENTITY_PROJECT);
    is(d, "政協沚溪縣第十一屆委員會第五次全體會議", ENTITY_PROJECT);
    is(d, "张兰", ENTITY_PERSON);
    is_not(d, "市政协召开六届四次常委会议");
    d = read("# 会议\n"
             "贯彻县委经济工作会议和县政府工作报告精神，县人大常委会主任高云岗，县领导蒋剑、安青等"
             "出席。\n"
             "和县的工作报告，泰禾县文联舒云龙表示，妇幼保健医院1个，特教学校1所。\n"
             "县长来到岚集镇，岚集镇镇长王楠陪同，住房和城乡建设部宣布第三批重点项目。\n");
    is(d, "高云岗", ENTITY_PERSON);
    is(d, "舒云龙", ENTITY_PERSON);
    is(d, "岚集镇", ENTITY_PLACE);
    is(d, "住房和城乡建设部", ENTITY_ORGANISATION);
    is_not(d, "妇幼保健医院");
    is_not(d, "县委经济工作会议和县政府工作报告");
}

static void test_spellings_of_characters(void **state)
{
    (void)state;
    struct document *d = read("# 統計\n"
                              "記者從松浦市統計局獲悉，陳志遠局長表示，發展很好。\n"
                              "松浦市统计局局长陈志远说，还要努力。\n");
    is_same(d, "松浦市統計局", "松浦市统计局");
    is_same(d, "陳志遠", "陈志远");
}

static void test_foreign_persons(void **state)
{
    (void)state;
    struct document *d = read("# 来客\n"
                              "总经理约翰·史密斯和设计师玛丽娅·冈萨雷斯提出建议。\n"
                              "长三角·松浦润云港开工，中国·松浦音乐节举行。\n");
    is(d, "约翰·史密斯", ENTITY_PERSON);
    is(d, "玛丽娅·冈萨雷斯", ENTITY_PERSON);
    is_not(d, "经理约翰·史密斯");
    is_not(d, "中国·松浦");
}

static void test_verbs_and_questions_are_no_names(void **state)
{
    (void)state;
    struct document *d = read("# 答复\n"
                              "经研究，并商市民政局，交市城市管理局会同市公安局办理。\n"
                              "村民富不富，关键看支部。党支部领办合作社，党支部办得好。\n"
                              "老何的女儿何晓燕大学毕业后回到村里。市区公园很多。\n");
    is(d, "市民政局", ENTITY_ORGANISATION);
    is(d, "市城市管理局", ENTITY_ORGANISATION);
    is(d, "何晓燕", ENTITY_PERSON);
    is_not(d, "商市民政局");
    is_not(d, "富不富");
    is_not(d, "关键看支部");
    is_not(d, "党支部");
    is_not(d, "市区公园");
}

static void test_kinds_are_no_names(void **state)
{
    (void)state;
    struct document *d =
        read("# 工作\n"
             "建设高水平大学和世界一流大学，扩建标准化乡镇养老服务中心、所有盟市医院。\n"
             "支持平煤神马、许禾、平岚等企业发展，治理病险水库，打通断头路。\n"
             "妇女儿童事业发展，总书记殷殷嘱托，干部包联服务企业，农民富起来。\n"
             "每年办结人大建议100件，松南化工园区投产，物流行业妇联成立。\n"
             "边贸旺县、文旅美县、边民互市都在发展。\n");
    static const char *const none[] = {"高水平大学", "世界一流大学", "标准化乡镇养老服务中心",
                                       "所有盟市",   "支持平煤神马", "病险水库",
                                       "断头路",     "童事业",       "殷殷",
                                       "包联服",     "富起来",       "办结人大",
                                       "边贸旺县",   "文旅美县",     "边民互市",
                                       "业妇联"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        is_not(d, none[i]);
    is(d, "平煤神马", ENTITY_ORGANISATION);
    is(d, "松南化工园区", ENTITY_ORGANISATION);
    is(d, "物流行业妇联", ENTITY_ORGANISATION);
}

static void test_chains_of_places(void **state)
{
    (void)state;
    struct document *d = read("# 桃花开了\n云栖县民政局\n"
                              "云栖县城东街道利洋村种了柿子，走进镇岚县，镇岚县也种。\n"
                              "沚县统计局说，沚县很好。整县推进，跨县合作，跨县发展。\n");
    is(d, "云栖县城东街道利洋村", ENTITY_PLACE);
    is(d, "城东街道", ENTITY_PLACE);
    is(d, "镇岚县", ENTITY_PLACE);
    is(d, "沚县", ENTITY_PLACE);
    d = read("# 固岚原市的新闻\n"
             "当岚市发展很快。承办单位市住建局，董事长吴斌介绍说，副市长叶山重点督办此案。\n"
             "石浪镇三元村很好。他们和市里、以及县里的人来了。\n");
    is(d, "当岚市", ENTITY_PLACE);
    is(d, "市住建局", ENTITY_ORGANISATION);
    is(d, "吴斌", ENTITY_PERSON);
    is(d, "叶山", ENTITY_PERSON);
    is(d, "石浪镇三元村", ENTITY_PLACE);
    is(d, "石浪镇", ENTITY_PLACE);
    is_not(d, "跨县");
    d = read("# 村里的变化\n"
             "他是澜门市同岚区莲花镇军营村的村民。一行先后到天星乡三星村、羊桥土家族乡坪地村。\n"
             "到当岚市三元镇明月村调研，察看大有镇下溪水库、柏溪镇、独山港。\n"
             "他返乡创业，老旧小区改造，和美乡村先行村，全面推进区级和街道中心建设。\n");
    is(d, "同岚区", ENTITY_PLACE);
    is(d, "莲花镇", ENTITY_PLACE);
    is(d, "天星乡", ENTITY_PLACE);
    is(d, "天星乡三星村", ENTITY_PLACE);
    is(d, "羊桥土家族乡坪地村", ENTITY_PLACE);
    is(d, "三元镇", ENTITY_PLACE);
    is(d, "大有镇", ENTITY_PLACE);
    is(d, "下溪水库", ENTITY_PLACE);
    is_not(d, "他返乡");
    is_not(d, "和美乡");
    is_not(d, "面推进区");
    is_not(d, "、独山港");
}

static void test_people_without_titles(void **state)
{
    (void)state;
    struct document *d =
        read("# 来客与乡亲\n"
             "专家组潘伟行、陈涛、卜鹏飞、吕亚洲参加座谈。加强仰韶村、双槐树、贾湖等遗址保护。\n"
             "总统泽兰斯基会见发言人佩斯诺夫，国王拉姆强调合作，村民富不富看支部。\n"
             "从“种米姑娘”陈雨佳，到“新农人”张雪，41岁的苏银坂回忆说，肖丽今年35岁。\n"
             "副县长郭鹏及相关部门参加，卫生院徐济远获评先进，县委书记栗再生主持会议。\n");
    static const char *const people[] = {"潘伟行",   "陈涛", "卜鹏飞", "吕亚洲", "泽兰斯基",
                                         "佩斯诺夫", "拉姆", "陈雨佳", "张雪",   "苏银坂",
                                         "肖丽",     "郭鹏", "徐济远", "栗再生"};
    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        is(d, people[i], ENTITY_PERSON);
    is_not(d, "双槐树");
    is_not(d, "贾湖");
    is_not(d, "富不富");
    is_not(d, "郭鹏及");
    is_not(d, "种米姑娘");
    d = read("# 村里的书记\n"
             "原村党支部书记高泉阳跟他说，环境很好。没想到高书记很重视，让他当导演。\n"
             "李师傅修好了机器，李师傅走了。和书记谈完，孙主任没有再来。\n");
    is_same(d, "高泉阳", "高书记");
    d = read("# 改名\n"
             "岚泽市数据局原为岚泽市大数据中心。润海国际信息港项目开工，润海国际信息港很大。\n");
    is_same(d, "岚泽市数据局", "岚泽市大数据中心");
    is_same(d, "润海国际信息港项目", "润海国际信息港");
    d = read("# 村里的书记\n"
             "李师傅修好了机器，李师傅走了。和书记谈完，孙主任没有再来。\n");
    is(d, "李师傅", ENTITY_PERSON);
    is_not(d, "和书记");
    is_not(d, "孙主任");
}

static void test_bodies_among_words(void **state)
{
    (void)state;
    struct document *d = read(
        "# 各地来信\n"
        "市政协提案委员会开会，提案交市政协提案办。他在县第三中学、第二中学教书。\n"
        "金岚镇卫生院、下马峪乡卫生院，县商务局党组书记、局长来了，90后茅晓雯把店开在镇上。\n"
        "2022年青洑县的公报。调整线路，串联县人民医院东院区。改走铁路后，补上社区托育这一课。\n"
        "发展民宿，乡村民宿发展迅速，委员齐聚一堂。在白岚港、鸬鹚岛等地建码头。\n"
        "托起“最美夕阳红”，成为市民家门口的“精神粮仓”，“飞线充电”、进楼充电等现象少了。\n"
        "推出晒面体验、面食研学等项目，推行“巷长制”。县政协主席严启明代表政协禾浦县委员会讲话。\n");
    static const char *const bodies[] = {"市政协提案委员会", "市政协提案办",   "县第三中学",
                                         "第二中学",         "下马峪乡卫生院", "县商务局"};
    static const char *const none[] = {"年青洑县", "串联县",  "改走铁路", "补上社区",
                                       "宿发展",   "齐聚一",  "面食研学", "最美夕阳红",
                                       "精神粮仓", "飞线充电"};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        is(d, bodies[i], ENTITY_ORGANISATION);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        is_not(d, none[i]);
    is(d, "茅晓雯", ENTITY_PERSON);
    is(d, "严启明", ENTITY_PERSON);
    is(d, "青洑县", ENTITY_PLACE);
    is(d, "鸬鹚岛", ENTITY_PLACE);
    is(d, "巷长制", ENTITY_PROGRAMME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quotations),
        cmocka_unit_test(test_definitions),
        cmocka_unit_test(test_organisations),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_people),
        cmocka_unit_test(test_projects),
        cmocka_unit_test(test_mentions),
        cmocka_unit_test(test_anaphors),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_what_bodies_are_named_after),
        cmocka_unit_test(test_officials_and_speech),
        cmocka_unit_test(test_places_of_mentions),
        cmocka_unit_test(test_sessions),
        cmocka_unit_test(test_spellings_of_characters),
        cmocka_unit_test(test_foreign_persons),
        cmocka_unit_test(test_people_without_titles),
        cmocka_unit_test(test_bodies_among_words),
        cmocka_unit_test(test_verbs_and_questions_are_no_names),
        cmocka_unit_test(test_chains_of_places),
        cmocka_unit_test(test_kinds_are_no_names),
    };
    return cmocka_run_group_tests(tests, articles_set_up, articles_tear_down);
}
