export { type Attempt, type JobHandler, JobRunner, type RunOptions } from './job-runner';
export { type DeadJob, JobQueues } from './job-queues';
export { JobsModule, type JobsOptions } from './jobs.module';
export { QueueUnavailable } from './queue-unavailable';
export { GiveUp } from './give-up';
export { TryLater } from './try-later';
