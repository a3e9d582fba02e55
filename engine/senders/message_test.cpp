#include "engine/senders/message.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <gtest/gtest.h>

#include "engine/senders/file_sender.hpp"

namespace cauce::engine {
namespace {

Message sample() {
  Message message;
  message.id = "aviso-42.1a2b@cauce";
  message.from = {"Cauce, acción territorial", "cauce@example.org"};
  message.to = {"Íngrid Ñáñez", "ingrid@example.org"};
  message.subject =
      "Vencido: Reporte mensual de mayo, Itagüí — segunda línea larga para que el encabezado deba doblarse";
  message.date = *parse_iso_instant("2024-06-14T13:00:00.000Z");
  message.text =
      "Buen día, Íngrid:\n\nUna línea que pasa de los setenta y seis caracteres que un mensaje sin codificar "
      "podría llevar sin riesgo.\n.\n";
  message.html = "<p>Buen día, <b>Íngrid</b></p>\n";
  return message;
}

/// What a mail program that is not ours (Python's email package) reads: one `field=value` line each.
std::string read_by_another_program(const std::string& mime) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("cauce_message_" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const auto path = folder / "message.eml";
  std::ofstream(path, std::ios::binary) << mime;
  const std::string script =
      "import sys,email,email.policy\n"
      "m=email.message_from_binary_file(open(sys.argv[1],'rb'),policy=email.policy.default)\n"
      "for h in ('From','To','Subject','Date','Message-ID','Auto-Submitted'): print(h+'='+str(m[h]))\n"
      "print('headers='+str(len(m.keys())))\n"
      "print('type='+m.get_content_type())\n"
      "for p in m.iter_parts(): print(p.get_content_type()+'='+repr(p.get_content()))\n"
      "print('defects='+str(len(m.defects)))\n";
  std::ofstream(folder / "read.py") << script;
  const std::string command = "python3 " + (folder / "read.py").string() + " " + path.string() + " 2>&1";
  std::string output;
  if (FILE* pipe = ::popen(command.c_str(), "r")) {
    char buffer[4096];
    while (const std::size_t read = std::fread(buffer, 1, sizeof buffer, pipe))
      output.append(buffer, read);
    ::pclose(pipe);
  }
  std::filesystem::remove_all(folder);
  return output;
}

TEST(Message, AnotherProgramReadsItAsItWasMeant) {
  const Message message = sample();
  EXPECT_EQ(read_by_another_program(to_mime(message)),
            "From=\"Cauce, acción territorial\" <cauce@example.org>\n"
            "To=Íngrid Ñáñez <ingrid@example.org>\n"
            "Subject=" +
                message.subject +
                "\n"
                "Date=Fri, 14 Jun 2024 13:00:00 +0000\n"
                "Message-ID=<aviso-42.1a2b@cauce>\n"
                "Auto-Submitted=auto-generated\n"
                "headers=11\n"
                "type=multipart/alternative\n"
                "text/plain='Buen día, Íngrid:\\n\\nUna línea que pasa de los setenta y seis caracteres que "
                "un mensaje sin codificar podría llevar sin riesgo.\\n.\\n'\n"
                "text/html='<p>Buen día, <b>Íngrid</b></p>\\n'\n"
                "defects=0\n");
}

TEST(Message, DataCannotAddAHeader) {
  Message message = sample();
  message.subject = "Hola\r\nBcc: otro@example.org\r\n\r\ncuerpo";
  message.to.name = "Ana\nX-Falso: 1";
  const std::string read = read_by_another_program(to_mime(message));
  EXPECT_NE(read.find("Subject=Hola  Bcc: otro@example.org    cuerpo\n"), std::string::npos) << read;
  EXPECT_NE(read.find("headers=11\n"), std::string::npos) << read;
}

TEST(Message, IsTheSameWhenWrittenTwice) {
  EXPECT_EQ(to_mime(sample()), to_mime(sample()));
}

TEST(Message, EveryLineEndsAsMailWants) {
  const std::string mime = to_mime(sample());
  for (std::size_t i = 0; i < mime.size(); ++i) {
    if (mime[i] == '\n') {
      ASSERT_GT(i, 0u);
      ASSERT_EQ(mime[i - 1], '\r') << "at " << i;
    }
  }
}

TEST(Address, OnePersonAndNothingElse) {
  EXPECT_TRUE(is_address("ana@example.org"));
  EXPECT_TRUE(is_address("ana.perez+cauce@dnp.gov.co"));
  for (const char* wrong :
       {"", "ana", "@example.org", "ana@", "ana@a@b.co", "ana@example", "a b@example.org",
        "ana@example.org, luis@example.org", "ana@example.org\r\nBcc: x@example.org", "<ana@example.org>"}) {
    EXPECT_FALSE(is_address(wrong)) << wrong;
  }
}

TEST(FileSender, WritesOneFileAMessageAndReplacesItsOwn) {
  const auto folder = std::filesystem::temp_directory_path() / ("cauce_sender_" + std::to_string(::getpid()));
  FileSender sender(folder.string());
  EXPECT_EQ(sender.send(sample()).handover, Handover::accepted);
  EXPECT_EQ(sender.send(sample()).handover, Handover::accepted);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    ++files;
    EXPECT_EQ(entry.path().filename(), "aviso-42.1a2b.eml");
  }
  EXPECT_EQ(files, 1u);
  std::filesystem::remove_all(folder);
}

TEST(FileSender, SaysSoWhereItCannotWrite) {
  FileSender sender("/proc/no-existe");
  const Answer answer = sender.send(sample());
  EXPECT_EQ(answer.handover, Handover::unavailable);
  EXPECT_FALSE(answer.words.empty());
}

}  // namespace
}  // namespace cauce::engine
