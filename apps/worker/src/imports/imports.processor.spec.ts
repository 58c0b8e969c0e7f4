import { type ReadImport, Refusal } from '@open-cpo/contracts';
import type { JobHandler, JobRunner } from '@open-cpo/jobs';
import type { FileStore } from '@open-cpo/files';
import type { Bus } from '@open-cpo/messaging';
import type { Log } from '@open-cpo/platform';
import { ImportsProcessor } from './imports.processor';

describe('the file of an import that has ended', () => {
  const removing = async (remove: (name: string) => Promise<void>): Promise<void> => {
    let handler: JobHandler<ReadImport> | undefined;
    const runner = { run: (_: unknown, given: JobHandler<ReadImport>) => (handler = given) };
    const [bus, files] = [{} as Bus, { remove } as FileStore];
    new ImportsProcessor(runner as unknown as JobRunner, bus, files, {} as Log).onApplicationBootstrap();
    await handler?.({ importId: 'orders-1', object: 'import-1' }, {} as never);
  };

  it('is removed', async () => {
    const removed: string[] = [];
    await removing((name) => Promise.resolve(void removed.push(name)));
    expect(removed).toEqual(['import-1']);
  });

  it('may be gone already', async () => {
    await expect(removing(() => Promise.reject(new Refusal('not_found')))).resolves.toBeUndefined();
  });

  it('is tried to be removed again when the store is away', async () => {
    await expect(removing(() => Promise.reject(new Refusal('service_unavailable')))).rejects.toThrow();
  });
});
