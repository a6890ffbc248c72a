// From a name to what it stands for.
#include <algorithm>

#include "base/nearest.h"
#include "check/context.h"
#include "check/suggest.h"

namespace writ::check {
namespace {

struct Noun {
  std::string_view operator()(std::monostate) const { return "party"; }
  std::string_view operator()(const ast::Param*) const { return "parameter"; }
  std::string_view operator()(const ast::Enum*) const { return "enum"; }
  std::string_view operator()(const ast::MetricType*) const { return "metric type"; }
  std::string_view operator()(const ast::Record*) const { return "record"; }
  std::string_view operator()(const ast::Calendar*) const { return "calendar"; }
  std::string_view operator()(const ast::Holidays*) const { return "holiday set"; }
  std::string_view operator()(const ast::Define*) const { return "defined term"; }
  std::string_view operator()(const ast::Tier*) const { return "tier"; }
  std::string_view operator()(const ast::Commitment*) const { return "commitment"; }
  std::string_view operator()(const ast::Rule*) const { return "rule"; }
  std::string_view operator()(const ast::Metric*) const { return "metric"; }
  std::string_view operator()(const ast::Benchmark*) const { return "benchmark"; }
  std::string_view operator()(const ast::Remedy*) const { return "remedy"; }
  std::string_view operator()(const ast::Right*) const { return "right"; }
  std::string_view operator()(const ast::Unread* unread) const { return unread->keyword.written() ? std::string_view(unread->keyword.text) : "declaration"; }
};

}  // namespace

std::string_view noun_of(const Symbol& symbol) { return std::visit(Noun{}, symbol.node); }

bool is_unread(const Symbol& symbol) { return std::holds_alternative<const ast::Unread*>(symbol.node); }

SymbolId find_symbol(const Context& context, uint32_t file, std::string_view name) {
  for (const uint32_t visible : context.visible[file]) {
    const auto found = context.names.find(std::pair<uint32_t, std::string>(visible, std::string(name)));
    if (found != context.names.end()) return found->second;
  }
  return {};
}

std::vector<std::string> visible_names(const Context& context, uint32_t file, const std::function<bool(const Symbol&)>& fits) {
  std::vector<std::string> names;
  for (const Symbol& symbol : context.symbols) {
    const std::vector<uint32_t>& visible = context.visible[file];
    if (symbol.name.written() && std::find(visible.begin(), visible.end(), symbol.file) != visible.end() && fits(symbol)) names.push_back(symbol.name.text);
  }
  return names;
}

void suggest(diag::Diagnostic& found, const ast::Name& name, std::span<const std::string> candidates) {
  // Of one letter, every other letter is near.
  const std::string near = name.text.size() < 2 ? std::string() : base::nearest(name.text, candidates);
  if (near.empty() || near == name.text) return;
  found.helps.push_back("did you mean `" + near + "`?");
  found.fixes.assign(1, {name.span, near});
}

std::string listed(std::span<const std::string> names) {
  constexpr size_t most = 12;  // a longer list helps nobody
  std::string out;
  for (size_t i = 0; i < names.size() && i < most; ++i) out += (i == 0 ? "`" : ", `") + names[i] + "`";
  if (names.size() > most) out += " ...";
  return out;
}

std::string with_article(std::string_view noun) {
  const bool vowel = !noun.empty() && std::string_view("aeiou").find(static_cast<char>(noun[0] | 0x20)) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(noun);
}

SymbolId require_symbol(Context& context, uint32_t file, const ast::Name& name, std::string_view what, const std::function<bool(const Symbol&)>& fits) {
  const SymbolId id = find_symbol(context, file, name.text);
  if (id.valid() && fits(context.symbols[id])) return id;
  if (!name.written() || (id.valid() && is_unread(context.symbols[id]))) return {};
  if (id.valid()) {
    diag::Diagnostic& found = diag::report(context.sink, code::wrong_noun, name.span,
                                           {{"name", name.text}, {"found", with_article(noun_of(context.symbols[id]))}, {"wanted", with_article(what)}});
    found.labels.push_back({context.symbols[id].name.span, "declared here"});
    suggest(found, name, visible_names(context, file, fits));
    return {};
  }
  diag::Diagnostic& found = diag::report(context.sink, code::unknown_name, name.span, {{"what", std::string(what)}, {"name", name.text}});
  suggest(found, name, visible_names(context, file, fits));
  for (const std::string& module : context.options.known_modules)
    if (module.ends_with("." + name.text)) found.helps.push_back("add a line `use " + module + "`");
  return {};
}

}  // namespace writ::check
