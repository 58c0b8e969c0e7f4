import {
  type Attributes as SpanAttributes,
  type Context,
  ROOT_CONTEXT,
  type Span as OpenSpan,
  SpanKind as Kind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { AsyncContext } from '../async-context/async-context';
import { faultOf } from './fault';
import { resourceOf } from './resource';
import { spanContextOf, traceparentOf } from './traceparent';
import type { Span, SpanOptions, Tracing } from './tracing';

export interface TracingOptions {
  readonly service: string;
  /** Base address of the collector; `/v1/traces` is added. */
  readonly endpoint: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Part of the requests that are traced, 0 to 1; one that comes with a trace of its own follows that. */
  readonly ratio: number;
}

const KINDS = {
  internal: Kind.INTERNAL,
  server: Kind.SERVER,
  client: Kind.CLIENT,
  producer: Kind.PRODUCER,
  consumer: Kind.CONSUMER,
} as const;

/** Milliseconds for which finished spans are gathered. */
const GATHERING = 1000;

/** Tracing by OpenTelemetry. Loaded only where it is switched on. */
export class OpenTelemetry implements Tracing {
  private readonly provider: TracerProvider;
  private readonly tracer: Tracer;
  private readonly under = new AsyncContext<OpenSpan>();

  constructor({ service, endpoint, headers = {}, ratio }: TracingOptions) {
    const url = `${endpoint.replace(/(?<!\/)\/+$/, '')}/v1/traces`;
    const exporter = new OTLPTraceExporter({ url, headers: { ...headers }, timeoutMillis: 5000 });
    this.provider = new TracerProvider({
      resource: resourceFromAttributes(resourceOf(service)),
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
      spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: GATHERING })],
    });
    this.tracer = this.provider.getTracer('open-cpo');
  }

  get current(): string | undefined {
    const span = this.under.value;
    return span && traceparentOf(span.spanContext());
  }

  begin(name: string, { kind = 'internal', parent, attributes }: SpanOptions = {}): Span {
    const options = { kind: KINDS[kind], attributes: attributes as SpanAttributes };
    const span = this.tracer.startSpan(name, options, this.contextOf(parent));
    return {
      traceparent: traceparentOf(span.spanContext()),
      note: (key, value) => void span.setAttribute(key, value),
      run: (work) => this.under.run(span, work),
      end: (error) => ended(span, error),
    };
  }

  async span<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
    const span = this.begin(name, options);
    try {
      const result = await span.run(() => work(span));
      span.end();
      return result;
    } catch (error) {
      span.end(error);
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.provider.shutdown();
  }

  private contextOf(parent: string | undefined): Context {
    const remote = spanContextOf(parent);
    if (remote) return trace.setSpanContext(ROOT_CONTEXT, remote);
    const span = this.under.value;
    return span ? trace.setSpan(ROOT_CONTEXT, span) : ROOT_CONTEXT;
  }
}

function ended(span: OpenSpan, error: unknown): void {
  if (error !== undefined) {
    const { type, fault } = faultOf(error);
    span.setAttribute('error.type', type);
    if (fault) span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}
