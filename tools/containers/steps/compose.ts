import { apps } from '../../stack/apps';
import { countPowerCenters } from '../run/client';
import { expected, type Step } from './step';

const names = apps.map(({ name }) => name);

/** The compose file itself, by podman-compose. */
export const composeSteps: readonly Step[] = [
  {
    name: 'tells what podman-compose lacks of the compose file',
    work: async ({ compose }) => {
      const version = await compose.version();
      return (await compose.lacks()).map((what) => `podman-compose ${version} knows ${what}`);
    },
  },
  {
    name: 'brings up the services of the compose file by podman-compose, whose missing conditions are waited for here',
    work: async ({ compose }) => (await compose.up()).map((wave) => wave.join(', ')),
  },
  {
    name: 'answers through the gateway of the compose file, with demo data by its profile',
    work: async ({ compose }) => {
      await compose.loadDemo();
      return [`${await countPowerCenters(compose.url)} power centers`];
    },
  },
  {
    name: 'stops the apps of the compose file in order, and takes everything away',
    work: async ({ engine, compose }) => {
      const codes = await compose.stop(names);
      expected(
        Object.values(codes).every((code) => code === 0),
        `The apps ended so: ${JSON.stringify(codes)}.`,
      );
      await compose.down();
      const left = await engine.podman('ps', '--all', '--quiet');
      expected(left === '', `There are containers left: ${left}`);
      return [];
    },
  },
];
