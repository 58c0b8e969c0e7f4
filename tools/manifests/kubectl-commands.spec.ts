import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkout } from './compose';
import { programPath } from './programs/programs';
import { describeRendered } from './render';

const pages = ['docs', 'docs/runbooks'].flatMap((folder) =>
  readdirSync(join(checkout, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => readFileSync(join(checkout, folder, name), 'utf8').replaceAll(/ *\\\n */g, ' ')),
);
const BLOCK = /^ *```sh\n([^]*?)^ *```/gm;
/** Code blocks, and inline code also where it goes on in the next line. */
const code = pages.flatMap((text) => [
  ...[...text.matchAll(BLOCK)].map(([, block = '']) => block),
  ...[...text.replaceAll(/^ *```[^]*?^ *```/gm, '').matchAll(/`([^`]+)`/g)].map(([, one = '']) =>
    one.replaceAll('\n', ' '),
  ),
]);
const commands = [
  ...new Set(code.flatMap((text) => text.match(/kubectl (?:[^\n|;&)"'#]|"[^"\n]*"|'[^'\n]*')+/g) ?? [])),
].map((one) => one.trim());

/** The arguments, as a shell would give them; names that stand for others become `one`. */
const argumentsOf = (command: string): string[] =>
  (command.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [])
    .slice(1)
    .map((word) => word.replaceAll(/["']/g, '').replaceAll(/<[^>]*>|\$\w+|…/g, 'one'));
/** Commands that differ in names alone are tried once: the words up to the first flag, and the flags. */
const shapeOf = (command: string): string => {
  const [verb, ...rest] = argumentsOf(command);
  return [verb, ...rest.filter((word) => word.startsWith('-')).map((flag) => flag.replace(/=.*/, ''))].join(' ');
};
const shapes = [
  ...new Map(commands.filter((one) => argumentsOf(one).length > 1).map((one) => [shapeOf(one), one])).values(),
];

describeRendered('kubectl understands', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-'));
  const kubectl = (
    args: readonly string[],
    cwd = checkout,
  ): { status: number | null; stdout: string; stderr: string } => {
    const env = { PATH: process.env.PATH, HOME: folder, KUBECONFIG: '/dev/null' };
    return spawnSync(programPath('kubectl'), args, { cwd, env, encoding: 'utf8', input: '' });
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  it('the commands of the pages: all that is missing is a cluster, or what an earlier command makes', () => {
    expect(shapes.length).toBeGreaterThan(25);
    const refused = shapes.flatMap((command) => {
      const { stderr } = kubectl([...argumentsOf(command), '--server=http://127.0.0.1:1']);
      return /refused|no such file|does not exist|no objects passed/.test(stderr) ? [] : [`${command}: ${stderr}`];
    });
    expect(refused).toEqual([]);
  });

  it('a flag that it does not have from one that it has', () => {
    expect(kubectl(['get', 'pods', '--no-such-flag']).stderr).toMatch(/unknown flag/);
  });

  it('how the page makes the secret of the authority', () => {
    const [command = ''] = commands.filter((one) => one.startsWith('kubectl create secret'));
    writeFileSync(join(folder, 'ca.crt'), 'a certificate');
    const { stdout, stderr } = kubectl(argumentsOf(command), folder);
    expect(stderr).toBe('');
    expect(parse(stdout)).toMatchObject({
      kind: 'Secret',
      metadata: { name: 'servers-ca', namespace: 'open-cpo' },
      data: { 'ca.crt': Buffer.from('a certificate').toString('base64') },
    });
  });
});
