/* Four tickets as a struct array of the C Data Interface, for the hosts of this project; C of 1989 and C++. Include <writ/arrow.h> or an ArrowSchema of your own first. */
#ifndef TICKET_TABLE_H
#define TICKET_TABLE_H

#include <string.h>

#define TICKETS 4

typedef struct ticket_table {
  struct ArrowSchema schema, fields[5];
  struct ArrowArray array, columns[5];
  struct ArrowSchema* field_pointers[5];
  struct ArrowArray* column_pointers[5];
  const void* buffers[5][3];
  const void* no_buffers[1];
  int released; /* how many of the two */
} ticket_table;

static void ticket_schema_release(struct ArrowSchema* schema) {
  ++((ticket_table*)schema->private_data)->released;
  schema->release = 0;
}

static void ticket_array_release(struct ArrowArray* array) {
  ++((ticket_table*)array->private_data)->released;
  array->release = 0;
}

/* A child is released with its parent, so it has nothing to do. */
static void ticket_child_schema_release(struct ArrowSchema* schema) { schema->release = 0; }
static void ticket_child_array_release(struct ArrowArray* array) { array->release = 0; }

static void ticket_column(ticket_table* table, int at, const char* name, const char* format, const void* validity, const void* first, const void* second) {
  struct ArrowSchema* field = &table->fields[at];
  struct ArrowArray* column = &table->columns[at];
  field->name = name;
  field->format = format;
  field->flags = validity != 0 ? ARROW_FLAG_NULLABLE : 0;
  field->release = ticket_child_schema_release;
  table->buffers[at][0] = validity;
  table->buffers[at][1] = first;
  table->buffers[at][2] = second;
  column->length = TICKETS;
  column->null_count = validity != 0 ? 1 : 0;
  column->n_buffers = second != 0 ? 3 : 2;
  column->buffers = table->buffers[at];
  column->release = ticket_child_array_release;
  table->field_pointers[at] = field;
  table->column_pointers[at] = column;
}

/* The table stays where it is as long as it is used. */
static void fill_ticket_table(ticket_table* table) {
  /* Thu 2026-03-05 10:00 in seconds; answered after 1 h, 3 h, 3 h in microseconds, and never. */
  static const writ_int64 opened[TICKETS] = {1772704800, 1772704800, 1772704800, 1772704800};
  static const writ_int64 second = 1000000;
  static writ_int64 answered[TICKETS];
  static const unsigned char answered_given = 7;
  static const writ_int32 priority_ends[TICKETS + 1] = {0, 6, 12, 18, 24};
  static const char priority[] = "urgenturgentnormalnormal";
  /* Decimals of 128 bits with two digits: low and high word. */
  static const writ_int64 fee[2 * TICKETS] = {10000, 0, 20000, 0, 30000, 0, 12345, 0};
  static const writ_int32 id[TICKETS] = {1, 2, 3, 4};
  answered[0] = 1772708400 * second;
  answered[1] = answered[2] = 1772715600 * second;
  memset(table, 0, sizeof *table);
  ticket_column(table, 0, "opened", "tss:UTC", 0, opened, 0);
  ticket_column(table, 1, "answered", "tsu:UTC", &answered_given, answered, 0);
  ticket_column(table, 2, "priority", "u", 0, priority_ends, priority);
  ticket_column(table, 3, "fee", "d:12,2", 0, fee, 0);
  ticket_column(table, 4, "id", "i", 0, id, 0);
  table->schema.format = "+s";
  table->schema.n_children = 5;
  table->schema.children = table->field_pointers;
  table->schema.release = ticket_schema_release;
  table->schema.private_data = table;
  table->array.length = TICKETS;
  table->array.n_buffers = 1;
  table->array.buffers = table->no_buffers;
  table->array.n_children = 5;
  table->array.children = table->column_pointers;
  table->array.release = ticket_array_release;
  table->array.private_data = table;
}

#endif
