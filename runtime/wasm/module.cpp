// What the library of C++ asks of a system, for a module of WebAssembly that has none: it imports nothing, so what cannot go on is a trap.
#include <stdlib.h>

#include <cstddef>
#include <new>

namespace {

void* need(void* memory) {
  if (memory == nullptr) __builtin_trap();
  return memory;
}

}  // namespace

void* operator new(size_t size) { return need(malloc(size == 0 ? 1 : size)); }
void* operator new[](size_t size) { return operator new(size); }
void* operator new(size_t size, const std::nothrow_t&) noexcept { return malloc(size == 0 ? 1 : size); }
void* operator new[](size_t size, const std::nothrow_t&) noexcept { return malloc(size == 0 ? 1 : size); }
void* operator new(size_t size, std::align_val_t alignment) {
  const size_t unit = static_cast<size_t>(alignment);
  return need(aligned_alloc(unit, (size + unit - 1) / unit * unit));
}
void* operator new[](size_t size, std::align_val_t alignment) { return operator new(size, alignment); }

void operator delete(void* memory) noexcept { free(memory); }
void operator delete[](void* memory) noexcept { free(memory); }
void operator delete(void* memory, size_t) noexcept { free(memory); }
void operator delete[](void* memory, size_t) noexcept { free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { free(memory); }
void operator delete(void* memory, size_t, std::align_val_t) noexcept { free(memory); }
void operator delete[](void* memory, size_t, std::align_val_t) noexcept { free(memory); }

// In their place, the library would print why it stops.
_LIBCPP_BEGIN_NAMESPACE_STD
[[noreturn]] void __libcpp_verbose_abort(const char*, ...) { __builtin_trap(); }
_LIBCPP_END_NAMESPACE_STD
extern "C" [[noreturn]] void __cxa_pure_virtual() { __builtin_trap(); }

// Debian's functions of the compiler (128 bits) watch their stack.
extern "C" {
uintptr_t __stack_chk_guard = 0x57e17a5b;
[[noreturn]] void __stack_chk_fail() { __builtin_trap(); }
}

// To be called once before anything else, as hosts of WebAssembly know it ("reactor").
extern "C" void __wasm_call_ctors();
extern "C" void _initialize() { __wasm_call_ctors(); }
