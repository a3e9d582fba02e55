// What a server shows to those who come over TLS: its certificate, which can be renewed while it runs.
#pragma once

#include <memory>
#include <mutex>
#include <openssl/ssl.h>
#include <string>

namespace cauce::engine {

struct TlsFiles {
  std::string certificate;  ///< with those that vouch for it, PEM
  std::string key;
};

/// For any number of threads.
class TlsIdentity {
 public:
  /// FileUnusable if the certificate or the key cannot be used.
  explicit TlsIdentity(const TlsFiles& files) { read(files); }

  /// For connections that begin from now on. If it throws, it shows what it showed before.
  void read(const TlsFiles& files);
  /// What a new connection is made with.
  std::shared_ptr<SSL_CTX> context() const;

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<SSL_CTX> context_;
};

}  // namespace cauce::engine
