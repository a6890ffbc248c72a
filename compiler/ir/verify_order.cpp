// I09 `order` holds every definition once, and what a definition reads stands before it or in an earlier pass;
// I10 a value read by records is made in an earlier pass, and no pass is missing.
#include <fmt/format.h>

#include "ir/reads.h"
#include "ir/verify_parts.h"

namespace writ::ir {
namespace {

constexpr size_t nowhere = SIZE_MAX;

bool of_records(const Grain& grain) { return grain.of == Grain::Of::record || grain.of == Grain::Of::history; }

struct Ranks {
  std::vector<size_t> of;  // by definition: its place in the order
};

Ranks ranks_of(Broken& broken) {
  const Agreement& agreement = broken.agreement;
  Ranks ranks{std::vector<size_t>(agreement.definitions.size(), nowhere)};
  for (size_t i = 0; i < agreement.order.size(); ++i) {
    const DefinitionId id = agreement.order[i];
    if (id.index >= agreement.definitions.size()) {
      add_broken(broken, "I09", "order", "names a definition that does not exist");
    } else if (ranks.of[id.index] != nowhere) {
      add_broken(broken, "I09", agreement.definitions[id].name, "stands twice in the order");
    } else {
      ranks.of[id.index] = i;
    }
  }
  for (uint32_t i = 0; i < agreement.definitions.size(); ++i)
    if (ranks.of[i] == nowhere) add_broken(broken, "I09", agreement.definitions.items[i].name, "is missing in the order");
  return ranks;
}

void verify_edge(Broken& broken, const Ranks& ranks, DefinitionId reader_id, DefinitionId read_id) {
  const Agreement& agreement = broken.agreement;
  const Definition& reader = agreement.definitions[reader_id];
  const Definition& read = agreement.definitions[read_id];
  if (ranks.of[reader_id.index] == nowhere || ranks.of[read_id.index] == nowhere) return;
  if (ranks.of[read_id.index] >= ranks.of[reader_id.index]) add_broken(broken, "I09", reader.name, fmt::format("reads {}, which is made later", read.name));
  const bool from_coarser = of_records(reader.grain) && !of_records(read.grain);
  if (from_coarser ? read.pass >= reader.pass : read.pass > reader.pass)
    add_broken(broken, "I10", reader.name, fmt::format("reads {} of pass {} in pass {}", read.name, read.pass, reader.pass));
}

void verify_aggregate_pass(Broken& broken, const Aggregate& aggregate) {
  const Agreement& agreement = broken.agreement;
  const Reads reads = reads_of(agreement, aggregate);
  for (const DefinitionId id : reads.values) {
    const Definition& read = agreement.definitions[id];
    if (of_records(read.grain) ? read.pass > aggregate.pass : read.pass >= aggregate.pass)
      add_broken(broken, "I10", "an aggregate", fmt::format("of pass {} reads {} of pass {}", aggregate.pass, read.name, read.pass));
  }
  for (const DefinitionId id : reads.periods)
    if (agreement.definitions[id].pass >= aggregate.pass)
      add_broken(broken, "I10", "an aggregate", "reads " + agreement.definitions[id].name + " in its own pass");
  if (aggregate.pass < 0 || aggregate.pass >= agreement.passes) add_broken(broken, "I10", "an aggregate", "is in a pass that does not exist");
}

}  // namespace

void verify_order(Broken& broken) {
  const Agreement& agreement = broken.agreement;
  const Ranks ranks = ranks_of(broken);
  for (uint32_t i = 0; i < agreement.definitions.size(); ++i) {
    const Definition& definition = agreement.definitions.items[i];
    const Reads reads = reads_of(agreement, definition);
    for (const DefinitionId read : reads.values) verify_edge(broken, ranks, {i}, read);
    for (const DefinitionId read : reads.periods) verify_edge(broken, ranks, {i}, read);
    for (const AggregateId id : reads.aggregates)
      if (agreement.aggregates[id].pass > definition.pass) add_broken(broken, "I10", definition.name, "reads an aggregate of a later pass");
    if (definition.pass < -1 || definition.pass >= agreement.passes) add_broken(broken, "I10", definition.name, "is in a pass that does not exist");
    if (definition.pass == -1 && (of_records(definition.grain) || !reads.aggregates.empty()))
      add_broken(broken, "I10", definition.name, "is made before the facts, but reads them");
  }
  for (const Aggregate& aggregate : agreement.aggregates) verify_aggregate_pass(broken, aggregate);
}

}  // namespace writ::ir
