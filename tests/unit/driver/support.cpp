#include "unit/driver/support.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace writ::driver::test {

namespace {

record::FactFile file_of(const std::string& name, const std::string& text) {
  std::string pattern = (std::filesystem::temp_directory_path() / "writ-test-XXXXXX").string();
  record::FactFile file;
  file.name = name + ".csv";
  file.descriptor = record::Descriptor(mkstemp(pattern.data()));
  file.spooled = true;
  unlink(pattern.c_str());
  if (pwrite(file.descriptor.number, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) throw std::runtime_error("no file");
  return file;
}

}  // namespace

Folder::Folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "writ-test-XXXXXX").string();
  if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
  path = pattern;
}
Folder::~Folder() { std::filesystem::remove_all(path); }

void Folder::write(const std::string& name, const std::string& bytes) const { std::ofstream(path + "/" + name, std::ios::binary) << bytes; }

LoadedFacts facts_of(const std::vector<std::pair<std::string, std::string>>& files) {
  LoadedFacts loaded;
  loaded.facts.zones = {value::utc_zone()};
  for (uint32_t i = 0; i < files.size(); ++i) {
    record::RecordInput input;
    input.record = i;
    input.schema.name = files[i].first;
    input.schema.fields.resize(2);
    input.schema.fields[0].name = "id";
    input.schema.fields[0].kind = record::FieldKind::text;
    input.schema.fields[1].name = "x";
    input.schema.key = 0;
    input.mapping = record::default_mapping(input.schema);
    input.files = {i};
    loaded.facts.files.push_back(file_of(files[i].first, files[i].second));
    loaded.facts.report.files.push_back(files[i].first + ".csv");
    loaded.inputs.push_back(std::move(input));
  }
  for (const record::RecordInput& input : loaded.inputs) loaded.prepared.push_back(record::prepare(loaded.facts, input));
  return loaded;
}

}  // namespace writ::driver::test
