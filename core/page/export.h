#pragma once

/// Marks what the shared library `core` shows to plugins and programs. Everything else is hidden.
/// Every public class with a virtual function and every public free function carries it.
#define TABULARIUM_API __attribute__((visibility("default")))
