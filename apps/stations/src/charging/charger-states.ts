import { Injectable } from '@nestjs/common';
import type { RejectedEvent } from '@open-cpo/events';
import { BackEndsRepository } from '../back-ends/back-ends.repository';
import { ReadModelUpdates } from '../derived/read-model-updates';
import { ChargerStatesRepository } from './charger-states.repository';
import {
  applied,
  type Change,
  connectorOf,
  type KnownCharger,
  type KnownConnector,
  type Report,
  seenOf,
} from './reports';
import { type UnknownOne, UnknownReports } from './unknown-reports';

/** A report and the power center that it means. */
interface Placed {
  readonly report: Report;
  readonly charger: KnownCharger;
}

/** What chargers say becomes the state of power centers, in the current transaction. Late messages change nothing. */
@Injectable()
export class ChargerStates {
  constructor(
    private readonly repository: ChargerStatesRepository,
    private readonly backEnds: BackEndsRepository,
    private readonly unknown: UnknownReports,
    private readonly shown: ReadModelUpdates,
  ) {}

  /** Answers the reports that are not believed. */
  async apply(reports: readonly Report[]): Promise<readonly RejectedEvent[]> {
    if (reports.length === 0) return [];
    const rejectedEvents: RejectedEvent[] = [];
    const placed: Placed[] = [];
    const unknown: UnknownOne[] = [];
    const chargers = await this.repository.hold(reports);
    const isServed = await this.serving(reports, chargers);
    const inTime = [...reports].sort((a, b) => a.at.getTime() - b.at.getTime());
    for (const report of inTime) {
      const charger = meant(report, chargers);
      const reason = charger ? whyNot(report, charger, isServed) : whyNothing(report);
      if (reason) rejectedEvents.push({ eventId: report.eventId, reason });
      else if (charger) placed.push({ report, charger });
      else unknown.push({ report });
    }
    await this.change(placed, unknown);
    await this.unknown.keep(unknown);
    return rejectedEvents;
  }

  private async serving(reports: readonly Report[], chargers: readonly KnownCharger[]) {
    const names = [...new Set(reports.flatMap(({ backEnd }) => backEnd ?? []))];
    const pairs = await this.backEnds.served(
      names,
      chargers.map(({ id }) => id),
    );
    return (name: string, id: number): boolean => pairs.has(`${name} ${id}`);
  }

  private async change(placed: readonly Placed[], unknown: UnknownOne[]): Promise<void> {
    const spokenOf = placed.flatMap(({ report, charger }) => ('status' in report.said ? charger.id : []));
    const connectors = spokenOf.length > 0 ? await this.repository.connectors([...new Set(spokenOf)]) : [];
    const before = new Map([...placed.map(({ charger }) => charger), ...connectors].map((one) => [one, seenOf(one)]));
    const changes: Change[] = [];
    for (const { report, charger } of placed) {
      const connector = this.connector(report, charger, connectors);
      if ('status' in report.said && !connector) unknown.push({ report, charger });
      const change = applied(report, charger, connector);
      if (change) changes.push(change);
    }
    await this.repository.setStatus([...new Set(changes.flatMap(({ connector }) => connector ?? []))]);
    const came = changes.filter(({ connector }) => !connector).map(({ charger }) => charger);
    await this.repository.connect([...new Set(came)]);
    // By what is in the end: to and fro within a batch is nothing.
    const seen = changes.filter(({ charger, connector = charger }) => before.get(connector) !== seenOf(connector));
    await this.shown.tell([...new Set(seen.map(({ charger }) => charger.id))]);
  }

  private connector({ said }: Report, { id }: KnownCharger, connectors: readonly KnownConnector[]) {
    if (!('number' in said)) return undefined;
    return connectorOf(
      connectors.filter(({ charge_point_id }) => charge_point_id === id),
      said.number,
    );
  }
}

/** By its id where one is named, else by its token. */
const meant = ({ id, token }: Report, chargers: readonly KnownCharger[]): KnownCharger | undefined =>
  chargers.find((one) => (id === null ? one.token === token : one.id === id));

/** A state without a power center cannot be shown. */
const whyNothing = ({ id, token }: Report): string | undefined =>
  id === null && !token ? 'token: neither it nor charge_point_id names a power center.' : undefined;

function whyNot(
  { id, token, backEnd }: Report,
  charger: KnownCharger,
  isServed: (name: string, id: number) => boolean,
) {
  if (id !== null && token && token !== charger.token) {
    return `token: it is not that of the power center ${id} (charge_point_id).`;
  }
  if (backEnd === undefined || isServed(backEnd, charger.id)) return undefined;
  return `The back end ${backEnd} does not serve the power center ${charger.id}.`;
}
