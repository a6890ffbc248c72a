// A header in C: what a host that knows its rule set compiles against, so that a renamed field is an error of its compiler.
#include <fmt/format.h>

#include <array>
#include <set>
#include <string_view>

#include "describe/describe.h"

namespace writ::describe {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Words that neither C nor C++ lets a program use, as far as a rule set could be called so.
constexpr std::array<std::string_view, 34> reserved{"auto",   "break",  "case",   "char",   "class",   "const",  "continue", "default", "delete",
                                                    "do",     "double", "else",   "enum",   "extern",  "float",  "for",      "goto",    "if",
                                                    "inline", "int",    "long",   "new",    "private", "public", "register", "return",  "short",
                                                    "signed", "sizeof", "static", "struct", "switch",  "union",  "void"};

// A name of the language as a part of a macro: other letters than those of ASCII are written by the number of their byte.
std::string macro_part(std::string_view name) {
  std::string part;
  for (const char c : name) {
    if (is_letter(c) || is_digit(c)) {
      part += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    } else if (static_cast<unsigned char>(c) < 0x80) {
      part += '_';
    } else {
      part += fmt::format("X{:02X}", static_cast<unsigned char>(c));
    }
  }
  return part;
}

// What would end a comment, or begin a trigraph, is taken apart.
std::string comment(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if ((c == '/' && out.ends_with('*')) || (c == '*' && out.ends_with('/')) || (c == '?' && out.ends_with('?'))) out += ' ';
    out += c == '\n' || c == '\r' ? ' ' : c;
  }
  return out;
}

struct Header {
  std::string prefix;
  std::string out;
  std::set<std::string> taken;

  // Two names may become one macro: "a.b" and "a_b"; the later one carries its number.
  void define(const std::string& kind, const std::vector<std::string_view>& names, uint32_t number, const std::string& remark) {
    std::string macro = prefix + "_" + kind;
    for (std::string_view name : names) macro += "_" + macro_part(name);
    if (!taken.insert(macro).second) {
      macro += "_" + std::to_string(number);
      taken.insert(macro);
    }
    out += fmt::format("#define {} {}{}\n", macro, number, remark.empty() ? "" : " /* " + comment(remark) + " */");
  }
  void section(const std::string& title) { out += "\n/* " + title + " */\n"; }
};

std::string per_of(const explain::Description& d, const explain::Definition& definition) {
  switch (definition.per) {
    case explain::Per::agreement: return "of the agreement";
    case explain::Per::period: return "per period";
    case explain::Per::record: return "per " + d.records[definition.record].name;
  }
  return {};
}

std::string kind_of(const explain::Description& d, const explain::Type& type) {
  const std::string scale = type.scale == 0 ? "" : fmt::format(", times 10^{}", type.scale);
  switch (type.kind) {
    case explain::Kind::boolean: return "0 or 1";
    case explain::Kind::number: return "number" + scale;
    case explain::Kind::ratio: return "quotient" + scale;
    case explain::Kind::money: return d.currencies[type.currency].code + scale;
    case explain::Kind::date: return "days since 1970-01-01";
    case explain::Kind::time: return "minutes since midnight";
    case explain::Kind::instant: return "microseconds since 1970-01-01 UTC";
    case explain::Kind::duration: return "microseconds";
    case explain::Kind::period: return "months * 2^32 + days";
    case explain::Kind::open_time: return "microseconds of open time";
    case explain::Kind::open_days: return "business days";
    case explain::Kind::enumeration: return "code of " + d.enums[type.enumeration].name;
    case explain::Kind::text: return "code of a text";
  }
  return {};
}

void add_records(Header& h, const explain::Description& d) {
  for (uint32_t r = 0; r < d.records.size(); ++r) {
    const explain::Record& record = d.records[r];
    if (record.act) continue;
    h.section("record " + comment(record.name));
    h.define("RECORD", {record.name}, r, "");
    for (uint32_t f = 0; f < record.fields.size(); ++f) h.define("FIELD", {record.name, record.fields[f].name}, f, kind_of(d, record.fields[f].type));
    for (uint32_t f = 0; f < record.history.size(); ++f) h.define("HISTORY", {record.name, record.history[f].name}, f, kind_of(d, record.history[f].type));
  }
}

void add_enums(Header& h, const explain::Description& d) {
  for (uint32_t i = 0; i < d.enums.size(); ++i) {
    const explain::Enum& each = d.enums[i];
    if (each.words.empty()) continue;
    h.section("enum " + comment(each.name));
    h.define("ENUM", {each.name}, i, "");
    for (uint32_t code = 0; code < each.words.size(); ++code) h.define("CODE", {each.name, each.words[code]}, code, "");
  }
}

}  // namespace

bool is_rule_set_name(const std::string& name) {
  if (name.empty() || !is_letter(name.front())) return false;
  for (const char c : name) {
    if (!is_letter(c) && !is_digit(c) && c != '_') return false;
  }
  for (std::string_view word : reserved) {
    if (name == word) return false;
  }
  return name.find("__") == std::string::npos && name != "writ" && !name.starts_with("writ_");
}

std::string rule_set_name(const std::string& path) {
  const size_t slash = path.find_last_of('/');
  std::string stem = slash == std::string::npos ? path : path.substr(slash + 1);
  stem = stem.substr(0, stem.find('.'));
  std::string name;
  for (const char c : stem) {
    if (is_letter(c) || is_digit(c)) {
      name += c;
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  while (!name.empty() && name.back() == '_') name.pop_back();
  if (name.empty() || is_digit(name.front())) name.insert(0, "rules_");
  return is_rule_set_name(name) ? name : "rules_of_" + name;
}

std::string c_header(const explain::Description& d, const std::string& name) {
  Header h;
  h.prefix = macro_part(name);
  h.out = fmt::format("/* The rule set \"{}\", made by writ {}. */\n#ifndef {}_RULES_H\n#define {}_RULES_H\n\n#include <writ/rules.h>\n\n", comment(d.title),
                      comment(d.compiler), h.prefix, h.prefix);
  h.out += "#ifdef __cplusplus\nextern \"C\" {\n#endif\nconst writ_rules* " + name + "_rules(void);\n#ifdef __cplusplus\n}\n#endif\n";
  h.taken.insert(h.prefix + "_RULES_H");
  add_records(h, d);
  add_enums(h, d);
  if (!d.params.empty()) h.section("parameters");
  for (uint32_t i = 0; i < d.params.size(); ++i) h.define("PARAM", {d.params[i].name}, i, kind_of(d, d.params[i].type));
  h.section("definitions");
  for (uint32_t i = 0; i < d.definitions.size(); ++i) {
    const explain::Definition& definition = d.definitions[i];
    if (definition.hidden) continue;
    h.define("DEFINITION", {definition.name}, i, per_of(d, definition) + ", " + kind_of(d, definition.type));
  }
  if (!d.credits.empty()) h.section("credits, per period");
  for (uint32_t i = 0; i < d.credits.size(); ++i) h.define("CREDIT", {d.credits[i].name}, i, "");
  if (!d.rights.empty()) h.section("rights");
  for (uint32_t i = 0; i < d.rights.size(); ++i) h.define("RIGHT", {d.rights[i].name}, i, "");
  h.out += "\n#endif\n";
  return h.out;
}

}  // namespace writ::describe
