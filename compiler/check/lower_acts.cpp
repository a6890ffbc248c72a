// The enums of outcomes and states, and the act records: what the parties did about remedies and rights.
#include "check/lower.h"

namespace writ::check {
namespace {

ir::EnumId add_enum(Context& context, std::string name, std::vector<std::string> members) {
  ir::Enum made{.name = std::move(name), .builtin = true};
  for (const std::string& member : members) {
    std::string printed = member;
    for (char& c : printed)
      if (c == '_') c = ' ';
    made.printed.push_back(printed);
  }
  made.members = std::move(members);
  return context.agreement.enums.add(std::move(made));
}

// Every remedy, then every right that acts can be about, in order of declaration.
ir::EnumId add_subjects(Context& context) {
  ir::Enum subjects{.name = "Subject", .builtin = true};
  for (const Symbol& symbol : context.symbols) {
    const auto* remedy = std::get_if<const ast::Remedy*>(&symbol.node);
    const auto* right = std::get_if<const ast::Right*>(&symbol.node);
    if (remedy == nullptr && right == nullptr) continue;
    subjects.members.push_back(symbol.name.text);
    const ast::Text& printed = remedy != nullptr ? (*remedy)->printed : (*right)->printed;
    subjects.printed.push_back(printed.written() ? printed.text : symbol.name.text);
  }
  return context.agreement.enums.add(std::move(subjects));
}

ir::RecordId add_act(Context& context, std::string name) {
  ir::Record act{.name = std::move(name), .act = true};
  const ir::Type instant = ir::plain_type(ir::Kind::instant);
  const ir::Type period = ir::with_absence(ir::plain_type(ir::Kind::date), ir::Absence::none);
  act.fields.push_back({.name = "at", .type = instant});
  act.fields.push_back({.name = "by", .type = ir::enumeration_type(context.agreement.party_enum)});
  act.fields.push_back({.name = "of", .type = ir::enumeration_type(context.agreement.subject_enum)});
  act.fields.push_back({.name = "period", .type = period});
  return context.agreement.records.add(std::move(act));
}

}  // namespace

void check_builtin_enums(Context& context) {
  ir::Agreement& agreement = context.agreement;
  // In the order of ir::CommitmentOutcome and its neighbours.
  agreement.commitment_outcome_enum = add_enum(context, "CommitmentOutcome", {"met", "missed", "pending", "excused", "out_of_scope"});
  agreement.benchmark_outcome_enum = add_enum(context, "BenchmarkOutcome", {"met", "missed", "pending", "not_measured"});
  agreement.credit_state_enum = add_enum(context, "CreditState", {"none", "accrued", "claimable", "claimed", "forfeited", "settled"});
  agreement.right_state_enum = add_enum(context, "RightState", {"not_arisen", "arisen", "notice_given", "cured", "exercisable", "exercised", "lapsed"});
  agreement.subject_enum = add_subjects(context);
}

void lower_acts(Context& context) {
  context.agreement.claim = add_act(context, "Claim");
  context.agreement.notice = add_act(context, "Notice");
  context.agreement.payment = add_act(context, "Payment");
  context.agreement.exercise = add_act(context, "Exercise");
}

}  // namespace writ::check
