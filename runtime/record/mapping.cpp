#include <algorithm>

#include "record/schema.h"

namespace writ::record {

namespace {

Mapping mapping_of(const std::vector<Field>& fields) {
  Mapping mapping;
  for (const Field& field : fields) {
    FieldSource source;
    source.columns = {field.name};
    mapping.fields.push_back(std::move(source));
  }
  return mapping;
}

struct NamedForm {
  std::string_view name;
  Form form;
  FieldKind kind;
};
constexpr NamedForm named_forms[] = {
    {"percent", Form::percent, FieldKind::number},
    {"fraction", Form::fraction, FieldKind::number},
    {"hours", Form::hours, FieldKind::duration},
    {"minutes", Form::minutes, FieldKind::duration},
    {"seconds", Form::seconds, FieldKind::duration},
    {"milliseconds", Form::milliseconds, FieldKind::duration},
    {"microseconds", Form::microseconds, FieldKind::duration},
};

constexpr const char* no_other_form = "only percentages, durations, dates and instants can be written in other ways";

// Empty when all is well.
std::string choose_form(FieldSource& source, const Field& field, std::string_view text) {
  source.form = Form::standard;
  if (text.empty()) return {};
  switch (field.kind) {
    case FieldKind::date:
    case FieldKind::instant: {
      value::CompiledPattern compiled = value::compile_pattern(text);
      if (compiled.error != value::PatternError::none) {
        return std::string(value::describe(compiled.error)) + ", at its character " + std::to_string(compiled.at + 1);
      }
      source.form = Form::pattern;
      source.pattern = std::move(compiled.pattern);
      source.pattern_text = text;
      return {};
    }
    case FieldKind::number:
      if (!field.percent) return no_other_form;
      break;
    case FieldKind::duration: break;
    case FieldKind::boolean:
    case FieldKind::money:
    case FieldKind::time:
    case FieldKind::enumeration:
    case FieldKind::text: return no_other_form;
    case FieldKind::unreadable: return "its type has no form in a file";
  }
  auto found =
      std::find_if(std::begin(named_forms), std::end(named_forms), [&](const NamedForm& named) { return named.name == text && named.kind == field.kind; });
  if (found != std::end(named_forms)) {
    source.form = found->form;
    return {};
  }
  return field.kind == FieldKind::number ? "a percentage is written as `percent` or as `fraction`"
                                         : "a duration is counted in `hours`, `minutes`, `seconds`, `milliseconds` or `microseconds`";
}

}  // namespace

Mapping default_mapping(const RecordSchema& schema) { return mapping_of(schema.fields); }

Mapping default_history_mapping(const RecordSchema& schema) {
  Mapping mapping = mapping_of(schema.history);
  if (schema.key) mapping.parent_key.columns = {schema.fields[*schema.key].name};
  return mapping;
}

Finding set_form(FieldSource& source, const Field& field, std::string_view text) {
  Finding finding;
  finding.detail = choose_form(source, field, text);
  if (finding.detail.empty()) return finding;
  finding.problem = Problem::unusable_mapping;
  finding.field = field.name;
  finding.text = text;
  return finding;
}

}  // namespace writ::record
