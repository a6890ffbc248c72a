// One ticket at a time through the C interface, as a service that decides while its user waits, against a function over a structure.
//
//   writ_bench_single FOLDER [--rounds N]
#include <writ/rules.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>

#include "bench/clock.h"
#include "bench/compare.h"
#include "bench/facts.h"
#include "bench/ticket_kernel.h"
#include "driver/pipeline.h"
#include "emit/emit.h"
#include "evaluate/abi.h"
#include "plan/plan.h"
#include "value/civil.h"

namespace writ::bench {
namespace {

// So many that the processor does not learn by heart how each of them branches, as it does with those that come again soon.
constexpr uint32_t tickets = 200000;

void need(writ_status status) {
  if (status == WRIT_OK) return;
  std::fprintf(stderr, "the C interface says %d\n", status);
  std::exit(1);
}

// Columns of one row, and where its four outcomes go.
struct Caller {
  const writ_evaluator* evaluator;
  writ_inputs inputs{sizeof(writ_inputs), as_of_second* value::us_per_second, 0, nullptr};
  int64_t numbers[fields] = {};
  uint8_t states[fields] = {};
  writ_column columns[fields];
  writ_batch batch{};
  int64_t values[4] = {};
  writ_output outputs[4];
  writ_row row{};
  writ_case* one = nullptr;
  uint32_t definitions[4];

  Caller(const writ_evaluator* e, uint32_t record, const Compared& compared) : evaluator(e) {
    for (int field = 0; field < fields; ++field) columns[field] = {sizeof(writ_column), 8, 0, &numbers[field], nullptr, &states[field], 0, 1};
    batch = {sizeof(writ_batch), record, 1, 0, fields, 0, columns, nullptr};
    definitions[0] = compared.tier, definitions[1] = compared.acknowledgement, definitions[2] = compared.resolution, definitions[3] = compared.credit;
    for (int i = 0; i < 4; ++i) outputs[i] = {sizeof(writ_output), definitions[i], 8, &values[i], nullptr, nullptr};
    row.size = sizeof row;
    row.numbers = numbers;
    row.states = states;
  }
  void begin_case(const writ_totals* totals) {
    need(writ_case_new(evaluator, totals, batch.record, &one));
    need(writ_case_want(one, definitions, 4));
  }

