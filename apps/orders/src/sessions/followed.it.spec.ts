import { randomUUID } from 'node:crypto';
import { know, type Orders, ordersWhere, startOrders } from '../test/orders';
import { after, end, meter, start } from '../test/session';
import { Silence } from './silence';

describe('a session whose connector has had another beginning since', () => {
  let own: Orders;

  beforeAll(async () => {
    own = await startOrders('followed');
    await know(own, 51, 1);
  });
  afterAll(() => own?.stop());

  const begun = async (more: object): Promise<string> => {
    const id = randomUUID();
    await start(own, id, { charge_point_id: 51, connector_number: 3, ...more });
    await ordersWhere(own, `session_id = '${id}'`);
    return id;
  };
  const of = async (session: string) => (await ordersWhere(own, `session_id = '${session}'`))[0];
  const lastEvent = (sessions: readonly string[], ago: string) =>
    own.db.query(`update sessions set heard_at = now() - $2::interval where session_id = any($1)`, [sessions, ago]);
  const silence = () => own.service.app.get(Silence).run();

  it('ends with its last reading half an hour later, and its own end corrects the order', async () => {
    const first = await begun({});
    await meter(own, first, 20, 700);
    await ordersWhere(own, `session_id = '${first}' and charging_session_energy > 0`);
    const neighbour = await begun({ connector_number: 4 });
    const next = await begun({ time: after(40) });
    await lastEvent([first, neighbour], '20 minutes');
    await silence();
    expect(await of(first)).toMatchObject({ status: 0 });
    await lastEvent([first, neighbour, next], '40 minutes');
    await silence();
    expect(await of(first)).toMatchObject({ status: 1, charging_session_energy: '0.7000', closed_by: 'silence' });
    expect([await of(neighbour), await of(next)]).toMatchObject([{ status: 0 }, { status: 0 }]);
    await end(own, first, 30, 900);
    await ordersWhere(own, `session_id = '${first}' and revision = 2`);
    expect(await of(first)).toMatchObject({ charging_session_energy: '0.9000', closed_by: 'event' });
  });
});
