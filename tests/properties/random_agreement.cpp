// The order in which a random agreement comes about: pass by pass, records before periods before the whole.
#include <algorithm>

#include "properties/generator.h"
#include "properties/maker.h"

namespace writ::properties {

using ir::Kind;

namespace {

constexpr Kind record_kinds[] = {Kind::boolean, Kind::number,  Kind::number,   Kind::ratio,       Kind::money, Kind::date,
                                 Kind::instant, Kind::instant, Kind::duration, Kind::enumeration, Kind::text};
constexpr Kind total_kinds[] = {Kind::boolean, Kind::number, Kind::number, Kind::ratio, Kind::money, Kind::date, Kind::instant, Kind::duration};

// What a place may read of the definitions made so far.
Site site_of(const Maker& m, const ir::Grain& grain, int pass) {
  Site site;
  site.grain = grain;
  site.pass = pass;
  site.totals = grain.of != ir::Grain::Of::record && pass >= 0;
  const bool of_records = grain.of == ir::Grain::Of::record;
  for (uint32_t index = 0; index < m.a.definitions.size(); ++index) {
    const ir::DefinitionId id{index};
    const ir::Definition& made = m.a.definitions[id];
    const bool readable = of_records && made.grain.of != ir::Grain::Of::record ? made.pass < pass : made.pass <= pass;
    if (!readable) continue;
    if (made.grain == grain) site.own.push_back(id);
    if (made.grain.of == ir::Grain::Of::agreement && grain.of != ir::Grain::Of::agreement) site.agreement.push_back(id);
    if (made.grain.of == ir::Grain::Of::period && made.grain != grain) site.periods.push_back(id);
    if (made.grain.of == ir::Grain::Of::period && grain.of == ir::Grain::Of::agreement) site.folded.push_back(id);
  }
  // Expressions stay small only when there is not too much to choose from.
  const auto keep_some = [](std::vector<ir::DefinitionId>& ids) {
    if (ids.size() > 8) ids.erase(ids.begin(), ids.end() - 8);
  };
  keep_some(site.periods);
  keep_some(site.folded);
  return site;
}

void make_records(Maker& m, int pass) {
  for (ir::RecordId record : m.records) {
    Site site = site_of(m, {ir::Grain::Of::record, record, ir::PeriodKind::month}, pass);
    for (int n = 2 + m.dice.below(5); n > 0; --n) {
      site.own.push_back(add_random_definition(m, site, record_kinds[m.dice.below(11)], "rule"));
      if (m.dice.one_in(4)) add_commitment(m, site);
    }
  }
}

void make_periods(Maker& m, ir::PeriodKind kind, int pass) {
  Site site = site_of(m, {ir::Grain::Of::period, {}, kind}, pass);
  for (int n = 1 + m.dice.below(4); n > 0; --n) site.own.push_back(add_random_definition(m, site, total_kinds[m.dice.below(8)], "per_period"));
  if (pass < 0) return;
  if (m.dice.one_in(2)) add_benchmark(m, site);
  if (m.dice.one_in(2)) add_credit(m, site);
  if (m.dice.one_in(2)) add_right(m, site);
}

void make_whole(Maker& m, int pass) {
  const Site site = site_of(m, {}, pass);
  for (int n = 1 + m.dice.below(3); n > 0; --n) add_random_definition(m, site, total_kinds[m.dice.below(8)], "whole");
}

ir::PeriodKind any_period(Maker& m) {
  // Contract months need an answer for every day of the month.
  const int kinds = m.a.month_end == value::MonthEnd::none ? 3 : 4;
  return static_cast<ir::PeriodKind>(m.dice.below(kinds));
}

}  // namespace

ir::Agreement random_agreement(uint64_t seed) {
  Maker m;
  m.dice.state = seed * 0x2545f4914f6cdd1dull + 17;
  make_skeleton(m);
  make_whole(m, -1);
  if (m.dice.one_in(2)) make_periods(m, any_period(m), -1);
  m.a.passes = 1 + (m.dice.one_in(2) ? 1 : m.dice.below(3) / 2);
  for (int pass = 0; pass < m.a.passes; ++pass) {
    make_records(m, pass);
    make_periods(m, any_period(m), pass);
    if (m.dice.one_in(2)) make_periods(m, any_period(m), pass);
    make_whole(m, pass);
  }
  add_commitment_counts(m);
  // By pass, records before the rest; within that as made, which is dependencies first.
  std::stable_sort(m.a.order.begin(), m.a.order.end(), [&](ir::DefinitionId left, ir::DefinitionId right) {
    const auto rank = [&](ir::DefinitionId id) { return std::pair(m.a.definitions[id].pass, m.a.definitions[id].grain.of != ir::Grain::Of::record); };
    return rank(left) < rank(right);
  });
  return std::move(m.a);
}

}  // namespace writ::properties
