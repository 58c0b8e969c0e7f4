import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { apps } from '../stack/apps';
import { checkout } from './compose';

const text = readFileSync(join(checkout, 'deploy/Dockerfile'), 'utf8');
const ignored = readFileSync(join(checkout, '.dockerignore'), 'utf8').split('\n');
/** A stage of the build, by its name. */
const stage = (name: string): string =>
  text.split(/^(?=FROM )/m).find((part) => part.split('\n')[0]?.endsWith(` AS ${name}`)) ?? '';

/** The files that a source needs of those beside it, with itself. */
function imported(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const source = readFileSync(join(checkout, file), 'utf8');
  for (const [, path = ''] of source.matchAll(/ from '(\.[^']+)'/g)) {
    const place = join(dirname(file), path);
    const found = [place, `${place}.ts`, `${place}/index.ts`].find(
      (one) => /\.\w+$/.test(one) && existsSync(join(checkout, one)),
    );
    if (!found) throw new Error(`${file} imports ${path}, which is not there.`);
    imported(found, seen);
  }
  return [...seen];
}

describe('the image of an app', () => {
  it('is based on a version that stays what it is, and can be given by digest', () => {
    expect(text).toMatch(/^ARG NODE_IMAGE=node:\d+\.\d+\.\d+-bookworm-slim$/m);
    expect(
      text.match(/^FROM .*/gm)?.every((line) => /^FROM (\$\{NODE_IMAGE\}|production|runtime) AS [a-z]+$/.test(line)),
    ).toBe(true);
  });

  it.each(['production', 'compiler', 'dashboard'])(
    'is installed again in the stage %s only when the lockfile changed',
    (name) => {
      const instructions = stage(name).match(/^(COPY|RUN) [^]*?(?<!\\)$/gm) ?? [];
      expect(instructions[0]).toMatch(
        /^COPY package\.json package-lock\.json \.npmrc (deploy\/prune-dependencies\.mjs deploy\/notices\.mjs )?\.\/$/,
      );
      expect(instructions[1]).toMatch(/^RUN [^]*npm ci /);
      expect(instructions.slice(2).join('\n')).not.toMatch(/\bnpm /);
    },
  );

  it('holds bundles, the packages that they leave out, and the licences and versions of all', () => {
    expect(stage('production')).toMatch(/npm ci --omit=dev .* && node prune-dependencies\.mjs \. && \\$/m);
    expect(stage('runtime').match(/^(COPY --from|RUN) ?.*/gm)).toEqual([
      'COPY --from=unbundled /app/node_modules node_modules',
      'COPY --from=production /app/sbom.cdx.json /app/THIRD-PARTY-NOTICES.txt ./',
      'COPY --from=build /app/bundled dist',
      'COPY --from=dashboard /app/dist/dashboard dist/dashboard',
    ]);
    const left = /UNBUNDLED = \[([^\]]*)\]/.exec(
      readFileSync(join(checkout, 'tools/bootstrap/bundle.mjs'), 'utf8'),
    )?.[1];
    expect(stage('unbundled')).toContain(`prune-dependencies.mjs . ${left?.replace(/[',]+/g, '')} && `);
  });

  it('is made of what is named, and of nothing that lies about', () => {
    expect(ignored).toContain('*');
    expect(ignored).toEqual(expect.arrayContaining(['**/*.spec.ts', '**/test', '**/fixture']));
    const sources = [...text.matchAll(/^COPY (?!--from)(?:--chmod=\d+ )?(.*)/gm)].flatMap(([, words = '']) =>
      words.split(' ').slice(0, -1),
    );
    const admitted = ignored.flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    for (const source of sources) {
      expect(existsSync(join(checkout, source))).toBe(true);
      expect(admitted.some((one) => source === one || source.startsWith(`${one}/`))).toBe(true);
    }
  });

  it.each(['tools/operator/main.ts', 'tools/broker-setup/main.ts'])('has all that %s is made of', (command) => {
    const copied = [...stage('build').matchAll(/^COPY (.*) \S+$/gm)].flatMap(([, words = '']) => words.split(' '));
    const has = (file: string): boolean => copied.some((one) => file === one || file.startsWith(`${one}/`));
    expect(imported(command).filter((file) => !has(file))).toEqual([]);
  });

  it('holds every file that those in it import', () => {
    const entries = apps.flatMap(({ name }) => ['main', 'migrate', 'demo'].map((one) => `apps/${name}/src/${one}.ts`));
    const libraries = readdirSync(join(checkout, 'libs')).filter((name) => name !== 'testing');
    const roots = [...entries, ...libraries.map((name) => `libs/${name}/src/index.ts`)];
    const seen = new Set<string>();
    roots.filter((file) => existsSync(join(checkout, file))).forEach((file) => imported(file, seen));
    const left = /\.spec(-helper)?\.ts$|\/(test|fixture)\//;
    const back = ignored
      .filter((line) => line.endsWith('/fixture') && line.startsWith('!'))
      .map((line) => line.slice(1));
    expect([...seen].filter((file) => left.test(file) && !back.some((one) => file.startsWith(`${one}/`)))).toEqual([]);
    expect(seen.size).toBeGreaterThan(400);
  });

  it('bundles the dashboard with every package that it imports', () => {
    const own = /const names = \[([^\]]*)\]/.exec(stage('dashboard'))?.[1] ?? '';
    const named = [...own.matchAll(/'([^']+)'/g)].map(([, name]) => name);
    const folder = join(checkout, 'apps/dashboard');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(ts|vue|mjs|css)$/.test(name),
    );
    const packages = files
      .filter((name) => !name.endsWith('.spec.ts'))
      .flatMap((name) => [
        ...readFileSync(join(folder, name), 'utf8').matchAll(/(?:from|import) '(@[\w-]+\/[\w-]+|[\w-]+)/g),
      ])
      .map(([, name = '']) => name);
    const known = new Set([...named, '@open-cpo/client', 'node']);
    expect([...new Set(packages)].filter((name) => !known.has(name))).toEqual([]);
    expect(stage('runtime')).toMatch(/^COPY --from=dashboard \/app\/dist\/dashboard dist\/dashboard$/m);
  });

  it('runs as nobody in particular', () => {
    expect(stage('runtime')).toMatch(/^USER 10001:10001$/m);
    expect(text).not.toMatch(/^USER (?!10001:10001$)/m);
  });

  it('lets the app have the signals itself, and says how to ask for its health', () => {
    expect(stage('runtime')).toMatch(
      /^ENTRYPOINT \["\/bin\/sh", "-c", "exec node .*--require \.\/first-process\.cjs .*\\"\$@\\""\]$/m,
    );
    expect(stage('operator')).toMatch(/^ENTRYPOINT \["operator"\]$/m);
    const script = readFileSync(join(checkout, 'deploy/operator'), 'utf8');
    expect(script).toMatch(
      /^exec node .*--require \/app\/first-process\.cjs \/app\/dist\/tools\/operator\/main\.js "\$@"$/m,
    );
    expect(stage('runtime')).toMatch(/^STOPSIGNAL SIGTERM$/m);
    expect(stage('runtime')).toMatch(/^HEALTHCHECK [^]*\/health\/ready/m);
  });

  it('says what it is and where it comes from', () => {
    for (const name of ['SOURCE', 'VERSION', 'REVISION', 'CREATED']) {
      expect(stage('runtime')).toMatch(new RegExp(`^ARG ${name}$`, 'm'));
      expect(stage('runtime')).toContain(`org.opencontainers.image.${name.toLowerCase()}="\${${name}}"`);
    }
    expect(stage('runtime')).toContain('org.opencontainers.image.licenses="Apache-2.0"');
    expect(stage('app')).toContain('org.opencontainers.image.title="open-cpo ${APP}"');
  });

  it('shares all layers with the images of other apps, but for the entry point', () => {
    expect(stage('app').match(/^(COPY|RUN|ADD) .*/gm)).toEqual([
      'COPY --from=build /app/bundled/apps/${APP}/src/main.js dist/apps/${APP}/src/main.js',
    ]);
  });

  it('brings nothing from an address, and no secret', () => {
    expect(text).not.toMatch(/^ADD |curl |wget |PASSWORD|TOKEN/m);
    expect(text.match(/^RUN .*npmrc.*/gm)?.every((line) => line.includes('--mount=type=secret,id=npmrc'))).toBe(true);
  });
});

describe('the first process of a container', () => {
  const run = (script: string, signal = 'SIGTERM') => {
    const ends = `process.kill(process.pid, '${signal}'); setTimeout(() => process.exit(7), 2000);`;
    const args = ['--require', join(checkout, 'deploy/first-process.cjs'), '-e', `${script}\n${ends}`];
    return spawnSync(process.execPath, args, { encoding: 'utf8' });
  };

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ])('ends at %s when nobody has thought of it', (signal, status) => {
    expect(run('', signal)).toMatchObject({ status, signal: null });
  });

  it('leaves it to an app that has', () => {
    expect(run(`process.on('SIGTERM', () => process.exit(0))`)).toMatchObject({ status: 0 });
  });
});
