/*
 * Rule sets that were compiled ahead of time: opening one, asking what it is, one case at a time, and explanations.
 *
 * `writ build AGREEMENT --target object|static|shared|wasm --name NAME` makes an artefact of which C sees one function:
 *
 *   const writ_rules* NAME_rules(void);
 *
 * An artefact and this library need neither the agreement's text nor the compiler. Texts are UTF-8. Functions that write a text into memory of
 * the caller write at most `capacity` bytes, the last of them 0, and set `*size` to what the whole text needs with its 0; memory may be null where
 * capacity is 0. Names and words that are given back as pointers live as long as the evaluator.
 */
#ifndef WRIT_RULES_H
#define WRIT_RULES_H

#include <writ/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct writ_rules writ_rules; /* an artefact, in the memory of the program; immutable */

#define WRIT_NOWHERE 0xffffffffu /* no such index */

/* Opens a rule set with the code for this processor. After a failure `*out` is an evaluator that can only tell the reason (null where memory ran
 * out); it, too, must be freed. An evaluator may be shared by threads. */
writ_status writ_open(const writ_rules* rules, writ_evaluator** out);
/* The level of processor whose code is used: of x86-64 1, 2, 3 or 4. */
writ_uint32 writ_level(const writ_evaluator* evaluator);

/* In words. */
const char* writ_status_text(writ_status status);
/* Why the last function with this evaluator failed that made no use of totals or a portfolio (writ_open, writ_totals_new, writ_portfolio_new, writ_load, descriptions); threads that
 * share an evaluator share this text. */
writ_status writ_error(const writ_evaluator* evaluator, char* text, size_t capacity, size_t* size);
/* Why the last function with these totals failed. */
writ_status writ_totals_error(const writ_totals* totals, char* text, size_t capacity, size_t* size);
/* Why the last function with this portfolio failed; threads that finish agreements of it at once share this text. */
writ_status writ_portfolio_error(const writ_portfolio* portfolio, char* text, size_t capacity, size_t* size);

/* --- What the rule set is ----------------------------------------------------------------------------------------------- */

/* What the integers of a value mean. */
#define WRIT_KIND_BOOLEAN 0      /* 0 or 1 */
#define WRIT_KIND_NUMBER 1       /* times 10^scale */
#define WRIT_KIND_RATIO 2        /* a quotient of two integers, times 10^scale */
#define WRIT_KIND_MONEY 3        /* times 10^scale */
#define WRIT_KIND_DATE 4         /* days since 1970-01-01 */
#define WRIT_KIND_TIME 5         /* minutes since local midnight */
#define WRIT_KIND_INSTANT 6      /* microseconds since 1970-01-01T00:00Z */
#define WRIT_KIND_DURATION 7     /* microseconds */
#define WRIT_KIND_PERIOD 8       /* months * 2^32 + days */
#define WRIT_KIND_OPEN_TIME 9    /* microseconds of open time */
#define WRIT_KIND_OPEN_DAYS 10   /* business days */
#define WRIT_KIND_ENUMERATION 11 /* the index of a word */
#define WRIT_KIND_TEXT 12        /* the index of a text that the rules name (writ_text); any other number is a text that they do not name */

#define WRIT_TYPE_PERCENT 1 /* shown as a percentage */
#define WRIT_TYPE_NOT_YET 2 /* may be not yet */
#define WRIT_TYPE_NONE 4    /* may be none */
#define WRIT_TYPE_UNKNOWN 8 /* may be unknown */
#define WRIT_TYPE_RANGE 16  /* low..high is declared; other numbers are evaluated all the same, but more slowly */

typedef struct writ_type {
  writ_uint32 kind;
  writ_int32 scale;
  writ_uint32 enumeration; /* WRIT_NOWHERE: none */
  writ_uint32 flags;
  const char* unit;           /* of money its currency, of a metric its unit; or "" */
  writ_int64 low[2], high[2]; /* 128 bits, low word first */
} writ_type;

#define WRIT_PER_AGREEMENT 0
#define WRIT_PER_RECORD 1
#define WRIT_PER_PERIOD 2

/* A field, parameter or definition. What does not apply is null, 0 or WRIT_NOWHERE. */
typedef struct writ_about {
  size_t size; /* set by the caller: sizeof(writ_about) */
  const char* name;
  const char* printed; /* as statements show it */
  writ_type type;
  writ_uint32 per, record; /* of a definition: per what; the record type */
  writ_uint32 hidden;      /* 1: a part of a construct that statements do not show */
  writ_uint32 has_value;   /* of a parameter: 1 when the agreement gives it one */
  writ_int64 value[2];
  const char *clause, *clause_title, *quote; /* of a definition: where it comes from, and as written */
} writ_about;

/* All of it as JSON: docs/howto/embed.md shows the members. */
writ_status writ_describe(const writ_evaluator* evaluator, char* text, size_t capacity, size_t* size);
const char* writ_title(const writ_evaluator* evaluator);
const char* writ_record_name(const writ_evaluator* evaluator, writ_uint32 record);
writ_status writ_about_field(const writ_evaluator* evaluator, writ_uint32 record, writ_uint32 field, writ_about* out);
writ_status writ_about_history_field(const writ_evaluator* evaluator, writ_uint32 record, writ_uint32 field, writ_about* out);
writ_status writ_about_param(const writ_evaluator* evaluator, writ_uint32 param, writ_about* out);
writ_status writ_about_definition(const writ_evaluator* evaluator, writ_uint32 definition, writ_about* out);
writ_uint32 writ_credit_count(const writ_evaluator* evaluator);
const char* writ_credit_name(const writ_evaluator* evaluator, writ_uint32 credit);
writ_uint32 writ_right_count(const writ_evaluator* evaluator);
const char* writ_right_name(const writ_evaluator* evaluator, writ_uint32 right);
/* Words of an enumeration by code, and texts that the rules name; null behind the last. */
const char* writ_word(const writ_evaluator* evaluator, writ_uint32 enumeration, writ_uint32 code);
const char* writ_text(const writ_evaluator* evaluator, writ_uint32 code);
/* Indices by name; WRIT_NOWHERE where there is none. */
writ_uint32 writ_find_record(const writ_evaluator* evaluator, const char* name);
writ_uint32 writ_find_field(const writ_evaluator* evaluator, writ_uint32 record, const char* name);
writ_uint32 writ_find_history_field(const writ_evaluator* evaluator, writ_uint32 record, const char* name);
writ_uint32 writ_find_param(const writ_evaluator* evaluator, const char* name);
writ_uint32 writ_find_definition(const writ_evaluator* evaluator, const char* name);
writ_uint32 writ_find_word(const writ_evaluator* evaluator, writ_uint32 enumeration, const char* word);

