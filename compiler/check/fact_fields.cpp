#include "check/fact_fields.h"

#include <algorithm>

#include "check/fact_values.h"
#include "check/suggest.h"
#include "check/zones.h"
#include "value/civil_text.h"

namespace writ::check {
namespace {

using ir::Kind;

struct Line {
  Context& context;
  uint32_t file;
  const ast::FactField& written;
  const ir::Field& field;
  bool sound = true;
};

diag::Diagnostic& refuse(Line& line, const diag::Kind& kind, Span span, std::vector<diag::Argument> arguments) {
  line.sound = false;
  return diag::report(line.context.sink, kind, span, std::move(arguments));
}

constexpr std::string_view duration_forms[] = {"hours", "minutes", "seconds", "milliseconds", "microseconds"};

// `as "..."`: how the file writes the value, where it is not in its standard form.
void check_pattern(Line& line) {
  const ast::Text& pattern = line.written.pattern;
  if (!pattern.written()) return;
  const ir::Type& type = line.field.type;
  if (type.kind == Kind::date || type.kind == Kind::instant) {
    const value::CompiledPattern compiled = value::compile_pattern(pattern.text);
    if (compiled.error == value::PatternError::none) return;
    refuse(line, code::bad_pattern, pattern.span, {{"pattern", pattern.text}, {"why", std::string(value::describe(compiled.error))}})
        .helps.push_back("write it as `as \"dd/MM/yyyy HH:mm\"`, or `as \"epoch seconds\"`");
    return;
  }
  const bool duration =
      type.kind == Kind::duration && std::find(std::begin(duration_forms), std::end(duration_forms), pattern.text) != std::end(duration_forms);
  const bool percent = type.percent && (pattern.text == "percent" || pattern.text == "fraction");
  if (duration || percent) return;
  std::string help = "leave `as` out: it is for dates, instants, durations and percentages";
  if (type.kind == Kind::duration) help = "write `as \"hours\"`, `as \"minutes\"`, `as \"seconds\"`, `as \"milliseconds\"` or `as \"microseconds\"`";
  if (type.percent) help = "write `as \"percent\"` where the file has 15, `as \"fraction\"` where it has 0.15";
  refuse(line, code::form_not_of_kind, pattern.span, {{"name", line.field.name}, {"found", describe(line.context, type)}, {"pattern", pattern.text}})
      .helps.push_back(help);
}

void check_zone(Line& line) {
  const ast::Text& zone = line.written.zone;
  if (!zone.written()) return;
  if (line.field.type.kind != Kind::instant) {
    refuse(line, code::zone_of_no_instant, zone.span, {{"name", line.field.name}, {"found", describe(line.context, line.field.type)}})
        .helps.push_back("leave `in \"" + zone.text + "\"` out: only an instant has a time zone");
    return;
  }
  if (find_zone(line.context, zone.text, zone.span) == nullptr) line.sound = false;
}

void check_codes(Line& line, ir::FactsField& made) {
  for (const ast::FactField::Code& code : line.written.codes) {
    const auto same = [&](const ir::FactsField::Code& other) { return other.text == code.text.text; };
    if (std::any_of(made.codes.begin(), made.codes.end(), same)) {
      refuse(line, code::spelling_twice, code.text.span, {{"text", code.text.text}, {"name", line.field.name}})
          .helps.push_back("let each spelling mean one thing");
      continue;
    }
    const std::optional<FactValue> value = fact_value(line.context, line.file, code.value, line.field.type, "`" + line.field.name + "`");
    if (!value) line.sound = false;
    if (value) made.codes.push_back({code.text.text, value->value, value->text});
  }
}

void check_spellings(Line& line, const std::vector<ast::Text>& written, bool allowed, std::string_view word, std::vector<std::string>& into,
                     std::vector<std::string>& seen) {
  for (const ast::Text& text : written) {
    if (!allowed) {
      refuse(line, code::absence_not_declared, text.span, {{"what", "`" + line.field.name + "`"}, {"word", std::string(word)}})
          .helps.push_back("declare the field `or " + std::string(word) + "` if facts may be so");
      return;
    }
    if (std::find(seen.begin(), seen.end(), text.text) != seen.end())
      refuse(line, code::spelling_twice, text.span, {{"text", text.text}, {"name", line.field.name}}).helps.push_back("let each spelling mean one thing");
    seen.push_back(text.text);
    into.push_back(text.text);
  }
}

void check_absences(Line& line, ir::FactsField& made) {
  std::vector<std::string> seen;
  for (const ir::FactsField::Code& code : made.codes) seen.push_back(code.text);
  const ir::Type& type = line.field.type;
  check_spellings(line, line.written.not_yet, type.absence == ir::Absence::not_yet, "not yet", made.not_yet, seen);
  check_spellings(line, line.written.none, type.absence == ir::Absence::none, "none", made.none, seen);
  check_spellings(line, line.written.unknown, type.may_be_unknown, "unknown", made.unknown, seen);
}

void check_columns(Line& line, ir::FactsField& made) {
  for (const ast::Text& column : line.written.columns) {
    if (column.text.empty())
      refuse(line, code::empty_column, column.span, {{"name", line.field.name}}).helps.push_back("write the heading of the column as the file has it");
    made.columns.push_back(column.text);
  }
  made.occurrence = line.written.occurrence;
}

}  // namespace

std::optional<ir::FactsField> check_fact_field(Context& context, uint32_t file, const ast::FactField& written, const ir::Field& field) {
  if (field.type.kind == Kind::error) return std::nullopt;
  Line line{context, file, written, field};
  ir::FactsField made;
  made.span = written.span;
  if (written.constant.valid()) {
    const std::optional<FactValue> value = fact_value(context, file, written.constant, field.type, "`" + field.name + "`");
    if (!value) return std::nullopt;
    made.constant = value->value;
    made.constant_text = value->text;
    return made;
  }
  check_columns(line, made);
  check_pattern(line);
  check_zone(line);
  check_codes(line, made);
  check_absences(line, made);
  made.pattern = written.pattern.text;
  made.zone = written.zone.text;
  if (!line.sound) return std::nullopt;
  return made;
}

}  // namespace writ::check
