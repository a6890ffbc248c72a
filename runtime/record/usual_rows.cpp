#include "record/usual_rows.h"

#include <algorithm>
#include <limits>

#include "record/cells_parse.h"
#include "record/csv_scan.h"
#include "record/utf8.h"

namespace writ::record {

namespace {

using Kind = UsualField::Kind;

Kind usual_kind(const CellReader& reader) {
  const Field& field = reader.field;
  const Form form = reader.source.form;
  if (reader.only_spellings) return field.kind == FieldKind::text ? Kind::general : Kind::spelled;
  switch (field.kind) {
    case FieldKind::number:
    case FieldKind::money:
      if (form != Form::standard) return Kind::general;
      if (field.percent) return field.scale >= 2 && field.scale <= 8 ? Kind::percentage : Kind::general;
      return field.scale >= 0 && field.scale <= 6 ? Kind::number : Kind::general;
    case FieldKind::date: return form == Form::standard ? Kind::date : Kind::general;
    case FieldKind::instant: return form == Form::standard ? Kind::instant : Kind::general;
    case FieldKind::text: return Kind::text;
    case FieldKind::boolean:
    case FieldKind::time:
    case FieldKind::duration:
    case FieldKind::enumeration:
    case FieldKind::unreadable: break;
  }
  return Kind::general;
}

UsualField usual_field(const CellReader& reader) {
  UsualField out;
  const Field& field = reader.field;
  out.kind = usual_kind(reader);
  out.looks_up = !reader.meanings.empty();
  if (out.looks_up && out.kind != Kind::general) {
    out.spellings = make_usual_spellings(reader);
    // What is not among the short spellings may still be a long one, which only the general way knows.
    if (out.spellings.entries.empty() || (out.kind != Kind::spelled && !out.spellings.complete)) out.kind = Kind::general;
  }
  const bool may_be_absent = field.absence != value::State::given;
  out.reads_empty = may_be_absent != field.may_be_unknown;
  out.when_empty = may_be_absent ? field.absence : value::State::unknown;
  out.scale = out.kind == Kind::percentage ? field.scale - 2 : field.scale;
  if (field.has_range) {
    using limits = std::numeric_limits<int64_t>;
    // Values are numbers of 64 bits: a range that holds none of them takes nothing.
    if (field.low > limits::max() || field.high < limits::min()) {
      out.kind = Kind::general;
    } else {
      out.low = static_cast<int64_t>(std::max<value::i128>(field.low, limits::min()));
      out.high = static_cast<int64_t>(std::min<value::i128>(field.high, limits::max()));
    }
  }
  return out;
}

}  // namespace

UsualRows make_usual_rows(const RowFields& fields, const RecordSchema& schema, const RowReader& reader, char separator) {
  UsualRows out;
  if (!usual_cells_can_be_read || reader.header.empty()) return out;
  out.separator = separator;
  out.columns = static_cast<uint32_t>(reader.header.size());
  out.begins.resize(out.columns);
  out.ends.resize(out.columns);
  for (uint32_t column : reader.columns) out.places.push_back(column - 1);
  out.texts.resize(schema.fields.size());
  const auto add = [&](uint32_t i) {
    const RowFields::Source& source = fields.sources[i];
    UsualField& field = out.fields.emplace_back(usual_field(source.reader));
    field.field = i;
    if (source.wanted.empty()) {
      field.kind = Kind::constant;
    } else if (source.wanted.size() > 1) {
      field.kind = Kind::several;
    } else {
      field.place = out.places[source.wanted[0]];
    }
  };
  if (schema.key) add(*schema.key);
  for (uint32_t i = 0; i < schema.fields.size(); ++i) {
    if (schema.key != i) add(i);
    if (schema.fields[i].kind == FieldKind::text) out.text_fields.push_back(i);
  }
  return out;
}

namespace {

// The end of a quoted cell that begins at the special byte taken last: its closing quote, which the end of the cell follows. 0: not so.
uint32_t closing_quote(UsualRows& rows, const char* data, uint32_t shift) {
  for (;;) {
    const uint32_t place = rows.specials[rows.next++];
    if (place == rows.piece_size) return 0;
    const char c = data[place - shift];
    if (c == '\n') ++rows.line_ends;
    if (c == '\0') return 0;
    if (c == '"') return rows.specials[rows.next] == place + 1 && place + 1 != rows.piece_size ? place : 0;
  }
}

// Cells from the special byte rows.next on; the row begins at `begin`. Offsets are those of the piece, of which `shift` bytes lie before `data`.
bool find_cells(UsualRows& rows, const char* data, uint32_t shift) {
  uint32_t begin = shift;
  for (uint32_t column = 0;; ++column) {
    uint32_t place = rows.specials[rows.next++];
    if (place == rows.piece_size) return false;
    char c = data[place - shift];
    rows.begins[column] = begin - shift;
    rows.ends[column] = place - shift;
    if (c == '"' && place == begin) {
      place = closing_quote(rows, data, shift);
      if (place == 0) return false;
      rows.begins[column] = begin + 1 - shift;
      rows.ends[column] = place - shift;
      place = rows.specials[rows.next++];
      c = data[place - shift];
    }
    begin = place + 1;
    if (column + 1 < rows.columns) {
      if (c != rows.separator) return false;
      continue;
    }
    if (c == '\r' && rows.specials[rows.next] == begin && begin != rows.piece_size) {
      c = data[begin - shift];
      if (c != '\n') return false;
      ++rows.next;
      ++begin;
    }
    if (c != '\n') return false;
    ++rows.line_ends;
    rows.size = begin - shift;
    return true;
  }
}

}  // namespace

bool find_usual_row(UsualRows& rows, const Ahead& ahead) {
  constexpr size_t most_of_piece = 16 << 10;  // so that it, its special bytes and the columns stay in the first cache
  rows.data = ahead.data;
  for (;;) {
    const bool known = ahead.offset >= rows.piece && ahead.offset - rows.piece < rows.piece_size;
    if (!known) {
      rows.piece = ahead.offset;
      rows.piece_size = static_cast<uint32_t>(std::min(ahead.size, most_of_piece));
      special_places(ahead.data, rows.piece_size, rows.separator, rows.specials);
      rows.next = 0;
    }
    const auto shift = static_cast<uint32_t>(ahead.offset - rows.piece);
    while (rows.specials[rows.next] < shift) ++rows.next;
    rows.line_ends = 0;
    const size_t before = rows.next;
    if (find_cells(rows, ahead.data, shift)) return true;
    // A row that the piece cuts off is whole at the beginning of the next one.
    const bool at_end = rows.specials[rows.next - 1] == rows.piece_size || rows.specials[rows.next] == rows.piece_size;
    rows.next = before;
    if (!at_end || shift == 0 || ahead.size == rows.piece_size - shift) return false;
    rows.piece_size = 0;
  }
}

namespace {

// The value of a cell that is no spelling and not empty. False: not usual.
bool read_value(const UsualField& field, CellReader& reader, std::span<const value::Zone> zones, const char* at, size_t size, int64_t& out) {
  switch (field.kind) {
    case Kind::number: return usual_number(at, size, field.scale, out);
    case Kind::percentage: return at[size - 1] == '%' && size > 1 && usual_number(at, size - 1, field.scale, out);
    case Kind::date: {
      value::Date date = 0;
      if (!usual_date(at, size, date)) return false;
      out = date;
      return true;
    }
    case Kind::instant: {
      bool utc = false;
      if (!usual_local(at, size, out, utc)) return false;
      if (!utc) out = utc_of(reader, zones[reader.source.zone], out);
      return true;
    }
    case Kind::general:
    case Kind::spelled:
    case Kind::text:
    case Kind::several:
    case Kind::constant: break;
  }
  return false;
}

std::string_view text_at(const UsualRows& rows, uint32_t place) { return {rows.data + rows.begins[place], rows.ends[place] - rows.begins[place]}; }

// One field the general way, from the cells that were found.
bool read_generally(const UsualRows& rows, const UsualField& field, RowFields& fields, std::span<const value::Zone> zones, Cell& cell) {
  RowFields::Source& source = fields.sources[field.field];
  if (field.kind == Kind::constant) {
    cell = constant_cell(source.reader);
    return true;
  }
  Finding trouble;
  if (field.kind != Kind::several) return read_cell(source.reader, zones, text_at(rows, field.place), cell, trouble);
  const auto holds = [&](uint32_t wanted) { return !is_absent_cell(source.reader, text_at(rows, rows.places[wanted])); };
  const auto found = std::find_if(source.wanted.begin(), source.wanted.end(), holds);
  return read_cell(source.reader, zones, text_at(rows, rows.places[found == source.wanted.end() ? source.wanted[0] : *found]), cell, trouble);
}

void put(Column& column, size_t row, size_t room, value::State state, int64_t value) {
  column.values[row] = value;
  if (state != value::State::given && column.states.empty()) column.states.assign(room, value::State::given);
  if (!column.states.empty()) column.states[row] = state;
}

}  // namespace

bool read_usual_fields(UsualRows& rows, size_t first, size_t last, RowFields& fields, std::span<const value::Zone> zones, std::vector<Column>& columns,
                       size_t row, size_t room) {
  for (size_t i = first; i < last; ++i) {
    const UsualField& field = rows.fields[i];
    CellReader& reader = fields.sources[field.field].reader;
    const char* at = rows.data + rows.begins[field.place];
    const size_t size = rows.ends[field.place] - rows.begins[field.place];
    Cell cell;
    bool read = false;
    if (field.kind < Kind::several && field.kind != Kind::general) {
      const UsualSpellings::Entry* spelling = field.looks_up ? find_usual(field.spellings, at, size) : nullptr;
      if (spelling != nullptr) {
        cell.state = spelling->state;
        cell.value = spelling->value;
        read = true;
      } else if (size == 0) {
        cell.state = field.when_empty;
        read = field.reads_empty;
      } else if (field.kind == Kind::text) {
        cell.text = {at, size};
        read = is_utf8(cell.text);  // a zero byte is in no row that was found
      } else {
        read = read_value(field, reader, zones, at, size, cell.value) && cell.value >= field.low && cell.value <= field.high;
      }
    }
    if (!read && !read_generally(rows, field, fields, zones, cell)) return false;
    if (reader.field.kind == FieldKind::text) {
      rows.texts[field.field] = cell;
    } else {
      put(columns[field.field], row, room, cell.state, cell.value);
    }
  }
  return true;
}

}  // namespace writ::record
