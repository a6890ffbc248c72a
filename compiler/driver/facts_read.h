// What reading the facts came to, as statements say it.
#pragma once
#include <vector>

#include "driver/load_facts.h"
#include "render/statement.h"

namespace writ::driver {

// A line for each record type, history and act that had a file.
std::vector<render::FactsRead> facts_read(const ir::Agreement& agreement, const LoadedFacts& loaded);
// The same for one of many agreements: its own rows, and those set aside of which nobody can tell whose they are, since they may be its.
// of_nobody: how many these are, by record type.
std::vector<render::FactsRead> facts_read(const ir::Agreement& agreement, const LoadedFacts& loaded, uint32_t of_agreement,
                                          const std::vector<uint64_t>& of_nobody);
std::vector<uint64_t> set_aside_of_nobody(const record::Report& report);
bool any_set_aside(const record::Report& report);

}  // namespace writ::driver
