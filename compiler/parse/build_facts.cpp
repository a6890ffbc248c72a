#include "parse/build.h"
#include "parse/diagnostics.h"

namespace writ::parse {

namespace {

void add_absent(Build& build, ast::FactField& field, Grammar::AbsentSpellingContext* context) {
  std::vector<ast::Text>* spellings = nullptr;
  switch (absence_of(context->absence())) {
    case ast::Absence::not_yet: spellings = &field.not_yet; break;
    case ast::Absence::none: spellings = &field.none; break;
    case ast::Absence::unknown: spellings = &field.unknown; break;
  }
  for (Node* text : context->STRING()) spellings->push_back(text_of(build, text));
}

ast::FactField field_of(Build& build, Grammar::FactLineContext* line) {
  constexpr int most_columns = 10'000;
  ast::FactField field;
  field.field = name_of(build, line->name(0));
  field.span = span_of(build, line);
  if (auto* constant = dynamic_cast<Grammar::ConstantSourceContext*>(line->factSource())) {
    field.constant = expression(build, constant->expr());
    return field;
  }
  auto* source = dynamic_cast<Grammar::ColumnSourceContext*>(line->factSource());
  for (Grammar::FactColumnContext* column : source->factColumn()) {
    field.columns.push_back(text_of(build, column->STRING()));
    if (column->NUMBER() != nullptr) field.occurrence = whole_number(build, column->NUMBER(), 1, most_columns);
  }
  if (source->AS() != nullptr) field.pattern = text_of(build, source->STRING(0));
  if (source->IN() != nullptr) field.zone = text_of(build, source->STRING(source->AS() != nullptr ? 1 : 0));
  if (source->codeMap() != nullptr) {
    for (Grammar::CodeContext* code : source->codeMap()->code()) field.codes.push_back({text_of(build, code->STRING()), sum(build, code->sum())});
  }
  for (Grammar::AbsentSpellingContext* absent : source->absentSpelling()) add_absent(build, field, absent);
  return field;
}

void add_line(Build& build, ast::Facts& facts, Grammar::FactLineContext* line, Once& once) {
  const source::Span span = span_of(build, line);
  if (line->SEPARATOR() != nullptr) {
    if (once.first(build, "`separator`", span)) facts.separator = text_of(build, line->STRING());
  } else if (line->ROWS() != nullptr) {
    if (!once.first(build, "which of several rows decides", span)) return;
    facts.repeats = line->LAST() != nullptr ? ast::Facts::Repeats::last_decides : ast::Facts::Repeats::first_decides;
    if (line->BY() != nullptr) facts.repeats_by = name_of(build, line->name(1));
  } else {
    ast::FactField field = field_of(build, line);
    if (!once.first(build, "`" + field.field.text + "`", field.field.span)) return;
    // `key = column "number"` of a history names the column that holds the key of the record; a record's own field may be called `key`.
    if (facts.of_history && field.field.text == "key" && field.columns.size() == 1) {
      facts.parent_key_column = field.columns.front();
    } else {
      facts.fields.push_back(std::move(field));
    }
  }
}

}  // namespace

ast::Facts facts_of(Build& build, Grammar::FactsContext* context) {
  ast::Facts facts;
  facts.of = name_of(build, context->name());
  facts.of_history = context->HISTORY() != nullptr;
  facts.file = text_of(build, context->STRING());
  facts.span = span_of(build, context);
  Once once;
  for (Grammar::FactLineContext* line : lines_of(build, context, context->factLine())) {
    if (!broken(line)) add_line(build, facts, line, once);
  }
  return facts;
}

}  // namespace writ::parse
