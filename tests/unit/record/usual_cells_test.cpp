// Cells as most files write them against the general way: what is read quickly is read to the same value, and most cells are.
#include <doctest/doctest.h>

#include <cstdio>
#include <random>

#include "record/cells_parse.h"
#include "record/csv_scan.h"
#include "record/usual_cells.h"
#include "unit/record/support.h"

namespace writ::record::test {

using namespace std::string_literals;

namespace {

// A cell in the middle of others, as in a file.
struct Placed {
  std::string bytes;
  size_t size;
  explicit Placed(const std::string& cell, char around = ',') : bytes(cell + std::string(64, around)), size(cell.size()) {}
  const char* at() const { return bytes.data(); }
};

Field field_of(FieldKind kind, int scale = 0) {
  Field field;
  field.name = "f";
  field.kind = kind;
  field.scale = scale;
  return field;
}

bool read(CellReader& reader, const std::string& text, Cell& cell) {
  const std::vector<value::Zone> zones = {value::utc_zone()};
  Finding trouble;
  return read_cell(reader, zones, text, cell, trouble);
}

// One byte changed, left out or put in, here and there.
std::string mutated(std::string text, std::mt19937& random) {
  const std::string bytes = "0019.-+:TZ /eE,\xC3x\0"s.append(1, '\0');
  for (unsigned n = random() % 3; n > 0; --n) {
    const size_t at = random() % (text.size() + 1);
    const char byte = bytes[random() % bytes.size()];
    switch (random() % 3) {
      case 0: text.insert(at, 1, byte); break;
      case 1:
        if (at < text.size()) text[at] = byte;
        break;
      case 2:
        if (at < text.size()) text.erase(at, 1);
        break;
    }
  }
  return text;
}

std::string digits(std::mt19937& random, size_t count) {
  std::string out;
  for (size_t i = 0; i < count; ++i) out += static_cast<char>('0' + random() % 10);
  return out;
}

}  // namespace

TEST_CASE("numbers: of every length, with a point anywhere, and mutated") {
  std::mt19937 random(20260302);
  size_t tried = 0, quick = 0;
  for (int scale = 0; scale <= 6; ++scale) {
    CellReader reader = make_cell_reader(field_of(FieldKind::number, scale), {});
    for (int i = 0; i < 40'000; ++i) {
      std::string text = digits(random, random() % 18);
      if (random() % 2 == 0) text.insert(random() % (text.size() + 1), 1, '.');
      if (scale > 0 && random() % 2 == 0) text = digits(random, 1 + random() % 9) + '.' + digits(random, static_cast<size_t>(scale));
      if (random() % 4 == 0) text.insert(0, 1, '-');
      if (i % 4 == 0) text = mutated(text, random);
      if (text.empty()) continue;
      const Placed placed(text, i % 3 == 0 ? '7' : i % 3 == 1 ? ',' : '.');
      int64_t number = 0;
      ++tried;
      if (!usual_number(placed.at(), placed.size, scale, number)) continue;
      ++quick;
      Cell cell;
      CAPTURE(text);
      CAPTURE(scale);
      REQUIRE(read(reader, text, cell));
      REQUIRE(cell.value == number);
    }
  }
  CHECK(quick * 2 > tried);
}

TEST_CASE("every date of the calendar, and days that are none") {
  for (int year = 0; year <= 9999; ++year) {
    for (int month = 0; month <= 13; ++month) {
      for (int day : {0, 1, 2, 15, 27, 28, 29, 30, 31, 32}) {
        char text[32];
        std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
        const Placed placed(text, '1');
        value::Date quick = 0;
        const value::Parsed<value::Date> parsed = value::parse_date(text);
        if (usual_date(placed.at(), placed.size, quick) == parsed.ok() && (!parsed.ok() || parsed.value == quick)) continue;
        CAPTURE(text);
        REQUIRE(parsed.ok());
        REQUIRE(parsed.value == quick);
      }
    }
  }
}

TEST_CASE("instants, and mutated ones") {
  std::mt19937 random(20260303);
  CellReader reader = make_cell_reader(field_of(FieldKind::instant), {});
  size_t quick = 0;
  constexpr int tries = 300'000;
  for (int i = 0; i < tries; ++i) {
    const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    char full[48];
    std::snprintf(full, sizeof full, "%04u-%02u-%02u%c%02u:%02u:%02u", 1 + below(9999), below(14), below(33), below(4) == 0 ? ' ' : 'T', below(25), below(61),
                  below(61));
    std::string text = full;
    if (i % 3 == 0) text.resize(16);
    if (i % 2 == 0) text += 'Z';
    if (i % 5 == 0) text = mutated(text, random);
    if (text.empty()) continue;
    const Placed placed(text, i % 2 == 0 ? '0' : 'Z');
    value::Local local = 0;
    bool utc = false;
    if (!usual_local(placed.at(), placed.size, local, utc)) continue;
    ++quick;
    Cell cell;
    CAPTURE(text);
    REQUIRE(read(reader, text, cell));
    REQUIRE(cell.value == local);
  }
  CHECK(quick > tries / 2);
}

TEST_CASE("spellings are found, and nothing else is") {
  std::mt19937 random(20260304);
  for (int round = 0; round < 400; ++round) {
    Field field = field_of(FieldKind::enumeration);
    const size_t members = 1 + random() % (round % 8 == 0 ? 200 : 12);
    for (size_t i = 0; i < members; ++i) {
      std::string name(1 + random() % 20, 'a');
      for (char& c : name) c = static_cast<char>('a' + random() % (round % 2 == 0 ? 2 : 26));
      field.members.push_back(name);
    }
    CellReader reader = make_cell_reader(field, {});
    const UsualSpellings spellings = make_usual_spellings(reader);
    size_t longest = 0, short_ones = 0;
    for (const std::string& member : field.members) {
      longest = std::max(longest, member.size());
      short_ones += member.size() <= most_usual_bytes;
    }
    CHECK(spellings.complete == (longest <= most_usual_bytes));
    REQUIRE((spellings.entries.empty()) == (short_ones == 0));
    if (spellings.entries.empty()) continue;
    for (size_t i = 0; i < 4 * members + 4; ++i) {
      std::string text = field.members[random() % members];
      if (i % 2 == 0) text = mutated(text, random);
      const Placed placed(text, 'a');
      const UsualSpellings::Entry* found = find_usual(spellings, placed.at(), placed.size);
      Cell cell;
      const bool known = read(reader, text, cell);
      CAPTURE(text);
      REQUIRE((found != nullptr) == (known && text.size() <= most_usual_bytes));
      if (found != nullptr) REQUIRE(found->value == cell.value);
    }
  }
}

TEST_CASE("the places of special bytes") {
  std::mt19937 random(20260305);
  std::vector<uint32_t> places;
  for (int round = 0; round < 2'000; ++round) {
    const size_t size = 1 + random() % 400;
    std::string bytes(size + 64, 'x');
    for (char& c : bytes) {
      if (random() % (1 + static_cast<unsigned>(round) % 9) == 0) c = ";\"\n\r"s.append(1, '\0')[random() % 5];
    }
    const size_t count = special_places(bytes.data(), size, ';', places);
    std::vector<uint32_t> expected;
    for (size_t i = 0; i < size; ++i) {
      if (bytes[i] != 'x') expected.push_back(static_cast<uint32_t>(i));
    }
    REQUIRE(count == expected.size());
    REQUIRE(std::equal(expected.begin(), expected.end(), places.begin()));
    REQUIRE(places[count] == size);
  }
}

}  // namespace writ::record::test
