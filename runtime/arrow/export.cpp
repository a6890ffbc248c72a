// What leaves, and how it is released: each schema and array frees what it owns, its children through their own callbacks unless somebody has
// taken them over, as the specification says.
#include <cerrno>
#include <new>

#include "arrow/out.h"

namespace writ::arrow {

namespace {

struct HeldSchema {
  std::string format, name;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
  ArrowSchema dictionary{};

  ~HeldSchema() {
    for (ArrowSchema& child : children) {
      if (child.release != nullptr) child.release(&child);
    }
    if (dictionary.release != nullptr) dictionary.release(&dictionary);
  }
};

struct HeldArray {
  std::shared_ptr<const OutTable> table;
  const void* buffers[3] = {};
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
  ArrowArray dictionary{};

  ~HeldArray() {
    for (ArrowArray& child : children) {
      if (child.release != nullptr) child.release(&child);
    }
    if (dictionary.release != nullptr) dictionary.release(&dictionary);
  }
};

void release_schema(ArrowSchema* schema) {
  delete static_cast<HeldSchema*>(schema->private_data);
  schema->private_data = nullptr;
  schema->release = nullptr;
}

void release_array(ArrowArray* array) {
  delete static_cast<HeldArray*>(array->private_data);
  array->private_data = nullptr;
  array->release = nullptr;
}

void schema_of(const std::string& format, const std::string& name, const std::vector<OutColumn>& children, const std::vector<OutColumn>& dictionary,
               int64_t flags, ArrowSchema* out) {
  auto held = std::make_unique<HeldSchema>();
  held->format = format;
  held->name = name;
  held->children.resize(children.size());
  for (size_t i = 0; i < children.size(); ++i) {
    const OutColumn& child = children[i];
    schema_of(child.format, child.name, child.children, child.dictionary, ARROW_FLAG_NULLABLE, &held->children[i]);
    held->pointers.push_back(&held->children[i]);
  }
  if (!dictionary.empty()) schema_of(dictionary[0].format, "", {}, {}, ARROW_FLAG_NULLABLE, &held->dictionary);
  *out = {};
  out->format = held->format.c_str();
  out->name = held->name.c_str();
  out->flags = flags;
  out->n_children = static_cast<int64_t>(children.size());
  out->children = held->pointers.data();
  out->dictionary = dictionary.empty() ? nullptr : &held->dictionary;
  out->release = release_schema;
  out->private_data = held.release();
}

// A buffer of nothing still has an address: some receivers do not take null for a column without rows.
template <class T>
const void* address(const std::vector<T>& items) {
  static constexpr int64_t nothing = 0;
  return items.empty() ? static_cast<const void*>(&nothing) : items.data();
}

void array_of(const std::shared_ptr<const OutTable>& table, const OutColumn* column, const std::vector<OutColumn>& children, ArrowArray* out) {
  auto held = std::make_unique<HeldArray>();
  held->table = table;
  held->children.resize(children.size());
  for (size_t i = 0; i < children.size(); ++i) {
    array_of(table, &children[i], children[i].children, &held->children[i]);
    held->pointers.push_back(&held->children[i]);
  }
  const bool has_dictionary = column != nullptr && !column->dictionary.empty();
  if (has_dictionary) array_of(table, &column->dictionary[0], {}, &held->dictionary);
  *out = {};
  out->length = column == nullptr ? table->rows : column->rows;
  out->null_count = column == nullptr ? 0 : column->nulls;
  out->n_buffers = 1;
  if (column != nullptr) {
    held->buffers[0] = column->validity.empty() ? nullptr : column->validity.data();
    held->buffers[1] = address(column->values);
    held->buffers[2] = address(column->bytes);
    out->n_buffers = column->format == "+s" ? 1 : column->format == "U" ? 3 : 2;
  }
  out->n_children = static_cast<int64_t>(children.size());
  out->buffers = held->buffers;
  out->children = held->pointers.data();
  out->dictionary = has_dictionary ? &held->dictionary : nullptr;
  out->release = release_array;
  out->private_data = held.release();
}

struct HeldStream {
  std::shared_ptr<const OutTable> like;
  std::vector<std::shared_ptr<const OutTable>> tables;
  size_t next = 0;
  const char* error = nullptr;
};

template <class Body>
int guarded(ArrowArrayStream* stream, Body body) {
  HeldStream& held = *static_cast<HeldStream*>(stream->private_data);
  try {
    body(held);
    held.error = nullptr;
    return 0;
  } catch (const std::bad_alloc&) {
    held.error = "there is not enough memory";
    return ENOMEM;
  }
}

int stream_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  return guarded(stream, [&](HeldStream& held) { export_schema(*held.like, out); });
}

int stream_next(ArrowArrayStream* stream, ArrowArray* out) {
  return guarded(stream, [&](HeldStream& held) {
    *out = {};
    if (held.next == held.tables.size()) return;
    export_array(held.tables[held.next], out);
    held.next += 1;
  });
}

const char* stream_error(ArrowArrayStream* stream) { return static_cast<HeldStream*>(stream->private_data)->error; }

void release_stream(ArrowArrayStream* stream) {
  delete static_cast<HeldStream*>(stream->private_data);
  stream->private_data = nullptr;
  stream->release = nullptr;
}

}  // namespace

void export_schema(const OutTable& table, ArrowSchema* out) { schema_of("+s", "", table.columns, {}, 0, out); }

void export_array(std::shared_ptr<const OutTable> table, ArrowArray* out) { array_of(table, nullptr, table->columns, out); }

void export_stream(std::shared_ptr<const OutTable> like, std::vector<std::shared_ptr<const OutTable>> tables, ArrowArrayStream* out) {
  auto held = std::make_unique<HeldStream>();
  held->like = std::move(like);
  held->tables = std::move(tables);
  *out = {stream_schema, stream_next, stream_error, release_stream, held.release()};
}

}  // namespace writ::arrow
