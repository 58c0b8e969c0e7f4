import type { Scene } from '../stage/scene';
import { second, type Stage } from '../stage/stage';
import type { Fault } from './fault';
import { moment } from './moments';

/** Longer than the service waits for its database before it closes connections. */
const LONG_MS = 25_000;

/** A fault of chargers, which is tried where there is their service. */
export const field = (name: string, more: Pick<Fault, 'begin' | 'lasts'> & Partial<Fault>): Fault => ({
  name: `chargers: ${name}`,
  hits: ['chargers'],
  skipped: (stage) => (stage.mark('chargers') ? undefined : 'not part of the platform'),
  ...more,
});

const sessionsOpen = ({ fleet }: Scene): Promise<void> =>
  moment('every charger had a session', () => fleet.chargers.every(({ transaction }) => transaction !== undefined));

const unanswered = ({ fleet }: Scene, action: string): Promise<void> =>
  moment(`a ${action} was not answered`, () => fleet.chargers.some((charger) => charger.unanswered === action));

/** Takes something away while sessions end: first the ends are held back, so that all come then. */
async function whileEnding(scene: Scene, takeAway: () => void): Promise<void> {
  const release = scene.fleet.holdEnds();
  await moment('sessions were about to end', () => scene.fleet.chargers.every(({ waitsForEnd }) => waitsForEnd));
  takeAway();
  release();
  await unanswered(scene, 'StopTransaction');
}

/** Which replica has the connection of the first charger. */
const holder = ({ fleet }: Scene): string => (fleet.chargers[0]?.replica ? second('chargers') : 'chargers');

const lines = ({ chargerLines }: Stage) => chargerLines;

/** What befalls chargers and their connections. */
export const chargerFaults: readonly Fault[] = [
  field('kill -9 with open sessions', {
    begin: async (stage, scene) => {
      await sessionsOpen(scene);
      stage.hit('chargers', 'SIGKILL');
    },
    lasts: 2000,
    short: true,
  }),
  field('freeze with open sessions', {
    begin: async (stage, scene) => {
      await sessionsOpen(scene);
      stage.hit('chargers', 'SIGSTOP');
      await moment('a message was not answered', () => scene.fleet.chargers.some((charger) => charger.unanswered));
    },
    lasts: 4000,
    end: (stage) => void stage.hit('chargers', 'SIGCONT'),
  }),
  field('database away while sessions end', {
    hits: 'all',
    begin: (stage, scene) => whileEnding(scene, () => stage.lines.to.postgres.cut(true)),
    lasts: LONG_MS,
    end: (stage) => stage.lines.heal(),
  }),
  field('NATS away while sessions end', {
    hits: 'all',
    // Nothing of it is noticed at a charger: what is stored is answered.
    begin: async (stage, scene) => {
      const release = scene.fleet.holdEnds();
      await moment('sessions were about to end', () => scene.fleet.chargers.every(({ waitsForEnd }) => waitsForEnd));
      stage.lines.to.nats.cut(true);
      release();
      await moment('ends were answered without NATS', () =>
        scene.fleet.chargers.every(({ waitsForEnd, unanswered: sent }) => !waitsForEnd && sent !== 'StopTransaction'),
      );
    },
    lasts: 5000,
    end: (stage) => stage.lines.heal(),
  }),
  field('half-open connections', {
    hits: [],
    begin: async (stage, scene) => {
      await sessionsOpen(scene);
      lines(stage).forEach((line) => line.suffer({ silent: true }));
      await moment('a message was not answered', () => scene.fleet.chargers.some((charger) => charger.unanswered));
    },
    lasts: 9000,
    end: (stage) => lines(stage).forEach((line) => line.heal()),
  }),
  field('reset of every connection', {
    hits: [],
    begin: async (stage, scene) => {
      await sessionsOpen(scene);
      lines(stage).forEach((line) => line.cut());
    },
    lasts: 1000,
  }),
];

/** With two replicas: chargers go over to the other one. */
export const chargerPairFaults: readonly Fault[] = [
  field('kill -9 one of two while sessions end', {
    pairs: true,
    begin: (stage, scene) => whileEnding(scene, () => void stage.hit(holder(scene), 'SIGKILL')),
    lasts: 2000,
  }),
  field('freeze one of two with open sessions: takeover', {
    pairs: true,
    begin: async (stage, scene) => {
      await sessionsOpen(scene);
      const frozen = holder(scene);
      stage.hit(frozen, 'SIGSTOP');
      await moment('a charger went over to the other replica', () => holder(scene) !== frozen);
      // It goes on with what it had received, for connections that were taken over.
      stage.hit(frozen, 'SIGCONT');
    },
    lasts: 2000,
  }),
];
