/*
 * The C interface of a compiled rule set: facts in as columns, totals that merge, results out.
 *
 * One thread uses one writ_totals at a time; distinct totals of one evaluator may be used by distinct threads. Every structure begins
 * with its own size, set by the caller, so that later versions may add members at the end. Functions that can fail give a writ_status;
 * nothing is thrown, nothing is printed. Pointers that are handed in are only read during the call.
 *
 * The way of a run: writ_totals_new; for each pass: writ_update for every batch (over as many forks as there are threads, which
 * writ_combine brings together), then writ_close_pass, writ_fork for the next; at the end writ_finish.
 */
#ifndef WRIT_ABI_H
#define WRIT_ABI_H

#include <stddef.h>
#include <writ/integers.h>

#ifdef __cplusplus
extern "C" {
#endif

#define WRIT_ABI_VERSION 1

typedef struct writ_evaluator writ_evaluator; /* a rule set with its code; immutable */
typedef struct writ_totals writ_totals;       /* the mergeable state of a run */
typedef struct writ_results writ_results;     /* of a finished run; immutable */
typedef struct writ_portfolio writ_portfolio; /* the state of many agreements that share a rule set */

typedef writ_int32 writ_status;
#define WRIT_OK 0
#define WRIT_BAD_ARGUMENT 1 /* a number out of its range, a missing pointer, a structure of another version */
#define WRIT_OUT_OF_MEMORY 2
#define WRIT_DOES_NOT_FIT 3  /* a number does not fit 64 bits in its field's unit; the totals are spoilt */
#define WRIT_FOREIGN_STATE 4 /* bytes of another rule set, another version, or damaged ones */
#define WRIT_WRONG_PASS 5    /* the totals are at another pass than was asked for; a portfolio is closed, or not yet */
#define WRIT_BAD_RULES 6     /* a rule set of another version of this interface, or a damaged one */
#define WRIT_MISTAKE 7       /* a mistake of this library */

/* What a value is. */
#define WRIT_GIVEN 0
#define WRIT_NOT_YET 1
#define WRIT_NONE 2
#define WRIT_UNKNOWN 3
#define WRIT_FAULT 4
#define WRIT_NO_FIT 255 /* only in output columns: a value that is no whole number of the column's width */

/* One column of facts, by row: integers of `width` bytes, signed, little-endian; width 0: one bit a row, least significant first, as
 * Arrow has it. Numbers are scaled as the field is (12.50 with two digits is 1250), enums are codes, dates are days and times of day
 * minutes, instants and durations are microseconds, after multiplication with `unit`. */
typedef struct writ_column {
  size_t size;          /* sizeof(writ_column) */
  writ_uint32 width;    /* 0, 1, 2, 4, 8 */
  writ_uint32 reserved; /* 0 */
  const void* values;
  const writ_uint8* validity; /* bits, 1: given; null: all given. What is missing has the absence that the field declares */
  const writ_uint8* states;   /* WRIT_GIVEN .. WRIT_UNKNOWN a row; null: by validity */
  writ_int64 offset;          /* rows to skip in all of the above */
  writ_int64 unit;            /* 1; or for instance 1000000 where the column counts seconds; 32 bits where width < 8 */
} writ_column;

/* The histories of a batch: the rows of record i are [offsets[i], offsets[i + 1]), sorted by their instant. */
typedef struct writ_histories {
  size_t size;
  writ_uint32 rows;
  writ_uint32 column_count;   /* as many as the history has fields */
  const writ_uint32* offsets; /* rows of the batch + 1; null: no record has any */
  const writ_uint8* tied;     /* one a record: 1 when two rows share their instant and nothing orders them; null: none */
  const writ_column* columns;
} writ_histories;

typedef struct writ_batch {
  size_t size;
  writ_uint32 record; /* index of the record type */
  writ_uint32 rows;
  writ_uint64 first_row;    /* ordinal of the first row in its input, the same however the input is split */
  writ_uint32 column_count; /* as many as the record has fields */
  writ_uint32 reserved;     /* 0 */
  const writ_column* columns;
  const writ_histories* histories; /* null when the record type has none */
} writ_batch;

/* One definition of the batch's records, taken back by row. */
typedef struct writ_output {
  size_t size; /* without `reason_width`, or without `reasons` too, those of earlier versions, is also taken */
  writ_uint32 definition;
  writ_uint32 width;        /* 1, 2, 4, 8 */
  void* values;             /* room for the rows of the batch; null, with null states, where only reasons are wanted */
  writ_uint8* states;       /* null: nobody asks */
  void* reasons;            /* which case of the definition decided, counted from 0 as written: the first that held and that no other overrode; -1: none,
                         so that its base was taken or nothing could be told. null: nobody asks. See writ_reason_count in <writ/rules.h> */
  writ_uint32 reason_width; /* bytes of a reason, a signed integer: 1 up to 128 cases, 2 up to 32,768, else 4; more are taken, too. 0: 1 */
  writ_uint32 reserved;     /* 0 */
} writ_output;

typedef struct writ_inputs {
  size_t size;
  writ_int64 as_of; /* horizon of observation, microseconds UTC */
  size_t param_count;
  const writ_int64* params; /* pairs: low 64 bits, high 64 bits of a scaled integer */
} writ_inputs;

/* An exact value: an interval of two fractions, each end of 128 bits as low and high word. A certain whole number has equal ends and
 * denominators 1. Where state is not WRIT_GIVEN the numbers mean nothing. */
typedef struct writ_value {
  writ_int64 lo[2], hi[2], lo_den[2], hi_den[2];
  writ_uint32 state;
  writ_uint32 fault; /* kind of the fault: overflow, division by zero, conflict, gap, absent, out of range, order: 1..7 */
  writ_uint32 point; /* trace point at which it arose */
  writ_uint32 reserved;
} writ_value;

/* An act: a claim, notice, payment or exercise of a right. period_date: a date in its period, days since 1970-01-01. */
typedef struct writ_act {
  writ_int64 at;
  writ_uint32 by, of;
  writ_uint32 has_period;
  writ_int32 period_date;
} writ_act;

typedef struct writ_acts {
  size_t size;
  size_t claim_count, notice_count, payment_count, exercise_count;
  const writ_act *claims, *notices, *payments, *exercises;
} writ_acts;

writ_uint32 writ_abi_version(void);
void writ_evaluator_free(writ_evaluator* evaluator);

/* What the rule set is and asks for. */
void writ_rules_hash(const writ_evaluator* evaluator, writ_uint64 hash[2]);
writ_uint32 writ_passes(const writ_evaluator* evaluator);
writ_uint32 writ_param_count(const writ_evaluator* evaluator);
writ_uint32 writ_record_count(const writ_evaluator* evaluator);
writ_uint32 writ_field_count(const writ_evaluator* evaluator, writ_uint32 record);
writ_uint32 writ_history_field_count(const writ_evaluator* evaluator, writ_uint32 record); /* 0: no history */
writ_uint32 writ_definition_count(const writ_evaluator* evaluator);
writ_uint32 writ_period_count(const writ_evaluator* evaluator, writ_uint32 definition); /* values in the results; 0: one a record */

writ_status writ_totals_new(const writ_evaluator* evaluator, const writ_inputs* inputs, writ_totals** out);
void writ_totals_free(writ_totals* totals);
writ_status writ_update(const writ_evaluator* evaluator, writ_totals* totals, writ_uint32 pass, const writ_batch* batch, const writ_output* outputs,
                        size_t output_count);
writ_status writ_combine(const writ_evaluator* evaluator, writ_totals* into, const writ_totals* from);
writ_status writ_close_pass(const writ_evaluator* evaluator, writ_totals* totals, writ_uint32 pass);
writ_status writ_fork(const writ_evaluator* evaluator, const writ_totals* totals, writ_totals** out);
/* Writes at most `capacity` bytes; `*size` is what is needed, also when it did not suffice (WRIT_BAD_ARGUMENT then). */
writ_status writ_save(const writ_evaluator* evaluator, const writ_totals* totals, void* bytes, size_t capacity, size_t* size);
writ_status writ_load(const writ_evaluator* evaluator, const void* bytes, size_t size, writ_totals** out);
/* All passes must be closed. */
writ_status writ_finish(const writ_evaluator* evaluator, writ_totals* totals, const writ_acts* acts, writ_results** out);

/* --- Many agreements ------------------------------------------------------------------------------------------------------
 *
 * Agreements that share a rule set and differ in their parameters, evaluated in one pass over the facts of all of them. What comes of each
 * is what totals of its own would have come to. The way: writ_portfolio_new; writ_portfolio_update for every batch (over as many portfolios as
 * there are threads, which writ_portfolio_combine brings together); writ_portfolio_close; writ_portfolio_finish for every agreement.
 *
 * One thread uses one portfolio at a time; once it is closed, several threads may finish agreements of it at once. Rule sets of several passes
 * (writ_passes) have no portfolios: their agreements are evaluated one by one. */
typedef struct writ_portfolio_inputs {
  size_t size;
  writ_int64 as_of; /* horizon of observation, microseconds UTC */
  writ_uint32 agreement_count;
  writ_uint32 reserved;     /* 0 */
  size_t param_count;       /* of each agreement */
  const writ_int64* params; /* agreement after agreement, as writ_inputs has them */
} writ_portfolio_inputs;

writ_status writ_portfolio_new(const writ_evaluator* evaluator, const writ_portfolio_inputs* inputs, writ_portfolio** out);
void writ_portfolio_free(writ_portfolio* portfolio);
/* `agreements`: by row of the batch, whose it is, below agreement_count. */
writ_status writ_portfolio_update(const writ_evaluator* evaluator, writ_portfolio* portfolio, const writ_batch* batch, const writ_uint32* agreements,
                                  const writ_output* outputs, size_t output_count);
/* Of portfolios with the same inputs, none of them closed. */
writ_status writ_portfolio_combine(const writ_evaluator* evaluator, writ_portfolio* into, const writ_portfolio* from);
/* There are no more facts. */
writ_status writ_portfolio_close(const writ_evaluator* evaluator, writ_portfolio* portfolio);
/* `acts`: those of this agreement. */
writ_status writ_portfolio_finish(const writ_evaluator* evaluator, const writ_portfolio* portfolio, writ_uint32 agreement, const writ_acts* acts,
                                  writ_results** out);

/* --- Results ------------------------------------------------------------------------------------------------------------ */

void writ_results_free(writ_results* results);
writ_status writ_result_value(const writ_results* results, writ_uint32 definition, writ_uint32 period, writ_value* out);
/* States are codes in the order of the language: credits none, accrued, claimable, claimed, forfeited, settled; rights not arisen,
 * arisen, notice given, cured, exercisable, exercised, lapsed. */
writ_status writ_result_credit(const writ_results* results, writ_uint32 credit, writ_uint32 period, writ_value* out);
writ_status writ_result_right(const writ_results* results, writ_uint32 right, writ_value* out);
/* counts: admitted, after the horizon, outside the term, undated, at fault. */
writ_status writ_result_records(const writ_results* results, writ_uint32 record, writ_int64 counts[5]);

#ifdef __cplusplus
}
#endif

#endif
