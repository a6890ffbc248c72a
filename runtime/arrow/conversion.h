// Which types of Arrow suit which kind of field, and by what their numbers are multiplied and divided. Private to this folder.
#pragma once
#include <string>

#include "arrow/source.h"

namespace writ::arrow {

// Sets is_text, times, by and is_local. False with the reason.
bool choose_conversion(const record::Field& field, const record::FieldSource& from, const Times& times, SourceColumn& column, std::string& reason);

}  // namespace writ::arrow
