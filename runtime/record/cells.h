// One cell of text becomes one value of a field.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "record/problems.h"
#include "record/schema.h"
#include "record/texts.h"

namespace writ::record {

struct Cell {
  value::State state = value::State::given;  // given, not_yet, none or unknown
  int64_t value = 0;                         // as Column::values; texts: 0
  std::string_view text;                     // text fields: looks into the row or into the reader
};

// A field and its source, made ready. Spellings are looked up first: absences, codes, names of members, true and false.
struct CellReader {
  struct Meaning {
    value::State state = value::State::given;
    int64_t value = 0;
    std::string text;
  };
  Field field;
  FieldSource source;
  Texts spellings;
  std::vector<Meaning> meanings;  // by spelling
  struct Marks {
    uint32_t size = 0;
    char first = 0, last = 0;
  };
  std::vector<Marks> marks;     // by spelling, where there are few: these are looked through without a hash
  bool only_spellings = false;  // no other text is read
  struct LastDate {
    char text[10] = {};  // "2026-03-02"; none before the first
    value::Date date = 0;
  };
  LastDate last_date;
  value::ZonePeriod zone_period{0, 0, 0};  // of the local time read last: the next one is mostly of the same half-year
};
CellReader make_cell_reader(const Field& field, const FieldSource& source);

// Whether the cell stands for an absence, so that another column may be asked.
bool is_absent_cell(const CellReader& reader, std::string_view text);
// False: `trouble` says what is wrong (problem, field, text, detail).
bool read_cell(CellReader& reader, std::span<const value::Zone> zones, std::string_view text, Cell& cell, Finding& trouble);
// An end of a field's range as a person reads it.
std::string shown_bound(const Field& field, value::i128 bound);
// The cell of a constant.
Cell constant_cell(const CellReader& reader);

}  // namespace writ::record
