import { Refusal } from '@open-cpo/contracts';
import { parseFrame } from '@open-cpo/ocpp';
import { Log, Metrics } from '@open-cpo/platform';
import type { MessageLog } from '../messages/message-log';
import type { ChargerContext } from '../sockets/charger-context';
import type { Version201 } from '../v201/version201';
import type { Actions } from './actions';
import { Messages } from './messages';
import { Outages } from './outages';
import { Version16 } from './version16';

jest.mock('node:timers/promises', () => ({ setTimeout: async () => undefined }));

const BOOT = '[2,"1","BootNotification",{"chargePointVendor":"a","chargePointModel":"b"}]';
const HEARTBEAT = '[2,"2","Heartbeat",{}]';
const READINGS = '[2,"3","MeterValues",{"connectorId":1,"meterValue":[{"sampledValue":[{"value":"1"}]}]}]';
const STATUS = '[2,"5","StatusNotification",{"connectorId":1,"status":"Available","errorCode":"NoError"}]';
const NO_READINGS = '[2,"4","MeterValues",{"connectorId":1,"meterValue":[]}]';

const CONTEXT = { id: 1, accountId: 1, note: () => undefined } as unknown as ChargerContext;

/** Messages of OCPP 1.6 that are stored by these actions. */
const messagesBy = (actions: object): Messages =>
  new Messages(
    new Version16(actions as Actions),
    {} as Version201,
    { add: () => undefined } as unknown as MessageLog,
    new Outages(),
    Log.to({ service: 'chargers', level: 'silent' }),
    new Metrics(),
  );

describe('messages while nothing can be stored', () => {
  afterEach(() => jest.restoreAllMocks());

  /** How often a socket is closed when a boot fails every five seconds for a minute, and another message is answered. */
  async function closedBeside(other: string): Promise<number> {
    const answer = async (_context: unknown, action: string): Promise<object> => {
      if (action === 'BootNotification') throw new Refusal('service_unavailable');
      return action === 'Heartbeat' ? { currentTime: '2026-03-01T10:00:00Z' } : {};
    };
    const messages = messagesBy({ answer });
    const close = jest.fn();
    let now = Date.UTC(2026, 2, 1);
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    for (let n = 0; n < 12; n += 1, now += 5000) {
      await messages.handle(CONTEXT, parseFrame(BOOT), BOOT, close);
      await messages.handle(CONTEXT, parseFrame(other), other, close);
    }
    return close.mock.calls.length;
  }

  it.each([
    ['heartbeats', HEARTBEAT],
    ['readings that are none', NO_READINGS],
  ])('close the socket after 20 s, also while %s are answered', async (_name, other) => {
    expect(await closedBeside(other)).toBe(8);
  });

  /** The answer to a status that cannot be stored the first times, and the attempts. */
  async function answerAfter(failures: number): Promise<{ readonly answer?: string; readonly attempts: number }> {
    let attempts = 0;
    const answer = async (): Promise<object> => {
      attempts += 1;
      if (attempts <= failures) throw new Refusal('service_unavailable');
      return {};
    };
    const messages = messagesBy({ answer });
    const answered = await messages.handle(CONTEXT, parseFrame(STATUS), STATUS, () => undefined);
    return { answer: answered, attempts };
  }

  it('store a status, which chargers send once, as soon as that is possible', async () => {
    expect(await answerAfter(3)).toEqual({ answer: '[3,"5",{}]', attempts: 4 });
    expect(await answerAfter(100)).toEqual({ answer: undefined, attempts: 5 });
  });

  it('close nothing for failures that are minutes apart', () => {
    const outages = new Outages();
    expect([0, 10_000, 80_000, 90_000].map((now) => outages.failed(now))).toEqual([false, false, false, false]);
    expect(outages.failed(101_000)).toBe(true);
    outages.over();
    expect(outages.failed(102_000)).toBe(false);
  });

  it('close nothing while other messages are stored', async () => {
    expect(await closedBeside(READINGS)).toBe(0);
  });

  /** Answers to readings that end at their time limit every ten minutes. `beside`: whether others are stored meanwhile. */
  async function answersOf(times: number, error: Error, beside = true): Promise<unknown[]> {
    const keepFailed = jest.fn(async () => ({}));
    const answer = async (_context: unknown, action: string): Promise<object> => {
      if (action === 'MeterValues') throw error;
      return { currentTime: '2026-03-01T10:00:00Z', status: 'Accepted', interval: 300 };
    };
    const messages = messagesBy({ answer, keepFailed });
    const answers: unknown[] = [];
    let now = Date.UTC(2026, 2, 1);
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    for (let n = 0; n < times; n += 1, now += beside ? 600_000 : 30_000) {
      if (beside) await messages.handle(CONTEXT, parseFrame(BOOT), BOOT, () => undefined);
      answers.push(await messages.handle(CONTEXT, parseFrame(READINGS), READINGS, () => undefined));
    }
    return answers;
  }

  it('are kept and answered when they alone always end at their time limit, after half an hour', async () => {
    const late = new Refusal('deadline_exceeded');
    expect(await answersOf(6, late)).toEqual([...Array(4).fill(undefined), '[3,"3",{}]', '[3,"3",{}]']);
    expect(await answersOf(100, late, false)).toEqual(Array(100).fill(undefined));
    expect(await answersOf(6, new Refusal('service_unavailable'))).toEqual(Array(6).fill(undefined));
  });
});
