import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { INBOX, PARKING } from '@open-cpo/events';
import { ERROR_TRANSLATOR, WRITE_SCOPE } from '@open-cpo/messaging';
import { Log } from '@open-cpo/platform';
import { DataSource } from 'typeorm';
import { Audit } from './audit/audit';
import { AuditProof } from './audit/audit-proof';
import { open, serviceDataSource } from './connection/data-source';
import { Leadership } from './connection/leadership';
import { Pools } from './connection/pools';
import { translate } from './errors/translate';
import { Snapshots } from './exports/snapshots';
import { Housekeeping } from './housekeeping';
import { TransactionalInbox } from './inbox/transactional-inbox';
import { PersistenceGauges } from './metrics/persistence-gauges';
import { QueryGauges } from './metrics/query-gauges';
import { PERSISTENCE_OPTIONS, type PersistenceOptions } from './options';
import { Outbox } from './outbox/outbox';
import { OutboxTable } from './outbox/outbox-table';
import { Relays } from './outbox/relays';
import { ParkedEvents } from './parking/parked-events';
import { PartitionMaintenance } from './partitions/partition-maintenance';
import { ReadReplica } from './replicas/read-replica';
import { SetAside } from './sweeps/set-aside';
import { Sweeps } from './sweeps/sweeps';
import { Transactions } from './transactions/transactions';
import { IdempotencyStore } from './writes/idempotency-store';
import { TransactionalWrites } from './writes/transactional-writes';

const dataSource = {
  provide: DataSource,
  inject: [PERSISTENCE_OPTIONS, Log],
  useFactory: (options: PersistenceOptions, log: Log) => open(serviceDataSource(options, log), log),
};

/** A service's database. Needs `PlatformModule`, `MessagingModule` and `EventsModule`, and `JobsModule` where there are jobs. */
@Global()
@Module({})
export class PersistenceModule implements OnApplicationShutdown {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  static forRoot(options: PersistenceOptions): DynamicModule {
    const shared = [
      dataSource,
      Transactions,
      Outbox,
      Audit,
      AuditProof,
      Housekeeping,
      PartitionMaintenance,
      Snapshots,
      QueryGauges,
      Sweeps,
      SetAside,
      { provide: WRITE_SCOPE, useClass: TransactionalWrites },
      { provide: INBOX, useClass: TransactionalInbox },
      { provide: PARKING, useClass: ParkedEvents },
      { provide: ERROR_TRANSLATOR, useValue: translate },
    ];
    const own = [
      { provide: PERSISTENCE_OPTIONS, useValue: options },
      Pools,
      Leadership,
      ReadReplica,
      OutboxTable,
      Relays,
      IdempotencyStore,
      PersistenceGauges,
    ];
    return {
      module: PersistenceModule,
      providers: [...own, ...shared],
      exports: shared.map((provider) => ('provide' in provider ? provider.provide : provider)),
    };
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }
}
