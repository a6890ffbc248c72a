/* A host in C of 1989 that runs the rule set `desk`. Gives 0, or tells the line that failed. */
#include <stdlib.h>

#include "tickets.h"

static void batches(const writ_evaluator* evaluator) {
  writ_totals *totals = begin(evaluator), *loaded = NULL;
  writ_results* results = NULL;
  writ_column columns[4];
  writ_batch batch;
  writ_output outputs[2];
  writ_int8 outcome[ROWS];
  writ_int64 back[ROWS];
  writ_uint8 states[ROWS];
  writ_int8 reasons[ROWS];
  writ_value value;
  unsigned char* bytes;
  size_t size = 0;
  char text[200];

  fill_batch(&batch, columns);
  memset(outputs, 0, sizeof outputs);
  outputs[0].size = sizeof outputs[0];
  outputs[0].definition = DESK_DEFINITION_ANSWER;
  outputs[0].width = 1;
  outputs[0].values = outcome;
  outputs[1] = outputs[0];
  outputs[1].definition = DESK_DEFINITION_BACK;
  outputs[1].width = 8;
  outputs[1].values = back;
  outputs[1].states = states;
  outputs[1].reasons = reasons;
  NEED(writ_update(evaluator, totals, 0, &batch, outputs, 2) == WRIT_OK);
  NEED(outcome[0] == DESK_CODE_COMMITMENTOUTCOME_MET && outcome[1] == DESK_CODE_COMMITMENTOUTCOME_MISSED);
  NEED(outcome[2] == DESK_CODE_COMMITMENTOUTCOME_MISSED && outcome[3] == DESK_CODE_COMMITMENTOUTCOME_MISSED);
  NEED(back[0] == 1000 && back[1] == 20000 && back[2] == 3000 && back[3] == 1235);
  NEED(states[0] == WRIT_GIVEN && states[3] == WRIT_GIVEN);
  NEED(reasons[0] == -1 && reasons[1] == 0 && reasons[2] == -1 && reasons[3] == -1);
  NEED(writ_reason_count(evaluator, DESK_DEFINITION_BACK) == 1 && writ_reason(evaluator, DESK_DEFINITION_BACK, 1) == NULL);
  NEED(strcmp(writ_reason(evaluator, DESK_DEFINITION_BACK, 0), "at_once") == 0);
  NEED(writ_reason_count(evaluator, DESK_DEFINITION_ANSWER) == 0);
  outputs[0].reasons = reasons;
  NEED(writ_update(evaluator, totals, 0, &batch, outputs, 1) == WRIT_BAD_ARGUMENT);
  NEED(writ_totals_error(totals, text, sizeof text, &size) == WRIT_OK && strstr(text, "has no reasons") != NULL);
  outputs[0] = outputs[1];
  outputs[0].reason_width = 3;
  NEED(writ_update(evaluator, totals, 0, &batch, outputs, 1) == WRIT_BAD_ARGUMENT);
  NEED(writ_totals_error(totals, text, sizeof text, &size) == WRIT_OK && strstr(text, "none of 1, 2, 4") != NULL);
  /* Reasons alone; and a program that was built before there were any. */
  outputs[0] = outputs[1];
  outputs[0].values = NULL;
  outputs[0].states = NULL;
  memset(reasons, 7, sizeof reasons);
  {
    writ_totals* again = begin(evaluator);
    NEED(writ_update(evaluator, again, 0, &batch, outputs, 1) == WRIT_OK && reasons[0] == -1 && reasons[1] == 0);
    outputs[1].size = offsetof(writ_output, reasons);
    outputs[1].reasons = (writ_int8*)1;
    NEED(writ_update(evaluator, again, 0, &batch, &outputs[1], 1) == WRIT_OK && back[1] == 20000);
    writ_totals_free(again);
  }

  batch.column_count = 3;
  NEED(writ_update(evaluator, totals, 0, &batch, NULL, 0) == WRIT_BAD_ARGUMENT);
  NEED(writ_totals_error(totals, text, sizeof text, &size) == WRIT_OK && strstr(text, "there are 3 columns") != NULL && size == strlen(text) + 1);

  NEED(writ_save(evaluator, totals, NULL, 0, &size) == WRIT_BAD_ARGUMENT);
  bytes = (unsigned char*)malloc(size);
  NEED(bytes != NULL && writ_save(evaluator, totals, bytes, size, &size) == WRIT_OK);
  NEED(writ_load(evaluator, bytes, size - 1, &loaded) == WRIT_FOREIGN_STATE && loaded == NULL);
  NEED(writ_error(evaluator, text, sizeof text, &size) == WRIT_OK && strstr(text, "cut short") != NULL);
  NEED(writ_save(evaluator, totals, NULL, 0, &size) == WRIT_BAD_ARGUMENT);
  NEED(writ_load(evaluator, bytes, size, &loaded) == WRIT_OK);
  bytes[12] ^= 1; /* of the rule set's hash */
  {
    writ_totals* foreign = NULL;
    NEED(writ_load(evaluator, bytes, size, &foreign) == WRIT_FOREIGN_STATE && foreign == NULL);
    NEED(writ_error(evaluator, text, sizeof text, NULL) == WRIT_OK && strstr(text, "another rule set") != NULL);
  }
  free(bytes);

  NEED(writ_close_pass(evaluator, loaded, 0) == WRIT_OK);
  NEED(writ_finish(evaluator, loaded, NULL, &results) == WRIT_OK);
  NEED(writ_result_value(results, DESK_DEFINITION_TOTAL, 0, &value) == WRIT_OK);
  NEED(value.state == WRIT_GIVEN && value.lo[0] == 25235 && value.hi[0] == 25235);
  NEED(writ_result_value(results, DESK_DEFINITION_LATE, 2, &value) == WRIT_OK && value.lo[0] == 3); /* March */
  writ_results_free(results);
  writ_totals_free(loaded);
  writ_totals_free(totals);
}

