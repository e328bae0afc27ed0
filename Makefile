# parcours: GNU make, gcc or clang, Debian's libraries.
#
#   make          the program              make demo      sample documents
#   make test     all tests                make proofs    their pages as PNG
#   make accept   make results golden      make bench     how fast, how large
#   make asan     tests under sanitizers   make fuzz-fo   minutes of bad input
#   make unit     unit tests alone         make lint      what tools object to
#   make install  below PREFIX             make format    lay out the code
#   make deps     Debian packages that are missing (DEPS=no: never)
#   make peer     where we differ from Apache FOP and librsvg
#
# V chooses the variant (dev, release, asan, cov, fuzz); each has its own
# folder under build/.  config.mk, if there is one, holds local settings.

-include config.mk

# ------------------------------------------------------------------- FILES

V        ?= dev
B        := build/$(V)

LIB_SRC  := $(filter-out src/cli/%,$(wildcard src/*/*.c)) $(wildcard src/*.c)
CLI_SRC  := $(wildcard src/cli/*.c)
UNIT_SRC := $(wildcard tests/*/test_*.c)

LIB_OBJ  := $(LIB_SRC:%.c=$(B)/%.o)
CLI_OBJ  := $(CLI_SRC:%.c=$(B)/%.o)
UNITS    := $(UNIT_SRC:%.c=$(B)/%)
BENCH_SRC := $(filter-out %/floor.c,$(wildcard tests/bench/*.c))
BENCH_OBJ := $(BENCH_SRC:%.c=$(B)/%.o)
FUZZERS  := $(patsubst %.c,$(B)/%,$(wildcard tests/fuzz/fuzz_*.c))

VERSION  := 0.1.0
LIB      := $(B)/libparcours.a
PROGRAM  := $(B)/parcours

# What to build with, what to run with, what the tests look at PDFs with.
DEBIAN_BUILD := gcc make xsltproc pkg-config libc6-dev libxml2-dev \
	libxslt1-dev \
	libsqlite3-dev libzip-dev libhpdf-dev libharfbuzz-dev libfribidi-dev \
	libhyphen-dev libunibreak-dev libfontconfig-dev libpng-dev \
	libtiff-dev zlib1g-dev libmd-dev libunistring-dev libcmocka-dev
DEBIAN_RUN   := fontconfig fonts-inter fonts-noto-core fonts-urw-base35 \
	fonts-liberation hyphen-fr hyphen-en-us hyphen-en-gb \
	hyphen-cs hyphen-da hyphen-de hyphen-es hyphen-it hyphen-nl hyphen-no \
	hyphen-pl hyphen-pt-pt hyphen-ru hyphen-sv \
	icc-profiles-free
DEBIAN_TEST  := fonts-inter-variable fonts-droid-fallback poppler-utils qpdf libxml2-utils locales
# What only `make lint`, `make bench` and `make fuzz-NAME` need.
DEBIAN_LINT  := clang clang-tidy cppcheck mandoc shellcheck
DEBIAN_BENCH := fop librsvg2-bin
DEBIAN_FUZZ  := clang
DEBIAN       := $(DEBIAN_BUILD) $(DEBIAN_RUN) $(DEBIAN_TEST)

# ------------------------------------------------------------------- RULES

CC       ?= cc
AR       ?= ar
PREFIX   ?= /usr/local

PKGS     := libxml-2.0 libxslt libexslt sqlite3 libzip harfbuzz harfbuzz-subset \
	fribidi libunibreak fontconfig libpng libtiff-4 zlib

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wwrite-strings
FLAGS_dev     := -O2 -g
FLAGS_release := -O2 -DNDEBUG $(if $(findstring clang,$(CC)),,-flto=auto)
FLAGS_asan    := -O1 -g -fsanitize=address,undefined \
	-fno-sanitize-recover=all -fno-omit-frame-pointer
FLAGS_cov     := -O0 -g --coverage
FLAGS_fuzz    := -O1 -g -fsanitize=address,undefined,fuzzer-no-link

ifeq ($(FLAGS_$(V)),)
$(error V=$(V) is not one of dev, release, asan, cov, fuzz)
endif
ifeq ($(V),fuzz)
CC       := clang
endif

# One short line for each step; VERBOSE=1 shows the commands.
Q        := $(if $(VERBOSE),,@)
say       = $(if $(VERBOSE),,@printf '%-5s %s\n' $(1) $@)

# The libraries' headers as system headers: their warnings are not ours.
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(shell pkg-config --cflags $(PKGS) | \
	sed 's/-I/-isystem /g'))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $$(shell pkg-config --libs $(PKGS)))$(PKG_LIBS)

ALL_CFLAGS = -std=c17 -D_POSIX_C_SOURCE=200809L $(WARNINGS) $(FLAGS_$(V)) \
	-pthread -Isrc -DPARCOURS_VERSION='"$(VERSION)"' \
	-DPARCOURS_SHARE='"$(PREFIX)/share/parcours"' $(PKG_CFLAGS) $(CFLAGS)
LIBS       = $(PKG_LIBS) -lhpdf -lhyphen -lunistring -lmd -lm

$(B)/%.o: %.c
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(CPPFLAGS) -MMD -MP -c -o $@ $<

$(LIB): $(LIB_OBJ)
	$(call say,AR)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(B)/parcours: $(CLI_OBJ) $(LIB)
	$(call say,LD)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# The tests' programs obey the locale they are run in.
$(B)/tests/parcours: $(CLI_OBJ) $(B)/tests/comma.o $(LIB)
	$(call say,LD)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(UNITS): %: %.o $(B)/tests/comma.o $(LIB)
	$(call say,LD)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ -lcmocka $(LIBS)

# libFuzzer brings its own main; everywhere else, driver.c is it.
$(FUZZERS): %: %.o $(if $(filter fuzz,$(V)),,$(B)/tests/fuzz/driver.o) $(LIB)
	$(call say,LD)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) \
		$(if $(filter fuzz,$(V)),-fsanitize=fuzzer)

$(B)/tests/run: $(B)/tests/run.o $(LIB)
	$(call say,LD)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

build/locale/fr_FR.UTF-8:
	$(call say,LOC)
	@mkdir -p $(@D)
	$(Q)localedef -c -i fr_FR -f UTF-8 $(CURDIR)/$@ 2>/dev/null || test -d $@

# What the program reads at run time, as it is installed: schemas without their
# words, what is looked up on every run collected in one file each, and rules
# as stylesheets.
SHARE    := build/share
XSD      := $(sort $(wildcard schemas/records/*.xsd))
LIMITS   := $(sort $(wildcard schemas/limits/*.xml))
SCH      := $(sort $(wildcard schemas/rules/*.sch))
HYPHENS  := $(sort $(wildcard hyphen/*.dic))
STYLES   := $(sort $(shell find stylesheets -type f 2>/dev/null))
COPIED   := schemas/audiences.xml schemas/dossier.xml schemas/import.xsd \
	schemas/measures.xml schemas/views.sql $(HYPHENS) $(STYLES)
FORMS    := $(filter-out %/common.xml %/derived.xml %/tables.xml %/xml.xml,\
	$(XSD:schemas/records/%.xsd=$(SHARE)/schemas/fields/%.xml))
DATA     := $(FORMS) $(XSD:%=$(SHARE)/%) $(foreach l,fr en,$(SCH:schemas/rules/%.sch=$(SHARE)/rules/%.$(l).xsl)) \
	$(COPIED:%=$(SHARE)/%) $(addprefix $(SHARE)/schemas/,classes.xml \
	words.xml limits.xml)
XSLTPROC := xsltproc --nonet
files     = "$(foreach f,$(1),$(CURDIR)/$(f))"

$(SHARE)/schemas/records/%.xsd: schemas/records/%.xsd schemas/build/strip.xsl
	@mkdir -p $(@D)
	@$(XSLTPROC) -o $@ schemas/build/strip.xsl $<

$(SHARE)/schemas/fields/%.xml: schemas/records/%.xsd schemas/build/fields.xsl \
    schemas/records/common.xsd
	@mkdir -p $(@D)
	@$(XSLTPROC) --stringparam kind $* -o $@ schemas/build/fields.xsl $<

$(SHARE)/schemas/classes.xml $(SHARE)/schemas/words.xml: \
    $(SHARE)/schemas/%.xml: schemas/build/%.xsl $(XSD)
	@mkdir -p $(@D)
	@$(XSLTPROC) --stringparam files $(call files,$(XSD)) -o $@ $< $<

$(SHARE)/schemas/limits.xml: schemas/build/limits.xsl $(LIMITS)
	@mkdir -p $(@D)
	@$(XSLTPROC) --stringparam files $(call files,$(LIMITS)) -o $@ $< $<

$(SHARE)/rules/%.fr.xsl $(SHARE)/rules/%.en.xsl: schemas/rules/%.sch \
    schemas/rules/compile.xsl
	@mkdir -p $(@D)
	@for l in fr en; do $(XSLTPROC) --stringparam language $$l \
		-o $(SHARE)/rules/$*.$$l.xsl schemas/rules/compile.xsl $<; done

$(COPIED:%=$(SHARE)/%): $(SHARE)/%: %
	@mkdir -p $(@D)
	@cp $< $@

.SECONDARY: $(UNITS:%=%.o) $(FUZZERS:%=%.o) $(B)/tests/comma.o $(B)/tests/run.o \
	$(B)/tests/fuzz/driver.o

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(UNITS:%=%.d) $(FUZZERS:%=%.d) $(B)/tests/run.d \
	$(BENCH_OBJ:.o=.d)

# ----------------------------------------------------------------- TARGETS

.DEFAULT_GOAL := all
.PHONY: all data test test-run accept asan unit deps demo proofs bench peer coverage \
	lint conformance format install uninstall clean

all: $(LIB) $(PROGRAM) data

data: $(DATA)

# T=fo limits the run to tests/fo.
UNITS_RUN := $(if $(T),$(filter $(B)/tests/$(T)/%,$(UNITS)),$(UNITS))

unit: $(UNITS_RUN) $(PROGRAM)
	@set -e; for t in $(UNITS_RUN); do echo "== $$t"; $$t; done

# All tests, in two locales; T=WORD runs the cases whose path has the word.
TEST_PROGRAMS := $(UNITS) $(FUZZERS) $(B)/tests/run $(B)/tests/parcours

test: deps
	@$(MAKE) --no-print-directory test-run

test-run: all $(TEST_PROGRAMS) build/locale/fr_FR.UTF-8
	@$(B)/tests/run -b $(B) $(T)

# Shows how the results differ from the golden files, and makes them golden.
accept: all $(TEST_PROGRAMS)
	@$(B)/tests/run -u -b $(B) $(T)

# Everything again under the address and undefined-behaviour sanitizers.
export LSAN_OPTIONS := suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0
asan:
	@$(MAKE) --no-print-directory V=asan test

deps:
	@$(if $(filter no,$(DEPS)),:,sh .ci/deps $(DEBIAN))

# The documents of the samples, in out/; each line of demo.list is a `make`.
OUT ?= out
demo: deps
	@$(MAKE) --no-print-directory all
	@mkdir -p $(OUT)
	@grep -v '^#' samples/demo.list | while read -r line; do \
		$(B)/parcours make $$line -o $(OUT)/ || exit; done

# Every page of them as a picture, to be looked at.
proofs: demo
	@rm -rf $(OUT)/proofs && mkdir -p $(OUT)/proofs
	@for f in $(OUT)/*.pdf; do \
		pdftoppm -r 80 -png $$f $(OUT)/proofs/$$(basename $$f .pdf); \
	done
	@ls $(OUT)/proofs/*.png

# T=registry: one row.  FOP=no: without Apache FOP, which takes most of the time.
# PEOPLE=10000: a registry of no more people.
bench: deps
	@$(MAKE) --no-print-directory V=release build/release/parcours \
		build/release/tests/bench/bench build/release/tests/bench/floor
	@FOP=$(FOP) $(if $(PEOPLE),PEOPLE=$(PEOPLE)) build/release/tests/bench/bench build/release $(T)

$(B)/tests/bench/bench: $(BENCH_OBJ) $(LIB)
$(B)/tests/bench/floor: $(B)/tests/bench/floor.o
$(B)/tests/bench/bench $(B)/tests/bench/floor:
	$(call say,LD)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# The cases of tests/peer through Apache FOP and through us: where they differ;
# and those of tests/svg through librsvg, where rsvg-convert is installed.
peer: all $(B)/tests/peer/peer $(B)/tests/svg/peer
	@s=0; $(B)/tests/peer/peer $(B) $(T) || s=1; \
	if command -v rsvg-convert >/dev/null; then \
		$(B)/tests/svg/peer $(B) $(T) || s=1; \
	else echo "figures: not compared, rsvg-convert is not installed"; \
	fi; exit $$s

$(B)/tests/peer/peer $(B)/tests/svg/peer: %: %.o $(LIB)
	$(call say,LD)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# Which lines the tests reach, a row per file.
coverage:
	@rm -rf build/cov && $(MAKE) --no-print-directory V=cov test
	@cd build/cov && find src -name '*.gcda' | sort | xargs gcov -n -o . | \
		awk -F"[':%]" '/^File .src/ { f = $$2 } \
		/^Lines/ && f { printf "%6.1f %%  %s\n", $$3, f; f = "" }'

lint:
	@$(if $(filter no,$(DEPS)),:,sh .ci/deps $(DEBIAN) $(DEBIAN_LINT))
	@$(MAKE) --no-print-directory CC=clang B=build/clang \
		CFLAGS=-Werror all
	cppcheck --std=c11 --quiet --inline-suppr --error-exitcode=1 \
		--enable=warning,portability --suppress=missingIncludeSystem \
		--suppress=nullPointerRedundantCheck --suppress=ctunullpointer \
		--suppress=zerodivcond --suppress=uninitvar \
		--suppress=ctuuninitvar \
		-Isrc -DPARCOURS_VERSION='""' -DPARCOURS_SHARE='""' src
	mandoc -Tlint -Wwarning docs/*.[157]
	shellcheck -s bash .ci/run docs/completion/parcours.bash
	shellcheck -s sh -S warning -e SC2016,SC1091,SC1112 .ci/deps $(wildcard tests/*/*.sh)

# The page of what is done of XSL-FO, from the tables in src/fo/.
conformance: $(B)/docs/conformance
	$(B)/docs/conformance >docs/parcours-fo.7

-include $(B)/docs/conformance.d
$(B)/docs/conformance: $(B)/docs/conformance.o
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^

format:
	clang-format -i $(wildcard src/*.[ch] src/*/*.[ch] tests/*.[ch] \
		tests/*/*.[ch])

# Minutes of mutated input for one parser: tests/fuzz/fuzz_NAME.c.
fuzz-%:
	@$(if $(filter no,$(DEPS)),:,sh .ci/deps $(DEBIAN) $(DEBIAN_FUZZ))
	@$(MAKE) --no-print-directory V=dev build/dev/tests/fuzz/fuzz_$*
	@$(MAKE) --no-print-directory V=fuzz build/fuzz/tests/fuzz/fuzz_$*
	@mkdir -p build/fuzz/corpus/$*
	@build/dev/tests/fuzz/fuzz_$* -x build/fuzz/corpus/$*
	build/fuzz/tests/fuzz/fuzz_$* -max_total_time=$(or $(SECONDS),60) \
		-timeout=10 -artifact_prefix=build/fuzz/ build/fuzz/corpus/$*

TO := $(DESTDIR)$(PREFIX)
install: all
	install -d $(TO)/bin $(TO)/share/man/man1 $(TO)/share/man/man5 \
		$(TO)/share/man/man7 $(TO)/share/bash-completion/completions
	install -m 755 $(B)/parcours $(TO)/bin/parcours
	install -m 644 docs/parcours.1 $(TO)/share/man/man1
	install -m 644 docs/parcours-fo.7 $(TO)/share/man/man7
	install -m 644 docs/parcours-records.5 $(TO)/share/man/man5
	install -m 644 docs/completion/parcours.bash \
		$(TO)/share/bash-completion/completions/parcours
	@for f in $(DATA:$(SHARE)/%=%); do \
		install -D -m 644 $(SHARE)/$$f $(TO)/share/parcours/$$f || exit; \
	done

uninstall:
	rm -rf $(TO)/bin/parcours $(TO)/share/parcours \
		$(TO)/share/man/man1/parcours.1 \
		$(TO)/share/man/man5/parcours-records.5 \
		$(TO)/share/man/man7/parcours-fo.7 \
		$(TO)/share/bash-completion/completions/parcours

clean:
	rm -rf build $(OUT)
