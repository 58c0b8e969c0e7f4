import { type DynamicModule, Module } from '@nestjs/common';
import { EventsModule } from '@open-cpo/events';
import { MessagingModule } from '@open-cpo/messaging';
import { PersistenceModule } from '@open-cpo/persistence';
import { PlatformModule } from '@open-cpo/platform';
import type { WorkforceConfig } from '../config';
import { database } from '../data-source';
import { repositories } from '../workforce.providers';

/** The service without its ears: what it takes to load the demo while nothing else may be running. */
@Module({})
export class DemoModule {
  static forRoot(config: WorkforceConfig): DynamicModule {
    return {
      module: DemoModule,
      imports: [
        PlatformModule.forRoot(config, 'workforce demo'),
        MessagingModule.forRoot({ service: 'workforce' }),
        EventsModule,
        PersistenceModule.forRoot(database(config.databaseUrl)),
      ],
      providers: [...repositories],
    };
  }
}
