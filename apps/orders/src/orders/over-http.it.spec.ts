import { reference, startTestGateway, type TestGateway } from '@open-cpo/testing';
import { feedbackSubmitted } from '@open-cpo/contracts';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the whole way from HTTP to the table: tests pass apps to the kit
import * as gatewayParts from '../../../gateway/src/index';
import { knowChargePoints, type Orders, ordersWhere, say, startOrders } from '../test/orders';
import { after, end, start } from '../test/session';

const { answerOf, EXAMPLES, mismatches, operationOf } = reference;

/** The ids in the examples lead to what this test made. */
const OPERATIONS: Record<number, string> = {
  22: '/api/feedback?itemsPerPage=10&search=slow+charging',
  24: '/api/feedback/1',
  27: '/api/orders?itemsPerPage=10&search=CP%3A1',
  29: '/api/orders/1',
  30: '/api/orders/charge-point/1',
  45: '/api/charge-points/1/orders',
};

describe('orders and feedback over HTTP', () => {
  let own: Orders;
  let gateway: TestGateway;
  let token: string;
  let rival: string;

  beforeAll(async () => {
    own = await startOrders('orders_http');
    await knowChargePoints(own);
    gateway = await startTestGateway({ broker: own.broker, gateway: gatewayParts });
    token = gateway.auth.token({ userId: 11, accountId: 1, currency: 'DZD' });
    rival = gateway.auth.token({ userId: 21, accountId: 2, currency: 'JOD' });
    await start(own, 'a');
    await end(own, 'a', 51.77, 1560);
    const feedback = {
      version: 1,
      session_id: 'a',
      driver_id: 7,
      rating: '3.9',
      message: 'slow charging',
      time: after(60),
    };
    await say(own, feedbackSubmitted, feedback);
    await ordersWhere(own, 'status = 1 and feedback_exist');
  });
  afterAll(async () => {
    await gateway?.stop();
    await own?.stop();
  });

  const ask = async (path: string, bearer = token) => {
    const answer = await fetch(gateway.url + path, { headers: { authorization: `Bearer ${bearer}` } });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  it.each(Object.entries(OPERATIONS))('answers #%s as documented', async (number, path) => {
    const { status, body } = await ask(path);
    expect(status).toBe(200);
    expect(mismatches(body, answerOf(operationOf(Number(number))).shape)).toEqual([]);
    expect(JSON.stringify(body)).toContain('"charge_point_connector_id":10');
  });

  it.each(EXAMPLES.filter(({ number }) => Number(number) in OPERATIONS).map((one) => [`#${one.number}`, one] as const))(
    'takes the example request of %s',
    async (_, { url, headers }) => {
      const answer = await fetch(gateway.url + url, { headers: { ...headers, Authorization: `Bearer ${token}` } });
      expect([200, 404]).toContain(answer.status);
    },
  );

  it('tells all orders as a page when all are asked for', async () => {
    const { body } = await ask('/api/orders?itemsPerPage=-1');
    expect(mismatches(body, answerOf(operationOf(27)).shape)).toEqual([]);
    expect(body.results).toMatchObject({ meta: { per_page: -1, total: 1 } });
    expect((await ask('/api/feedback?itemsPerPage=-1')).body.results).toMatchObject({ meta: { total: 1 } });
  });

  it('takes sorting in both of its forms', async () => {
    for (const query of [
      'sortBy[0][key]=price&sortBy[0][order]=desc',
      `sortBy=${encodeURIComponent('[{"key":"energy","order":"asc"}]')}`,
    ]) {
      expect((await ask(`/api/orders?${query}`)).status).toBe(200);
    }
    const { status, body } = await ask('/api/orders?sortBy[0][key]=secret');
    expect(status).toBe(422);
    expect(body).toMatchObject({ success: 0 });
  });

  it('says of what is somebody else’s or nobody’s what the reference says', async () => {
    for (const path of ['/api/orders/1', '/api/feedback/1', '/api/orders/charge-point/1']) {
      expect(await ask(path, rival)).toEqual({ status: 404, body: { error: 'Order not found' } });
      expect(await ask(path.replace(/1$/, '77'))).toEqual({ status: 404, body: { error: 'Order not found' } });
      expect(await ask(path.replace(/1$/, '1e1'))).toEqual({ status: 404, body: { error: 'Order not found' } });
    }
    expect((await ask('/api/charge-points/1/orders', rival)).status).toBe(403);
    expect(await ask('/api/charge-points/77/orders')).toEqual({
      status: 404,
      body: { error: 'Invalid Resource Requested' },
    });
    expect((await ask('/api/orders', rival)).body.results).toMatchObject({ data: [], meta: { total: 0 } });
  });

  it('refuses strangers', async () => {
    for (const path of Object.values(OPERATIONS)) {
      expect((await ask(path, 'nobody')).status).toBe(401);
    }
  });
});
