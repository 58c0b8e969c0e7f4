import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

it('openapi.json passes a public linter without a warning', () => {
  const checkout = join(__dirname, '../..');
  const linter = join(checkout, 'node_modules/@redocly/cli/bin/cli.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [linter, 'lint', 'openapi.json', '--format=json'], {
    cwd: checkout,
    encoding: 'utf8',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  const { problems } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
    problems: { message: string; ruleId: string }[];
  };
  expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
  expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
});
