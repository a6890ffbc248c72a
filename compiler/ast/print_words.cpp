#include <fmt/format.h>

#include "ast/printing.h"

namespace writ::ast {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (size_t i = 0; i < text.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(text[i]);
    // Characters that the reader refuses in a source are spelt by their number: controls, and the hidden ones of U+2000..U+206F, U+061C, U+FEFF.
    const auto three = [&](unsigned char a, unsigned char low_b, unsigned char high_b) {
      return c == a && i + 2 < text.size() && static_cast<unsigned char>(text[i + 1]) >= low_b && static_cast<unsigned char>(text[i + 1]) <= high_b;
    };
    if (c == '"' || c == '\\') {
      out += {'\\', text[i]};
    } else if (c == '\n') {
      out += "\\n";
    } else if (c < 0x20 || c == 0x7F) {
      out += fmt::format("\\u{{{:X}}}", c);
    } else if ((c == 0xC2 || c == 0xD8) && i + 1 < text.size() && (c == 0xD8 || static_cast<unsigned char>(text[i + 1]) < 0xA0)) {
      out += fmt::format("\\u{{{:X}}}", (c & 0x1Fu) << 6 | (static_cast<unsigned char>(text[i + 1]) & 0x3Fu));
      ++i;
    } else if (three(0xE2, 0x80, 0x81) || three(0xEF, 0xBB, 0xBB)) {
      const unsigned second = static_cast<unsigned char>(text[i + 1]), third = static_cast<unsigned char>(text[i + 2]);
      out += fmt::format("\\u{{{:X}}}", (c & 0x0Fu) << 12 | (second & 0x3Fu) << 6 | (third & 0x3Fu));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out + "\"";
}

std::string prose_lines(const std::string& text, int indent) {
  const std::string margin(static_cast<size_t>(indent), ' ');
  std::string out = margin + "\"\"\"\n" + margin;
  bool empty_line = true;
  for (const char c : text) {
    if (c == '\n') {
      if (empty_line) out.erase(out.size() - margin.size());
      out += "\n" + margin;
      empty_line = true;
    } else {
      out += c;
      empty_line = false;
    }
  }
  return out + "\n" + margin + "\"\"\"\n";
}

std::string_view word(Unit unit, bool one) {
  switch (unit) {
    case Unit::microsecond: return one ? "microsecond" : "microseconds";
    case Unit::millisecond: return one ? "millisecond" : "milliseconds";
    case Unit::second: return one ? "second" : "seconds";
    case Unit::minute: return one ? "minute" : "minutes";
    case Unit::hour: return one ? "hour" : "hours";
    case Unit::day: return one ? "day" : "days";
    case Unit::week: return one ? "week" : "weeks";
    case Unit::month: return one ? "month" : "months";
    case Unit::quarter: return one ? "quarter" : "quarters";
    case Unit::year: return one ? "year" : "years";
    case Unit::business_hour: return one ? "business hour" : "business hours";
    case Unit::business_minute: return one ? "business minute" : "business minutes";
    case Unit::business_second: return one ? "business second" : "business seconds";
    case Unit::business_millisecond: return one ? "business millisecond" : "business milliseconds";
    case Unit::business_day: return one ? "business day" : "business days";
  }
  return "";
}

std::string_view word(PeriodUnit period) {
  switch (period) {
    case PeriodUnit::month: return "month";
    case PeriodUnit::quarter: return "quarter";
    case PeriodUnit::year: return "year";
    case PeriodUnit::contract_month: return "contract month";
    case PeriodUnit::term: return "term";
  }
  return "";
}

std::string_view word(BinaryOp op) {
  switch (op) {
    case BinaryOp::add: return "+";
    case BinaryOp::subtract: return "-";
    case BinaryOp::multiply: return "*";
    case BinaryOp::divide: return "/";
    case BinaryOp::eq: return "=";
    case BinaryOp::ne: return "!=";
    case BinaryOp::lt: return "<";
    case BinaryOp::le: return "<=";
    case BinaryOp::gt: return ">";
    case BinaryOp::ge: return ">=";
    case BinaryOp::and_: return "and";
    case BinaryOp::or_: return "or";
    case BinaryOp::of: return "of";
    case BinaryOp::otherwise: return "otherwise";
    case BinaryOp::at_least: return "at least";
    case BinaryOp::at_most: return "at most";
  }
  return "";
}

std::string_view word(OutcomeWord outcome) {
  switch (outcome) {
    case OutcomeWord::met: return "met";
    case OutcomeWord::missed: return "missed";
    case OutcomeWord::pending: return "pending";
    case OutcomeWord::excused: return "excused";
    case OutcomeWord::out_of_scope: return "out of scope";
    case OutcomeWord::cannot_tell: return "cannot tell";
  }
  return "";
}

std::string_view word(Absence absence) {
  switch (absence) {
    case Absence::not_yet: return "not yet";
    case Absence::none: return "none";
    case Absence::unknown: return "unknown";
  }
  return "";
}

std::string_view word(Weekday day) {
  switch (day) {
    case Weekday::monday: return "Mon";
    case Weekday::tuesday: return "Tue";
    case Weekday::wednesday: return "Wed";
    case Weekday::thursday: return "Thu";
    case Weekday::friday: return "Fri";
    case Weekday::saturday: return "Sat";
    case Weekday::sunday: return "Sun";
  }
  return "";
}

std::string_view month_name(int month) {
  static constexpr std::string_view names[] = {"January", "February", "March",     "April",   "May",      "June",
                                               "July",    "August",   "September", "October", "November", "December"};
  return month >= 1 && month <= 12 ? names[month - 1] : "";
}

std::string rounding_words(const Name& name) {
  std::string words = name.text;
  if (const size_t gap = words.find('_'); gap != std::string::npos) words[gap] = ' ';
  return words;
}

std::string joined(const std::vector<Name>& names) {
  std::string text;
  for (const Name& name : names) text += (text.empty() ? "" : ", ") + name.text;
  return text;
}

std::string texts(const std::vector<Text>& all, std::string_view between) {
  std::string text;
  for (const Text& one : all) {
    if (!text.empty()) text += between;
    text += quoted(one.text);
  }
  return text;
}

void line(Printer& printer, const std::string& text) { printer.out += std::string(static_cast<size_t>(printer.indent), ' ') + text + "\n"; }

void open(Printer& printer, const std::string& text) {
  line(printer, text + " {");
  printer.indent += 2;
}

void close(Printer& printer) {
  printer.indent -= 2;
  line(printer, "}");
}

}  // namespace writ::ast
