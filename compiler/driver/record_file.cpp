#include "driver/record_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "interpret/interpret.h"
#include "render/csv_text.h"
#include "render/value_text.h"

namespace writ::driver {

namespace {

bool has_outcomes(const ir::Agreement& agreement, ir::RecordId record) {
  for (const ir::Definition& definition : agreement.definitions) {
    if (!definition.hidden && definition.grain.of == ir::Grain::Of::record && definition.grain.record == record) return true;
  }
  return false;
}

// The record type that an argument means: the named one, or the only one with outcomes.
bool record_of(const ir::Agreement& agreement, const std::string& argument, RecordFile& file, std::string& error) {
  std::vector<ir::RecordId> candidates;
  std::string names;
  for (uint32_t i = 0; i < agreement.records.size(); ++i) {
    const ir::RecordId id{i};
    if (!has_outcomes(agreement, id)) continue;
    const std::string& name = agreement.records[id].name;
    if (argument.starts_with(name + "=")) {
      file.record = id;
      file.path = argument.substr(name.size() + 1);
      return true;
    }
    candidates.push_back(id);
    names += (names.empty() ? "" : ", ") + name;
  }
  if (candidates.size() == 1) {
    file.record = candidates.front();
    file.path = argument;
    return true;
  }
  error = candidates.empty() ? std::string("no record type of the agreement has outcomes to write")
                             : fmt::format("`--records {}`: say of which record type, as `--records {}=FILE` (there are {})", argument,
                                           agreement.records[candidates.front()].name, names);
  return false;
}

std::string_view admission_word(evaluate::Admission admission) {
  switch (admission) {
    case evaluate::Admission::admitted: return "in term";
    case evaluate::Admission::after_horizon: return "after as-of";
    case evaluate::Admission::outside_term: return "outside term";
    case evaluate::Admission::undated: return "undated";
  }
  return {};
}

std::string cell(const ir::Agreement& agreement, const LoadedFacts& loaded, const ir::Type& type, const value::Value& v) {
  if (type.kind == ir::Kind::text && value::is_certain(v) && v.lo >= 0 && v.lo < record::count(loaded.facts.texts)) {
    return render::csv_field(record::text_of(loaded.facts.texts, static_cast<uint32_t>(v.lo)));
  }
  return render::csv_field(render::plain_value(agreement, type, v));
}

// Beside the file, to be renamed: one that is there stays as it is until its successor is whole. What is no file of its own (a pipe, a terminal) is written as it is.
void choose_part(RecordFile& file) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::file_status status = fs::status(file.path, error);
  if (fs::exists(status) && !fs::is_regular_file(status)) return;
  if (fs::exists(status)) {  // behind a link, it is what the link leads to that is replaced
    const fs::path real = fs::canonical(file.path, error);
    if (error) return;
    file.path = real.string();
  }
  file.part = fmt::format("{}.{}.part", file.path, getpid());
}

bool open_file(RecordFile& file, std::string& error) {
  if (file.path == "-") {
    file.file = stdout;
    return true;
  }
  choose_part(file);
  file.file = std::fopen(file.part.empty() ? file.path.c_str() : file.part.c_str(), "wb");
  if (file.file != nullptr) return true;
  error = fmt::format("`{}` cannot be written: {}", file.path, std::strerror(errno));
  return false;
}

// The file that was there may have rights of its own.
bool put_in_place(const RecordFile& file) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const fs::file_status old = fs::status(file.path, ignored);
  if (fs::exists(old)) fs::permissions(file.part, old.permissions(), ignored);
  return std::rename(file.part.c_str(), file.path.c_str()) == 0;
}

bool close_file(RecordFile& file, std::string& error) {
  errno = 0;
  bool good = std::fflush(file.file) == 0 && std::ferror(file.file) == 0;
  int reason = errno;
  if (file.file != stdout && std::fclose(file.file) != 0) {
    if (good) reason = errno;
    good = false;
  }
  file.file = nullptr;
  if (good && !file.part.empty() && !put_in_place(file)) {
    reason = errno;
    good = false;
  }
  if (!good && !file.part.empty()) std::remove(file.part.c_str());
  if (!good && error.empty()) error = fmt::format("`{}` cannot be written whole{}", file.path, reason == 0 ? "" : std::string(": ") + std::strerror(reason));
  return good;
}

}  // namespace

RecordFiles::~RecordFiles() {
  for (RecordFile& file : all) {
    if (file.file == nullptr || file.file == stdout) continue;
    std::fclose(file.file);
    if (!file.part.empty()) std::remove(file.part.c_str());
  }
}

bool open_record_files(const ir::Agreement& agreement, const std::vector<std::string>& arguments, const std::string& key, RecordFiles& files,
                       std::string& error) {
  for (const std::string& argument : arguments) {
    RecordFile file;
    if (!record_of(agreement, argument, file, error)) return false;
    const std::vector<ir::DefinitionId> all = interpret::definitions_of(agreement, file.record);
    for (size_t i = 0; i < all.size(); ++i) {
      if (agreement.definitions[all[i]].hidden) continue;
      file.definitions.push_back(all[i]);
      file.rows_of_outputs.push_back(i);
    }
    if (!open_file(file, error)) return false;
    std::string head = (key.empty() ? "" : render::csv_field(key) + ",") + "record,key,admission";
    for (const ir::DefinitionId id : file.definitions) head += "," + render::csv_field(agreement.definitions[id].name);
    fmt::print(file.file, "{}\r\n", head);
    files.all.push_back(std::move(file));
  }
  return true;
}

void write_records(const ir::Agreement& agreement, const RecordFile& file, const LoadedFacts& loaded, const record::Batch& batch,
                   const evaluate::RecordOutputs& outputs) {
  if (batch.record != file.record.index) return;
  const ir::Record& record = agreement.records[file.record];
  const auto input = std::find_if(loaded.inputs.begin(), loaded.inputs.end(), [&](const record::RecordInput& each) { return each.record == batch.record; });
  assert(input != loaded.inputs.end());
  std::string text;
  for (uint32_t row = 0; row < batch.rows; ++row) {
    const bool admitted = outputs.admission[row] == evaluate::Admission::admitted;
    if (input->agreements) {
      const auto agreement_of_row = static_cast<uint32_t>(batch.columns.back().values[row]);
      text += render::csv_field(record::text_of(*input->agreements, agreement_of_row)) + ",";
    }
    text += render::csv_field(record.name) + "," +
            (record.key ? render::csv_field(record::key_of_row(*input, batch, row)) : std::to_string(batch.first_row + row + 1)) + ",";
    text += admission_word(outputs.admission[row]);
    for (size_t c = 0; c < file.definitions.size(); ++c) {
      text += ',';
      if (admitted) text += cell(agreement, loaded, agreement.definitions[file.definitions[c]].type, outputs.values[file.rows_of_outputs[c]][row]);
    }
    text += "\r\n";
  }
  std::fwrite(text.data(), 1, text.size(), file.file);
}

bool close_record_files(RecordFiles& files, std::string& error) {
  bool good = true;
  for (RecordFile& file : files.all) good = close_file(file, error) && good;
  return good;
}

}  // namespace writ::driver
