// A certificate of a test's own, and its key.
#pragma once

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/folder_for_tests.hpp"

namespace cauce::engine {

/// A certificate for 127.0.0.1 that vouches for itself.
class CertificateForTests {
 public:
  CertificateForTests() {
    const std::string make =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "
        "/CN=localhost"
        " -addext subjectAltName=IP:127.0.0.1 -keyout " +
        key() + " -out " + file() + " 2>/dev/null";
    if (std::system(make.c_str()) != 0) throw std::runtime_error("openssl makes no certificate");
  }
  std::string file() const { return folder_ / "cert.pem"; }
  std::string key() const { return folder_ / "key.pem"; }
  std::vector<std::string> options() const { return {"--certificate", file(), "--key", key()}; }

 private:
  FolderForTests folder_;
};

}  // namespace cauce::engine
