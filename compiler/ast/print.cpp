#include "ast/print.h"

#include <fmt/format.h>

#include "ast/printing.h"

namespace writ::ast {

namespace {

std::string fields_text(const File& file, const std::vector<FactLiteralField>& fields) {
  std::string text;
  for (const FactLiteralField& field : fields) text += (text.empty() ? "" : ", ") + field.name.text + ": " + expr_text(file, field.value);
  return text;
}

void print_fact(Printer& printer, const FactLiteral& fact) {
  std::string text = fields_text(printer.file, fact.fields);
  for (const FactLiteral::Row& row : fact.history) text += (text.empty() ? "history { " : ", history { ") + fields_text(printer.file, row.fields) + " }";
  line(printer, fact.record.text + (text.empty() ? " {}" : " { " + text + " }"));
}

std::string outcome_text(const Name& word) {
  std::string text = word.text;
  for (char& c : text) c = c == '_' ? ' ' : c;
  return text;
}

void print_expect(Printer& printer, const Expect& expect) {
  std::string text = "expect " + expect.subject.text;
  if (expect.member.written()) text += "." + expect.member.text;
  if (expect.of_key.written()) text += " of " + quoted(expect.of_key.text);
  if (expect.period.valid()) {
    const bool quarter = expect.period_unit == PeriodUnit::quarter;
    const bool month_of_year = expect.period_unit == PeriodUnit::year && std::holds_alternative<MonthExpr>(printer.file.exprs[expect.period].node);
    text += std::string(quarter ? " in quarter " : month_of_year ? " in year " : " in ") + sum_text(printer.file, expect.period);
  }
  line(printer, text + " = " + (expect.value.valid() ? expr_text(printer.file, expect.value) : outcome_text(expect.word)));
}

void print_fields(Printer& printer, const std::vector<Field>& fields) {
  for (const Field& field : fields) line(printer, fmt::format("{} : {}{}", field.name.text, type_text(printer.file, field.type), field.key ? ", key" : ""));
}

void print_one(Printer& printer, const Module& module_line) { line(printer, "module " + module_line.path.text); }
void print_one(Printer& printer, const Use& use) { line(printer, "use " + use.path.text); }

void print_one(Printer& printer, const Param& param) {
  const std::string value = param.value.valid() ? " = " + expr_text(printer.file, param.value) : "";
  line(printer, fmt::format("param {} : {}{}", param.name.text, type_text(printer.file, param.type), value));
}

void print_one(Printer& printer, const Enum& enumeration) {
  std::string members;
  for (const Enumerator& member : enumeration.members) {
    members += (members.empty() ? "" : ", ") + member.name.text + (member.printed.written() ? " " + quoted(member.printed.text) : "");
  }
  line(printer, fmt::format("enum {} {{ {} }}", enumeration.name.text, members));
}

void print_one(Printer& printer, const MetricType& type) {
  std::string text = fmt::format("type {} = {}..{}", type.name.text, sum_text(printer.file, type.low), sum_text(printer.file, type.high));
  if (type.has_direction) text += type.higher_is_better ? ", higher is better" : ", lower is better";
  if (type.unit.written()) text += ", " + quoted(type.unit.text);
  line(printer, text);
}

void print_one(Printer& printer, const Record& record) {
  open(printer, "record " + record.name.text + (record.since.written() ? " since " + record.since.text : ""));
  print_fields(printer, record.fields);
  close(printer);
}

void print_one(Printer& printer, const History& history) {
  open(printer, "history of " + history.record.text);
  print_fields(printer, history.fields);
  if (history.order_by.written()) line(printer, "order by " + history.order_by.text);
  close(printer);
}

template <class Node>
void print_one(Printer& printer, const Node& node) {
  print_item(printer, node);
}

// Short declarations of one kind stand together; everything else stands apart.
bool is_short(const Item& item) {
  return std::holds_alternative<Module>(item) || std::holds_alternative<Use>(item) || std::holds_alternative<Param>(item) ||
         std::holds_alternative<Enum>(item) || std::holds_alternative<MetricType>(item);
}

}  // namespace

void print_item(Printer& printer, const Scenario& scenario) {
  std::string text = fmt::format("scenario {}, as of {}", quoted(scenario.name.text), sum_text(printer.file, scenario.as_of));
  for (size_t i = 0; i < scenario.with.size(); ++i) {
    text += fmt::format("{}{} = {}", i == 0 ? ", with " : ", ", scenario.with[i].param.text, sum_text(printer.file, scenario.with[i].value));
  }
  open(printer, text);
  for (const FactLiteral& fact : scenario.facts) print_fact(printer, fact);
  for (const Expect& expect : scenario.expects) print_expect(printer, expect);
  close(printer);
}

void print_item(Printer& printer, const Unread& unread) {
  line(printer, fmt::format("// not read: {}{}", unread.keyword.text, unread.name.written() ? " " + unread.name.text : ""));
}

std::string print(const File& file) {
  Printer printer{file, "", 0};
  if (file.header) print_item(printer, *file.header);
  const Item* before = nullptr;
  for (const Item& item : file.items) {
    const bool together = before != nullptr && before->index() == item.index() && is_short(item);
    if (!printer.out.empty() && !together) printer.out += "\n";
    std::visit([&](const auto& node) { print_one(printer, node); }, item);
    before = &item;
  }
  return std::move(printer.out);
}

}  // namespace writ::ast
