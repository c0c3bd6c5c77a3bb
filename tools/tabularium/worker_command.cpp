#include "commands.h"
#include "tabularium/pipeline/worker.h"

namespace tabularium::tool {

Command add_worker(CLI::App& app) {
  CLI::App* command = app.add_subcommand("worker", "Read files for an import, which starts this");
  command->group("");  // not listed: it talks to its parent, not to a person
  auto settings = std::make_shared<WorkerSettings>();
  command->add_option("--parent", settings->parent)->required();
  command->add_option("--temporary", settings->temporary)->required();
  command->add_option("--memory", settings->memory_bytes);
  command->add_option("--pixels", settings->max_image_pixels);
  return {command, [settings](const Session& session) {
            // What was refused is told by the parent, once for all workers.
            settings->models = model_folders(session.plugin_path);
            return run_worker(*settings, [&] {
              return std::make_unique<PluginHost>(plugin_folders(session.plugin_path),
                                                  PluginLoading{.recognizer = session.recognizer});
            });
          }};
}

}  // namespace tabularium::tool
