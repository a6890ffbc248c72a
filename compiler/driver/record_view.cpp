#include "driver/record_view.h"

#include "describe/describe.h"
#include "value/zone.h"

namespace writ::driver {

namespace {

// What lies after the as-of instant has not been seen; of an event that is known by its day, what lies after the local date of it.
struct Horizon {
  int64_t instant = 0;
  value::Date date = 0;
};

value::Value field_of(const record::Column& column, const ir::Type& type, const Horizon& horizon) {
  const value::State state = column.states.empty() ? value::State::given : column.states[0];
  if (state == value::State::not_yet) return value::not_yet();
  if (state == value::State::none) return value::none();
  if (state == value::State::unknown) return value::unknown();
  const bool event = type.absence == ir::Absence::not_yet;
  if (event && type.kind == ir::Kind::instant && column.values[0] > horizon.instant) return value::not_yet();
  if (event && type.kind == ir::Kind::date && column.values[0] > horizon.date) return value::not_yet();
  return value::given(column.values[0]);
}

}  // namespace

render::RecordView view_of(const ir::Agreement& agreement, const source::SourceMap& sources, const record::Batch& batch, const interpret::RecordTrace& trace,
                           const evaluate::Inputs& inputs, const std::string& key) {
  render::RecordView view;
  view.record = {batch.record};
  view.key = key;
  view.admission = trace.admission;
  view.as_of = inputs.as_of;
  view.params = inputs.params;
  view.description = describe::describe(agreement, sources, WRIT_VERSION);
  view.values.assign(agreement.definitions.size(), value::none());
  view.held.assign(agreement.definitions.size(), 0);
  for (const interpret::DefinitionTrace& definition : trace.definitions) {
    view.values[definition.definition.index] = definition.value;
    view.held[definition.definition.index] = definition.held;
  }
  const Horizon horizon{inputs.as_of, value::date_of(agreement.zone, inputs.as_of)};
  const std::vector<ir::Field>& fields = agreement.records[view.record].fields;
  for (size_t i = 0; i < fields.size(); ++i) {
    const record::Column& column = batch.columns[i];
    view.fields.push_back(field_of(column, fields[i].type, horizon));
    view.texts.push_back(column.texts.empty() ? std::string() : column.texts[0]);
  }
  view.pauses.resize(agreement.commitments.size());
  for (const interpret::ClockTrace& clock : trace.clocks) view.pauses[clock.commitment.index] = clock.pauses;
  return view;
}

}  // namespace writ::driver
