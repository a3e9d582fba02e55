#include "engine/http/tls_identity.hpp"

#include "engine/policy_files.hpp"

namespace cauce::engine {

void TlsIdentity::read(const TlsFiles& files) {
  const std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) != 1)
    throw FileUnusable("«" + files.certificate + "» no es un certificado (PEM) que se pueda leer");
  if (SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1)
    throw FileUnusable("«" + files.key + "» no es la llave de ese certificado, o no se puede leer");
  const std::scoped_lock lock(mutex_);
  context_ = context;
}

std::shared_ptr<SSL_CTX> TlsIdentity::context() const {
  const std::scoped_lock lock(mutex_);
  return context_;
}

}  // namespace cauce::engine
