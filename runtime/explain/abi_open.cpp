// Opening a rule set that was compiled ahead of time, and the reasons for failures in words.
#include <writ/rules.h>

#include "evaluate/abi_handles.h"
#include "evaluate/rules.h"
#include "explain/described.h"

using namespace writ::evaluate;

namespace {

bool open_description(const Rules& rules, writ_evaluator& evaluator) {
  auto described = std::make_unique<writ::explain::Described>();
  const std::span<const std::byte> image{static_cast<const std::byte*>(rules.description), static_cast<size_t>(rules.description_size)};
  if (!writ::explain::load_description(image, described->description, evaluator.error)) return false;
  described->tables = &evaluator.tables();
  if (!writ::explain::fits(described->description, evaluator.tables())) {
    evaluator.error = "the rule set is damaged: its description does not fit its tables";
    return false;
  }
  evaluator.attached = std::move(described);
  return true;
}

}  // namespace

writ_status writ_open(const writ_rules* rules, writ_evaluator** out) {
  return guarded([&] {
    if (out == nullptr) return WRIT_BAD_ARGUMENT;
    *out = nullptr;
    auto evaluator = std::make_unique<writ_evaluator>();
    if (rules == nullptr) {
      evaluator->error = "a pointer is null";
      *out = evaluator.release();
      return WRIT_BAD_ARGUMENT;
    }
    const Rules& artefact = *reinterpret_cast<const Rules*>(rules);
    evaluator->engine = open_rules(artefact, processor_level(), evaluator->level, evaluator->error);
    if (evaluator->engine != nullptr && !open_description(artefact, *evaluator)) evaluator->engine = nullptr;
    const bool opened = evaluator->engine != nullptr;
    *out = evaluator.release();
    return opened ? WRIT_OK : WRIT_BAD_RULES;
  });
}

uint32_t writ_level(const writ_evaluator* evaluator) { return evaluator == nullptr ? 0 : evaluator->level; }

const char* writ_status_text(writ_status status) {
  switch (status) {
    case WRIT_OK: return "done";
    case WRIT_BAD_ARGUMENT: return "an argument is not what the function takes";
    case WRIT_OUT_OF_MEMORY: return "there is not enough memory";
    case WRIT_DOES_NOT_FIT: return "a number does not fit 64 bits in its field's unit";
    case WRIT_FOREIGN_STATE: return "the totals belong to another rule set or version, or are damaged";
    case WRIT_WRONG_PASS: return "the totals are at another pass, or the portfolio is closed or not yet";
    case WRIT_BAD_RULES: return "the rule set belongs to another version, or is damaged";
    case WRIT_MISTAKE: return "a mistake of Writ itself";
    default: break;
  }
  return "no status of this interface";
}

writ_status writ_error(const writ_evaluator* evaluator, char* text, size_t capacity, size_t* size) {
  return guarded([&] {
    if (evaluator == nullptr) return WRIT_BAD_ARGUMENT;
    const Turn turn(evaluator->turns);
    return give_text(evaluator->error, text, capacity, size);
  });
}

writ_status writ_portfolio_error(const writ_portfolio* portfolio, char* text, size_t capacity, size_t* size) {
  return guarded([&]() -> writ_status {
    if (portfolio == nullptr) return WRIT_BAD_ARGUMENT;
    const Turn turn(portfolio->turns);
    return give_text(portfolio->error, text, capacity, size);
  });
}

writ_status writ_totals_error(const writ_totals* totals, char* text, size_t capacity, size_t* size) {
  return guarded([&] { return totals == nullptr ? WRIT_BAD_ARGUMENT : give_text(totals->error, text, capacity, size); });
}
