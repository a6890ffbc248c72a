#include "embed/evaluate.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <system_error>
#include <thread>

#include "evaluate/compiled_engine.h"

namespace writ::embed {

namespace {

struct Place {
  size_t input = 0, piece = 0;
};

struct Pass {
  const evaluate::Engine& engine;
  const evaluate::CompiledEngine* compiled = nullptr;  // null: the interpreter, which takes copies
  LoadedTables& loaded;
  const std::vector<Place>& places;
  int number = 0;
  const TakePiece* take = nullptr;  // null: nobody asks
  std::atomic<size_t> next{0};
};

void evaluate(Pass& pass, evaluate::Totals& totals, const Place& place) {
  TableInput& input = pass.loaded.inputs[place.input];
  Piece& piece = input.pieces[place.piece];
  evaluate::RecordOutputs outputs;
  evaluate::RecordOutputs* wanted = pass.take == nullptr ? nullptr : &outputs;
  if (pass.compiled == nullptr) {
    pass.engine.update(totals, pass.number, arrow::to_batch(pass.loaded.shared, input.tables[piece.table], piece.first, piece.batch), wanted);
  } else {
    const bool fits = pass.compiled->update_view(totals, pass.number, piece.batch.view, wanted);
    assert(fits);  // every number was looked at when it was read
    (void)fits;
  }
  if (wanted != nullptr) (*pass.take)(place.input, place.piece, outputs);
}

void work(Pass& pass, evaluate::Totals& totals) {
  for (size_t i = pass.next++; i < pass.places.size(); i = pass.next++) evaluate(pass, totals, pass.places[i]);
}

}  // namespace

std::unique_ptr<evaluate::Totals> run_passes(const evaluate::Engine& engine, const evaluate::Inputs& inputs, LoadedTables& loaded, uint32_t threads,
                                             const TakePiece& take) {
  std::vector<Place> places;
  for (size_t i = 0; i < loaded.inputs.size(); ++i) {
    for (size_t k = 0; k < loaded.inputs[i].pieces.size(); ++k) places.push_back({i, k});
  }
  const auto* compiled = dynamic_cast<const evaluate::CompiledEngine*>(&engine);
  const size_t most = threads != 0 ? threads : std::max(1u, std::thread::hardware_concurrency());
  // A copy for the interpreter reads texts through the table, which one thread does at a time.
  const size_t workers = compiled == nullptr ? 1 : std::clamp<size_t>(places.size(), 1, most);
  std::unique_ptr<evaluate::Totals> base = engine.init(inputs);
  for (int number = 0; number < engine.passes(); ++number) {
    Pass pass{engine, compiled, loaded, places, number, take && number + 1 == engine.passes() ? &take : nullptr};
    std::vector<std::unique_ptr<evaluate::Totals>> totals;
    std::vector<std::thread> others;
    for (size_t i = 0; i < workers; ++i) totals.push_back(number == 0 ? engine.init(inputs) : engine.fork(*base));
    try {
      for (size_t i = 1; i < workers; ++i) others.emplace_back([&pass, &total = *totals[i]] { work(pass, total); });
    } catch (const std::system_error&) {
      // No more threads are to be had: those that run, and this one, do the work.
    }
    work(pass, *totals[0]);
    for (std::thread& thread : others) thread.join();
    for (const auto& total : totals) engine.combine(*base, *total);
    engine.close_pass(*base, number);
  }
  return base;
}

}  // namespace writ::embed
