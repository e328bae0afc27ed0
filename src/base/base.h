/*
 * base: what every stage stands on: lengths, memory, growing strings, text and
 * numbers without a locale, findings, and files that are written whole or not
 * at all.  Knows nothing of XML, fonts or PDF.
 */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

/* ------------------------------------------------------------- lengths */

/* A length in thousandths of a point.  Multiply in 64 bits. */
typedef int32_t mpt;

#define MPT_MAX INT32_MAX
#define PT(n) ((mpt)((n) * 1000))

/* a * b / c rounded to nearest, clamped to the range of mpt; c != 0. */
mpt mpt_scale(int64_t a, int64_t b, int64_t c);
/* a + b clamped to the range of mpt. */
mpt mpt_add(mpt a, mpt b);

/* -------------------------------------------------------------- memory */

/* As malloc and friends, but running out of memory ends the program with
 * exit status 3 and a message; callers never test. */
void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t n, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);

/* A bump allocator: everything in it is freed at once. */
struct arena;
struct arena *arena_new(void);
void arena_free(struct arena *a); /* accepts NULL */
/* Forgets all that was allocated and keeps the first block for reuse. */
void arena_reset(struct arena *a);
/* Zeroed and aligned for any type; never NULL. */
void *arena_alloc(struct arena *a, size_t size);
void *arena_array(struct arena *a, size_t n, size_t size);
/* Grows an array to hold at least `need` elements, zeroed; *cap is updated.
 * p and *cap are what it gave before, or NULL and 0; p is no longer valid. */
void *arena_grow(struct arena *a, void *p, size_t *cap, size_t need,
    size_t size);
/* Gives back what a large array of *cap elements, which arena_grow made, has
 * beyond the first n.  p is no longer valid. */
void *arena_trim(struct arena *a, void *p, size_t *cap, size_t n, size_t size);
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
/* Bytes taken from the system, for limits and statistics. */
size_t arena_bytes(const struct arena *a);

/* Grows a heap vector `v` (with fields cap) so that index `n` is valid. */
#define VEC_RESERVE(ptr, cap, need) \
	((need) > (cap) ? ((cap) = (cap) ? (cap) * 2 : 16, \
	     (cap) = (cap) < (need) ? (need) : (cap), \
	     (ptr) = xrealloc((ptr), (cap), sizeof *(ptr)), (void)0) \
			: (void)0)

/* ------------------------------------------------------ growing strings */

/* A growing byte string, always NUL-terminated once something was put.
 * Zero-initialised it is empty; buf_free makes it empty again. */
struct buf {
	char *p;
	size_t n, cap;
};

void buf_free(struct buf *b);
void buf_clear(struct buf *b);
void buf_put(struct buf *b, const void *p, size_t n);
void buf_puts(struct buf *b, const char *s);
void buf_putc(struct buf *b, int c);
/* printf for %s %.*s %d %u %ld %zu %x %c %% and their widths: never %f, whose
 * decimal sign follows the locale. */
void buf_printf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* A number with at most `decimals` decimals, a full stop, no trailing zeros. */
void buf_num(struct buf *b, double v, int decimals);
/* A length in points ("12.5"), exact. */
void buf_mpt(struct buf *b, mpt v);
/* Encodes one code point as UTF-8. */
void buf_utf8(struct buf *b, uint32_t cp);
/* A JSON string in its quotes. */
void buf_json(struct buf *b, const char *s);
/* "" instead of NULL. */
const char *buf_str(const struct buf *b);
/* Hands the bytes to the caller (free()) and empties the buffer. */
char *buf_take(struct buf *b);

/* ------------------------------------------------------ text and numbers */

/* Decodes the code point at *s and moves *s past it; an ill-formed sequence
 * gives U+FFFD and moves one byte.  Returns 0 at end. */
uint32_t utf8_next(const char **s, const char *end);
/* Where the character before `s` begins, in text from `begin` (< s) on. */
const char *utf8_before(const char *begin, const char *s);
/* Number of bytes of the first `n` that are well-formed UTF-8. */
size_t utf8_valid(const char *s, size_t n);
size_t utf8_encode(uint32_t cp, char out[4]);

/* Parses [-+]digits[.digits][e…] at s, whatever the locale.  *end (may be
 * NULL) is set past the number; false if there is none. */
bool num_parse(const char *s, const char **end, double *out);
bool num_parse_int(const char *s, const char **end, long *out);

bool str_eq(const char *a, const char *b);	/* NULL-safe */
bool str_starts(const char *s, const char *prefix);
bool str_ends(const char *s, const char *suffix);
/* Has the name of a file this ending, in small letters or capitals? */
bool str_has_ending(const char *name, const char *ending);
/* Whether `word` is one of the words of a list, which white space separates. */
bool str_has_word(const char *list, const char *word);
/* Words separated by spaces as a list to be read, "a, b", in the arena. */
const char *str_commas(struct arena *a, const char *words);
/* XML white space only: space, tab, CR, LF. */
bool is_space(int c);
/* Appends a text as it compares for people: small letters without accents,
 * words parted by single spaces, nothing else but letters and digits. */
