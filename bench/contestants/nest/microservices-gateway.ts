import { Controller, Get, Inject, Module, Param, ParseIntPipe, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientProxy, type ClientProviderOptions, ClientsModule, Transport } from '@nestjs/microservices';
import { map, type Observable } from 'rxjs';
import { enveloped } from '../shared/envelope';
import { type Person, ready, settings } from '../shared/settings';
import { LoginsGateway } from './logins.gateway';
import { furnish } from './monolith';
import { Who } from './token.guard';
import { SERVICE as READS, WritesGateway } from './writes.gateway';

@Controller('api/charge-points')
class ChargePointsGateway {
  constructor(@Inject(READS) private readonly client: ClientProxy) {}

  @Get()
  list(@Who() person: Person): Observable<object> {
    return this.client.send<object>('reads.list', { person });
  }

  @Get('datatable')
  search(@Query('search') search: string, @Who() person: Person): Observable<object> {
    return this.client.send<object>('reads.search', { search, person }).pipe(map(enveloped));
  }

  @Get(':id')
  one(@Param('id', ParseIntPipe) id: number, @Who() person: Person): Observable<object> {
    return this.client.send<object>('reads.one', { id, person });
  }
}

@Controller('api/orders')
class OrdersGateway {
  constructor(@Inject(READS) private readonly client: ClientProxy) {}

  @Get()
  page(@Who() person: Person): Observable<object> {
    return this.client.send<object>('reads.orders', { person }).pipe(map(enveloped));
  }
}

@Module({})
class GatewayModule {}

/** The gateway of the idiomatic NestJS microservices: Express and the stock client. */
async function main(): Promise<void> {
  const all = settings();
  const client: ClientProviderOptions = { name: READS, transport: Transport.NATS, options: { servers: [all.natsUrl] } };
  const root = {
    module: GatewayModule,
    imports: [ClientsModule.register([client])],
    controllers: [ChargePointsGateway, OrdersGateway, WritesGateway, LoginsGateway],
  };
  const app = await NestFactory.create(root, { logger: ['error'] });
  furnish(app, all);
  await app.listen(all.port);
  ready();
}

void main();
