// What contradicts itself in an array is found here, before anything is read through it.
#include "arrow/array.h"

#include <bit>
#include <cstring>

namespace writ::arrow {

namespace {

constexpr int64_t most_rows = INT64_MAX / 64;  // rows times bytes of a row stay far from overflow
constexpr uint32_t most_nesting = 4;
// Whoever says that there are more does not mean it, and looking for them would lead out of any memory.
constexpr int64_t most_children = 65'535, most_buffers = 1 << 20;

bool refuse(std::string& reason, std::string why) {
  reason = std::move(why);
  return false;
}

bool aligned(const void* at, size_t bytes) { return reinterpret_cast<uintptr_t>(at) % bytes == 0; }

bool check_lengths(const ArrowArray& array, std::string& reason) {
  if (array.length < 0) return refuse(reason, "its length is negative");
  if (array.offset < 0) return refuse(reason, "its offset is negative");
  if (array.length > most_rows || array.offset > most_rows) return refuse(reason, "its length or offset is beyond any memory");
  if (array.null_count < -1 || array.null_count > array.length) return refuse(reason, "its number of nulls is impossible");
  if (array.n_buffers < 0 || array.n_children < 0) return refuse(reason, "its number of buffers or children is negative");
  if (array.n_buffers > most_buffers || array.n_children > most_children) return refuse(reason, "its number of buffers or children is impossible");
  if (array.n_buffers > 0 && array.buffers == nullptr) return refuse(reason, "its buffers are missing");
  if (array.n_children > 0 && array.children == nullptr) return refuse(reason, "its children are missing");
  return true;
}

bool check_schema(const ArrowSchema* schema, std::string& reason) {
  if (schema == nullptr) return refuse(reason, "its schema is missing");
  if (schema->release == nullptr) return refuse(reason, "its schema was released");
  if (schema->n_children > most_children) return refuse(reason, "its number of children is impossible");
  if (schema->n_children < 0 || (schema->n_children > 0 && schema->children == nullptr)) return refuse(reason, "the children of its schema are missing");
  return true;
}

uint64_t count_given(const uint8_t* bits, uint64_t first, uint64_t rows) {
  uint64_t count = 0, row = 0;
  for (; row < rows && (first + row) % 8 != 0; ++row) count += bit_at(bits, first + row);
  for (; row + 64 <= rows; row += 64) {
    uint64_t word = 0;
    std::memcpy(&word, bits + (first + row) / 8, 8);
    count += static_cast<uint64_t>(std::popcount(word));
  }
  for (; row < rows; ++row) count += bit_at(bits, first + row);
  return count;
}

// Where every row is given, the bits need not be looked at again.
bool read_validity(const ArrowArray& array, std::string& reason, const uint8_t*& out) {
  const auto* bits = static_cast<const uint8_t*>(array.buffers[0]);
  if (bits == nullptr) return array.null_count <= 0 || refuse(reason, "it has nulls but no bits that say which");
  const uint64_t rows = static_cast<uint64_t>(array.length);
  const uint64_t nulls = rows - count_given(bits, static_cast<uint64_t>(array.offset), rows);
  if (array.null_count >= 0 && nulls != static_cast<uint64_t>(array.null_count)) return refuse(reason, "its number of nulls is not that of its bits");
  out = nulls == 0 ? nullptr : bits;
  return true;
}

// The buffers of a fixed number: validity, then those that hold something.
bool want_buffers(const ArrowArray& array, int64_t wanted, std::string& reason) {
  return array.n_buffers == wanted || refuse(reason, "it has " + std::to_string(array.n_buffers) + " buffers, not " + std::to_string(wanted));
}

bool want_values(const Array& out, const void* buffer, size_t alignment, std::string& reason) {
  if (buffer == nullptr && out.length > 0) return refuse(reason, "a buffer of its values is missing");
  return aligned(buffer, alignment) || refuse(reason, "a buffer of its values does not begin at a multiple of " + std::to_string(alignment) + " bytes");
}

template <class T>
bool check_offsets(const Array& array, uint64_t limit, std::string& reason) {
  const T* offsets = static_cast<const T*>(array.offsets) + array.offset;
  if (array.length == 0) return true;
  if (offsets[0] < 0) return refuse(reason, "its first offset is negative");
  for (uint64_t row = 0; row < array.length; ++row) {
    if (offsets[row + 1] < offsets[row]) return refuse(reason, "its offsets fall at row " + std::to_string(row + 1));
  }
  return static_cast<uint64_t>(offsets[array.length]) <= limit || refuse(reason, "its offsets lead beyond its values");
}

bool check_offsets(const Array& array, uint64_t limit, std::string& reason) {
  return array.layout.width == 8 ? check_offsets<int64_t>(array, limit, reason) : check_offsets<int32_t>(array, limit, reason);
}

bool check_text(const ArrowArray& array, Array& out, std::string& reason) {
  if (!want_buffers(array, 3, reason) || !want_values(out, array.buffers[1], out.layout.width, reason)) return false;
  out.offsets = array.buffers[1];
  out.bytes = static_cast<const char*>(array.buffers[2]);
  return check_offsets(out, out.bytes == nullptr ? 0 : INT64_MAX, reason);
}

struct View {
  int32_t size = 0;
  char start[4] = {};
  int32_t piece = 0, offset = 0;
};
static_assert(sizeof(View) == 16);

View view_at(const Array& array, uint64_t row) {
  View view;
  std::memcpy(&view, static_cast<const char*>(array.values) + (row + static_cast<uint64_t>(array.offset)) * sizeof view, sizeof view);
  return view;
}

bool check_views(const ArrowArray& array, Array& out, std::string& reason) {
  if (array.n_buffers < 3) return refuse(reason, "it has " + std::to_string(array.n_buffers) + " buffers, where text views have 3 or more");
  if (!want_values(out, array.buffers[1], 4, reason)) return false;
  const int64_t pieces = array.n_buffers - 3;
  const void* sizes = array.buffers[array.n_buffers - 1];
  if (pieces > 0 && (sizes == nullptr || !aligned(sizes, sizeof(int64_t)))) return refuse(reason, "the sizes of its pieces are missing");
  out.values = array.buffers[1];
  out.pieces = array.buffers + 2;
  out.piece_sizes = static_cast<const int64_t*>(sizes);
  for (uint64_t row = 0; row < out.length; ++row) {
    if (!is_given(out, row)) continue;
    const View view = view_at(out, row);
    if (view.size < 0) return refuse(reason, "the text of row " + std::to_string(row + 1) + " has a negative size");
    if (view.size <= 12) continue;
    const bool there = view.piece >= 0 && view.piece < pieces && view.offset >= 0 && out.pieces[view.piece] != nullptr &&
                       int64_t{view.offset} + view.size <= out.piece_sizes[view.piece];
    if (!there) return refuse(reason, "the text of row " + std::to_string(row + 1) + " lies in no piece of it");
  }
  return true;
}

template <class T>
bool indices_within(const Array& array, uint64_t entries, std::string& reason) {
  const T* indices = static_cast<const T*>(array.values) + array.offset;
  for (uint64_t row = 0; row < array.length; ++row) {
    if (!is_given(array, row)) continue;
    if (indices[row] < 0 || static_cast<uint64_t>(indices[row]) >= entries)
      return refuse(reason, "row " + std::to_string(row + 1) + " names an entry that its dictionary does not have");
  }
  return true;
}

bool check_indices(const Array& array, uint64_t entries, std::string& reason) {
  const bool natural = array.layout.kind == Kind::natural;
  switch (array.layout.width) {
    case 1: return natural ? indices_within<uint8_t>(array, entries, reason) : indices_within<int8_t>(array, entries, reason);
    case 2: return natural ? indices_within<uint16_t>(array, entries, reason) : indices_within<int16_t>(array, entries, reason);
    case 4: return natural ? indices_within<uint32_t>(array, entries, reason) : indices_within<int32_t>(array, entries, reason);
    case 8: return natural ? indices_within<uint64_t>(array, entries, reason) : indices_within<int64_t>(array, entries, reason);
    default: return false;
  }
}

bool check_array_at(const ArrowSchema* schema, const ArrowArray* array, uint64_t skip, uint64_t length, uint32_t nesting, Array& out, std::string& reason);

bool check_dictionary(const ArrowSchema& schema, const ArrowArray& array, uint32_t nesting, Array& out, std::string& reason) {
  if (schema.dictionary == nullptr || array.dictionary == nullptr) return refuse(reason, "its schema and its array do not agree whether there is a dictionary");
  if (out.layout.kind != Kind::integer && out.layout.kind != Kind::natural) return refuse(reason, "the indices of its dictionary are no integers");
  if (array.dictionary->length < 0) return refuse(reason, "the length of its dictionary is negative");
  Array& entries = out.dictionary.emplace_back();
  if (!check_array_at(schema.dictionary, array.dictionary, 0, static_cast<uint64_t>(array.dictionary->length), nesting + 1, entries, reason)) {
    reason = "in its dictionary: " + reason;
    return false;
  }
  if (entries.layout.kind != Kind::text && entries.layout.kind != Kind::text_views) return refuse(reason, "its dictionary holds no texts");
  return check_indices(out, entries.length, reason);
}

bool check_list(const ArrowSchema& schema, const ArrowArray& array, Array& out, std::string& reason) {
  if (!want_buffers(array, 2, reason) || !want_values(out, array.buffers[1], out.layout.width, reason)) return false;
  if (schema.n_children != 1 || array.n_children != 1 || array.children[0] == nullptr || schema.children[0] == nullptr) {
    return refuse(reason, "a list has one child, and this one has not");
  }
  out.offsets = array.buffers[1];
  const int64_t rows = array.children[0]->length;
  return check_offsets(out, rows < 0 ? 0 : static_cast<uint64_t>(rows), reason);
}

bool check_array_at(const ArrowSchema* schema, const ArrowArray* array, uint64_t skip, uint64_t length, uint32_t nesting, Array& out, std::string& reason) {
  if (nesting > most_nesting) return refuse(reason, "it is nested too deeply");
  if (!check_schema(schema, reason)) return false;
  if (array == nullptr) return refuse(reason, "its array is missing");
  if (array->release == nullptr) return refuse(reason, "its array was released");
  if (!read_format(schema->format, out.layout, reason) || !check_lengths(*array, reason)) return false;
  if (static_cast<uint64_t>(array->length) < skip + length) return refuse(reason, "it is shorter than its table");
  out.offset = array->offset + static_cast<int64_t>(skip);
  out.length = length;
  const bool of_dictionary = schema->dictionary != nullptr || array->dictionary != nullptr;
  if (of_dictionary && out.layout.kind != Kind::integer && out.layout.kind != Kind::natural)
    return refuse(reason, "the indices of its dictionary are no integers");
  const Kind kind = out.layout.kind;
  if (kind == Kind::structure) return refuse(reason, "it is a structure, where a single value is needed");
  if (kind == Kind::nothing) return want_buffers(*array, 0, reason);
  if (array->n_buffers < 1) return refuse(reason, "it has no buffers");
  if (!read_validity(*array, reason, out.validity)) return false;
  if (kind == Kind::text) return check_text(*array, out, reason);
  if (kind == Kind::text_views) return check_views(*array, out, reason);
  if (kind == Kind::list) return check_list(*schema, *array, out, reason);
  // A decimal of 16 bytes is read byte by byte; producers align it to 8 bytes or not at all.
  const size_t alignment = kind == Kind::boolean || out.layout.width == 16 ? 1 : out.layout.width;
  if (!want_buffers(*array, 2, reason) || !want_values(out, array->buffers[1], alignment, reason)) return false;
  out.values = array->buffers[1];
  return !of_dictionary || check_dictionary(*schema, *array, nesting, out, reason);
}

}  // namespace

bool check_array(const ArrowSchema* schema, const ArrowArray* array, uint64_t skip, uint64_t length, Array& out, std::string& reason) {
  return check_array_at(schema, array, skip, length, 0, out, reason);
}

bool check_table_schema(const ArrowSchema* schema, std::string& reason) {
  Layout layout;
  if (!check_schema(schema, reason) || !read_format(schema->format, layout, reason)) return false;
  if (layout.kind != Kind::structure) return refuse(reason, "it is no table: a structure with a child for each column is needed");
  if (schema->dictionary != nullptr) return refuse(reason, "a table has no dictionary");
  for (int64_t i = 0; i < schema->n_children; ++i) {
    if (schema->children[i] == nullptr) return refuse(reason, "a child of its schema is missing");
  }
  return true;
}

bool check_table(const ArrowSchema* schema, const ArrowArray* array, Table& out, std::string& reason) {
  if (!check_table_schema(schema, reason)) return false;
  if (array == nullptr) return refuse(reason, "its array is missing");
  if (array->release == nullptr) return refuse(reason, "its array was released");
  if (!check_lengths(*array, reason) || !want_buffers(*array, 1, reason)) return false;
  if (array->n_children != schema->n_children) return refuse(reason, "its array and its schema have different numbers of columns");
  if (array->length > INT32_MAX) return refuse(reason, "it has more than 2147483647 rows in one piece");
  const uint8_t* validity = nullptr;
  if (!read_validity(*array, reason, validity)) return false;
  if (validity != nullptr) return refuse(reason, "some of its rows are null as a whole");
  out = {schema, array, array->offset, static_cast<uint64_t>(array->length)};
  return true;
}

int64_t find_column(const ArrowSchema& schema, std::string_view name, uint32_t occurrence, uint32_t& count) {
  int64_t found = -1;
  count = 0;
  for (int64_t i = 0; i < schema.n_children; ++i) {
    const char* other = schema.children[i]->name;
    if (other == nullptr || name != other) continue;
    if (++count == occurrence) found = i;
  }
  return found;
}

bool check_column(const Table& table, int64_t column, Array& out, std::string& reason) {
  return check_array(table.schema->children[column], table.array->children[column], static_cast<uint64_t>(table.offset), table.rows, out, reason);
}

std::string_view text_at(const Array& array, uint64_t row) {
  const uint64_t at = row + static_cast<uint64_t>(array.offset);
  if (array.layout.kind == Kind::text_views) {
    const View view = view_at(array, row);
    const char* own = static_cast<const char*>(array.values) + at * sizeof(View) + 4;
    const char* text = view.size <= 12 ? own : static_cast<const char*>(array.pieces[view.piece]) + view.offset;
    return {text, static_cast<size_t>(view.size)};
  }
  if (array.layout.width == 8) {
    const int64_t* offsets = static_cast<const int64_t*>(array.offsets) + at;
    return {array.bytes + offsets[0], static_cast<size_t>(offsets[1] - offsets[0])};
  }
  const int32_t* offsets = static_cast<const int32_t*>(array.offsets) + at;
  return {array.bytes + offsets[0], static_cast<size_t>(offsets[1] - offsets[0])};
}

Range list_at(const Array& array, uint64_t row) {
  const uint64_t at = row + static_cast<uint64_t>(array.offset);
  if (array.layout.width == 8) {
    const int64_t* offsets = static_cast<const int64_t*>(array.offsets) + at;
    return {static_cast<uint64_t>(offsets[0]), static_cast<uint64_t>(offsets[1])};
  }
  const int32_t* offsets = static_cast<const int32_t*>(array.offsets) + at;
  return {static_cast<uint64_t>(offsets[0]), static_cast<uint64_t>(offsets[1])};
}

}  // namespace writ::arrow
