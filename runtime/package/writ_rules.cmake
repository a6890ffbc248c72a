# writ_rules(TARGET AGREEMENT [NAME name] [SHARED | SHARED_RUNTIME | WASM] [DEBUG] [COLUMNS definition ...])
#
# Compiles an agreement while the project is built and makes TARGET, a library to link with: the rule set, its header NAME.h, and the runtime.
# NAME is what C calls the rule set (NAME_rules); without it, TARGET. Neither keyword: a static library with the static runtime. SHARED_RUNTIME: a static
# library with libwrit-rt.so. SHARED: a shared library that contains the runtime. WASM: no library but NAME.wasm, and writ.mjs beside it, in the folder that
# the property WRIT_MODULE_FOLDER of TARGET names; a part of `all`. A change of the agreement, or of a module that it uses, builds it again.
# DEBUG: code that debuggers step through by the lines of the agreement, as `writ build --debug` makes it.
function(writ_rules target agreement)
  cmake_parse_arguments(ARG "SHARED;SHARED_RUNTIME;WASM;DEBUG" "NAME" "COLUMNS" ${ARGN})
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "writ_rules: what is `${ARG_UNPARSED_ARGUMENTS}`?")
  endif()
  if(NOT TARGET writ::writ)
    message(FATAL_ERROR "writ_rules: the compiler is not installed, only the runtime library")
  endif()
  set(name ${target})
  if(ARG_NAME)
    set(name ${ARG_NAME})
  endif()
  set(columns)
  foreach(column ${ARG_COLUMNS})
    list(APPEND columns --column ${column})
  endforeach()
  set(debug)
  if(ARG_DEBUG)
    set(debug --debug)
  endif()
  get_filename_component(agreement ${agreement} ABSOLUTE)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${target}-rules)
  file(MAKE_DIRECTORY ${folder})
  if(ARG_WASM)
    add_custom_command(OUTPUT ${folder}/${name}.wasm
      COMMAND writ::writ build ${agreement} --name ${name} --target wasm ${debug} ${columns} -o ${folder}/${name}.wasm --depfile ${folder}/${name}.d
      COMMAND ${CMAKE_COMMAND} -E copy_if_different ${writ_JAVASCRIPT} ${folder}/writ.mjs
      DEPENDS ${agreement} writ::writ DEPFILE ${folder}/${name}.d
      COMMENT "Compiling the agreement ${agreement}" VERBATIM)
    add_custom_target(${target} ALL DEPENDS ${folder}/${name}.wasm)
    set_target_properties(${target} PROPERTIES WRIT_MODULE_FOLDER ${folder})
    return()
  endif()
  set(header ${folder}/${name}.h)
  if(ARG_SHARED)
    set(output ${folder}/lib${name}${CMAKE_SHARED_LIBRARY_SUFFIX})
    set(kind shared)
  else()
    set(output ${folder}/${name}.o)
    set(kind object)
  endif()
  add_custom_command(OUTPUT ${output} ${header}
    COMMAND writ::writ build ${agreement} --name ${name} --target header -o ${header}
    COMMAND writ::writ build ${agreement} --name ${name} --target ${kind} ${debug} ${columns} -o ${output} --depfile ${folder}/${name}.d
    DEPENDS ${agreement} writ::writ DEPFILE ${folder}/${name}.d
    COMMENT "Compiling the agreement ${agreement}" VERBATIM)
  if(ARG_SHARED)
    add_custom_target(${target}-build DEPENDS ${output} ${header})
    add_library(${target} SHARED IMPORTED GLOBAL)
    set_target_properties(${target} PROPERTIES IMPORTED_LOCATION ${output} IMPORTED_SONAME lib${name}${CMAKE_SHARED_LIBRARY_SUFFIX})
    target_include_directories(${target} INTERFACE ${folder} $<TARGET_PROPERTY:writ::rt,INTERFACE_INCLUDE_DIRECTORIES>)
    add_dependencies(${target} ${target}-build)
    return()
  endif()
  set_source_files_properties(${output} PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
  add_library(${target} STATIC ${output} ${header})
  set_target_properties(${target} PROPERTIES LINKER_LANGUAGE C)
  target_include_directories(${target} INTERFACE ${folder})
  if(ARG_SHARED_RUNTIME)
    target_link_libraries(${target} INTERFACE writ::rt)
  else()
    target_link_libraries(${target} INTERFACE writ::rt-static)
  endif()
endfunction()
