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
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define WRIT_ABI_VERSION 1

typedef struct writ_evaluator writ_evaluator; /* a rule set with its code; immutable */
typedef struct writ_totals writ_totals;       /* the mergeable state of a run */
typedef struct writ_results writ_results;     /* of a finished run; immutable */

typedef int32_t writ_status;
#define WRIT_OK 0
#define WRIT_BAD_ARGUMENT 1 /* a number out of its range, a missing pointer, a structure of another version */
#define WRIT_OUT_OF_MEMORY 2
#define WRIT_DOES_NOT_FIT 3  /* a number does not fit 64 bits in its field's unit; the totals are spoilt */
#define WRIT_FOREIGN_STATE 4 /* bytes of another rule set, another version, or damaged ones */
#define WRIT_WRONG_PASS 5    /* the totals are at another pass than was asked for */

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
  size_t size;       /* sizeof(writ_column) */
  uint32_t width;    /* 0, 1, 2, 4, 8 */
  uint32_t reserved; /* 0 */
  const void* values;
  const uint8_t* validity; /* bits, 1: given; null: all given. What is missing has the absence that the field declares */
  const uint8_t* states;   /* WRIT_GIVEN .. WRIT_UNKNOWN a row; null: by validity */
  int64_t offset;          /* rows to skip in all of the above */
  int64_t unit;            /* 1; or for instance 1000000 where the column counts seconds; 32 bits where width < 8 */
} writ_column;

/* The histories of a batch: the rows of record i are [offsets[i], offsets[i + 1]), sorted by their instant. */
typedef struct writ_histories {
  size_t size;
  uint32_t rows;
  uint32_t column_count;   /* as many as the history has fields */
  const uint32_t* offsets; /* rows of the batch + 1; null: no record has any */
  const uint8_t* tied;     /* one a record: 1 when two rows share their instant and nothing orders them; null: none */
  const writ_column* columns;
} writ_histories;

typedef struct writ_batch {
  size_t size;
  uint32_t record; /* index of the record type */
  uint32_t rows;
  uint64_t first_row;    /* ordinal of the first row in its input, the same however the input is split */
  uint32_t column_count; /* as many as the record has fields */
  uint32_t reserved;     /* 0 */
  const writ_column* columns;
  const writ_histories* histories; /* null when the record type has none */
} writ_batch;

/* One definition of the batch's records, taken back by row. */
typedef struct writ_output {
  size_t size;
  uint32_t definition;
  uint32_t width;  /* 1, 2, 4, 8 */
  void* values;    /* room for the rows of the batch */
  uint8_t* states; /* null: nobody asks */
} writ_output;

typedef struct writ_inputs {
  size_t size;
  int64_t as_of; /* horizon of observation, microseconds UTC */
  size_t param_count;
  const int64_t* params; /* pairs: low 64 bits, high 64 bits of a scaled integer */
} writ_inputs;

/* An exact value: an interval of two fractions, each end of 128 bits as low and high word. A certain whole number has equal ends and
 * denominators 1. Where state is not WRIT_GIVEN the numbers mean nothing. */
typedef struct writ_value {
  int64_t lo[2], hi[2], lo_den[2], hi_den[2];
  uint32_t state;
  uint32_t fault; /* kind of the fault: overflow, division by zero, conflict, gap, absent, out of range, order: 1..7 */
  uint32_t point; /* trace point at which it arose */
  uint32_t reserved;
} writ_value;

/* An act: a claim, notice, payment or exercise of a right. period_date: a date in its period, days since 1970-01-01. */
typedef struct writ_act {
  int64_t at;
  uint32_t by, of;
  uint32_t has_period;
  int32_t period_date;
} writ_act;

typedef struct writ_acts {
  size_t size;
  size_t claim_count, notice_count, payment_count, exercise_count;
  const writ_act *claims, *notices, *payments, *exercises;
} writ_acts;

uint32_t writ_abi_version(void);
void writ_evaluator_free(writ_evaluator* evaluator);

/* What the rule set is and asks for. */
void writ_rules_hash(const writ_evaluator* evaluator, uint64_t hash[2]);
uint32_t writ_passes(const writ_evaluator* evaluator);
uint32_t writ_param_count(const writ_evaluator* evaluator);
uint32_t writ_record_count(const writ_evaluator* evaluator);
uint32_t writ_field_count(const writ_evaluator* evaluator, uint32_t record);
uint32_t writ_history_field_count(const writ_evaluator* evaluator, uint32_t record); /* 0: no history */
uint32_t writ_definition_count(const writ_evaluator* evaluator);
uint32_t writ_period_count(const writ_evaluator* evaluator, uint32_t definition); /* values in the results; 0: one a record */

writ_status writ_totals_new(const writ_evaluator* evaluator, const writ_inputs* inputs, writ_totals** out);
void writ_totals_free(writ_totals* totals);
writ_status writ_update(const writ_evaluator* evaluator, writ_totals* totals, uint32_t pass, const writ_batch* batch, const writ_output* outputs,
                        size_t output_count);
writ_status writ_combine(const writ_evaluator* evaluator, writ_totals* into, const writ_totals* from);
writ_status writ_close_pass(const writ_evaluator* evaluator, writ_totals* totals, uint32_t pass);
writ_status writ_fork(const writ_evaluator* evaluator, const writ_totals* totals, writ_totals** out);
/* Writes at most `capacity` bytes; `*size` is what is needed, also when it did not suffice (WRIT_BAD_ARGUMENT then). */
writ_status writ_save(const writ_evaluator* evaluator, const writ_totals* totals, void* bytes, size_t capacity, size_t* size);
writ_status writ_load(const writ_evaluator* evaluator, const void* bytes, size_t size, writ_totals** out);
/* All passes must be closed. */
writ_status writ_finish(const writ_evaluator* evaluator, writ_totals* totals, const writ_acts* acts, writ_results** out);

void writ_results_free(writ_results* results);
writ_status writ_result_value(const writ_results* results, uint32_t definition, uint32_t period, writ_value* out);
/* States are codes in the order of the language: credits none, accrued, claimable, claimed, forfeited, settled; rights not arisen,
 * arisen, notice given, cured, exercisable, exercised, lapsed. */
writ_status writ_result_credit(const writ_results* results, uint32_t credit, uint32_t period, writ_value* out);
writ_status writ_result_right(const writ_results* results, uint32_t right, writ_value* out);
/* counts: admitted, after the horizon, outside the term, undated, at fault. */
writ_status writ_result_records(const writ_results* results, uint32_t record, int64_t counts[5]);

#ifdef __cplusplus
}
#endif

#endif
