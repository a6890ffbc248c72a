#include "arrow/columns.h"

#include <algorithm>
#include <limits>

namespace writ::arrow {

namespace {

using value::i128;
using value::State;

constexpr uint8_t code(State state) { return static_cast<uint8_t>(state); }

template <class T>
struct Bounds {
  T low, high;
};

template <class T>
Bounds<T> bounds_of(const T* numbers, const uint8_t* validity, uint64_t first_bit, uint32_t rows) {
  Bounds<T> bounds{std::numeric_limits<T>::max(), std::numeric_limits<T>::min()};
  for (uint32_t i = 0; i < rows; ++i) {
    if (validity != nullptr && !bit_at(validity, first_bit + i)) continue;
    bounds.low = std::min(bounds.low, numbers[i]);
    bounds.high = std::max(bounds.high, numbers[i]);
  }
  return bounds;
}

// The smallest and the largest given number; low above high: none is given.
template <class T>
Bounds<i128> wide_bounds(const Array& array, uint64_t first, uint32_t rows) {
  const uint64_t at = first + static_cast<uint64_t>(array.offset);
  const T* numbers = static_cast<const T*>(array.values) + at;
  const Bounds<T> bounds = array.validity == nullptr ? bounds_of<T>(numbers, nullptr, 0, rows) : bounds_of<T>(numbers, array.validity, at, rows);
  return {bounds.low, bounds.high};
}

Bounds<i128> bounds_of(const Array& array, uint64_t first, uint32_t rows) {
  const bool natural = array.layout.kind == Kind::natural;
  switch (array.layout.width) {
    case 1: return natural ? wide_bounds<uint8_t>(array, first, rows) : wide_bounds<int8_t>(array, first, rows);
    case 2: return natural ? wide_bounds<uint16_t>(array, first, rows) : wide_bounds<int16_t>(array, first, rows);
    case 4: return natural ? wide_bounds<uint32_t>(array, first, rows) : wide_bounds<int32_t>(array, first, rows);
    default: return natural ? wide_bounds<uint64_t>(array, first, rows) : wide_bounds<int64_t>(array, first, rows);
  }
}

// Whether the evaluator reads the array's own numbers as they are: signed, of its widths, times a unit, each within what the field may be.
bool numbers_fit(const Source& source, const SourceColumn& column, uint64_t first, uint32_t rows) {
  const uint32_t width = column.array.layout.width;
  if (column.by != 1 || column.is_local || width > 8) return false;
  if (column.times > (width < 8 ? INT32_MAX : INT64_MAX)) return false;
  const Bounds<i128> bounds = bounds_of(column.array, first, rows);
  if (bounds.low > bounds.high) return true;
  // A number without a sign that needs its highest bit would be read as a negative one.
  if (bounds.high > (i128{1} << (8 * width - 1)) - 1) return false;
  return bounds.low * column.times >= source.low && bounds.high * column.times <= source.high;
}

// By kind of the field: texts and members are codes, which no array holds.
bool can_view(const Source& source, uint64_t first, uint32_t rows) {
  if (source.columns.size() != 1 || source.columns[0].is_text) return false;
  const SourceColumn& column = source.columns[0];
  if (column.array.layout.kind == Kind::nothing || source.reader.field.kind == record::FieldKind::text) return false;
  if (source.missing_is_trouble && column.array.validity != nullptr) return false;
  return column.array.layout.kind == Kind::boolean || numbers_fit(source, column, first, rows);
}

// What a null of a host's column is to the evaluator.
State declared_absence(const record::Field& field) {
  if (field.absence != State::given) return field.absence;
  return field.may_be_unknown ? State::unknown : State::given;
}

evaluate::ColumnView view_of(const Source& source, uint64_t first, uint32_t rows, ColumnMemory& memory) {
  const SourceColumn& column = source.columns[0];
  const Array& array = column.array;
  const uint64_t at = first + static_cast<uint64_t>(array.offset);
  evaluate::ColumnView view;
  view.unit = static_cast<int64_t>(column.times);
  view.width = array.layout.kind == Kind::boolean ? 0 : array.layout.width;
  view.values = array.values;
  view.offset = static_cast<int64_t>(at);
  if (array.validity == nullptr) return view;
  if (source.missing.state == declared_absence(source.reader.field)) {
    view.validity = array.validity;
    return view;
  }
  // A mapping says that a null is something else: its state stands beside each row.
  const uint64_t within = at % 8;
  view.values = static_cast<const uint8_t*>(array.values) + (view.width == 0 ? at / 8 : (at - within) * view.width);
  view.offset = static_cast<int64_t>(within);
  memory.states.assign(within + rows, code(State::given));
  for (uint32_t i = 0; i < rows; ++i) {
    if (!bit_at(array.validity, at + i)) memory.states[within + i] = code(source.missing.state);
  }
  view.states = memory.states.data();
  return view;
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
  if (can_view(source, first, rows)) return view_of(source, first, rows, memory);
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
