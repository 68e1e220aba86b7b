# baolan: build, run, test, install. Everything that is made goes below $(BUILD).
BUILD ?= build
PREFIX ?= /usr/local
SYSCONFDIR ?= /etc
SYSTEMD_UNIT_DIR ?= $(PREFIX)/lib/systemd/system
DESTDIR ?=
CC ?= cc
PKG_CONFIG ?= pkg-config
MSGFMT ?= msgfmt

VERSION = 0.1.0
CFLAGS ?= -O2 -g
WARNINGS = -std=c17 -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wconversion -Werror
HARDENING ?= -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE
# ncursesw's flags define _XOPEN_SOURCE=600, which is not ours: only the include path is taken.
MODULE_CFLAGS := $(shell $(PKG_CONFIG) --cflags-only-I ncursesw sqlite3 2>/dev/null)
# Debian's libunistring has no .pc file; .ci/packages probes it by linking.
MODULE_LIBS := $(shell $(PKG_CONFIG) --libs ncursesw sqlite3 2>/dev/null) -lunistring
CPPFLAGS_ALL = -D_XOPEN_SOURCE=700 -Iinclude -Isrc -I$(BUILD) -DBAOLAN_VERSION='"$(VERSION)"' \
    $(MODULE_CFLAGS) $(CPPFLAGS)
PLACES = -DBAOLAN_DATADIR='"$(PREFIX)/share/baolan"' -DBAOLAN_SYSCONFDIR='"$(SYSCONFDIR)"' \
    -DBAOLAN_LOCALEDIR='"$(PREFIX)/share/locale"'
CFLAGS_ALL = $(WARNINGS) $(HARDENING) $(CFLAGS)
LDFLAGS_ALL = -pie -Wl,-z,relro,-z,now $(LDFLAGS)
LIBS = $(MODULE_LIBS) -lpthread -lm
# The program carries its libraries in itself where their archives are installed: to find the 3,000
# symbols of the shared ones is a sixth of the time to the first screen. SHARED=yes links those all
# the same, as a distribution's packages do.
SHARED ?= no
ARCHIVES := $(foreach name,$(filter -l%,$(MODULE_LIBS)),\
    $(filter /%,$(shell $(CC) -print-file-name=lib$(name:-l%=%).a 2>/dev/null)))
ifeq ($(SHARED) $(words $(ARCHIVES)),no $(words $(filter -l%,$(MODULE_LIBS))))
PROGRAM_LIBS = -Wl,-Bstatic $(MODULE_LIBS) -Wl,-Bdynamic -lpthread -lm
else
PROGRAM_LIBS = $(LIBS)
endif

