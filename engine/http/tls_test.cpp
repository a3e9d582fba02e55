// The interface over TLS.
#include <cstdlib>
#include <filesystem>
#include <thread>

#include <gmock/gmock.h>

#include "engine/http/server_fixture.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine {
namespace {

class TlsTest : public ServerTest {
 protected:
  TlsTest() { make_certificate(); }

  /// A new one, in the place of the one that is there.
  void make_certificate() {
    options.certificate = world.folder / "certificado.pem";
    options.key = world.folder / "llave.pem";
    const std::string make =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "
        "/CN=localhost"
        " -addext subjectAltName=IP:127.0.0.1 -keyout " +
        *options.key + " -out " + *options.certificate + " 2>/dev/null";
    if (std::system(make.c_str()) != 0) throw std::runtime_error("openssl does not make a certificate");
  }
  /// Whether it answers one who trusts that certificate alone.
  bool answers_who_trusts(const std::string& certificate) {
    httplib::SSLClient http("127.0.0.1", server->port());
    http.set_ca_cert_path(certificate);
    http.set_connection_timeout(20);
    const auto answer = http.Get("/api/v1/openapi.json");
    return answer && answer->status == 200;
  }
};

TEST_F(TlsTest, IsSpoken) {
  start();
  httplib::SSLClient http("127.0.0.1", server->port());
  http.enable_server_certificate_verification(false);
  const auto answer = http.Get("/api/v1/vencidos", bearing(token_of("ana")));
  ASSERT_TRUE(answer) << httplib::to_string(answer.error());
  EXPECT_EQ(answer->status, 200) << answer->body;
}

TEST_F(TlsTest, IsAskedForWhereOthersCouldListen) {
  HttpOptions wrong = options;
  wrong.key = options.certificate;
  EXPECT_THROW(ApiServer(world.path, world.clock, wrong), FileUnusable);
  wrong.certificate.reset();
  wrong.key.reset();
  wrong.listen = "0.0.0.0:0";
  EXPECT_THROW(ApiServer(world.path, world.clock, wrong), FileUnusable);
}

TEST_F(TlsTest, WhoDoesNotSpeakItSpoilsItForNobody) {
  start();
  for (int i = 0; i < 100; ++i) {
    RawConnection connection(server->port());
    connection.send(i % 2 == 0 ? "GET / HTTP/1.1\r\nHost: x\r\n\r\n" : std::string(50, static_cast<char>(i)));
  }
  std::this_thread::sleep_for(std::chrono::seconds(1));
  for (int i = 0; i < 20; ++i)
    EXPECT_TRUE(answers_who_trusts(*options.certificate)) << i;
}

TEST_F(TlsTest, ANewCertificateIsTakenWhileItRuns) {
  start();
  const std::string before = world.folder / "antes.pem";
  std::filesystem::copy_file(*options.certificate, before);
  EXPECT_TRUE(answers_who_trusts(before));
  make_certificate();
  EXPECT_TRUE(answers_who_trusts(before));
  EXPECT_FALSE(server->renew(options));
  EXPECT_FALSE(answers_who_trusts(before));
  EXPECT_TRUE(answers_who_trusts(*options.certificate));
  // One that cannot be used changes nothing.
  const std::string good = world.folder / "bueno.pem";
  std::filesystem::copy_file(*options.certificate, good);
  write_file(*options.certificate, "no es un certificado");
  EXPECT_THROW(server->renew(options), FileUnusable);
  EXPECT_TRUE(answers_who_trusts(good));
  // What else changes waits.
  std::filesystem::copy_file(good, *options.certificate, std::filesystem::copy_options::overwrite_existing);
  HttpOptions more = options;
  more.requests_per_minute += 1;
  EXPECT_TRUE(server->renew(more));
}

}  // namespace
}  // namespace cauce::engine
