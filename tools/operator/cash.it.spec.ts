import { Controller } from '@nestjs/common';
import {
  type CorrectCash,
  type HandlersOf,
  type Retained,
  type Till,
  type TillQuery,
  type WorkerCash,
  workforceOperators,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { startTestService, type TestBroker, testBroker, type TestService } from '@open-cpo/testing';
import { operator } from './operator';

const asked: object[] = [];

@Controller()
class Workforce implements HandlersOf<typeof workforceOperators> {
  @Handles(workforceOperators.correct)
  async correct(input: CorrectCash): Promise<WorkerCash> {
    asked.push(input);
    return { worker_id: input.workerId, currency: input.currency ?? 'DZD', cash_on_hands: '30.00' };
  }

  @Handles(workforceOperators.till)
  async till({ accountId }: TillQuery): Promise<Till[]> {
    return accountId === 1 ? [{ currency: 'DZD', amount: '120.50' }] : [];
  }

  @Handles(workforceOperators.enforceRetention)
  async enforceRetention(): Promise<Retained> {
    return { removed: 2 };
  }
}

class WorkforceModule {}

describe('npm run operator -- cash', () => {
  let broker: TestBroker;
  let service: TestService;

  beforeAll(async () => {
    broker = await testBroker();
    const module = { module: WorkforceModule, controllers: [Workforce] };
    service = await startTestService({ broker, module, serves: [workforceOperators], name: 'workforce' });
  });
  afterAll(async () => {
    await service?.stop();
    await broker?.stop();
  });
  beforeEach(() => void asked.splice(0));

  const run = (...args: string[]) => operator(['cash', ...args], { natsUrl: broker.url });

  it('correct says what is on the worker’s hands now', async () => {
    const out = 'Worker 5 has 30.00 DZD on hands.';
    expect(await run('correct', '5', '--amount', '10.5', '--reason', 'counted')).toEqual({ code: 0, out });
    expect(asked).toMatchObject([{ workerId: 5, amount: '10.5', reason: 'counted', by: expect.any(String) as string }]);
  });

  it('correct takes away, too, in the currency that is meant', async () => {
    const out = 'Worker 5 has 30.00 JOD on hands.';
    const words = ['correct', '5', '--amount=-20', '--currency', 'jod', '--reason', 'counted'];
    expect(await run(...words)).toEqual({ code: 0, out });
    expect(asked).toMatchObject([{ amount: '-20', currency: 'JOD' }]);
  });

  it('correct says why an amount is none', async () => {
    const refused = await run('correct', '5', '--amount', '0', '--reason', 'counted');
    expect(refused).toEqual({
      code: 1,
      error: 'Refused (validation_failed): The amount field must be an amount other than 0.',
    });
    expect(await run('correct', '5', '--amount', '3')).toMatchObject({ code: 2 });
  });

  it('till is a table', async () => {
    expect(await run('till', '1')).toEqual({ code: 0, out: 'CURRENCY  AMOUNT\nDZD       120.50' });
    expect(await run('till', '2')).toEqual({ code: 0, out: 'None.' });
  });
});
