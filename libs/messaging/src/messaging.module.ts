import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import type { AnyOperation, BrokerUses } from '@open-cpo/contracts';
import { ProcessConfig } from '@open-cpo/platform';
import { GUARD_OPTIONS, type GuardOptions, Guards } from '@open-cpo/resilience';
import { Broadcast } from './broadcast/broadcast';
import { Broker, BROKER_OPTIONS, type BrokerOptions } from './broker';
import { Bus } from './call/bus';
import { SERVED, type Served } from './serve/check-handlers';
import { PermissionCheck } from './permission-check';
import { NatsServer } from './serve/nats-server';

/** @throws Error in production without keys: those of development are known to everybody. */
function callKeysOf({ production, callKeys }: ProcessConfig): string | undefined {
  if (production && callKeys === undefined) throw new Error('CALL_KEYS must be set in production.');
  return callKeys;
}

export interface MessagingOptions {
  readonly service: string;
  /** The resources whose operations this service owns; every one needs a handler. */
  readonly serves?: readonly object[];
  /** What else the process does at the broker. Without it nothing is checked. */
  readonly uses?: BrokerUses;
  /** Has calls of other services go through a guard for each of them. */
  readonly guards?: Pick<FactoryProvider<GuardOptions>, 'inject' | 'useFactory'>;
}

/** The process's place on the bus. Needs `PlatformModule`. */
@Module({})
export class MessagingModule {
  static forRoot({ service, serves = [], uses, guards }: MessagingOptions): DynamicModule {
    const options = {
      provide: BROKER_OPTIONS,
      inject: [ProcessConfig],
      useFactory: (config: ProcessConfig): BrokerOptions => ({
        service,
        uses,
        url: config.natsUrl,
        user: config.natsUser,
        password: config.natsPassword,
        callKeys: callKeysOf(config),
      }),
    };
    const served: Served = { service, operations: serves as readonly Record<string, AnyOperation>[] };
    return {
      module: MessagingModule,
      global: true,
      providers: [
        options,
        { provide: SERVED, useValue: served },
        Broker,
        ...(guards ? [{ provide: GUARD_OPTIONS, ...guards }, Guards] : []),
        Bus,
        Broadcast,
        NatsServer,
        PermissionCheck,
      ],
      exports: [Broadcast, Broker, Bus, NatsServer],
    };
  }
}
