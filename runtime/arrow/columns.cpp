#include "arrow/columns.h"

#include <algorithm>
#include <cstring>

#include "evaluate/narrow.h"

namespace writ::arrow {

namespace {

using value::i128;
using value::State;

constexpr uint8_t code(State state) { return static_cast<uint8_t>(state); }

uint64_t first_bit(const Array& array, uint64_t first) { return first + static_cast<uint64_t>(array.offset); }

// A bit a given row, in whole words; nothing where all are given.
std::vector<uint64_t> given_words(const Array& array, uint64_t first, uint32_t rows) {
  if (array.validity == nullptr) return {};
  const uint64_t at = first_bit(array, first);
  const uint64_t end = (at + rows + 7) / 8;  // bytes that may be read
  std::vector<uint64_t> words((rows + 63) / 64);
  for (size_t w = 0; w < words.size(); ++w) {
    uint64_t pair[2] = {0, 0};
    const uint64_t byte = at / 8 + w * 8;
    std::memcpy(pair, array.validity + byte, std::min<uint64_t>(9, end - byte));
    words[w] = at % 8 == 0 ? pair[0] : pair[0] >> at % 8 | pair[1] << (64 - at % 8);
  }
  return words;
}

const uint8_t* bytes_of(const std::vector<uint64_t>& words) { return words.empty() ? nullptr : reinterpret_cast<const uint8_t*>(words.data()); }

// Numbers of the array of which every given one is something that the field may be, times `times` and without leaving its width. A number without
// a sign that needs its highest bit would be read as a negative one.
evaluate::Range range_of(const Source& source, const SourceColumn& column) {
  const Layout& layout = column.array.layout;
  const int64_t most = layout.width < 8 ? (int64_t{1} << (8 * layout.width - 1)) - 1 : INT64_MAX;
  const int64_t least = layout.kind == Kind::natural ? 0 : -most - 1;
  return {static_cast<int64_t>(std::max<i128>(least, value::ceil_div(source.low, column.times))),
          static_cast<int64_t>(std::min<i128>(most, value::floor_div(source.high, column.times)))};
}

// Whether the evaluator reads the array's own numbers as they are: signed, of its widths, times a unit, each within what the field may be.
bool numbers_fit(const Source& source, const SourceColumn& column, uint64_t first, uint32_t rows) {
  const uint32_t width = column.array.layout.width;
  if (column.by != 1 || column.is_local || width > 8) return false;
  if (column.times > (width < 8 ? INT32_MAX : INT64_MAX)) return false;
  const evaluate::Range range = range_of(source, column);
  if (range.low > range.high) return false;
  const std::vector<uint64_t> given = given_words(column.array, first, rows);
  const std::byte* numbers = static_cast<const std::byte*>(column.array.values) + first_bit(column.array, first) * width;
  return evaluate::numbers_within(numbers, width, range, bytes_of(given), rows);
}

// One array of numbers or truths. By kind of the field: texts and members are codes, which no array holds.
bool is_plain(const Source& source) {
  if (source.columns.size() != 1 || source.columns[0].is_text) return false;
  const SourceColumn& column = source.columns[0];
  if (column.array.layout.kind == Kind::nothing || source.reader.field.kind == record::FieldKind::text) return false;
  return !source.missing_is_trouble || column.array.validity == nullptr;
}

bool can_view(const Source& source, uint64_t first, uint32_t rows) {
  if (!is_plain(source)) return false;
  return source.columns[0].array.layout.kind == Kind::boolean || numbers_fit(source, source.columns[0], first, rows);
}

// What a null of a host's column is to the evaluator.
State declared_absence(const record::Field& field) {
  if (field.absence != State::given) return field.absence;
  return field.may_be_unknown ? State::unknown : State::given;
}

// The rows begin within a byte of bits; so do the numbers, so that one offset does for both. `numbers`: of the row where that byte begins; null: the array's own.
evaluate::ColumnView view_of(const Source& source, uint64_t first, uint32_t rows, const int64_t* numbers, ColumnMemory& memory) {
  const SourceColumn& column = source.columns[0];
  const Array& array = column.array;
  const uint64_t at = first_bit(array, first), within = at % 8;
  evaluate::ColumnView view;
  view.offset = static_cast<int64_t>(within);
  if (numbers != nullptr) {
    view.values = numbers;
  } else {
    view.unit = static_cast<int64_t>(column.times);
    view.width = array.layout.kind == Kind::boolean ? 0 : array.layout.width;
    view.values = static_cast<const uint8_t*>(array.values) + (view.width == 0 ? at / 8 : (at - within) * view.width);
  }
  if (array.validity == nullptr) return view;
  if (source.missing.state == declared_absence(source.reader.field)) {
    view.validity = array.validity + at / 8;
    return view;
  }
  // A mapping says that a null is something else: its state stands beside each row.
  memory.states.assign(within + rows, code(State::given));
  for (uint32_t i = 0; i < rows; ++i) {
    if (!bit_at(array.validity, at + i)) memory.states[within + i] = code(source.missing.state);
  }
  view.states = memory.states.data();
  return view;
}

// Numbers that count smaller steps than the field: nanoseconds. Null when they are of another kind, or one of them is none of the field's.
const int64_t* divided(const Source& source, uint64_t first, uint32_t rows, ColumnMemory& memory) {
  if (!is_plain(source)) return nullptr;
  const SourceColumn& column = source.columns[0];
  const Array& array = column.array;
  if (column.by == 1 || column.by > INT64_MAX || column.times != 1 || column.is_local) return nullptr;
  if (array.layout.width != 8 || array.layout.kind == Kind::natural) return nullptr;
  const uint64_t at = first_bit(array, first);
  const std::vector<uint64_t> given = given_words(array, first, rows);
  memory.values.assign(at % 8 + evaluate::padded_rows(rows), 0);
  const bool fits = evaluate::divide_numbers(static_cast<const int64_t*>(array.values) + at, static_cast<int64_t>(column.by), {source.low, source.high},
                                             bytes_of(given), rows, memory.values.data() + at % 8);
  return fits ? memory.values.data() : nullptr;
}

}  // namespace

void add_trouble(Troubles& troubles, uint32_t row, uint32_t rows, const record::Finding& trouble) {
  if (troubles.has.empty()) {
    troubles.has.assign(rows, 0);
    troubles.place.assign(rows, 0);
  }
  if (troubles.has[row] != 0) return;
  troubles.has[row] = 1;
  troubles.place[row] = static_cast<uint32_t>(troubles.findings.size());
  troubles.findings.push_back(trouble);
}

evaluate::ColumnView read_column(Source& source, std::span<const value::Zone> zones, record::Texts* texts, uint64_t first, uint32_t rows, ColumnMemory& memory,
                                 Troubles& troubles) {
  if (can_view(source, first, rows)) return view_of(source, first, rows, nullptr, memory);
  if (const int64_t* numbers = divided(source, first, rows, memory); numbers != nullptr) return view_of(source, first, rows, numbers, memory);
  memory.values.assign(rows, 0);
  record::Cell cell;
  for (uint32_t row = 0; row < rows; ++row) {
    record::Finding trouble;
    if (!read_at(source, zones, first + row, cell, trouble)) {
      add_trouble(troubles, row, rows, trouble);
      continue;
    }
    const bool given = cell.state == State::given;
    if (texts != nullptr && given) cell.value = record::number_of(*texts, cell.text);
    memory.values[row] = given ? cell.value : 0;
    if (!given && memory.states.empty()) memory.states.assign(rows, code(State::given));
    if (!memory.states.empty()) memory.states[row] = code(cell.state);
  }
  evaluate::ColumnView view;
  view.values = memory.values.data();
  if (!memory.states.empty()) view.states = memory.states.data();
  return view;
}

}  // namespace writ::arrow
