#include "tabularium/form/split.h"

#include <gmock/gmock.h>

#include "paper.h"

namespace tabularium {
namespace {

using build::line;
using build::ruled;
using build::sheet;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Knows the forms of one title; fits where a cell says "label".
class TitledLayout final : public Layout {
 public:
  TitledLayout(std::string name, std::string title, double fit = 0.9)
      : name_(std::move(name)), title_(std::move(title)), fit_(fit) {}
  std::string_view name() const noexcept override { return name_; }
  std::string_view version() const noexcept override { return "1"; }
  std::string_view record() const noexcept override { return "r"; }
  std::optional<double> begins(const TabulatedPage& page) const override {
    for (const TextLine& candidate : page.lines) {
      if (candidate.text() == title_) return candidate.box.y0;
    }
    return std::nullopt;
  }
  double fit(const std::vector<TabulatedPage>& pages) const override {
    for (const TabulatedPage& page : pages) {
      if (!page.tables.empty()) return fit_;
    }
    return 0.1;
  }
  Form read(const std::vector<TabulatedPage>&) const override { return {}; }

 private:
  std::string name_;
  std::string title_;
  double fit_;
};

Table small(int page, double top) { return ruled({50, 150, 250}, {{"a", "b"}}, page, top); }

/// "name:pages" of each form, in order.
std::vector<std::string> split(std::vector<TabulatedPage> pages, std::vector<const Layout*> layouts,
                               Limits limits = {}) {
  FormSplitter splitter(std::move(layouts), limits);
  std::vector<FormPages> forms;
  const auto take = [&](std::vector<FormPages> done) {
    for (FormPages& form : done) forms.push_back(std::move(form));
  };
  for (TabulatedPage& page : pages) take(splitter.push(std::move(page)));
  take(splitter.finish());
  std::vector<std::string> said;
  for (const FormPages& form : forms) {
    std::string text(form.layout ? form.layout->name() : "-");
    for (const TabulatedPage& page : form.pages)
      text.append(":").append(std::to_string(page.number));
    said.push_back(text);
  }
  return said;
}

TEST(FormSplitter, ATitleBeginsAForm) {
  const TitledLayout a("a", "甲表");
  const TitledLayout b("b", "乙表");
  EXPECT_THAT(split({sheet(1, {small(1, 100)}, {line(50, 50, "甲表")}), sheet(2, {small(2, 50)}),
                     sheet(3, {small(3, 100)}, {line(50, 50, "乙表")})},
                    {&a, &b}),
              ElementsAre("a:1:2", "b:3"));
}

TEST(FormSplitter, SeveralFormsMayStandOnAPage) {
  const TitledLayout a("a", "甲表");
  EXPECT_THAT(split({sheet(1, {small(1, 100), small(1, 300), small(1, 500)},
                           {line(50, 50, "甲表"), line(50, 250, "甲表"), line(50, 450, "甲表")}),
                     sheet(2, {small(2, 50), small(2, 300)}, {line(50, 250, "甲表")})},
                    {&a}),
              ElementsAre("a:1", "a:1", "a:1:2", "a:2"));
}

TEST(FormSplitter, PagesBeforeATitleBelongToNoFormHeadingsToTheFormBelow) {
  const TitledLayout a("a", "甲表");
  EXPECT_THAT(split({sheet(1, {}, {line(50, 50, "目录")}),
                     sheet(2, {small(2, 100)}, {line(50, 40, "汇总"), line(50, 70, "甲表")}),
                     sheet(3, {small(3, 100)}, {line(50, 40, "汇总"), line(50, 70, "甲表")})},
                    {&a}),
              ElementsAre("-:1", "a:2", "a:3"));
}

TEST(FormSplitter, TheBetterFitWinsAmongLayoutsOfOneTitle) {
  const TitledLayout old("old", "甲表", 0.6);
  const TitledLayout young("young", "甲表", 0.8);
  EXPECT_THAT(split({sheet(1, {small(1, 100)}, {line(50, 50, "甲表")})}, {&old, &young}),
              ElementsAre("young:1"));
}

TEST(FormSplitter, ATitleAloneIsNoForm) {
  const TitledLayout a("a", "甲表");
  EXPECT_THAT(split({sheet(1, {}, {line(50, 300, "甲表")}),
                     sheet(2, {small(2, 100)}, {line(50, 50, "甲表")})},
                    {&a}),
              ElementsAre("-:1", "a:2"));
}

TEST(FormSplitter, ALargeHeadingThatNobodyKnowsEndsAForm) {
  const TitledLayout a("a", "甲表");
  EXPECT_THAT(split({sheet(1, {small(1, 100)}, {line(50, 50, "甲表")}),
                     sheet(2, {small(2, 100)}, {line(127.5, 50, "丙事表", 2, 15)}),
                     sheet(3, {small(3, 50)})},
                    {&a}),
              ElementsAre("a:1", "-:2", "-:3"));
}

TEST(FormSplitter, AFormLongerThanTheLimitIsCut) {
  const TitledLayout a("a", "甲表");
  Limits limits;
  limits.max_form_pages = 2;
  EXPECT_THAT(split({sheet(1, {small(1, 100)}, {line(50, 50, "甲表")}), sheet(2, {small(2, 50)}),
                     sheet(3, {small(3, 50)})},
                    {&a}, limits),
              ElementsAre("a:1:2", "-:3"));
}

TEST(FormSplitter, NothingGivesNothing) {
  const TitledLayout a("a", "甲表");
  EXPECT_THAT(split({}, {&a}), IsEmpty());
}

}  // namespace
}  // namespace tabularium
