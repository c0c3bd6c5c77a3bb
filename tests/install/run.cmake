# Installs the build, builds the outside plugin against what was installed, and asks the installed
# program whether it sees it. Arguments: BUILD, WORK, SOURCE, GENERATOR, COMPILER, FLAGS.
function(step)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(status)
    string(JOIN " " command ${ARGV})
    message(FATAL_ERROR "${command}\n${said}")
  endif()
  set(said "${said}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${WORK})
step(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
step(${CMAKE_COMMAND} -G ${GENERATOR} -S ${SOURCE}/plugin -B ${WORK}/build -DCMAKE_BUILD_TYPE=Release
     -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_FLAGS=${FLAGS} -DCMAKE_PREFIX_PATH=${WORK}/prefix)
step(${CMAKE_COMMAND} --build ${WORK}/build)
step(${WORK}/prefix/bin/tabularium plugins --plugin-path ${WORK}/build)
if(NOT said MATCHES "reader +outside +1.0.0")
  message(FATAL_ERROR "the installed program does not list the outside plugin:\n${said}")
endif()
if(NOT said MATCHES "reader +pdf_text")
  message(FATAL_ERROR "the installed program does not find its own plugins:\n${said}")
endif()
