import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of a certificate. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

function openssl(...args: string[]): void {
  const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** A certificate authority of a test's own. */
export class Authority {
  readonly cert: string;
  private readonly key: string;

  constructor(
    private readonly folder: string,
    private readonly name: string,
  ) {
    this.cert = join(folder, `${name}.crt`);
    this.key = join(folder, `${name}.key`);
    const subject = ['-subj', `/CN=${name}`, '-addext', 'basicConstraints=critical,CA:TRUE'];
    openssl('req', '-x509', ...NEW_KEY, '-days', '2', '-keyout', this.key, '-out', this.cert, ...subject);
  }

  /** A certificate of a server of this name. */
  issue(host: string): Certificate {
    const file = (end: string): string => join(this.folder, `${this.name}-${host}.${end}`);
    openssl('req', '-new', ...NEW_KEY, '-keyout', file('key'), '-out', file('csr'), '-subj', `/CN=${host}`);
    writeFileSync(file('ext'), `subjectAltName=DNS:${host}\n`);
    const signer = ['-CA', this.cert, '-CAkey', this.key, '-CAcreateserial', '-days', '2'];
    openssl('x509', '-req', '-in', file('csr'), ...signer, '-extfile', file('ext'), '-out', file('crt'));
    return { cert: file('crt'), key: file('key') };
  }
}
