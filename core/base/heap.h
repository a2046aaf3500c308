#pragma once

namespace counterfoil {

/// Lets the C library keep what is freed instead of giving every megabyte back to the system and
/// asking for it again with the next page of a platform: fresh pages took a third of the decoding
/// of one. Once, at the start of a program, before threads. Does nothing where the C library has no
/// such setting.
void keepFreedMemory();

/// Gives back what is kept: after a large piece of work that does not come again soon. Any thread.
void giveBackMemory();

} // namespace counterfoil
