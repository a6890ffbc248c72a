#include "parse/statements.h"

#include <antlr4-runtime.h>

#include <algorithm>
#include <iterator>

#include "WritLexer.h"
#include "WritParser.h"

namespace writ::parse {

namespace {

using L = writ_grammar::WritLexer;
using P = writ_grammar::WritParser;

constexpr size_t outer[] = {L::AGREEMENT, L::BETWEEN, L::SIGNED, L::EFFECTIVE, L::TERM,     L::CURRENCY, L::TIME,      L::LAW,      L::DELIVERED,
                            L::ROUND,     L::MODULE,  L::USE,    L::PARAM,     L::CALENDAR, L::HOLIDAYS, L::ENUM,      L::TYPE,     L::RECORD,
                            L::HISTORY,   L::FACTS,   L::CLAUSE, L::RULE,      L::SCENARIO, L::PROVE,    L::AMENDMENT, L::SCHEDULE, L::JURISDICTION};
constexpr size_t calendar[] = {L::OPEN, L::CLOSED, L::ZONE, L::BUSINESS, L::TIME, L::YEARS, L::MERGED};
constexpr size_t holidays[] = {L::SOURCE, L::YEARS, L::FIXED, L::FIRST, L::SECOND, L::THIRD, L::FOURTH, L::FIFTH, L::LAST, L::EASTER, L::ON};
constexpr size_t history[] = {L::ORDER};
constexpr size_t facts[] = {L::ROWS, L::SEPARATOR};
constexpr size_t clause[] = {L::DEFINE, L::OUT,      L::TIER, L::COMMITMENT, L::RULE, L::METRIC, L::BENCHMARK, L::REMEDY, L::RIGHT,
                             L::CLAUSE, L::ESCALATE, L::DUTY, L::OWNER,      L::ROLE, L::DATA,   L::DISPUTE,   L::OWNED};
constexpr size_t commitment[] = {L::FROM, L::WITHIN, L::BEFORE, L::EXCUSED, L::PAUSED, L::CALENDAR};
constexpr size_t rule[] = {L::BASE, L::CASE};
constexpr size_t benchmark[] = {L::JUDGED, L::IF};
constexpr size_t remedy[] = {L::CREDIT, L::CAP, L::PER, L::ROUNDED, L::CLAIMED, L::THE};
constexpr size_t right[] = {L::WHEN, L::AFTER, L::CURED, L::EXERCISABLE, L::THEN, L::AT};
constexpr size_t scenario[] = {L::EXPECT};

// The innermost homes first: `calendar` in a commitment is rarer than the declaration, so the outer level stands at the front.
constexpr LineKind kinds[] = {
    {P::RuleStatement, "at the outermost level", outer},
    {P::RuleClauseLine, "in a clause", clause},
    {P::RuleCalendarLine, "in a calendar", calendar},
    {P::RuleHolidayLine, "in a set of holidays", holidays},
    {P::RuleRecordLine, "in a record", {}, true},
    {P::RuleHistoryLine, "in a history", history, true},
    {P::RuleFactLine, "in the description of a facts file", facts, true},
    {P::RuleTierLine, "in a tier", {}, true},
    {P::RuleCommitmentLine, "in a commitment", commitment, true},
    {P::RuleRuleLine, "in a rule", rule},
    {P::RuleBenchmarkLine, "in a benchmark", benchmark, true},
    {P::RuleRemedyLine, "in a remedy", remedy},
    {P::RuleRightLine, "in a right", right},
    {P::RuleScenarioLine, "in a scenario", scenario, true},
};

struct Block {
  size_t rule, line, keyword;
};
constexpr Block blocks[] = {
    {P::RuleFile, P::RuleStatement, 0},
    {P::RuleCalendar, P::RuleCalendarLine, L::CALENDAR},
    {P::RuleHolidays, P::RuleHolidayLine, L::HOLIDAYS},
    {P::RuleRecord, P::RuleRecordLine, L::RECORD},
    {P::RuleHistory, P::RuleHistoryLine, L::HISTORY},
    {P::RuleFacts, P::RuleFactLine, L::FACTS},
    {P::RuleClause, P::RuleClauseLine, L::CLAUSE},
    {P::RuleTier, P::RuleTierLine, L::TIER},
    {P::RuleCommitment, P::RuleCommitmentLine, L::COMMITMENT},
    {P::RuleRuleDefinition, P::RuleRuleLine, L::RULE},
    {P::RuleBenchmark, P::RuleBenchmarkLine, L::BENCHMARK},
    {P::RuleRemedy, P::RuleRemedyLine, L::REMEDY},
    {P::RuleRight, P::RuleRightLine, L::RIGHT},
    {P::RuleScenario, P::RuleScenarioLine, L::SCENARIO},
};

}  // namespace

const LineKind* line_kind(size_t rule) {
  const auto kind = std::find_if(std::begin(kinds), std::end(kinds), [&](const LineKind& k) { return k.rule == rule; });
  return kind == std::end(kinds) ? nullptr : &*kind;
}

bool starts_line(const LineKind& kind, size_t keyword) { return std::find(kind.words.begin(), kind.words.end(), keyword) != kind.words.end(); }

const LineKind* home_of(size_t keyword) {
  const auto kind = std::find_if(std::begin(kinds), std::end(kinds), [&](const LineKind& k) { return starts_line(k, keyword); });
  return kind == std::end(kinds) ? nullptr : &*kind;
}

const LineKind* lines_of_block(size_t rule) {
  const auto block = std::ranges::find(blocks, rule, &Block::rule);
  return block == std::end(blocks) ? nullptr : line_kind(block->line);
}

bool holds_lines(size_t keyword) { return std::ranges::find(blocks, keyword, &Block::keyword) != std::end(blocks); }

}  // namespace writ::parse
