// The C interface: arguments are checked here, the work is done by the phases. No exception leaves a function.
#include <writ/agreement.h>

#include <cstdlib>
#include <cstring>
#include <new>

#include "embed/describe.h"
#include "embed/runs.h"

using namespace writ;

struct writ_agreement {
  std::shared_ptr<const embed::Compiled> compiled;
};

struct writ_outcome {
  std::unique_ptr<const embed::Run> run;
};

namespace {

template <class Body>
writ_status guarded(Body body) {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return WRIT_OUT_OF_MEMORY;
  }
}

char* text_out(const std::string& text) {
  char* out = static_cast<char*>(std::malloc(text.size() + 1));
  if (out == nullptr) throw std::bad_alloc();
  std::memcpy(out, text.c_str(), text.size() + 1);
  return out;
}

bool is_source(const writ_source* source) {
  return source != nullptr && source->size == sizeof *source && (source->path == nullptr) != (source->text == nullptr);
}

// WRIT_MISTAKES: it was read, and has some.
writ_status read_source(const writ_source& source, driver::Program& program, std::string& diagnostics) {
  std::string error;
  if (source.text != nullptr) {
    driver::load_program_text(source.name == nullptr ? "agreement" : source.name, source.text, program);
  } else if (!driver::load_program(source.path, program, error)) {
    diagnostics = embed::error_json(error);
    return WRIT_BAD_INPUT;
  }
  diagnostics = embed::diagnostics_json(program.sink, program.sources);
  return program.sink.errors == 0 ? WRIT_OK : WRIT_MISTAKES;
}

bool read_naive(uint32_t naive, arrow::Naive& out) {
  const arrow::Naive all[] = {arrow::Naive::refused, arrow::Naive::utc, arrow::Naive::local};
  static_assert(WRIT_NAIVE_REFUSED == 0 && WRIT_NAIVE_IS_UTC == 1 && WRIT_NAIVE_IS_LOCAL == 2);
  if (naive > WRIT_NAIVE_IS_LOCAL) return false;
  out = all[naive];
  return true;
}

bool read_engine(uint32_t engine, driver::EngineChoice& out) {
  const driver::EngineChoice all[] = {driver::EngineChoice::best, driver::EngineChoice::native, driver::EngineChoice::interpreter};
  static_assert(WRIT_ENGINE_BEST == 0 && WRIT_ENGINE_NATIVE == 1 && WRIT_ENGINE_INTERPRETER == 2);
  if (engine > WRIT_ENGINE_INTERPRETER) return false;
  out = all[engine];
  return true;
}

bool read_options(const writ_run_options* from, embed::RunOptions& out) {
  if (from == nullptr || from->size != sizeof *from || (from->setting_count > 0 && from->settings == nullptr) || from->threads > 256) return false;
  if (from->as_of != nullptr) out.options.as_of = from->as_of;
  for (size_t i = 0; i < from->setting_count; ++i) {
    if (from->settings[i] == nullptr) return false;
    out.options.settings.emplace_back(from->settings[i]);
  }
  out.options.threads = static_cast<int>(from->threads);
  out.records = from->records != 0;
  return read_naive(from->naive, out.naive) && read_engine(from->engine, out.options.engine);
}

// Takes the tables over whatever else is wrong with the call.
writ_status read_call(const writ_agreement* agreement, const writ_run_options* from, const writ_table* tables, size_t count, embed::RunOptions& options,
                      std::vector<std::unique_ptr<embed::HeldTable>>& held, std::string& error) {
  if (count > 0 && tables == nullptr) return WRIT_BAD_ARGUMENT;
  for (size_t i = 0; i < count; ++i) {
    if (tables[i].size != sizeof *tables) return WRIT_BAD_ARGUMENT;
  }
  const bool taken = embed::take_tables(tables, count, held, error);
  if (agreement == nullptr || !read_options(from, options)) return WRIT_BAD_ARGUMENT;
  return taken ? WRIT_OK : WRIT_BAD_INPUT;
}

const char* const kind_names[] = {"month", "quarter", "year", "contract month"};

embed::TablePtr small_table(const embed::Run& run, uint32_t which, const std::string& name) {
  const ir::Agreement& agreement = run.compiled->program.agreement;
  const embed::Outcome outcome{&agreement, run.inputs.inputs.as_of, &run.texts, &run.results};
  switch (which) {
    case WRIT_TABLE_PERIODS:
      for (uint32_t kind = 0; kind < std::size(kind_names); ++kind) {
        if (name == kind_names[kind]) return embed::period_values(outcome, static_cast<ir::PeriodKind>(kind));
      }
      return nullptr;
    case WRIT_TABLE_AGREEMENT: return embed::agreement_values(outcome);
    case WRIT_TABLE_CREDITS: return embed::credit_states(outcome);
    case WRIT_TABLE_RIGHTS: return embed::right_states(outcome);
    case WRIT_TABLE_SET_ASIDE: return embed::findings(agreement, run.report, run.report.set_aside);
    case WRIT_TABLE_NOTES: return embed::findings(agreement, run.report, run.report.notes);
  }
  return nullptr;
}

