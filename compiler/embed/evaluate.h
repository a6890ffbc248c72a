// Tables through an engine, on several threads. The answer does not depend on how many, nor on how the tables are cut.
#pragma once
#include <functional>
#include <memory>

#include "embed/tables.h"

namespace writ::embed {

// Called with every piece of the last pass, from any thread, in any order: (input, piece, what came of it).
using TakePiece = std::function<void(size_t, size_t, const evaluate::RecordOutputs&)>;

// All passes, up to the closed totals of the last one.
std::unique_ptr<evaluate::Totals> run_passes(const evaluate::Engine& engine, const evaluate::Inputs& inputs, LoadedTables& loaded, uint32_t threads,
                                             const TakePiece& take);

}  // namespace writ::embed
