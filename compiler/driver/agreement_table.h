// The file of --agreements: a row for each of many agreements of one text.
#pragma once
#include <string>
#include <vector>

#include "driver/load_facts.h"
#include "driver/options.h"
#include "driver/run_inputs.h"
#include "record/agreements.h"

namespace writ::driver {

struct AgreementTable {
  record::AgreementFile file;
  AgreementKeys keys;
  ParamColumns params;
};

// Opens the file and reads its header: --key names the column of the keys, or it is the first one. False with the reasons among the failures of the
// report.
bool open_table(const ir::Agreement& agreement, const Options& options, record::Facts& facts, AgreementTable& table);
// Its rows. `common`: the values of the parameters without a column; `params`: agreement after agreement.
bool read_table(const ir::Agreement& agreement, const std::vector<value::Value>& common, record::Facts& facts, AgreementTable& table,
                std::vector<value::Value>& params);

}  // namespace writ::driver
