import { uses } from './uses';

// For the development stack, whose own programs load nothing of the apps.
process.stdout.write(JSON.stringify(uses));
