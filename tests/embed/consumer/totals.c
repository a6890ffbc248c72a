/* Four tickets of the rule set `desk`: the saved totals in hexadecimal, outcomes, which case decided, and what all owe. totals.mjs prints the same. */
#include <desk.h>
#include <string.h>

#include "need.h"

#define ROWS 4
#define SECOND 1000000

static const writ_int64 opened[ROWS] = {1772704800, 1772704800, 1772704800, 1772704800};
static const writ_int64 answered[ROWS] = {1772708400, 1772715600, 1772715600, 0};
static const writ_uint8 answered_states[ROWS] = {WRIT_GIVEN, WRIT_GIVEN, WRIT_GIVEN, WRIT_NOT_YET};
static const writ_int8 priority[ROWS] = {DESK_CODE_PRIORITY_URGENT, DESK_CODE_PRIORITY_URGENT, DESK_CODE_PRIORITY_NORMAL, DESK_CODE_PRIORITY_NORMAL};
static const writ_int32 fee[ROWS] = {10000, 20000, 30000, 12345};

static writ_column column(const void* values, writ_uint32 width, writ_int64 unit) {
  writ_column c;
  memset(&c, 0, sizeof c);
  c.size = sizeof c;
  c.width = width;
  c.values = values;
  c.unit = unit;
  return c;
}

int main(void) {
  writ_evaluator* evaluator = NULL;
  writ_totals* totals = NULL;
  writ_results* results = NULL;
  writ_inputs inputs;
  writ_column columns[4];
  writ_batch batch;
  writ_output output;
  writ_value value;
  writ_int64 params[2], back[ROWS];
  writ_int8 reasons[ROWS];
  unsigned char* bytes;
  char words[100];
  size_t size = 0, i;

  NEED(writ_open(desk_rules(), &evaluator) == WRIT_OK);
  memset(&inputs, 0, sizeof inputs);
  params[0] = 10; /* share */
  params[1] = 0;
  inputs.size = sizeof inputs;
  inputs.as_of = (writ_int64)1775001600 * SECOND;
  inputs.param_count = 1;
  inputs.params = params;
  NEED(writ_totals_new(evaluator, &inputs, &totals) == WRIT_OK);

  columns[DESK_FIELD_TICKET_OPENED] = column(opened, 8, SECOND);
  columns[DESK_FIELD_TICKET_ANSWERED] = column(answered, 8, SECOND);
  columns[DESK_FIELD_TICKET_ANSWERED].states = answered_states;
  columns[DESK_FIELD_TICKET_PRIORITY] = column(priority, 1, 1);
  columns[DESK_FIELD_TICKET_FEE] = column(fee, 4, 1);
  memset(&batch, 0, sizeof batch);
  batch.size = sizeof batch;
  batch.record = DESK_RECORD_TICKET;
  batch.rows = ROWS;
  batch.column_count = 4;
  batch.columns = columns;
  memset(&output, 0, sizeof output);
  output.size = sizeof output;
  output.definition = DESK_DEFINITION_BACK;
  output.width = 8;
  output.values = back;
  output.reasons = reasons;
  output.reason_width = 1;
  NEED(writ_update(evaluator, totals, 0, &batch, &output, 1) == WRIT_OK);
  for (i = 0; i < ROWS; ++i) printf("%ld by %d\n", (long)back[i], reasons[i]);

  NEED(writ_save(evaluator, totals, NULL, 0, &size) == WRIT_BAD_ARGUMENT);
  bytes = (unsigned char*)malloc(size);
  NEED(bytes != NULL && writ_save(evaluator, totals, bytes, size, &size) == WRIT_OK);
  for (i = 0; i < size; ++i) printf("%02x", bytes[i]);
  printf("\n");
  free(bytes);

  NEED(writ_close_pass(evaluator, totals, 0) == WRIT_OK);
  NEED(writ_finish(evaluator, totals, NULL, &results) == WRIT_OK);
  NEED(writ_result_value(results, DESK_DEFINITION_TOTAL, 0, &value) == WRIT_OK);
  NEED(writ_words(evaluator, DESK_DEFINITION_TOTAL, &value, words, sizeof words, NULL) == WRIT_OK);
  printf("%s\n", words);
  writ_results_free(results);
  writ_totals_free(totals);
  writ_evaluator_free(evaluator);
  return 0;
}
