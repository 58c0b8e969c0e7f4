import {
  ClassSerializerInterceptor,
  Controller,
  Get,
  type INestApplication,
  Module,
  NotFoundException,
  Param,
  ParseIntPipe,
  Query,
  ValidationPipe,
} from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { IsString } from 'class-validator';
import { enveloped } from '../shared/envelope';
import { type Person, ready, type Settings, settings } from '../shared/settings';
import { TokenCheck } from '../shared/token';
import { readsProvider } from './reads.module';
import { ReadsService } from './reads.service';
import { TokenGuard, Who } from './token.guard';

class SearchDto {
  @IsString() search: string;
}

@Controller('api/charge-points')
class ChargePointsController {
  constructor(private readonly reads: ReadsService) {}

  @Get()
  list(@Who() person: Person) {
    return this.reads.list(person);
  }

  @Get('datatable')
  async search(@Query() { search }: SearchDto, @Who() person: Person) {
    return enveloped(await this.reads.search(search, person));
  }

  @Get(':id')
  async one(@Param('id', ParseIntPipe) id: number, @Who() person: Person) {
    const found = await this.reads.one(id, person);
    if (!found) throw new NotFoundException();
    return found;
  }
}

@Controller('api/orders')
class OrdersController {
  constructor(private readonly reads: ReadsService) {}

  @Get()
  async page(@Who() person: Person) {
    return enveloped(await this.reads.page(person));
  }
}

@Module({})
class MonolithModule {}

/** What the documentation of NestJS puts around controllers. */
export function furnish(app: INestApplication, all: Settings): void {
  app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true }));
  app.useGlobalInterceptors(new ClassSerializerInterceptor(app.get(Reflector)));
  app.useGlobalGuards(new TokenGuard(new TokenCheck(all), app.get(Reflector)));
}

/** An idiomatic NestJS monolith: Express, TypeORM entities, class-serializer. */
async function main(): Promise<void> {
  const all = settings();
  const root = {
    module: MonolithModule,
    controllers: [ChargePointsController, OrdersController],
    providers: [readsProvider(all)],
  };
  const app = await NestFactory.create(root, { logger: ['error'] });
  furnish(app, all);
  await app.listen(all.port);
  ready();
}

if (require.main === module) void main();
