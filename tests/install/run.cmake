# Installs the build, builds the plugin template and the examples against what was installed, and
# asks the installed program to read with them. Arguments: BUILD, WORK, ROOT, GENERATOR, COMPILER, FLAGS.
function(step)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(status)
    string(JOIN " " command ${ARGV})
    message(FATAL_ERROR "${command}\n${said}")
  endif()
  set(said "${said}" PARENT_SCOPE)
endfunction()

function(must_say pattern)
  if(NOT said MATCHES "${pattern}")
    message(FATAL_ERROR "no `${pattern}` in\n${said}")
  endif()
endfunction()

file(REMOVE_RECURSE ${WORK})
step(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
foreach(source tools/plugin-template examples/receipt examples/dot-matrix)
  cmake_path(GET source FILENAME name)
  step(${CMAKE_COMMAND} -G ${GENERATOR} -S ${ROOT}/${source} -B ${WORK}/${name} -DCMAKE_BUILD_TYPE=Release
       -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_FLAGS=${FLAGS} -DCMAKE_PREFIX_PATH=${WORK}/prefix)
  step(${CMAKE_COMMAND} --build ${WORK}/${name})
endforeach()
set(program ${WORK}/prefix/bin/tabularium)

step(${program} plugins --plugin-path ${WORK}/plugin-template --plugin-path ${WORK}/receipt
     --plugin-path ${WORK}/dot-matrix --plugin-path ${ROOT}/examples/household-register)
must_say("reader +outside +1.0.0")
must_say("layout +receipt +1.0.0")
must_say("recognizer +dot_matrix +1.0.0")
must_say("layout +household-register-2024")
must_say("reader +pdf_text")

file(WRITE ${WORK}/table.outside "OUTSIDE\n工程 预算 执行\n道路 12.50 11.00\n桥梁 30.00 29.50\n水渠 80.00 78.00\n")
step(${program} tables ${WORK}/table.outside --format csv --plugin-path ${WORK}/plugin-template)
must_say("桥梁,30.00,29.50")

step(${program} extract ${ROOT}/examples/receipt/form.pdf --plugin-path ${WORK}/receipt
     --plugin-path ${ROOT}/examples/receipt)
must_say("\"payer\": \"柳岸小学\"")
must_say("\"purpose\": \"二〇二四年秋季学期课桌椅维修及运输所需的全部费用\"")
must_say("\"amount\": 3480.00")
must_say("\"received_on\": \"2024-11-06\"")

step(${WORK}/dot-matrix/dot_matrix_test)

step(${program} plugins check ${WORK}/plugin-template/outside.so --sample ${WORK}/table.outside)
step(${program} plugins check ${WORK}/receipt/receipt.so)
step(${program} plugins check ${WORK}/dot-matrix/dot_matrix.so)
