#include "unit/record/support.h"

#include <unistd.h>
#include <zlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace writ::record::test {

Folder::Folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "writ-test-XXXXXX").string();
  if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
  path = pattern;
}
Folder::~Folder() { std::filesystem::remove_all(path); }

std::string Folder::write(const std::string& name, const std::string& bytes) const {
  std::string file = path + "/" + name;
  std::ofstream(file, std::ios::binary) << bytes;
  return file;
}

std::string gzip(const std::string& bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::runtime_error("no gzip");
  std::string out(deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) throw std::runtime_error("no gzip");
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

FactFile file_of(const std::string& bytes, FileFormat format, const std::string& name) {
  std::string pattern = (std::filesystem::temp_directory_path() / "writ-test-XXXXXX").string();
  FactFile file;
  file.name = name;
  file.format = format;
  file.descriptor = Descriptor(mkstemp(pattern.data()));
  file.spooled = true;
  file.size = bytes.size();
  unlink(pattern.c_str());
  if (pwrite(file.descriptor.number, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) throw std::runtime_error("no file");
  return file;
}

ReadFile read_rows(const FactFile& file, const std::vector<WantedColumn>& wanted, char separator) {
  std::unique_ptr<RowReader> reader = open_rows(file, wanted, separator);
  ReadFile out;
  TextRow row;
  Step step = Step::failed;
  while (reader->failure.problem == Problem::none && (step = reader->next(row)) == Step::row) {
    ReadRow read{row.line, row.problem, row.column, {}};
    for (std::string_view cell : row.cells) read.cells.emplace_back(cell);
    out.rows.push_back(std::move(read));
  }
  out.failure = reader->failure;
  out.notes = reader->notes;
  return out;
}

ReadFile read_csv(const std::string& text, const std::vector<WantedColumn>& wanted, char separator) { return read_rows(file_of(text), wanted, separator); }

ReadFile read_json(const std::string& text, const std::vector<std::string>& wanted) {
  std::vector<WantedColumn> columns;
  for (const std::string& name : wanted) columns.push_back({name, 1});
  return read_rows(file_of(text, FileFormat::json_lines, "facts.ndjson"), columns);
}

value::Zone london() {
  value::Zone zone;
  value::parse_posix_rule("GMT0BST,M3.5.0/1,M10.5.0", zone.rule);
  zone.offsets = {0};
  return zone;
}

RecordSchema ticket_schema() {
  RecordSchema schema;
  schema.name = "Ticket";
  auto add = [&](const char* name, FieldKind kind) -> Field& {
    Field& field = schema.fields.emplace_back();
    field.name = name;
    field.kind = kind;
    return field;
  };
  add("id", FieldKind::text);
  add("severity", FieldKind::enumeration).members = {"P1", "P2", "P3"};
  add("opened", FieldKind::instant);
  add("resolved", FieldKind::instant).absence = value::State::not_yet;
  schema.key = 0;
  return schema;
}

RecordInput input_of(const RecordSchema& schema, bool history) {
  RecordInput input;
  input.schema = schema;
  input.mapping = default_mapping(schema);
  input.history_mapping = default_history_mapping(schema);
  input.files = {0};
  if (history) input.history_files = {1};
  return input;
}

Run run(const RecordInput& input, std::vector<FactFile> files, const ReadOptions& options, int passes) {
  Run out;
  out.facts.zones = {london()};
  for (FactFile& file : files) out.facts.report.files.push_back(file.name);
  out.facts.files = std::move(files);
  std::unique_ptr<Prepared> prepared = prepare(out.facts, input);
  out.read = prepared != nullptr;
  for (int pass = 0; pass < passes && out.read; ++pass) {
    out.batches.clear();
    out.read = read_batches(out.facts, input, *prepared, options, [&](Batch&& batch) {
      out.batches.push_back(std::move(batch));
      return true;
    });
  }
  return out;
}

namespace {

void append(Column& to, const Column& from, size_t rows_before, size_t rows) {
  if (to.states.empty() && !from.states.empty()) to.states.assign(rows_before, value::State::given);
  to.values.insert(to.values.end(), from.values.begin(), from.values.end());
  if (!from.states.empty())
    to.states.insert(to.states.end(), from.states.begin(), from.states.end());
  else if (!to.states.empty())
    to.states.insert(to.states.end(), rows, value::State::given);
  to.texts.insert(to.texts.end(), from.texts.begin(), from.texts.end());
}

}  // namespace

Batch joined(const std::vector<Batch>& batches) {
  Batch out;
  for (const Batch& batch : batches) {
    out.columns.resize(batch.columns.size());
    for (size_t i = 0; i < batch.columns.size(); ++i) append(out.columns[i], batch.columns[i], out.rows, batch.rows);
    HistoryRows& history = out.history;
    if (!batch.history.offsets.empty()) {
      if (history.offsets.empty()) history.offsets = {0};
      history.columns.resize(batch.history.columns.size());
      size_t before = history.offsets.back(), rows = batch.history.offsets.back();
      for (size_t i = 0; i < history.columns.size(); ++i) append(history.columns[i], batch.history.columns[i], before, rows);
      for (size_t i = 1; i < batch.history.offsets.size(); ++i) history.offsets.push_back(static_cast<uint32_t>(before) + batch.history.offsets[i]);
      history.tied.insert(history.tied.end(), batch.history.tied.begin(), batch.history.tied.end());
    }
    out.origins.insert(out.origins.end(), batch.origins.begin(), batch.origins.end());
    out.rows += batch.rows;
  }
  return out;
}

}  // namespace writ::record::test
