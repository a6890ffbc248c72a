// The files of the repository as the rules about it read them: paths from its root, with `/`, and whole texts.
#pragma once
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace writ::repository {

// The folder that holds README.md; known from the build.
std::filesystem::path root();

// Paths of the files below `folder` ("" is everything) whose names end in one of `endings` (empty: all), sorted. Leaves out .git and build folders.
std::vector<std::string> files_below(std::string_view folder, std::initializer_list<std::string_view> endings = {});

// The text of a file of the repository; it must exist.
std::string read(std::string_view path);
bool exists(std::string_view path);

std::vector<std::string> lines_of(std::string_view text);
std::vector<std::string> words_of(std::string_view line);
bool starts_with_folder(std::string_view path, std::string_view folder);
std::string_view trimmed(std::string_view text);

// One problem a line, for the message of a failed check.
std::string joined(const std::vector<std::string>& problems);

}  // namespace writ::repository
