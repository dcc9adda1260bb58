import module from 'node:module';

/**
 * Lets every process and thread that the tests start find the sources stripped of their types and compiled. An import starts three threads, each of which
 * would do that anew: a third of the processor's time of the tests that import.
 */
export function shareCompileCache(): void {
  const { directory } = module.enableCompileCache();
  if (directory !== undefined) process.env['NODE_COMPILE_CACHE'] ??= directory;
}
