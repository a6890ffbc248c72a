#include "arrow/out.h"

#include <cassert>

namespace writ::arrow {

namespace {

uint32_t width_of(const OutColumn& column) {
  if (!column.dictionary.empty()) return 4;
  switch (column.format[0]) {
    case 'i': return 4;
    case 'l': return 8;
    case 'd': return 16;
    case 't': return column.format == "tdD" || column.format == "tts" ? 4 : 8;
    default: break;
  }
  assert(false);
  return 0;
}

void set_bit(std::vector<uint8_t>& bits, int64_t row, bool bit) {
  bits.resize(static_cast<size_t>(row) / 8 + 1, 0);
  if (bit) bits[static_cast<size_t>(row) / 8] |= static_cast<uint8_t>(1u << (row % 8));
}

void count_row(OutColumn& column, bool given) {
  if (!given && column.validity.empty()) {
    for (int64_t row = 0; row < column.rows; ++row) set_bit(column.validity, row, true);
  }
  if (!given || !column.validity.empty()) set_bit(column.validity, column.rows, given);
  column.nulls += given ? 0 : 1;
  column.rows += 1;
}

void append(std::vector<std::byte>& to, const void* from, size_t size) {
  const size_t at = to.size();
  to.resize(at + size);
  std::memcpy(to.data() + at, from, size);
}

void put_bit(OutColumn& column, bool bit) {
  const size_t byte = static_cast<size_t>(column.rows) / 8;
  column.values.resize(byte + 1);
  if (bit) column.values[byte] |= static_cast<std::byte>(1u << (column.rows % 8));
}

void end_text(OutColumn& column) {
  const int64_t end = static_cast<int64_t>(column.bytes.size());
  append(column.values, &end, sizeof end);
}

}  // namespace

OutColumn make_column(std::string name, std::string format) {
  OutColumn column;
  column.name = std::move(name);
  column.format = std::move(format);
  if (column.format == "U") end_text(column);
  return column;
}

OutColumn make_dictionary(std::string name, const std::vector<std::string>& members) {
  OutColumn column = make_column(std::move(name), "i");
  OutColumn& texts = column.dictionary.emplace_back(make_column("", "U"));
  for (const std::string& member : members) add_text(texts, member);
  return column;
}

OutColumn make_structure(std::string name, std::vector<OutColumn> children) {
  OutColumn column = make_column(std::move(name), "+s");
  column.children = std::move(children);
  return column;
}

void add_null(OutColumn& column) {
  if (column.format == "+s") {
    for (OutColumn& child : column.children) add_null(child);
  } else if (column.format == "b") {
    put_bit(column, false);
  } else if (column.format == "U") {
    end_text(column);
  } else {
    column.values.resize(column.values.size() + width_of(column));
  }
  count_row(column, false);
}

void add_bit(OutColumn& column, bool bit) {
  assert(column.format == "b");
  put_bit(column, bit);
  count_row(column, true);
}

void add_text(OutColumn& column, std::string_view text) {
  assert(column.format == "U");
  column.bytes.insert(column.bytes.end(), text.begin(), text.end());
  end_text(column);
  count_row(column, true);
}

void add_row_of_structure(OutColumn& column) { count_row(column, true); }

void add_bytes(OutColumn& column, const void* number, size_t size) {
  assert(size == width_of(column));
  append(column.values, number, size);
  count_row(column, true);
}

std::string decimal_format(int scale) { return "d:38," + std::to_string(scale); }
std::string timestamp_format(const std::string& zone) { return "tsu:" + zone; }

}  // namespace writ::arrow
