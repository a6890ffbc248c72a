// The facts of a run: which file holds what, read as the agreement's `facts` blocks say.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "evaluate/engine.h"
#include "ir/agreement.h"
#include "record/read_batches.h"

namespace writ::driver {

struct LoadedFacts {
  record::Facts facts;                                      // with the report: what was set aside, failures, notes
  std::vector<record::RecordInput> inputs;                  // every record type, in order; acts are not among them
  std::vector<std::unique_ptr<record::Prepared>> prepared;  // by input
  std::vector<record::RecordInput> act_inputs;              // every kind of act, in order; they have been read:
  evaluate::Acts acts;
  std::vector<evaluate::Acts> acts_of_agreements;  // in place of these, where there are many agreements
};

// Of many agreements in one run: how the rows of files say whose they are.
struct AgreementKeys {
  std::string column;                          // that holds the key
  std::vector<std::string> columns;            // by record type: what it is called in the files of that; empty: the same
  std::shared_ptr<const record::Texts> names;  // by agreement
};

// Opens the files and reads the acts and histories. `arguments`: the --facts options ("Ticket=tickets.csv"); each stands in place of the file
// that the agreement names, which lies beside the agreement. A record type may be given several times: its files are read one after the other.
// `keys`: there are many agreements; the last column of every batch is then the number of that of the row.
// False when a file cannot be used: see facts.report.failures (exit_bad_data).
bool load_facts(const ir::Agreement& agreement, const std::string& agreement_path, const std::vector<std::string>& arguments, LoadedFacts& loaded,
                const AgreementKeys* keys = nullptr);

// How the columns of a source become the fields of a record type and of its history: as the agreement's `facts` blocks say, else by name.
void set_mappings(const ir::Agreement& agreement, record::RecordInput& input, std::vector<record::Finding>& failures);
// Rows of an act record, and where acts of that kind are kept.
void add_acts(const record::Batch& batch, std::vector<evaluate::Act>& acts);
std::vector<evaluate::Act>& acts_of(const ir::Agreement& agreement, uint32_t record, evaluate::Acts& acts);

// One line for a finding: "tickets.csv:12, column 3 (opened): R0020: ...", with the nearest name where one was misspelt.
std::string describe(const record::Report& report, const record::Finding& finding);

}  // namespace writ::driver
