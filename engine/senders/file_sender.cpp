#include "engine/senders/file_sender.hpp"

#include <filesystem>

#include "engine/policy_files.hpp"
#include "engine/system_error.hpp"

namespace cauce::engine {

Answer FileSender::send(const Message& message) {
  try {
    std::filesystem::create_directories(folder_);
    const std::string name = message.id.substr(0, message.id.find('@')) + ".eml";
    write_file((std::filesystem::path(folder_) / name).string(), to_mime(message));
    return {};
  } catch (const std::filesystem::filesystem_error& error) {
    return {Handover::unavailable,
            "no se puede crear la carpeta «" + folder_ + "»: " + spanish_reason(error.code().value())};
  } catch (const FileUnusable& error) {
    return {Handover::unavailable, error.what()};
  }
}

}  // namespace cauce::engine
