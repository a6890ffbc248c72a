# Installs the package, copies the project `consumer` out of the tree, builds it against the package and runs it.
# -DBUILD= -DPROJECT= -DKIND= -DC= -DCXX=
set(temp $ENV{TMPDIR})
if(NOT temp)
  set(temp /tmp)
endif()
string(RANDOM LENGTH 12 suffix)
set(folder ${temp}/writ-consumer-${suffix})

function(step)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE out)
  if(NOT code EQUAL 0)
    file(REMOVE_RECURSE ${folder})
    message(FATAL_ERROR "${ARGN}\n${out}\nended with ${code}")
  endif()
endfunction()

file(COPY ${PROJECT} DESTINATION ${folder})
step(${CMAKE_COMMAND} --install ${BUILD} --prefix ${folder}/prefix)
step(${CMAKE_COMMAND} -S ${folder}/consumer -B ${folder}/build -G Ninja -DCMAKE_PREFIX_PATH=${folder}/prefix -DKIND=${KIND} -DCMAKE_BUILD_TYPE=Release
     -DCMAKE_C_COMPILER=${C} -DCMAKE_CXX_COMPILER=${CXX})
step(${CMAKE_COMMAND} --build ${folder}/build)
step(${folder}/build/in_c)
step(${folder}/build/in_cpp)
file(REMOVE_RECURSE ${folder})
