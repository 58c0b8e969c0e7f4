import { accept } from '@open-cpo/contracts';
import { Random } from '../demo/random';
import { Fleet } from './fleet';

const powerCenters = [
  {
    id: 1,
    title: 'A',
    token: 'A',
    configured: 1 as const,
    connectors: [
      { number: 1, max_power: 22 },
      { number: 2, max_power: 0 },
    ],
  },
  { id: 2, title: 'B', token: 'B', configured: 0 as const, connectors: [{ number: 1, max_power: 22 }] },
];

describe('the simulator', () => {
  const run = (minutes: number) => {
    const fleet = new Fleet(powerCenters, { sessions: 5, speed: 20 }, new Random(7));
    let most = 0;
    const events = Array.from({ length: minutes * 30 }, (_, step) => {
      const events = fleet.step(step * 2000);
      most = Math.max(most, fleet.charging);
      return events;
    }).flat();
    return { fleet, events: [...events, ...fleet.stop(minutes * 60_000)], most };
  };

  it('never has two cars at a connector, and none at a power center that is not there yet', () => {
    const { most, events, fleet } = run(60);
    expect(most).toBe(2);
    expect(fleet.charging).toBe(0);
    expect(events.some(({ payload }) => 'token' in payload && payload.token === 'B')).toBe(false);
  });

  it('ends every session that it began, with a meter that only rises', () => {
    const { events } = run(60);
    const bySession = new Map<string, { subject: string; wh: number }[]>();
    for (const { domainEvent, payload } of events) {
      const { session_id: id, meter_wh: wh = 0 } = payload as { session_id?: string; meter_wh?: number };
      if (id) bySession.set(id, [...(bySession.get(id) ?? []), { subject: domainEvent.subject, wh }]);
    }
    expect(bySession.size).toBeGreaterThan(10);
    for (const events of bySession.values()) {
      expect(events[0]?.subject).toBe('charging.session.started');
      expect(events.filter(({ subject }) => subject === 'charging.session.completed')).toHaveLength(1);
      const registers = events.filter(({ subject }) => !subject.includes('feedback')).map(({ wh }) => wh);
      expect(registers).toEqual([...registers].sort((a, b) => a - b));
    }
  });

  it('tells what the platform understands', () => {
    for (const { domainEvent, payload } of run(20).events)
      expect(accept(domainEvent.payload, payload).errors.toMap()).toEqual({});
  });
});
