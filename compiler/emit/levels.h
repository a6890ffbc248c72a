// The processors that an artefact is made for. Private to this folder. Another kind of machine is another Machine.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace llvm {
class Function;
class TargetMachine;
}  // namespace llvm

namespace writ::emit {

// Code of one level runs on all processors of this and of higher levels; see evaluate::processor_level.
struct Level {
  uint32_t number = 1;
  std::string cpu;             // as LLVM calls it
  uint32_t vector_bytes = 16;  // of its widest vectors
};

struct Machine {
  std::string triple;
  std::string features;       // beyond those of the processors
  bool own_place = true;      // code runs wherever it is loaded
  std::vector<Level> levels;  // ascending
};

// Computers like this one, from the oldest on.
Machine machine_like_this();
// WebAssembly with 32 bits, vectors and bulk memory: what browsers and servers have run since 2022.
Machine machine_of_wasm();

// For code of the lowest level; functions of higher ones say so themselves.
std::unique_ptr<llvm::TargetMachine> target_for(const Machine& machine, int optimise);
void set_level(llvm::Function& function, const Level& level);

}  // namespace writ::emit
