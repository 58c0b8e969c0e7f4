import { readConfig } from '@open-cpo/platform';
import type { FactoryProvider } from '@nestjs/common';
import { BrokerFiles } from './broker-files';
import { FilesConfig } from './files-config';
import { fileStore } from './provide';
import { S3Files } from './s3/s3-files';

const base = { NATS_URL: 'nats://n', REDIS_URL: 'redis://r' };
const keys = { S3_ACCESS_KEY_ID: 'key', S3_SECRET_ACCESS_KEY: 'secret' };
const read = (env: NodeJS.ProcessEnv): FilesConfig => readConfig(FilesConfig, { ...base, ...env });
const storeOf = (env: NodeJS.ProcessEnv): unknown =>
  (fileStore(FilesConfig) as FactoryProvider).useFactory(read(env), { account: () => undefined });

describe('files', () => {
  it('lie at the broker when nothing else is said', () => {
    expect(storeOf({})).toBeInstanceOf(BrokerFiles);
  });

  it.each(['https://exports.s3.eu-central-1.amazonaws.com', 'https://minio:9000/exports/', 'http://127.0.0.1:9000/x'])(
    'lie at %s when that is said',
    (url) => {
      expect(storeOf({ ...keys, S3_URL: url })).toBeInstanceOf(S3Files);
    },
  );

  it.each(['http://minio:9000/exports', 'minio', 'ftp://minio/x', 'http://localhost.evil.test/x'])(
    'do not travel in the clear to %s',
    (url) => {
      expect(() => read({ ...keys, S3_URL: url })).toThrow('S3_URL must begin with https://');
    },
  );

  it('have no store without a key', () => {
    const url = 'https://minio/exports';
    expect(() => read({ S3_URL: url })).toThrow(/S3_ACCESS_KEY_ID[^]*S3_SECRET_ACCESS_KEY/);
  });

  it('are encrypted in a manner that stores know', () => {
    expect(read({ S3_ENCRYPTION: 'aws:kms' }).s3Encryption).toBe('aws:kms');
    expect(() => read({ S3_ENCRYPTION: 'rot13' })).toThrow('S3_ENCRYPTION');
  });
});
