import { Module } from '@nestjs/common';
import { RedisModule } from '../redis/redis.module';
import { Attempts } from './attempts';

@Module({ imports: [RedisModule], providers: [Attempts], exports: [Attempts] })
export class ThrottleModule {}
