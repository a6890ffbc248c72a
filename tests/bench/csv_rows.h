// The rows as a file that somebody exported.
#pragma once
#include <string>

#include "bench/rows.h"

namespace writ::bench {

// False: it could not be written.
bool write_csv(const Rows& rows, const std::string& path);

inline constexpr const char* severity_names[] = {"S1", "S2", "S3", "S4"};
inline constexpr const char* plan_names[] = {"starter", "plus", "enterprise"};
inline constexpr const char* channel_names[] = {"email", "phone", "chat", "portal", "app", "internal"};

}  // namespace writ::bench
