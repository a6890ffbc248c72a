// Batches on their way from the thread that reads to those that evaluate. How many are on their way at once is bounded, so that memory is.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>

#include "record/batch.h"

namespace writ::driver {

struct Queued {
  uint64_t sequence = 0;
  record::Batch batch;
};

struct BatchQueue {
  size_t most = 4;  // on their way: pushed and not yet released
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Queued> waiting;
  size_t on_their_way = 0;
  uint64_t next_sequence = 0;
  bool closed = false;

  explicit BatchQueue(size_t bound) : most(bound) {}
};

// Waits until there is room. Sequences count from 0.
inline void push(BatchQueue& queue, record::Batch&& batch) {
  std::unique_lock lock(queue.mutex);
  queue.changed.wait(lock, [&] { return queue.on_their_way < queue.most; });
  ++queue.on_their_way;
  queue.waiting.push_back({queue.next_sequence++, std::move(batch)});
  queue.changed.notify_all();
}

// The next batch, in order. False when the queue is closed and empty.
inline bool pop(BatchQueue& queue, Queued& item) {
  std::unique_lock lock(queue.mutex);
  queue.changed.wait(lock, [&] { return !queue.waiting.empty() || queue.closed; });
  if (queue.waiting.empty()) return false;
  item = std::move(queue.waiting.front());
  queue.waiting.pop_front();
  return true;
}

// A batch that was popped is done with.
inline void release(BatchQueue& queue) {
  std::lock_guard lock(queue.mutex);
  --queue.on_their_way;
  queue.changed.notify_all();
}

// Nothing more will be pushed.
inline void close(BatchQueue& queue) {
  std::lock_guard lock(queue.mutex);
  queue.closed = true;
  queue.changed.notify_all();
}

}  // namespace writ::driver
