#include "driver/runtime_object.h"

#include <link.h>

#include <algorithm>

asm(R"(
  .section .rodata
  .balign 16
writ_runtime_object_begin:
  .incbin ")" WRIT_RUNTIME_OBJECT R"("
writ_runtime_object_end:
  .byte 0
  .balign 16
writ_wasm_object_begin:
)" WRIT_WASM_OBJECT R"(
writ_wasm_object_end:
  .byte 0
  .text
)");
extern "C" const char writ_runtime_object_begin[] __attribute__((visibility("hidden")));
extern "C" const char writ_runtime_object_end[] __attribute__((visibility("hidden")));
extern "C" const char writ_wasm_object_begin[] __attribute__((visibility("hidden")));
extern "C" const char writ_wasm_object_end[] __attribute__((visibility("hidden")));

namespace writ::driver {

std::string_view runtime_object() { return {writ_runtime_object_begin, static_cast<size_t>(writ_runtime_object_end - writ_runtime_object_begin)}; }

std::string_view wasm_runtime_object() { return {writ_wasm_object_begin, static_cast<size_t>(writ_wasm_object_end - writ_wasm_object_begin)}; }

std::vector<std::string> loaded_libraries() {
  std::vector<std::string> paths;
  const auto add = [](dl_phdr_info* info, size_t, void* out) {
    const std::string_view path = info->dlpi_name;
    for (const std::string_view name : {"/libstdc++.so.", "/libgcc_s.so.", "/libm.so.", "/libc.so.", "/libc++.so.", "/libc++abi.so."}) {
      if (path.find(name) != std::string_view::npos) static_cast<std::vector<std::string>*>(out)->emplace_back(path);
    }
    return 0;
  };
  dl_iterate_phdr(add, &paths);
  // The order in which they were loaded is no business of the artefact.
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace writ::driver
