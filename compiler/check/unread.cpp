#include "check/unread.h"

namespace writ::check {
namespace {

bool holds(const ast::Clause& clause, std::string_view name) {
  for (const ast::ClauseItem& item : clause.items) {
    const auto* unread = std::get_if<ast::Unread>(&item);
    const auto* inner = std::get_if<ast::Clause>(&item);
    if ((unread != nullptr && unread->name.text == name) || (inner != nullptr && holds(*inner, name))) return true;
  }
  return false;
}

bool holds(const ast::File& file, std::string_view name) {
  for (const ast::Item& item : file.items) {
    const auto* unread = std::get_if<ast::Unread>(&item);
    const auto* clause = std::get_if<ast::Clause>(&item);
    if ((unread != nullptr && unread->name.text == name) || (clause != nullptr && holds(*clause, name))) return true;
  }
  return false;
}

}  // namespace

bool is_unread(const Context& context, uint32_t file, std::string_view name) {
  for (const uint32_t visible : context.visible[file])
    if (holds(context.files[visible], name)) return true;
  return false;
}

}  // namespace writ::check
