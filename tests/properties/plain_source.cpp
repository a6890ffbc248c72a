// Agreements as people write them, and facts in which little is unusual: what the fast forms of native code are for. The other generators
// hardly ever make a row that those take.
#include <fmt/format.h>

#include <algorithm>

#include "properties/generator.h"
#include "value/civil.h"

namespace writ::properties {

namespace {

std::string pick(Dice& dice, const std::vector<std::string>& from) { return dice.pick(from); }

std::string header(Dice& dice) {
  const std::string zone = pick(dice, {"UTC", "Europe/London", "America/New_York"});
  std::string text = "agreement \"Desk\"\nbetween Company as provider \"Northwind Support Ltd\"\nand Client as customer \"Contoso Retail plc\"\n";
  text += fmt::format("signed 2024-12-18T16:30\neffective 2025-01-{:02}\nterm {} months\ncurrency EUR\ntime zone \"{}\"\nround {}, to the minor unit\n",
                      dice.one_in(2) ? 1 : 10, dice.between(6, 18), zone, pick(dice, {"half up", "half even", "down"}));
  text += "param monthly_fee : money in EUR 49.00..EUR 25,000.00 = EUR 1,200.00\nparam floor : 0..9 = 6\nparam rate : percent in 0%..20% = 5%\n";
  text +=
      "holidays ours \"Our holidays\" {\n  source \"made for this test\"\n  years 2020..2040\n  on 2025-04-18 \"Good Friday\"\n  on 2025-12-25 "
      "\"Christmas\"\n}\n";
  text += "calendar Office default {\n  open Mon..Fri 09:00..17:30\n  closed ours\n";
  if (dice.one_in(2)) text += "  time that runs out at closing ends at the next opening\n";
  return text + "  business day ends at close\n}\n";
}

std::string record() {
  return "enum Severity { S1, S2, S3 }\nenum Channel { email, phone, internal }\nrecord Ticket since opened {\n  severity : Severity\n  channel : Channel\n"
         "  opened : instant\n  answered : instant or not yet\n  resolved : instant or not yet\n  reopened : 0..5\n  score : 0..10 or none\n"
         "  client_caused : bool\n  amount : money in EUR 0.00..EUR 9,000.00\n}\n";
}

std::string time(Dice& dice, bool business) {
  if (!business) return fmt::format("within {} {}", dice.between(1, 90), pick(dice, {"minutes", "hours"}));
  return fmt::format("within {} business {}", dice.between(1, 30), pick(dice, {"hours", "minutes"}));
}

std::string commitments(Dice& dice) {
  std::string text = "clause 1 \"Service\" {\n";
  if (dice.one_in(2)) text += "  out of scope Ticket where channel = internal\n";
  text +=
      "  tier of Ticket {\n    Urgent when severity = S1\n    Normal when severity = S2 or (severity = S3 and reopened at least 3)\n    Slow otherwise\n  }\n";
  for (const char* name : {"Answer", "Resolution"}) {
    const bool business = dice.one_in(2);
    text += fmt::format("  commitment {} for Ticket by Company {{\n    from opened until {}\n", name, std::string(name) == "Answer" ? "answered" : "resolved");
    for (const char* tier : {"Urgent", "Normal", "Slow"}) text += fmt::format("    {} : {}\n", tier, time(dice, business));
    if (dice.one_in(2)) text += "    excused when client_caused\n";
    text += "  }\n";
  }
  return text + "}\n";
}

std::string rules(Dice& dice) {
  std::string text = "clause 2 \"Amounts\" {\n  rule discount = rounded(rate of monthly_fee, 2)\n";
  text += fmt::format("  rule owed per Ticket {{\n    base EUR 0.00\n    case answer : rounded({}% of amount, 2) when missed Answer\n", dice.between(1, 40));
  text += "    case both overrides answer : min(discount, amount) when missed Answer and missed Resolution\n  }\n";
  text += fmt::format("  rule weight per Ticket = if reopened at least {} then reopened * 3 + floor else floor\n", dice.between(1, 4));
  text += "  rule per_month per month = count(Ticket where missed Answer of opened) + count(Ticket where missed Resolution of opened)\n";
  text += fmt::format("  rule sum_month per month = sum(owed over Ticket {}of opened)\n", dice.one_in(2) ? "" : "where reopened at least 1 ");
  text += "  rule top_weight per month = max(weight over Ticket of opened) otherwise 0\n  rule least_weight = min(weight over Ticket) otherwise 0\n";
  text += "  rule all_owed = sum(owed over Ticket)\n";
  if (dice.one_in(2)) text += "  rule good_months = count(months where per_month at most 2)\n";
  return text + "}\n";
}

std::string remedies(Dice& dice) {
  std::string text = "clause 3 \"Remedies\" {\n  remedy Credits for missed Answer, Resolution {\n    credit sum_month\n    cap 15% of monthly_fee per month\n";
  if (dice.one_in(2)) text += "    claimed by Client within 30 days after month end\n";
  text += "  }\n  right Terminate of Client {\n";
  text += fmt::format("    when any {} consecutive months have at least {} misses of Answer, Resolution\n", dice.between(1, 3), dice.between(1, 20));
  if (dice.one_in(2)) {
    text += "    after written notice and 20 days to cure\n    cured when no such miss falls due in the cure period\n";
    if (dice.one_in(2)) text += "    exercisable within 40 days\n";
  }
  text += "  }\n  rule bad per month = per_month at least 4\n  right Renegotiate of Client {\n    when any 2 consecutive months have bad\n  }\n}\n";
  return text;
}

// What reads the horizon: comparisons with it and lengths up to it.
std::string present(Dice& dice) {
  const auto order = [&] { return pick(dice, {"<", "<=", ">", ">=", "=", "!="}); };
  const std::string then = fmt::format("opened + {} {}", dice.between(1, 90), pick(dice, {"minutes", "hours"}));
  const std::string took = dice.one_in(3) ? "if resolved is given then resolved - opened else as_of - opened" : "ends - opened";
  std::string text = "clause 4 \"Now\" {\n  rule ends per Ticket = earliest(resolved, as_of)\n  rule took per Ticket = " + took + "\n";
  text += fmt::format("  rule early per Ticket = {} {} as_of\n  rule late per Ticket = as_of {} {}\n", then, order(), order(), then);
  text += fmt::format("  rule waits per Ticket = answered is not given and as_of - opened {} {} hours\n", order(), dice.between(1, 90));
  text += fmt::format("  rule ended_late per Ticket = ends {} opened + {} hours\n", order(), dice.between(1, 90));
  if (dice.one_in(2)) text += "  rule worked per Ticket = open_time(opened, ends)\n";
  text += "  rule took_month per month = sum(took over Ticket of opened)\n";
  text += "  rule early_month per month = count(Ticket where early of opened)\n  rule longest = max(took over Ticket where late) otherwise 0 hours\n";
  if (dice.one_in(2)) text += "  commitment Closing for Ticket by Company {\n    from opened until ends\n    within 30 hours\n  }\n";
  return text + "}\n";
}

int64_t later(Dice& dice, int64_t from) {
  const int64_t most = dice.one_in(5) ? 20 * value::us_per_day : dice.one_in(3) ? 8 * value::us_per_hour : value::us_per_hour;
  return from + dice.between(0, most) / value::us_per_second * value::us_per_second;
}

value::State absent_state(const ir::Type& type) { return type.absence == ir::Absence::not_yet ? value::State::not_yet : value::State::none; }

void add_plain_value(Dice& dice, record::Column& column, const ir::Agreement& agreement, const ir::Type& type, int64_t& instant, int64_t as_of) {
  int64_t number = 0;
  value::State state = value::State::given;
  switch (type.kind) {
    case ir::Kind::instant:
      number = type.absence == ir::Absence::never ? instant : later(dice, instant);
      if (type.absence != ir::Absence::never && (number > as_of || dice.one_in(12))) state = absent_state(type);
      if (state == value::State::given) instant = number;
      break;
    case ir::Kind::enumeration: number = dice.below(static_cast<int>(agreement.enums[type.enumeration].members.size())); break;
    case ir::Kind::boolean: number = dice.one_in(8); break;
    default:
      number = dice.between(static_cast<int64_t>(type.low), static_cast<int64_t>(type.high));
      if (type.absence != ir::Absence::never && dice.one_in(6)) state = absent_state(type);
      break;
  }
  column.values.push_back(state == value::State::given ? number : 0);
  column.states.push_back(state);
}

}  // namespace

std::string plain_source(uint64_t seed) {
  Dice dice{seed};
  std::string text = header(dice);
  text += record();
  text += commitments(dice);
  text += rules(dice);
  text += remedies(dice);
  if (dice.one_in(2)) text += present(dice);
  return text;
}

Facts plain_facts(const ir::Agreement& agreement, uint64_t seed, uint32_t rows, uint32_t one_unusual_in) {
  Dice dice{seed};
  Facts facts = random_facts(agreement, seed, 40);
  const int64_t start = value::start_of_day(agreement.zone, agreement.effective), end = value::start_of_day(agreement.zone, agreement.end);
  facts.inputs.as_of = dice.between(start + (end - start) / 3, end + 60 * value::us_per_day) / value::us_per_second * value::us_per_second;
  for (size_t p = 0; p < agreement.params.size(); ++p) {
    const ir::Type& type = agreement.params.items[p].type;
    facts.inputs.params[p] = value::given(dice.between(static_cast<int64_t>(type.low), static_cast<int64_t>(type.high)));
  }
  record::Batch unusual;
  for (const record::Batch& batch : facts.batches) unusual = batch;
  record::Batch batch;
  batch.columns.resize(agreement.records.items[0].fields.size());
  std::vector<int64_t> opened;
  for (uint32_t row = 0; row < rows; ++row)
    opened.push_back(dice.between(start, std::min(end, facts.inputs.as_of) - 1) / value::us_per_second * value::us_per_second);
  // Deadlines and lengths that end at the horizon, or a second beside it.
  const bool late = dice.one_in(3);
  for (int64_t& instant : opened) {
    if (!late || !dice.one_in(50)) continue;
    const int64_t near = facts.inputs.as_of - dice.between(0, 90) * (dice.one_in(2) ? value::us_per_minute : value::us_per_hour);
    instant = std::clamp(near + dice.between(-1, 1) * value::us_per_second, start, std::min(end, facts.inputs.as_of) - value::us_per_second);
  }
  if (!dice.one_in(3)) std::sort(opened.begin(), opened.end());
  for (uint32_t row = 0; row < rows; ++row) {
    const bool odd = unusual.rows > 0 && dice.one_in(static_cast<int>(one_unusual_in));
    const uint32_t from = odd ? static_cast<uint32_t>(dice.below(static_cast<int>(unusual.rows))) : 0;
    int64_t instant = std::max(opened[row], start);
    for (size_t f = 0; f < batch.columns.size(); ++f) {
      if (odd) {
        const record::Column& source = unusual.columns[f];
        const bool instant_field = agreement.records.items[0].fields[f].type.kind == ir::Kind::instant;
        const int64_t unit = instant_field ? value::us_per_second : 1;
        batch.columns[f].values.push_back(source.values[from] / unit * unit);
        batch.columns[f].states.push_back(source.states.empty() ? value::State::given : source.states[from]);
      } else {
        add_plain_value(dice, batch.columns[f], agreement, agreement.records.items[0].fields[f].type, instant, facts.inputs.as_of);
      }
    }
  }
  batch.rows = rows;
  facts.batches = {batch};
  return facts;
}

}  // namespace writ::properties
