import { type ChargerSession, Refusal } from '@open-cpo/contracts';
import { replyOf } from '../fixture/recording-bus';
import { bearer, recordingGateway, type RecordingGateway } from '../fixture/recording-gateway';

const PATH = '/api/chargers/7/sessions';
const ASKED = { connector: 1, payment: 'electronic', unit: 'energy', requested_quantity: '12.5' };
const requested = {
  ...{ id: 3104, charger_id: 7, state: 'requested', session_id: null, order_id: null, error: null },
  ...ASKED,
} as unknown as ChargerSession;
const accepted = { ...requested, state: 'accepted' } as const;
const started = { ...requested, state: 'started', session_id: 'ocpp.7.90412' } as const;
const ordered = { ...started, order_id: 171 };

let gateway: RecordingGateway;
beforeAll(async () => (gateway = await recordingGateway({ SESSION_WAIT: '800' })));
afterAll(() => gateway?.stop());
beforeEach(() => gateway.bus.reset());

/** The service answers these one after the other, and the last one for ever; the first one as it was stored with its key. */
function tells(states: readonly (ChargerSession | Refusal)[], replayed = false): void {
  const left = [...states];
  gateway.bus.answer = ({ subject }) => {
    const state = left.length > 1 ? left.shift() : left[0];
    const isReplayed = replayed && subject.endsWith('.start');
    return state instanceof Refusal ? Promise.reject(state) : replyOf(state, isReplayed);
  };
}

const ask = (headers: Record<string, string> = {}) =>
  gateway.ask('POST', PATH, { headers: { ...bearer(), ...headers }, body: ASKED });

describe('POST /api/chargers/{id}/sessions', () => {
  it('answers the order as soon as there is one', async () => {
    tells([requested, accepted, started, ordered]);
    const { status, headers, body } = await ask();
    expect([status, headers.get('location')]).toEqual([200, null]);
    expect(body).toMatchObject({ success: 1, results: { session_id: 'ocpp.7.90412', order_id: 171 } });
    const [start, ...looks] = gateway.bus.calls;
    expect(start).toMatchObject({ subject: 'chargers.sessions.start', input: { id: 7, ...ASKED } });
    expect(looks.map(({ input }) => input)).toEqual(Array(3).fill({ id: 7, request_id: 3104 }));
  });

  it('answers 202 with its place when the vehicle is not plugged in yet', async () => {
    tells([requested, accepted]);
    const { status, headers, body } = await ask();
    expect([status, headers.get('location')]).toEqual([202, `${PATH}/3104`]);
    expect(body).toMatchObject({ results: { state: 'accepted', order_id: null } });
  });

  it('answers 202 at once when asked to', async () => {
    tells([requested]);
    const { status, headers } = await ask({ prefer: 'respond-async' });
    expect([status, headers.get('preference-applied')]).toEqual([202, 'respond-async']);
    expect(gateway.bus.calls).toHaveLength(1);
  });

  it.each<Record<string, string>>([{}, { prefer: 'respond-async' }])(
    'tells a repeated request how it is: %j',
    async (headers) => {
      tells([requested, ordered], true);
      const answer = await ask({ 'idempotency-key': 'k-1', ...headers });
      expect([answer.status, answer.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
      expect(answer.body).toMatchObject({ results: { order_id: 171 } });
    },
  );

  it.each([
    ['rejected', 'start_rejected'],
    ['failed', 'start_rejected'],
    ['timed_out', 'start_timed_out'],
    ['not_connected', 'charger_not_connected'],
    ['cancelled', 'start_cancelled'],
  ] as const)('refuses when it is %s', async (state, code) => {
    tells([requested, { ...requested, state }]);
    const { status, headers, body } = await ask();
    expect([status, headers.get('x-error-code')]).toEqual([409, code]);
    expect(body).toMatchObject({ success: 0 });
  });

  it('waits on while the service is away for a moment, and passes a refusal on', async () => {
    tells([requested, new Refusal('service_unavailable'), ordered]);
    expect((await ask()).status).toBe(200);
    tells([new Refusal('connector_unavailable')]);
    expect((await ask()).headers.get('x-error-code')).toBe('connector_unavailable');
  });
});
