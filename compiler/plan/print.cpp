#include "plan/print.h"

#include <fmt/format.h>

#include "plan/facts.h"
#include "plan/names.h"
#include "value/int128.h"

namespace writ::plan {

namespace {

using evaluate::no_index;

// "-5..120, or not yet, unknown"
std::string facts_text(const Facts& f) {
  std::string text;
  if (f.given) {
    if (f.low == value::i128_min && f.high == value::i128_max) {
      text = "any number";
    } else {
      text = value::to_text(f.low, 0) + ".." + value::to_text(f.high, 0);
    }
    if (!f.whole) text += " (fractions)";
    if (!f.certain) text += " (intervals)";
  }
  std::string others;
  const auto add = [&](bool may, const char* word) {
    if (may) others += (others.empty() ? "" : ", ") + std::string(word);
  };
  add(f.not_yet, "not yet");
  add(f.none, "none");
  add(f.unknown, "unknown");
  add(f.fault, "fault");
  if (!others.empty()) text += (text.empty() ? "" : ", or ") + others;
  return text;
}

std::string attributes(const Step& step) {
  std::string text;
  const auto add = [&](bool there, const std::string& what) {
    if (there) text += " " + what;
  };
  const bool numbered =
      step.op == Op::constant || step.op == Op::rescale || step.op == Op::outcome_is || step.op == Op::certainly || step.op == Op::exact_quotient;
  add(numbered || (step.op == Op::wide_constant && step.state == value::State::given), value::to_text(step.number, 0));
  add(step.op == Op::wide_constant && step.state == value::State::not_yet, "not yet");
  add(step.op == Op::wide_constant && step.state == value::State::none, "none");
  add(step.op == Op::wide_constant && step.state == value::State::unknown, "unknown");
  add(step.op == Op::state_is, fmt::format("{:#x}", static_cast<unsigned>(step.number)));
  add(step.index != 0 || step.op == Op::field || step.op == Op::param || step.op == Op::closed || step.op == Op::aggregate,
      fmt::format("#{}", step.index == no_index ? -1 : static_cast<int64_t>(step.index)));
  add(step.op == Op::round, fmt::format("to {}", step.index2));
  add(step.op == Op::round && step.number != 0, "by " + value::to_text(step.number, 0));
  add(step.predicate != no_index, fmt::format("paused by {}", step.predicate));
  add(step.horizon == evaluate::Horizon::instant, "until as of");
  add(step.horizon == evaluate::Horizon::date, "until the day of as of");
  add(step.strict, "strict");
  add(step.seconds, "in seconds");
  add(step.seconds && step.op == Op::as_of, step.rounding == value::Rounding::ceiling ? "rounded up" : "rounded down");
  add(step.point != 0, fmt::format("point {}", step.point));
  return text;
}

// " c3 in m7": as many as the counter says, those that the memory says
std::string mark_text(const evaluate::Mark& mark) {
  if (mark.count == no_index) return " nothing";
  return fmt::format(" c{}", mark.count) + (mark.slot == no_index ? "" : fmt::format(" in m{}", mark.slot)) +
         (mark.equals == 1 ? "" : fmt::format(" where it is {}", mark.equals));
}

void print_stage(std::string& out, const Stage& stage, const std::string& name) {
  if (stage.steps.empty()) return;
  out += fmt::format("{}:\n", name);
  size_t cut = 0;
  for (uint32_t i = 0; i < stage.steps.size(); ++i) {
    if (cut < stage.cuts.size() && stage.cuts[cut] == i) {
      if (stage.cuts.size() > 1) out += fmt::format(" function {}\n", cut);
      ++cut;
    }
    const Step& step = stage.steps[i];
    std::string operands;
    for (SlotId operand : step.operands) operands += fmt::format(" s{}", operand.index);
    out += fmt::format("  s{} {} = {}{}{}  [{}]{}{}\n", i, name_of(step.lane), name_of(step.op), operands, attributes(step), facts_text(step.facts),
                       step.uniform ? " uniform" : "", step.stored == no_index ? "" : fmt::format(" -> m{}", step.stored));
  }
  for (const evaluate::DefinitionOut& d : stage.table.definitions)
    out += fmt::format("  definition {} is m{}{}\n", d.definition, d.slot, d.reason == no_index ? "" : fmt::format(", decided by m{}", d.reason));
  for (const ClosedOut& c : stage.closed) out += fmt::format("  definition {} is s{}\n", c.definition, c.slot.index);
  for (size_t i = 0; i < stage.counted.size(); ++i) out += fmt::format("  c{} counts s{}\n", i, stage.counted[i].index);
  for (const evaluate::AggregateIn& a : stage.table.aggregates) {
    out += fmt::format("  total {} adds{}", a.aggregate, mark_text(a.plain));
    if (a.value != no_index) out += fmt::format(", value m{}", a.value);
    if (a.placed != no_index) out += fmt::format(", placed by m{}", a.placed);
    if (a.odd.count != no_index) out += fmt::format("; in doubt{}, if m{}", mark_text(a.odd), a.filter);
    out += "\n";
  }
  for (const evaluate::NotableIn& n : stage.table.notables) {
    out += fmt::format("  right {} notes{}, perhaps{}, due m{}\n", n.right, mark_text(n.certain), mark_text(n.possible), n.due);
  }
  if (stage.table.admitted != no_index) out += fmt::format("  takes part when m{}\n", stage.table.admitted);
  if (stage.table.undated.count != no_index) out += fmt::format("  without a date{}\n", mark_text(stage.table.undated));
  if (stage.table.after_horizon.count != no_index) out += fmt::format("  after the horizon{}\n", mark_text(stage.table.after_horizon));
  if (stage.table.outside_term.count != no_index) out += fmt::format("  outside the term{}\n", mark_text(stage.table.outside_term));
  if (stage.table.faulted.count != no_index) out += fmt::format("  faulty{}\n", mark_text(stage.table.faulted));
  if (stage.since.valid()) out += fmt::format("  takes part by s{}\n", stage.since.index);
  for (SlotId slot : stage.refused) out += fmt::format("  not for rows with s{}\n", slot.index);
  for (uint32_t p = 0; p < stage.table.predicates.size(); ++p) out += fmt::format("  condition {} is m{}\n", p, stage.table.predicates[p]);
}

}  // namespace

std::string print(const Plan& plan) {
  const evaluate::Tables& tables = plan.tables;
  std::string out = fmt::format("plan: {} pass{}, {} definitions, {} totals in {} cells\n", tables.passes, tables.passes == 1 ? "" : "es",
                                tables.definitions.size(), tables.aggregates.size(), tables.cells);
  for (const RecordStages& stages : plan.records) {
    const std::string name = fmt::format("record {}, pass {}", stages.record, stages.pass);
    for (const auto& [form, word] :
         {std::pair{Form::seconds, "seconds"}, std::pair{Form::lean, "lean"}, std::pair{Form::general, "general"}, std::pair{Form::portfolio, "portfolio"}}) {
      print_stage(out, stages.history[static_cast<size_t>(form)], fmt::format("{}, histories, {}", name, word));
      print_stage(out, stages.facts[static_cast<size_t>(form)], fmt::format("{}, facts, {}", name, word));
    }
    print_stage(out, stages.row, fmt::format("{}, one row", name));
  }
  for (size_t list = 0; list < plan.totals.size(); ++list) {
    for (size_t stage = 0; stage < plan.totals[list].size(); ++stage) {
      const uint32_t grid = plan.totals[list][stage].of;
      const std::string of = grid == no_index ? std::string("the agreement") : fmt::format("each period of grid {}", grid);
      const std::string when = list == 0 ? std::string("before the facts") : fmt::format("after pass {}", list - 1);
      print_stage(out, plan.totals[list][stage], fmt::format("totals {} of {}, {}", stage, of, when));
    }
  }
  for (const Stage& stage : plan.portfolio) {
    const std::string of = stage.of == no_index ? std::string("agreements") : fmt::format("agreements in each period of grid {}", stage.of);
    print_stage(out, stage, (stage.narrow ? "small totals of many " : "totals of many ") + of);
  }
  return out;
}

}  // namespace writ::plan
