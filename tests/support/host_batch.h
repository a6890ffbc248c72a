// Facts as a host in C holds them.
#pragma once
#include <writ/abi.h>

#include <vector>

#include "record/batch.h"

namespace writ::testing {

// It looks into the batch that it was made of.
struct HostBatch {
  std::vector<writ_column> columns, history_columns;
  writ_histories histories{};
  writ_batch batch{};

  static writ_column column_of(const record::Column& column) {
    writ_column c{};
    c.size = sizeof c;
    c.width = 8;
    c.values = column.values.data();
    c.states = column.states.empty() ? nullptr : reinterpret_cast<const uint8_t*>(column.states.data());
    c.unit = 1;
    return c;
  }
  explicit HostBatch(const record::Batch& from) {
    for (const record::Column& column : from.columns) columns.push_back(column_of(column));
    for (const record::Column& column : from.history.columns) history_columns.push_back(column_of(column));
    batch.size = sizeof batch;
    batch.record = from.record;
    batch.rows = from.rows;
    batch.first_row = from.first_row;
    batch.column_count = static_cast<uint32_t>(columns.size());
    batch.columns = columns.data();
    if (from.history.offsets.empty()) return;
    histories.size = sizeof histories;
    histories.rows = from.history.offsets.back();
    histories.column_count = static_cast<uint32_t>(history_columns.size());
    histories.offsets = from.history.offsets.data();
    histories.tied = from.history.tied.empty() ? nullptr : from.history.tied.data();
    histories.columns = history_columns.data();
    batch.histories = &histories;
  }
};

}  // namespace writ::testing
