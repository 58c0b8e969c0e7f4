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
import { runControl, type ControlResult } from './control';

const PASSWORD = 'control';

/** Shows each checker the work of a part without its safeguard, on servers of their own. */
export async function runNegativeControls(
  checkout: string,
  report: (text: string) => void = say,
): Promise<ControlResult[]> {
  const all = places(checkout, join('faults', `controls-${process.pid}`));
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
      await runControl('idempotency key in the transaction of its effect', (safe) => keyOff(pool, safe)),
      await runControl('lock of the owner while a balance is reserved', (safe) => lockOff(pool, safe)),
      await runControl('append-only file of Redis', (safe) => aofOff(redis, safe)),
      await runControl('messages of chargers stored before the answer', (safe) => storageOff(pool, safe)),
      await runControl('begins of sessions recognised by content', (safe) => contentOff(pool, safe)),
      await runControl('generation of the connections of a charger', (safe) => generationOff(pool, safe)),
    ];
    results.forEach(({ control, safe, unsafe }) =>
      report(`${control}: with it ${safe || 'holds'}, without it ${unsafe}`),
    );
    return results;
  } finally {
    await pool.end();
    await postgres.stop();
    rmSync(all.servers, { recursive: true, force: true });
    rmSync(all.home, { recursive: true, force: true });
  }
}
