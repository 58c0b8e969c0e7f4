import { join } from 'node:path';
import { fileBelow, filled } from './page';

describe('the page of the queue board', () => {
  it('has texts escaped and settings as they are', () => {
    const template = '<b><%= title %></b><i><%- config %></i><u><%= nothing %></u>';
    expect(filled(template, { title: `<&"'>`, config: '{"a":"$&"}' })).toBe(
      '<b>&lt;&amp;&#34;&#39;&gt;</b><i>{"a":"$&"}</i><u></u>',
    );
  });

  it('does not fill a page by half', () => {
    expect(() => filled('<% if (title) { %><%= title %>', { title: 'x' })).toThrow('not as expected');
  });
});

describe('a file of the queue board', () => {
  const folder = join(__dirname, '../../../../tools');

  it('is found below its folder', async () => {
    expect(await fileBelow(folder, '/project.json')).toMatchObject({ type: 'application/json' });
  });

  it.each(['/../package.json', '/broker/../../package.json', '/missing.json', '/run.mjs', '/', ''])(
    'is not %j',
    async (path) => {
      expect(await fileBelow(folder, path)).toBeUndefined();
    },
  );
});
