// The rows of the diagnostics.def files, read as text: code, name, severity, message.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace writ::repository {

struct DiagnosticRow {
  std::string code, name, severity, message;
  std::string file;
};

// Rows in order. What cannot be read as WRIT_DIAGNOSTIC(CODE, name, severity, "message" ...) is a mistake.
std::vector<DiagnosticRow> read_rows(std::string_view file, std::string_view text, std::vector<std::string>& mistakes);
// All rows of all diagnostics.def files below compiler and runtime.
std::vector<DiagnosticRow> all_rows(std::vector<std::string>& mistakes);

// The lines `CODE reason` of a list of codes that are let off something; a line without a reason is a mistake.
std::map<std::string, std::string> read_codes(std::string_view file, std::string_view text, std::vector<std::string>& mistakes);

// The letter that a folder's codes begin with; 0 for a folder that reports nothing.
char letter_of(std::string_view folder);
// What is wrong with the form of a code or the wording of a message; empty when nothing is.
std::vector<std::string> form_problems(const DiagnosticRow& row);

}  // namespace writ::repository
