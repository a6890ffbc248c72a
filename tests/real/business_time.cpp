#include "real/business_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "real/calendar_words.h"
#include "real/expected.h"
#include "real/operations.h"
#include "render/value_text.h"

namespace writ::real {
namespace {

// A case that has words: what is written about it, and then what came out.
struct Spoken {
  const Case* one = nullptr;
  CalendarWords words;
  std::string calendar;  // its name in the agreement
  Sentence sentence;
  int first = 9999, last = 0;  // years that it bears on
};

struct Outcome {
  bool said = false;
  std::string why_not;
  bool as_expected = false, as_other = false;
  std::string got;
};

struct CalendarUse {
  const CalendarWords* words = nullptr;
  int first = 9999, last = 0;
  bool counts_holidays = false;
};

// How far a number of days can lead away from the dates of a case: a generous bound, for the years of its calendar.
int years_beyond(const Json& node) {
  int64_t most = 0;
  const auto collect = [&](const Json& number) {
    if (is_whole(number)) most = std::max(most, std::abs(number.get<int64_t>()));
  };
  if (node.is_array() || node.is_object())
    for (const Json& child : node) collect(child);
  return static_cast<int>(1 + std::min<int64_t>(most / 200, 20));
}

void bear_on_years(Spoken& spoken) {
  collect_years(spoken.one->node, spoken.first, spoken.last);
  if (spoken.last == 0) spoken.first = spoken.last = 2000;
  const int beyond = years_beyond(spoken.one->node.value("args", Json()));
  spoken.first -= beyond;
  spoken.last += beyond;
}

// The text of an agreement, and which case each of its lines belongs to.
struct Written {
  std::string text;
  std::vector<const Spoken*> owner;  // by line, from line 1 at [1]; null: nobody's
  std::map<size_t, std::string> calendar_of_line;
};

void add_lines(Written& written, const std::string& text, const Spoken* owner, const std::string& calendar) {
  for (const char c : text) {
    if (c != '\n') continue;
    if (!calendar.empty()) written.calendar_of_line[written.owner.size()] = calendar;
    written.owner.push_back(owner);
  }
  written.text += text;
}

void write_case(Written& written, const Spoken& spoken) {
  std::string text;
  for (const auto& [name, value] : spoken.sentence.params) text += fmt::format("param {} : {}\n", name, value);
  for (const Rule& rule : spoken.sentence.rules) text += fmt::format("rule {} {}\n", rule.name, rule.body);
  add_lines(written, text, &spoken, "");
}

Written write_agreement(const std::string& zone, const std::vector<const Spoken*>& cases) {
  std::map<std::string, CalendarUse> calendars;
  std::set<std::string> modules;
  for (const Spoken* spoken : cases) {
    CalendarUse& use = calendars[spoken->calendar];
    use.words = &spoken->words;
    use.first = std::min(use.first, spoken->first);
    use.last = std::max(use.last, spoken->last);
    use.counts_holidays |= spoken->sentence.counts_holidays;
    if (!spoken->words.holiday_module.empty()) modules.insert(spoken->words.holiday_module);
  }
  Written written;
  written.owner.push_back(nullptr);
  add_lines(written, header(zone, false), nullptr, "");
  for (const std::string& module : modules) add_lines(written, fmt::format("use std.holidays.{}\n", module), nullptr, "");
  for (const auto& [name, use] : calendars) {
    add_lines(written, write_calendar(*use.words, name, use.first, use.last), nullptr, name);
    if (use.counts_holidays) add_lines(written, write_holiday_counters(*use.words, name, use.first, use.last), nullptr, name);
  }
  for (const Spoken* spoken : cases) write_case(written, *spoken);
  return written;
}

// The cases that the messages of a refused text are about, each with its first message.
std::map<const Spoken*, std::string> refused(const Evaluation& evaluation, const Written& written, const std::vector<const Spoken*>& cases) {
  std::map<const Spoken*, std::string> result;
  for (const diag::Diagnostic& found : evaluation.program.sink.diagnostics) {
    if (found.kind->severity != diag::Severity::error || !found.span.valid()) continue;
    const auto line = static_cast<size_t>(source::place_of(evaluation.program.sources, found.span.file, found.span.begin).line);
    const std::string reason = fmt::format("refused with {}: {}", found.kind->code, diag::message_of(found));
    if (line < written.owner.size() && written.owner[line] != nullptr) result.emplace(written.owner[line], reason);
    const auto calendar = written.calendar_of_line.find(line);
    if (calendar == written.calendar_of_line.end()) continue;
    for (const Spoken* spoken : cases)
      if (spoken->calendar == calendar->second) result.emplace(spoken, reason);
  }
  return result;
}

Outcome outcome_of(const Evaluation& evaluation, const Spoken& spoken) {
  std::vector<Found> found;
  Outcome outcome{.said = true};
  for (const Rule& rule : spoken.sentence.rules) {
    found.push_back(value_of(evaluation, rule.name));
    outcome.got += (outcome.got.empty() ? "" : ", ") + render::value_text(evaluation.program.agreement, found.back().type, found.back().value);
  }
  const Json& node = spoken.one->node;
  const std::string precision = text_of(node.value("expect_precision", Json("")));
  const value::Zone& zone = evaluation.program.agreement.zone;
  outcome.as_expected = is_expected(spoken.sentence, found, node["expect"], precision, zone);
  if (node.contains("reference_says")) outcome.as_other = is_expected(spoken.sentence, found, node["reference_says"], precision, zone);
  if (!evaluation.trouble.empty()) {
    outcome.as_expected = outcome.as_other = false;
    outcome.got = evaluation.trouble;
  }
  return outcome;
}

// All cases of a zone in one agreement. Those that the language refuses are taken out, and the rest is read again.
void run_zone(const std::string& zone, std::vector<const Spoken*> cases, std::map<const Case*, Outcome>& outcomes) {
  while (!cases.empty()) {
    const Written written = write_agreement(zone, cases);
    Evaluation evaluation;
    if (read_text("cases.writ", written.text, evaluation)) {
      run(evaluation);
      for (const Spoken* spoken : cases) outcomes[spoken->one] = outcome_of(evaluation, *spoken);
      return;
    }
    std::map<const Spoken*, std::string> out = refused(evaluation, written, cases);
    if (out.empty())
      for (const Spoken* spoken : cases) out.emplace(spoken, "refused with " + first_error(evaluation));
    for (const auto& [spoken, reason] : out) outcomes[spoken->one].why_not = reason;
    std::erase_if(cases, [&](const Spoken* spoken) { return out.contains(spoken); });
  }
}

void count(const Case& one, const Outcome& outcome, BusinessTime& result) {
  Tally& tally = one.disputed ? result.disputed : result.agreed;
  if (!outcome.said) {
    tally.unsaid[outcome.why_not] += 1;
    return;
  }
  if (one.disputed && (outcome.as_expected || outcome.as_other)) {
    (outcome.as_expected ? result.as_source : result.as_other) += 1;
    result.decisions.push_back(fmt::format("{}: {}, {}", one.id, outcome.got, outcome.as_expected ? "as the source" : "the other reading"));
    return;
  }
  if (!one.disputed && outcome.as_expected)
    tally.hold += 1;
  else
    tally.failures.push_back(fmt::format("{} {}: expected {}, Writ gives {}", one.id, one.op, one.node["expect"].dump(), outcome.got));
}

}  // namespace

BusinessTime run_business_time(const std::vector<Case>& cases) {
  std::map<const Case*, Outcome> outcomes;
  std::vector<Spoken> spoken;
  std::map<std::string, std::string> names;  // of calendars
  for (const Case& one : cases) {
    CalendarRead calendar = read_calendar(one);
    if (!calendar.words) {
      outcomes[&one].why_not = calendar.why_not;
      continue;
    }
    const std::string name = names.emplace(calendar_key(one), fmt::format("C{}", names.size())).first->second;
    Said said = say(one, *calendar.words, fmt::format("case_{}", spoken.size()), name);
    if (!said.sentence) {
      outcomes[&one].why_not = said.why_not;
      continue;
    }
    spoken.push_back({&one, std::move(*calendar.words), name, std::move(*said.sentence)});
    bear_on_years(spoken.back());
  }
  std::map<std::string, std::vector<const Spoken*>> zones;
  for (const Spoken& each : spoken) zones[each.words.zone].push_back(&each);
  for (const auto& [zone, members] : zones) run_zone(zone, members, outcomes);
  BusinessTime result;
  for (const Case& one : cases) count(one, outcomes[&one], result);
  return result;
}

}  // namespace writ::real
