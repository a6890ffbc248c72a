// An agreement with each customer: evaluated once for each, over the rows of that customer, whose fee is a parameter.
#include <functional>

#include "bench/compare.h"
#include "bench/facts.h"
#include "bench/runners.h"
#include "emit/emit.h"
#include "evaluate/portfolio.h"
#include "interpret/interpret.h"
#include "plan/plan.h"
#include "value/civil.h"

namespace writ::bench {

namespace {

std::string compare_customers(const Customers& expected, const Customers& got, uint32_t count) {
  const size_t customers = expected.terminable.size();
  for (uint32_t c = 0; c < count; ++c) {
    const std::string who = "customer " + std::to_string(c);
    if (got.terminable[c] != expected.terminable[c]) return who + ": the right to terminate differs";
    for (size_t at = c; at < expected.misses.size(); at += customers) {
      const std::string month = ", month " + std::to_string(at / customers);
      if (got.misses[at] != expected.misses[at]) return who + month + ": the misses differ";
      if (got.credit[at] != expected.credit[at]) return who + month + ": the credit differs";
    }
  }
  return {};
}

// The rows of each customer, and where an evaluation leaves what it came to.
struct EachCustomer {
  Rows rows;
  std::vector<uint32_t> first, fee;  // by customer
  uint32_t missed = 0, owed = 0;     // definitions
  uint32_t customers = 0;
  Customers out;

