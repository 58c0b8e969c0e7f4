import { type BeforeApplicationShutdown, Inject, Injectable, Optional } from '@nestjs/common';
import { Log } from '@open-cpo/platform';
import { Broker } from '../broker';
import { ERROR_TRANSLATOR, type ErrorTranslator } from '../error-translator';
import { ConsumerMeters } from '../metrics/consumer-meters';
import { PARKING, type Parking } from '../parking/parking';
import { type BatchOptions, streamOf } from './batch';
import { BatchConsumer } from './batch-consumer';

/** Runs consumers that take many events at a time; for streams too fast for one event after the other. */
@Injectable()
export class Batches implements BeforeApplicationShutdown {
  private readonly consumers: BatchConsumer[] = [];
  private closed = false;

  constructor(
    private readonly broker: Broker,
    private readonly log: Log,
    @Inject(PARKING) private readonly parking: Parking,
    @Optional() @Inject(ERROR_TRANSLATOR) private readonly translate: ErrorTranslator = () => undefined,
    @Optional() private readonly meters?: ConsumerMeters,
  ) {}

  /** Begins as soon as the broker is there and goes on until the process ends. */
  consume(options: BatchOptions): void {
    this.broker.uses?.consume({ ...options, batch: true });
    this.broker.account('streams').whenUp(() => {
      if (this.closed) return;
      const meter = this.meters?.watch(streamOf(options), options.as);
      const consumer = new BatchConsumer(this.broker, options, this.log, this.translate, this.parking, meter);
      this.consumers.push(consumer);
      consumer.start();
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closed = true;
    await Promise.all(this.consumers.map((consumer) => consumer.close()));
    // An acknowledgement that is lost brings its event once more.
    await this.broker.flush();
  }
}
