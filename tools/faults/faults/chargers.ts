import type { TestContext } from '../environment/test-context';
import { second, type FaultEnvironment } from '../environment/fault-environment';
import type { Fault } from './fault';
import { moment } from './moments';

/** Longer than the service waits for its database before it closes connections. */
const LONG_MS = 25_000;

/** A fault of chargers, which is tried where there is their service. */
export const field = (name: string, more: Pick<Fault, 'begin' | 'lasts'> & Partial<Fault>): Fault => ({
  name: `chargers: ${name}`,
  hits: ['chargers'],
  skipped: (environment) => (environment.mark('chargers') ? undefined : 'not part of the platform'),
  ...more,
});

const sessionsOpen = ({ fleet }: TestContext): Promise<void> =>
  moment('every charger had a session', () => fleet.chargers.every(({ transaction }) => transaction !== undefined));

const unanswered = ({ fleet }: TestContext, action: string): Promise<void> =>
  moment(`a ${action} was not answered`, () => fleet.chargers.some((charger) => charger.unanswered === action));

/** Takes something away while sessions end: first the ends are held back, so that all come then. */
async function whileEnding(context: TestContext, takeAway: () => void): Promise<void> {
  const release = context.fleet.holdEnds();
  await moment('sessions were about to end', () => context.fleet.chargers.every(({ waitsForEnd }) => waitsForEnd));
  takeAway();
  release();
  await unanswered(context, 'StopTransaction');
}

/** Which replica has the connection of the first charger. */
const holder = ({ fleet }: TestContext): string => (fleet.chargers[0]?.replica ? second('chargers') : 'chargers');

const lines = ({ chargerLines }: FaultEnvironment) => chargerLines;

/** What befalls chargers and their connections. */
export const chargerFaults: readonly Fault[] = [
  field('kill -9 with open sessions', {
    begin: async (environment, context) => {
      await sessionsOpen(context);
      environment.hit('chargers', 'SIGKILL');
    },
    lasts: 2000,
    short: true,
  }),
  field('freeze with open sessions', {
    begin: async (environment, context) => {
      await sessionsOpen(context);
      environment.hit('chargers', 'SIGSTOP');
      await moment('a message was not answered', () => context.fleet.chargers.some((charger) => charger.unanswered));
    },
    lasts: 4000,
    end: (environment) => void environment.hit('chargers', 'SIGCONT'),
  }),
  field('database away while sessions end', {
    hits: 'all',
    begin: (environment, context) => whileEnding(context, () => environment.lines.to.postgres.cut(true)),
    lasts: LONG_MS,
    end: (environment) => environment.lines.heal(),
  }),
  field('NATS away while sessions end', {
    hits: 'all',
    // Nothing of it is noticed at a charger: what is stored is answered.
    begin: async (environment, context) => {
      const release = context.fleet.holdEnds();
      await moment('sessions were about to end', () => context.fleet.chargers.every(({ waitsForEnd }) => waitsForEnd));
      environment.lines.to.nats.cut(true);
      release();
      await moment('ends were answered without NATS', () =>
        context.fleet.chargers.every(({ waitsForEnd, unanswered: sent }) => !waitsForEnd && sent !== 'StopTransaction'),
      );
    },
    lasts: 5000,
    end: (environment) => environment.lines.heal(),
  }),
  field('half-open connections', {
    hits: [],
    begin: async (environment, context) => {
      await sessionsOpen(context);
      lines(environment).forEach((line) => line.impair({ silent: true }));
      await moment('a message was not answered', () => context.fleet.chargers.some((charger) => charger.unanswered));
    },
    lasts: 9000,
    end: (environment) => lines(environment).forEach((line) => line.heal()),
  }),
  field('reset of every connection', {
    hits: [],
    begin: async (environment, context) => {
      await sessionsOpen(context);
      lines(environment).forEach((line) => line.cut());
    },
    lasts: 1000,
  }),
];

/** With two replicas: chargers go over to the other one. */
export const chargerPairFaults: readonly Fault[] = [
  field('kill -9 one of two while sessions end', {
    pairs: true,
    begin: (environment, context) => whileEnding(context, () => void environment.hit(holder(context), 'SIGKILL')),
    lasts: 2000,
  }),
  field('freeze one of two with open sessions: takeover', {
    pairs: true,
    begin: async (environment, context) => {
      await sessionsOpen(context);
      const frozen = holder(context);
      environment.hit(frozen, 'SIGSTOP');
      await moment('a charger went over to the other replica', () => holder(context) !== frozen);
      // It goes on with what it had received, for connections that were taken over.
      environment.hit(frozen, 'SIGCONT');
    },
    lasts: 2000,
  }),
];
