#include "bench/facts.h"

#include <cstdlib>

#include "value/civil.h"

namespace writ::bench {

namespace {

using evaluate::ColumnView;
using value::State;

record::Column column_of(const Array<uint8_t>& from, uint32_t first, uint32_t count) {
  record::Column column;
  column.values.assign(from.get() + first, from.get() + first + count);
  return column;
}

record::Column instants_of(const Array<uint32_t>& from, uint32_t first, uint32_t count, bool may_be_absent) {
  record::Column column;
  for (uint32_t i = first; i < first + count; ++i) {
    column.values.push_back(from[i] * value::us_per_second);
    if (may_be_absent) column.states.push_back(from[i] == 0 ? State::not_yet : State::given);
  }
  return column;
}

std::vector<uint8_t> bits_of(const Array<uint32_t>& instants, uint32_t count) {
  std::vector<uint8_t> bits((count + 7) / 8);
  for (uint32_t i = 0; i < count; ++i) bits[i / 8] |= static_cast<uint8_t>((instants[i] != 0) << (i % 8));
  return bits;
}

ColumnView bytes(const Array<uint8_t>& from) {
  ColumnView view;
  view.values = from.get();
  view.width = 1;
  return view;
}

ColumnView seconds(const Array<uint32_t>& from, const uint8_t* validity) {
  ColumnView view;
  view.values = from.get();
  view.width = 4;
  view.validity = validity;
  view.unit = value::us_per_second;
  return view;
}

}  // namespace

uint32_t find_ticket(const ir::Agreement& agreement) {
  for (uint32_t i = 0; i < agreement.records.size(); ++i) {
    if (agreement.records.items[i].name == "Ticket") return i;
  }
  std::abort();
}

evaluate::Inputs inputs() {
  evaluate::Inputs in;
  in.as_of = as_of_second * value::us_per_second;
  return in;
}

record::Batch as_batch(const ir::Agreement& agreement, const Rows& rows, uint32_t first, uint32_t count) {
  record::Batch batch;
  batch.record = find_ticket(agreement);
  batch.first_row = first;
  batch.rows = count;
  batch.columns.resize(fields);
  batch.columns[severity] = column_of(rows.severity, first, count);
  batch.columns[plan] = column_of(rows.plan, first, count);
  batch.columns[channel] = column_of(rows.channel, first, count);
  batch.columns[opened] = instants_of(rows.opened, first, count, false);
  batch.columns[acknowledged] = instants_of(rows.acknowledged, first, count, true);
  batch.columns[resolved] = instants_of(rows.resolved, first, count, true);
  batch.columns[reopened] = column_of(rows.reopened, first, count);
  batch.columns[client_caused] = column_of(rows.client_caused, first, count);
  batch.columns[force_majeure] = column_of(rows.force_majeure, first, count);
  batch.columns[claim_delay] = column_of(rows.claim_delay, first, count);
  batch.columns[monthly_fee].values.assign(rows.fee.get() + first, rows.fee.get() + first + count);
  return batch;
}

NarrowColumns::NarrowColumns(const ir::Agreement& agreement, const Rows& rows)
    : acknowledged_bits(bits_of(rows.acknowledged, rows.count)), resolved_bits(bits_of(rows.resolved, rows.count)) {
  view.record = find_ticket(agreement);
  view.rows = rows.count;
  view.columns.resize(fields);
  view.columns[severity] = bytes(rows.severity);
  view.columns[plan] = bytes(rows.plan);
  view.columns[channel] = bytes(rows.channel);
  view.columns[opened] = seconds(rows.opened, nullptr);
  view.columns[acknowledged] = seconds(rows.acknowledged, acknowledged_bits.data());
  view.columns[resolved] = seconds(rows.resolved, resolved_bits.data());
  view.columns[reopened] = bytes(rows.reopened);
  view.columns[client_caused] = bytes(rows.client_caused);
  view.columns[force_majeure] = bytes(rows.force_majeure);
  view.columns[claim_delay] = bytes(rows.claim_delay);
  view.columns[monthly_fee].values = rows.fee.get();
  view.columns[monthly_fee].width = 4;
}

}  // namespace writ::bench
