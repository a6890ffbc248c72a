#include "evaluate/save_program.h"

#include <algorithm>

#include "evaluate/archive.h"
#include "evaluate/look_up.h"
#include "evaluate/program_fields.h"

namespace writ::evaluate {

namespace {

constexpr char image_kind[] = "WritRule";
constexpr uint32_t image_version = 7;

// A host's column of reasons is as wide as the number of cases asks for.
bool reason_is_sound(const Tables& tables, const StageTable& stage, const DefinitionOut& out) {
  if (out.reason == no_index) return true;
  return out.definition < tables.definitions.size() && out.reason < stage.slots.size() &&
         lane_bytes(stage.slots[out.reason].lane) <= reason_bytes(tables.definitions[out.definition].reasons);
}

bool is_sound(const Tables& tables, const StageTable& stage) {
  bool sound = stage.block_rows > 0 && stage.block_rows <= most_block_rows && stage.block_rows % 64 == 0;
  for (const DefinitionOut& out : stage.definitions)
    sound &= out.slot < stage.slots.size() && (out.held == no_index || out.held < stage.helds) && reason_is_sound(tables, stage, out);
  for (uint32_t slot : stage.predicates) sound &= slot < stage.slots.size();
  for (const SlotTable& slot : stage.slots) sound &= slot.column == no_index || slot.column < stage.fields.size();
  return sound;
}

// What the engine takes for granted about how the parts belong together.
bool is_sound(const Program& program) {
  const Tables& tables = program.tables;
  bool sound = tables.passes > 0 && program.records.size() == uint64_t{tables.passes} * tables.records.size();
  sound &= program.totals.size() == uint64_t{tables.passes} + 1 && program.columns.size() == tables.definitions.size() &&
           program.reasons.size() == tables.definitions.size();
  if (!sound) return false;
  for (size_t i = 0; i < program.records.size(); ++i) {
    const RecordProgram& record = program.records[i];
    sound &= record.record == i % tables.records.size() && record.pass == i / tables.records.size();
    const RecordTable& table = tables.records[record.record];
    for (uint32_t definition : record.row_definitions) sound &= definition < tables.definitions.size();
    sound &= table.history_missing.size() == table.history_fields;
    for (size_t form = 0; form < form_count; ++form) {
      sound &= is_sound(tables, record.facts[form]) && is_sound(tables, record.history[form]);
      for (const ClockIn& clock : record.facts[form].clocks) sound &= clock.predicate < record.history[form].predicates.size();
      for (const FieldTable& field : record.facts[form].fields) {
        const bool of_param = field.param != no_index && static_cast<Form>(form) == Form::portfolio;
        sound &= of_param ? field.param < tables.params.size() && field.field == uint64_t{table.fields} + field.param
                          : field.param == no_index && field.field < table.fields;
      }
      for (const FieldTable& field : record.history[form].fields) sound &= field.field < table.history_fields;
      for (const AggregateIn& in : record.facts[form].aggregates) sound &= in.aggregate < tables.aggregates.size();
    }
  }
  for (const PortfolioTotals& totals : program.portfolio) {
    sound &= is_sound(tables, totals.table) && (totals.grid == no_index || totals.grid < tables.grids.size());
    for (const FieldTable& field : totals.table.fields) {
      sound &= field.aggregate == no_index ? field.param < tables.params.size() : field.aggregate < tables.aggregates.size();
    }
    for (const DefinitionOut& out : totals.table.definitions) {
      sound &= out.definition < tables.definitions.size() && out.slot < totals.table.slots.size();
    }
  }
  for (const std::vector<uint32_t>& stages : program.totals) {
    for (uint32_t grid : stages) sound &= grid == no_index || grid < tables.grids.size();
  }
  for (const DefinitionTable& definition : tables.definitions) {
    if (definition.grain == GrainOf::period) sound &= definition.of < tables.grids.size();
    for (uint32_t aggregate : definition.aggregates) sound &= aggregate < tables.aggregates.size();
  }
  for (const LookUpTable& table : tables.look_ups) sound &= is_sound(table);
  return sound;
}

// Of each calendar the years of the term and those around it: facts and deadlines of other years find theirs when they come.
bool build_calendars(Tables& tables) {
  constexpr int64_t before = 366, after = 2 * 366;
  const auto date = [](int64_t instant, int64_t days) {
    const int64_t day = int64_t{value::date_of_local(instant)} + days;
    return static_cast<value::Date>(std::clamp<int64_t>(day, value::first_date, value::last_date));
  };
  const value::Date first = date(tables.term_start, -before), last = date(tables.term_end, after);
  for (const value::CalendarRules& rules : tables.calendar_rules) {
    if (value::build_calendar_around(rules, first, last, tables.calendars.emplace_back()) != value::CalendarError::none) return false;
  }
  return true;
}

}  // namespace

std::vector<std::byte> save_program(const Program& program) {
  Archive out;
  out.put(program.tables);
  out.put(program.records);
  out.put(program.totals);
  out.put(program.portfolio);
  out.put(program.columns);
  out.put(program.reasons);
  out.put(program.always_general);
  return seal_image(image_kind, image_version, out.bytes);
}

bool load_program(std::span<const std::byte> image, Program& program, std::string& error) {
  const std::span<const std::byte> content = open_image(image_kind, image_version, image, error);
  if (!error.empty()) return false;
  ArchiveReader in{content, 0, {}};
  in.get(program.tables);
  in.get(program.records);
  in.get(program.totals);
  in.get(program.portfolio);
  in.get(program.columns);
  in.get(program.reasons);
  in.get(program.always_general);
  if (in.error.empty() && in.at != content.size()) in.fail("there are bytes behind its end");
  if (in.error.empty() && (!is_sound(program) || !build_calendars(program.tables))) in.fail("its parts do not belong together");
  if (!in.error.empty()) error = "the image is damaged: " + std::string(in.error);
  return error.empty();
}

}  // namespace writ::evaluate
