import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import vuetify from 'vite-plugin-vuetify';

const root = import.meta.dirname;
const outDir = resolve(root, '../../dist/dashboard');
const COMPRESSIBLE = /\.(js|css|json|svg)$/;

/** Compresses each file once, so that the gateway has nothing to do but send it. */
function compressed() {
  const write = async (file) => {
    const bytes = readFileSync(file);
    if (bytes.length < 1024) return;
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
    writeFileSync(`${file}.br`, await promisify(brotliCompress)(bytes, quality));
    writeFileSync(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
  };
  return {
    name: 'compressed',
    apply: 'build',
    async closeBundle() {
      const folder = join(outDir, 'assets');
      const files = readdirSync(folder).filter((name) => COMPRESSIBLE.test(name));
      await Promise.all(files.map((name) => write(join(folder, name))));
    },
  };
}

/** `routes.json`: the first parts of the paths that are the dashboard's own; the gateway answers them with the page. */
function routes() {
  return {
    name: 'routes',
    apply: 'build',
    generateBundle() {
      const source = readFileSync(join(root, 'src/paths.ts'), 'utf8');
      const paths = [...source.matchAll(/^  \w+: '\/([\w-]*)/gm)].map(([, first]) => first);
      const own = [...new Set(paths)].filter(Boolean).sort();
      this.emitFile({ type: 'asset', fileName: 'routes.json', source: JSON.stringify(own) });
    },
  };
}

/** The font of Latin letters and digits, which every page shows, is loaded beside the style sheet that names it. */
function fontPreload() {
  return {
    name: 'font-preload',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {} }) {
        const font = Object.keys(bundle).find((name) => /inter-latin-wght-normal.*\.woff2$/.test(name));
        if (!font) throw new Error('The font that is to be preloaded is not in the bundle.');
        const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href: `/${font}` };
        return [{ tag: 'link', attrs, injectTo: 'head' }];
      },
    },
  };
}

const LICENSE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/** The folder of the package that a module is of, if it is of one. */
function packageFolder(id) {
  const [, folder] =
    /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replace(/\?.*$/, '').replaceAll('\\', '/')) ?? [];
  return folder?.startsWith('/') || /^[A-Za-z]:/.test(folder ?? '') ? folder : undefined;
}

/** Packages that style sheets import: they are no modules of the bundle. */
function importedBySheets() {
  const sheets = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(css|vue)$/.test(name),
  );
  const names = sheets.flatMap((name) =>
    [...readFileSync(join(root, 'src', name), 'utf8').matchAll(/@import '((?:@[^/']+\/)?[^/'.]+)/g)].map(
      ([, one]) => one,
    ),
  );
  return [...new Set(names)].map((name) => resolve(root, '../../node_modules', name));
}

/** `licenses.txt`: the packages that the bundle consists of, with what their licenses ask to be passed on. */
function licenses() {
  const notice = (folder) => {
    const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const texts = readdirSync(folder)
      .filter((file) => LICENSE_FILE.test(file))
      .sort()
      .map((file) => readFileSync(join(folder, file), 'utf8').trim());
    const stated = `The package has no text of its license. Author: ${author?.name ?? author}`;
    return { title: `${name} ${version} (${license})`, text: texts.join('\n\n') || stated };
  };
  return {
    name: 'licenses',
    apply: 'build',
    generateBundle() {
      const folders = [...this.getModuleIds()].map(packageFolder).filter(Boolean);
      const all = new Map([...folders, ...importedBySheets()].map(notice).map((one) => [one.title, one]));
      const notices = [...all.values()].sort((a, b) => a.title.localeCompare(b.title, 'en'));
      const line = '-'.repeat(80);
      const source = notices.map(({ title, text }) => `${line}\n${title}\n${line}\n\n${text}\n`).join('\n');
      this.emitFile({ type: 'asset', fileName: 'licenses.txt', source });
    },
  };
}

/** The modules that these import, and so on, without what is loaded only later (`import()`). */
function closureOf(ids, { getModuleInfo }) {
  const found = new Set(ids);
  for (const id of found) for (const one of getModuleInfo(id)?.importedIds ?? []) found.add(one);
  return found;
}

/** The chunk of each module that several pages share; what one page needs alone, and parts that are loaded later, stay apart. */
function sharedChunks(graph) {
  const source = (name) => join(root, 'src', name);
  const closure = (name) => closureOf([source(name)], graph);
  const first = closure('main.ts');
  const pages = graph.getModuleInfo(source('router.ts'))?.dynamicallyImportedIds ?? [];
  if (!pages.includes(source('pages/auth/SignIn.vue'))) throw new Error('The router loads no page for the sign-in.');
  const [signIn, overview] = [closure('pages/auth/SignIn.vue'), closure('pages/overview/Overview.vue')];
  const orders = closure('pages/orders/Orders.vue');
  const times = new Map();
  for (const page of pages) for (const id of closureOf([page], graph)) times.set(id, (times.get(id) ?? 0) + 1);
  const chunkOf = (id) => {
    if (first.has(id) || (signIn.has(id) && overview.has(id))) return 'core';
    // The dialog of a session that has ended has the form of the sign-in, too.
    if (signIn.has(id)) return 'forms';
    if ((times.get(id) ?? 0) < 2) return null;
    if (overview.has(id)) return 'cards';
    return orders.has(id) ? 'lists' : 'edits';
  };
  const apart = new Set([source('main.ts'), ...pages]);
  return new Map([...first, ...times.keys()].filter((id) => !apart.has(id)).map((id) => [id, chunkOf(id)]));
}

/**
 * A page is a few scripts: without groups, each set of pages that share something would have a script of its own.
 * The parts of a chunk need nothing of a later one: each group is closed under what it imports.
 */
function chunkGroups() {
  let chunks;
  const chunkOf = (id, context) => {
    chunks ??= sharedChunks({ getModuleInfo: (of) => context.getModuleInfo(of) });
    return chunks.get(id);
  };
  // With the modules of a chunk go those that they import, unless an earlier group has them.
  return ['core', 'forms', 'cards', 'lists', 'edits'].map((name, index) => ({
    debugName: name,
    priority: 10 - index,
    name: (id, context) => (chunkOf(id, context) === name ? name : null),
  }));
}

export default defineConfig({
  root,
  plugins: [vue(), vuetify({ autoImport: true }), routes(), fontPreload(), licenses(), compressed()],
  resolve: { alias: { '@open-cpo/client': resolve(root, '../../libs/client/src/index.ts') } },
  define: {
    __VUE_OPTIONS_API__: 'true',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'true',
  },
  build: {
    outDir,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: { output: { codeSplitting: { groups: chunkGroups() } } },
  },
  server: { proxy: { '/api': 'http://localhost:3000', '/dashboard.json': 'http://localhost:3000' } },
});
