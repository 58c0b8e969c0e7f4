import type { ProcessConfig } from '../config/process-config';
import { type Tracing, useTracing } from './tracing';

/** `name=value`, separated by commas, values percent-encoded: as OpenTelemetry writes headers into a variable. */
export const headersFrom = (text = ''): Record<string, string> =>
  Object.fromEntries(
    text.split(',').flatMap((pair) => {
      const at = pair.indexOf('=');
      return at > 0 ? [[pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())]] : [];
    }),
  );

/** Switches tracing on where a collector is configured. Nothing of OpenTelemetry is loaded elsewhere. */
export function startTracing(config: ProcessConfig, service: string): Tracing | undefined {
  const { otelExporterOtlpEndpoint: endpoint, otelExporterOtlpHeaders, otelTracesSamplerArg: ratio } = config;
  if (!endpoint) return undefined;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only here, and CommonJS loads it in time
  const { OpenTelemetry } = require('./open-telemetry') as typeof import('./open-telemetry');
  const started = new OpenTelemetry({ service, endpoint, headers: headersFrom(otelExporterOtlpHeaders), ratio });
  useTracing(started);
  return started;
}
