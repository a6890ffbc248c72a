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

UsualRows make_usual_rows(RowFields& fields, const RecordSchema& schema, const RowReader& reader, char separator) {
  UsualRows out;
  if (!usual_cells_can_be_read || reader.header.empty()) return out;
  out.separator = separator;
  out.columns = static_cast<uint32_t>(reader.header.size());
  out.cells.resize(out.columns);
  for (uint32_t column : reader.columns) out.places.push_back(column - 1);
  out.texts.resize(schema.fields.size());
  const auto add = [&](uint32_t i) {
    RowFields::Source& source = fields.sources[i];
    UsualField& field = out.fields.emplace_back(usual_field(source.reader));
    field.field = i;
    field.reader = &source.reader;
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

// Goes over the special bytes of a piece, of which `shift` bytes lie before `data`.
struct Walk {
  const uint32_t* special;
  const char* data;
  uint32_t shift, size;
  uint32_t line_ends = 0;

  char at(uint32_t place) const { return data[place - shift]; }
};

// The end of a quoted cell that begins at the special byte taken last: its closing quote, which the end of the cell follows. 0: not so.
uint32_t closing_quote(Walk& walk) {
  for (;;) {
    const uint32_t place = *walk.special++;
    if (place == walk.size) return 0;
    const char c = walk.at(place);
    if (c == '\n') ++walk.line_ends;
    if (c == '\0') return 0;
    if (c == '"') return *walk.special == place + 1 && place + 1 != walk.size ? place : 0;
  }
}

// The cells of the row that begins behind the special byte taken last. Gives the offset behind the row; 0: it is not usual, or not whole.
uint32_t find_cells(Walk& walk, char separator, UsualRows::Place* cells, uint32_t columns) {
  uint32_t begin = walk.shift;
  for (uint32_t column = 1;; ++column, ++cells) {
    uint32_t place = *walk.special++;
    if (place == walk.size) return 0;
    char c = walk.at(place);
    *cells = {begin - walk.shift, place - walk.shift};
    if (c == '"' && place == begin) {
      place = closing_quote(walk);
      if (place == 0) return 0;
      *cells = {begin + 1 - walk.shift, place - walk.shift};
      place = *walk.special++;
      c = walk.at(place);
    }
    begin = place + 1;
    if (column < columns) {
      if (c != separator) return 0;
      continue;
    }
    if (c == '\r' && *walk.special == begin && begin != walk.size) {
      ++walk.special;
      c = walk.at(begin++);
    }
    ++walk.line_ends;
    return c == '\n' ? begin - walk.shift : 0;
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
    Walk walk{rows.specials.data() + rows.next, ahead.data, shift, rows.piece_size};
    rows.size = find_cells(walk, rows.separator, rows.cells.data(), rows.columns);
    if (rows.size != 0) {
      rows.next = static_cast<size_t>(walk.special - rows.specials.data());
      rows.line_ends = walk.line_ends;
      return true;
    }
    // A row that the piece cuts off is whole at the beginning of the next one.
    const bool at_end = walk.special[-1] == rows.piece_size || walk.special[0] == rows.piece_size;
    if (!at_end || shift == 0 || ahead.size == rows.piece_size - shift) return false;
    rows.piece_size = 0;
  }
}

namespace {

std::string_view text_at(const UsualRows& rows, uint32_t place) {
  const UsualRows::Place& cell = rows.cells[place];
  return {rows.data + cell.begin, cell.end - cell.begin};
}

// One field the general way, from the cells that were found.
bool read_generally(const UsualRows& rows, const UsualField& field, RowFields& fields, std::span<const value::Zone> zones, Cell& cell) {
  if (field.kind == Kind::constant) {
    cell = constant_cell(*field.reader);
    return true;
  }
  uint32_t place = field.place;
  if (field.kind == Kind::several) {
    const std::vector<uint32_t>& wanted = fields.sources[field.field].wanted;
    const auto holds = [&](uint32_t column) { return !is_absent_cell(*field.reader, text_at(rows, rows.places[column])); };
    const auto found = std::find_if(wanted.begin(), wanted.end(), holds);
    place = rows.places[found == wanted.end() ? wanted[0] : *found];
  }
  Finding trouble;
  return read_cell(*field.reader, zones, text_at(rows, place), cell, trouble);
}

// The value of a cell that is no spelling and not empty. False: not usual.
bool read_value(const UsualField& field, std::span<const value::Zone> zones, const char* at, size_t size, Cell& cell) {
  switch (field.kind) {
    case Kind::number: return usual_number(at, size, field.scale, cell.value);
    case Kind::percentage: return at[size - 1] == '%' && size > 1 && usual_number(at, size - 1, field.scale, cell.value);
    case Kind::date: {
      value::Date date = 0;
      if (!usual_date(at, size, date)) return false;
      cell.value = date;
      return true;
    }
    case Kind::instant: {
      bool utc = false;
      if (!usual_local(at, size, cell.value, utc)) return false;
      if (!utc) cell.value = utc_of(*field.reader, zones[field.reader->source.zone], cell.value);
      return true;
    }
    case Kind::text: cell.text = {at, size}; return is_utf8(cell.text);  // a zero byte is in no row that was found
    case Kind::general:
    case Kind::spelled:
    case Kind::several:
    case Kind::constant: break;
  }
  return false;
}

// False: not usual.
bool read_usual_cell(const UsualField& field, std::span<const value::Zone> zones, const char* at, size_t size, Cell& cell) {
  if (field.looks_up) {
    if (const UsualSpellings::Entry* spelling = find_usual(field.spellings, at, size)) {
      cell.state = spelling->state;
      cell.value = spelling->value;
      return true;
    }
  }
  if (size == 0) {
    cell.state = field.when_empty;
    return field.reads_empty;
  }
  return read_value(field, zones, at, size, cell) && cell.value >= field.low && cell.value <= field.high;
}

}  // namespace

void aim_at(UsualRows& rows, std::vector<Column>& columns) {
  for (UsualField& field : rows.fields) {
    field.values = columns[field.field].values.data();
    field.states = columns[field.field].states.empty() ? nullptr : columns[field.field].states.data();
  }
}

bool read_usual_fields(UsualRows& rows, size_t first, size_t last, RowFields& fields, std::span<const value::Zone> zones, std::vector<Column>& columns,
                       size_t row, size_t room) {
  for (size_t i = first; i < last; ++i) {
    UsualField& field = rows.fields[i];
    const UsualRows::Place place = rows.cells[field.place];
    Cell cell;
    const bool usual = field.kind < Kind::several && field.kind != Kind::general;
    if (!(usual && read_usual_cell(field, zones, rows.data + place.begin, place.end - place.begin, cell))) {
      if (!read_generally(rows, field, fields, zones, cell)) return false;
    }
    field.values[row] = cell.value;
    if (cell.state != value::State::given && field.states == nullptr) {
      columns[field.field].states.assign(room, value::State::given);
      field.states = columns[field.field].states.data();
    }
    if (field.states != nullptr) field.states[row] = cell.state;
    if (field.reader->field.kind == FieldKind::text) rows.texts[field.field] = cell;
  }
  return true;
}

}  // namespace writ::record
