// Fills what debuggers are told (plan/debug_info.h). Nothing here changes a step.
#include "plan/debug.h"

#include <algorithm>

#include "plan/build_stage.h"

namespace writ::plan {

namespace {

DebugPlace place_at(const PlanContext& context, source::Span span) {
  if (!span.valid()) return {};
  const source::Place place = source::place_of(*context.sources, span.file, span.begin);
  return {span.file.index, static_cast<uint32_t>(place.line), static_cast<uint32_t>(place.column)};
}

// As C can say it: debuggers read `Answer_due`, where `Answer.due` would be a member of `Answer`.
std::string name_in_c(const std::string& name) {
  std::string out = name;
  std::replace(out.begin(), out.end(), '.', '_');
  return out;
}

DebugName name_of(const ir::Agreement& agreement, const std::string& name, const ir::Type& type) {
  DebugName out{name_in_c(name), type.kind == ir::Kind::boolean, {}, {}};
  if (type.kind != ir::Kind::enumeration) return out;
  const ir::Enum& enumeration = agreement.enums[type.enumeration];
  out.type = enumeration.name;
  out.words = enumeration.members;
  return out;
}

bool same_line(const DebugPlace& a, const DebugPlace& b) { return a.file == b.file && a.line == b.line; }

uint32_t steps_made(const StageBuilder& builder) { return static_cast<uint32_t>(builder.stage.steps.size()); }

void add_leaf_name(StageBuilder& builder, SlotId slot, const std::string& name, const ir::Type& type) {
  std::vector<DebugName>& names = builder.context->plan.debug.names;
  for (const DebugValue& value : builder.stage.debug.values) {
    if (value.slot == slot.index && value.name >= builder.context->agreement.definitions.size()) return;
  }
  builder.stage.debug.values.push_back({static_cast<uint32_t>(names.size()), slot.index, steps_made(builder), {}});
  names.push_back(name_of(builder.context->agreement, name, type));
}

}  // namespace

void begin_debug(PlanContext& context) {
  if (context.sources == nullptr) return;
  for (const source::File& file : context.sources->files) context.plan.debug.files.push_back(file.name);
  for (const ir::Definition& definition : context.agreement.definitions) {
    context.plan.debug.names.push_back(name_of(context.agreement, definition.name, definition.type));
    if (definition.hidden) continue;
    const DebugPlace place = place_at(context, definition.span);
    context.lines_of_values.insert({place.file, place.line});
  }
}

void begin_debug(StageBuilder& builder) {
  const PlanContext& context = *builder.context;
  if (context.sources == nullptr) return;
  DebugStage& debug = builder.stage.debug;
  debug.place = {0, 1, 1};
  if (builder.stage.grain == StageGrain::totals || builder.stage.grain == StageGrain::portfolio) {
    debug.function = "totals";
    return;
  }
  const ir::Record& record = context.agreement.records.items[builder.stage.of];
  debug.function = builder.stage.grain == StageGrain::history ? record.name + "_history" : record.name;
  if (record.span.valid()) debug.place = place_at(context, record.span);
}

void place_step(StageBuilder& builder) {
  if (builder.context->sources == nullptr) return;
  DebugPlace place = place_at(*builder.context, builder.here);
  if (builder.context->lines_of_values.contains({place.file, place.line})) place = {};
  builder.stage.debug.steps.push_back(place);
}

void name_field(StageBuilder& builder, SlotId slot, const ir::Field& field) {
  if (builder.context->sources != nullptr) add_leaf_name(builder, slot, field.name, field.type);
}

void name_param(StageBuilder& builder, SlotId slot, const ir::Param& param) {
  if (builder.context->sources != nullptr) add_leaf_name(builder, slot, param.name, param.type);
}

void name_definition(StageBuilder& builder, SlotId slot, ir::DefinitionId id) {
  if (builder.context->sources == nullptr) return;
  std::vector<DebugValue>& values = builder.stage.debug.values;
  const ir::Definition& definition = builder.context->agreement.definitions[id];
  const DebugPlace place = definition.hidden ? DebugPlace{} : place_at(*builder.context, definition.span);
  for (DebugValue& earlier : values) {
    if (same_line(earlier.place, place)) earlier.place = {};
  }
  values.push_back({id.index, slot.index, steps_made(builder), place});
}

At::At(StageBuilder& b, source::Span span) : builder(b), before(b.here) {
  if (span.valid()) builder.here = span;
}

At::~At() { builder.here = before; }

}  // namespace writ::plan
