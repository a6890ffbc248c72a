// `facts Ticket from "incidents.csv" { ... }`: where a foreign file keeps the fields of a record, a history or an act.
#include <algorithm>

#include "check/fact_fields.h"
#include "check/fact_values.h"
#include "check/suggest.h"

namespace writ::check {
namespace {

struct Mapping {
  Context& context;
  uint32_t file;
  const ast::Facts& written;
  std::string name;  // "Ticket", "the history of Ticket"
  const std::vector<ir::Field>& fields;
};

void report_doubled(const Mapping& at, const ir::FactsMapping& mapping) {
  for (const ir::FactsMapping& other : at.context.agreement.facts)
    if (other.record == mapping.record && other.of_history == mapping.of_history) {
      diag::Diagnostic& found = diag::report(at.context.sink, code::facts_twice, at.written.of.span, {{"name", at.name}});
      found.labels.push_back({other.span, "the first block"});
      found.helps.push_back("leave one of them out: facts of one kind come from one file");
    }
}

// A field that the block does not name is read from the column of its own name. A notice or an exercise has no period to read.
void fill_period(const Mapping& at, ir::FactsMapping& mapping) {
  for (ir::FieldIndex i = 0; i < at.fields.size(); ++i) {
    const auto named = [&](const ast::FactField& written) { return written.field.text == at.fields[i].name; };
    if (at.fields[i].type.absence != ir::Absence::none || std::any_of(at.written.fields.begin(), at.written.fields.end(), named)) continue;
    ir::FactsField nothing;
    nothing.field = i;
    nothing.constant = value::none();
    mapping.fields.push_back(std::move(nothing));
  }
}

void check_repeats(const Mapping& at, ir::FactsMapping& mapping) {
  switch (at.written.repeats) {
    case ast::Facts::Repeats::refused: return;
    case ast::Facts::Repeats::last_decides: mapping.repeats = ir::FactsMapping::Repeats::last_decides; break;
    case ast::Facts::Repeats::first_decides: mapping.repeats = ir::FactsMapping::Repeats::first_decides; break;
  }
  const bool keyed = !mapping.of_history && at.context.agreement.records[mapping.record].key.has_value();
  if (!keyed) {
    diag::report(at.context.sink, code::repeats_without_key, at.written.of.span, {{"name", at.name}})
        .helps.push_back(mapping.of_history ? "rows of a history are all kept: leave the line out"
                                            : "mark the field that tells records apart, as in `id : text, key`");
    return;
  }
  if (!at.written.repeats_by.written()) return;
  const std::optional<ir::FieldIndex> field = field_called(at.fields, at.written.repeats_by.text);
  if (!field) {
    mapping.repeats_by_column = at.written.repeats_by.text;
    return;
  }
  const ir::Kind kind = at.fields[*field].type.kind;
  mapping.repeats_by = *field;
  if (kind == ir::Kind::number || kind == ir::Kind::instant || kind == ir::Kind::date || kind == ir::Kind::money || kind == ir::Kind::duration ||
      kind == ir::Kind::error)
    return;
  diag::report(at.context.sink, code::repeats_by_kind, at.written.repeats_by.span,
               {{"name", at.fields[*field].name}, {"found", describe(at.context, at.fields[*field].type)}})
      .helps.push_back("name a field or a column of numbers, dates or instants");
}

void check_separator(const Mapping& at, ir::FactsMapping& mapping) {
  if (!at.written.separator.written()) return;
  const std::string& text = at.written.separator.text;
  const bool fits = text.size() == 1 && static_cast<unsigned char>(text[0]) < 128 && text[0] != '"' && text[0] != '\n' && text[0] != '\r';
  if (fits) mapping.separator = text[0];
  if (!fits) diag::report(at.context.sink, code::bad_separator, at.written.separator.span, {}).helps.push_back("write `separator \";\"`, or \"\\t\" for a tab");
}

void check_parent_key(const Mapping& at, ir::FactsMapping& mapping) {
  mapping.parent_key_column = at.written.parent_key_column.text;
  if (mapping.of_history && mapping.parent_key_column.empty())
    diag::report(at.context.sink, code::parent_key_missing, at.written.of.span, {{"name", at.written.of.text}})
        .helps.push_back("write `key = column \"...\"`: the column that holds the key of the record to which a row belongs");
}

void check_mapping(Context& context, uint32_t file, const ast::Facts& written) {
  const ir::RecordId id = require_fact_record(context, file, written.of);
  if (!id.valid()) return;
  const ir::Record record = context.agreement.records[id];
  if (written.of_history && !record.history) {
    diag::report(context.sink, code::no_history, written.of.span, {{"here", "`" + record.name + "`"}})
        .helps.push_back("declare it, as in `history of " + record.name + " { at : instant, ... }`");
    return;
  }
  const std::string name = written.of_history ? "the history of " + record.name : record.name;
  const Mapping at{context, file, written, name, written.of_history ? record.history->fields : record.fields};
  ir::FactsMapping mapping;
  mapping.record = id;
  mapping.of_history = written.of_history;
  mapping.file = written.file.text;
  mapping.span = written.of.span;
  for (const ast::FactField& field : written.fields) {
    const std::optional<ir::FieldIndex> index = field_called(at.fields, field.field.text);
    if (!index) {
      report_no_field(context, "`" + name + "`", at.fields, field.field);
      continue;
    }
    if (std::optional<ir::FactsField> made = check_fact_field(context, file, field, at.fields[*index])) {
      made->field = *index;
      mapping.fields.push_back(std::move(*made));
    }
  }
  report_doubled(at, mapping);
  if (id == context.agreement.notice || id == context.agreement.exercise) fill_period(at, mapping);
  check_repeats(at, mapping);
  check_separator(at, mapping);
  check_parent_key(at, mapping);
  context.agreement.facts.push_back(std::move(mapping));
}

}  // namespace

void check_facts(Context& context) {
  for (uint32_t file = 0; file < context.files.size(); ++file)
    for (const ast::Item& item : context.files[file].items)
      if (const auto* facts = std::get_if<ast::Facts>(&item)) check_mapping(context, file, *facts);
}

}  // namespace writ::check
