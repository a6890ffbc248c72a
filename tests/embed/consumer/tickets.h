/* Four tickets of the rule set `desk` as columns, and totals as of the first of April. */
#ifndef TICKETS_H
#define TICKETS_H

#include <desk.h>
#include <string.h>

#include "need.h"

#define ROWS 4
#define SECOND 1000000

/* Thu 2026-03-05 10:00, in seconds. */
static const writ_int64 opened[ROWS] = {1772704800, 1772704800, 1772704800, 1772704800};
/* After 1 h, 3 h, 3 h, and never. */
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

static void fill_batch(writ_batch* batch, writ_column columns[4]) {
  columns[DESK_FIELD_TICKET_OPENED] = column(opened, 8, SECOND);
  columns[DESK_FIELD_TICKET_ANSWERED] = column(answered, 8, SECOND);
  columns[DESK_FIELD_TICKET_ANSWERED].states = answered_states;
  columns[DESK_FIELD_TICKET_PRIORITY] = column(priority, 1, 1);
  columns[DESK_FIELD_TICKET_FEE] = column(fee, 4, 1);
  memset(batch, 0, sizeof *batch);
  batch->size = sizeof *batch;
  batch->record = DESK_RECORD_TICKET;
  batch->rows = ROWS;
  batch->column_count = 4;
  batch->columns = columns;
}

static writ_totals* begin(const writ_evaluator* evaluator) {
  writ_inputs inputs;
  writ_int64 params[2];
  writ_totals* totals = NULL;
  memset(&inputs, 0, sizeof inputs);
  params[0] = 10; /* share */
  params[1] = 0;
  inputs.size = sizeof inputs;
  inputs.as_of = (writ_int64)1775001600 * SECOND; /* Wed 2026-04-01 */
  inputs.param_count = 1;
  inputs.params = params;
  NEED(writ_totals_new(evaluator, &inputs, &totals) == WRIT_OK);
  return totals;
}

#endif
