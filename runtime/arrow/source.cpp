#include "arrow/source.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "arrow/conversion.h"
#include "value/civil.h"
#include "value/zone.h"

namespace writ::arrow {

namespace {

using record::Cell;
using record::Field;
using record::FieldKind;
using record::Finding;
using record::Problem;
using value::i128;

bool add_column(const Table& table, const std::string& name, const Field& field, const record::FieldSource& from, const Times& times, Source& out,
                Finding& failure) {
  uint32_t count = 0;
  const int64_t place = find_column(*table.schema, name, from.occurrence, count);
  if (place < 0) {
    failure.problem = Problem::missing_column;
    failure.field = name;
    for (int64_t i = 0; i < table.schema->n_children; ++i) {
      const char* other = table.schema->children[i]->name;
      if (other != nullptr) failure.candidates.emplace_back(other);
    }
    return false;
  }
  if (count > 1 && from.occurrence == 1) return record::refuse_table(failure, name, "the table has " + std::to_string(count) + " columns of this name");
  SourceColumn& column = out.columns.emplace_back();
  column.place = static_cast<uint32_t>(place + 1);
  column.name = name;
  std::string reason;
  const bool usable = check_column(table, place, column.array, reason) && choose_conversion(field, from, times, column, reason);
  return usable || record::refuse_table(failure, name, reason);
}

// What the kind of the field can hold, whatever was declared; files cannot say anything beyond it.
void set_limits(const Field& field, Source& out) {
  if (field.kind == FieldKind::date) {
    out.low = value::first_date;
    out.high = value::last_date;
  }
  if (field.kind == FieldKind::instant) {
    out.low = value::first_date * value::us_per_day;
    out.high = (value::last_date + int64_t{1}) * value::us_per_day - 1;
  }
  if (field.kind == FieldKind::time) {
    out.low = 0;
    out.high = value::us_per_day / value::us_per_minute;
  }
  if (!field.has_range) return;
  out.low = static_cast<int64_t>(std::max<i128>(out.low, field.low));
  out.high = static_cast<int64_t>(std::min<i128>(out.high, field.high));
}

template <class T>
T load(const Array& array, uint64_t row) {
  T number;
  std::memcpy(&number, static_cast<const char*>(array.values) + (row + static_cast<uint64_t>(array.offset)) * sizeof number, sizeof number);
  return number;
}

Problem wrong_kind(FieldKind kind) {
  switch (kind) {
    case FieldKind::date: return Problem::not_a_date;
    case FieldKind::time: return Problem::not_a_time;
    case FieldKind::instant: return Problem::not_an_instant;
    case FieldKind::boolean:
    case FieldKind::number:
    case FieldKind::money:
    case FieldKind::duration:
    case FieldKind::enumeration:
    case FieldKind::text:
    case FieldKind::unreadable: break;
  }
  return Problem::too_large;
}

bool read_number(const Source& source, const SourceColumn& column, std::span<const value::Zone> zones, uint64_t row, Cell& cell, Finding& trouble) {
  const Field& field = source.reader.field;
  const i128 number = number_at(column.array, row);
  const auto wrong = [&](Problem problem, std::string detail) {
    trouble.problem = problem;
    trouble.text = value::to_text(number, std::max(column.array.layout.scale, 0));
    trouble.detail = std::move(detail);
    return false;
  };
  if (number % column.by != 0) return wrong(Problem::too_precise, "it would have to be rounded");
  i128 whole = 0;
  if (value::mul_overflows(number / column.by, column.times, whole)) return wrong(Problem::too_large, {});
  if (column.is_local && whole >= source.low - value::us_per_day && whole <= source.high + value::us_per_day) {
    whole = value::to_utc(zones[source.reader.source.zone], static_cast<value::Local>(whole));
  }
  if (whole < INT64_MIN || whole > INT64_MAX) return wrong(Problem::too_large, {});
  if (whole < source.low || whole > source.high) {
    const bool declared = field.has_range && (whole < field.low || whole > field.high);
    if (!declared) return wrong(wrong_kind(field.kind), "it is beyond what can be told");
    return wrong(Problem::out_of_declared_range, record::shown_bound(field, field.low) + " to " + record::shown_bound(field, field.high));
  }
  cell.value = static_cast<int64_t>(whole);
  return true;
}

bool read_text(Source& source, std::span<const value::Zone> zones, std::string_view text, Cell& cell, Finding& trouble) {
  return record::read_cell(source.reader, zones, text, cell, trouble);
}

// Each entry of a dictionary is read once.
bool read_entry(Source& source, SourceColumn& column, std::span<const value::Zone> zones, uint64_t row, Cell& cell, Finding& trouble) {
  const Array& texts = column.array.dictionary[0];
  const uint64_t index = static_cast<uint64_t>(number_at(column.array, row));
  Entry& entry = column.entries[index];
  if (entry.is == Entry::Is::unread) {
    const std::string_view text = is_given(texts, index) ? text_at(texts, index) : std::string_view();
    entry.is = read_text(source, zones, text, entry.cell, entry.trouble) ? Entry::Is::read : Entry::Is::trouble;
  }
  if (entry.is == Entry::Is::read)
    cell = entry.cell;
  else
    trouble = entry.trouble;
  return entry.is == Entry::Is::read;
}

std::string_view text_in(const SourceColumn& column, uint64_t row) {
  if (column.array.dictionary.empty()) return text_at(column.array, row);
  const Array& texts = column.array.dictionary[0];
  const uint64_t index = static_cast<uint64_t>(number_at(column.array, row));
  return is_given(texts, index) ? text_at(texts, index) : std::string_view();
}

bool holds(const Source& source, const SourceColumn& column, uint64_t row) {
  if (!is_given(column.array, row)) return false;
  return !column.is_text || !record::is_absent_cell(source.reader, text_in(column, row));
}

// The first column that holds something; when none does, the first says what kind of nothing it is.
SourceColumn& column_for(Source& source, uint64_t row) {
  if (source.columns.size() == 1) return source.columns[0];
  const auto found = std::find_if(source.columns.begin(), source.columns.end(), [&](const SourceColumn& column) { return holds(source, column, row); });
  return found == source.columns.end() ? source.columns[0] : *found;
}

bool read_given(Source& source, SourceColumn& column, std::span<const value::Zone> zones, uint64_t row, Cell& cell, Finding& trouble) {
  if (!column.array.dictionary.empty()) return read_entry(source, column, zones, row, cell, trouble);
  if (column.is_text) return read_text(source, zones, text_at(column.array, row), cell, trouble);
  cell = {};
  if (column.array.layout.kind == Kind::boolean) {
    cell.value = bit_at(static_cast<const uint8_t*>(column.array.values), row + static_cast<uint64_t>(column.array.offset)) ? 1 : 0;
    return true;
  }
  if (source.reader.field.kind != FieldKind::text) return read_number(source, column, zones, row, cell, trouble);
  source.storage = value::to_text(number_at(column.array, row), 0);
  cell.text = source.storage;
  return true;
}

}  // namespace

i128 number_at(const Array& array, uint64_t row) {
  const bool natural = array.layout.kind == Kind::natural;
  switch (array.layout.width) {
    case 1: return natural ? i128{load<uint8_t>(array, row)} : load<int8_t>(array, row);
    case 2: return natural ? i128{load<uint16_t>(array, row)} : load<int16_t>(array, row);
    case 4: return natural ? i128{load<uint32_t>(array, row)} : load<int32_t>(array, row);
    case 8: return natural ? i128{load<uint64_t>(array, row)} : load<int64_t>(array, row);
    case 16: return load<i128>(array, row);
    default: break;
  }
  assert(false);
  return 0;
}

bool make_source(const Table& table, const Field& field, const record::FieldSource& from, const Times& times, Source& out, Finding& failure) {
  out.reader = record::make_cell_reader(field, from);
  set_limits(field, out);
  if (from.is_constant) return true;
  for (const std::string& name : from.columns) {
    if (!add_column(table, name, field, from, times, out, failure)) return false;
  }
  out.missing_is_trouble = !record::read_cell(out.reader, {}, {}, out.missing, out.missing_trouble);
  return true;
}

bool read_at(Source& source, std::span<const value::Zone> zones, uint64_t row, Cell& cell, Finding& trouble) {
  if (source.columns.empty()) {
    cell = record::constant_cell(source.reader);
    return true;
  }
  SourceColumn& column = column_for(source, row);
  if (is_given(column.array, row)) {
    if (read_given(source, column, zones, row, cell, trouble)) return true;
  } else if (!source.missing_is_trouble) {
    cell = source.missing;
    return true;
  } else {
    trouble = source.missing_trouble;
  }
  trouble.field = source.reader.field.name;
  trouble.column = column.place;
  trouble.column_name = column.name;
  return false;
}

}  // namespace writ::arrow
