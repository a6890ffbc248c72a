// An Arrow array after it was looked at: what the rest of this folder may believe.
#pragma once
#include <writ/arrow.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace writ::arrow {

enum class Kind : uint8_t {
  nothing,  // of the null type
  boolean,
  integer,
  natural,  // unsigned
  decimal,
  date,
  time,
  timestamp,  // of a known zone: since 1970 in UTC
  local,      // a timestamp without a zone
  duration,
  text,
  text_views,
  list,
  structure,
};

struct Layout {
  Kind kind = Kind::nothing;
  uint32_t width = 0;      // bytes of a number; of an offset where there are offsets
  int scale = 0;           // decimals
  int64_t per_second = 0;  // date: 0 is one a day; else steps a second
};

// What a format string says. False with the reason: a type that no field is read from.
bool read_format(const char* format, Layout& out, std::string& reason);

struct Array {
  Layout layout;                        // of the indices where there is a dictionary
  int64_t offset = 0;                   // to be added to a row
  uint64_t length = 0;                  // rows after the offset
  const uint8_t* validity = nullptr;    // bits; null: all are given
  const void* values = nullptr;         // numbers, bits, views
  const void* offsets = nullptr;        // text and lists
  const char* bytes = nullptr;          // text
  const void* const* pieces = nullptr;  // of text_views
  const int64_t* piece_sizes = nullptr;
  std::vector<Array> dictionary;  // none or one
  std::vector<Array> children;    // list: one; structure: those that were asked for
};

// Looks at one array that is no structure. `length`: rows that must be there, after `skip` ones. Texts and indices are looked at one by one,
// so that text_at and index_at need not.
bool check_array(const ArrowSchema* schema, const ArrowArray* array, uint64_t skip, uint64_t length, Array& out, std::string& reason);

// A structure and which of its columns have which name; the columns are not yet looked at.
struct Table {
  const ArrowSchema* schema = nullptr;
  const ArrowArray* array = nullptr;
  int64_t offset = 0;
  uint64_t rows = 0;
};
bool check_table(const ArrowSchema* schema, const ArrowArray* array, Table& out, std::string& reason);
bool check_table_schema(const ArrowSchema* schema, std::string& reason);
// The place of a column, -1: there is none. `count`: how many have the name.
int64_t find_column(const ArrowSchema& schema, std::string_view name, uint32_t occurrence, uint32_t& count);
bool check_column(const Table& table, int64_t column, Array& out, std::string& reason);

inline bool bit_at(const uint8_t* bits, uint64_t i) { return (bits[i / 8] >> (i % 8) & 1) != 0; }
inline bool is_given(const Array& array, uint64_t row) {
  return array.layout.kind != Kind::nothing && (array.validity == nullptr || bit_at(array.validity, row + static_cast<uint64_t>(array.offset)));
}
std::string_view text_at(const Array& array, uint64_t row);
// Rows of the list's child.
struct Range {
  uint64_t begin = 0, end = 0;
};
Range list_at(const Array& array, uint64_t row);

}  // namespace writ::arrow
