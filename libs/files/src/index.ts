export { BrokerFiles } from './broker-files';
export { FileStore, HOURS_KEPT, type OpenFile, type StoredFile } from './file-store';
export { FilesConfig } from './files-config';
export { buckets } from './layout';
export { fileStore } from './provide';
export { Uploads } from './uploads';
