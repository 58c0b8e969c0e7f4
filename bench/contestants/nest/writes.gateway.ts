import { Body, Controller, Headers, HttpCode, Inject, Param, ParseIntPipe, Patch, Post, Put } from '@nestjs/common';
import { ClientProxy } from '@nestjs/microservices';
import { IsDateString, IsEmail, IsIn, IsNumberString, IsOptional, IsString } from 'class-validator';
import { map, type Observable } from 'rxjs';
import { enveloped } from '../shared/envelope';
import type { Person } from '../shared/settings';
import { Who } from './token.guard';

export const SERVICE = 'READS';

class CreatePowerCenterDto {
  @IsString() title: string;
  @IsIn(['EV_CHARGER', 'SMART_PLUG', 'SMART_METER']) category: string;
  @IsOptional() @IsString() city?: string;
}

class ChangePowerCenterDto {
  @IsString() title: string;
}

class CreateWorkerDto {
  @IsString() first_name: string;
  @IsString() last_name: string;
  @IsEmail() email: string;
  @IsString() rfid: string;
  @IsDateString() expire_at: string;
}

class ChangePriceDto {
  @IsNumberString() price: string;
}

@Controller('api')
export class WritesGateway {
  constructor(@Inject(SERVICE) private readonly client: ClientProxy) {}

  @Post('charge-points')
  @HttpCode(200)
  create(
    @Body() body: CreatePowerCenterDto,
    @Who() person: Person,
    @Headers('idempotency-key') key: string,
  ): Observable<object> {
    return this.client.send<object>('writes.create', { body, person, key });
  }

  @Put('charge-points/:id')
  change(
    @Param('id', ParseIntPipe) id: number,
    @Body() body: ChangePowerCenterDto,
    @Who() person: Person,
    @Headers('idempotency-key') key: string,
  ): Observable<object> {
    return this.client.send<object>('writes.change', { id, body, person, key });
  }

  @Post('workers')
  @HttpCode(200)
  worker(
    @Body() body: CreateWorkerDto,
    @Who() person: Person,
    @Headers('idempotency-key') key: string,
  ): Observable<object> {
    return this.client.send<object>('writes.worker', { body, person, key }).pipe(map(enveloped));
  }

  @Patch('charge-point-prices/:id')
  price(
    @Param('id', ParseIntPipe) id: number,
    @Body() body: ChangePriceDto,
    @Who() person: Person,
    @Headers('idempotency-key') key: string,
  ): Observable<object> {
    return this.client.send<object>('writes.price', { id, body, person, key }).pipe(map(enveloped));
  }
}
