import { hostname } from 'node:os';
import { logFields, traceFields } from '../log/log-context';
import { ProcessConfig } from '../config/process-config';
import { readConfig } from '../config/read-config';
import { faultOf } from './fault';
import { OpenTelemetry } from './open-telemetry';
import { resourceOf } from './resource';
import { headersFrom, startTracing } from './start-tracing';
import { spanContextOf } from './traceparent';
import { tracing, useTracing } from './tracing';

const BASE = { NATS_URL: 'nats://nowhere', REDIS_URL: 'redis://nowhere' };
const CAUSE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const IGNORED = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';

const traces = (ratio = 1) => new OpenTelemetry({ service: 'test', endpoint: 'http://127.0.0.1:1/', ratio });

afterEach(() => useTracing(undefined));

describe('tracing', () => {
  it('is off, and nothing of it loaded, unless a collector is configured', () => {
    jest.isolateModules(() => {
      jest.doMock('./open-telemetry', () => {
        throw new Error('loaded');
      });
      const fresh = jest.requireActual<typeof import('./start-tracing')>('./start-tracing');
      expect(fresh.startTracing(readConfig(ProcessConfig, BASE), 'test')).toBeUndefined();
    });
    jest.dontMock('./open-telemetry');
    expect(tracing()).toBeUndefined();
    expect(traceFields()).toBeUndefined();
  });

  it('is on where one is', async () => {
    const config = readConfig(ProcessConfig, { ...BASE, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' });
    const started = startTracing(config, 'test');
    expect(tracing()).toBe(started);
    await started?.stop();
  });

  it('says of which version and which process spans are', () => {
    const resource = resourceOf('auth');
    expect(resource).toMatchObject({
      'service.name': 'auth',
      'service.namespace': 'open-cpo',
      'host.name': hostname(),
    });
    expect(resource['service.version']).toMatch(/^\d+\.\d+\.\d+$/);
    expect(resource['service.instance.id']).toBe(`${hostname()}-${process.pid}`);
  });

  it.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
    ['OTEL_TRACES_SAMPLER_ARG', 'always'],
  ])('refuses %s=%s', (name, value) => {
    expect(() => readConfig(ProcessConfig, { ...BASE, [name]: value })).toThrow(name);
  });

  it('reads headers as OpenTelemetry writes them', () => {
    expect(headersFrom('authorization=Basic%20YTpi, x-scope=1,broken,=none')).toEqual({
      authorization: 'Basic YTpi',
      'x-scope': '1',
    });
    expect(headersFrom()).toEqual({});
  });
});

describe('a span', () => {
  it('goes on with the trace that it was caused by', () => {
    const span = traces().begin('work', { parent: CAUSE });
    expect(span.traceparent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[\da-f]{16}-01$/);
    expect(span.traceparent).not.toBe(CAUSE);
    span.end();
  });

  it('is not taken where its cause was not, nor beyond the part that is configured', () => {
    expect(traces().begin('work', { parent: IGNORED }).traceparent).toMatch(/-00$/);
    expect(traces(0).begin('work').traceparent).toMatch(/-00$/);
    expect(traces(0).begin('work', { parent: CAUSE }).traceparent).toMatch(/-01$/);
  });

  it.each(['', 'nonsense', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`])(
    'begins a trace of its own for %p',
    (parent) => {
      expect(spanContextOf(parent)).toBeUndefined();
      expect(traces().begin('work', { parent }).traceparent).not.toContain('0'.repeat(32));
    },
  );

  it('is what lies under the work in it, however deep, and names it in the log', async () => {
    const on = traces();
    useTracing(on);
    expect(on.current).toBeUndefined();
    await on.span('outer', {}, async (outer) => {
      await new Promise(setImmediate);
      expect(on.current).toBe(outer.traceparent);
      expect({ ...logFields(), ...traceFields() }).toEqual({ traceId: outer.traceparent.slice(3, 35) });
      await on.span('inner', {}, async (inner) => {
        expect(inner.traceparent.slice(0, 35)).toBe(outer.traceparent.slice(0, 35));
      });
      expect(on.current).toBe(outer.traceparent);
    });
    expect(on.current).toBeUndefined();
  });

  it('lets what goes wrong through', async () => {
    const failing = traces().span('work', {}, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
  });
});

describe('of an error', () => {
  it('the type is told and never the text', () => {
    expect(faultOf(new TypeError('Ada is not a number'))).toEqual({ type: 'TypeError', fault: true });
    expect(faultOf(Object.assign(new Error('Ada'), { code: '23505' }))).toEqual({ type: '23505', fault: true });
    expect(faultOf('Ada')).toEqual({ type: 'string', fault: true });
  });

  it('it is a fault unless it was said to the client on purpose', () => {
    const refusal = (code: string, kind: string): Error => Object.assign(new Error('no'), { code, kind });
    expect(faultOf(refusal('validation_failed', 'invalid'))).toEqual({ type: 'validation_failed', fault: false });
    expect(faultOf(refusal('service_unavailable', 'unavailable'))).toMatchObject({ fault: true });
    expect(faultOf(refusal('internal', 'internal'))).toMatchObject({ fault: true });
  });
});
