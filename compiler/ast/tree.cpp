#include <fmt/format.h>

#include "ast/fields.h"
#include "ast/print.h"
#include "ast/printing.h"

namespace writ::ast {

namespace {

std::string_view kind_of(const Module&) { return "module"; }
std::string_view kind_of(const Use&) { return "use"; }
std::string_view kind_of(const Param&) { return "param"; }
std::string_view kind_of(const Calendar&) { return "calendar"; }
std::string_view kind_of(const Holidays&) { return "holidays"; }
std::string_view kind_of(const Enum&) { return "enum"; }
std::string_view kind_of(const MetricType&) { return "type"; }
std::string_view kind_of(const Record&) { return "record"; }
std::string_view kind_of(const History&) { return "history"; }
std::string_view kind_of(const Facts&) { return "facts"; }
std::string_view kind_of(const Prose&) { return "prose"; }
std::string_view kind_of(const Define&) { return "define"; }
std::string_view kind_of(const OutOfScope&) { return "out of scope"; }
std::string_view kind_of(const Tier&) { return "tier"; }
std::string_view kind_of(const Commitment&) { return "commitment"; }
std::string_view kind_of(const Rule&) { return "rule"; }
std::string_view kind_of(const Metric&) { return "metric"; }
std::string_view kind_of(const Benchmark&) { return "benchmark"; }
std::string_view kind_of(const Remedy&) { return "remedy"; }
std::string_view kind_of(const Right&) { return "right"; }
std::string_view kind_of(const NotModelled&) { return "not modelled"; }
std::string_view kind_of(const Unread&) { return "not read"; }
std::string_view kind_of(const Clause&) { return "clause"; }
std::string_view kind_of(const Scenario&) { return "scenario"; }

std::string_view word_of(HeaderItem::Kind kind) {
  switch (kind) {
    case HeaderItem::Kind::signed_: return "signed";
    case HeaderItem::Kind::effective: return "effective";
    case HeaderItem::Kind::term: return "term";
    case HeaderItem::Kind::currency: return "currency";
    case HeaderItem::Kind::time_zone: return "time zone";
    case HeaderItem::Kind::law: return "law";
    case HeaderItem::Kind::delivered: return "delivered";
    case HeaderItem::Kind::round: return "round";
    case HeaderItem::Kind::month_end: return "month end";
  }
  return "";
}

std::string_view word_of(HolidayRow::Kind kind) {
  switch (kind) {
    case HolidayRow::Kind::fixed: return "fixed";
    case HolidayRow::Kind::nth_weekday: return "nth weekday";
    case HolidayRow::Kind::easter: return "easter";
    case HolidayRow::Kind::dates: return "dates";
  }
  return "";
}

std::string_view word_of(HolidayRow::Move move) {
  switch (move) {
    case HolidayRow::Move::none: return "";
    case HolidayRow::Move::next_weekday: return "next weekday";
    case HolidayRow::Move::nearest_weekday: return "nearest weekday";
  }
  return "";
}

std::string_view word_of(Calendar::DayEnd end) {
  switch (end) {
    case Calendar::DayEnd::unstated: return "";
    case Calendar::DayEnd::at_close: return "at close";
    case Calendar::DayEnd::same_time: return "same time";
  }
  return "";
}

std::string_view word_of(Facts::Repeats repeats) {
  switch (repeats) {
    case Facts::Repeats::refused: return "";
    case Facts::Repeats::last_decides: return "last decides";
    case Facts::Repeats::first_decides: return "first decides";
  }
  return "";
}

std::string_view word_of(Benchmark::TooFew too_few) {
  switch (too_few) {
    case Benchmark::TooFew::unstated: return "";
    case Benchmark::TooFew::not_measured: return "not measured";
    case Benchmark::TooFew::met: return "met";
    case Benchmark::TooFew::missed: return "missed";
  }
  return "";
}

std::string_view word_of(Remedy::Combine combine) {
  switch (combine) {
    case Remedy::Combine::unstated: return "";
    case Remedy::Combine::sum: return "sum";
    case Remedy::Combine::largest: return "largest";
    case Remedy::Combine::first: return "first that applies";
  }
  return "";
}

std::string_view word_of(OutcomeWord outcome) { return word(outcome); }
std::string_view word_of(PeriodUnit period) { return word(period); }
std::string_view word_of(Weekday day) { return word(day); }

struct Outline {
  const File& file;
  std::string out;
  int depth = 0;
  bool heading = false;  // the line of a node is not ended yet: its name may still come

  void put(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    const bool named = heading && name == "name";
    if (heading) out += named ? " " : "\n";
    heading = false;
    out += named ? fmt::format("{}\n", value) : fmt::format("{:{}}{}: {}\n", "", depth * 2, name, value);
  }
  void operator()(std::string_view name, const Name& part) { put(name, part.text); }
  void operator()(std::string_view name, const std::vector<Name>& parts) { put(name, joined(parts)); }
  void operator()(std::string_view name, const TypeRef& part) {
    const std::string text = type_text(file, part);
    put(name, text.empty() ? "(not read)" : text);
  }
  void operator()(std::string_view, const ProsePiece& part) {  // its plain text stands in the prose already
    if (part.value.valid()) put("hole", prefix_form(file, part.value));
  }
  void operator()(std::string_view name, const TimeRange& part) { put(name, part.from + ".." + part.to); }
  void operator()(std::string_view name, const std::vector<Weekday>& days) {
    std::string text;
    for (const Weekday day : days) text += (text.empty() ? "" : " ") + std::string(word(day));
    put(name, text);
  }
  void operator()(std::string_view name, const Text& part) {
    if (part.written()) put(name, quoted(part.text));
  }
  void operator()(std::string_view name, const std::string& part) {
    if (!part.empty()) put(name, quoted(part));
  }
  void operator()(std::string_view name, ExprId part) {
    if (part.valid()) put(name, prefix_form(file, part));
  }
  void operator()(std::string_view name, bool part) { put(name, part ? "yes" : ""); }
  void operator()(std::string_view name, int part) {
    if (part != 0) put(name, std::to_string(part));
  }
  template <class Word>
    requires std::is_enum_v<Word>
  void operator()(std::string_view name, Word part) {
    put(name, word_of(part));
  }
  template <class Part>
  void operator()(std::string_view name, const std::optional<Part>& part) {
    if (part) (*this)(name, *part);
  }
  template <class Part>
  void operator()(std::string_view name, const std::vector<Part>& parts) {
    for (const Part& part : parts) (*this)(name, part);
  }
  void operator()(std::string_view, const ClauseItem& item) {
    std::visit([&](const auto& node) { (*this)(kind_of(node), node); }, item);
  }
  template <class Node>
    requires std::is_class_v<Node>
  void operator()(std::string_view name, const Node& node) {
    if (heading) out += "\n";
    out += fmt::format("{:{}}{}", "", depth * 2, name);
    heading = true;
    ++depth;
    fields(*this, node);
    --depth;
    if (heading) out += "\n";
    heading = false;
  }
};

}  // namespace

std::string tree(const File& file) {
  Outline outline{file, "", 0};
  outline("agreement", file.header);
  for (const Item& item : file.items) {
    std::visit([&](const auto& node) { outline(kind_of(node), node); }, item);
  }
  return std::move(outline.out);
}

}  // namespace writ::ast
