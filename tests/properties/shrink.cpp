// The fewest facts that still show a difference.
#include <fmt/format.h>

#include "ir/print.h"
#include "properties/generator.h"

namespace writ::properties {

namespace {

// All rows but [from, until), which keep their ordinals only where they stand before the gap: order is all that matters.
record::Batch without_rows(const record::Batch& batch, uint32_t from, uint32_t until) {
  record::Batch kept = slice(batch, 0, from);
  const record::Batch tail = slice(batch, until, batch.rows);
  const auto append = [](record::Column& column, const record::Column& more) {
    column.values.insert(column.values.end(), more.values.begin(), more.values.end());
    column.states.insert(column.states.end(), more.states.begin(), more.states.end());
    column.texts.insert(column.texts.end(), more.texts.begin(), more.texts.end());
  };
  for (size_t f = 0; f < kept.columns.size(); ++f) append(kept.columns[f], tail.columns[f]);
  kept.rows += tail.rows;
  if (batch.history.offsets.empty()) return kept;
  const uint32_t base = kept.history.offsets.back();
  for (size_t i = 1; i < tail.history.offsets.size(); ++i) kept.history.offsets.push_back(base + tail.history.offsets[i]);
  for (size_t f = 0; f < kept.history.columns.size(); ++f) append(kept.history.columns[f], tail.history.columns[f]);
  kept.history.tied.insert(kept.history.tied.end(), tail.history.tied.begin(), tail.history.tied.end());
  return kept;
}

// The history of one record emptied.
record::Batch without_history(const record::Batch& batch, uint32_t row) {
  record::Batch kept = batch;
  const uint32_t from = batch.history.offsets[row], until = batch.history.offsets[row + 1];
  for (record::Column& column : kept.history.columns) {
    column.values.erase(column.values.begin() + from, column.values.begin() + until);
    if (!column.states.empty()) column.states.erase(column.states.begin() + from, column.states.begin() + until);
    if (!column.texts.empty()) column.texts.erase(column.texts.begin() + from, column.texts.begin() + until);
  }
  for (size_t i = row + 1; i < kept.history.offsets.size(); ++i) kept.history.offsets[i] -= until - from;
  kept.history.tied[row] = 0;
  return kept;
}

bool drop_rows(Facts& facts, const Differs& differs) {
  for (size_t b = 0; b < facts.batches.size(); ++b) {
    for (uint32_t size = facts.batches[b].rows; size > 0; size /= 2) {
      for (uint32_t from = 0; from + size <= facts.batches[b].rows; from += size) {
        Facts fewer = facts;
        fewer.batches[b] = without_rows(facts.batches[b], from, from + size);
        if (differs(fewer).empty()) continue;
        facts = std::move(fewer);
        return true;
      }
    }
  }
  return false;
}

bool drop_histories(Facts& facts, const Differs& differs) {
  for (size_t b = 0; b < facts.batches.size(); ++b) {
    for (uint32_t row = 0; row + 1 < facts.batches[b].history.offsets.size(); ++row) {
      if (facts.batches[b].history.offsets[row] == facts.batches[b].history.offsets[row + 1]) continue;
      Facts fewer = facts;
      fewer.batches[b] = without_history(facts.batches[b], row);
      if (differs(fewer).empty()) continue;
      facts = std::move(fewer);
      return true;
    }
  }
  return false;
}

bool drop_acts(Facts& facts, const Differs& differs) {
  for (std::vector<evaluate::Act> evaluate::Acts::* list :
       {&evaluate::Acts::claims, &evaluate::Acts::notices, &evaluate::Acts::payments, &evaluate::Acts::exercises}) {
    for (size_t i = 0; i < (facts.acts.*list).size(); ++i) {
      Facts fewer = facts;
      (fewer.acts.*list).erase((fewer.acts.*list).begin() + static_cast<long>(i));
      if (differs(fewer).empty()) continue;
      facts = std::move(fewer);
      return true;
    }
  }
  return false;
}

}  // namespace

Facts shrink(Facts facts, const Differs& differs) {
  while (drop_rows(facts, differs) || drop_acts(facts, differs) || drop_histories(facts, differs)) {}
  return facts;
}

std::string failure(const ir::Agreement& agreement, uint64_t seed, const Facts& facts, const Differs& differs) {
  return fmt::format("seed {}\n{}\n\n{}\n{}", seed, differs(facts), print(agreement, facts), ir::print(agreement));
}

}  // namespace writ::properties
