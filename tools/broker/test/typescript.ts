import { resolve } from 'node:path';

const settings = JSON.stringify(resolve(__dirname, '../../../.swcrc'));
/** Compiles what it loads, as Jest does. */
const LOADER = `
const { transformFileSync } = require('@swc/core');
require.extensions['.ts'] = (module, file) =>
  module._compile(transformFileSync(file, { configFile: ${settings} }).code, file);
require(process.argv[1]);`;

/** Arguments of Node for a process that runs a TypeScript file. */
export const typescript = (file: string): string[] => ['-e', LOADER, file];
