/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['**/*.spec.ts', '**/*.e2e-spec.ts'],
  roots: ['apps', 'libs', 'tools', 'e2e', 'deploy', 'k8s', 'bench'].filter((folder) =>
    require('node:fs').existsSync(folder),
  ),
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.data'],
  transform: { '^.+\\.ts$': ['@swc/jest', { swcrc: true }] },
  // Real servers answer the tests; a loaded machine may be slow, and slowness alone is not a failure.
  testTimeout: 600_000,
  setupFilesAfterEnv: ['<rootDir>/tools/stack/test/second-try.ts'],
  maxWorkers: 2,
  workerIdleMemoryLimit: '768MB',
};
