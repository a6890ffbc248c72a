// What leaves can be read again, and is freed exactly once whatever the receiver does with it.
#include "arrow/out.h"

#include "unit/arrow/support.h"

namespace writ::arrow::testing {
namespace {

std::shared_ptr<OutTable> sample() {
  auto table = std::make_shared<OutTable>();
  OutColumn whole = make_column("n", "l"), truth = make_column("b", "b"), text = make_column("t", "U"), day = make_column("d", "tdD");
  OutColumn money = make_column("m", decimal_format(2)), member = make_dictionary("e", {"met", "missed"});
  for (int i = 0; i < 20; ++i) {
    if (i % 3 == 1) {
      for (OutColumn* column : {&whole, &truth, &text, &day, &money, &member}) add_null(*column);
      continue;
    }
    add_number(whole, int64_t{i});
    add_bit(truth, i % 2 == 0);
    add_text(text, std::string(static_cast<size_t>(i), 'x'));
    add_number(day, int32_t{i});
    add_number(money, static_cast<__int128>(i) * 100);
    add_number(member, int32_t{i % 2});
  }
  table->rows = 20;
  table->columns = {whole, truth, text, day, money, member};
  return table;
}

TEST_CASE("columns come back as they went") {
  ArrowSchema schema{};
  ArrowArray array{};
  {
    const std::shared_ptr<const OutTable> table = sample();
    export_schema(*table, &schema);
    export_array(table, &array);
  }
  Table table;
  std::string why;
  REQUIRE(check_table(&schema, &array, table, why));
  REQUIRE(table.rows == 20);
  std::vector<Array> columns(6);
  for (int64_t i = 0; i < 6; ++i) REQUIRE_MESSAGE(check_column(table, i, columns[static_cast<size_t>(i)], why), why);
  for (uint64_t row = 0; row < 20; ++row) {
    const bool given = row % 3 != 1;
    for (const Array& column : columns) CHECK(is_given(column, row) == given);
    if (!given) continue;
    CHECK(number_at(columns[0], row) == row);
    CHECK(bit_at(static_cast<const uint8_t*>(columns[1].values), row) == (row % 2 == 0));
    CHECK(text_at(columns[2], row) == std::string(row, 'x'));
    CHECK(number_at(columns[3], row) == row);
    CHECK(number_at(columns[4], row) == row * 100);
    CHECK(text_at(columns[5].dictionary[0], static_cast<uint64_t>(number_at(columns[5], row))) == (row % 2 == 0 ? "met" : "missed"));
  }
  array.release(&array);
  schema.release(&schema);
  CHECK((array.release == nullptr));
  CHECK((schema.release == nullptr));
}

TEST_CASE("a child that was taken over outlives its parent") {
  const std::shared_ptr<const OutTable> table = sample();
  ArrowArray array{};
  export_array(table, &array);
  ArrowArray child = *array.children[2];
  array.children[2]->release = nullptr;
  array.release(&array);
  const auto* offsets = static_cast<const int64_t*>(child.buffers[1]);
  CHECK(offsets[20] - offsets[0] > 0);
  child.release(&child);
  ArrowSchema schema{};
  export_schema(*table, &schema);
  ArrowSchema taken = *schema.children[5];
  schema.children[5]->release = nullptr;
  schema.release(&schema);
  CHECK(std::string(taken.name) == "e");
  CHECK(std::string(taken.dictionary->format) == "U");
  taken.release(&taken);
}

TEST_CASE("a table leaves many times, as a stream of several pieces") {
  const std::shared_ptr<const OutTable> table = sample();
  for (int times = 0; times < 3; ++times) {
    ArrowArrayStream stream{};
    export_stream(table, {table, table}, &stream);
    ArrowSchema schema{};
    REQUIRE(stream.get_schema(&stream, &schema) == 0);
    CHECK(schema.n_children == 6);
    schema.release(&schema);
    int64_t rows = 0;
    for (;;) {
      ArrowArray array{};
      REQUIRE(stream.get_next(&stream, &array) == 0);
      if (array.release == nullptr) break;
      rows += array.length;
      array.release(&array);
    }
    CHECK(rows == 40);
    CHECK(stream.get_last_error(&stream) == nullptr);
    stream.release(&stream);
    CHECK((stream.release == nullptr));
  }
  ArrowArrayStream unread{};
  export_stream(table, {table}, &unread);
  unread.release(&unread);
}

TEST_CASE("a table without rows") {
  auto table = std::make_shared<OutTable>();
  table->columns = {make_column("n", "l"), make_column("t", "U"), make_dictionary("e", {"a"})};
  ArrowSchema schema{};
  ArrowArray array{};
  export_schema(*table, &schema);
  export_array(table, &array);
  Table checked;
  std::string why;
  REQUIRE(check_table(&schema, &array, checked, why));
  for (int64_t i = 0; i < 3; ++i) {
    Array column;
    CHECK_MESSAGE(check_column(checked, i, column, why), why);
  }
  array.release(&array);
  schema.release(&schema);
}

}  // namespace
}  // namespace writ::arrow::testing