/* Rule sets that are not what they should be: the first bytes are size, mark and version. */
static void damaged(void) {
  unsigned char copy[256];
  size_t at;
  const size_t places[3] = {0, 8, 16};
  const char* const reasons[3] = {"no rule set", "no rule set", "version 77"};
  writ_uint64 size;
  memcpy(&size, desk_rules(), sizeof size);
  NEED(size <= sizeof copy);
  for (at = 0; at < 3; ++at) {
    writ_evaluator* evaluator = NULL;
    writ_totals* totals = NULL;
    writ_inputs inputs;
    char text[200];
    memset(&inputs, 0, sizeof inputs);
    memcpy(copy, desk_rules(), (size_t)size);
    copy[places[at]] = 77;
    if (at == 0) copy[0] = 8;
    NEED(writ_open((const writ_rules*)copy, &evaluator) == WRIT_BAD_RULES && evaluator != NULL);
    NEED(writ_error(evaluator, text, sizeof text, NULL) == WRIT_OK && strstr(text, reasons[at]) != NULL);
    NEED(writ_totals_new(evaluator, &inputs, &totals) == WRIT_BAD_ARGUMENT && totals == NULL);
    NEED(writ_record_count(evaluator) == 0 && writ_field_count(evaluator, 0) == 0);
    writ_evaluator_free(evaluator);
  }
}

int main(void) {
  writ_evaluator* evaluator = NULL;
  NEED(writ_abi_version() == WRIT_ABI_VERSION);
  NEED(writ_open(desk_rules(), &evaluator) == WRIT_OK);
  NEED(writ_level(evaluator) >= 1);
  NEED(writ_passes(evaluator) == 1 && writ_param_count(evaluator) == 1);
  NEED(writ_field_count(evaluator, DESK_RECORD_TICKET) == 4);
  batches(evaluator);
  writ_evaluator_free(evaluator);
  damaged();
  puts("in C: done");
  return 0;
}
