#include "driver/facts_schema.h"

#include <algorithm>
#include <cassert>

namespace writ::driver {

namespace {

record::FieldKind kind_of(ir::Kind kind) {
  switch (kind) {
    case ir::Kind::boolean: return record::FieldKind::boolean;
    case ir::Kind::number: return record::FieldKind::number;
    case ir::Kind::money: return record::FieldKind::money;
    case ir::Kind::date: return record::FieldKind::date;
    case ir::Kind::time: return record::FieldKind::time;
    case ir::Kind::instant: return record::FieldKind::instant;
    case ir::Kind::duration: return record::FieldKind::duration;
    case ir::Kind::enumeration: return record::FieldKind::enumeration;
    case ir::Kind::text: return record::FieldKind::text;
    case ir::Kind::error:
    case ir::Kind::ratio:
    case ir::Kind::period:
    case ir::Kind::open_time:
    case ir::Kind::open_days: return record::FieldKind::unreadable;
  }
  return record::FieldKind::unreadable;
}

value::State state_of(ir::Absence absence) {
  switch (absence) {
    case ir::Absence::never: return value::State::given;
    case ir::Absence::not_yet: return value::State::not_yet;
    case ir::Absence::none: return value::State::none;
  }
  return value::State::given;
}

record::Field field_of(const ir::Agreement& agreement, const ir::Field& from) {
  const ir::Type& type = from.type;
  record::Field field;
  field.name = from.name;
  field.kind = kind_of(type.kind);
  field.scale = type.scale;
  field.percent = type.percent;
  if (type.kind == ir::Kind::money && type.currency.valid()) field.currency = agreement.currencies[type.currency].code;
  if (type.kind == ir::Kind::enumeration && type.enumeration.valid()) field.members = agreement.enums[type.enumeration].members;
  field.absence = state_of(type.absence);
  field.may_be_unknown = type.may_be_unknown;
  field.has_range = type.has_range;
  field.low = type.low;
  field.high = type.high;
  field.compared = from.compared;
  return field;
}

std::vector<record::Field> fields_of(const ir::Agreement& agreement, const std::vector<ir::Field>& from) {
  std::vector<record::Field> fields;
  for (const ir::Field& field : from) fields.push_back(field_of(agreement, field));
  return fields;
}

// An act of something that it cannot be an act of would be read and never used.
void restrict_act(const ir::Agreement& agreement, ir::RecordId id, record::RecordSchema& schema) {
  bool of_money = id == agreement.claim || id == agreement.payment;
  auto allowed = [&](uint32_t subject) {
    auto is = [subject](const auto& construct) { return construct.subject == subject; };
    return of_money ? std::any_of(agreement.credits.begin(), agreement.credits.end(), is) : std::any_of(agreement.rights.begin(), agreement.rights.end(), is);
  };
  record::Field& subject = schema.fields[static_cast<size_t>(ir::ActField::of)];
  for (uint32_t code = 0; code < subject.members.size(); ++code) {
    if (!allowed(code)) subject.members[code].clear();
  }
  if (of_money) schema.fields[static_cast<size_t>(ir::ActField::period)].absence = value::State::given;
}

void set_code(record::Code& code, const record::Field& field, const ir::FactsField::Code& from) {
  code.text = from.text;
  code.as_text = from.as_text;
  if (field.kind != record::FieldKind::text) code.value = static_cast<int64_t>(from.value.lo);
}

uint32_t zone_index(const ir::Agreement& agreement, const std::string& name) {
  if (name.empty()) return 0;
  for (uint32_t i = 0; i < agreement.zones.size(); ++i) {
    if (agreement.zones[i].name == name) return i + 1;
  }
  // check has loaded every zone that it lets through; without one, the agreement's own is the zone.
  assert(name == agreement.zone_name);
  return 0;
}

record::FieldSource source_of(const ir::Agreement& agreement, const ir::FactsField& from, const record::Field& field, std::vector<record::Finding>& failures) {
  record::FieldSource source;
  source.columns = from.columns;
  source.occurrence = static_cast<uint32_t>(std::max(from.occurrence, 1));
  source.zone = zone_index(agreement, from.zone);
  record::Finding finding = record::set_form(source, field, from.pattern);
  if (finding.problem != record::Problem::none) failures.push_back(std::move(finding));
  for (const ir::FactsField::Code& code : from.codes) {
    // A code may also stand for an absence: { "-" = none }.
    if (code.value.state == value::State::given)
      set_code(source.codes.emplace_back(), field, code);
    else
      source.absences.push_back({code.text, code.value.state});
  }
  for (const std::string& text : from.not_yet) source.absences.push_back({text, value::State::not_yet});
  for (const std::string& text : from.none) source.absences.push_back({text, value::State::none});
  for (const std::string& text : from.unknown) source.absences.push_back({text, value::State::unknown});
  if (from.constant) {
    source.is_constant = true;
    source.constant_state = from.constant->state;
    if (from.constant->state == value::State::given) source.constant = static_cast<int64_t>(from.constant->lo);
    source.constant_text = from.constant_text;
  }
  return source;
}

}  // namespace

std::vector<record::RecordSchema> fact_schemas(const ir::Agreement& agreement) {
  std::vector<record::RecordSchema> schemas;
  for (uint32_t i = 0; i < agreement.records.size(); ++i) {
    const ir::Record& from = agreement.records[ir::RecordId{i}];
    record::RecordSchema schema;
    schema.name = from.name;
    schema.fields = fields_of(agreement, from.fields);
    if (from.key) schema.key = *from.key;
    if (from.history) {
      schema.history = fields_of(agreement, from.history->fields);
      schema.history_at = from.history->at;
      if (from.history->order_by) schema.history_order_by = *from.history->order_by;
    }
    if (from.act) restrict_act(agreement, ir::RecordId{i}, schema);
    schemas.push_back(std::move(schema));
  }
  return schemas;
}

std::vector<value::Zone> fact_zones(const ir::Agreement& agreement) {
  std::vector<value::Zone> zones{agreement.zone};
  for (const ir::NamedZone& zone : agreement.zones) zones.push_back(zone.zone);
  return zones;
}

record::Mapping fact_mapping(const ir::Agreement& agreement, const ir::FactsMapping& written, const record::RecordSchema& schema,
                             std::vector<record::Finding>& failures) {
  const std::vector<record::Field>& fields = written.of_history ? schema.history : schema.fields;
  record::Mapping mapping = written.of_history ? record::default_history_mapping(schema) : record::default_mapping(schema);
  for (const ir::FactsField& from : written.fields) {
    mapping.fields[from.field] = source_of(agreement, from, fields[from.field], failures);
    record::FieldSource& source = mapping.fields[from.field];
    if (source.columns.empty()) source.columns = {fields[from.field].name};
    // A field that must be given cannot be told once for all that it is absent: a claim needs its period.
    if (source.is_constant && source.constant_state != value::State::given && fields[from.field].absence == value::State::given &&
        !fields[from.field].may_be_unknown) {
      source.is_constant = false;
    }
  }
  switch (written.repeats) {
    case ir::FactsMapping::Repeats::refused: mapping.repeats = record::Repeats::refused; break;
    case ir::FactsMapping::Repeats::last_decides: mapping.repeats = record::Repeats::last_decides; break;
    case ir::FactsMapping::Repeats::first_decides: mapping.repeats = record::Repeats::first_decides; break;
  }
  if (written.repeats_by) mapping.repeats_by_field = *written.repeats_by;
  mapping.repeats_by = written.repeats_by_column;
  if (!written.parent_key_column.empty()) mapping.parent_key.columns = {written.parent_key_column};
  mapping.separator = written.separator;
  return mapping;
}

}  // namespace writ::driver
