// Many agreements in C: arguments are checked here. No exception leaves a function.
#include <algorithm>

#include "evaluate/abi_handles.h"

using namespace writ::evaluate;

namespace {

constexpr const char* missing = "a pointer is null";
constexpr const char* foreign = "the portfolio belongs to another rule set";
constexpr const char* closed = "the portfolio is closed";

bool is_of(const writ_portfolio& portfolio, const writ_evaluator& evaluator) {
  return std::memcmp(portfolio.rules, evaluator.tables().rules, sizeof portfolio.rules) == 0;
}

bool same_inputs(const PortfolioInputs& a, const PortfolioInputs& b) {
  return a.as_of == b.as_of && a.agreements == b.agreements && a.params == b.params && a.only == b.only;
}

}  // namespace

writ_status writ_portfolio_new(const writ_evaluator* evaluator, const writ_portfolio_inputs* inputs, writ_portfolio** out) {
  return guarded([&] {
    if (!is_open(evaluator) || inputs == nullptr || out == nullptr) return fail(evaluator, WRIT_BAD_ARGUMENT, missing);
    if (inputs->size != sizeof(writ_portfolio_inputs)) {
      return fail(evaluator, WRIT_BAD_ARGUMENT, "`size` of the inputs is not that of writ_portfolio_inputs");
    }
    const Tables& tables = evaluator->tables();
    if (!suits_portfolio(evaluator->engine->program())) {
      return fail(
          evaluator, WRIT_BAD_ARGUMENT,
          "the rule set has " + std::to_string(tables.passes) + " passes over the facts; its agreements are evaluated one by one, with writ_totals_new");
    }
    const bool there = inputs->params != nullptr || inputs->param_count == 0 || inputs->agreement_count == 0;
    if (inputs->param_count != tables.params.size() || !there) {
      return fail(evaluator, WRIT_BAD_ARGUMENT, "the rule set has " + std::to_string(tables.params.size()) + " parameters");
    }
    PortfolioInputs in{inputs->as_of, inputs->agreement_count, {}};
    read_params(inputs->params, size_t{in.agreements} * inputs->param_count, in.params);
    auto made = std::make_unique<writ_portfolio>();
    made->portfolio = make_portfolio(evaluator->engine->program(), std::move(in));
    std::memcpy(made->rules, tables.rules, sizeof made->rules);
    *out = made.release();
    return WRIT_OK;
  });
}

void writ_portfolio_free(writ_portfolio* portfolio) { delete portfolio; }

writ_status writ_portfolio_update(const writ_evaluator* evaluator, writ_portfolio* portfolio, const writ_batch* batch, const uint32_t* agreements,
                                  const writ_output* outputs, size_t output_count) {
  return guarded([&] {
    if (!is_open(evaluator) || portfolio == nullptr || batch == nullptr) return fail(portfolio, WRIT_BAD_ARGUMENT, missing);
    if (!is_of(*portfolio, *evaluator)) return fail(portfolio, WRIT_FOREIGN_STATE, foreign);
    if (portfolio->portfolio->closed) return fail(portfolio, WRIT_WRONG_PASS, closed);
    BatchView view;
    std::vector<OutputColumn> columns;
    std::string why;
    if (!read_batch(evaluator->tables(), *batch, view, why)) return fail(portfolio, WRIT_BAD_ARGUMENT, why);
    if (!read_outputs(evaluator->tables(), view.record, outputs, output_count, columns, why)) return fail(portfolio, WRIT_BAD_ARGUMENT, why);
    if (view.rows == 0) return WRIT_OK;
    if (agreements == nullptr) return fail(portfolio, WRIT_BAD_ARGUMENT, missing);
    const uint32_t* largest = std::max_element(agreements, agreements + view.rows);
    if (*largest >= portfolio->portfolio->inputs.agreements) {
      return fail(portfolio, WRIT_BAD_ARGUMENT,
                  "row " + std::to_string(largest - agreements) + " is of agreement " + std::to_string(*largest) + "; there are " +
                      std::to_string(portfolio->portfolio->inputs.agreements));
    }
    if (update_portfolio(evaluator->engine->program(), *portfolio->portfolio, view, {agreements, view.rows}, columns)) return WRIT_OK;
    return fail(portfolio, WRIT_DOES_NOT_FIT, "a number of a column does not fit 64 bits in its field's unit; the portfolio is spoilt");
  });
}

writ_status writ_portfolio_combine(const writ_evaluator* evaluator, writ_portfolio* into, const writ_portfolio* from) {
  return guarded([&] {
    if (!is_open(evaluator) || into == nullptr || from == nullptr) return fail(into, WRIT_BAD_ARGUMENT, missing);
    if (into == from) return fail(into, WRIT_BAD_ARGUMENT, "a portfolio cannot be added to itself");
    if (!is_of(*into, *evaluator) || !is_of(*from, *evaluator)) return fail(into, WRIT_FOREIGN_STATE, foreign);
    if (into->portfolio->closed || from->portfolio->closed) return fail(into, WRIT_WRONG_PASS, closed);
    if (!same_inputs(into->portfolio->inputs, from->portfolio->inputs)) {
      return fail(into, WRIT_BAD_ARGUMENT, "the portfolios were begun with different agreements or as-of instants");
    }
    combine_portfolios(evaluator->engine->program(), *into->portfolio, *from->portfolio);
    return WRIT_OK;
  });
}

writ_status writ_portfolio_close(const writ_evaluator* evaluator, writ_portfolio* portfolio) {
  return guarded([&] {
    if (!is_open(evaluator) || portfolio == nullptr) return fail(portfolio, WRIT_BAD_ARGUMENT, missing);
    if (!is_of(*portfolio, *evaluator)) return fail(portfolio, WRIT_FOREIGN_STATE, foreign);
    if (portfolio->portfolio->closed) return fail(portfolio, WRIT_WRONG_PASS, closed);
    close_portfolio(*portfolio->portfolio);
    return WRIT_OK;
  });
}

writ_status writ_portfolio_finish(const writ_evaluator* evaluator, const writ_portfolio* portfolio, uint32_t agreement, const writ_acts* acts,
                                  writ_results** out) {
  return guarded([&] {
    if (!is_open(evaluator) || portfolio == nullptr || out == nullptr) return fail(portfolio, WRIT_BAD_ARGUMENT, missing);
    if (!is_of(*portfolio, *evaluator)) return fail(portfolio, WRIT_FOREIGN_STATE, foreign);
    if (!portfolio->portfolio->closed) return fail(portfolio, WRIT_WRONG_PASS, "the portfolio is not closed");
    if (agreement >= portfolio->portfolio->inputs.agreements) {
      return fail(portfolio, WRIT_BAD_ARGUMENT, "there are " + std::to_string(portfolio->portfolio->inputs.agreements) + " agreements");
    }
    Acts all;
    std::string why;
    if (!read_acts(acts, all, why)) return fail(portfolio, WRIT_BAD_ARGUMENT, why);
    *out = new writ_results{portfolio_results(evaluator->engine->program(), *portfolio->portfolio, agreement, all)};
    return WRIT_OK;
  });
}
