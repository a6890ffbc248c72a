// The last step: in which order definitions are evaluated, and in which pass over the facts.
// A definition is made when everything that it reads has been made (ensure_lowered reports a circle), so that the order in which they were
// made has dependencies first, and no circle can be left.
#include <algorithm>
#include <cassert>

#include "check/context.h"
#include "ir/reads.h"

namespace writ::check {
namespace {

using ir::AggregateId;
using ir::DefinitionId;

// Who reads whom. Aggregates stand between: a total reads what its records are made of.
struct Graph {
  const ir::Agreement& agreement;
  std::vector<ir::Reads> definitions;
  std::vector<ir::Reads> aggregates;
};

Graph make_graph(const ir::Agreement& agreement) {
  Graph graph{agreement, {}, {}};
  for (const ir::Definition& definition : agreement.definitions) graph.definitions.push_back(ir::reads_of(agreement, definition));
  for (const ir::Aggregate& aggregate : agreement.aggregates) graph.aggregates.push_back(ir::reads_of(agreement, aggregate));
  return graph;
}

bool of_records(const ir::Grain& grain) { return grain.of == ir::Grain::Of::record || grain.of == ir::Grain::Of::history; }

// Every definition that one reads, through its aggregates too.
std::vector<DefinitionId> all_reads(const Graph& graph, DefinitionId id) {
  const ir::Reads& reads = graph.definitions[id.index];
  std::vector<DefinitionId> all = reads.values;
  all.insert(all.end(), reads.periods.begin(), reads.periods.end());
  for (const AggregateId total : reads.aggregates) {
    const ir::Reads& of = graph.aggregates[total.index];
    all.insert(all.end(), of.values.begin(), of.values.end());
    all.insert(all.end(), of.periods.begin(), of.periods.end());
  }
  return all;
}

std::vector<DefinitionId> in_order_of_making(const Graph& graph) {
  std::vector<DefinitionId> sorted;
  for (uint32_t i = 0; i < graph.definitions.size(); ++i) {
    sorted.push_back({i});
    for ([[maybe_unused]] const DefinitionId read : all_reads(graph, {i})) assert(read.index < i);
  }
  return sorted;
}

// Values that read no fact, of those that records need: made before the first pass, so that they cost no pass of their own.
std::vector<bool> before_facts(const Graph& graph, const std::vector<DefinitionId>& sorted) {
  const ir::Agreement& agreement = graph.agreement;
  std::vector<bool> free(agreement.definitions.size(), false), needed(agreement.definitions.size(), false);
  for (const DefinitionId id : sorted) {
    const std::vector<DefinitionId> reads = all_reads(graph, id);
    free[id.index] = !of_records(agreement.definitions[id].grain) && graph.definitions[id.index].aggregates.empty() &&
                     std::all_of(reads.begin(), reads.end(), [&](DefinitionId read) { return free[read.index]; });
  }
  const auto need = [&](const ir::Reads& reads) {
    for (const DefinitionId read : reads.values) needed[read.index] = needed[read.index] || free[read.index];
    for (const DefinitionId read : reads.periods) needed[read.index] = needed[read.index] || free[read.index];
  };
  for (const DefinitionId id : sorted)
    if (of_records(agreement.definitions[id].grain)) need(graph.definitions[id.index]);
  for (const ir::Reads& reads : graph.aggregates) need(reads);
  for (auto id = sorted.rbegin(); id != sorted.rend(); ++id)
    if (needed[id->index]) need(graph.definitions[id->index]);
  return needed;
}

struct Passes {
  std::vector<int> definitions, aggregates;
};

// A reader at record grain waits for the end of the pass that makes a coarser value; everything else is made in the pass of what it reads.
int pass_after(const Graph& graph, const Passes& passes, const ir::Reads& reads, bool reader_of_records) {
  int pass = 0;
  const auto wait = [&](DefinitionId read) {
    const bool coarser = reader_of_records && !of_records(graph.agreement.definitions[read].grain);
    pass = std::max(pass, passes.definitions[read.index] + (coarser ? 1 : 0));
  };
  for (const DefinitionId read : reads.values) wait(read);
  for (const DefinitionId read : reads.periods) wait(read);
  return pass;
}

Passes assign_passes(const Graph& graph, const std::vector<DefinitionId>& sorted, const std::vector<bool>& before) {
  const ir::Agreement& agreement = graph.agreement;
  Passes passes{std::vector<int>(agreement.definitions.size(), 0), std::vector<int>(agreement.aggregates.size(), 0)};
  for (const DefinitionId id : sorted) {
    const ir::Reads& reads = graph.definitions[id.index];
    if (before[id.index]) {
      passes.definitions[id.index] = -1;
      continue;
    }
    int pass = pass_after(graph, passes, reads, of_records(agreement.definitions[id].grain));
    for (const AggregateId total : reads.aggregates) {
      passes.aggregates[total.index] = pass_after(graph, passes, graph.aggregates[total.index], true);
      pass = std::max(pass, passes.aggregates[total.index]);
    }
    passes.definitions[id.index] = pass;
  }
  for (size_t i = 0; i < passes.aggregates.size(); ++i)
    passes.aggregates[i] = pass_after(graph, passes, graph.aggregates[i], true);  // also those that nobody reads
  return passes;
}

}  // namespace

void order_definitions(Context& context) {
  ir::Agreement& agreement = context.agreement;
  const Graph graph = make_graph(agreement);
  const std::vector<DefinitionId> sorted = in_order_of_making(graph);
  const Passes passes = assign_passes(graph, sorted, before_facts(graph, sorted));
  agreement.passes = 1;
  for (uint32_t i = 0; i < agreement.definitions.size(); ++i) {
    agreement.definitions.items[i].pass = passes.definitions[i];
    agreement.passes = std::max(agreement.passes, passes.definitions[i] + 1);
  }
  for (uint32_t i = 0; i < agreement.aggregates.size(); ++i) {
    agreement.aggregates.items[i].pass = passes.aggregates[i];
    agreement.passes = std::max(agreement.passes, passes.aggregates[i] + 1);
  }
  // By pass; records before what is made of them; dependencies first inside each part.
  agreement.order.clear();
  for (int pass = -1; pass < agreement.passes; ++pass)
    for (const bool records : {true, false})
      for (const DefinitionId id : sorted)
        if (agreement.definitions[id].pass == pass && of_records(agreement.definitions[id].grain) == records) agreement.order.push_back(id);
}

}  // namespace writ::check
