// Written types, parameters, records: what they are, and what they cannot be.
#include <doctest/doctest.h>

#include "checked.h"
#include "ir/print.h"

namespace writ::check_test {
namespace {

std::string codes_of(std::string_view lines) {
  const Checked out = checked(agreement(lines));
  INFO(messages(out));
  return codes(out);
}

// The type of a parameter, or the codes.
std::string type_of_param(std::string_view rest) {
  const Checked out = checked(agreement("use std.cx\nparam p : " + std::string(rest) + "\n"));
  if (!codes(out).empty()) return codes(out);
  const ir::Param& param = out.agreement.params.items.back();
  return ir::print_type(out.agreement, param.type) + (param.value ? " = " + ir::print_constant(out.agreement, param.type, *param.value) : "");
}

std::string field(std::string_view type) { return "record R since at {\nat : instant\nf : " + std::string(type) + "\n}\n"; }

}  // namespace

TEST_CASE("types of parameters") {
  CHECK(type_of_param("int = 5") == "number = 5");
  CHECK(type_of_param("decimal 2 = 5") == "number with 2 decimals = 5.00");
  CHECK(type_of_param("bool = true") == "yes/no = true");
  CHECK(type_of_param("0..10 = 3") == "number in 0..10 = 3");
  CHECK(type_of_param("money = GBP 12,000.00") == "money GBP = GBP 12000.00");
  CHECK(type_of_param("date = 2026-02-28") == "date = 2026-02-28");
  CHECK(type_of_param("duration = 4 hours") == "duration = 4 hours");
  CHECK(type_of_param("Party = Client") == "Party = Client");
  CHECK(type_of_param("money USD") == "money USD");
}

TEST_CASE("a figure may be finer than its type keeps by default, where that loses nothing") {
  const Checked out = checked(agreement("use std.cx\nparam a : percent = 99.999%\nparam b : NPS = 42.5\nparam c : money = GBP 0.0125\n"));
  REQUIRE_MESSAGE(codes(out).empty(), messages(out));
  CHECK(out.agreement.params.items[0].type.scale == 5);
  CHECK(*out.agreement.params.items[0].value == 99999);
  CHECK(out.agreement.params.items[1].type.scale == 1);
  CHECK(out.agreement.params.items[1].type.high == 1000);
  CHECK(*out.agreement.params.items[2].value == 125);
}

TEST_CASE("a value of another kind says what to write") {
  CHECK(type_of_param("int = 2.5") == "C0112");
  CHECK(type_of_param("int = 2.0") == "number = 2");
  CHECK(type_of_param("percent = 5") == "C0100");
  CHECK(type_of_param("decimal 2 = 5%") == "C0100");
  CHECK(type_of_param("money = 5") == "C0100");
  CHECK(type_of_param("money = USD 5.00") == "C0114");
  CHECK(type_of_param("money = 5%") == "C0100");
  CHECK(type_of_param("NPS = 120") == "C0109");
  CHECK(type_of_param("CSAT = 80") == "C0100");
  CHECK(type_of_param("0..10 = 11") == "C0109");
  CHECK(type_of_param("date = 2026-02-28T09:00") == "C0100");
  CHECK(type_of_param("date = 2026-02-30") == "C0133");
  CHECK(type_of_param("duration = 4") == "C0100");
  CHECK(type_of_param("Party = Nobody") == "C0006");
  CHECK(type_of_param("int = 99999999999999999999999999999999999999999999") == "C0133");
}

TEST_CASE("what a parameter cannot be") {
  CHECK(type_of_param("int or none = 5") == "C0031");
  CHECK(type_of_param("int or unknown = 5") == "C0031");
  CHECK(type_of_param("ratio = 5") == "C0028");
  CHECK(codes_of("param a : int = b\nparam b : int = 5\n") == "C0032");
  CHECK(codes_of("param a : int = 5\nparam b : int = a + 1\n") == "C0032");
  CHECK(codes_of("param a : int = 2 + 3 * 4\n") == "");
}

TEST_CASE("written types") {
  CHECK(codes_of(field("strng")) == "C0020");
  CHECK(codes_of(field("Ticket")) == "C0020");
  CHECK(codes_of(field("period")) == "C0020");
  CHECK(codes_of(field("decimal")) == "C0021");
  CHECK(codes_of(field("decimal 30")) == "C0022");
  CHECK(codes_of(field("1..GBP 3.00")) == "C0023");
  CHECK(codes_of(field("1..50%")) == "C0023");
  CHECK(codes_of(field("5..1")) == "C0024");
  CHECK(codes_of(field("int in 0.5..1.5")) == "C0025");
  CHECK(codes_of(field("money in GBP 0.00..GBP 99.00")) == "");
  CHECK(codes_of(field("text or not yet or none")) == "C0027");
  CHECK(codes_of(field("ratio")) == "C0028");
  CHECK(codes_of(field("money XYZ")) == "C0437");
  CHECK(codes_of(field("date in 2026-01-01..2026-12-31 or none or unknown")) == "");
  CHECK(codes_of("type T = 2026-01-01..2026-02-01\n") == "C0030");
  CHECK(codes_of("enum E { a, b, a }\n") == "C0009");
}

TEST_CASE("money needs a currency, written here or in the header") {
  const std::string without = "agreement \"T\"\nbetween A as provider \"A\"\nand B as customer \"B\"\neffective 2026-01-01\nterm 1 year\ntime zone \"UTC\"\n";
  CHECK(codes(checked(without + "param p : money\n")) == "C0029");
  CHECK(codes(checked(without + "param p : money EUR\n")) == "");
}

TEST_CASE("records") {
  CHECK(codes_of("record R {\na : instant\n}\n") == "C0042");
  CHECK(codes_of("record R since b {\na : instant\n}\n") == "C0007");
  CHECK(codes_of("record R since a {\na : instant or not yet\n}\n") == "C0043");
  CHECK(codes_of("record R since a {\na : date\n}\n") == "C0043");
  CHECK(codes_of("record R since a {\na : instant\na : int\n}\n") == "C0009");
  CHECK(codes_of("record R since a {\na : instant\nb : text, key\nc : int, key\n}\n") == "C0040");
  CHECK(codes_of("record R since a {\na : instant\nb : decimal 2, key\n}\n") == "C0041");
  CHECK(codes_of("record R since a {\na : instant\nb : text or none, key\n}\n") == "C0041");
}

TEST_CASE("histories") {
  const std::string record = "record R since a {\na : instant\nid : text, key\n}\n";
  CHECK(codes_of(record + "history of R {\nat : instant\nx : int\norder by x\n}\n") == "");
  CHECK(codes_of(record + "history of R {\nx : int\n}\n") == "C0045");
  CHECK(codes_of(record + "history of R {\nat : date\n}\n") == "C0045");
  CHECK(codes_of(record + "history of R {\nat : instant\nx : instant or not yet\n}\n") == "C0047");
  CHECK(codes_of(record + "history of R {\nat : instant\norder by y\n}\n") == "C0007");
  CHECK(codes_of(record + "history of R {\nat : instant\n}\nhistory of R {\nat : instant\n}\n") == "C0044");
  CHECK(codes_of("record R since a {\na : instant\n}\nhistory of R {\nat : instant\n}\n") == "C0046");
  CHECK(codes_of("history of R {\nat : instant\n}\n") == "C0001");
}

TEST_CASE("texts that rules compare are marked") {
  const Checked out = checked(tickets("rule a per Ticket = id = \"x\""));
  REQUIRE(codes(out).empty());
  for (const ir::Record& record : out.agreement.records)
    if (record.name == "Ticket") CHECK(record.fields[0].compared);
}

}  // namespace writ::check_test
