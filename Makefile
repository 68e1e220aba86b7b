# baolan: build, test, install. Everything that is made goes below $(BUILD).
BUILD ?= build
PREFIX ?= /usr/local
CC ?= cc
PKG_CONFIG ?= pkg-config

CFLAGS ?= -O2 -g
WARNINGS = -std=c17 -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wconversion -Werror
HARDENING = -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE
# ncursesw's flags define _XOPEN_SOURCE=600, which is not ours: only the include path is taken.
CPPFLAGS_ALL = -D_XOPEN_SOURCE=700 -Iinclude -Isrc -DBAOLAN_DATADIR='"$(PREFIX)/share/baolan"' \
    $(shell $(PKG_CONFIG) --cflags-only-I ncursesw sqlite3) $(CPPFLAGS)
CFLAGS_ALL = $(WARNINGS) $(HARDENING) $(CFLAGS)
LIBS = $(shell $(PKG_CONFIG) --libs ncursesw sqlite3) -lunistring -lpthread -lm
LDFLAGS_ALL = -pie -Wl,-z,relro,-z,now $(LDFLAGS)

LIBRARY_SOURCES := $(wildcard src/base/*.c src/text/*.c src/parse/*.c src/store/*.c src/app/*.c)
PROGRAM_SOURCES := $(wildcard src/ui/*.c src/main/*.c)
LIBRARY_OBJECTS := $(LIBRARY_SOURCES:%.c=$(BUILD)/%.o)
PROGRAM_OBJECTS := $(PROGRAM_SOURCES:%.c=$(BUILD)/%.o)
OBJECTS := $(LIBRARY_OBJECTS) $(PROGRAM_OBJECTS)

.PHONY: all clean
all: $(BUILD)/baolan

$(BUILD)/baolan: $(PROGRAM_OBJECTS) $(BUILD)/libbaolan.a
	@echo "  link $@"
	@$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(LIBS)

$(BUILD)/libbaolan.a: $(LIBRARY_OBJECTS)
	@rm -f $@
	@$(AR) rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  cc $<"
	@$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

clean:
	rm -rf $(BUILD)

-include $(OBJECTS:.o=.d)
