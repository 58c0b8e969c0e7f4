import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** The version in the `package.json` of the folder in which processes are started. */
function version(): string {
  try {
    return (JSON.parse(readFileSync('package.json', 'utf8')) as { version?: string }).version ?? 'unknown';
  } catch {
    return 'unknown';
  }
}

/** Which process spans come from, by the names of OpenTelemetry. The host's name is that of the pod on Kubernetes. */
export const resourceOf = (service: string): Record<string, string> => ({
  'service.name': service,
  'service.namespace': 'open-cpo',
  'service.version': version(),
  'service.instance.id': `${hostname()}-${process.pid}`,
  'host.name': hostname(),
});
