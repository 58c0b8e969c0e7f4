import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { containersOf, isWorkload } from './manifest';
import { describeRendered, kubernetesFolder, rendered, renderedCopy, renderedWith } from './render';

const overlays = ['staging', 'production'];

describe.each(overlays)('the overlay %s', (overlay) => {
  it('names hosts in one file', () => {
    const folder = join(kubernetesFolder, 'overlays', overlay);
    const naming = readdirSync(folder).filter((file) => /example\.com/.test(readFileSync(join(folder, file), 'utf8')));
    expect(naming).toEqual(['hosts.yaml']);
  });
});

describeRendered('a copy of an overlay', () => {
  it.each(overlays)('of %s with other names has none of the old ones', (overlay) => {
    const copy = JSON.stringify(
      renderedCopy(overlay, { 'staging.example.com': 'acme.test', 'example.com': 'acme.test' }),
    );
    expect(copy).not.toContain('example.com');
    expect(rendered(`overlays/${overlay}`).some(({ metadata }) => metadata.name === 'hosts')).toBe(false);
  });

  it('has the name of the API wherever links begin and clients come in, and the sender of mails', () => {
    const manifests = renderedCopy('production', {
      'api.example.com': 'api.acme.test',
      'example.com': 'pages.acme.test',
    });
    const told = (name: string): string[] =>
      manifests
        .filter(isWorkload)
        .flatMap(containersOf)
        .flatMap(({ env = [] }) => env.flatMap((one) => (one.name === name && one.value ? [one.value] : [])));
    expect(told('PUBLIC_URL')).toEqual(Array(7).fill('https://api.acme.test'));
    expect(told('CORS_ORIGINS')).toEqual(['https://dashboard.pages.acme.test']);
    expect(told('MAIL_FROM')).toEqual(['Open CPO <no-reply@pages.acme.test>']);
    const routes = manifests.filter(({ kind }) => kind === 'HTTPRoute').map(({ spec }) => spec?.hostnames);
    expect(routes).toEqual([['api.acme.test'], ['api.acme.test']]);
  });

  it('has it in an ingress as well', () => {
    const [ingress] = renderedWith('base', ['ingress', 'hosts']).filter(({ kind }) => kind === 'Ingress');
    expect(JSON.stringify(ingress?.spec).match(/api\.example\.com/g)).toHaveLength(2);
  });
});
