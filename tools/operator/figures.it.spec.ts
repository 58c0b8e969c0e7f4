import { Controller } from '@nestjs/common';
import { type FiguresRebuilt, type HandlersOf, type RebuildFigures, stationsOperators } from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { startTestService, type TestBroker, testBroker, type TestService } from '@open-cpo/testing';
import { operator } from './operator';

const asked: RebuildFigures[] = [];
const parts: FiguresRebuilt[] = [
  { rows: 50, corrected: 2, next: 50 },
  { rows: 50, corrected: 0, next: 104 },
  { rows: 3, corrected: 1, next: null },
];

@Controller()
class Stations implements HandlersOf<typeof stationsOperators> {
  @Handles(stationsOperators.rebuild)
  async rebuild(input: RebuildFigures): Promise<FiguresRebuilt> {
    asked.push(input);
    return parts[asked.length - 1] ?? { rows: 0, corrected: 0, next: null };
  }
}

class StationsModule {}

describe('npm run operator -- figures rebuild', () => {
  let broker: TestBroker;
  let service: TestService;

  beforeAll(async () => {
    broker = await testBroker();
    const module = { module: StationsModule, controllers: [Stations] };
    service = await startTestService({ broker, module, serves: [stationsOperators], name: 'stations' });
  });
  afterAll(async () => {
    await service?.stop();
    await broker?.stop();
  });

  const run = () => operator(['figures', 'rebuild'], { natsUrl: broker.url });

  it('goes through all power centers, a part at a time, and says what was wrong', async () => {
    const out = '3 of 103 power centers had wrong figures; all are right now.';
    expect(await run()).toEqual({ code: 0, out });
    expect(asked.map(({ after }) => after ?? null)).toEqual([null, 50, 104]);
    expect(new Set(asked.map(({ by }) => by)).size).toBe(1);
  });

  it('says so when stations does not answer', async () => {
    await service.stop();
    expect(await run()).toMatchObject({ code: 1, error: expect.stringContaining('service_unavailable') as string });
  });
});
