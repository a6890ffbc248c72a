// The currencies of ISO 4217 and how many digits their minor units have. Private to this folder.
#pragma once
#include <optional>
#include <span>
#include <string_view>

namespace writ::check {

// Nothing when the list has no such code.
std::optional<int> minor_digits_of(std::string_view code);
std::span<const std::string_view> currency_codes();

}  // namespace writ::check