  void take(const Ticket& ticket) {
    numbers[severity] = ticket.severity;
    numbers[plan] = ticket.plan;
    numbers[channel] = ticket.channel;
    numbers[opened] = ticket.opened * value::us_per_second;
    numbers[acknowledged] = ticket.acknowledged.value_or(0) * value::us_per_second;
    numbers[resolved] = ticket.resolved.value_or(0) * value::us_per_second;
    states[acknowledged] = ticket.acknowledged ? WRIT_GIVEN : WRIT_NOT_YET;
    states[resolved] = ticket.resolved ? WRIT_GIVEN : WRIT_NOT_YET;
    numbers[reopened] = ticket.reopened;
    numbers[client_caused] = ticket.client_caused;
    numbers[force_majeure] = ticket.force_majeure;
    numbers[claim_delay] = ticket.claim_delay;
    numbers[monthly_fee] = ticket.fee;
  }
  Decision decision() const { return {static_cast<int>(values[0]), values[1] == 1, values[2] == 1, values[3]}; }
  Decision decide_case(const Ticket& ticket) {
    take(ticket);
    need(writ_case_decide(one, &row, values, nullptr));
    return decision();
  }
  Decision ask_case(const Ticket& ticket) {
    take(ticket);
    need(writ_case_row(one, &row));
    for (int i = 0; i < 4; ++i) {
      writ_value value;
      need(writ_case_value(one, definitions[i], &value));
      values[i] = value.lo[0];
    }
    return decision();
  }
  Decision decide(writ_totals* totals, const Ticket& ticket) {
    take(ticket);
    need(writ_update(evaluator, totals, 0, &batch, outputs, 4));
    return decision();
  }
  Decision decide_alone(const Ticket& ticket) {
    writ_totals* totals = nullptr;
    need(writ_totals_new(evaluator, &inputs, &totals));
    const Decision decision = decide(totals, ticket);
    writ_totals_free(totals);
    return decision;
  }
};

std::vector<Ticket> as_tickets(const Rows& rows) {
  std::vector<Ticket> all;
  for (uint32_t i = 0; i < rows.count; ++i) {
    Ticket t{rows.severity[i],           rows.plan[i],        rows.channel[i], rows.opened[i], {}, {}, rows.reopened[i], rows.client_caused[i] != 0,
             rows.force_majeure[i] != 0, rows.claim_delay[i], rows.fee[i]};
    if (rows.acknowledged[i] != 0) t.acknowledged = rows.acknowledged[i];
    if (rows.resolved[i] != 0) t.resolved = rows.resolved[i];
    all.push_back(t);
  }
  return all;
}

struct Way {
  const char* name;
  std::function<Decision(const Ticket&)> decide;
  std::vector<double> times = {};
};

int run(const std::string& folder, int rounds) {
  driver::Program program;
  std::string error;
  if (!driver::load_program(folder + "/elapsed.writ", program, error) || program.sink.errors > 0) {
    std::fprintf(stderr, "cannot use the agreement in %s %s\n", folder.c_str(), error.c_str());
    return 1;
  }
  const Rows rows = make_rows(tickets);
  const std::vector<Ticket> all = as_tickets(rows);
  Outcomes expected(tickets);
  scalar_kernel(rows, Variant::elapsed, expected);
  const Compared compared = find_compared(program.agreement);
  emit::EmitOptions options;
  options.columns = {compared.tier, compared.acknowledgement, compared.resolution, compared.credit};
  writ_evaluator* evaluator = evaluate::to_c(emit::make_native(plan::make_plan(program.agreement), options));
  Caller caller(evaluator, find_ticket(program.agreement), compared);
  writ_totals* totals = nullptr;
  need(writ_totals_new(evaluator, &caller.inputs, &totals));

  caller.begin_case(totals);
  std::vector<Way> ways = {{"a function over a structure, by hand", [](const Ticket& t) { return decide(t); }},
                           {"writ_case_decide", [&](const Ticket& t) { return caller.decide_case(t); }},
                           {"writ_case_row, writ_case_value four times", [&](const Ticket& t) { return caller.ask_case(t); }},
                           {"writ_update, totals kept", [&](const Ticket& t) { return caller.decide(totals, t); }},
                           {"writ_totals_new, writ_update, writ_totals_free", [&](const Ticket& t) { return caller.decide_alone(t); }}};
  for (int round = 0; round < rounds; ++round) {
    for (Way& way : ways) {
      std::vector<Decision> decisions(tickets);
      way.times.push_back(seconds_of([&] {
        for (uint32_t i = 0; i < tickets; ++i) decisions[i] = way.decide(all[i]);
      }));
      for (uint32_t i = 0; i < tickets; ++i) {
        const Decision& d = decisions[i];
        const std::string text = compare_row(expected, i, d.tier, d.acknowledgement_missed, d.resolution_missed, d.credit);
        if (text.empty()) continue;
        std::fprintf(stderr, "%s: %s\n", way.name, text.c_str());
        return 1;
      }
    }
  }
  std::printf("%u tickets one by one, median of %d interleaved rounds; all outcomes equal\n\n%-48s %12s %10s\n", tickets, rounds, "", "ns a ticket", "x first");
  for (const Way& way : ways) {
    const double time = median(way.times) / tickets;
    std::printf("%-48s %12.1f %10.4f\n", way.name, time * 1e9, median(ways[0].times) / median(way.times));
  }
  writ_case_free(caller.one);
  writ_totals_free(totals);
  writ_evaluator_free(evaluator);
  return 0;
}

}  // namespace
}  // namespace writ::bench

int main(int count, char** texts) {
  const int rounds = count == 4 && std::string(texts[2]) == "--rounds" ? std::atoi(texts[3]) : count == 2 ? 7 : 0;
  if (rounds < 1) {
    std::fprintf(stderr, "usage: writ_bench_single FOLDER [--rounds N]\n");
    return 2;
  }
  return writ::bench::run(texts[1], rounds);
}
