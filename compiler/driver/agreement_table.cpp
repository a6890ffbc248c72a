#include "driver/agreement_table.h"

#include "record/facts_arguments.h"

namespace writ::driver {

namespace {

using record::Finding;
using record::Problem;

// --key NAME and --key RECORD=NAME.
void read_keys(const ir::Agreement& agreement, const Options& options, AgreementKeys& keys) {
  keys.columns.resize(agreement.records.size());
  for (const std::string& text : options.keys) {
    bool of_record = false;
    for (uint32_t i = 0; i < agreement.records.size(); ++i) {
      const std::string start = agreement.records.items[i].name + "=";
      if (!text.starts_with(start)) continue;
      keys.columns[i] = text.substr(start.size());
      of_record = true;
    }
    if (!of_record) keys.column = text;
  }
}

bool open_file(const std::string& text, record::Facts& facts, uint32_t& index) {
  record::FactsArgument argument;
  Finding failure;
  record::parse_facts_path(text, argument, failure);
  if (failure.problem == Problem::none && argument.format != record::FileFormat::csv) {
    failure.problem = Problem::unknown_format;
    failure.text = text;
  }
  if (failure.problem == Problem::unknown_format) failure.detail = ".csv, with or without .gz; or `csv:` must stand in front of it";
  record::FactFile file;
  if (failure.problem == Problem::none) file = record::open_fact_file(argument.path, argument.format, failure);
  if (failure.problem != Problem::none) {
    facts.report.failures.push_back(std::move(failure));
    return false;
  }
  index = static_cast<uint32_t>(facts.files.size());
  facts.report.files.push_back(file.name);
  facts.files.push_back(std::move(file));
  return true;
}

}  // namespace

bool open_table(const ir::Agreement& agreement, const Options& options, record::Facts& facts, AgreementTable& table) {
  read_keys(agreement, options, table.keys);
  std::vector<std::string> names;
  for (const ir::Param& param : agreement.params) names.push_back(param.name);
  uint32_t file = 0;
  if (!open_file(options.agreements, facts, file)) return false;
  if (!record::open_agreements(facts, file, table.keys.column, names, table.file)) return false;
  table.keys.column = table.file.header[table.file.key_column];
  table.params.file = facts.files[file].name;
  table.params.has.assign(names.size(), false);
  for (const uint32_t param : table.file.params) {
    if (param != record::nothing) table.params.has[param] = true;
  }
  return true;
}

bool read_table(const ir::Agreement& agreement, const std::vector<value::Value>& common, record::Facts& facts, AgreementTable& table,
                std::vector<value::Value>& params) {
  record::Texts keys;
  std::vector<value::Value> columns;  // as `params`, of the parameters with a column
  const record::ReadParam read = [&](uint32_t of, uint32_t param, const std::string& text, std::string& why) {
    const std::optional<value::i128> number = read_param(agreement, agreement.params.items[param], text, why);
    why = "it " + why;
    if (!number || of == record::nothing) return number.has_value();
    const size_t at = size_t{of} * common.size() + param;
    if (columns.size() <= at) columns.resize((size_t{of} + 1) * common.size());
    columns[at] = value::given(*number);
    return true;
  };
  if (!record::read_agreements(facts, table.file, keys, read)) return false;
  for (uint32_t of = 0; of < record::count(keys); ++of) {
    for (size_t param = 0; param < common.size(); ++param) {
      params.push_back(table.params.has[param] ? columns[size_t{of} * common.size() + param] : common[param]);
    }
  }
  table.keys.names = std::make_shared<const record::Texts>(std::move(keys));
  return true;
}

}  // namespace writ::driver
