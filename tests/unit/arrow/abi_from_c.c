/* A host in C of 1989: an array in, columns of results out. Gives 0, or the line that failed. */
#include <string.h>

#include <writ/arrow.h>

#define NEED(condition) \
  if (!(condition)) return __LINE__

int writ_test_arrow_from_c(const struct ArrowSchema* schema, const struct ArrowArray* array);

/* A table with a text `id` (A, B, A, C), an integer `score` (1, null, 3, 4000000000 of 32 bits without a sign) and a `size` (small, large). */
int writ_test_arrow_from_c(const struct ArrowSchema* schema, const struct ArrowArray* array) {
  const char* members[2];
  writ_arrow_field fields[3];
  writ_arrow_record record;
  writ_arrow_reader* reader = NULL;
  writ_arrow_batch* batch = NULL;
  const writ_batch* facts;
  const writ_int64* scores;
  writ_int64 outcomes[3];
  writ_uint8 states[3];
  writ_output output;
  writ_arrow_result result;
  struct ArrowSchema out_schema;
  struct ArrowArray out_array;

  members[0] = "small";
  members[1] = "large";
  memset(fields, 0, sizeof fields);
  fields[0].size = fields[1].size = fields[2].size = sizeof fields[0];
  fields[0].name = "id";
  fields[0].kind = WRIT_FIELD_TEXT;
  fields[1].name = "score";
  fields[1].kind = WRIT_FIELD_NUMBER;
  fields[1].absence = WRIT_NOT_YET;
  fields[2].name = "size";
  fields[2].kind = WRIT_FIELD_ENUM;
  fields[2].member_count = 2;
  fields[2].members = members;
  memset(&record, 0, sizeof record);
  record.record = 5;
  record.field_count = 3;
  record.fields = fields;
  NEED(writ_arrow_reader_new(&record, &reader) == WRIT_BAD_ARGUMENT); /* no size */
  record.size = sizeof record;
  record.key = 3;
  NEED(writ_arrow_reader_new(&record, &reader) == WRIT_BAD_ARGUMENT);
  record.key = 0;
  fields[1].kind = 99;
  NEED(writ_arrow_reader_new(&record, &reader) == WRIT_BAD_ARGUMENT);
  fields[1].kind = WRIT_FIELD_NUMBER;
  NEED(writ_arrow_reader_new(&record, &reader) == WRIT_OK);
  NEED(writ_arrow_read(reader, NULL, array, &batch) == WRIT_NOT_THIS_ARRAY);
  NEED(strstr(writ_arrow_reason(reader), "its schema is missing") != NULL);
  writ_arrow_reader_free(reader);
  NEED(writ_arrow_reader_new(&record, &reader) == WRIT_OK);
  NEED(writ_arrow_read(reader, schema, array, &batch) == WRIT_OK);

  facts = writ_arrow_facts(batch);
  NEED(facts->size == sizeof *facts && facts->record == 5 && facts->rows == 3 && facts->column_count == 3);
  NEED(writ_arrow_set_aside(batch) == 1); /* the second A */
  NEED(strstr(writ_arrow_reason(reader), "row 3: the id `A` was already there") != NULL);
  NEED(writ_arrow_row(batch, 0) == 0 && writ_arrow_row(batch, 2) == 3 && writ_arrow_row(batch, 3) == 0xffffffffu);
  NEED(facts->columns[1].width == 8 && facts->columns[1].unit == 1);
  scores = (const writ_int64*)facts->columns[1].values;
  NEED(scores[0] == 1 && scores[2] == (writ_int64)4000000 * 1000);
  NEED(facts->columns[1].validity == NULL && facts->columns[1].states[0] == WRIT_GIVEN && facts->columns[1].states[1] == WRIT_NOT_YET);
  writ_arrow_batch_free(batch);
  writ_arrow_reader_free(reader);

  outcomes[0] = 1;
  outcomes[1] = 0;
  outcomes[2] = 0;
  states[0] = WRIT_GIVEN;
  states[1] = WRIT_UNKNOWN;
  states[2] = WRIT_GIVEN;
  memset(&output, 0, sizeof output);
  output.size = sizeof output;
  output.width = 8;
  output.values = outcomes;
  memset(&result, 0, sizeof result);
  result.size = sizeof result;
  result.name = "Answer";
  result.kind = WRIT_FIELD_ENUM;
  result.member_count = 2;
  result.members = members;
  result.output = &output;
  NEED(writ_arrow_results(&result, 1, 3, &out_schema, &out_array) == WRIT_BAD_ARGUMENT); /* no states */
  output.states = states;
  outcomes[2] = 2;
  NEED(writ_arrow_results(&result, 1, 3, &out_schema, &out_array) == WRIT_BAD_ARGUMENT); /* no member has this code */
  outcomes[2] = 0;
  NEED(writ_arrow_results(&result, 1, 3, &out_schema, &out_array) == WRIT_OK);
  NEED(out_array.length == 3 && out_array.n_children == 2);
  NEED(out_array.children[0]->null_count == 1 && out_array.children[1]->null_count == 0);
  NEED(strcmp(out_schema.children[0]->name, "Answer") == 0 && strcmp(out_schema.children[1]->name, "Answer state") == 0);
  NEED(((const writ_int32*)out_array.children[1]->buffers[1])[1] == WRIT_UNKNOWN);
  out_array.release(&out_array);
  out_schema.release(&out_schema);
  return 0;
}
