// Bundles each compiled program with the packages that it uses into one file, in place: a service loads up to 2,400
// modules otherwise, which is most of the time and of the processor that its start takes.
//     node tools/bootstrap/bundle.mjs <folder with dist and node_modules> [folder of the bundles, by default dist itself]
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';

/** Packages that stay beside the bundles: native code, and packages whose files are served. */
const UNBUNDLED = ['@bull-board/ui', '@node-rs/argon2', 'leaflet', 'swagger-ui-dist'];
/** What only development has; NestJS would use it if it were there. */
const ABSENT = ['@nestjs/platform-express'];

/** The programs of a build: those of the apps, the tools that run in production, and those of each start. */
function programs(dist) {
  const apps = readdirSync(join(dist, 'apps')).flatMap((app) =>
    ['main', 'migrate', 'demo'].map((name) => join(dist, 'apps', app, 'src', `${name}.js`)),
  );
  const tools = ['broker', 'broker-setup', 'demo', 'operator'].map((name) => join(dist, 'tools', name, 'main.js'));
  return [...apps, ...tools].filter((file) => existsSync(file));
}

/** Stack traces name our TypeScript, by the source maps of swc. Those of packages would take 40 MB of each process. */
const sourceMaps = {
  name: 'source-maps',
  load(id) {
    if (!/\.[cm]?js$/.test(id) || !existsSync(id)) return null;
    const code = readFileSync(id, 'utf8');
    if (!id.startsWith(dist)) return { code, map: { version: 3, sources: [], names: [], mappings: '' } };
    const { sourcesContent, ...map } = JSON.parse(readFileSync(`${id}.map`, 'utf8'));
    return { code, map };
  },
};

/** NestJS looks for optional packages by `createRequire`, which no bundler follows: a second copy of them would be loaded. */
const optionalPackages = {
  name: 'optional-packages',
  transform(code, id) {
    if (!id.includes('/@nestjs/mapped-types/')) return null;
    return code.replace(/const require = createRequire\(import\.meta\.url\);?/, '');
  },
};

/** Node holds ASCII in half the memory of other text, and reads it without decoding it. A source map's lines stay the same. */
const ascii = {
  name: 'ascii',
  generateBundle(_options, bundle) {
    // A backslash before the character would escape the backslash of the escape; it means the character alone.
    const escaped = (_all, slashes, unit) =>
      `${slashes.slice(slashes.length % 2)}\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    for (const chunk of Object.values(bundle)) {
      // eslint-disable-next-line no-control-regex -- everything but ASCII
      if (chunk.code) chunk.code = chunk.code.replace(/(\\*)([^\x00-\x7f])/g, escaped);
    }
  },
};

/** The bundler copies a module's exports for each `require` of it: tens of thousands of accessors in a service, at its start and in memory. */
const copiedOnce = {
  name: 'copied-once',
  renderChunk(code) {
    const declared = /var __toCommonJS = (\(mod\) => .*);\n/;
    if (!declared.test(code)) return null;
    // One that was made while the module was not complete, in a circle of modules, is made again.
    return code.replace(
      declared,
      (_all, copy) => `var __copy = ${copy}, __copies = new WeakMap(), __toCommonJS = (mod) => {
  const { length } = __getOwnPropNames(mod);
  if (__copies.get(mod)?.length !== length) __copies.set(mod, { copy: __copy(mod), length });
  return __copies.get(mod).copy;
};\n`,
    );
  },
};

const [folder = '.', target] = process.argv.slice(2);
const dist = join(resolve(folder), 'dist');
const builtin = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));
const isUnbundled = (id) => [...UNBUNDLED, ...ABSENT].some((name) => id === name || id.startsWith(`${name}/`));
const build = await rolldown({
  input: Object.fromEntries(programs(dist).map((file) => [relative(dist, file).replace(/\.js$/, ''), file])),
  platform: 'node',
  external: (id) => builtin.has(id) || isUnbundled(id),
  plugins: [sourceMaps, optionalPackages, copiedOnce, ascii],
  // It would warn of optional packages that are not there: drivers of other databases and transports.
  logLevel: 'silent',
});
// In place, stale chunks of an earlier build would stay.
rmSync(join(dist, 'chunks'), { recursive: true, force: true });
await build.write({
  dir: target ?? dist,
  format: 'cjs',
  sourcemap: true,
  // Licenses are in the notices of the image.
  comments: false,
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
});
await build.close();
