// The libraries that run beneath, as `cauce --version` names them: which release of each is loaded now. Each
// is asked where its headers may stand (tests/layering_test.cpp).
#pragma once

#include <string>

namespace cauce::engine {

struct LibraryVersion {
  std::string name;
  std::string version;
};

LibraryVersion sqlite_version();   ///< store/sqlite_version.cpp
LibraryVersion libcurl_version();  ///< senders/curl_version.cpp, with what encrypts for it
LibraryVersion gmime_version();    ///< senders/message_version.cpp
LibraryVersion sodium_version();   ///< hash_version.cpp
LibraryVersion httplib_version();  ///< http/httplib_version.cpp

}  // namespace cauce::engine
