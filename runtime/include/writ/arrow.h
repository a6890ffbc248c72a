/*
 * Arrow in and out of an evaluator, by the C Data Interface of Apache Arrow (https://arrow.apache.org/docs/format/CDataInterface.html).
 *
 * In: a struct array (a record batch) becomes a writ_batch of <writ/abi.h>, column by column, by name. Nothing is copied where the layout
 * allows it, so the array must live as long as the batch. An array is looked at before it is believed: what contradicts itself (lengths,
 * offsets, buffers, children, dictionary indices) is refused with a reason. The size of a buffer cannot be seen and is taken on trust.
 * Out: columns of results become a struct array that the receiver releases.
 *
 * Rows that cannot be read (a null in a field that must be given, a number outside its range, a second row with one key) are set aside and
 * counted, as rows of files are. Rows of text are read as the cells of a file are.
 */
#ifndef WRIT_ARROW_H
#define WRIT_ARROW_H

#include <stddef.h>
#include <writ/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The structures of the C Data Interface, as its specification writes them down for whoever uses it. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  writ_int64 flags;
  writ_int64 n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  writ_int64 length;
  writ_int64 null_count;
  writ_int64 offset;
  writ_int64 n_buffers;
  writ_int64 n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};

#endif

/* What a field is. */
#define WRIT_FIELD_BOOLEAN 0
#define WRIT_FIELD_NUMBER 1
#define WRIT_FIELD_MONEY 2
#define WRIT_FIELD_DATE 3
#define WRIT_FIELD_TIME 4
#define WRIT_FIELD_INSTANT 5
#define WRIT_FIELD_DURATION 6
#define WRIT_FIELD_ENUM 7
#define WRIT_FIELD_TEXT 8

/* Timestamps without a time zone. */
#define WRIT_NAIVE_REFUSED 0
#define WRIT_NAIVE_IS_UTC 1

#define WRIT_NOT_THIS_ARRAY 16 /* the array cannot be read: writ_arrow_reason says why */

/* One field of a record type: the column of its name is read. */
typedef struct writ_arrow_field {
  size_t size;
  const char* name;
  writ_uint32 kind;           /* WRIT_FIELD_... */
  writ_uint32 scale;          /* numbers and money: digits after the point, at most 18 */
  writ_uint32 absence;        /* what a null is: WRIT_NOT_YET, WRIT_NONE, WRIT_UNKNOWN; WRIT_GIVEN: it may not be null */
  writ_uint32 has_range;      /* low and high count */
  writ_int64 low, high;       /* both included, scaled like the value */
  writ_uint32 compared;       /* texts: a rule compares them, so they get codes */
  writ_uint32 member_count;   /* enums */
  const char* const* members; /* the spelling of each code */
} writ_arrow_field;

typedef struct writ_arrow_record {
  size_t size;
  writ_uint32 record;      /* index of the record type in the rule set */
  writ_uint32 field_count; /* all fields of the record type, in their order */
  const writ_arrow_field* fields;
  writ_int32 key;    /* field that no two rows may share; -1: none */
  writ_uint32 naive; /* WRIT_NAIVE_... */
  size_t text_count; /* texts of the rule set in the order of their codes; texts of the facts get the codes after them */
  const char* const* texts;
} writ_arrow_record;

typedef struct writ_arrow_reader writ_arrow_reader; /* of one record type, over all its arrays; one thread at a time */
typedef struct writ_arrow_batch writ_arrow_batch;   /* an array as the evaluator reads it */

writ_status writ_arrow_reader_new(const writ_arrow_record* record, writ_arrow_reader** out);
void writ_arrow_reader_free(writ_arrow_reader* reader);
/* Why the last call for this reader gave WRIT_NOT_THIS_ARRAY, or why the first row of its array was set aside; never null. */
const char* writ_arrow_reason(const writ_arrow_reader* reader);
/* The array stays the caller's and must live as long as the batch. After WRIT_NOT_THIS_ARRAY the reader is not to be used again. */
writ_status writ_arrow_read(writ_arrow_reader* reader, const struct ArrowSchema* schema, const struct ArrowArray* array, writ_arrow_batch** out);
/* What writ_update takes; it lives as long as the batch. */
const writ_batch* writ_arrow_facts(const writ_arrow_batch* batch);
/* Rows of the array that are not in the batch. */
size_t writ_arrow_set_aside(const writ_arrow_batch* batch);
/* Which row of the array the row of the batch was; 0xffffffff: the batch has no such row. */
writ_uint32 writ_arrow_row(const writ_arrow_batch* batch, writ_uint32 row);
void writ_arrow_batch_free(writ_arrow_batch* batch);

/* One column of results: what writ_update left in a writ_output of `rows` rows. */
typedef struct writ_arrow_result {
  size_t size;
  const char* name;
  writ_uint32 kind;  /* WRIT_FIELD_...; not text */
  writ_uint32 scale; /* numbers and money */
  writ_uint32 member_count;
  writ_uint32 reserved;       /* 0 */
  const char* const* members; /* enums: become dictionaries */
  const writ_output* output;  /* its states must be there */
  /* Where the output has reasons: what they are called, as writ_reason says. A result without these two members, as in earlier versions, is also taken. */
  writ_uint32 reason_count;
  const char* const* reasons;
} writ_arrow_result;

/* A struct array with two columns for each result, NAME and `NAME state`: null where no value is given, and why; and behind them `NAME reason`, the case that decided, where
 * the output has reasons. Everything is copied; whoever
 * gets schema and array releases them. On failure neither has to be released. */
writ_status writ_arrow_results(const writ_arrow_result* results, size_t count, writ_uint32 rows, struct ArrowSchema* schema, struct ArrowArray* array);

#ifdef __cplusplus
}
#endif

#endif
