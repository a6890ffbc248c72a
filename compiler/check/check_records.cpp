// Records, their keys, and their histories.
#include <algorithm>

#include "check/context.h"
#include "check/fact_values.h"
#include "check/suggest.h"

namespace writ::check {
namespace {

using ir::Kind;

// Mistakes of one record are independent of each other: each is reported.
struct Owner {
  Context& context;
  uint32_t file;
  std::string name;
};

bool can_be_stored(const ir::Type& type) {
  return type.kind != Kind::ratio && type.kind != Kind::period && type.kind != Kind::open_time && type.kind != Kind::open_days;
}

std::vector<ir::Field> checked_fields(const Owner& owner, const std::vector<ast::Field>& written) {
  std::vector<ir::Field> fields;
  for (const ast::Field& each : written) {
    const auto same = [&](const ir::Field& field) { return field.name == each.name.text; };
    if (const auto first = std::find_if(fields.begin(), fields.end(), same); first != fields.end()) {
      diag::report(owner.context.sink, code::doubled_member, each.name.span, {{"name", each.name.text}, {"what", "`" + owner.name + "`"}})
          .labels.push_back({first->span, "the first one"});
      continue;
    }
    ir::Type type = resolve_type(owner.context, owner.file, each.type, "the field `" + each.name.text + "`");
    if (!can_be_stored(type)) {
      diag::report(owner.context.sink, code::type_not_stored, each.type.span,
                   {{"what", "the field `" + each.name.text + "`"}, {"type", describe(owner.context, type)}})
          .helps.push_back("write `percent`, or `decimal 4` with as many digits as the facts have");
      type = ir::plain_type(Kind::error);
    }
    fields.push_back({each.name.text, type, each.key, false, each.name.span});
  }
  return fields;
}

// A rule of the same name would give a field's name two readings.
void report_hidden_names(const Owner& owner, const std::vector<ir::Field>& fields) {
  for (const ir::Field& field : fields) {
    const SymbolId id = find_symbol(owner.context, owner.file, field.name);
    if (!id.valid()) continue;
    diag::Diagnostic& found = diag::report(owner.context.sink, code::doubled_name, field.span, {{"name", field.name}});
    found.labels.push_back({owner.context.symbols[id].name.span, "this is " + with_article(noun_of(owner.context.symbols[id]))});
    found.helps.push_back("give one of them another name: a name stands for one thing in the whole agreement");
  }
}

std::optional<ir::FieldIndex> key_of(const Owner& owner, const std::vector<ir::Field>& fields) {
  std::optional<ir::FieldIndex> key;
  for (ir::FieldIndex i = 0; i < fields.size(); ++i) {
    if (!fields[i].key) continue;
    if (key) {
      diag::report(owner.context.sink, code::two_keys, fields[i].span, {{"name", owner.name}}).labels.push_back({fields[*key].span, "the first one"});
      continue;
    }
    key = i;
    const ir::Type& type = fields[i].type;
    const bool fits = type.kind == Kind::error || ((type.kind == Kind::text || (type.kind == Kind::number && type.scale == 0)) &&
                                                   type.absence == ir::Absence::never && !type.may_be_unknown);
    if (!fits)
      diag::report(owner.context.sink, code::bad_key, fields[i].span, {{"name", fields[i].name}, {"found", describe(owner.context, type)}})
          .helps.push_back("a key is a `text` or an `int` that every record has");
  }
  return key;
}

std::optional<ir::FieldIndex> since_of(const Owner& owner, const ast::Name& since, const std::vector<ir::Field>& fields, Span record) {
  if (!since.written()) {
    diag::report(owner.context.sink, code::since_missing, record, {{"name", owner.name}})
        .helps.push_back("write `record " + owner.name + " since opened { ... }`: the instant that places a record in the term");
    return std::nullopt;
  }
  const std::optional<ir::FieldIndex> field = field_called(fields, since.text);
  if (!field) {
    std::vector<std::string> names;
    for (const ir::Field& each : fields) names.push_back(each.name);
    diag::Diagnostic& found = diag::report(owner.context.sink, code::unknown_part, since.span, {{"of", "`" + owner.name + "`"}, {"name", since.text}});
    suggest(found, since, names);
    return std::nullopt;
  }
  const ir::Type& type = fields[*field].type;
  if (type.kind == Kind::instant && type.absence == ir::Absence::never) return field;
  if (type.kind != Kind::error)
    diag::report(owner.context.sink, code::bad_since, since.span, {{"name", since.text}, {"found", describe(owner.context, type)}})
        .helps.push_back("a record is placed in the term by an `instant` that it always has");
  return std::nullopt;
}

void check_record(Context& context, SymbolId id) {
  const ast::Record& written = *std::get<const ast::Record*>(context.symbols[id].node);
  const Owner owner{context, context.symbols[id].file, written.name.text};
  ir::Record record;
  record.name = written.name.text;
  record.fields = checked_fields(owner, written.fields);
  record.key = key_of(owner, record.fields);
  record.since = since_of(owner, written.since, record.fields, written.name.span);
  record.span = written.name.span;
  report_hidden_names(owner, record.fields);
  context.symbols[id].record = context.agreement.records.add(std::move(record));
}

void check_history_fields(const Owner& owner, std::vector<ir::Field>& fields) {
  for (ir::Field& field : fields) {
    if (field.type.absence != ir::Absence::not_yet) continue;
    diag::report(owner.context.sink, code::history_not_yet, field.span, {{"name", field.name}})
        .helps.push_back("write `or none`: a row of a history tells what has happened");
    field.type = ir::plain_type(Kind::error);
  }
}

void check_history(Context& context, uint32_t file, const ast::History& written) {
  const SymbolId id =
      require_symbol(context, file, written.record, "record", [](const Symbol& s) { return std::holds_alternative<const ast::Record*>(s.node); });
  if (!id.valid() || !context.symbols[id].record.valid()) return;
  ir::Record& record = context.agreement.records[context.symbols[id].record];
  const Owner owner{context, file, "the history of " + record.name};
  if (record.history) {
    diag::report(context.sink, code::two_histories, written.record.span, {{"name", record.name}}).helps.push_back("write all fields of its rows in one block");
    return;
  }
  ir::History history;
  history.fields = checked_fields(owner, written.fields);
  check_history_fields(owner, history.fields);
  const std::optional<ir::FieldIndex> at = field_called(history.fields, "at");
  const bool dated = at && (history.fields[*at].type.kind == Kind::error ||
                            (history.fields[*at].type.kind == Kind::instant && history.fields[*at].type.absence == ir::Absence::never));
  if (!dated) {
    diag::report(context.sink, code::history_without_at, at ? history.fields[*at].span : written.record.span, {{"name", record.name}})
        .helps.push_back("add `at : instant`: the instant from which a row holds");
    return;
  }
  history.at = *at;
  if (written.order_by.written()) {
    history.order_by = field_called(history.fields, written.order_by.text);
    if (!history.order_by) diag::report(context.sink, code::unknown_part, written.order_by.span, {{"of", owner.name}, {"name", written.order_by.text}});
  }
  if (!record.key)
    diag::report(context.sink, code::history_without_key, written.record.span, {{"name", record.name}})
        .helps.push_back("mark the field that tells records apart, as in `id : text, key`");
  record.history = std::move(history);
}

}  // namespace

void check_records(Context& context) {
  for (uint32_t i = 0; i < context.symbols.size(); ++i)
    if (std::holds_alternative<const ast::Record*>(context.symbols[SymbolId{i}].node)) check_record(context, SymbolId{i});
  for (uint32_t file = 0; file < context.files.size(); ++file)
    for (const ast::Item& item : context.files[file].items)
      if (const auto* history = std::get_if<ast::History>(&item)) check_history(context, file, *history);
}

}  // namespace writ::check
