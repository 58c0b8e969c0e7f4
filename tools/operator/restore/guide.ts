import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { packaged } from '@open-cpo/testing';
import { basics, setting } from '../../stack/environment';
import { callKeys } from '../../stack/broker/call-keys';
import type { StackFacts } from '../../stack/start/app-environment';

const execute = promisify(execFile);

/** The commands of docs/backup.md, run as they stand there against servers of this machine. */
export class Guide {
  private readonly blocks: readonly string[];
  private readonly folder: string;

  constructor(
    private readonly checkout: string,
    private readonly facts: StackFacts,
    home: string,
  ) {
    this.folder = mkdtempSync(join(home, 'guide-'));
    const page = readFileSync(join(checkout, 'docs/backup.md'), 'utf8');
    this.blocks = [...page.matchAll(/^( *)```sh\n([^]*?)\n\1```/gm)].map(([, indent = '', text = '']) =>
      text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    );
  }

  /**
   * Runs the block of the page that begins with this comment; answers what it printed. Asynchronous, because a test process
   * that waits in between does not drain the pipes into which the apps write their logs, and so blocks them.
   * @throws Error when it fails
   */
  async run(title: string): Promise<string> {
    const found = this.blocks.filter((block) => block.startsWith(`# ${title}\n`));
    if (found.length !== 1) throw new Error(`docs/backup.md has ${found.length} blocks "# ${title}".`);
    const { stdout } = await execute('bash', ['-euo', 'pipefail', '-c', this.functions + found[0]], {
      cwd: this.folder,
      env: this.environment(),
    });
    return stdout;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What the page defines for Compose and for Kubernetes, for this machine. */
  private get functions(): string {
    const script = join(this.checkout, 'dist/tools/operator/main.js');
    const redis = `const r=new (require('ioredis').Redis)(process.env.URL);r.call(...process.argv.slice(1)).then(()=>r.quit())`;
    return [
      'pg() { "$@"; }',
      'npm() { shift 3; "$NODE" "$SCRIPT" "$@"; }',
      'broker_setup() { NATS_USER=setup NATS_PASSWORD="$SETUP_PASSWORD" "$NODE" "$CHECKOUT/dist/tools/broker-setup/main.js"; }',
      `redis() { (cd "$CHECKOUT" && "$NODE" -e "${redis}" "$@"); }`,
      `SCRIPT=${script}\n`,
    ].join('\n');
  }

  private environment(): NodeJS.ProcessEnv {
    const { addresses, secrets } = this.facts;
    const { hostname, port, password } = new URL(addresses.databaseAdminUrl);
    const programs = setting('TEST_POSTGRES_BIN') ?? '/usr/bin';
    const { PATH = '', ...rest } = basics();
    return {
      ...packaged(`${programs}/pg_dump`, rest),
      PATH: `${programs}:${dirname(process.execPath)}:${PATH}`,
      NODE: process.execPath,
      CHECKOUT: this.checkout,
      URL: addresses.redisUrl,
      PGHOST: hostname,
      PGPORT: port,
      PGUSER: 'postgres',
      PGPASSWORD: password,
      NATS_URL: addresses.natsUrl,
      NATS_USER: 'operator',
      NATS_PASSWORD: secrets.password('nats.operator'),
      SETUP_PASSWORD: secrets.password('nats.setup'),
      CALL_KEYS: callKeys('operator', secrets),
    };
  }
}
