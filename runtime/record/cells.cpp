#include "record/cells.h"

#include <algorithm>

#include "record/cells_parse.h"
#include "record/utf8.h"

namespace writ::record {

namespace {

void add_spelling(CellReader& reader, std::string_view text, CellReader::Meaning meaning) {
  // What a mapping says comes first: the first meaning of a spelling stays.
  if (number_of(reader.spellings, text) == reader.meanings.size()) reader.meanings.push_back(std::move(meaning));
}

// What tells most spellings apart at a glance.
CellReader::Marks marks_of(std::string_view text) {
  if (text.empty()) return {};
  return {static_cast<uint32_t>(text.size()), text.front(), text.back()};
}

uint32_t spelling_of(const CellReader& reader, std::string_view text) {
  if (reader.marks.empty()) return find(reader.spellings, text);
  const CellReader::Marks wanted = marks_of(text);
  for (uint32_t i = 0; i < reader.marks.size(); ++i) {
    const CellReader::Marks& marks = reader.marks[i];
    if (marks.size != wanted.size || marks.first != wanted.first || marks.last != wanted.last) continue;
    if (text_of(reader.spellings, i) == text) return i;
  }
  return nothing;
}

// An empty cell that no spelling explains.
bool read_empty(const Field& field, Cell& cell, Finding& trouble) {
  bool may_be_absent = field.absence != value::State::given;
  if (may_be_absent && field.may_be_unknown) {
    trouble.problem = Problem::ambiguous_empty;
    trouble.detail = field.absence == value::State::not_yet ? "not yet" : "none";
    return false;
  }
  if (!may_be_absent && !field.may_be_unknown) {
    trouble.problem = Problem::must_be_given;
    return false;
  }
  cell.state = may_be_absent ? field.absence : value::State::unknown;
  return true;
}

bool read_text(std::string_view text, Cell& cell, Finding& trouble) {
  if (!is_utf8(text))
    trouble.problem = Problem::not_utf8;
  else if (text.find('\0') != std::string_view::npos)
    trouble.problem = Problem::zero_byte;
  else
    cell.text = text;
  return trouble.problem == Problem::none;
}

Misread unknown_spelling(const CellReader& reader) {
  if (!reader.source.codes.empty()) {
    std::vector<std::string> known;
    for (const Code& code : reader.source.codes) known.push_back(code.text);
    return {Problem::unknown_code, "they are " + listed(known)};
  }
  if (reader.field.kind == FieldKind::boolean) return {Problem::not_a_truth, {}};
  std::vector<std::string> members = reader.field.members;
  std::erase(members, "");
  return {Problem::unknown_member, listed(members)};
}

Misread parse(CellReader& reader, std::span<const value::Zone> zones, std::string_view text, int64_t& out) {
  switch (reader.field.kind) {
    case FieldKind::number:
    case FieldKind::money: return parse_number(reader, text, out);
    case FieldKind::date: return parse_date_cell(reader, text, out);
    case FieldKind::time: return parse_time_cell(text, out);
    case FieldKind::instant: return parse_instant_cell(reader, zones, text, out);
    case FieldKind::duration: return parse_duration_cell(reader, text, out);
    case FieldKind::boolean:
    case FieldKind::enumeration:
    case FieldKind::text:
    case FieldKind::unreadable: break;
  }
  return unknown_spelling(reader);
}

}  // namespace

std::string shown_bound(const Field& field, value::i128 bound) {
  switch (field.kind) {
    case FieldKind::date: return value::format_date(static_cast<value::Date>(bound));
    case FieldKind::instant: return value::format_utc(static_cast<value::Instant>(bound));
    case FieldKind::boolean:
    case FieldKind::number:
    case FieldKind::money:
    case FieldKind::time:
    case FieldKind::duration:
    case FieldKind::enumeration:
    case FieldKind::text:
    case FieldKind::unreadable: break;
  }
  return value::to_text(bound, field.scale);
}

CellReader make_cell_reader(const Field& field, const FieldSource& source) {
  CellReader reader;
  reader.field = field;
  reader.source = source;
  for (const Spelling& s : source.absences) add_spelling(reader, s.text, {s.state, 0, {}});
  for (const Code& code : source.codes) add_spelling(reader, code.text, {value::State::given, code.value, code.as_text});
  reader.only_spellings = !source.codes.empty();
  if (!reader.only_spellings && field.kind == FieldKind::enumeration) {
    for (size_t i = 0; i < field.members.size(); ++i) {
      if (!field.members[i].empty()) add_spelling(reader, field.members[i], {value::State::given, static_cast<int64_t>(i), {}});
    }
    reader.only_spellings = true;
  }
  if (!reader.only_spellings && field.kind == FieldKind::boolean) {
    add_spelling(reader, "true", {value::State::given, 1, {}});
    add_spelling(reader, "false", {value::State::given, 0, {}});
    reader.only_spellings = true;
  }
  constexpr uint32_t few = 12;
  if (count(reader.spellings) <= few) {
    for (uint32_t i = 0; i < count(reader.spellings); ++i) reader.marks.push_back(marks_of(text_of(reader.spellings, i)));
  }
  return reader;
}

bool is_absent_cell(const CellReader& reader, std::string_view text) {
  if (!reader.meanings.empty()) {
    if (uint32_t found = spelling_of(reader, text); found != nothing) return reader.meanings[found].state != value::State::given;
  }
  return text.empty();
}

bool read_cell(CellReader& reader, std::span<const value::Zone> zones, std::string_view text, Cell& cell, Finding& trouble) {
  cell = {};
  const Field& field = reader.field;
  trouble.problem = Problem::none;
  bool read = true;
  if (!reader.meanings.empty()) {
    if (uint32_t found = spelling_of(reader, text); found != nothing) {
      const CellReader::Meaning& meaning = reader.meanings[found];
      cell = {meaning.state, meaning.value, meaning.text};
      return true;
    }
  }
  if (text.empty()) {
    read = read_empty(field, cell, trouble);
  } else if (field.kind == FieldKind::text && !reader.only_spellings) {
    read = read_text(text, cell, trouble);
  } else {
    Misread misread = reader.only_spellings ? unknown_spelling(reader) : parse(reader, zones, text, cell.value);
    if (misread.problem == Problem::none && field.has_range && (cell.value < field.low || cell.value > field.high)) {
      misread = {Problem::out_of_declared_range, shown_bound(field, field.low) + " to " + shown_bound(field, field.high)};
    }
    if (misread.problem != Problem::none) {
      trouble.problem = misread.problem;
      trouble.detail = std::move(misread.detail);
      read = false;
    }
  }
  if (read) return true;
  trouble.field = field.name;
  trouble.text = text;
  if (field.kind == FieldKind::enumeration) trouble.candidates = field.members;
  return false;
}

Cell constant_cell(const CellReader& reader) { return {reader.source.constant_state, reader.source.constant, reader.source.constant_text}; }

}  // namespace writ::record
