export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';
export type Attributes = Readonly<Record<string, string | number | boolean>>;

export interface SpanOptions {
  readonly kind?: SpanKind;
  /** W3C trace context of what caused it, where that happened in another process; else the span under way is. */
  readonly parent?: string;
  /** Names and ids only: traces are kept where no rule for personal data reaches. */
  readonly attributes?: Attributes;
}

/** Something that takes time, as a part of what a request causes. */
export interface Span {
  /** Its W3C trace context: what it causes elsewhere names it as its parent. */
  readonly traceparent: string;
  note(name: string, value: string | number | boolean): void;
  /** Runs `work`; spans begun inside are children of this one. */
  run<T>(work: () => T): T;
  /** Ends it, with what went wrong. Of an error its type is recorded, never its text: that may hold what a client sent. */
  end(error?: unknown): void;
}

/** Traces of this process. */
export interface Tracing {
  begin(name: string, options?: SpanOptions): Span;
  /** Runs `work` as a span. */
  span<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T>;
  /** The W3C trace context of the span under way. */
  readonly current: string | undefined;
  /** Hands over what has not been handed over yet. */
  stop(): Promise<void>;
}

let active: Tracing | undefined;

/** The traces of this process; nothing while tracing is off, so that it costs one comparison. */
export const tracing = (): Tracing | undefined => active;

/** Switches tracing on, or with nothing off. */
export function useTracing(started: Tracing | undefined): void {
  active = started;
}
