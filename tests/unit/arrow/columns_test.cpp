// Each type of Arrow becomes the field that it suits, copied only where it must be.
#include <limits>

#include "unit/arrow/support.h"

namespace writ::arrow::testing {
namespace {

using record::FieldKind;
using value::State;

template <class T>
using Rows = std::vector<std::optional<T>>;

TEST_CASE("integers of every width are read where they lie") {
  const auto check = [](auto sample, const char* format) {
    using T = decltype(sample);
    const NodePtr node = table(3, numbers<T>("n", format, Rows<T>{T{1}, std::numeric_limits<T>::min(), T{100}}, 2));
    const auto run = read(*node, {field("n", FieldKind::number)});
    REQUIRE(run->opened);
    CHECK(shown(*run, 0) == "1 " + std::to_string(int64_t{std::numeric_limits<T>::min()}) + " 100");
    CHECK(is_view(*run, *node, 0));
  };
  check(int8_t{}, "c");
  check(int16_t{}, "s");
  check(int32_t{}, "i");
  check(int64_t{}, "l");
}

TEST_CASE("numbers without a sign keep their highest bit") {
  const auto check = [](auto sample, const char* format) {
    using T = decltype(sample);
    constexpr T high = static_cast<T>(T{1} << (8 * sizeof(T) - 1));
    const NodePtr small = table(2, numbers<T>("n", format, Rows<T>{T{1}, static_cast<T>(high - 1)}));
    const auto viewed = read(*small, {field("n", FieldKind::number)});
    CHECK(shown(*viewed, 0) == "1 " + std::to_string(uint64_t{high} - 1));
    CHECK(is_view(*viewed, *small, 0));
    const NodePtr node = table(3, numbers<T>("n", format, Rows<T>{T{1}, high, std::numeric_limits<T>::max()}));
    const auto run = read(*node, {field("n", FieldKind::number)});
    if (sizeof(T) < 8) {
      CHECK(shown(*run, 0) == "1 " + std::to_string(uint64_t{high}) + " " + std::to_string(uint64_t{std::numeric_limits<T>::max()}));
      CHECK(!is_view(*run, *node, 0));
    } else {
      CHECK(shown(*run, 0) == "1");
      CHECK(set_aside(*run) == "2: R0014 `9223372036854775808` is too large for `n`\n3: R0014 `18446744073709551615` is too large for `n`");
    }
  };
  check(uint8_t{}, "C");
  check(uint16_t{}, "S");
  check(uint32_t{}, "I");
  check(uint64_t{}, "L");
}

TEST_CASE("the scale of a field is the unit of its integers") {
  const NodePtr node = table(2, numbers<int32_t>("price", "i", Rows<int32_t>{3, 2'000'000'000}));
  const auto run = read(*node, {field("price", FieldKind::money, 2)});
  CHECK(shown(*run, 0) == "300 200000000000");
  CHECK(is_view(*run, *node, 0));
  const NodePtr wide = table(3, numbers<int64_t>("price", "l", Rows<int64_t>{3, INT64_MAX / 100, INT64_MAX / 100 + 1}));
  const auto some = read(*wide, {field("price", FieldKind::money, 2)});
  CHECK(shown(*some, 0) == "300 " + std::to_string(INT64_MAX / 100 * 100));
  CHECK(set_aside(*some) == "3: R0014 `92233720368547759` is too large for `price`");
}

TEST_CASE("decimals are exact or set aside") {
  const NodePtr node = table(5, numbers<__int128>("price", "d:20,3", Rows<__int128>{1250, -10, 1251, std::nullopt, (static_cast<__int128>(1) << 100) * 10}, 1));
  const auto run = read(*node, {may_be(field("price", FieldKind::money, 2), State::none)});
  CHECK(shown(*run, 0) == "125 -1 /");
  CHECK(set_aside(*run) ==
        "3: R0013 `1.251` is more precise than `price` can be: it would have to be rounded\n"
        "5: R0014 `12676506002282294014967032053.760` is too large for `price`");
  const NodePtr narrow = table(2, numbers<int32_t>("price", "d:9,1,32", Rows<int32_t>{15, -15}));
  CHECK(shown(*read(*narrow, {field("price", FieldKind::money, 2)}), 0) == "150 -150");
  const NodePtr middle = table(2, numbers<int64_t>("price", "d:18,-2,64", Rows<int64_t>{15, -15}));
  CHECK(shown(*read(*middle, {field("price", FieldKind::money, 2)}), 0) == "150000 -150000");
}

TEST_CASE("a null is the absence that the field declares") {
  const auto with = [](State absence) {
    const NodePtr node = table(3, numbers<int32_t>("n", "i", Rows<int32_t>{std::nullopt, 5, std::nullopt}, 3));
    return shown(*read(*node, {may_be(field("n", FieldKind::number), absence)}), 0);
  };
  CHECK(with(State::not_yet) == "- 5 -");
  CHECK(with(State::none) == "/ 5 /");
  CHECK(with(State::unknown) == "? 5 ?");
  const NodePtr node = table(3, numbers<int32_t>("n", "i", Rows<int32_t>{std::nullopt, 5, std::nullopt}));
  const auto run = read(*node, {field("n", FieldKind::number)});
  CHECK(shown(*run, 0) == "5");
  CHECK(run->batch.kept == std::vector<uint32_t>{1});
  CHECK(set_aside(*run) == "1: R0010 `n` is empty, and it must be given\n3: R0010 `n` is empty, and it must be given");
  const NodePtr none = table(2, nothings("n", 2));
  CHECK(shown(*read(*none, {may_be(field("n", FieldKind::number), State::not_yet)}), 0) == "- -");
}

TEST_CASE("truths are bits at any place") {
  for (size_t skip : {0, 1, 7, 8, 13}) {
    const NodePtr node = table(4, truths("late", {true, false, std::nullopt, true}, skip));
    const auto run = read(*node, {may_be(field("late", FieldKind::boolean), State::unknown)});
    CHECK(shown(*run, 0) == "1 0 ? 1");
    CHECK(is_view(*run, *node, 0));
    const NodePtr whole = table(3, truths("late", {true, false, true}, skip));
    CHECK(shown(*read(*whole, {field("late", FieldKind::boolean)}), 0) == "1 0 1");
  }
}

TEST_CASE("timestamps of every unit") {
  const auto us = [](const char* format, int64_t number) {
    const NodePtr node = table(1, numbers<int64_t>("at", format, Rows<int64_t>{number}));
    return shown(*read(*node, {field("at", FieldKind::instant)}), 0);
  };
  CHECK(us("tss:UTC", 1767225600) == "1767225600000000");
  CHECK(us("tsm:Europe/London", 1767225600123) == "1767225600123000");
  CHECK(us("tsu:+02:00", 1767225600123456) == "1767225600123456");
  CHECK(us("tsn:UTC", 1767225600123456000) == "1767225600123456");
  const NodePtr fine = table(1, numbers<int64_t>("at", "tsn:UTC", Rows<int64_t>{1767225600123456001}));
  CHECK(set_aside(*read(*fine, {field("at", FieldKind::instant)})) ==
        "1: R0013 `1767225600123456001` is more precise than `at` can be: it would have to be rounded");
  const NodePtr far = table(1, numbers<int64_t>("at", "tss:UTC", Rows<int64_t>{INT64_MAX}));
  CHECK(set_aside(*read(*far, {field("at", FieldKind::instant)})) == "1: R0014 `9223372036854775807` is too large for `at`");
  const NodePtr beyond = table(1, numbers<int64_t>("at", "tss:UTC", Rows<int64_t>{300'000'000'000}));
  CHECK(set_aside(*read(*beyond, {field("at", FieldKind::instant)})) == "1: R0020 `300000000000` is no point in time for `at`: it is beyond what can be told");
  const NodePtr seconds = table(2, numbers<int64_t>("at", "tss:UTC", Rows<int64_t>{1767225600, 1767225601}));
  CHECK(is_view(*read(*seconds, {field("at", FieldKind::instant)}), *seconds, 0));
}

TEST_CASE("a timestamp without a zone is refused unless somebody says what it is") {
  const NodePtr node = table(1, numbers<int64_t>("at", "tss:", Rows<int64_t>{1767225600}));
  CHECK(reason(*node, {field("at", FieldKind::instant)}) ==
        "`at` cannot be read from the table: its timestamps have no zone, so nothing says which instants they are");
  CHECK(shown(*read(*node, {field("at", FieldKind::instant)}, -1, {Naive::utc}), 0) == "1767225600000000");
}

TEST_CASE("dates, times and durations") {
  const NodePtr days = table(1, numbers<int32_t>("on", "tdD", Rows<int32_t>{20454}));
  const auto viewed = read(*days, {field("on", FieldKind::date)});
  CHECK(shown(*viewed, 0) == "20454");
  CHECK(is_view(*viewed, *days, 0));
  const NodePtr milliseconds = table(2, numbers<int64_t>("on", "tdm", Rows<int64_t>{20454 * int64_t{86'400'000}, 1}));
  const auto exact = read(*milliseconds, {field("on", FieldKind::date)});
  CHECK(shown(*exact, 0) == "20454");
  CHECK(set_aside(*exact) == "2: R0013 `1` is more precise than `on` can be: it would have to be rounded");
  const NodePtr midnights = table(2, numbers<int64_t>("on", "tsn:", Rows<int64_t>{20454 * int64_t{86'400'000'000'000}, -86'400'000'000'000}));
  CHECK(shown(*read(*midnights, {field("on", FieldKind::date)}), 0) == "20454 -1");
  const NodePtr beyond = table(2, numbers<int32_t>("on", "tdD", Rows<int32_t>{2932896, 2932897}));
  CHECK(shown(*read(*beyond, {field("on", FieldKind::date)}), 0) == "2932896");

  const NodePtr seconds = table(2, numbers<int32_t>("time", "tts", Rows<int32_t>{9 * 3600 + 1800, 61}));
  const auto minutes = read(*seconds, {field("time", FieldKind::time)});
  CHECK(shown(*minutes, 0) == "570");
  CHECK(set_aside(*minutes) == "2: R0013 `61` is more precise than `time` can be: it would have to be rounded");
  const NodePtr nanos = table(1, numbers<int64_t>("time", "ttn", Rows<int64_t>{int64_t{60'000'000'000} * 570}));
  CHECK(shown(*read(*nanos, {field("time", FieldKind::time)}), 0) == "570");

  const NodePtr lengths = table(1, numbers<int64_t>("long", "tDm", Rows<int64_t>{1500}));
  const auto length = read(*lengths, {field("long", FieldKind::duration)});
  CHECK(shown(*length, 0) == "1500000");
  CHECK(is_view(*length, *lengths, 0));
}

TEST_CASE("texts become codes of members, once for each entry of a dictionary") {
  const std::vector<record::Field> fields{may_be(of_members("size", {"small", "large"}), State::none)};
  for (TextAs as : {TextAs::small, TextAs::large, TextAs::views}) {
    const NodePtr node = table(4, texts("size", {"large", std::nullopt, "small", "huge"}, as, 2));
    const auto run = read(*node, fields);
    CHECK(shown(*run, 0) == "1 / 0");
    CHECK(set_aside(*run) == "4: R0023 `huge` is no size: it must be one of `small` or `large`");
  }
  const NodePtr coded = table(5, dictionary("size", {0, 1, std::nullopt, 2, 1}, {"large", "small", "huge"}));
  const auto run = read(*coded, fields);
  CHECK(shown(*run, 0) == "1 0 / 0");
  CHECK(set_aside(*run) == "4: R0023 `huge` is no size: it must be one of `small` or `large`");
  const NodePtr with_null = table(1, dictionary("size", {0}, {std::nullopt}));
  CHECK(shown(*read(*with_null, fields), 0) == "/");
}

TEST_CASE("texts are read as the cells of a file are") {
  const std::string long_text = "2026-01-01T00:00:00.000000Z";
  const NodePtr node =
      table(2, texts("at", {long_text, "2026-01-01T01:00+01:00"}, TextAs::views), texts("price", {"12.50", "3"}), texts("yes", {"true", "no"}));
  const auto run = read(*node, {field("at", FieldKind::instant), field("price", FieldKind::money, 2), field("yes", FieldKind::boolean)});
  CHECK(shown(*run, 0) == "1767225600000000");
  CHECK(shown(*run, 1) == "1250");
  CHECK(set_aside(*run) == "2: R0022 `no` is neither true nor false, as `yes` must be");
}

TEST_CASE("compared texts get codes, equal ones the same") {
  record::Field name = field("name", FieldKind::text);
  name.compared = true;
  const NodePtr node = table(4, texts("name", {"b", "a", "b", "a longer text than twelve bytes"}, TextAs::views));
  CHECK(shown(*read(*node, {name}), 0) == "0 1 0 2");
  const NodePtr integers = table(3, numbers<int64_t>("name", "l", Rows<int64_t>{7, -7, 7}));
  CHECK(shown(*read(*integers, {name}), 0) == "0 1 0");
  const NodePtr broken = table(1, texts("name", {"\xff"}));
  CHECK(set_aside(*read(*broken, {name})) == "1: R0009 the text of `name` is not UTF-8");
}

TEST_CASE("a number outside the range of its field is set aside") {
  const NodePtr node = table(4, numbers<int8_t>("score", "c", Rows<int8_t>{0, 10, 11, -1}));
  const auto run = read(*node, {within(field("score", FieldKind::number), 0, 10)});
  CHECK(shown(*run, 0) == "0 10");
  CHECK(set_aside(*run) == "3: R0015 `11` is outside the range of `score`, which is 0 to 10\n4: R0015 `-1` is outside the range of `score`, which is 0 to 10");
}

TEST_CASE("types that do not suit a field are refused by name") {
  const auto why = [](const char* format, FieldKind kind) {
    const NodePtr node = table(1, numbers<int64_t>("x", format, Rows<int64_t>{1}));
    const std::string text = reason(*node, {field("x", kind)});
    REQUIRE(text.starts_with("`x` cannot be read from the table: "));
    return text.substr(std::string("`x` cannot be read from the table: ").size());
  };
  CHECK(why("g", FieldKind::money) == "binary floating point is never read, since 0.1 is no number that it can hold; cast it to decimal or to an integer");
  CHECK(why("l", FieldKind::instant) == "the field is an instant; timestamps or texts are needed");
  CHECK(why("l", FieldKind::date) == "the field is a date; dates or texts are needed");
  CHECK(why("tss:UTC", FieldKind::date) == "the field is a date; dates or texts are needed");
  CHECK(why("l", FieldKind::duration) == "the field is a duration, and a number does not say its unit; say `seconds` or another in a `facts` block");
  CHECK(why("l", FieldKind::boolean) == "the field is true or false; truths or texts are needed");
  CHECK(why("tss:UTC", FieldKind::number) == "the field is a number; integers, decimals or texts are needed");
  CHECK(why("l", FieldKind::enumeration) == "the field has named members; texts or a dictionary of texts are needed");
  CHECK(why("tss:UTC", FieldKind::text) == "the field is a text; texts or integers are needed");
  CHECK(why("l", FieldKind::unreadable) == "its type has no form in a table");
  CHECK(why("+x", FieldKind::number) == "its Arrow format `+x` is not read");
}

}  // namespace
}  // namespace writ::arrow::testing
