// A random agreement as text: what a drafter could write, if hardly what one would.
#include <fmt/format.h>

#include "properties/generator.h"
#include "properties/source_maker.h"

namespace writ::properties {

namespace {

void write_header(SourceMaker& s) {
  s.line("agreement \"Random\"\n");
  s.line("between A as provider \"A Ltd\"");
  s.line("and     B as customer \"B plc\"\n");
  s.line(fmt::format("effective 2026-{:02}-{:02}", 1 + s.dice.below(6), s.dice.one_in(2) ? 1 : 1 + s.dice.below(28)));
  s.line(s.dice.one_in(4) ? fmt::format("term until 2026-{:02}-15", 7 + s.dice.below(6)) : "term " + s.number(2, 14) + " months");
  s.line("currency GBP");
  s.line(fmt::format("time zone \"{}\"", s.dice.pick(std::vector<std::string>{"Europe/London", "America/New_York", "Asia/Kolkata", "UTC"})));
  s.line(fmt::format("round {}, to the minor unit", s.dice.pick(std::vector<std::string>{"half up", "half even", "half down", "up", "down"})));
  s.month_ends = s.dice.one_in(2);
  if (s.month_ends)
    s.line(fmt::format("a month after the 31st ends on the {}", s.dice.one_in(2) ? "last day of a shorter month" : "first day of the next month"));
  s.line("");
}

void write_calendar(SourceMaker& s, const char* name) {
  s.line(fmt::format("calendar {} {{", name));
  const int open = s.dice.below(12);
  s.line(fmt::format("  open Mon..Fri {:02}:00..{:02}:30", open, open + 1 + s.dice.below(8)));
  if (s.dice.one_in(2)) s.line("  open Sat 10:00..12:00, 13:00..15:00");
  if (open >= 2 && s.dice.one_in(3)) s.line("  open Sun 22:00..02:00");
  s.line(s.dice.one_in(2) ? "  closed england_and_wales" : "  closed never");
  if (s.dice.one_in(3)) s.line(fmt::format("  open on 2026-{:02}-10 09:00..10:00", 1 + s.dice.below(12)));
  if (s.dice.one_in(3)) s.line(fmt::format("  closed on 2026-{:02}-11", 1 + s.dice.below(12)));
  if (s.dice.one_in(3)) s.line("  business days Mon..Sat");
  if (s.dice.one_in(3)) s.line("  a business day ends at the same time");
  if (s.dice.one_in(3)) s.line("  time that runs out at closing ends at the next opening");
  s.line("}");
}

void write_declarations(SourceMaker& s) {
  s.line("use std.holidays.england_and_wales\n");
  s.line("param fee  : money = " + money_literal(s, 2'000'000));
  s.line("param most : int = " + s.number(0, 12) + "\n");
  write_calendar(s, "Desk default");
  write_calendar(s, "Other");
  const auto maybe = [&](const char* words) { return s.dice.one_in(3) ? words : ""; };
  s.line("\nenum Severity { P1, P2, P3 }\nenum Status { working, waiting, closed_down }\n");
  s.line("record Ticket since opened {\n  id : text, key\n  opened : instant");
  s.line(fmt::format("  severity : Severity{}", maybe(" or unknown")));
  s.line(fmt::format("  acknowledged : instant or not yet{}", maybe(" or unknown")));
  s.line(fmt::format("  resolved : instant or not yet{}", maybe(" or unknown")));
  s.line(fmt::format("  points : 0..10 or none{}", maybe(" or unknown")));
  s.line("  amount : money in GBP 0.00..GBP 500.00");
  s.line("  weight : decimal 2");
  s.line(fmt::format("  flag : bool{}", maybe(" or unknown")));
  s.line("  cause : Party or none\n  note : text or none\n}");
  s.line(fmt::format("history of Ticket {{ at : instant, status : Status{} }}\n", maybe(" or unknown")));
}

void write_rule(SourceMaker& s, Per per) {
  const auto sort = static_cast<Sort>(s.dice.below(per == Per::ticket ? 5 : 3));
  const std::string name = s.name("rule_");
  const std::string where = per == Per::ticket ? " per Ticket" : per == Per::month ? " per month" : "";
  if (s.dice.one_in(2)) {
    s.line(fmt::format("  rule {}{} = {}", name, where, expression(s, per, sort, 2)));
  } else {
    s.line(fmt::format("  rule {}{} {{", name, where));
    if (!s.dice.one_in(6)) s.line("    base " + expression(s, per, sort, 1));
    std::vector<std::string> cases;
    for (int n = 1 + s.dice.below(3); n > 0; --n) {
      const std::string label = s.name("case_");
      const std::string overrides = cases.empty() || s.dice.one_in(2) ? "" : " overrides " + s.dice.pick(cases);
      s.line(fmt::format("    case {}{} : {} when {}", label, overrides, expression(s, per, sort, 1), expression(s, per, Sort::truth, 1)));
      cases.push_back(label);
    }
    s.line("  }");
  }
  s.rules[{per, sort}].push_back(name);
}

void write_tiers(SourceMaker& s) {
  s.line(fmt::format("  tier of Ticket {{\n    Hard when {}\n    Middle when {}\n    Easy otherwise\n  }}", "severity = P1", "severity = P2"));
  s.tiers = true;
}

void write_commitment(SourceMaker& s) {
  const std::string name = s.name("Commitment_");
  const std::string of = s.defines.empty() || s.dice.one_in(2) ? "Ticket" : s.dice.pick(s.defines);
  const std::string where = s.dice.one_in(2) ? " where " + expression(s, Per::ticket, Sort::truth, 1) : "";
  s.line(fmt::format("  commitment {} for {}{} by A {{", name, of, where));
  s.line(fmt::format("    from {} until {}", s.dice.one_in(4) ? "acknowledged" : "opened", s.dice.one_in(2) ? "resolved" : "acknowledged or resolved"));
  const bool paused = s.dice.one_in(2);
  const std::string word = s.dice.one_in(4) ? "before" : "within";
  if (s.tiers && s.dice.one_in(2)) {
    s.line(fmt::format("    Hard : {} {}", word, any_allowance(s, paused)));
    s.line(s.dice.one_in(3) ? "    Middle : no commitment" : fmt::format("    Middle : {} {}", word, any_allowance(s, paused)));
    s.line(fmt::format("    Easy : {} {}", word, any_allowance(s, paused)));
  } else {
    s.line(fmt::format("    {} {}", word, any_allowance(s, paused)));
  }
  if (paused) s.line(s.dice.one_in(2) ? "    paused while status = waiting" : "    paused while status in {waiting, closed_down}");
  if (s.dice.one_in(2)) s.line("    excused when " + expression(s, Per::ticket, Sort::truth, 1));
  s.line("  }");
  s.commitments.push_back(name);
}

void write_metric_and_benchmark(SourceMaker& s) {
  const std::string metric = s.name("metric_"), benchmark = s.name("Benchmark_");
  const std::string period = s.dice.one_in(2) ? "month" : "quarter";
  const int kind = s.dice.below(4);
  const std::string unit = kind < 2 ? "" : "0%";
  switch (kind) {
    case 0: s.line(fmt::format("  metric {} = nps(points) over Ticket, per {} of opened", metric, period)); break;
    case 1:
      s.line(fmt::format("  metric {} = mean(points) over Ticket where {}, per {} of opened", metric, expression(s, Per::ticket, Sort::truth, 1), period));
      break;
    case 2: s.line(fmt::format("  metric {} = share({}) over Ticket, per {} of opened", metric, expression(s, Per::ticket, Sort::truth, 1), period)); break;
    default: s.line(fmt::format("  metric {} = attainment({}), per {}", metric, s.dice.pick(s.commitments), period)); break;
  }
  s.line(fmt::format("  benchmark {} {{\n    {} {} {}", benchmark, metric, s.dice.one_in(2) ? "at least" : "below", s.number(0, 3) + unit));
  if (s.dice.one_in(2)) {
    s.line(fmt::format("    judged only with {} records or more, otherwise {}", s.number(1, 4),
                       s.dice.pick(std::vector<std::string>{"not measured", "met", "missed"})));
  }
  s.line("  }");
}

void write_remedy(SourceMaker& s) {
  const std::string missed = s.commitments.back(), also = s.commitments.front();
  const bool one_term = s.dice.one_in(3);
  s.line(fmt::format("  remedy {} for missed {} {{", s.name("Credit_"), one_term || missed == also ? missed : missed + ", " + also));
  if (one_term) {
    s.line(fmt::format("    credit {}% of fee for each missed {}", s.number(1, 9), missed));
  } else {
    const std::string when = s.dice.one_in(2) ? " when severity = P1" : "";
    s.line(fmt::format("    credit sum of (\n      {}.5% of fee for each missed {},\n      {} for each missed {}{}\n    )", s.number(1, 9), missed,
                       money_literal(s, 9000), also, when));
  }
  if (s.dice.one_in(2)) s.line(fmt::format("    cap {}% of fee per month{}", s.number(5, 30), s.dice.one_in(2) ? ", in full" : ""));
  if (s.dice.one_in(2)) s.line(fmt::format("    claimed by B within {} days after month end", s.number(1, 40)));
  s.line("  }");
}

void write_right(SourceMaker& s) {
  s.line(fmt::format("  right {} of B {{", s.name("Right_")));
  const std::vector<std::string>& conditions = s.rules[{Per::month, Sort::truth}];
  const bool on_condition = !conditions.empty() && s.dice.one_in(2);
  if (on_condition) {
    s.line(fmt::format("    when any {} consecutive months have {}", s.number(1, 2), s.dice.pick(conditions)));
  } else {
    s.line(fmt::format("    when any {} consecutive months have at least {} misses of {}{}", s.number(1, 2), s.number(1, 3), s.commitments.back(),
                       s.dice.one_in(2) ? ", with at least 1 in each" : ""));
  }
  const bool cure = s.dice.one_in(2);
  if (cure || s.dice.one_in(2)) s.line("    after written notice" + (cure ? " and " + s.number(1, 40) + " days to cure" : ""));
  if (cure && !on_condition && s.dice.one_in(2)) s.line("    cured when no such miss falls due in the cure period");
  if (s.dice.one_in(2)) s.line(fmt::format("    exercisable within {} days", s.number(1, 60)));
  s.line("  }");
}

}  // namespace

std::string random_source(uint64_t seed) {
  SourceMaker s;
  s.dice.state = seed * 0xd6e8feb86659fd93ull + 5;
  write_header(s);
  write_declarations(s);
  s.line("clause 1 \"All of it\" {");
  if (s.dice.one_in(2)) {
    s.line(fmt::format("  define Service as Ticket where {}", expression(s, Per::ticket, Sort::truth, 1)));
    s.defines.push_back("Service");
  }
  if (s.dice.one_in(3)) s.line("  out of scope Ticket where severity = P3");
  if (s.dice.one_in(2)) write_tiers(s);
  for (int n = s.dice.below(3); n > 0; --n) write_rule(s, Per::ticket);
  for (int n = 1 + s.dice.below(2); n > 0; --n) write_commitment(s);
  for (int n = s.dice.below(4); n > 0; --n) write_rule(s, Per::ticket);
  for (int n = 1 + s.dice.below(3); n > 0; --n) write_rule(s, Per::month);
  if (s.dice.one_in(2)) {
    // A value of the month, back at the ticket: a further pass.
    const std::vector<std::string>& totals = s.rules[{Per::month, Sort::whole}];
    if (!totals.empty()) {
      s.line(fmt::format("  rule theirs per Ticket = {} of the month of opened", s.dice.pick(totals)));
      s.rules[{Per::ticket, Sort::whole}].push_back("theirs");
      write_rule(s, Per::ticket);
      s.line("  rule later per month = count(Ticket where theirs > 3 of opened)");
    }
  }
  for (int n = s.dice.below(3); n > 0; --n) write_rule(s, Per::agreement);
  if (s.dice.one_in(2)) write_metric_and_benchmark(s);
  if (s.dice.one_in(2)) write_remedy(s);
  if (s.dice.one_in(2)) write_right(s);
  s.line("}");
  return s.text;
}

}  // namespace writ::properties
