// One record as an explanation shows it: its fields as they are seen as of the run, and what the interpreter noted while it judged the record.
#pragma once
#include <string>

#include "evaluate/engine.h"
#include "interpret/interpret.h"
#include "ir/agreement.h"
#include "record/batch.h"
#include "render/why.h"
#include "source/source_map.h"

namespace writ::driver {

// The first record of the batch.
render::RecordView view_of(const ir::Agreement& agreement, const source::SourceMap& sources, const record::Batch& batch, const interpret::RecordTrace& trace,
                           const evaluate::Inputs& inputs, const std::string& key);

}  // namespace writ::driver