void str_fold(struct buf *out, const char *s);
/* Appends a text in which letters that Unicode does not take apart are written
 * as they may be typed: "oe" for œ, "L" for Ł; all else stays. */
void str_plain(struct buf *out, const char *s);

/* A hash map from string (or bytes) to pointer.  Keys are copied.  Iteration
 * is in the order of insertion. */
struct map;
struct map *map_new(void);
void map_free(struct map *m); /* accepts NULL; values are the caller's */
void *map_lookup(const struct map *m, const char *key);
void *map_lookup_bytes(const struct map *m, const void *key, size_t n);
/* Sets and returns the former value or NULL. */
void *map_put(struct map *m, const char *key, void *value);
void *map_put_bytes(struct map *m, const void *key, size_t n, void *value);
size_t map_count(const struct map *m);
/* The i-th inserted entry. */
const char *map_key(const struct map *m, size_t i);
void *map_value(const struct map *m, size_t i);

/* A sum of bytes to tell one content from another at a twentieth of SHA-256's
 * cost; not for what someone may want to forge.  Begin with 0, go on with the
 * sum so far; the same on every machine. */
uint64_t sum_add(uint64_t sum, const void *p, size_t n);

/* SHA-256 of a byte string (libmd), incrementally. */
struct digest;
struct digest *digest_new(void);
void digest_add(struct digest *d, const void *p, size_t n);
void digest_end(struct digest *d, uint8_t out[32]); /* frees d */

/* ------------------------------------------------------------- findings */

/* A place in a file.  file NULL: no place is known; line or col 0: unknown. */
struct where {
	const char *file;
	int32_t line, col;
};

enum diag_severity { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR, DIAG_FATAL };

/* One code per row of messages/codes.def. */
enum diag_code {
#define DIAG(name, id, severity) DIAG_##name,
#include "messages/codes.def"
#undef DIAG
	DIAG_COUNT
};

enum lang { LANG_FR, LANG_EN };

/* The sink of findings.  Findings are gathered, once per code, place and
 * text, and printed sorted by file and place when flushed. */
struct diag;
enum diag_form {
	DIAG_TEXT, DIAG_JSON,
	DIAG_KEPT	/* for somebody who takes them: every one is kept */
};
struct diag *diag_new(enum lang lang, enum diag_form form);
void diag_free(struct diag *d); /* accepts NULL; flushes nothing */

/* Reports a finding.  The message's {1}, {2}… are replaced by the strings that
 * follow; without any, pass NULL. */
#define diag_report(d, code, where, ...) \
	diag_report_args(d, code, where, \
	    (const char *const[]){ __VA_ARGS__, NULL })
void diag_report_args(struct diag *d, enum diag_code code, struct where where,
    const char *const *args);
/* A finding whose id and text come from data (a rule); text is in the
 * sink's language. */
void diag_report_rule(struct diag *d, enum diag_severity severity,
    const char *id, struct where where, const char *text);

/* A length in points as the sink's language writes it: to a tenth, what is less
 * than a point to a hundredth. */
void diag_length(const struct diag *d, struct buf *out, mpt v);

enum lang diag_lang(const struct diag *d);
enum diag_severity diag_worst(const struct diag *d); /* DIAG_NOTE if none */
size_t diag_count(const struct diag *d, enum diag_severity at_least);
/* Prints what was gathered since the last flush to the file descriptor:
 * `file:line:column: error [id]: text`, or JSON lines.  color: ANSI colour. */
void diag_flush(struct diag *d, int fd, bool color);
/* Hands over what was gathered, in the order of flushing, and forgets that
 * anything was: the sink is as if it were new. */
typedef void diag_taker_fn(void *ctx, enum diag_severity severity,
    const char *id, struct where where, const char *text);
void diag_take(struct diag *d, diag_taker_fn *fn, void *ctx);
/* Gathered findings as text, for tests. */
void diag_dump(struct diag *d, struct buf *out);

/* The text of a code in a language, with {1}… replaced. */
void message_format(struct buf *out, enum lang lang, enum diag_code code,
    const char *const *args);
/* What a system error (errno) means, in the user's words: the {1} of
 * FILE_OPEN and its like. */
const char *message_reason(enum lang lang, int err);
/* As they are read, in the arena: the day 2026-03-19; the moment
 * 2026-03-19T22:52:30Z in the time of the machine (TZ), and its day alone.  What
 * is neither stays as it is. */
const char *message_day(struct arena *a, enum lang lang, const char *day);
const char *message_moment(struct arena *a, enum lang lang, const char *at);
const char *message_day_of(struct arena *a, enum lang lang, const char *at);
/* The language of messages: `option` ("fr", "en"), which is remembered, or
 * NULL: what was remembered, else LC_ALL, LC_MESSAGES, LANG read as text;
 * English when they say nothing. */
