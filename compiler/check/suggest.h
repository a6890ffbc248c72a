// Help that a message about a name can give. Private to this folder.
#pragma once
#include "check/context.h"

namespace writ::check {

// Adds "did you mean" and the fix, when a candidate is near.
void suggest(diag::Diagnostic&, const ast::Name&, std::span<const std::string> candidates);
// The names that a file sees and that fit, in order of declaration.
std::vector<std::string> visible_names(const Context&, uint32_t file, const std::function<bool(const Symbol&)>& fits);
// "`P1`, `P2`, `P3`"
std::string listed(std::span<const std::string> names);
// What a member of an enum is, for a person: "Severity", "outcome of a commitment", "tier of Ticket"; and the members as they are written.
std::string enum_noun(const Context&, ir::EnumId);
std::string members_text(const Context&, ir::EnumId);
// "a record", "an enum"
std::string with_article(std::string_view noun);

}  // namespace writ::check
