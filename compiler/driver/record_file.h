// Every record's outcomes as CSV, a row a record, in the order of the input.
#pragma once
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "driver/load_facts.h"
#include "evaluate/engine.h"
#include "ir/agreement.h"

namespace writ::driver {

struct RecordFile {
  ir::RecordId record;
  std::string path;
  std::string part;  // what is written, until it is whole and takes the place of `path`; empty: `path` itself is written
  std::FILE* file = nullptr;
  std::vector<ir::DefinitionId> definitions;  // the columns, after record, key and admission
  std::vector<size_t> rows_of_outputs;        // for each column: its index in RecordOutputs::values
};

// What is not closed is thrown away: files that were there stay as they were.
struct RecordFiles {
  std::vector<RecordFile> all;
  RecordFiles() = default;
  RecordFiles(const RecordFiles&) = delete;
  RecordFiles& operator=(const RecordFiles&) = delete;
  ~RecordFiles();
};

// From --records. `key`: what the key of an agreement is called, where there are many; it is the first column then. False with the reason in `error`.
bool open_record_files(const ir::Agreement& agreement, const std::vector<std::string>& arguments, const std::string& key, RecordFiles& files,
                       std::string& error);
void write_records(const ir::Agreement& agreement, const RecordFile& file, const LoadedFacts& loaded, const record::Batch& batch,
                   const evaluate::RecordOutputs& outputs);
// False, with the reason, when one could not be written whole.
bool close_record_files(RecordFiles& files, std::string& error);

}  // namespace writ::driver
