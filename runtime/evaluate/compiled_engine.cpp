#include "evaluate/compiled_engine.h"

#include <cassert>

#include "evaluate/protocols.h"
#include "evaluate/update.h"

namespace writ::evaluate {

namespace {

State& own(Totals& totals) { return static_cast<State&>(totals); }
const State& own(const Totals& totals) { return static_cast<const State&>(totals); }

void close(const Program& program, State& state, int pass) {
  assert(pass == static_cast<int>(state.pass) && state.pass < program.tables.passes);
  run_totals(program, state, pass);
  state.pass += 1;
}

struct Compiled final : CompiledEngine {
  std::unique_ptr<const Program> owned;

  explicit Compiled(std::unique_ptr<const Program> program) : owned(std::move(program)) {}

  const Program& program() const override { return *owned; }
  int passes() const override { return static_cast<int>(owned->tables.passes); }
  std::unique_ptr<Totals> init(const Inputs& inputs) const override { return make_state(*owned, inputs); }
  bool update_with(Totals& totals, int pass, const BatchView& batch, const Taken& taken) const {
    assert(pass == static_cast<int>(own(totals).pass) && own(totals).pass < owned->tables.passes);
    (void)pass;
    return update_state(*owned, own(totals), batch, taken);
  }
  bool update_columns(Totals& totals, int pass, const BatchView& batch, std::span<const OutputColumn> outputs) const override {
    return update_with(totals, pass, batch, {nullptr, outputs, nullptr});
  }
  bool update_view(Totals& totals, int pass, const BatchView& batch, RecordOutputs* outputs) const override {
    return update_with(totals, pass, batch, {outputs, {}, nullptr});
  }
  void update(Totals& totals, int pass, const record::Batch& batch, RecordOutputs* outputs) const override {
    const bool fits = update_with(totals, pass, view_of(batch), {outputs, {}, nullptr});
    assert(fits);  // a batch holds numbers of 64 bits in the field's own unit
    (void)fits;
  }
  void update_one(Totals& totals, const record::Batch& batch, RecordOutputs& outputs, std::vector<ClockPauses>& clocks) const override {
    assert(batch.rows == 1);
    const bool fits = update_with(totals, static_cast<int>(owned->tables.passes) - 1, view_of(batch), {&outputs, {}, &clocks});
    assert(fits);
    (void)fits;
  }
  void combine(Totals& into, const Totals& from) const override { combine_states(*owned, own(into), own(from)); }
  void close_pass(Totals& totals, int pass) const override { close(*owned, own(totals), pass); }
  std::unique_ptr<Totals> fork(const Totals& totals) const override { return fork_state(*owned, own(totals)); }
  std::vector<std::byte> save(const Totals& totals) const override { return save_state(*owned, own(totals)); }
  std::unique_ptr<Totals> load(std::span<const std::byte> bytes, std::string& error) const override { return load_state(*owned, bytes, error); }
  Results finish(Totals& totals, const Acts& acts) const override { return finish_state(*owned, own(totals), {}, acts); }
};

}  // namespace

uint32_t pass_of(const Totals& totals) { return own(totals).pass; }

std::unique_ptr<CompiledEngine> make_engine(std::unique_ptr<const Program> program) { return std::make_unique<Compiled>(std::move(program)); }

}  // namespace writ::evaluate
