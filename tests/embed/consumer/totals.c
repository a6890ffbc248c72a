/* Four tickets of the rule set `desk`: the saved totals in hexadecimal, outcomes, which case decided, and what all owe. totals.mjs prints the same. */
#include <stdlib.h>

#include "tickets.h"

int main(void) {
  writ_evaluator* evaluator = NULL;
  writ_totals* totals = NULL;
  writ_results* results = NULL;
  writ_column columns[4];
  writ_batch batch;
  writ_output output;
  writ_value value;
  writ_int64 back[ROWS];
  writ_int8 reasons[ROWS];
  unsigned char* bytes;
  char words[100];
  size_t size = 0, i;

  NEED(writ_open(desk_rules(), &evaluator) == WRIT_OK);
  totals = begin(evaluator);
  fill_batch(&batch, columns);
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
