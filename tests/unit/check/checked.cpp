#include "checked.h"

#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "ir/print.h"
#include "ir/verify.h"
#include "parse/parse.h"
#include "record/zone_file.h"

namespace writ::check_test {
namespace {

std::optional<std::string> module_text(const std::string& name, const std::vector<ModuleText>& modules) {
  for (const ModuleText& module : modules)
    if (module.name == name) return module.text;
  if (!name.starts_with("std.")) return std::nullopt;
  std::string path = name.substr(4);
  for (char& c : path)
    if (c == '.') c = '/';
  std::ifstream file(std::string(WRIT_SOURCE_DIR) + "/stdlib/" + path + ".writ", std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void read_all(Checked& out, std::string text, const std::vector<ModuleText>& modules) {
  out.files.push_back(parse::parse(out.sources, source::add_file(out.sources, "test.writ", std::move(text)), out.sink));
  std::set<std::string> seen;
  for (size_t i = 0; i < out.files.size(); ++i)
    for (size_t j = 0; j < out.files[i].items.size(); ++j) {
      const auto* use = std::get_if<ast::Use>(&out.files[i].items[j]);
      if (use == nullptr || !seen.insert(use->path.text).second) continue;
      const std::string name = use->path.text;
      const std::optional<std::string> found = module_text(name, modules);
      if (found) out.files.push_back(parse::parse(out.sources, source::add_file(out.sources, name, *found), out.sink));
    }
}

}  // namespace

Checked checked(std::string text, const std::vector<ModuleText>& modules) {
  Checked out;
  read_all(out, std::move(text), modules);
  const check::CheckOptions options{.load_zone = [](std::string_view zone) { return record::load_zone_bytes(zone); },
                                    .known_modules = {"std.cx", "std.holidays.england_and_wales", "std.holidays.us_federal"}};
  out.agreement = check::check(out.sources, out.files, options, out.sink);
  if (out.sink.errors == 0)
    for (const std::string& broken : ir::verify(out.agreement)) FAIL_CHECK(broken);
  return out;
}

std::string agreement(std::string_view lines) {
  return R"(agreement "Test"
between Company as provider "Company Ltd"
and     Client  as customer "Client plc"
effective  2026-01-01
term       12 months
currency   GBP
time zone  "Europe/London"
round      half up, to the minor unit
a month after the 31st ends on the last day of a shorter month
calendar Support default {
  open Mon..Fri 09:00..17:30
  closed never
}
)" + std::string(lines);
}

std::string tickets(std::string_view lines) {
  return agreement(R"(enum Severity { P1, P2, P3 }
enum Status { working, waiting }
record Ticket since opened {
  id       : text, key
  severity : Severity
  opened   : instant
  planned  : instant or not yet
  resolved : instant or not yet
  fee      : money
  score    : 0..10 or none
  caused_by : Party or none
}
history of Ticket { at : instant, status : Status }
clause 1 "Everything" {
)" + std::string(lines) +
                   "\n}\n");
}

std::string codes(const Checked& out) {
  std::string all;
  for (const diag::Diagnostic& each : out.sink.diagnostics) all += (all.empty() ? "" : " ") + std::string(each.kind->code);
  return all;
}

std::string messages(const Checked& out) {
  std::string all;
  for (const diag::Diagnostic& each : out.sink.diagnostics) {
    all += std::string(each.kind->code) + ": " + diag::message_of(each) + " [" + std::string(source::text_of(out.sources, each.span)) + "]\n";
    for (const std::string& help : each.helps) all += "  help: " + help + "\n";
    for (const std::string& note : each.notes) all += "  note: " + note + "\n";
  }
  return all;
}

std::string definition(const Checked& out, std::string_view name) {
  for (uint32_t i = 0; i < out.agreement.definitions.size(); ++i)
    if (out.agreement.definitions.items[i].name == name) return ir::print_definition(out.agreement, {i});
  return "no definition";
}

}  // namespace writ::check_test
