#include <curl/curl.h>

#include "engine/library_version.hpp"

namespace cauce::engine {

LibraryVersion libcurl_version() {
  const curl_version_info_data* info = curl_version_info(CURLVERSION_NOW);
  const std::string encryption = info->ssl_version ? info->ssl_version : "";
  return {"libcurl", info->version + (encryption.empty() ? "" : " con " + encryption)};
}

}  // namespace cauce::engine
