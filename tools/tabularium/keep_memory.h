#pragma once

namespace tabularium::tool {

/// Makes the process keep the memory that it gives back, up to some hundred MiB, and asks for large
/// pages of it. Call it once, before anything else.
///
/// A page of pixels goes through a dozen pictures of 8 MiB, and each time that the C library hands
/// one back to the kernel, the next one costs two thousand page faults. On a virtual machine that
/// was a quarter of the time of a scan.
void keep_memory();

}  // namespace tabularium::tool
