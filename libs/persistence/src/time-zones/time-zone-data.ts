import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Log, Metrics, type Reading } from '@open-cpo/platform';
import { DataSource } from 'typeorm';
import { sqlState } from '../errors/sql-state';
import {
  type AnsweredProbe,
  failedBy,
  minutesByNode,
  refusalOf,
  releaseBy,
  UNKNOWN_RELEASE,
  updateOf,
  ZONE_SOURCES,
} from './judgement';
import { TIME_ZONE_PROBES, type TimeZoneProbe } from './probes';

export interface TimeZoneOptions {
  /** The oldest release of the time zone database that is accepted, such as `2026c`. */
  readonly oldestAccepted: string;
  /** The package that names the zone of a place: its version, and all names that it gives. */
  readonly lookup?: { readonly version: string; readonly zones: readonly string[] };
  readonly probes?: readonly TimeZoneProbe[];
}

export const TIME_ZONE_OPTIONS = Symbol('open-cpo:time-zone-options');

const ANSWERS = `
  select (extract(epoch from (at at time zone zone) - (at at time zone 'UTC')) / 60)::int as minutes
  from unnest($1::text[], $2::timestamptz[]) with ordinality as probe (zone, at, number) order by number`;

/** Fails with the name of a zone that PostgreSQL does not know. */
const KNOWN = 'select count(now() at time zone zone) from unnest($1::text[]) as zone';
/** "time zone … not recognized" */
const INVALID_PARAMETER = '22023';

/** The server may be replaced by one with other data while this process runs. */
const GOOD_FOR_MS = 600_000;

/**
 * Compares the time zone data of Node.js, by which sessions are priced, with PostgreSQL's, by which days of lists and
 * exports are wrong. A process does not start with data that is older than accepted.
 */
@Injectable()
export class TimeZoneData implements OnModuleInit {
  private readonly probes: readonly TimeZoneProbe[];
  private readonly releaseOfNode = process.versions.tz ?? UNKNOWN_RELEASE;

  constructor(
    @Inject(TIME_ZONE_OPTIONS) private readonly options: TimeZoneOptions,
    private readonly source: DataSource,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    this.probes = options.probes ?? TIME_ZONE_PROBES;
  }

  /** @throws Error with one sentence that says what to update */
  async onModuleInit(): Promise<void> {
    const { oldestAccepted, lookup } = this.options;
    await this.checkNames(lookup?.zones ?? []);
    const answered = await this.ask();
    const refusal = refusalOf(answered, this.releaseOfNode, oldestAccepted);
    if (refusal) throw new Error(refusal);
    this.warn(answered);
    this.show();
  }

  private async ask(): Promise<AnsweredProbe[]> {
    const params = [this.probes.map(({ zone }) => zone), this.probes.map(({ at }) => at)];
    const rows = await this.source.query<{ minutes: number }[]>(ANSWERS, params);
    return this.probes.map((probe, index) => ({
      ...probe,
      answers: { node: minutesByNode(probe), postgresql: rows[index]?.minutes },
    }));
  }

  /** A name that one of the two does not know would be stored, and fail wherever it is read. */
  private async checkNames(zones: readonly string[]): Promise<void> {
    const now = new Date().toISOString();
    const unknown = zones.find((zone) => minutesByNode({ zone, at: now }) === undefined);
    if (unknown) throw new Error(`Node.js does not know the time zone ${unknown} of tz-lookup: ${updateOf(['node'])}.`);
    try {
      if (zones.length > 0) await this.source.query(KNOWN, [zones]);
    } catch (error) {
      if (sqlState(error) !== INVALID_PARAMETER) throw error;
      const why = error instanceof Error ? error.message : '';
      throw new Error(`PostgreSQL does not know a zone of tz-lookup (${why}): ${updateOf(['postgresql'])}.`);
    }
  }

  private warn(answered: readonly AnsweredProbe[]): void {
    const failed = ZONE_SOURCES.filter((source) => failedBy(source, answered).length > 0);
    if (failed.length === 0) return;
    const zones = failed.flatMap((source) => failedBy(source, answered).map(({ zone }) => zone));
    this.log.warn('Time zone data is out of date', {
      node: this.releaseOfNode,
      postgresql: releaseBy('postgresql', answered),
      zones: [...new Set(zones)],
      advice: updateOf(failed),
    });
  }

  private show(): void {
    const info = 'Release of the time zone data of a source; for postgresql the newest one whose probes hold.';
    this.metrics.read({
      gauges: { open_cpo_time_zone_data_info: info },
      labels: ['source', 'version'],
      goodFor: GOOD_FOR_MS,
      read: async () => this.versions(await this.ask()),
    });
    const failed = 'Probes of time zones that a source answers wrong.';
    this.metrics.read({
      gauges: { open_cpo_time_zone_probes_failed: failed },
      labels: ['source'],
      goodFor: GOOD_FOR_MS,
      read: async () => {
        const answered = await this.ask();
        return ZONE_SOURCES.map((source) => ({
          labels: { source },
          values: { open_cpo_time_zone_probes_failed: failedBy(source, answered).length },
        }));
      },
    });
  }

  private versions(answered: readonly AnsweredProbe[]): Reading[] {
    const { lookup } = this.options;
    const versions: Record<string, string> = {
      node: this.releaseOfNode,
      postgresql: releaseBy('postgresql', answered),
      ...(lookup ? { tz_lookup: lookup.version } : {}),
    };
    return Object.entries(versions).map(([source, version]) => ({
      labels: { source, version },
      values: { open_cpo_time_zone_data_info: 1 },
    }));
  }
}
