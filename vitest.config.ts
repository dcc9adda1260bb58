import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { shareCompileCache } from './test/support/compile-cache.ts';

shareCompileCache();

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'electron/**/*.test.ts', 'renderer/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'node_modules/**', 'dist/**'],
    // Whole imports take a few seconds; on a machine that does other work as well, many times that.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // By default one core is left free: half of a small machine, while many tests wait for processes and threads of their own.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
