import { type DynamicModule, Global, Module } from '@nestjs/common';
import { JobQueues } from './job-queues';
import { JobRunner } from './job-runner';
import { JOBS_OPTIONS, type JobsOptions } from './jobs-options';
import { RedisConnection } from './redis-connection';

export type { JobsOptions };

/** Gives every module the queues (`JobQueues` to add, `JobRunner` to work them off). Needs `PlatformModule`. */
@Global()
@Module({})
export class JobsModule {
  static forRoot(options: JobsOptions): DynamicModule {
    return {
      module: JobsModule,
      providers: [{ provide: JOBS_OPTIONS, useValue: options }, RedisConnection, JobQueues, JobRunner],
      exports: [JobQueues, JobRunner],
    };
  }
}
