// Which names a file sees: its own, and those of the modules that it uses.
#include <fmt/format.h>

#include <algorithm>

#include "base/nearest.h"
#include "check/context.h"

namespace writ::check {
namespace {

const ast::Module* module_line(const ast::File& file) {
  for (const ast::Item& item : file.items)
    if (const auto* module = std::get_if<ast::Module>(&item)) return module;
  return nullptr;
}

std::string module_name(const ast::File& file) {
  const ast::Module* line = module_line(file);
  return line == nullptr ? std::string() : line->path.text;
}

void check_kinds(Context& context) {
  const ast::File& agreement = context.files[0];
  // A line that could not be read may have been the one that is missing; it was reported.
  const bool broken =
      std::any_of(agreement.items.begin(), agreement.items.end(), [](const ast::Item& item) { return std::holds_alternative<ast::Unread>(item); });
  if (!agreement.header && module_line(agreement) == nullptr && !broken)
    diag::report(context.sink, code::no_agreement_line, Span{agreement.id, 0, 0}, {})
        .helps.push_back("begin it with `agreement \"its title\"`, or with `module name` when others are to use it");
  for (const ast::File& file : context.files) {
    const ast::Module* line = module_line(file);
    for (const ast::Item& item : file.items)
      if (const auto* other = std::get_if<ast::Module>(&item); other != nullptr && other != line)
        diag::report(context.sink, code::doubled_header_line, other->span, {{"line", "module"}}).labels.push_back({line->span, "it is written here already"});
    if (line != nullptr && file.header)
      diag::report(context.sink, code::module_with_header, line->span, {}).labels.push_back({file.header->title.span, "the agreement begins here"});
  }
}

void check_use(Context& context, uint32_t file, const ast::Use& use) {
  std::vector<uint32_t>& visible = context.visible[file];
  for (uint32_t other = 0; other < context.files.size(); ++other) {
    if (other == file || module_name(context.files[other]) != use.path.text) continue;
    if (std::find(visible.begin(), visible.end(), other) == visible.end()) visible.push_back(other);
    return;
  }
  std::vector<std::string> known = context.options.known_modules;
  for (const ast::File& other : context.files) known.push_back(module_name(other));
  diag::Diagnostic& report = diag::report(context.sink, code::unknown_module, use.path.span, {{"name", use.path.text}});
  if (const std::string near = base::nearest(use.path.text, known); !near.empty()) report.helps.push_back(fmt::format("did you mean `use {}`?", near));
}

}  // namespace

void check_modules(Context& context) {
  context.visible.assign(context.files.size(), {});
  check_kinds(context);
  for (uint32_t file = 0; file < context.files.size(); ++file) {
    context.visible[file].push_back(file);
    for (const ast::Item& item : context.files[file].items)
      if (const auto* use = std::get_if<ast::Use>(&item)) check_use(context, file, *use);
  }
}

}  // namespace writ::check
