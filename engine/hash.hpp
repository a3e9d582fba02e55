// Hashes, by libsodium.
#pragma once

#include <string>
#include <string_view>

namespace cauce::engine {

/// BLAKE2b-256 (RFC 7693): 32 bytes.
std::string blake2b_256(std::string_view bytes);
/// SHA-256 (FIPS 180-4) as 64 hexadecimal digits, as `sha256sum` prints it.
std::string sha256_hex(std::string_view bytes);
std::string to_hex(std::string_view bytes);

/// Puts `part` behind its length (8 bytes, little-endian), so that no two lists of parts give the same bytes.
void append_part(std::string& bytes, std::string_view part);

}  // namespace cauce::engine
