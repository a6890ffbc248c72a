/* A host in C of 1989 that holds its facts as Arrow arrays, evaluates the rule set `desk` over them, and takes the results as arrays. */
#include <desk.h>
#include <stddef.h>
#include <writ/arrow.h>

#include "need.h"
#include "ticket_table.h"

/* Where the specification puts the members, for machines with pointers of 64 bits. */
static void layout(void) {
  if (sizeof(void*) != 8) return;
  NEED(sizeof(struct ArrowSchema) == 72 && offsetof(struct ArrowSchema, flags) == 24 && offsetof(struct ArrowSchema, n_children) == 32);
  NEED(offsetof(struct ArrowSchema, dictionary) == 48 && offsetof(struct ArrowSchema, private_data) == 64);
  NEED(sizeof(struct ArrowArray) == 80 && offsetof(struct ArrowArray, offset) == 16 && offsetof(struct ArrowArray, buffers) == 40);
  NEED(offsetof(struct ArrowArray, release) == 64 && sizeof(struct ArrowArrayStream) == 40);
}

static writ_arrow_reader* make_reader(const writ_evaluator* evaluator) {
  static const writ_uint32 kinds[4] = {WRIT_FIELD_INSTANT, WRIT_FIELD_INSTANT, WRIT_FIELD_ENUM, WRIT_FIELD_MONEY};
  writ_arrow_field fields[4];
  writ_arrow_record record;
  writ_arrow_reader* reader = NULL;
  const char* members[2];
  writ_uint32 i;
  memset(fields, 0, sizeof fields);
  memset(&record, 0, sizeof record);
  for (i = 0; i < 4; ++i) {
    writ_about about;
    memset(&about, 0, sizeof about);
    about.size = sizeof about;
    NEED(writ_about_field(evaluator, DESK_RECORD_TICKET, i, &about) == WRIT_OK);
    fields[i].size = sizeof fields[i];
    fields[i].name = about.name;
    fields[i].kind = kinds[i];
    if ((about.type.flags & WRIT_TYPE_NOT_YET) != 0) fields[i].absence = WRIT_NOT_YET;
    if (kinds[i] == WRIT_FIELD_MONEY) fields[i].scale = (writ_uint32)about.type.scale;
    if (kinds[i] == WRIT_FIELD_ENUM) {
      members[0] = writ_word(evaluator, about.type.enumeration, 0);
      members[1] = writ_word(evaluator, about.type.enumeration, 1);
      fields[i].member_count = 2;
      fields[i].members = members;
    }
  }
  record.size = sizeof record;
  record.record = DESK_RECORD_TICKET;
  record.field_count = 4;
  record.fields = fields;
  record.key = -1;
  NEED(writ_arrow_reader_new(&record, &reader) == WRIT_OK);
  return reader;
}

static void evaluate(const writ_evaluator* evaluator, const writ_batch* facts, writ_output outputs[2]) {
  writ_totals* totals = NULL;
  writ_inputs inputs;
  writ_int64 share[2];
  share[0] = 10;
  share[1] = 0;
  memset(&inputs, 0, sizeof inputs);
  inputs.size = sizeof inputs;
  inputs.as_of = (writ_int64)1775001600 * 1000000;
  inputs.param_count = 1;
  inputs.params = share;
  NEED(writ_totals_new(evaluator, &inputs, &totals) == WRIT_OK);
  NEED(writ_update(evaluator, totals, 0, facts, outputs, 2) == WRIT_OK);
  writ_totals_free(totals);
}

static void results(const writ_evaluator* evaluator, const writ_output outputs[2]) {
  static const char* const outcomes[] = {"met", "missed", "pending", "excused", "out of scope"};
  writ_arrow_result columns[2];
  struct ArrowSchema schema;
  struct ArrowArray array;
  const writ_int32* codes;
  const writ_int64* amounts;
  const char* reason = writ_reason(evaluator, DESK_DEFINITION_BACK, 0);
  memset(columns, 0, sizeof columns);
  columns[0].size = columns[1].size = sizeof columns[0];
  columns[0].name = "Answer";
  columns[0].kind = WRIT_FIELD_ENUM;
  columns[0].member_count = 5;
  columns[0].members = outcomes;
  columns[0].output = &outputs[0];
  columns[1].name = "back";
  columns[1].kind = WRIT_FIELD_MONEY;
  columns[1].scale = 2;
  columns[1].output = &outputs[1];
  columns[1].reason_count = 1;
  columns[1].reasons = &reason;
  NEED(writ_arrow_results(columns, 2, TICKETS, &schema, &array) == WRIT_OK);
  NEED(array.length == TICKETS && array.n_children == 5 && schema.n_children == 5);
  NEED(strcmp(schema.children[0]->name, "Answer") == 0 && strcmp(schema.children[2]->name, "back") == 0);
  NEED(strncmp(schema.children[2]->format, "d:38,2", 6) == 0);
  codes = (const writ_int32*)array.children[0]->buffers[1];
  NEED(codes[0] == DESK_CODE_COMMITMENTOUTCOME_MET && codes[1] == DESK_CODE_COMMITMENTOUTCOME_MISSED);
  NEED(codes[2] == DESK_CODE_COMMITMENTOUTCOME_MISSED && codes[3] == DESK_CODE_COMMITMENTOUTCOME_MISSED);
  amounts = (const writ_int64*)array.children[2]->buffers[1];
  NEED(amounts[0] == 1000 && amounts[2] == 20000 && amounts[4] == 3000 && amounts[6] == 1235 && amounts[7] == 0);
  /* The second one is at once; of the others no case decided. */
  NEED(strcmp(schema.children[4]->name, "back reason") == 0 && schema.children[4]->dictionary != NULL);
  NEED(array.children[4]->null_count == 3 && ((const unsigned char*)array.children[4]->buffers[0])[0] == 2);
  array.release(&array);
  schema.release(&schema);
}

int main(void) {
  ticket_table table;
  writ_evaluator* evaluator = NULL;
  writ_arrow_reader* reader;
  writ_arrow_batch* batch = NULL;
  writ_output outputs[2];
  writ_int8 outcome[TICKETS];
  writ_int64 back[TICKETS];
  writ_uint8 states[2][TICKETS];
  writ_int8 reasons[TICKETS];
  layout();
  NEED(writ_open(desk_rules(), &evaluator) == WRIT_OK);
  reader = make_reader(evaluator);
  fill_ticket_table(&table);
  NEED(writ_arrow_read(reader, &table.schema, &table.array, &batch) == WRIT_OK);
  NEED(writ_arrow_set_aside(batch) == 0 && writ_arrow_facts(batch)->rows == TICKETS);
  memset(outputs, 0, sizeof outputs);
  outputs[0].size = outputs[1].size = sizeof outputs[0];
  outputs[0].definition = DESK_DEFINITION_ANSWER;
  outputs[0].width = 1;
  outputs[0].values = outcome;
  outputs[0].states = states[0];
  outputs[1].definition = DESK_DEFINITION_BACK;
  outputs[1].width = 8;
  outputs[1].values = back;
  outputs[1].states = states[1];
  outputs[1].reasons = reasons;
  evaluate(evaluator, writ_arrow_facts(batch), outputs);
  results(evaluator, outputs);
  writ_arrow_batch_free(batch);
  writ_arrow_reader_free(reader);
  /* What was read stays the caller's. */
  NEED(table.released == 0);
  table.array.release(&table.array);
  table.schema.release(&table.schema);
  NEED(table.released == 2);
  writ_evaluator_free(evaluator);
  puts("tables: done");
  return 0;
}
