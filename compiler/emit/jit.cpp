#include "emit/jit.h"

#include <llvm/ExecutionEngine/Orc/CompileUtils.h>
#include <llvm/ExecutionEngine/Orc/ExecutionUtils.h>
#include <llvm/ExecutionEngine/Orc/LLJIT.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Support/raw_ostream.h>

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <optional>

#include "emit/passes.h"
#include "evaluate/rt.h"

namespace writ::emit {

void broken(const std::string& what) {
  std::fprintf(stderr, "native code could not be made: %s\n", what.c_str());
  std::abort();
}

namespace {

template <class T>
T need(llvm::Expected<T> result) {
  if (!result) broken(llvm::toString(result.takeError()));
  return std::move(*result);
}

void need(llvm::Error error) {
  if (error) broken(llvm::toString(std::move(error)));
}

llvm::CodeGenOptLevel level_of(int optimise) {
  if (optimise <= 0) return llvm::CodeGenOptLevel::None;
  return optimise == 1 ? llvm::CodeGenOptLevel::Less : llvm::CodeGenOptLevel::Default;
}

// The widest vectors that the machine has, whatever LLVM thinks they cost in other programs.
void tune(llvm::Module& module) {
  for (llvm::Function& function : module) {
    if (!function.isDeclaration()) function.addFnAttr("prefer-vector-width", "512");
  }
}

// Thousands of rules: to make their code quick to run takes longer than running it, which mostly waits for the columns that they fill.
constexpr size_t most_optimised = 10'000;  // instructions of a module

bool is_large(const llvm::Module& module) {
  size_t instructions = 0;
  for (const llvm::Function& function : module) instructions += function.getInstructionCount();
  return instructions > most_optimised;
}

struct OrcJit final : Jit {
  int optimise_level;
  std::mutex mutex;
  std::unique_ptr<llvm::TargetMachine> target;
  std::optional<llvm::orc::JITTargetMachineBuilder> quick;  // of machines that do not optimise
  std::unique_ptr<llvm::orc::LLJIT> jit;
  Vectors kind_of_vectors;
  int modules = 0;

  OrcJit(int optimise, const std::string& processor) : optimise_level(optimise) {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
    llvm::orc::JITTargetMachineBuilder builder = need(llvm::orc::JITTargetMachineBuilder::detectHost());
    if (!processor.empty()) {
      builder.setCPU(processor);
      builder.getFeatures() = llvm::SubtargetFeatures();
    }
    builder.setCodeGenOptLevel(level_of(optimise));
    target = need(builder.createTargetMachine());
    kind_of_vectors = vectors_of(*target);
    quick = builder;
    quick->setCodeGenOptLevel(level_of(0));
    jit = need(llvm::orc::LLJITBuilder().setJITTargetMachineBuilder(builder).create());
    llvm::orc::SymbolMap runtime;
    for (const evaluate::RtSymbol& symbol : evaluate::rt_symbols()) {
      runtime[jit->mangleAndIntern(symbol.name)] = {llvm::orc::ExecutorAddr::fromPtr(symbol.address), llvm::JITSymbolFlags::Exported};
    }
    need(jit->getMainJITDylib().define(llvm::orc::absoluteSymbols(std::move(runtime))));
    // Code generation itself asks for memcpy, memset and the like.
    jit->getMainJITDylib().addGenerator(need(llvm::orc::DynamicLibrarySearchGenerator::GetForCurrentProcess(jit->getDataLayout().getGlobalPrefix())));
  }

  Vectors vectors() const override { return kind_of_vectors; }

  std::vector<void*> add(const std::function<std::vector<std::string>(llvm::Module&)>& fill) override {
    const std::lock_guard<std::mutex> lock(mutex);
    auto context = std::make_unique<llvm::LLVMContext>();
    auto module = std::make_unique<llvm::Module>("writ" + std::to_string(modules++), *context);
    module->setDataLayout(jit->getDataLayout());
    module->setTargetTriple(target->getTargetTriple().str());
    const std::vector<std::string> names = fill(*module);
    std::string problem;
    llvm::raw_string_ostream stream(problem);
    if (llvm::verifyModule(*module, &stream)) broken(problem);
    tune(*module);
    if (is_large(*module)) {
      const std::unique_ptr<llvm::TargetMachine> machine = need(quick->createTargetMachine());
      need(jit->addObjectFile(need(llvm::orc::SimpleCompiler(*machine)(*module))));
    } else {
      optimise(*module, *target, optimise_level);
      need(jit->addIRModule(llvm::orc::ThreadSafeModule(std::move(module), std::move(context))));
    }
    std::vector<void*> addresses;
    for (const std::string& name : names) addresses.push_back(need(jit->lookup(name)).toPtr<void*>());
    return addresses;
  }
};

}  // namespace

std::unique_ptr<Jit> make_jit(int optimise, const std::string& processor) { return std::make_unique<OrcJit>(optimise, processor); }

std::string print_module(const std::function<void(llvm::Module&)>& fill) {
  llvm::LLVMContext context;
  llvm::Module module("writ", context);
  fill(module);
  std::string text;
  llvm::raw_string_ostream stream(text);
  module.print(stream, nullptr);
  return text;
}

}  // namespace writ::emit
