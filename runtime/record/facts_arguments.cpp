#include "record/facts_arguments.h"

namespace writ::record {

namespace {

constexpr std::string_view history_of = "history of ";

bool take(std::string_view& text, std::string_view start) {
  if (text.substr(0, start.size()) != start) return false;
  text.remove_prefix(start.size());
  return true;
}

}  // namespace

void parse_facts_path(std::string_view text, FactsArgument& argument, Finding& failure) {
  bool stated = true;
  if (take(text, "csv:"))
    argument.format = FileFormat::csv;
  else if (take(text, "ndjson:") || take(text, "jsonl:"))
    argument.format = FileFormat::json_lines;
  else
    stated = false;
  argument.path = text;
  if (stated || text.empty() || text == "-" || format_of_name(text, argument.format)) return;
  failure.problem = Problem::unknown_format;
  failure.text = text;
  failure.detail = ".csv, .ndjson or .jsonl, each with or without .gz; or `csv:` or `ndjson:` must stand in front of it";
}

FactsArgument parse_facts_argument(const std::string& argument, std::span<const std::string> records, const std::vector<bool>& has_history, Finding& failure) {
  FactsArgument out;
  size_t equals = argument.find('=');
  if (equals == std::string::npos || equals == 0) {
    failure.problem = Problem::unreadable_argument;
    failure.text = argument;
    return out;
  }
  std::string_view name = std::string_view(argument).substr(0, equals);
  out.of_history = take(name, history_of);
  for (uint32_t i = 0; i < records.size(); ++i) {
    if (records[i] == name && (!out.of_history || has_history[i])) out.record = i;
  }
  if (out.record == nothing) {
    failure.problem = Problem::unknown_facts;
    failure.text = argument.substr(0, equals);
    for (size_t i = 0; i < records.size(); ++i) {
      failure.candidates.push_back(records[i]);
      if (has_history[i]) failure.candidates.push_back(std::string(history_of) + records[i]);
    }
    return out;
  }
  parse_facts_path(std::string_view(argument).substr(equals + 1), out, failure);
  return out;
}

}  // namespace writ::record
