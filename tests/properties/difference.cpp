// How two runs differ, in words.
#include <fmt/format.h>

#include "interpret/interpret.h"
#include "properties/generator.h"

namespace writ::properties {

namespace {

using value::Value;

std::string text(value::i128 n) { return value::to_text(n, 0); }

std::string text(const Value& v) {
  switch (v.state) {
    case value::State::given: {
      const std::string low = v.lo_den == 1 ? text(v.lo) : text(v.lo) + "/" + text(v.lo_den);
      return value::is_certain(v) ? low : low + ".." + text(v.hi) + "/" + text(v.hi_den);
    }
    case value::State::not_yet: return "not yet";
    case value::State::none: return "none";
    case value::State::unknown: return "cannot tell";
    case value::State::fault: return fmt::format("error {} at point {}", value::name(v.fault), v.point);
  }
  return fmt::format("no value at all (state {})", static_cast<int>(v.state));
}

std::string text(const evaluate::CreditResult& c) {
  return fmt::format("{} deadline {} {} claimed {} {} settled {} {}", text(c.state), c.has_deadline, c.claim_deadline, c.claimed, c.claimed_at, c.settled,
                     c.settled_at);
}

std::string text(const evaluate::RightResult& r) {
  return fmt::format("{} arose {} {}..{} at {} misses {} noticed {} {} cure {} {} exercisable {} {} lapse {} {} exercised {} {} ineffective {}", text(r.state),
                     r.arose, r.first_period, r.last_period, r.arose_at, r.misses, r.noticed, r.noticed_at, r.has_cure_end, r.cure_end, r.has_exercisable,
                     r.exercisable_from, r.has_lapse, r.lapses_at, r.exercised, r.exercised_at, r.ineffective_notices);
}

std::string text(const evaluate::RecordTotals& t) {
  return fmt::format("admitted {} after horizon {} outside term {} undated {} faulted {}", t.admitted, t.after_horizon, t.outside_term, t.undated, t.faulted);
}

std::string text(const evaluate::FaultReport& f) { return fmt::format("record {} row {} point {} {}", f.record, f.row, f.point, value::name(f.fault)); }

std::string text(int64_t n) { return std::to_string(n); }

// Compares two lists by the words for their elements; values by their bytes as well.
template <class T>
std::string lists(const std::string& what, const std::vector<T>& left, const std::vector<T>& right) {
  if (left.size() != right.size()) return fmt::format("{}: {} against {} of them", what, left.size(), right.size());
  for (size_t i = 0; i < left.size(); ++i) {
    if (text(left[i]) != text(right[i])) return fmt::format("{} [{}]: {} against {}", what, i, text(left[i]), text(right[i]));
  }
  return {};
}

std::string values(const std::string& what, const std::vector<Value>& left, const std::vector<Value>& right) {
  const std::string words = lists(what, left, right);
  if (!words.empty()) return words;
  for (size_t i = 0; i < left.size(); ++i) {
    if (!value::same(left[i], right[i])) return fmt::format("{} [{}]: {}, but in other bytes", what, i, text(left[i]));
  }
  return {};
}

std::string held(const std::string& what, const std::vector<uint64_t>& left, const std::vector<uint64_t>& right) {
  for (size_t i = 0; i < left.size() && i < right.size(); ++i) {
    if (left[i] != right[i]) return fmt::format("{} [{}]: cases held {:#x} against {:#x}", what, i, left[i], right[i]);
  }
  return left.size() == right.size() ? "" : fmt::format("{}: {} against {} case masks", what, left.size(), right.size());
}

std::string outputs_differ(const ir::Agreement& agreement, size_t batch, const evaluate::RecordOutputs& left, const evaluate::RecordOutputs& right) {
  if (left.admission != right.admission) return fmt::format("batch {}: other rows are admitted", batch);
  if (left.values.size() != right.values.size()) return fmt::format("batch {}: {} against {} definitions", batch, left.values.size(), right.values.size());
  for (size_t slot = 0; slot < left.values.size(); ++slot) {
    const std::string what = fmt::format("batch {} definition {}", batch, slot);
    if (std::string d = values(what, left.values[slot], right.values[slot]); !d.empty()) return d;
    if (std::string d = held(what, left.held[slot], right.held[slot]); !d.empty()) return d;
  }
  (void)agreement;
  return {};
}

std::string results_differ(const ir::Agreement& agreement, const evaluate::Results& left, const evaluate::Results& right) {
  for (uint32_t id = 0; id < agreement.definitions.size(); ++id) {
    const std::string& name = agreement.definitions[ir::DefinitionId{id}].name;
    if (std::string d = values(name, left.values[id], right.values[id]); !d.empty()) return d;
    if (std::string d = held(name, left.held[id], right.held[id]); !d.empty()) return d;
  }
  for (uint32_t id = 0; id < agreement.credits.size(); ++id) {
    if (std::string d = lists(agreement.credits[ir::CreditId{id}].name, left.credits[id], right.credits[id]); !d.empty()) return d;
  }
  if (std::string d = lists("rights", left.rights, right.rights); !d.empty()) return d;
  if (std::string d = lists("records", left.records, right.records); !d.empty()) return d;
  if (std::string d = lists("outside periods, by aggregate", left.outside_periods, right.outside_periods); !d.empty()) return d;
  return lists("faults", left.faults, right.faults);
}

}  // namespace

std::string difference(const ir::Agreement& agreement, const Observed& left, const Observed& right) {
  for (size_t batch = 0; batch < left.outputs.size(); ++batch) {
    if (std::string d = outputs_differ(agreement, batch, left.outputs[batch], right.outputs[batch]); !d.empty()) return d;
  }
  return results_differ(agreement, left.results, right.results);
}

std::string print(const ir::Agreement& agreement, const Facts& facts) {
  std::string out = fmt::format("as of {}\n", value::format_utc(facts.inputs.as_of));
  for (const record::Batch& batch : facts.batches) {
    const ir::Record& type = agreement.records[ir::RecordId{batch.record}];
    for (uint32_t row = 0; row < batch.rows; ++row) {
      out += type.name + " {";
      for (size_t f = 0; f < batch.columns.size(); ++f) {
        const record::Column& column = batch.columns[f];
        const bool given = column.states.empty() || column.states[row] == value::State::given;
        Value absent;
        if (!given) absent.state = column.states[row];
        out += fmt::format(" {}: {}", type.fields[f].name, given ? text(column.values[row]) : text(absent));
      }
      out += " }";
      for (uint32_t h = type.history ? batch.history.offsets[row] : 1; type.history && h < batch.history.offsets[row + 1]; ++h) {
        out += " [";
        for (const record::Column& column : batch.history.columns) out += fmt::format(" {}", column.values[h]);
        out += " ]";
      }
      out += "\n";
    }
  }
  const auto acts = [&](const char* name, const std::vector<evaluate::Act>& list) {
    for (const evaluate::Act& act : list) {
      out += fmt::format("{} at {} by {} of {}{}\n", name, value::format_utc(act.at), act.by, act.of,
                         act.has_period ? " period " + value::format_date(act.period_date) : "");
    }
  };
  acts("Claim", facts.acts.claims);
  acts("Notice", facts.acts.notices);
  acts("Payment", facts.acts.payments);
  acts("Exercise", facts.acts.exercises);
  return out;
}

}  // namespace writ::properties
