// From the generated parser's tree to ast: one function a construct, in one file a topic. Broken lines carry an exception and are passed over;
// they were reported when they were read.
#pragma once
#include <antlr4-runtime.h>

#include <cassert>
#include <map>
#include <optional>
#include <typeinfo>
#include <unordered_set>

#include "WritLexer.h"
#include "WritParser.h"
#include "ast/ast.h"
#include "parse/repeats.h"
#include "parse/token.h"

namespace writ::parse {

using Grammar = writ_grammar::WritParser;
using Lexer = writ_grammar::WritLexer;
using Node = antlr4::tree::TerminalNode;

struct Build {
  Reading& reading;
  ast::File file;
  std::unordered_set<uint32_t> in_parentheses;  // expressions that the author put in parentheses
  source::Span header_ended;                    // the first declaration
  std::vector<Repeat> repeats;                  // lines that the parser was not shown
  size_t shift = 0;                             // from the words of the line that the parser read to those of the line like it that is built; may wrap
};

// ---- lines (build_lines.cpp) ----
// Where each line of a block is, whether the parser was shown it or one like it.
struct Place {
  antlr4::ParserRuleContext* line;
  size_t shift;
};
std::vector<Place> places_of(const Build& build, const antlr4::ParserRuleContext* block, std::vector<Place> shown);

// The lines of a block for a loop over them; in the body, and only there, words are those of the line that it is about.
template <class Line>
class LinesOf {
 public:
  LinesOf(Build& build, std::vector<Place> places) : build_(build), shift_(build.shift), places_(std::move(places)) {}
  ~LinesOf() { build_.shift = shift_; }
  LinesOf(const LinesOf&) = delete;
  LinesOf& operator=(const LinesOf&) = delete;

  struct Iterator {
    Build& build;
    const Place* at;
    Line* operator*() const {
      build.shift = at->shift;
      return static_cast<Line*>(at->line);
    }
    void operator++() { ++at; }
    bool operator!=(const Iterator& other) const { return at != other.at; }
  };
  Iterator begin() const { return {build_, places_.data()}; }
  Iterator end() const { return {build_, places_.data() + places_.size()}; }

