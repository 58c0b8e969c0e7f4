import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { commands } from '../operator/commands';
import { apps } from '../stack/apps';
import { basics } from '../stack/environment';
import { checkout, compose } from './compose';
import { containersOf, isWorkload } from './manifest';
import { components, describeRendered, kubernetesFolder, rendered, renderedWith } from './render';

const pages = ['README.md', ...readdirSync(join(checkout, 'docs')).map((name) => `docs/${name}`)]
  .concat(readdirSync(join(checkout, 'docs/runbooks')).map((name) => `docs/runbooks/${name}`))
  .filter((name) => name.endsWith('.md'))
  .map((name): [string, string] => [name, readFileSync(join(checkout, name), 'utf8')]);
const guide = readFileSync(join(checkout, 'docs/operations.md'), 'utf8');
const all = pages.map(([, text]) => text).join('\n');
const every = (pattern: RegExp, text = all): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, found = '']) => found)),
];
/** The shell blocks of a page. */
const blocks = (text: string): string[] =>
  [...text.matchAll(/^( *)```(?:sh|bash)\n([^]*?)\n\1```/gm)].map(([, indent = '', block = '']) =>
    block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
/** Runs a text of a page in a shell. */
const sh = (text: string, cwd = checkout, ...args: string[]) =>
  spawnSync('bash', ['--norc', ...args, '-euo', 'pipefail', '-c', text], { cwd, env: basics(), encoding: 'utf8' });

describe('the pages', () => {
  it.each(pages)('%s has commands that a shell understands', (_name, text) => {
    // What stands for something, as in <app>, is no redirection.
    const plain = blocks(text).map((block) => block.replaceAll(/<[a-z][^>\n]*>/g, 'x'));
    for (const block of plain) expect([block, sh(block, checkout, '-n').stderr]).toEqual([block, '']);
  });

  it('name scripts and tools that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { scripts: object };
    const npm = every(/npm run ([a-z]+)/g);
    expect(npm.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
    const tools = every(/run\.mjs tool ([a-z/-]+)/g);
    expect(tools).toContain('n-minus-one');
    expect(tools.filter((name) => !existsSync(join(checkout, 'tools', name, 'main.ts')))).toEqual([]);
    expect(
      every(/run\.mjs (?!tool)([a-z]+)/g).filter((name) => !/^(start|test|services|lint|build)$/.test(name)),
    ).toEqual([]);
  });

  it('name commands of operators that there are', () => {
    const named = every(/(?:npm run operator --|run --rm operator|amina operator) ([a-z][a-z-]+ [a-z]+)/g);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((command) => !commands.some(({ name }) => name === command))).toEqual([]);
  });

  it('name files and folders that there are', () => {
    const named = every(/(?<![\w./-])((?:deploy|k8s|tools|libs|apps|docs|bench)\/[\w./-]*\w)/g);
    expect(named.length).toBeGreaterThan(20);
    // A word of kubectl, the beginning of names of tests, and what the guide to endpoints adds.
    const others = /^deploy\/[a-z]+$|\/plans$|\/notes$/;
    expect(named.filter((path) => !others.test(path) && !existsSync(join(checkout, path)))).toEqual([]);
  });

  it('name services and profiles of the compose file', () => {
    const { services } = compose();
    const profiles = Object.values(services).flatMap((one) => one.profiles ?? []);
    expect(every(/docker compose (?:--\w+ \w+ )*run --rm ([a-z-]+)/g).filter((name) => !services[name])).toEqual([]);
    expect(every(/docker compose --profile ([a-z]+)/g).filter((name) => !profiles.includes(name))).toEqual([]);
    expect(every(/docker compose up -d --scale ([a-z]+)=/g).filter((name) => !services[name])).toEqual([]);
  });
});

describe('the operations guide', () => {
  it('has every component that there is', () => {
    const [, table = ''] = /\| Component \| Needs([^]*?)\n\n/.exec(guide) ?? [];
    expect(every(/^\| `([a-z-]+)` \|/gm, table).sort()).toEqual(components);
  });

  it('makes a signing key that auth takes, behind the one before it and then in front', () => {
    const [command = ''] = every(/^(node deploy\/compose\/signing-keys\.mjs)/gm, guide);
    const { keySet } = jest.requireActual<{ keySet(keys: object[]): { published: { kid: string }[] } }>(
      join(checkout, 'apps/auth/src/keys/key-set'),
    );
    const [before, after] = [command, command].map((text) => {
      const { status, stdout, stderr } = sh(text);
      expect([status, stderr]).toEqual([0, '']);
      return (JSON.parse(stdout) as { keys: { kid: string }[] }).keys[0];
    });
    if (!before || !after) throw new Error('The page makes no key.');
    const kids = (keys: object[]): string[] => keySet(keys).published.map(({ kid }) => kid);
    expect(kids([before, after])).toEqual([before.kid, after.kid]);
    expect(kids([after, before])).toEqual([after.kid, before.kid]);
    expect(kids([after])).toEqual([after.kid]);
  });
});

describe('charts of others', () => {
  it('are installed after what they ask for', () => {
    const order = ['envoyproxy/gateway-helm', 'charts/cert-manager', 'kube-prometheus-stack', 'plugin-barman-cloud'];
    const places = order.map((name) => guide.indexOf(`/${name.split('/').at(-1)} --version`));
    expect(places).not.toContain(-1);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });
});

