import { ProcessConfig } from '@open-cpo/platform';
import { IsIn, IsNotEmpty, IsOptional, IsString, Matches, ValidateIf } from 'class-validator';

const S3_URL = /^(?:https:\/\/|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?=[:/]))[^\s?#]+$/;

/** Settings of a process that writes or reads files; without `s3Url` they lie in the broker's object store. */
export class FilesConfig extends ProcessConfig {
  /**
   * A bucket of a store that speaks S3: `https://bucket.s3.eu-central-1.amazonaws.com`, or `https://host/bucket` where
   * buckets are paths. Nothing travels in the clear: http is for this machine alone.
   */
  @IsOptional()
  @Matches(S3_URL, { message: 's3Url must begin with https:// (http:// on this machine alone)' })
  s3Url?: string;

  @IsNotEmpty()
  @IsString()
  s3Region: string = 'us-east-1';

  @ValidateIf(({ s3Url }: FilesConfig) => s3Url !== undefined)
  @IsNotEmpty()
  @IsString()
  s3AccessKeyId?: string;

  @ValidateIf(({ s3Url }: FilesConfig) => s3Url !== undefined)
  @IsNotEmpty()
  @IsString()
  s3SecretAccessKey?: string;

  /** How the store is asked to encrypt what it keeps; without it as the bucket is set up. */
  @IsOptional()
  @IsIn(['AES256', 'aws:kms'])
  s3Encryption?: string;

  /** Key for `aws:kms`; without it the bucket's own. */
  @IsOptional()
  @IsString()
  s3KmsKeyId?: string;
}
