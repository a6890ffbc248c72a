#include "parse/build.h"
#include "parse/diagnostics.h"

namespace writ::parse {

namespace {

using Kind = ast::HeaderItem::Kind;

ast::HeaderItem texts_item(Build& build, Kind kind, const std::vector<Node*>& texts, source::Span span) {
  ast::HeaderItem item{kind, span};
  for (Node* text : texts) item.texts.push_back(text_of(build, text));
  return item;
}

ast::HeaderItem value_item(Build& build, Kind kind, Grammar::SumContext* value, source::Span span) {
  ast::HeaderItem item{kind, span};
  item.value = sum(build, value);
  return item;
}

ast::HeaderItem item_of(Build& build, Grammar::HeaderItemContext* context) {
  const source::Span span = span_of(build, context);
  if (auto* line = dynamic_cast<Grammar::SignedItemContext*>(context)) return value_item(build, Kind::signed_, line->sum(), span);
  if (auto* line = dynamic_cast<Grammar::EffectiveItemContext*>(context)) return value_item(build, Kind::effective, line->sum(), span);
  if (auto* line = dynamic_cast<Grammar::TermItemContext*>(context)) return value_item(build, Kind::term, line->sum(), span);
  if (auto* line = dynamic_cast<Grammar::TermUntilItemContext*>(context)) {
    ast::HeaderItem item{Kind::term, span};
    item.value = literal(build, line->DATE());
    item.term_until = true;
    return item;
  }
  if (auto* line = dynamic_cast<Grammar::CurrencyItemContext*>(context)) {
    ast::HeaderItem item{Kind::currency, span};
    item.word = name_of(build, line->name());
    return item;
  }
  if (auto* line = dynamic_cast<Grammar::TimeZoneItemContext*>(context)) return texts_item(build, Kind::time_zone, {line->STRING()}, span);
  if (auto* line = dynamic_cast<Grammar::LawItemContext*>(context)) return texts_item(build, Kind::law, line->STRING(), span);
  if (auto* line = dynamic_cast<Grammar::DeliveredItemContext*>(context)) return texts_item(build, Kind::delivered, line->STRING(), span);
  if (auto* line = dynamic_cast<Grammar::RoundItemContext*>(context)) {
    ast::HeaderItem item{Kind::round, span};
    item.word = round_word(build, line->roundWord());
    item.to_minor_unit = line->MINOR() != nullptr;
    return item;
  }
  auto* line = dynamic_cast<Grammar::MonthEndItemContext*>(context);
  ast::HeaderItem item{Kind::month_end, span};
  item.word = {line->LAST() != nullptr ? "last_day" : "next_first", span};
  if (spelling(build, line->ORDINAL()) != "31st") {
    diag::report(build.reading.sink, unexpected_word, span_of(build, line->ORDINAL()),
                 {{"found", "`" + spelling(build, line->ORDINAL()) + "`"}, {"expected", "`31st`"}, {"before", "`the`"}});
  }
  return item;
}

std::string what_is(Kind kind) {
  switch (kind) {
    case Kind::signed_: return "`signed`";
    case Kind::effective: return "`effective`";
    case Kind::term: return "`term`";
    case Kind::currency: return "`currency`";
    case Kind::time_zone: return "`time zone`";
    case Kind::law: return "`law`";
    case Kind::delivered: return "`delivered`";
    case Kind::round: return "`round`";
    case Kind::month_end: return "`a month after the 31st`";
  }
  return "";
}

void add_parties(Build& build, Grammar::PartiesItemContext* line) {
  for (Grammar::PartyContext* party : line->party()) {
    build.file.header->parties.push_back({declared_name(build, party->name(0)), name_of(build, party->name(1)), text_of(build, party->STRING())});
  }
}

void report_twice(Build& build, const std::string& what, source::Span span, source::Span first) {
  diag::report(build.reading.sink, stated_twice, span, {{"what", what}}).labels.push_back({first, "first stated here"});
}

}  // namespace

// The `agreement` line, or one of the lines below it. These stand at the front, so that nobody has to look for the currency of an agreement.
void header_line(Build& build, Grammar::StatementContext* line) {
  const source::Span span = span_of(build, line);
  if (line->agreementLine() != nullptr) {
    if (build.file.header) return report_twice(build, "`agreement`", span, build.file.header->title.span);
    build.file.header = ast::Header{text_of(build, line->agreementLine()->STRING()), {}, {}, span};
    return;
  }
  if (!build.file.header || build.header_ended.valid()) {
    const std::string word(build.reading.spelling(token_of(build, line->start)));
    diag::Diagnostic& said = diag::report(build.reading.sink, header_out_of_place, span, {{"what", "`" + word + "`"}});
    if (build.header_ended.valid()) said.labels.push_back({build.header_ended, "the header ended before this line"});
    if (!build.file.header) return;
  }
  ast::Header& header = *build.file.header;
  header.span = source::cover(header.span, span);
  if (auto* parties = dynamic_cast<Grammar::PartiesItemContext*>(line->headerItem())) {
    if (!header.parties.empty()) return report_twice(build, "`between`", span, header.parties.front().name.span);
    return add_parties(build, parties);
  }
  ast::HeaderItem item = item_of(build, line->headerItem());
  for (const ast::HeaderItem& before : header.items) {
    if (before.kind == item.kind) return report_twice(build, what_is(item.kind), span, before.span);
  }
  header.items.push_back(std::move(item));
}

}  // namespace writ::parse
