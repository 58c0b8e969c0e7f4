import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of a certificate. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** OpenSSL 3.4 and later refuses an end before the start, and takes both; earlier ones take days alone. */
function validFor(days: number): string[] {
  const { stderr } = spawnSync('openssl', ['x509', '-help'], { encoding: 'utf8' });
  if (days >= 0 || !stderr.includes('-not_after')) return ['-days', String(days)];
  return ['-not_before', '20200101000000Z', '-not_after', '20200102000000Z'];
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

  /** `issuer`: the authority that vouches for it; by default it does so itself. */
  constructor(
    private readonly folder: string,
    private readonly name: string,
    issuer?: Authority,
  ) {
    this.cert = join(folder, `${name}.crt`);
    this.key = join(folder, `${name}.key`);
    const subject = ['-subj', `/CN=${name}`, '-addext', 'basicConstraints=critical,CA:TRUE'];
    const signer = issuer ? ['-CA', issuer.cert, '-CAkey', issuer.key] : [];
    openssl('req', '-x509', ...NEW_KEY, '-days', '2', '-keyout', this.key, '-out', this.cert, ...subject, ...signer);
  }

  /** A certificate of a server, or client, of this name; `days`: how long it is right, negative for one that has expired. */
  issue(host: string, days = 2): Certificate {
    const file = (end: string): string => join(this.folder, `${this.name}-${host}.${end}`);
    openssl('req', '-new', ...NEW_KEY, '-keyout', file('key'), '-out', file('csr'), '-subj', `/CN=${host}`);
    writeFileSync(file('ext'), `subjectAltName=DNS:${host}\n`);
    const signer = ['-CA', this.cert, '-CAkey', this.key, '-CAcreateserial', ...validFor(days)];
    openssl('x509', '-req', '-in', file('csr'), ...signer, '-extfile', file('ext'), '-out', file('crt'));
    return { cert: file('crt'), key: file('key') };
  }
}
