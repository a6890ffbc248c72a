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
  std::FILE* file = nullptr;
  std::vector<ir::DefinitionId> definitions;  // the columns, after record, key and admission
  std::vector<size_t> rows_of_outputs;        // for each column: its index in RecordOutputs::values
};

// From --records. `key`: what the key of an agreement is called, where there are many; it is the first column then. False with the reason in `error`.
bool open_record_files(const ir::Agreement& agreement, const std::vector<std::string>& arguments, const std::string& key, std::vector<RecordFile>& files,
                       std::string& error);
void write_records(const ir::Agreement& agreement, const RecordFile& file, const LoadedFacts& loaded, const record::Batch& batch,
                   const evaluate::RecordOutputs& outputs);
// False when something could not be written.
bool close_record_files(std::vector<RecordFile>& files);

}  // namespace writ::driver
