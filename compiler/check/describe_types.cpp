// Types and grains in the words of a message.
#include <cassert>

#include "check/context.h"
#include "check/suggest.h"

namespace writ::check {
namespace {

std::string number_text(const ir::Agreement& agreement, const ir::Type& type) {
  if (type.metric.valid()) return "a figure of " + agreement.metric_types[type.metric].name;
  if (type.percent) return "a percentage";
  if (type.scale == 0) return "a whole number";
  return "a number with " + std::to_string(type.scale) + (type.scale == 1 ? " digit" : " digits") + " after the point";
}

std::string ratio_text(const ir::Agreement& agreement, const ir::Type& type) {
  if (type.currency.valid()) return "an amount of " + agreement.currencies[type.currency].code + " that has not been rounded";
  if (type.metric.valid()) return "a figure of " + agreement.metric_types[type.metric].name;
  return type.percent ? "a share" : "a ratio";
}

std::string kind_text(const Context& context, const ir::Type& type) {
  const ir::Agreement& agreement = context.agreement;
  switch (type.kind) {
    case ir::Kind::error: return "nothing that can be read";
    case ir::Kind::boolean: return "a yes or no";
    case ir::Kind::number: return number_text(agreement, type);
    case ir::Kind::ratio: return ratio_text(agreement, type);
    case ir::Kind::money: return type.currency.valid() ? "an amount of " + agreement.currencies[type.currency].code : "an amount of money";
    case ir::Kind::date: return "a date";
    case ir::Kind::time: return "a time of day";
    case ir::Kind::instant: return "an instant";
    case ir::Kind::duration: return "a duration";
    case ir::Kind::period: return "calendar time";
    case ir::Kind::open_time: return "open time" + (type.calendar.valid() ? " of " + agreement.calendars[type.calendar].name : std::string());
    case ir::Kind::open_days: return "business days";
    case ir::Kind::enumeration: return type.enumeration.valid() ? with_article(enum_noun(context, type.enumeration)) : "one of a list";
    case ir::Kind::text: return "a text";
  }
  return "?";
}

}  // namespace

std::string enum_noun(const Context& context, ir::EnumId id) {
  const ir::Agreement& agreement = context.agreement;
  if (id == agreement.commitment_outcome_enum) return "outcome of a commitment";
  if (id == agreement.benchmark_outcome_enum) return "outcome of a benchmark";
  if (id == agreement.credit_state_enum) return "state of a remedy";
  if (id == agreement.right_state_enum) return "state of a right";
  if (id == agreement.subject_enum) return "remedy or right";
  const std::string& name = agreement.enums[id].name;
  constexpr std::string_view tier = ".tier";
  return name.ends_with(tier) ? "tier of " + name.substr(0, name.size() - tier.size()) : name;
}

std::string members_text(const Context& context, ir::EnumId id) {
  const ir::Enum& of = context.agreement.enums[id];
  // Outcomes are written in words (`out of scope`), members of an enum by their names.
  const bool outcomes = of.builtin && id != context.agreement.party_enum && id != context.agreement.subject_enum;
  if (of.members.empty()) return "none: the agreement declares none";
  return listed(outcomes ? of.printed : of.members);
}

std::string describe(const Context& context, const ir::Type& type) {
  std::string text = kind_text(context, type);
  switch (type.absence) {
    case ir::Absence::never: break;
    case ir::Absence::not_yet: text += " or not yet"; break;
    case ir::Absence::none: text += " or none"; break;
  }
  return text;
}

std::string describe(const Context& context, const ir::Grain& grain) {
  switch (grain.of) {
    case ir::Grain::Of::agreement: return "per agreement";
    case ir::Grain::Of::record: return grain.record.valid() ? "per " + context.agreement.records[grain.record].name : "per record";
    case ir::Grain::Of::period: return "per " + std::string(period_word(grain.period));
    case ir::Grain::Of::history:
      return grain.record.valid() ? "per row of the history of " + context.agreement.records[grain.record].name : "per row of a history";
  }
  return "?";
}

ir::PeriodKind period_kind(ast::PeriodUnit unit) {
  switch (unit) {
    case ast::PeriodUnit::month: return ir::PeriodKind::month;
    case ast::PeriodUnit::quarter: return ir::PeriodKind::quarter;
    case ast::PeriodUnit::year: return ir::PeriodKind::year;
    case ast::PeriodUnit::contract_month: return ir::PeriodKind::contract_month;
    case ast::PeriodUnit::term: break;
  }
  assert(false && "the whole term is no period");
  return ir::PeriodKind::month;
}

std::string_view period_word(ir::PeriodKind kind) {
  switch (kind) {
    case ir::PeriodKind::month: return "month";
    case ir::PeriodKind::quarter: return "quarter";
    case ir::PeriodKind::year: return "year";
    case ir::PeriodKind::contract_month: return "contract month";
  }
  return "?";
}

std::vector<std::string> member_names(const Context& context, ir::EnumId id) {
  return id.valid() ? context.agreement.enums[id].members : std::vector<std::string>{};
}

}  // namespace writ::check
