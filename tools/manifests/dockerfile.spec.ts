import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from './compose';

const text = readFileSync(join(checkout, 'deploy/Dockerfile'), 'utf8');
const ignored = readFileSync(join(checkout, '.dockerignore'), 'utf8').split('\n');
/** The stage that becomes the image. */
const last = text.slice(text.lastIndexOf('\nFROM '));

describe('the image of an app', () => {
  it('is based on a version that stays what it is, and can be given by digest', () => {
    expect(text).toMatch(/^ARG NODE_IMAGE=node:\d+\.\d+\.\d+-bookworm-slim$/m);
    expect(text.match(/^FROM .*/gm)?.every((line) => line.startsWith('FROM ${NODE_IMAGE}'))).toBe(true);
  });

  it('is installed again only when the lockfile changed', () => {
    const install = text.indexOf('npm ci');
    expect(install).toBeGreaterThan(text.indexOf('COPY package.json package-lock.json'));
    expect(install).toBeLessThan(text.indexOf('COPY apps apps'));
  });

  it('holds what production needs and nothing that tests need', () => {
    expect(text).toContain('npm prune --omit=dev');
    expect(last).toContain('COPY --from=dependencies /app/node_modules node_modules');
    expect(last).not.toMatch(/COPY apps apps|COPY libs|\/all/);
    expect(ignored).toEqual(expect.arrayContaining(['.git', '.data', 'node_modules', 'tools', '**/*.spec.ts']));
  });

  it('runs as nobody in particular', () => {
    expect(last).toMatch(/^USER 10001:10001$/m);
  });

  it('lets the app have the signals itself, and says how to ask for its health', () => {
    expect(last).toMatch(/^ENTRYPOINT \["\/bin\/sh", "-c", "exec node .*\\"\$@\\""\]$/m);
    expect(last).toMatch(/^STOPSIGNAL SIGTERM$/m);
    expect(last).toMatch(/^HEALTHCHECK [^]*\/health\/ready/m);
  });

  it('says what it is', () => {
    expect(last).toMatch(/org\.opencontainers\.image\.licenses="Apache-2\.0"/);
  });

  it('brings nothing from an address, and no secret', () => {
    expect(text).not.toMatch(/^ADD |curl |wget |PASSWORD|TOKEN/m);
  });
});
