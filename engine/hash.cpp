#include "engine/hash.hpp"

#include <array>
#include <cstdint>
#include <sodium.h>
#include <stdexcept>

namespace cauce::engine {
namespace {

void require_sodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw std::runtime_error("libsodium cannot be used");
}

const unsigned char* data_of(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

template <std::size_t N>
std::string to_string(const std::array<unsigned char, N>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), N};
}

}  // namespace

std::string blake2b_256(std::string_view bytes) {
  require_sodium();
  std::array<unsigned char, crypto_generichash_BYTES> hash = {};
  crypto_generichash(hash.data(), hash.size(), data_of(bytes), bytes.size(), nullptr, 0);
  return to_string(hash);
}

std::string sha256_hex(std::string_view bytes) {
  require_sodium();
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash = {};
  crypto_hash_sha256(hash.data(), data_of(bytes), bytes.size());
  return to_hex(to_string(hash));
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    hex += digits[value >> 4U];
    hex += digits[value & 0xFU];
  }
  return hex;
}

void append_part(std::string& bytes, std::string_view part) {
  for (unsigned shift = 0; shift < 64; shift += 8) {
    bytes += static_cast<char>((static_cast<std::uint64_t>(part.size()) >> shift) & 0xFFU);
  }
  bytes += part;
}

}  // namespace cauce::engine
