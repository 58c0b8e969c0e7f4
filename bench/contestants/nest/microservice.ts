import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { MessagePattern, type MicroserviceOptions, Payload, RpcException, Transport } from '@nestjs/microservices';
import { instanceToPlain } from 'class-transformer';
import type { LoginAsked } from '../shared/logins';
import { type Person, ready, settings } from '../shared/settings';
import { LoginsService } from './logins.service';
import { readsProvider } from './reads.module';
import type { NewPowerCenter, NewWorker } from '../shared/write-views';
import { ReadsService } from './reads.service';
import { writesService } from './writes.events';
import { type Asking as WriteAsking, WritesService } from './writes.service';

interface Asking {
  readonly person: Person;
  readonly id?: number;
  readonly search?: string;
}

@Controller()
class ReadsController {
  constructor(private readonly reads: ReadsService) {}

  @MessagePattern('reads.list')
  async list(@Payload() { person }: Asking) {
    return instanceToPlain(await this.reads.list(person));
  }

  @MessagePattern('reads.search')
  async search(@Payload() { search = '', person }: Asking) {
    return instanceToPlain(await this.reads.search(search, person));
  }

  @MessagePattern('reads.one')
  async one(@Payload() { id = 0, person }: Asking) {
    const found = await this.reads.one(id, person);
    if (!found) throw new RpcException('Not found');
    return instanceToPlain(found);
  }

  @MessagePattern('reads.orders')
  async page(@Payload() { person }: Asking) {
    return instanceToPlain(await this.reads.page(person));
  }
}

@Controller()
class WritesController {
  constructor(
    private readonly writes: WritesService,
    private readonly logins: LoginsService,
  ) {}

  @MessagePattern('writes.create')
  create(@Payload() asking: WriteAsking<NewPowerCenter>) {
    return this.writes.create(asking);
  }

  @MessagePattern('writes.change')
  change(@Payload() asking: WriteAsking<{ title: string }>) {
    return this.writes.change(asking);
  }

  @MessagePattern('writes.worker')
  worker(@Payload() asking: WriteAsking<NewWorker>) {
    return this.writes.worker(asking);
  }

  @MessagePattern('writes.price')
  price(@Payload() asking: WriteAsking<{ price: string }>) {
    return this.writes.price(asking);
  }

  @MessagePattern('writes.login')
  login(@Payload() asked: LoginAsked) {
    return this.logins.login(asked);
  }
}

@Module({})
class ServiceModule {}

/** The service of the idiomatic NestJS microservices: stock transport, TypeORM entities. */
async function main(): Promise<void> {
  const all = settings();
  const { copies } = all;
  const reads = { controllers: [ReadsController], providers: [readsProvider(all)] };
  const writes = copies && {
    controllers: [WritesController],
    providers: [
      { provide: WritesService, useFactory: () => writesService(all, copies) },
      { provide: LoginsService, useFactory: () => LoginsService.open(copies) },
    ],
  };
  const root = {
    module: ServiceModule,
    controllers: [...reads.controllers, ...(writes?.controllers ?? [])],
    providers: [...reads.providers, ...(writes?.providers ?? [])],
  };
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(root, {
    transport: Transport.NATS,
    options: { servers: [all.natsUrl], queue: 'reads' },
    // The security event of a login is a line of the log.
    logger: ['error', 'log'],
  });
  await app.listen();
  ready();
}

void main();
