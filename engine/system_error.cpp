#include "engine/system_error.hpp"

#include <cerrno>

namespace cauce::engine {

std::string spanish_reason(int error) {
  switch (error) {
    case ENOENT:
      return "no existe";
    case EEXIST:
      return "ya existe";
    case EACCES:
    case EPERM:
      return "no hay permiso";
    case EISDIR:
      return "es una carpeta";
    case ENOTDIR:
      return "una parte de la ruta no es una carpeta";
    case ENAMETOOLONG:
      return "el nombre es demasiado largo";
    case ELOOP:
      return "los enlaces de la ruta dan vueltas";
    case ENOSPC:
      return "no queda espacio en el disco";
    case EDQUOT:
      return "se agotó el espacio que este usuario tiene en el disco";
    case EFBIG:
      return "el archivo no puede crecer más";
    case EROFS:
      return "el disco es de solo lectura";
    case EIO:
      return "el disco falla al leer o escribir";
    case EBUSY:
    case ETXTBSY:
      return "lo está usando otro programa";
    case EMFILE:
    case ENFILE:
      return "hay demasiados archivos abiertos en esta máquina";
    case ENOMEM:
      return "no alcanza la memoria de esta máquina";
    case ENODEV:
    case ENXIO:
      return "el disco no está conectado";
    case ESTALE:
    case ENOLCK:
    case EOPNOTSUPP:
    case ENOSYS:
      return "este disco no lo permite";
    default:
      return "el sistema dio el error " + std::to_string(error);
  }
}

}  // namespace cauce::engine
