#pragma once

#include <fmt/format.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tabularium/page/document.h"

namespace tabularium::test {

/// Puts a PDF together from the text of its objects and works out the cross-reference table.
class PdfBuilder {
 public:
  /// Sets aside a number for an object that others name before it is written.
  int reserve() {
    objects_.emplace_back();
    return static_cast<int>(objects_.size());
  }

  void set(int number, std::string body) {
    objects_[static_cast<std::size_t>(number) - 1] = std::move(body);
  }

  int add(std::string body) {
    const int number = reserve();
    set(number, std::move(body));
    return number;
  }

  int add_stream(std::string_view dictionary, std::string_view data) {
    return add(stream(dictionary, data));
  }

  static std::string stream(std::string_view dictionary, std::string_view data) {
    return fmt::format("<< {} /Length {} >>\nstream\n{}\nendstream", dictionary, data.size(), data);
  }

  /// The file, with `root` as its catalog.
  std::string finish(int root) const {
    std::string file = "%PDF-1.7\n";
    std::string table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects_.size() + 1);
    for (std::size_t i = 0; i < objects_.size(); ++i) {
      table += fmt::format("{:010} 00000 n \n", file.size());
      file += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects_[i]);
    }
    const std::size_t start = file.size();
    return file + table +
           fmt::format("trailer\n<< /Size {} /Root {} 0 R >>\nstartxref\n{}\n%%EOF\n",
                       objects_.size() + 1, root, start);
  }

 private:
  std::vector<std::string> objects_;
};

/// What a one-page file may have besides its content.
struct PageParts {
  std::string media_box = "0 0 200 200";
  std::string page_entries = "";  ///< more entries of the page dictionary
  /// More entries of the resources; the fonts F1 (Helvetica) and FB (bold) are there.
  std::string resources = "";
  std::string fonts = "";  ///< more entries of the font resources
  std::string catalog_entries = "";
};

/// Writes the catalog, page tree and page around `content` into `pdf`; gives the file.
inline std::string one_page(PdfBuilder& pdf, std::string_view content,
                            const PageParts& parts = {}) {
  const int tree = pdf.reserve();
  const int stream = pdf.add_stream("", content);
  const std::string fonts =
      "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> "
      "/FB << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >> " +
      parts.fonts;
  const int page = pdf.add(
      fmt::format("<< /Type /Page /Parent {} 0 R /MediaBox [{}] /Contents {} 0 R "
                  "/Resources << /Font << {} >> {} >> {} >>",
                  tree, parts.media_box, stream, fonts, parts.resources, parts.page_entries));
  pdf.set(tree, fmt::format("<< /Type /Pages /Kids [{} 0 R] /Count 1 >>", page));
  return pdf.finish(
      pdf.add(fmt::format("<< /Type /Catalog /Pages {} 0 R {} >>", tree, parts.catalog_entries)));
}

inline std::string one_page(std::string_view content, const PageParts& parts = {}) {
  PdfBuilder pdf;
  return one_page(pdf, content, parts);
}

/// A document in memory.
inline Document in_memory(std::string bytes, std::string name = "test.pdf") {
  Document document;
  document.name = std::move(name);
  document.head = bytes.substr(0, 1024);
  document.size = static_cast<std::int64_t>(bytes.size());
  document.bytes = std::make_shared<const std::string>(std::move(bytes));
  return document;
}

}  // namespace tabularium::test
