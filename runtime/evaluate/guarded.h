// What the functions of the C interface run in: no exception leaves one, and threads that share an evaluator take turns at its text of the last error.
// A module of WebAssembly has neither exceptions nor threads: where memory runs out, the host sees a trap.
#pragma once
#include <writ/abi.h>

#ifndef __wasm__
#include <mutex>
#include <new>
#include <stdexcept>
#endif

namespace writ::evaluate {

#ifdef __wasm__

struct Turns {};
struct Turn {
  explicit Turn(Turns&) {}
};

template <class Body>
writ_status guarded(Body body) {
  return body();
}

#else

using Turns = std::mutex;
using Turn = std::lock_guard<std::mutex>;

template <class Body>
writ_status guarded(Body body) {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return WRIT_OUT_OF_MEMORY;
  } catch (const std::length_error&) {
    return WRIT_OUT_OF_MEMORY;
  } catch (...) {
    return WRIT_MISTAKE;
  }
}

#endif

}  // namespace writ::evaluate