writ_status record_table(const embed::Run& run, const std::string& name, ArrowArrayStream* out) {
  const ir::Agreement& agreement = run.compiled->program.agreement;
  for (uint32_t i = 0; i < run.like.size(); ++i) {
    if (run.like[i] == nullptr || agreement.records.items[i].name != name) continue;
    arrow::export_stream(run.like[i], run.records[i], out);
    return WRIT_OK;
  }
  return WRIT_BAD_ARGUMENT;
}

}  // namespace

void writ_text_free(char* text) { std::free(text); }

writ_status writ_agreement_check(const writ_source* source, char** diagnostics) {
  return guarded([&] {
    if (!is_source(source) || diagnostics == nullptr) return WRIT_BAD_ARGUMENT;
    driver::Program program;
    std::string list;
    const writ_status status = read_source(*source, program, list);
    *diagnostics = text_out(list);
    return status == WRIT_MISTAKES ? WRIT_OK : status;
  });
}

writ_status writ_agreement_new(const writ_source* source, writ_agreement** out, char** diagnostics) {
  return guarded([&] {
    if (!is_source(source) || out == nullptr || diagnostics == nullptr) return WRIT_BAD_ARGUMENT;
    auto compiled = std::make_shared<embed::Compiled>();
    std::string list, error;
    const writ_status status = read_source(*source, compiled->program, list);
    std::unique_ptr<writ_agreement> agreement;
    if (status == WRIT_OK) {
      compiled->engine = driver::make_engine(compiled->program.agreement, driver::EngineChoice::best, error);
      agreement.reset(new writ_agreement{std::move(compiled)});
    }
    *diagnostics = text_out(list);
    *out = agreement.release();
    return status;
  });
}

void writ_agreement_free(writ_agreement* agreement) { delete agreement; }

writ_status writ_agreement_describe(const writ_agreement* agreement, char** json) {
  return guarded([&] {
    if (agreement == nullptr || json == nullptr) return WRIT_BAD_ARGUMENT;
    *json = text_out(embed::describe(agreement->compiled->program.agreement));
    return WRIT_OK;
  });
}

writ_status writ_agreement_run(const writ_agreement* agreement, const writ_run_options* from, const writ_table* tables, size_t count, writ_outcome** out,
                               char** error) {
  return guarded([&] {
    if (out == nullptr || error == nullptr) return WRIT_BAD_ARGUMENT;
    embed::RunOptions options;
    std::vector<std::unique_ptr<embed::HeldTable>> held;
    std::string why;
    if (const writ_status status = read_call(agreement, from, tables, count, options, held, why); status != WRIT_OK) {
      if (status == WRIT_BAD_INPUT) *error = text_out(why);
      return status;
    }
    auto outcome = std::make_unique<writ_outcome>();
    outcome->run = embed::run(agreement->compiled, options, std::move(held), why);
    if (outcome->run == nullptr) {
      *error = text_out(why);
      return WRIT_BAD_INPUT;
    }
    *out = outcome.release();
    return WRIT_OK;
  });
}

writ_status writ_agreement_why(const writ_agreement* agreement, const writ_run_options* from, const writ_table* tables, size_t count, const char* record,
                               const char* key, uint32_t json, char** text, char** error) {
  return guarded([&] {
    if (text == nullptr || error == nullptr) return WRIT_BAD_ARGUMENT;
    embed::RunOptions options;
    std::vector<std::unique_ptr<embed::HeldTable>> held;
    std::string why, out;
    if (const writ_status status = read_call(agreement, from, tables, count, options, held, why); status != WRIT_OK || key == nullptr) {
      if (status == WRIT_BAD_INPUT) *error = text_out(why);
      return status == WRIT_OK ? WRIT_BAD_ARGUMENT : status;
    }
    if (!embed::why(*agreement->compiled, options, std::move(held), record == nullptr ? "" : record, key, json != 0, out, why)) {
      *error = text_out(why);
      return WRIT_BAD_INPUT;
    }
    *text = text_out(out);
    return WRIT_OK;
  });
}

void writ_outcome_free(writ_outcome* outcome) { delete outcome; }

writ_status writ_outcome_statement(const writ_outcome* outcome, uint32_t form, char** text) {
  return guarded([&] {
    if (outcome == nullptr || text == nullptr || form > WRIT_STATEMENT_CSV) return WRIT_BAD_ARGUMENT;
    const render::Statement statement = embed::statement_of(*outcome->run);
    *text = text_out(form == WRIT_STATEMENT_TEXT   ? render::statement_human(statement)
                     : form == WRIT_STATEMENT_JSON ? render::statement_json(statement)
                                                   : render::statement_csv(statement));
    return WRIT_OK;
  });
}

writ_status writ_outcome_table(const writ_outcome* outcome, uint32_t which, const char* name, ArrowArrayStream* out) {
  return guarded([&] {
    if (outcome == nullptr || out == nullptr) return WRIT_BAD_ARGUMENT;
    const std::string of = name == nullptr ? "" : name;
    if (which == WRIT_TABLE_RECORDS) return record_table(*outcome->run, of, out);
    const embed::TablePtr table = small_table(*outcome->run, which, of);
    if (table == nullptr) return WRIT_BAD_ARGUMENT;
    arrow::export_stream(table, {table}, out);
    return WRIT_OK;
  });
}
