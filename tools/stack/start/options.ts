import { parseArgs } from 'node:util';
import { apps } from '../apps';
import { setting } from '../environment';
import { StackError } from '../terminal';

/** What `npm start -- …` was told. */
export interface StartOptions {
  /** Run one more process of this app beside the running stack. */
  readonly only?: string;
  /** Run the stack without these apps. */
  readonly except: readonly string[];
  /** Forget all data first. */
  readonly fresh: boolean;
  /** Run all apps but the gateway in one process. */
  readonly shared: boolean;
}

const usage = `Usage:
  npm start                     the whole platform; data of the last time is kept
  npm start -- --fresh          the same, beginning anew
  npm start -- --only stations  one more process of one app, beside the running platform
  npm start -- --except orders  the platform without an app
  npm start -- --together       all apps but the gateway in one process, for a machine with little memory
Settings come from the environment: PORT, HOST, LOG_LEVEL, DATABASE_ADMIN_URL, NATS_URL, REDIS_URL, …`;

/** Reads the arguments; a wrong one is answered with the usage. */
export function startOptions(args: readonly string[]): StartOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        except: { type: 'string', multiple: true, default: [] },
        fresh: { type: 'boolean', default: false },
        together: { type: 'boolean', default: false },
      },
    });
    const { only, except = [], fresh = false, together = false } = values;
    // A trace names the process that it comes from.
    const shared = together && setting('OTEL_EXPORTER_OTLP_ENDPOINT') === undefined;
    [...except, ...(only === undefined ? [] : [only])].forEach(known);
    return { except, fresh, shared, ...(only === undefined ? {} : { only }) };
  } catch (error) {
    throw new StackError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

function known(name: string): void {
  if (!apps.some((app) => app.name === name)) {
    throw new Error(`There is no app "${name}"; there are ${apps.map((app) => app.name).join(', ')}.`);
  }
}
