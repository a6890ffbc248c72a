// Machine code of this computer in this process. Private to this folder: the only file with LLVM's just-in-time compiler.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "emit/levels.h"

namespace llvm {
class Module;
}

namespace writ::emit {

// Whatever LLVM refuses is a mistake of ours, never of a person's source: says so and ends the program.
[[noreturn]] void broken(const std::string& what);

struct Jit {
  virtual ~Jit() = default;
  // Of the processor that it makes code for.
  virtual Vectors vectors() const = 0;
  // Fills a module, optimises it, loads it, and gives the addresses of the functions that `fill` names. Thread-safe.
  virtual std::vector<void*> add(const std::function<std::vector<std::string>(llvm::Module&)>& fill) = 0;
};

// `processor`: as in EmitOptions.
std::unique_ptr<Jit> make_jit(int optimise, const std::string& processor);

// The text of what `fill` makes.
std::string print_module(const std::function<void(llvm::Module&)>& fill);

}  // namespace writ::emit
