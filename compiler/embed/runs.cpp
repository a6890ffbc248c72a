#include "embed/runs.h"

#include <algorithm>

#include "driver/load_facts.h"
#include "driver/record_view.h"
#include "embed/evaluate.h"
#include "interpret/interpret.h"
#include "record/read_batches.h"
#include "render/why.h"

namespace writ::embed {

namespace {

constexpr size_t reasons_shown = 5;  // of the rows set aside, for each record type

std::vector<std::string> reasons_for(const record::Report& report, uint32_t record, bool of_history) {
  std::vector<std::string> reasons;
  for (const record::Finding& finding : report.set_aside) {
    if (finding.record == record && finding.of_history == of_history && reasons.size() < reasons_shown) reasons.push_back(driver::describe(report, finding));
  }
  return reasons;
}

// What reading came to, a line for each record type, history and act that had a table.
std::vector<render::FactsRead> facts_read(const ir::Agreement& agreement, const LoadedTables& loaded) {
  const record::Report& report = loaded.shared.report;
  std::vector<render::FactsRead> list;
  const auto add = [&](const TableInput& input, const std::string& what, bool of_history, const std::string& names) {
    if (names.empty()) return;
    const uint32_t record = input.reader.record;
    const record::RowCounts& counts = of_history ? report.histories[record] : report.records[record];
    list.push_back({what, names, counts.read, counts.set_aside, counts.superseded, record, reasons_for(report, record, of_history)});
  };
  for (const std::vector<TableInput>* inputs : {&loaded.inputs, &loaded.act_inputs}) {
    for (const TableInput& input : *inputs) {
      const std::string& name = agreement.records.items[input.reader.record].name;
      add(input, name, false, input.names);
      add(input, "history of " + name, true, input.history_names);
    }
  }
  return list;
}

arrow::OutColumn keys_of(const LoadedTables& loaded, TableInput& input, const Piece& piece) {
  arrow::OutColumn keys = arrow::make_column("key", "U");
  std::string key;
  for (uint32_t row = 0; row < piece.batch.rows_read; ++row) {
    if (key_at(loaded.shared, input, input.tables[piece.table], piece.first + row, key))
      arrow::add_text(keys, key);
    else
      arrow::add_null(keys);
  }
  return keys;
}

// The key of the row with an ordinal among those that were evaluated; empty: it has none.
std::string key_of_row(const LoadedTables& loaded, TableInput& input, uint64_t ordinal) {
  std::string key;
  for (const Piece& piece : input.pieces) {
    const uint64_t first = piece.batch.view.first_row;
    if (ordinal < first || ordinal >= first + piece.batch.view.rows) continue;
    key_at(loaded.shared, input, input.tables[piece.table], piece.first + piece.batch.kept[ordinal - first], key);
  }
  return key;
}

std::vector<std::string> keys_of_faults(LoadedTables& loaded, const evaluate::Results& results) {
  std::vector<std::string> keys;
  for (const evaluate::FaultReport& fault : results.faults) {
    std::string& key = keys.emplace_back();
    for (TableInput& input : loaded.inputs) {
      if (input.reader.record == fault.record) key = key_of_row(loaded, input, fault.row);
    }
  }
  return keys;
}

struct Keeping {
  std::vector<RecordColumns> columns;               // by input
  std::vector<std::vector<arrow::OutColumn>> keys;  // by input and piece
};

void prepare_records(const ir::Agreement& agreement, LoadedTables& loaded, Keeping& keeping, Run& run) {
  run.like.resize(agreement.records.size());
  run.records.resize(agreement.records.size());
  for (TableInput& input : loaded.inputs) {
    const uint32_t record = input.reader.record;
    const RecordColumns& columns = keeping.columns.emplace_back(record_columns(agreement, ir::RecordId{record}));
    run.like[record] = std::make_shared<const arrow::OutTable>(record_table(agreement, columns));
    run.records[record].resize(input.pieces.size());
    std::vector<arrow::OutColumn>& keys = keeping.keys.emplace_back();
    for (const Piece& piece : input.pieces) keys.push_back(keys_of(loaded, input, piece));
  }
}

std::unique_ptr<evaluate::Engine> other_engine(const Compiled& compiled, const RunOptions& options, std::string& error) {
  if (options.options.engine == driver::EngineChoice::best) return nullptr;
  return driver::make_engine(compiled.program.agreement, options.options.engine, error);
}

// The record with the key, in the type that was asked for or in any.
bool find(const ir::Agreement& agreement, LoadedTables& loaded, const std::string& type, const std::string& key, record::Batch& found) {
  std::string other;
  for (TableInput& input : loaded.inputs) {
    if (!type.empty() && type != agreement.records.items[input.reader.record].name) continue;
    for (const Piece& piece : input.pieces) {
      for (uint32_t i = 0; i < piece.batch.kept.size(); ++i) {
        if (!key_at(loaded.shared, input, input.tables[piece.table], piece.first + piece.batch.kept[i], other) || other != key) continue;
        found = record::row_alone(arrow::to_batch(loaded.shared, input.tables[piece.table], piece.first, piece.batch), i);
        return true;
      }
    }
  }
  return false;
}

std::string not_found(const ir::Agreement& agreement, const std::string& type, const std::string& key, const record::Report& report) {
  const auto named = [&](const ir::Record& record) { return record.name == type; };
  if (!type.empty() && std::none_of(agreement.records.begin(), agreement.records.end(), named)) return "the agreement has no record type `" + type + "`";
  std::string error = "no " + (type.empty() ? std::string("record") : type) + " has the key `" + key + "`";
  for (const record::Finding& finding : report.set_aside) error += "\nset aside: " + driver::describe(report, finding);
  return error;
}

}  // namespace

std::unique_ptr<Run> run(std::shared_ptr<const Compiled> compiled, const RunOptions& options, std::vector<std::unique_ptr<HeldTable>> tables,
                         std::string& error) {
  const ir::Agreement& agreement = compiled->program.agreement;
  auto run = std::make_unique<Run>();
  run->compiled = compiled;
  if (!driver::make_inputs(agreement, options.options, run->inputs, error)) return nullptr;
  const std::unique_ptr<evaluate::Engine> other = other_engine(*compiled, options, error);
  if (!error.empty()) return nullptr;
  const evaluate::Engine& engine = other ? *other : *compiled->engine;
  LoadedTables loaded;
  loaded.held = std::move(tables);
  if (!load_tables(agreement, options.naive, loaded, error)) return nullptr;
  Keeping keeping;
  if (options.records) prepare_records(agreement, loaded, keeping, *run);
  const TakePiece take = [&](size_t input, size_t piece, const evaluate::RecordOutputs& outputs) {
    TableInput& from = loaded.inputs[input];
    run->records[from.reader.record][piece] = std::make_shared<const arrow::OutTable>(
        record_rows(agreement, loaded.shared.texts, keeping.columns[input], from.pieces[piece], keeping.keys[input][piece], outputs));
  };
  const uint32_t threads = static_cast<uint32_t>(options.options.threads);
  const auto totals = run_passes(engine, run->inputs.inputs, loaded, threads, options.records ? take : TakePiece{});
  run->results = engine.finish(*totals, loaded.acts);
  run->keys_of_faults = keys_of_faults(loaded, run->results);
  run->facts = facts_read(agreement, loaded);
  run->texts = std::move(loaded.shared.texts);
  run->report = std::move(loaded.shared.report);
  return run;
}

bool why(const Compiled& compiled, const RunOptions& options, std::vector<std::unique_ptr<HeldTable>> tables, const std::string& record, const std::string& key,
         bool json, std::string& text, std::string& error) {
  const ir::Agreement& agreement = compiled.program.agreement;
  driver::RunInputs inputs;
  if (!driver::make_inputs(agreement, options.options, inputs, error)) return false;
  LoadedTables loaded;
  loaded.held = std::move(tables);
  if (!load_tables(agreement, options.naive, loaded, error)) return false;
  record::Batch batch;
  if (!find(agreement, loaded, record, key, batch)) {
    error = not_found(agreement, record, key, loaded.shared.report);
    return false;
  }
  // The explanation is the interpreter's trace. A value of a later pass needs the totals of the earlier ones.
  const std::unique_ptr<evaluate::Engine> interpreter = interpret::make_interpreter(agreement);
  const auto totals = interpreter->passes() == 1 ? interpreter->init(inputs.inputs) : run_passes(*interpreter, inputs.inputs, loaded, 1, {});
  const interpret::RecordTrace trace = interpret::trace_record(*interpreter, *totals, batch, 0);
  const render::RecordView view = driver::view_of(agreement, compiled.program.sources, batch, trace, inputs.inputs, key);
  text = json ? render::why_json(agreement, view) : render::why_human(agreement, view);
  return true;
}

render::Statement statement_of(const Run& run) {
  return {&run.compiled->program.agreement, &run.results, run.inputs.inputs.as_of, run.inputs.as_of_is_now, run.facts, run.keys_of_faults,
          run.inputs.inputs.params};
}

}  // namespace writ::embed
