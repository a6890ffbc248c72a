#include "emit/object.h"

#include <llvm/IR/LegacyPassManager.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Object/ArchiveWriter.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>

#include "emit/jit.h"
#include "emit/passes.h"
#include "emit/wasm_masks.h"

namespace writ::emit {

namespace {

// The module, and the machine that it is for.
struct Made {
  llvm::LLVMContext context;
  std::unique_ptr<llvm::TargetMachine> target;
  std::unique_ptr<llvm::Module> module;
};

void make_module(Made& made, const plan::Plan& plan, const ArtefactOptions& options) {
  Machine machine = options.wasm ? machine_of_wasm() : machine_like_this();
  if (options.debug) machine.levels.resize(1);
  made.target = target_for(machine, options.debug ? 0 : options.optimise);
  made.module = std::make_unique<llvm::Module>(options.name, made.context);
  made.module->setTargetTriple(machine.triple);
  made.module->setDataLayout(made.target->createDataLayout());
  if (machine.own_place) made.module->setPICLevel(llvm::PICLevel::BigPIC);
  fill_artefact(*made.module, plan, options, machine);
  std::string problem;
  llvm::raw_string_ostream stream(problem);
  if (llvm::verifyModule(*made.module, &stream)) broken(problem);
}

}  // namespace

std::string make_object(const plan::Plan& plan, const ArtefactOptions& options) {
  Made made;
  make_module(made, plan, options);
  optimise(*made.module, *made.target, options.debug ? 0 : options.optimise);
  if (options.wasm) widen_masks(*made.module);
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream stream(bytes);
  llvm::legacy::PassManager passes;
  if (made.target->addPassesToEmitFile(passes, stream, nullptr, llvm::CodeGenFileType::ObjectFile)) broken("this machine has no object files");
  passes.run(*made.module);
  return std::string(bytes.begin(), bytes.end());
}

std::string make_archive(const std::string& name, const std::string& object) {
  const std::string member = name + ".o";
  std::vector<llvm::NewArchiveMember> members;
  members.emplace_back(llvm::MemoryBufferRef(object, member));
  members.front().MemberName = member;
  llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> archive =
      llvm::writeArchiveToBuffer(members, llvm::SymtabWritingMode::NormalSymtab, llvm::object::Archive::K_GNU, /*Deterministic=*/true, /*Thin=*/false);
  if (!archive) broken(llvm::toString(archive.takeError()));
  return (*archive)->getBuffer().str();
}

std::string print_artefact(const plan::Plan& plan, const ArtefactOptions& options) {
  Made made;
  make_module(made, plan, options);
  std::string text;
  llvm::raw_string_ostream stream(text);
  made.module->print(stream, nullptr);
  return text;
}

}  // namespace writ::emit
