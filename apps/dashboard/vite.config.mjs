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
  },
  build: {
    outDir,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: { proxy: { '/api': 'http://localhost:3000', '/dashboard.json': 'http://localhost:3000' } },
});
