import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** Imports that somebody might try, and what lint says to them. */
const ATTEMPTS = [
  { file: 'apps/gateway/src/x.ts', imports: '@open-cpo/persistence', allowed: false },
  { file: 'apps/gateway/src/x.ts', imports: 'typeorm', allowed: false },
  { file: 'apps/worker/src/x.ts', imports: '@open-cpo/persistence', allowed: false },
  { file: 'apps/stations/src/x.ts', imports: 'fastify', allowed: false },
  { file: 'apps/stations/src/x.ts', imports: '../../auth/src/app.module', allowed: false },
  { file: 'apps/stations/src/x.ts', imports: '@open-cpo/testing', allowed: false },
  { file: 'libs/contracts/src/x.ts', imports: '@open-cpo/platform', allowed: false },
  { file: 'libs/platform/src/x.ts', imports: '@open-cpo/messaging', allowed: false },
  { file: 'libs/messaging/src/x.ts', imports: '@open-cpo/events', allowed: false },
  { file: 'libs/messaging/src/x.ts', imports: '@open-cpo/files', allowed: false },
  // Its consumers would not run without a database.
  { file: 'apps/gateway/src/x.ts', imports: '@open-cpo/events', allowed: false },
  { file: 'apps/stations/src/x.ts', imports: '@open-cpo/events', allowed: true },
  { file: 'libs/resilience/src/x.ts', imports: '@open-cpo/messaging', allowed: false },
  { file: 'libs/files/src/x.ts', imports: '@open-cpo/messaging', allowed: true },
  { file: 'libs/ocpp/src/x.ts', imports: '@open-cpo/contracts', allowed: false },
  { file: 'libs/ocpp/src/x.ts', imports: 'ws', allowed: false },
  { file: 'apps/dashboard/src/x.ts', imports: '@open-cpo/contracts', allowed: false },
  { file: 'apps/dashboard/src/x.vue', imports: '@open-cpo/contracts', allowed: false },
  { file: 'apps/dashboard/src/x.ts', imports: '../../gateway/src/config', allowed: false },
  { file: 'apps/dashboard/src/x.ts', imports: '@open-cpo/client', allowed: true },
  { file: 'apps/dashboard/src/x.vue', imports: '@open-cpo/client', allowed: true },
  { file: 'apps/stations/src/x.spec.ts', imports: '@open-cpo/testing', allowed: true },
  { file: 'apps/stations/src/x.ts', imports: '@open-cpo/persistence', allowed: true },
  { file: 'apps/gateway/src/x.ts', imports: '@open-cpo/messaging', allowed: true },
];

// ESLint's configuration is an ES module, which Jest does not load: a process of its own asks.
const SCRIPT = `
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
const untyped = { ...tseslint.configs.disableTypeChecked, files: ['**/*.ts'] };
untyped.languageOptions = { parserOptions: { projectService: false, project: false } };
const eslint = new ESLint({ overrideConfig: [untyped] });
const attempts = JSON.parse(process.argv[1]);
const answers = [];
for (const { file, imports } of attempts) {
  const script = "import * as x from '" + imports + "';\\nexport const y = x;\\n";
  const code = file.endsWith('.vue') ? '<script lang="ts">\\n' + script + '</script>\\n' : script;
  const [{ messages }] = await eslint.lintText(code, { filePath: file });
  answers.push(messages.some(({ ruleId }) => ruleId === '@nx/enforce-module-boundaries'));
}
process.stdout.write('\\nANSWERS ' + JSON.stringify(answers));
`;

describe('who may import whom', () => {
  const folder = mkdtempSync(join(tmpdir(), 'open-cpo-graph-'));
  let refused: boolean[] = [];

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeAll(() => {
    // Without a computed graph the rule says yes to everything; in a folder of its own nobody takes it away.
    const env = { ...process.env, NX_DAEMON: 'false', NX_WORKSPACE_DATA_DIRECTORY: folder };
    spawnSync(join(root, 'node_modules/.bin/nx'), ['show', 'projects'], { cwd: root, env });
    const args = ['--input-type=module', '--eval', SCRIPT, JSON.stringify(ATTEMPTS)];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
    const answers = /ANSWERS (.*)$/.exec(stdout)?.[1];
    if (!answers) throw new Error(stderr);
    refused = JSON.parse(answers) as boolean[];
  });

  it.each(ATTEMPTS.map((attempt, index) => [attempt.file, attempt.imports, attempt.allowed, index] as const))(
    '%s importing %s: %s',
    (_file, _imports, allowed, index) => {
      expect(refused[index]).toBe(!allowed);
    },
  );
});