/* What a reason of writ_output can be: how many cases the definition has (0: it has no reasons), and the label of each as it is written.
 * null behind the last. */
writ_uint32 writ_reason_count(const writ_evaluator* evaluator, writ_uint32 definition);
const char* writ_reason(const writ_evaluator* evaluator, writ_uint32 definition, writ_uint32 reason);

/* A value of a definition for people ("GBP 1,200.00", "cannot tell"), and a period of a definition per period ("2026-03"). */
writ_status writ_words(const writ_evaluator* evaluator, writ_uint32 definition, const writ_value* value, char* text, size_t capacity, size_t* size);
writ_status writ_period_words(const writ_evaluator* evaluator, writ_uint32 definition, writ_uint32 period, char* text, size_t capacity, size_t* size);

/* --- One case at a time --------------------------------------------------------------------------------------------------- */

typedef struct writ_case writ_case; /* room for one record of one type, to be used again and again by one thread */

/* One record. Numbers are those of columns of 64 bits in the field's own unit. */
typedef struct writ_row {
  size_t size;                      /* sizeof(writ_row) */
  const writ_int64* numbers;        /* by field */
  const writ_uint8* states;         /* by field, WRIT_GIVEN .. WRIT_UNKNOWN; null: all given */
  const char* const* texts;         /* by field, for explanations of text fields; null, or null for a field: only its number is shown */
  writ_uint32 history_rows;         /* sorted by their instant */
  writ_uint32 history_tied;         /* 1: two of them share their instant and nothing orders them */
  const writ_int64* history;        /* row after row, by field of the history */
  const writ_uint8* history_states; /* the same; null: all given */
} writ_row;

#define WRIT_IN_TERM 0
#define WRIT_AFTER_AS_OF 1
#define WRIT_OUTSIDE_TERM 2
#define WRIT_UNDATED 3

/* `totals` say the as-of instant, the parameters and, where the rule set has several passes, what earlier ones came to: then all but the last
 * pass, or all, must be closed. They are read here and never changed; nothing of a case is added to any total. */
writ_status writ_case_new(const writ_evaluator* evaluator, const writ_totals* totals, writ_uint32 record, writ_case** out);
void writ_case_free(writ_case* one);
/* From now on as of another instant, microseconds UTC, for a service whose now moves on: it takes some dozens of nanoseconds. What was asked about the
 * last record is forgotten. Not for rule sets of several passes: their records read totals, which are closed as of one instant. */
writ_status writ_case_as_of(writ_case* one, writ_int64 as_of);
/* The short way, for whoever decides while somebody waits. `definitions` of the record type are chosen once, in the order in which their values are
 * wanted; code for them is made at that, where code is made while the program runs, which takes some milliseconds. */
writ_status writ_case_want(writ_case* one, const writ_uint32* definitions, size_t count);
/* Evaluates a record and writes the wanted definitions: numbers of 64 bits, scaled as the definition is, and states WRIT_GIVEN .. WRIT_FAULT, or
 * WRIT_NO_FIT of what is no such number (`states` null: nobody asks; numbers of what is not given mean nothing). Of a record that does not take part
 * all are WRIT_NONE. Usual records take some nanoseconds, others some microseconds. Nothing is kept: neither of the record nor of what came of it. */
writ_status writ_case_decide(writ_case* one, const writ_row* row, writ_int64* values, writ_uint8* states);
/* The long way, for whoever wants to know why: takes a record, of its own or a row of a batch. It is copied, so that the functions below can be asked
 * about it until the next one is taken; each evaluates as much as its answer needs. */
writ_status writ_case_row(writ_case* one, const writ_row* row);
writ_status writ_case_of_batch(writ_case* one, const writ_batch* batch, writ_uint32 row);
/* What came of the last one taken. WRIT_IN_TERM and so on; the values of a record that does not take part are none. */
writ_uint32 writ_case_part(const writ_case* one);
writ_status writ_case_value(const writ_case* one, writ_uint32 definition, writ_value* out);
/* The cases of a definition whose conditions held, in the order of the clause. Up to 64 cases have a bit each. Of more, the lower 32 bits tell the first that
 * held and that no other overrode, the upper 32 bits the second, each counted from 1; 0: there is none. */
writ_status writ_case_held(const writ_case* one, writ_uint32 definition, writ_uint64* cases);
#define WRIT_TEXT 0
#define WRIT_JSON 1
/* Why it came out so: how the clocks of commitments ran, values in words, the clauses, the cases that held as they are written, and the reason of every error. */
writ_status writ_case_explain(const writ_case* one, writ_uint32 format, char* text, size_t capacity, size_t* size);
writ_status writ_case_error(const writ_case* one, char* text, size_t capacity, size_t* size);

#ifdef __cplusplus
}
#endif

#endif
