#include "support/artefact.h"

#include <dlfcn.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "driver/make_shared.h"
#include "driver/write_file.h"
#include "emit/emit.h"

namespace writ::testing {

namespace {

void need(bool done, const std::string& error) {
  if (!done) throw std::runtime_error(error);
}

// An engine of a library that must stay as long.
struct Loaded final : evaluate::Engine {
  std::shared_ptr<void> library;
  std::unique_ptr<evaluate::CompiledEngine> engine;

  int passes() const override { return engine->passes(); }
  std::unique_ptr<evaluate::Totals> init(const evaluate::Inputs& inputs) const override { return engine->init(inputs); }
  void update(evaluate::Totals& totals, int pass, const record::Batch& batch, evaluate::RecordOutputs* outputs) const override {
    engine->update(totals, pass, batch, outputs);
  }
  void combine(evaluate::Totals& into, const evaluate::Totals& from) const override { engine->combine(into, from); }
  void close_pass(evaluate::Totals& totals, int pass) const override { engine->close_pass(totals, pass); }
  std::unique_ptr<evaluate::Totals> fork(const evaluate::Totals& totals) const override { return engine->fork(totals); }
  std::vector<std::byte> save(const evaluate::Totals& totals) const override { return engine->save(totals); }
  std::unique_ptr<evaluate::Totals> load(std::span<const std::byte> bytes, std::string& error) const override { return engine->load(bytes, error); }
  evaluate::Results finish(evaluate::Totals& totals, const evaluate::Acts& acts) const override { return engine->finish(totals, acts); }
};

}  // namespace

Artefact build_artefact(const plan::Plan& plan, const std::vector<std::byte>& description, int optimise) {
  emit::ArtefactOptions options;
  options.name = "tested";
  options.description = description;
  options.optimise = optimise;
  options.debug = !plan.debug.files.empty();
  std::string bytes, error;
  need(driver::make_shared(emit::make_object(plan, options), options.name, "tested.so", bytes, error), error);
  std::string path = (std::filesystem::temp_directory_path() / "writ-tested-XXXXXX").string();
  const int file = mkstemp(path.data());
  need(file >= 0, path);
  close(file);
  need(driver::write_file(path, bytes, error), error);
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  const char* reason = library == nullptr ? dlerror() : "";
  unlink(path.c_str());
  need(library != nullptr, reason);
  Artefact artefact{{library, dlclose}, nullptr};
  const auto rules = reinterpret_cast<const evaluate::Rules* (*)()>(dlsym(library, "tested_rules"));
  need(rules != nullptr, "the library has no rule set");
  artefact.rules = rules();
  return artefact;
}

std::unique_ptr<evaluate::Engine> open_artefact(const Artefact& artefact, uint32_t level) {
  auto loaded = std::make_unique<Loaded>();
  loaded->library = artefact.library;
  std::string error;
  uint32_t chosen = 0;
  loaded->engine = evaluate::open_rules(*artefact.rules, level, chosen, error);
  need(loaded->engine != nullptr && chosen == level, error);
  return loaded;
}

}  // namespace writ::testing
