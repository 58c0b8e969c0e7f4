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

export default defineConfig({
  root,
  plugins: [vue(), vuetify({ autoImport: true }), routes(), compressed()],
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
