// Texts of cells as values: what is read, and what is refused with which reason.
#include <doctest/doctest.h>

#include <random>

#include "record/cells.h"
#include "unit/record/support.h"

namespace writ::record::test {

namespace {

Field field(FieldKind kind, int scale = 0) {
  Field out;
  out.name = "x";
  out.kind = kind;
  out.scale = scale;
  return out;
}

struct Result {
  Problem problem = Problem::none;
  Cell cell;
  std::string text;  // of the cell, which looks into the reader
  std::string message;
};
Result read(const Field& f, std::string_view text, FieldSource source = {}) {
  CellReader reader = make_cell_reader(f, source);
  std::vector<value::Zone> zones = {london(), value::utc_zone()};
  Result out;
  Finding trouble;
  if (!read_cell(reader, zones, text, out.cell, trouble)) {
    out.problem = trouble.problem;
    out.message = message_of(trouble);
  }
  out.text = out.cell.text;
  return out;
}
int64_t number(const Field& f, std::string_view text, FieldSource source = {}) {
  Result r = read(f, text, std::move(source));
  CAPTURE(text);
  CAPTURE(r.message);
  REQUIRE(r.problem == Problem::none);
  REQUIRE(r.cell.state == value::State::given);
  return r.cell.value;
}
FieldSource with_form(const Field& f, std::string_view form) {
  FieldSource source;
  REQUIRE(set_form(source, f, form).problem == Problem::none);
  return source;
}
int64_t utc(std::string_view text) { return value::parse_instant(text).value; }

}  // namespace

TEST_CASE("numbers keep their scale, and nothing is rounded") {
  Field whole = field(FieldKind::number), decimal = field(FieldKind::number, 2);
  CHECK(number(whole, "42") == 42);
  CHECK(number(whole, "-42") == -42);
  CHECK(number(whole, "007") == 7);
  CHECK(number(whole, "999999999999999999") == 999'999'999'999'999'999);
  CHECK(number(whole, "9223372036854775807") == INT64_MAX);
  CHECK(number(whole, "-9223372036854775808") == INT64_MIN);
  CHECK(read(whole, "9223372036854775808").problem == Problem::too_large);
  CHECK(number(decimal, "12.5") == 1250);
  CHECK(number(decimal, "12") == 1200);
  CHECK(read(decimal, "12.505").problem == Problem::too_precise);
  CHECK(read(decimal, "12.500").problem == Problem::too_precise);
  CHECK(read(whole, "1.0").problem == Problem::too_precise);
  for (const char* text : {"1,000", "1 000", " 1", "1 ", "1e3", "0x10", "abc", "--1", "1.2.3", ".",
                           "\xC2\xA0"
                           "1",
                           "1%"}) {
    CAPTURE(text);
    CHECK(read(decimal, text).problem == Problem::not_a_number);
  }
}

TEST_CASE("short numbers are read like long ones") {
  std::mt19937 random(3);
  const std::string alphabet = "0123456789.+-";
  int read_alike = 0;
  for (int i = 0; i < 40'000; ++i) {
    std::string text;
    for (size_t n = random() % 15; n > 0; --n) text += alphabet[random() % (i % 3 == 0 ? alphabet.size() : 11)];
    Field f = field(FieldKind::number, static_cast<int>(random() % 8));
    value::Parsed<value::i128> judge = value::parse_decimal(text, f.scale);
    bool fits = judge.ok() && judge.value <= INT64_MAX && judge.value >= INT64_MIN;
    CAPTURE(text);
    Result r = read(f, text);
    REQUIRE((r.problem == Problem::none) == fits);
    if (fits) REQUIRE(r.cell.value == judge.value);
    read_alike += fits;
  }
  CHECK(read_alike > 5'000);
}

TEST_CASE("percentages say their sign, or the mapping says what they are") {
  Field share = field(FieldKind::number, 4);
  share.percent = true;
  CHECK(number(share, "15%") == 1500);
  CHECK(number(share, "0.5%") == 50);
  CHECK(read(share, "0.005%").problem == Problem::too_precise);
  CHECK(read(share, "15").problem == Problem::bare_percentage);
  CHECK(read(share, "0.15").problem == Problem::bare_percentage);
  CHECK(read(share, "x").problem == Problem::not_a_number);
  CHECK(number(share, "15", with_form(share, "percent")) == 1500);
  CHECK(number(share, "15%", with_form(share, "percent")) == 1500);
  CHECK(number(share, "0.15", with_form(share, "fraction")) == 1500);
  Field coarse = field(FieldKind::number, 1);
  coarse.percent = true;
  CHECK(read(coarse, "15%").problem == Problem::too_precise);
}

TEST_CASE("money: bare, or with the currency of its field") {
  Field fee = field(FieldKind::money, 2);
  fee.currency = "GBP";
  CHECK(number(fee, "12000.00") == 1'200'000);
  CHECK(number(fee, "GBP 12000.00") == 1'200'000);
  CHECK(number(fee, "GBP 12,000.00") == 1'200'000);
  CHECK(number(fee, "GBP -5") == -500);
  CHECK(read(fee, "EUR 12000.00").problem == Problem::wrong_currency);
  CHECK(read(fee, "12,000.00").problem == Problem::not_a_number);
  CHECK(read(fee, "GBP 1,20.00").problem == Problem::not_a_number);
  CHECK(read(fee,
             "\xC2\xA3"
             "12")
            .problem == Problem::not_a_number);
  CHECK(read(fee, "GBP12").problem == Problem::not_a_number);
  CHECK(read(fee, "12.005").problem == Problem::too_precise);
}

TEST_CASE("instants: with an offset, or local in the field's zone") {
  Field at = field(FieldKind::instant);
  CHECK(number(at, "2026-03-02T11:00Z") == utc("2026-03-02T11:00Z"));
  CHECK(number(at, "2026-03-02T11:00:30.25+01:00") == utc("2026-03-02T10:00:30.25Z"));
  CHECK(number(at, "2026-03-02 11:00") == utc("2026-03-02T11:00Z"));  // winter in London
  CHECK(number(at, "2026-07-02T11:00") == utc("2026-07-02T10:00Z"));  // summer
  CHECK(number(at, "2026-03-29T01:30") == utc("2026-03-29T01:00Z"));  // never on the clock: the first instant after
  CHECK(number(at, "2026-10-25T01:30") == utc("2026-10-25T00:30Z"));  // twice on the clock: the first
  FieldSource in_utc;
  in_utc.zone = 1;
  CHECK(number(at, "2026-07-02T11:00", in_utc) == utc("2026-07-02T11:00Z"));
  for (const char* text : {"2026-03-02", "02/03/2026 11:00", "2026-02-30T11:00", "2026-03-02T25:00", "2026-03-02T11:00 ", "2026-03-02T11:00+1", "11:00", "?"}) {
    CAPTURE(text);
    CHECK(read(at, text).problem == Problem::not_an_instant);
  }
  CHECK(read(at, "2026-03-02").message.find("2026-03-02T11:00") != std::string::npos);
}

TEST_CASE("short timestamps are read like long ones, whatever was read before") {
  std::mt19937 random(4);
  Field at = field(FieldKind::instant);
  std::vector<value::Zone> zones = {london(), value::fixed_zone(-5 * 3600)};
  // A zone that jumps a whole day ahead, and one whose changes are days apart.
  value::Zone jump;
  jump.offsets = {-10 * 3600, 14 * 3600, -3600, 0};
  jump.transitions = {utc("2011-12-30T10:00Z"), utc("2012-01-02T00:00Z"), utc("2012-01-03T00:00Z")};
  zones.push_back(jump);
  CellReader readers[] = {make_cell_reader(at, {}), make_cell_reader(at, {}), make_cell_reader(at, {})};
  for (uint32_t z = 0; z < 3; ++z) readers[z].source.zone = z;
  for (int i = 0; i < 60'000; ++i) {
    uint32_t z = random() % 3;
    int64_t from = z == 2 ? utc("2011-12-28T00:00Z") : utc("2026-03-27T00:00Z") + static_cast<int64_t>(random() % 3) * 105 * value::us_per_day;
    value::Local local = from + static_cast<int64_t>(random() % (9 * 24 * 60)) * value::us_per_minute + (i % 2 ? 0 : 17 * value::us_per_second);
    std::string text = value::format_local(local);
    if (i % 5 == 0) text[10] = ' ';
    if (i % 50 == 7) text[random() % text.size()] = "0139T:-x"[random() % 8];
    value::Parsed<value::Local> judge = value::parse_local_datetime(text);
    Cell cell;
    Finding trouble;
    CAPTURE(text);
    if (i % 7 == 0 && judge.error != value::TextError::trailing) {
      text += 'Z';
      value::Parsed<value::Instant> in_utc = value::parse_instant(text);
      REQUIRE(read_cell(readers[z], zones, text, cell, trouble) == in_utc.ok());
      if (in_utc.ok()) REQUIRE(cell.value == in_utc.value);
      continue;
    }
    REQUIRE(read_cell(readers[z], zones, text, cell, trouble) == judge.ok());
    if (judge.ok()) REQUIRE(cell.value == value::to_utc(zones[z], judge.value));
  }
}

TEST_CASE("instants and dates by a pattern") {
  Field at = field(FieldKind::instant), day = field(FieldKind::date);
  CHECK(number(at, "2/7/2026 9:05", with_form(at, "d/M/yyyy H:mm")) == utc("2026-07-02T08:05Z"));
  CHECK(number(at, "20260702T090500+0200", with_form(at, "yyyyMMdd'T'HHmmssX")) == utc("2026-07-02T07:05Z"));
  CHECK(number(at, "1772445600", with_form(at, "epoch seconds")) == utc("2026-03-02T10:00Z"));
  CHECK(number(day, "02.03.2026", with_form(day, "dd.MM.yyyy")) == value::parse_date("2026-03-02").value);
  Result wrong = read(at, "2026-07-02 09:05", with_form(at, "d/M/yyyy H:mm"));
  CHECK(wrong.problem == Problem::not_an_instant);
  CHECK(wrong.message.find("d/M/yyyy H:mm") != std::string::npos);
  FieldSource source;
  CHECK(set_form(source, at, "d/Q/yyyy").problem == Problem::unusable_mapping);
  CHECK(set_form(source, field(FieldKind::text), "d/M/yyyy").problem == Problem::unusable_mapping);
  CHECK(set_form(source, field(FieldKind::duration), "fortnights").problem == Problem::unusable_mapping);
  CHECK(set_form(source, field(FieldKind::number), "percent").problem == Problem::unusable_mapping);
}

TEST_CASE("dates, times of day, durations") {
  Field day = field(FieldKind::date), time = field(FieldKind::time), span = field(FieldKind::duration);
  CHECK(number(day, "1970-01-02") == 1);
  CHECK(read(day, "2026-02-29").problem == Problem::not_a_date);
  CHECK(read(day, "2026-03-02T11:00").problem == Problem::not_a_date);
  CHECK(number(time, "17:30") == 17 * 60 + 30);
  CHECK(number(time, "17:30:00") == 17 * 60 + 30);
  CHECK(read(time, "17:30:01").problem == Problem::too_precise);
  CHECK(read(time, "25:00").problem == Problem::not_a_time);
  CHECK(number(span, "PT2H30M") == 9'000'000'000);
  CHECK(number(span, "-PT0.5S") == -500'000);
  CHECK(number(span, "PT90M") == 5'400'000'000);
  for (const char* text : {"P1D", "PT", "P", "2:30", "90", "PT1M2H", "PT1.5H", "PTS", "PT1H ", "PT1H1H"}) {
    CAPTURE(text);
    CHECK(read(span, text).problem == Problem::not_a_duration);
  }
  CHECK(number(span, "1.5", with_form(span, "hours")) == 5'400'000'000);
  CHECK(number(span, "90", with_form(span, "minutes")) == 5'400'000'000);
  CHECK(number(span, "90000", with_form(span, "milliseconds")) == 90'000'000);
  CHECK(read(span, "0.0000001", with_form(span, "seconds")).problem == Problem::too_precise);
  CHECK(read(span, "99999999999999", with_form(span, "hours")).problem == Problem::too_large);
}

TEST_CASE("words: members, codes, true and false") {
  Field severity = field(FieldKind::enumeration);
  severity.members = {"P1", "", "P3"};  // the middle one is not allowed here
  CHECK(number(severity, "P3") == 2);
  CHECK(read(severity, "p3").problem == Problem::unknown_member);
  CHECK(read(severity, "p3").message == "`p3` is no x: it must be one of `P1` or `P3`");
  FieldSource coded;
  coded.codes = {{"3 - Moderate", 2, ""}, {"1", 0, ""}};
  CHECK(number(severity, "3 - Moderate", coded) == 2);
  CHECK(read(severity, "P3", coded).problem == Problem::unknown_code);  // with codes, nothing else is read
  Field flag = field(FieldKind::boolean);
  CHECK(number(flag, "true") == 1);
  CHECK(number(flag, "false") == 0);
  for (const char* text : {"True", "yes", "1", "0", "t"}) CHECK(read(flag, text).problem == Problem::not_a_truth);
  Field limited = field(FieldKind::number);
  limited.has_range = true;
  limited.low = 1;
  limited.high = 5;
  CHECK(number(limited, "5") == 5);
  CHECK(read(limited, "7").message == "`7` is outside the range of `x`, which is 1 to 5");
}

TEST_CASE("words that differ in the middle alone; few and many are found alike") {
  for (int many : {3, 40}) {
    Field word = field(FieldKind::enumeration);
    word.absence = value::State::none;
    word.members = {"eastern", "ea", "e"};
    for (int i = 3; i < many; ++i) word.members.push_back("e" + std::to_string(1000 + i) + "n");
    FieldSource source;
    source.absences = {{"", value::State::unknown}, {"eaxtern", value::State::none}};
    CellReader reader = make_cell_reader(word, source);
    Cell cell;
    Finding trouble;
    for (size_t i = 0; i < word.members.size(); ++i) {
      REQUIRE(read_cell(reader, {}, word.members[i], cell, trouble));
      CHECK(cell.value == static_cast<int64_t>(i));
    }
    REQUIRE(read_cell(reader, {}, "eaxtern", cell, trouble));
    CHECK(cell.state == value::State::none);
    REQUIRE(read_cell(reader, {}, "", cell, trouble));
    CHECK(cell.state == value::State::unknown);
    for (const char* text : {"eaytern", "n", "eastern ", "easter", "a"}) CHECK(!read_cell(reader, {}, text, cell, trouble));
  }
}

TEST_CASE("texts are UTF-8") {
  Field text = field(FieldKind::text);
  CHECK(read(text, "K\xC3\xB6ln").text == "K\xC3\xB6ln");
  for (std::string_view bad : {std::string_view("K\xF6ln"), std::string_view("\xC0\x80"), std::string_view("\xED\xA0\x80"),
                               std::string_view("\xF4\x90\x80\x80"), std::string_view("12345678\xE2\x82")}) {
    CHECK(read(text, bad).problem == Problem::not_utf8);
  }
  CHECK(read(text, std::string_view("a\0b", 3)).problem == Problem::zero_byte);
  FieldSource coded;
  coded.codes = {{"5", 0, "Gold"}};
  CHECK(read(text, "5", coded).text == "Gold");
}

TEST_CASE("what an empty cell means") {
  Field must = field(FieldKind::number), none = must, unknown = must, both = must;
  none.absence = value::State::none;
  unknown.may_be_unknown = true;
  both.absence = value::State::not_yet;
  both.may_be_unknown = true;
  CHECK(read(must, "").problem == Problem::must_be_given);
  CHECK(read(none, "").cell.state == value::State::none);
  CHECK(read(unknown, "").cell.state == value::State::unknown);
  CHECK(read(both, "").message == "`x` is empty, which may mean `not yet` or `unknown`");
  FieldSource said;
  said.absences = {{"", value::State::unknown}, {"?", value::State::not_yet}};
  CHECK(read(both, "", said).cell.state == value::State::unknown);
  CHECK(read(both, "?", said).cell.state == value::State::not_yet);
  CHECK(number(both, "7", said) == 7);
  CHECK(read(field(FieldKind::text), "").problem == Problem::must_be_given);
}

}  // namespace writ::record::test
