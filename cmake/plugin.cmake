# tabularium_add_plugin(NAME SOURCES... LINK...): a shared library that the host can load. Its
# objects are a library of their own (NAME_objects), so that unit tests reach the parts.
function(tabularium_add_plugin name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_library(${name}_objects OBJECT ${ARG_SOURCES})
  target_link_libraries(${name}_objects PUBLIC tabularium::core ${ARG_LINK} PRIVATE $<BUILD_INTERFACE:tabularium_settings>)
  add_library(${name} MODULE plugin.cpp)
  target_link_libraries(${name} PRIVATE ${name}_objects $<BUILD_INTERFACE:tabularium_settings>)
  set_target_properties(${name} PROPERTIES PREFIX "" LIBRARY_OUTPUT_DIRECTORY ${TABULARIUM_PLUGIN_DIR}
                        INSTALL_RPATH "$ORIGIN/../..")
  install(TARGETS ${name} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/tabularium/plugins)
endfunction()
