// A written type: `int`, `decimal 2`, `money USD or none`, `0..10`, `Severity`, `instant or not yet`.
#include <algorithm>
#include <charconv>

#include "check/context.h"
#include "check/literal_numbers.h"
#include "check/suggest.h"

namespace writ::check {
namespace {

using ir::Kind;
using ir::Type;

constexpr int percent_scale = 4;  // 99.95%: two digits behind a percentage, unless `percent N` or the value says more
constexpr std::string_view type_words[] = {"bool", "int", "decimal", "percent", "money", "date", "time", "instant", "duration", "text", "Party", "ratio"};

struct Resolving {
  Context& context;
  uint32_t file;
  const ast::TypeRef& written;
  std::string_view what;
};

Type error_type() { return ir::plain_type(Kind::error); }

std::optional<int> written_digits(Resolving& at) {
  int digits = -1;
  const std::string& text = *at.written.digits;
  std::from_chars(text.data(), text.data() + text.size(), digits);
  if (digits >= 0 && digits <= most_digits && text.find('.') == std::string::npos) return digits;
  diag::report(at.context.sink, code::bad_digits, at.written.span, {{"text", text}}).helps.push_back("write how many digits are kept, as in `decimal 2`");
  return std::nullopt;
}

Type decimal_type(Resolving& at) {
  if (!at.written.digits) {
    diag::report(at.context.sink, code::digits_missing, at.written.name.span, {})
        .helps.push_back("write `decimal 2` for two digits after the point, or `int` for whole numbers");
    return error_type();
  }
  const std::optional<int> digits = written_digits(at);
  return digits ? ir::number_type(*digits) : error_type();
}

Type percent_of(Resolving& at) {
  if (!at.written.digits) return ir::percent_type(percent_scale);
  const std::optional<int> digits = written_digits(at);
  return digits ? ir::percent_type(*digits + 2) : error_type();
}

bool names_a_currency(const ast::Header& header) {
  return std::any_of(header.items.begin(), header.items.end(), [](const ast::HeaderItem& item) { return item.kind == ast::HeaderItem::Kind::currency; });
}

Type money_of(Resolving& at) {
  ir::CurrencyId currency = at.context.agreement.currency;
  if (at.written.currency.written()) {
    currency = find_or_add_currency(at.context, at.written.currency);
    if (!currency.valid()) return error_type();
  }
  if (!currency.valid()) {
    const std::optional<ast::Header>& header = at.context.files[0].header;
    if (header && header->damaged) return error_type();            // the line `currency` may be the one that could not be read
    if (header && names_a_currency(*header)) return error_type();  // a wrong one, which was reported
    diag::report(at.context.sink, code::currency_missing, at.written.span, {{"what", std::string(at.what)}})
        .helps.push_back("add a line `currency GBP` below `agreement`, or write `money GBP` here");
    return error_type();
  }
  return ir::money_type(currency, at.context.agreement.currencies[currency].minor_digits);
}

Type metric_type(Context& context, ir::MetricTypeId id, bool percent) {
  const ir::MetricType& metric = context.agreement.metric_types[id];
  Type type = ir::with_range(percent ? ir::percent_type(metric.scale) : ir::number_type(metric.scale), metric.low, metric.high);
  type.metric = id;
  return type;
}

bool names_type(const Symbol& symbol) {
  return std::holds_alternative<const ast::Enum*>(symbol.node) || std::holds_alternative<const ast::MetricType*>(symbol.node);
}

Type declared_type(Resolving& at) {
  Context& context = at.context;
  const ast::Name& name = at.written.name;
  const SymbolId id = find_symbol(context, at.file, name.text);
  if (id.valid() && is_unread(context.symbols[id])) return error_type();
  if (id.valid() && names_type(context.symbols[id])) {
    const Symbol& symbol = context.symbols[id];
    if (symbol.enumeration.valid()) return ir::enumeration_type(symbol.enumeration);
    if (!symbol.metric_type.valid()) return error_type();
    return metric_type(context, symbol.metric_type, context.agreement.metric_types[symbol.metric_type].unit == "%");
  }
  diag::Diagnostic& found = diag::report(context.sink, code::unknown_type, name.span, {{"name", name.text}});
  if (id.valid()) found.labels.push_back({context.symbols[id].name.span, "this is " + with_article(noun_of(context.symbols[id]))});
  std::vector<std::string> candidates = visible_names(context, at.file, names_type);
  candidates.insert(candidates.end(), std::begin(type_words), std::end(type_words));
  suggest(found, name, candidates);
  if (found.helps.empty() && (name.text == "period" || name.text == "days"))
    found.helps.push_back("keep the number in an `int` and write the unit where it is used: `within cure_days days`");
  if (found.helps.empty()) {
    const std::vector<std::string> words(std::begin(type_words), std::end(type_words) - 1);
    found.helps.push_back("write " + listed(words) + ", or the name of an enum");
  }
  return error_type();
}

Type named_type(Resolving& at) {
  const std::string& word = at.written.name.text;
  if (word == "bool") return ir::boolean_type();
  if (word == "int") return ir::number_type(0);
  if (word == "decimal") return decimal_type(at);
  if (word == "percent") return percent_of(at);
  if (word == "money") return money_of(at);
  if (word == "date") return ir::plain_type(Kind::date);
  if (word == "time") return ir::plain_type(Kind::time);
  if (word == "instant") return ir::plain_type(Kind::instant);
  if (word == "duration") return ir::plain_type(Kind::duration);
  if (word == "text") return ir::plain_type(Kind::text);
  if (word == "ratio") return ir::plain_type(Kind::ratio);
  if (word == "Party") return ir::enumeration_type(at.context.agreement.party_enum);
  return declared_type(at);
}

bool same_unit(const Type& a, const Type& b) { return a.kind == b.kind && a.percent == b.percent && a.currency == b.currency; }

struct Bounds {
  Literal low, high;
};

std::optional<Bounds> written_bounds(Resolving& at) {
  const std::optional<Literal> low = literal_bound(at.context, at.file, at.written.low);
  const std::optional<Literal> high = literal_bound(at.context, at.file, at.written.high);
  if (!low || !high) return std::nullopt;
  Bounds bounds{*low, *high};
  if (!same_unit(low->type, high->type)) {
    diag::report(at.context.sink, code::bounds_differ, at.written.span, {{"low", describe(at.context, low->type)}, {"high", describe(at.context, high->type)}})
        .helps.push_back("write both as numbers, as percentages, or as amounts of one currency");
    return std::nullopt;
  }
  const int scale = std::max(low->type.scale, high->type.scale);
  for (Literal* end : {&bounds.low, &bounds.high}) {
    end->number *= value::pow10(scale - end->type.scale);
    end->type.scale = scale;
  }
  if (bounds.low.number <= bounds.high.number) return bounds;
  diag::report(at.context.sink, code::bounds_reversed, at.written.span, {}).helps.push_back("write the smaller end first");
  return std::nullopt;
}

Type ranged_type(Resolving& at, Type type) {
  const std::optional<Bounds> bounds = written_bounds(at);
  if (!bounds) return error_type();
  if (!at.written.name.written()) {
    type = bounds->low.type;
    if (type.percent) type.scale = std::max(type.scale, percent_scale);
  }
  if (type.kind == Kind::error) return type;
  if (!same_unit(type, bounds->low.type)) {
    diag::report(at.context.sink, code::bounds_differ, at.written.span, {{"low", describe(at.context, type)}, {"high", describe(at.context, bounds->low.type)}})
        .helps.push_back("write the ends of the range in the unit of the type in front of it");
    return error_type();
  }
  const int finer = type.scale - bounds->low.type.scale;
  if (finer < 0) {
    diag::report(at.context.sink, code::bounds_too_fine, at.written.span, {{"type", describe(at.context, type)}})
        .helps.push_back("write the ends with fewer digits, or a type that keeps more of them, as in `decimal 2 in 0.25..0.75`");
    return error_type();
  }
  return ir::with_range(type, bounds->low.number * value::pow10(finer), bounds->high.number * value::pow10(finer));
}

}  // namespace

ir::Type resolve_type(Context& context, uint32_t file, const ast::TypeRef& written, std::string_view what) {
  Resolving at{context, file, written, what};
  Type type = written.name.written() ? named_type(at) : error_type();
  if (written.low.valid()) type = ranged_type(at, type);
  if (written.or_not_yet && written.or_none) {
    diag::report(context.sink, code::two_absences, written.span, {{"what", std::string(what)}})
        .helps.push_back("write `or not yet` for an event that may still happen, `or none` for what may not apply");
    return error_type();
  }
  if (written.or_not_yet) type.absence = ir::Absence::not_yet;
  if (written.or_none) type.absence = ir::Absence::none;
  type.may_be_unknown = written.or_unknown;
  return type;
}

}  // namespace writ::check
