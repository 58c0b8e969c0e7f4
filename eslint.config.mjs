import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import { defineConfig, globalIgnores } from 'eslint/config';
import * as regexp from 'eslint-plugin-regexp';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';
import vueParser from 'vue-eslint-parser';

const SPECS = [
  '**/*.spec.ts',
  '**/*.spec-helper.ts',
  '**/test/**/*.ts',
  '**/fixture/**/*.ts',
  '**/*.e2e-spec.ts',
  'e2e/**/*.ts',
  'libs/testing/**/*.ts',
];

// What a project with a tag may import of ours, and of others.
const only = (sourceTag, onlyDependOnLibsWithTags, more = {}) => ({ sourceTag, onlyDependOnLibsWithTags, ...more });

/** Who may import whom. `testing`: specs may use the test kit as well. */
const boundaries = (testing) => {
  const kit = testing ? ['type:testing'] : [];
  const shared = ['type:contract', 'type:messaging', 'type:files', 'type:jobs', 'type:platform'];
  return [
    'error',
    {
      allow: [],
      // Specs import the test kit, which starts services of the very libraries that they test.
      ignoredCircularDependencies: [
        'platform',
        'messaging',
        'events',
        'files',
        'resilience',
        'persistence',
        'contracts',
        'jobs',
        'pricing',
        'ocpp',
      ].map((lib) => [lib, 'testing']),
      enforceBuildableLibDependency: false,
      depConstraints: [
        only('type:contract', kit, {
          allowedExternalImports: [
            'class-validator',
            'class-transformer',
            '@nestjs/swagger',
            'reflect-metadata',
            ...(testing ? ['*'] : []),
          ],
        }),
        // What others install stands on nothing of ours.
        only('type:client', kit, { allowedExternalImports: ['openapi-fetch', ...(testing ? ['*'] : [])] }),
        // A client as any other: what it knows of the platform is the API.
        only('type:dashboard', ['type:client', ...kit]),
        // The domain is arithmetic: it knows nothing of ours and nothing of the world.
        only('type:domain', kit, { allowedExternalImports: ['big.js', ...(testing ? ['*'] : [])] }),
        // A protocol is framing and schemas: it knows nothing of ours and opens no connection.
        only('type:protocol', kit, { allowedExternalImports: ['ajv', 'typed-ocpp', ...(testing ? ['*'] : [])] }),
        only('type:platform', kit),
        only('type:resilience', ['type:contract', 'type:platform', ...kit]),
        only('type:messaging', ['type:contract', 'type:resilience', 'type:platform', ...kit]),
        only('type:events', ['type:contract', 'type:messaging', 'type:platform', ...kit]),
        only('type:files', ['type:contract', 'type:messaging', 'type:platform', ...kit]),
        only('type:jobs', ['type:contract', 'type:platform', ...kit]),
        only('type:persistence', [...shared, 'type:events', ...kit]),
        only('scope:edge', [...shared, ...kit], { bannedExternalImports: ['typeorm', 'pg'] }),
        only('scope:service', [...shared, 'type:events', 'type:persistence', 'type:domain', 'type:protocol', ...kit], {
          bannedExternalImports: ['fastify', '@nestjs/swagger', '@nestjs/platform-fastify'],
        }),
        only('scope:worker', [...shared, ...kit], { bannedExternalImports: ['typeorm', 'pg'] }),
        only('type:testing', ['*']),
        only('type:tool', ['*']),
        only('type:e2e', ['*']),
      ],
    },
  ];
};

const ENVIRONMENT = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'The environment is read in one place: libs/platform.',
};

export default defineConfig(
  globalIgnores([
    '**/dist',
    'dist-*',
    '.nx',
    '.data',
    'node_modules',
    '**/*.mjs',
    '**/*.js',
    'libs/client/src/schema.ts',
  ]),
  ...tseslint.configs.recommendedTypeChecked,
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(false),
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      // A handler's signature promises; not each one waits.
      '@typescript-eslint/require-await': 'off',
      'no-console': 'error',
      'no-restricted-syntax': ['error', ENVIRONMENT],
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 12],
      eqeqeq: 'error',
    },
  },
  {
    // Decorated parameters need their classes at run time.
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    // A text of somebody else's, tried at each of its places, would hold up a process for minutes.
    files: ['apps/**/*.ts', 'apps/**/*.vue', 'libs/**/*.ts'],
    ignores: SPECS,
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  { files: ['libs/platform/src/config/environment.ts', 'tools/**/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  ...vue.configs['flat/recommended'].map((config) => ({ ...config, files: ['apps/dashboard/**/*.vue'] })),
  {
    files: ['apps/dashboard/**/*.vue'],
    plugins: { '@nx': nx, '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: vueParser,
      parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.vue'], projectService: false },
    },
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      '@nx/enforce-module-boundaries': boundaries(false),
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      eqeqeq: 'error',
      complexity: ['error', 12],
      'max-lines': ['error', { max: 300 }],
      'no-undef': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      // Texts of the API may hold markup of other users.
      'vue/no-v-html': 'error',
      'vue/no-static-inline-styles': ['error', { allowBinding: true }],
      'vue/valid-v-slot': ['error', { allowModifiers: true }],
      'vue/html-button-has-type': 'error',
    },
  },
  // A language is one file.
  { files: ['apps/dashboard/src/i18n/locales/*.ts'], rules: { 'max-lines': 'off' } },
  {
    files: SPECS,
    rules: {
      '@nx/enforce-module-boundaries': boundaries(true),
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': 'off',
      'no-restricted-syntax': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  // Benchmarks start what the tools start, and write the files that the apps write.
  { files: ['bench/**/*.ts'], rules: { '@nx/enforce-module-boundaries': 'off' } },
  prettier,
);
