#include "driver/facts_read.h"

namespace writ::driver {

namespace {

constexpr size_t reasons_shown = 5;  // of the rows set aside, for each record type

std::string joined(const record::Report& report, const std::vector<uint32_t>& files) {
  std::string text;
  for (const uint32_t file : files) text += (text.empty() ? "" : ", ") + report.files[file];
  return text;
}

// `only`: of that agreement, or of no certain one; `nothing`: of all.
std::vector<std::string> reasons_for(const record::Report& report, uint32_t record, bool of_history, uint32_t only) {
  std::vector<std::string> reasons;
  for (const record::Finding& finding : report.set_aside) {
    if (finding.record != record || finding.of_history != of_history || reasons.size() == reasons_shown) continue;
    if (only == record::nothing || finding.agreement == only || finding.agreement == record::nothing) reasons.push_back(describe(report, finding));
  }
  return reasons;
}

std::vector<render::FactsRead> list_facts(const ir::Agreement& agreement, const LoadedFacts& loaded, uint32_t only, const std::vector<uint64_t>& of_nobody) {
  const record::Report& report = loaded.facts.report;
  std::vector<render::FactsRead> list;
  const auto counts_of = [&](uint32_t record) {
    if (only == record::nothing) return report.records[record];
    record::RowCounts counts = report.of_agreements[record][only];
    counts.read += of_nobody[record];
    counts.set_aside += of_nobody[record];
    return counts;
  };
  const auto add = [&](const std::string& what, uint32_t record, bool of_history, const record::RowCounts& counts, const std::string& files) {
    list.push_back({what, files, counts.read, counts.set_aside, counts.superseded, record, reasons_for(report, record, of_history, only)});
    // A row of a history says whose it is by its record alone, and one that was set aside has none.
    if (only != record::nothing) list.back().of_nobody = of_history ? counts.set_aside : of_nobody[record];
  };
  for (const record::RecordInput& input : loaded.inputs) {
    const std::string& name = agreement.records.items[input.record].name;
    if (!input.files.empty()) add(name, input.record, false, counts_of(input.record), joined(report, input.files));
    if (!input.history_files.empty()) add("history of " + name, input.record, true, report.histories[input.record], joined(report, input.history_files));
  }
  for (const record::RecordInput& input : loaded.act_inputs) {
    const std::string& name = agreement.records.items[input.record].name;
    if (!input.files.empty()) add(name, input.record, false, counts_of(input.record), joined(report, input.files));
  }
  return list;
}

}  // namespace

std::vector<render::FactsRead> facts_read(const ir::Agreement& agreement, const LoadedFacts& loaded) {
  return list_facts(agreement, loaded, record::nothing, {});
}

std::vector<render::FactsRead> facts_read(const ir::Agreement& agreement, const LoadedFacts& loaded, uint32_t of_agreement,
                                          const std::vector<uint64_t>& of_nobody) {
  return list_facts(agreement, loaded, of_agreement, of_nobody);
}

std::vector<uint64_t> set_aside_of_nobody(const record::Report& report) {
  std::vector<uint64_t> left;
  for (size_t record = 0; record < report.records.size(); ++record) {
    left.push_back(report.records[record].set_aside);
    for (const record::RowCounts& counts : report.of_agreements[record]) left.back() -= counts.set_aside;
  }
  return left;
}

bool any_set_aside(const record::Report& report) {
  for (const std::vector<record::RowCounts>* all : {&report.records, &report.histories}) {
    for (const record::RowCounts& counts : *all) {
      if (counts.set_aside != 0) return true;
    }
  }
  return false;
}

}  // namespace writ::driver
