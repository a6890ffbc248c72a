// Random expressions as text.
#include <fmt/format.h>

#include "properties/source_maker.h"

namespace writ::properties {

namespace {

std::string any_rule(SourceMaker& s, Per per, Sort sort, const std::string& instead) {
  const std::vector<std::string>& names = s.rules[{per, sort}];
  return names.empty() ? instead : s.dice.pick(names);
}

std::string any_comparison(SourceMaker& s) { return s.dice.pick(std::vector<std::string>{"=", "!=", "<", "<=", ">", ">=", "at least", "at most"}); }

std::string severity(SourceMaker& s) { return "P" + s.number(1, 3); }

std::string ticket_truth(SourceMaker& s, int depth) {
  switch (s.dice.below(18)) {
    case 0: return "severity = " + severity(s);
    case 1: return "severity in {" + severity(s) + ", P3}";
    case 2: return "severity not in {P1, P2}";
    case 3: return fmt::format("(points is given and points {} {})", any_comparison(s), s.number(0, 10));
    case 4: return "acknowledged is given";
    case 5: return "resolved is not yet";
    case 6: return "cause = " + std::string(s.dice.one_in(2) ? "A" : "B");
    case 7: return "cause is none";
    case 8: return "note = \"" + std::string(s.dice.one_in(2) ? "one" : "two") + "\"";
    case 9: return "flag";
    case 10: return fmt::format("is_open({})", expression(s, Per::ticket, Sort::instant, depth));
    case 11: return fmt::format("is_business_day({}) on Other", expression(s, Per::ticket, Sort::date, depth));
    case 12: return fmt::format("weight between {} and {}", s.number(-3, 0), s.number(1, 30));
    case 13: return fmt::format("(status at {}) = waiting", s.dice.one_in(2) ? "opened" : "(opened + 30 hours)");
    case 14:
      if (!s.commitments.empty()) return s.dice.pick(std::vector<std::string>{"missed ", "met ", "pending ", "excused "}) + s.dice.pick(s.commitments);
      return "flag";
    case 15: return s.defines.empty() ? "flag" : s.dice.pick(s.defines);
    case 16: return s.tiers ? s.dice.pick(std::vector<std::string>{"Hard", "Middle", "Easy"}) : "flag";
    default: return fmt::format("(acknowledged is given and resolved is given and acknowledged {} resolved)", any_comparison(s));
  }
}

std::string truth(SourceMaker& s, Per per, int depth) {
  if (depth <= 0) return per == Per::ticket ? ticket_truth(s, 0) : any_rule(s, per, Sort::truth, s.dice.one_in(2) ? "true" : "false");
  const auto sub = [&](Sort sort) { return expression(s, per, sort, depth - 1); };
  switch (s.dice.below(9)) {
    case 0: return fmt::format("({} and {})", truth(s, per, depth - 1), truth(s, per, depth - 1));
    case 1: return fmt::format("({} or {})", truth(s, per, depth - 1), truth(s, per, depth - 1));
    case 2: return fmt::format("(not {})", truth(s, per, depth - 1));
    case 3: return fmt::format("({} {} {})", sub(Sort::whole), any_comparison(s), sub(Sort::whole));
    case 4: return fmt::format("({} {} {})", sub(Sort::money), any_comparison(s), sub(Sort::money));
    case 5: return fmt::format("({} {} {})", sub(Sort::instant), any_comparison(s), sub(Sort::instant));
    case 6: return fmt::format("({} {} {})", sub(Sort::date), any_comparison(s), sub(Sort::date));
    case 7: return any_rule(s, per, Sort::truth, "true");
    default: return per == Per::ticket ? "(" + ticket_truth(s, depth - 1) + ")" : truth(s, per, depth - 1);
  }
}

// A total over tickets: of a month by some instant, or of the whole term.
std::string aggregate(SourceMaker& s, Per per, Sort sort) {
  const std::string placed = per == Per::month ? " of " + s.dice.pick(std::vector<std::string>{"opened", "acknowledged", "resolved"}) : "";
  const std::string where = s.dice.one_in(2) ? " where " + truth(s, Per::ticket, 1) : "";
  if (sort == Sort::money) return fmt::format("sum(amount over Ticket{})", where.empty() || !placed.empty() ? placed : where);
  if (s.dice.one_in(2)) return fmt::format("count(Ticket{}{})", where, where.empty() || placed.empty() ? placed : placed);
  const std::string fold = s.dice.pick(std::vector<std::string>{"sum", "min", "max"});
  const std::string taken = fmt::format("{}(points over Ticket{})", fold, placed);
  return fold == "sum" ? taken : "(" + taken + " otherwise 4)";
}

std::string whole(SourceMaker& s, Per per, int depth) {
  const auto sub = [&] { return whole(s, per, depth - 1); };
  if (depth <= 0 || s.dice.one_in(4)) {
    if (per != Per::ticket && s.dice.one_in(2)) return aggregate(s, per, Sort::whole);
    if (per == Per::ticket && s.dice.one_in(3)) return "(points otherwise 3)";
    return any_rule(s, per, Sort::whole, s.dice.one_in(2) ? "most" : s.number(0, 10));
  }
  switch (s.dice.below(8)) {
    case 0: return fmt::format("({} + {})", sub(), sub());
    case 1: return fmt::format("({} - {})", sub(), sub());
    case 2: return fmt::format("({} * {})", sub(), s.number(0, 5));
    case 3: return fmt::format("min({}, {})", sub(), sub());
    case 4: return fmt::format("max({}, {}, {})", sub(), sub(), s.number(0, 9));
    case 5: return fmt::format("rounded({} / {}, 0)", sub(), sub());
    case 6: return fmt::format("(if {} then {} else {})", truth(s, per, depth - 1), sub(), sub());
    default: return fmt::format("business_days({}, {})", expression(s, per, Sort::date, depth - 1), expression(s, per, Sort::date, depth - 1));
  }
}

std::string money(SourceMaker& s, Per per, int depth) {
  const auto sub = [&] { return money(s, per, depth - 1); };
  if (depth <= 0 || s.dice.one_in(4)) {
    if (per != Per::ticket && s.dice.one_in(2)) return aggregate(s, per, Sort::money);
    if (per == Per::ticket && s.dice.one_in(2)) return "amount";
    return any_rule(s, per, Sort::money, s.dice.one_in(2) ? "fee" : money_literal(s, 50'000));
  }
  switch (s.dice.below(7)) {
    case 0: return fmt::format("({} + {})", sub(), sub());
    case 1: return fmt::format("({} - {})", sub(), sub());
    case 2: return fmt::format("rounded({}.5% of {}, 2)", s.number(0, 30), sub());
    case 3: return fmt::format("min({}, {})", sub(), sub());
    case 4: return fmt::format("rounded({} / {}, 2)", sub(), whole(s, per, depth - 1));
    case 5: return fmt::format("({} * {})", sub(), s.number(0, 5));
    default: return fmt::format("(if {} then {} else {})", truth(s, per, depth - 1), sub(), sub());
  }
}

std::string instant(SourceMaker& s, Per per, int depth) {
  if (depth <= 0) {
    if (per != Per::ticket) return any_rule(s, per, Sort::instant, moment_literal(s));
    return s.dice.pick(std::vector<std::string>{"opened", "(acknowledged otherwise opened)", "(resolved otherwise 2026-05-01T12:00)", moment_literal(s)});
  }
  const std::string sub = instant(s, per, depth - 1);
  switch (s.dice.below(8)) {
    case 0: return fmt::format("({} + {} hours)", sub, s.number(0, 80));
    case 1: return fmt::format("({} + {} business hours)", sub, s.number(0, 30));
    case 2: return fmt::format("({} - {} business hours on Other)", sub, s.number(0, 30));
    case 3: return fmt::format("next_opening({}) on {}", sub, s.dice.one_in(2) ? "Desk" : "Other");
    case 4: return fmt::format("start_of_day({})", expression(s, per, Sort::date, depth - 1));
    case 5: return fmt::format("latest({}, {})", sub, instant(s, per, depth - 1));
    case 6: return fmt::format("next_closing({})", sub);
    default: return sub;
  }
}

std::string date(SourceMaker& s, Per per, int depth) {
  if (depth <= 0) return fmt::format("date({})", instant(s, per, 0));
  const std::string sub = date(s, per, depth - 1);
  switch (s.dice.below(6)) {
    case 0: return fmt::format("({} + {} days)", sub, s.number(0, 40));
    case 1: return s.month_ends ? fmt::format("({} + {} months)", sub, s.number(0, 5)) : sub;
    case 2: return fmt::format("first_of_month({})", sub);
    case 3: return fmt::format("last_of_month({})", sub);
    case 4: return fmt::format("({} - {} business days)", sub, s.number(0, 9));
    default: return fmt::format("date({})", instant(s, per, depth - 1));
  }
}

}  // namespace

std::string expression(SourceMaker& s, Per per, Sort sort, int depth) {
  switch (sort) {
    case Sort::truth: return truth(s, per, depth);
    case Sort::whole: return whole(s, per, depth);
    case Sort::money: return money(s, per, depth);
    case Sort::instant: return instant(s, per, depth);
    case Sort::date: return date(s, per, depth);
  }
  return {};
}

std::string moment_literal(SourceMaker& s) {
  return fmt::format("2026-{:02}-{:02}T{:02}:{:02}", 1 + s.dice.below(12), 1 + s.dice.below(28), s.dice.below(24), 15 * s.dice.below(4));
}

std::string money_literal(SourceMaker& s, int most) {
  const int64_t amount = s.dice.between(0, most);
  return fmt::format("GBP {}.{:02}", amount / 100, amount % 100);
}

std::string any_allowance(SourceMaker& s, bool clock_only) {
  switch (s.dice.below(clock_only ? 4 : 7)) {
    case 0: return s.number(1, 60) + " hours";
    case 1: return s.number(1, 30) + " business hours";
    case 2: return s.number(1, 20) + " business hours on Other";
    case 3: return s.number(1, 9) + " business days";
    case 4: return s.number(1, 40) + " days";
    case 5: return s.number(1, 4) + " weeks";
    default: return s.month_ends ? s.number(1, 3) + " months" : "2 days";
  }
}

}  // namespace writ::properties
