import { npmSettings } from './npm-settings';

describe('npm in a build', () => {
  it('asks the registry of the machine', () => {
    const { text, volumes } = npmSettings('https://npm.example.com/', undefined, undefined);
    expect(text).toBe('registry=https://npm.example.com/\nupdate-notifier=false\n');
    expect(volumes).toEqual([]);
  });

  it('believes whom the machine believes, and reads what it fetched before without writing it', () => {
    const { text, volumes } = npmSettings('https://npm.example.com/', '/etc/ca.pem', '/root/.npm');
    expect(text).toContain('cafile=/run/certificates.pem\n');
    expect(text).toContain('cache=/run/npm-cache\n');
    expect(volumes).toEqual(['/etc/ca.pem:/run/certificates.pem:ro', '/root/.npm:/run/npm-cache:O']);
  });
});
