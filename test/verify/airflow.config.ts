import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Tests in real Airflow: `test/verify/run.sh` says where it is. Not part of `npm test`. */
const counts = process.env['VITEST_COUNTS'];

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/verify/**/*.contract.ts'],
    testTimeout: 120_000,
    hookTimeout: 240_000,
    // Two cores, and each test runs Airflow twice.
    fileParallelism: false,
    reporters: counts === undefined ? ['verbose'] : ['verbose', ['json', { outputFile: counts }]],
  },
});

export default config;
