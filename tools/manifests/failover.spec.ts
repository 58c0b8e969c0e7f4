import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { basics } from '../stack/environment';
import { checkout } from './compose';

/** The shell blocks of a page that contain a text. */
const blocksWith = (page: string, text: string): string[] =>
  [...readFileSync(join(checkout, 'docs', page), 'utf8').matchAll(/^```sh\n([^]*?)\n```/gm)]
    .map(([, block = '']) => block)
    .filter((block) => block.includes(text));

/** Stands for kubectl: runs what is run in a container, with the container's folders in `$ROOT`, and says what was asked. */
const KUBECTL = `#!/bin/bash
printf '%s\\n' "kubectl $*" | head -1 >> "$ROOT/asked"
case "$1 $2" in 'get configmap') printf valkey-1;; esac
[ "$1" = exec ] || exit 0
while [ "$1" != -- ]; do shift; done; shift
words=(); for word in "$@"; do words+=("\${word//\\/certificates/$ROOT/certificates}"); done
[ "$1" = sh ] && words[2]="\${words[2]//\\/users/$ROOT/users}"
"\${words[@]}"
`;
const CLI = '#!/bin/sh\necho "$REDISCLI_AUTH: $*"\n';

describe.each([
  ['without TLS', false],
  ['with TLS', true],
])('the commands of the pages for Valkey, %s', (_name, tls) => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'failover-'));
    for (const folder of ['users', 'bin', 'certificates']) mkdirSync(join(root, folder));
    writeFileSync(join(root, 'users/admin-password'), 'admin-secret');
    if (tls) writeFileSync(join(root, 'certificates/ca.crt'), '');
    writeFileSync(join(root, 'bin/kubectl'), KUBECTL, { mode: 0o755 });
    writeFileSync(join(root, 'bin/valkey-cli'), CLI, { mode: 0o755 });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function run(text: string): { out: string; asked: string } {
    const env = { ...basics(), ROOT: root, PATH: `${root}/bin:${basics().PATH ?? ''}` };
    const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', text], {
      env,
      cwd: checkout,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    return { out: stdout.replaceAll(root, ''), asked: readFileSync(join(root, 'asked'), 'utf8') };
  }
  const secure = tls ? '--tls --cacert /certificates/ca.crt ' : '';

  it('make the copy the primary, as a user who may', () => {
    const [block = ''] = blocksWith('operations.md', '# Valkey failover');
    const { out, asked } = run(block);
    expect(out).toBe(`admin-secret: ${secure}--user admin replicaof no one\n`);
    expect(asked).toMatch(/exec -n open-cpo-data valkey-1[^]*apply -k k8s\/servers-tls[^]*delete pod .* valkey-0/);
  });

  it('empty the queues at the pod that is the primary', () => {
    const [functions = ''] = blocksWith('backup.md', '# Kubernetes\nprimary=');
    const defined = functions.split('\nbroker_setup')[0] ?? '';
    const { out, asked } = run(`${defined}\nredis flushall`);
    expect(out).toBe(`admin-secret: --user admin ${secure}flushall\n`);
    expect(asked).toContain('kubectl exec -n open-cpo-data valkey-1 ');
  });
});

const hasJq = spawnSync('jq', ['--version']).status === 0;
(hasJq ? describe : describe.skip)('the function that sets up the broker again', () => {
  it('makes the job once more, with the labels by which network policies know its pod', () => {
    const [functions = ''] = blocksWith('backup.md', '# Kubernetes\nprimary=');
    const [line = ''] = /^broker_setup\(\) .*$/m.exec(functions) ?? [];
    const selector = { 'batch.kubernetes.io/controller-uid': '1', 'controller-uid': '1' };
    const own = { 'app.kubernetes.io/name': 'broker-setup', 'open-cpo/needs': 'servers' };
    const made = {
      ...selector,
      'job-name': 'broker-setup-7',
      'batch.kubernetes.io/job-name': 'broker-setup-7',
    };
    const job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'broker-setup-7', labels: own },
      spec: { selector: { matchLabels: selector }, template: { metadata: { labels: { ...own, ...made } }, spec: {} } },
    };
    const place = mkdtempSync(join(tmpdir(), 'setup-'));
    const answer = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [job] });
    writeFileSync(join(place, 'answer'), answer);
    const kubectl = `#!/bin/sh\necho "kubectl $*" >> ${place}/asked\ncase "$1" in get) cat ${place}/answer;; *) cat > ${place}/sent;; esac\n`;
    writeFileSync(join(place, 'kubectl'), kubectl, { mode: 0o755 });
    const env = { ...basics(), PATH: `${place}:${basics().PATH ?? ''}` };
    const text = `${line}\nbroker_setup`;
    const { status, stderr } = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', text], { env, encoding: 'utf8' });
    const [asked, sent] = ['asked', 'sent'].map((name) => readFileSync(join(place, name), 'utf8'));
    rmSync(place, { recursive: true });
    expect([status, stderr]).toEqual([0, '']);
    // Both parts of a pipeline begin at once.
    expect(asked?.trim().split('\n').sort()).toEqual([
      'kubectl get job -n open-cpo -l app.kubernetes.io/name=broker-setup -o json',
      'kubectl replace --force -f -',
    ]);
    const { items } = JSON.parse(sent ?? '') as { items: (typeof job)[] };
    expect(items).toEqual([{ ...job, spec: { template: { metadata: { labels: own }, spec: {} } } }]);
  });
});
