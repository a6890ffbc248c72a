// What the makers of stages note for debuggers; nothing unless the plan was asked for it. Private to this folder.
#pragma once
#include "ir/agreement.h"
#include "plan/plan_types.h"

namespace writ::plan {

struct PlanContext;
struct StageBuilder;

void begin_debug(PlanContext& context);
void begin_debug(StageBuilder& builder);
// Where the step that was just added comes from: StageBuilder::here.
void place_step(StageBuilder& builder);
void name_field(StageBuilder& builder, SlotId slot, const ir::Field& field);
void name_param(StageBuilder& builder, SlotId slot, const ir::Param& param);
void name_definition(StageBuilder& builder, SlotId slot, ir::DefinitionId id);

// While it lives, steps come from here.
struct At {
  StageBuilder& builder;
  source::Span before;
  At(StageBuilder& builder, source::Span span);
  At(const At&) = delete;
  At& operator=(const At&) = delete;
  ~At();
};

}  // namespace writ::plan
