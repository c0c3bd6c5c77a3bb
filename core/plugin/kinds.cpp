// The destructors of the plugin kinds: here, so that each kind's type information lives once.
#include "tabularium/plugin/api.h"

namespace tabularium {

OpenedDocument::~OpenedDocument() = default;
Reader::~Reader() = default;
GridDetector::~GridDetector() = default;
Recognizer::~Recognizer() = default;
PluginRegistry::~PluginRegistry() = default;

}  // namespace tabularium
