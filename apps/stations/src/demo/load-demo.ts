import { NestFactory } from '@nestjs/core';
import type { StationsConfig } from '../config';
import { DemoModule } from './demo.module';
import { DemoNetworks } from './demo-networks';
import { NETWORKS } from './networks';

/**
 * Loads the demo's networks and returns the accounts that got theirs; none at a second time.
 * @throws Error in production
 */
export async function loadDemo(config: StationsConfig): Promise<number[]> {
  // The passwords of the demo's accounts are published.
  if (config.production) throw new Error('There is no demo data in production.');
  const app = await NestFactory.createApplicationContext(DemoModule.forRoot(config), { logger: false });
  try {
    const loaded: number[] = [];
    for (const network of NETWORKS) {
      if (await app.get(DemoNetworks).load(network)) loaded.push(network.accountId);
    }
    return loaded;
  } finally {
    await app.close();
  }
}
