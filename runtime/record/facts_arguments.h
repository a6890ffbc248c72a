// Which file holds which facts, as a command line says it.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "record/fact_file.h"
#include "record/problems.h"

namespace writ::record {

struct FactsArgument {
  uint32_t record = nothing;
  bool of_history = false;
  std::string path;  // "-": standard input; empty: no rows
  FileFormat format = FileFormat::csv;
};

// "Ticket=tickets.csv", "history of Ticket=events.ndjson.gz", "Claim=" (no rows), "Ticket=-" (CSV), "Ticket=ndjson:-" (a format in front
// stands in place of the one that the file's name says). What is wrong is in `failure`; its problem is then not none.
// records: names by record type; has_history: the same.
FactsArgument parse_facts_argument(const std::string& argument, std::span<const std::string> records, const std::vector<bool>& has_history, Finding& failure);
// The part behind the equals sign.
void parse_facts_path(std::string_view text, FactsArgument& argument, Finding& failure);

}  // namespace writ::record
