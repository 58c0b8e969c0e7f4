import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Pool } from 'pg';
import { places } from '../../stack/places';
import { choosePorts } from '../../stack/ports';
import { Binaries } from '../../stack/servers/binaries';
import { planPostgres, postgresUrl } from '../../stack/servers/postgres';
import { RunningServer } from '../../stack/servers/running-server';
import { say } from '../../stack/terminal';
import { aofOff } from './aof-off';
import { contentOff, generationOff, storageOff } from './chargers-off';
import { keyOff } from './key-off';
import { lockOff } from './lock-off';
import { judge, type TwinResult } from './twin';

const PASSWORD = 'twin';

/** Shows each checker the work of a part without its safeguard, on servers of their own. */
export async function runNegativeControls(checkout: string, tell: (text: string) => void = say): Promise<TwinResult[]> {
  const all = places(checkout, join('faults', `twins-${process.pid}`));
  const ports = await choosePorts(['postgres', 'redis']);
  const programs = await new Binaries(all.packages).find(['postgres', 'redis']);
  const folder = join(all.servers, 'postgres');
  mkdirSync(folder, { recursive: true });
  const shared = { user: all.user, password: PASSWORD };
  const postgres = new RunningServer(
    await planPostgres({ ...shared, program: programs.postgres, folder, port: ports.postgres, forgetful: true }),
  );
  const pool = new Pool({ connectionString: postgresUrl(ports.postgres, PASSWORD), max: 10 });
  pool.on('error', () => undefined);
  try {
    await postgres.start();
    const redis = { program: programs.redis, user: all.user, folder: join(all.servers, 'redis'), port: ports.redis };
    const results = [
      await judge('idempotency key in the transaction of its effect', (safe) => keyOff(pool, safe)),
      await judge('lock of the owner while a balance is reserved', (safe) => lockOff(pool, safe)),
      await judge('append-only file of Redis', (safe) => aofOff(redis, safe)),
      await judge('messages of chargers stored before the answer', (safe) => storageOff(pool, safe)),
      await judge('begins of sessions recognised by content', (safe) => contentOff(pool, safe)),
      await judge('generation of the connections of a charger', (safe) => generationOff(pool, safe)),
    ];
    results.forEach(({ twin, safe, unsafe }) => tell(`${twin}: with it ${safe || 'holds'}, without it ${unsafe}`));
    return results;
  } finally {
    await pool.end();
    await postgres.stop();
    rmSync(all.servers, { recursive: true, force: true });
    rmSync(all.home, { recursive: true, force: true });
  }
}
