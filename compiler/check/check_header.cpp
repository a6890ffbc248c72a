// The lines below `agreement`: parties, term, currency, zone, rounding, month ends.
#include <fmt/format.h>

#include <algorithm>

#include "base/nearest.h"
#include "check/currency_table.h"
#include "check/header.h"
#include "check/literals.h"
#include "check/zones.h"

namespace writ::check {
namespace {

using Item = ast::HeaderItem;
constexpr uint32_t agreement_file = 0;

std::string_view line_name(Item::Kind kind) {
  switch (kind) {
    case Item::Kind::signed_: return "signed";
    case Item::Kind::effective: return "effective";
    case Item::Kind::term: return "term";
    case Item::Kind::currency: return "currency";
    case Item::Kind::time_zone: return "time zone";
    case Item::Kind::law: return "law";
    case Item::Kind::delivered: return "delivered";
    case Item::Kind::round: return "round";
    case Item::Kind::month_end: return "a month after the 31st";
  }
  return "";
}

const Item* find_item(const ast::Header& header, Item::Kind kind) {
  const auto found = std::find_if(header.items.begin(), header.items.end(), [&](const Item& item) { return item.kind == kind; });
  return found == header.items.end() ? nullptr : &*found;
}

void report_missing(Context& context, const ast::Header& header, Item::Kind kind, std::string help) {
  if (header.damaged) return;  // it may be the line that could not be read
  const Span span = header.title.written() ? header.title.span : header.span;
  diag::report(context.sink, code::missing_header_line, span, {{"line", std::string(line_name(kind))}}).helps.push_back(std::move(help));
}

void check_parties(Context& context, const ast::Header& header) {
  ir::Enum parties{.name = "Party", .builtin = true};
  for (const ast::Party& party : header.parties) {
    context.agreement.parties.push_back({party.name.text, party.role.text, party.printed.written() ? party.printed.text : party.name.text});
    parties.members.push_back(party.name.text);
    parties.printed.push_back(context.agreement.parties.back().printed);
  }
  if (header.parties.size() < 2 && !header.damaged)
    diag::report(context.sink, code::missing_party, header.title.written() ? header.title.span : header.span, {})
        .helps.push_back("write `between Company as provider \"Northwind Support Ltd\"` and below it `and Client as customer \"Contoso Retail plc\"`");
  context.agreement.party_enum = context.agreement.enums.add(std::move(parties));
}

void check_zone(Context& context, const ast::Header& header) {
  ir::Agreement& agreement = context.agreement;
  const Item* item = find_item(header, Item::Kind::time_zone);
  agreement.zone = value::utc_zone();
  if (item == nullptr || item->texts.empty()) {
    if (item == nullptr) report_missing(context, header, Item::Kind::time_zone, "write the zone of its days and months, `time zone \"Europe/London\"`");
    return;
  }
  agreement.zone_name = item->texts[0].text;
  if (const value::Zone* zone = find_zone(context, agreement.zone_name, item->texts[0].span)) agreement.zone = *zone;
}

void check_rounding(Context& context, const ast::Header& header) {
  const Item* item = find_item(header, Item::Kind::round);
  if (item == nullptr) return;  // asked for where something is rounded
  if (const std::optional<value::Rounding> rounding = rounding_of(item->word)) context.agreement.rounding = *rounding;
}

void check_month_end(Context& context, const ast::Header& header) {
  const Item* item = find_item(header, Item::Kind::month_end);
  if (item == nullptr) return;  // asked for where months are added
  context.agreement.month_end = item->word.text == "next_first" ? value::MonthEnd::next_first : value::MonthEnd::last_day;
}

// What an amount of the term adds to its first day, `24 months`.
struct TermLength {
  int64_t days = 0, months = 0;
};

std::optional<TermLength> term_length(Context& context, const ast::AmountExpr& amount, Span span) {
  const std::optional<int64_t> count = check_whole_constant(context, amount.count, agreement_file, "the length of the term");
  if (!count) return std::nullopt;
  constexpr int64_t most = 100 * 366;  // far beyond any agreement, so that the products below cannot overflow
  if (*count < 1 || *count > most) {
    diag::report(context.sink, code::bad_term, span, {})
        .helps.push_back("write a length from one day to some decades, `term 24 months`, or the last day, `term until 2027-12-31`");
    return std::nullopt;
  }
  switch (amount.unit) {
    case ast::Unit::day: return TermLength{.days = *count};
    case ast::Unit::week: return TermLength{.days = *count * 7};
    case ast::Unit::month: return TermLength{.months = *count};
    case ast::Unit::quarter: return TermLength{.months = *count * 3};
    case ast::Unit::year: return TermLength{.months = *count * 12};
    case ast::Unit::microsecond:
    case ast::Unit::millisecond:
    case ast::Unit::second:
    case ast::Unit::minute:
    case ast::Unit::hour:
    case ast::Unit::business_hour:
    case ast::Unit::business_minute:
    case ast::Unit::business_second:
    case ast::Unit::business_millisecond:
    case ast::Unit::business_day: break;
  }
  diag::report(context.sink, code::bad_term, span, {})
      .helps.push_back("a term is counted in days, weeks, months or years, or ends on a day: `term 24 months`, `term until 2027-12-31`");
  return std::nullopt;
}

// First day after the term.
std::optional<value::Date> end_of_term(Context& context, const Item& item, value::Date effective) {
  const ast::Expr& expr = expr_of(context, agreement_file, item.value);
  if (item.term_until) {
    const std::optional<value::Date> last = literal_date(context, agreement_file, item.value, "the last day of the term");
    if (!last) return std::nullopt;
    if (*last >= effective) return *last + 1;
    diag::report(context.sink, code::bad_term, expr.span, {}).helps.push_back("the last day of the term stands before the first: correct one of them");
    return std::nullopt;
  }
  if (std::holds_alternative<ast::BadExpr>(expr.node)) return std::nullopt;
  const auto* amount = std::get_if<ast::AmountExpr>(&expr.node);
  if (amount == nullptr) {
    diag::report(context.sink, code::bad_term, expr.span, {}).helps.push_back("write a length, `term 24 months`, or the last day, `term until 2027-12-31`");
    return std::nullopt;
  }
  const std::optional<TermLength> length = term_length(context, *amount, expr.span);
  if (!length) return std::nullopt;
  if (length->months == 0) return effective + static_cast<value::Date>(length->days);
  const std::optional<value::Date> end = value::add_months(effective, static_cast<int32_t>(length->months), context.agreement.month_end);
  if (!end)
    diag::report(context.sink, code::no_month_end, expr.span, {{"date", value::format_date(effective)}})
        .helps.push_back("add to the header `a month after the 31st ends on the last day of a shorter month`, or `... on the first day of the next month`");
  return end;
}

// Calendars, periods and zones are tables of days: from the first whole year of the Gregorian calendar to the last year with four digits, with room
// for the years that a calendar knows on both sides of the term.
bool can_be_reckoned(value::Date first, value::Date end) {
  constexpr int first_year = 1583, last_year = 9990;
  constexpr value::Date most_days = 100 * 366;
  return value::civil_from_days(first).year >= first_year && end - first <= most_days && value::civil_from_days(end).year <= last_year;
}

void check_term(Context& context, const ast::Header& header) {
  ir::Agreement& agreement = context.agreement;
  const Item* effective = find_item(header, Item::Kind::effective);
  const Item* term = find_item(header, Item::Kind::term);
  std::optional<value::Date> first;
  if (effective != nullptr) {
    first = literal_date(context, agreement_file, effective->value, "the first day of the term");
  } else {
    report_missing(context, header, Item::Kind::effective, "write the first day of the term, `effective 2026-01-01`");
  }
  if (term == nullptr) report_missing(context, header, Item::Kind::term, "write how long it runs, `term 24 months` or `term until 2027-12-31`");
  const std::optional<value::Date> end = term != nullptr && term->value.valid() ? end_of_term(context, *term, first.value_or(0)) : std::nullopt;
  agreement.effective = first.value_or(0);
  agreement.end = end.value_or(agreement.effective + 1);  // after a report: a term of a day keeps the rest whole
  if (!first || !end || can_be_reckoned(*first, *end)) return;
  diag::report(context.sink, code::term_out_of_range, term->span, {{"first", value::format_date(*first)}, {"last", value::format_date(*end - 1)}})
      .helps.push_back("a term lies in the years 1583 to 9990, and lasts a hundred years at most");
  agreement.end = agreement.effective + 1;
}

void check_signed(Context& context, const ast::Header& header) {
  const Item* item = find_item(header, Item::Kind::signed_);
  if (item == nullptr || !item->value.valid()) return;
  const ast::Expr& expr = expr_of(context, agreement_file, item->value);
  if (std::holds_alternative<ast::InstantExpr>(expr.node)) {
    const ir::ExprId instant = check_as(context, item->value, agreement_scope(agreement_file), ir::plain_type(ir::Kind::instant), "the signature");
    if (const std::optional<value::i128> at = ir::constant_of(context.agreement, instant)) context.agreement.signed_at = static_cast<int64_t>(*at);
    return;
  }
  const std::optional<value::Date> day = literal_date(context, agreement_file, item->value, "the signature");
  if (day) context.agreement.signed_at = value::start_of_day(context.agreement.zone, *day);
}

void check_currency(Context& context, const ast::Header& header) {
  const Item* item = find_item(header, Item::Kind::currency);
  if (item != nullptr && item->word.written()) context.agreement.currency = find_or_add_currency(context, item->word);
}

}  // namespace

std::optional<value::Rounding> rounding_of(const ast::Name& word) {
  if (word.text == "half_up") return value::Rounding::half_up;
  if (word.text == "half_even") return value::Rounding::half_even;
  if (word.text == "half_down") return value::Rounding::half_down;
  if (word.text == "up") return value::Rounding::up;
  if (word.text == "down") return value::Rounding::down;
  return std::nullopt;
}

bool rounding_written(const Context& context) {
  const std::optional<ast::Header>& header = context.files[agreement_file].header;
  return header && find_item(*header, Item::Kind::round) != nullptr;
}

ir::CurrencyId find_or_add_currency(Context& context, const ast::Name& name) {
  ir::Agreement& agreement = context.agreement;
  for (uint32_t i = 0; i < agreement.currencies.size(); ++i)
    if (agreement.currencies.items[i].code == name.text) return {i};
  const std::optional<int> digits = minor_digits_of(name.text);
  if (digits) return agreement.currencies.add({name.text, *digits});
  std::string upper = name.text;
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : static_cast<char>(c); });
  std::vector<std::string> codes(currency_codes().begin(), currency_codes().end());
  diag::Diagnostic& report = diag::report(context.sink, code::unknown_currency, name.span, {{"name", name.text}});
  if (const std::string near = base::nearest(upper, codes); !near.empty()) report.helps.push_back(fmt::format("did you mean `{}`?", near));
  report.notes.push_back("a currency is written as its code of ISO 4217: GBP, EUR, USD, JPY");
  return {};
}

void check_header(Context& context) {
  const ast::File& file = context.files[agreement_file];
  if (!file.header) {  // a module that is checked alone has no header; everything else was reported by check_modules
    context.agreement.zone = value::utc_zone();
    context.agreement.end = 1;
    context.agreement.party_enum = context.agreement.enums.add({.name = "Party", .builtin = true});
    return;
  }
  const ast::Header& header = *file.header;
  context.agreement.title = header.title.text;
  check_parties(context, header);
  check_zone(context, header);
  check_rounding(context, header);
  check_month_end(context, header);
  check_term(context, header);
  check_signed(context, header);
  check_currency(context, header);
  if (const Item* law = find_item(header, Item::Kind::law); law != nullptr && !law->texts.empty()) context.agreement.law = law->texts[0].text;
}

}  // namespace writ::check
