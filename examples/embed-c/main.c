/*
 * A program in C that carries an agreement: three tickets as columns, what they come to, and why one of them came out so.
 * Names are those of helpdesk.h, which was made from the agreement: a field that is renamed there is an error of the compiler here.
 */
#include <helpdesk.h>
#include <stdio.h>
#include <string.h>

#define TICKETS 3
#define SECOND 1000000

/* Prints why something did not work; gives 1. */
static int failed(const char* what, writ_status status) {
  fprintf(stderr, "%s: %s\n", what, writ_status_text(status));
  return 1;
}

static writ_column column(const void* values, writ_uint32 width, writ_int64 unit) {
  writ_column c;
  memset(&c, 0, sizeof c);
  c.size = sizeof c;
  c.values = values;
  c.width = width;
  c.unit = unit;
  return c;
}

/* What the rule set is: its record, field by field. */
static void describe(const writ_evaluator* rules) {
  writ_uint32 f;
  printf("%s\n", writ_title(rules));
  for (f = 0; f < writ_field_count(rules, HELPDESK_RECORD_TICKET); ++f) {
    writ_about about;
    about.size = sizeof about;
    if (writ_about_field(rules, HELPDESK_RECORD_TICKET, f, &about) == WRIT_OK) {
      printf("  %s%s\n", about.name, about.type.flags & WRIT_TYPE_NOT_YET ? ", or not yet" : "");
    }
  }
}

/* Facts in columns of seconds and codes; outcomes come back as columns, too. */
static int batch(const writ_evaluator* rules, writ_totals* totals) {
  static const writ_int64 opened[TICKETS] = {1775143800, 1776175200, 1776261600};
  static const writ_int64 answered[TICKETS] = {1775557200, 1776179700, 0};
  static const writ_uint8 answered_states[TICKETS] = {WRIT_GIVEN, WRIT_GIVEN, WRIT_NOT_YET};
  static const writ_int8 priority[TICKETS] = {HELPDESK_CODE_PRIORITY_NORMAL, HELPDESK_CODE_PRIORITY_URGENT, HELPDESK_CODE_PRIORITY_URGENT};
  writ_column columns[3];
  writ_batch batch;
  writ_output output;
  writ_int8 outcome[TICKETS];
  writ_status status;
  int i;

  columns[HELPDESK_FIELD_TICKET_OPENED] = column(opened, 8, SECOND);
  columns[HELPDESK_FIELD_TICKET_ANSWERED] = column(answered, 8, SECOND);
  columns[HELPDESK_FIELD_TICKET_ANSWERED].states = answered_states;
  columns[HELPDESK_FIELD_TICKET_PRIORITY] = column(priority, 1, 1);
  memset(&batch, 0, sizeof batch);
  batch.size = sizeof batch;
  batch.record = HELPDESK_RECORD_TICKET;
  batch.rows = TICKETS;
  batch.column_count = 3;
  batch.columns = columns;
  memset(&output, 0, sizeof output);
  output.size = sizeof output;
  output.definition = HELPDESK_DEFINITION_ANSWER;
  output.width = 1;
  output.values = outcome;

  status = writ_update(rules, totals, 0, &batch, &output, 1);
  if (status != WRIT_OK) return failed("update", status);
  for (i = 0; i < TICKETS; ++i) printf("ticket %d: %s\n", i + 1, writ_word(rules, HELPDESK_ENUM_COMMITMENTOUTCOME, (writ_uint32)outcome[i]));
  return 0;
}

/* What all tickets come to. */
static int finish(const writ_evaluator* rules, writ_totals* totals) {
  writ_results* results = NULL;
  writ_value owed;
  char words[64], month[32];
  writ_status status = writ_close_pass(rules, totals, 0);
  if (status == WRIT_OK) status = writ_finish(rules, totals, NULL, &results);
  if (status != WRIT_OK) return failed("finish", status);
  if (writ_result_value(results, HELPDESK_DEFINITION_OWED_IN_ALL, 3, &owed) == WRIT_OK &&
      writ_words(rules, HELPDESK_DEFINITION_OWED_IN_ALL, &owed, words, sizeof words, NULL) == WRIT_OK &&
      writ_period_words(rules, HELPDESK_DEFINITION_OWED_IN_ALL, 3, month, sizeof month, NULL) == WRIT_OK) {
    printf("owed for %s: %s\n", month, words);
  }
  writ_results_free(results);
  return 0;
}

/* One ticket that is in no total, and why it comes out so. */
static int one(const writ_evaluator* rules, const writ_totals* totals) {
  writ_int64 numbers[3];
  writ_row row;
  writ_case* ticket = NULL;
  char text[2000];
  writ_status status = writ_case_new(rules, totals, HELPDESK_RECORD_TICKET, &ticket);
  if (status != WRIT_OK) return failed("case", status);
  numbers[HELPDESK_FIELD_TICKET_OPENED] = (writ_int64)1775143800 * SECOND;
  numbers[HELPDESK_FIELD_TICKET_ANSWERED] = (writ_int64)1775557200 * SECOND;
  numbers[HELPDESK_FIELD_TICKET_PRIORITY] = HELPDESK_CODE_PRIORITY_URGENT;
  memset(&row, 0, sizeof row);
  row.size = sizeof row;
  row.numbers = numbers;
  status = writ_case_row(ticket, &row);
  if (status == WRIT_OK) status = writ_case_explain(ticket, WRIT_TEXT, text, sizeof text, NULL);
  if (status == WRIT_OK) printf("\n%s", text);
  writ_case_free(ticket);
  return status == WRIT_OK ? 0 : failed("explain", status);
}

int main(void) {
  writ_evaluator* rules = NULL;
  writ_totals* totals = NULL;
  writ_inputs inputs;
  int bad = 1;
  writ_status status = writ_open(helpdesk_rules(), &rules);
  if (status == WRIT_OK) {
    describe(rules);
    memset(&inputs, 0, sizeof inputs);
    inputs.size = sizeof inputs;
    inputs.as_of = (writ_int64)1777892400 * SECOND; /* 2026-05-04 12:00 in London */
    status = writ_totals_new(rules, &inputs, &totals);
  }
  if (status == WRIT_OK) {
    bad = batch(rules, totals) || finish(rules, totals) || one(rules, totals);
  } else {
    failed("open", status);
  }
  writ_totals_free(totals);
  writ_evaluator_free(rules);
  return bad;
}
