import { type DynamicModule, Module } from '@nestjs/common';
import { TIME_ZONE_OPTIONS, TimeZoneData, type TimeZoneOptions } from './time-zone-data';

/** For a service that works with local times in Node.js and in PostgreSQL. Needs `PersistenceModule`. */
@Module({})
export class TimeZonesModule {
  static forRoot(options: TimeZoneOptions): DynamicModule {
    return { module: TimeZonesModule, providers: [{ provide: TIME_ZONE_OPTIONS, useValue: options }, TimeZoneData] };
  }
}
