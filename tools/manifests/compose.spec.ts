import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { apps, credentials } from '../stack/apps';
import { appOf, checkout, compose, type ComposeService } from './compose';
import { configClass, type ConfigClass, configFor, configuredBy, isMigration, unknownVariables } from './settings';

const file = compose();
const services = Object.entries(file.services);
const ofApps = services.flatMap(([name, service]): [string, ComposeService, string][] => {
  const app = appOf(service);
  return app ? [[name, service, app]] : [];
});
const configOf = (app: string): ConfigClass =>
  configClass(jest.requireActual<Record<string, unknown>>(join(checkout, 'apps', app, 'src/config')));
const databases = apps.filter(({ database }) => database).map(({ name }) => name);

describe('the compose file', () => {
  const schema = JSON.parse(readFileSync(join(__dirname, 'compose-spec.json'), 'utf8')) as Record<string, unknown>;
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  const { $schema: _ignored, ...rules } = schema;
  const validate = ajv.compile(rules);

  it('is right by the Compose schema', () => {
    validate(file);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('would not be with a field that does not exist', () => {
    expect(validate({ services: { one: { image: 'one', volumnes: [] } } })).toBe(false);
  });

  it('runs every app, and migrates every service with a database', () => {
    const running = ofApps.filter(([name, , app]) => name === app).map(([name]) => name);
    expect(running.sort()).toEqual(apps.map(({ name }) => name).sort());
    const migrating = ofApps.filter(([, { command }]) => command?.[0] === 'migrate').map(([, , app]) => app);
    expect(migrating.sort()).toEqual([...databases].sort());
  });

  it.each(services)('%s waits for things that tell when they are up', (_name, { depends_on = {} }) => {
    for (const [name, { condition }] of Object.entries(depends_on)) {
      const other = file.services[name];
      expect(other).toBeDefined();
      if (condition === 'service_completed_successfully') expect(other?.restart ?? 'no').toMatch(/^(no|on-failure)$/);
      // Images of apps bring a health check of their own.
      if (condition === 'service_healthy') expect(other?.healthcheck ?? appOf(other as ComposeService)).toBeDefined();
    }
  });

  it.each(ofApps)('%s is locked in', (_name, service) => {
    expect(service).toMatchObject({ read_only: true, init: true, cap_drop: ['ALL'], user: '10001:10001' });
    expect(service).toMatchObject({ security_opt: ['no-new-privileges:true'], mem_limit: '512m' });
    const seconds = Number(service.environment?.SHUTDOWN_SECONDS ?? 0);
    expect(Number(service.stop_grace_period?.replace('s', ''))).toBeGreaterThan(seconds);
  });

  it.each(ofApps)('%s sees secrets of its own alone', (_name, { volumes, command }, app) => {
    expect(volumes).toEqual([`secrets-${app}${isMigration(command) ? '-owner' : ''}:/secrets:ro`]);
  });

  it.each(ofApps)('%s is built from the app whose name it has, and runs what is there', (_name, service, app) => {
    expect(service.build?.args.APP).toBe(app);
    expect(existsSync(join(checkout, service.build?.dockerfile ?? ''))).toBe(true);
    expect(existsSync(join(checkout, 'apps', app, 'src', `${service.command?.[0]}.ts`))).toBe(true);
  });

  it.each(ofApps)(
    '%s gets variables that its app knows, and all that it needs',
    (_name, { environment = {}, command }, app) => {
      const Config = configFor({ args: command }, () => configOf(app));
      expect(unknownVariables(Config, Object.keys(environment))).toEqual([]);
      const credential = isMigration(command) ? {} : { natsUser: app, natsPassword: 'secret' };
      expect(configuredBy(Config, environment)).toMatchObject(credential);
    },
  );

  it.each(['gateway', 'worker'])('%s is told of a store for files by the environment, and of none without', (app) => {
    const { environment = {} } = file.services[app] as ComposeService;
    expect(configuredBy(configOf(app), environment)).not.toHaveProperty('s3Url', expect.anything());
    const names = ['S3_URL', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'];
    expect(names.map((name) => environment[name])).toEqual(Array(4).fill(''));
    const given = { S3_URL: 'https://files.example.com/exports', S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'key' };
    expect(configuredBy(configOf(app), { ...environment, ...given })).toMatchObject({
      s3Url: given.S3_URL,
      s3Region: 'us-east-1',
    });
  });

  it('loads demo data only when asked to', () => {
    const demo = ofApps.filter(([, { command }]) => command?.[0] === 'demo');
    expect(demo.map(([, , app]) => app)).toEqual(
      databases.filter((app) => existsSync(join(checkout, 'apps', app, 'src/demo.ts'))),
    );
    expect(
      demo.every(([, { profiles, environment }]) => profiles?.[0] === 'demo' && environment?.NODE_ENV !== 'production'),
    ).toBe(true);
    expect(
      ofApps.filter(([, { profiles, environment }]) => !profiles && environment?.NODE_ENV !== 'production'),
    ).toEqual([]);
  });

  it('makes secrets for everybody who has a credential', () => {
    const { DATABASES = '', CLIENTS = '' } = file.services.secrets?.environment ?? {};
    expect(DATABASES.split(' ').sort()).toEqual([...databases].sort());
    expect([...DATABASES.split(' '), ...CLIENTS.split(' ')].sort()).toEqual(
      credentials()
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('pins every image', () => {
    expect(services.filter(([, { image }]) => !image.startsWith('open-cpo/') && !/:v?\d+\.\d+/.test(image))).toEqual(
      [],
    );
  });
});
