// A producer of Arrow arrays with nothing but memory: every buffer is exactly as long as it must be, so that a sanitizer sees each byte too many.
#pragma once
#include <doctest/doctest.h>

#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "arrow/reader.h"

namespace writ::arrow::testing {

struct Node {
  std::string format, name;
  ArrowSchema schema{};
  ArrowArray array{};
  std::vector<std::vector<std::byte>> memory;
  std::vector<const void*> buffers;
  std::vector<std::unique_ptr<Node>> children;
  std::vector<ArrowSchema*> child_schemas;
  std::vector<ArrowArray*> child_arrays;
  std::unique_ptr<Node> dictionary;
};
using NodePtr = std::unique_ptr<Node>;

// Writes schema and array anew from the parts, with `rows` rows after `skip` ones.
void link(Node& node, int64_t rows, int64_t skip, int64_t nulls);

std::vector<std::byte> bits_of(const std::vector<bool>& bits);

// `skip`: rows of junk in front, which the offset passes over.
template <class T>
NodePtr numbers(std::string name, std::string format, const std::vector<std::optional<T>>& rows, size_t skip = 0) {
  auto node = std::make_unique<Node>();
  node->name = std::move(name);
  node->format = std::move(format);
  std::vector<bool> given(skip, true);
  std::vector<T> values(skip, T{77});
  int64_t nulls = 0;
  for (const auto& row : rows) {
    given.push_back(row.has_value());
    values.push_back(row.value_or(T{99}));
    nulls += row ? 0 : 1;
  }
  std::vector<std::byte> bytes(values.size() * sizeof(T));
  if (!bytes.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  node->memory = {nulls == 0 ? std::vector<std::byte>{} : bits_of(given), std::move(bytes)};
  link(*node, static_cast<int64_t>(rows.size()), static_cast<int64_t>(skip), nulls);
  return node;
}
NodePtr truths(std::string name, const std::vector<std::optional<bool>>& rows, size_t skip = 0);
enum class TextAs { small, large, views };
NodePtr texts(std::string name, const std::vector<std::optional<std::string>>& rows, TextAs as = TextAs::small, size_t skip = 0);
NodePtr dictionary(std::string name, const std::vector<std::optional<int8_t>>& indices, const std::vector<std::optional<std::string>>& entries);
NodePtr nothings(std::string name, size_t rows);
NodePtr lists(std::string name, const std::vector<int32_t>& offsets, NodePtr child);

template <class... Columns>
NodePtr table(size_t rows, Columns... columns) {
  auto node = std::make_unique<Node>();
  node->format = "+s";
  (node->children.push_back(std::move(columns)), ...);
  node->memory = {{}};
  link(*node, static_cast<int64_t>(rows), 0, 0);
  return node;
}

// --- Reading ----------------------------------------------------------------------------------------------------------
record::Field field(std::string name, record::FieldKind kind, int scale = 0);
record::Field may_be(record::Field field, value::State absence);
record::Field within(record::Field field, int64_t low, int64_t high);
record::Field of_members(std::string name, std::vector<std::string> members);

struct Run {
  Shared shared;
  Reader reader;
  OpenTable table;
  Batch batch;
  record::Finding failure;
  bool opened = false;
};
// Reads a table as records of these fields. `key`: field; -1: none.
std::unique_ptr<Run> read(const Node& node, std::vector<record::Field> fields, int key = -1, Times times = {});
std::string reason(const Node& node, std::vector<record::Field> fields, Times times = {});

// "7 - 9": the values of a field as the evaluator sees them; `-` not yet, `/` none, `?` unknown.
std::string shown(const Run& run, size_t column);
// Whether the values of a field are the array's own.
bool is_view(const Run& run, const Node& node, size_t column);
// What was set aside, a line each.
std::string set_aside(const Run& run);

}  // namespace writ::arrow::testing
