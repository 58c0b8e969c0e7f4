import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { job, Nothing } from '@open-cpo/contracts';
import { JobQueues, JobRunner, JobsModule } from '@open-cpo/jobs';
import { EventsModule } from '@open-cpo/events';
import { Broker, MessagingModule } from '@open-cpo/messaging';
import { PersistenceModule, Transactions } from '@open-cpo/persistence';
import { Log, PlatformModule, ProcessConfig, readConfig } from '@open-cpo/platform';
import { setting } from '../../stack/environment';
import { pause } from '../../stack/processes';

// Connects as a service does, to the servers whose addresses it is given, and says over what.
const say = (text: string): boolean => process.stdout.write(`${text}\n`);
const told = (_text: string, { error }: { error?: Error } = {}): void =>
  void (error && say(`refused: ${String(error)}`));
const log = Object.assign(Log.to({ service: 'test', level: 'silent' }), { warn: told, error: told });

const [database, redis, nats] = ['DATABASE_URL', 'REDIS_URL', 'NATS_URL'].map(setting);
const config = readConfig(ProcessConfig, { NATS_URL: nats ?? 'nats://nowhere', REDIS_URL: redis ?? 'redis://nowhere' });
const SSL = 'select ssl, version from pg_stat_ssl where pid = pg_backend_pid()';
const errand = job('tls', Nothing);

@Module({
  imports: [
    PlatformModule.forRoot({ ...config, natsUser: 'gateway', natsPassword: 'secret' } as ProcessConfig, 'gateway', log),
    MessagingModule.forRoot({ service: 'gateway' }),
    EventsModule,
    ...(redis ? [JobsModule.forRoot({ redisUrl: redis, prefix: 'tls' })] : []),
    ...(database ? [PersistenceModule.forRoot({ name: 'tls', url: database })] : []),
  ],
})
class Root {}

/** A busy machine may be slower than a service waits. */
async function tillDone<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      say(`refused: ${String(error)}`);
      await pause(500);
    }
  }
}

async function main(): Promise<void> {
  const app = await NestFactory.createApplicationContext(Root, { logger: false, abortOnError: false });
  if (nats) app.get(Broker).whenUp((connection) => say(`broker ${connection.info?.tls_required === true}`));
  if (redis) {
    app.get(JobRunner).run(errand, async () => void say('job done'));
    await tillDone(() => app.get(JobQueues).add(errand, '1', {}));
  }
  if (!database) return;
  const transactions = app.get(Transactions);
  const ask = async (): Promise<string> => JSON.stringify(await transactions.query(SSL));
  say(`reads ${await tillDone(ask)}`);
  say(`writes ${await tillDone(() => transactions.run(ask))}`);
}

main().catch((error: unknown) => say(`refused: ${String(error)}`));
