// Arrays that contradict themselves: each is refused with its reason, and nothing is read through it (run this under a sanitizer).
#include "unit/arrow/support.h"

namespace writ::arrow::testing {
namespace {

using record::FieldKind;

template <class T>
using Rows = std::vector<std::optional<T>>;

NodePtr two_numbers() { return table(2, numbers<int32_t>("n", "i", Rows<int32_t>{1, std::nullopt})); }
NodePtr two_texts() { return table(2, texts("n", {"a", "b"})); }

// What is said after `change` was done to the column.
template <class Change>
std::string refused(NodePtr node, Change change, FieldKind kind = FieldKind::number) {
  change(*node->children[0]);
  const std::string text = reason(*node, {may_be(field("n", kind), value::State::none)});
  const std::string head = "`n` cannot be read from the table: ";
  return text.starts_with(head) ? text.substr(head.size()) : "not refused by the column: " + text;
}
template <class Change>
std::string table_refused(Change change) {
  NodePtr node = two_numbers();
  change(*node);
  const std::string text = reason(*node, {may_be(field("n", FieldKind::number), value::State::none)});
  const std::string head = "`Ticket` cannot be read from the table: ";
  return text.starts_with(head) ? text.substr(head.size()) : "not refused as a table: " + text;
}

TEST_CASE("lengths, offsets and nulls that cannot be") {
  CHECK(refused(two_numbers(), [](Node& n) { n.array.length = -1; }) == "its length is negative");
  CHECK(refused(two_numbers(), [](Node& n) { n.array.length = INT64_MAX; }) == "its length or offset is beyond any memory");
  CHECK(refused(two_numbers(), [](Node& n) {
          n.array.length = 1;
          n.array.null_count = 0;
        }) == "it is shorter than its table");
  CHECK(refused(two_numbers(), [](Node& n) { n.array.offset = -1; }) == "its offset is negative");
  CHECK(refused(two_numbers(), [](Node& n) { n.array.offset = INT64_MAX; }) == "its length or offset is beyond any memory");
  CHECK(refused(two_numbers(), [](Node& n) { n.array.null_count = 3; }) == "its number of nulls is impossible");
  CHECK(refused(two_numbers(), [](Node& n) { n.array.null_count = -2; }) == "its number of nulls is impossible");
  CHECK(refused(two_numbers(), [](Node& n) { n.array.null_count = 2; }) == "its number of nulls is not that of its bits");
  CHECK(refused(two_numbers(), [](Node& n) { n.array.null_count = 0; }) == "its number of nulls is not that of its bits");
  CHECK(refused(two_numbers(), [](Node& n) { n.buffers[0] = nullptr; }) == "it has nulls but no bits that say which");
  const NodePtr unknown = two_numbers();
  unknown->children[0]->array.null_count = -1;
  CHECK(shown(*read(*unknown, {may_be(field("n", FieldKind::number), value::State::none)}), 0) == "1 /");
}

TEST_CASE("buffers that are missing, too many, or at a wrong place") {
  CHECK(refused(two_numbers(), [](Node& n) { n.array.n_buffers = 1; }) == "it has 1 buffers, not 2");
  CHECK(refused(two_numbers(), [](Node& n) { n.array.n_buffers = 3; }) == "it has 3 buffers, not 2");
  CHECK(refused(two_numbers(), [](Node& n) { n.array.n_buffers = -1; }) == "its number of buffers or children is negative");
  CHECK(refused(two_numbers(), [](Node& n) { n.array.n_buffers = 0; }) == "it has no buffers");
  CHECK(refused(two_numbers(), [](Node& n) { n.array.buffers = nullptr; }) == "its buffers are missing");
  CHECK(refused(two_numbers(), [](Node& n) { n.buffers[1] = nullptr; }) == "a buffer of its values is missing");
  CHECK(refused(two_numbers(), [](Node& n) { n.buffers[1] = static_cast<const char*>(n.buffers[1]) + 1; }) ==
        "a buffer of its values does not begin at a multiple of 4 bytes");
  CHECK(refused(two_texts(), [](Node& n) { n.array.n_buffers = 2; }, FieldKind::text) == "it has 2 buffers, not 3");
  CHECK(refused(two_texts(), [](Node& n) { n.buffers[1] = nullptr; }, FieldKind::text) == "a buffer of its values is missing");
  CHECK(refused(two_texts(), [](Node& n) { n.buffers[2] = nullptr; }, FieldKind::text) == "its offsets lead beyond its values");
}

TEST_CASE("what was released is not read") {
  CHECK(refused(two_numbers(), [](Node& n) { n.array.release(&n.array); }) == "its array was released");
  CHECK(refused(two_numbers(), [](Node& n) { n.schema.release(&n.schema); }) == "its schema was released");
  CHECK(table_refused([](Node& n) { n.array.release(&n.array); }) == "its array was released");
  CHECK(table_refused([](Node& n) { n.schema.release(&n.schema); }) == "its schema was released");
}

TEST_CASE("a table that is none") {
  CHECK(table_refused([](Node& n) { n.schema.format = "i"; }) == "it is no table: a structure with a child for each column is needed");
  CHECK(table_refused([](Node& n) { n.schema.format = nullptr; }) == "its format is missing");
  CHECK(table_refused([](Node& n) { n.schema.format = "\x01z"; }) == "its Arrow format `?z` is not read");
  CHECK(table_refused([](Node& n) { n.array.n_children = 2; }) == "its array and its schema have different numbers of columns");
  CHECK(table_refused([](Node& n) { n.array.n_children = n.schema.n_children = int64_t{1} << 40; }) == "its number of children is impossible");
  CHECK(table_refused([](Node& n) { n.array.n_children = int64_t{1} << 40; }) == "its number of buffers or children is impossible");
  CHECK(table_refused([](Node& n) { n.array.n_children = -1; }) == "its number of buffers or children is negative");
  CHECK(table_refused([](Node& n) { n.array.children = nullptr; }) == "its children are missing");
  CHECK(table_refused([](Node& n) { n.schema.children = nullptr; }) == "the children of its schema are missing");
  CHECK(table_refused([](Node& n) { n.schema.n_children = -5; }) == "the children of its schema are missing");
  CHECK(table_refused([](Node& n) { n.child_schemas[0] = nullptr; }) == "a child of its schema is missing");
  CHECK(table_refused([](Node& n) { n.array.length = int64_t{1} << 31; }) == "it has more than 2147483647 rows in one piece");
  CHECK(table_refused([](Node& n) { n.array.length = -2; }) == "its length is negative");
  CHECK(table_refused([](Node& n) { n.array.n_buffers = 2; }) == "it has 2 buffers, not 1");
  CHECK(table_refused([](Node& n) { n.schema.dictionary = &n.schema; }) == "a table has no dictionary");
  const uint8_t bits[] = {1};
  CHECK(table_refused([&](Node& n) {
          n.buffers[0] = bits;
          n.array.null_count = 1;
        }) == "some of its rows are null as a whole");
  std::string why;
  CHECK(!check_table_schema(nullptr, why));
  CHECK(why == "its schema is missing");
}

TEST_CASE("columns that are missing, twice there, or null") {
  const NodePtr node = two_numbers();
  const auto run = read(*node, {field("m", FieldKind::number)});
  CHECK(!run->opened);
  CHECK(run->failure.problem == record::Problem::missing_column);
  CHECK(run->failure.candidates == std::vector<std::string>{"n"});
  const NodePtr twice = table(1, numbers<int32_t>("n", "i", Rows<int32_t>{1}), numbers<int32_t>("n", "i", Rows<int32_t>{2}));
  CHECK(reason(*twice, {field("n", FieldKind::number)}) == "`n` cannot be read from the table: the table has 2 columns of this name");
  const NodePtr nameless = two_numbers();
  nameless->children[0]->schema.name = nullptr;
  CHECK(!read(*nameless, {field("n", FieldKind::number)})->opened);
  const NodePtr without = two_numbers();
  without->child_arrays[0] = nullptr;
  CHECK(reason(*without, {field("n", FieldKind::number)}) == "`n` cannot be read from the table: its array is missing");
}

TEST_CASE("texts whose offsets lead elsewhere") {
  const auto with = [](std::vector<int32_t> offsets) { return refused(two_texts(), [&](Node& n) { n.buffers[1] = offsets.data(); }, FieldKind::text); };
  CHECK(with({-1, 1, 2}) == "its first offset is negative");
  CHECK(with({0, 2, 1}) == "its offsets fall at row 2");
  CHECK(with({1, 0, 2}) == "its offsets fall at row 1");
}

TEST_CASE("views that lead elsewhere") {
  const auto with = [](size_t at, int32_t number) {
    NodePtr node = table(1, texts("n", {"a text of more than twelve bytes"}, TextAs::views));
    std::memcpy(node->children[0]->memory[1].data() + at, &number, 4);
    return reason(*node, {field("n", FieldKind::text)});
  };
  const std::string nowhere = "`n` cannot be read from the table: the text of row 1 lies in no piece of it";
  CHECK(with(0, -1) == "`n` cannot be read from the table: the text of row 1 has a negative size");
  CHECK(with(0, 33) == nowhere);
  CHECK(with(0, INT32_MAX) == nowhere);
  CHECK(with(8, 1) == nowhere);
  CHECK(with(8, -1) == nowhere);
  CHECK(with(12, 1) == nowhere);
  CHECK(with(12, -1) == nowhere);
  const auto views = [] { return table(1, texts("n", {"a text of more than twelve bytes"}, TextAs::views)); };
  CHECK(refused(views(), [](Node& n) { n.array.n_buffers = int64_t{1} << 40; }, FieldKind::text) == "its number of buffers or children is impossible");
  CHECK(refused(views(), [](Node& n) { n.array.n_buffers = 2; }, FieldKind::text) == "it has 2 buffers, where text views have 3 or more");
  CHECK(refused(views(), [](Node& n) { n.buffers[3] = nullptr; }, FieldKind::text) == "the sizes of its pieces are missing");
  CHECK(refused(views(), [](Node& n) { n.buffers[2] = nullptr; }, FieldKind::text) == "the text of row 1 lies in no piece of it");
}

TEST_CASE("dictionaries that are not what they say") {
  const auto coded = [](int8_t index) { return table(1, dictionary("n", {index}, {"a", "b"})); };
  CHECK(refused(coded(2), [](Node&) {}, FieldKind::text) == "row 1 names an entry that its dictionary does not have");
  CHECK(refused(coded(-1), [](Node&) {}, FieldKind::text) == "row 1 names an entry that its dictionary does not have");
  CHECK(refused(
            coded(0), [](Node& n) { n.array.dictionary = nullptr; }, FieldKind::text) == "its schema and its array do not agree whether there is a dictionary");
  CHECK(refused(
            coded(0), [](Node& n) { n.schema.dictionary = nullptr; }, FieldKind::text) ==
        "its schema and its array do not agree whether there is a dictionary");
  CHECK(refused(coded(0), [](Node& n) { n.schema.format = "b"; }, FieldKind::text) == "the indices of its dictionary are no integers");
  CHECK(refused(coded(0), [](Node& n) { n.dictionary->array.length = -1; }, FieldKind::text) == "the length of its dictionary is negative");
  CHECK(refused(coded(0), [](Node& n) { n.dictionary->array.release = nullptr; }, FieldKind::text) == "in its dictionary: its array was released");
  CHECK(refused(coded(0), [](Node& n) { n.dictionary->schema.format = "z"; }, FieldKind::text) == "in its dictionary: its Arrow format `z` is not read");
  // A dictionary whose entries have a dictionary, which is itself.
  CHECK(refused(
            coded(0),
            [](Node& n) {
              n.schema.dictionary = &n.schema;
              n.array.dictionary = &n.array;
            },
            FieldKind::text)
            .ends_with("it is nested too deeply"));
  // A null need not name an entry.
  const NodePtr null = table(1, dictionary("n", {std::nullopt}, {}));
  CHECK(shown(*read(*null, {may_be(field("n", FieldKind::text), value::State::none)}), 0) == "/");
}

TEST_CASE("formats") {
  const auto why = [](const char* format) {
    Layout layout;
    std::string text;
    return read_format(format, layout, text) ? std::string("read") : text;
  };
  CHECK(why(nullptr) == "its format is missing");
  for (const char* format :
       {"", "x", "ii", "t", "td", "tdX", "ts", "tss", "tsx:", "ttx", "tDx", "tts:", "d", "w:3", "+w:3", "+us:0", "+r", "z", "Z", "vz", "tiM"}) {
    CHECK_MESSAGE(why(format).ends_with("is not read"), format);
  }
  for (const char* format : {"d:", "d:9", "d:9,", "d:9,2,", "d:9,2x", "d:9,2,64,1", "d:99999999999,2"})
    CHECK_MESSAGE(why(format) == "its format is no decimal", format);
  CHECK(why("d:76,2,256") == "decimals of 256 bits are not read; cast it to decimal128");
  CHECK(why("d:9,39") == "its scale of 39 is outside -38 to 38");
  CHECK(why("d:9,2147483647").ends_with("is outside -38 to 38"));
  const std::string endless(100'000, 'x');
  CHECK(why(endless.c_str()).ends_with("is not read"));
  CHECK(why(("tsu:" + endless).c_str()).ends_with("is not read"));
}

TEST_CASE("tables without rows") {
  NodePtr node = table(0, numbers<int32_t>("n", "i", Rows<int32_t>{}), texts("t", {}), truths("b", {}));
  const auto run = read(*node, {field("n", FieldKind::number), field("t", FieldKind::text), field("b", FieldKind::boolean)});
  CHECK(run->opened);
  CHECK(run->batch.view.rows == 0);
}

TEST_CASE("lists that lead elsewhere") {
  const auto with = [](std::vector<int32_t> offsets, int64_t child_length) {
    NodePtr entries = table(2, numbers<int64_t>("at", "tss:UTC", Rows<int64_t>{1, 2}));
    NodePtr node = table(1, numbers<int32_t>("id", "i", Rows<int32_t>{1}), lists("history", offsets, std::move(entries)));
    node->children[1]->children[0]->array.length = child_length;
    Run run;
    run.shared.zones.emplace_back();
    record::RecordSchema schema;
    schema.name = "Ticket";
    schema.fields = {field("id", FieldKind::number)};
    schema.key = 0;
    schema.history = {field("at", FieldKind::instant)};
    record::Mapping mapping = record::default_mapping(schema), history = record::default_history_mapping(schema);
    run.reader = make_reader(run.shared, 0, std::move(schema), std::move(mapping), std::move(history));
    run.opened = open_table(run.shared, run.reader, &node->schema, &node->array, run.table, run.failure);
    return run.opened ? "" : record::message_of(run.failure);
  };
  const std::string head = "`history` cannot be read from the table: ";
  CHECK(with({0, 2}, 2) == "");
  CHECK(with({0, 3}, 2) == head + "its offsets lead beyond its values");
  CHECK(with({-1, 2}, 2) == head + "its first offset is negative");
  CHECK(with({2, 1}, 2) == head + "its offsets fall at row 1");
  CHECK(with({0, 2}, -1) == head + "its offsets lead beyond its values");
  CHECK(with({0, 2}, 1) == head + "its offsets lead beyond its values");
}

}  // namespace
}  // namespace writ::arrow::testing
