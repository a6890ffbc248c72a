// A file with a row for each of many agreements of one text: its key, and values of parameters by name.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "record/read_batches.h"

namespace writ::record {

struct AgreementFile {
  uint32_t file = 0;  // index into Facts::files
  std::vector<std::string> header;
  uint32_t key_column = 0;       // by column of the header
  std::vector<uint32_t> params;  // by column: its parameter; of the key: `nothing`
};

// Reads the header. `key`: the column of the keys; empty: the first one. False with the reasons among the failures of the report.
bool open_agreements(Facts& facts, uint32_t file, const std::string& key, const std::vector<std::string>& params, AgreementFile& out);

// Takes what a cell means for a parameter of an agreement; `nothing`: its key is no good, and the cell is looked at all the same. False with the
// reason, "it is no money GBP".
using ReadParam = std::function<bool(uint32_t agreement, uint32_t param, const std::string& text, std::string& why)>;
// Reads the rows; `keys` get the number of the agreement. Every mistake is a failure of the report: agreements with some values of their own and some
// of others would look like right ones.
bool read_agreements(Facts& facts, const AgreementFile& from, Texts& keys, const ReadParam& read);

}  // namespace writ::record
