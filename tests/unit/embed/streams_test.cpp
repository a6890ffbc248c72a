// Streams that do not do what they should; whatever happens, what was handed in is released once.
#include "embed/runs.h"
#include "unit/embed/helpdesk.h"

namespace writ::embed::testing {
namespace {

struct Feed {
  NodePtr node = tickets();
  int arrays = 1;       // how many it gives
  int fail_schema = 0;  // error codes
  int fail_at = -1;     // the call of get_next that fails
  bool no_schema = false;
  const char* error = nullptr;
  int given = 0, released = 0;
};

Feed& feed_of(ArrowArrayStream* stream) { return *static_cast<Feed*>(stream->private_data); }

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  Feed& feed = feed_of(stream);
  if (feed.fail_schema != 0) return feed.fail_schema;
  *out = {};
  if (!feed.no_schema) *out = feed.node->schema;
  return 0;
}
int get_next(ArrowArrayStream* stream, ArrowArray* out) {
  Feed& feed = feed_of(stream);
  if (feed.given == feed.fail_at) return 5;
  *out = {};
  if (feed.given++ < feed.arrays) *out = feed.node->array;
  return 0;
}
const char* get_last_error(ArrowArrayStream* stream) { return feed_of(stream).error; }
void release(ArrowArrayStream* stream) {
  ++feed_of(stream).released;
  stream->release = nullptr;
}

ArrowArrayStream stream_of(Feed& feed) { return {get_schema, get_next, get_last_error, release, &feed}; }

std::string taken(Feed& feed, ArrowArrayStream& stream) {
  writ_table given{};
  given.size = sizeof given;
  given.name = "Ticket";
  given.stream = &stream;
  std::vector<std::unique_ptr<HeldTable>> held;
  std::string error;
  const bool all = take_tables(&given, 1, held, error);
  CHECK((stream.release == nullptr));
  CHECK(feed.released == 1);
  return all ? "" : error;
}
std::string taken(Feed& feed) {
  ArrowArrayStream stream = stream_of(feed);
  return taken(feed, stream);
}

TEST_CASE("a stream is read to its end and released") {
  Feed feed;
  feed.arrays = 3;
  CHECK(taken(feed) == "");
  CHECK(feed.given == 4);
}

TEST_CASE("a stream that fails") {
  Feed schema;
  schema.fail_schema = 12;
  CHECK(taken(schema) == "the table of Ticket could not be read: error 12");
  Feed next;
  next.arrays = 2;
  next.fail_at = 1;
  next.error = "the disk is gone";
  CHECK(taken(next) == "the table of Ticket could not be read: the disk is gone");
  Feed nothing;
  nothing.no_schema = true;
  CHECK(taken(nothing) == "the stream of Ticket gave no schema");
  Feed broken;
  ArrowArrayStream stream = stream_of(broken);
  stream.get_next = nullptr;
  CHECK(taken(broken, stream) == "the stream of Ticket has no functions");
}

TEST_CASE("tables are taken over even where another one is wrong") {
  Feed first, second;
  first.fail_schema = 1;
  ArrowArrayStream streams[] = {stream_of(first), stream_of(second)};
  writ_table tables[3] = {};
  for (size_t i = 0; i < 2; ++i) tables[i] = {sizeof(writ_table), "Ticket", &streams[i], nullptr, nullptr};
  const NodePtr node = tickets();
  tables[2] = {sizeof(writ_table), "Ticket", nullptr, &node->schema, &node->array};
  {
    std::vector<std::unique_ptr<HeldTable>> held;
    std::string error;
    CHECK(!take_tables(tables, 3, held, error));
    CHECK(error == "the table of Ticket could not be read: error 1");
  }
  CHECK((first.released == 1 && second.released == 1));
  CHECK((node->schema.release == nullptr && node->array.release == nullptr));
}

}  // namespace
}  // namespace writ::embed::testing
