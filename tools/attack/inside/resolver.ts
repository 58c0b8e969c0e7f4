import { resolveAttackNames } from './names';

// Loaded into the process that calls webhooks, before its own code.
resolveAttackNames();
