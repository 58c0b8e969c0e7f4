import { DatabaseConfig } from '@open-cpo/platform';

/** What the workforce service is told: nothing beyond what every service with a database is. */
export class WorkforceConfig extends DatabaseConfig {}