LIBRARY_SOURCES := $(wildcard src/base/*.c src/text/*.c src/parse/*.c src/store/*.c src/app/*.c)
PROGRAM_SOURCES := $(wildcard src/ui/*.c src/main/*.c)
LIBRARY_OBJECTS := $(LIBRARY_SOURCES:%.c=$(BUILD)/%.o)
PROGRAM_OBJECTS := $(PROGRAM_SOURCES:%.c=$(BUILD)/%.o)
UI_OBJECTS := $(filter $(BUILD)/src/ui/%,$(PROGRAM_OBJECTS))
UNIT_TESTS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/test_*.c tests/fault/test_*.c))
TERM_TESTS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/term/test_*.c))
TERM_HELPERS := $(patsubst %.c,$(BUILD)/%.o,$(filter-out tests/term/test_%.c,$(wildcard tests/term/*.c)))
FAULT_HELPERS := $(patsubst %.c,$(BUILD)/%.o,$(filter-out tests/fault/test_%.c,$(wildcard tests/fault/*.c))) $(BUILD)/tests/fuzz/cost.o
TESTS := $(UNIT_TESTS) $(TERM_TESTS)
BENCHES := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/bench/*.c))
FUZZERS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz/fuzz_*.c))

.PHONY: all deb run test check-tests bench install uninstall lint asan fuzz coverage format clean
all: $(BUILD)/baolan

CATALOGUES := $(patsubst data/po/%.po,$(BUILD)/locale/%/LC_MESSAGES/baolan.mo,$(wildcard data/po/*.po))
$(BUILD)/locale/%/LC_MESSAGES/baolan.mo: data/po/%.po
	@mkdir -p $(@D)
	@echo "  msgfmt $<"
	@$(MSGFMT) --check -o $@ $<

$(BUILD)/baolan: $(PROGRAM_OBJECTS) $(BUILD)/libbaolan.a | $(CATALOGUES)
	@echo "  link $@"
	@$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(PROGRAM_LIBS)

$(BUILD)/libbaolan.a: $(LIBRARY_OBJECTS)
	@rm -f $@
	@$(AR) rcs $@ $^

$(BUILD)/src/base/folders.o: CPPFLAGS_ALL += $(PLACES)
$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  cc $<"
	@$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# What the parser is made of, as one number: a cache that another parser wrote is written anew.
PARSER_SOURCES := $(sort $(filter-out src/text/message%, \
    $(wildcard src/text/*.[ch] src/text/*.inc src/parse/*.[ch])))
$(BUILD)/parser_version.inc: $(PARSER_SOURCES)
	@mkdir -p $(@D)
	@cat $^ | cksum | sed 's/ .*/u/' >$@

$(BUILD)/src/parse/version.o: $(BUILD)/parser_version.inc

# A person's two commands: what is missing is installed first, by name, and only then.
run:
	@sh .ci/packages run
	@$(MAKE) --no-print-directory $(BUILD)/baolan
	@$(BUILD)/baolan data/samples

test:
	@sh .ci/packages test
	@$(MAKE) --no-print-directory check-tests

$(UNIT_TESTS): $(BUILD)/%: $(BUILD)/%.o $(UI_OBJECTS) $(FAULT_HELPERS) $(BUILD)/libbaolan.a | $(CATALOGUES)
	@echo "  link $@"
	@$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ -lcmocka $(LIBS)

comma := ,
# Calls to SQLite, and to the system, pass through the test first.
$(BUILD)/tests/fault/test_statements: LDFLAGS_ALL += -Wl,--wrap=sqlite3_step \
    -Wl,--wrap=sqlite3_prepare_v3 -Wl,--wrap=sqlite3_extended_errcode
$(BUILD)/tests/fault/test_calls: LDFLAGS_ALL += $(addprefix -Wl$(comma)--wrap=,read write open close \
    fsync rename mkdir fstat stat fchmod realpath getcwd pipe fork poll waitpid mkdtemp tmpfile \
    opendir inotify_init1 __read_chk __realpath_chk __getcwd_chk __poll_chk)

$(TERM_TESTS): $(BUILD)/%: $(BUILD)/%.o $(TERM_HELPERS) $(BUILD)/libbaolan.a
	@echo "  link $@"
	@$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ -lcmocka -lvterm -lutil $(LIBS)

# Tests run from the top of the checkout, against the data that stands there.
check-tests: $(BUILD)/baolan $(TESTS)
	@BAOLAN_DATA=$(CURDIR)/data BAOLAN_PROGRAM=$(CURDIR)/$(BUILD)/baolan \
	    sh tests/run $(TESTS)

bench:
	@sh .ci/packages run
	@$(MAKE) --no-print-directory $(BUILD)/baolan $(BENCHES)
	@BAOLAN_PROGRAM=$(CURDIR)/$(BUILD)/baolan BAOLAN_DATA=$(CURDIR)/data sh tests/bench/run $(BUILD)

$(BENCHES): $(BUILD)/%: $(BUILD)/%.o $(BUILD)/libbaolan.a
	@echo "  link $@"
	@$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ -lutil $(LIBS)

# The whole suite again, in a build folder of its own, with the sanitizers watching.
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
asan:
	@sh .ci/packages test
	@ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1 \
	    $(MAKE) --no-print-directory BUILD=$(BUILD)/asan HARDENING=-fPIE CFLAGS='-O1 -g $(SANITIZE)' \
	    LDFLAGS='$(SANITIZE)' check-tests

# Each fuzz target for FUZZ_SECONDS, with the samples as seeds.
FUZZ_SECONDS ?= 30
fuzz:
	@sh .ci/packages check
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/fuzz CC=clang HARDENING=-fPIE \
	    CFLAGS='-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined' \
	    LDFLAGS='-fsanitize=fuzzer,address,undefined' fuzzers
	@BAOLAN_DATA=$(CURDIR)/data sh tests/fuzz/run $(BUILD)/fuzz $(FUZZ_SECONDS)

.PHONY: fuzzers
fuzzers: $(FUZZERS)
$(FUZZERS): $(BUILD)/%: $(BUILD)/%.o $(BUILD)/tests/fuzz/cost.o $(BUILD)/src/ui/keys.o $(BUILD)/libbaolan.a
	@echo "  link $@"
	@$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(LIBS)

coverage:
	@sh .ci/packages test
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/coverage HARDENING=-fPIE \
	    CFLAGS='-O0 -g --coverage -fprofile-update=atomic' CPPFLAGS='-include tests/lint/coverage.h' \
	    LDFLAGS=--coverage check-tests
	@sh tests/lint/coverage $(BUILD)/coverage

# What a person does, under memcheck: errors and leaks. Some two minutes of a processor.
.PHONY: valgrind
valgrind:
	@sh .ci/packages valgrind
	@$(MAKE) --no-print-directory $(BUILD)/baolan
	@BAOLAN_DATA=$(CURDIR)/data sh tests/fault/valgrind $(CURDIR)/$(BUILD)/baolan

SOURCES := $(wildcard src/*/*.c tests/*/*.c)
HEADERS := $(wildcard include/baolan/*.h src/*/*.h tests/*/*.h)
.PHONY: lint-format lint-layers lint-shape lint-messages lint-cppcheck lint-tidy lint-clang lint-gcc lint-package messages analyze
lint:
	@sh .ci/packages check
	@$(MAKE) --no-print-directory --keep-going lint-format lint-layers lint-shape lint-messages \
	    lint-cppcheck lint-tidy lint-clang

lint-format:
	@clang-format --dry-run -Werror $(SOURCES) $(HEADERS)

lint-layers lint-shape lint-messages: lint-%:
	@sh tests/lint/$*

# Texts that the catalogues lack are added to them, to be filled in; what nobody says goes.
messages:
	@sh tests/lint/messages --update

lint-cppcheck:
	@cppcheck --quiet -j 2 --std=c11 --enable=warning,portability,performance --error-exitcode=1 \
	    --inline-suppr --suppressions-list=tests/lint/cppcheck.txt -Iinclude -Isrc src

# Without the analyzer, which follows paths for some ten seconds a source: that is `make analyze`.
TIDY_LESS ?= -clang-analyzer-*
lint-tidy: $(BUILD)/parser_version.inc
	@printf '%s\n' $(filter src/%,$(SOURCES)) | xargs -n 1 -P 2 sh -c \
	    'clang-tidy --quiet --checks=$(TIDY_LESS) --warnings-as-errors="*" "$$@" -- -std=c17 $(filter-out -DBAOLAN_%,$(CPPFLAGS_ALL)) 2>/dev/null' tidy

# What clang says, warnings as errors, of every source; nothing is made.
lint-clang: $(BUILD)/parser_version.inc
	@printf '%s\n' $(filter-out tests/fuzz/%,$(SOURCES)) | xargs -n 8 -P 2 \
	    clang -fsyntax-only $(CPPFLAGS_ALL) $(WARNINGS) -O1 -D_FORTIFY_SOURCE=2

# Both compilers' analyzers: slow, so apart from lint.
analyze:
	@sh .ci/packages check
	@$(MAKE) --no-print-directory --keep-going lint-tidy lint-gcc TIDY_LESS=

# Files by turns, as they are: some take a minute.
lint-gcc: $(BUILD)/parser_version.inc
	@printf '%s\n' $(filter src/%,$(SOURCES)) | xargs -n 1 -P 2 \
	    gcc $(CPPFLAGS_ALL) $(PLACES) -std=c17 -O2 -fanalyzer -Werror -c -o /dev/null

format:
	@clang-format -i $(SOURCES) $(HEADERS)

# What is installed below PREFIX: the program, what it reads, its messages and completions; and the
# library with its headers (a header's table of rows beside it, where its #include finds it).
SHARED = $(DESTDIR)$(PREFIX)/share
DATA_FILES = $(patsubst data/%,%,$(shell find data -type f $(addprefix -not -path 'data/,$(addsuffix /*',po unicode completions man debian systemd))))
HEADER_TABLES := $(wildcard src/*/*.def)
ZSH_FOLDER ?= zsh/site-functions
LIBDIR ?= lib
MANUALS = $(BUILD)/man/man1/baolan.1 $(BUILD)/man/zh_CN/man1/baolan.1
$(BUILD)/man/man1/baolan.1: data/man/baolan.1 $(BUILD)/baolan
	@mkdir -p $(@D)
	@BAOLAN_DATA=data $(BUILD)/baolan --lang en manual $< >$@
$(BUILD)/man/zh_CN/man1/baolan.1: data/man/zh_CN/baolan.1 $(BUILD)/baolan $(CATALOGUES)
	@mkdir -p $(@D)
	@BAOLAN_DATA=data $(BUILD)/baolan --lang zh manual $< >$@

install: $(BUILD)/baolan $(MANUALS)
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARED)/baolan $(DESTDIR)$(PREFIX)/$(LIBDIR)/pkgconfig
	install -m 755 $(BUILD)/baolan $(DESTDIR)$(PREFIX)/bin/baolan
	cd data && for file in $(DATA_FILES); do install -D -m 644 "$$file" "$(SHARED)/baolan/$$file" || exit 1; done
	cd $(BUILD)/locale && find . -name '*.mo' | while read -r file; do \
	    install -D -m 644 "$$file" "$(SHARED)/locale/$$file" || exit 1; done
	cd $(BUILD)/man && find . -name '*.1' | while read -r file; do \
	    install -D -m 644 "$$file" "$(SHARED)/man/$$file" || exit 1; done
	install -D -m 644 data/completions/baolan.bash $(SHARED)/bash-completion/completions/baolan
	install -D -m 644 data/completions/_baolan $(SHARED)/$(ZSH_FOLDER)/_baolan
	install -D -m 644 data/completions/baolan.fish $(SHARED)/fish/vendor_completions.d/baolan.fish
	install -d $(DESTDIR)$(SYSTEMD_UNIT_DIR)
	for unit in baolan-publish.service baolan-publish.timer; do \
	    sed 's|@BINDIR@|$(PREFIX)/bin|; s|@SYSCONFDIR@|$(SYSCONFDIR)|' "data/systemd/$$unit" \
	        >"$(DESTDIR)$(SYSTEMD_UNIT_DIR)/$$unit" || exit 1; done
	install -m 644 $(BUILD)/libbaolan.a $(DESTDIR)$(PREFIX)/$(LIBDIR)/libbaolan.a
	for file in $(wildcard include/baolan/*.h); do \
	    install -D -m 644 "$$file" "$(DESTDIR)$(PREFIX)/$$file" || exit 1; done
	for file in $(HEADER_TABLES); do \
	    install -D -m 644 "$$file" "$(DESTDIR)$(PREFIX)/include/baolan/$${file#src/}" || exit 1; done
	@printf '%s\n' 'prefix=$(PREFIX)' 'datadir=$${prefix}/share/baolan' '' 'Name: libbaolan' \
	    'Description: Reads Chinese report pages into articles, proposals, figures and names' \
	    'Version: $(VERSION)' 'Requires: sqlite3' 'Cflags: -I$${prefix}/include' \
	    'Libs: -L$${prefix}/$(LIBDIR) -lbaolan -lunistring -lpthread -lm' \
	    >$(DESTDIR)$(PREFIX)/$(LIBDIR)/pkgconfig/libbaolan.pc

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/baolan $(DESTDIR)$(PREFIX)/$(LIBDIR)/libbaolan.a
	rm -f $(DESTDIR)$(PREFIX)/$(LIBDIR)/pkgconfig/libbaolan.pc
	rm -f $(DESTDIR)$(SYSTEMD_UNIT_DIR)/baolan-publish.service $(DESTDIR)$(SYSTEMD_UNIT_DIR)/baolan-publish.timer
	rm -rf $(SHARED)/baolan $(DESTDIR)$(PREFIX)/include/baolan
	rm -f $(SHARED)/man/man1/baolan.1 $(SHARED)/man/*/man1/baolan.1
	rm -f $(SHARED)/locale/*/LC_MESSAGES/baolan.mo
	rm -f $(SHARED)/bash-completion/completions/baolan $(SHARED)/$(ZSH_FOLDER)/_baolan
	rm -f $(SHARED)/fish/vendor_completions.d/baolan.fish

# Packages for Debian and its kin, below $(BUILD)/deb.
MAINTAINER ?= $(or $(DEBFULLNAME),baolan maintainers) <$(or $(DEBEMAIL),maintainers@baolan.invalid)>
# Only folders.o knows where things will stand; all other objects are those of the build.
deb:
	@sh .ci/packages run
	@$(MAKE) --no-print-directory all
	@rm -rf $(BUILD)/deb/src && mkdir -p $(BUILD)/deb && cp -a $(BUILD)/src $(BUILD)/deb/
	@rm $(BUILD)/deb/src/base/folders.o
	@cp -a $(BUILD)/parser_version.inc $(BUILD)/deb/
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/deb PREFIX=/usr SHARED=yes all
	@SHARED=yes MAKE='$(MAKE)' sh data/debian/build $(BUILD)/deb $(VERSION) '$(MAINTAINER)'

# The packages, as Debian's own checker sees them.
lint-package: deb
	@cd $(BUILD)/deb && lintian --allow-root --fail-on error,warning *_$(VERSION)_*.deb

clean:
	rm -rf $(BUILD)

-include $(LIBRARY_OBJECTS:.o=.d) $(PROGRAM_OBJECTS:.o=.d) $(TESTS:=.d) $(TERM_HELPERS:.o=.d) $(FAULT_HELPERS:.o=.d)
.SECONDARY:
