# What is installed, and the Debian package made of it (scripts/package). One layout: that of the package.
set(CAUCE_MAINTAINER "Cauce <cauce@example.org>" CACHE STRING "Who answers for the package")

set(packaging "${CMAKE_SOURCE_DIR}/packaging")
set(made "${CMAKE_BINARY_DIR}/package")  # what is made for it
set(doc share/doc/cauce)

# The manual is what the program says of itself.
add_custom_command(OUTPUT "${made}/manual.stamp"
  DEPENDS cauce
  COMMAND "${CMAKE_COMMAND}" -E rm -rf "${made}/man1"
  COMMAND cauce manual "${made}/man1"
  COMMAND gzip -9nr "${made}/man1"
  COMMAND "${CMAKE_COMMAND}" -E touch "${made}/manual.stamp" VERBATIM)
# The libraries that are headers or archives, and so become part of the program.
add_custom_command(OUTPUT "${made}/bibliotecas.gz" "${made}/changelog.gz"
  DEPENDS "${packaging}/libraries" "${packaging}/changelog"
  COMMAND "${packaging}/libraries" tao-pegtl-dev libintelrdfpmath-dev libboost1.81-dev libsqlitecpp-dev
          nlohmann-json3-dev libcli11-dev libtomlplusplus-dev libhowardhinnant-date-dev libspdlog-dev
          | gzip -9n > "${made}/bibliotecas.gz"
  COMMAND gzip -9nc "${packaging}/changelog" > "${made}/changelog.gz" VERBATIM)
add_custom_target(cauce_package_files DEPENDS "${made}/manual.stamp" "${made}/bibliotecas.gz")

install(TARGETS cauce RUNTIME DESTINATION bin)
install(DIRECTORY "${made}/man1" DESTINATION share/man)
set(shells "${CMAKE_SOURCE_DIR}/engine/cli/shells")
install(FILES "${shells}/cauce.bash" DESTINATION share/bash-completion/completions RENAME cauce)
install(FILES "${shells}/cauce.zsh" DESTINATION share/zsh/vendor-completions RENAME _cauce)
install(FILES "${shells}/cauce.fish" DESTINATION share/fish/vendor_completions.d)
install(FILES "${packaging}/cauce.service" DESTINATION /lib/systemd/system)
install(FILES "${packaging}/cauce.toml" DESTINATION /etc/cauce)
install(FILES README.md docs/guía.md docs/referencia.md docs/diagnósticos.md docs/operación.md DESTINATION ${doc})
install(DIRECTORY docs/schema DESTINATION ${doc})
install(DIRECTORY examples/ DESTINATION ${doc}/examples)
install(FILES "${made}/changelog.gz" "${made}/bibliotecas.gz" "${packaging}/copyright" DESTINATION ${doc})
install(FILES "${packaging}/lintian-overrides" DESTINATION share/lintian/overrides RENAME cauce)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME cauce)
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_PACKAGE_DIRECTORY "${CMAKE_BINARY_DIR}/package")
set(CPACK_STRIP_FILES ON)
set(CPACK_SET_DESTDIR ON)  # what goes to /etc and /lib is in the package, not on this machine
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "${CAUCE_MAINTAINER}")
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
# CPack puts the spaces before each line.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "reglas y planes para la acción territorial")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Motor de reglas y de flujos de trabajo para oficinas de planeación
territorial. La política de un programa se escribe en un lenguaje propio,
en español; Cauce dice a quién llega y por qué, lleva los planes por sus
etapas, sabe qué reportes e hitos se deben y para cuándo, y avisa a quien
deba saber.

Trae el servicio que vigila los plazos; empieza cuando hay una base de
datos en /var/lib/cauce, que se hace con «cauce iniciar».")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# tzdata: the civil days of a policy are those of its zone.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, init-system-helpers (>= 1.50), tzdata")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "ca-certificates")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "graphviz")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  "${packaging}/postinst" "${packaging}/prerm" "${packaging}/postrm" "${packaging}/conffiles")
include(CPack)
