/*
 * An agreement inside another program: its text is checked and compiled, its rules are evaluated over tables in memory, and what comes of it
 * leaves as a statement and as tables. The tables are those of the C Data Interface (<writ/arrow.h>).
 *
 * A writ_agreement is immutable and may be used by many threads at once. Functions that can fail give a writ_status; nothing is thrown, nothing
 * is printed, no file is written. Texts that are handed out are UTF-8, end with a zero byte, and are freed with writ_text_free.
 */
#ifndef WRIT_AGREEMENT_H
#define WRIT_AGREEMENT_H

#include <writ/arrow.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct writ_agreement writ_agreement; /* checked, without mistakes, with its evaluator */
typedef struct writ_outcome writ_outcome;     /* what it came to over some tables; immutable */

#define WRIT_MISTAKES 32  /* the agreement has mistakes: see the diagnostics */
#define WRIT_BAD_INPUT 33 /* the tables, the instant or a parameter cannot be used: see the error */

void writ_text_free(char* text);

/* The agreement: a file, or its text. Modules that it uses are looked for beside the file; the standard library is always there. */
typedef struct writ_source {
  size_t size;
  const char* path; /* null: `text` is the agreement */
  const char* text;
  const char* name; /* what messages call the text; null: "agreement" */
} writ_source;

/* `diagnostics`: a JSON array of objects with code, name, severity, message, span and the rest, and with `text`, the message as a person reads
 * it; also where there were none but warnings. WRIT_BAD_INPUT: the file cannot be read, and `diagnostics` says why. */
writ_status writ_agreement_check(const writ_source* source, char** diagnostics);
/* The same, and the agreement where it has no mistakes (else WRIT_MISTAKES). */
writ_status writ_agreement_new(const writ_source* source, writ_agreement** out, char** diagnostics);
void writ_agreement_free(writ_agreement* agreement);
/* A JSON object: title, parties, records with their fields, parameters, definitions, credits, rights. */
writ_status writ_agreement_describe(const writ_agreement* agreement, char** json);

/* A table, by the name of the record type (or act), or "history of NAME". Either a stream or one array with its schema; what is handed in is
 * taken over: it is released whatever the outcome, and its release callback is then null. Several tables of one name are read in turn. */
typedef struct writ_table {
  size_t size;
  const char* name;
  struct ArrowArrayStream* stream;
  struct ArrowSchema* schema;
  struct ArrowArray* array;
} writ_table;

#define WRIT_NAIVE_IS_LOCAL 2 /* timestamps without a zone are of the agreement's zone, as the local times of files are */

#define WRIT_ENGINE_BEST 0
#define WRIT_ENGINE_NATIVE 1
#define WRIT_ENGINE_INTERPRETER 2

typedef struct writ_run_options {
  size_t size;
  const char* as_of; /* as --as-of has it; null: now */
  size_t setting_count;
  const char* const* settings; /* "name=value" */
  writ_uint32 naive;              /* WRIT_NAIVE_... */
  writ_uint32 engine;             /* WRIT_ENGINE_... */
  writ_uint32 threads;            /* 0: all cores */
  writ_uint32 records;            /* not 0: keep the outcomes of every record */
} writ_run_options;

/* After WRIT_BAD_INPUT `error` says what is wrong. */
writ_status writ_agreement_run(const writ_agreement* agreement, const writ_run_options* options, const writ_table* tables, size_t table_count,
                               writ_outcome** out, char** error);
/* Why a record came out as it did, as `writ why` prints it. `record`: its type; null: any. json: not 0 for one JSON object. */
writ_status writ_agreement_why(const writ_agreement* agreement, const writ_run_options* options, const writ_table* tables, size_t table_count,
                               const char* record, const char* key, writ_uint32 json, char** text, char** error);
void writ_outcome_free(writ_outcome* outcome);

#define WRIT_STATEMENT_TEXT 0
#define WRIT_STATEMENT_JSON 1
#define WRIT_STATEMENT_CSV 2
writ_status writ_outcome_statement(const writ_outcome* outcome, writ_uint32 form, char** text);

/* Tables of what it came to. By name: the outcomes of a record type, a row for each row of its tables; the values per "month", "quarter", "year"
 * or "contract month"; else the name is not looked at. */
#define WRIT_TABLE_RECORDS 0
#define WRIT_TABLE_PERIODS 1
#define WRIT_TABLE_AGREEMENT 2
#define WRIT_TABLE_CREDITS 3
#define WRIT_TABLE_RIGHTS 4
#define WRIT_TABLE_SET_ASIDE 5 /* rows that could not be read, with the reason: of each input the first hundred */
#define WRIT_TABLE_NOTES 6     /* what is worth knowing about the tables: a record type that has none */
/* WRIT_BAD_ARGUMENT: there is no such table. */
writ_status writ_outcome_table(const writ_outcome* outcome, writ_uint32 which, const char* name, struct ArrowArrayStream* out);

#ifdef __cplusplus
}
#endif

#endif
