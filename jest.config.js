const { existsSync, readFileSync } = require('node:fs');

/** Names of the installed packages that are ES modules, which Jest loads with an experimental option only. */
function esModules() {
  const places = Object.keys(JSON.parse(readFileSync(`${__dirname}/package-lock.json`, 'utf8')).packages).filter(
    Boolean,
  );
  const type = (place) => JSON.parse(readFileSync(`${__dirname}/${place}/package.json`, 'utf8')).type;
  const found = places.filter((place) => existsSync(`${__dirname}/${place}`) && type(place) === 'module');
  return [...new Set(found.map((place) => place.split('node_modules/').at(-1)))];
}

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['**/*.spec.ts', '**/*.e2e-spec.ts'],
  roots: ['apps', 'libs', 'tools', 'e2e', 'deploy', 'k8s', 'bench'].filter((folder) => existsSync(folder)),
  // Not in the temporary folder, which each run has for itself and leaves empty.
  cacheDirectory: '<rootDir>/.data/jest',
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.data'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { swcrc: true }],
    '^.+\\.m?js$': ['@swc/jest', { swcrc: false, jsc: { target: 'es2024' }, module: { type: 'commonjs' } }],
  },
  testSequencer: '<rootDir>/tools/stack/test/widest-first.cjs',
  transformIgnorePatterns: [`node_modules/(?!.*node_modules/)(?!(${esModules().join('|')})/)`],
  // Real servers answer the tests; a loaded machine may be slow, and slowness alone is not a failure.
  testTimeout: 600_000,
  maxWorkers: 2,
  workerIdleMemoryLimit: '768MB',
};
