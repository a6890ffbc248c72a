/* A host in C of 1989: columns in, totals over two states, results out. Gives 0, or the line that failed. */
#include <string.h>

#include <writ/abi.h>

#define ROWS 6
#define NEED(condition) \
  if (!(condition)) return __LINE__

static writ_column column(const void* values, writ_uint32 width) {
  writ_column c;
  memset(&c, 0, sizeof c);
  c.size = sizeof c;
  c.width = width;
  c.values = values;
  c.unit = 1;
  return c;
}

int writ_test_from_c(const writ_evaluator* evaluator, writ_uint32 record, writ_uint32 doubled, writ_uint32 total);

/* The same rows, of three agreements; the rule set has no parameters. */
static int many_from_c(const writ_evaluator* evaluator, const writ_batch* batch, writ_uint32 total) {
  const writ_uint32 whose[ROWS] = {2, 0, 2, 0, 0, 2};
  const writ_int64 sums[3] = {22, 0, 20};
  writ_portfolio_inputs inputs;
  writ_portfolio* portfolio = NULL;
  writ_results* results = NULL;
  writ_value value;
  writ_uint32 agreement;

  memset(&inputs, 0, sizeof inputs);
  inputs.size = sizeof inputs;
  inputs.as_of = (writ_int64)1770000000 * 1000000;
  inputs.agreement_count = 3;
  NEED(writ_portfolio_new(evaluator, &inputs, &portfolio) == WRIT_OK);
  NEED(writ_portfolio_update(evaluator, portfolio, batch, whose, NULL, 0) == WRIT_OK);
  NEED(writ_portfolio_close(evaluator, portfolio) == WRIT_OK);
  for (agreement = 0; agreement < 3; ++agreement) {
    NEED(writ_portfolio_finish(evaluator, portfolio, agreement, NULL, &results) == WRIT_OK);
    NEED(writ_result_value(results, total, 0, &value) == WRIT_OK);
    NEED(value.state == WRIT_GIVEN && value.lo[0] == sums[agreement] && value.hi[0] == sums[agreement]);
    writ_results_free(results);
  }
  writ_portfolio_free(portfolio);
  return 0;
}

/* The record has two fields: an instant, and a number 0..100; the definition `doubled` is twice the number, `total` sums it up. */
int writ_test_from_c(const writ_evaluator* evaluator, writ_uint32 record, writ_uint32 doubled, writ_uint32 total) {
  const writ_int64 opened[ROWS] = {1767225600, 1767225700, 1767225800, 1767225900, 1767226000, 1767226100};
  const writ_int8 numbers[ROWS] = {1, 2, 3, 4, 5, 6};
  writ_int16 outcome[ROWS];
  writ_uint8 states[ROWS];
  unsigned char bytes[4096];
  writ_int64 counts[5];
  size_t size = 0;
  writ_inputs inputs;
  writ_column columns[2];
  writ_batch batch;
  writ_output output;
  writ_totals *totals = NULL, *other = NULL, *loaded = NULL;
  writ_results* results = NULL;
  writ_value value;
  int i;

  NEED(writ_abi_version() == WRIT_ABI_VERSION);
  NEED(writ_passes(evaluator) == 1);
  NEED(writ_field_count(evaluator, record) == 2);
  NEED(writ_period_count(evaluator, doubled) == 0);
  NEED(writ_period_count(evaluator, total) == 1);

  memset(&inputs, 0, sizeof inputs);
  NEED(writ_totals_new(evaluator, &inputs, &totals) == WRIT_BAD_ARGUMENT); /* no size */
  inputs.size = sizeof inputs;
  inputs.as_of = (writ_int64)1770000000 * 1000000;
  NEED(writ_totals_new(evaluator, &inputs, &totals) == WRIT_OK);
  NEED(writ_fork(evaluator, totals, &other) == WRIT_OK);

  columns[0] = column(opened, 8);
  columns[0].unit = 1000000;
  columns[1] = column(numbers, 1);
  memset(&batch, 0, sizeof batch);
  batch.size = sizeof batch;
  batch.record = record;
  batch.rows = 4;
  batch.column_count = 2;
  batch.columns = columns;
  memset(&output, 0, sizeof output);
  output.size = sizeof output;
  output.definition = doubled;
  output.width = 2;
  output.values = outcome;
  output.states = states;

  NEED(writ_update(evaluator, totals, 1, &batch, &output, 1) == WRIT_WRONG_PASS);
  batch.column_count = 1;
  NEED(writ_update(evaluator, totals, 0, &batch, &output, 1) == WRIT_BAD_ARGUMENT);
  batch.column_count = 2;
  NEED(writ_update(evaluator, totals, 0, &batch, &output, 1) == WRIT_OK);
  for (i = 0; i < 4; ++i) NEED(outcome[i] == 2 * (i + 1) && states[i] == WRIT_GIVEN);

  batch.first_row = 4;
  batch.rows = 2;
  columns[0].offset = 4;
  columns[1].offset = 4;
  NEED(writ_update(evaluator, other, 0, &batch, NULL, 0) == WRIT_OK);
  NEED(writ_combine(evaluator, totals, other) == WRIT_OK);
  NEED(writ_combine(evaluator, totals, totals) == WRIT_BAD_ARGUMENT);

  NEED(writ_save(evaluator, totals, NULL, 0, &size) == WRIT_BAD_ARGUMENT);
  NEED(size > 0 && size <= sizeof bytes);
  NEED(writ_save(evaluator, totals, bytes, sizeof bytes, &size) == WRIT_OK);
  NEED(writ_load(evaluator, bytes, size - 1, &loaded) == WRIT_FOREIGN_STATE);
  NEED(writ_load(evaluator, bytes, size, &loaded) == WRIT_OK);

  NEED(writ_finish(evaluator, loaded, NULL, &results) == WRIT_WRONG_PASS);
  NEED(writ_close_pass(evaluator, loaded, 0) == WRIT_OK);
  NEED(writ_finish(evaluator, loaded, NULL, &results) == WRIT_OK);
  NEED(writ_result_value(results, total, 0, &value) == WRIT_OK);
  NEED(value.state == WRIT_GIVEN && value.lo[0] == 42 && value.hi[0] == 42 && value.lo[1] == 0 && value.lo_den[0] == 1);
  NEED(writ_result_value(results, total, 1, &value) == WRIT_BAD_ARGUMENT);
  NEED(writ_result_records(results, record, counts) == WRIT_OK);
  NEED(counts[0] == ROWS && counts[4] == 0);

  batch.first_row = 0;
  batch.rows = ROWS;
  columns[0].offset = 0;
  columns[1].offset = 0;
  i = many_from_c(evaluator, &batch, total);
  if (i != 0) return i;

  writ_results_free(results);
  writ_totals_free(loaded);
  writ_totals_free(other);
  writ_totals_free(totals);
  return 0;
}
