# What an outside plugin needs: find_package(tabularium) gives tabularium::core and
# tabularium_add_plugin().
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/tabularium)

install(TARGETS tabularium EXPORT tabularium-targets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT tabularium-targets NAMESPACE tabularium:: DESTINATION ${package_dir})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/core/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/tabularium
        FILES_MATCHING PATTERN "*.h" PATTERN "*_internal.h" EXCLUDE)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/tabularium-config.cmake.in
                              ${CMAKE_BINARY_DIR}/cmake/tabularium-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/cmake/tabularium-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/cmake/tabularium-config.cmake
              ${CMAKE_BINARY_DIR}/cmake/tabularium-config-version.cmake ${CMAKE_CURRENT_LIST_DIR}/plugin.cmake
        DESTINATION ${package_dir})
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md
        DESTINATION ${CMAKE_INSTALL_DOCDIR})
