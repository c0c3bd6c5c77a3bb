#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "commands.h"
#include "table_output.h"
#include "tabularium/page/error.h"
#include "tabularium/pipeline/extract.h"

namespace tabularium::tool {
namespace {

constexpr const char* kHelp = R"(
Example:
  $ tabularium tables report.pdf --pages 2-3,7
  {
    "file": "report.pdf",
    "tables": [
      {
        "page": 2,
        "bbox": [56.7, 84.25, 538.6, 302.1],
        "cells": [
          {"row": 0, "col": 0, "row_span": 1, "col_span": 2, "bbox": [56.7, 84.25, 297.6, 101.5], "text": "Region", "confidence": 1.0},
  ...

Works on any PDF, with rules or without; no layout is needed. Boxes are points (1/72 inch) from
the top left corner of the page, y down. As CSV the tables are separated by an empty line; a
merged cell's text stands at its first place. As HTML merged cells have rowspan and colspan.)";

struct Options {
  std::string file;
  std::string format = "json";
  std::string pages;
  std::optional<std::string> password;
  std::string output;
};

int page_number(std::string_view text, const std::string& whole) {
  int number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size() || number < 1) {
    throw Error(Error::Code::bad_usage,
                fmt::format("--pages {}: expected numbers and ranges such as 1-3,7", whole));
  }
  return number;
}

/// Writes the tables one by one in the wanted format.
class TableWriter {
 public:
  TableWriter(Output& output, const std::string& file, const std::string& format)
      : output_(output), file_(file), format_(format) {
    if (format_ == "html") output_.write(html_head(file));
    if (format_ == "json") {
      output_.write(fmt::format("{{\n  \"file\": {},\n  \"tables\": [", json_string(file)));
    }
  }
  void write(const Table& table) {
    ++count_;
    if (format_ == "html") {
      output_.write(table_html(table, file_, count_));
    } else if (format_ == "csv") {
      output_.write((count_ > 1 ? "\n" : "") + table_csv(table));
    } else {
      output_.write((count_ > 1 ? ",\n    " : "\n    ") + table_json(table, 4));
    }
  }
  void finish() {
    if (format_ == "html") output_.write(html_foot());
    if (format_ == "json") output_.write(count_ > 0 ? "\n  ]\n}\n" : "]\n}\n");
    output_.close();
  }

 private:
  Output& output_;
  std::string file_;
  std::string format_;
  int count_ = 0;
};

bool report(const Session& session, const std::string& file, std::vector<Issue> issues) {
  std::erase_if(issues, [](const Issue& issue) { return issue.severity == Severity::info; });
  bool well = true;
  for (Issue& issue : issues) {
    if (issue.severity != Severity::error) continue;
    // A page that is a picture has no tables to read, but it is no failure of a report that has
    // pictures in it.
    if (issue.check == "no_text") {
      issue.severity = Severity::warning;
    } else {
      well = false;
    }
  }
  say_issues(session, file, issues);
  return well;
}

int print_tables(const Session& session, const Options& options) {
  const std::vector<PageRange> ranges = page_ranges(options.pages);
  const auto host = session.load_plugins({.declarative_layouts = false, .pixel_plugins = false});
  const Models no_models;
  Extractor extractor(*host, no_models);
  Document document = open_document(options.file);
  document.password = options.password;
  Output output(options.output, {options.file});
  TableWriter writer(output, options.file, options.format);
  bool well = true;
  const auto take = [&](const TabulatedPage& page) {
    if (!report(session, options.file, page.issues)) well = false;
    for (const Table& table : page.tables) writer.write(table);
  };
  try {
    extractor.tables(document, take, ranges);
  } catch (const Error& error) {
    session.say(Severity::error, error.what());
    well = false;
  }
  writer.finish();
  return well ? kAllWell : kSomeFailed;
}

}  // namespace

std::vector<PageRange> page_ranges(const std::string& text) {
  std::vector<PageRange> ranges;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::string_view part = std::string_view(text).substr(at, end - at);
    const std::size_t dash = part.find('-');
    const int first = page_number(part.substr(0, dash), text);
    const int last =
        dash == std::string_view::npos ? first : page_number(part.substr(dash + 1), text);
    if (last < first) {
      throw Error(Error::Code::bad_usage,
                  fmt::format("--pages {}: {}-{} runs backwards", text, first, last));
    }
    ranges.push_back({first, last});
    at = end + 1;
  }
  return ranges;
}

Command add_tables(CLI::App& app) {
  CLI::App* command = app.add_subcommand("tables", "Print every table of any PDF");
  command->footer(kHelp);
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "PDF file")->required();
  command->add_option("--format", options->format, "json, csv or html")
      ->check(CLI::IsMember({"json", "csv", "html"}))
      ->capture_default_str();
  command->add_option("--pages", options->pages, "Pages wanted, from 1: 1-3,7 (default: all)");
  command->add_option("--password", options->password, "User password of an encrypted file");
  command->add_option("-o,--output", options->output, "Write to this file, not to standard output");
  return {command, [options](const Session& session) { return print_tables(session, *options); }};
}

}  // namespace tabularium::tool
