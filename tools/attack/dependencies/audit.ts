import { spawnSync } from 'node:child_process';

/** What `npm audit` came to. */
export type Audit =
  | { readonly kind: 'unavailable'; readonly why: string }
  | { readonly kind: 'done'; readonly vulnerabilities: readonly Vulnerability[] };

export interface Vulnerability {
  readonly name: string;
  readonly severity: string;
  readonly advisories: readonly string[];
}

interface Report {
  readonly auditReportVersion?: number;
  readonly vulnerabilities?: Record<string, { severity: string; via: readonly (string | { url?: string })[] }>;
}

/** Asks the registry what is known about the packages that are shipped. */
export function audit(checkout: string): Audit {
  const args = ['audit', '--omit=dev', '--json'];
  const { stdout, stderr } = spawnSync('npm', args, { cwd: checkout, encoding: 'utf8', timeout: 50_000 });
  return read(stdout ?? '', stderr ?? '');
}

/** A registry without advisories is no clean bill of health, and is told apart from one. */
export function read(stdout: string, stderr: string): Audit {
  let report: Report = {};
  try {
    report = JSON.parse(stdout) as Report;
  } catch {
    // Said below.
  }
  if (!report.auditReportVersion || !report.vulnerabilities) {
    return { kind: 'unavailable', why: /audit (.*)/.exec(stderr)?.[1] ?? 'no report' };
  }
  const vulnerabilities = Object.entries(report.vulnerabilities).map(([name, { severity, via }]) => ({
    name,
    severity,
    advisories: via.flatMap((one) => (typeof one === 'string' || !one.url ? [] : [one.url])),
  }));
  return { kind: 'done', vulnerabilities };
}
