/* A host in C of 1989 that has an agreement's text: it is compiled while the program runs, evaluated over a table, and explained. */
#include <writ/agreement.h>

#include "need.h"
#include "ticket_table.h"

/* C of 1989 need not take long literals. */
static const char* const agreement_lines[] = {"agreement \"Desk of the tests\"\n",
                                              "between Desk   as provider \"Bright Desk Ltd\"\n",
                                              "and     Garden as customer \"Green Garden plc\"\n",
                                              "effective  2026-01-01\n",
                                              "term       12 months\n",
                                              "currency   GBP\n",
                                              "time zone  \"Europe/London\"\n",
                                              "round      half up, to the minor unit\n",
                                              "use std.holidays.england_and_wales\n",
                                              "calendar Office default {\n",
                                              "  open   Mon..Fri 09:00..17:30\n",
                                              "  closed england_and_wales\n",
                                              "}\n",
                                              "enum Priority { urgent, normal }\n",
                                              "record Ticket since opened {\n",
                                              "  id       : int, key\n",
                                              "  opened   : instant\n",
                                              "  answered : instant or not yet\n",
                                              "  priority : Priority\n",
                                              "  fee      : money in GBP 0.00..GBP 1,000.00\n",
                                              "}\n",
                                              "clause 1 \"Answers\" {\n",
                                              "  commitment Answer for Ticket by Desk {\n",
                                              "    from opened until answered\n",
                                              "    within 2 business hours\n",
                                              "  }\n",
                                              "}\n",
                                              "clause 2 \"Money back\" {\n",
                                              "  rule back per Ticket {\n",
                                              "    base GBP 0.00\n",
                                              "    case at_once : fee when priority = urgent and missed Answer\n",
                                              "  }\n",
                                              "  rule total per agreement = sum(back over Ticket)\n",
                                              "}\n"};

static const char* agreement_text(void) {
  static char text[2000];
  size_t i;
  for (i = 0; i < sizeof agreement_lines / sizeof agreement_lines[0]; ++i) strcat(text, agreement_lines[i]);
  return text;
}

static writ_agreement* compile(const char* text, writ_status expected, const char* says) {
  writ_source source;
  writ_agreement* agreement = NULL;
  char* diagnostics = NULL;
  memset(&source, 0, sizeof source);
  source.size = sizeof source;
  source.text = text;
  NEED(writ_agreement_new(&source, &agreement, &diagnostics) == expected);
  NEED(strstr(diagnostics, says) != NULL);
  writ_text_free(diagnostics);
  return agreement;
}

static void take(ticket_table* tickets, writ_table* table) {
  fill_ticket_table(tickets);
  memset(table, 0, sizeof *table);
  table->size = sizeof *table;
  table->name = "Ticket";
  table->schema = &tickets->schema;
  table->array = &tickets->array;
}

static void run(const writ_agreement* agreement, writ_uint32 engine) {
  ticket_table tickets;
  writ_table table;
  writ_run_options options;
  writ_outcome* outcome = NULL;
  char *text = NULL, *error = NULL;
  memset(&options, 0, sizeof options);
  options.size = sizeof options;
  options.as_of = "2026-04-01";
  options.engine = engine;
  take(&tickets, &table);
  NEED(writ_agreement_run(agreement, &options, &table, 1, &outcome, &error) == WRIT_OK);
  NEED(tickets.released == 2);
  NEED(writ_outcome_statement(outcome, WRIT_STATEMENT_TEXT, &text) == WRIT_OK);
  NEED(strstr(text, "Statement as of the end of Wed 2026-04-01") != NULL && strstr(text, "Answer         1       3") != NULL);
  writ_text_free(text);
  writ_outcome_free(outcome);
  take(&tickets, &table);
  NEED(writ_agreement_why(agreement, &options, &table, 1, "Ticket", "1", 0, &text, &error) == WRIT_OK);
  NEED(tickets.released == 2);
  NEED(strstr(text, "Answer: met") != NULL && strstr(text, "`within 2 business hours`") != NULL && strstr(text, "total: 1 h") != NULL);
  writ_text_free(text);
}

int main(void) {
  writ_agreement* agreement;
  NEED(compile("agreement", WRIT_MISTAKES, "\"severity\":\"error\"") == NULL);
  agreement = compile(agreement_text(), WRIT_OK, "[");
  run(agreement, WRIT_ENGINE_BEST);
  run(agreement, WRIT_ENGINE_NATIVE);
  run(agreement, WRIT_ENGINE_INTERPRETER);
  writ_agreement_free(agreement);
  puts("compile: done");
  return 0;
}
