// Facts that fit an agreement, close to where its answers change.
#include <algorithm>
#include <array>
#include <numeric>

#include "properties/generator.h"
#include "value/period.h"
#include "value/zone.h"

namespace writ::properties {

namespace {

using value::State;

struct Source {
  const ir::Agreement& a;
  Dice dice;
  int64_t as_of = 0;
  std::vector<int64_t> boundaries;  // instants at which something begins or ends
};

std::vector<int64_t> boundaries_of(const ir::Agreement& a) {
  std::vector<int64_t> all;
  for (int kind = 0; kind < 4; ++kind) {
    value::PeriodGrid grid;
    if (value::build_periods(a.zone, static_cast<ir::PeriodKind>(kind), a.effective, a.end, a.month_end, grid)) {
      all.insert(all.end(), grid.bounds.begin(), grid.bounds.end());
    }
  }
  for (const ir::Calendar& calendar : a.calendars) {
    value::CalendarTable table;
    if (value::build_calendar(calendar.rules, table) != value::CalendarError::none) continue;
    for (size_t i = 0; i < table.intervals.size(); i += 7) {
      all.push_back(table.intervals[i].from);
      all.push_back(table.intervals[i].until);
    }
  }
  return all;
}

int64_t any_instant(Source& s) {
  const int64_t start = value::start_of_day(s.a.zone, s.a.effective), end = value::start_of_day(s.a.zone, s.a.end);
  switch (s.dice.below(6)) {
    case 0: return s.dice.pick(s.boundaries) + s.dice.between(-1, 1);
    case 1: return s.as_of + s.dice.between(-2, 2);
    case 2: return s.dice.between(start - 10 * value::us_per_day, end + 10 * value::us_per_day);
    default: return s.dice.between(start, end) / value::us_per_minute * value::us_per_minute;
  }
}

int64_t any_plain_number(Source& s) {
  switch (s.dice.below(12)) {
    case 0: return 0;
    case 1: return s.dice.one_in(2) ? INT64_MAX : INT64_MIN;
    case 2: return s.dice.between(-1'000'000'000'000, 1'000'000'000'000);
    default: return s.dice.between(-30, 300);
  }
}

int64_t any_value(Source& s, const ir::Type& type, int64_t near) {
  switch (type.kind) {
    case ir::Kind::boolean: return s.dice.below(2);
    case ir::Kind::number:
    case ir::Kind::money:
      if (type.has_range)
        return s.dice.one_in(4) ? static_cast<int64_t>(s.dice.one_in(2) ? type.low : type.high)
                                : s.dice.between(static_cast<int64_t>(type.low), static_cast<int64_t>(type.high));
      return any_plain_number(s);
    case ir::Kind::date: return s.a.effective + s.dice.between(-20, s.a.end - s.a.effective + 20);
    case ir::Kind::time: return s.dice.below(1440);
    case ir::Kind::instant: return s.dice.one_in(2) ? near + s.dice.between(0, 400) * value::us_per_hour / 4 : any_instant(s);
    case ir::Kind::duration: return s.dice.between(-10, 400) * value::us_per_hour / 4;
    case ir::Kind::enumeration: return s.dice.below(static_cast<int>(s.a.enums[type.enumeration].members.size()));
    case ir::Kind::text: return s.dice.below(static_cast<int>(s.a.texts.size()) + 2);
    case ir::Kind::open_time: return s.dice.between(0, 400) * value::us_per_hour / 4;
    case ir::Kind::open_days: return s.dice.below(30);
    case ir::Kind::error:
    case ir::Kind::ratio:
    case ir::Kind::period: break;  // no field has such a type
  }
  return 0;
}

State any_state(Source& s, const ir::Type& type) {
  if (type.may_be_unknown && s.dice.one_in(5)) return State::unknown;
  if (type.absence == ir::Absence::never || !s.dice.one_in(3)) return State::given;
  return type.absence == ir::Absence::not_yet ? State::not_yet : State::none;
}

void add_value(Source& s, record::Column& column, const ir::Field& field, int64_t near) {
  const State state = any_state(s, field.type);
  const int64_t number = state == State::given ? any_value(s, field.type, near) : 0;
  column.states.push_back(state);
  column.values.push_back(number);
  if (field.type.kind != ir::Kind::text) return;
  const auto code = static_cast<size_t>(number);
  const std::string text = code < s.a.texts.size() ? s.a.texts[code] : "other " + std::to_string(number);
  column.texts.push_back(state == State::given ? text : std::string());
}

// Rows by time, then by what orders them; where nothing does, two rows of one instant are a tie.
void add_history(Source& s, const ir::History& history, record::HistoryRows& rows, int64_t near) {
  std::vector<record::Column> written(history.fields.size());
  const int count = s.dice.below(5);
  for (int i = 0; i < count; ++i) {
    for (size_t f = 0; f < written.size(); ++f) add_value(s, written[f], history.fields[f], near);
    if (i > 0 && s.dice.one_in(12)) written[history.at].values.back() = written[history.at].values[static_cast<size_t>(i) - 1];
  }
  std::vector<size_t> order(static_cast<size_t>(count));
  std::iota(order.begin(), order.end(), size_t{0});
  const auto key = [&](size_t i) { return std::pair(written[history.at].values[i], history.order_by ? written[*history.order_by].values[i] : 0); };
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return key(a) < key(b); });
  bool tied = false;
  for (size_t i = 0; i < order.size(); ++i) {
    tied |= i > 0 && key(order[i - 1]) == key(order[i]);
    for (size_t f = 0; f < written.size(); ++f) {
      rows.columns[f].values.push_back(written[f].values[order[i]]);
      rows.columns[f].states.push_back(written[f].states[order[i]]);
      if (!written[f].texts.empty()) rows.columns[f].texts.push_back(written[f].texts[order[i]]);
    }
  }
  rows.offsets.push_back(rows.offsets.back() + static_cast<uint32_t>(count));
  rows.tied.push_back(tied);
}

