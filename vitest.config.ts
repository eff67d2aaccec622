import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Where `.ci/run` wants the counts; nobody else asks for them. */
const counts = process.env['VITEST_COUNTS'];

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/cli/build-once.ts'],
    testTimeout: 30_000,
    reporters: counts === undefined ? ['default'] : ['default', ['json', { outputFile: counts }]],
    coverage: {
      // `.ci/run` asks for it in the one run of the tests that it makes
      enabled: process.env['VITEST_COVERAGE'] !== undefined,
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary'],
      thresholds: { lines: 85, branches: 75 },
    },
  },
});

export default config;
