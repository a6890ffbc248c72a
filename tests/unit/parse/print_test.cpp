// parse(print(x)) = x: over all sources of the repository, and over expressions made at random.
#include <doctest/doctest.h>

#include <random>

#include "ast/print.h"
#include "support/golden.h"
#include "unit/parse/reading.h"

namespace writ::parse_test {

TEST_CASE("every source of the repository survives printing") {
  int files = 0;
  std::vector<std::string> problems;
  for (const std::string& path : support::files_with("", ".writ")) {
    const Read first = read(support::read_golden(path, support::read_file(path)).sources.front().text);
    if (first.sink.errors > 0) continue;
    ++files;
    const std::string printed = ast::print(first.file);
    const Read again = read(printed);
    if (again.sink.errors > 0) problems.push_back(path + ": printed, it has mistakes\n" + again.diagnostics());
    if (again.tree() != first.tree()) problems.push_back(path + ": printed, it reads as something else");
    if (ast::print(again.file) != printed) problems.push_back(path + ": printed twice, it differs");
  }
  CHECK_MESSAGE(problems.empty(), support::joined(problems));
  CHECK(files > 20);
}

namespace {

using namespace ast;

// Expressions of every form, nested at random; names are often keywords.
struct Maker {
  File file;
  std::mt19937_64 dice;

  size_t roll(size_t sides) { return dice() % sides; }
  bool coin() { return roll(2) == 0; }
  Name name() {
    static const char* const names[] = {"a",     "b",   "severity", "of",   "the", "at",   "on",  "is",    "least",
                                        "month", "day", "sum",      "over", "for", "each", "per", "first", "given"};
    return {names[roll(std::size(names))], {}};
  }
  Name plain() { return {coin() ? "f" : "largest_one", {}}; }
  std::vector<ExprId> some(int depth) {
    std::vector<ExprId> ids;
    for (size_t i = 1 + roll(3); i > 0; --i) ids.push_back(make(depth));
    return ids;
  }
  ExprId maybe(int depth) { return coin() ? make(depth) : ExprId{}; }
  ExprId add(ExprNode node) { return file.exprs.add({std::move(node), {}}); }

  ExprId leaf() {
    switch (roll(11)) {
      case 0: return add(NumberExpr{"3.50"});
      case 1: return add(PercentExpr{"15"});
      case 2: return add(MoneyExpr{{"GBP", {}}, "12000.00"});
      case 3: return add(DateExpr{"2026-03-02"});
      case 4: return add(InstantExpr{"2026-03-02T11:00Z"});
      case 5: return add(TextExpr{"a \"b\"\\\n\u202E\u200Bé\x01"});
      case 6: return add(TruthExpr{coin()});
      case 7: return add(AbsenceExpr{static_cast<Absence>(roll(3))});
      case 8: return add(OutcomeExpr{static_cast<OutcomeWord>(roll(6)), name()});
      case 9: return add(MonthExpr{"2026-03"});
      default: return add(NameExpr{name()});
    }
  }
  ExprId make(int depth) {
    if (depth == 0) return leaf();
    --depth;
    switch (roll(15)) {
      case 0: return add(MemberExpr{make(depth), name()});
      case 1: return add(AmountExpr{coin() ? add(NumberExpr{"1"}) : make(depth), static_cast<Unit>(roll(13)), coin() ? name() : Name{}});
      case 2: return add(UnaryExpr{coin() ? UnaryOp::negate : UnaryOp::not_, make(depth)});
      case 3: return add(GivenExpr{make(depth), coin()});
      case 4: return add(AbsentExpr{make(depth), static_cast<Absence>(1 + roll(2)), coin()});
      case 5: return add(InExpr{make(depth), some(depth), coin()});
      case 6: return add(BetweenExpr{make(depth), make(depth), make(depth)});
      case 7: return add(IfExpr{make(depth), make(depth), make(depth)});
      case 8: return add(CallExpr{plain(), some(depth), coin() ? name() : Name{}});
      case 9: {
        const ExprId value = maybe(depth);
        // Without a value or a condition, only `count` is an aggregate.
        const bool bare = !value.valid() && coin();
        return add(AggregateExpr{bare ? Name{"count", {}} : plain(), value, name(),
                                 value.valid() ? maybe(depth)
                                 : bare        ? ExprId{}
                                               : make(depth),
                                 maybe(depth)});
      }
      case 10: return add(MissesExpr{coin() ? std::vector<Name>{name()} : std::vector<Name>{name(), name()}, maybe(depth)});
      case 11: return add(AtPeriodExpr{make(depth), static_cast<PeriodUnit>(roll(5)), make(depth)});
      case 12: return add(StatusAtExpr{name(), make(depth)});
      case 13: return add(FirstExpr{make(depth)});
      default: return add(BinaryExpr{static_cast<BinaryOp>(roll(16)), make(depth), make(depth)});
    }
  }
};

}  // namespace

TEST_CASE("expressions made at random survive printing") {
  for (uint64_t seed = 0; seed < 1'500; ++seed) {
    Maker maker{{}, std::mt19937_64(seed)};
    const ExprId whole = maker.make(static_cast<int>(1 + seed % 4));
    maker.file.items.emplace_back(ast::Rule{{"x", {}}, {}, {}, {}, {}, whole, {}, {}});
    const std::string printed = ast::print(maker.file);
    const Read again = read(printed);
    CAPTURE(printed);
    CHECK(again.diagnostics() == "none\n");
    CHECK(again.tree() == ast::tree(maker.file));
    if (again.tree() != ast::tree(maker.file)) break;  // one is enough to look at
  }
}

}  // namespace writ::parse_test
