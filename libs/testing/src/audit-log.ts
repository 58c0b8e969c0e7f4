import { Module } from '@nestjs/common';
import { auditOf } from '@open-cpo/contracts';
import { EventsModule } from '@open-cpo/events';
import { MessagingModule } from '@open-cpo/messaging';
import type { TestBroker } from './broker';
import { testDatabase, type TestDatabase } from './database';
import { startTestService } from './service';

/** A service that has nothing but its audit log, in a database of its own. */
export interface TestAuditLog {
  readonly database: TestDatabase;
  stop(): Promise<void>;
}

/** Serves `auditOf(name)` as every service with a database does. */
export async function startTestAuditLog(name: string, broker: TestBroker): Promise<TestAuditLog> {
  // Loaded by the few specs that need it.
  const { auditReader, migrate, PersistenceModule } = await import('@open-cpo/persistence');
  const database = await testDatabase(`audit_${name}`);
  await migrate({ name, url: database.ownerUrl });

  @Module({
    imports: [
      MessagingModule.forRoot({ service: name, serves: [auditOf(name)] }),
      EventsModule,
      PersistenceModule.forRoot({ name, url: database.url }),
    ],
    controllers: [auditReader(name)],
  })
  class AuditLogModule {}

  const service = await startTestService({ broker, module: AuditLogModule, name });
  const stop = async (): Promise<void> => {
    await service.stop();
    await database.drop();
  };
  return { database, stop };
}
