// Lines that are built like an earlier one are not shown to the generated parser: what comes out is what comes out when it is shown them all.
#include <doctest/doctest.h>

#include "ast/print.h"
#include "parse/in_full.h"
#include "support/diagnostics_text.h"
#include "unit/parse/reading.h"
#include "unit/parse/seeds.h"

namespace writ::parse_test {

namespace {

Read read_in_full(const std::string& text) {
  Read result;
  result.file = parse::parse_in_full(result.sources, source::add_file(result.sources, "agreement.writ", text), result.sink);
  return result;
}

std::string span_text(source::Span span) { return std::to_string(span.begin) + "-" + std::to_string(span.end) + " "; }

void add_names(std::string& text, const std::vector<ast::Name>& names) {
  for (const ast::Name& name : names) text += name.text + span_text(name.span);
}

void add_clause(std::string& text, const ast::Clause& clause);

void add_rule(std::string& text, const ast::Rule& rule) {
  add_names(text, {rule.name, rule.per_record});
  for (const ast::RuleCase& row : rule.cases) {
    add_names(text, {row.label});
    add_names(text, row.overrides);
    text += span_text(row.span);
  }
}

struct AddItem {
  std::string& text;
  void operator()(const ast::Prose& prose) const { text += span_text(prose.text.span); }
  void operator()(const ast::Clause& clause) const { add_clause(text, clause); }
  void operator()(const ast::Rule& rule) const {
    text += span_text(rule.span);
    add_rule(text, rule);
  }
  void operator()(const ast::Record& record) const {
    text += span_text(record.span);
    for (const ast::Field& field : record.fields) text += field.name.text + span_text(field.span) + span_text(field.type.span);
  }
  void operator()(const ast::Tier& tier) const {
    text += span_text(tier.span);
    for (const ast::TierCase& row : tier.cases) text += row.name.text + span_text(row.name.span) + span_text(row.span);
  }
  void operator()(const ast::Scenario& scenario) const {
    text += span_text(scenario.span);
    for (const ast::FactLiteral& fact : scenario.facts) text += fact.record.text + span_text(fact.record.span) + span_text(fact.span);
    for (const ast::Expect& expect : scenario.expects) text += expect.subject.text + span_text(expect.subject.span) + span_text(expect.span);
  }
  template <class Other>
  void operator()(const Other& other) const {
    text += span_text(other.span);
  }
};

void add_clause(std::string& text, const ast::Clause& clause) {
  text += span_text(clause.span) + span_text(clause.title.span);
  for (const ast::ClauseItem& item : clause.items) std::visit(AddItem{text}, item);
}

// Where everything stands, as far as the outline does not say.
std::string places(const ast::File& file) {
  std::string text;
  for (const ast::Item& item : file.items) std::visit(AddItem{text}, item);
  text += "\n";
  for (const ast::Expr& expr : file.exprs) {
    text += std::to_string(expr.node.index()) + ":" + span_text(expr.span);
    if (const auto* name = std::get_if<ast::NameExpr>(&expr.node)) text += name->name.text + span_text(name->name.span);
  }
  return text;
}

bool same(const std::string& text) {
  const Read fast = read(text), full = read_in_full(text);
  return fast.diagnostics() == full.diagnostics() && fast.tree() == full.tree() && places(fast.file) == places(full.file);
}

}  // namespace

TEST_CASE("lines like earlier ones read as if each were read by itself") {
  int differ = 0, looked_at = 0, right = 0;
  for_each_source(3000, [&](const std::string& text) {
    ++looked_at;
    right += read(text).sink.errors == 0 ? 1 : 0;
    if (same(text)) return;
    ++differ;
    if (differ == 1) MESSAGE("the first of them:\n" << text);
  });
  CHECK(differ == 0);
  CHECK(right > 1000);
  CHECK(looked_at - right > 500);
}

TEST_CASE("the words of a line are its own") {
  const std::string head = "record R {\n  a : int\n  b : int\n}\n";
  const std::string rows = "  base 0\n  case x : 1 when a = 1\n  case true : first when b = none\n  case y : 2.50 when c at least 7\n";
  CHECK(same(head + "rule r {\n" + rows + "}\nrule s {\n" + rows + "}\n"));
  const Read result = read(head + "rule r {\n" + rows + "}\n");
  CHECK(result.codes() == "");
  const auto& rule = std::get<ast::Rule>(result.file.items.back());
  REQUIRE(rule.cases.size() == 3);
  CHECK(source::text_of(result.sources, result.file.exprs[rule.cases[2].when].span) == "c at least 7");
  CHECK(source::text_of(result.sources, rule.cases[1].label.span) == "true");
  CHECK(std::holds_alternative<ast::AbsenceExpr>(result.file.exprs[std::get<ast::BinaryExpr>(result.file.exprs[rule.cases[1].when].node).right].node));
}

TEST_CASE("a line like one of another kind of block is read there by itself") {
  // `a : 1` is a field with a range of nothing here, and the amount of a tier there.
  for (const std::string text : {"record R {\n  a : int\n}\nrecord S {\n  a : int\n  b : text\n}\n",
                                 "scenario \"s\", as of 2026-01-01 {\n  expect a = 1\n}\nrule r {\n  expect a = 1\n}\n",
                                 "rule r {\n  base 1\n  base 1\n  base 1\n}\n", "duty d {\n  base 1\n  base 1\n}\nrule r {\n  base 1\n}\n",
                                 "enum E {\n  a,\n  b\n}\nenum E {\n  a,\n  b\n}\n", "agreement \"a\"\nagreement \"b\"\nround half up\nround half up\n",
                                 "clause 1 \"a\" {\n  duty d {\n    x 1\n    x 1\n  }\n  duty d {\n    x 1\n    x 1\n  }\n}\n", "rule r {\n}\nrule s {\n}\n",
                                 "rule r = 1\nrule s = 2\n"}) {
    CAPTURE(text);
    CHECK(same(text));
  }
}

}  // namespace writ::parse_test
