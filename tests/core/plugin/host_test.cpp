#include "tabularium/plugin/host.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "tabularium/page/error.h"

namespace tabularium {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::filesystem::path kPlugins = TABULARIUM_TEST_PLUGINS;

/// The one reason why `folder` was refused.
std::string refusal(const char* folder) {
  const PluginHost host({kPlugins / folder});
  EXPECT_THAT(host.entries(), IsEmpty());
  EXPECT_THAT(host.refused(), SizeIs(1));
  return host.refused().empty() ? "" : host.refused().front().reason;
}

/// A folder of this test's own, empty.
std::filesystem::path fresh_folder(const std::string& name) {
  // More than one build tree may run the tests.
  const std::filesystem::path folder =
      std::filesystem::path(::testing::TempDir()) / (name + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

TEST(PluginHost, ListsWhatAPluginGivesWithVersionAndFile) {
  const PluginHost host({kPlugins / "scripted"});
  ASSERT_THAT(host.entries(), SizeIs(2));
  EXPECT_EQ(host.entries()[0].kind, PluginKind::reader);
  EXPECT_EQ(host.entries()[0].name, "scripted");
  EXPECT_EQ(host.entries()[0].version, "1.0");
  EXPECT_EQ(host.entries()[0].file.filename(), "scripted.so");
  EXPECT_EQ(host.entries()[1].kind, PluginKind::layout);
  EXPECT_THAT(host.make_readers(), SizeIs(1));
  EXPECT_THAT(host.layouts(), SizeIs(1));
}

TEST(PluginHost, LoadsTheFolderForPixelsWhenSomebodyAsksForWhatReadsThem) {
  const PluginHost lazy({kPlugins / "with_pixels"}, {.pixel_plugins = false});
  EXPECT_THAT(lazy.entries(), IsEmpty());
  EXPECT_EQ(lazy.make_recognizer("nobody"), nullptr);
  EXPECT_THAT(lazy.entries(), SizeIs(2));

  const PluginHost eager({kPlugins / "with_pixels"});
  EXPECT_THAT(eager.entries(), SizeIs(2));
}

TEST(PluginHost, KnowsWhichRecognizerWasAskedFor) {
  EXPECT_EQ(PluginHost({kPlugins / "scripted"}).recognizer(), kUsualRecognizer);
  EXPECT_EQ(PluginHost({kPlugins / "scripted"}, PluginLoading{.recognizer = "ocr"}).recognizer(),
            "ocr");
}

TEST(PluginHost, SkipsAFolderThatDoesNotExist) {
  const PluginHost host({"/no/such/folder", kPlugins / "scripted"});
  EXPECT_THAT(host.refused(), IsEmpty());
  EXPECT_THAT(host.entries(), SizeIs(2));
}

TEST(PluginHost, LoadsAFolderThatIsNamedTwiceOnce) {
  const PluginHost host({kPlugins / "scripted", kPlugins / "wrong_api" / ".." / "scripted"});
  EXPECT_THAT(host.refused(), IsEmpty());
  EXPECT_THAT(host.entries(), SizeIs(2));
}

TEST(PluginHost, RefusesAPluginOfAnotherApiAndNamesBothVersions) {
  EXPECT_THAT(refusal("wrong_api"), AllOf(HasSubstr("wrong_api.so"), HasSubstr("999"),
                                          HasSubstr("API " + std::to_string(kPluginApi))));
}

TEST(PluginHost, RefusesAPluginOfAnotherCompiler) {
  EXPECT_THAT(refusal("wrong_tag"),
              AllOf(HasSubstr("another-compiler"), HasSubstr(TABULARIUM_BUILD_TAG)));
}

TEST(PluginHost, RefusesALibraryWithoutTheSymbol) {
  EXPECT_THAT(refusal("no_symbol"),
              AllOf(HasSubstr("no_symbol.so"), HasSubstr("tabularium_plugin")));
}

TEST(PluginHost, RefusesAPluginWithNothingToRegister) {
  EXPECT_THAT(refusal("no_register"), HasSubstr("register_all"));
}

TEST(PluginHost, RefusesAPluginThatThrowsAndTakesNothingOfIt) {
  EXPECT_THAT(refusal("throws_std"), HasSubstr("register_all throws on purpose"));
}

TEST(PluginHost, RefusesAPluginThatThrowsSomethingThatIsNoException) {
  EXPECT_THAT(refusal("throws_int"), AllOf(HasSubstr("throws_int.so"), HasSubstr("no exception")));
}

TEST(PluginHost, RefusesAFileThatIsNoLibrary) {
  const auto folder = fresh_folder("no_library");
  std::ofstream(folder / "text.so") << "this is a text";
  const PluginHost host({folder});
  ASSERT_THAT(host.refused(), SizeIs(1));
  EXPECT_THAT(host.refused()[0].reason, AllOf(HasSubstr("text.so"), HasSubstr("not a loadable")));
}

TEST(PluginHost, RefusesTheSecondOfTwoPluginsOfOneName) {
  const PluginHost host({kPlugins / "twins"});
  EXPECT_THAT(host.entries(), SizeIs(1));
  ASSERT_THAT(host.refused(), SizeIs(1));
  EXPECT_THAT(host.refused()[0].reason,
              AllOf(HasSubstr("second.so"), HasSubstr("first.so"), HasSubstr("\"twin\"")));
}

TEST(PluginHost, RefusesTheSecondOfTwoReadersOfOneName) {
  const PluginHost host({kPlugins / "same_reader"});
  EXPECT_THAT(host.entries(), SizeIs(1));
  ASSERT_THAT(host.refused(), SizeIs(1));
  EXPECT_THAT(host.refused()[0].reason, AllOf(HasSubstr("reader"), HasSubstr("\"quiet\"")));
}

TEST(PluginHost, RefusesALayoutThatIsMalformedAndNamesTheFile) {
  const auto folder = fresh_folder("bad_layout");
  std::filesystem::create_directories(folder / "layouts" / "odd");
  std::ofstream(folder / "layouts" / "odd" / "layout.toml") << "name = [unclosed";
  const PluginHost host({folder});
  ASSERT_THAT(host.refused(), SizeIs(1));
  EXPECT_THAT(host.refused()[0].reason, HasSubstr("odd/layout.toml"));
}

TEST(PluginHost, LeavesDeclarativeLayoutsAloneWhereNobodyWantsThem) {
  const auto folder = fresh_folder("no_layouts");
  std::filesystem::create_directories(folder / "layouts" / "odd");
  std::ofstream(folder / "layouts" / "odd" / "layout.toml") << "name = [unclosed";
  const PluginHost host({folder}, {.declarative_layouts = false});
  EXPECT_THAT(host.refused(), IsEmpty());
}

TEST(PluginHost, NamesThePluginWhoseFactoryThrows) {
  const PluginHost host({kPlugins / "factory"});
  try {
    host.make_readers();
    FAIL() << "a factory that throws gave a reader";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::plugin_failed);
    EXPECT_THAT(error.what(), AllOf(HasSubstr("unmade"), HasSubstr("on purpose")));
  }
}

TEST(PluginFolders, ComeFirstFromTheUserThenFromTheEnvironment) {
  ::setenv("TABULARIUM_PLUGIN_PATH", "/from/env::/and/more", 1);
  const auto folders = plugin_folders({"/from/user"});
  ::unsetenv("TABULARIUM_PLUGIN_PATH");
  ASSERT_GE(folders.size(), 4U);
  EXPECT_EQ(folders[0], "/from/user");
  EXPECT_EQ(folders[1], "/from/env");
  EXPECT_EQ(folders[2], "/and/more");
}

}  // namespace
}  // namespace tabularium
