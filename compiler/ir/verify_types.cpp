// I03 kinds and scales fit the operation; I04 constants lie where their type says.
#include <fmt/format.h>

#include "ir/print.h"
#include "ir/verify_parts.h"

namespace writ::ir {
namespace {

struct Node {
  Broken& broken;
  const Expr& expr;
  std::string name;
};

const Type& operand_type(const Node& node, size_t i) { return node.broken.agreement.exprs[node.expr.operands[i]].type; }

void want(const Node& node, bool holds, std::string_view what) {
  if (!holds) add_broken(node.broken, "I03", node.name, what);
}

bool is_scaled(const Type& type) { return type.kind == Kind::number || type.kind == Kind::ratio || type.kind == Kind::money; }
bool is_count(const Type& type) { return type.kind == Kind::number && type.scale == 0; }

// Two values that can stand side by side: one kind, one scale, one currency, one enum. A ratio stands beside a number, and a ratio of
// money beside money.
bool alike(const Type& a, const Type& b) {
  if (is_scaled(a) && is_scaled(b))
    return a.scale == b.scale && a.currency == b.currency && (a.kind == b.kind || a.kind == Kind::ratio || b.kind == Kind::ratio);
  return a.kind == b.kind && (a.kind != Kind::enumeration || a.enumeration == b.enumeration);
}

void want_all(const Node& node, Kind kind, std::string_view what) {
  for (size_t i = 0; i < node.expr.operands.size(); ++i) want(node, operand_type(node, i).kind == kind, what);
}

void want_alike(const Node& node, std::string_view what) {
  for (size_t i = 0; i < node.expr.operands.size(); ++i) want(node, alike(operand_type(node, i), node.expr.type), what);
}

void want_result(const Node& node, Kind kind) { want(node, node.expr.type.kind == kind, "gives another kind of value than its operation"); }

// Start and amount; an absent start passes through as not yet.
void verify_deadline(const Node& node, Kind amount) {
  want_result(node, Kind::instant);
  want(node, operand_type(node, 0).kind == Kind::instant, "starts at something that is no instant");
  const Type& given = operand_type(node, 1);
  want(node, is_count(given) || given.kind == amount, "has an amount of another unit");
}

void verify_constant(const Node& node) {
  const Agreement& agreement = node.broken.agreement;
  const Type& type = node.expr.type;
  const auto inside = [&](i128 size) { return node.expr.number >= 0 && node.expr.number < size; };
  bool holds = true;
  if (type.kind == Kind::boolean) holds = inside(2);
  if (type.kind == Kind::text) holds = inside(static_cast<i128>(agreement.texts.size()));
  if (type.kind == Kind::time) holds = inside(24 * 60 + 1);  // 24:00 is the end of a day
  if (type.kind == Kind::enumeration) holds = type.enumeration.valid() && inside(static_cast<i128>(agreement.enums[type.enumeration].members.size()));
  if (type.kind == Kind::date) holds = node.expr.number >= value::first_date && node.expr.number <= value::last_date;
  if (type.kind == Kind::instant) holds = node.expr.number >= INT64_MIN && node.expr.number <= INT64_MAX;
  if (!holds) add_broken(node.broken, "I04", node.name, "is a constant outside its type");
}

void verify_absence(const Node& node) {
  const i128 state = node.expr.number;
  const bool holds =
      state == static_cast<i128>(value::State::not_yet) || state == static_cast<i128>(value::State::none) || state == static_cast<i128>(value::State::unknown);
  if (!holds) add_broken(node.broken, "I04", node.name, "is no absence");
}

void verify_judge(const Node& node) {
  want_result(node, Kind::enumeration);
  want(node, operand_type(node, 0).kind == Kind::boolean && operand_type(node, 1).kind == Kind::boolean, "judges without two conditions");
  for (size_t i = 2; i < 5; ++i) want(node, operand_type(node, i).kind == Kind::instant, "judges something that is no instant");
}

void verify_outcome_is(const Node& node) {
  want_result(node, Kind::boolean);
  const Type& outcome = operand_type(node, 0);
  const Agreement& agreement = node.broken.agreement;
  const bool holds = outcome.kind == Kind::enumeration && outcome.enumeration.valid() && node.expr.number >= 0 &&
                     node.expr.number < static_cast<i128>(agreement.enums[outcome.enumeration].members.size());
  if (!holds) add_broken(node.broken, "I04", node.name, "asks for an outcome that does not exist");
}

void verify_copy(const Node& node, const Type& of) {
  want(node, alike(node.expr.type, of) || node.expr.type.kind == of.kind, "has another type than what it reads");
  if (is_scaled(of)) want(node, node.expr.type.scale == of.scale, "has another scale than what it reads");
}

void verify_node(const Node& node) {
  const Agreement& agreement = node.broken.agreement;
  const Expr& expr = node.expr;
  switch (expr.op) {
    case Op::constant: return verify_constant(node);
    case Op::absence: return verify_absence(node);
    case Op::param: return verify_copy(node, agreement.params[expr.param].type);
    case Op::field: return;  // by grain: verify_grains
    case Op::history_at: return want(node, operand_type(node, 0).kind == Kind::instant, "asks at something that is no instant");
    case Op::definition:
    case Op::at_period: return verify_copy(node, agreement.definitions[expr.definition].type);
    case Op::over_periods:
      if (expr.fold == Fold::count_true) return want_result(node, Kind::number);
      return verify_copy(node, agreement.definitions[expr.definition].type);
    case Op::aggregate: return verify_copy(node, agreement.aggregates[expr.aggregate].type);
    case Op::as_of:
    case Op::period_start:
    case Op::period_end: return want_result(node, Kind::instant);
    case Op::not_:
    case Op::and_:
    case Op::or_: want_result(node, Kind::boolean); return want_all(node, Kind::boolean, "joins something that is no condition");
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
      want_result(node, Kind::boolean);
      return want(node, alike(operand_type(node, 0), operand_type(node, 1)), "compares values of different kinds or scales");
    case Op::is_given: return want_result(node, Kind::boolean);
    case Op::sub:
      if (operand_type(node, 0).kind == Kind::date) {
        want_all(node, Kind::date, "computes with values of different kinds or scales");
        return want(node, is_count(expr.type), "gives no number of days");
      }
      return want_alike(node, "computes with values of different kinds or scales");
    case Op::add:
    case Op::neg:
    case Op::min:
    case Op::max: return want_alike(node, "computes with values of different kinds or scales");
    case Op::mul: {
      int scale = 0;
      for (size_t i = 0; i < expr.operands.size(); ++i) scale += is_scaled(operand_type(node, i)) ? operand_type(node, i).scale : 0;
      return want(node, !is_scaled(expr.type) || expr.type.scale == scale, "has another scale than its factors together");
    }
    case Op::div:
      want(node, expr.type.scale == operand_type(node, 0).scale - operand_type(node, 1).scale, "has another scale than its operands make");
      return want_result(node, Kind::ratio);
    case Op::rescale:
      want(node, expr.number >= 0 && expr.number <= value::max_scale, "rescales by an impossible number of digits");
      return want(node, expr.type.scale == operand_type(node, 0).scale + static_cast<int>(expr.number), "has another scale than it says");
    case Op::round: return want(node, is_scaled(expr.type) && is_scaled(operand_type(node, 0)), "rounds something that is no number");
    case Op::otherwise: return want_alike(node, "chooses between values of different kinds or scales");
    case Op::select:
      want(node, operand_type(node, 0).kind == Kind::boolean, "chooses by something that is no condition");
      for (size_t i = 1; i < 3; ++i) want(node, alike(operand_type(node, i), expr.type), "chooses between values of different kinds or scales");
      return;
    case Op::earliest:
    case Op::latest: return want_alike(node, "compares instants with something else");
    case Op::add_duration:
      want(node, operand_type(node, 0).kind == Kind::instant && operand_type(node, 1).kind == Kind::duration, "adds something that is no duration");
      return want_result(node, Kind::instant);
    case Op::between: want_all(node, Kind::instant, "measures between something that is no instant"); return want_result(node, Kind::duration);
    case Op::date_of: want_all(node, Kind::instant, "takes the date of something that is no instant"); return want_result(node, Kind::date);
    case Op::start_of_day:
    case Op::end_of_day: want_all(node, Kind::date, "takes an end of something that is no date"); return want_result(node, Kind::instant);
    case Op::add_days:
    case Op::add_months:
      want(node, operand_type(node, 0).kind == Kind::date && is_count(operand_type(node, 1)), "adds to something that is no date");
      return want_result(node, Kind::date);
    case Op::open_between:
      want_all(node, Kind::instant, "measures between something that is no instant");
      return want(node, expr.type.kind == Kind::open_time, "gives no open time");
    case Op::is_open: want_all(node, Kind::instant, "asks about something that is no instant"); return want_result(node, Kind::boolean);
    case Op::is_business_day: want_all(node, Kind::date, "asks about something that is no date"); return want_result(node, Kind::boolean);
    case Op::business_days_between: return want_all(node, Kind::date, "counts between something that is no date");
    case Op::first_of_month:
    case Op::last_of_month: want_all(node, Kind::date, "takes the month of something that is no date"); return want_result(node, Kind::date);
    case Op::subtract_open:
      want(node, operand_type(node, 0).kind == Kind::instant, "counts back from something that is no instant");
      return want_result(node, Kind::instant);
    case Op::add_business_days:
      want(node, operand_type(node, 0).kind == Kind::date && is_count(operand_type(node, 1)), "adds to something that is no date");
      return want_result(node, Kind::date);
    case Op::next_opening:
    case Op::next_closing: want_all(node, Kind::instant, "asks about something that is no instant"); return want_result(node, Kind::instant);
    case Op::deadline_elapsed: return verify_deadline(node, Kind::duration);
    case Op::deadline_open: return verify_deadline(node, Kind::open_time);
    case Op::deadline_business_days: return verify_deadline(node, Kind::open_days);
    case Op::deadline_days:
    case Op::deadline_months: return verify_deadline(node, Kind::number);
    case Op::history_first: return want_result(node, Kind::instant);
    case Op::judge: return verify_judge(node);
    case Op::outcome_is: return verify_outcome_is(node);
    case Op::judge_benchmark: want_all(node, Kind::boolean, "judges something that is no condition"); return want_result(node, Kind::enumeration);
    case Op::prorate: want(node, is_scaled(expr.type) && expr.type.scale == operand_type(node, 0).scale, "has another scale than what it prorates"); return;
  }
}

}  // namespace

void verify_types(Broken& broken) {
  for (uint32_t index = 0; index < broken.agreement.exprs.size(); ++index) {
    const Expr& expr = broken.agreement.exprs.items[index];
    const Node node{broken, expr, fmt::format("node {} ({})", index, name_of(expr.op))};
    if (expr.type.kind == Kind::error) {
      add_broken(broken, "I03", node.name, "is an error node");
      continue;
    }
    verify_node(node);
  }
}

}  // namespace writ::ir
