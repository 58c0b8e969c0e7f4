import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { apps, operator } from '../stack/apps';
import { checkout } from './compose';

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly needs?: string | readonly string[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly app: readonly string[] } };
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: { readonly push: { readonly tags: readonly string[] } };
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = join(checkout, '.github/workflows');
const text = readFileSync(join(folder, 'release.yml'), 'utf8');
const workflow = parse(text) as Workflow;
const runs = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
function jobOf(name: string): Job {
  const job = workflow.jobs[name];
  if (!job) throw new Error(`No job ${name}`);
  return job;
}
const step = (job: string, action: string): Step | undefined =>
  workflow.jobs[job]?.steps.find(({ uses }) => uses?.startsWith(`${action}@`));

describe('the release workflow', () => {
  it('begins with a version tag, and publishes nothing before the whole check', () => {
    expect(workflow.on.push.tags).toEqual(['v[0-9]+.[0-9]+.[0-9]+']);
    expect(workflow.permissions).toEqual({ contents: 'read' });
    const publishing = Object.entries(workflow.jobs).filter(([name]) => !['check', 'n-minus-one'].includes(name));
    expect(publishing.filter(([, { needs = [] }]) => ![needs].flat().includes('check'))).toEqual([]);
    expect(workflow.jobs.check?.steps.map(({ run }) => run)).toContain('bash .ci/run');
  });

  it('publishes no image that was not tried beside the last release, as each change is', () => {
    expect(workflow.jobs.images?.needs).toEqual(['check', 'n-minus-one']);
    const checks = parse(readFileSync(join(checkout, '.github/workflows/check.yml'), 'utf8')) as Workflow;
    const [ours, each] = [workflow, checks].map(({ jobs }) => jobs['n-minus-one']?.steps);
    expect(ours).toEqual(each);
    // Without its tags a clone knows no release.
    expect(ours?.[0]?.with).toEqual({ 'fetch-depth': 0 });
    expect(ours?.at(-1)?.run).toContain('node tools/run.mjs tool n-minus-one -- "$last"');
  });

  it('builds every image for both processors, with a list of its parts and its provenance', () => {
    for (const name of ['images', 'publish']) {
      const { app = [] } = workflow.jobs[name]?.strategy?.matrix ?? {};
      expect([...app].sort()).toEqual([...apps, operator].map(({ name }) => name).sort());
    }
    expect(step('images', 'docker/build-push-action')?.with).toMatchObject({
      file: 'deploy/Dockerfile',
      platforms: 'linux/amd64,linux/arm64',
      sbom: true,
      provenance: 'mode=max',
    });
    const recipe = readFileSync(join(checkout, 'deploy/Dockerfile'), 'utf8');
    const args = String(step('images', 'docker/build-push-action')?.with?.['build-args']).match(/^\w+(?==)/gm) ?? [];
    expect(args.filter((name) => !new RegExp(`^ARG ${name}$`, 'm').test(recipe))).toEqual([]);
    expect(runs.filter((run) => run.includes('cosign sign --yes'))).toHaveLength(2);
  });

  it('scans both processors of each image, with no right to publish it', () => {
    const { permissions, steps } = jobOf('images');
    const scans = steps.filter(({ uses }) => uses?.startsWith('aquasecurity/trivy-action@'));
    expect(scans.map((one) => one.with)).toMatchObject(
      ['amd64', 'arm64'].map((processor) => ({
        input: `\${{ runner.temp }}/${processor}.tar`,
        'exit-code': '1',
        severity: 'HIGH,CRITICAL',
      })),
    );
    expect([permissions, step('images', 'docker/login-action')]).toEqual([undefined, undefined]);
    const made = { outputs: 'type=oci,dest=${{ runner.temp }}/image.tar' };
    expect(step('images', 'docker/build-push-action')?.with).toMatchObject(made);
    expect(step('images', 'docker/build-push-action')?.with).not.toHaveProperty('push');
  });

  it('publishes what was scanned, when every image has passed', () => {
    const order = jobOf('images').steps.map(({ uses = '' }) => uses.split('@')[0]);
    expect(order.lastIndexOf('aquasecurity/trivy-action')).toBeLessThan(order.indexOf('actions/upload-artifact'));
    expect(step('images', 'actions/upload-artifact')?.with).toMatchObject({ path: '${{ runner.temp }}/image.tar' });
    // `needs` of a matrix waits for all of it.
    const { needs, steps } = jobOf('publish');
    expect(needs).toEqual(['check', 'images']);
    expect(steps.some(({ uses }) => uses?.startsWith('docker/build-push-action@'))).toBe(false);
    expect(steps.at(-1)?.run).toMatch(/skopeo copy --all --preserve-digests [^]*cosign sign .*cat digest/);
    for (const name of ['chart', 'client', 'release']) expect([jobOf(name).needs].flat()).toContain('publish');
  });

  it('publishes the client with its provenance, which names this repository, and each version once', () => {
    const { repository, publishConfig, files } = JSON.parse(
      readFileSync(join(checkout, 'libs/client/package.json'), 'utf8'),
    ) as Record<string, unknown>;
    expect(repository).toEqual({
      type: 'git',
      url: 'git+https://github.com/open-cpo/open-cpo.git',
      directory: 'libs/client',
    });
    expect([publishConfig, files]).toEqual([{ access: 'public' }, ['dist']]);
    const run = workflow.jobs.client?.steps.at(-1)?.run ?? '';
    expect(run).toMatch(/npm pkg set "repository\.url=[^]*npm view [^]*\|\| npm publish --provenance/);
  });

  it('has the document and the collection of requests among the files of a release', () => {
    const collection = { name: 'collection', path: 'dist/collection' };
    expect(jobOf('check').steps.at(-2)?.run).toBe('npm run collection');
    expect(step('check', 'actions/upload-artifact')?.with).toMatchObject(collection);
    expect(step('release', 'actions/download-artifact')?.with).toEqual({ name: 'collection', path: 'collection' });
    expect(jobOf('release').steps.at(-1)?.run).toMatch(/gh release create .* openapi\.json collection\/\*\.json/);
  });

  it('runs actions by the commits of their versions, as all workflows do', () => {
    const used = readdirSync(folder).flatMap((name) => {
      const lines = readFileSync(join(folder, name), 'utf8').match(/^ *(?:- )?uses: .*$/gm) ?? [];
      return lines.map((line) => line.trim().replace(/^- /, ''));
    });
    expect(used.length).toBeGreaterThan(15);
    expect(used.filter((line) => !/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
    // One version of an action everywhere.
    const versions = new Map(used.map((line) => [line.split('@')[0], line]));
    expect(new Set(used).size).toBe(versions.size);
  });

  it('runs scripts and reads files that there are', () => {
    const named = runs.flatMap((run) => run.match(/(?:deploy|libs|tools)\/[\w./-]*\w/g) ?? []);
    expect(named).toContain('deploy/release/version.mjs');
    expect(named.filter((path) => !existsSync(join(checkout, path)))).toEqual([]);
  });

  it('gives tokens to single jobs alone, and secrets to none by the command line', () => {
    expect(workflow.jobs.publish?.permissions).toMatchObject({ packages: 'write', 'id-token': 'write' });
    expect(runs.filter((run) => run.includes('secrets.'))).toEqual([]);
  });
});

describe('the version of a release', () => {
  let place: string;
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'release-'));
    const components = readdirSync(join(checkout, 'k8s/components'));
    const files = [
      'CHANGELOG.md',
      'package.json',
      'libs/client/package.json',
      'k8s/base/kustomization.yaml',
      'deploy/chart/Chart.yaml',
      ...components.map((name) => `k8s/components/${name}/kustomization.yaml`),
    ];
    for (const file of files) {
      mkdirSync(dirname(join(place, file)), { recursive: true });
      cpSync(join(checkout, file), join(place, file));
    }
  });
  afterEach(() => rmSync(place, { recursive: true }));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(checkout, 'deploy/release/version.mjs'), ...args], {
      cwd: place,
      encoding: 'utf8',
    });
  const file = (name: string): string => readFileSync(join(place, name), 'utf8');

  it('is one everywhere now, but for the changelog, which gets its section by a release', () => {
    const { version } = JSON.parse(file('package.json')) as { version: string };
    expect(run('check', version).stderr).toMatch(/^(CHANGELOG\.md: no section .*\n)?$/);
  });

  it('is written everywhere, checked and said', () => {
    expect(run('check', '7.8.9').stderr).toMatch(
      /package\.json: "version"[^]*newTag[^]*Chart\.yaml: version[^]*CHANGELOG/,
    );
    expect(run('set', '7.8.9')).toMatchObject({ status: 0, stderr: '' });
    expect(file('k8s/base/kustomization.yaml').match(/newTag: 7\.8\.9/g)).toHaveLength(apps.length + 1);
    expect(file('CHANGELOG.md')).toMatch(/^## Unreleased\n\n## 7\.8\.9 - \d{4}-\d\d-\d\d\n/m);
    // The chart is written by its own tool.
    expect(run('check', '7.8.9').stderr).toMatch(
      /^deploy\/chart\/Chart\.yaml: version: \S+\ndeploy\/chart\/Chart\.yaml: appVersion: \S+\n$/,
    );
    const chart = file('deploy/chart/Chart.yaml').replaceAll(/ersion: \d+\.\d+\.\d+/g, 'ersion: 7.8.9');
    writeFileSync(join(place, 'deploy/chart/Chart.yaml'), chart);
    expect(run('check', '7.8.9')).toMatchObject({ status: 0, stdout: 'version=7.8.9\n' });
    const { stdout } = run('notes', '7.8.9');
    expect(stdout).toMatch(/^### Added\n/);
    expect(stdout).not.toMatch(/^## /m);
  });

  it('is refused when it is none', () => {
    expect(run('set', 'v1').status).toBe(1);
    expect(run('check').status).toBe(1);
  });
});
