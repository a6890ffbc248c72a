// What the printers of the constructs share. Private to ast.
#pragma once
#include <string>
#include <string_view>

#include "ast/ast.h"

namespace writ::ast {

struct Printer {
  const File& file;
  std::string out;
  int indent = 0;
};

// ---- words ----
std::string quoted(const std::string& text);  // "...", with escapes
std::string prose_lines(const std::string& text, int indent);
std::string_view word(Unit unit, bool one);  // business hours
std::string_view word(PeriodUnit period);    // contract month
std::string_view word(BinaryOp op);
std::string_view word(OutcomeWord outcome);
std::string_view word(Absence absence);
std::string_view word(Weekday day);                  // Mon
std::string_view month_name(int month);              // 1 = January
std::string rounding_words(const Name& word);        // half_up: half up
std::string joined(const std::vector<Name>& names);  // A, B

// ---- expressions ----
// How tightly a form binds; the operand of a tighter one is put in parentheses.
enum Level { loosest, either, both, negation, comparison, fallback, addition, product, of_period, sign, tightest };
std::string expr_text(const File& file, ExprId id, Level at_least = loosest);
std::string sum_text(const File& file, ExprId id);  // where no `and`, `=` or `if` may stand bare
std::string type_text(const File& file, const TypeRef& type);
std::string texts(const std::vector<Text>& all, std::string_view between);
std::string prefix_form(const File& file, ExprId id);  // (and (= severity P1) ...)

// ---- lines and constructs ----
void line(Printer& printer, const std::string& text);
void open(Printer& printer, const std::string& text);
void close(Printer& printer);
void print_item(Printer& printer, const Header& header);
void print_item(Printer& printer, const Calendar& calendar);
void print_item(Printer& printer, const Holidays& holidays);
void print_item(Printer& printer, const Facts& facts);
void print_item(Printer& printer, const Clause& clause);
void print_item(Printer& printer, const Rule& rule);
void print_item(Printer& printer, const Scenario& scenario);
void print_item(Printer& printer, const Unread& unread);

}  // namespace writ::ast
