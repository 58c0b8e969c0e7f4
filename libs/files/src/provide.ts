import type { Provider, Type } from '@nestjs/common';
import { Broker } from '@open-cpo/messaging';
import { BrokerFiles } from './broker-files';
import { FileStore } from './file-store';
import type { FilesConfig } from './files-config';
import { S3Files } from './s3/s3-files';

/** Where files lie by the process's configuration: a store that speaks S3 when one is named, else the broker's. */
export const fileStore = (Config: Type<FilesConfig>): Provider => ({
  provide: FileStore,
  inject: [Config, Broker],
  useFactory: (config: FilesConfig, broker: Broker): FileStore => s3Of(config) ?? new BrokerFiles(broker),
});

function s3Of(config: FilesConfig): FileStore | undefined {
  const { s3Url, s3Region: region, s3AccessKeyId: accessKeyId = '', s3SecretAccessKey: secretAccessKey = '' } = config;
  if (s3Url === undefined) return undefined;
  const url = s3Url.replace(/(?<!\/)\/+$/, '');
  return new S3Files({ url, region, accessKeyId, secretAccessKey, encryption: encryptionOf(config) });
}

function encryptionOf({ s3Encryption, s3KmsKeyId }: FilesConfig): Record<string, string> {
  if (s3Encryption === undefined) return {};
  const key: Record<string, string> = s3KmsKeyId ? { 'x-amz-server-side-encryption-aws-kms-key-id': s3KmsKeyId } : {};
  return { 'x-amz-server-side-encryption': s3Encryption, ...key };
}
