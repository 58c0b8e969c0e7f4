import { randomUUID } from 'node:crypto';
import { importColumnsOf, type ImportJob, workerImports, workforceWorkers } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { JOHN, owner, startWorkforce, type Workforce } from '../test/workforce';

describe('imports of workers', () => {
  let workforce: Workforce;
  beforeAll(async () => (workforce = await startWorkforce('worker_imports')));
  afterAll(() => workforce?.stop());

  const imported = async (
    dry_run = false,
    cells: Record<string, string> = { external_id: 'W-1', ...JOHN },
  ): Promise<Pick<ImportJob, 'created' | 'unchanged' | 'failed'>> => {
    const { bus } = workforce;
    const file = { object: `import-${randomUUID()}`, size: 1000, digest: 'x', dry_run };
    const { id: importId } = await bus.call(workerImports.start, file, owner());
    const ref = { importId, run: randomUUID() };
    await bus.call(workerImports.begin, ref, internalCaller());
    const rows = [{ line: 2, cells }];
    await bus.call(workerImports.batch, { ...ref, from: 0, rows, bytes: 500 }, owner());
    await bus.call(workerImports.finished, ref, internalCaller());
    const { created, unchanged, failed } = await bus.call(workerImports.one, { importId }, owner());
    return { created, unchanged, failed };
  };

  it('accept the example of the template', async () => {
    const cells = Object.fromEntries(importColumnsOf('workers').map(({ name, example }) => [name, example]));
    expect(await imported(true, cells)).toEqual({ created: 1, unchanged: 0, failed: 0 });
  });

  it('make a worker again who was removed', async () => {
    const [made, kept] = [
      { created: 1, unchanged: 0, failed: 0 },
      { created: 0, unchanged: 1, failed: 0 },
    ];
    expect([await imported(true), await imported(), await imported()]).toEqual([made, made, kept]);
    const [worker] = (await workforce.bus.call(workforceWorkers.table, {}, owner())).data;
    await workforce.bus.call(workforceWorkers.remove, { id: worker?.id ?? 0 }, owner());
    expect([await imported(true), await imported(), await imported()]).toEqual([made, made, kept]);
  });
});
