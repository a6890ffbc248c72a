// The rules of a time zone, from the system's zone data (the tz database in TZif files).
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace writ::record {

// The bytes of a zone's file, for value::parse_tzif.
struct ZoneFile {
  std::string bytes;
  std::string error;  // in plain words; empty: all is well
};
// name: "Europe/London". A name that could leave the folder (absolute, with .. or unusual characters) is refused before any file is touched.
// The folder: TZDIR, else the first that exists of the usual ones; `folder` overrides it.
ZoneFile load_zone_file(std::string_view name, const std::string& folder = {});
// The bytes alone.
std::optional<std::string> load_zone_bytes(std::string_view name);

}  // namespace writ::record