enum lang message_lang(const char *option);

/* -------------------------------------------------------------- the job */

/* What every stage gets first. */
struct job {
	struct arena *arena;	/* lives as long as the job */
	struct diag *diag;
	struct stopwatch *watch; /* or NULL: nobody wants to know */
};

/* Where the time goes: a job is always in one stage. */
enum stage {
#define STAGE(name, text) STAGE_##name,
#include "base/stages.def"
#undef STAGE
	STAGE_COUNT
};

/* The clock starts when it is made. */
struct stopwatch *stopwatch_new(void);
void stopwatch_free(struct stopwatch *w); /* accepts NULL */
/* Enters a stage and returns the one that was left, to be entered again. */
enum stage stopwatch_enter(struct job *job, enum stage stage);
/* Microseconds spent in a stage until now. */
int64_t stopwatch_time(struct stopwatch *w, enum stage stage);
const char *stage_name(enum stage stage);

struct where where_none(void);
struct where where_file(const char *file);

/* ----------------------------------------------------------------- time */

/* The moment that SOURCE_DATE_EPOCH names, in UTC; false if it names none. */
bool clock_given(struct tm *utc);
/* That moment, or now.  Only what is logged asks: documents do not. */
void clock_now(struct tm *utc);
/* The day it is where the machine stands; that of a moment named by
 * SOURCE_DATE_EPOCH is the same everywhere. */
void clock_today(struct tm *day);

/* A number that grows by one a day. */
long date_number(long year, long month, long day);
/* How many days a month (1 to 12) has. */
int date_month_days(long year, long month);
/* Whether this is a day of the calendar, as 2025-06-30. */
bool date_is_valid(const char *s);

/* ---------------------------------------------------------------- files */

/* An output that replaces its target only when it is complete: a temporary
 * file beside it, then fsync and rename.  path "-": standard output, where
 * the bytes are spooled first and copied on commit. */
struct outfile;
/* NULL after reporting (DIAG_FILE_CREATE). */
struct outfile *outfile_open(struct job *job, const char *path);
/* Errors are remembered and reported by commit. */
void outfile_write(struct outfile *f, const void *p, size_t n);
/* Starts again from nothing. */
void outfile_restart(struct outfile *f);
/* Frees f.  False after reporting (disk full, permission): the old target is
 * then as it was. */
bool outfile_commit(struct outfile *f);
/* SHA-256 of what was written so far; false if it cannot be read back, which
 * commit reports. */
bool outfile_digest(struct outfile *f, uint8_t sum[32]);
void outfile_abort(struct outfile *f); /* frees f, accepts NULL */
/* The file, complete and on the disk, under a name of its own beside its
 * target, for another process to give it its own with file_replace().  NULL after
 * reporting, and of what cannot be renamed to.  f is no longer the caller's; the
 * name is, while this process lives. */
const char *outfile_hold(struct outfile *f);
/* Is it a file that can be renamed to, not standard output or a device? */
bool outfile_is_ordinary(const struct outfile *f);
/* Removes what was held and is there still. */
void outfile_drop_held(void);

/* Puts `from` on the disk and gives it the name `to`, in place of what has it;
 * 0 or an errno. */
int file_replace(const char *from, const char *to);
/* The same, but what had the name `to` is now called `from`, so that it can be
 * put back: file_put_back() or unlink(from) comes next.  *can_undo: not every file system can. */
int file_swap(const char *from, const char *to, bool *can_undo);
void file_put_back(const char *from, const char *to);
/* A file larger than the process may write is from now on a write that fails,
 * not the end of the process. */
void file_limits_are_errors(void);
/* Makes a descriptor that can be read once (a pipe) one that can be read
 * again from its start; false after reporting. */
bool file_spool(struct job *job, int fd);
/* Reads a whole regular file of at most `max` bytes into the buffer, or
 * reports why not. */
bool file_read(struct job *job, const char *path, size_t max, struct buf *out);
/* The same without a word. */
bool file_look(const char *path, size_t max, struct buf *out);

/* ------------------------------------------------------------ processes */

/* Work shared out among processes, which inherit all that is in memory here.
 * The pieces are numbered; each is given to whoever is free, and what was
 * answered is taken in their order, whoever was first.  A process that dies
 * loses its piece, and another takes its place. */
struct pool {
	size_t n;	/* pieces */
	int processes;	/* at most */
	void *ctx;	/* of all these */
	/* Here, before a process begins: what it must not inherit is closed. */
	void (*before)(void *ctx);
	/* There: a piece, and what is answered. */
	void (*work)(void *ctx, size_t i, struct buf *answer);
	/* There, in the end; also when the one who asked has died. */
	void (*leave)(void *ctx);
	/* Here: answer NULL, a process died of it.  False: no more. */
	bool (*take)(void *ctx, size_t i, const struct buf *answer);
};
/* False after reporting that the machine gives no processes. */
bool pool_run(struct job *job, const struct pool *pool);

#endif
