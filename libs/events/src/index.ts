export { applyConsumer } from './apply';
export { type BatchEvent, isOf, type RejectedEvent } from './batch';
export { Consumes, ConsumesBatch } from './consumes';
export { type ConsumerDeclaration, streams } from './declared';
export { EventPublisher, type OutgoingEvent } from './event-publisher';
export { EventsModule } from './events.module';
export { findConsumer } from './find-consumer';
export { INBOX, type Inbox } from './inbox';
export { type NewParkedEvent, type ParkedEvent, PARKING, type Parking, type Postponement } from './retry/parking';
