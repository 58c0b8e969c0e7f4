import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { commands } from '../commands';
import { apps } from '../../stack/apps';

const page = readFileSync(join(resolve(__dirname, '../../..'), 'docs/backup.md'), 'utf8');

describe('docs/backup.md', () => {
  it('leaves out no database', () => {
    const loops = [...page.matchAll(/^ *for service in (.*); do$/gm)].map(([, names = '']) => names.split(' ').sort());
    const owners = apps.filter(({ database }) => database).map(({ name }) => name);
    expect(loops).toEqual(Array(2).fill(owners.sort()));
  });

  it('has the functions of its commands for each way to run the platform', () => {
    const ways = ['Compose', 'Kubernetes', 'Servers of your own'];
    const blocks = ways.map((way) => new RegExp(`\`\`\`sh\\n# ${way}\\n([^]*?)\`\`\``).exec(page)?.[1] ?? '');
    const defined = blocks.map((text) => [...text.matchAll(/^(\w+)\(\) \{/gm)].map(([, name]) => name));
    for (const names of defined) expect(names).toEqual(expect.arrayContaining(['pg', 'redis', 'broker_setup']));
    expect(blocks[2]).toContain('node dist/tools/broker-setup/main.js');
    expect(existsSync(join(resolve(__dirname, '../../..'), 'tools/broker-setup/main.ts'))).toBe(true);
  });

  it('stops every app', () => {
    const [, stopped = ''] = /^docker compose stop (.*)$/m.exec(page) ?? [];
    expect(stopped.split(' ').sort()).toEqual(apps.map(({ name }) => name).sort());
  });

  it('stops and starts the same apps on Kubernetes, in blocks of their own', () => {
    const blocks = [...page.matchAll(/```sh\n# Kubernetes, (stop|start)([^]*?)```/g)];
    const scaled = blocks.map(([, what, text = '']) => {
      const [, names = '', replicas] = /^kubectl scale deployment -n open-cpo (.*) --replicas=(\d+)$/m.exec(text) ?? [];
      return [what, names.split(' ').sort(), replicas];
    });
    const all = apps.map(({ name }) => name).sort();
    expect(scaled).toEqual([
      ['stop', all, '0'],
      ['start', all, '2'],
    ]);
  });

  it('names commands of the operator that there are', () => {
    const named = [...page.matchAll(/npm run operator -- ([a-z-]+ [a-z-]+)/g)].map(([, command]) => command);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((command) => !commands.some(({ name }) => name === command))).toEqual([]);
  });
});
