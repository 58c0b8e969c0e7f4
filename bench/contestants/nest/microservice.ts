import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { MessagePattern, type MicroserviceOptions, Payload, RpcException, Transport } from '@nestjs/microservices';
import { instanceToPlain } from 'class-transformer';
import { type Person, ready, settings } from '../shared/settings';
import { readsProvider } from './reads.module';
import { ReadsService } from './reads.service';

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

@Module({})
class ServiceModule {}

/** The service of the idiomatic NestJS microservices: stock transport, TypeORM entities. */
async function main(): Promise<void> {
  const all = settings();
  const root = { module: ServiceModule, controllers: [ReadsController], providers: [readsProvider(all)] };
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(root, {
    transport: Transport.NATS,
    options: { servers: [all.natsUrl], queue: 'reads' },
    logger: ['error'],
  });
  await app.listen();
  ready();
}

void main();
