import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { apps } from '../../stack/apps';
import { fullName, makeBase, nodeImage } from '../images/base';
import type { BuiltStep } from '../images/build-log';
import { copyCheckout } from '../images/context';
import { megabytes, Scales } from '../images/sizes';
import { buildStandIns, standInVersions } from '../images/stand-ins';
import { installPackages } from '../engine/packages';
import { expected, type Step } from './step';

const names = [...apps.map(({ name }) => name), 'operator'];
const LIMIT = 250e6;

const installing = (steps: readonly BuiltStep[]): BuiltStep[] =>
  steps.filter(({ instruction }) => / npm ci /.test(instruction));

/** From the sources to images. */
export const imageSteps: readonly Step[] = [
  {
    name: 'installs what it needs',
    work: async () => (await installPackages()).map((name) => `installed ${name}`),
  },
  {
    name: 'makes a base of Debian and this machine’s Node, where no registry is reached',
    work: async ({ engine, dockerfile }) => {
      const made = await makeBase(engine, dockerfile);
      return [`${nodeImage(dockerfile)} is Debian with Node ${process.versions.node}${made ? '' : ', made before'}`];
    },
  },
  {
    name: 'builds every app and the operators’ command from the one Dockerfile',
    work: async ({ builder, sources }) => {
      for (const name of names) await builder.app(name, sources);
      return [names.join(', ')];
    },
  },
  {
    name: 'weighs less than 250 MB compressed, each with its base',
    work: async ({ engine, dockerfile }) => {
      const scales = new Scales(engine);
      const lines: string[] = [];
      for (const name of names) {
        const { whole, own } = await scales.weigh(`open-cpo/${name}`, fullName(nodeImage(dockerfile)));
        lines.push(`${name}: ${megabytes(own)} of its own, ${megabytes(whole)} with the base`);
        expected(whole < LIMIT, `${name} weighs ${megabytes(whole)}.`);
      }
      return lines;
    },
  },
  {
    name: 'holds what runs, and nothing that tests or builds',
    work: async ({ engine }) => {
      const list =
        'ls -A /app; find /app -name "*.spec.*" -not -path "*/node_modules/*"; ls /app/node_modules /app/node_modules/.bin';
      const found = await engine.podman(
        'run',
        '--rm',
        '--network=none',
        '--entrypoint=["/bin/sh", "-c"]',
        'open-cpo/auth',
        list,
      );
      const unwanted = found
        .split('\n')
        .filter((name) =>
          /\.spec\.|^(apps|libs|docs|tools|k8s|jest|eslint|nx|swc|typescript|tsc|express)$|^\.(git|npmrc)/.test(name),
        );
      expected(unwanted.filter((name) => name !== 'apps').length === 0, `The image holds ${unwanted.join(', ')}.`);
      return [];
    },
  },
  {
    name: 'says where it comes from',
    work: async ({ engine }) => {
      const labels = await engine.inspect<Record<string, string>>('open-cpo/auth', '.Labels');
      return ['title', 'version', 'revision', 'created', 'source', 'licenses'].map((key) => {
        const value = labels[`org.opencontainers.image.${key}`];
        expected(Boolean(value), `The image does not tell its ${key}.`);
        return `${key}: ${value}`;
      });
    },
  },
  {
    name: 'does not install again when a source changes',
    thorough: true,
    work: async ({ engine, builder, sources }) => {
      const changed = copyCheckout(sources, join(engine.folders.temporary, 'changed'));
      appendFileSync(join(changed, 'apps/auth/src/main.ts'), '\nexport const changed = true;\n');
      const steps = await builder.app('auth', changed, { tag: 'open-cpo/changed' });
      await engine.podman('rmi', 'open-cpo/changed');
      expected(installing(steps).length === 2, 'The build does not install twice.');
      expected(
        installing(steps).every(({ cached }) => cached),
        'A changed source made npm install again.',
      );
      const compiling = steps.find(({ instruction }) => instruction.includes('/swc '));
      expected(compiling?.cached === false, 'A changed source was not compiled.');
      return [];
    },
  },
  {
    name: 'becomes the same layers when it is built anew',
    thorough: true,
    work: async ({ engine, builder, sources }) => {
      await builder.app('auth', sources, { tag: 'open-cpo/anew', anew: true });
      const layers = (image: string) => engine.inspect<string[]>(image, '.RootFS.Layers');
      const [first, second] = [await layers('open-cpo/auth'), await layers('open-cpo/anew')];
      expected(first.join() === second.join(), `The layers differ:\n${first.join('\n')}\n\n${second.join('\n')}`);
      await engine.podman('rmi', 'open-cpo/anew');
      return [];
    },
  },
  {
    name: 'makes stand-ins for the servers, of Debian’s programs under the names in the compose file',
    work: async ({ engine, builder, checkout }) => {
      await buildStandIns(engine, builder, checkout);
      return standInVersions(engine, checkout);
    },
  },
];
