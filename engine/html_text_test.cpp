#include "engine/html_text.hpp"

#include <gtest/gtest.h>

namespace cauce::engine {
namespace {

TEST(HtmlText, WritesOutWhatHtmlWouldRead) {
  EXPECT_EQ(to_html_text("<b title=\"x\">Año & ñu</b>\n"),
            "&lt;b title=&quot;x&quot;&gt;Año &amp; ñu&lt;/b&gt;\n");
}

TEST(HtmlText, ShowsWhatWouldTurnALineOrHideInIt) {
  EXPECT_EQ(to_html_text("Lección: \u202Emalo\u202C; \u200Frevisión\x1B"), "Lección: �malo�; �revisión␛");
  EXPECT_EQ(to_html_text("a\xC3"), "a�");
}

}  // namespace
}  // namespace cauce::engine