record::Batch any_batch(Source& s, uint32_t record, int rows) {
  const ir::Record& type = s.a.records[ir::RecordId{record}];
  record::Batch batch;
  batch.record = record;
  batch.rows = static_cast<uint32_t>(rows);
  batch.columns.resize(type.fields.size());
  if (type.history) {
    batch.history.offsets = {0};
    batch.history.columns.resize(type.history->fields.size());
  }
  for (int row = 0; row < rows; ++row) {
    const int64_t near = any_instant(s);
    for (size_t f = 0; f < type.fields.size(); ++f) {
      if (type.key != f) {
        add_value(s, batch.columns[f], type.fields[f], near);
        continue;
      }
      batch.columns[f].values.push_back(1000 + row);
      batch.columns[f].states.push_back(State::given);
      batch.columns[f].texts.push_back("K" + std::to_string(row));
    }
    if (type.since && batch.columns[*type.since].states.back() == State::given && !s.dice.one_in(8)) batch.columns[*type.since].values.back() = near;
    if (type.history) add_history(s, *type.history, batch.history, near);
  }
  // Columns without a single absence often come without states at all.
  for (record::Column& column : batch.columns) {
    const bool all_given = std::all_of(column.states.begin(), column.states.end(), [](State each) { return each == State::given; });
    if (all_given && s.dice.one_in(2)) column.states.clear();
  }
  return batch;
}

// Who may do something about a subject; most acts are theirs, so that some have an effect.
uint32_t party_of(const ir::Agreement& a, uint32_t subject) {
  for (const ir::Credit& credit : a.credits) {
    if (credit.subject == subject && credit.claim) return credit.claim->party;
  }
  for (const ir::Right& right : a.rights) {
    if (right.subject == subject) return right.party;
  }
  return 0;
}

std::vector<evaluate::Act> any_acts(Source& s) {
  std::vector<evaluate::Act> acts;
  const auto subjects = static_cast<int>(s.a.enums[s.a.subject_enum].members.size());
  if (subjects == 0) return acts;
  for (int n = s.dice.below(14); n > 0; --n) {
    evaluate::Act act;
    act.at = any_instant(s);
    act.of = static_cast<uint32_t>(s.dice.below(subjects));
    act.by = s.dice.one_in(4) ? static_cast<uint32_t>(s.dice.below(static_cast<int>(s.a.parties.size()))) : party_of(s.a, act.of);
    act.has_period = !s.dice.one_in(5);
    act.period_date = act.has_period ? static_cast<int32_t>(s.a.effective + s.dice.between(-20, s.a.end - s.a.effective + 20)) : 0;
    acts.push_back(act);
  }
  return acts;
}

}  // namespace

Facts random_facts(const ir::Agreement& agreement, uint64_t seed, int most_rows) {
  Source s{agreement, {}, 0, boundaries_of(agreement)};
  s.dice.state = seed * 0x9e3779b97f4a7c15ull + 99;
  const int64_t start = value::start_of_day(agreement.zone, agreement.effective), end = value::start_of_day(agreement.zone, agreement.end);
  s.as_of = s.dice.one_in(4) ? s.dice.pick(s.boundaries) + s.dice.between(-1, 1) : s.dice.between(start + (end - start) / 3, end + 60 * value::us_per_day);
  Facts facts;
  facts.inputs.as_of = s.as_of;
  for (const ir::Param& param : agreement.params) facts.inputs.params.push_back(value::given(param.value ? *param.value : any_value(s, param.type, s.as_of)));
  for (uint32_t record = 0; record < agreement.records.size(); ++record) {
    const int rows = s.dice.below(most_rows + 1);
    if (!agreement.records[ir::RecordId{record}].act && rows > 0) facts.batches.push_back(any_batch(s, record, rows));
  }
  facts.acts = {any_acts(s), any_acts(s), any_acts(s), any_acts(s)};
  return facts;
}

}  // namespace writ::properties