 private:
  Build& build_;
  size_t shift_;
  std::vector<Place> places_;
};

template <class Line>
LinesOf<Line> lines_of(Build& build, const antlr4::ParserRuleContext* block, const std::vector<Line*>& shown) {
  std::vector<Place> places;
  places.reserve(shown.size());
  for (Line* line : shown) places.push_back({line, build.shift});
  return {build, places_of(build, block, std::move(places))};
}

// ---- the parser's tree ----
// Its own accessors look through all children with a cast for each. The tree of a line is read for every line like it, so where a table's rows come
// by, children are taken by their place.
template <class Rule>
Rule* as(antlr4::ParserRuleContext* context) {  // a class of the generated parser from which none is derived
  return typeid(*context) == typeid(Rule) ? static_cast<Rule*>(context) : nullptr;
}
template <class Rule>
Rule* child(const antlr4::ParserRuleContext* context, size_t place) {
  assert(dynamic_cast<Rule*>(context->children[place]) != nullptr);
  return static_cast<Rule*>(context->children[place]);
}
size_t type_of_child(const antlr4::ParserRuleContext* context, size_t place);  // of the word there; 0: a rule stands there

// ---- words (build_words.cpp) ----
size_t index_of(const Build& build, const antlr4::Token* token);  // in Reading::tokens
const Token& token_of(const Build& build, const antlr4::Token* token);
source::Span span_of(const Build& build, const antlr4::ParserRuleContext* context);
source::Span span_of(const Build& build, const Node* node);
std::string spelling(const Build& build, const Node* node);
std::string spelling(const Build& build, const antlr4::ParserRuleContext* context);
ast::Name name_of(const Build& build, const antlr4::ParserRuleContext* context);  // any words, joined as they stand; not written for nullptr
ast::Name declared_name(Build& build, const antlr4::ParserRuleContext* context);  // reports names that are values: true, false, none, unknown
ast::Name round_word(const Build& build, Grammar::RoundWordContext* context);     // half_up
ast::Text text_of(Build& build, const Node* node);                                // a STRING; not written for nullptr
std::optional<ast::PeriodUnit> period_of(const Build& build, Grammar::GrainContext* context);
ast::PeriodUnit period_or_report(Build& build, Grammar::GrainContext* context);
ast::Absence absence_of(Grammar::AbsenceContext* context);
int whole_number(Build& build, const Node* node, int low, int high);  // reports P0047 and gives `low`
bool broken(const antlr4::ParserRuleContext* context);
// Does a line of this block that starts like no other stand inside the construct? Then what it lacks was reported.
bool lost_a_line(const Build& build, const antlr4::ParserRuleContext* context, size_t line_rule);
// Such lines of this kind before the given word, from `next` on in Reading::skipped: each stands for a construct that was not read.
std::vector<ast::Unread> skipped_before(const Build& build, size_t& next, size_t line_rule, size_t word);

inline constexpr const char* how_to_leave_out = "leave it out, or say in a clause `not modelled \"...\" because \"...\"`";
void report_unread(Build& build, const ast::Unread& skipped);  // P0040

// Reports a part that may be stated once (P0041). `what` is as the message names it: "`cap`".
struct Once {
  std::map<std::string, source::Span> seen;
  bool first(Build& build, const std::string& what, source::Span span);
};
// Reports what a construct does not say (P0042).
void report_missing(Build& build, source::Span span, const std::string& what, const std::string& part);
// What stands for a construct that could not be read: its keyword and, where one stands behind it, its name.
ast::Unread unread(const Build& build, const antlr4::ParserRuleContext* context, bool declares_name = true);
ast::Unread unread_at(const Build& build, size_t first, bool declares_name = true);

// ---- prose (build_prose.cpp) ----
std::vector<ast::ProsePiece> prose_pieces(Build& build, const std::string& text, source::Span span);
ast::Prose prose_of(Build& build, const Node* node);

// ---- expressions and types (build_expressions.cpp, build_primary.cpp, build_types.cpp) ----
ast::ExprId add(Build& build, ast::ExprNode node, source::Span span);
ast::ExprId named(Build& build, const ast::Name& name);  // a name, or a value by itself: true, none
ast::ExprId literal(Build& build, const Node* node);
ast::ExprId expression(Build& build, Grammar::ExprContext* context);  // nullptr gives an id that is not valid; so below
ast::ExprId sum(Build& build, Grammar::SumContext* context);
ast::ExprId primary(Build& build, Grammar::PrimaryContext* context);
ast::ExprId clock_point(Build& build, Grammar::ClockPointContext* context);
ast::ExprId first_point(Build& build, Grammar::FirstPointContext* context);
ast::OutcomeWord outcome_of(Grammar::OutcomeContext* context);
ast::TypeRef type_of(Build& build, Grammar::TypeContext* context);
void range_of(Build& build, Grammar::RangeContext* context, ast::ExprId& low, ast::ExprId& high);
std::vector<ast::Field> fields_of(Build& build, const std::vector<Grammar::FieldContext*>& contexts);
ast::Field broken_field(const Build& build, const antlr4::ParserRuleContext* line);

// ---- declarations and clauses, one a construct ----
void header_line(Build& build, Grammar::StatementContext* line);
ast::Calendar calendar_of(Build& build, Grammar::CalendarContext* context);
std::vector<ast::TimeRange> time_ranges(Build& build, Grammar::TimeRangesContext* context);
ast::Weekday weekday_of(Grammar::WeekdayContext* context);
ast::Holidays holidays_of(Build& build, Grammar::HolidaysContext* context);
ast::Facts facts_of(Build& build, Grammar::FactsContext* context);
ast::Rule rule_of(Build& build, Grammar::RuleDefinitionContext* context);
ast::Clause clause_of(Build& build, Grammar::ClauseContext* context);
ast::ClauseItem commitment_of(Build& build, Grammar::CommitmentContext* context);
ast::ClauseItem metric_of(Build& build, Grammar::MetricContext* context);
ast::ClauseItem benchmark_of(Build& build, Grammar::BenchmarkContext* context);
ast::ClauseItem remedy_of(Build& build, Grammar::RemedyContext* context);
ast::ClauseItem right_of(Build& build, Grammar::RightContext* context);
ast::Item scenario_of(Build& build, Grammar::ScenarioContext* context);

// The whole file.
void build_file(Build& build, Grammar::FileContext* context);

}  // namespace writ::parse
