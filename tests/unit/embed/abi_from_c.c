/* A host in C of 1989: an agreement is compiled and evaluated over one array. Gives 0, or the line that failed. */
#include <string.h>

#include <writ/agreement.h>

#define NEED(condition) \
  if (!(condition)) return __LINE__

int writ_test_agreement_from_c(const char* text, struct ArrowSchema* schema, struct ArrowArray* array);

/* The agreement speaks of `Ticket` with `id`, `opened` and `answered`, and of a commitment `Answer`; the array has two of them. */
int writ_test_agreement_from_c(const char* text, struct ArrowSchema* schema, struct ArrowArray* array) {
  writ_source source;
  writ_agreement* agreement = NULL;
  writ_run_options options;
  writ_table table;
  writ_outcome* outcome = NULL;
  struct ArrowArrayStream stream;
  struct ArrowArray rows;
  char* out = NULL;
  char* error = NULL;

  memset(&source, 0, sizeof source);
  NEED(writ_agreement_check(&source, &out) == WRIT_BAD_ARGUMENT); /* no size */
  source.size = sizeof source;
  NEED(writ_agreement_check(&source, &out) == WRIT_BAD_ARGUMENT); /* neither a path nor a text */
  source.text = "agreement";
  NEED(writ_agreement_check(&source, &out) == WRIT_OK);
  NEED(strstr(out, "\"severity\":\"error\"") != NULL);
  writ_text_free(out);
  NEED(writ_agreement_new(&source, &agreement, &out) == WRIT_MISTAKES && agreement == NULL);
  writ_text_free(out);
  source.text = NULL;
  source.path = "nowhere/at_all.writ";
  NEED(writ_agreement_new(&source, &agreement, &out) == WRIT_BAD_INPUT && agreement == NULL);
  NEED(strstr(out, "nowhere/at_all.writ") != NULL);
  writ_text_free(out);
  source.path = NULL;
  source.text = text;
  NEED(writ_agreement_new(&source, &agreement, &out) == WRIT_OK);
  writ_text_free(out);
  NEED(writ_agreement_describe(agreement, &out) == WRIT_OK);
  NEED(strstr(out, "\"name\":\"Answer.due\"") != NULL);
  writ_text_free(out);

  memset(&options, 0, sizeof options);
  options.size = sizeof options;
  options.as_of = "2026-05-04T12:00";
  options.records = 1;
  memset(&table, 0, sizeof table);
  table.size = sizeof table;
  table.name = "Ticket";
  NEED(writ_agreement_run(agreement, &options, &table, 1, &outcome, &error) == WRIT_BAD_INPUT); /* a table that is none */
  NEED(strstr(error, "missing") != NULL);
  writ_text_free(error);
  options.naive = 3;
  NEED(writ_agreement_run(agreement, &options, NULL, 0, &outcome, &error) == WRIT_BAD_ARGUMENT);
  options.naive = WRIT_NAIVE_REFUSED;
  table.schema = schema;
  table.array = array;
  NEED(writ_agreement_run(agreement, &options, &table, 1, &outcome, &error) == WRIT_OK);
  NEED(schema->release == NULL && array->release == NULL); /* taken over */
  writ_agreement_free(agreement);                          /* what came of it does not need it */

  NEED(writ_outcome_statement(outcome, 3, &out) == WRIT_BAD_ARGUMENT);
  NEED(writ_outcome_statement(outcome, WRIT_STATEMENT_TEXT, &out) == WRIT_OK);
  NEED(strstr(out, "Statement as of Mon 2026-05-04 12:00") != NULL);
  writ_text_free(out);
  NEED(writ_outcome_table(outcome, WRIT_TABLE_RECORDS, "Call", &stream) == WRIT_BAD_ARGUMENT);
  NEED(writ_outcome_table(outcome, WRIT_TABLE_PERIODS, "week", &stream) == WRIT_BAD_ARGUMENT);
  NEED(writ_outcome_table(outcome, 99, NULL, &stream) == WRIT_BAD_ARGUMENT);
  NEED(writ_outcome_table(outcome, WRIT_TABLE_RECORDS, "Ticket", &stream) == WRIT_OK);
  writ_outcome_free(outcome); /* nor does a table need what it came from */
  NEED(stream.get_next(&stream, &rows) == 0 && rows.length == 2);
  rows.release(&rows);
  NEED(stream.get_next(&stream, &rows) == 0 && rows.release == NULL);
  stream.release(&stream);
  return 0;
}
