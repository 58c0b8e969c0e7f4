import { basics, inherited, setting } from './environment';

describe('the environment of the command', () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  it('counts an empty variable as absent', () => {
    process.env.PORT = '';
    expect(setting('PORT')).toBeUndefined();
    process.env.PORT = '3001';
    expect(setting('PORT')).toBe('3001');
  });

  it('gives child processes a path even when there is none', () => {
    delete process.env.PATH;
    expect(basics().PATH).toContain('/usr/bin');
  });

  it('keeps what belongs to other programs from the services', () => {
    process.env.DATABASE_ADMIN_URL = 'postgres://somebody:secret@db/postgres';
    process.env.npm_config_x = 'y';
    expect(Object.keys(basics())).not.toEqual(expect.arrayContaining(['DATABASE_ADMIN_URL']));
    expect(basics()).not.toHaveProperty('npm_config_x');
    expect(inherited({ MORE: '1' })).toMatchObject({ npm_config_x: 'y', MORE: '1' });
  });
});
