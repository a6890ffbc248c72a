# `writ build --debug`: gdb stops on a line of the agreement and prints values by name. -DWRIT= -DPROJECT= -DRUNTIME= -DHEADERS= -DC=
find_program(GDB gdb)
find_program(DWARFDUMP NAMES llvm-dwarfdump-19 llvm-dwarfdump)
set(folder $ENV{TMPDIR})
if(NOT folder)
  set(folder /tmp)
endif()
get_filename_component(RUNTIME_FOLDER ${RUNTIME} DIRECTORY)
string(RANDOM LENGTH 12 suffix)
set(folder ${folder}/writ-debug-${suffix})

function(fail text)
  file(REMOVE_RECURSE ${folder})
  message(FATAL_ERROR "${text}")
endfunction()

function(step)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE err WORKING_DIRECTORY ${folder})
  if(NOT code EQUAL 0)
    fail("${ARGN}\n${out}${err}\nended with ${code}")
  endif()
  set(out "${out}${err}" PARENT_SCOPE)
endfunction()

# The lines of `out` hold these texts, in this order.
function(expect out)
  set(rest "${out}")
  foreach(text ${ARGN})
    string(FIND "${rest}" "${text}" at)
    if(at EQUAL -1)
      fail("`${text}` is not where it should be in what gdb printed:\n${out}")
    endif()
    string(LENGTH "${text}" length)
    math(EXPR at "${at} + ${length}")
    string(SUBSTRING "${rest}" ${at} -1 rest)
  endforeach()
endfunction()

# The line of the agreement that holds the text.
function(line_of text result)
  file(READ ${folder}/helpdesk.writ all)
  string(FIND "${all}" "${text}" at)
  if(at EQUAL -1)
    fail("the agreement has no `${text}`")
  endif()
  string(SUBSTRING "${all}" 0 ${at} before)
  string(REGEX REPLACE "[^\n]" "" before "${before}")
  string(LENGTH "${before}" line)
  math(EXPR line "${line} + 1")
  set(${result} ${line} PARENT_SCOPE)
endfunction()

file(COPY ${PROJECT}/main.c ${PROJECT}/helpdesk.writ ${PROJECT}/expected.txt DESTINATION ${folder})
step(${WRIT} build helpdesk.writ --target header)
step(${WRIT} build helpdesk.writ --target object --debug)
step(${WRIT} build helpdesk.writ --target static --debug)
step(${WRIT} build helpdesk.writ --target object --debug -o again.o)
file(SHA256 ${folder}/helpdesk.o first)
file(SHA256 ${folder}/again.o second)
if(NOT first STREQUAL second)
  fail("--debug: twice the same agreement, two results")
endif()
file(STRINGS ${folder}/helpdesk.o here REGEX "${folder}")
if(here)
  fail("the path of this folder is in the object: ${here}")
endif()
if(DWARFDUMP)
  step(${DWARFDUMP} --verify helpdesk.o)
endif()

# The code gives what it gives without --debug.
step(${C} -g -I. -I${HEADERS} main.c helpdesk.a ${RUNTIME} -Wl,-rpath,${RUNTIME_FOLDER} -o program)
step(./program)
file(READ ${folder}/expected.txt expected)
if(NOT out STREQUAL expected)
  fail("with --debug the program prints:\n${out}")
endif()

if(NOT GDB)
  file(REMOVE_RECURSE ${folder})
  message(STATUS "no gdb")
  return()
endif()

line_of("commitment Answer" answer)
line_of("case urgent" urgent)
line_of("rule owed per" owed)
line_of("rule owed_in_all" in_all)
file(WRITE ${folder}/script "
set debuginfod enabled off
break helpdesk.writ:${answer}
break helpdesk.writ:${urgent} if row == 2
break helpdesk.writ:${owed}
break helpdesk.writ:${in_all} if period == 3
run
backtrace
print row
print Answer_due.low
print Answer
continue
print row
print owed.low
info locals
delete 1 3
continue
print row
print priority
info locals
delete 2
continue
print owed_in_all.low
")
# Randomised addresses need a right that a container may not have.
execute_process(COMMAND ${GDB} -nx -batch -iex "set disable-randomization off" -x script ./program RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE out
  WORKING_DIRECTORY ${folder})
if(out MATCHES "ptrace: Operation not permitted")
  file(REMOVE_RECURSE ${folder})
  message(STATUS "gdb may not run programs here")
  return()
endif()
if(NOT code EQUAL 0)
  fail("gdb ended with ${code}:\n${out}")
endif()
expect("${out}"
  # The first ticket: the commitment, with what it was judged by; then what is owed for it.
  "Ticket () at ./helpdesk.writ:${answer}" "#0  Ticket () at ./helpdesk.writ:${answer}" "main.c:" "$1 = 0" "$2 = 1775552400000000"
  "$3 = {state = given, value = missed}" "Ticket () at ./helpdesk.writ:${owed}" "$4 = 0" "$5 = 5000" "answered = {state = given, low = 1775557200000000"
  # The third one is urgent: the case is reached when nothing is owed yet.
  "Ticket () at ./helpdesk.writ:${urgent}" "$6 = 2" "$7 = {state = given, value = urgent}" "answered = {state = not_yet" "Answer = {state = given, value = missed}"
  # April.
  "totals () at ./helpdesk.writ:${in_all}" "$8 = 13000")
file(REMOVE_RECURSE ${folder})
