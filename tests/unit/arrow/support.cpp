#include "unit/arrow/support.h"

#include <numeric>

namespace writ::arrow::testing {

namespace {
void released(ArrowSchema* schema) { schema->release = nullptr; }
void released(ArrowArray* array) { array->release = nullptr; }
}  // namespace

void link(Node& node, int64_t rows, int64_t skip, int64_t nulls) {
  node.buffers.clear();
  node.child_schemas.clear();
  node.child_arrays.clear();
  for (const auto& bytes : node.memory) node.buffers.push_back(bytes.empty() ? nullptr : bytes.data());
  for (const NodePtr& child : node.children) {
    node.child_schemas.push_back(&child->schema);
    node.child_arrays.push_back(&child->array);
  }
  node.schema = {node.format.c_str(),
                 node.name.c_str(),
                 nullptr,
                 ARROW_FLAG_NULLABLE,
                 static_cast<int64_t>(node.children.size()),
                 node.child_schemas.data(),
                 node.dictionary ? &node.dictionary->schema : nullptr,
                 released,
                 nullptr};
  node.array = {rows,
                nulls,
                skip,
                static_cast<int64_t>(node.buffers.size()),
                static_cast<int64_t>(node.children.size()),
                node.buffers.data(),
                node.child_arrays.data(),
                node.dictionary ? &node.dictionary->array : nullptr,
                released,
                nullptr};
}

std::vector<std::byte> bits_of(const std::vector<bool>& bits) {
  std::vector<std::byte> bytes((bits.size() + 7) / 8);
  for (size_t i = 0; i < bits.size(); ++i) {
    if (bits[i]) bytes[i / 8] |= static_cast<std::byte>(1u << (i % 8));
  }
  return bytes;
}

namespace {

template <class T>
struct Rows {
  std::vector<bool> given;
  std::vector<T> values;
  int64_t nulls = 0;
};
template <class T>
Rows<T> rows_of(const std::vector<std::optional<T>>& rows, size_t skip, T junk) {
  Rows<T> out;
  out.given.assign(skip, true);
  out.values.assign(skip, junk);
  for (const auto& row : rows) {
    out.given.push_back(row.has_value());
    out.values.push_back(row.value_or(T{}));
    out.nulls += row ? 0 : 1;
  }
  return out;
}

template <class T>
std::vector<std::byte> bytes_of(const std::vector<T>& items) {
  std::vector<std::byte> bytes(items.size() * sizeof(T));
  if (!bytes.empty()) std::memcpy(bytes.data(), items.data(), bytes.size());
  return bytes;
}

std::vector<std::byte> validity_of(const std::vector<bool>& given, int64_t nulls) { return nulls == 0 ? std::vector<std::byte>{} : bits_of(given); }

template <class T>
void put_texts(Node& node, const std::vector<std::string>& values) {
  std::vector<T> offsets{0};
  std::string all;
  for (const std::string& text : values) {
    all += text;
    offsets.push_back(static_cast<T>(all.size()));
  }
  node.memory.push_back(bytes_of(offsets));
  node.memory.push_back(bytes_of(std::vector<char>(all.begin(), all.end())));
}

void put_views(Node& node, const std::vector<std::string>& values) {
  std::vector<std::byte> views;
  std::string piece;
  for (const std::string& text : values) {
    char view[16] = {};
    const int32_t size = static_cast<int32_t>(text.size());
    std::memcpy(view, &size, 4);
    std::memcpy(view + 4, text.data(), std::min<size_t>(text.size(), size <= 12 ? 12 : 4));
    if (size > 12) {
      const int32_t at = static_cast<int32_t>(piece.size());
      std::memcpy(view + 12, &at, 4);
      piece += text;
    }
    const auto* bytes = reinterpret_cast<const std::byte*>(view);
    views.insert(views.end(), bytes, bytes + sizeof view);
  }
  node.memory.push_back(std::move(views));
  node.memory.push_back(bytes_of(std::vector<char>(piece.begin(), piece.end())));
  node.memory.push_back(bytes_of(std::vector<int64_t>{static_cast<int64_t>(piece.size())}));
}

}  // namespace

NodePtr truths(std::string name, const std::vector<std::optional<bool>>& rows, size_t skip) {
  const Rows<bool> parts = rows_of<bool>(rows, skip, true);
  auto node = std::make_unique<Node>();
  node->name = std::move(name);
  node->format = "b";
  node->memory = {validity_of(parts.given, parts.nulls), bits_of(parts.values)};
  link(*node, static_cast<int64_t>(rows.size()), static_cast<int64_t>(skip), parts.nulls);
  return node;
}

NodePtr texts(std::string name, const std::vector<std::optional<std::string>>& rows, TextAs as, size_t skip) {
  const Rows<std::string> parts = rows_of<std::string>(rows, skip, "junk");
  auto node = std::make_unique<Node>();
  node->name = std::move(name);
  node->format = as == TextAs::small ? "u" : as == TextAs::large ? "U" : "vu";
  node->memory = {validity_of(parts.given, parts.nulls)};
  if (as == TextAs::small) put_texts<int32_t>(*node, parts.values);
  if (as == TextAs::large) put_texts<int64_t>(*node, parts.values);
  if (as == TextAs::views) put_views(*node, parts.values);
  link(*node, static_cast<int64_t>(rows.size()), static_cast<int64_t>(skip), parts.nulls);
  return node;
}

NodePtr dictionary(std::string name, const std::vector<std::optional<int8_t>>& indices, const std::vector<std::optional<std::string>>& entries) {
  NodePtr node = numbers<int8_t>(std::move(name), "c", indices);
  node->dictionary = texts("", entries);
  link(*node, node->array.length, node->array.offset, node->array.null_count);
  return node;
}

NodePtr nothings(std::string name, size_t rows) {
  auto node = std::make_unique<Node>();
  node->name = std::move(name);
  node->format = "n";
  link(*node, static_cast<int64_t>(rows), 0, static_cast<int64_t>(rows));
  return node;
}

NodePtr lists(std::string name, const std::vector<int32_t>& offsets, NodePtr child) {
  auto node = std::make_unique<Node>();
  node->name = std::move(name);
  node->format = "+l";
  node->memory = {{}, bytes_of(offsets)};
  node->children.push_back(std::move(child));
  link(*node, static_cast<int64_t>(offsets.size()) - 1, 0, 0);
  return node;
}

record::Field field(std::string name, record::FieldKind kind, int scale) {
  record::Field out;
  out.name = std::move(name);
  out.kind = kind;
  out.scale = scale;
  return out;
}

record::Field may_be(record::Field field, value::State absence) {
  if (absence == value::State::unknown)
    field.may_be_unknown = true;
  else
    field.absence = absence;
  return field;
}

record::Field within(record::Field field, int64_t low, int64_t high) {
  field.has_range = true;
  field.low = low;
  field.high = high;
  return field;
}

record::Field of_members(std::string name, std::vector<std::string> members) {
  record::Field out = field(std::move(name), record::FieldKind::enumeration);
  out.members = std::move(members);
  return out;
}

std::unique_ptr<Run> read(const Node& node, std::vector<record::Field> fields, int key, Times times) {
  auto run = std::make_unique<Run>();
  run->shared.times = times;
  run->shared.zones.emplace_back();
  run->shared.report.files.emplace_back("table");
  record::RecordSchema schema;
  schema.name = "Ticket";
  schema.fields = std::move(fields);
  if (key >= 0) schema.key = static_cast<uint32_t>(key);
  record::Mapping mapping = record::default_mapping(schema);
  run->reader = make_reader(run->shared, 0, std::move(schema), std::move(mapping), {});
  run->opened = open_table(run->shared, run->reader, &node.schema, &node.array, run->table, run->failure);
  if (run->opened) read_rows(run->shared, run->reader, run->table, 0, static_cast<uint32_t>(run->table.table.rows), run->batch);
  return run;
}

std::string reason(const Node& node, std::vector<record::Field> fields, Times times) {
  const auto run = read(node, std::move(fields), -1, times);
  return run->opened ? "" : record::message_of(run->failure);
}

std::string shown(const Run& run, size_t column) {
  std::string out;
  const evaluate::ColumnView& view = run.batch.view.columns[column];
  for (uint32_t row = 0; row < run.batch.view.rows; ++row) {
    if (row > 0) out += ' ';
    const value::State state = evaluate::state_at(view, row, run.table.sources.empty() ? value::State::none : run.table.sources[column].missing.state);
    switch (state) {
      case value::State::given: out += std::to_string(given_number(view, row, state)); break;
      case value::State::not_yet: out += '-'; break;
      case value::State::none: out += '/'; break;
      case value::State::unknown: out += '?'; break;
      case value::State::fault: out += '!'; break;
    }
  }
  return out;
}

bool is_view(const Run& run, const Node& node, size_t column) {
  const auto* begin = static_cast<const char*>(node.children[column]->buffers[1]);
  const auto* values = static_cast<const char*>(run.batch.view.columns[column].values);
  return values >= begin && values <= begin + node.children[column]->memory[1].size();
}

std::string set_aside(const Run& run) {
  std::string out;
  for (const record::Finding& finding : run.shared.report.set_aside) {
    if (!out.empty()) out += '\n';
    out += std::to_string(finding.line) + ": " + std::string(record::kind_of(finding.problem).code) + " " + record::message_of(finding);
  }
  return out;
}

}  // namespace writ::arrow::testing
