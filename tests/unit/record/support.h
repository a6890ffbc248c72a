// Small files of facts for tests, and readers opened on them.
#pragma once
#include <string>
#include <vector>

#include "record/read_batches.h"
#include "record/row_reader.h"

namespace writ::record::test {

// A folder that vanishes at the end of the test.
struct Folder {
  std::string path;
  Folder();
  ~Folder();
  std::string write(const std::string& name, const std::string& bytes) const;
};

std::string gzip(const std::string& bytes);

// A file that nobody else sees.
FactFile file_of(const std::string& bytes, FileFormat format = FileFormat::csv, const std::string& name = "facts.csv");

struct ReadRow {
  uint64_t line = 0;
  Problem problem = Problem::none;
  uint32_t column = 0;
  std::vector<std::string> cells;
  friend bool operator==(const ReadRow&, const ReadRow&) = default;
};
struct ReadFile {
  std::vector<ReadRow> rows;
  Finding failure;
  std::vector<Finding> notes;
};
// Every row of a file, its wanted columns by name.
ReadFile read_rows(const FactFile& file, const std::vector<WantedColumn>& wanted, char separator = ',');
ReadFile read_csv(const std::string& text, const std::vector<WantedColumn>& wanted, char separator = ',');
ReadFile read_json(const std::string& text, const std::vector<std::string>& wanted);

// One field of each kind, by its name: "id" text key, "severity" P1..P3, "opened" instant, "resolved" instant or not yet ...
RecordSchema ticket_schema();
value::Zone london();

// A whole run over one record type.
struct Run {
  Facts facts;
  std::vector<Batch> batches;
  bool read = false;
};
Run run(const RecordInput& input, std::vector<FactFile> files, const ReadOptions& options = {}, int passes = 1);
// The input for records from file 0 and, when the schema has a history, history rows from file 1.
RecordInput input_of(const RecordSchema& schema, bool history = false);

// All batches of a run as one.
Batch joined(const std::vector<Batch>& batches);

}  // namespace writ::record::test
