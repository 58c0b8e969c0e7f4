import { type Nothing, outboxOf, type Refusal, sendEmail } from '@open-cpo/contracts';
import { Broker, Bus, internalCaller } from '@open-cpo/messaging';
import { Health, Log } from '@open-cpo/platform';
import { OwnRedis, until } from '@open-cpo/testing';
import { Queue } from 'bullmq';
import { pause } from '../stack/processes';
import { USER } from './processes/confinement';
import { built, ProductionBuild } from './processes/production-build';
import type { Replica } from './processes/replica';
import { describeRendered } from './render';

// Dozens of processes start and end, beside whatever else runs.

const services = built.filter(({ database }) => database).map(({ name }) => name);
const CALLERS = 4;

describeRendered('the production build, with the environment of its manifest', () => {
  const build = new ProductionBuild();
  const itConfined = build.unconfined === undefined ? it : it.skip;
  const where = build.unconfined === undefined ? '' : ` (left out: ${build.unconfined})`;
  let redis: OwnRedis;
  let broker: Broker;
  let bus: Bus;

  beforeAll(async () => {
    redis = await OwnRedis.started();
    await build.prepare(redis.url);
    const options = { service: 'operator', url: build.natsUrl, user: 'operator-operators' };
    const password = build.secret('operator', 'nats-password');
    const callKeys = build.secret('operator', 'call-keys');
    broker = new Broker(
      { ...options, password, callKeys },
      Log.to({ service: 'operator', level: 'silent' }),
      new Health(),
    );
    await new Promise<void>((resolve) => broker.whenUp(() => resolve()));
    bus = new Bus(broker);
  });
  afterAll(async () => {
    await broker?.onApplicationShutdown();
    await build.remove();
    await redis?.remove();
  });

  it.each(services)('migrates the database of %s, once', (name) => {
    expect(build.once('Job', `${name}-migrate`, name)).toEqual([0, '']);
    expect(build.once('Deployment', name, name)).toEqual([0, '']);
  });

  itConfined(`runs as the user of the image, without capabilities, on a read-only root${where}`, async () => {
    const replica = await build.launch('stations');
    expect(replica.status('Uid').split(/\s+/)).toEqual(Array(4).fill(String(USER)));
    expect([replica.status('CapEff'), replica.status('CapBnd')]).toEqual(Array(2).fill('0000000000000000'));
    expect(replica.status('NoNewPrivs')).toBe('1');
    expect(replica.rootOptions()).toContain('ro');
    expect(await replica.end()).toEqual([0, null]);
  });

  /** Asks without a pause until it is told to stop; answers what came back, and how often. */
  function under(load: () => Promise<string>): () => Promise<string[]> {
    const answers = new Set<string>();
    let going = true;
    const callers = Array.from({ length: CALLERS }, async () => {
      while (going) answers.add(await load());
    });
    return async () => {
      going = false;
      await Promise.all(callers);
      return [...answers];
    };
  }

  /** Three replicas share the work; two of them leave, one after the other, while it goes on. */
  async function leavesInOrder(
    replicas: readonly Replica[],
    done: (one: Replica) => Promise<number>,
    leaving: (one: Replica) => void = () => undefined,
  ): Promise<void> {
    for (const one of replicas) while ((await done(one)) === 0) await pause(50);
    for (const one of replicas.slice(1)) {
      leaving(one);
      expect(await one.end()).toEqual([0, null]);
    }
    expect(replicas.map(({ output }) => output).join('')).not.toMatch(/complains|permissions violation/i);
  }

  it.each(services)('three of %s share the calls, and none is lost while two leave', async (name) => {
    const replicas = [await build.launch(name), await build.launch(name), await build.launch(name)];
    const { unsent } = outboxOf(name);
    const nothing: Nothing = {};
    // Nothing is asked twice: a call that one of them refuses because it leaves is lost as well.
    const call = (): Promise<string> =>
      bus.call(unsent, nothing, internalCaller()).then(
        () => 'ok',
        ({ code, cause }: Refusal) => `${code}: ${String(cause)}`,
      );
    const stop = under(call);
    await leavesInOrder(replicas, (one) => one.count('open_cpo_operation_duration_seconds_count', /outbox\.unsent/));
    expect(await stop()).toEqual(['ok']);
    expect(await replicas[0]?.end()).toEqual([0, null]);
  });

  it('three gateways share the requests, and none is lost while two leave', async () => {
    const auth = await build.launch('auth');
    const replicas = [await build.launch('gateway'), await build.launch('gateway'), await build.launch('gateway')];
    const targets = [...replicas];
    let turn = 0;
    const body = JSON.stringify({});
    const stop = under(async () => {
      const target = targets[(turn += 1) % targets.length];
      const url = `http://127.0.0.1:${target?.port}/api/v3/auth/email/verify`;
      const answer = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
      await answer.text();
      return String(answer.status);
    });
    const done = (one: Replica) => one.count('open_cpo_http_request_duration_seconds_count', /email\/verify/);
    // What a load balancer does while preStop waits.
    await leavesInOrder(replicas, done, (one) => targets.splice(targets.indexOf(one), 1));
    // Refused by auth, or by the limit of such requests: answered.
    expect((await stop()).filter((status) => status !== '422' && status !== '429')).toEqual([]);
    for (const one of [replicas[0], auth]) expect(await one?.end()).toEqual([0, null]);
  });

  it('three workers share the jobs, and each job is done once although two leave', async () => {
    const auth = await build.launch('auth');
    const replicas = [await build.launch('worker'), await build.launch('worker'), await build.launch('worker')];
    const queue = new Queue(sendEmail.queue, { connection: { port: redis.port }, prefix: 'cpo:jobs' });
    let asked = 0;
    // E-mails that are none any more: asked for at auth, and done with.
    const stop = under(async () => {
      asked += 1;
      await queue.add(sendEmail.queue, { id: 1_000_000 + asked }, { attempts: sendEmail.attempts });
      return 'asked';
    });
    await leavesInOrder(replicas, (one) => one.count('open_cpo_job_tries_total', /queue="emails",outcome="done"/));
    await stop();
    const done = (): number =>
      replicas.reduce((sum, { output }) => sum + output.split('Nothing to send any more').length - 1, 0);
    // As long as it takes: a busy machine has thousands of them left when the asking ends.
    while ((await queue.getJobCountByTypes('waiting', 'prioritized', 'delayed', 'active')) > 0) await pause(100);
    await until(() => done() >= asked, 'the log to tell of every job');
    expect(done()).toBe(asked);
    await queue.close();
    for (const one of [replicas[0], auth]) expect(await one?.end()).toEqual([0, null]);
  });
});
