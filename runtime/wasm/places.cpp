// Where hosts in JavaScript find the members of the structures of the C interface (writ.mjs, docs/howto/embed.md): nothing but checks.
#include <writ/rules.h>

#define WRIT_PLACE(structure, member, place) static_assert(offsetof(structure, member) == place)

static_assert(sizeof(void*) == 4 && sizeof(size_t) == 4);

static_assert(sizeof(writ_column) == 40);
WRIT_PLACE(writ_column, width, 4);
WRIT_PLACE(writ_column, values, 12);
WRIT_PLACE(writ_column, validity, 16);
WRIT_PLACE(writ_column, states, 20);
WRIT_PLACE(writ_column, offset, 24);
WRIT_PLACE(writ_column, unit, 32);

static_assert(sizeof(writ_histories) == 24);
WRIT_PLACE(writ_histories, rows, 4);
WRIT_PLACE(writ_histories, column_count, 8);
WRIT_PLACE(writ_histories, offsets, 12);
WRIT_PLACE(writ_histories, tied, 16);
WRIT_PLACE(writ_histories, columns, 20);

static_assert(sizeof(writ_batch) == 40);
WRIT_PLACE(writ_batch, record, 4);
WRIT_PLACE(writ_batch, rows, 8);
WRIT_PLACE(writ_batch, first_row, 16);
WRIT_PLACE(writ_batch, column_count, 24);
WRIT_PLACE(writ_batch, columns, 32);
WRIT_PLACE(writ_batch, histories, 36);

static_assert(sizeof(writ_output) == 32);
WRIT_PLACE(writ_output, definition, 4);
WRIT_PLACE(writ_output, width, 8);
WRIT_PLACE(writ_output, values, 12);
WRIT_PLACE(writ_output, states, 16);
WRIT_PLACE(writ_output, reasons, 20);
WRIT_PLACE(writ_output, reason_width, 24);

static_assert(sizeof(writ_inputs) == 24);
WRIT_PLACE(writ_inputs, as_of, 8);
WRIT_PLACE(writ_inputs, param_count, 16);
WRIT_PLACE(writ_inputs, params, 20);

static_assert(sizeof(writ_value) == 80);
WRIT_PLACE(writ_value, hi, 16);
WRIT_PLACE(writ_value, lo_den, 32);
WRIT_PLACE(writ_value, hi_den, 48);
WRIT_PLACE(writ_value, state, 64);
WRIT_PLACE(writ_value, fault, 68);
WRIT_PLACE(writ_value, point, 72);

static_assert(sizeof(writ_act) == 24);
WRIT_PLACE(writ_act, by, 8);
WRIT_PLACE(writ_act, of, 12);
WRIT_PLACE(writ_act, has_period, 16);
WRIT_PLACE(writ_act, period_date, 20);

static_assert(sizeof(writ_acts) == 36);
WRIT_PLACE(writ_acts, claim_count, 4);
WRIT_PLACE(writ_acts, claims, 20);
WRIT_PLACE(writ_acts, exercises, 32);

static_assert(sizeof(writ_row) == 32);
WRIT_PLACE(writ_row, numbers, 4);
WRIT_PLACE(writ_row, states, 8);
WRIT_PLACE(writ_row, texts, 12);
WRIT_PLACE(writ_row, history_rows, 16);
WRIT_PLACE(writ_row, history_tied, 20);
WRIT_PLACE(writ_row, history, 24);
WRIT_PLACE(writ_row, history_states, 28);