  // Rows are only sorted where they are evaluated customer by customer.
  EachCustomer(const Setting& s, bool sorts) : fee(fees_of(s.rows)), customers(s.rows.customers), out(customers) {
    missed = find_definition(s.program.agreement, "missed_in_month");
    owed = find_definition(s.program.agreement, "Credits");
    if (!sorts) return;
    rows = by_customer(s.rows);
    for (uint32_t c = 0, i = 0; c <= customers; ++c) {
      while (i < rows.count && rows.customer[i] < c) ++i;
      first.push_back(i);
    }
  }
  // A customer without tickets has no fee here; the least one is in the parameter's range.
  value::Value fee_of(uint32_t customer) const { return value::given(std::max<int64_t>(fee[customer], 4900)); }
  evaluate::Inputs inputs_of(uint32_t customer) const {
    evaluate::Inputs in = inputs();
    in.params.push_back(fee_of(customer));
    return in;
  }
  void take(uint32_t customer, const evaluate::Results& results) {
    for (size_t month = 0; month < Months::count; ++month) {
      out.misses[month * customers + customer] = static_cast<uint16_t>(results.values[missed][month].lo);
      out.credit[month * customers + customer] = static_cast<uint32_t>(results.values[owed][month].lo);
    }
    out.terminable[customer] = results.rights[0].arose;
  }
};

}  // namespace

Runner scalar_customers_runner(const Setting& s) {
  auto out = std::make_shared<Customers>();
  return {"row by row in C++, by hand", s.rows.count, [out, &rows = s.rows] { scalar_customers(rows, *out); },
          [out, &rows = s.rows](const Expected& expected) { return compare_customers(expected.customers, *out, rows.customers); }};
}

Runner avx512_customers_runner(const Setting& s) {
  auto out = std::make_shared<Customers>();
  return {"AVX-512 kernel, by hand", s.rows.count, [out, &rows = s.rows] { avx512_customers(rows, *out); },
          [out, &rows = s.rows](const Expected& expected) { return compare_customers(expected.customers, *out, rows.customers); }};
}

Runner native_customers_runner(const Setting& s) {
  struct Run {
    EachCustomer each;
    std::unique_ptr<evaluate::CompiledEngine> engine;
    NarrowColumns columns;
    Run(const Setting& setting)
        : each(setting, true), engine(emit::make_native(plan::make_plan(setting.program.agreement), {})), columns(setting.program.agreement, each.rows) {
      columns.view.columns.resize(monthly_fee);
    }
  };
  auto run = std::make_shared<Run>(s);
  const auto round = [run] {
    evaluate::BatchView view = run->columns.view;
    for (uint32_t c = 0; c < run->each.customers; ++c) {
      view.rows = run->each.first[c + 1] - run->each.first[c];
      for (evaluate::ColumnView& column : view.columns) column.offset = run->each.first[c];
      const auto totals = run->engine->init(run->each.inputs_of(c));
      run->engine->update_columns(*totals, 0, view, {});
      run->engine->close_pass(*totals, 0);
      run->each.take(c, run->engine->finish(*totals, {}));
    }
  };
  return {"native, an evaluation for each customer", s.rows.count, round,
          [run](const Expected& expected) { return compare_customers(expected.customers, run->each.out, run->each.customers); }};
}

Runner native_portfolio_runner(const Setting& s) {
  struct Run {
    EachCustomer each;
    std::unique_ptr<evaluate::CompiledEngine> engine;
    NarrowColumns columns;
    std::vector<uint32_t> whose;
    std::vector<evaluate::PortfolioColumn> values;
    evaluate::PortfolioRight terminate;
    Run(const Setting& setting)
        : each(setting, false),
          engine(emit::make_native(plan::make_plan(setting.program.agreement), {})),
          columns(setting.program.agreement, setting.rows),
          whose(setting.rows.customer.get(), setting.rows.customer.get() + setting.rows.count) {
      columns.view.columns.resize(monthly_fee);
    }
  };
  auto run = std::make_shared<Run>(s);
  const auto round = [run] {
    const uint32_t customers = run->each.customers;
    evaluate::PortfolioInputs in{inputs().as_of, customers, {}, {}};
    in.params.reserve(customers);
    for (uint32_t c = 0; c < customers; ++c) in.params.push_back(run->each.fee_of(c));
    const uint32_t asked[] = {run->each.missed, run->each.owed};
    const evaluate::Program& program = run->engine->program();
    in.only.assign(program.tables.definitions.size(), false);
    for (uint32_t definition : asked) in.only[definition] = true;
    const auto portfolio = evaluate::make_portfolio(program, std::move(in));
    evaluate::update_portfolio(program, *portfolio, run->columns.view, run->whose, {});
    evaluate::close_portfolio(*portfolio);
    run->values = evaluate::portfolio_columns(program, *portfolio, asked);
    run->terminate = evaluate::portfolio_rights(program, *portfolio, 0);
  };
  const auto take = [run](Customers& out) {
    const uint32_t customers = run->each.customers;
    for (uint32_t c = 0; c < customers; ++c) {
      for (size_t month = 0; month < Months::count; ++month) {
        out.misses[month * customers + c] = static_cast<uint16_t>(evaluate::number_at(run->values[0], month * run->values[0].stride + c));
        out.credit[month * customers + c] = static_cast<uint32_t>(evaluate::number_at(run->values[1], month * run->values[1].stride + c));
      }
      out.terminable[c] = run->terminate.results[run->terminate.which[c]].arose;
    }
  };
  return {"native, all customers in one pass", s.rows.count, round, [run, take](const Expected& expected) {
            take(run->each.out);
            return compare_customers(expected.customers, run->each.out, run->each.customers);
          }};
}

Runner interpreted_customers_runner(const Setting& s) {
  const uint32_t few = std::min(50u, s.rows.customers);
  struct Run {
    EachCustomer each;
    std::unique_ptr<evaluate::Engine> engine;
    std::vector<record::Batch> batches;
    Run(const Setting& setting, uint32_t few) : each(setting, true), engine(interpret::make_interpreter(setting.program.agreement)) {
      for (uint32_t c = 0; c < few; ++c) {
        batches.push_back(as_batch(setting.program.agreement, each.rows, each.first[c], each.first[c + 1] - each.first[c]));
        batches.back().columns.resize(monthly_fee);
      }
    }
  };
  auto run = std::make_shared<Run>(s, few);
  const auto round = [run, few] {
    for (uint32_t c = 0; c < few; ++c) {
      const auto totals = run->engine->init(run->each.inputs_of(c));
      run->engine->update(*totals, 0, run->batches[c], nullptr);
      run->engine->close_pass(*totals, 0);
      run->each.take(c, run->engine->finish(*totals, {}));
    }
  };
  return {"interpreter, an evaluation for each of " + std::to_string(few) + " customers", std::max(1u, run->each.first[few]), round,
          [run, few](const Expected& expected) { return compare_customers(expected.customers, run->each.out, few); }};
}

}  // namespace writ::bench
