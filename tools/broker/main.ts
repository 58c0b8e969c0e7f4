import { usesOfAll } from './derived-files';

// For the development stack: what the sources use right now, so that a call written a minute ago is permitted at once.
process.stdout.write(JSON.stringify(usesOfAll(process.cwd())));
