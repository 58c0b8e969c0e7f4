import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ConsumerMeters } from './consumer-meters';
import { EventConsumers } from './event-consumers';
import { EventPublisher } from './event-publisher';
import { JetStreamPublisher } from './jetstream-publisher';

/** Publishes and consumes domain events. Needs `PlatformModule` and `MessagingModule`; consumers need `PersistenceModule`. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [ConsumerMeters, EventConsumers, { provide: EventPublisher, useClass: JetStreamPublisher }],
  exports: [EventPublisher],
})
export class EventsModule {}