describeRendered('the operations guide on Kubernetes', () => {
  const manifests = [...renderedWith('overlays/production', ['object-store', 'board']), ...rendered('servers')];
  const kinds: Record<string, RegExp> = {
    Deployment: /kubectl [^\n`]*?(?:deployment|deploy)[ /](?:-n [a-z-]+ )?([a-z]+)/g,
    StatefulSet: /kubectl [^\n`]*?statefulset\/([a-z]+)/g,
  };
  /** Of a chart or a component, or a word that stands for a name. */
  const others = ['nats', 'operator'];

  it.each(Object.entries(kinds))('names %ss that there are', (kind, pattern) => {
    const found = manifests.filter((one) => one.kind === kind).map(({ metadata }) => metadata.name);
    expect(every(pattern).filter((name) => !found.includes(name) && !others.includes(name))).toEqual([]);
  });

  it('applies folders that can be rendered', () => {
    const folders = every(/kubectl apply -k ([\w/-]+)/g);
    expect(folders).toEqual(expect.arrayContaining(['k8s/servers', 'k8s/overlays/production']));
    for (const folder of folders) expect(rendered(folder.replace('k8s/', '')).length).toBeGreaterThan(0);
  });

  it('finds the jobs of migrations by the label that it names', () => {
    const [, label = ''] = /^kubectl delete job -n open-cpo -l (\S+)$/m.exec(guide) ?? [];
    const jobs = manifests.filter(({ kind }) => kind === 'Job');
    expect(jobs.length).toBeGreaterThan(0);
    expect(jobs.filter(({ metadata }) => !Object.hasOwn(metadata.labels ?? {}, label))).toEqual([]);
  });

  it('upgrades in order, and calls it done when every job and every rollout is', () => {
    const [upgrade = '', success = ''] = ['# Upgrade\n', '# Success\n'].map((title) =>
      blocks(guide).find((block) => block.startsWith(title)),
    );
    const steps = ['apply -k k8s/servers', 'helm upgrade', 'delete job', 'apply -k k8s/overlays/production'];
    const places = steps.map((step) => upgrade.indexOf(step));
    expect(places).not.toContain(-1);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    const [, waited = ''] = /kubectl wait job -n open-cpo -l (\S+) --for=condition=complete/.exec(success) ?? [];
    expect(upgrade).toContain(`kubectl delete job -n open-cpo -l ${waited}\n`);
    const [, rolled = ''] =
      /for app in (.*); do\n *kubectl rollout status -n open-cpo "deployment\/\$app"/.exec(success) ?? [];
    expect(rolled.split(' ').sort()).toEqual(apps.map(({ name }) => name).sort());
  });

  it('names the namespace in every command', () => {
    const commands = every(
      /(kubectl (?:get|describe|logs|wait|scale|exec|port-forward|rollout|annotate|delete|replace|create) [^\n`|]*)/g,
    );
    expect(commands.length).toBeGreaterThan(15);
    expect(
      commands.filter(
        (command) => !/ -n (open-cpo|open-cpo-data|monitoring|<namespace>) | replace --force -f -/.test(`${command} `),
      ),
    ).toEqual([]);
  });

  it('tells every key of every secret', () => {
    const [, table = ''] = /\| Secret \| Keys \|([^]*?)\n\n/.exec(guide) ?? [];
    const rows = table.split('\n').flatMap((line) => {
      const [, who = '', keys = ''] = /^\| ([^|]+) \| ([^|]+) \|$/.exec(line) ?? [];
      return who ? [{ who, keys: every(/`([a-z0-9-]+)`/g, keys) }] : [];
    });
    for (const { name } of apps) {
      const own = rows.filter(({ who }) => who === 'every app' || who.split(', ').includes(name));
      const told = own.flatMap(({ keys }) => keys).filter((key) => !/^(nats-users|open-cpo-data)$/.test(key));
      const workload = manifests.filter(isWorkload).find((one) => one.metadata.name === name);
      const files = workload
        ? containersOf(workload).flatMap(({ env = [] }) => env.flatMap(({ value }) => value ?? []))
        : [];
      const read = files.filter((value) => value.startsWith('/secrets/')).map((file) => basename(file));
      expect([name, [...new Set(read)].sort()]).toEqual([name, told.sort()]);
    }
  });

  it('makes all secrets by the command that it gives', () => {
    const folder = mkdtempSync(join(tmpdir(), 'guide-'));
    const [command = ''] = blocks(guide).filter((text) => text.includes('deploy/kubernetes/secrets.mjs'));
    const made = command.split('\n').filter((line) => !line.startsWith('kubectl'));
    const { stdout, stderr } = sh(made.join('\n').replace(/ secrets$/m, ` ${folder}/secrets`));
    const written = readdirSync(join(folder, 'secrets'));
    rmSync(folder, { recursive: true });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^\d+ secrets in /);
    expect(written).toEqual(expect.arrayContaining(['kubernetes.json', 'external.json']));
  });

  it('names charts’ values and settings of ours that are there', () => {
    expect(every(/ -f (k8s\/[\w./-]+)/g).filter((file) => !existsSync(join(checkout, file)))).toEqual([]);
    expect(existsSync(join(kubernetesFolder, 'servers/postgres/cluster.yaml'))).toBe(true);
  });
});
