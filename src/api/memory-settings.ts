/**
 * What a process that imports should be started with: settings of the GNU C library's allocator (mallopt(3)), which it reads once, at the start. By
 * itself it keeps an arena for each thread, never gives back what lies between pieces still in use, and after the first large piece is freed puts
 * the next ones there too. Measured over an import of a million events: see ARCHITECTURE.md, Numbers. Other C libraries ignore them.
 */
export const MEMORY_SETTINGS: Readonly<Record<string, string>> = {
  MALLOC_ARENA_MAX: '2',
  // Larger pieces are pages of their own, which go back as soon as they are freed. A fixed value also stops the library from raising it.
  MALLOC_MMAP_THRESHOLD_: '1048576',
};
