import { randomUUID } from 'node:crypto';

/** The name of this process among the replicas of the service, as long as it runs. */
export const REPLICA = randomUUID();
