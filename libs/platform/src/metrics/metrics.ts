import { totalmem } from 'node:os';
import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { Source, type Reading } from './source';

/** Seconds; from an answer out of memory to what a deadline cuts off. */
const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** A limit changes with a restart alone, or with a resize of its pod. */
const LIMIT_GOOD_MS = 60_000;

/** Bytes; a container without a limit says 0, or more than there is. */
function memoryLimit(): number {
  const limit = process.constrainedMemory();
  return limit > 0 && limit < totalmem() ? limit : totalmem();
}

/** Values that somebody has to be asked for, read when a scraper comes by. */
export interface Readable {
  /** Name of each gauge and what it says. */
  readonly gauges: Readonly<Record<string, string>>;
  readonly labels?: readonly string[];
  /** Milliseconds for which an answer is good; those that cost a query take 15 s or more. */
  readonly goodFor?: number;
  readonly read: () => readonly Reading[] | Promise<readonly Reading[]>;
}

/**
 * Metrics of this process at `/metrics` of its health port. Labels come out of closed sets (operations,
 * routes, queues), never from what a client sends: each value of a label is a time series of its own.
 */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly sources = new Map<string, Source[]>();

  /** The media type of `text`. */
  get contentType(): string {
    return this.registry.contentType;
  }

  /** The counter of this name; its name ends with `_total`. */
  counter<L extends string = never>(name: string, help: string, labels: readonly L[] = []): Counter<L> {
    const known = this.registry.getSingleMetric(name) as Counter<L> | undefined;
    return known ?? new Counter<L>({ name, help, labelNames: [...labels], registers: [this.registry] });
  }

  /** The histogram of this name, of seconds. */
  durations<L extends string = never>(name: string, help: string, labels: readonly L[] = []): Histogram<L> {
    const known = this.registry.getSingleMetric(name) as Histogram<L> | undefined;
    return (
      known ?? new Histogram<L>({ name, help, labelNames: [...labels], buckets: SECONDS, registers: [this.registry] })
    );
  }

  /** Gauges that are read when a scraper comes by. What cannot be read is left out: no value is better than an old one. */
  read({ gauges, labels = [], goodFor = 250, read }: Readable): void {
    const source = new Source(read, goodFor);
    for (const [name, help] of Object.entries(gauges)) {
      const known = this.sources.get(name);
      if (known) known.push(source);
      else this.gauge(name, help, labels, [source]);
    }
  }

  /** Adds Node's metrics: processor, memory, garbage collection, delay of the event loop. */
  watchProcess(): void {
    // Looking every ten milliseconds, as is the default, costs a process that does nothing more than all else it does.
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: 50 });
    this.read({
      gauges: {
        open_cpo_memory_limit_bytes: 'Memory that this process may use: of its container, else of the machine.',
      },
      goodFor: LIMIT_GOOD_MS,
      read: () => [{ values: { open_cpo_memory_limit_bytes: memoryLimit() } }],
    });
  }

  /** Everything, in Prometheus' text format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  private gauge(name: string, help: string, labels: readonly string[], sources: Source[]): void {
    this.sources.set(name, sources);
    const failures = this.counter('open_cpo_metric_failures_total', 'Gauges that could not be read.', ['metric']);
    // Known from the start: of what begins with one, Prometheus sees no increase.
    failures.inc({ metric: name }, 0);
    new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [this.registry],
      async collect() {
        this.reset();
        // Without labels there would be a zero, and a zero is a value.
        if (labels.length === 0) this.remove();
        for (const latest of await Promise.all(sources.map((source) => source.latest()))) {
          if (!latest) failures.inc({ metric: name });
          for (const reading of latest ?? []) {
            const value = reading.values[name];
            if (value !== undefined) this.set(reading.labels ?? {}, value);
          }
        }
      },
    });
  }
}
